"""The problem profile: what agencies contributed, beside counts of episodes and screenings.

Counts are by district and month. Whoever sees published figures only has small numbers hidden in them by the
one method by which all published figures are protected (`indicators.disclosure`).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from sightline.clocks.months import add_months
from sightline.clocks.rules import LONDON
from sightline.indicators.counting import TOTAL
from sightline.indicators.definition import Definition, catalogue
from sightline.indicators.disclosure import SYMBOL, protect
from sightline.indicators.figures import Figure
from sightline.indicators.grading import Grade
from sightline.service.accounts.models import Locality
from sightline.service.missing.models import MissingEpisode, ProfileContribution, Screening
from sightline.service.missing.queries.told import level_name

NOT_KNOWN = "Not known"
MONTHS = 24
"""The most months a profile covers."""


@dataclass(frozen=True)
class Table:
    """Counts by district, a column a month: the districts, then the whole; `c` where a number is hidden."""

    title: str
    months: Sequence[date]
    rows: Sequence[tuple[str, Sequence[str]]]


def months_of(first: date, last: date) -> list[date]:
    """Give the first day of each month from that of one day to that of another, 24 at most, the latest."""
    start, end = first.replace(day=1), last.replace(day=1)
    found = [end]
    while found[0] > start and len(found) < MONTHS:
        found.insert(0, add_months(found[0], -1))
    return found


def counts(months: Sequence[date], *, protected: bool) -> list[Table]:
    """Count episodes that began, and screenings made, in each month and district."""
    since, until = months[0], add_months(months[-1], 1)
    began = [
        (timezone.localdate(at), place or NOT_KNOWN)
        for at, place in MissingEpisode.objects.filter(
            starts_at__gte=_midnight(since), starts_at__lt=_midnight(until), aside_at=None
        )
        .order_by()
        .values_list("starts_at", "locality__name")
    ]
    made = [
        (on, place or NOT_KNOWN)
        for on, place in Screening.objects.filter(
            made_on__gte=since, made_on__lt=until, aside_at=None
        )
        .order_by()
        .values_list("made_on", "locality__name")
    ]
    places = [*Locality.objects.values_list("name", flat=True), NOT_KNOWN]
    return [
        _table("Missing episodes that began", months, places, began, protected),
        _table("Screenings for exploitation", months, places, made, protected),
    ]


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=LONDON)


def _table(
    title: str,
    months: Sequence[date],
    places: Sequence[str],
    found: Iterable[tuple[date, str]],
    protected: bool,
) -> Table:
    counted = Counter((day.replace(day=1), place) for day, place in found)
    cells = {(month, place): counted[month, place] for month in months for place in places}
    whole = {month: sum(cells[month, place] for place in places) for month in months}
    shown = _shown(months, places, cells, whole, protected)
    rows = [(place, [shown[month, place] for month in months]) for place in places]
    rows.append(("Whole authority", [shown[month, TOTAL] for month in months]))
    return Table(title, months, rows)


def _shown(
    months: Sequence[date],
    places: Sequence[str],
    cells: dict[tuple[date, str], int],
    whole: dict[date, int],
    protected: bool,
) -> dict[tuple[date, str], str]:
    keys = [(month, place) for month in months for place in (*places, TOTAL)]
    numbers = [whole[month] if place == TOTAL else cells[month, place] for month, place in keys]
    if not protected:
        return {key: str(number) for key, number in zip(keys, numbers, strict=True)}
    figures = [
        Figure(
            _counted_as(),
            month,
            add_months(month, 1) - timedelta(days=1),
            TOTAL if place == TOTAL else "district",
            place,
            number,
            None,
            number,
            "",
            0,
            Grade("A", ""),
        )
        for (month, place), number in zip(keys, numbers, strict=True)
    ]
    return {
        key: SYMBOL if figure.suppressed else f"{figure.numerator:g}"
        for key, figure in zip(keys, protect(figures), strict=True)
    }


def _counted_as() -> Definition:
    """Give a definition that counts events, each once: as which these counts are protected."""
    found = next(each for each in catalogue() if (each.code, each.part) == ("MI-01", "episodes"))
    return replace(found, code="PROFILE", part="")


def levels_now() -> list[list[str]]:
    """Count the children whose risk is under review by the level it is now."""
    rows = Screening.objects.filter(ended_on=None, aside_at=None)
    found = Counter(level_name(each, each.level_now) for each in rows)
    return [[name, str(count)] for name, count in sorted(found.items())]


def shown(months: Sequence[date]) -> dict[str, Any]:
    """Give the whole profile of some months as it stands, as `AgreedProfile.shown` keeps it."""

    def tables(*, protected: bool) -> list[dict[str, Any]]:
        found = counts(months, protected=protected)
        return [
            {"title": each.title, "rows": [[place, list(cells)] for place, cells in each.rows]}
            for each in found
        ]

    return {
        "contributions": [
            {
                "agency": str(each.agency),
                "district": str(each.locality or "the whole authority"),
                "covers": f"{each.covers_from:%-d %B %Y} to {each.covers_until:%-d %B %Y}",
                "text": each.text,
            }
            for each in contributions(months)
        ],
        "tables": tables(protected=False),
        "protected": tables(protected=True),
        "levels": levels_now(),
    }


def contributions(months: Sequence[date]) -> QuerySet[ProfileContribution]:
    """Give what agencies contributed that covers some of these months, the latest first."""
    until = add_months(months[-1], 1)
    return (
        ProfileContribution.objects.filter(
            Q(covers_until__gte=months[0]), covers_from__lt=until, withdrawn_at=None
        )
        .select_related("agency", "locality", "by")
        .order_by("-covers_until", "agency__name", "pk")
    )
