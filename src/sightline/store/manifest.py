"""What a snapshot says of itself: the files it was made of, its tables, and what was found."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

LAYOUT = 1
"""Version of the folder's layout. A newer one is refused, never guessed at."""


class ManifestError(ValueError):
    """A manifest that is damaged or newer than this Sightline; the message says which."""


@dataclass(frozen=True)
class InputFile:
    """A file that was read. `period` is the last day of the return it belongs to.

    `rows_read` = `rows_kept` + `rejected` + rows that no table of the vocabulary holds.
    """

    path: str
    sha256: str
    size: int
    encoding: str
    format: str
    period: date
    rows_read: int
    rows_kept: int
    rejected: int

    @property
    def key(self) -> str:
        """The short name that rows carry in their `file` column."""
        return self.sha256[:12]


@dataclass(frozen=True)
class ReturnPart:
    """A module, list or table of a return: which rows came from it, and what it cannot say.

    `file` and `sheet` are those of the rows; `in_workbook` tells a sheet's rows from a file's lines.
    `absent` gives, for a record table, the columns for which the part has no field. `letters` gives, for
    a sheet, the letter of each field's column.
    """

    file: str
    sheet: str
    name: str
    in_workbook: bool = False
    absent: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    letters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Return:
    """One return held: one format up to one day.

    `files` are short names of files. `tables` gives the rows of every record table the return can
    speak of; 0 says that it could have held some and held none. `starts` gives the first day for each
    of these that begins later than the return. `made` is the moment at which it was made, where it says so.
    """

    format: str
    period_start: date
    period_end: date
    authority: str
    files: tuple[str, ...]
    tables: Mapping[str, int]
    parts: tuple[ReturnPart, ...] = ()
    facts: tuple[str, ...] = ()
    starts: Mapping[str, date] = field(default_factory=dict)
    made: datetime | None = None

    @property
    def folder(self) -> str:
        """The name of its folder under `returns/`."""
        return f"{self.format}-{self.period_end}"


@dataclass(frozen=True)
class TableContent:
    """Rows of a table, the hash of their content, and the names of its columns."""

    rows: int
    hash: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Manifest:
    """All that is known of a snapshot beside its rows.

    `findings` counts the rows of the table `finding`; `rejected` the records that could not be made,
    over all files. `places` is the SHA-256 of the list of places it was made with, or empty.
    """

    id: str
    created: datetime
    parent: str
    software: str
    inputs: tuple[InputFile, ...]
    returns: tuple[Return, ...]
    tables: Mapping[str, TableContent]
    findings: int
    rejected: int
    places: str = ""
    facts: tuple[str, ...] = ()
    layout: int = LAYOUT

    def to_json(self) -> dict[str, Any]:
        """Give plain values; dates are ISO text."""
        plain: dict[str, Any] = _plain(asdict(self))
        return plain

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "Manifest":
        """Read what `to_json` gave. `ManifestError` if it is damaged or of a newer layout."""
        try:
            layout = int(values["layout"])
            if layout > LAYOUT:
                raise ManifestError(
                    f"was written by a newer Sightline (layout {layout}, this one knows {LAYOUT})"
                )
            return cls(
                id=str(values["id"]),
                created=datetime.fromisoformat(values["created"]),
                parent=str(values["parent"]),
                software=str(values["software"]),
                inputs=tuple(
                    InputFile(**{**each, "period": date.fromisoformat(each["period"])})
                    for each in values["inputs"]
                ),
                returns=tuple(_return(each) for each in values["returns"]),
                tables={
                    name: TableContent(int(of["rows"]), str(of["hash"]), tuple(of["columns"]))
                    for name, of in values["tables"].items()
                },
                findings=int(values["findings"]),
                rejected=int(values["rejected"]),
                places=str(values["places"]),
                facts=tuple(values["facts"]),
                layout=layout,
            )
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
            if isinstance(error, ManifestError):
                raise
            raise ManifestError("has a damaged manifest") from error


def _return(values: Mapping[str, Any]) -> Return:
    return Return(
        format=str(values["format"]),
        period_start=date.fromisoformat(values["period_start"]),
        period_end=date.fromisoformat(values["period_end"]),
        authority=str(values["authority"]),
        files=tuple(values["files"]),
        tables={str(name): int(rows) for name, rows in values["tables"].items()},
        parts=tuple(
            ReturnPart(
                file=str(each["file"]),
                sheet=str(each["sheet"]),
                name=str(each["name"]),
                in_workbook=bool(each["in_workbook"]),
                absent={str(name): tuple(of) for name, of in each["absent"].items()},
                letters={str(name): str(of) for name, of in each.get("letters", {}).items()},
            )
            for each in values["parts"]
        ),
        facts=tuple(values["facts"]),
        starts={name: date.fromisoformat(day) for name, day in values.get("starts", {}).items()},
        made=datetime.fromisoformat(made) if (made := values.get("made")) else None,
    )


def _plain(value: object) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value
