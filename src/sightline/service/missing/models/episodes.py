"""Times at which a child was missing, and the interview on the return."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from sightline.service.accounts.models import Locality, Team
from sightline.service.children.models import KnownPerson
from sightline.service.missing.models.aside import SetAside

NOT_OVER = Q(returned_at=None, ended_at=None, aside_at=None)
"""The episodes of children who are missing now."""
WAITING = (Q(accepted=None) | Q(accepted=True)) & Q(completed_at=None)
"""The interviews that are to be offered or held."""
HELD = Q(completed_at__isnull=False, quality=None)
"""The interviews that were held, and that nobody has judged."""


class MissingEpisode(SetAside):
    """A time a child was missing, or away without leave, from home or care.

    It is over with the return; or it `ended_at` some moment without one, as where the child turned 18.
    It belongs to the team of whoever recorded it, where they have one, and to the locality it is counted in.
    `police_told` unanswered is not no.
    """

    class Kind(models.TextChoices):
        """Which it was."""

        MISSING = "missing", "Missing"
        AWAY = "away", "Away without leave"

    class From(models.TextChoices):
        """From where."""

        HOME = "home", "Home"
        CARE = "care", "Care"

    class Risk(models.TextChoices):
        """How great the risk was held to be when it was recorded."""

        HIGH = "high", "High"
        MEDIUM = "medium", "Medium"
        LOW = "low", "Low"

    child = models.ForeignKey(KnownPerson, models.PROTECT, related_name="missing_episodes")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    missing_from = models.CharField(max_length=10, choices=From.choices)
    starts_at = models.DateTimeField("missing since")
    returned_at = models.DateTimeField(null=True, blank=True)
    risk = models.CharField(max_length=10, choices=Risk.choices)
    risk_because = models.TextField("why the risk is so")
    police_told = models.BooleanField("the police were told", null=True, blank=True)
    police_told_at = models.DateTimeField(null=True, blank=True)
    police_reference = models.CharField(max_length=100, blank=True)
    circumstances = models.TextField(blank=True)
    found = models.TextField("where and how the child was found or came back", blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.TextField("why it ended without a return", blank=True)
    harmed = models.BooleanField("the child came to harm", null=True, blank=True)
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+")
    locality = models.ForeignKey(Locality, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("-starts_at", "pk")
        indexes = [
            models.Index(fields=("returned_at", "starts_at"), name="missing_by_return"),
        ]
        constraints = [
            *SetAside.Meta.constraints,
            models.CheckConstraint(
                condition=Q(returned_at=None) | Q(returned_at__gte=F("starts_at")),
                name="returned_after_missing",
            ),
            models.CheckConstraint(
                condition=Q(police_told_at=None) | Q(police_told=True),
                name="police_told_when_they_were_told",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_because="")
                | Q(ended_at__gte=F("starts_at"), returned_at=None) & ~Q(ended_because=""),
                name="ended_without_return_says_why",
            ),
            models.UniqueConstraint(
                fields=("child",), condition=NOT_OVER, name="one_open_episode_a_child"
            ),
        ]

    def __str__(self) -> str:
        return f"Missing episode {self.pk}"

    @property
    def over_at(self) -> datetime | None:
        """When it was over, with a return or without; None where the child is missing."""
        return self.returned_at or self.ended_at

    @property
    def is_open(self) -> bool:
        """Whether the child is missing now, by this."""
        return self.over_at is None and self.aside_at is None


class ReturnInterview(models.Model):
    """The interview on a return: offered, accepted, done, each with its moment; and what an audit made of it.

    Unknown is not no: what nobody has said is empty. `given_to` is who is to hold it, `interviewer` who did,
    and `held_by` that too where they have an account. `involved` is everybody who had a part in it: to whom
    it was ever given, who held it or wrote some of it. None of them judges it.
    """

    episode = models.OneToOneField(MissingEpisode, models.CASCADE, related_name="interview")
    offered_at = models.DateTimeField(null=True, blank=True)
    given_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="who is to hold it",
    )
    accepted = models.BooleanField(null=True, blank=True)
    declined_because = models.CharField(max_length=500, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    involved = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    interviewer = models.CharField("who held it", max_length=200, blank=True)
    is_independent = models.BooleanField("independent of the child's care", null=True, blank=True)
    own_words = models.TextField("in the child's own words", blank=True)
    judgement = models.TextField("what the interviewer makes of it", blank=True)
    what_next = models.TextField("what is to be done", blank=True)
    late_because = models.CharField(max_length=500, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    quality = models.PositiveSmallIntegerField("quality in an audit, 1 to 4", null=True, blank=True)
    quality_note = models.TextField(blank=True)
    audited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    audited_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quality=None) | Q(quality__gte=1, quality__lte=4),
                name="quality_of_one_to_four",
            ),
            models.CheckConstraint(
                condition=Q(accepted=None) | Q(accepted=True) | ~Q(declined_because=""),
                name="declined_interview_says_why",
            ),
            models.CheckConstraint(
                condition=Q(quality=None, audited_by=None, audited_on=None)
                | Q(quality__isnull=False, audited_by__isnull=False, audited_on__isnull=False)
                & Q(completed_at__isnull=False)
                & ~Q(quality_note=""),
                name="audit_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"Return interview {self.pk}"
