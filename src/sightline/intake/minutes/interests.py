"""Interests that members declared: who, of which kind, in which item, and whether they left."""

import re
from dataclasses import replace

from sightline.intake.minutes.lettered import POINT
from sightline.intake.minutes.numbering import Section
from sightline.intake.minutes.paragraphs import sentences
from sightline.intake.minutes.passage import Passage
from sightline.intake.minutes.people import people, surname
from sightline.intake.minutes.record import Declaration, Doubt, Quotation

_KIND_WORD = (
    r"(?:disclosable|non[- ]disclosable|discloseable|declarable|pecuniary|non[- ]pecuniary"
    r"|nonpecuniary|personal|prejudicial|non[- ]prejudicial|"
    r"registrable|registerable|non[- ]registrable|non[- ]registerable|registered|other"
    r"|significant|substantial|financial|"
    r"non[- ]financial|statutory|direct|indirect|DPI|ORI|NRI"
    r"|local|code|conflicting|potential|general|standing)"
)
_KINDS = (
    rf"{_KIND_WORD}(?:(?:\s*,\s*|\s+and\s+|\s+but\s+|\s+or\s+|\s+)"
    rf"(?:an?\s+)?(?:not\s+)?{_KIND_WORD}){{0,5}}"
)
_INTEREST = re.compile(
    rf"\b(?:(?P<kind>{_KINDS})\s*(?:,\s*)?)?\b(?P<word>interests?\b|(?<=prejudicial )in\b"
    r"|(?P<short>DPI|ORI|NRI)s?\b)",
    re.IGNORECASE,
)
_DECLARED = re.compile(
    r"\b(?:declared|declares|disclosed|registered|made|gave|expressed|indicated|announced"
    r"|stated|reported|recorded)\b",
    re.IGNORECASE,
)
_DECLARES = re.compile(
    r"\b(?:declared|disclosed|declares|registered|declarations? of|recorded)\b", re.IGNORECASE
)
_NONE = re.compile(
    r"\b(?:no|none|nil|not any)\b[^.]{0,60}\b(?:declar|interest|disclos|made|received)"
    r"|\bthere were (?:no|none)\b|\bno (?:member|councillor|other)",
    re.IGNORECASE,
)
_ITEM = re.compile(
    r"\b(?:agenda\s+items?|items?|minutes?|matters?)\s*(?:\([^)]{0,10}\)\s*)?(?:numbers?"
    r"|nos?\.?|number|#|ref\.?)?\s*:?\s*"
    r"(?P<numbers>[\u2018'\"(]?(?!of\b|the\b|in\b)(?:[A-Z]{1,6}[ ./]{0,2})?\d{1,4}(?:[/.]\d{1,4})?"
    r"[A-Z]?\b(?:\([a-z]{1,2}\))?\)?"
    r"(?:\s*(?:,|and|&|or|to)\s*(?:agenda\s+items?\s+|items?\s+|minutes?\s+)?(?:[A-Z]{1,6}["
    r" ./]{0,2})?\d{1,4}(?:[/.]\d{1,4})?(?!\s*(?:years|months|January|February|March"
    r"|April|May|June|July)))*)",
    re.IGNORECASE,
)
_AGAIN = re.compile(r"\((?:agenda item|item|minute)\b[^()]{0,30}\)", re.IGNORECASE)
_NUMBER = re.compile(r"(?:[A-Z]{1,6}[ ./]{0,2})?\d{1,4}(?:[/.]\d{1,4})?[A-Z]?\b(?:\([a-z]{1,2}\))?")
_LEFT = re.compile(
    r"\b(?:left|leave|leaves|leaving|withdrew|withdraw|withdrawn|withdrawing|vacated"
    r"|vacate|retired from|absented|exited|recused (?:himself|herself|themselves)"
    r"|not present (?:during|for))\b"
    r"(?!\s+(?:early|to one side)\b)(?![^.]{0,25}\bservice|\bcare\b)",
    re.IGNORECASE,
)
_STAYED = re.compile(
    r"\b(?:remained|stayed|did not (?:leave|withdraw)|not (?:leave|required to leave"
    r"|withdraw)|did not prevent|not have to leave|need not (?:leave|withdraw)|able"
    r" to remain)\b",
    re.IGNORECASE,
)
_UNDER = re.compile(
    r"^(?:Agenda )?(?:Item|Minute)(?: No\.?| Number)?\s*:?\s*(?P<number>(?:[A-Z]{1,5}[./"
    r" ]?)?\d[\w./]{0,6})\b(?![^.]{0,200}\b(?:declared|disclosed)\b)",
    re.IGNORECASE,
)
"""An item as the heading of the interests declared in it."""
_TITLE = re.compile(r"interest|declar|disclos|whip", re.IGNORECASE)
_HEAD_CELL = re.compile(
    r"^(?:name(?: of (?:member|councillor))?|member|councillor|type(?: of interest)?"
    r"|interest|nature(?: of interest)?|kind|reason|details?|"
    r"item(?:/nature of interest)?|agenda item|minute(?: number| no\.?)?|item (?:no\.?"
    r"|number)|action|category|nature of (?:the )?interest|item/nature)\W*$",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"^(?:He|She|They|Each (?:[Mm]ember|Councillor)|The (?:Members?|Councillor|Chair\w*)|Both)\b"
)


def declarations(
    sections: list[Section], preamble: list[Passage]
) -> tuple[list[Declaration], list[Doubt]]:
    """Read declarations wherever they stand; those under their own title also from tables."""
    found: list[Declaration] = []
    doubts: list[Doubt] = []
    everything = [*preamble, *(p for s in sections for p in s.body)]
    for section in sections:
        own = _TITLE.search(section.title) is not None and not re.search(
            r"interest rate", section.title, re.I
        )
        if own:
            found += _tables(section.body)
            found += _under_names(section.body)
        under: str | None = None
        for place, passage in enumerate(section.body):
            if own and sum(map(bool, passage.cells)) > 1:
                continue
            if own and (headed := _UNDER.match(passage.text)):
                under = headed["number"]
            made = _sentences(passage, own=own)
            made = _same_item(made, found)
            if own and under:
                made = [replace(m, item=m.item or under) for m in made]
            if (
                own
                and not made
                and re.search(r":[\s\u2013-]*$", passage.text)
                and _DECLARES.search(passage.text)
            ):
                made = _listed(passage, section.body[place + 1 : place + 12])
                if not made:
                    doubts.append(
                        Doubt(
                            "declarations",
                            "It is said that interests were declared, but by whom is not there.",
                            Quotation(passage.text, passage.place),
                        )
                    )
            found += made
    for passage in preamble:
        found += _sentences(passage, own=False)
    found = _once(found)
    found = [_leaving(each, everything) for each in found]
    numbers = {section.number for section in sections if section.number}
    for each in found:
        if each.item and numbers and each.item not in numbers and not _ends_as(each.item, numbers):
            doubts.append(
                Doubt(
                    "declarations",
                    f"There is no item {each.item} in these minutes.",
                    each.quotation,
                )
            )
    return found, doubts


def _or_none(numbers: list[str]) -> list[str | None]:
    return [*numbers] or [None]


def _ends_as(item: str, numbers: set[str]) -> bool:
    return any(re.split(r"[./ ]", number)[-1].lstrip("0") == item.lstrip("0") for number in numbers)


def _once(found: list[Declaration]) -> list[Declaration]:
    kept: list[Declaration] = []
    for each in found:
        same = [
            k
            for k in kept
            if surname(k.member) == surname(each.member)
            and (k.item == each.item or k.item is None or each.item is None)
            and (k.kind == each.kind or k.kind is None or each.kind is None)
        ]
        if not same:
            kept.append(each)
        elif each.item is not None and same[0].item is None and each.kind == same[0].kind:
            kept[kept.index(same[0])] = each
    return kept


def _sentences(passage: Passage, *, own: bool) -> list[Declaration]:
    text = passage.text
    if ("nterest" not in text and not re.search(r"\b(?:DPI|ORI|NRI)\b", text)) or len(text) > 8000:
        return []
    found: list[Declaration] = []
    quotation = Quotation(text, passage.place)
    members: list[str] = []
    for sentence in sentences(text):
        for clause in re.split(
            r";\s*(?:and\s+)?|\s+and\s+(?=(?:Councillor|Cllr|Mr|Mrs|Ms)\b[^,;]{0,60}\bdeclared)",
            sentence,
        ):
            made, members = _clause(clause, members, quotation, own=own)
            found += made
    return found


def _same_item(made: list[Declaration], before: list[Declaration]) -> list[Declaration]:
    """Give "the same item" the number that the declaration before it cites, if that is one."""
    cited = {each.item for each in before[-1:]} - {None}
    if len(cited) != 1:
        return made
    return [
        replace(each, item=next(iter(cited)))
        if each.item is None and _SAME_ITEM.search(each.quotation.words)
        else each
        for each in made
    ]


_SAME_ITEM = re.compile(r"\bin (?:the|this) same (?:agenda )?item\b", re.IGNORECASE)


_GIVES = re.compile(r"\s+(?:(?:gave|made)\s+an?\s+)?declar")


def _clause(
    clause: str, members: list[str], quotation: Quotation, *, own: bool
) -> tuple[list[Declaration], list[str]]:
    interest = _INTEREST.search(clause)
    if interest is None or (
        re.search(r"\bdeclarations? of\b[^.]{0,40}$", clause[: interest.start()], re.I)
        and not people(_GIVES.split(clause, maxsplit=1)[0])
    ):
        return [], members
    if _NONE.search(clause[: interest.end() + 30]):
        return [], members
    verbs = [v for v in _DECLARED.finditer(clause) if _DECLARES.match(v[0]) or own]
    if not verbs:
        dashed = re.match(
            r"^(?P<who>[^:\u2013]{3,90}?)\s*(?:[:\u2013]|\s-\s)\s*(?P<rest>.*)$", clause
        )
        if own and dashed and (named := people(dashed["who"])):
            return _made([p.name for p in named], clause, interest, quotation), [
                p.name for p in named
            ]
        return [], members
    verb = verbs[0]
    before = clause[: verb.start()]
    before = re.sub(
        r"^.*?\b(?:item|matter)\b[^,]{0,80},\s*(?=(?:Councillor|Cllr|Mr|Mrs|Ms|Dr)\b)", "", before
    )
    before = re.sub(
        r"\s+(?:then|also|further|had|has|have|subsequently|similarly|likewise|again|each|both|all)\s*$",
        "",
        before.strip(" ,"),
    )
    named = people(before)
    if not named:
        after = re.search(r"\bby\s+((?:Councillors?|Cllrs?|Mr|Mrs|Ms|Dr)\b[^.;]*)", clause)
        if after and re.search(r"\binterests?\b", clause[: after.start()]):
            named = people(re.split(r"\s+(?:in|as|who|on|because|regarding)\b", after[1])[0])
    names = [person.name for person in named] or (members if _PRONOUN.match(clause.strip()) else [])
    if not names:
        return [], members
    return _made(names, clause, interest, quotation), names


def _made(
    names: list[str], clause: str, interest: re.Match[str], quotation: Quotation
) -> list[Declaration]:
    kind = _kind(clause, interest)
    cited = _cited(clause)
    left = bool(_LEFT.search(clause)) and not _STAYED.search(clause)
    return [
        Declaration(name, kind, item, left, quotation) for name in names for item in _or_none(cited)
    ]


def _kind(clause: str, interest: re.Match[str]) -> str | None:
    best = interest["kind"] or interest["short"]
    if best is None:
        for other in _INTEREST.finditer(clause):
            if other["kind"] or other["short"]:
                best = other["kind"] or other["short"]
                break
    if best is None:
        return None
    if (
        re.fullmatch(r"(?:local|code|other|general|standing|potential)", best, re.IGNORECASE)
        and best.lower() != "other"
    ):
        return best.lower()
    return " ".join(best.lower().split()) if not best.isupper() else best


def _cited(clause: str) -> list[str]:
    found: list[str] = []
    outside = _AGAIN.sub("", clause)
    if _ITEM.search(outside):
        clause = outside  # in brackets stands the same item by another number
    for match in _ITEM.finditer(clause):
        for number in _NUMBER.finditer(match["numbers"]):
            cleaned = " ".join(number[0].split())
            if cleaned not in found:
                found.append(cleaned)
    return found


_ALL_ABOVE = re.compile(
    r"^(?:All (?:of )?the above|The above(?:-named)?)\s+(?:named\s+)?(?:members|councillors)\b",
    re.IGNORECASE,
)


def _leaving(made: Declaration, everything: list[Passage]) -> Declaration:
    """Look whether the text says, anywhere, that this member left."""
    if made.left_meeting:
        return made
    name = surname(made.member)
    if not name:
        return made
    for passage in everything:
        if not _LEFT.search(passage.text) or not (
            name in passage.text.casefold() or _ALL_ABOVE.match(passage.text)
        ):
            continue
        said = list(sentences(passage.text[:8000]))
        for place, sentence in enumerate(said):
            if not _LEFT.search(sentence) or _STAYED.search(sentence):
                continue
            about = sentence
            pronoun = re.search(r"\b(?:he|she|they)\b", sentence) and not people(
                sentence.split(" left")[0]
            )
            if place and (pronoun or _PRONOUN.match(sentence)):
                about = f"{said[place - 1]} {sentence}"
            leaves = re.search(
                r"\b(?:meeting|room|chamber|table|item|discussion|consideration|debate|vote|matter)\b",
                sentence,
                re.IGNORECASE,
            )
            early = re.search(r"\bat\s+\d{1,2}[.:]\d\d", sentence) and not re.search(
                r"interest|during|item|consideration", sentence, re.IGNORECASE
            )
            cited = _cited(sentence)
            if cited and made.item and made.item not in cited:
                continue
            if leaves and _ALL_ABOVE.match(sentence) and not cited:
                return replace(made, left_meeting=True)
            if leaves and not early and re.search(rf"\b{re.escape(name)}\b", about.casefold()):
                return Declaration(made.member, made.kind, made.item, True, made.quotation)
    return made


_CITES = re.compile(r"^(?:Agenda )?(?:Item|Minute)s?\b", re.IGNORECASE)


def _under_names(body: list[Passage]) -> list[Declaration]:
    """Read lines that each cite an item, under the name of the member alone on a line."""
    found: list[Declaration] = []
    member: str | None = None
    for passage in body:
        named = people(passage.text)
        if len(named) == 1 and named[0].name == passage.text.strip(" :*"):
            member = named[0].name
        elif member is not None and _CITES.match(passage.text) and "declared" not in passage.text:
            interest = _INTEREST.search(passage.text)
            kind = _kind(passage.text, interest) if interest else None
            left = bool(_LEFT.search(passage.text)) and not _STAYED.search(passage.text)
            quotation = Quotation(passage.text, passage.place)
            found += [
                Declaration(member, kind, item, left, quotation)
                for item in _cited(
                    passage.text.split(" - ")[0] if " & " not in passage.text else passage.text
                )
            ]
    return found


def _listed(lead: Passage, points: list[Passage]) -> list[Declaration]:
    """Read points after "The following interests were declared:"."""
    found: list[Declaration] = []
    lead_kind = _INTEREST.search(lead.text)
    for given in points:
        point = replace(given, text=POINT.sub("", given.text, count=1))
        head = re.split(
            r"\s+[-\u2013\u2014]\s+|:\s+|\s+in\s+|\s+declared\b|,\s+as\b", point.text, maxsplit=1
        )
        named = people(head[0])
        if not named or not point.text.startswith(named[0].name[:4]):
            break
        interest = _INTEREST.search(point.text)
        kind = _kind(point.text, interest) if interest else None
        if kind is None and lead_kind is not None:
            kind = _kind(lead.text, lead_kind)
        quotation = Quotation(point.text, point.place)
        left = bool(_LEFT.search(point.text)) and not _STAYED.search(point.text)
        found += [
            Declaration(p.name, kind, item, left, quotation)
            for p in named
            for item in _or_none(_cited(point.text))
        ]
    return found


def _tables(body: list[Passage]) -> list[Declaration]:
    """Read declarations set as a table, its cells in rows or each on a line of its own."""
    found: list[Declaration] = []
    heads: list[str] = []
    rows = [p for p in body if p.cells]
    for passage in rows:
        cells = list(passage.cells)
        if all(_HEAD_CELL.match(cell) for cell in cells if cell) and any(cells):
            heads = [cell.lower() for cell in cells]
            continue
        found += _row(cells, heads, Quotation(passage.text, passage.place))
    flat = [p for p in body if not p.cells]
    start = next((i for i, p in enumerate(flat) if _HEAD_CELL.match(p.text)), None)
    if start is None:
        return found
    stop = start
    while stop < len(flat) and _HEAD_CELL.match(flat[stop].text):
        stop += 1
    heads = [p.text.lower() for p in flat[start:stop]]
    values = flat[stop:]
    wide = len(heads)
    for at in range(0, len(values) - wide + 1, wide or 1):
        if wide < 2 or not people(values[at].text):
            break
        cells = [p.text for p in values[at : at + wide]]
        found += _row(cells, heads, Quotation(" | ".join(cells), values[at].place))
    return found


def _row(cells: list[str], heads: list[str], quotation: Quotation) -> list[Declaration]:
    named: list[str] = []
    kind: str | None = None
    items: list[str] = []
    for place, cell in enumerate(cells):
        if not cell:
            continue
        head = heads[place] if place < len(heads) else ""
        match = re.fullmatch(
            rf"\W*(?P<kind>{_KINDS}|DPI|ORI|NRI)(?:\s+interests?)?\W*", cell, re.IGNORECASE
        )
        if match and kind is None:
            kind = match["kind"] if match["kind"].isupper() else match["kind"].lower()
        elif not named and people(cell) and "nature" not in head and "item" not in head:
            named = [p.name for p in people(cell)]
        elif ("item" in head or "minute" in head) and (
            number := re.match(r"^\W*(?:item\s+)?([A-Z./ ]{0,6}\d[\w./]{0,7})\b", cell, re.I)
        ):
            items = [number[1].strip().rstrip(".")]
        elif cited := _cited(cell):
            items = items or cited
        if kind is None and (interest := _INTEREST.search(cell)) and interest["kind"]:
            kind = _kind(cell, interest)
    left = any(_LEFT.search(cell) and not _STAYED.search(cell) for cell in cells)
    return [
        Declaration(name, kind, item, left, quotation) for name in named for item in _or_none(items)
    ]
