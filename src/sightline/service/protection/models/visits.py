"""Visits: whether the child was seen, alone, and in the child's own words."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sightline.service.protection.models.referrals import Referral


class Visit(models.Model):
    """One visit. One at which the child was not seen is recorded too, with why: it stops no clock."""

    class Pathway(models.TextChoices):
        """Under which work it was made."""

        PROTECTION = "cpp", "Child protection plan"
        NEED = "cin", "Child in need"
        CARE = "cla", "Looked after"
        ASSESSMENT = "assessment", "Assessment or enquiry"

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="visits")
    pathway = models.CharField(max_length=12, choices=Pathway.choices)
    made_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="visits")
    is_announced = models.BooleanField("the family knew of it", null=True, blank=True)
    seen = models.BooleanField("the child was seen")
    seen_alone = models.BooleanField("the child was seen alone", null=True, blank=True)
    why_not = models.CharField("why not", max_length=500, blank=True)
    bedroom_seen = models.BooleanField("the child's bedroom was seen", null=True, blank=True)
    own_words = models.TextField("in the child's own words", blank=True)
    parent_view = models.TextField("what the parents say", blank=True)
    judgement = models.TextField("what the worker makes of it", blank=True)
    written_at = models.DateTimeField(auto_now_add=True)
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    corrected_at = models.DateTimeField("when it was last corrected", null=True, blank=True)
    corrected_because = models.CharField("why it was corrected", max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("referral", "-made_at")
        indexes = [
            models.Index(fields=("referral", "pathway", "made_at"), name="visits_of_a_referral")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(seen=True) | ~Q(why_not=""), name="not_seen_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"Visit {self.pk}"
