"""An indicator's definition: one SQL file with a header that says what it counts.

The SQL yields evidence rows, one for each thing counted, with these columns (days are DATE):

| measure        | columns                                          | figure for a period                |
|----------------|--------------------------------------------------|------------------------------------|
| `count`        | child_id, day                                    | rows dated in it                   |
| `share`        | child_id, day, met                               | of those, share met                |
| `median`       | child_id, day, value                             | median of their values             |
| `mean`         | child_id, day, value                             | mean of their values               |
| `ratio`        | child_id, day, counted, amount                   | sum counted as `numerator` over    |
|                |                                                  | sum counted as `denominator`       |
| `stock`        | child_id, opens, closes                          | rows open on its last day          |
| `stock share`  | child_id, opens, closes, met_from, met_until,    | of those, share met that day       |
|                | known                                            |                                    |
| `stock median` | child_id, opens, closes, since                   | median weeks since then, that day  |
| `children`     | child_id, opens, closes, met                     | different children; share met      |
| `children all` | child_id, opens, closes, met                     | share of different children every  |
|                |                                                  | row of whom is met                 |
| `profile`      | child_id, day, category                          | rows in each category, share of all|
| `stock profile`| child_id, opens, closes, category                | the same, open on its last day     |

`opens` is the first day a row counts and `closes` the first day it no longer does (empty: still). A
row is met from `met_from` and until the day before `met_until` (empty `met_until`: from then on; empty
`met_from`: not met). In `children`, a child is in the denominator when any of its rows touches the
period, and met when a row with `met` does; a row that closes before it opens touches only the periods
that hold both days. `met` empty, or `known` false, means not known: such a row stays in the denominator,
is never counted as met, and is shown beside the figure.

Rows about workers have no child_id. Each says who was in post on one day: a figure is of the rows of the
latest such day in its period, so that nobody is counted once for each extract.

An indicator with several parts (offered, accepted) has a file for each, with `part` in its header.

`fields` are the columns without which there is no figure; `a or b` says that either will do.

`looks_back` says, as `12 months` or `90 days`, how long before the period the records begin to tell: a
figure is graded by whether files cover those days too. In `30 months or table.column`, a column that
files state on the days of the period will do instead.

Columns named in `by` are dimensions. Any other column is detail that the list of children shows.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from sightline.clocks.months import add_months
from sightline.records.sql_header import DefinitionError, listed, read_sql, sql_files

MEASURES = (
    "count",
    "share",
    "median",
    "mean",
    "ratio",
    "stock",
    "stock share",
    "stock median",
    "children",
    "children all",
    "profile",
    "stock profile",
)
POLARITIES = ("higher", "lower", "neutral")
CHILD_DIMENSIONS = ("age", "sex", "ethnicity", "disability")
"""Dimensions every indicator about children has, from the child's own record."""

_REQUIRED = ("code", "version", "title", "area", "measure", "unit", "better", "fields", "source")
_OPTIONAL = (
    *("from", "until", "replaces", "definition", "note", "by", "per", "part", "review"),
    "looks_back",
)
_LOOKS_BACK = re.compile(r"(\d+) (months|days)(?: or (\w+\.\w+))?")


class NotInCatalogueError(LookupError):
    """An indicator or breakdown that the catalogue does not have; the message says what there is."""


@dataclass(frozen=True)
class Definition:
    """One version of one indicator."""

    code: str
    version: int
    title: str
    area: str
    measure: str
    unit: str
    better: str
    fields: tuple[str, ...]
    source: str
    sql: str
    valid_from: date | None = None
    valid_until: date | None = None
    replaces: str = ""
    definition: str = ""
    note: str = ""
    by: tuple[str, ...] = ()
    per: str = ""
    part: str = ""
    needs_review: bool = False
    looks_back: str = ""

    @property
    def is_stock(self) -> bool:
        """Whether the figure is as at a day, rather than over a period."""
        return self.measure.startswith("stock")

    @property
    def is_share(self) -> bool:
        """Whether the figure has a numerator and a denominator of its own."""
        return self.measure in ("share", "stock share", "ratio", "children all") or (
            self.measure == "children" and self.unit == "percent"
        )

    @property
    def is_profile(self) -> bool:
        """Whether the figure is one share for each category."""
        return self.measure.endswith("profile")

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Every breakdown this indicator can be given by."""
        if self.is_profile:
            return ("category",)
        return self.by if self.is_about_workers else (*self.by, *CHILD_DIMENSIONS)

    @property
    def is_about_workers(self) -> bool:
        """Whether its rows are about workers, and have no child."""
        return self.area.startswith("Workforce")

    @property
    def tables(self) -> tuple[str, ...]:
        """The record tables whose columns the definition needs."""
        named = (each for field in self.fields for each in field.split(" or "))
        return tuple(dict.fromkeys(each.split(".")[0] for each in named))

    def looks_from(self, start: date) -> date:
        """Give the first day whose records tell in the figure of a period that starts on a day."""
        if (match := _LOOKS_BACK.fullmatch(self.looks_back)) is None:
            return start
        number = int(match[1])
        months = match[2] == "months"
        return add_months(start, -number) if months else start - timedelta(days=number)

    @property
    def states_instead(self) -> str:
        """The field that will do instead of records of the days it looks back to; empty if none."""
        match = _LOOKS_BACK.fullmatch(self.looks_back)
        return (match[3] or "") if match else ""

    def in_force(self, day: date) -> bool:
        """Whether this version is the one for a period that ends on `day`."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


def parse(text: str, name: str) -> Definition:
    """Read one catalogue file; `DefinitionError` says what is wrong with its header."""
    header, sql = read_sql(text, name, _REQUIRED, _OPTIONAL)
    if header["measure"] not in MEASURES:
        raise DefinitionError(f"{name}: measure {header['measure']!r} is not one of {MEASURES}")
    if header["better"] not in POLARITIES:
        raise DefinitionError(f"{name}: better {header['better']!r} is not one of {POLARITIES}")
    if not _LOOKS_BACK.fullmatch(header.get("looks_back", "0 days")):
        raise DefinitionError(f"{name}: `looks_back` is a number of months or days (or a field)")

    def day(key: str) -> date | None:
        return date.fromisoformat(header[key]) if header.get(key) else None

    return Definition(
        code=header["code"],
        version=int(header["version"]),
        title=header["title"],
        area=header["area"],
        measure=header["measure"],
        unit=header["unit"],
        better=header["better"],
        fields=listed(header["fields"]),
        source=header["source"],
        sql=sql,
        valid_from=day("from"),
        valid_until=day("until"),
        replaces=header.get("replaces", ""),
        definition=header.get("definition", ""),
        note=header.get("note", ""),
        by=listed(header.get("by", "")),
        per=header.get("per", ""),
        part=header.get("part", ""),
        needs_review=header.get("review", "") == "yes",
        looks_back=header.get("looks_back", ""),
    )


@cache
def catalogue() -> tuple[Definition, ...]:
    """Every version of every indicator, in the order of area folder and code."""
    definitions = [
        parse(text, name) for name, text in sql_files(files("sightline.indicators") / "catalogue")
    ]
    seen: set[tuple[str, str, int]] = set()
    for definition in definitions:
        if (identity := (definition.code, definition.part, definition.version)) in seen:
            raise DefinitionError(f"{' '.join(map(str, identity))} stands twice in the catalogue")
        seen.add(identity)
    return tuple(definitions)


def codes() -> tuple[str, ...]:
    """Every indicator code once, in catalogue order."""
    return tuple(dict.fromkeys(definition.code for definition in catalogue()))


def versions(code: str) -> tuple[Definition, ...]:
    """Give every part and version of one indicator; `NotInCatalogueError` if there is none."""
    found = sorted(
        (definition for definition in catalogue() if definition.code == code),
        key=lambda definition: (definition.part, definition.version),
    )
    if not found:
        raise NotInCatalogueError(
            f"There is no indicator {code}. `sightline indicators` lists those there are."
        )
    return tuple(found)
