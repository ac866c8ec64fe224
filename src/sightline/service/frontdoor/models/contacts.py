"""Contacts: whatever anybody tells the service about a child, by whichever way it came."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from sightline.service.accounts.models import Agency, Locality, Team
from sightline.service.children.models import KnownPerson
from sightline.service.frontdoor.models.thresholds import Guidance, Level


class ReferralForm(models.Model):
    """A version of the agreed referral form, from a day on. `questions` are its parts in order:
    `{code, label, help, kind, required}`.
    """

    class For(models.TextChoices):
        """Whom it is for."""

        PUBLIC = "public", "The public"
        PROFESSIONAL = "professional", "Professionals"

    name = models.CharField(max_length=200)
    edition = models.CharField("version", max_length=50)
    whom = models.CharField("for", max_length=20, choices=For.choices)
    starts = models.DateField("used from")
    questions = models.JSONField(default=list)

    class Meta:
        ordering = ("whom", "-starts")
        constraints = [
            models.UniqueConstraint(fields=("whom", "starts"), name="one_form_from_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.edition}"


class Contact(models.Model):
    """One contact, from its arrival to what the referrer was told. Nothing closes without an outcome.

    `state` goes through `frontdoor.states`. Priority is a person's judgement: empty until someone gave it.
    `recorded_at` is when it was put here, whatever the day it came. `guidance` is that in force on the day
    it came. Consent, or why it was not sought or was overridden, is kept with its lawful reason.
    `decide_by` is reckoned by the rule in force (REF-1, one working day), from `reopened_at` where it was
    opened again. `missing` and `exploitation` are empty until somebody has said
    whether it is so; `routed_at` is of the routing since it was opened again. `kind` is a code of
    `concerns.toml`, `override_basis` one of `lawful.toml`; `source` is one of the census. `sent_once` is of
    the page on which an officer took it down: sent twice, it is one contact.
    """

    class Way(models.TextChoices):
        """How it came."""

        PUBLIC_FORM = "public_form", "The public's form"
        PROFESSIONAL_FORM = "professional_form", "The professionals' form"
        PHONE = "phone", "By telephone"
        EMAIL = "email", "By e-mail or letter"
        IN_PERSON = "in_person", "In person"

    class State(models.TextChoices):
        """How far it has come."""

        RECEIVED = "received", "Received"
        SCREENING = "screening", "Being looked at"
        INFORMATION = "information", "Waiting for information"
        TRIAGE = "triage", "For the daily triage"
        RECOMMENDED = "recommended", "Waiting for authorisation"
        DECIDED = "decided", "Decided; referrer not told yet"
        CLOSED = "closed", "Closed"

    class Priority(models.TextChoices):
        """How soon somebody must look."""

        RED = "red", "Red: at once"
        AMBER = "amber", "Amber: today"
        GREEN = "green", "Green: within one working day"

    class Consent(models.TextChoices):
        """Whether the family agreed that this be shared."""

        GIVEN = "given", "Consent was given"
        REFUSED = "refused", "Consent was sought and refused"
        NOT_SOUGHT = "not_sought", "Consent was not sought"
        NOT_KNOWN = "not_known", "Not known"

    number = models.CharField(max_length=20, unique=True)
    received_at = models.DateTimeField(default=timezone.now)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    way = models.CharField(max_length=20, choices=Way.choices)
    form = models.ForeignKey(ReferralForm, models.PROTECT, null=True, blank=True, related_name="+")
    answers = models.JSONField(default=dict, blank=True)
    source = models.CharField("source code", max_length=10, blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    referrer_name = models.CharField(max_length=200, blank=True)
    referrer_role = models.CharField(max_length=200, blank=True)
    referrer_phone = models.CharField(max_length=50, blank=True)
    referrer_email = models.EmailField(max_length=254, blank=True)
    is_anonymous = models.BooleanField("the referrer does not give a name", default=False)
    concern = models.TextField("what is the worry?")
    kind = models.CharField("kind of concern", max_length=40, blank=True)
    missing = models.BooleanField("a child is missing or was", null=True, blank=True)
    exploitation = models.BooleanField("exploitation is feared", null=True, blank=True)
    guidance = models.ForeignKey(Guidance, models.PROTECT, null=True, blank=True, related_name="+")
    level_declared = models.ForeignKey(
        Level, models.PROTECT, null=True, blank=True, related_name="+"
    )
    level_evidence = models.TextField("what shows that level", blank=True)
    consent = models.CharField(max_length=20, choices=Consent.choices, blank=True)
    consent_from = models.CharField("from whom, and when", max_length=300, blank=True)
    override_basis = models.CharField("lawful reason", max_length=40, blank=True)
    override_reason = models.TextField("why it goes ahead without consent", blank=True)
    priority = models.CharField(max_length=10, choices=Priority.choices, blank=True)
    priority_because = models.CharField(max_length=500, blank=True)
    priority_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    priority_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.RECEIVED)
    decide_by = models.DateTimeField(null=True, blank=True)
    locality = models.ForeignKey(Locality, models.PROTECT, null=True, blank=True, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+")
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    screened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    screened_at = models.DateTimeField(null=True, blank=True)
    routed_to = models.CharField(max_length=100, blank=True)
    routed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    routed_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    reopened_at = models.DateTimeField(null=True, blank=True)
    sent_once = models.CharField(max_length=64, null=True, blank=True, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("received_at", "pk")
        indexes = [
            models.Index(fields=("state", "received_at"), name="contacts_by_state"),
            # All that decides whose an open contact is: those of ten years are not read for it.
            models.Index(
                fields=("team", "locality"),
                condition=~Q(state="closed"),
                name="contacts_that_are_open",
            ),
            models.Index(fields=("received_at",), name="contacts_by_arrival"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(closed_at__isnull=False),
                name="closed_contact_says_when",
            ),
            models.CheckConstraint(
                condition=Q(priority="")
                | Q(priority_by__isnull=False, priority_at__isnull=False) & ~Q(priority_because=""),
                name="priority_is_somebodys_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(routed_at=None, routed_by=None, routed_to="")
                | Q(routed_at__isnull=False, routed_by__isnull=False) & ~Q(routed_to=""),
                name="routing_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"Contact {self.number}"

    @property
    def waits_since(self) -> datetime:
        """When the clock of its decision began: when it came, or was opened again."""
        return self.reopened_at or self.received_at

    @property
    def is_unchecked(self) -> bool:
        """Whether it came by a form, which anybody may send under any name and address.

        A partner's report of a missing child has none: whoever sent it had signed in.
        """
        return self.form_id is not None

    @property
    def is_to_route(self) -> bool:
        """Whether a child is missing or may be exploited, and nobody has routed it yet."""
        return bool(self.missing or self.exploitation) and self.routed_at is None


class EarlierRouting(models.Model):
    """How a contact was routed before it was opened again: what was feared then, and since when it waited."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="earlier_routings")
    missing = models.BooleanField(null=True)
    exploitation = models.BooleanField(null=True)
    since = models.DateTimeField()
    routed_to = models.CharField(max_length=100)
    routed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    routed_at = models.DateTimeField()

    class Meta:
        ordering = ("contact", "routed_at")

    def __str__(self) -> str:
        return f"Earlier routing {self.pk}"

    @property
    def fears(self) -> str:
        """What was feared, in words."""
        both = (("missing", self.missing), ("exploitation", self.exploitation))
        return " and ".join(name for name, feared in both if feared)


class ChildrenThatStand(models.Manager["ContactChild"]):
    """The children of contacts, but for rows that were set aside as no child or one named twice."""

    def get_queryset(self) -> models.QuerySet["ContactChild"]:
        """Leave out what was set aside."""
        return super().get_queryset().filter(aside_at=None)


class ContactChild(models.Model):
    """A child a contact is about: as the referrer gave them, and who of those known it is, once somebody
    has said so. Whoever was added after the contact was opened again is of no time before.

    A row that is no child, or one named twice, is set aside with the reason: it stays on record, is nobody's,
    and is in no list or count but for `every_row`. The feed has one of a contact of which none stands.
    """

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="children")
    person = models.ForeignKey(
        KnownPerson, models.PROTECT, null=True, blank=True, related_name="contacts"
    )
    first_names = models.CharField(max_length=200, blank=True)
    last_name = models.CharField(max_length=200, blank=True)
    born = models.DateField("date of birth", null=True, blank=True)
    is_unborn = models.BooleanField("not born yet", default=False)
    expected = models.DateField("expected date of birth", null=True, blank=True)
    address = models.TextField(blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    school = models.CharField("school or nursery", max_length=200, blank=True)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    matched_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    matched_at = models.DateTimeField(null=True, blank=True)
    aside_at = models.DateTimeField("set aside", null=True, blank=True)
    aside_because = models.TextField("why it is set aside", blank=True)
    aside_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ChildrenThatStand()
    every_row: ClassVar[models.Manager["ContactChild"]] = models.Manager()

    class Meta:
        verbose_name_plural = "contact children"
        ordering = ("contact", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("contact", "person"),
                condition=Q(person__isnull=False),
                name="one_row_a_child_of_a_contact",
            ),
            models.CheckConstraint(
                condition=Q(aside_at=None, aside_by=None, aside_because="")
                | Q(aside_at__isnull=False, aside_by__isnull=False, person=None)
                & ~Q(aside_because=""),
                name="row_set_aside_is_nobodys_and_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"Child {self.pk} of a contact"

    @property
    def name(self) -> str:
        """The name as the referrer gave it, or that none was given."""
        given = f"{self.first_names} {self.last_name}".strip()
        return given or ("A child not born yet" if self.is_unborn else "A child without a name")


class UnsentReferral(models.Model):
    """What a referrer has typed and not yet sent: found again by a secret link; removed when sent or old."""

    hashed = models.CharField(max_length=64, unique=True)
    form = models.ForeignKey(ReferralForm, models.CASCADE, related_name="+")
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Unsent referral {self.pk}"
