"""People known to the service: children, and the adults in their lives."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from sightline.clocks.months import add_months
from sightline.service.accounts.models import Agency, Locality


class YesNo(models.TextChoices):
    """An answer that may not be known. Unknown is not no."""

    YES = "yes", "Yes"
    NO = "no", "No"
    UNKNOWN = "unknown", "Not known"


class KnownPerson(models.Model):
    """A child or an adult. `number` is the authority's own, the child's number in the records.

    A child not born yet has an `expected` date and no `born`. `merged_into` is who they were found to be:
    such a row is kept, whole, so that it can be parted again. Codes are those of `records.codes`.
    """

    number = models.CharField(
        "number in the records",
        max_length=100,
        unique=True,
        error_messages={"unique": "Somebody else has this number"},
    )
    first_names = models.CharField(max_length=200, blank=True)
    last_name = models.CharField(max_length=200, blank=True)
    born = models.DateField("date of birth", null=True, blank=True)
    born_is_estimated = models.BooleanField("the date of birth is an estimate", default=False)
    expected = models.DateField("expected date of birth", null=True, blank=True)
    died = models.DateField("date of death", null=True, blank=True)
    sex = models.CharField(max_length=10, blank=True)
    ethnicity = models.CharField(max_length=10, blank=True)
    first_language = models.CharField(max_length=100, blank=True)
    needs_interpreter = models.CharField(
        max_length=10, choices=YesNo.choices, default=YesNo.UNKNOWN
    )
    disabled = models.CharField(max_length=10, choices=YesNo.choices, default=YesNo.UNKNOWN)
    disabilities = models.CharField(
        "disability codes, with spaces between", max_length=200, blank=True
    )
    communication = models.TextField("how the person communicates", blank=True)
    nhs_number = models.CharField("NHS number", max_length=10, blank=True)
    upn = models.CharField("unique pupil number", max_length=13, blank=True)
    phone = models.CharField(max_length=50, blank=True)
    email = models.EmailField("e-mail address", max_length=254, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", db_index=False
    )
    made_at = models.DateTimeField("recorded at", default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="recorded by",
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name_plural = "known people"
        ordering = ("last_name", "first_names", "pk")
        indexes = [
            models.Index(fields=("born",), name="known_people_by_birth"),
            # Most people have none, so an index of all would seem to the database to be of no use.
            models.Index(
                fields=("merged_into",),
                condition=Q(merged_into__isnull=False),
                name="known_people_by_merger",
            ),
            models.Index(
                fields=("nhs_number",),
                condition=~Q(nhs_number=""),
                name="known_people_by_nhs_number",
            ),
            models.Index(fields=("upn",), condition=~Q(upn=""), name="known_people_by_upn"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
                name="nobody_is_merged_into_themselves",
            ),
        ]

    def __str__(self) -> str:
        return f"Person {self.number}"

    @property
    def name(self) -> str:
        """First names and last name, or that the name is not known."""
        return self.name_given or ("Unborn child" if self.expected else "Name not known")

    @property
    def name_given(self) -> str:
        """First names and last name; empty where neither is known."""
        return f"{self.first_names} {self.last_name}".strip()

    @property
    def eighteen(self) -> date | None:
        """The day on which they become 18; None where the date of birth is not known."""
        return add_months(self.born, 18 * 12) if self.born else None

    def is_adult(self, on: date) -> bool | None:
        """Whether they are 18 or over on a day; None where the date of birth is not known."""
        if self.eighteen is None:
            return False if self.expected else None
        return self.eighteen <= on


class Alias(models.Model):
    """Another name of a person, as a former or a short one."""

    person = models.ForeignKey(KnownPerson, models.CASCADE, related_name="aliases")
    first_names = models.CharField(max_length=200, blank=True)
    last_name = models.CharField(max_length=200, blank=True)
    what = models.CharField("what name it is", max_length=100, blank=True)

    class Meta:
        verbose_name_plural = "aliases"
        ordering = ("person", "last_name", "first_names")

    def __str__(self) -> str:
        return f"Alias {self.pk}"

    @property
    def name(self) -> str:
        """First names and last name together."""
        return f"{self.first_names} {self.last_name}".strip()


class NameKey(models.Model):
    """A key under which a name is found though spelt otherwise (`children.names`). Made from the names."""

    person = models.ForeignKey(KnownPerson, models.CASCADE, related_name="keys")
    key = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("key", "person"), name="one_key_a_person"),
        ]

    def __str__(self) -> str:
        return self.key


FOLDED = 200
"""Signs by which the lines of two addresses are told apart."""


def folded(lines: str) -> str:
    """Give the lines of an address as small letters and digits alone, so that one place is known as one."""
    return "".join(sign for sign in lines.lower() if sign.isalnum())[:FOLDED]


class FoldedField(models.CharField):  # type: ignore[type-arg]
    """The folded lines of an address, made from them whenever they are written."""

    def pre_save(self, model_instance: Any, add: bool) -> str:
        """Fold the lines as they are now."""
        model_instance.folded = folded(model_instance.lines)
        return str(model_instance.folded)

    def deconstruct(self) -> Any:
        """Say to migrations that the column is of text as any other."""
        name, _, args, more = super().deconstruct()
        return name, "django.db.models.CharField", args, more


class Address(models.Model):
    """A place where people live, and the locality it lies in, unknown where empty.

    Two rows of one postcode and the same `folded` lines are of one place: one said otherwise where it lies.
    """

    lines = models.TextField("address")
    folded = FoldedField(max_length=FOLDED, blank=True, editable=False)
    postcode = models.CharField(max_length=8, blank=True)
    uprn = models.CharField("unique property reference number", max_length=12, blank=True)
    locality = models.ForeignKey(Locality, models.PROTECT, null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name_plural = "addresses"
        ordering = ("postcode", "lines")
        indexes = [models.Index(fields=("postcode", "folded"), name="addresses_by_place")]

    def __str__(self) -> str:
        return f"Address {self.pk}"


class Residence(models.Model):
    """Somebody living somewhere from a day to a day. A household is who lives at one address on a day."""

    class Kind(models.TextChoices):
        """In what way they live there."""

        HOME = "home", "Home"
        PART = "part", "Part of the time"
        PLACEMENT = "placement", "Placed there"
        TEMPORARY = "temporary", "For the time being"
        SECRET = "secret", "Not to be told to anybody"

    person = models.ForeignKey(KnownPerson, models.CASCADE, related_name="residences")
    address = models.ForeignKey(Address, models.PROTECT, related_name="residences")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    starts = models.DateField("since", null=True, blank=True)
    ends = models.DateField("until", null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("person", "-starts")
        indexes = [
            models.Index(
                fields=("address",),
                condition=Q(kind="secret"),
                name="residences_not_to_be_told",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(starts=None) | Q(ends__gte=F("starts")),
                name="residence_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"Residence {self.pk}"


class Relationship(models.Model):
    """What `other` is to `person`: their mother, brother, carer. One row for the two directions.

    Of a kind there is one at a time, which the action sees to: where two records of one person are merged
    both may have said it, and each keeps its row.
    """

    class Kind(models.TextChoices):
        """What somebody is to another."""

        MOTHER = "mother", "Mother"
        FATHER = "father", "Father"
        STEP_PARENT = "step_parent", "Step-parent"
        PARTNER_OF_PARENT = "partner_of_parent", "Partner of a parent"
        SIBLING = "sibling", "Brother or sister"
        HALF_SIBLING = "half_sibling", "Half-brother or half-sister"
        GRANDPARENT = "grandparent", "Grandparent"
        AUNT_OR_UNCLE = "aunt_or_uncle", "Aunt or uncle"
        CARER = "carer", "Carer"
        PARTNER = "partner", "Partner"
        OTHER = "other", "Other"

    person = models.ForeignKey(KnownPerson, models.CASCADE, related_name="relationships")
    other = models.ForeignKey(KnownPerson, models.CASCADE, related_name="related_to")
    kind = models.CharField("what the other is to the person", max_length=20, choices=Kind.choices)
    parental_responsibility = models.CharField(
        max_length=10, choices=YesNo.choices, default=YesNo.UNKNOWN
    )
    no_contact = models.BooleanField("must not have contact", default=False)
    note = models.CharField(max_length=300, blank=True)
    starts = models.DateField("since", null=True, blank=True)
    ends = models.DateField("until", null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("person", "kind")
        constraints = [
            models.CheckConstraint(
                condition=~Q(person=F("other")), name="nobody_is_related_to_themselves"
            ),
        ]

    def __str__(self) -> str:
        return f"Relationship {self.pk}"


class Involvement(models.Model):
    """A professional of an agency who works with somebody, as their school or health visitor."""

    person = models.ForeignKey(KnownPerson, models.CASCADE, related_name="involvements")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    professional = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=50, blank=True)
    email = models.EmailField("e-mail address", max_length=254, blank=True)
    starts = models.DateField("since", null=True, blank=True)
    ends = models.DateField("until", null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("person", "agency")

    def __str__(self) -> str:
        return f"Involvement {self.pk}"
