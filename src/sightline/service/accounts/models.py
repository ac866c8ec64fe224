"""Agencies, teams, localities, the people who sign in, and what they are appointed to."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from sightline.service.accounts.roles import CHOICES, ROLES, Reach, Role


class Agency(models.Model):
    """An organisation that works with children, or oversees those who do."""

    class Kind(models.TextChoices):
        """What sort of organisation it is."""

        COUNCIL = "council", "Council"
        POLICE = "police", "Police"
        HEALTH = "health", "Health"
        EDUCATION = "education", "Education"
        OTHER = "other", "Other"

    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name_plural = "agencies"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Locality(models.Model):
    """A part of the authority's area, under the name that the records have for it (`district`)."""

    name = models.CharField(max_length=200, unique=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name_plural = "localities"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """A team, under the name that the records have for it."""

    name = models.CharField(max_length=200, unique=True)
    locality = models.ForeignKey(Locality, models.PROTECT, null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"]):
    """Makes people."""

    def create_person(
        self, email: str, name: str, password: str | None = None, **more: Any
    ) -> "Person":
        """Make a person. Without a password they sign in by single sign-on or a reset link."""
        person = self.model(email=self.normalize_email(email).lower(), name=name, **more)
        person.set_password(password)
        person.full_clean(exclude=["password"])
        person.save()
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        """Find by e-mail address, in capitals or not."""
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Somebody who signs in. `worker` is the name by which the records call them, if they do.

    It opens records, so that no two have it, nor does somebody have that of an account that is closed.

    `registration` is their number in the register of social workers; empty: not one.

    A session is good for one `session_number`: raising it signs the person out everywhere.
    """

    email = models.EmailField("e-mail address", max_length=254, unique=True)
    name = models.CharField(max_length=200)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True)
    worker = models.CharField(max_length=200, blank=True)
    registration = models.CharField(
        "number in the register of social workers", max_length=20, blank=True
    )
    is_active = models.BooleanField("may sign in", default=True)
    joined = models.DateTimeField(default=timezone.now)
    session_number = models.PositiveIntegerField(default=0, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name_plural = "people"
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_person_per_address"),
            models.UniqueConstraint(
                Lower("worker"), condition=~Q(worker=""), name="one_person_per_name_in_records"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_session_auth_hash(self) -> str:
        """Give what a session must hold to be good: it changes with the password and the number."""
        return self._bound(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """Give the same under each former secret key."""
        for former in super().get_session_auth_fallback_hash():
            yield self._bound(former)

    def _bound(self, hashed: str) -> str:
        return f"{hashed}:{self.session_number}"

    @cached_property
    def appointments_in_force(self) -> "tuple[Appointment, ...]":
        """What the person is appointed to today."""
        if not self.is_active:
            return ()
        return tuple(self.appointments.in_force().select_related("team", "locality"))

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles held today, each once."""
        return tuple({each.role: ROLES[each.role] for each in self.appointments_in_force}.values())

    @property
    def role_names(self) -> str:
        """The roles held today, in words."""
        return ", ".join(role.name for role in self.roles)

    def holds(self, codes: Iterable[str]) -> bool:
        """Whether any of these roles is held today."""
        return not {role.code for role in self.roles}.isdisjoint(codes)


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    """Appointments."""

    def in_force(self, day: date | None = None) -> "AppointmentQuerySet":
        """Those in force on a day, today unless one is given."""
        on = day or timezone.localdate()
        return self.filter(
            Q(ends=None) | Q(ends__gte=on),
            Q(ended_at=None) | Q(ended_at__date__gt=on),
            starts__lte=on,
        )


class Appointment(models.Model):
    """A person in a role from a day to a day, over a team or locality where the role reaches so far.

    A role that reaches a team needs a team; one that reaches localities, a locality. For a role that
    reaches no children, as a councillor's, a locality is the area whose figures are shown first. To
    reach several, a person has several appointments. One that was ended at once has `ended_at` and no
    longer counts on that day.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="appointments")
    role = models.CharField(max_length=40, choices=CHOICES)
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True)
    locality = models.ForeignKey(Locality, models.PROTECT, null=True, blank=True)
    starts = models.DateField(default=timezone.localdate)
    ends = models.DateField("last day", null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ("person", "role", "starts")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")),
                name="appointment_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        over = self.team or self.locality
        return f"{ROLES[self.role].name}, {over}" if over else ROLES[self.role].name

    def clean(self) -> None:
        """Refuse a role without the team, locality or worker's name it reaches by."""
        super().clean()
        reach = ROLES[self.role].reach if self.role in ROLES else None
        if reach is Reach.TEAM and self.team is None:
            raise ValidationError({"team": "Say which team this role is for."})
        if reach is not Reach.TEAM and self.team is not None:
            raise ValidationError({"team": "This role is not for a team. Leave this empty."})
        if reach not in (Reach.LOCALITY, Reach.NOBODY) and self.locality is not None:
            raise ValidationError(
                {"locality": "This role is not for a locality. Leave this empty."}
            )
        if reach is Reach.LOCALITY and self.locality is None:
            raise ValidationError({"locality": "Say which locality this role is for."})
        if reach is Reach.OWN and not self.person.worker:
            raise ValidationError(
                {"role": "First give this person the name by which the records call them."}
            )
        if self.ends and self.ends < self.starts:
            raise ValidationError({"ends": "The last day is before the first."})


class Draft(models.Model):
    """What somebody has typed into a form and not yet sent. One a person and form; kept until sent.

    `form` names the form, `title` says for people what it is, `page` is the address it stands on.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="drafts")
    form = models.CharField(max_length=200)
    title = models.CharField(max_length=200)
    page = models.CharField(max_length=500)
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("person", "form"), name="one_draft_per_form"),
        ]

    def __str__(self) -> str:
        return self.form
