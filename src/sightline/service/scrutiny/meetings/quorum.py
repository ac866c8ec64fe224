"""Whether a meeting is quorate, counted again whenever a member comes, leaves, or is away for an interest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time

from sightline.service.scrutiny.meetings.deadlines import clock

COUNTED = "Counted are members and substitutes who are there, each place once, and co-optees who may vote."


@dataclass(frozen=True)
class Away:
    """When somebody was out of the room for an interest. Times are None where nobody wrote them down."""

    left: time | None
    returned: time | None
    during: str = ""


@dataclass(frozen=True)
class Presence:
    """Somebody who counts for the quorum: when they came late or left early, and when they were away.

    `name` tells them from the others at the meeting. `place`: whose they hold, where that is not their own;
    it counts once, whoever of the two is there.
    """

    name: str
    came: time | None = None
    left: time | None = None
    away: tuple[Away, ...] = ()
    place: str = ""


@dataclass(frozen=True)
class Moment:
    """A change of who is there: when, what happened, how many remained, and the sentence that says so."""

    at: time | None
    count: int
    is_quorate: bool | None
    sentence: str


def moments(presences: Sequence[Presence], quorum: int | None) -> list[Moment]:
    """Give the count at the start and after each change, in order of time; those without a time last.

    A change whose time is not known is counted with everybody else who was there at all.
    """
    places = {each.name: each.place or each.name for each in presences}

    def count(names: Iterable[str]) -> int:
        return len({places[name] for name in names})

    there = {each.name for each in presences if each.came is None}
    found = [_moment(None, "At the start", count(there), quorum)]
    for at, name, comes, words in _changes(presences):
        there = there | {name} if comes else there - {name}
        found.append(_moment(at, f"At {clock(at)} {name} {words}", count(there), quorum))
    for each in presences:
        for away in each.away:
            if away.left is None:
                during = f" for {away.during}" if away.during else ""
                what = f"While {each.name} was out of the room{during}, at a time not recorded"
                found.append(_moment(None, what, count(places.keys() - {each.name}), quorum))
    return found


def _changes(presences: Iterable[Presence]) -> list[tuple[time, str, bool, str]]:
    found: list[tuple[time, str, bool, str]] = []
    for each in presences:
        if each.came:
            found.append((each.came, each.name, True, "came"))
        for away in each.away:
            if away.left:
                during = f" for {away.during}" if away.during else ""
                found.append((away.left, each.name, False, f"left the room{during}"))
                if away.returned:
                    found.append((away.returned, each.name, True, "returned"))
        if each.left:
            found.append((each.left, each.name, False, "left the meeting"))
    return sorted(found, key=lambda change: (change[0], change[2]))


def _moment(at: time | None, what: str, count: int, quorum: int | None) -> Moment:
    people = (
        "nobody was" if count == 0 else "1 person was" if count == 1 else f"{count} people were"
    )
    if quorum is None:
        said = f"{what}: {people} there. The quorum of this committee is not recorded."
        return Moment(at, count, None, said)
    if count >= quorum:
        return Moment(
            at, count, True, f"{what}: {people} there, and the quorum is {quorum}: quorate."
        )
    said = (
        f"{what}: {people} there, and the quorum is {quorum}: not quorate, so nothing could be decided "
        "until it was again."
    )
    return Moment(at, count, False, said)
