"""Plain text and Markdown, as people paste it and as converters of PDF leave it."""

import itertools
import re
from collections.abc import Iterator

from sightline.intake.minutes.passage import Passage, plain, squeezed

_HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_RULE = re.compile(r"^[\s|:+=_*\u2013\u2014-]{3,}$")
_POINT = re.compile(r"^(\s*)([-*+\u2022\u00b7\u25aa\u25cf\u25e6\u25a0o]|\u2013(?=\s))\s+(?=\S)")
_BOLD = re.compile(r"\*\*|__")
_LINK = re.compile(r"!?\[([^\]\[]{0,300})\]\((?:[^()\s]{0,500})\)")
_COLUMNS = re.compile(r"(?<=\S) {4,}(?=\S)")
_NUMBERED = re.compile(r"^\s*(\*?\s*[A-Z]{0,4}[ ./]{0,2}\d[\w./]{0,8}\)?)\s*$")
_LETTERED = re.compile(r"^(?:\(?(?:[a-z]{1,2}|[ivx]{1,5})\)|[ivx]{1,5}\.)$")
_EMPHASIS = re.compile(r"(?<![\w*])[*_](?=\S)([^*_\n]{1,300}?)(?<=\S)[*_](?![\w*])")


def passages(text: str) -> list[Passage]:
    """Give the lines of a text, with bold, headings, points and tables as Markdown or tabs show them."""
    return list(
        _lines(_parted(_without_front(plain(text.replace("\r\n", "\n").replace("\r", "\n")))))
    )


_FRONT = re.compile(
    r"\A\s{0,20}---[ \t]*\n(?P<fields>(?:[ \t]*(?:[\w-]{1,40}:|- )[^\n]{0,400}\n){1,40})---[ \t]*\n"
)


def _without_front(text: str) -> str:
    """Blank the fields a web site keeps before a page: the day in them is that of its publication."""
    front = _FRONT.match(text)
    return text if front is None else "\n" * front[0].count("\n") + text[front.end() :]


_SPACED = re.compile(r"(?<!\S)(?:[A-Z] ){4,30}[A-Z](?![A-Za-z])")
_RAN_ON = re.compile(r"(?<=\d[ap]m)(?=\d)")
_RAN_NUMBER = re.compile(r"^(\d{1,4})(?=(?:[A-Z][a-z]{3,}|An?|The|In|It) [a-z])", re.MULTILINE)


def _parted(text: str) -> str:
    """Put a space where a conversion lost one, and take out those between the letters of a word."""
    text = _SPACED.sub(lambda found: found[0].replace(" ", ""), text)
    return _with_cells(_RAN_NUMBER.sub(r"\1 ", _RAN_ON.sub(" ", text)))


_STROKES = re.compile(r"(?<=\S)[ \t]{1,4}/[ \t]{1,4}(?=\S|$)")
_NUMBERED_STROKE = re.compile(r"^(\s*\d{1,3}\.?)[ \t]{1,4}/[ \t]{1,4}(?=[A-Z])", re.MULTILINE)


def _with_cells(text: str) -> str:
    """Set a table whose cells a conversion parted by strokes as one parted by lines."""
    rows = sum(len(_STROKES.findall(line)) >= 2 for line in text.split("\n"))
    if rows < 3:
        return text
    text = _NUMBERED_STROKE.sub(r"\1 ", text)
    return "\n".join(
        f"| {' | '.join(_STROKES.split(line))} |" if len(_STROKES.findall(line)) >= 2 else line
        for line in text.split("\n")
    )


def _lines(text: str) -> Iterator[Passage]:
    bold = False
    gap = 0
    page = False
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw
        if "\f" in line:
            page, line = True, line.replace("\f", "")
        if not line.strip():
            gap += 1
            # Bold does not run on over a blank line: a sign without its partner is a slip.
            bold = False
            continue
        if _RULE.match(line):
            gap += 1
            continue
        place = f"line {number}"
        parts = list(_parts(line, place, bold))
        if not parts:
            gap += 1  # the edge of a table's row
        for each in parts:
            yield Passage(
                each.text,
                place,
                each.bold,
                each.level,
                each.cells,
                each.marker,
                each.depth,
                gap,
                page,
            )
            gap, page = 0, False
        bold ^= len(_BOLD.findall(line)) % 2 == 1


def _parts(line: str, place: str, bold: bool) -> Iterator[Passage]:  # noqa: PLR0912 - one form after another
    level = 0
    if heading := _HEADING.match(line):
        level, line = len(heading[1]), heading[2]
    line = _LINK.sub(r"\1", line)
    if line.count("|") >= 2 or (line.lstrip().startswith("|")):
        cells = _cells(line.strip().strip("|").split("|"))
    elif "\t" in line.strip() or (line.startswith("\t") and line.strip()):
        cells = _cells(line.split("\t"))
    else:
        cells = ()
    if cells:
        if any(cells):
            yield Passage(squeezed(" ".join(cells)), place, cells=cells)
        return
    marker, depth = "", len(line) - len(line.lstrip())
    if point := _POINT.match(line):
        marker, line = point[2], line[point.end() :]
    runs = list(_runs(line, bold))
    if _splits(runs):
        for words, strong in runs:
            for part in _INSIDE.split(words) if strong else (words,):
                if part.strip():
                    yield Passage(_clean(part), place, strong, level, (), marker, depth)
        return
    words = "".join(run for run, _ in runs)
    strong = bool(words.strip()) and all(is_bold for run, is_bold in runs if _worded(run))
    columns = [squeezed(part) for part in _COLUMNS.split(words.strip())]
    if len(columns) > 1 and not (_NUMBERED.match(columns[0]) or _LETTERED.match(columns[0])):
        yield Passage(_clean(words), place, strong, level, tuple(columns), marker, depth)
    elif cleaned := _clean(words):
        yield Passage(cleaned, place, strong, level, (), marker, depth)


def _cells(parts: list[str]) -> tuple[str, ...]:
    return tuple(_clean(_BOLD.sub("", part.replace("<br>", " "))) for part in parts)


def _clean(text: str) -> str:
    if "*" in text or "_" in text:
        text = _EMPHASIS.sub(r"\1", text)
    return squeezed(text.replace("\\", "") if "\\" in text else text)


def _worded(text: str) -> bool:
    return any(sign.isalnum() for sign in text)


def _runs(line: str, bold: bool) -> Iterator[tuple[str, bool]]:
    start = 0
    for mark in _BOLD.finditer(line):
        if mark.start() > start:
            yield line[start : mark.start()], bold
        start, bold = mark.end(), not bold
    if start < len(line):
        yield line[start:], bold


_OPENS = re.compile(r"^\s*(?:Minute\s+)?[A-Z]{0,4}[ ./]{0,2}\d{1,4}\b")
_INSIDE = re.compile(r"\s+(?=(?:[A-Z]{1,4}[./ ]{0,2})?\d{1,4}\.?\s+[A-Z][A-Za-z])")
"""Where, in a run of bold words, the next item's number stands."""
_VERDICT = re.compile(r"^\W*(?:RESOLVED|Resolved|AGREED|Agreed|ORDERED|Action|ACTION|NOTED)\b")


def _splits(runs: list[tuple[str, bool]]) -> bool:
    """Whether bold words on a line are a heading that the rest of the line does not belong to.

    So it is where they follow words without a space between, and where they begin with a number and
    words that are not bold come after.
    """
    worded = [run for run in runs if _worded(run[0])]
    if len(worded) < 2:
        return False
    for (before, was), (after, now) in itertools.pairwise(worded):
        if now and not was and before[-1:].isalnum() and after[:1].isupper():
            return True
        if was and not now and _OPENS.match(before) and len(before.split()) > 1:
            return not _VERDICT.match(before)
        if now and not was and _INSIDE.search(f" {after}"):
            return True
    return False
