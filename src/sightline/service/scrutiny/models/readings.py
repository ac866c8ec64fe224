"""Minutes as they were read from a document, until a person has said of each field whether it is right."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from sightline.service.scrutiny.models.meetings import Meeting
from sightline.service.scrutiny.models.papers import PaperFile


class Document(models.Model):
    """A document of minutes that was given to be read. Several renderings may be of one meeting.

    `text` holds the passages in reading order, each `{place, words}`, for the side by side. `alarm` says
    why it may tell who a child or family is; such a document is hidden until a person has looked
    (`cleared_by`).
    """

    class State(models.TextChoices):
        """What has become of it."""

        READ = "read", "To be confirmed"
        CONFIRMED = "confirmed", "Confirmed"
        SET_ASIDE = "set_aside", "Set aside"

    class Rendering(models.TextChoices):
        """What sort of document it is."""

        TEXT = "text", "Text"
        PDF = "pdf", "PDF"
        PAGE = "page", "Web page"
        XML = "xml", "ModernGov XML"

    file = models.ForeignKey(PaperFile, models.PROTECT, related_name="documents")
    name = models.CharField("file name", max_length=200)
    rendering = models.CharField(max_length=10, choices=Rendering.choices)
    is_truncated = models.BooleanField(default=False)
    text = models.JSONField(default=list)
    state = models.CharField(max_length=20, choices=State.choices, default=State.READ)
    state_reason = models.CharField(max_length=500, blank=True)
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="documents"
    )
    alarm = models.TextField(blank=True)
    cleared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    given_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("-given_at", "-pk")

    def __str__(self) -> str:
        return f"Document {self.pk}"


class ReadField(models.Model):
    """One thing that was read: a field, its value, the words it was read from and their place.

    `field` is as in the reader's record (`date`, `present`, `items`, `asks` ...), `value` plain JSON. What
    is doubtful has its `doubt` and no value of its own is taken from it. `decision` is empty until a person
    has decided; `corrected` is what they put in its place.
    """

    class Decision(models.TextChoices):
        """What a person said of it."""

        ACCEPTED = "accepted", "Accept"
        CORRECTED = "corrected", "Correct"
        REJECTED = "rejected", "Reject"

    document = models.ForeignKey(Document, models.CASCADE, related_name="fields")
    position = models.PositiveIntegerField()
    field = models.CharField(max_length=30)
    value = models.JSONField(null=True, blank=True)
    words = models.TextField(blank=True)
    place = models.CharField(max_length=200, blank=True)
    doubt = models.TextField(blank=True)
    decision = models.CharField(max_length=20, choices=Decision.choices, blank=True)
    corrected = models.JSONField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("document", "position")

    def __str__(self) -> str:
        return f"{self.field} {self.position} of document {self.document_id}"
