"""How a suggestion scores: criteria, points and what each means, from a TOML file a council may change."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.conf import settings

OWN_FILE = "scrutiny-criteria.toml"
"""In the folder of a deployment: the council's own criteria, in place of those that come with Sightline."""


class CriteriaError(ValueError):
    """A file of criteria that cannot be used; the message names the file and the place in it."""


@dataclass(frozen=True)
class Criterion:
    """What is asked of a suggestion, and what each number of points means."""

    code: str
    name: str
    question: str
    points: tuple[tuple[int, str], ...]

    @property
    def most(self) -> int:
        """The most points it gives."""
        return max(points for points, _ in self.points)


@dataclass(frozen=True)
class Criteria:
    """A council's criteria, since when, and where they are from."""

    title: str
    since: date
    source: str
    criteria: tuple[Criterion, ...]

    @property
    def most(self) -> int:
        """The most points a suggestion can have."""
        return sum(each.most for each in self.criteria)


@dataclass(frozen=True)
class Score:
    """How a suggestion scores. What is not scored yet is not 0: it is listed.

    `no_longer` are codes it was scored by once, of criteria there are no longer; they do not count.
    """

    points: int
    most: int
    missing: tuple[str, ...]
    no_longer: tuple[str, ...]
    parts: tuple[tuple[Criterion, int | None, str], ...]

    @property
    def words(self) -> str:
        """The score in words: `7 of 10`, `not scored yet`, `4 of 6 so far`."""
        if len(self.missing) == len(self.parts):
            return "not scored yet"
        scored = sum(each.most for each, points, _ in self.parts if points is not None)
        return f"{self.points} of {scored}" + (" so far" if self.missing else "")


def score(scores: Mapping[str, Any], by: Criteria) -> Score:
    """Add up what a suggestion was given. `scores` are points by criterion code."""
    parts = []
    for each in by.criteria:
        given = scores.get(each.code)
        meaning = dict(each.points).get(given) if isinstance(given, int) else None
        parts.append((each, given if meaning is not None else None, meaning or ""))
    known = {each.code for each in by.criteria}
    return Score(
        points=sum(points for _, points, _ in parts if points is not None),
        most=by.most,
        missing=tuple(each.name for each, points, _ in parts if points is None),
        no_longer=tuple(sorted(code for code in scores if code not in known)),
        parts=tuple(parts),
    )


def criteria() -> Criteria:
    """Give the criteria in force here: the council's own, or those that come with Sightline.

    `CriteriaError` where the council's file cannot be used.
    """
    own = Path(settings.DEPLOYMENT.home) / OWN_FILE
    return _read_own(own, own.stat().st_mtime_ns) if own.is_file() else packaged()


@lru_cache(maxsize=1)
def packaged() -> Criteria:
    """Give the criteria that come with Sightline."""
    file = files("sightline.service.scrutiny.programme") / "criteria.toml"
    return read(file.read_text("utf-8"), "criteria.toml")


@lru_cache(maxsize=1)
def _read_own(path: Path, _changed: int) -> Criteria:
    try:
        return read(path.read_text("utf-8"), path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise CriteriaError(f"{path.name} cannot be read as text.") from error


def read(text: str, name: str) -> Criteria:
    """Read criteria from the text of a file called `name`; `CriteriaError` says what is wrong in it."""
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CriteriaError(f"{name}: {error}.") from error
    rows = said.get("criterion")
    if not isinstance(rows, list) or not rows:
        raise CriteriaError(f"{name}: there is no [[criterion]].")
    found = tuple(_criterion(row, f"{name}, criterion {n}") for n, row in enumerate(rows, start=1))
    codes = [each.code for each in found]
    for code in codes:
        if codes.count(code) > 1:
            raise CriteriaError(f"{name}: two criteria have the code {code!r}.")
    since = said.get("since")
    if not isinstance(since, date):
        raise CriteriaError(f"{name}: `since` must be a day, as 2018-11-02, not {since!r}.")
    return Criteria(_text(said, "title", name), since, _text(said, "source", name), found)


def _criterion(row: Any, place: str) -> Criterion:
    if not isinstance(row, dict):
        raise CriteriaError(f"{place}: it must be a table.")
    points = row.get("points")
    if not isinstance(points, list) or len(points) < 2:
        raise CriteriaError(f"{place}: it needs two or more [[criterion.points]].")
    given = []
    for each in points:
        number = each.get("points") if isinstance(each, dict) else None
        if not isinstance(number, int) or isinstance(number, bool) or number < 0:
            raise CriteriaError(f"{place}: `points` must be a whole number from 0, not {number!r}.")
        given.append((number, _text(each, "meaning", place)))
    if len({number for number, _ in given}) < len(given):
        raise CriteriaError(f"{place}: the same number of points stands twice.")
    return Criterion(
        _text(row, "code", place),
        _text(row, "name", place),
        _text(row, "question", place),
        tuple(sorted(given)),
    )


def _text(row: dict[str, Any], key: str, place: str) -> str:
    said = row.get(key)
    if not isinstance(said, str) or not said.strip():
        raise CriteriaError(f"{place}: `{key}` must be text in quotes, not {said!r}.")
    return said.strip()
