"""Faults planted on request, with a list of what must be found: no more and no less.

A fault is planted in a child of whom only the last return tells, so that no earlier return contradicts
it, and in one child at most once. `Fault` gives a finding as `sightline check` prints it; a fault that
breaks two rules is two.
"""

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from sightline.synthetic.authority import Authority
from sightline.synthetic.events import Child
from sightline.synthetic.protection import first_day

HEADINGS = ("code", "file", "place", "column", "value", "format")


class NoRoomError(ValueError):
    """More faults were asked for than there are children to plant them in."""


@dataclass(frozen=True)
class Fault:
    """One finding to be expected: its rule, where it is, and the value found.

    `file` is the name of the table until the file's own is known.
    """

    code: str
    place: str
    column: str
    value: str
    file: str = ""
    format: str = ""


Kind = Callable[[Child], list[Fault] | None]
"""Plants a fault in what a return says of a child; none where the child does not lend itself to it."""


def hosts(authority: Authority, random: Random) -> list[Child]:
    """Give the children of one episode that began in the last year, in random order."""
    start = first_day(authority.years[-1])
    earlier = {each.child.id for each in authority.contacts if each.day < start}
    earlier |= {each.child.id for each in authority.early_help if each.start < start}
    found = [
        child
        for child in authority.children
        if len(child.episodes) == 1
        and child.episodes[0].referral >= start
        and not child.earlier_plans
        and child.id not in earlier
    ]
    random.shuffle(found)
    return found


def plant(kinds: Sequence[Kind], count: int, children: Iterable[Child]) -> list[Fault]:
    """Plant so many faults, one kind after another; `NoRoomError` if there is no room for them."""
    waiting: list[Child] = list(children)
    planted: list[Fault] = []
    able = list(kinds)
    done = 0
    while done < count:
        if not able:
            raise NoRoomError(
                f"Only {done} faults of {count} can be planted; ask for fewer, or more children."
            )
        kind = able.pop(0)
        for index, child in enumerate(waiting):
            if found := kind(child):
                planted += found
                del waiting[index]
                able.append(kind)
                done += 1
                break
    return planted


def write_faults(path: Path, faults: Iterable[Fault]) -> None:
    """Write the list of what was planted."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADINGS)
        writer.writerows(
            (fault.code, fault.file, fault.place, fault.column, fault.value, fault.format)
            for fault in sorted(faults, key=lambda each: (each.format, each.file, each.place))
        )


def impossible(day: date) -> str:
    """Give a day in the same year that no calendar has."""
    return f"{day.year}-02-30"
