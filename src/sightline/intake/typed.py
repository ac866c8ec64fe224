"""Text columns as typed values. Each different text is read once, and its value given to its rows.

Columns repeat themselves: a year has 365 days, and a list of codes a few dozen. What a column does
not repeat, such as identifiers, costs no more than reading every cell would.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from sightline.intake import cells
from sightline.records import Column, Kind


@dataclass(frozen=True)
class Cells:
    """A column as read. `bad` is true where there was text and it could not be used.

    `usable` are the different texts of a code or yes/no that could.
    """

    values: pa.Array
    bad: pa.Array
    usable: tuple[str, ...] = ()

    @property
    def any_bad(self) -> bool:
        """Whether any cell could not be used."""
        return bool(pc.any(self.bad).as_py())


def read_cells(
    connection: duckdb.DuckDBPyConnection, wanted: Iterable[tuple[Column, pa.ChunkedArray]]
) -> list[Cells]:
    """Read text columns as the kinds of record columns, in the order given."""
    listed = list(wanted)
    found: dict[int, Cells] = {}
    of_kind: dict[Kind, list[int]] = defaultdict(list)
    for place, (column, text) in enumerate(listed):
        if column.kind is Kind.TEXT and _is_plain(text):
            found[place] = Cells(text.combine_chunks(), pa.repeat(pa.scalar(False), len(text)))
        elif column.kind in cells.TYPED:
            of_kind[column.kind].append(place)
        else:
            found[place] = _read_words(column, text)
    for kind, places in of_kind.items():
        read = _read_in_sql(connection, kind, [listed[place][1] for place in places])
        found |= dict(zip(places, read, strict=True))
    return [found[place] for place in range(len(listed))]


def _is_plain(text: pa.ChunkedArray) -> bool:
    """Whether all of it is letters and digits, with a digit in each, as identifiers are.

    Text is then read as it stands, and what each row has of its own is not looked up twice.
    """
    plain = pc.and_not(pc.ascii_is_alnum(text), pc.ascii_is_alpha(text))
    return bool(pc.all(plain, min_count=0).as_py())


def _encoded(texts: Iterable[pa.ChunkedArray]) -> pa.DictionaryArray:
    chunks = [chunk for text in texts for chunk in text.chunks]
    encoded = pa.chunked_array(chunks, pa.string()).dictionary_encode().combine_chunks()
    # Without any chunk there is an array without chunks.
    return encoded if isinstance(encoded, pa.Array) else encoded.chunk(0)


def _read_in_sql(
    connection: duckdb.DuckDBPyConnection, kind: Kind, texts: list[pa.ChunkedArray]
) -> list[Cells]:
    """Read columns of one kind with its SQL expression, over the different texts of all of them."""
    encoded = _encoded(texts)
    spellings = pa.table(
        {"raw": encoded.dictionary, "place": pa.array(range(len(encoded.dictionary)), pa.int32())}
    )
    connection.register("intake_incoming", spellings)
    read = connection.sql(
        f"SELECT {cells.TYPED[kind]('raw')} AS value FROM intake_incoming ORDER BY place"
    ).to_arrow_table()
    connection.unregister("intake_incoming")
    values = read.column("value").combine_chunks().take(encoded.indices)
    bad = pc.and_(pc.is_valid(encoded.indices), pc.is_null(values))
    columns = []
    start = 0
    for text in texts:
        columns.append(Cells(values.slice(start, len(text)), bad.slice(start, len(text))))
        start += len(text)
    return columns


def _read_words(column: Column, text: pa.ChunkedArray) -> Cells:
    """Read a column of codes or yes/no."""
    encoded = _encoded([text])
    spellings = encoded.dictionary.to_pylist()
    read = [cells.read_word(column.kind, column.codes, column.name, raw) for raw in spellings]
    if column.kind is Kind.BOOLEAN:
        known = pa.array([None if w.value is None else w.value == "1" for w in read], pa.bool_())
    else:
        known = pa.array([word.value for word in read], pa.string())
    unusable = pa.array([word.unusable for word in read], pa.bool_())
    return Cells(
        known.take(encoded.indices),
        pc.fill_null(unusable.take(encoded.indices), False),
        tuple(raw for raw, word in zip(spellings, read, strict=True) if not word.unusable),
    )
