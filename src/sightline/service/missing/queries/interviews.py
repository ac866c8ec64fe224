"""How return interviews go: offered, accepted, held in time, and what audits made of their quality."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sightline.service.accounts.models import Person
from sightline.service.accounts.policies import SEE_MISSING
from sightline.service.missing.access import episodes_of
from sightline.service.missing.actions.interviews import GRADES, RULE
from sightline.service.missing.models import MissingEpisode, ReturnInterview
from sightline.service.protection.clocks import clock

LATELY = timedelta(days=90)


@dataclass
class Interviews:
    """Returns of the last 90 days within somebody's remit, and what became of the interview on each.

    Counted as in MI-03: returns of children who were missing, not of those away without leave. `running` are
    those whose time is not over and that are not held: nobody can say yet, so they are in no share. `grades`
    counts the audits by grade.
    """

    returned: int = 0
    running: int = 0
    offered: int = 0
    accepted: int = 0
    held: int = 0
    in_time: int = 0
    grades: Counter[int] = field(default_factory=Counter)

    def rows(self) -> list[list[str]]:
        """Give the numbers in words, as rows of a table: timeliness and quality side by side."""
        over = self.returned - self.running
        rows = [
            ["Returned", f"{self.returned}, of whom the time of {self.running} is still running"],
            ["Offered", _of(self.offered, self.returned)],
            ["Accepted", _of(self.accepted, self.offered)],
            ["Held", str(self.held)],
            ["Held in time, of all but those still running", _of(self.in_time, over)],
            ["Held in time, of those accepted", _of(self.in_time, self.accepted)],
        ]
        rows += [[f"Quality {g}: {words}", str(self.grades[g])] for g, words in GRADES.items()]
        return rows


def _of(part: int, whole: int) -> str:
    share = f" ({round(100 * part / whole)}%)" if whole else ""
    return f"{part} of {whole}{share}"


def interviews_lately(person: Person, now: datetime) -> Interviews:
    """Count the interviews on the returns of the last 90 days within somebody's remit."""
    found = Interviews()
    rows = ReturnInterview.objects.filter(
        episode__in=episodes_of(person, SEE_MISSING).values("pk"),
        episode__returned_at__gte=now - LATELY,
        episode__kind=MissingEpisode.Kind.MISSING,
    ).values_list("episode__returned_at", "offered_at", "accepted", "completed_at", "quality")
    for returned, offered, accepted, completed, quality in rows:
        due = clock(RULE, returned) if returned else None
        found.returned += 1
        found.offered += offered is not None
        found.accepted += accepted is True
        found.held += completed is not None
        found.in_time += bool(completed and due and due.kept(completed))
        found.running += bool(completed is None and due and now <= due.due)
        if quality:
            found.grades[quality] += 1
    return found
