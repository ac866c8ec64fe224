"""Texts that a conversion ran together: a whole document on one line, or a row of a page's table."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace

from sightline.intake.minutes.passage import PAGE_PARTS, Passage, squeezed, without_page_parts
from sightline.intake.minutes.titles import KNOWN, capitals, like_a_title

MADE = 9
"""The level of a heading that was found within a paragraph."""

_LONG = 350
"""Signs of a line that may hold a whole document; few paragraphs with labels in them have more."""
_MINUTES_OF = re.compile(
    r"(?<![\w)])(?P<before>[\w)]+)\s+"
    r"(?=(?:MINUTES OF (?:THE|A)|Minutes of (?:the|a)) (?:[A-Za-z]+ ){0,2}(?:MEETING|Meeting|meeting)\b)"
)
_LABEL = re.compile(
    r"(?<=[\w.,)\]])\s+(?=(?:Present|PRESENT|(?:Members|Councillors|Officers) [Pp]resent|Present Members"
    r"|Also (?:[Pp]resent|[Aa]ttended|[Ii]n [Aa]ttendance)|ALSO PRESENT|In [Aa]ttendance|IN ATTENDANCE"
    r"|Absent|Apologies(?: for [Aa]bsence)?|APOLOGIES)\s?:\s)"
    r"|\s+(?=The meeting (?:commenced|started|opened|closed|ended|finished)\b)"
)
_HEADING = re.compile(
    r"(?:(?<=[\s.;:])|(?<=[A-Za-z]))(?P<number>(?P<plain>\d{1,3})\.?|[A-Z][A-Za-z]{0,5}/(?P<middle>\d{1,4})/\d\d(?:-\d\d)?)"
    r"\s+(?=[A-Z])"
)
_PRESENT = re.compile(r"(?:Members |Councillors )?Present\b|In attendance\b", re.IGNORECASE)
_PRESENT_ITEM = re.compile(rf"\S+\s+{_PRESENT.pattern}", re.IGNORECASE)
"""Those present, as an item with a number."""
_PARAGRAPH = re.compile(r"\s+(?=\d{1,3}\.\d{1,2}\.?\s+[A-Z])")


def unrolled(lines: list[Passage]) -> list[Passage]:
    """Part lines that hold several items or labels of attendance; all others stay as they are."""
    kept: list[Passage] = []
    for line in lines:
        if len(line.text) < _LONG // 2 or line.cells or line.marker:
            kept.append(line)
            continue
        short = len(line.text) < _LONG
        parts = list(_cut(line.text, _titles(line.text)) if short else _parts(line.text))
        kept.append(replace(line, text=parts[0]))
        kept += [replace(line, text=part, bold=False, level=0, gap=1) for part in parts[1:]]
    return kept


def _parts(text: str) -> Iterator[str]:
    edges: set[int] = set()
    headings = _run(text)
    if len(headings) >= 2:
        edges.update(headings)
        edges.update(found.end() for found in _PARAGRAPH.finditer(text))
    edges.update(_titles(text))
    labels = [found.end() for found in _LABEL.finditer(text)]
    stop = headings[0] if len(headings) >= 2 else len(text)
    if len(headings) >= 2 and (opened := _PRESENT_ITEM.match(text, headings[0])):
        labels = [edge for edge in labels if edge > opened.end()]
        stop = headings[1]
    if len(headings) >= 2 or len(labels) >= 2:
        edges.update(edge for edge in labels if edge < stop or not headings)
        edges.update(edge for edge in labels if text[edge:].startswith("The meeting"))
    yield from _cut(text, edges)


def _titles(text: str) -> set[int]:
    """Where "Minutes of the meeting" stands as a title, and in no sentence."""
    return {
        found.end()
        for found in _MINUTES_OF.finditer(text)
        if not found["before"][0].islower() or found["before"].endswith(")")
    }


def _cut(text: str, edges: set[int]) -> Iterator[str]:
    for start, stop in itertools.pairwise(sorted({0, *edges, len(text)})):
        if part := text[start:stop].strip():
            yield part


def _run(text: str) -> list[int]:
    """Where the headings of a rising run of numbers stand, if most of them are titles by their words."""
    found: list[int] = []
    known = 0
    value = 0
    for mark in _HEADING.finditer(text):
        number = int(mark["plain"] or mark["middle"])
        if found and number != value + 1:
            continue
        words = text[mark.end() : mark.end() + 90]
        title = bool(KNOWN.match(words) or _PRESENT.match(words)) or capitals(
            " ".join(words.split()[:2])
        )
        if mark["plain"] and not mark["number"].endswith(".") and not title:
            continue
        if not found and not title:
            continue
        known += title
        value = number
        found.append(mark.start())
    return found if known >= max(2, 0.5 * len(found)) else []


_AGENDA = re.compile(
    r"\s+(?=(?:To [a-z]|In (?:accordance|respect|considering)\b|Members? (?:are|of|is|should|may|will)\b"
    r"|The [a-z]+ (?:[a-z]+ ){0,4}(?:is|are|will|of|to)\b"
    r"|The (?:Committee|Panel|Board|Chair\w*) (?:is|are|will)\b"
    r"|A (?:total|report|period|maximum|verbal|copy)\b|Reports? (?:of|by|attached)\b|Each\b"
    r"|Any [Mm]ember|Oral (?:item|report|update)|Attached\b|This (?:report|item)\b"
    r"|Additional documents|Recommendation|Please note"
    r"|Consideration\b|Decision:|Minutes:))"
)
_COLUMNS = re.compile(r"No\.?\s+Items?")
"""The head of a page's table."""
_OPENS = re.compile(r"(?:^|\s)Minutes:(?:\s|$)")


def opened_rows(passages: list[Passage]) -> list[Passage]:
    """Part items that a conversion ran together without numbers: "Title To note ... Minutes: text".

    A row ends with the sign of a table's edge, or with a paragraph where there are none.
    """
    rows = list(_rows(passages))
    if sum(_is_row(row) for row in rows) < 2:
        return passages
    kept: list[Passage] = []
    for row in rows:
        kept += _row(row) if _is_row(row) else _minuted(row)
    return kept


def _rows(passages: list[Passage]) -> Iterator[list[Passage]]:
    """The rows of a page: by their edges where these are printed, else each paragraph with its "Minutes:"."""
    edged = sum(p.text.endswith("|") for p in passages) >= 2
    row: list[Passage] = []
    for passage in passages:
        opens = _opens_row(passage.text) if not edged else passage.gap > 0
        if edged and " Minutes:" in passage.text and any(_OPENS.search(p.text) for p in row):
            opens = True  # the row before has its minutes already
        if row and opens:
            yield row
            row = []
        row.append(passage)
        if edged and (passage.text.endswith("|") or _COLUMNS.fullmatch(passage.text)):
            yield row
            row = []
    if row:
        yield row


def _opens_row(text: str) -> bool:
    """Whether a paragraph begins a row: "Minutes:" stands within it, or a link's size after its title."""
    return " Minutes:" in text or without_page_parts(text) != squeezed(text)


def _is_row(row: list[Passage]) -> bool:
    return any(_OPENS.search(p.text) for p in row) and bool(_title(row[0]))


def _parted(text: str) -> tuple[str, str]:
    """What stands before the agenda's words, or before a link's size, and what after."""
    ends = [found.start() for found in (PAGE_PARTS.search(text), _AGENDA.search(text)) if found]
    stop = min((end for end in ends if end > 0), default=len(text))
    return text[:stop], PAGE_PARTS.sub("", text[stop:], count=1).strip()


def _title(first: Passage) -> str:
    """The title a row begins with: what stands before the agenda's words."""
    head = squeezed(without_page_parts(_parted(first.text)[0]).strip(" |"))
    if head.startswith("Minutes:") or re.match(r"(?:To [a-z]|Venue|Contact)", head):
        return ""
    return head if like_a_title(head) and len(head) <= 200 else ""


def _minuted(row: list[Passage]) -> Iterator[Passage]:
    """A row that has lost its title: what the agenda said before "Minutes:" is left out."""
    for passage in row:
        _, *minuted = _OPENS.split(passage.text)
        if not minuted:
            yield passage
        for text in minuted:
            if text.strip(" |"):
                yield replace(passage, text=text.strip(" |"), cells=(), marker="", gap=1)


def _row(row: list[Passage]) -> Iterator[Passage]:
    yield replace(row[0], text=_title(row[0]), level=MADE, cells=(), marker="", gap=1)
    for place, passage in enumerate(row):
        words = passage.text if place else _parted(passage.text)[1]
        agenda, *minuted = _OPENS.split(words)
        base = replace(passage, cells=(), gap=1)
        if agenda.strip(" |"):
            yield replace(base, text=agenda.strip(" |"))
        for text in minuted:
            yield replace(base, text="Minutes:", marker="")
            if text.strip(" |"):
                yield replace(base, text=text.strip(" |"), marker="")
