"""Restricted children: only named people may know of them, or whoever breaks the glass, on record."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class RestrictedChild(models.Model):
    """A child whose record only named people may open, as of a member of staff's family, from a day on.

    `child_id` is the child's number in the records. `reason` says why without telling of the child. It
    counts until the moment it is ended.
    """

    child_id = models.CharField(max_length=100)
    reason = models.CharField(max_length=200)
    since = models.DateField(default=timezone.localdate)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    named = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="named_for")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name_plural = "restricted children"
        ordering = ("since", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("child_id",),
                condition=Q(ended_at=None),
                name="one_open_restriction_a_child",
            ),
        ]

    def __str__(self) -> str:
        return f"Restriction {self.pk}"


class OpeningTime(models.Model):
    """How many hours an opening by breaking the glass lasts, from a day on, and who decided so.

    The past is not edited: a change is a new row. Before the first row `queries.DEFAULT_HOURS` holds.
    """

    hours = models.PositiveSmallIntegerField()
    starts = models.DateField("first day", unique=True)
    decided_by = models.CharField(max_length=200)

    class Meta:
        ordering = ("-starts",)
        constraints = [
            models.CheckConstraint(
                condition=Q(hours__gte=1, hours__lte=72), name="opening_of_1_to_72_hours"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hours} hour{'' if self.hours == 1 else 's'}"


class BrokenGlass(models.Model):
    """One person's opening of one restricted record in an emergency, for a while, with the reason.

    The information-governance lead reviews each: `justified` is empty until then.
    """

    restriction = models.ForeignKey(RestrictedChild, models.PROTECT, related_name="openings")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="broken_glass"
    )
    reason = models.TextField()
    opened_at = models.DateTimeField(default=timezone.now)
    closes_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    justified = models.BooleanField(null=True, blank=True)
    finding = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "openings of restricted records"
        ordering = ("-opened_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(justified=None, reviewed_at=None, reviewed_by=None)
                | Q(justified__isnull=False, reviewed_at__isnull=False, reviewed_by__isnull=False),
                name="review_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("person")),
                name="nobody_reviews_their_own",
            ),
        ]

    def __str__(self) -> str:
        return f"Opening {self.pk}"
