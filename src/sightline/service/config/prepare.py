"""What makes a deployment's database ready, and its first administrator. Needs Django to be ready."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse

from sightline.service.accounts.models import Appointment, Person
from sightline.service.audit.triggers import missing_triggers
from sightline.service.config.environment import DeploymentError
from sightline.service.frontdoor.actions.thresholds import plant_forms


def migrate() -> None:
    """Bring the database to this version; `DeploymentError` says why it cannot be."""
    try:
        call_command("migrate", interactive=False, verbosity=0)
    except DatabaseError as error:
        raise DeploymentError(f"The database cannot be made ready ({_line(error)}).") from error
    need_ready()
    plant_forms()


def need_ready() -> None:
    """Refuse a database that does not answer, is of another version, or would not be audited."""
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise DeploymentError(
                "The database is of an earlier version. Take a backup, then bring it to this one: "
                "`sightline serve --migrate` or `sightline manage migrate`."
            )
        if missing := missing_triggers():
            raise DeploymentError(
                f"Changes of these tables would not be audited: {', '.join(missing)}. "
                "`sightline manage migrate` mends that."
            )
    except DatabaseError as error:
        raise DeploymentError(f"The database does not answer ({_line(error)}).") from error


def need_empty() -> None:
    """Refuse a database that holds tables already, or does not answer."""
    try:
        held = connection.introspection.table_names()
    except DatabaseError as error:
        raise DeploymentError(f"The database does not answer ({_line(error)}).") from error
    if held:
        raise DeploymentError(
            f"The database is not empty (it has the table {min(held)}); name a new one."
        )


def need_fit(email: str, name: str, password: str | None) -> None:
    """Refuse, before anything is made, somebody who could not be the first administrator."""
    person = Person(email=email, name=name)
    try:
        person.full_clean(exclude=["password"], validate_unique=False, validate_constraints=False)
        if password is not None:
            validate_password(password, person)
    except ValidationError as error:
        raise DeploymentError(" ".join(error.messages)) from error


def first_administrator(email: str, name: str, password: str | None) -> Person:
    """Make the first administrator, who is fit for it."""
    with transaction.atomic():
        person = Person.objects.create_person(email, name, password)
        appointment = Appointment(person=person, role="administrator")
        appointment.full_clean()
        appointment.save()
    return person


def reset_path(person: Person) -> str:
    """Give the path of a page, good once and for three days, where somebody sets their password."""
    from allauth.account.forms import default_token_generator  # noqa: PLC0415 - needs apps
    from allauth.account.utils import user_pk_to_url_str  # noqa: PLC0415

    key = default_token_generator.make_token(person)
    return reverse("account_reset_password_from_key", args=(user_pk_to_url_str(person), key))


def _line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]
