"""Strategy discussions and section 47 enquiries, with the decision whether a conference is needed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from sightline.service.accounts.models import Agency
from sightline.service.protection.models.corrected import Corrected
from sightline.service.protection.models.referrals import Referral


class StrategyDiscussion(Corrected):
    """A strategy discussion: chair, minutes and why it decided as it did are mandatory once it is held.

    `written_by` recorded it last, `writers` are all who recorded some of it: another decides.
    """

    class Decision(models.TextChoices):
        """What it decided."""

        SINGLE = "single", "Section 47 enquiry by social care"
        JOINT = "joint", "Section 47 enquiry by social care and the police"
        ASSESSMENT = "assessment", "Assessment under section 17"
        AGAIN = "again", "To meet again"
        NO_ENQUIRY = "no_enquiry", "No enquiry"

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="discussions")
    suspected_at = models.DateTimeField("when significant harm was suspected")
    held_at = models.DateTimeField(null=True, blank=True)
    chair = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    minutes = models.TextField(blank=True)
    decision = models.CharField(max_length=20, choices=Decision.choices, blank=True)
    rationale = models.TextField(blank=True)
    actions = models.TextField("to be done, by whom, by when", blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    writers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", verbose_name="everybody who recorded some of it"
    )

    class Meta:
        ordering = ("referral", "-suspected_at")
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="")
                | Q(held_at__isnull=False, chair__isnull=False) & ~Q(minutes="") & ~Q(rationale=""),
                name="discussion_that_decided_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"Strategy discussion {self.pk}"


class AgencyAtDiscussion(models.Model):
    """Whether an agency took part in a strategy discussion, and by whom."""

    class Status(models.TextChoices):
        """In what way."""

        PRESENT = "present", "Took part"
        INFORMATION = "information", "Background information only"
        ABSENT = "absent", "Asked and did not take part"
        NOT_ASKED = "not_asked", "Not asked"

    discussion = models.ForeignKey(StrategyDiscussion, models.CASCADE, related_name="agencies")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=20, choices=Status.choices)

    class Meta:
        ordering = ("discussion", "agency")
        constraints = [
            models.UniqueConstraint(
                fields=("discussion", "agency"), name="one_row_an_agency_at_a_discussion"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency}, {self.get_status_display()}"


class Enquiry(models.Model):
    """A section 47 enquiry. Whether a conference is needed is decided by day five (S47-D5); one decided
    late says why. It begins with the discussion that decided it.
    """

    class Needed(models.TextChoices):
        """Whether a conference is needed."""

        YES = "yes", "A conference is needed"
        NO = "no", "No conference is needed"

    class Finding(models.TextChoices):
        """What the enquiry found."""

        SUBSTANTIATED = "substantiated", "Concerns substantiated, the child is at continuing risk"
        NOT_CONTINUING = "not_continuing", "Substantiated, and no continuing risk"
        NOT_SUBSTANTIATED = "not_substantiated", "Concerns not substantiated"

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="enquiries")
    discussion = models.OneToOneField(
        StrategyDiscussion, models.PROTECT, null=True, blank=True, related_name="enquiry"
    )
    began_at = models.DateTimeField(default=timezone.now)
    conference_needed = models.CharField(max_length=5, choices=Needed.choices, blank=True)
    decision_rationale = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_late_because = models.CharField(max_length=500, blank=True)
    child_view = models.TextField("what the child says", blank=True)
    parent_view = models.TextField("what the parents say", blank=True)
    judgement = models.TextField("professional judgement", blank=True)
    finding = models.CharField(max_length=20, choices=Finding.choices, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    returned_because = models.TextField("why it was last returned", blank=True)
    ended_at = models.DateTimeField("ended: the finding was authorised", null=True, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    writers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", verbose_name="everybody who wrote some of it"
    )
    authorised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    authorised_because = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name_plural = "enquiries"
        ordering = ("referral", "-began_at")
        constraints = [
            models.CheckConstraint(
                condition=Q(conference_needed="", decided_at=None, decided_by=None)
                | ~Q(conference_needed="")
                & Q(decided_at__isnull=False, decided_by__isnull=False)
                & ~Q(decision_rationale=""),
                name="conference_decision_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(authorised_by=None) | ~Q(authorised_by=F("written_by")),
                name="nobody_authorises_their_own_enquiry",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, authorised_by=None)
                | Q(ended_at__isnull=False, authorised_by__isnull=False)
                & ~Q(authorised_because="")
                & ~Q(finding=""),
                name="enquiry_authorisation_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"Section 47 enquiry {self.pk}"
