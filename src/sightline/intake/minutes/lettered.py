"""How a decision is parted: lettered and numbered parts, and points that a conversion ran together."""

import itertools
import re

from sightline.intake.minutes.passage import Passage

_PART = re.compile(
    r"(?:(?<=^)|(?<=[\s:;,.\u2013-]))(?P<mark>\((?:[a-z]|[ivx]{1,4}|\d{1,2})\)|(?:[a-z]"
    r"|[ivx]{1,4}|\d{1,2})\)|\d{1,2}\.(?=\s+[A-Z]))\s*"
)
POINT = re.compile(
    r"^(?:\((?P<a>[a-z]{1,2}|[ivxIVX]{1,5}|\d{1,2}|[A-H])\)|(?P<b>[a-zA-H]|[ivx]{1,4}"
    r"|\d{1,2})\)|(?P<c>[a-z]|[ivx]{1,4}|\d{1,2})\.(?=\s)|(?P<d>\d{1,2})\s+(?=(?:That"
    r"|that|To|the)\b))\s*"
)


def parts_of(rest: str) -> list[str]:
    """Split "(a) …; and (b) …" within a paragraph; none where there are not at least two marks in order."""
    marks = []
    for mark in _PART.finditer(rest):
        marks.append(mark)
    chosen = _in_order(marks)
    if len(chosen) < 2 and not (chosen and chosen[0].start() < 8):
        return []
    found = []
    for i, mark in enumerate(chosen):
        stop = chosen[i + 1].start() if i + 1 < len(chosen) else len(rest)
        found.append(
            re.sub(r"[\s,;]*\b(?:and)?\s*$", "", rest[mark.end() : stop])
            if i + 1 < len(chosen)
            else rest[mark.end() : stop].strip()
        )
    return [part.strip() for part in found]


_ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
}


def _in_order(marks: list[re.Match[str]]) -> list[re.Match[str]]:
    for read in (_letter, _roman, _digit):
        chosen: list[re.Match[str]] = []
        for mark in marks:
            value = read(mark["mark"].strip("()."))
            if value == len(chosen) + 1:
                chosen.append(mark)
        if len(chosen) >= 2 or (chosen and read is not _roman):
            return chosen
    return []


def _letter(mark: str) -> int:
    return ord(mark) - 96 if len(mark) == 1 and mark.isalpha() else 0


def _roman(mark: str) -> int:
    return _ROMAN.get(mark.lower(), 0)


def _digit(mark: str) -> int:
    return int(mark) if mark.isdigit() else 0


def worded(text: str) -> bool:
    """Whether a text has words at all, and is no mere sign or number."""
    return sum(sign.isalpha() for sign in text) >= 4


_FLAT_JOIN = re.compile(r"\s*\u2022\s*|(?<=;)\s+(?:and\s+)?(?=[A-Z])|(?<=; and)\s+(?=[A-Z])")


_FLAT_CAPITAL = re.compile(r"\b[a-z]{3,} ([A-Z][a-z]+ [a-z])")
_SMALL = re.compile(r"(?:the|and|of|for|to|with|by|from|in|on|at|that|about|between|its|their|an)$")


def flattened(passage: Passage) -> list[str]:
    """Points that a conversion ran together in one cell: parted where a capital follows a small word."""
    if not passage.cells:
        return []
    text = passage.text.strip()
    parts = [p.strip() for p in _FLAT_JOIN.split(text) if p.strip()]
    if len(parts) > 1:
        return parts
    starts = [m.start(1) for m in _FLAT_CAPITAL.finditer(text) if not _SMALL.match(m[0].split()[0])]
    edges = [0, *starts, len(text)]
    return [text[a:b].strip() for a, b in itertools.pairwise(edges)]
