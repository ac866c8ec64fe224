"""Asks: what a committee requested, recommended or was promised, each tracked until it closes it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from sightline.service.scrutiny.models.committees import Committee
from sightline.service.scrutiny.models.meetings import Item, Meeting, Privacy


class AskKind(models.TextChoices):
    """What sort of ask it is."""

    STATUTORY = "statutory", "Recommendation with a statutory notice"
    RECOMMENDATION = "recommendation", "Recommendation"
    REQUEST = "request", "Request for information"
    TOPIC = "topic", "Suggested topic"
    UNDERTAKING = "undertaking", "Undertaking by an officer"
    DECISION = "decision", "Decision of the committee"


class AskState(models.TextChoices):
    """How far an ask has come. Only the committee closes one, at a meeting and minute."""

    MADE = "made", "Made"
    SENT = "sent", "Sent"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    REPLIED = "replied", "Replied"
    ACCEPTED = "accepted", "Accepted"
    PART_ACCEPTED = "part_accepted", "Accepted in part"
    REJECTED = "rejected", "Rejected"
    NOT_FEASIBLE = "not_feasible", "No longer feasible"
    IN_PROGRESS = "in_progress", "In progress"
    EVIDENCED = "evidenced", "Evidence offered"
    CLOSED = "closed", "Closed by the committee"
    REOPENED = "reopened", "Reopened"


class Ask(models.Model):
    """One ask, with its exact words and where they stand.

    `reference` is the minute number and a letter (`289a`). It comes from an `item` of minutes, from a
    task-and-finish `group`, or from a tracker that was taken over (`origin`). `due_rule` is how the due
    date was reckoned, as "in six months' time", `due` the local date; `statutory_due` counts only where a
    notice was received, by the `statutory_clock` of whoever received it (`asks.clocks`). What arose in
    private is restricted, and has a `public_summary`.
    """

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="asks")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="asks")
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="asks")
    group = models.ForeignKey(
        "scrutiny.TaskGroup", models.PROTECT, null=True, blank=True, related_name="recommendations"
    )
    origin = models.CharField(max_length=300, blank=True)
    reference = models.CharField(max_length=40)
    kind = models.CharField(max_length=20, choices=AskKind.choices)
    text = models.TextField("exact words")
    summary = models.CharField("in short", max_length=300, blank=True)
    place = models.CharField("where the words stand", max_length=200, blank=True)
    made_on = models.DateField(null=True, blank=True)
    addressee = models.CharField("asked of", max_length=300, blank=True)
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="asks_to_answer",
    )
    due_rule = models.CharField(max_length=200, blank=True)
    due = models.DateField(null=True, blank=True)
    recurs_months = models.PositiveSmallIntegerField(
        "again every so many months", null=True, blank=True
    )
    awaits = models.CharField("waits for an event", max_length=300, blank=True)
    notice_received = models.DateField("notice received on", null=True, blank=True)
    statutory_clock = models.CharField(max_length=20, blank=True)
    statutory_due = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=20, choices=AskState.choices, default=AskState.MADE)
    closed_at = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="asks_closed"
    )
    closed_minute = models.CharField("minute that closed it", max_length=30, blank=True)
    rag_override = models.CharField(
        max_length=10,
        choices=[("red", "Red"), ("amber", "Amber"), ("green", "Green")],
        blank=True,
    )
    rag_because = models.CharField(max_length=500, blank=True)
    rag_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    topic = models.ForeignKey(
        "scrutiny.Topic", models.SET_NULL, null=True, blank=True, related_name="asks"
    )
    indicator = models.CharField(max_length=20, blank=True)
    same_as = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="asked_again",
        verbose_name="the same question asked before",
    )
    privacy = models.CharField(max_length=20, choices=Privacy.choices, default=Privacy.PUBLIC)
    public_summary = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("-made_on", "reference", "pk")
        indexes = [
            models.Index(fields=("committee", "state"), name="asks_of_a_committee"),
            models.Index(fields=("due",), name="asks_by_due_date"),
        ]
        constraints = [
            models.UniqueConstraint(fields=("committee", "reference"), name="one_ask_a_reference"),
            models.CheckConstraint(
                condition=~Q(state="closed") | (Q(closed_at__isnull=False) & ~Q(closed_minute="")),
                name="closed_by_a_meeting_at_a_minute",
            ),
            models.CheckConstraint(
                condition=Q(statutory_due=None) | Q(notice_received__isnull=False),
                name="statutory_clock_needs_a_notice",
            ),
            models.CheckConstraint(
                condition=Q(rag_override="") | ~Q(rag_because=""), name="override_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.summary or self.text[:80]}"


class AskStep(models.Model):
    """One change of an ask's state: who, when, why, and at which meeting and minute, if at one."""

    ask = models.ForeignKey(Ask, models.CASCADE, related_name="steps")
    before = models.CharField(max_length=20, choices=AskState.choices, blank=True)
    after = models.CharField(max_length=20, choices=AskState.choices)
    why = models.TextField(blank=True)
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="+")
    minute = models.CharField(max_length=30, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("ask", "at", "pk")

    def __str__(self) -> str:
        return f"{self.before or 'nothing'} to {self.after}"


class Reply(models.Model):
    """An answer to an ask. It is the committee's once `sent_at` is set, and the public's once published.

    `evidence` says what shows it: an officer's word alone never turns an ask green.
    """

    ask = models.ForeignKey(Ask, models.CASCADE, related_name="replies")
    text = models.TextField("answer")
    evidence = models.TextField("what shows it", blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    by_name = models.CharField("on behalf of", max_length=200, blank=True)
    written_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name_plural = "replies"
        ordering = ("ask", "written_at", "pk")
        indexes = [models.Index(fields=("published_at",), name="replies_by_publication")]

    def __str__(self) -> str:
        return f"Reply {self.pk}"


class QuotedFigure(models.Model):
    """A figure quoted in a reply or report, kept as it stood: it renders without the snapshot.

    `snapshot`, `indicator`, `part`, `by`, `group` and the period say which; `shown` is what was shown of
    it, small numbers protected: title, unit, definition, the figure, the rows of a breakdown, the points
    of the run, the day the records reach to. Never refreshed: a newer one stands beside it.
    """

    reply = models.ForeignKey(Reply, models.CASCADE, null=True, blank=True, related_name="figures")
    position = models.PositiveSmallIntegerField(default=1)
    indicator = models.CharField(max_length=20)
    part = models.CharField(max_length=60, blank=True)
    by = models.CharField("broken down by", max_length=40, blank=True)
    group_by = models.CharField("within a group of", max_length=40, blank=True)
    group = models.CharField("within", max_length=200, blank=True)
    period_start = models.DateField()
    period_end = models.DateField()
    snapshot = models.CharField(max_length=100)
    shown = models.JSONField(default=dict)
    quoted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return f"{self.indicator} to {self.period_end}"


class Chase(models.Model):
    """A reminder that was sent about an ask."""

    ask = models.ForeignKey(Ask, models.CASCADE, related_name="chases")
    to = models.CharField("sent to", max_length=254)
    text = models.TextField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("ask", "at")

    def __str__(self) -> str:
        return f"Chase {self.pk}"


class Challenge(models.Model):
    """A challenge by one body to another, apart from the asks, with numbers of its own."""

    class Outcome(models.TextChoices):
        """How it ended."""

        OPEN = "open", "Open"
        CHANGED = "changed", "Practice was changed"
        EXPLAINED = "explained", "Explained and accepted"
        ESCALATED = "escalated", "Escalated"
        WITHDRAWN = "withdrawn", "Withdrawn"

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="challenges")
    number = models.PositiveIntegerField()
    made_on = models.DateField()
    made_by = models.CharField(max_length=200)
    made_to = models.CharField(max_length=200)
    text = models.TextField("challenge")
    response = models.TextField(blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, default=Outcome.OPEN)
    ended_on = models.DateField(null=True, blank=True)
    ask = models.ForeignKey(Ask, models.SET_NULL, null=True, blank=True, related_name="challenges")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("committee", "-number")
        constraints = [
            models.UniqueConstraint(fields=("committee", "number"), name="one_challenge_a_number"),
        ]

    def __str__(self) -> str:
        return f"Challenge {self.number}"


class Impact(models.Model):
    """What came of an ask. That no impact was found is an answer; not having looked is not."""

    class Found(models.TextChoices):
        """What was found."""

        YES = "yes", "Something changed"
        NO = "no", "No impact found"
        EARLY = "early", "Too early to say"

    ask = models.OneToOneField(Ask, models.CASCADE, related_name="impact")
    baseline = models.TextField("as it was before")
    change = models.TextField("what changed", blank=True)
    found = models.CharField(max_length=10, choices=Found.choices)
    looked_on = models.DateField("looked at again on")
    voices = models.TextField("whose voice was heard", blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    def __str__(self) -> str:
        return f"Impact of ask {self.ask_id}"
