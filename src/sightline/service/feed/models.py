"""Each time casework was to be fed, and what became of it."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from sightline.service.measures.models import Load

PUBLISHED = "Load {} is published."
WAITS = "Load {} waits to be published or discarded."
_DISCARDED = "Load {} was discarded: no figure follows from it."


class Feeding(models.Model):
    """One time: who asked (nobody: the timer), what became of it in a sentence, and the load it made.

    `read_at` is the moment at which casework was read, `content` the hash of what was there (`extract`).
    """

    class State(models.TextChoices):
        """What became of it."""

        WORKING = "working", "Being fed"
        FED = "fed", "Fed"
        UNCHANGED = "unchanged", "Nothing had changed"
        REFUSED = "refused", "Refused"
        FAILED = "failed", "Failed"

    state = models.CharField(max_length=20, choices=State.choices, default=State.WORKING)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    began_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    file = models.CharField("short name of the extract", max_length=12, blank=True)
    content = models.CharField(max_length=64, blank=True)
    load = models.OneToOneField(Load, models.PROTECT, null=True, blank=True, related_name="feeding")
    said = models.TextField(blank=True)

    class Meta:
        ordering = ("-began_at", "-pk")
        get_latest_by = ("began_at", "pk")

    def __str__(self) -> str:
        return f"Feeding {self.pk}"

    @property
    def is_published(self) -> bool:
        """Whether figures follow from it: whoever decides about its load may have discarded it."""
        return self.load is not None and self.load.state == Load.State.PUBLISHED

    @property
    def words(self) -> str:
        """What became of it, and since then of its load."""
        if self.load is None or self.state != self.State.FED:
            return self.said
        since = {Load.State.PUBLISHED: PUBLISHED, Load.State.DISCARDED: _DISCARDED}
        stands = since.get(Load.State(self.load.state), WAITS)
        return self.said.replace(WAITS.format(self.load.pk), stands.format(self.load.pk))
