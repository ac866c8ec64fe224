"""Meetings: their items, who was there, what they declared, and how far their minutes have come."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sightline.service.scrutiny.models.committees import Committee, InterestKind, Member


class Privacy(models.TextChoices):
    """Whether the public may read something.

    Exempt: by resolution, under a paragraph of Schedule 12A to the Local Government Act 1972.
    Confidential: must be excluded, section 100A(2) and (3).
    """

    PUBLIC = "public", "Public"
    EXEMPT = "exempt", "Exempt"
    CONFIDENTIAL = "confidential", "Confidential"


class Meeting(models.Model):
    """One meeting of a committee. `day` is empty only where a source does not say it and nobody knows yet.

    `state` is how far the meeting has come, `minutes_state` how far its minutes have. The public sees what
    was minuted once it is confirmed (`scrutiny.public.visible`).
    """

    class State(models.TextChoices):
        """How far the meeting has come."""

        PLANNED = "planned", "Planned"
        CALLED = "called", "Agenda published"
        OPEN = "open", "Being held"
        HELD = "held", "Held"
        CANCELLED = "cancelled", "Cancelled"
        INQUORATE = "inquorate", "Not quorate"

    class MinutesState(models.TextChoices):
        """How far the minutes have come."""

        NONE = "none", "No minutes yet"
        DRAFT = "draft", "Draft"
        CONFIRMED = "confirmed", "Confirmed"
        SIGNED = "signed", "Confirmed and signed"

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="meetings")
    day = models.DateField("date", null=True, blank=True)
    day_is_inferred = models.BooleanField(default=False)
    starts = models.TimeField("start", null=True, blank=True)
    ended = models.TimeField("end", null=True, blank=True)
    venue = models.CharField(max_length=300, blank=True)
    chair = models.CharField("in the chair", max_length=200, blank=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.PLANNED)
    state_reason = models.CharField(max_length=500, blank=True)
    called_at = models.DateTimeField("agenda published at", null=True, blank=True)
    webcast = models.URLField(blank=True)
    minutes_state = models.CharField(
        max_length=20, choices=MinutesState.choices, default=MinutesState.NONE
    )
    confirmed_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="confirmed"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.CharField("signed by", max_length=200, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    is_truncated = models.BooleanField("the source was cut short", default=False)
    moderngov_id = models.PositiveIntegerField("number in ModernGov", null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("-day", "-pk")
        indexes = [
            models.Index(fields=("committee", "day"), name="meetings_of_a_committee"),
            models.Index(fields=("day",), name="meetings_by_day"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=("moderngov_id",),
                condition=Q(moderngov_id__isnull=False),
                name="one_meeting_of_a_moderngov_number",
            ),
        ]

    def __str__(self) -> str:
        return (
            f"{self.committee}, {self.day:%-d %B %Y}" if self.day else f"{self.committee}, no date"
        )


class Item(models.Model):
    """An item of an agenda, and of the minutes. `number` is the minute number as printed, empty before.

    `running` is the part of the number that runs on, for the order and for gaps. `planned` is what the
    agenda says, `minute` what was minuted: paragraphs with an empty line between. What is exempt has its
    `paragraph` (1 to 7 of Part 1 of Schedule 12A), `why_exempt` in the public interest, and, once minuted
    in private, a `public_summary` (section 100C(2)).
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    number = models.CharField("minute number", max_length=30, blank=True)
    running = models.PositiveIntegerField(null=True, blank=True, editable=False)
    kind = models.CharField(max_length=20, default="other")
    title = models.CharField(max_length=500)
    topic = models.ForeignKey(
        "scrutiny.Topic", models.SET_NULL, null=True, blank=True, related_name="items"
    )
    planned = models.TextField("on the agenda", blank=True)
    minute = models.TextField("minute", blank=True)
    presenter = models.CharField("relevant officer or member", max_length=300, blank=True)
    privacy = models.CharField(max_length=20, choices=Privacy.choices, default=Privacy.PUBLIC)
    paragraph = models.PositiveSmallIntegerField(null=True, blank=True)
    why_exempt = models.CharField("why it is private", max_length=500, blank=True)
    public_summary = models.TextField(blank=True)
    urgency = models.CharField("why it was urgent", max_length=500, blank=True)
    from_ask = models.ForeignKey(
        "scrutiny.Ask", models.SET_NULL, null=True, blank=True, related_name="agenda_items"
    )
    moderngov_id = models.PositiveIntegerField("number in ModernGov", null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("meeting", "position", "pk")
        indexes = [
            models.Index(fields=("running",), name="items_by_running_number"),
            models.Index(fields=("moderngov_id",), name="items_by_moderngov_number"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(privacy="exempt")
                | Q(paragraph__gte=1, paragraph__lte=7) & ~Q(why_exempt=""),
                name="exempt_item_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class Attendance(models.Model):
    """One person at one meeting, as printed. `member` is empty for officers, guests, and names not matched.

    "In attendance" is for whom minutes say no more of than that.

    `left_at` and `came_at` are for lateness and leaving early; leaving for an interest is in `Declaration`.
    """

    class Capacity(models.TextChoices):
        """In which right somebody was there."""

        MEMBER = "member", "Member"
        CO_OPTEE = "co_optee", "Co-opted member"
        SUBSTITUTE = "substitute", "Substitute"
        OTHER_MEMBER = "other_member", "Councillor not of the committee"
        OFFICER = "officer", "Officer"
        INVITED = "invited", "Invited"
        IN_ATTENDANCE = "in_attendance", "In attendance"

    class Status(models.TextChoices):
        """Whether somebody came."""

        PRESENT = "present", "Present"
        REMOTE = "remote", "Present remotely"
        APOLOGY = "apology", "Sent apologies"
        ABSENT = "absent", "Absent without apology"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendance")
    name = models.CharField(max_length=200)
    member = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="attendance"
    )
    capacity = models.CharField(max_length=20, choices=Capacity.choices)
    status = models.CharField(max_length=20, choices=Status.choices)
    post = models.CharField("post or body", max_length=300, blank=True)
    substitute_for = models.CharField(max_length=200, blank=True)
    came_at = models.TimeField("came at, if late", null=True, blank=True)
    left_at = models.TimeField("left at, if early", null=True, blank=True)
    corrected_because = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name_plural = "attendance"
        ordering = ("meeting", "capacity", "name")
        indexes = [models.Index(fields=("member", "status"), name="attendance_of_a_member")]
        constraints = [
            models.UniqueConstraint(
                fields=("meeting", "member"),
                condition=Q(member__isnull=False),
                name="one_attendance_a_member",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.get_status_display()}"


class Declaration(models.Model):
    """An interest that somebody declared. `cited` is the item as printed, which may be of none there is."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="declarations")
    name = models.CharField(max_length=200)
    member = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="declarations"
    )
    kind = models.ForeignKey(InterestKind, models.PROTECT, null=True, blank=True, related_name="+")
    kind_as_printed = models.CharField(max_length=200, blank=True)
    nature = models.TextField(blank=True)
    cited = models.CharField("item as printed", max_length=50, blank=True)
    item = models.ForeignKey(
        Item, models.SET_NULL, null=True, blank=True, related_name="declarations"
    )
    left = models.BooleanField("left the meeting", null=True, blank=True)
    left_at = models.TimeField(null=True, blank=True)
    returned_at = models.TimeField(null=True, blank=True)
    is_party_whip = models.BooleanField("a party whip, not an interest", default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("meeting", "pk")

    def __str__(self) -> str:
        return f"Declaration {self.pk}"


class MinutesCorrection(models.Model):
    """A change of draft minutes that the committee made when it confirmed them: before and after."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="corrections")
    item = models.ForeignKey(Item, models.SET_NULL, null=True, blank=True, related_name="+")
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    agreed_at = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="corrections_agreed"
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("meeting", "pk")

    def __str__(self) -> str:
        return f"Correction {self.pk}"
