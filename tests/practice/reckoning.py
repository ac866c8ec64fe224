"""An example of the chapters on requests and on casework: what is known, what is reckoned from it, and why.

As with `example.Example`, the same call runs as a test and becomes a paragraph of docs/reference/practice.
What it reckons with is imported as it runs: the other chapters know nothing of the service.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from practice import casework_rules

Facts = Mapping[str, str]


def parse_facts(text: str) -> dict[str, str]:
    """Read facts drawn as text: a line of names, a line of values, separated by `|`."""
    names, values = [
        [cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()
    ]
    return dict(zip(names, values, strict=True))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _due(facts: Facts) -> str:
    from sightline.service.scrutiny.asks.due import reckon

    found = reckon(
        facts["words"], _day(facts["meeting"]), lambda: _day(facts.get("next meeting", ""))
    )
    if found.day:
        return found.day.isoformat()
    return f"waits for: {found.awaits}" if found.awaits else "no date"


def _response(facts: Facts) -> str:
    from sightline.service.scrutiny.asks.clocks import clock_of
    from sightline.service.scrutiny.asks.due import statutory_due

    received = date.fromisoformat(facts["notice received"])
    return str(statutory_due(received, clock_of(facts["by"], received)).day)


def _papers(facts: Facts) -> str:
    from sightline.service.scrutiny.meetings.deadlines import publication

    return publication(
        date.fromisoformat(facts["meeting"]), int(facts["clear days"])
    ).day.isoformat()


def _speaking(facts: Facts) -> str:
    from sightline.service.scrutiny.meetings.deadlines import DAYS, WORKING_DAYS, participation

    rule = {"working days": WORKING_DAYS, "days": DAYS}[facts["days that count"]]
    at = time.fromisoformat(facts["at"])
    meeting = date.fromisoformat(facts["meeting"])
    return participation(meeting, rule, int(facts["before"]), at).day.isoformat()


def _notice(facts: Facts) -> str:
    from sightline.service.scrutiny.programme.notice import check

    found = check(
        date.fromisoformat(facts["decision"]),
        _day(facts["notice"]),
        is_key=facts["key"] == "yes",
        is_private=facts["in private"] == "yes",
    )
    return str(found.standing)


def _standing(facts: Facts) -> str:
    from django.utils import timezone

    from sightline.service.scrutiny.asks.standing import standing, with_standing
    from sightline.service.scrutiny.models import Ask, Committee, Reply

    panel = Committee.objects.create(name="Panel", slug="panel", kind="scrutiny")
    ask = Ask.objects.create(
        committee=panel,
        reference="1a",
        kind="request",
        text="Figures",
        state=facts["state"].replace(" ", "_"),
        due=_day(facts["due"]),
        rag_override=facts.get("set to", ""),
        rag_because="A reason" if facts.get("set to") else "",
    )
    on = date.fromisoformat(facts["on"])
    if facts["reply"]:
        Reply.objects.create(
            ask=ask,
            text="An answer",
            evidence="What shows it" if facts["reply"] == "with what shows it" else "",
            sent_at=timezone.make_aware(datetime.combine(on, time(9))),
        )
    found = standing(with_standing(Ask.objects.all(), on).get(), on)
    days = "1 day" if found.days == 1 else f"{found.days} days"
    late = f", {days} overdue" if found.days else ""
    return f"{found.level}: {found.word}{late}"


RULES: dict[str, tuple[str, Callable[[Facts], str]]] = {
    "due": ("Due", _due),
    "response": ("To be answered by", _response),
    "papers": ("Published by", _papers),
    "speaking": ("By", _speaking),
    "notice": ("Notice", _notice),
    "standing": ("Stands", _standing),
    **casework_rules.RULES,
}
"""What can be reckoned: its name in the manual, and how."""


@dataclass(frozen=True)
class Reckoning:
    """One paragraph of a chapter: `gives` is a date, or the words that people are shown."""

    rule: str
    facts: str
    gives: str
    guidance: str

    @property
    def name(self) -> str:
        """What was reckoned, in the manual's words."""
        return RULES[self.rule][0]

    @property
    def names(self) -> tuple[str, ...]:
        """What is known, by name."""
        return tuple(parse_facts(self.facts))

    @property
    def values(self) -> tuple[str, ...]:
        """What is known of each, empty where it is not."""
        return tuple(parse_facts(self.facts).values())

    def check(self) -> None:
        """Reckon it, and compare."""
        got: Any = RULES[self.rule][1](parse_facts(self.facts))
        assert got == self.gives, f"{self.name}: {got}, not {self.gives}"
