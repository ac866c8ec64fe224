"""The daily triage: who was there by agency, which contacts, what was said, decided and to be done."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from sightline.service.accounts.models import Agency
from sightline.service.frontdoor.models.contacts import Contact


class Triage(models.Model):
    """One daily meeting."""

    day = models.DateField(default=timezone.localdate)
    began_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    chair = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name_plural = "triages"
        ordering = ("-began_at",)
        constraints = [models.UniqueConstraint(fields=("day",), name="one_triage_a_day")]

    def __str__(self) -> str:
        return f"Triage of {self.day}"


class TriageAttendance(models.Model):
    """Whether an agency was at a triage, and by whom. Who was asked and did not come is here too.

    Of a vacant post `fill_by` says by when it is to be filled.
    """

    class Status(models.TextChoices):
        """Whether the agency came."""

        PRESENT = "present", "Present"
        REMOTE = "remote", "Present remotely"
        INFORMATION = "information", "Sent information alone"
        ABSENT = "absent", "Absent"
        VACANT = "vacant", "The post is vacant"

    triage = models.ForeignKey(Triage, models.CASCADE, related_name="attendance")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=20, choices=Status.choices)
    fill_by = models.DateField("post to be filled by", null=True, blank=True)

    class Meta:
        verbose_name_plural = "triage attendance"
        ordering = ("triage", "agency")
        constraints = [
            models.UniqueConstraint(fields=("triage", "agency"), name="one_row_an_agency"),
        ]

    def __str__(self) -> str:
        return f"{self.agency}, {self.get_status_display()}"


class TriagedContact(models.Model):
    """A contact at a triage: what was said, what was decided, what is to be done by whom."""

    triage = models.ForeignKey(Triage, models.CASCADE, related_name="contacts")
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="triages")
    discussion = models.TextField(blank=True)
    decision = models.TextField(blank=True)
    actions = models.TextField("to be done, by whom, by when", blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("triage", "pk")
        constraints = [
            models.UniqueConstraint(fields=("triage", "contact"), name="once_a_triage"),
        ]

    def __str__(self) -> str:
        return f"Contact {self.contact_id} at triage {self.triage_id}"
