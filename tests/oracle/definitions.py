"""What INDICATORS sections 1 and 2 say, in plain Python, one function to a code.

Written from the text alone and slow on purpose: days are counted one by one, and nothing is shared
with the program but the list of bank holidays. A date is None where nobody can know it.
"""

from collections.abc import Callable
from csv import DictReader
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

_HOLIDAYS = Path(__file__).parents[2] / "src/sightline/clocks/bank_holidays.csv"
BANK_HOLIDAYS = frozenset(
    date.fromisoformat(row["date"]) for row in DictReader(_HOLIDAYS.read_text("utf-8").splitlines())
)
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Assessment:
    start: date | None
    end: date | None


@dataclass(frozen=True)
class Enquiry:
    """A section 47 enquiry, and the initial conference recorded under it."""

    child: str
    start: date | None
    conference: date | None


@dataclass(frozen=True)
class Plan:
    child: str
    start: date | None
    end: date | None
    reviews: tuple[date, ...] = ()
    previous: int | None = 0


@dataclass(frozen=True)
class Referral:
    """A referral and the episode it opens."""

    child: str
    date: date | None
    closure: date | None = None
    nfa: bool | None = False
    source: str = "6"


@dataclass
class Records:
    """All that stands in the returns, each record once."""

    referrals: list[Referral]
    assessments: list[Assessment]
    enquiries: list[Enquiry]
    plans: list[Plan]


Share = tuple[int, int]
Count = int


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in BANK_HOLIDAYS


def elapsed(start: date, end: date) -> int:
    """Working days after the start, up to and including the end."""
    found, day = 0, start
    while day < end:
        day += _DAY
        if is_working_day(day):
            found += 1
    return found


def due(start: date, number: int) -> date:
    """The nth working day after the start."""
    day = start
    while elapsed(start, day) < number:
        day += _DAY
    return day


def plus_months(day: date, months: int) -> date:
    """The same day of another month, or that month's last day if it has none such."""
    year, month = day.year, day.month
    for _ in range(abs(months)):
        month += 1 if months > 0 else -1
        if month == 13:
            year, month = year + 1, 1
        if month == 0:
            year, month = year - 1, 12
    number = day.day
    while True:
        try:
            return date(year, month, number)
        except ValueError:
            number -= 1


def within(day: date | None, first: date, last: date) -> bool:
    return day is not None and first <= day <= last


def is_open(start: date | None, end: date | None, day: date) -> bool:
    return start is not None and start <= day and (end is None or end > day)


def fd_02(records: Records, first: date, last: date) -> Count:
    return sum(within(each.date, first, last) for each in records.referrals)


def fd_05(records: Records, first: date, last: date) -> Share:
    return _share(
        [
            any(
                earlier.child == each.child
                and earlier.date is not None
                and plus_months(each.date, -12) <= earlier.date < each.date
                for earlier in records.referrals
            )
            for each in records.referrals
            if each.date is not None and within(each.date, first, last)
        ]
    )


def fd_07(records: Records, first: date, last: date) -> Share:
    return _share([e.nfa is True for e in records.referrals if within(e.date, first, last)])


def as_01(records: Records, first: date, last: date) -> Share:
    return _share(
        [
            each.start is not None
            and each.start <= each.end
            and elapsed(each.start, each.end) <= 45
            for each in records.assessments
            if each.end is not None and within(each.end, first, last)
        ]
    )


def cp_01(records: Records, first: date, last: date) -> Count:
    return sum(within(each.start, first, last) for each in records.enquiries)


def cp_05(records: Records, first: date, last: date) -> Share:
    """A conference dated before its enquiry does not follow it. One whose enquiry has no readable
    start does follow it, but nobody knows that it was in time. One recorded under several enquiries
    is one conference, and the first of them initiated it.
    """
    enquiries: dict[tuple[str, date], list[date | None]] = {}
    for each in records.enquiries:
        held = each.conference
        if held is None or not within(held, first, last):
            continue
        if each.start is None or each.start <= held:
            enquiries.setdefault((each.child, held), []).append(each.start)
    return _share(
        [
            any(known := [start for start in starts if start is not None])
            and elapsed(min(known), held) <= 15
            for (_, held), starts in enquiries.items()
        ]
    )


def cp_09(records: Records, _: date, day: date) -> Count:
    return len(_open_plans(records, day))


def cp_10s(records: Records, first: date, last: date) -> Count:
    return sum(within(each.start, first, last) for each in records.plans)


def cp_10e(records: Records, first: date, last: date) -> Count:
    return sum(within(each.end, first, last) for each in records.plans)


def cp_11(records: Records, first: date, last: date) -> Share:
    """An earlier plan in the records is one, if it had ended or no number of previous plans is given."""
    return _share(
        [
            (each.previous or 0) >= 1
            or any(
                other.child == each.child
                and other.start is not None
                and other.start < each.start
                and (
                    each.previous is None
                    or (other.end is not None and other.start < other.end <= each.start)
                )
                for other in records.plans
            )
            for each in records.plans
            if each.start is not None and within(each.start, first, last)
        ]
    )


def cp_12(records: Records, first: date, last: date) -> Share:
    return _share(
        [
            each.start is not None and each.end >= plus_months(each.start, 24)
            for each in records.plans
            if each.end is not None and within(each.end, first, last)
        ]
    )


def cp_13(records: Records, _: date, day: date) -> Share:
    return _share([start <= plus_months(day, -24) for start, _ in _open_plans(records, day)])


def cp_14(records: Records, _: date, day: date) -> Share:
    return _share(
        [
            _nothing_late(start, reviews, day)
            for start, reviews in _open_plans(records, day)
            if start <= plus_months(day, -3)
        ]
    )


def ci_01(records: Records, _: date, day: date) -> Count:
    return sum(
        is_open(each.date, each.closure, day) and each.nfa is not True for each in records.referrals
    )


def _open_plans(records: Records, day: date) -> list[tuple[date, tuple[date, ...]]]:
    return [
        (each.start, each.reviews)
        for each in records.plans
        if each.start is not None and is_open(each.start, each.end, day)
    ]


def _nothing_late(start: date, reviews: tuple[date, ...], day: date) -> bool:
    by = plus_months(start, 3)
    for review in sorted(reviews):
        if start < review <= day:
            if review > by:
                return False
            by = plus_months(review, 6)
    return by >= day


def _share(met: list[bool]) -> Share:
    return sum(met), len(met)


Definition = Callable[[Records, date, date], Count | Share]

DEFINITIONS: dict[str, Definition] = {
    "FD-02": fd_02,
    "FD-05": fd_05,
    "FD-07": fd_07,
    "AS-01": as_01,
    "CP-01": cp_01,
    "CP-05": cp_05,
    "CP-09": cp_09,
    "CP-10s": cp_10s,
    "CP-10e": cp_10e,
    "CP-11": cp_11,
    "CP-12": cp_12,
    "CP-13": cp_13,
    "CP-14": cp_14,
    "CI-01": ci_01,
}
"""Each takes the first and last day of a period; the day of a stock is the last."""
