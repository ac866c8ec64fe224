"""The shapes of the API's answers."""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Number = int | float


class Period(BaseModel):
    """From a day to a day, both included."""

    start: date
    end: date


class Wrong(BaseModel):
    """A parameter that was wrong, and how."""

    where: str
    message: str


class Problem(BaseModel):
    """Why there is no answer (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[Wrong] = Field(default_factory=list)


class Groups(BaseModel):
    """Groups that figures can be given within."""

    district: list[str]
    team: list[str]


class Snapshot(BaseModel):
    """What is published: its name, since when, and what it covers."""

    id: str
    published_at: datetime
    authority: str
    covers: Period = Field(description="The first and last day that any file speaks of.")
    headline: Period = Field(description="The period of the headline figures.")
    form: Literal["open", "protected"]
    groups: Groups


class Version(BaseModel):
    """One version of one part of an indicator's definition."""

    code: str
    version: int
    part: str
    title: str
    area: str
    definition: str
    note: str
    source: str
    unit: str
    better: str = Field(description="`higher`, `lower` or `neutral`.")
    measure: str
    dimensions: list[str] = Field(description="What figures may be by.")
    valid_from: date | None
    valid_until: date | None
    replaces: str
    computed: bool = Field(description="Whether the published snapshot has figures of it.")
    not_computed: str = Field(description="Why there are none; empty where there are.")


class Figure(BaseModel):
    """One figure. Of one that is hidden (`suppressed`) or withheld, the numbers are null."""

    model_config = ConfigDict(extra="forbid")

    indicator: str
    version: int
    period_start: date
    period_end: date
    by: str
    group: str
    numerator: Number | None
    denominator: Number | None
    value: Number | None
    unit: str
    quality: str
    quality_reason: str
    part: str
    title: str
    unknown: int | None
    rate: Number | None = Field(description="Per 10,000 children, where the indicator has one.")
    target: Number | None
    lower_quartile: Number | None = None
    upper_quartile: Number | None = None
    suppressed: str | None = None
    withheld: str | None = None


class Target(BaseModel):
    """What a figure is judged by."""

    value: Number
    tolerance: Number
    set_by: str
    valid_from: date
    valid_until: date = Field(description="The first day on which it is no longer in force.")


class Point(BaseModel):
    """A figure of a run, and what the control chart says of it."""

    label: str
    figure: Figure
    signal: str


class Run(BaseModel):
    """An indicator over time, and how it reads (an XmR chart)."""

    step: str
    points: list[Point]
    reading: str
    latest: str = Field(description="`concern`, `improvement`, `common` ...: of the latest point.")


class Cell(BaseModel):
    """A published number, or the symbol that stands for it; `of` had a value."""

    value: Number | None
    symbol: str
    of: int | None


class ComparisonRow(BaseModel):
    """One area."""

    name: str
    cells: list[Cell]


class Comparison(BaseModel):
    """What is published of others: a cell for each column."""

    caption: str
    unit: str
    columns: list[str]
    rows: list[ComparisonRow]
    standing: str
    notes: list[str]
    licence: str


class OtherVersion(BaseModel):
    """The headline figure by another version of the definition."""

    version: int
    changed: str
    figure: Figure | None


class Part(BaseModel):
    """All that is said of one part of an indicator."""

    part: str
    title: str
    period: Period
    figure: Figure
    before: Figure | None
    change: str
    judgement: str = Field(description="Against the target.")
    target: Target | None
    quality: str
    quality_reason: str
    run: Run | None
    comparison: Comparison | None
    other_versions: list[OtherVersion]


class Indicator(BaseModel):
    """One indicator: its versions, and each part with its figure, run and comparison."""

    code: str
    snapshot: str
    form: Literal["open", "protected"]
    within: str
    versions: list[Version]
    parts: list[Part] = Field(description="None where the snapshot has no figures of it.")


class Quality(BaseModel):
    """The quality of the data behind an indicator's headline figure."""

    code: str
    version: int
    part: str
    title: str
    computed: bool
    quality: str | None = Field(description="The grade, from A; null where there is no figure.")
    reason: str
    unknown: int | None
    withheld: str


class Page(BaseModel):
    """A page of rows. `next` is the address of the next one, null on the last."""

    snapshot: str
    form: Literal["open", "protected"]
    next: str | None


class Versions(Page):
    """A page of the catalogue."""

    items: list[Version]


class Figures(Page):
    """A page of figures."""

    items: list[Figure]


class Qualities(Page):
    """A page of grades."""

    items: list[Quality]
