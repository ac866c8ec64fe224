"""Precision and recall of the reader, field by field, over texts with their expected records.

An expected record is JSON beside its text, or in a folder `expected` beside it, with the same name.
Keys that begin with `_` are the scorer's: `_accept` gives other right values of a field, `_optional` entries
that count neither way, `_alt` other wordings of an ask.
"""

import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sightline.intake.minutes.source import read
from sightline.intake.parts import UnreadableFileError

SINGLE = ("committee", "council", "date", "venue", "start", "end", "chair", "truncated")
LISTS = ("present", "apologies", "in_attendance", "items", "declarations", "asks")
_OVERLAP = 0.8
_CONTAINED = 0.5
_TITLES = re.compile(
    r"\b(?:county|borough|councill?ors?|cllrs?|mr|mrs|ms|miss|mx|dr|professor|prof"
    r"|rev|revd|reverend|canon|sir|dame|lord|lady|the|"
    r"obe|mbe|cbe|jp|bem|qc|kc)\b\.?",
    re.IGNORECASE,
)


@dataclass
class Tally:
    """What was found and what was to be found, for one field."""

    right: int = 0
    found: int = 0
    expected: int = 0

    @property
    def precision(self) -> float | None:
        """Right of what was found; none where nothing was."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """Right of what was to be found; none where nothing was."""
        return self.right / self.expected if self.expected else None


@dataclass
class Score:
    """The tallies of a folder, and a sentence for each thing that was missed or wrong."""

    fields: dict[str, Tally] = field(
        default_factory=lambda: {k: Tally() for k in (*SINGLE, *LISTS)}
    )
    misses: list[tuple[str, str, str]] = field(default_factory=list)
    files: int = 0


def pairs(folder: Path) -> list[tuple[Path, Path]]:
    """The texts of a folder that have an expected record, with it, in order of name."""
    found = []
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() == ".json" or not path.is_file():
            continue
        for record in (path.with_suffix(".json"), folder / "expected" / f"{path.stem}.json"):
            if record.is_file():
                found.append((path, record))
                break
    return found


def score(folder: Path) -> Score:
    """Read every text of the folder that has an expected record, and compare."""
    result = Score()
    texts = pairs(folder)
    if not texts:
        raise UnreadableFileError(
            f"{folder}: has no text with an expected record (NAME.json, or expected/NAME.json)."
        )
    for path, record in texts:
        try:
            expected = json.loads(record.read_text("utf-8"))
        except ValueError as error:
            raise UnreadableFileError(f"{record}: is not JSON ({error}).") from None
        compare(read(path).to_json(), expected, path.name, result)
        result.files += 1
    return result


def compare(given: dict[str, Any], expected: dict[str, Any], name: str, result: Score) -> None:
    """Add one record to the score."""
    accept, optional = expected.get("_accept", {}), expected.get("_optional", {})
    for key in SINGLE:
        _single(key, given.get(key), expected.get(key), accept.get(key, []), name, result)
    for key in LISTS:
        _list(
            key, given.get(key) or [], expected.get(key) or [], optional.get(key, []), name, result
        )


def _single(key: str, given: Any, wanted: Any, accept: Any, name: str, result: Score) -> None:
    tally = result.fields[key]
    others = accept if isinstance(accept, list) else [accept]
    if wanted in (None, False) and given in (None, False):
        return
    if given not in (None, False):
        if wanted in (None, False) and _plain(given) in map(_plain, others):
            return
        tally.found += 1
    if wanted not in (None, False):
        tally.expected += 1
    same = _name if key == "chair" else _plain
    if given not in (None, False) and same(given) in [same(each) for each in (wanted, *others)]:
        tally.right += 1
    else:
        result.misses.append((name, key, f"expected {wanted!r}, found {given!r}"))


def _list(
    key: str, given: list[Any], wanted: list[Any], optional: list[Any], name: str, result: Score
) -> None:
    tally = result.fields[key]
    same = _SAME[key]
    left = list(wanted)
    spare = list(optional)
    wrong = []
    for each in given:
        match = next((w for w in left if same(each, w)), None)
        if match is not None:
            left.remove(match)
            tally.right += 1
            tally.found += 1
        else:
            wrong.append(each)
    for each in wrong:
        match = next((w for w in spare if same(each, w)), None)
        if match is None:
            tally.found += 1
            result.misses.append((name, key, f"not expected: {_shown(each)}"))
    tally.expected += len(wanted)
    result.misses += [(name, key, f"missed: {_shown(each)}") for each in left]


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return json.dumps(
            {k: v for k, v in value.items() if not k.startswith("_")}, ensure_ascii=False
        )
    return str(value)


def _plain(value: Any) -> str:
    return re.sub(r"[^\w:]+", " ", str(value).replace("\u2019", "'")).strip().casefold()


def _name(value: Any) -> str:
    return _plain(_TITLES.sub(" ", re.sub(r"\([^)]*\)", "", str(value))))


def _same_item(one: Any, other: Any) -> bool:
    return one["number"] == other["number"] and _plain(one["title"]) == _plain(other["title"])


def _same_declaration(one: Any, other: Any) -> bool:
    return (
        _name(one["member"]) == _name(other["member"])
        and _plain(one["kind"]) == _plain(other["kind"])
        and one["item"] == other["item"]
        and bool(one["left_meeting"]) == bool(other["left_meeting"])
    )


def _same_ask(one: Any, other: Any) -> bool:
    if one["kind"] != other["kind"] or one["item"] != other["item"]:
        return False
    return any(overlaps(one["text"], text) for text in (other["text"], *other.get("_alt", [])))


def overlaps(one: str, other: str) -> bool:
    """Whether two wordings are of one ask: 0.8 of the shorter's words in the other, and half of it."""
    a, b = (Counter(_plain(text).split()) for text in (one, other))
    shorter, longer = sorted((a.total(), b.total()))
    common = (a & b).total()
    return bool(shorter) and common >= _OVERLAP * shorter and common >= _CONTAINED * longer


_SAME: dict[str, Callable[[Any, Any], bool]] = {
    "present": lambda a, b: _name(a) == _name(b),
    "apologies": lambda a, b: _name(a) == _name(b),
    "in_attendance": lambda a, b: _name(a) == _name(b),
    "items": _same_item,
    "declarations": _same_declaration,
    "asks": _same_ask,
}
