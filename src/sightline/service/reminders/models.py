"""The secret address of somebody's calendar, and whether they want the daily letter."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class CalendarAddress(models.Model):
    """An address at which somebody's calendar is read without signing in. Only its hash is kept.

    It is good until it is revoked, or its owner may no longer sign in; a person has one in use.
    """

    class Covers(models.TextChoices):
        """Whose work is in it."""

        OWN = "own", "Your own cases"
        REMIT = "remit", "Every case you manage"

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_addresses"
    )
    covers = models.CharField(max_length=10, choices=Covers.choices, default=Covers.OWN)
    hashed = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    last_used = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "calendar addresses"
        ordering = ("-made_at",)
        constraints = [
            models.UniqueConstraint(
                fields=("person",),
                condition=Q(revoked_at=None),
                name="one_calendar_address_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"Calendar address {self.pk}"


class DailyLetter(models.Model):
    """Whether somebody wants the daily letter, and for which day they had the last one."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="daily_letter"
    )
    is_off = models.BooleanField("switched off", default=False)
    told_on = models.DateField("last letter", null=True, blank=True, editable=False)

    class Meta:
        ordering = ("person",)

    def __str__(self) -> str:
        return f"Daily letter {self.pk}"
