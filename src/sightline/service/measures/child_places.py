"""Where a child belongs, for the app of restricted children: what every row published of them says."""

from collections.abc import Sequence

from sightline.service.children.whereabouts import Row
from sightline.service.measures.reading import current_reading


def rows_published_of(child_id: str) -> Sequence[Row]:
    """Give every published row of a child; none where nothing is published or the child is not in it."""
    reading = current_reading()
    if reading is None:
        return ()
    return [
        dict(zip(columns, row, strict=True))
        for columns, rows in reading.rows_of_child(child_id).values()
        for row in rows
    ]
