"""The work programme: topics and suggestions, what is planned when, groups, the executive's forward plan."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from sightline.service.scrutiny.models.committees import Committee, Member
from sightline.service.scrutiny.models.meetings import Meeting


class Topic(models.Model):
    """A subject that is followed over meetings, as missing children.

    `review_months`: how long it may be off the agenda of its committee before the programme warns, counted
    from `since` where it has not been on one yet.
    """

    title = models.CharField(max_length=200)
    slug = models.SlugField(max_length=80, unique=True)
    description = models.TextField(blank=True)
    committee = models.ForeignKey(
        Committee, models.PROTECT, null=True, blank=True, related_name="topics"
    )
    review_months = models.PositiveSmallIntegerField(null=True, blank=True)
    since = models.DateField("followed since", default=timezone.localdate)
    indicators = models.CharField("indicators, with spaces between", max_length=300, blank=True)
    moderngov_id = models.PositiveIntegerField("number in ModernGov", null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("title",)
        constraints = [
            models.UniqueConstraint(
                fields=("moderngov_id",),
                condition=Q(moderngov_id__isnull=False),
                name="one_topic_of_a_moderngov_number",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Suggestion(models.Model):
    """A subject somebody suggests for scrutiny, and how it scores against the criteria of the council.

    `scores` holds criterion code to points (`programme.scoring`). One not taken up says why.
    """

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "open", "To be decided"
        TAKEN = "taken", "Taken into the programme"
        NOT_TAKEN = "not_taken", "Not taken up"

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="suggestions")
    title = models.CharField(max_length=200)
    why = models.TextField("why it matters")
    suggested_by = models.CharField(max_length=200)
    suggested_on = models.DateField(default=timezone.localdate)
    from_ask = models.ForeignKey(
        "scrutiny.Ask", models.SET_NULL, null=True, blank=True, related_name="suggestions"
    )
    scores = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.OPEN)
    decided_because = models.TextField(blank=True)
    topic = models.ForeignKey(
        Topic, models.SET_NULL, null=True, blank=True, related_name="suggestions"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("-suggested_on", "title")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open") | ~Q(decided_because=""),
                name="decided_suggestion_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ProgrammeEntry(models.Model):
    """What a committee plans to look at: at a meeting, or in a month where none is called yet.

    The purpose and the intended outcome are said when it is planned. `from_ask`: a follow-up that minutes
    asked for, as "a further update in six months' time".
    """

    class State(models.TextChoices):
        """What became of it."""

        PLANNED = "planned", "Planned"
        DONE = "done", "Done"
        DROPPED = "dropped", "Dropped"

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="programme")
    title = models.CharField(max_length=200)
    topic = models.ForeignKey(
        Topic, models.SET_NULL, null=True, blank=True, related_name="programme"
    )
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="programme"
    )
    month = models.DateField("first day of the month", null=True, blank=True)
    purpose = models.TextField(blank=True)
    outcome = models.TextField("intended outcome", blank=True)
    invitees = models.TextField("to be invited, one a line", blank=True)
    from_ask = models.ForeignKey(
        "scrutiny.Ask", models.SET_NULL, null=True, blank=True, related_name="follow_ups"
    )
    state = models.CharField(max_length=20, choices=State.choices, default=State.PLANNED)
    state_reason = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name_plural = "programme entries"
        ordering = ("committee", "meeting__day", "month", "title")
        constraints = [
            models.CheckConstraint(
                condition=Q(meeting=None) | Q(month=None), name="entry_at_a_meeting_or_in_a_month"
            ),
            models.CheckConstraint(
                condition=~Q(state="dropped") | ~Q(state_reason=""), name="dropped_entry_says_why"
            ),
            models.UniqueConstraint(
                fields=("from_ask",),
                condition=Q(from_ask__isnull=False, state="planned"),
                name="one_planned_follow_up_an_ask",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class EntryMove(models.Model):
    """An entry put off or brought forward: from which meeting or month to which, why, by whom."""

    entry = models.ForeignKey(ProgrammeEntry, models.CASCADE, related_name="moves")
    from_meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="+"
    )
    from_month = models.DateField(null=True, blank=True)
    to_meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="+")
    to_month = models.DateField(null=True, blank=True)
    why = models.CharField(max_length=500)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("entry", "at", "pk")

    def __str__(self) -> str:
        return f"Move {self.pk} of entry {self.entry_id}"


class TaskGroup(models.Model):
    """A task-and-finish group: its scope, members, findings; its recommendations are asks."""

    class State(models.TextChoices):
        """How far it has come."""

        SCOPED = "scoped", "Being scoped"
        WORKING = "working", "At work"
        REPORTED = "reported", "Reported"
        CLOSED = "closed", "Closed"

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="task_groups")
    topic = models.ForeignKey(
        Topic, models.SET_NULL, null=True, blank=True, related_name="task_groups"
    )
    title = models.CharField(max_length=200)
    slug = models.SlugField(max_length=80, unique=True)
    scope = models.TextField()
    members = models.ManyToManyField(Member, blank=True, related_name="task_groups")
    state = models.CharField(max_length=20, choices=State.choices, default=State.SCOPED)
    began = models.DateField(null=True, blank=True)
    reported = models.DateField(null=True, blank=True)
    evidence = models.TextField("evidence heard", blank=True)
    findings = models.TextField(blank=True)
    response = models.TextField("the executive's response", blank=True)
    responded_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("-began", "title")

    def __str__(self) -> str:
        return self.title


class ForwardPlanEntry(models.Model):
    """A decision the executive plans to take, that the panel may wish to see before (SI 2012/2089)."""

    title = models.CharField(max_length=300)
    decision_maker = models.CharField(max_length=200)
    planned_for = models.DateField()
    is_key = models.BooleanField("a key decision", default=False)
    is_private = models.BooleanField("to be taken in private", default=False)
    notice_on = models.DateField("notice published on", null=True, blank=True)
    link = models.URLField(blank=True)
    topic = models.ForeignKey(
        Topic, models.SET_NULL, null=True, blank=True, related_name="forward_plan"
    )
    committee = models.ForeignKey(
        Committee,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="forward_plan",
        verbose_name="committee that follows it",
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name_plural = "forward plan entries"
        ordering = ("planned_for", "title")

    def __str__(self) -> str:
        return self.title
