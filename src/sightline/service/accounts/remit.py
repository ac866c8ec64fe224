"""A remit: the children whom a person's appointments let them know of, as one test and as a query."""

from collections.abc import Mapping
from dataclasses import dataclass

from sightline.service.accounts.models import Appointment, Person
from sightline.service.accounts.roles import ROLES, Reach


@dataclass(frozen=True)
class Remit:
    """The whole authority, or the union of some districts, teams and workers. Empty: nobody."""

    whole: bool = False
    districts: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()
    workers: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return self.whole or bool(self.districts or self.teams or self.workers)

    def covers(self, row: Mapping[str, object]) -> bool:
        """Whether a child's row, with its district, team and worker, is within the remit.

        A row that does not say where it belongs is only within the whole.
        """
        if self.whole:
            return True
        return any(
            isinstance(value := row.get(column), str) and value in names
            for column, names in self._columns().items()
        )

    def condition(self, columns: frozenset[str]) -> tuple[str, list[str]]:
        """Give the same as SQL over a relation with these columns, and its parameters."""
        if self.whole:
            return "TRUE", []
        parts, values = [], []
        for column, names in self._columns().items():
            if names and column in columns:
                parts.append(f'"{column}" IN ({", ".join("?" * len(names))})')
                values += sorted(names)
        return (f"({' OR '.join(parts)})" if parts else "FALSE"), values

    def _columns(self) -> dict[str, frozenset[str]]:
        return {"district": self.districts, "team": self.teams, "worker": self.workers}

    @property
    def words(self) -> str:
        """The remit in words, as `Redditch; Referral and assessment north`."""
        if self.whole:
            return "the whole authority"
        named = [*sorted(self.districts), *sorted(self.teams), *sorted(self.workers)]
        return "; ".join(named) or "no children"


def remit_of(person: Person, roles: frozenset[str]) -> Remit:
    """Give the remit that a person's appointments to any of these roles add up to."""
    held = [each for each in person.appointments_in_force if each.role in roles]
    return Remit(
        whole=any(_reach(each) is Reach.AUTHORITY for each in held),
        districts=frozenset(
            each.locality.name for each in held if _reach(each) is Reach.LOCALITY and each.locality
        ),
        teams=frozenset(
            each.team.name for each in held if _reach(each) is Reach.TEAM and each.team
        ),
        workers=frozenset(
            person.worker for each in held if _reach(each) is Reach.OWN and person.worker
        ),
    )


def _reach(appointment: Appointment) -> Reach:
    return ROLES[appointment.role].reach
