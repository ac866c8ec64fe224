"""What was recorded in error: it stays on record, with who said so and why, and counts nowhere."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class SetAside(models.Model):
    """Something that may have been recorded in error, as of the wrong child."""

    aside_at = models.DateTimeField("said to be recorded in error", null=True, blank=True)
    aside_because = models.TextField("why it is an error", blank=True)
    aside_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(aside_at=None, aside_by=None, aside_because="")
                | Q(aside_at__isnull=False, aside_by__isnull=False) & ~Q(aside_because=""),
                name="%(class)s_aside_says_who_and_why",
            ),
        ]
