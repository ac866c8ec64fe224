"""Pre-proceedings and care proceedings under the public law outline, with their meetings."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from sightline.service.protection.models.referrals import Referral


class PreProceedings(models.Model):
    """Work before care proceedings, and the 26 weeks of those. Decisions say by whom and why.

    It is open until the child steps down, or the court makes its final order (`ended_on`). `worries`,
    `must_change` and `support` are what the letter before proceedings says, as the worker judges; the views
    of child and parents stand apart.
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
    parent_view = models.TextField("what the parents say", blank=True)
    letter_on = models.DateField("letter before proceedings sent", null=True, blank=True)
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
    stepped_to = models.CharField(max_length=40, blank=True)
    application_on = models.DateField("application made", null=True, blank=True)
    order_on = models.DateField("final order", null=True, blank=True)
    order = models.CharField(
        "what the court decided", max_length=20, choices=Order.choices, blank=True
    )
    order_said = models.TextField("what else the court said", blank=True)
    ended_on = models.DateField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

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
                condition=Q(order="", order_on=None)
                | Q(order_on__gte=F("application_on"), ended_on=F("order_on")) & ~Q(order=""),
                name="final_order_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"Pre-proceedings {self.pk}"


class CourtMeeting(models.Model):
    """A meeting before proceedings, a review of them, or a hearing: who came, and what was agreed."""

    class Kind(models.TextChoices):
        """Which it was."""

        MEETING = "meeting", "Meeting with the parents"
        FAMILY = "family", "Family group meeting"
        REVIEW = "review", "Review of pre-proceedings"
        HEARING = "hearing", "Hearing"

    pre_proceedings = models.ForeignKey(PreProceedings, models.CASCADE, related_name="meetings")
    kind = models.CharField("which meeting", max_length=10, choices=Kind.choices)
    held_on = models.DateField()
    present = models.TextField("who came, one a line", blank=True)
    agreed = models.TextField("what was agreed or ordered")
    late_because = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pre_proceedings", "held_on", "pk")

    def __str__(self) -> str:
        return f"Meeting {self.pk}"
