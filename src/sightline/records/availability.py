"""Which record columns a set of formats can fill, and which format would fill a missing one."""

from collections.abc import Iterable
from functools import cache

from sightline.records.model import Format, Kind

FORMAT_NAMES = {
    "cin": "the CIN census",
    "annex_a": "Annex A",
    "ssda903": "the SSDA903 return",
    "ssd": "the Standard Safeguarding Dataset",
    "dfe_api": "the DfE daily API",
    "casework": "Sightline's own casework",
}


def feeders(field: str) -> tuple[Format, ...]:
    """Give the formats that fill `table.column`, in the order of the vocabulary."""
    from sightline.records import TABLES  # noqa: PLC0415 - the package imports its modules first

    table, column = field.split(".")
    return tuple(
        dict.fromkeys(
            feed.format
            for feed in TABLES[table].feeds
            if column in feed.fields or column in feed.constants
        )
    )


@cache
def dated_parts(file_format: str) -> dict[str, tuple[str, ...]]:
    """Give, for each table that has a day in its key, the parts of a format that state the day."""
    from sightline.records import TABLES  # noqa: PLC0415 - the package imports its modules first

    found: dict[str, tuple[str, ...]] = {}
    for name, table in TABLES.items():
        days = {key for key in table.key if table.column(key).kind is Kind.DATE}
        feeds = [feed for feed in table.feeds if feed.format == file_format]
        if parts := tuple(feed.part for feed in feeds if days & feed.fields.keys()):
            found[name] = parts
    return found


def is_latest_only(field: str, file_format: str) -> bool:
    """Say whether a format has of `table.column` only what is latest in each case (`Feed`)."""
    from sightline.records import TABLES  # noqa: PLC0415 - the package imports its modules first

    table, column = field.split(".")
    found = [
        column in feed.latest_only
        for feed in TABLES[table].feeds
        if feed.format == file_format and column in feed.fields
    ]
    return bool(found) and all(found)


def lacking(fields: Iterable[str], formats: Iterable[str]) -> list[str]:
    """Give the fields that none of these formats fill. `a or b` lacks only when both do."""
    loaded = set(formats)
    return [
        field
        for field in fields
        if not any(loaded & set(feeders(either.strip())) for either in field.split(" or "))
    ]


def advice(fields: Iterable[str], formats: Iterable[str]) -> str:
    """Say in one sentence which file would be needed for the fields that are lacking."""
    missing = lacking(fields, formats)
    if not missing:
        return ""
    needed = [
        {name for either in field.split(" or ") for name in feeders(either.strip())}
        for field in missing
    ]
    enough = set.intersection(*needed)
    names = [FORMAT_NAMES[name] for name in FORMAT_NAMES if name in enough]
    shown = ", ".join(missing)
    if names:
        return f"It needs {shown}, which {' or '.join(names)} would give."
    return f"It needs {shown}, which no single format gives."
