"""Reads what the front door is set up with. Each list is small and read once."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Kind:
    """A kind of concern; `until` the last day on which it is offered."""

    code: str
    name: str
    until: date | None = None


@dataclass(frozen=True)
class LawfulReason:
    """Why something may be asked or shared: `uses` are `consent`, `asking`, `sharing`."""

    code: str
    words: str
    source: str
    uses: tuple[str, ...]
    since: date
    status: str
    until: date | None = None

    @property
    def shown(self) -> str:
        """The words with the source, and that nobody has compared them with the law where nobody has."""
        said = f"{self.words} ({self.source})"
        return said if self.status == "verified" else f"{said} ({UNCHECKED})"


UNCHECKED = "words not yet checked against the law"


@cache
def read(name: str) -> dict[str, Any]:
    """Give a file of this folder as it stands."""
    text = (files("sightline.service.frontdoor.seeds") / f"{name}.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def concerns() -> tuple[Kind, ...]:
    """Give the kinds of concern, in the order in which they are offered."""
    return tuple(Kind(**each) for each in read("concerns")["kind"])


def concern_name(code: str) -> str:
    """Give the name of a kind of concern; that it was not said where it is empty."""
    return {each.code: each.name for each in concerns()}.get(code, code) or "Not said"


@cache
def lawful_reasons() -> tuple[LawfulReason, ...]:
    """Give every lawful reason."""
    return tuple(_reason(each) for each in read("lawful")["reason"])


def reasons_for(use: str, day: date) -> list[tuple[str, str]]:
    """Give what may be chosen for a use on a day, as code and words with the source."""
    return [
        (each.code, each.shown)
        for each in lawful_reasons()
        if use in each.uses and each.since <= day and (each.until is None or day <= each.until)
    ]


def reason_words(code: str) -> str:
    """Give the words of a lawful reason with its source; the code where it is none of the list."""
    found = {each.code: each.shown for each in lawful_reasons()}
    return found.get(code, code)


def _reason(entry: Mapping[str, Any]) -> LawfulReason:
    given = dict(entry)
    return LawfulReason(uses=tuple(given.pop("for")), **given)
