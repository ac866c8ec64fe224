"""A whole report, put together from kept figures; `report` holds the shape of it.

See `windows` for the periods it is for, `publication` for what is published of it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from sightline.indicators.figures import Figure, NotComputed
from sightline.indicators.measured import Measured
from sightline.present import words
from sightline.present.figure_file import KeptFigures
from sightline.present.kept_figures import kept_figures
from sightline.present.pages import check_within, is_counted_within, needed, page_of
from sightline.present.provenance import inputs, notice, quality_view
from sightline.present.report import Area, IndicatorPage, Report, Within
from sightline.present.unseen import unseen_lists
from sightline.present.windows import years_of

AREAS = (
    "Front door",
    "Early help",
    "Assessment",
    "Children in need",
    "Child protection",
    "Hospital alert",
    "Pre-proceedings",
    "Looked-after children",
    "Health of looked-after children",
    "Missing",
    "Care leavers",
    "Adoption",
    "Workforce",
)
"""Areas in the order of a child's way through the services; any other comes after them."""
BREAKDOWNS = ("district", "team", "organisation", "department")
"""Dimensions that a whole report breaks figures down by; a single page does so by every one."""


def build(
    measured: Measured,
    *,
    made: date,
    codes: Sequence[str] = (),
    within: Within | None = None,
    published: bool = False,
    kept: KeptFigures | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Report:
    """Put together everything a report shows; `made` is the day to print on it.

    With `codes`, only these indicators; `within` a group, its figures. If it is to be `published`, small
    numbers are protected and no child is listed. `kept` are the figures (of that form), where they are at
    hand already. `NoSuchGroupError` if there is no such group.
    """
    if kept is None:
        kept = kept_figures(measured, published=published, codes=codes, progress=progress)
    elif kept.published != published:
        raise ValueError("The figures at hand are not of the form asked for.")
    check_within(kept, within)
    chosen = [each for each in kept.windows if not codes or each.code in codes]
    progress("Making the pages")
    areas: dict[str, list[IndicatorPage]] = defaultdict(list)
    figures: list[Figure] = []
    for definition in sorted(chosen, key=lambda each: area_order(each.area)):
        if is_counted_within(kept, definition, within):
            read = kept.of(definition, needed(BREAKDOWNS, within))
            page = page_of(kept, definition, read, BREAKDOWNS, within)
            areas[definition.area].append(page)
            figures += _figures(kept, page, read)
    not_computed = [
        each for each in kept.not_computed if not codes or each.definition.code in codes
    ] + [
        NotComputed(each, f"It is not counted by {within.by}.")
        for each in chosen
        if within and not is_counted_within(kept, each, within)
    ]
    progress("Listing children not seen")
    authority = measured.authority_name or "an authority not named"
    of = (
        f"{words.capitalised(str(within).removeprefix('the '))}, {authority}"
        if within
        else authority
    )
    return Report(
        title=f"Children's safeguarding: {of}",
        authority=authority,
        lede=_lede(kept, within),
        period=words.period(*kept.headline.current),
        end=kept.headline.current[1],
        notice=" ".join(filter(None, (notice(measured), _within_notice(within)))),
        published=published,
        unseen=() if published else unseen_lists(measured, codes, within),
        areas=tuple(
            Area(name.lower().replace(" ", "-"), name, tuple(pages))
            for name, pages in areas.items()
        ),
        not_computed=tuple(sorted(not_computed, key=lambda each: area_order(each.definition.area))),
        quality=quality_view(measured.check, published=published),
        inputs=inputs(measured),
        snapshot=measured.snapshot.id,
        made=made,
        figures=tuple(figures),
        within=within,
    )


def area_order(area: str) -> tuple[int, str]:
    """Give the place of an area, to sort by."""
    return (AREAS.index(area), "") if area in AREAS else (len(AREAS), area)


def _lede(kept: KeptFigures, within: Within | None) -> str:
    of = f" of {within}" if within else ""
    period = words.the_period(*kept.headline.current)
    return f"Indicators{of} for {period}, from the authority's own files."


def _within_notice(within: Within | None) -> str:
    if within is None:
        return ""
    return (
        f"This report is of {within} alone, with the whole authority's figure beside each; breakdowns "
        "and published figures are of the whole authority."
    )


def _figures(kept: KeptFigures, page: IndicatorPage, read: Sequence[Figure]) -> Iterator[Figure]:
    """Give the figures a page rests on: the years in total and by group, and the run."""
    years = set(years_of(kept.window_of(page.definition), kept.covered))
    for figure in read:
        period = figure.period_start, figure.period_end
        if period in years and figure.definition.in_force(figure.period_end):
            yield figure
    if page.run:
        yield from (point.figure for point in page.run.points)
