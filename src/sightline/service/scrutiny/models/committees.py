"""Committees, who sits on them, and what each has on every agenda."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class Committee(models.Model):
    """A body that meets and minutes: a scrutiny panel, a cabinet, a board, a task-and-finish group.

    Minute numbers run on from meeting to meeting: `number_form` is one of them as printed (`285`, `CS.01`,
    `53/24`), empty where minutes are not numbered, and `number_runs` says which of its groups of digits
    goes up. Public notice is `clear_days` clear days; whoever wishes to speak says so by
    `participation_time` on the day that `participation_rule` and `participation_days` give; no rule: the
    committee does not say. `quorum` is the number in the constitution, unknown where empty.
    """

    class Kind(models.TextChoices):
        """What sort of body it is."""

        SCRUTINY = "scrutiny", "Scrutiny committee or panel"
        EXECUTIVE = "executive", "Cabinet or executive"
        COUNCIL = "council", "Full council"
        BOARD = "board", "Safeguarding board or partnership"
        GROUP = "group", "Task-and-finish or project group"
        OTHER = "other", "Other committee"

    class NumberRuns(models.TextChoices):
        """Which group of digits of a minute number goes up."""

        LAST = "last", "The last group of digits"
        FIRST = "first", "The first group of digits"

    class ParticipationRule(models.TextChoices):
        """How the deadline for public participation is reckoned."""

        WORKING_DAYS = "working_days", "Working days before the meeting"
        DAYS = "days", "Days before the meeting"

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=80, unique=True)
    council = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    terms_of_reference = models.TextField(blank=True)
    quorum = models.PositiveSmallIntegerField(null=True, blank=True)
    quorum_source = models.CharField(max_length=200, blank=True)
    number_form = models.CharField("a minute number as printed", max_length=30, blank=True)
    number_runs = models.CharField(
        max_length=10, choices=NumberRuns.choices, default=NumberRuns.LAST
    )
    clear_days = models.PositiveSmallIntegerField(default=5)
    participation_rule = models.CharField(
        max_length=20, choices=ParticipationRule.choices, blank=True
    )
    participation_days = models.PositiveSmallIntegerField(null=True, blank=True)
    participation_time = models.TimeField(null=True, blank=True)
    participation_to = models.CharField("notice goes to", max_length=200, blank=True)
    is_public = models.BooleanField("shown to the public", default=True)
    began = models.DateField(null=True, blank=True)
    ended = models.DateField("abolished on", null=True, blank=True)
    moderngov_id = models.PositiveIntegerField("number in ModernGov", null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("name", "council")
        constraints = [
            models.UniqueConstraint(fields=("name", "council"), name="one_committee_of_a_name"),
            models.UniqueConstraint(
                fields=("moderngov_id",),
                condition=Q(moderngov_id__isnull=False),
                name="one_committee_of_a_moderngov_number",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """Somebody who sits on committees: a councillor or a co-opted member. `account` is theirs, if any.

    `also_known_as` are other spellings in minutes that a person has confirmed, one a line.
    """

    class Kind(models.TextChoices):
        """In which right somebody sits."""

        COUNCILLOR = "councillor", "Councillor"
        CHURCH = "church", "Church representative"
        PARENT_GOVERNOR = "parent_governor", "Parent-governor representative"
        CO_OPTED = "co_opted", "Other co-opted member"

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.COUNCILLOR)
    party = models.CharField(max_length=100, blank=True)
    ward = models.CharField("division or ward", max_length=100, blank=True)
    also_known_as = models.TextField(blank=True)
    is_executive = models.BooleanField("sits on the cabinet", default=False)
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="member"
    )
    began = models.DateField("elected or appointed on", null=True, blank=True)
    ended = models.DateField("ceased on", null=True, blank=True)
    moderngov_id = models.PositiveIntegerField("number in ModernGov", null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(
                fields=("moderngov_id",),
                condition=Q(moderngov_id__isnull=False),
                name="one_member_of_a_moderngov_number",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Places on committees."""

    def on(self, day: date | None = None) -> "MembershipQuerySet":
        """Those held on a day, today unless one is given."""
        at = day or timezone.localdate()
        return self.filter(Q(ends=None) | Q(ends__gte=at), starts__lte=at)


class Membership(models.Model):
    """A member's place on a committee from a day to a day. A substitute attends when asked."""

    class Position(models.TextChoices):
        """The place held."""

        CHAIR = "chair", "Chair"
        VICE_CHAIR = "vice_chair", "Vice-chair"
        MEMBER = "member", "Member"
        CO_OPTEE = "co_optee", "Co-opted member"
        SUBSTITUTE = "substitute", "Substitute"

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="memberships")
    member = models.ForeignKey(Member, models.PROTECT, related_name="memberships")
    position = models.CharField(max_length=20, choices=Position.choices)
    votes = models.BooleanField("may vote", default=True)
    starts = models.DateField("first day")
    ends = models.DateField("last day", null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ("committee", "member__name", "starts")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")),
                name="membership_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}, {self.get_position_display()}"


class StandingItem(models.Model):
    """What stands on every agenda of a committee, in this order."""

    class Kind(models.TextChoices):
        """What sort of item it is; the service writes the words of those it knows."""

        APOLOGIES = "apologies", "Apologies and welcome"
        INTERESTS = "interests", "Declarations of interest and of any party whip"
        PARTICIPATION = "participation", "Public participation"
        MINUTES = "minutes", "Confirmation of minutes"
        OUTSTANDING = "outstanding", "Matters outstanding"
        PROGRAMME = "programme", "Work programme"
        EXCLUSION = "exclusion", "Exclusion of the press and public"
        OTHER = "other", "Other"

    committee = models.ForeignKey(Committee, models.CASCADE, related_name="standing_items")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=Kind.choices)
    title = models.CharField(max_length=200)

    class Meta:
        ordering = ("committee", "position")
        constraints = [
            models.UniqueConstraint(
                fields=("committee", "position"), name="one_standing_item_a_position"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class InterestKind(models.Model):
    """A kind of interest that members declare, and what it asks of them, from a day on. A council's list."""

    class Effect(models.TextChoices):
        """What a member with such an interest does."""

        LEAVE = "leave", "Leaves the room for the item"
        SPEAK = "speak", "May speak as the public may, then leaves"
        STAY = "stay", "Stays and takes part"
        NOT_STATED = "not_stated", "Not stated"

    name = models.CharField(max_length=100)
    effect = models.CharField(max_length=20, choices=Effect.choices)
    starts = models.DateField("first day", null=True, blank=True)
    ends = models.DateField("last day", null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
