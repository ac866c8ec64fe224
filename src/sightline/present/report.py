"""What a report holds, before it is drawn: HTML, workbook and PDF are made from this alone.

Numbers stay numbers here; `words` says how each is written. Charts are SVG (`charts`).
"""

from dataclasses import dataclass
from datetime import date

from sightline import __version__
from sightline.indicators.definition import Definition
from sightline.indicators.engine import Period
from sightline.indicators.figures import Figure, NotComputed
from sightline.indicators.grading import Grade
from sightline.indicators.rag import Rag
from sightline.indicators.settings import Target
from sightline.quality.check import RuleResult

LICENCE = "Contains public sector information licensed under the Open Government Licence v3.0."


class NoSuchGroupError(LookupError):
    """A group that no report can be made within; the message says which there are."""


@dataclass(frozen=True)
class Within:
    """The group that a report is of: a district or a team (`by`), and its name."""

    by: str
    group: str

    def __str__(self) -> str:
        return f"the {self.by} {self.group}"


@dataclass(frozen=True)
class SeriesPoint:
    """One figure of a run, with its label and what the control chart says of it."""

    label: str
    figure: Figure
    signal: str = ""


@dataclass(frozen=True)
class Run:
    """The figures of one indicator in order of time, and how they read.

    `chart` is empty where no control chart can be drawn; `reading` then says why. `kinds` are the kinds
    of signal on the chart, for its key; `latest` that of the last point.
    """

    step: str
    points: tuple[SeriesPoint, ...]
    chart: str
    reading: str
    reading_short: str
    sparkline: str
    kinds: tuple[str, ...] = ()
    latest: str = "common"


@dataclass(frozen=True)
class BreakdownRow:
    """One group of a breakdown, now and the year before; `marked` if the report is of it."""

    group: str
    now: Figure
    before: Figure | None
    marked: bool = False


@dataclass(frozen=True)
class Breakdown:
    """The authority's headline figure by one dimension.

    `left_out` groups are in the table but not in the chart.
    """

    by: str
    rows: tuple[BreakdownRow, ...]
    chart: str
    left_out: int


@dataclass(frozen=True)
class ComparisonCell:
    """One published number, or why there is none; `of` had a value, for a mean or a median."""

    value: float | None
    symbol: str = ""
    of: int | None = None


@dataclass(frozen=True)
class ComparisonRow:
    """One area of a comparison, a cell for each column."""

    name: str
    cells: tuple[ComparisonCell, ...]


@dataclass(frozen=True)
class ComparisonView:
    """Published figures side by side: a column for each year, or for each area in a profile.

    `neighbours` and `england` are for the year nearest the headline, `year` that year in words.
    """

    caption: str
    unit: str
    head: str
    columns: tuple[str, ...]
    rows: tuple[ComparisonRow, ...]
    chart: str
    notes: tuple[str, ...]
    year: str
    neighbours: ComparisonCell | None = None
    region: ComparisonCell | None = None
    england: ComparisonCell | None = None
    own: ComparisonCell | None = None
    standing: str = ""


@dataclass(frozen=True)
class OtherVersion:
    """Another version of an indicator's definition, beside the one in force.

    `changed` says in a sentence what it was replaced by, or replaces. `current` is the page's headline
    figure by this version; None where it cannot be given.
    """

    definition: Definition
    changed: str
    current: Figure | None


@dataclass(frozen=True)
class IndicatorPage:
    """All that is said of one indicator, of the whole authority or `within` a group.

    `current` is the headline figure over `period`; `largest` is, for a profile, the category that most
    fall in. `when` names the period, and `own_period` says that it is not the report's. Within a group,
    `whole` is the authority's own figure; breakdowns and comparison are of the whole authority.
    """

    id: str
    definition: Definition
    period: Period
    when: str
    own_period: bool
    current: Figure
    before: Figure | None
    change: str
    change_from: str
    largest: Figure | None
    rag: Rag
    run: Run | None
    breakdowns: tuple[Breakdown, ...]
    comparison: ComparisonView | None
    other_versions: tuple[OtherVersion, ...] = ()
    within: Within | None = None
    whole: Figure | None = None

    @property
    def code(self) -> str:
        """The indicator's code."""
        return self.definition.code

    @property
    def name(self) -> str:
        """The indicator's title."""
        return self.definition.title

    @property
    def target(self) -> Target | None:
        """The target the figure is judged by."""
        return self.current.target

    @property
    def grade(self) -> Grade:
        """The data-quality grade of the headline figure."""
        return self.current.quality


@dataclass(frozen=True)
class Area:
    """Indicators of one part of the work."""

    id: str
    name: str
    pages: tuple[IndicatorPage, ...]


@dataclass(frozen=True)
class UnseenChild:
    """A child not seen within the standard. `since` is when the child was last seen, or the start."""

    child_id: str
    last_seen: date | None
    since: date
    days: int
    district: str
    team: str
    worker: str


@dataclass(frozen=True)
class UnseenGroup:
    """How many in one district: never seen, overdue."""

    name: str
    never: int
    overdue: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.never + self.overdue


@dataclass(frozen=True)
class UnseenList:
    """The children of one list, those waiting longest first.

    `total` is None where it cannot be said how many there are; `sentence` then says why. `caution` says
    what is amiss with the records it rests on.
    """

    code: str
    title: str
    sentence: str
    on: date
    total: int | None
    groups: tuple[UnseenGroup, ...] = ()
    children: tuple[UnseenChild, ...] = ()
    caution: str = ""


@dataclass(frozen=True)
class QualityView:
    """What the checks found, rule by rule, with a sentence that sums it up."""

    sentence: str
    found: tuple[RuleResult, ...]
    failed: tuple[RuleResult, ...]
    could_not_run: tuple[RuleResult, ...]
    clean: int


@dataclass(frozen=True)
class InputView:
    """A file the figures rest on."""

    path: str
    format: str
    covers: str
    rows_read: int
    rows_kept: int
    sha256: str


@dataclass(frozen=True)
class Graded:
    """The indicators of one data-quality grade."""

    letter: str
    pages: tuple[IndicatorPage, ...]

    @property
    def reasons(self) -> tuple[tuple[str, tuple[IndicatorPage, ...]], ...]:
        """Each reason for the grade, with the pages it holds for."""
        found = dict.fromkeys(page.grade.reason for page in self.pages)
        return tuple(
            (reason, tuple(page for page in self.pages if page.grade.reason == reason))
            for reason in found
        )


@dataclass(frozen=True)
class Report:
    """Everything a report shows, of a whole authority or `within` a group.

    `figures` are all that it rests on, for the workbook.
    """

    title: str
    authority: str
    lede: str
    period: str
    end: date
    notice: str
    published: bool
    unseen: tuple[UnseenList, ...]
    areas: tuple[Area, ...]
    not_computed: tuple[NotComputed, ...]
    quality: QualityView
    inputs: tuple[InputView, ...]
    snapshot: str
    made: date
    figures: tuple[Figure, ...]
    within: Within | None = None
    software: str = __version__
    licence: str = LICENCE

    @property
    def pages(self) -> tuple[IndicatorPage, ...]:
        """Every indicator's page, in order."""
        return tuple(page for area in self.areas for page in area.pages)

    @property
    def judged(self) -> bool:
        """Whether any figure has a target to be judged by."""
        return any(page.rag is not Rag.GREY for page in self.pages)

    @property
    def off_target(self) -> tuple[IndicatorPage, ...]:
        """Pages whose figure misses its target by more than the tolerance."""
        return tuple(page for page in self.pages if page.rag is Rag.RED)

    @property
    def on_target(self) -> tuple[IndicatorPage, ...]:
        """Pages whose figure meets its target."""
        return tuple(page for page in self.pages if page.rag is Rag.GREEN)

    @property
    def near_target(self) -> tuple[IndicatorPage, ...]:
        """Pages whose figure misses its target by no more than the tolerance."""
        return tuple(page for page in self.pages if page.rag is Rag.AMBER)

    def signalling(self, kind: str) -> tuple[IndicatorPage, ...]:
        """Pages whose latest point is a signal of a kind: `concern` or `improvement`."""
        return tuple(page for page in self.pages if page.run and page.run.latest == kind)

    @property
    def grades(self) -> tuple["Graded", ...]:
        """The pages of each data-quality grade, the best first."""
        letters = sorted({page.grade.letter for page in self.pages})
        return tuple(
            Graded(letter, tuple(page for page in self.pages if page.grade.letter == letter))
            for letter in letters
        )
