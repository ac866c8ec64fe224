"""Whether the executive gave notice of a decision in time: 28 clear days for what is key or private.

A clear day is neither that of the notice nor that of the decision. The rules are rows of `notice.toml`,
each with its source, whether that was read, and whether it was checked against the law as it stands.
"""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from sightline.present.words import day as in_words


@dataclass(frozen=True)
class Rule:
    """How much notice is given of a kind of decision (`key` or `private`), and where that is from."""

    of: str
    says: str
    days: int
    source: str
    status: str
    counting_source: str
    counting_status: str
    checked: date | None = None

    @property
    def standing(self) -> str:
        """How far the rule may be relied on, in a sentence."""
        if self.checked is not None:
            return f"{self.source}, checked on {in_words(self.checked)}."
        read = "read" if self.status == "read" else "not read"
        return (
            f"{self.source}: the text was {read}, and has not been checked against the law as it stands. "
            f"How the days are counted is {'' if self.counting_status == 'read' else 'not '}"
            "settled by what was read. Check both before you quote it."
        )


@dataclass(frozen=True)
class LessNotice:
    """A way to decide with less notice, which needs the chair of the scrutiny committee."""

    name: str
    of: str
    says: str
    days: int
    source: str
    status: str


class Standing(StrEnum):
    """What can be said of a notice."""

    NOT_NEEDED = "not needed"
    NOT_KNOWN = "not known"
    IN_TIME = "in time"
    LATE = "late"


@dataclass(frozen=True)
class Notice:
    """How the notice of one decision stands, in a `sentence`.

    `latest` is the last day it could be published on, `rules` are those that ask for it, `exceptions` what
    a late one needs.
    """

    standing: Standing
    sentence: str
    latest: date | None = None
    clear_days: int | None = None
    rules: tuple[Rule, ...] = ()
    exceptions: tuple[LessNotice, ...] = ()


def clear_days(notice: date, decision: date) -> int:
    """Count the clear days between a notice and a decision; negative where it came after."""
    return (decision - notice).days - 1


def check(planned_for: date, notice_on: date | None, *, is_key: bool, is_private: bool) -> Notice:
    """Say whether notice was given in time. One that is not known is not late: it is asked for."""
    wanted = tuple(
        rule
        for rule in rules()
        if (rule.of == "key" and is_key) or (rule.of == "private" and is_private)
    )
    if not wanted:
        return Notice(
            Standing.NOT_NEEDED, "Neither key nor private: no notice of 28 clear days is asked for."
        )
    days = max(rule.days for rule in wanted)
    latest = planned_for - timedelta(days=days + 1)
    if notice_on is None:
        return Notice(
            Standing.NOT_KNOWN,
            f"When notice was published is not recorded. For {days} clear days before "
            f"{in_words(planned_for)} the last day was {in_words(latest)}.",
            latest,
            None,
            wanted,
        )
    counted = clear_days(notice_on, planned_for)
    given = f"Notice on {in_words(notice_on)} gives {max(counted, 0)} clear days"
    if counted >= days:
        return Notice(Standing.IN_TIME, f"{given}; {days} are asked for.", latest, counted, wanted)
    return Notice(
        Standing.LATE,
        f"{given}; {days} are asked for, so the last day was {in_words(latest)}. It may be decided then "
        "only in one of the ways below, each of which needs the chair of the scrutiny committee.",
        latest,
        counted,
        wanted,
        tuple(each for each in exceptions() if any(rule.of == each.of for rule in wanted)),
    )


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rules."""
    return tuple(Rule(**row) for row in _said()["rule"])


@cache
def exceptions() -> tuple[LessNotice, ...]:
    """Give the ways to decide with less notice."""
    return tuple(LessNotice(**row) for row in _said()["exception"])


def _said() -> dict[str, list[dict[str, Any]]]:
    file = files("sightline.service.scrutiny.programme") / "notice.toml"
    return tomllib.loads(file.read_text("utf-8"))
