"""What a snapshot's files can speak of: the columns they hold, the days they cover, their sheets."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sightline.records import TABLES, Feed, Format
from sightline.records.availability import FORMAT_NAMES, feeders
from sightline.store.manifest import Manifest, Return, ReturnPart

_MOST_NAMED = 3


@dataclass(frozen=True)
class FilePart:
    """A file, or a sheet or table of one, that rows come from.

    `file` and `sheet` are what the rows carry; `path` and `format` are those of the file. `part` is the
    module, list or table it is. `letters` gives, for a sheet, each `table.column` and the letter of
    the sheet's column that fills it.
    """

    file: str
    sheet: str
    path: str
    format: str
    in_workbook: bool = False
    part: str = ""
    letters: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Holding:
    """What the files loaded hold.

    `fields` are the `table.column`s that at least one of them has a place for, filled or not. A
    census without any block of a kind has no place for it: older layouts lack some. `periods` are
    the format, first and last day of each return.
    """

    fields: frozenset[str]
    parts: tuple[FilePart, ...] = ()
    periods: tuple[tuple[str, date, date], ...] = ()

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats of the returns, each once."""
        return tuple(sorted({name for name, _, _ in self.periods}))

    def missing(self, fields: Iterable[str]) -> list[str]:
        """Those of the fields that no file has a place for."""
        return [field for field in fields if field not in self.fields]


def holding_of(manifest: Manifest, returns: Sequence[Return] | None = None) -> Holding:
    """Tell from a snapshot's manifest what its files hold; or only those of some of its returns."""
    returns = manifest.returns if returns is None else returns
    paths = {each.key: each.path for each in manifest.inputs}
    fields: set[str] = set()
    parts: dict[FilePart, None] = {}
    for each in returns:
        fields |= set(_fields(each.format, each.parts))
        for part in each.parts:
            path = paths.get(part.file, part.file)
            held = FilePart(
                part.file,
                part.sheet,
                path,
                each.format,
                part.in_workbook,
                part.name,
                tuple(_letters(each.format, part)),
            )
            parts[held] = None
    periods = [(each.format, each.period_start, each.period_end) for each in returns]
    return Holding(frozenset(fields), tuple(parts), tuple(periods))


def files_needed(missing: Iterable[str]) -> str:
    """Say in one sentence which fields no file has, and which files would give them."""
    fields = list(missing)
    giving = [set(feeders(field)) for field in fields]
    enough = set.intersection(*giving) if giving else set()
    named = [
        f"{FORMAT_NAMES[name]}{_parts(name, fields)}" for name in FORMAT_NAMES if name in enough
    ]
    needs = f"It needs {', '.join(fields)}, which no file loaded has"
    if not named:
        return f"{needs}, and no single format gives."
    *rest, last = named
    either = f"{', '.join(rest)} or {last}" if rest else last
    return f"{needs}; {either} would give {'it' if len(fields) == 1 else 'them'}."


def _fields(file_format: str, parts: Sequence[ReturnPart]) -> Iterator[str]:
    for table, feed in _feeds(file_format):
        columns = (*feed.fields, *feed.constants)
        if not parts:  # a return that does not say which parts it has
            yield from (f"{table}.{column}" for column in columns)
        for part in parts:
            if part.name == feed.part:
                absent = part.absent.get(table, ())
                yield from (f"{table}.{column}" for column in columns if column not in absent)


def _letters(file_format: str, part: ReturnPart) -> Iterator[tuple[str, str]]:
    for table, feed in _feeds(file_format):
        if part.letters and feed.part == part.name:
            for column, field in feed.fields.items():
                if letter := part.letters.get(field):
                    yield f"{table}.{column}", letter


def _feeds(file_format: str) -> Iterator[tuple[str, Feed]]:
    for table in TABLES.values():
        for feed in table.feeds:
            if feed.format == file_format:
                yield table.name, feed


def _parts(file_format: str, fields: Iterable[str]) -> str:
    """The parts of a format that hold the fields, in brackets, where they are few enough to name."""
    wanted = set(fields)
    parts = dict.fromkeys(
        f"list {feed.part}" if file_format == Format.ANNEX_A else feed.part
        for table, feed in _feeds(file_format)
        if any(f"{table}.{column}" in wanted for column in (*feed.fields, *feed.constants))
    )
    return f" ({', '.join(parts)})" if len(parts) <= _MOST_NAMED else ""
