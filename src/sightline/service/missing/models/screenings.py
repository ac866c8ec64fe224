"""Screenings for exploitation, and the reviews of the risk they found."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from sightline.service.accounts.models import Locality
from sightline.service.children.models import KnownPerson
from sightline.service.missing.models.aside import SetAside


class Screening(SetAside):
    """A screening for exploitation by a versioned tool. The worker may set another level, with a reason.

    `tool` and `edition` name the questions that were answered (`missing.tools`). `answers` holds a question's
    code to its answer, `shown_by` a part's code to what shows the answers. `level` is what was decided;
    `level_now` that of the last review. While it has not `ended_on` the risk is reviewed monthly: one at a
    time of a child. `followed_by` is the screening that ended it, where one did.
    """

    child = models.ForeignKey(KnownPerson, models.PROTECT, related_name="screenings")
    tool = models.CharField(max_length=40)
    edition = models.CharField(max_length=40)
    made_on = models.DateField(default=timezone.localdate)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict)
    shown_by = models.JSONField(default=dict)
    suggested_level = models.CharField(max_length=40)
    level = models.CharField(max_length=40)
    level_because = models.TextField(blank=True)
    level_now = models.CharField(max_length=40)
    next_step = models.TextField("what is done about it", blank=True)
    locality = models.ForeignKey(Locality, models.PROTECT, null=True, blank=True, related_name="+")
    ended_on = models.DateField(null=True, blank=True)
    ended_because = models.TextField(blank=True)
    followed_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="follows"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("child", "-made_on", "-pk")
        indexes = [models.Index(fields=("ended_on", "made_on"), name="screenings_by_end")]
        constraints = [
            *SetAside.Meta.constraints,
            models.CheckConstraint(
                condition=Q(level=F("suggested_level")) | ~Q(level_because=""),
                name="other_level_says_why",
            ),
            models.UniqueConstraint(
                fields=("child",),
                condition=Q(ended_on=None, aside_at=None),
                name="one_open_screening_a_child",
            ),
        ]

    def __str__(self) -> str:
        return f"Screening {self.pk}"


class RiskReview(models.Model):
    """A review of the risk that a screening found: the level from then on, and why."""

    screening = models.ForeignKey(Screening, models.CASCADE, related_name="reviews")
    reviewed_on = models.DateField(default=timezone.localdate)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    level = models.CharField(max_length=40)
    because = models.TextField()
    late_because = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("screening", "reviewed_on", "pk")

    def __str__(self) -> str:
        return f"Risk review {self.pk}"
