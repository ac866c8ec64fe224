"""What was decided, asked for, recommended or undertaken: the exact words, one entry for each part."""

import re
from dataclasses import dataclass, field, replace

from sightline.intake.minutes.lettered import POINT, flattened, parts_of, worded
from sightline.intake.minutes.numbering import Section
from sightline.intake.minutes.paragraphs import sentences
from sightline.intake.minutes.passage import Passage
from sightline.intake.minutes.record import Ask, AskKind, Quotation
from sightline.intake.minutes.wording import (
    BODY,
    CONFIRMED,
    DOES,
    HISTORY,
    NOT_CONFIRMED,
    clause,
    kind_of,
)

_DECIDED = (
    r"(?:RESOLVED|Resolved|AGREED|Agreed|ORDERED|Ordered|CONCLUDED|Concluded|"
    r"DECISION|Decision|DECISIONS|RESOLUTION|Resolution)"
)
_LEAD = re.compile(
    rf"^\W*(?:(?:It\s+was|IT\s+WAS|The\s+(?:[\w'\u2019&]+\s+){{0,8}}?{BODY}|Members"
    rf"|[Aa]ccordingly,?\s+it\s+was|After\s+[^,]{{1,80}},\s+it\s+was)\s+)?(?:(?:then"
    rf"|therefore|unanimously|duly|subsequently|also)\s+)?"
    rf"(?P<verb>{_DECIDED}|resolved|agreed|ordered|RECOMMENDED|Recommended|recommended"
    rf"|RECOMMENDATIONS?|Recommendations?|recommends)"
    r"(?P<more>(?:\s*\((?:unanimously|nem\.? con\.?|by \d+[^)]{0,40}|\d+ ?[^)]{0,40})\)"
    r"|\s+unanimously|\s+nem\.? con\.?|\s+to\s+RECOMMEND|\s+TO\s+RECOMMEND(?:ED)?)?)"
    r"(?P<to>\s+to\s+(?:the\s+)?(?:full\s+)?(?:Cabinet|Council|CABINET|COUNCIL|Executive"
    r"|(?:[A-Z][\w'\u2019]*\s+){0,4}(?:Committee|Board|Member))\b)?"
    r"(?P<rest>.*)$",
    re.DOTALL,
)
_MID = re.compile(
    r"(?:\b(?:[Ii]t was|and|and it was|was then|was therefore|it was (?:then|therefore"
    r"|further|unanimously|subsequently))\s+)?"
    r"\b(?P<verb>RESOLVED|RECOMMENDED|AGREED|ORDERED)(?P<more>(?:\s+\((?:unanimously"
    r"|nem con)\)|\s+unanimously|\s+to RECOMMEND)?)"
    r"(?P<to>\s+to\s+(?:the\s+)?(?:Cabinet|Council|Executive)\b)?(?P<rest>\s*(?:[:\u2013\u2014-]"
    r"|\bthat\b|\bThat\b|\bto\b|\().+)$",
    re.DOTALL,
)
_STOPS = re.compile(
    r"^\W*(?:reasons?\b|options? considered|alternative|background|\(?(?:proposed"
    r"|moved|seconded)\b|voting\b|votes?\b|for:|against:|the meeting\s+(?:ended|closed"
    r"|finished|concluded|rose|commenced)|"
    r"meeting (?:ended|closed)|chair(?:man)?\b\W*$|signed\b|note:|\(note|councillor"
    r" .{0,60} (?:left|joined|arrived|entered)|additional documents|supporting documents"
    r"|discussion|"
    r"declarations? of|in discussion|members (?:then|also) )",
    re.IGNORECASE,
)
_ACTION = re.compile(
    r"^\W*(?P<open>\()?\s*(?:ACTION|Action|ACTIONS|Actions|Action [Pp]oints?|ACTION"
    r" POINTS?|Agreed [Aa]ctions?|AGREED ACTIONS?)\b(?:\s*(?:No\.?\s*)?:?\s*\d{1,3}"
    r"(?:\.\d{1,2})?)?\s*(?:\([^)]{0,60}\)\s*)?(?:[:.\u2013-]+|$)\s*(?P<rest>.*)$",
    re.DOTALL,
)
_ACTION_DOES = re.compile(r"\bto\s+[a-z]+|\bwill\b")
_ACTION_END = re.compile(
    r"[\[(]\s*(?:ACTION|Action|Actions)\b\s*[:.\u2013-]*\s*(?P<who>[^)\]]{0,200})[)\]]\W*$"
)

_AGENDA = re.compile(
    r"^\W*(?:To (?:receive|consider|note|approve|confirm|agree|review|determine|sign)"
    r"|Report of|Attached (?:is|are)|The Committee is (?:asked|recommended|invited)|Members are"
    r" (?:asked|requested|reminded|recommended"
    r"|invited)|The (?:Panel|Committee|Board) (?:is|are|will be) (?:asked|invited"
    r"|recommended|requested))\b"
)


_INTEREST = re.compile(
    r"\b(?:declared|declaration of|disclosed) (?:an? )?[\w -]{0,40}\binterests?\b"
)
"""An interest that stands between a lead and what was decided."""


@dataclass(frozen=True)
class _Open:
    """A lead whose parts stand in the paragraphs that follow."""

    kind: AskKind


def asks(sections: list[Section]) -> list[Ask]:
    """Read the asks of each item, in order. Text printed before "Minutes:" is a plan, and left out."""
    found: list[Ask] = []
    for section in sections:
        made = _of_item(section)
        kept: list[Ask] = []
        for each in made:
            if each.text and not any(_same(each.text, k.text) for k in kept):
                kept.append(each)
        found += kept
    return found


def _same(one: str, other: str) -> bool:
    a, b = (
        re.sub(r"\W+", " ", one).strip().casefold(),
        re.sub(r"\W+", " ", other).strip().casefold(),
    )
    return a == b


def _of_item(section: Section) -> list[Ask]:
    found: list[Ask] = []
    body = section.body
    place = 0
    while place < len(body):
        passage = body[place]
        text = passage.text
        if len(text) > 20_000 or _AGENDA.match(text) or _names_only(text):
            place += 1
            continue
        if column := _action_column(passage):
            made, place = _action_rows(body, place + 1, column, section.number)
            found += made
            continue
        lead = _lead(text)
        if lead is not None:
            made, place = _decision(lead, body, place, section.number)
            found += made
            continue
        action = _ACTION.match(text)
        if action:
            made, place = _actions(action, found, body, place, section.number)
            found += made
            continue
        made, opened = _in_sentences(passage, section.number)
        found += made
        place += 1
        if opened is not None:
            made, place = _points(opened, body, place, section.number)
            found += made
    return found


def _action_column(passage: Passage) -> int:
    """The column of a table's head that is called Action, counted from 1; 0 if none is."""
    if len(passage.cells) < 2 or any(len(cell.split()) > 4 for cell in passage.cells):
        return 0
    return next(
        (
            i
            for i, cell in enumerate(passage.cells, 1)
            if re.match(
                r"^(?:agreed )?actions?(?: (?:points?|agreed|required))?$", cell, re.IGNORECASE
            )
        ),
        0,
    )


def _action_rows(
    body: list[Passage], place: int, column: int, item: str | None
) -> tuple[list[Ask], int]:
    found = []
    while place < len(body) and len(body[place].cells) >= column:
        if worded(words := body[place].cells[column - 1]):
            found.append(_ask(words, "undertaking", item, body[place]))
        place += 1
    return found, place


def _names_only(text: str) -> bool:
    return text.startswith(("Cllr", "Councillor")) and len(text.split()) <= 4


@dataclass(frozen=True)
class _Decision:
    kind: AskKind
    rest: str
    before: str = ""


def _lead(text: str) -> _Decision | None:
    """The words that open a decision at the head of a paragraph."""
    match = _LEAD.match(text)
    if match is None:
        return None
    verb, rest = match["verb"], match["rest"]
    kind = _kind(verb, match["more"], match["to"])
    opened = match.start("verb") > len(text) - len(text.lstrip("*# \t"))
    if verb in (
        "agreed",
        "resolved",
        "ordered",
        "recommended",
        "recommends",
        "Agreed",
        "Resolved",
        "Decision",
        "Recommended",
        "Resolution",
    ):
        sign = re.match(r"^\s*(?:[:;\u2013\u2014-]|that\b|That\b|to\b|as\b|\()", rest)
        if sign is None:
            return None if rest.strip() else _Decision(kind, "")
        if (
            verb in ("agreed", "recommended", "resolved")
            and opened
            and not DOES.search(rest)
            and rest.strip(" :\u2013-")
            and not rest.strip().startswith(":")
        ):
            return None
    elif rest and not re.match(
        r"^\s*(?:[:;.,\u2013\u2014-]|that\b|THAT\b|That\b|to\b|\(|the\b|by\b|accordingly|[A-Z]|\d|as\b|$)",
        rest,
    ):
        return None
    if HISTORY.search(text[: match.start("rest")]):
        return None
    return _Decision(kind, rest)


def _kind(verb: str, more: str | None, to: str | None) -> AskKind:
    if verb.lower().startswith("recommend") or (more and "recommend" in more.lower()):
        return "recommendation"
    del to
    return "resolution"


def _stripped(rest: str) -> str:
    rest = re.sub(r"^[\s:;.,\u2013\u2014-]+", "", rest)
    return rest.strip()


def _decision(
    lead: _Decision, body: list[Passage], place: int, item: str | None
) -> tuple[list[Ask], int]:
    passage = body[place]
    rest = _stripped(lead.rest)
    if rest.startswith("as "):
        return [_ask(passage.text, lead.kind, item, passage)], place + 1
    bare = re.fullmatch(
        r"(?:unanimously\s*)?(?:that|That|THAT)?(?:\s+the\s+[\w\s]{1,60})?\s*[:;,\u2013\u2014-]*\s*",
        rest,
    )
    parts = [] if bare else parts_of(rest)
    if bare or rest.endswith((":", ":-", "\u2013", " -")) or (len(parts) == 0 and not rest):
        opening = rest.strip(" :-\u2013") if not bare else ""
        loose = (
            bool(bare) or re.search(r"\b(?:that|to|the \w+)\W*$", rest, re.IGNORECASE) is not None
        )
        made, after = _points(_Open(lead.kind), body, place + 1, item, decision=loose)
        if made:
            if (
                opening
                and not parts
                and _whole(opening)
                and not re.search(r"(?:following|that|to|the \w+)\W*$", opening, re.I)
            ):
                own = _ask(rest, lead.kind, item, passage)
                return [own, *made], after
            return made, after
        if not rest or bare:
            return [], max(after, place + 1)
    if parts:
        made = [_ask(part, lead.kind, item, passage) for part in parts if worded(part)]
        more, after = _points(_Open(lead.kind), body, place + 1, item, decision=True, marked=True)
        return [*made, *more], after
    body_text, follow = _first_statement(rest)
    made = [_ask(body_text, lead.kind, item, passage)] if worded(body_text) else []
    if follow:
        extra, _ = _in_sentences(replace(passage, text=follow), item)
        made += extra
    more, after = _points(_Open(lead.kind), body, place + 1, item, decision=True, marked=True)
    return [*made, *more], after


def _whole(opening: str) -> bool:
    return bool(re.search(r"\b(?:be|held|is|are)\b", opening)) and len(opening.split()) > 7


def _first_statement(rest: str) -> tuple[str, str]:
    """Part the decision from sentences after it: those that begin with That belong to it."""
    said = list(sentences(rest))
    keep = 1
    while keep < len(said) and re.match(r"^(?:That|that|And|the)\b", said[keep]):
        keep += 1
    return " ".join(said[:keep]), " ".join(said[keep:])


def _points(
    opened: _Open,
    body: list[Passage],
    place: int,
    item: str | None,
    *,
    decision: bool = False,
    marked: bool = False,
) -> tuple[list[Ask], int]:
    """Read the points after a lead, and give where they end.

    `decision` says that the first paragraph may itself be what was decided; `marked` reads on only where
    the next paragraph has a mark of its own.
    """
    reader = _Points(opened.kind, body, item, decision, marked)
    while place < len(body) and (used := reader.take(place)):
        place += used
        if reader.done:
            break
    return reader.found, place


@dataclass
class _Points:
    """Takes paragraphs one by one; a point that ends in a colon has points of its own.

    Each of those carries its words in front, as far as indentation, or the first place after it, shows them.
    """

    kind: AskKind
    body: list[Passage]
    item: str | None
    decision: bool
    marked: bool
    found: list[Ask] = field(default_factory=list)
    done: bool = False
    _parent: str = ""
    _parent_sign: str | None = None
    _depth: int = -1
    _sign: str | None = None

    def take(self, place: int) -> int:
        """Take the paragraph at a place; how many were used, 0 where the points have ended."""
        passage = self.body[place]
        text = passage.text
        if not self.found and _INTEREST.search(text):
            return 1
        if _STOPS.match(text) or _lead(text) is not None or _ACTION.match(text):
            return 0
        if passage.heading and len(text.split()) <= 6 and not passage.marker and self.found:
            return 0
        point = POINT.match(text)
        if not (passage.marker or point):
            return self._unmarked(passage, place)
        sign = "bullet" if passage.marker and not point else "mark"
        if self._sign is not None and self._sign not in ("flat", sign) and not self._parent:
            return 0
        self._sign = sign
        self._point(passage, (text[point.end() :] if point else text).strip(), place)
        return 1

    def _unmarked(self, passage: Passage, place: int) -> int:
        flat = [] if passage.text.endswith((":", ":-")) else flattened(passage)
        if flat and not self.marked:
            for part in flat:
                self._add(part, passage)
            self._sign = "flat"
            return 1
        if self.found or self.marked:
            if not (self.decision and re.match(r"^(?:That|that)\b", passage.text)):
                return 0
        elif not self.decision:
            return 0
        if self.found:
            self._point(passage, passage.text.strip(), place)
            return 1
        return self._decided(passage, place)

    def _decided(self, passage: Passage, place: int) -> int:
        """Take the decision itself, in a paragraph after its lead."""
        words = passage.text.strip()
        if parts := parts_of(words):
            for part in filter(worded, parts):
                self._add(part, passage)
        elif words.endswith(":") and self._has_points(place + 1):
            if _whole(words):
                self._add(words, passage)
                self.done = True
                return _skip_points(self.body, place + 1) - place
            return 1
        else:
            statement, follow = _first_statement(words)
            self._add(statement, passage)
            if follow:
                self.found += _in_sentences(replace(passage, text=follow), self.item)[0]
        self.marked = True
        return 1

    def _point(self, passage: Passage, words: str, place: int) -> None:
        if words.endswith((":", ":-")):
            self._parent, self._depth = words.rstrip("-").strip(), passage.depth
            self._parent_sign = self._sign
            if not self._has_points(place + 1):
                self._add(words, passage)
                self._parent = ""
        elif self._parent and (
            passage.depth > self._depth
            or not self._parent_used()
            or self._sign != self._parent_sign
        ):
            self._add(f"{self._parent} {words}", passage)
        else:
            self._parent = ""
            if worded(words):
                self._add(words, passage)

    def _parent_used(self) -> bool:
        return any(each.text.startswith(self._parent) for each in self.found)

    def _has_points(self, place: int) -> bool:
        return place < len(self.body) and bool(
            self.body[place].marker or POINT.match(self.body[place].text)
        )

    def _add(self, words: str, passage: Passage) -> None:
        self.found.append(_ask(words, self.kind, self.item, passage))


def _skip_points(body: list[Passage], place: int) -> int:
    while place < len(body) and (body[place].marker or POINT.match(body[place].text)):
        place += 1
    return place


def _actions(
    action: re.Match[str], found: list[Ask], body: list[Passage], place: int, item: str | None
) -> tuple[list[Ask], int]:
    passage = body[place]
    rest = action["rest"].strip().strip("*").strip()
    if action["open"]:
        rest = rest.rstrip(")").strip()
    if not rest:
        made, after = _points(_Open("undertaking"), body, place + 1, item, decision=True)
        return made, max(after, place + 1)
    owners = re.fullmatch(
        r"(?:[A-Z][\w.'\u2019-]*|and|&|/|,|of|for|the|to)(?:[\s/,&]+(?:[A-Z][\w.'\u2019-]*"
        r"|and|of|for|the|to|&))*",
        rest,
    )
    if owners and len(rest.split()) <= 9 and place:
        before = body[place - 1]
        said = list(sentences(before.text))
        if said and not any(
            _same(said[-1], a.text) or said[-1] in a.text or a.text in said[-1] for a in found
        ):
            return [_ask(said[-1], "undertaking", item, before)], place + 1
        return [], place + 1
    parts = parts_of(rest)
    return [_ask(part, "undertaking", item, passage) for part in (parts or [rest])], place + 1


def _in_sentences(passage: Passage, item: str | None) -> tuple[list[Ask], _Open | None]:
    found: list[Ask] = []
    opened: _Open | None = None
    text = passage.text
    said = list(sentences(text))
    made_before = False
    for place, sentence in enumerate(said):
        last = place == len(said) - 1
        if len(sentence) > 6000:
            continue
        end = _ACTION_END.search(sentence)
        core = sentence[: end.start()].rstrip() if end else sentence
        if (
            place
            and re.fullmatch(
                r"[\[(]?\s*(?:ACTION|Action)S?\s*:?[^a-z]{0,3}[A-Z][\w /&,.'\u2019-]{0,60}[\])]?\.?",
                sentence,
            )
            and not _ACTION_DOES.search(sentence)
        ):
            if not made_before:
                found.append(_ask(said[place - 1], "undertaking", item, passage))
            continue
        made, lead = _of_sentence(core, passage, item, last=last)
        made_before = bool(made)
        found += made
        if end and not made and worded(core):
            found.append(_ask(core, "undertaking", item, passage))
        opened = lead if last else None
    return found, opened


def _of_sentence(  # noqa: PLR0911 - one form after another
    sentence: str, passage: Passage, item: str | None, *, last: bool
) -> tuple[list[Ask], _Open | None]:
    if (action := _ACTION.match(sentence)) and worded(action["rest"]):
        return [_ask(action["rest"], "undertaking", item, passage)], None
    mid = _MID.search(sentence)
    if mid is not None and not HISTORY.search(sentence[: mid.start()]):
        kind = _kind(mid["verb"], mid["more"], mid["to"])
        rest = _stripped(mid["rest"])
        if last and re.fullmatch(r"(?:that|That)?\W*(?:the \w+)?\W*", rest):
            return [], _Open(kind)
        parts = parts_of(rest)
        return [_ask(p, kind, item, passage) for p in (parts or [rest]) if worded(p)], None
    if CONFIRMED.search(sentence) and not NOT_CONFIRMED.search(sentence) and len(sentence) < 700:
        return [_ask(sentence, "resolution", item, passage)], None
    asked = kind_of(sentence)
    if asked is None:
        return [], None
    if last and sentence.rstrip().endswith((":", ":-", ":\u2013")):
        return [], _Open(asked)
    inside = re.search(r":\s*(?=\(?(?:a|i|1)\)\s)", sentence)
    if inside and (parts := parts_of(sentence[inside.end() :])):
        return [_ask(part, asked, item, passage) for part in parts], None
    return [_ask(clause(sentence), asked, item, passage)], None


def _ask(text: str, kind: AskKind, item: str | None, passage: Passage) -> Ask:
    words = text.strip().strip("*").strip()
    if kind == "resolution" and re.search(
        r"^(?:that\s+)?(?:it be (?:a )?recommend|to recommend|(?:the )?(?:Cabinet|Council"
        r"|Executive)(?: Member[^.]{0,60}?)? be recommended|.{0,40}\bbe recommended "
        r"(?:to|that)|the \w+ recommends? to (?:the )?(?:Cabinet|Council|Executive)\b)",
        words,
        re.IGNORECASE,
    ):
        kind = "recommendation"
    return Ask(words, kind, item, Quotation(passage.text, passage.place))
