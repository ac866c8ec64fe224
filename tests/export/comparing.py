"""Holds the records of two snapshots against each other, column by column."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sightline.records import TABLES
from sightline.store.snapshots import Snapshot


@dataclass
class Difference:
    """Records of one table that only one of two snapshots has, over the columns compared."""

    columns: tuple[str, ...]
    lost: Counter[tuple[object, ...]] = field(default_factory=Counter)
    gained: Counter[tuple[object, ...]] = field(default_factory=Counter)


def records(snapshot: Snapshot, table: str, columns: Iterable[str], where: str = "true") -> Counter:
    """Give the records of a table, each as its values in these columns."""
    names = ", ".join(f'"{name}"' for name in columns)
    with snapshot.connect() as connection:
        rows = connection.execute(f"SELECT {names} FROM {table} WHERE {where}").fetchall()
    return Counter(rows)


def differences(
    before: Snapshot, after: Snapshot, held: Mapping[str, Iterable[str]]
) -> dict[str, Difference]:
    """Give the tables whose records differ, over the columns held; others may not have any."""
    found = {}
    for table in TABLES:
        columns = tuple(c.name for c in TABLES[table].columns if c.name in set(held.get(table, ())))
        if not columns:
            continue
        one, other = records(before, table, columns), records(after, table, columns)
        if one != other:
            found[table] = Difference(columns, one - other, other - one)
    return found
