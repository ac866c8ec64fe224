"""Sets of tables: the sheets of a workbook, or the files of a folder, made into readings.

What Annex A, SSDA903 and SSD have in common once their sheets are recognised. Where a table comes
twice, as when two years' files lie in one folder, the sets are told apart by the rest of the file
names and by the dates inside; what cannot be told apart is read together and reported.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sightline.intake.layouts import Taken, file_words, without_table_names
from sightline.intake.parts import Finding, Reading, UnreadableFileError
from sightline.intake.periods import Events, events_in


@dataclass(frozen=True)
class Period:
    """The days a set covers, both included, and sentences on how they were told.

    `starts` gives the first day for each part that begins later than the set.
    """

    start: date
    end: date
    facts: tuple[str, ...] = ()
    starts: Mapping[str, date] = field(default_factory=dict)


PeriodOf = Callable[[Sequence[Taken], date | None], Period | None]
"""Tells the period of a set, given the day a person stated; none where nothing tells it."""


def events_of(taken: Iterable[Taken]) -> Events:
    """The dates of things that have happened, over all the tables of a set."""
    return events_in(
        each.part.rows[column]
        for each in taken
        for column in each.layout.events
        if column in each.part.rows.column_names
    )


def readings_of(
    taken: Sequence[Taken], period_of: PeriodOf, *, authority: str, as_at: date | None
) -> list[Reading]:
    """Make one reading of each set; `UnreadableFileError` if nothing tells the days one covers."""
    sets, facts = _sets(taken, period_of)
    if len(sets) == 1:
        return [_reading(sets[0], period_of, authority, as_at, facts)]
    if as_at:
        facts = (*facts, f"{as_at} was not used, as the files hold several returns.")
    return [_reading(each, period_of, authority, None, facts) for each in sets]


def _reading(
    taken: Sequence[Taken],
    period_of: PeriodOf,
    authority: str,
    as_at: date | None,
    facts: Iterable[str],
) -> Reading:
    period = period_of(taken, as_at)
    if period is None:
        raise UnreadableFileError(
            f"{taken[0].part.source.path}: holds no date that tells which days it covers; "
            "load it with the rest of its return, or state the day with --as-at."
        )
    sources = dict.fromkeys(each.part.source for each in taken)
    said = [*facts, *period.facts, *(fact for each in taken for fact in each.facts)]
    return Reading(
        taken[0].part.format,
        tuple(sources),
        tuple(each.part for each in taken),
        period.start,
        period.end,
        authority,
        (*(found for each in taken for found in each.findings), *_given_twice(taken)),
        tuple(dict.fromkeys(said)),
        period.starts,
    )


def _sets(
    taken: Sequence[Taken], period_of: PeriodOf
) -> tuple[list[Sequence[Taken]], tuple[str, ...]]:
    if any(each.part.sheet for each in taken) or not repeated(taken):
        return [taken], ()
    groups: Mapping[object, list[Taken]] = defaultdict(list)
    names = [name for each in taken for name in each.layout.names]
    for each in taken:
        groups[without_table_names(file_words(each.part.source.path), names)].append(each)
    if any(map(repeated, groups.values())):
        groups = {index: [each] for index, each in enumerate(taken)}
    dated: dict[date, list[Taken]] = {}
    undated: list[Taken] = []
    for group in groups.values():
        period = period_of(group, None)
        if period is None:
            undated += group
        else:
            dated.setdefault(period.end, []).extend(group)
    if len(dated) < 2:
        return [taken], ()
    facts = [f"The files hold {len(dated)} returns, told apart by the dates in them."]
    if undated:
        dated[max(dated)] += undated
        names_of = ", ".join(each.part.source.path for each in undated)
        facts.append(f"{names_of}: without a date, so read with the latest of them.")
    return [dated[end] for end in sorted(dated)], tuple(facts)


def repeated(taken: Iterable[Taken]) -> list[str]:
    """The parts that are there more than once."""
    return [part for part, count in Counter(e.part.name for e in taken).items() if count > 1]


def _given_twice(taken: Sequence[Taken]) -> Iterable[Finding]:
    for name in repeated(taken):
        first, *others = (each for each in taken if each.part.name == name)
        for other in others:
            part = other.part
            yield Finding(
                "table-given-twice",
                part.source.path,
                part.sheet,
                "",
                "",
                f"{other.layout.title} is also in {first.part.sheet or first.part.source.path}, "
                "and nothing tells which return each belongs to; both were read.",
            )
