"""Reads the screening tool: its editions, which held on a day, and what answers suggest.

An authority's own editions are `screening.toml` beside its settings, in the same form; from the first of them
on they hold instead of the example of the package.
"""

import logging
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.conf import settings

ANSWERS = {"yes": "Yes", "possible": "Possibly", "no": "No", "unknown": "Not known"}
"""What a question may be answered. Not known is not no."""
_SHARES = {"yes": 1.0, "possible": 0.5, "no": 0.0, "unknown": 0.0}


_CODE = re.compile(r"[a-z][a-z0-9_]*")
_TAKEN = (
    "edition", "suggested", "level", "level_because", "next_step", "locality", "draft", "made_on",
    "made_on_day", "made_on_month", "made_on_year", "is_child",
)  # fmt: skip
"""Names that the page of a screening has for other things than questions."""
_log = logging.getLogger(__name__)


class ToolError(ValueError):
    """The file of a screening tool is wrong; the message says where and what."""


@dataclass(frozen=True)
class Level:
    """A level of risk, from a score on. `reviewed`: the risk is reviewed monthly while it is so."""

    code: str
    name: str
    start: float
    reviewed: bool
    words: str


@dataclass(frozen=True)
class Question:
    """A question; `weight` is what a yes counts, `at_least` the level a yes alone leads to."""

    code: str
    words: str
    weight: float
    at_least: str = ""


@dataclass(frozen=True)
class Part:
    """Questions that belong together."""

    code: str
    name: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Suggestion:
    """What answers suggest: score and level, how many are not known, and the level were those all yes."""

    score: float
    level: Level
    unknown: int
    could_be: Level


@dataclass(frozen=True)
class Edition:
    """An edition of a tool, in force from a day on."""

    tool: str
    name: str
    edition: str
    since: date
    source: str
    verified: bool
    ages: str
    levels: tuple[Level, ...]
    parts: tuple[Part, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question, in order."""
        return tuple(each for part in self.parts for each in part.questions)

    def level(self, code: str) -> Level | None:
        """Give a level by its code; None where this edition has none such."""
        return next((each for each in self.levels if each.code == code), None)

    def suggest(self, answers: Mapping[str, str]) -> Suggestion:
        """Say what level these answers suggest; KeyError where a question has no answer."""
        given = {each.code: answers[each.code] for each in self.questions}
        supposed = {code: "yes" if said == "unknown" else said for code, said in given.items()}
        unknown = sum(said == "unknown" for said in given.values())
        score, level = self._reckon(given)
        return Suggestion(score, level, unknown, self._reckon(supposed)[1])

    def _reckon(self, answers: Mapping[str, str]) -> tuple[float, Level]:
        score = sum(each.weight * _SHARES[answers[each.code]] for each in self.questions)
        rank = max(place for place, each in enumerate(self.levels) if score >= each.start)
        for each in self.questions:
            if each.at_least and answers[each.code] == "yes":
                rank = max(rank, [level.code for level in self.levels].index(each.at_least))
        return score, self.levels[rank]


def editions() -> tuple[Edition, ...]:
    """Give every edition, the earliest first; `ToolError` where the authority's own file is wrong."""
    own = Path(settings.DEPLOYMENT.store) / "screening.toml"
    return _editions(str(own), own.stat().st_mtime_ns) if own.exists() else _packaged()


def edition_on(day: date) -> Edition:
    """Give the edition in force on a day: the own ones of the authority before the example."""
    found = [each for each in editions() if each.since <= day]
    if not found:
        raise ToolError(f"No screening tool was in force on {day}.")
    return found[-1]


def edition_of(tool: str, edition: str) -> Edition | None:
    """Give the edition that a screening was answered by; None where it is in no file that can be read.

    That the authority's own file is wrong stops new screenings, not the reading of what is on record.
    """
    try:
        found = (*_packaged(), *editions())
    except ToolError:
        _log.exception("the authority's own screening tool cannot be read")
        found = _packaged()
    return next((each for each in found if (each.tool, each.edition) == (tool, edition)), None)


@cache
def _packaged() -> tuple[Edition, ...]:
    text = (files("sightline.service.missing.tools") / "exploitation.toml").read_text("utf-8")
    return _read(text, "exploitation.toml")


@cache
def _editions(own: str, _changed: int) -> tuple[Edition, ...]:
    """Give the example until the authority's own begin; `_changed` tells one state of a file from another."""
    theirs = _read(Path(own).read_text("utf-8"), Path(own).name)
    first = theirs[0].since
    return (*(each for each in _packaged() if each.since < first), *theirs)


def _read(text: str, file: str) -> tuple[Edition, ...]:
    try:
        read = tomllib.loads(text)
        found = sorted(
            (_edition(read["code"], read["name"], each) for each in read["edition"]),
            key=lambda each: each.since,
        )
        for each in found:
            _check(each, file)
    except KeyError as error:
        raise ToolError(f"{file}: {error.args[0]} is missing") from None
    except (tomllib.TOMLDecodeError, TypeError, AttributeError) as error:
        raise ToolError(f"{file}: {error}") from None
    if not found:
        raise ToolError(f"{file}: there is no edition")
    if len({each.edition for each in found}) < len(found):
        raise ToolError(f"{file}: two editions have one name")
    return tuple(found)


def _edition(tool: str, name: str, read: Mapping[str, Any]) -> Edition:
    return Edition(
        tool=tool,
        name=name,
        edition=read["edition"],
        since=read["since"],
        source=read["source"],
        verified=read["verified"],
        ages=read.get("ages", ""),
        levels=tuple(
            Level(each["code"], each["name"], each["from"], each["reviewed"], each["words"])
            for each in read["level"]
        ),
        parts=tuple(
            Part(
                each["code"],
                each["name"],
                tuple(
                    Question(q["code"], q["words"], q["weight"], q.get("at_least", ""))
                    for q in each["question"]
                ),
            )
            for each in read["part"]
        ),
    )


def _check(edition: Edition, file: str) -> None:
    """Go on only with an edition whose scores lead somewhere."""
    where = f"{file}, edition {edition.edition}"
    starts = [each.start for each in edition.levels]
    if not starts or starts[0] != 0 or starts != sorted(set(starts)):
        raise ToolError(
            f"{where}: levels must begin at 0, each from a higher score than the one before"
        )
    codes = [each.code for each in edition.questions]
    parts = [each.code for each in edition.parts]
    if not codes or len(set(codes)) < len(codes) or len(set(parts)) < len(parts):
        raise ToolError(f"{where}: each question and part must have a code of its own")
    for code in (*codes, *parts):
        if not _CODE.fullmatch(code) or code in _TAKEN or code.startswith("shown_"):
            raise ToolError(
                f"{where}: {code!r} cannot be a code: small letters, not {', '.join(_TAKEN)}"
            )
    known = {each.code for each in edition.levels}
    if len(known) < len(edition.levels):
        raise ToolError(f"{where}: two levels have one code")
    for each in edition.questions:
        if each.at_least and each.at_least not in known:
            raise ToolError(f"{where}: question {each.code} names no level: {each.at_least!r}")
        if each.weight <= 0:
            raise ToolError(f"{where}: question {each.code} must have a weight above 0")
