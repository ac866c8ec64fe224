"""The fields of minutes as a person confirms them: each with its words, their place, and what is doubtful."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

from sightline.intake.minutes.record import Doubt, Item, Minutes, Quotation, Stated
from sightline.service.scrutiny.reading import participation

ABOUT = ("committee", "council", "date", "venue", "start", "end", "chair")
"""Fields of which there is one; each has a row, with no value where the document does not say it."""
PEOPLE = ("present", "apologies", "in_attendance")
ORDER = (*ABOUT, "participation", *PEOPLE, "items", "declarations", "asks")


@dataclass(frozen=True)
class Read:
    """One thing that was read. `value` is plain JSON, None where nothing was; see `ReadField`."""

    field: str
    value: Any
    words: str = ""
    place: str = ""
    doubt: str = ""


def fields_of(minutes: Minutes) -> list[Read]:
    """Give the fields of minutes in the order in which a person goes through them.

    A doubt stands with the fields read from the same place; where there is none it is a row of its own,
    with the passage and no value.
    """
    rows = [*_about(minutes), *_people(minutes), *_items(minutes), *_asks(minutes)]
    rows = _with_day_that_fits(rows)
    apart = []
    for doubt in minutes.doubts:
        concerned = [at for at, row in enumerate(rows) if _concerns(doubt, row)]
        for at in concerned:
            rows[at] = _doubted(rows[at], doubt.message)
        if not concerned:
            words, place = doubt.quotation.words, doubt.quotation.place
            apart.append(Read(doubt.field, None, words, place, doubt.message))
    order = {name: at for at, name in enumerate(ORDER)}
    return sorted([*rows, *apart], key=lambda row: order.get(row.field, len(order)))


def _concerns(doubt: Doubt, row: Read) -> bool:
    if doubt.field != row.field:
        return False
    return row.field in ABOUT or (row.value is not None and row.place == doubt.quotation.place)


def _doubted(row: Read, message: str) -> Read:
    return replace(row, doubt=f"{row.doubt} {message}".strip())


def _about(minutes: Minutes) -> Iterator[Read]:
    for name in ABOUT:
        stated: Stated[Any] | None = getattr(minutes, name)
        if stated is None:
            yield Read(name, None)
        else:
            value = stated.value.isoformat() if name == "date" else stated.value
            yield _read(name, value, stated.quotation)


def _people(minutes: Minutes) -> Iterator[Read]:
    for name in PEOPLE:
        for stated in getattr(minutes, name):
            yield _read(name, stated.value, stated.quotation)


PRIVATE = "The source marks this item as private. Say why, and what the public may read of it."


def _items(minutes: Minutes) -> Iterator[Read]:
    for item in minutes.items:
        row = _read("items", _item(item), item.quotation)
        yield _doubted(row, PRIVATE) if item.restricted else row
        for passage in item.agenda:
            if found := participation.deadline_in(passage.words):
                yield _read("participation", found.to_json(), passage)
    for each in minutes.declarations:
        value = {name: part for name, part in asdict(each).items() if name != "quotation"}
        yield _read("declarations", value, each.quotation)


def _item(item: Item) -> dict[str, Any]:
    return {
        "number": item.number,
        "title": item.title,
        "restricted": item.restricted,
        "text": [each.words for each in item.text],
        "agenda": [each.words for each in item.agenda],
    }


PROPOSED = "This is of no item: where it is a report's recommendation, nobody has decided it yet."


def _asks(minutes: Minutes) -> Iterator[Read]:
    for ask in minutes.asks:
        row = _read("asks", {"text": ask.text, "kind": ask.kind, "item": ask.item}, ask.quotation)
        yield _doubted(row, PROPOSED) if ask.item is None and not minutes.items else row


def _read(field: str, value: Any, quotation: Quotation) -> Read:
    return Read(field, value, quotation.words, quotation.place)


def _with_day_that_fits(rows: list[Read]) -> list[Read]:
    """Where no date is stated, say what the deadline for participation tells of it: never as its value."""
    stated = [row for row in rows if row.field == "participation"]
    fits = participation.meeting_day(stated[0].value) if stated else None
    if fits is None:
        return rows
    said = f"The date is not stated. The deadline for public participation fits {fits:%-d %B %Y}."
    return [
        replace(row, doubt=said, words=stated[0].words, place=stated[0].place)
        if row.field == "date" and row.value is None
        else row
        for row in rows
    ]
