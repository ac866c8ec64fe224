"""PDF by the positions of its words; where a page has two columns, the gutter is found on the page."""

import io
import itertools
import logging
import re
from collections import Counter
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

import pdfplumber

from sightline.intake.minutes.passage import Passage, plain, squeezed
from sightline.intake.parts import UnreadableFileError

MAX_PAGES = 400
MAX_WORDS = 300_000
_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_POINT = re.compile(r"^([\u2022\u00b7\u25aa\u25cf\u25e6\u25a0\uf0b7\uf0a7o]|[-\u2013])\s+(?=\S)")
_GUTTER = 10.0
"""Points that a band between columns must have without words."""

logging.getLogger("pdfminer").setLevel(logging.ERROR)


@dataclass(frozen=True)
class Word:
    """A word with its place on the page, in points."""

    x0: float
    x1: float
    top: float
    bottom: float
    text: str
    bold: bool


def passages(data: bytes, name: str) -> list[Passage]:
    """Give the lines of a PDF in reading order; `UnreadableFileError` if it has no text to read."""
    found: list[Passage] = []
    words = 0
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            if len(document.pages) > MAX_PAGES:
                raise UnreadableFileError(
                    f"{name}: has more than {MAX_PAGES} pages; that is no set of minutes."
                )
            for number, page in enumerate(document.pages, 1):
                read = _words(page)
                words += len(read)
                if words > MAX_WORDS:
                    raise UnreadableFileError(f"{name}: holds more words than minutes do.")
                found += page_passages(read, number)
                page.close()
    except UnreadableFileError:
        raise
    except Exception as error:  # noqa: BLE001 - the library raises all kinds on damaged files
        raise UnreadableFileError(
            f"{name}: the PDF is damaged or locked and cannot be read ({type(error).__name__})."
        ) from None
    if not found:
        raise UnreadableFileError(
            f"{name}: the PDF holds no text, only pictures of pages; it needs text recognition first."
        )
    return found


def _words(page: Any) -> list[Word]:
    given = page.extract_words(
        extra_attrs=["fontname"], x_tolerance=1.5, y_tolerance=3, keep_blank_chars=False
    )
    found = []
    for each in given:
        text = plain(each["text"])
        if text:
            found.append(
                Word(
                    float(each["x0"]), float(each["x1"]), float(each["top"]), float(each["bottom"]),
                    text, bool(_BOLD.search(each["fontname"])),
                )
            )  # fmt: skip
    return found


def page_passages(words: list[Word], number: int) -> list[Passage]:
    """Give the lines of one page, each with its number; the left column's headings before their text."""
    lines = _lines(words)
    if not lines:
        return []
    gutter = _gutter(lines)
    heights = [b[0].top - a[0].top for a, b in itertools.pairwise(lines)]
    usual = median(heights) if heights else 12.0
    found: list[Passage] = []
    if gutter is None:
        before: list[Word] | None = None
        for line in lines:
            gap = int(before is not None and line[0].top - before[0].top > 1.4 * usual)
            found.append(_passage(line, gap, number, len(found) + 1))
            before = line
    else:
        found = _two_columns(lines, gutter, usual, number)
    if found:
        found[0] = replace(found[0], new_page=number > 1, gap=max(1, found[0].gap))
    return found


def _lines(words: list[Word]) -> list[list[Word]]:
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.top, w.x0)):
        middle = (word.top + word.bottom) / 2
        if lines and lines[-1][0].top - 1 <= middle <= lines[-1][0].bottom + 1:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda w: w.x0) for line in lines]


def _gutter(lines: list[list[Word]]) -> float | None:
    """The widest empty vertical band that most lines share, with words on both sides; none if none has."""
    left = min(line[0].x0 for line in lines)
    right = max(line[-1].x1 for line in lines)
    if right - left < 200:
        return None
    covered: Counter[int] = Counter()
    for line in lines:
        for place in {p for word in line for p in range(int(word.x0), int(word.x1) + 1)}:
            covered[place] += 1
    most = max(2, int(0.2 * len(lines)))  # lines that run across, as a title does
    best: tuple[int, int] | None = None
    start: int | None = None
    for place in range(int(left), int(right) + 2):
        free = covered[place] <= most and place <= right
        if free and start is None:
            start = place
        elif not free and start is not None:
            if (best is None or place - start > best[1] - best[0]) and start > left + 15:
                best = (start, place)
            start = None
    if best is None or best[1] - best[0] < _GUTTER:
        return None
    x = (best[0] + best[1]) / 2
    if not left + 0.08 * (right - left) < x < left + 0.6 * (right - left):
        return None
    lefts = sum(any(w.x1 <= x for w in line) for line in lines)
    rights = sum(any(w.x0 >= x for w in line) for line in lines)
    numbers_only = all(
        re.fullmatch(
            r"[(\[]?[\w./-]{1,8}[.)\]]?|[\u2022\u00b7\u25aa\uf0b7-]",
            " ".join(w.text for w in line if w.x1 <= x) or "-",
        )
        for line in lines
    )
    if numbers_only or lefts < 2 or rights < 0.3 * len(lines):
        return None
    return x


def _two_columns(
    lines: list[list[Word]], gutter: float, usual: float, number: int
) -> list[Passage]:
    """Read a page whose left column holds headings and right column text."""
    found: list[Passage] = []
    heading: list[Word] = []
    text: list[Passage] = []
    last_left = last_right = -1e9

    def close() -> None:
        nonlocal heading, text
        if heading:
            words = squeezed(" ".join(w.text for w in heading))
            found.append(
                Passage(
                    words,
                    f"page {number}, line {len(found) + 1}",
                    all(w.bold for w in heading),
                    3,
                    gap=1,
                )
            )
        for each in text:
            found.append(replace(each, place=f"page {number}, line {len(found) + 1}"))
        heading, text = [], []

    for line in lines:
        lefts = [w for w in line if w.x1 <= gutter + 2]
        rights = [w for w in line if w.x1 > gutter + 2]
        across = any(w.x0 < gutter < w.x1 for w in line) or (
            lefts and rights and rights[0].x0 - lefts[-1].x1 < 6
        )
        if across:
            close()
            found.append(_passage(line, int(bool(found)), number, len(found) + 1))
            last_left = last_right = line[0].top
            continue
        if lefts:
            again = re.match(r"^(?:[A-Z]{0,4}[./ ]?\d{1,4}[.)]?)$", lefts[0].text) is not None
            if (
                heading
                and (
                    again
                    or heading[-1].text.endswith(":")
                    or lefts[0].top - last_left > 1.9 * usual
                )
            ) or not heading:
                close()
            heading += lefts
            last_left = lefts[0].top
        if rights:
            gap = int(rights[0].top - last_right > 1.4 * usual)
            text.append(_passage(rights, gap, number, 0))
            last_right = rights[0].top
    close()
    return found


def _passage(line: list[Word], gap: int, number: int, place: int) -> Passage:
    text = squeezed(" ".join(w.text for w in line))
    bold = all(w.bold for w in line if any(s.isalnum() for s in w.text)) and any(
        w.bold for w in line
    )
    marker = ""
    if point := _POINT.match(text):
        marker, text = point[1], text[point.end() :]
    cells: tuple[str, ...] = ()
    columns: list[list[Word]] = [[line[0]]]
    for before, after in itertools.pairwise(line):
        if after.x0 - before.x1 > 24:
            columns.append([])
        columns[-1].append(after)
    if len(columns) > 1 and not (
        len(columns) == 2
        and re.fullmatch(r"\W*[\w./]{1,8}\W*", " ".join(w.text for w in columns[0]))
    ):
        cells = tuple(squeezed(" ".join(w.text for w in part)) for part in columns)
    return Passage(
        text, f"page {number}, line {place}", bold, 0, cells, marker, int(line[0].x0 // 6), gap
    )
