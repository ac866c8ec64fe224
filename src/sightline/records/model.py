"""What a record table is: its columns, its key, and where each format holds it.

A `Table` is one kind of event (a referral, a visit) or thing (a child, a worker). A `Feed` says how
one part of one format fills it. Readers, casting, exports and the reference page are all driven by
these, so a column is described once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """The type of a column; the value is its SQL type. A moment is of Coordinated Universal Time."""

    TEXT = "VARCHAR"
    CODE = "VARCHAR /* code */"
    DATE = "DATE"
    MOMENT = "TIMESTAMP"
    BOOLEAN = "BOOLEAN"
    INTEGER = "INTEGER"
    DECIMAL = "DOUBLE"

    @property
    def sql(self) -> str:
        """The SQL type, for example `VARCHAR` for a code."""
        return self.value.split(" ")[0]


class Format(StrEnum):
    """The formats Sightline reads."""

    CIN = "cin"
    ANNEX_A = "annex_a"
    SSDA903 = "ssda903"
    SSD = "ssd"
    DFE_API = "dfe_api"
    CASEWORK = "casework"


@dataclass(frozen=True)
class Column:
    """One column: its meaning, unit and, for a code, the list its values come from."""

    name: str
    kind: Kind
    meaning: str
    unit: str = ""
    codes: str = ""


@dataclass(frozen=True)
class Feed:
    """How one part of a format fills a table.

    `part` is the census module, Annex A list number, SSDA903 table, SSD table or property of the
    DfE daily API. `fields` gives, for a column, the field's name in that part. In SSD, `a>b`
    follows the key in field `a` and takes field `b` of the row it points at; `a.KEY` takes a key of
    the JSON in `a`; `a[]` takes each element of it; `a[b=V]` takes `a` where field `b` is V;
    `a~words` is yes where the text of `a` matches the pattern, else not known; `a@d` takes the
    child's `a`, of another table, in force on day `d`. In SSDA903, `ACCOM[suitable]` is the digit
    of the code. `constants` are values the part implies; `@return_end` stands for the last day the
    return covers. A row of the part gives a record only where every one of the table's `needs` is
    filled. `latest_only` are columns of which it has what is latest in each case as the return's last
    day finds it, and so nothing of how things stood on the days before.
    """

    format: Format
    part: str
    fields: Mapping[str, str]
    constants: Mapping[str, str] = field(default_factory=dict)
    latest_only: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """One kind of record.

    `key` is what makes two rows from different returns the same record. `needs` are the columns
    without which a row means nothing, and of `either` one is enough; a row lacking them is rejected
    with a finding, unless all of the part's own columns are blank for this table (a conference not
    held is not an error). A row that lacks the first of `either` is kept with a finding.
    """

    name: str
    meaning: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    feeds: tuple[Feed, ...]
    needs: tuple[str, ...] = ()
    either: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        names = [column.name for column in self.columns]
        if len(set(names)) != len(names):
            raise ValueError(f"{self.name}: a column is named twice")
        known = set(names)
        for feed in self.feeds:
            if unknown := {*feed.fields, *feed.constants, *feed.latest_only} - known:
                raise ValueError(f"{self.name}: feed {feed.part} fills no such column {unknown}")
        if unknown := (set(self.key) | set(self.needs) | set(self.either)) - known:
            raise ValueError(f"{self.name}: no such column {unknown}")

    def column(self, name: str) -> Column:
        """Give the column of this name; `KeyError` if there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name} has no column {name}")


PLACE = (
    Column(
        "source",
        Kind.CODE,
        "Format the row came from: cin, annex_a, ssda903, ssd, dfe_api or casework",
    ),
    Column("return_end", Kind.DATE, "Last day the return it came from covers"),
    Column("file", Kind.TEXT, "First 12 characters of the SHA-256 of the file"),
    Column("sheet", Kind.TEXT, "Sheet of a workbook, or table of a set; empty for XML"),
    Column("line", Kind.INTEGER, "Line of the file, or row of the sheet, from 1"),
)
"""Columns that every table ends with: where the row can be found again."""

DISTRICT = Column("district", Kind.TEXT, "District, from the authority's list of places")
"""Column that tables about children have before `PLACE` once returns are combined."""
