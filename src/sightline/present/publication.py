"""The figures that may be published, protected together.

What is published: the years in total, by category and by `PUBLISHED_BREAKDOWNS`, and the run of the total
by month or else by quarter. A run is given whole or not at all, so that no hidden month can be worked out
from a year and the other months. Groups have no run of their own.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from sightline.indicators.counting import TOTAL
from sightline.indicators.definition import Definition
from sightline.indicators.disclosure import protect
from sightline.indicators.figures import Figure, NotComputed
from sightline.present import words
from sightline.present.figure_file import Contents, KeptFigures
from sightline.present.report import Run
from sightline.present.runs import best_step, of_run
from sightline.present.windows import WITHHELD, years_of

PUBLISHED_BREAKDOWNS = ("district",)
"""Teams lie within districts in ways that only an insider knows, so that hiding numbers in both does not
protect; nothing is published by team."""
PROTECTED = "protected"
"""Stands for the step of a run that is left out."""
PROTECTED_RUN = Run(
    "month",
    (),
    "",
    "By month or quarter its numbers are small, so they are protected.",
    "Protected",
    "",
)
NO_RUN_OF_A_GROUP = Run(
    "month",
    (),
    "",
    "By month or quarter, only figures of the whole authority are published.",
    "Not published",
    "",
)


def protected(kept: KeptFigures, progress: Callable[[str], None]) -> Contents:
    """Protect what may be published of all the figures of a snapshot."""
    progress("Protecting small numbers")
    figures = {
        definition: kept.of(definition, with_unusable=True) for definition in kept.definitions
    }
    yearly = [
        figure
        for definition, some in figures.items()
        for years in (set(years_of(kept.window_of(definition), kept.covered)),)
        for figure in some
        if figure.by in (TOTAL, "category", *PUBLISHED_BREAKDOWNS)
        and (figure.period_start, figure.period_end) in years
    ]
    in_runs: list[Figure] = []
    steps: dict[Definition, str] = {}
    for definition in kept.windows:
        totals = [figure for figure in figures.get(definition, []) if figure.by == TOTAL]
        if not definition.is_profile and (step := best_step(totals, kept.covered, protect)):
            steps[definition] = step
            in_runs += of_run(totals, step, kept.covered)
    shown = protect([*yearly, *in_runs])
    years, runs = _by_definition(shown[: len(yearly)]), _by_definition(shown[len(yearly) :])
    result: dict[Definition, list[Figure]] = {}
    for definition in figures:
        mine, run = years.get(definition, []), runs.get(definition, [])
        # A hidden month could be worked out from the year and the other months, and a hidden year
        # from its months.
        if run and any(map(words.is_hidden, (*run, *(f for f in mine if f.by == TOTAL)))):
            steps[definition], run = PROTECTED, []
        result[definition] = _once([*mine, *run])
    return Contents(result, kept.windows, list(map(_told, kept.not_computed)), steps)


def _told(each: NotComputed) -> NotComputed:
    """Leave out of a reason how many rows cannot be used, which may be few."""
    if not each.reason.startswith(WITHHELD):
        return each
    return replace(each, reason=f"{WITHHELD} The data behind it are not usable.")


def _by_definition(figures: Iterable[Figure]) -> dict[Definition, list[Figure]]:
    grouped: dict[Definition, list[Figure]] = {}
    for figure in figures:
        grouped.setdefault(figure.definition, []).append(figure)
    return grouped


def _once(figures: Sequence[Figure]) -> list[Figure]:
    """Leave out a quarter that is also the whole of what a file covers, and stands there already."""
    places = {(f.period_start, f.period_end, f.by, f.group): f for f in reversed(figures)}
    return list(reversed(places.values()))
