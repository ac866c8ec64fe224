"""Who was there: lists under their labels, tables, and sentences that say it."""

import re
from dataclasses import dataclass, field

from sightline.intake.minutes.labels import Part, label_of
from sightline.intake.minutes.numbering import Section
from sightline.intake.minutes.paragraphs import sentences
from sightline.intake.minutes.passage import Passage
from sightline.intake.minutes.people import TITLE, Person, is_chair, people, surname
from sightline.intake.minutes.record import Doubt, Quotation, Stated

_NOISE = re.compile(
    r"^(?:minutes?|attendance|page\b.*|\d+[a-z]?\.?|(?:agenda )?items?|officers? attending"
    r"|(?:min|item|minute) ?no\.?\W*\w.{0,60}|item ?description\w*"
    r"|draft|public|open|unconfirmed|confirmed)\s*:?$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"\b(?:was|were|had|has|will|would|met|commenced|opened|welcomed|thanked|took|before them|is|are)\b"
)
_APOLOGIES_FROM = re.compile(
    r"\b(?:apolog(?:y|ies)|apols)\b[^.]{0,90}?\b(?:from|on behalf of|by)\b\s*:?\s*", re.IGNORECASE
)
_GAVE_APOLOGIES = re.compile(
    r"\b(?:had\s+|have\s+|has\s+)?(?:also\s+)?(?:sent|gave|given|submitted|tendered"
    r"|offered|presented|recorded|made|extended|forwarded|conveyed)\s+"
    r"(?:(?:their|his|her|an|formal|in)\s+)*apolog(?:y|ies)",
    re.IGNORECASE,
)
_LATE = re.compile(r"\blate(?:ness)?\b|\bleav\w+ early|\bearly departure", re.IGNORECASE)
_CUT = re.compile(
    r"\s*[,;(]?\s*\b(?:who|with|due to|because|for whom|as (?:he|she|they)|and (?:it"
    r"|the (?!Rev)|there|noted|for late\w*)|for late\w*|was\b|were\b|had\b|noted\b"
    r"|substitut\w+|(?:with )?(?:Councillor|Cllr)\s+[\w' -]{1,40}\s+(?:substitut"
    r"|was|attend|acting|deputis)\w*|no apologies|it was|"
    r"in (?:his|her|their) (?:absence|place)|for this meeting|for the meeting|that)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
_ATTENDED = re.compile(
    r"\b(?:attended|was (?:also )?(?:in attendance|present)|were (?:also )?(?:in"
    r" attendance|present)|was attending|were attending|joined)\b"
    r"(?!\s+by\b)(?=[^.]{0,160}?(?:\bmeeting\b|\bitem\b|\bfor\b|\bremotely\b|\bvirtually\b"
    r"|\bunder\b|\baccordance\b|\bto\b|\bon\b|\bat\b|\.?$))",
)
_UNDER_RULE = re.compile(
    r"\b(?:Standing Order|Procedure Rule|Rule|by invitation|invitation)\b", re.IGNORECASE
)
_IN_CHAIR = re.compile(
    rf"(?P<name>(?:{TITLE})\s*(?:(?:{TITLE})\s*){{0,3}}[A-Z][\w.'\u2019-]*(?:\s+[A-Z][\w.'\u2019-]*){{0"
    rf",3}})\s*"
    r"(?:,|\(|-|\u2013|was|took|then|being|be|is|,\s*Chair\w*,?)?\s*"
    r"(?:in the [Cc]hair|IN THE CHAIR|[Pp]residing|the [Cc]hair\b|[Cc]haired the meeting)",
)
_CHAIRED_BY = re.compile(
    r"\b(?:[Cc]haired by|[Ii]n the [Cc]hair|[Pp]residing|[Cc]hair(?:man|person|woman)?)\s*"
    r"(?:[:\u2013-]|\bwas\b)?\s*:?\s*"
    rf"(?P<name>(?:{TITLE})\s*(?:(?:{TITLE})\s*){{0,3}}[A-Z][\w.'\u2019-]*(?:\s+[A-Z][\w.'\u2019-]*){{0,3}})"
)
_APPOINTED = re.compile(
    rf"(?P<name>(?:{TITLE})\s*(?:(?:{TITLE})\s*){{0,3}}[A-Z][\w.'\u2019-]*(?:\s+[A-Z][\w.'\u2019-]*){{0"
    rf",3}})\s+"
    r"(?:be|was|is|being)\s+(?:duly\s+)?(?:appointed|elected)\s+(?:as\s+)?(?:the\s+)?[Cc]hair"
    r"(?:man|person|woman)?\b"
    r"(?=[^.]{0,60}\bmeeting\b)"
)
_NAMED_CHAIR = re.compile(
    rf"\b(?:The )?Chair(?:man)?,\s+(?P<name>(?:{TITLE})\s+[A-Z][\w.'\u2019-]*"
    rf"(?:\s+[A-Z][\w.'\u2019-]*){{0,3}})\s*,"
    rf"|(?P<other>(?:{TITLE})\s+[A-Z][\w.'\u2019-]*(?:\s+[A-Z][\w.'\u2019-]*){{0,3}}),?\s+"
    r"\(?(?:the )?Chair(?:man)?[,)]"
)
_COLUMN_HEAD = re.compile(
    r"^(?:name|councillor|member|role|title|attendance|representing|organisation"
    r"|position|designation|job title|present|apologies|status|initials)s?$",
    re.IGNORECASE,
)
_PRESENT_MARK = re.compile(
    r"^(?:present|yes|y|p|\u2713|\u2714|\u221a|x|attended|in person|present,? (?:as"
    r" )?(?:virtual|remote)\w*|virtual\w*|remote\w*)$",
    re.IGNORECASE,
)
_APOLOGY_MARK = re.compile(
    r"^(?:apolog(?:y|ies)(?: (?:sent|received|given))?|apols|a|ap)$", re.IGNORECASE
)
_ATTENDING_MARK = re.compile(r"^(?:in attendance|attending|observer|officer)$", re.IGNORECASE)
_ABSENT_MARK = re.compile(
    r"^(?:absent|n|no|expected|-|\u2013|\u2717|d|not present)$", re.IGNORECASE
)


@dataclass
class Attendance:
    """The lists, filled in the order of the text; one person stands once in each."""

    present: list[Stated[str]] = field(default_factory=list)
    apologies: list[Stated[str]] = field(default_factory=list)
    in_attendance: list[Stated[str]] = field(default_factory=list)
    chair: Stated[str] | None = None
    doubts: list[Doubt] = field(default_factory=list)
    chairing: list[tuple[Stated[str], Person]] = field(default_factory=list)
    """Those in attendance, of whom one may chair where no list of those present is given."""

    def add(self, part: Part, person: Person, passage: Passage) -> None:
        """Put a person in a list."""
        quotation = Quotation(passage.text, passage.place)
        if part == "other":
            return
        lists = {
            "present": self.present,
            "substitutes": self.present,
            "apologies": self.apologies,
            "in_attendance": self.in_attendance,
        }
        name = person.name.strip()
        if part in ("in_attendance", "substitutes") and _listed(self.present, name):
            return
        if part == "substitutes" and _shortened(self.present, name):
            return
        if part == "present" and self.chair is None and person.chair:
            self.chair = Stated(name, quotation)
        if part == "in_attendance":
            self.chairing.append((Stated(name, quotation), person))
        if not _listed(lists[part], name):
            lists[part].append(Stated(name, quotation))


def _listed(names: list[Stated[str]], name: str) -> bool:
    return any(each.value.casefold() == name.casefold() for each in names)


def _shortened(names: list[Stated[str]], name: str) -> bool:
    """Whether a name is a surname alone, of one who is listed in full."""
    bare = re.sub(rf"^(?:{TITLE}\s*)+", "", name)
    return " " not in bare and any(surname(each.value) == surname(name) for each in names)


def attendance(
    preamble: list[Passage], sections: list[Section], closing: list[Passage]
) -> Attendance:
    """Read all the lists, tables and sentences of attendance there are."""
    found = Attendance()
    _unlabelled(found, preamble)
    _lists(found, preamble, None)
    for section in sections:
        title = label_of(section.title)
        state = (
            title[0] if title and title[0] in ("present", "apologies", "in_attendance") else None
        )
        wanted = bool(state) or re.search(
            r"attendance|apolog|present|welcome", section.title, re.IGNORECASE
        )
        if wanted or not found.present:
            _lists(found, section.body, state, within=True, lists=bool(wanted))
        apologetic = re.search(
            r"\bapolog|\babsen|\bwelcome|substitut|attendance", section.title, re.IGNORECASE
        )
        _for_this_item(found, section.body)
        for passage in section.body:
            _sentences(found, passage, apologetic=apologetic is not None)
    for passage in preamble:
        _sentences(found, passage, apologetic=True)
    _lists(found, closing, None, within=True)
    if found.chair is None and not found.present:
        found.chair = next((s for s, p in found.chairing if is_chair(p.role)), None)
    _chair(found, preamble, sections)
    return found


_FULL_LIST = re.compile(
    r"^\W*(?:Councillors\b|Cllrs\b"
    r"|(?:Councillor|Cllr)\b[^,;]{2,60}\((?:in the )?[Cc]hair(?:man|person|woman)?\))"
)


def _initialled(text: str) -> bool:
    """Whether a list of names gives the initials of each, as boards' minutes do."""
    initials = re.findall(r"\(\s*[A-Z]{2,3}o?\b", text)
    return len(initials) >= 4 and len(initials) >= 0.6 * (text.count(",") + 1)


def _unlabelled(found: Attendance, preamble: list[Passage]) -> None:
    """Take a list of members that stands in the head without a label, before any that has one."""
    for passage in preamble:
        if (label := label_of(passage.text)) is not None and label[0] != "other" and label[1]:
            return
        text = passage.text
        if not (_FULL_LIST.match(text) or _initialled(text)) or _SENTENCE.search(
            _without_brackets(text)
        ):
            continue
        named = people(text, single=True)
        if len(named) >= 3:
            for person in named:
                found.add("present", person, passage)
            return


def _lists(  # noqa: PLR0912, PLR0915 - one form after another
    found: Attendance,
    passages: list[Passage],
    state: Part | None,
    *,
    within: bool = False,
    lists: bool = True,
) -> None:
    last_attendance: Part | None = state
    idle = 0
    columns: list[Part | None] = []
    taken = 0
    for place, passage in enumerate(passages):
        text = passage.text
        if place < taken or _NOISE.match(text):
            continue
        if (taken := _alternating(found, passages, place)) > place:
            continue
        if _APOLOGIES_FOLLOW.search(text):
            state = last_attendance = "apologies"
            continue
        cells = [cell for cell in passage.cells if cell]
        if cells and _marked_row(found, passage, cells, state):
            continue
        labels = [label_of(cell) for cell in cells] if len(cells) > 1 else []
        heads = [label is not None and not label[1] for label in labels]
        if len(cells) > 1 and all(heads):
            columns = [label[0] if label else None for label in labels]
            state = last_attendance = columns[0]
            continue
        if columns and len(passage.cells) == len(columns):
            for part, cell in zip(columns, passage.cells, strict=True):
                if part and cell:
                    _add_all(found, part, cell, passage)
            continue
        columns = []
        rows = [text] if len(cells) < 2 else cells
        for row in rows:
            if all(map(_COLUMN_HEAD.match, rows)) and len(rows) > 1:
                break
            label = label_of(row)
            if label is not None and (not within or ":" in row[:60] or not label[1] or lists):
                part, rest = label
                if part == "in_attendance" and not found.present and _MEMBERS_HERE.match(row):
                    part = "present"
                if within and state == "apologies" and part != "substitutes" and _GROUP.match(row):
                    part = "apologies"
                if part == "other" and rest and _with_jobs(rest) and last_attendance and cells:
                    part = "in_attendance"
                    found.doubts.append(
                        Doubt(
                            "in_attendance",
                            "These people stand beside another label, as where cells have slipped a row.",
                            Quotation(text, passage.place),
                        )
                    )
                state = part
                lead = row[: len(row) - len(rest)] if rest else row
                if part != "other":
                    last_attendance = part
                if rest:
                    _add_all(found, part, rest, passage, chair=_leads_chair(lead))
                    chair_only = _leads_chair(lead) or re.match(r"\s*vice", lead, re.IGNORECASE)
                    if chair_only:
                        state = last_attendance = "present"
                idle = 0
                continue
            if state is None and not within and cells and last_attendance and _with_jobs(row):
                state = "in_attendance"
            if state == "other" and cells and last_attendance and _with_jobs(row):
                found.doubts.append(
                    Doubt(
                        "in_attendance",
                        "These people stand beside another label, as where cells have slipped a row.",
                        Quotation(text, passage.place),
                    )
                )
                _add_all(found, "in_attendance", row, passage)
                state = None
                continue
            if state is None or (within and not lists):
                continue
            added = _add_all(found, state, row, passage)
            if not added and re.search(r":[-\u2013]?$", row) and not within:
                state = None  # a label of something else
                continue
            idle = 0 if added else idle + 1
            if idle >= (1 if within else 2) and not cells:
                state = None if not within else state


def _alternating(found: Attendance, passages: list[Passage], place: int) -> int:
    """Take a flattened table of two columns, absent members and those in their place, to where it ends."""
    heads = [label_of(each.text) for each in passages[place : place + 2]]
    if heads != [("apologies", ""), ("substitutes", "")]:
        return place
    at = place + 2
    while at < len(passages) and (named := people(passages[at].text)) and len(named) == 1:
        part: Part = "substitutes" if (at - place) % 2 else "apologies"
        found.add(part, named[0], passages[at])
        at += 1
    return at


_APOLOGIES_FOLLOW = re.compile(
    r"\bfollowing apologies\b[^.:]{0,80}[.:]\W*$"
    r"|\bapologies\b[^.:]{0,120}\breceived (?:as follows|from)\s*[:\u2013-][\W]*$",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"^\W*(?![^:]{0,40}\b(?:present|attend\w*|attendance)\b)[^:]{0,40}"
    r"\b(?:members|councillors|officers|representatives|observers)\b",
    re.IGNORECASE,
)
"""Whom, under apologies, a part of the list is of."""
_MEMBERS_HERE = re.compile(
    r"^\W*(?:committee |panel )?(?:members?|councillors?) (?:in attendance|attending|attended)\b"
    r"(?! (?:in|under|by))",
    re.IGNORECASE,
)
"""A label for those present, where there is no other."""


def _leads_chair(label: str) -> bool:
    return bool(re.match(r"\W*(?:in the chair|chair)", label, re.IGNORECASE))


def _with_jobs(text: str) -> bool:
    """Whether a text begins with people and their offices."""
    named = people(text)
    return (
        bool(named)
        and text.strip().startswith(named[0].name)
        and sum(bool(p.role) for p in named) >= 1
    )


def _add_all(  # noqa: PLR0912 - one form after another
    found: Attendance, part: Part, text: str, passage: Passage, *, chair: bool = False
) -> int:
    if part == "other":
        return 0
    if re.match(
        r"^\W*(?:none|nil|no apologies|not applicable|n/a|there were no)\b", text, re.IGNORECASE
    ):
        return 1
    if _CAME.search(text):
        return 0
    before_sentence = text
    if part == "apologies":
        if _APOLOGIES_FROM.search(text) or _GAVE_APOLOGIES.search(text):
            return 0
        if _LATE.search(text):
            return 0
        before_sentence = _CUT.sub("", _absent(_without_brackets(text)))
    single = part in ("present", "apologies", "substitutes")
    sentence = _SENTENCE.search(_without_brackets(text))
    kept: list[str] = []
    for each in sentences(before_sentence) if sentence else [before_sentence]:
        verb = _SENTENCE.search(_without_brackets(each)) if sentence else None
        if verb and not re.search(r"\bin the chair\b", each, re.IGNORECASE):
            # The list may run straight into a sentence: what stands before that is kept.
            at = each.rfind(verb[0])
            closed = max(each.rfind(") ", 0, at), each.rfind("; ", 0, at))
            if closed > 0:
                kept.append(each[: closed + 1])
            break
        kept.append(each)
    count = 0
    for each in kept:
        plural = (
            re.match(r"^\W*(?:the\s+)?(?:Councillors|Cllrs|Members|COUNCILLORS)\b", each)
            is not None
        )
        named = people(each, single=single and (plural or "," in each or " and " in each))
        if part == "substitutes":
            named = list(named)
            for person in named:
                person_name = re.split(r"\s+(?:for|substituting|sub)\b", person.name)[0]
                found.add(part, Person(person_name, person.role), passage)
                count += 1
            continue
        for person in named:
            listed = Person(person.name, "Chair") if chair and person is named[0] else person
            mark = person.role.rsplit(", ", 1)[-1].strip()
            if part == "present" and (
                mark in ("A", "Ap") or re.search(r"\bapolog", mark, re.IGNORECASE)
            ):
                found.add("apologies", person, passage)
            else:
                found.add(part, listed, passage)
            count += 1
    return count


_CAME = re.compile(
    r"\b(?:was|were) also (?:present|in attendance)\b|\battended (?:the meeting|in accordance|under|for)\b"
)
"""A sentence on others, and no list."""


def _absent(text: str) -> str:
    """The sentences before one that says who came instead."""
    said = list(sentences(text))
    stop = next((i for i, each in enumerate(said) if _INSTEAD.search(each)), len(said))
    return " ".join(said[:stop]) if 0 < stop < len(said) else text


_INSTEAD = re.compile(r"\b(?:attend|substitut|deputis|in (?:his|her|their) place)", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*\([^()]{0,300}\)")


def _without_brackets(text: str) -> str:
    return _BRACKETS.sub("", _BRACKETS.sub("", text))


def _marked_row(found: Attendance, passage: Passage, cells: list[str], state: Part | None) -> bool:
    """Read a row with a name and a sign for how that person attended."""
    if len(cells) < 2:
        return False
    named = people(cells[0], single=state == "present")
    if len(named) != 1:
        return False
    for cell in reversed(cells[1:]):
        for pattern, part in (
            (_APOLOGY_MARK, "apologies"),
            (_ATTENDING_MARK, "in_attendance"),
            (_PRESENT_MARK, "present"),
            (_ABSENT_MARK, "other"),
        ):
            if len(cells) > 2 and cell in ("-", "\u2013"):
                continue  # an empty cell, rather
            if pattern.match(cell.strip(" .")):
                role = ", ".join(c for c in cells[1:] if c is not cell)
                chosen: Part = part  # type: ignore[assignment]
                if chosen == "present" and state == "in_attendance":
                    chosen = "in_attendance"
                found.add(chosen, Person(named[0].name, named[0].role or role), passage)
                return True
    others = [people(cell) for cell in cells[1:]]
    if state in ("present", "apologies", "in_attendance") and not any(others):
        found.add(state, Person(named[0].name, named[0].role or ", ".join(cells[1:])), passage)
        return True
    return False


def _sentences(found: Attendance, passage: Passage, *, apologetic: bool) -> None:
    if len(passage.text) > 6000:
        return
    for sentence in sentences(passage.text):
        names = _apologies(sentence, apologetic=apologetic)
        for person in names:
            found.add("apologies", person, passage)
        if names:
            continue
        for person in _attending(sentence):
            found.add("in_attendance", person, passage)


def _for_this_item(found: Attendance, body: list[Passage]) -> None:
    """Read points after "The following were in attendance for this item:"."""
    for place, passage in enumerate(body):
        if not _FOLLOWING.search(passage.text):
            continue
        for point in body[place + 1 :]:
            if not point.marker and not people(point.text):
                break
            for person in people(point.text):
                found.add("in_attendance", person, point)


_FOLLOWING = re.compile(
    r"\b(?:in attendance|attended|were present|attending)\b[^.:]{0,80}:\W*$", re.IGNORECASE
)


def _apologies(sentence: str, *, apologetic: bool) -> list[Person]:  # noqa: PLR0911 - one form after another
    lowered = sentence.lower()
    if "apolog" not in lowered and "apols" not in lowered:
        return []
    if re.search(r"\bno apolog|\bapologi[sz]ed\b|\bapologies (?:were |are )?noted above", lowered):
        return []
    if from_ := _APOLOGIES_FROM.search(sentence):
        if _LATE.search(from_[0]) and "absence" not in from_[0].lower():
            return []
        if not apologetic and "absence" not in lowered and not lowered.startswith("apologies were"):
            return []
        rest = _CUT.sub("", _without_brackets(sentence[from_.end() :]))
        rest = re.split(r"\b(?:and )?(?:apologies )?for lateness\b", rest)[0]
        return people(rest, single=True)
    if gave := _GAVE_APOLOGIES.search(sentence):
        if _LATE.search(sentence[gave.end() : gave.end() + 40]):
            return []
        return people(sentence[: gave.start()], single=False)
    if label := re.match(
        r"^(?:apologies|apols)(?: for absence)?\s*[:\u2013-]+\s*(.*)$", sentence, re.I | re.S
    ):
        return people(_CUT.sub("", label[1]), single=True)
    return []


def _attending(sentence: str) -> list[Person]:
    verb = _ATTENDED.search(sentence)
    if verb is None or re.search(
        r"\bnot\b|\bunable\b|\bhad attended|\bwould\b", sentence[: verb.end() + 20]
    ):
        return []
    before, after = sentence[: verb.start()], sentence[verb.end() : verb.end() + 160]
    rule = _UNDER_RULE.search(sentence)
    here = re.search(
        r"\b(?:the|this) (?:meeting|item)\b|\bfor (?:this|the) (?:item|agenda)|\bthis"
        r" item|^\W*$|\bto (?:present|answer|speak|give|update|discuss)",
        after,
        re.IGNORECASE,
    )
    if not (rule or here):
        return []
    before = (
        re.sub(r"^.*?\b(?:Rules?|Orders?)\s+[\w.()/ ]{0,20}?,\s*", "", before) if rule else before
    )
    before = re.sub(r"^(?:The following (?:members|councillors)[^:]*:)\s*", "", before)
    named = people(before.strip(" ,"))
    # "Councillors A and B" gives "Councillor A": the first letters tell that the list begins with a name.
    if not named or before.strip(" ,")[:7] != named[0].name[:7]:
        return []
    return named


def _chair(found: Attendance, preamble: list[Passage], sections: list[Section]) -> None:
    if found.chair is not None:
        return
    for passage in preamble:
        if match := _IN_CHAIR.search(passage.text) or _CHAIRED_BY.search(passage.text):
            if re.search(r"\bvice[- ]?$", passage.text[: match.start()], re.IGNORECASE):
                continue
            found.chair = _same_as_listed(found, match["name"], passage)
            return
    for section in sections:
        for passage in section.body:
            text = passage.text[:4000]
            match = _APPOINTED.search(text)
            if match is None and re.search(r"in the chair|took the chair", text, re.IGNORECASE):
                match = _IN_CHAIR.search(text)
            if match is None:
                match = _NAMED_CHAIR.search(text)
                if match is not None and match["other"] and not (found.present and sections):
                    continue
            if match is not None:
                groups = match.groupdict()
                found.chair = _same_as_listed(found, groups.get("name") or groups["other"], passage)
                return


def _same_as_listed(found: Attendance, name: str, passage: Passage) -> Stated[str]:
    named = people(name)
    clean = named[0].name if named else name.strip()
    return Stated(clean, Quotation(passage.text, passage.place))
