"""Children not seen within the standard: what a reader must see first, and never averaged away."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sightline.indicators.counting import NOT_KNOWN
from sightline.indicators.definition import versions
from sightline.indicators.measured import Measured
from sightline.indicators.settings import Settings
from sightline.present import words
from sightline.present.report import UnseenChild, UnseenGroup, UnseenList, Within
from sightline.present.windows import last_stretch
from sightline.records.availability import advice, lacking


@dataclass(frozen=True)
class _List:
    """One list: its indicator, the standard it rests on, and the evidence's columns."""

    code: str
    title: str
    one: str
    who: str
    seen: str
    standard: str
    last: str
    start: str


LISTS = (
    _List(
        "CP-15",
        "Children on a child protection plan not visited within the standard",
        "child on a child protection plan",
        "children on a child protection plan",
        "visited",
        "child-protection-visit",
        "last_visit",
        "start_date",
    ),
    _List(
        "CI-06",
        "Children in need not seen within the standard",
        "child in need",
        "children in need",
        "seen",
        "child-in-need-visit",
        "last_seen",
        "referral_date",
    ),
    _List(
        "LA-09",
        "Looked-after children not visited within the standard",
        "looked-after child",
        "looked-after children",
        "visited",
        "looked-after-visit",
        "last_visit",
        "placed",
    ),
)


def unseen_lists(
    measured: Measured, codes: Sequence[str] = (), within: Within | None = None
) -> tuple[UnseenList, ...]:
    """Give each list as at the last day on which the files can tell (all, without `codes`).

    Within a group, it lists only that group's children. A list that cannot be made is there all the
    same and says which file would be needed.
    """
    return tuple(
        _unseen(each, measured, within) for each in LISTS if not codes or each.code in codes
    )


def _unseen(each: _List, measured: Measured, within: Within | None) -> UnseenList:
    definition = versions(each.code)[-1]
    fields, quality = definition.fields, measured.quality

    def not_told(reason: str) -> UnseenList:
        said = f"The files do not say. {reason}"
        return UnseenList(each.code, each.title, said, measured.covered[1], total=None)

    if lacking(fields, measured.formats):
        return not_told(advice(fields, measured.formats))
    stretch = last_stretch(fields, quality, measured.covered)
    if stretch is None:
        return not_told(quality.grade(fields, measured.covered[1], measured.covered[1]).reason)
    day = stretch[1]
    group = (within.by, within.group) if within else ()
    columns, rows, *_ = measured.engine.evidence(definition, (day, day), *group)
    children = sorted(
        (_child(each, dict(zip(columns, row, strict=True)), day) for row in _open(columns, rows)),
        key=lambda child: (-child.days, child.child_id),
    )
    grade = quality.grade(fields, day, day, definition.looks_from(day), definition.states_instead)
    return UnseenList(
        code=each.code,
        title=each.title,
        sentence=_sentence(each, measured.settings, len(children), day, within),
        on=day,
        total=len(children),
        groups=_groups(children),
        children=tuple(children),
        caution="" if grade.letter == "A" else f"Data quality {grade.letter}: {grade.reason}",
    )


def _open(columns: Sequence[str], rows: Sequence[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """Leave out those who were seen in time, where the list is of all."""
    if "met" not in columns:
        return list(rows)
    met = columns.index("met")
    return [row for row in rows if row[met] is not True]


def _child(each: _List, row: dict[str, object], day: date) -> UnseenChild:
    last, start = row[each.last], row[each.start]
    since = last if isinstance(last, date) else start
    assert isinstance(since, date)  # noqa: S101 - a row without a start is not in the evidence
    return UnseenChild(
        child_id=str(row["child_id"]),
        last_seen=last if isinstance(last, date) else None,
        since=since,
        days=(day - since).days,
        district=str(row["district"] or NOT_KNOWN),
        team=str(row["team"] or NOT_KNOWN),
        worker=str(row["worker"] or NOT_KNOWN),
    )


def _groups(children: Sequence[UnseenChild]) -> tuple[UnseenGroup, ...]:
    never = Counter(child.district for child in children if child.last_seen is None)
    overdue = Counter(child.district for child in children if child.last_seen is not None)
    names = sorted({*never, *overdue}, key=lambda name: (name == NOT_KNOWN, name))
    return tuple(UnseenGroup(name, never[name], overdue[name]) for name in names)


def _sentence(each: _List, settings: Settings, total: int, day: date, within: Within | None) -> str:
    standard = next(
        s
        for s in settings.standards
        if s.name == each.standard and s.valid_from <= day < s.valid_until
    )
    who = f"{each.one} was" if total == 1 else f"{each.who} were"
    of = f"in {within} " if within else ""
    return (
        f"{who} not {each.seen} within {words.count(standard.value)} {standard.unit} "
        f"{of}as at {words.day(day)}."
    )
