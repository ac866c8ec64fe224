"""Child in need plans with their reviews."""

from django.db import models
from django.db.models import F, Q

from sightline.service.protection.models.corrected import Corrected
from sightline.service.protection.models.referrals import Referral


class ChildInNeedPlan(models.Model):
    """A child in need plan. `stepped_from` and `stepped_to` say from and to which work the child stepped."""

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="need_plans")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    needs = models.TextField(blank=True)
    goals = models.TextField("what must change, and how will we know?", blank=True)
    parent_view = models.TextField("what the parents say", blank=True)
    child_view = models.TextField("what the child says", blank=True)
    stepped_from = models.CharField(max_length=40, blank=True)
    stepped_to = models.CharField(max_length=40, blank=True)
    ended_because = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("-starts", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("referral",), condition=Q(ends=None), name="one_open_need_plan_a_referral"
            ),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")) & ~Q(ended_because=""),
                name="ended_need_plan_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"Child in need plan {self.pk}"


class NeedReview(Corrected):
    """A review of a child in need plan: due, held, what it decided and why."""

    plan = models.ForeignKey(ChildInNeedPlan, models.CASCADE, related_name="reviews")
    due_on = models.DateField()
    held_on = models.DateField(null=True, blank=True)
    decision = models.TextField(blank=True)
    late_because = models.CharField(max_length=500, blank=True)
    not_held_because = models.CharField("why it was never held", max_length=200, blank=True)

    class Meta:
        ordering = ("plan", "-due_on")

    def __str__(self) -> str:
        return f"Review {self.pk}"
