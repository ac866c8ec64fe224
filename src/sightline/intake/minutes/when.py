"""Dates and times of a meeting, in the forms that minutes print."""

import re
from collections.abc import Iterator
from datetime import date

from sightline.intake.minutes.passage import Passage
from sightline.intake.minutes.record import Doubt, Quotation, Stated

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May"
    r"|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
DATE = re.compile(
    rf"(?<![\w/.])(?:(?P<day>\d{{1,2}})\s*(?:st|nd|rd|th)?\s*(?:day\s+)?(?:of\s+)?{_MONTH},?\s*"
    rf"(?P<year>(?:19|20)\d\d)(?!\d)"
    r"|(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>(?:19|20)?\d\d)(?![\w/])"
    r"|(?P<iy>(?:19|20)\d\d)-(?P<im>\d\d)-(?P<id>\d\d)(?!\d)"
    rf"|{_MONTH.replace('?P<month>', '?P<amonth>')}\s+(?P<aday>\d{{1,2}})(?:st|nd"
    rf"|rd|th)?,?\s+(?P<ayear>(?:19|20)\d\d)(?!\d))",
    re.IGNORECASE,
)
_CLOCK = (
    r"(?:(?P<{0}four>[012]\d[0-5]\d)\s*(?:hours|hrs|h)\b|(?P<{0}h>\d{{1,2}})(?:\s*[.:]\s*"
    r"(?P<{0}m>\d\d))?\s*(?P<{0}ap>[ap]\.?\s?m\b\.?|noon|midday|hours|hrs)?"
    r"|(?P<{0}noon>12\s*noon|noon|midday))"
)
_TIME = re.compile(rf"(?<![\w/.:\u00a3])(?:{_CLOCK.format('')})", re.IGNORECASE)
_SPAN = re.compile(
    rf"(?<![\w/.:\u00a3]){_CLOCK.format('s')}\s*(?:to|until|till|[-\u2013\u2014])\s*{_CLOCK.format('e')}",
    re.IGNORECASE,
)
_ENDED = re.compile(
    r"\b(?:(?:meeting|proceedings|session|committee|panel|council|board|cabinet|group"
    r"|business|it)\b[^.;]{0,80}?"
    r"\b(?:ended|closed|concluded|finished|terminated|rose|close|ends|end(?:ing)?)\b"
    r"|(?:ended|closed|concluded|finished|terminated|rose|ending|finishing)\b|time"
    r" of (?:close|closure|finish)"
    r"|clos(?:e|ure|ing) of (?:the )?meeting|end of (?:the )?meeting|(?:end|finish"
    r"|closing|close)(?: time)?\s*[:\u2013-])"
    r"\s*(?:was\s+)?(?:the meeting\s+)?(?:closed\s+)?(?:\s*[:\u2013-]\s*)?(?:at|:)?\s*"
    r"(?:approximately\s+|about\s+)?",
    re.IGNORECASE,
)
_BEGAN = re.compile(
    r"\b(?:(?:meeting|proceedings|session|committee|panel|council|board|cabinet|group|it)\b[^.;]{0,60}?"
    r"\b(?:started|began|commenced|opened|begins|begin(?:ning)?|starts|commencing|convened|held)\b"
    r"|(?:started|began|commenced|commencing|starting)\b|(?:start|commencement)(?:"
    r" time)?\s*[:\u2013-]|\btime\s*[:\u2013-])"
    r"\s*(?:\s*[:\u2013-]\s*)?(?:at|from|:)?\s*(?:approximately\s+|about\s+)?",
    re.IGNORECASE,
)
_NOT_THE_END = re.compile(r"\badjourn|reconven|\bresum|\bbreak\b|\bleft\b", re.IGNORECASE)
_BY = re.compile(r"\b(?:no later than|by|before|deadline|until|after|between)\s+$", re.IGNORECASE)


def dates(text: str) -> Iterator[tuple[date, re.Match[str]]]:
    """Give each date of a text, with where it stands; those that are not in the calendar are left out."""
    for found in DATE.finditer(text):
        try:
            yield _date(found), found
        except ValueError:
            continue


def _date(found: re.Match[str]) -> date:
    if found["d"]:
        year = int(found["y"])
        return date(year + 2000 if year < 100 else year, int(found["m"]), int(found["d"]))
    if found["iy"]:
        return date(int(found["iy"]), int(found["im"]), int(found["id"]))
    month = found["month"] or found["amonth"]
    number = next(i for i, name in enumerate(_MONTHS, 1) if name.startswith(month.lower()[:3]))
    return date(int(found["year"] or found["ayear"]), number, int(found["day"] or found["aday"]))


def _read(found: re.Match[str], part: str = "", other: str = "") -> str | None:
    """Give a time of day as HH:MM; none where it cannot be told, as morning or evening."""
    if found[f"{part}noon"]:
        return "12:00"
    if four := found[f"{part}four"]:
        return f"{four[:2]}:{four[2:]}" if int(four[:2]) < 24 else None
    hour, minute = int(found[f"{part}h"]), found[f"{part}m"]
    half = (found[f"{part}ap"] or other).lower().replace(".", "").replace(" ", "")
    if minute is None and not half:
        return None
    if hour > 23 or int(minute or 0) > 59:
        return None
    if half == "pm" and hour < 12:
        hour += 12
    elif half == "am" and hour == 12:
        hour = 0
    elif (
        not half
        and (hour < 8 or (hour == 8 and found[f"{part}h"] != "08"))
        and found[f"{part}h"][0] != "0"
    ):
        return None
    return f"{hour:02d}:{int(minute or 0):02d}"


def time_in(text: str) -> str | None:
    """Give the first time of day of a text, as HH:MM."""
    for found in _TIME.finditer(text):
        if _BY.search(text[max(0, found.start() - 40) : found.start()]):
            continue
        if (found["ap"] or found["noon"] or found["four"] or found["m"]) and (
            value := _read(found)
        ):
            return value
    return None


def span_in(text: str) -> tuple[str | None, str | None] | None:
    """Give start and end where a text has both, as "2.00 pm to 4.35 p.m."."""
    for found in _SPAN.finditer(text):
        if not (found["eap"] or found["em"] or found["enoon"] or found["efour"]):
            continue
        end = _read(found, "e")
        start = _read(found, "s")
        if found["sh"] and not found["sap"] and (found["eap"] or "")[:1] in "pP" and found["eap"]:
            # "2.00 - 4.30 pm" says one half of the day for both, unless that turns them round.
            shared = _read(found, "s", found["eap"])
            if shared and end and shared < end:
                start = shared
        if start or end:
            return start, end
    return None


def _at_once(text: str, place: int) -> str | None:
    found = _TIME.match(text, place)
    return _read(found) if found is not None else None


_CONTACT = re.compile(r"\b(?:tel(?:ephone)?|e-?mail|contact)\b", re.IGNORECASE)
_HELD = re.compile(r"\W*minutes of\b.{0,200}\bheld\b", re.IGNORECASE | re.DOTALL)
"""A title that says of which meeting these are the minutes: its time is taken before others."""


def meeting_times(  # noqa: PLR0912 - one form after another
    heading: list[Passage], everything: list[Passage]
) -> tuple[Stated[str] | None, Stated[str] | None, list[Doubt]]:
    """Give when a meeting began and ended: from its heading, a label, or the note at its close."""
    start = end = None
    doubts: list[Doubt] = []
    for passage in sorted(heading, key=lambda each: not _HELD.match(each.text)):
        text = _CONTACT.split(passage.text, maxsplit=1)[0]
        if re.search(r"published|issued|deadline|working day", text, re.IGNORECASE):
            continue
        quotation = Quotation(text, passage.place)
        labelled = re.match(r"^(?:time|start)\b", text, re.IGNORECASE)
        clean = DATE.sub(lambda found: " " * len(found[0]), text)
        if span := span_in(clean):
            start = start or (Stated(span[0], quotation) if span[0] else None)
            end = end or (Stated(span[1], quotation) if span[1] else None)
        elif start is None and (value := time_in(clean)) and not _ENDED.search(clean):
            whole = len(text) < 200 or labelled
            start = Stated(value, quotation) if whole else None
    for passage in everything[-6:] if len(everything) > 12 else []:
        if end is None and len(passage.text) < 40 and (span := span_in(passage.text)):
            quotation = Quotation(passage.text, passage.place)
            start = start or (Stated(span[0], quotation) if span[0] else None)
            end = Stated(span[1], quotation) if span[1] else None
    for passage in reversed(everything):
        text = passage.text[-600:] if len(passage.text) > 2000 else passage.text
        if not any(sign.isdigit() for sign in text) and "noon" not in text and "midday" not in text:
            continue
        quotation = Quotation(passage.text, passage.place)
        if end is None:
            for mark in _ENDED.finditer(text):
                if _NOT_THE_END.search(text[mark.start() : mark.end()]):
                    continue
                if re.search(r"\blast meeting|previous meeting", text[mark.start() : mark.end()]):
                    continue
                if value := _at_once(text, mark.end()):
                    end = Stated(value, quotation)
                elif _TIME.match(text, mark.end()) and re.match(
                    r"\d{1,2}[.:]\d\d", text[mark.end() :]
                ):
                    doubts.append(
                        Doubt("end", "Whether this is morning or evening is not said.", quotation)
                    )
        if start is None:
            for mark in _BEGAN.finditer(text):
                if _NOT_THE_END.search(text[mark.start() : mark.end()]):
                    continue
                if value := _at_once(text, mark.end()):
                    start = Stated(value, quotation)
                    break
    return start, end, doubts
