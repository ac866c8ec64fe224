"""What came of a concern that the front door routed to the complex-safeguarding team."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from sightline.service.frontdoor.models import Contact, ContactChild
from sightline.service.missing.models.aside import SetAside
from sightline.service.missing.models.episodes import MissingEpisode
from sightline.service.missing.models.screenings import Screening


class ConcernAnswer(SetAside):
    """An episode, a screening, or why there is neither: for each child of a contact and each fear.

    `child` is empty where the contact names none. One that was set aside leaves the concern to be answered:
    as an error, or, by `ASKED_AGAIN`, because the contact was opened again.
    """

    ASKED_AGAIN = "The contact was opened again, and the concern is asked again"

    class Fear(models.TextChoices):
        """What is feared."""

        MISSING = "missing", "Missing"
        EXPLOITATION = "exploitation", "Exploitation"

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="concern_answers")
    child = models.ForeignKey(ContactChild, models.CASCADE, null=True, blank=True, related_name="+")
    fear = models.CharField(max_length=20, choices=Fear.choices)
    episode = models.ForeignKey(
        MissingEpisode, models.PROTECT, null=True, blank=True, related_name="concerns"
    )
    screening = models.ForeignKey(
        Screening, models.PROTECT, null=True, blank=True, related_name="concerns"
    )
    because = models.TextField("why nothing was opened", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("contact", "at")
        constraints = [
            *SetAside.Meta.constraints,
            models.UniqueConstraint(
                fields=("contact", "child", "fear"),
                condition=Q(aside_at=None),
                name="one_answer_a_child_and_fear",
            ),
            models.UniqueConstraint(
                fields=("contact", "fear"),
                condition=Q(child=None, aside_at=None),
                name="one_answer_a_fear_without_child",
            ),
            models.CheckConstraint(
                condition=Q(fear="missing", episode__isnull=False, screening=None, because="")
                | Q(fear="exploitation", screening__isnull=False, episode=None, because="")
                | Q(episode=None, screening=None) & ~Q(because=""),
                name="answer_is_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"Answer {self.pk} to a concern"
