"""Whose the published rows are where casework has parted two records since they were made.

What returns say under a number that was merged is read as of the record that stood for the child then
(`intake.combine`). Where the two were parted since, rows of the one stand under the number of the other until
casework is fed again. Until then each has what its own number alone states, and what both state, or casework
fed of the two together, neither has.
"""

from typing import Any

from sightline.records import TABLES, Format
from sightline.service.accounts.models import Person
from sightline.service.children.merged import numbers_with
from sightline.service.children.queries import hidden_from
from sightline.service.measures.reading import Key, Reading

Rows = dict[str, tuple[list[str], list[tuple[Any, ...]]]]


def parted_from(reading: Reading, number: str) -> frozenset[str]:
    """Give the numbers that were one with this one when the records were made, and are not any more."""
    root = reading.merged.get(number, number)
    together = {root, *(each for each, stands in reading.merged.items() if stands == root)}
    return frozenset(together - set(numbers_with(number))) if len(together) > 1 else frozenset()


def rows_as_parted(reading: Reading, number: str) -> Rows:
    """Give every published row that is of a number as things stand: by table, names of columns, then rows."""
    root, others = reading.merged.get(number, number), parted_from(reading, number)
    if not others or (root != number and root not in others):
        return reading.rows_of_child(number)
    own = reading.stated_by(number)
    foreign = frozenset[Key]().union(*map(reading.stated_by, others))
    found: Rows = {}
    for table, (columns, rows) in reading.rows_of_child(root).items():
        places = [columns.index(name) for name in TABLES[table].key if name != "child_id"]
        source = columns.index("source")
        kept = [
            row
            for row in rows
            if row[source] != Format.CASEWORK
            and (key := (table, *(row[each] for each in places))) not in foreign
            and (number == root or key in own)
        ]
        if kept:
            found[table] = (columns, kept)
    return found


def hidden_in(reading: Reading, person: Person) -> frozenset[str]:
    """Give the numbers under which published rows are about a child that a person may not know of now.

    Among them is that of a child with whom the hidden one was one record when the rows were made.
    """
    hidden = hidden_from(person)
    return hidden | {reading.merged[each] for each in hidden & reading.merged.keys()}
