"""How a field is shown to whoever decides of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sightline.present.words import capitalised
from sightline.service.scrutiny.models import Committee, ReadField
from sightline.service.scrutiny.reading import words
from sightline.service.scrutiny.reading.forms import label_of

_RULES = dict(Committee.ParticipationRule.choices)
_KINDS = {
    "request": "Request",
    "recommendation": "Recommendation",
    "undertaking": "Undertaking",
    "resolution": "Decision",
}


@dataclass(frozen=True)
class Shown:
    """A field as its card shows it. `value` is a line, `more` paragraphs under it, `note` what follows."""

    field: ReadField
    label: str
    value: str
    more: list[str]
    note: str
    anchor: str

    @property
    def may_accept(self) -> bool:
        """Whether there is a value that could be taken as it was read."""
        value = self.field.value
        return value is not None and not (isinstance(value, Mapping) and value.get("restricted"))

    @property
    def needs_decision(self) -> bool:
        """Whether a person decides of it; what is not said needs nothing."""
        return self.field.value is not None or bool(self.field.doubt)


def shown_field(field: ReadField, anchors: Mapping[str, str]) -> Shown:
    """Give a field as it is shown; `anchors` are those of the passages, by place."""
    put_right = field.decision == ReadField.Decision.CORRECTED
    value = field.corrected if put_right else field.value
    line, more, note = _parts(field.field, value)
    return Shown(field, label_of(field), line, more, note, anchors.get(field.place, ""))


def _parts(name: str, value: Any) -> tuple[str, list[str], str]:
    if value is None:
        return "", [], ""
    show = {
        "items": _item,
        "declarations": _declaration,
        "asks": _ask,
        "participation": _participation,
    }.get(name)
    if show:
        return show(value)
    return (f"{date.fromisoformat(value):%A %-d %B %Y}" if name == "date" else str(value)), [], ""


def _item(value: Mapping[str, Any]) -> tuple[str, list[str], str]:
    text, agenda = (_paragraphs(value[part]) for part in ("text", "agenda"))
    planned = [f"On the agenda: {each}" for each in agenda]
    return f"{value.get('number') or 'No number'} {value['title']}", [*planned, *text], ""


def _paragraphs(text: str | list[str]) -> list[str]:
    return text.split("\n\n") if isinstance(text, str) and text else list(text)


def _declaration(value: Mapping[str, Any]) -> tuple[str, list[str], str]:
    left = {True: "Left the meeting", False: "Stayed", None: "Whether they left is not said"}
    about = f"about item {value['item']}" if value.get("item") else "about no item that is named"
    kind = capitalised(value.get("kind") or "kind not stated")
    return value["member"], [], f"{kind}, {about}. {left[value['left_meeting']]}."


def _ask(value: Mapping[str, Any]) -> tuple[str, list[str], str]:
    kind = _KINDS.get(value["kind"], value["kind"])
    where = f"minute {value['item']}" if value.get("item") else "no minute"
    note = f"{kind}, {where}."
    if value["kind"] == "resolution" and words.asks_nothing(value["text"]):
        return (
            value["text"],
            [],
            f"{note} It asks nothing of anybody, so it stays in the minute only.",
        )
    due = value.get("due_words") or words.due_words(value["text"])
    return value["text"], [], f"{note} Due “{due}”." if due else note


def _participation(value: Mapping[str, Any]) -> tuple[str, list[str], str]:
    to = f" Notice goes to: {value['to']}." if value["to"] else ""
    rule = _RULES[value["rule"]].lower()
    if value["days"] == 1:
        rule = rule.replace("days", "day", 1)
    note = "It becomes the committee's rule where it has none." + to
    return f"{value['time']}, {value['days']} {rule}", [], note
