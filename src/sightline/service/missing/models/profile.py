"""What agencies add to the problem profile of exploitation."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from sightline.service.accounts.models import Agency, Locality


class ProfileContribution(models.Model):
    """What an agency adds to the problem profile of exploitation: places, patterns, never a child's name."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    covers_from = models.DateField()
    covers_until = models.DateField()
    text = models.TextField("what your agency knows")
    locality = models.ForeignKey(Locality, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("-covers_until", "agency", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(covers_until__gte=F("covers_from")),
                name="contribution_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_because=""),
                name="withdrawn_contribution_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"Contribution {self.pk}"


class AgreedProfile(models.Model):
    """The problem profile of some months as a meeting agreed it; whatever changes later, it stays so.

    `shown` holds `contributions` (each with `agency`, `district`, `covers`, `text`), `tables` and, with small
    numbers hidden, `protected` (each with `title` and `rows`), and `levels`.
    """

    since = models.DateField("first month")
    until = models.DateField("last month")
    meeting = models.CharField("which meeting agreed it", max_length=200)
    agreed_on = models.DateField()
    shown = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-agreed_on", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("since", "until", "meeting", "agreed_on"), name="a_meeting_agrees_once"
            ),
        ]

    def __str__(self) -> str:
        return f"Agreed problem profile {self.pk}"
