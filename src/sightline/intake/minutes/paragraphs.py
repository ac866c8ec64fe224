"""From lines to paragraphs: what repeats on every page goes, and broken lines are joined again."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from sightline.intake.minutes.passage import Passage

_PAGE = re.compile(r"^\W*(?:page|pg\.?)?\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*$", re.IGNORECASE)
_PAGE_WORDED = re.compile(
    r"^\W*(?:page|pg\.?)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*$"
    r"|^\W*\d{1,4}\s+of\s+\d{1,4}\W*$|^\W*[-\u2013]\s*\d{1,4}\s*[-\u2013]\W*$",
    re.IGNORECASE,
)
_BARE = re.compile(r"^\d{1,4}$")
_ENDS = re.compile(r"[.:;!?][\"\u201d'\u2019)\]]*$")
_LIST = re.compile(
    r"^(?:\(?[a-z]{1,2}\)|\(?[ivx]{1,4}\)|\(?\d{1,2}\)|[a-hA-H]\.\s|[ivx]{1,4}\.\s"
    r"|\d{1,4}[.)]\s|\d{1,2}\.\d{1,2}\s)"
)
_NUMBER = re.compile(
    r"^(?:Minute\s+|Item\s+|\*\s*)?(?:[A-Z]{1,5}[ ./]{0,3})?\d{1,4}(?:[./]\d{1,4}){0,2}[A-Z]?[.:)]?(?:\s|$)"
)
_LABEL = re.compile(r"^[A-Z][\w'\u2019 /&()-]{1,60}:(?:\s|$)")
_LOWER_LABEL = re.compile(
    r"^(?:present|officers?|apologies|in attendance|also \w+|members|councillors)[\w ]{0,30}:"
)
_CONNECTS = re.compile(
    r"(?:,|\b(?:and|of|the|to|for|in|on|with|by|at|a|an|from|that|or|be|as|which|is|was|were|their|its))$"
)
_PERSON = re.compile(r"^(?:Councillors?|Cllrs?|Mr|Mrs|Ms|Miss|Dr|Prof)\b")
_VERDICT = re.compile(
    r"^(?:RESOLVED|Resolved|AGREED|Agreed|ORDERED|RECOMMENDED|Recommended"
    r"|Apologies|In Attendance|Also [Pp]resent|Min ?No\w*|ItemDescription\w*)\b"
)
"""What begins a paragraph of its own: a verdict, a label without a sign, the head of a page's columns."""
_PREFIX = re.compile(r"^[A-Z]{1,6}\s*/?$")
"""The first line of a number that stands on two."""
_KEEP = re.compile(
    r"(?:resolved|agreed|none|minutes|additional documents|action|that)\b", re.IGNORECASE
)


def joined(lines: list[Passage]) -> list[Passage]:
    """Give the paragraphs of lines: page furniture dropped, wraps and hyphens mended."""
    return [
        part for each in _wrapped(_without_repeats(_without_pages(lines))) for part in _short(each)
    ]


_LONGEST = 4_000
"""Signs of a paragraph. No real one is longer, and the time that forms of words take stays bounded."""


def _short(passage: Passage) -> Iterator[Passage]:
    """Part what is longer than a paragraph can be, between sentences or words."""
    text = passage.text
    if len(text) <= _LONGEST:
        yield passage
        return
    cells = tuple(cell[:_LONGEST] for cell in passage.cells)
    while text:
        stop = len(text)
        if stop > _LONGEST:
            stop = max(text.rfind(". ", 0, _LONGEST) + 1, 0) or text.rfind(" ", 1, _LONGEST)
            stop = stop if stop > 0 else _LONGEST
        yield replace(passage, text=text[:stop].strip() or "\u2026", cells=cells)
        text, cells = text[stop:].strip(), ()


def _without_pages(lines: list[Passage]) -> list[Passage]:
    """Drop page numbers that stand alone. What follows one begins a page.

    A number without a sign may also be a minute's: it stays where what follows looks like its title and
    no number of another form stands in the text.
    """
    other_numbers = sum(
        1
        for line in lines
        if (_NUMBER.match(line.text) and not _BARE.match(line.text) and len(line.text.split()) > 1)
        or re.match(r"^\d{1,4}\.$|^\d+/\d+$", line.text)
    )
    bare = [i for i, line in enumerate(lines) if _BARE.match(line.text) and not line.cells]
    titled = [i for i in bare if i + 1 < len(lines) and _titled(lines[i + 1])]
    minutes = (
        set(titled)
        if len(titled) >= 3 and len(titled) >= 0.7 * len(bare) and other_numbers < len(titled)
        else set()
    )
    kept: list[Passage] = []
    page = False
    for place, line in enumerate(lines):
        is_page = (not line.cells and _PAGE_WORDED.match(line.text)) or (
            place in bare and place not in minutes
        )
        if is_page:
            page = True
            continue
        kept.append(replace(line, new_page=True) if page else line)
        page = False
    return kept


def _titled(line: Passage) -> bool:
    return (
        line.text[:1].isupper()
        and not _ENDS.search(line.text)
        and len(line.text) < 150
        and not line.marker
    )


def _without_repeats(lines: list[Passage]) -> list[Passage]:
    """Drop headers and footers: short lines that come again at the edge of a page, or often."""

    def key(line: Passage) -> str:
        return re.sub(r"\d+", "#", line.text.casefold())

    many = Counter(key(line) for line in lines)
    edge: Counter[str] = Counter()
    for place, line in enumerate(lines):
        if line.new_page or (place + 1 < len(lines) and lines[place + 1].new_page):
            edge[key(line)] += 1
    seen: set[str] = set()
    kept = []
    page = False
    for line in lines:
        name = key(line)
        page = page or line.new_page
        dated = re.search(r"\b(?:19|20)\d\d\b|\bpage\b|\bcommittee\b|\bpanel\b", name + line.text)
        repeats = (
            len(line.text) <= 120
            and not line.marker
            and not line.cells
            and not _KEEP.match(line.text)
            and not _PREFIX.match(line.text)
            and not _ENDS.search(line.text)
            and (edge[name] >= 2 or (many[name] >= 3 and dated and not _NUMBER.match(line.text)))
            and not (_NUMBER.match(line.text) and edge[name] < 3)
        )
        if repeats and name in seen:
            page = True
            continue
        seen.add(name)
        kept.append(replace(line, new_page=page) if page != line.new_page else line)
        page = False
    return kept


def _wrapped(lines: list[Passage]) -> list[Passage]:
    lengths = sorted(len(line.text) for line in lines if not line.cells)
    width = lengths[int(len(lengths) * 0.85)] if lengths else 0
    wraps = 45 <= width <= 130
    words = Counter(
        re.findall(r"[a-z]+(?:-[a-z]+)+|[a-z]+", " ".join(x.text for x in lines).lower())
    )
    kept: list[Passage] = []
    last = ""  # the last line as it stood, before it was joined to what came before
    for line in lines:
        before = kept[-1] if kept else None
        if before is not None and _continues(before, last, line, width if wraps else 0):
            kept[-1] = replace(before, text=_join(before.text, line.text, words))
        else:
            kept.append(line)
        last = line.text
    return kept


def _continues(before: Passage, last: str, line: Passage, width: int) -> bool:  # noqa: PLR0911 - one form after another
    if line.marker or line.cells or before.cells or before.level != line.level:
        return False
    ended = _ENDS.search(before.text) is not None
    lower = (
        line.text[:1].islower() and not _LIST.match(line.text) and not _LOWER_LABEL.match(line.text)
    )
    if line.gap or line.new_page:
        # Over a page's end, or a blank line that a page's end left.
        return (
            lower
            and not ended
            and not before.heading
            and not line.heading
            and len(before.text.split()) > 3
        )
    if before.bold != line.bold:
        return lower and not ended and not before.bold
    if before.bold:
        return not (_NUMBER.match(line.text) or _LABEL.match(line.text) or ended)
    if lower and not _ENDS.search(before.text):
        return True
    if _LIST.match(line.text) or (_NUMBER.match(line.text) and not _sentence_number(before, line)):
        return False
    if _LABEL.match(line.text) or _VERDICT.match(line.text):
        return False
    if (
        _PERSON.match(line.text)
        and _PERSON.match(before.text)
        and not _CONNECTS.search(before.text)
    ):
        return False
    if _CONNECTS.search(before.text):
        return not (_PERSON.match(line.text) and before.text.endswith(",") and width == 0)
    if line.text[:1] in "(&" and not ended:
        return True
    return bool(width) and len(last) >= 0.75 * width and not (_PERSON.match(line.text) and ended)


def _sentence_number(before: Passage, line: Passage) -> bool:
    """Whether a line begins with a number only because a sentence was broken before it."""
    return (
        not _ENDS.search(before.text)
        and len(before.text) > 45
        and len(line.text.split()) > 1
        and line.text.split()[1][:1].islower()
    )


def _join(before: str, after: str, words: Counter[str]) -> str:
    if before.endswith("-") and before[-2:-1].isalpha() and after[:1].islower():
        first = re.findall(r"[a-z-]+$", before.lower())
        second = re.match(r"[a-z]+", after)
        if first and second:
            whole = first[0][:-1] + second[0]
            hyphened = first[0] + second[0]
            return before + after if words[hyphened] > words[whole] else before[:-1] + after
        return before + after
    return f"{before} {after}"


def sentences(text: str) -> Iterable[str]:
    """Give the sentences of a paragraph, as printed."""
    start = 0
    for stop in _STOP.finditer(text):
        if _SHORT.search(text[max(0, stop.start() - 12) : stop.start() + 1]):
            continue
        yield text[start : stop.end()].strip()
        start = stop.end()
    if rest := text[start:].strip():
        yield rest


_STOP = re.compile(r"[.!?][\"\u201d\u2019')\]]*\s+(?=[\"\u201c\u2018(\[]?[A-Z0-9\u00a3])")
_SHORT = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Rev|Revd|Cllr|Cllrs|Cl|St|[Nn]o|[Nn]os|Min|para|paras|e\.g"
    r"|i\.e|etc|c|v|viz|Sch|Reg)"
    r"|\b[A-Z]|\b[ap]\.m)\.$",
)
