"""The vocabulary: event tables, their columns and meaning, code lists, and each format's fields."""

from sightline.records import care, casework, child, front_door, protection, workforce
from sightline.records.model import DISTRICT, PLACE, Column, Feed, Format, Kind, Table

TABLES: dict[str, Table] = {
    table.name: casework.fed(table)
    for area in (child, front_door, protection, care, workforce)
    for table in area.TABLES
}
"""Every record table by name, in the order of the child's journey."""

__all__ = ["DISTRICT", "PLACE", "TABLES", "Column", "Feed", "Format", "Kind", "Table"]
