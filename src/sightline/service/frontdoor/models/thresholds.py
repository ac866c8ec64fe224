"""The levels of need that a board publishes: any number of levels, in dated versions."""

from django.db import models
from django.db.models import F, Q


class Guidance(models.Model):
    """A version of the levels of need, in force from a day on. The past keeps the version of its day."""

    title = models.CharField(max_length=200)
    edition = models.CharField("version", max_length=50)
    owner = models.CharField("owned by", max_length=200)
    drafted = models.DateField("draft dated", null=True, blank=True)
    approved = models.DateField("approved on", null=True, blank=True)
    starts = models.DateField("in force from")
    ends = models.DateField("in force until", null=True, blank=True)
    review_by = models.DateField("next review by", null=True, blank=True)
    change_note = models.TextField("what changed", blank=True)
    published_to = models.TextField("sent to, one a line", blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name_plural = "guidance"
        ordering = ("-starts",)
        constraints = [
            models.UniqueConstraint(fields=("starts",), name="one_guidance_from_a_day"),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")),
                name="guidance_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.edition}"


class Level(models.Model):
    """One level of a guidance: what need it is, and which service answers."""

    guidance = models.ForeignKey(Guidance, models.CASCADE, related_name="levels")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=100)
    need = models.TextField(blank=True)
    response = models.TextField("who answers", blank=True)
    meets_threshold = models.BooleanField("meets the threshold of social care", default=False)

    class Meta:
        ordering = ("guidance", "number")
        constraints = [
            models.UniqueConstraint(fields=("guidance", "number"), name="one_level_a_number"),
        ]

    def __str__(self) -> str:
        return f"Level {self.number}: {self.name}"
