"""What agencies were asked, what they said, what was made of it, and what was shared on which basis."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from sightline.service.accounts.models import Agency
from sightline.service.frontdoor.models.contacts import Contact, ContactChild


class InformationRequest(models.Model):
    """A question to an agency about some children of a contact, with the time it is due.

    `reply` is what they sent, word for word. `lawful_basis` is a code of `lawful.toml`.
    """

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="information_requests")
    children = models.ManyToManyField(ContactChild, related_name="asked_about")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="information_requests")
    asked_of = models.CharField(max_length=200, blank=True)
    question = models.TextField()
    lawful_basis = models.CharField(max_length=40)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    reply = models.TextField(blank=True)
    nothing_known = models.BooleanField("the agency holds nothing", default=False)
    replied_by = models.CharField(max_length=200, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    refused_because = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("contact", "asked_at")
        indexes = [models.Index(fields=("replied_at", "due_at"), name="information_by_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(replied_at=None)
                | ~Q(replied_by="")
                & (~Q(reply="") | Q(nothing_known=True) | ~Q(refused_because="")),
                name="reply_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"Information request {self.pk}"


class InformationChase(models.Model):
    """That an agency was chased for an answer, or its silence or refusal taken higher: when, how, by whom."""

    request = models.ForeignKey(InformationRequest, models.CASCADE, related_name="chases")
    how = models.CharField(max_length=200)
    escalated_to = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("request", "at")

    def __str__(self) -> str:
        return f"Chase {self.pk}"


class Analysis(models.Model):
    """What a professional makes of the information, apart from the information itself."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="analyses")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name_plural = "analyses"
        ordering = ("contact", "at")

    def __str__(self) -> str:
        return f"Analysis {self.pk}"


class SharingDecision(models.Model):
    """That something was shared, or not: what, with whom, on which lawful basis. A refusal says why."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="sharing_decisions")
    what = models.TextField()
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    is_shared = models.BooleanField()
    lawful_basis = models.CharField(max_length=40, blank=True)
    why_not = models.TextField(blank=True)
    escalated_to = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("contact", "at")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_shared=True) & ~Q(lawful_basis="")
                | Q(is_shared=False) & ~Q(why_not="") & ~Q(escalated_to=""),
                name="sharing_has_a_basis_or_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Sharing decision {self.pk}"
