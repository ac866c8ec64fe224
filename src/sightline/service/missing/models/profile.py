"""What agencies add to the problem profile of exploitation."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from sightline.service.accounts.models import Agency, Locality


class ProfileContribution(models.Model):
    """What an agency adds to the problem profile of exploitation: places, patterns, never a child's name."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    covers_from = models.DateField()
    covers_until = models.DateField()
    text = models.TextField("what your agency knows")
    locality = models.ForeignKey(Locality, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("-covers_until", "agency", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(covers_until__gte=F("covers_from")),
                name="contribution_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_because=""),
                name="withdrawn_contribution_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"Contribution {self.pk}"
