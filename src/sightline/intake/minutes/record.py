"""What minutes say, each thing with the words it was read from and where they stand."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Generic, Literal, TypeVar

T = TypeVar("T")

AskKind = Literal["request", "resolution", "recommendation", "undertaking"]
Rendering = Literal["text", "pdf", "page", "xml"]


@dataclass(frozen=True)
class Quotation:
    """Words of the source, as printed, and their place: `line 12`, `page 2, line 5`, `item 4`."""

    words: str
    place: str


@dataclass(frozen=True)
class Stated(Generic[T]):
    """A value the source states, with the words that state it."""

    value: T
    quotation: Quotation


@dataclass(frozen=True)
class Item:
    """A minuted item. `number` is as printed without its full stop; none where the text has lost it.

    `text` holds its paragraphs, `agenda` those printed before "Minutes:", which say what was
    planned and not what was done.
    """

    number: str | None
    title: str
    quotation: Quotation
    text: tuple[Quotation, ...] = ()
    agenda: tuple[Quotation, ...] = ()
    restricted: bool = False


@dataclass(frozen=True)
class Declaration:
    """An interest that a member declared. `kind` is as printed; `item` is the number cited.

    The number may be of no item there is: it is kept, and doubted. `left_meeting` is whether the text
    says that the member left, withdrew or was to leave.
    """

    member: str
    kind: str | None
    item: str | None
    left_meeting: bool
    quotation: Quotation


@dataclass(frozen=True)
class Ask:
    """What a body decided, or somebody was asked or undertook to do; `text` is the exact words."""

    text: str
    kind: AskKind
    item: str | None
    quotation: Quotation


@dataclass(frozen=True)
class Doubt:
    """What a person has to read: the field concerned, why, and the passage."""

    field: str
    message: str
    quotation: Quotation


@dataclass(frozen=True)
class Minutes:
    """The minutes of one meeting. What the source does not state is none or empty."""

    file: str
    rendering: Rendering
    committee: Stated[str] | None = None
    council: Stated[str] | None = None
    date: Stated[date] | None = None
    venue: Stated[str] | None = None
    start: Stated[str] | None = None
    end: Stated[str] | None = None
    chair: Stated[str] | None = None
    present: tuple[Stated[str], ...] = ()
    apologies: tuple[Stated[str], ...] = ()
    in_attendance: tuple[Stated[str], ...] = ()
    items: tuple[Item, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    asks: tuple[Ask, ...] = ()
    truncated: Stated[bool] | None = None
    doubts: tuple[Doubt, ...] = field(default=())

    def doubting(self, *doubts: Doubt) -> "Minutes":
        """The same with more doubts."""
        return replace(self, doubts=(*self.doubts, *doubts))

    def to_json(self) -> dict[str, Any]:
        """The record as plain values, with the keys that expected records have."""

        def value(stated: Stated[Any] | None) -> Any:
            return None if stated is None else stated.value

        return {
            "committee": value(self.committee),
            "council": value(self.council),
            "date": None if self.date is None else self.date.value.isoformat(),
            "venue": value(self.venue),
            "start": value(self.start),
            "end": value(self.end),
            "chair": value(self.chair),
            "present": [each.value for each in self.present],
            "apologies": [each.value for each in self.apologies],
            "in_attendance": [each.value for each in self.in_attendance],
            "items": [{"number": each.number, "title": each.title} for each in self.items],
            "declarations": [
                {
                    "member": each.member,
                    "kind": each.kind,
                    "item": each.item,
                    "left_meeting": each.left_meeting,
                }
                for each in self.declarations
            ],
            "asks": [{"text": a.text, "kind": a.kind, "item": a.item} for a in self.asks],
            "truncated": self.truncated is not None,
        }
