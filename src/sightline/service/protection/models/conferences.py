"""Conferences, the agencies at them, child protection plans and core groups."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from sightline.service.accounts.models import Agency
from sightline.service.protection.models.corrected import Corrected
from sightline.service.protection.models.enquiries import Enquiry
from sightline.service.protection.models.referrals import Referral


class Conference(Corrected):
    """A child protection conference: booked, held or cancelled. One held late says why, in a code.

    `participation` is a code of `records.codes`. `plan` is of a review; the first conference makes it.
    """

    class Kind(models.TextChoices):
        """Which conference it is."""

        INITIAL = "initial", "Initial conference"
        REVIEW = "review", "Review conference"
        TRANSFER = "transfer", "Transfer-in conference"

    class Mode(models.TextChoices):
        """How people meet."""

        ROOM = "room", "In a room"
        REMOTE = "remote", "Remotely"
        BOTH = "both", "In a room and remotely"

    class LateReason(models.TextChoices):
        """Why a conference was late (R058)."""

        VENUE = "venue", "No venue"
        CHAIR = "chair", "No chair"
        REPORTS = "reports", "Reports of agencies were not there"
        FAMILY = "family", "The family could not come"
        DECISION = "decision", "The decision for a conference was late"
        TRANSFER = "transfer", "Transfer from another authority"
        QUORUM = "quorum", "Not enough agencies"
        OTHER = "other", "Another reason"

    class Outcome(models.TextChoices):
        """What it decided."""

        PLAN = "plan", "A child protection plan"
        NO_PLAN = "no_plan", "No child protection plan"
        CONTINUES = "continues", "The plan continues"
        ENDS = "ends", "The plan ends"

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="conferences")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    enquiry = models.ForeignKey(
        Enquiry, models.PROTECT, null=True, blank=True, related_name="conferences"
    )
    plan = models.ForeignKey(
        "protection.ProtectionPlan", models.PROTECT, null=True, blank=True, related_name="reviews"
    )
    due_on = models.DateField(null=True, blank=True)
    booked_for = models.DateTimeField(null=True, blank=True)
    mode = models.CharField(max_length=10, choices=Mode.choices, blank=True)
    venue = models.CharField("venue or address of the meeting", max_length=300, blank=True)
    chair = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="conferences"
    )
    held_at = models.DateTimeField(null=True, blank=True)
    late_reason = models.CharField(max_length=20, choices=LateReason.choices, blank=True)
    late_agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    late_note = models.CharField(max_length=500, blank=True)
    cancelled_because = models.CharField(max_length=500, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    participation = models.CharField("participation code", max_length=10, blank=True)
    is_quorate = models.BooleanField(null=True, blank=True)
    child_view = models.TextField("what the child says", blank=True)
    parent_view = models.TextField("what the parents say", blank=True)
    minutes = models.TextField(blank=True)
    minutes_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    minutes_sent_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    category = models.CharField("category of abuse code", max_length=10, blank=True)
    rationale = models.TextField(blank=True)

    class Meta:
        ordering = ("referral", "-booked_for", "pk")
        indexes = [models.Index(fields=("booked_for",), name="conferences_by_booking")]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="") | Q(held_at__isnull=False) & ~Q(rationale=""),
                name="conference_outcome_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"Conference {self.pk}"

    @property
    def why_called_off(self) -> str:
        """Why it was called off, by whom and when; empty where it was not."""
        if self.cancelled_by is None or self.cancelled_at is None:
            return self.cancelled_because
        when = f"{timezone.localtime(self.cancelled_at):%-d %B %Y, %H:%M}"
        return f"{self.cancelled_because} ({self.cancelled_by}, {when})"


class AgencyAtConference(models.Model):
    """An agency invited to a conference: whether it came, and whether and when its report did."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="agencies")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200, blank=True)
    report_due_on = models.DateField(null=True, blank=True)
    report_received_on = models.DateField(null=True, blank=True)
    attended = models.BooleanField(null=True, blank=True)
    remotely = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("conference", "agency")
        constraints = [
            models.UniqueConstraint(
                fields=("conference", "agency"), name="one_row_an_agency_at_a_conference"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency} at conference {self.conference_id}"


class ProtectionPlan(models.Model):
    """A child protection plan from the conference that made it to that which ended it.

    `stepped_from` and `stepped_to` say from and to which work the child stepped.
    """

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="plans")
    made_at = models.OneToOneField(Conference, models.PROTECT, related_name="plan_made")
    starts = models.DateField()
    initial_category = models.CharField("category of abuse code", max_length=10)
    latest_category = models.CharField("latest category code", max_length=10)
    previous_plans = models.PositiveSmallIntegerField("plans before, ever", null=True, blank=True)
    danger = models.TextField("what are we worried about?", blank=True)
    safety = models.TextField("what must change, and how will we know?", blank=True)
    contingency = models.TextField("what if it does not?", blank=True)
    stepped_from = models.CharField(max_length=40, blank=True)
    stepped_to = models.CharField(max_length=40, blank=True)
    ends = models.DateField(null=True, blank=True)
    ended_because = models.TextField(blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("-starts", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("referral",), condition=Q(ends=None), name="one_open_plan_a_referral"
            ),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")) & ~Q(ended_because=""),
                name="ended_plan_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"Child protection plan {self.pk}"


class PlanAction(models.Model):
    """What somebody does under a plan, by when, and whether it is done."""

    plan = models.ForeignKey(ProtectionPlan, models.CASCADE, related_name="actions")
    what = models.TextField()
    who = models.CharField(max_length=200)
    by = models.DateField("by when", null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    result = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("plan", "by", "pk")

    def __str__(self) -> str:
        return f"Action {self.pk}"


class CoreGroup(Corrected):
    """A meeting of a plan's core group: due, held, who came, what is better and what is not."""

    plan = models.ForeignKey(ProtectionPlan, models.CASCADE, related_name="core_groups")
    due_on = models.DateField()
    held_on = models.DateField(null=True, blank=True)
    present = models.TextField("who came, one a line", blank=True)
    progress = models.TextField(blank=True)
    parent_view = models.TextField("what the parents say", blank=True)
    child_view = models.TextField("what the child says", blank=True)
    late_because = models.CharField(max_length=500, blank=True)
    not_held_because = models.CharField("why it was never held", max_length=200, blank=True)

    class Meta:
        ordering = ("plan", "-due_on")

    def __str__(self) -> str:
        return f"Core group {self.pk}"
