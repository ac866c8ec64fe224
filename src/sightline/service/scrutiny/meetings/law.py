"""What the law says of meetings, read from `law.toml`, and the kinds of interest of `interests.toml`.

Each rule says whether its source was read, and whether anybody compared it with the law in force: what
nobody checked is never shown as settled.
"""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Rule:
    """One rule. `status` is `read` or `unverified`; `current` the day it was compared with the law."""

    code: str
    title: str
    says: str
    source: str
    status: str
    current: date | None = None

    @property
    def standing(self) -> str:
        """How far it may be relied on, in words."""
        if self.status != "read":
            return "From general knowledge, not verified. Check it before you quote it."
        if self.current is None:
            return "The source was read, but not compared with the law in force. Check before you quote it."
        return f"Compared with the law in force on {self.current:%-d %B %Y}."


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of Part 1 of Schedule 12A: 1 to 7, its words, and words that are its alone."""

    number: int
    words: str
    marks: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class UsualInterest:
    """A kind of interest as most councils have it."""

    name: str
    effect: str
    source: str
    starts: date | None = None
    ends: date | None = None


@cache
def _law() -> dict[str, Any]:
    return _read("law.toml")


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__package__) / name).read_text("utf-8"))


@cache
def rules() -> dict[str, Rule]:
    """Give the rules by their codes."""
    return {each["code"]: Rule(**each) for each in _law()["rule"]}


@cache
def paragraphs() -> dict[int, Paragraph]:
    """Give the paragraphs of exempt information by their numbers."""
    return {each["number"]: Paragraph(**each) for each in _law()["paragraph"]}


def remote_counts(day: date) -> bool:
    """Whether members who attended remotely on a day counted as present."""
    return any(each["starts"] <= day <= each["ends"] for each in _law()["remote"])


def usual_interests() -> list[UsualInterest]:
    """Give the kinds of interest that most councils have."""
    return [UsualInterest(**each) for each in _read("interests.toml")["kind"]]
