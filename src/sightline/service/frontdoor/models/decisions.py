"""What was recommended, who authorised it, what the referrer was told, and who disagreed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from sightline.service.children.models import KnownPerson
from sightline.service.frontdoor.models.contacts import Contact
from sightline.service.frontdoor.models.thresholds import Level


class Outcome(models.TextChoices):
    """What becomes of a contact. There is no default."""

    REFERRAL = "referral", "Referral to social care for assessment"
    STRATEGY = "strategy", "Strategy discussion"
    EARLY_HELP = "early_help", "Early help"
    ALREADY_OPEN = "already_open", "Passed to whoever works with the child already"
    OTHER_AGENCY = "other_agency", "Passed to another agency"
    OTHER_AUTHORITY = "other_authority", "Passed to another authority"
    ADVICE = "advice", "Information and advice"
    NO_FURTHER_ACTION = "no_further_action", "No further action"


class Recommendation(models.Model):
    """A recommended outcome, and its authorisation by another, qualified person: one record of who, when,
    what and why. Returned ones stay; the one authorised is the decision. `decided_level` is empty where the
    level stands as the officer assessed it; see `level_decided`.
    """

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", "Waiting for authorisation"
        AUTHORISED = "authorised", "Authorised"
        CHANGED = "changed", "Authorised with another outcome or level"
        RETURNED = "returned", "Returned"

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="recommendations")
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    level = models.ForeignKey(
        Level, models.PROTECT, related_name="+", verbose_name="level of need as assessed"
    )
    rationale = models.TextField()
    offered_instead = models.TextField("help offered instead", blank=True)
    taken_up = models.CharField(
        "was it taken up",
        max_length=10,
        choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Not known")],
        blank=True,
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=20, choices=State.choices, default=State.WAITING)
    decided_outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    decided_level = models.ForeignKey(
        Level, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decision_rationale = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("contact", "-at")
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("by")),
                name="nobody_authorises_their_own",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_by=None, decided_at=None)
                | Q(decided_by__isnull=False, decided_at__isnull=False)
                & ~Q(state="waiting")
                & ~Q(decision_rationale=""),
                name="decision_is_whole",
            ),
            models.UniqueConstraint(
                fields=("contact",),
                condition=Q(state="waiting"),
                name="one_waiting_recommendation",
            ),
        ]

    def __str__(self) -> str:
        return f"Recommendation {self.pk}"

    @property
    def level_decided(self) -> Level:
        """The level of need that was decided: the authoriser's, or else the officer's."""
        return self.decided_level or self.level


class PassedOn(models.Model):
    """That a contact was passed to whoever works with a child already, and who of them has read it since."""

    decision = models.ForeignKey(Recommendation, models.CASCADE, related_name="passed_on")
    person = models.ForeignKey(KnownPerson, models.PROTECT, related_name="contacts_passed_on")
    at = models.DateTimeField(default=timezone.now)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "contact passed on"
        verbose_name_plural = "contacts passed on"
        ordering = ("at", "pk")
        constraints = [
            models.UniqueConstraint(fields=("decision", "person"), name="passed_on_once"),
            models.CheckConstraint(
                condition=Q(read_by=None, read_at=None)
                | Q(read_by__isnull=False, read_at__isnull=False),
                name="reading_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"Contact passed on {self.pk}"


class OutcomeNotice(models.Model):
    """What the referrer is told of a decision, with a clock of its own. Where nobody can be told, it says so.

    `queued_at` is when an e-mail was handed over to be sent; only once it has gone is there a `sent_at`.
    `text` is what was said and `letter` the letter with whom it went to (`Paper.kept`), as of the telling.
    `confirmed` is whether the officer made sure who the referrer is; empty where that was not to be asked.
    """

    class How(models.TextChoices):
        """How the referrer was told."""

        EMAIL = "email", "By e-mail, with the letter"
        POST = "post", "By post, with the letter"
        PHONE = "phone", "By telephone"
        IN_PERSON = "in_person", "In person"
        NOBODY = "nobody", "Nobody can be told"

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="notices")
    decision = models.OneToOneField(Recommendation, models.CASCADE, related_name="notice")
    due_at = models.DateTimeField()
    text = models.TextField(blank=True)
    letter = models.TextField(blank=True)
    sent_to = models.CharField(max_length=254, blank=True)
    how = models.CharField(max_length=20, choices=How.choices, blank=True)
    queued_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    confirmed = models.BooleanField("it was confirmed who the referrer is", null=True, blank=True)
    not_sent_because = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("due_at",)
        indexes = [models.Index(fields=("sent_at", "due_at"), name="notices_by_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(sent_by__isnull=False) & ~Q(how="") & ~Q(text=""),
                name="notice_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(how="nobody") | ~Q(not_sent_because=""),
                name="nobody_told_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Notice of contact {self.contact_id}"


class Disagreement(models.Model):
    """That a professional disagrees with an outcome: one row a step. `follows` is the step below.

    `outcome_changed` is empty until it is answered. `settled_at` says that it goes no further up: they accept
    the answer, and `acceptance` says who said so, or `settled_because` says why it ends. `settled_by` is
    empty where that came with the answer, from whoever answered.
    """

    class Step(models.IntegerChoices):
        """How far up it has gone."""

        PRACTITIONER = 1, "Between practitioners"
        MANAGER = 2, "Between managers"
        HEAD = 3, "Between heads of service"
        BOARD = 4, "The safeguarding board"

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="disagreements")
    follows = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    step = models.PositiveSmallIntegerField(choices=Step.choices, default=Step.PRACTITIONER)
    raised_by = models.CharField(max_length=200)
    raised_at = models.DateTimeField(default=timezone.now)
    why = models.TextField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    outcome_changed = models.BooleanField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_because = models.TextField("why it ends there", blank=True)
    acceptance = models.TextField("who said that they accept it, and when", blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("contact", "raised_at")
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, outcome_changed=None)
                | Q(
                    answered_at__isnull=False,
                    answered_by__isnull=False,
                    outcome_changed__isnull=False,
                )
                & ~Q(answer=""),
                name="answer_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"Disagreement {self.pk}"
