"""Referrals, who has each, and the assessments of them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from sightline.service.accounts.models import Locality, Team
from sightline.service.children.models import KnownPerson
from sightline.service.frontdoor.models import Contact


class Referral(models.Model):
    """One child's case with social care, from the referral to its closure. `contact` is what began it;
    empty where the child was transferred in or was open before. `recorded_at` is when it was put here. Codes
    are those of `records.codes`.

    One asks to close it (`closing_by`) with the reason, another authorises (`closed_by`) and says why.
    One that was left open, or was closed by mistake and is open again, says why (`closing_returned_because`).
    """

    class State(models.TextChoices):
        """How far it has come."""

        OPEN = "open", "Open"
        CLOSING = "closing", "To be closed: waits for authorisation"
        CLOSED = "closed", "Closed"

    child = models.ForeignKey(KnownPerson, models.PROTECT, related_name="referrals")
    contact = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="referrals"
    )
    received_at = models.DateTimeField()
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    source = models.CharField("source code", max_length=10, blank=True)
    primary_need = models.CharField("primary need code", max_length=10, blank=True)
    transferred_from = models.CharField(
        "transferred from the authority", max_length=200, blank=True
    )
    had_plan_there = models.BooleanField("had a child protection plan there", null=True, blank=True)
    locality = models.ForeignKey(Locality, models.PROTECT, null=True, blank=True, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="referrals")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    closure_reason = models.CharField("closure reason code", max_length=10, blank=True)
    closed_because = models.TextField("why it is to be closed", blank=True)
    closing_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    closing_at = models.DateTimeField(null=True, blank=True)
    closing_returned_because = models.TextField("why it was last left open", blank=True)
    closing_returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    closing_returned_at = models.DateTimeField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closed_rationale = models.TextField("why the closure was authorised", blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("-received_at", "pk")
        indexes = [
            models.Index(fields=("state", "team"), name="referrals_of_a_team"),
            # All that decides whose an open case is: those of ten years are not read for it.
            models.Index(
                fields=("team", "locality", "child"),
                condition=~Q(state="closed"),
                name="referrals_that_are_open",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=("child",), condition=~Q(state="closed"), name="one_open_referral_a_child"
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_on=None, closing_by=None, closed_by=None)
                | Q(state="closing", closed_on=None, closing_by__isnull=False, closed_by=None)
                & ~Q(closed_because="")
                | Q(state="closed", closed_on__isnull=False, closed_by__isnull=False)
                & ~Q(closed_because="")
                & ~Q(closed_rationale=""),
                name="closed_referral_says_when_and_why",
            ),
            models.CheckConstraint(
                condition=Q(closed_by=None) | ~Q(closed_by=F("closing_by")),
                name="nobody_authorises_their_own_closure",
            ),
        ]

    def __str__(self) -> str:
        return f"Referral {self.pk}"


class Allocation(models.Model):
    """That a worker has a referral, from a moment to a moment. One that ends says why it changed hands."""

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="allocations")
    worker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="allocations")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+")
    starts_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(null=True, blank=True)
    why_changed = models.CharField("change reason code", max_length=10, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("referral", "-starts_at")
        indexes = [
            models.Index(
                fields=("-ends_at",), condition=~Q(why_changed=""), name="cases_that_changed_hands"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=("referral",), condition=Q(ends_at=None), name="one_worker_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at")),
                name="allocation_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"Allocation {self.pk}"


class Assessment(models.Model):
    """An assessment. What the child says, what the parents say and what the worker judges stand apart.

    `factors` are codes of `assessment_factor`. `written_by` wrote last, `writers` are all who wrote some of
    it. It is authorised by another, who says why.
    """

    class Outcome(models.TextChoices):
        """What follows from it."""

        NEED_PLAN = "need_plan", "A child in need plan"
        STRATEGY = "strategy", "A strategy discussion"
        CONTINUES = "continues", "The plan there is continues"
        CARE = "care", "The child comes into care"
        EARLY_HELP = "early_help", "Early help"
        CLOSE = "close", "No further action by social care"

    class LateReason(models.TextChoices):
        """Why it was late."""

        ALLOCATED = "allocated", "Allocated late"
        FAMILY = "family", "The family could not be seen"
        AGENCY = "agency", "Another agency's information came late"
        COMPLEX = "complex", "More had to be found out"
        WORKLOAD = "workload", "Too much work"
        OTHER = "other", "Another reason"

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="assessments")
    began_at = models.DateTimeField(default=timezone.now)
    review_on = models.DateField("to be reviewed within by", null=True, blank=True)
    child_seen = models.BooleanField(null=True, blank=True)
    child_view = models.TextField("what the child says", blank=True)
    parent_view = models.TextField("what the parents say", blank=True)
    judgement = models.TextField("professional judgement", blank=True)
    factors = models.CharField("factor codes, with spaces between", max_length=300, blank=True)
    outcome = models.CharField(max_length=40, choices=Outcome.choices, blank=True)
    late_reason = models.CharField(max_length=40, choices=LateReason.choices, blank=True)
    returned_because = models.TextField("why it was last returned", blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    writers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", verbose_name="everybody who wrote some of it"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    authorised_at = models.DateTimeField(null=True, blank=True)
    authorised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    authorised_because = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("referral", "-began_at")
        constraints = [
            models.CheckConstraint(
                condition=Q(authorised_by=None) | ~Q(authorised_by=F("written_by")),
                name="nobody_authorises_their_own_assessment",
            ),
            models.CheckConstraint(
                condition=Q(authorised_at=None, authorised_by=None)
                | Q(authorised_at__isnull=False, authorised_by__isnull=False)
                & ~Q(authorised_because=""),
                name="assessment_authorisation_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"Assessment {self.pk}"
