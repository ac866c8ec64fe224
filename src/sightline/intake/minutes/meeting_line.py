"""The line by which a page of one item names its meeting: "Meeting: 29/07/2009 - Board (Item 77)"."""

import re
from dataclasses import dataclass, replace
from datetime import date

from sightline.intake.minutes.numbering import Section, parted
from sightline.intake.minutes.passage import Passage, without_page_parts
from sightline.intake.minutes.record import Quotation, Stated
from sightline.intake.minutes.when import dates, time_in

_LINE = re.compile(
    r"^\W*Meeting:\s+(?P<when>\d{1,2}/\d{1,2}/\d{4})\s*[-\u2013]\s*(?P<body>[A-Z].{2,160}?)"
    r"(?:\s*\(Item\s+(?P<item>[\w./ ]{1,14}?)\.?\))?\s*$"
)
_OF = re.compile(
    r"^\W*Meeting of\s+(?:the\s+)?(?P<body>[A-Z].{2,160}?),\s*"
    r"(?P<when>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b.{6,60}?)"
    r"\s*\(Item\s+(?P<item>[\w./ ]{1,14}?)\.?\)\s*$"
)


@dataclass(frozen=True)
class MeetingLine:
    """What the line states."""

    committee: Stated[str]
    date: Stated[date] | None
    start: Stated[str] | None
    item: str | None


def meeting_lines(everything: list[Passage]) -> list[tuple[int, MeetingLine]]:
    """Give the lines there are, with their places."""
    found = []
    for place, passage in enumerate(everything):
        match = _LINE.match(passage.text) or _OF.match(passage.text)
        if match is not None:
            found.append((place, _line(match, passage)))
    return found


def _line(match: re.Match[str], passage: Passage) -> MeetingLine:
    quotation = Quotation(passage.text, passage.place)
    day = next((day for day, _ in dates(match["when"])), None)
    start = time_in(match["when"])
    return MeetingLine(
        Stated(match["body"].strip(), quotation),
        None if day is None else Stated(day, quotation),
        None if start is None else Stated(start, quotation),
        match["item"],
    )


def items_of_issue(
    everything: list[Passage], lines: list[tuple[int, MeetingLine]]
) -> list[Section]:
    """Give the item of each meeting of a page that begins "Issue - meetings".

    After the line stands the title, its number before it or lost.
    """
    sections = []
    for each, (place, line) in enumerate(lines):
        stop = lines[each + 1][0] if each + 1 < len(lines) else len(everything)
        if place + 1 >= stop:
            continue
        heading = everything[place + 1]
        title = without_page_parts(heading.text)
        if line.item:
            title = re.sub(rf"^{re.escape(line.item)}\.?\s+(?=\S)", "", title)
        agenda, text = parted(everything[place + 2 : stop])
        sections.append(Section(line.item, title.rstrip("."), heading, text, agenda))
    return sections


def numbered_by(sections: list[Section], line: MeetingLine) -> list[Section]:
    """Give the only item of a page the number its line states."""
    if len(sections) == 1 and sections[0].number is None and line.item:
        return [replace(sections[0], number=line.item)]
    return sections
