"""What two of these pages are made of."""

from sightline.service.accounts.models import Person


def facts_of(person: Person) -> list[dict[str, str]]:
    """Give who a person is, for a summary list."""
    held = "; ".join(map(str, person.appointments_in_force))
    return [
        {"key": "Name", "value": person.name},
        {"key": "E-mail address", "value": person.email},
        {"key": "Agency", "value": str(person.agency or "Not given")},
        {"key": "Name in the records", "value": person.worker or "Not given"},
        {"key": "Role", "value": held or "None"},
    ]
