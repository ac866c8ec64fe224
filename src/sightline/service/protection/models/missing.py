"""Children missing, the interviews on their return, screening for exploitation, and the problem profile."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from sightline.service.accounts.models import Agency, Locality
from sightline.service.children.models import KnownPerson


class MissingEpisode(models.Model):
    """A time a child was missing, or away without leave, from home or care."""

    class Kind(models.TextChoices):
        """Which it was."""

        MISSING = "missing", "Missing"
        AWAY = "away", "Away without leave"

    class From(models.TextChoices):
        """From where."""

        HOME = "home", "Home"
        CARE = "care", "Care"

    child = models.ForeignKey(KnownPerson, models.PROTECT, related_name="missing_episodes")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    missing_from = models.CharField(max_length=10, choices=From.choices)
    starts_at = models.DateTimeField()
    returned_at = models.DateTimeField(null=True, blank=True)
    police_told_at = models.DateTimeField(null=True, blank=True)
    circumstances = models.TextField(blank=True)
    locality = models.ForeignKey(Locality, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("-starts_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(returned_at=None) | Q(returned_at__gte=F("starts_at")),
                name="returned_after_missing",
            ),
            models.UniqueConstraint(
                fields=("child",), condition=Q(returned_at=None), name="one_open_episode_a_child"
            ),
        ]

    def __str__(self) -> str:
        return f"Missing episode {self.pk}"


class ReturnInterview(models.Model):
    """The interview on a return: offered, accepted, done, each with its moment; and what an audit made of it.

    Unknown is not no: what nobody has said is empty.
    """

    episode = models.OneToOneField(MissingEpisode, models.CASCADE, related_name="interview")
    offered_at = models.DateTimeField(null=True, blank=True)
    accepted = models.BooleanField(null=True, blank=True)
    declined_because = models.CharField(max_length=500, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    interviewer = models.CharField(max_length=200, blank=True)
    is_independent = models.BooleanField("independent of the child's care", null=True, blank=True)
    own_words = models.TextField("in the child's own words", blank=True)
    what_next = models.TextField(blank=True)
    late_because = models.CharField(max_length=500, blank=True)
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
        ]

    def __str__(self) -> str:
        return f"Return interview {self.pk}"


class Screening(models.Model):
    """A screening for exploitation by a versioned tool. The worker may set another level, with a reason.

    `answers` holds indicator code to answer and what shows it; `tool` and `edition` name the tool in force.
    """

    child = models.ForeignKey(KnownPerson, models.PROTECT, related_name="screenings")
    tool = models.CharField(max_length=40)
    edition = models.CharField(max_length=40)
    made_on = models.DateField(default=timezone.localdate)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict)
    suggested_level = models.CharField(max_length=40)
    level = models.CharField(max_length=40)
    level_because = models.TextField(blank=True)
    review_by = models.DateField(null=True, blank=True)
    reviewed_on = models.DateField(null=True, blank=True)
    review_note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("child", "-made_on", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(level=F("suggested_level")) | ~Q(level_because=""),
                name="other_level_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"Screening {self.pk}"


class ProfileContribution(models.Model):
    """What an agency adds to the problem profile of exploitation: places, patterns, never a child's name."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    covers_from = models.DateField()
    covers_until = models.DateField()
    text = models.TextField()
    locality = models.ForeignKey(Locality, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("-covers_until", "agency")

    def __str__(self) -> str:
        return f"Contribution {self.pk}"
