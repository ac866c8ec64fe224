"""Pre-proceedings and care proceedings under the public law outline, with their letters and meetings."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from sightline.service.children.models import KnownPerson
from sightline.service.protection.models.corrected import Corrected
from sightline.service.protection.models.referrals import Referral


class PreProceedings(Corrected):
    """Work before care proceedings, and the 26 weeks of those. Decisions say by whom and why.

    It is open until the child steps down, or the court makes its final order (`ended_on`). `worries`,
    `must_change` and `support` are what every letter before proceedings says, as the worker judges, with the
    child's words apart; what a parent says is in the letter to them alone (`CourtLetter`). `letter_on` is the
    day of the first letter, `outcome_on` that of the decision, `application_on` that of what came of it.
    Where a child stepped down after it was decided for court, that decision stays on record (`court_on`).
    """

    class Outcome(models.TextChoices):
        """How it went on."""

        STEPPED_DOWN = "stepped_down", "Stepped down"
        PROCEEDINGS = "proceedings", "Application to court"

    class Order(models.TextChoices):
        """What the court decided."""

        CARE = "care", "Care order"
        PLACEMENT = "placement", "Care order and placement order"
        SUPERVISION = "supervision", "Supervision order"
        GUARDIANSHIP = "guardianship", "Special guardianship order"
        ARRANGEMENTS = "arrangements", "Child arrangements order"
        NONE = "none", "No order, or the application was withdrawn"
        OTHER = "other", "Another order"

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="pre_proceedings")
    decided_on = models.DateField("decision to begin")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_because = models.TextField()
    worries = models.TextField("what are we worried about?", blank=True)
    must_change = models.TextField("what must change, and by when?", blank=True)
    support = models.TextField("what help do we give?", blank=True)
    child_view = models.TextField("what the child says", blank=True)
    letter_on = models.DateField("first letter before proceedings sent", null=True, blank=True)
    family_meeting_offered = models.BooleanField(
        "family group meeting offered", null=True, blank=True
    )
    family_meeting_why_not = models.CharField("why none was offered", max_length=500, blank=True)
    family_meeting_on = models.DateField("family group meeting held", null=True, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    outcome_on = models.DateField(null=True, blank=True)
    outcome_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    outcome_because = models.TextField(blank=True)
    court_on = models.DateField("earlier decision for court", null=True, blank=True)
    court_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    court_because = models.TextField(blank=True)
    stepped_to = models.CharField(max_length=40, blank=True)
    application_on = models.DateField("application made", null=True, blank=True)
    order_on = models.DateField("final order", null=True, blank=True)
    order = models.CharField(
        "what the court decided", max_length=20, choices=Order.choices, blank=True
    )
    order_said = models.TextField("what else the court said", blank=True)
    ended_on = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name_plural = "pre-proceedings"
        ordering = ("-decided_on", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("referral",),
                condition=Q(ended_on=None),
                name="one_open_pre_proceedings_a_referral",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", outcome_by=None, outcome_on=None, ended_on=None)
                | Q(outcome_by__isnull=False, outcome_on__gte=F("decided_on"))
                & ~Q(outcome="")
                & ~Q(outcome_because=""),
                name="pre_proceedings_outcome_says_why",
            ),
            models.CheckConstraint(
                condition=Q(application_on=None)
                | Q(outcome="proceedings", application_on__gte=F("outcome_on")),
                name="application_after_its_decision",
            ),
            models.CheckConstraint(
                condition=Q(court_on=None, court_by=None, court_because="")
                | Q(outcome="stepped_down", court_by__isnull=False, court_on__gte=F("decided_on"))
                & ~Q(court_because=""),
                name="earlier_decision_for_court_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(order="", order_on=None)
                | Q(order_on__gte=F("application_on"), ended_on=F("order_on")) & ~Q(order=""),
                name="final_order_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"Pre-proceedings {self.pk}"


class CourtLetter(Corrected):
    """A letter before proceedings to one person, with what they have said and nobody else has.

    Sent, it is kept in the words it was sent with (`words`, a `Paper` as text), and printed from them.
    """

    pre_proceedings = models.ForeignKey(PreProceedings, models.CASCADE, related_name="letters")
    to = models.ForeignKey(
        KnownPerson, models.PROTECT, related_name="+", verbose_name="whom the letter is to"
    )
    view = models.TextField("what they have told us", blank=True)
    sent_on = models.DateField(null=True, blank=True)
    words = models.TextField("the letter as it was sent", blank=True, editable=False)
    dropped_because = models.CharField("why it is not sent", max_length=500, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pre_proceedings", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_on=None, words="")
                | Q(sent_on__isnull=False, dropped_because="") & ~Q(words=""),
                name="sent_letter_is_kept",
            ),
        ]

    def __str__(self) -> str:
        return f"Letter {self.pk}"


class CourtMeeting(Corrected):
    """A meeting before proceedings, a review of them, or a hearing: to come, held or called off.

    At a hearing the court may give more time than 26 weeks (`extended_until`), and says why.
    """

    class Kind(models.TextChoices):
        """Which it was."""

        MEETING = "meeting", "Meeting with the parents"
        FAMILY = "family", "Family group meeting"
        REVIEW = "review", "Review of pre-proceedings"
        HEARING = "hearing", "Hearing"

    pre_proceedings = models.ForeignKey(PreProceedings, models.CASCADE, related_name="meetings")
    kind = models.CharField("which meeting", max_length=10, choices=Kind.choices)
    booked_for = models.DateTimeField(null=True, blank=True)
    place = models.CharField("where", max_length=300, blank=True)
    called_off_because = models.CharField(max_length=500, blank=True)
    held_on = models.DateField(null=True, blank=True)
    present = models.TextField("who came, one a line", blank=True)
    agreed = models.TextField("what was agreed or ordered", blank=True)
    late_because = models.CharField(max_length=500, blank=True)
    extended_until = models.DateField("time given by the court, until", null=True, blank=True)
    extended_because = models.TextField("why the court gave more time", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pre_proceedings", "held_on", "booked_for", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(held_on=None, booked_for__isnull=False, agreed="")
                | Q(held_on__isnull=False, called_off_because="") & ~Q(agreed=""),
                name="court_meeting_is_held_or_to_come",
            ),
            models.CheckConstraint(
                condition=Q(extended_until=None)
                | Q(kind="hearing", extended_until__gt=F("held_on")) & ~Q(extended_because=""),
                name="extension_says_why",
                violation_error_message="More time is given at a hearing, until a day after it: say why",
            ),
        ]

    def __str__(self) -> str:
        return f"Meeting {self.pk}"
