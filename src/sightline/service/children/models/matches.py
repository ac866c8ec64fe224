"""Two rows that may be one person: proposed with the reasons, decided by a person, merged and parted."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from sightline.service.children.models.known import KnownPerson


class PossibleMatch(models.Model):
    """Two people who may be one. `reasons` says for each field what agrees, and how much it weighs.

    `found_at` is when they were found or, where that came later, when it became very likely.
    """

    class State(models.TextChoices):
        """What a person said of it."""

        OPEN = "open", "To be decided"
        SAME = "same", "The same person"
        DIFFERENT = "different", "Two people"

    one = models.ForeignKey(KnownPerson, models.CASCADE, related_name="+")
    other = models.ForeignKey(KnownPerson, models.CASCADE, related_name="+")
    weight = models.FloatField("bits of evidence")
    reasons = models.JSONField(default=list)
    state = models.CharField(max_length=20, choices=State.choices, default=State.OPEN)
    why = models.CharField(max_length=500, blank=True)
    found_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "possible matches"
        ordering = ("-weight", "pk")
        constraints = [
            models.UniqueConstraint(fields=("one", "other"), name="one_match_a_pair"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="lower_number_first"),
        ]

    def __str__(self) -> str:
        return f"Match {self.pk}"


class Merge(models.Model):
    """That one record was found to be of the same person as another, by whom and why; and its parting.

    `left` says which rows stayed with the record that went, and why they could not go over.
    """

    kept = models.ForeignKey(KnownPerson, models.PROTECT, related_name="+")
    gone = models.ForeignKey(KnownPerson, models.PROTECT, related_name="+")
    left = models.JSONField(default=list)
    why = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    parted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    parted_at = models.DateTimeField(null=True, blank=True)
    parted_because = models.TextField(blank=True)

    class Meta:
        ordering = ("-at",)
        constraints = [
            models.UniqueConstraint(
                fields=("gone",), condition=Q(parted_at=None), name="merged_into_one"
            ),
            models.CheckConstraint(
                condition=Q(parted_at=None, parted_by=None, parted_because="")
                | Q(parted_at__isnull=False, parted_by__isnull=False) & ~Q(parted_because=""),
                name="parting_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"Merge {self.pk}"


class CarriedRow(models.Model):
    """A row that a merge carried over, and for whom it was written.

    `table` is the model's label, `field` the one that names the person, `row` the key of the row. As long
    as there is one, the row is with whomever `written_for` is now merged into.
    """

    table = models.CharField(max_length=100)
    field = models.CharField(max_length=100)
    row = models.CharField(max_length=40)
    written_for = models.ForeignKey(KnownPerson, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("table", "field", "row")
        constraints = [
            models.UniqueConstraint(fields=("table", "field", "row"), name="carried_once"),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.row}"
