"""The XML of one meeting that ModernGov gives (`GetMeeting`); see its record for the elements."""

import re
from dataclasses import dataclass, field, replace
from xml.parsers import expat

from sightline.intake.minutes import page
from sightline.intake.minutes.asks import asks
from sightline.intake.minutes.attendance import attendance
from sightline.intake.minutes.interests import declarations
from sightline.intake.minutes.numbering import Section
from sightline.intake.minutes.paragraphs import joined
from sightline.intake.minutes.passage import Passage, plain, squeezed, without_page_parts
from sightline.intake.minutes.people import is_chair
from sightline.intake.minutes.record import Doubt, Item, Minutes, Quotation, Stated
from sightline.intake.minutes.when import dates, time_in
from sightline.intake.parts import UnreadableFileError

_MAX_DEPTH = 50


@dataclass
class _Element:
    name: str
    attributes: dict[str, str]
    line: int
    text: list[str] = field(default_factory=list)
    children: list["_Element"] = field(default_factory=list)

    def value(self, name: str) -> str:
        """The text of the first child of a name; an empty element holds a line break, and is empty."""
        child = next((c for c in self.children if c.name == name), None)
        return "" if child is None else "".join(child.text).strip()

    def every(self, name: str) -> list["_Element"]:
        found = [self] if self.name == name else []
        for child in self.children:
            found += child.every(name)
        return found


def _tree(text: str, name: str) -> _Element:
    root = _Element("", {}, 0)
    stack = [root]
    parser = expat.ParserCreate()

    def start(tag: str, attributes: dict[str, str]) -> None:
        if len(stack) > _MAX_DEPTH:
            raise UnreadableFileError(
                f"{name}: its elements lie too deep for the record of a meeting."
            )
        element = _Element(tag.lower(), attributes, parser.CurrentLineNumber)
        stack[-1].children.append(element)
        stack.append(element)

    def end(_: str) -> None:
        stack.pop()

    def data(text: str) -> None:
        stack[-1].text.append(text)

    def refuse(*_: object) -> None:
        raise UnreadableFileError(f"{name}: declares entities of its own, which are not read.")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = data
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", text), True)
    except expat.ExpatError as error:
        raise UnreadableFileError(
            f"{name}: is not well-formed XML (line {error.lineno}: {expat.ErrorString(error.code)})."
        ) from None
    return root


def read_xml(text: str, file: str) -> Minutes:
    """Read one meeting. A cancelled meeting had no attendance, whatever its list of attendees says."""
    root = _tree(text, file)
    meeting = next(
        (
            e
            for name in ("meeting", "getmeeting")
            for e in root.every(name)
            if e.value("meetingdate")
        ),
        None,
    ) or (root.children[0] if root.children else root)
    cancelled = "cancel" in meeting.value("meetingstatus").lower()
    minutes = Minutes(file, "xml")

    def said(*names: str) -> tuple[str, Quotation] | None:
        for name in names:
            for element in meeting.every(name):
                value = squeezed(plain("".join(element.text)))
                if value:
                    return value, Quotation(value, f"line {element.line}, {name}")
        return None

    committee = said("committeetitle")
    place = [found for name in ("meetingroom", "meetinglocation") if (found := said(name))]
    day = said("meetingdate")
    start, end = said("meetingactualstarttime", "meetingtime"), said("meetingactualfinishtime")
    sections = [_section(e) for e in meeting.every("agendaitem")]
    minuted = [s for s in sections if s.body or s.number]
    there = attendance([], minuted, [])
    declared, doubts = declarations(minuted, [])
    minutes = replace(
        minutes,
        committee=Stated(*committee) if committee else None,
        venue=Stated(", ".join(dict.fromkeys(p[0] for p in place)), place[0][1]) if place else None,
        start=_time(start),
        end=_time(end),
        items=tuple(_item(s) for s in minuted),
        declarations=tuple(declared),
        asks=tuple(asks(minuted)),
        chair=there.chair,
        present=tuple(there.present),
        apologies=tuple(there.apologies),
        in_attendance=tuple(there.in_attendance),
        doubts=(*doubts, *there.doubts),
    )
    if day and (read := next(dates(day[0]), None)):
        minutes = replace(minutes, date=Stated(read[0], day[1]))
    if not cancelled:
        minutes = _attendees(minutes, meeting)
    return minutes


def _time(said: tuple[str, Quotation] | None) -> Stated[str] | None:
    value = time_in(said[0]) if said else None
    return Stated(value, said[1]) if said and value else None


def _section(element: _Element) -> Section:
    shown = squeezed(plain(element.value("fulldisplaynumberformat"))).rstrip(".")
    minute = squeezed(plain(element.value("minutesitemnumber")))
    number = (
        shown
        if minute and shown and re.search(rf"\b{re.escape(minute)}\b", shown)
        else minute or shown
    )
    title = without_page_parts(plain(element.value("agendaitemtitle")))
    heading = Passage(title, f"line {element.line}")
    body: list[Passage] = []
    for name in ("minutesnonemptyhtmlbody", "decisionnonemptyhtmlbody"):
        body += _paragraphs(element.value(name), f"line {element.line}, {name}")
    return Section(
        number or None,
        title,
        heading,
        body,
        _paragraphs(element.value("agendatext"), f"line {element.line}, agendatext"),
        restricted=element.value("isrestricted").lower() == "true",
    )


def _paragraphs(html: str, place: str) -> list[Passage]:
    return (
        joined([replace(p, place=f"{place}, {p.place}") for p in page.passages(html)])
        if html
        else []
    )


def _item(section: Section) -> Item:
    return Item(
        section.number,
        section.title,
        Quotation(section.title, section.heading.place),
        tuple(Quotation(p.text, p.place) for p in section.body),
        tuple(Quotation(p.text, p.place) for p in section.agenda),
        section.restricted,
    )


def _attendees(minutes: Minutes, meeting: _Element) -> Minutes:
    lists: dict[str, list[Stated[str]]] = {
        "present": list(minutes.present),
        "apologies": list(minutes.apologies),
        "in_attendance": list(minutes.in_attendance),
    }
    chair = minutes.chair
    doubts = list(minutes.doubts)
    for element in meeting.every("attendee"):
        given = {name.lower(): plain(value) for name, value in element.attributes.items()}
        name = squeezed(given.get("name", "") or element.value("name"))
        how = (given.get("attendance", "") or element.value("attendance")).casefold()
        if not name:
            continue
        stated = Stated(name, Quotation(f"{name}: {how}", f"line {element.line}, attendee"))
        part = (
            "apologies" if "apolog" in how
            else "in_attendance" if "in attendance" in how
            else "present" if "present" in how or "substitute" in how or "virtual" in how
            else ""
        )  # fmt: skip
        if not part:
            if "expected" in how:
                doubts.append(
                    Doubt(
                        "present",
                        f"{name} was expected; whether present is not said.",
                        stated.quotation,
                    )
                )
            continue
        if all(each.value != name for each in lists[part]):
            lists[part].append(stated)
        if part == "present" and chair is None and is_chair(given.get("roledescription", "")):
            chair = stated
    return replace(
        minutes,
        present=tuple(lists["present"]),
        apologies=tuple(lists["apologies"]),
        in_attendance=tuple(lists["in_attendance"]),
        chair=chair,
        doubts=tuple(doubts),
    )
