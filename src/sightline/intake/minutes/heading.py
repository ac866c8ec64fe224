"""What the head of minutes says: the committee, the council, the day, the place."""

import re
from datetime import date
from itertools import islice

from sightline.intake.minutes.passage import Passage, squeezed, without_page_parts
from sightline.intake.minutes.people import people
from sightline.intake.minutes.record import Doubt, Quotation, Stated
from sightline.intake.minutes.titles import VERB
from sightline.intake.minutes.when import DATE, dates

_BODY = (
    r"(?:committees?|sub-?committees?|panel|board|project group|working group|task"
    r" (?:and finish )?group|group|commission|cabinet|executive|"
    r"forum|assembly|partnership|council|select committee|scrutiny|sub-?group|policy development)"
)
_BODY_WORD = re.compile(rf"\b{_BODY}\b", re.IGNORECASE)
_COUNCIL = re.compile(
    r"^(?:the\s+)?(?:(?:[A-Z][\w'\u2019&.-]*(?:\s+(?:and|of|upon|on|in|the|le|by"
    r"|with|&)|\s+[A-Z][\w'\u2019&.-]*)*\s+"
    r"(?:(?:county|borough|city|district|town|metropolitan|unitary|parish)\s+)*council)"
    r"|(?:(?:royal |london )?borough of|city of|county of|royal borough of)\s+[A-Z][\w'\u2019&-]*"
    r"(?:\s+(?:and|upon|on|of|the|&)|\s+[A-Z][\w'\u2019&-]*)*"
    r"|council of the\s+[\w\s'\u2019-]+)$",
    re.IGNORECASE,
)
_COUNCIL_LEAD = re.compile(
    r"^(?P<council>(?:the\s+)?(?:(?:[A-Z][\w'\u2019&.-]*\s+){1,4}(?i:(?:county|borough"
    r"|city|district|metropolitan)\s+)*(?i:council)))"
    r"(?:'s|\u2019s)?\s*(?:[-\u2013\u2014:,|]\s*|\s+)(?=\S)"
)
_LABELLED = re.compile(
    r"^(?P<label>committee|name of (?:committee|meeting|body)|meeting of|meeting"
    r"|minutes of|body|panel|title|council|authority)\s*:\s*(?P<value>.+)$",
    re.IGNORECASE,
)
_MINUTES_OF = re.compile(
    r"^\W*(?:[A-Z]{1,6}[\w()/.-]*\d[\w()/.-]*\s+)?(?:(?:public|draft|confirmed|unconfirmed|approved|printed|open)\s+)*"
    r"(?:(?:minutes|notes|record|proceedings)(?: of)?(?: (?:a|an|the))?(?: (?:virtual"
    r"|remote|public|special|ordinary|extraordinary|additional|hybrid|proceedings"
    r"(?: of the)?))*"
    r"(?: meeting)?(?: of(?: the)?)?|(?:at )?(?:a|an)(?: \w+)? meeting of(?: the)?"
    r"|meeting of(?: the)?)\s*[:\u2013-]?\s+(?:the\s+)?",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"\s*[,\u2013-]?\s*\b(?:held|which was held|that was held|meeting held|took place"
    r"|met)\b.*$|\s+\b(?:on|at)\s*$",
    re.IGNORECASE,
)
_STATUS = re.compile(
    r"^\W*(?:draft|public|minutes?|agenda(?: and (?:draft )?minutes)?|draft minutes"
    r"|printed minutes|unconfirmed|confirmed|approved|"
    r"agendas, meetings and minutes.*|council meetings|issue - .*|part [1i]+\b.*|open|skip to .*|meeting"
    r" documents|page \d+.*|notes|minutes of proceedings|present|decisions?)\W*$",
    re.IGNORECASE,
)
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Mon|Tue|Tues|Wed|Thu|Thurs|Fri)\b"
_TAIL = re.compile(
    rf"\s*[-\u2013\u2014,(|:]*\s*(?:{_WEEKDAY}.*|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?[A-Z][a-z]+,?\s+"
    rf"\d{{4}}.*|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}.*|\d{{1,2}}[.:]\d\d\s*[ap]\.?m.*)$",
    re.IGNORECASE,
)
_VENUE_LABEL = re.compile(
    r"^(?:venue|location|place|at|held at|meeting (?:room|venue))\s*:\s*(?P<venue>.+)$",
    re.IGNORECASE,
)
_VENUE_ALONE = re.compile(r"^(?:venue|location|place)\s*:\s*$", re.IGNORECASE)
_VENUE_INSIDE = re.compile(
    r"\b(?:Venue|VENUE|Location|LOCATION|Place|PLACE)\s*:\s*(?P<venue>[^|]+)"
)
_PLACE = re.compile(
    r"\b(?:room|rooms|hall|chamber|chambers|centre|center|house|suite|offices?|teams"
    r"|zoom|virtual(?:ly)?|remote(?:ly)?|civic|"
    r"library|court|building|guildhall|town hall|school|square|street|road|hq|headquarters"
    r"|webcast|skype|online|theatre|college|campus|castle|exchange|mansion|campus"
    r"|annexe|lodge|park|hub|church|pavilion|institute|inn|club)\b",
    re.IGNORECASE,
)
_HELD_IN = re.compile(
    r"\b(?:held|which (?:met|was held)|took place|met|meeting)\s+(?:(?:on|at)\s+[^,]{0,40}?\d{4}\s*,?"
    r"\s*(?:at\s+\d[\d.:]*\s*(?:[ap]\.?m\.?)?\s*,?\s*)?)?"
    r"(?P<how>in|at|via|by|remotely via|virtually via|on)\s+(?P<venue>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_VENUE_ENDS = re.compile(
    rf"\s*[,;(]?\s*(?:\bon\s+(?:{_WEEKDAY}|the\s+\d|\d)|\b{_WEEKDAY}|\bat\s+\d|\bat\s+noon"
    rf"|\bfrom\s+\d|\bcommencing\b|\bcommenced\b|\bstarting\b|\bbeginning\b|\bwhen\b"
    rf"|(?:\bon\s+)?(?:the\s+)?\bDATE\b|\bTIME\b|\bView directions\b|\bpresent\b\s*:|\bon\s*$).*$",
    re.IGNORECASE | re.DOTALL,
)
_OTHER_DAY = re.compile(
    r"minutes of the (?:last |previous )?meeting held|previously circulated|published"
    r"|previous meeting|next meeting|working day|in this case|"
    r"deadline|updated|issued|despatch|printed on|call[- ]in|before them",
    re.IGNORECASE,
)
_DATES = 8
"""Dates of one passage that are looked at; the head of minutes has one or two."""
_TIME_TAIL = re.compile(
    r"\s*[-\u2013\u2014,(]*\s*(?:at\s+)?\d{1,2}(?:[.:]\d\d)?\s*(?:[ap]\.?\s?m\.?"
    r"|noon)?\s*(?:(?:to|[-\u2013\u2014])\s*\d{1,2}(?:[.:]\d\d)?\s*(?:[ap]\.?\s?m\.?"
    r"|noon)?)?\)?\s*$",
    re.IGNORECASE,
)


def committee_and_council(
    head: list[Passage],
) -> tuple[Stated[str] | None, Stated[str] | None, list[Doubt]]:
    """Give the body that met and the council that owns it, each only where the head names it."""
    committee: Stated[str] | None = None
    council: Stated[str] | None = None
    spare: Stated[str] | None = None
    for passage in head:
        text = without_page_parts(passage.text).strip(" *|#")
        quotation = Quotation(passage.text, passage.place)
        if _STATUS.match(text) or len(text) > 420:
            continue
        labelled = _LABELLED.match(text)
        if labelled and labelled["label"].lower() in ("council", "authority"):
            council = council or Stated(_tidy(labelled["value"]), quotation)
            continue
        value, minutes = (labelled["value"], True) if labelled else (text, False)
        opened = _MINUTES_OF.match(value)
        if opened:
            value, minutes = value[opened.end() :], True
        if re.match(
            r"^(?:contact|venue|enquiries|present|apolog|telephone|e-?mail|link|note\b)",
            value,
            re.I,
        ):
            continue
        value = _body_of(value)
        owner, value = _owner(value)
        if owner and council is None:
            council = Stated(owner, quotation)
        if not value or not _names_a_body(value):
            continue
        if _COUNCIL.match(value) and not minutes:
            if council is None and not _WHOLE_COUNCIL.match(value):
                council = Stated(_tidy(value), quotation)
            if spare is None and _WHOLE_COUNCIL.match(value):
                spare = Stated(value, quotation)
            continue
        if committee is None and _BODY_WORD.search(value):
            committee = Stated(value, quotation)
    return committee or spare, council, []


_MEETING_OF = re.compile(
    r"^(?:(?:statutory|annual|ordinary|extraordinary|special|general|monthly|full)\s+)+meeting\s+of\s+(?:the\s+)?",
    re.IGNORECASE,
)
_WHOLE_COUNCIL = re.compile(r"^(?:the )?(?:full |parish |town )?council$", re.IGNORECASE)


def _body_of(text: str) -> str:
    text = _HELD.sub("", text)
    text = _MEETING_OF.sub("", text)
    text = _TAIL.sub("", text)
    text = re.sub(
        r"\s+(?:minutes|agenda|meeting|draft minutes|notes)\s*$", "", text, flags=re.IGNORECASE
    )
    text = re.sub(r"^\W*(?:minutes|notes)\s*[-\u2013:]\s*", "", text, flags=re.IGNORECASE)
    text = re.sub(
        r"\s*[-\u2013(]\s*(?:draft|minutes|public|open|confirmed)\s*(?:minutes)?\)?\s*$",
        "",
        text,
        flags=re.IGNORECASE,
    )
    return _tidy(text)


def _tidy(text: str) -> str:
    return squeezed(text).strip(" -\u2013\u2014:,.*|")


def _owner(text: str) -> tuple[str | None, str]:
    """Part a council's name from the body's, where both stand on a line."""
    for mark in re.finditer(
        r"\s+[-\u2013\u2014|:]\s+|,\s+|\s+of\s+(?=the\s|[A-Z])|['\u2019]s?\s+", text
    ):
        left, right = text[: mark.start()].strip(), text[mark.end() :].strip()
        if mark[0].strip() == "of":
            if (
                _COUNCIL.match(right)
                and _BODY_WORD.search(left)
                and not re.search(r"\bborough$|\bcity$", left, re.I)
            ):
                return _tidy(right), _tidy(left)
            continue
        if _COUNCIL.match(left) and _BODY_WORD.search(right) and len(left.split()) > 1:
            return _tidy(left), _tidy(right)
        if _COUNCIL.match(right) and _BODY_WORD.search(left) and len(right.split()) > 1:
            return _tidy(right), _tidy(left)
    lead = _COUNCIL_LEAD.match(text)
    if lead and _BODY_WORD.search(text[lead.end() :]) and _names_a_body(text[lead.end() :]):
        return _tidy(lead["council"]), _tidy(text[lead.end() :])
    return None, text


def _names_a_body(text: str) -> bool:
    words = text.split()
    if _CHAMBER.match(text) or re.search(r"(?:\b\d{1,2}\s+){2}\d", text):
        return False
    if not words or len(words) > 22 or not (words[0][0].isupper() or words[0][0].isdigit()):
        return False
    if re.search(
        r"\b(?:was|were|will|would|should|attended|members of|report to|report of|chairman of|responsible"
        r"|received|noted|considered|welcomed|approved)\b",
        text,
        re.I,
    ):
        return False
    return not text.endswith((".", ";")) and not re.match(
        r"^(?:Councillor|Cllr|Mr|Mrs|Ms|Director|Head)\b", text
    )


def meeting_date(head: list[Passage]) -> tuple[Stated[date] | None, list[Doubt]]:
    """Give the day of the meeting, if the head states one; two that differ are a doubt."""
    found: list[tuple[int, date, Passage]] = []
    for order, passage in enumerate(head):
        for day, mark in islice(dates(passage.text), _DATES):
            around = passage.text[max(0, mark.start() - 90) : mark.start()]
            title = (
                order < 12
                and "previously" not in passage.text
                and re.match(r"^\W*(?:draft\s+)?minutes of", passage.text, re.IGNORECASE)
            )
            if _OTHER_DAY.search(around if title else passage.text) and not title:
                continue
            rank = 0
            if re.match(
                r"^\W*(?:\w+\s+)?minutes of\b[^.]{0,200}\b(?:held|meeting)\b",
                passage.text,
                re.IGNORECASE,
            ):
                rank = 4
            if re.search(
                rf"\b(?:held|date|day)\b[^.]{{0,40}}$|{_WEEKDAY}\W*(?:the\s+)?$",
                around,
                re.IGNORECASE,
            ):
                rank += 2
            if len(passage.text) < 160:
                rank += 1
            found.append((rank, day, passage))
    if not found:
        return None, []
    top = max(rank for rank, _, _ in found)
    best = [(day, passage) for rank, day, passage in found if rank == top]
    day, passage = best[0]
    stated = Stated(day, Quotation(passage.text, passage.place))
    others = {other for other, _ in best[1:]} - {day}
    if others:
        return stated, [
            Doubt(
                "date", "The head names more than one day; the first was taken.", stated.quotation
            )
        ]
    return stated, []


def meeting_venue(head: list[Passage]) -> Stated[str] | None:  # noqa: PLR0912 - one form after another
    """Give the place of the meeting: from a label, a sentence, or beside the day."""
    for order, passage in enumerate(head):
        quotation = Quotation(passage.text, passage.place)
        texts = [passage.text]
        if _VENUE_ALONE.match(passage.text) and order + 1 < len(head):
            texts.append(f"{passage.text} {head[order + 1].text}")
        cells = [cell for cell in passage.cells if cell]
        if len(cells) == 2:
            texts.insert(0, f"{cells[0].rstrip(':')}: {cells[1]}")
        for text in texts:
            if label := _VENUE_LABEL.match(text) or _VENUE_INSIDE.search(text):
                return _venue(label["venue"], quotation)
    for passage in head:
        quotation = Quotation(passage.text, passage.place)
        if "previously" in passage.text or len(passage.text) > 500:
            continue
        text = DATE.sub("DATE", passage.text)
        for held in re.finditer(
            r"\b(?:held|met|took place|place|meeting)\b(?P<rest>[^;]{0,260})", text, re.IGNORECASE
        ):
            place = re.search(
                r"\b(?:in|at|via|by|through|using|IN|AT|VIA)\s+(?!\d)"
                r"(?P<venue>(?:(?:the|a|THE)\s+)?[A-Z][^;]{2,200})",
                held["rest"],
            )
            if place and _PLACE.search(place["venue"]):
                return _venue(place["venue"], quotation)
    for order, passage in enumerate(head):
        if not DATE.search(passage.text):
            continue
        quotation = Quotation(passage.text, passage.place)
        if len(passage.text) > 300 or (
            _OTHER_DAY.search(passage.text)
            and not re.match(r"^\W*minutes of\b", passage.text, re.I)
        ):
            continue
        after = DATE.split(passage.text)[-1]
        rest = _TIME_TAIL.sub("", after).strip(" ,-\u2013|")
        timed = re.search(r"\d\s*[ap]\.?m\b|\d[.:]\d\d|noon", passage.text, re.I) is not None
        clock = r"(?:at\s+)?\d{1,2}[.:]?\d{0,2}\s*(?:[ap]\.?m\.?|noon|hours|hrs)?"
        rest = re.sub(
            rf"^{clock}(?:\s*(?:to|until|[\u2013-])\s*{clock})?\s*[,\u2013-]?\s*",
            "",
            rest,
            flags=re.I,
        )
        rest = re.sub(r"^(?:in|at|,)\s+(?:the\s+)?", "", rest)
        rest = re.split(r"\b(?:responsible|contact|e-?mail|tel)\b", rest, flags=re.IGNORECASE)[0]
        if rest and (
            _PLACE.search(rest) or (timed and re.match(r"^[A-Z][\w' ]+,? [\w', ]+$", rest))
        ):
            return _venue(rest, quotation)
        for near in head[order + 1 : order + 4]:
            if (
                _PLACE.search(near.text)
                and len(near.text) < 120
                and not _BODY_WORD.search(_CHAMBER.sub("", near.text))
                and not people(near.text)
                and not VERB.search(near.text)
                and not re.search(r"\b(?:e-?mail|tel)\b", near.text, re.IGNORECASE)
                and not re.match(
                    r"^(?:present|contact|officer|also|in attendance|minutes)", near.text, re.I
                )
                and not near.text.endswith(":")
                and not (near.text.endswith(".") and len(near.text.split()) > 8)
            ):
                return _venue(near.text, Quotation(near.text, near.place))
    return None


_CHAMBER = re.compile(r"\bCouncil\s+(?:Chambers?|Offices?|House|Buildings?)\b", re.IGNORECASE)


def _venue(text: str, quotation: Quotation) -> Stated[str] | None:
    text = _VENUE_ENDS.sub("", without_page_parts(text))
    text = _TIME_TAIL.sub("", text) if re.search(r"\d[.:]\d\d|\d\s*[ap]\.?m", text) else text
    text = re.sub(r"^(?:(?:[Aa]t|[Ii]n)\s+)?(?:the|a)\s+", "", squeezed(text)).strip(
        " ,;-\u2013.()"
    )
    return Stated(text, quotation) if text else None
