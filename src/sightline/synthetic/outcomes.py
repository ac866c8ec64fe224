"""Health of children in care, times missing, and care leavers: as many of each as are published."""

from collections.abc import Sequence, Set
from datetime import date, timedelta
from random import Random

from sightline.clocks.months import add_months
from sightline.synthetic.care_targets import CareTargets
from sightline.synthetic.events import (
    CarePeriod,
    Child,
    Leaver,
    Missing,
    YearInCare,
    birthday,
)
from sightline.synthetic.people import Nursery
from sightline.synthetic.protection import first_day, last_day

_SPREAD = 7.5
"""Spread of Strengths and Difficulties scores about their mean."""
_HIGHEST = 40
_RETURNED = 0.86
_APPRENTICES_SINCE = 2022
_AGED_OUT = ("E5", "E6", "E7", "E17")


def _in_care(children: Sequence[Child], start: date, end: date) -> list[tuple[Child, CarePeriod]]:
    """Give the children looked after at any time between two days, with their latest such period."""
    found: dict[str, tuple[Child, CarePeriod]] = {}
    for child in children:
        for period in child.care:
            if period.entered <= end and period.last_day > start:
                found[child.id] = child, period
    return list(found.values())


def years_in_care(
    children: Sequence[Child], targets: Sequence[CareTargets], random: Random
) -> list[YearInCare]:
    """Say how each child who was in care for 12 months or more on each 31 March was."""
    found: list[YearInCare] = []
    for target in targets:
        end = last_day(target.year)
        year_ago = add_months(end, -12)
        rows = [
            YearInCare(child, target.year, under_five=birthday(child.birth, 5) > end)
            for child, period in _in_care(children, end, end)
            if period.episodes[0].start <= year_ago and period.last_day > end
        ]
        _mark(rows, "assessed", target.health, random)
        _mark(rows, "teeth", target.dental, random)
        _mark(rows, "immunised", target.immunised, random)
        _mark(rows, "substance", target.substance, random, oldest_first=True)
        _mark([row for row in rows if row.under_five], "checked", 84.0, random)
        of_age = [row for row in rows if birthday(row.child.birth, 10) <= end]
        _mark(of_age, "convicted", target.convicted, random)
        for row in rows:
            row.intervention = row.substance and random.random() < 0.55
        _score(rows, end, target.questionnaire, random)
        found += rows
    return found


def _mark(
    rows: Sequence[YearInCare],
    name: str,
    percent: float,
    random: Random,
    *,
    oldest_first: bool = False,
) -> None:
    """Set a yes for a percentage of the rows, in whole children."""
    able = list(rows)
    count = round(len(able) * percent / 100)
    if oldest_first:
        able = sorted(able, key=lambda row: row.child.birth)[: max(count, len(able) // 3)]
    for row in random.sample(able, min(count, len(able))):
        setattr(row, name, True)


def _score(rows: Sequence[YearInCare], end: date, mean: float, random: Random) -> None:
    """Give scores with the published mean to most of those aged 4 to 16, to the others a reason."""
    scored = []
    for row in rows:
        if not birthday(row.child.birth, 4) <= end < birthday(row.child.birth, 17):
            continue
        if random.random() < _RETURNED:
            scored.append(row)
            row.score = round(min(_HIGHEST, max(0, random.gauss(mean, _SPREAD))))
        else:
            row.no_score = random.choice(("SDQ2", "SDQ4", "SDQ5"))
    left = round(mean * len(scored)) - sum(row.score or 0 for row in scored)
    while left and scored:
        row = random.choice(scored)
        step = 1 if left > 0 else -1
        if row.score is not None and 0 <= row.score + step <= _HIGHEST:
            row.score += step
            left -= step


def health_checks(
    children: Sequence[Child], rows: Sequence[YearInCare], last: date, random: Random
) -> dict[str, list[tuple[str, date]]]:
    """Give the health assessments (HEALTH) and dental checks (DENTAL) of children in care, in order.

    Most children are assessed soon after they enter care, and again in each year in which the return
    says that they were.
    """
    found: dict[str, list[tuple[str, date]]] = {}
    for child in children:
        for period in child.care:
            wait = random.randint(9, 27) if random.random() < 0.78 else random.randint(29, 70)
            day = period.entered + timedelta(days=wait)
            if day < min(period.last_day, last):
                found.setdefault(child.id, []).append(("HEALTH", day))
    for row in rows:
        for kind, had in (("HEALTH", row.assessed), ("DENTAL", row.teeth)):
            if had:
                day = first_day(row.year) + timedelta(days=random.randint(0, 364))
                found.setdefault(row.child.id, []).append((kind, day))
    return {
        child: sorted(set(checks), key=lambda each: (each[1], each[0]))
        for child, checks in found.items()
    }


def times_missing(
    children: Sequence[Child], targets: Sequence[CareTargets], random: Random
) -> list[Missing]:
    """Say which children were missing or away from care: a percentage of those in care in the year."""
    found: list[Missing] = []
    for target in targets:
        start, end = first_day(target.year), last_day(target.year)
        known = _in_care(children, start, end)
        away: set[tuple[str, date]] = set()
        for kind, percent in (("M", target.missing), ("A", target.away)):
            count = round(len(known) * percent / 100)
            able = [each for each in known if _days(each[1], start, end) > 6]
            older = [each for each in able if birthday(each[0].birth, 11) <= end]
            chosen = random.sample(older, min(count, len(older)))
            others = [each for each in able if each not in set(chosen)]
            chosen += random.sample(others, min(len(others), count - len(chosen)))
            for child, period in chosen:
                episodes = _episodes(child, period, kind, start, end, away, random)
                away |= {(child.id, each.start) for each in episodes}
                found += episodes
    return sorted(found, key=lambda each: (each.start, each.child.id, each.kind))


def _days(period: CarePeriod, start: date, end: date) -> int:
    return (min(end, period.last_day) - max(start, period.entered)).days


def _episodes(
    child: Child,
    period: CarePeriod,
    kind: str,
    start: date,
    end: date,
    away: Set[tuple[str, date]],
    random: Random,
) -> list[Missing]:
    """Give times of one kind, on days of which `away` has no other kind's."""
    first = max(start, period.entered)
    span = _days(period, start, end) - 4
    count = min(1 + int(random.expovariate(1 / 1.6)), 9, max(1, span // 8))
    slots = [
        offset
        for offset in range(0, max(1, span), 4)
        if (child.id, first + timedelta(days=offset)) not in away
    ] or [span]
    offsets = sorted(random.sample(slots, min(count, len(slots))))
    rows = []
    for offset in offsets:
        day = first + timedelta(days=offset)
        offered = random.random() < 0.86
        rows.append(
            Missing(
                child,
                kind,
                day,
                day + timedelta(days=random.choices((0, 1, 2, 3), (46, 36, 12, 6))[0]),
                offered,
                offered and random.random() < 0.62,
            )
        )
    return rows


def care_leavers(nursery: Nursery, targets: Sequence[CareTargets], random: Random) -> list[Leaver]:
    """Say how each young person was whose 19th, 20th or 21st birthday is in a year.

    Those who turned 18 in care come first; before the first of them turn 19 they are people of whom no
    more is known.
    """
    grown = sorted(
        (
            (birthday(child.birth, 19), child.id, child)
            for child in nursery.children
            if any(period.reason in _AGED_OUT and period.ceased for period in child.care)
        ),
        key=lambda each: each[:2],
    )
    found: list[Leaver] = []
    first = targets[0].year
    size = targets[0].leavers
    cohorts: dict[int, list[Child]] = {}
    for year in (first - 2, first - 1):
        cohorts[year] = _cohort(nursery, grown, year, size // 3, random)
    for target in targets:
        wanted = target.leavers - len(cohorts[target.year - 1]) - len(cohorts[target.year - 2])
        cohorts[target.year] = _cohort(nursery, grown, target.year, max(0, wanted), random)
        people = [child for back in range(3) for child in cohorts[target.year - back]][
            : target.leavers
        ]
        found += _how_they_are(people, target, random)
    return found


def _cohort(
    nursery: Nursery,
    grown: Sequence[tuple[date, str, Child]],
    year: int,
    count: int,
    random: Random,
) -> list[Child]:
    """Give those who turn 19 in a year, inventing as many as are not known."""
    start, end = first_day(year), last_day(year)
    known = [child for day, _, child in grown if start <= day <= end]
    people = known[:count]
    while len(people) < count:
        turned = start + timedelta(days=random.randint(0, (end - start).days))
        birth = date(turned.year - 19, turned.month, min(turned.day, 28))
        people.append(nursery.child(birth, end))
    return people


def _how_they_are(people: Sequence[Child], target: CareTargets, random: Random) -> list[Leaver]:
    rows = [Leaver(child, target.year) for child in people]
    random.shuffle(rows)
    number = len(rows)
    out_of_touch = round(number * target.not_in_touch / 100)
    working = min(target.in_work, number)
    idle = min(number - working, round(number * target.not_in_work / 100))
    # What a young person in touch does is known; shares in whole percent can leave one too many.
    unknown = max(0, number - working - idle - out_of_touch)
    if number and round(100 * (idle + unknown) / number) == round(target.not_in_work):
        idle += unknown
    else:
        out_of_touch += unknown
    for row in rows[:working]:
        row.activity = random.choice(_work(target.year))
    for row in rows[working : working + idle]:
        row.activity = random.choices(("G4", "G5", "G6"), (28, 50, 22))[0]
    # Nothing is known of the rest; the authority is out of touch with them before any other.
    for row in rows[number - out_of_touch :] if out_of_touch else []:
        row.in_touch = random.choices(("NO", "REFU", "NREQ"), (72, 20, 8))[0]
    in_touch = [row for row in rows if row.in_touch == "YES"]
    others = [row for row in rows if row.in_touch != "YES"]
    for index, row in enumerate((*in_touch, *others)):
        if index < target.suitable:
            row.suitable = True
            row.accommodation = random.choices(
                ("U", "B", "Z", "E", "D", "K", "C", "T"), (38, 20, 14, 7, 10, 5, 4, 2)
            )[0]
        elif row.in_touch == "YES":
            row.suitable = False
            row.accommodation = random.choices(("X", "S", "V", "W", "Y"), (34, 22, 18, 14, 12))[0]
    end = last_day(target.year)
    for row in rows:
        row.adviser = f"INVP{random.randint(1, 24):03d}"
        if row.in_touch == "YES":
            row.contact = end - timedelta(days=random.randint(1, 55))
            row.reviewed = end - timedelta(days=random.randint(5, 190))
    return sorted(rows, key=lambda row: row.child.id)


def _work(year: int) -> tuple[str, ...]:
    """Give the activities of education and work in the code set of a year."""
    if year >= _APPRENTICES_SINCE:
        return ("F1", "F2", "F2", "P2", "F4", "F5", "F5", "P5")
    return ("F1", "F2", "F2", "P2", "F3", "F3", "P3")
