"""What can be corrected once it is on record."""

from django.conf import settings
from django.db import models


class Corrected(models.Model):
    """What can be corrected: by whom it last was, when and why. What it said before is in the audit."""

    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    corrected_at = models.DateTimeField("when it was last corrected", null=True, blank=True)
    corrected_because = models.CharField("why it was corrected", max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
