"""Records drawn at random, odd but legal, and records of any kind at all. The children are invented."""

import string
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from sightline.intake.cells import BLANK_MARKS, ERROR_VALUES, PLACEHOLDERS
from sightline.intake.sheets import tidy
from sightline.records import TABLES, Kind
from sightline.records.codes import codes, is_national, is_valid
from sightline.store.manifest import Return
from sightline.store.snapshots import Snapshot, Store
from store.made import manifest_of, write_table

Record = dict[str, Any]
Tables = dict[str, list[Record]]
AS_AT = date(2016, 3, 31)
"""The day the drawn returns run to."""

days = st.dates(date(1990, 1, 1), AS_AT)
_marks = BLANK_MARKS | ERROR_VALUES | PLACEHOLDERS
_signs = st.characters(categories=("L", "N", "P", "S", "Zs"), exclude_characters="\u00ad")
texts = (
    st.one_of(
        st.text(_signs, min_size=1, max_size=10),
        st.sampled_from(
            [
                "O'Neill",
                "=1+1",
                "a,b",
                'say "yes"',
                "<b>&amp;</b>",
                "007",
                "1.0",
                "TRUE",
                "Zoë 李 🙂",
                "_x0041_",
            ]
        ),
    )
    .map(tidy)
    .filter(lambda text: text and text.lower() not in _marks and not _is_spaced(text))
)
"""Text as a reader leaves it: no white space at the ends, and nothing that stands for a blank."""


def _is_spaced(text: str) -> bool:
    """Whether it has white space other than plain spaces, which readers make plain in their ways."""
    return any(sign.isspace() and sign != " " for sign in text)


identifiers = st.one_of(
    texts, st.text(string.ascii_letters + string.digits, min_size=1, max_size=12).filter(
        lambda text: text.lower() not in _marks
    ),
)  # fmt: skip


def code(name: str, year: int = 2026) -> st.SearchStrategy[str]:
    """A code of a national list, as it stood in a year."""
    return st.sampled_from(
        [each for each in codes(name) if is_national(name, each) and is_valid(name, each, year)]
    )


def any_code(name: str) -> st.SearchStrategy[str]:
    """A code of a list, ours too."""
    return st.sampled_from(list(codes(name)))


def value(table: str, column: str) -> st.SearchStrategy[Any]:
    """A value of a record's column, never null."""
    found = TABLES[table].column(column)
    return {
        Kind.TEXT: texts,
        Kind.CODE: any_code(found.codes) if found.codes else texts,
        Kind.DATE: days,
        Kind.BOOLEAN: st.booleans(),
        Kind.INTEGER: st.integers(0, 999),
        Kind.DECIMAL: st.integers(0, 400).map(lambda n: n / 8),
    }[found.kind]


def rows(
    draw: st.DrawFn,
    table: str,
    columns: Iterable[str],
    given: Mapping[str, st.SearchStrategy[Any]],
    *,
    most: int = 3,
    unique: Sequence[str] = (),
) -> list[Record]:
    """Draw records: `given` columns as said, the others of `columns` null or a value; none twice."""
    one = st.fixed_dictionaries(
        {
            name: given.get(name, st.none() | value(table, name))
            for name in sorted(set(columns) | set(given))
        }
    )
    by: Callable[[Record], Any] = (
        (lambda row: tuple(row[name] for name in unique))
        if unique
        else (lambda row: tuple(row[name] for name in sorted(row)))
    )
    return draw(st.lists(one, max_size=most, unique_by=by))


def snapshot_of(folder: Path, source: str, tables: Tables) -> Snapshot:
    """Make a snapshot that holds records, as if one return had said them."""
    placed = {
        name: [{"source": source, "return_end": AS_AT, "sheet": "", **row} for row in found]
        for name, found in tables.items()
        if found
    }
    with Store(folder).writing() as draft:
        content = {
            name: write_table(draft.folder / "tables", name, found)
            for name, found in placed.items()
        }
        about = Return(
            source,
            AS_AT - timedelta(days=365),
            AS_AT,
            "885",
            ("abc",),
            {name: len(found) for name, found in placed.items()},
        )
        return draft.publish(manifest_of(content, returns=[about]))
