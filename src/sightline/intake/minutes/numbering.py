"""The items of minutes: which numbers are minutes' own, and which titles stand without one.

A number at the head of a line may be a minute, a list point, a paragraph of a report or a year. Minutes
have one form of number in a document and rise by one, so the chain of numbers that explains most of the
headings is taken, and everything else is text (rules MIN-05 to MIN-07).
"""

import re
from dataclasses import dataclass, field, replace

from sightline.intake.minutes.passage import Passage, squeezed, without_page_parts
from sightline.intake.minutes.people import people
from sightline.intake.minutes.run_together import MADE, opened_rows
from sightline.intake.minutes.titles import KNOWN, VERB, capitals, inline, like_a_title
from sightline.intake.minutes.unnumbered import (
    DOCUMENTS,
    MINUTES_LABEL,
    is_title,
    title_of,
    unnumbered,
)

_NUMBER = re.compile(
    r"^(?:\*\s*)?(?:(?P<word>Minute|MINUTE|Min|Item|ITEM|Agenda [Ii]tem|AGENDA ITEM)"
    r"(?:\s+(?:No|Number|Ref)\b)?\.?\s*:?\s*)?"
    r"(?P<number>(?:\((?P<bracketed>\d{1,4})\))|"
    r"(?:(?P<prefix>[A-Z]{1,6}(?:&[A-Z]{1,3})?|[A-Z][a-z]{1,5}(?=/))(?P<gap>\s{0,2}[./-]?\s{0,2}))?"
    r"(?P<first>\d{1,5})(?P<part>[a-z](?=/))?(?:(?P<slash>[/.])(?P<second>\d{1,4}(?:-\d\d)?))?(?P<suffix>[A-Z](?![A-Za-z])|[a-z](?=\s+[A-Z]|\s*$))?)"
    r"(?:\s*\((?P<other>\d{1,4})\))?"
    r"(?P<stop>\s*[.):\u2013-](?=\s|$))?"
    r"(?:\s*\*)?(?:\s+|$)"
)
_MINUTES_OPEN = re.compile(r"^Minutes:\s+(?=\S)")
_AGENDA_OPENS = re.compile(
    r"\s+(?=To (?:receive|consider|note|confirm|approve|agree|sign|determine|review|answer|record|report)\b)"
)
_SUB = re.compile(r"^\d{1,4}\.\d{1,3}\.?(?:\s+|$)")
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_CONNECTS = re.compile(r"\b(?:and|of|the|to|for|in|on|with|by|at|any|or|from|&)$|[,/]$")
_MEASURE = re.compile(
    r"^(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"(?:,?\s+\d|\W*$)|per cent|%|years?|months?|weeks?|days?|minutes\s+\w|hours|am\b|pm\b|a\.m|p\.m)",
)
"""What makes a number before it a day, a time or a quantity."""
_LIST_LEAD = re.compile(
    r"(?:resolved|agreed|recommend\w*|requested|that|following|to)\b[^.]{0,60}[:\u2013-]+$", re.I
)
_PERSON = re.compile(
    r"^(?:(?:[A-Z]\.\s?){1,3}|(?:Councillors?|Cllrs?|Mr|Mrs|Ms|Miss|Dr)\b\.?\s*)[A-Z]"
)
"""An officer or member beside the number of an item he came for."""
_ADDRESS = re.compile(r"\b(?:Road|Street|Avenue|Lane|[A-Z]{1,2}\d{1,2}[A-Z]? \d[A-Z]{2})\b")


@dataclass(frozen=True)
class Section:
    """An item with its paragraphs; `place` is that of its heading among the passages."""

    number: str | None
    title: str
    heading: Passage
    body: list[Passage] = field(default_factory=list)
    agenda: list[Passage] = field(default_factory=list)
    restricted: bool = False


@dataclass(frozen=True)
class _Candidate:
    place: int
    """Of the passage with the number."""
    used: int
    """Passages the heading takes up."""
    number: str
    title: str
    text: tuple[str, ...]
    key: tuple[str, str]
    value: int
    quality: float


@dataclass(frozen=True)
class Divided:
    """A document divided: what stands before the first item, the items, and how sure they are."""

    preamble: list[Passage]
    sections: list[Section]
    numbered: bool
    unsure: list[Passage] = field(default_factory=list)


def divided(passages: list[Passage], first_allowed: int = 0) -> Divided:
    """Divide passages into the preamble and the items; none before `first_allowed`."""
    passages = _prefixes_joined(passages)
    candidates = _candidates(passages, first_allowed)
    chain = _best_chain(candidates)
    if len(chain) < 2 and len(opened := opened_rows(passages)) > len(passages):
        passages, chain = opened, []
        loose = {i: p.text for i, p in enumerate(passages) if p.level == MADE}
    else:
        loose = _loose(passages, chain, first_allowed)
    marks = {each.place: each for each in chain}
    starts = sorted({*marks, *loose})
    if not starts:
        return Divided(passages, [], False)
    sections = []
    for each, start in enumerate(starts):
        stop = starts[each + 1] if each + 1 < len(starts) else len(passages)
        sections.append(_section(passages, marks.get(start), start, stop, loose.get(start, "")))
    return Divided(passages[: starts[0]], sections, bool(chain))


def _prefixes_joined(passages: list[Passage]) -> list[Passage]:
    """Join a number that stands on two lines, as "CYP" over "9/08"."""
    kept: list[Passage] = []
    for each in passages:
        before = kept[-1] if kept else None
        if (
            before is not None
            and re.fullmatch(r"(?!PART)[A-Z]{1,6}\s*/?", before.text)
            and re.match(r"^\d{1,4}(?:/\d{1,4})?\.?(?:\s|$)", each.text)
            and not each.cells
        ):
            kept[-1] = replace(
                each, text=f"{before.text.rstrip(' /')} {each.text}", place=before.place
            )
        else:
            kept.append(each)
    return kept


def _candidates(passages: list[Passage], first_allowed: int) -> list[_Candidate]:
    found = []
    for place, passage in enumerate(passages):
        if place < first_allowed or (passage.marker and passage.marker != "*"):
            continue
        found += _candidate(passages, place, passage)
    return found


def _candidate(passages: list[Passage], place: int, passage: Passage) -> list[_Candidate]:
    cells = [cell for cell in passage.cells if cell]
    head = cells[0] if cells else passage.text
    match = _NUMBER.match(head)
    if match is None:
        return []
    if match["prefix"] and match["gap"] == "" and len(match["prefix"]) == 1 and not match["stop"]:
        return []  # "A4", "M5": a paper size or a road
    rest = head[match.end() :].strip()
    used, title, text = 1, rest, tuple(cells[1:])
    quality = 0.0
    if cells and not rest:
        if len(cells) < 2:
            return []
        title, text = cells[1], tuple(cells[2:])
        quality += 3
    elif not rest:
        after = passages[place + 1] if place + 1 < len(passages) else None
        if after is None or after.cells or after.marker or not after.text:
            return []
        if _NUMBER.fullmatch(after.text) and not like_a_title(after.text):
            return []
        title, used = after.text, 2
        quality += 3 if like_a_title(without_page_parts(title)) else -2
        quality += 2 if passage.heading or after.heading else 0
        while (
            _CONNECTS.search(title)
            and place + used < len(passages)
            and (
                like_a_title(passages[place + used].text)
                or passages[place + used].bold == after.bold
            )
            and len(passages[place + used].text) < 120
            and used < 5
        ):
            title, used = f"{title} {passages[place + used].text}", used + 1
    cleaned = without_page_parts(title)
    trimmed = cleaned != squeezed(title)
    title = cleaned
    if " Minutes: " in title or title.endswith(" Minutes:"):
        title, _, minutes = title.partition(" Minutes:")
        opened = _AGENDA_OPENS.split(title, maxsplit=1)
        title, text = opened[0], (*opened[1:], "Minutes:", minutes.strip(), *text)
        quality += 2
    split = inline(title) if used == 1 and not passage.heading and "Minutes:" not in text else None
    if split is not None:
        title, text = split[0], (split[1], *text)
        quality += 1
    return [
        _Candidate(place, used, _printed(match), title, tuple(filter(None, text)), key, value, mark)
        for key, value in _keys(match)
        if (mark := quality + _quality(passages, place, match, title, trimmed=trimmed, used=used))
        > -6
    ]


def _printed(match: re.Match[str]) -> str:
    number = squeezed(match["number"])
    if match["bracketed"]:
        return match["bracketed"]
    if match["slash"] == "." and match["second"] == "0":
        return number
    return number.rstrip(".")


def _keys(match: re.Match[str]) -> list[tuple[tuple[str, str], int]]:
    if match["bracketed"]:
        return [(("", "(n)"), int(match["bracketed"]))]
    prefix = match["prefix"] or ""
    first = int(match["first"])
    if match["slash"] == "/":
        second = int(match["second"][:4].split("-")[0])
        return [((prefix, f"n/{second}"), first), ((prefix, f"{first}/n"), second)]
    if match["slash"] == ".":
        if match["second"] == "0":
            return [((prefix, "n.0"), first)]
        return [((prefix, f"{first}.n"), int(match["second"].split("-")[0]))]
    stop = ")" if (match["stop"] or "").strip() == ")" else ""
    return [((prefix, f"n{stop}"), first)]


def _quality(  # noqa: PLR0912 - one form after another
    passages: list[Passage],
    place: int,
    match: re.Match[str],
    title: str,
    *,
    trimmed: bool,
    used: int,
) -> float:
    passage = passages[place]
    before = passages[place - 1] if place else None
    after = passages[place + used] if place + used < len(passages) else None
    mark = 0.0
    if _PERSON.match(title) and not passage.heading and (named := people(title)):
        return -10 if title.startswith(named[0].name) and not VERB.search(title) else -4
    if match["first"] and not match["prefix"] and not match["slash"]:
        if _YEAR.match(match["first"]) or _MEASURE.match(title):
            return -10
        if re.match(r"^0\d\d", match["first"]) or re.match(r"\d{3}[\d ]+\b", title):
            return -10  # a telephone
    if passage.heading:
        mark += 3
    if capitals(title):
        mark += 2
    if KNOWN.match(title):
        mark += 2
    alone = bool(passage.gap and (after is None or after.gap) and len(title.split()) <= 8)
    whole = title.rstrip(":") if KNOWN.match(title) and len(title.split()) <= 8 else title
    if like_a_title(whole[:1].upper() + whole[1:] if alone else whole):
        mark += 1.5
    elif not passage.heading:
        mark -= 3
    if trimmed or match["word"]:
        mark += 2
    if match["prefix"] or match["slash"] == "/":
        mark += 1
    if title.endswith(";"):
        mark -= 5
    elif title[:1].islower():
        mark -= 0 if alone and not title.endswith((".", ",")) else 5
    if title.endswith((":", "?")) and not passage.heading:
        mark -= 1
    if _ADDRESS.search(title) and not passage.heading:
        mark -= 4
    if before is not None and _LIST_LEAD.search(before.text) and not passage.heading:
        mark -= 4
    if (match["stop"] or "").strip() == ")" or match["bracketed"]:
        mark -= 1
    if after is not None and not after.marker and not _NUMBER.match(after.text):
        mark += 0.5
    if passage.depth >= 4 and not passage.heading:
        mark -= 0.5
    if (
        after is not None
        and re.match(rf"{match['first']}\.1\.?\s", after.text)
        and not match["slash"]
    ):
        mark += 4  # paragraphs of its own follow
    return mark


def _best_chain(candidates: list[_Candidate]) -> list[_Candidate]:
    best: tuple[float, list[_Candidate]] = (0.0, [])
    groups: dict[tuple[str, str], list[_Candidate]] = {}
    for each in candidates:
        groups.setdefault(each.key, []).append(each)
    for key, group in groups.items():
        score, chain = _chain(group)
        own_form = bool(key[0]) or "/" in key[1]
        alone = len(chain) == 1 and chain[0].quality < (2.5 if own_form else 4)
        points = key[1].endswith(".n") and len(chain) > 0
        if points:
            score -= 3  # paragraphs within an item, rather
        if not alone and score > best[0]:
            best = (score, chain)
    return best[1]


_BACK = 200
"""Candidates before one that it may follow; keeps the time of hostile texts in bounds."""


def _chain(group: list[_Candidate]) -> tuple[float, list[_Candidate]]:
    """The best chain of rising numbers: a sum of the headings' quality and of steps by one."""
    scores: list[float] = []
    previous: list[int] = []
    for i, each in enumerate(group):
        best, link = 0.0, -1
        for j in range(max(0, i - _BACK), i):
            step = _step(group[j], each)
            if step is not None and scores[j] + step > best:
                best, link = scores[j] + step, j
        scores.append(best + each.quality)
        previous.append(link)
    if not scores:
        return 0.0, []
    at = max(range(len(scores)), key=scores.__getitem__)
    total, chain = scores[at], []
    while at >= 0:
        chain.append(group[at])
        at = previous[at]
    return total, chain[::-1]


def _step(before: _Candidate, after: _Candidate) -> float | None:
    step = after.value - before.value
    if after.place < before.place + before.used:
        return None
    if step == 0:
        own_form = bool(after.key[0]) and capitals(after.title) and after.title != before.title
        own_form = own_form or re.fullmatch(r"\d+[a-z]/\d+", after.number) is not None
        return 0.0 if (after.number[-1:].isalpha() and after.quality >= 3) or own_form else None
    if step == 1:
        return 2.0
    if step < 0:
        return -3.0 if after.value == 1 and after.quality >= 4 else None
    return 0.0 if step <= 3 else -1.0 if step <= 10 else -4.0


def _loose(passages: list[Passage], chain: list[_Candidate], first_allowed: int) -> dict[int, str]:
    """Titles of items without a number: all of them where none has one, else those set like the others."""
    if chain:
        return _between(passages, chain, first_allowed)
    return unnumbered(passages, first_allowed)


def _between(
    passages: list[Passage], chain: list[_Candidate], first_allowed: int
) -> dict[int, str]:
    """Titles whose number is lost, among numbered ones: in a gap of the run and set as the others are."""
    found: dict[int, str] = {}
    bold = sum(passages[each.place].heading for each in chain) >= 0.7 * len(chain)
    upper = sum(capitals(each.title) for each in chain) >= 0.7 * len(chain)
    labelled = sum(_has_minutes(passages, each) for each in chain) >= 0.5 * len(chain)
    if chain[0].value == 2 and any(passages[each.place].heading for each in chain):
        # The first number is lost: its title stands before the second, set as that is.
        start = next(
            (
                i
                for i in range(chain[0].place - 1, first_allowed - 1, -1)
                if passages[i].heading
                and KNOWN.match(title_of(passages[i]))
                and is_title(passages, i)
            ),
            None,
        )
        if start is not None:
            found[start] = title_of(passages[start])
    pairs = list(zip(chain, [*chain[1:], None], strict=True))
    for before, after in pairs:
        stop = after.place if after is not None else len(passages)
        gap = after is None or after.value - before.value != 1
        for i in range(before.place + before.used, stop):
            if not is_title(passages, i):
                continue
            passage = passages[i]
            followed = i + 1 < stop and MINUTES_LABEL.match(passages[i + 1].text)
            alike = (
                bold and passage.level == passages[before.place].level and passage.heading
            ) or (upper and capitals(passage.text) and len(passage.text.split()) >= 2)
            if i == before.place + before.used and (followed or _CONNECTS.search(before.title)):
                continue  # the agenda's words under a title, or the rest of the title
            if (labelled and followed) or (alike and gap and KNOWN.match(title_of(passage))):
                found[i] = title_of(passage)
    return found


def _has_minutes(passages: list[Passage], candidate: _Candidate) -> bool:
    start = candidate.place + candidate.used
    return any(MINUTES_LABEL.match(p.text) for p in passages[start : start + 6])


def _section(
    passages: list[Passage], mark: _Candidate | None, start: int, stop: int, title: str
) -> Section:
    heading = passages[start]
    body: list[Passage] = []
    if mark is not None:
        title = mark.title
        body += [
            replace(heading, text=part, bold=False, level=0, cells=(), marker="", gap=1)
            for part in mark.text
        ]
    taken = start + (mark.used if mark is not None else 1)
    rest = passages[taken:stop]
    for place, passage in enumerate(rest[:3]):
        # Bold runs are heading words: where they were broken apart, the title goes on.
        if (
            _CONNECTS.search(title)
            and passage.bold
            and (like_a_title(passage.text) or len(passage.text.split()) <= 6)
        ):
            title = f"{title} {passage.text}"
            rest = [*rest[:place], *rest[place + 1 :]]
            break
    body += rest
    agenda, text = parted(body)
    number = mark.number if mark is not None else None
    return Section(number, _tidied(title), heading, text, agenda)


_CLOCK = re.compile(
    r"\s*\((?i:(?:agenda )?item (?:no\.? )?\d+)\)$|\s*\(\s*\d{1,2}[.:]\d\d\s*(?:[ap]\.?m\.?)?\s*\)\s*$"
)


def _tidied(title: str) -> str:
    title = _CLOCK.sub("", title).strip(" *|")
    title = re.sub(r"\s*[-\u2013:]\s*$", "", title)
    return title[:-1] if title.endswith(".") and not title.endswith("..") else title


def parted(body: list[Passage]) -> tuple[list[Passage], list[Passage]]:
    """Tell the agenda's text from the minutes', where "Minutes:" stands between them."""
    agenda: list[Passage] = []
    text: list[Passage] = []
    for given in body:
        passage = given
        if MINUTES_LABEL.match(passage.text):
            agenda, text = [*agenda, *text], []
            continue
        if DOCUMENTS.match(passage.text):
            continue
        opened = _MINUTES_OPEN.match(passage.text)
        if opened:
            agenda, text = [*agenda, *text], []
            passage = replace(passage, text=passage.text[opened.end() :])
        paragraph = _SUB.match(passage.text)
        if paragraph:
            passage = replace(passage, text=passage.text[paragraph.end() :])
        if passage.text:
            text.append(passage)
    return agenda, text
