"""Lists of people, and what of them other apps ask for."""

from collections.abc import Iterable, Sequence

from django.db.models import Prefetch, Q, QuerySet

from sightline.service.accounts.models import Appointment, Person


def people(q: str = "", role: str = "", state: str = "") -> QuerySet[Person]:
    """Give people whose name, address or name in the records has `q` in it, with their appointments.

    `role` narrows to who holds it today; `state` to `open` or `closed` accounts. Each has
    `held`, the appointments in force.
    """
    found = Person.objects.select_related("agency")
    for word in q.split():
        found = found.filter(
            Q(name__icontains=word) | Q(email__icontains=word) | Q(worker__icontains=word)
        )
    if role:
        in_role = Appointment.objects.in_force().filter(role=role)
        found = found.filter(pk__in=in_role.values("person"))
    if state:
        found = found.filter(is_active=state == "open")
    in_force = Appointment.objects.in_force().select_related("team", "locality")
    return found.prefetch_related(Prefetch("appointments", in_force, to_attr="held")).order_by(
        "name", "pk"
    )


def with_appointments(people: QuerySet[Person]) -> Sequence[Person]:
    """Give people who know what they are appointed to today, of all of them asked in one."""
    in_force = Appointment.objects.in_force().select_related("team", "locality")
    found = list(people.prefetch_related(Prefetch("appointments", in_force, to_attr="held")))
    for each in found:
        each.appointments_in_force = tuple(each.held) if each.is_active else ()
    return found


def holders(roles: Iterable[str]) -> QuerySet[Person]:
    """Give whoever may sign in and holds one of these roles today."""
    held = Appointment.objects.in_force().filter(role__in=list(roles))
    return Person.objects.filter(is_active=True, pk__in=held.values("person"))
