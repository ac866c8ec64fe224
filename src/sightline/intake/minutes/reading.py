"""From passages to minutes: the grammar that all renderings share."""

import itertools
import re
from dataclasses import replace

from sightline.intake.minutes.asks import asks
from sightline.intake.minutes.attendance import attendance
from sightline.intake.minutes.heading import committee_and_council, meeting_date, meeting_venue
from sightline.intake.minutes.headings_first import texts_given_back
from sightline.intake.minutes.interests import declarations
from sightline.intake.minutes.labels import label_of
from sightline.intake.minutes.meeting_line import (
    MeetingLine,
    items_of_issue,
    meeting_lines,
    numbered_by,
)
from sightline.intake.minutes.numbering import Divided, Section, divided
from sightline.intake.minutes.paragraphs import joined
from sightline.intake.minutes.passage import Passage
from sightline.intake.minutes.record import (
    Ask,
    Doubt,
    Item,
    Minutes,
    Quotation,
    Rendering,
    Stated,
)
from sightline.intake.minutes.run_together import unrolled
from sightline.intake.minutes.when import meeting_times

_TRUNCATED = re.compile(
    r"view the full (?:minutes )?text|\bfull minutes text for item\b", re.IGNORECASE
)
_REPORT = re.compile(
    r"^\W*(?:relevant (?:cabinet )?(?:member|officer)s?|report author|background"
    r" papers|lead (?:officer|member)|contact points|wards? affected)\b",
    re.IGNORECASE,
)
_ISSUE = re.compile(r"^\W*issue\s*[-\u2013]\s*meetings\b", re.IGNORECASE)
_DECISION = re.compile(r"^\W*(?:RESOLVED|Resolved|AGREED|IT WAS AGREED|ORDERED)\b")
_AGENDA_PAGE = re.compile(r"^\W*agenda\W*$", re.IGNORECASE)
_HEAD = 40
"""Passages in which the head of the minutes stands, where no item ends it sooner."""


def read_passages(lines: list[Passage], file: str, rendering: Rendering) -> Minutes:
    """Read the passages of one document."""
    everything = joined(unrolled(lines))
    truncated = _truncated(everything)
    everything = _without_mark(everything)
    report = sum(bool(_REPORT.match(p.text)) for p in everything) >= 2
    minutes = Minutes(file, rendering, truncated=truncated)
    if report:
        return _report(minutes, everything)
    named = meeting_lines(everything)
    parts = _divided(everything, named)
    if _only_an_agenda(everything):
        planned = parts.sections
        parts = replace(parts, sections=[])
        minutes = minutes.doubting(
            Doubt(
                "items",
                f"This is an agenda of {len(planned)} items, without minutes.",
                _opening(everything),
            )
        )
    head = parts.preamble[:_HEAD]
    if not parts.sections:
        head = everything[:_HEAD]
    sections, doubts = texts_given_back(parts.sections)
    minutes = _filled(minutes.doubting(*doubts), head, parts.preamble, sections, everything)
    return _of_meeting(minutes, [line for _, line in named])


def _divided(everything: list[Passage], named: list[tuple[int, MeetingLine]]) -> Divided:
    """Divide a document; a page of one item says by a line of its own which meeting's it is."""
    if named and _ISSUE.match(everything[0].text):
        return Divided(everything[: named[0][0]], items_of_issue(everything, named), True)
    places = {place for place, _ in named}
    rest = [passage for place, passage in enumerate(everything) if place not in places]
    parts = divided(rest, _after_attendance(rest))
    if len(named) == 1:
        return replace(parts, sections=numbered_by(parts.sections, named[0][1]))
    return parts


def _of_meeting(minutes: Minutes, lines: list[MeetingLine]) -> Minutes:
    """Fill in what the line says of the meeting; where the page has several meetings, nothing of one."""
    if not lines:
        return minutes
    line = lines[0]
    if len(lines) > 1:
        alike = len({each.committee.value for each in lines}) == 1
        return replace(
            minutes, committee=line.committee if alike else None, date=None, start=None
        ).doubting(Doubt("date", f"The page has {len(lines)} meetings.", line.committee.quotation))
    return replace(
        minutes,
        committee=line.committee,
        date=line.date or minutes.date,
        start=line.start or minutes.start,
    )


def _filled(
    minutes: Minutes,
    head: list[Passage],
    preamble: list[Passage],
    sections: list[Section],
    everything: list[Passage],
) -> Minutes:
    committee, council, doubts = committee_and_council(_before_people(head))
    day, more = meeting_date(head)
    doubts += more
    start, end, more = meeting_times(_before_people(head), everything)
    doubts += more
    there = attendance(preamble, sections, [])
    declared, more = declarations(sections, preamble)
    doubts += there.doubts + more
    made = asks(sections) if sections else _decided(everything)
    if end is not None and start is not None and start.value >= end.value:
        doubts.append(Doubt("end", "The meeting would have ended before it began.", end.quotation))
    if not sections:
        doubts.append(Doubt("items", "No items were found.", _opening(everything)))
    doubts += _gaps(sections)
    return replace(
        minutes,
        committee=committee,
        council=council,
        date=day,
        venue=meeting_venue(head),
        start=start,
        end=end,
        chair=there.chair,
        present=tuple(there.present),
        apologies=tuple(there.apologies),
        in_attendance=tuple(there.in_attendance),
        items=tuple(map(_item, sections)),
        declarations=tuple(declared),
        asks=tuple(made),
        doubts=(*minutes.doubts, *doubts),
    )


def _decided(everything: list[Passage]) -> list[Ask]:
    """What was decided, where the text has lost its items: decisions alone, for they name themselves."""
    opened = next((i for i, p in enumerate(everything) if _DECISION.match(p.text)), None)
    if opened is None or _only_an_agenda(everything):
        return []
    whole = Section(None, "", everything[opened], everything[opened:])
    return [each for each in asks([whole]) if each.kind == "resolution"]


def _only_an_agenda(everything: list[Passage]) -> bool:
    """Whether a page calls itself an agenda, and no minutes or decisions stand in it."""
    named = any(_AGENDA_PAGE.match(p.text) for p in everything[:8])
    return named and not any(
        re.search(
            r"^\W*(?:minutes|decisions?)\s*:|\bRESOLVED\b|^Resolved\b|\bAGREED\b",
            p.text,
            re.IGNORECASE | re.MULTILINE,
        )
        and not re.match(r"^minutes\s*$", p.text, re.IGNORECASE)
        for p in everything
    )


def _item(section: Section) -> Item:
    def quoted(passages: list[Passage]) -> tuple[Quotation, ...]:
        return tuple(Quotation(p.text, p.place) for p in passages)

    heading = Quotation(section.heading.text, section.heading.place)
    return Item(
        section.number,
        section.title,
        heading,
        quoted(section.body),
        quoted(section.agenda),
        section.restricted,
    )


def _opening(everything: list[Passage]) -> Quotation:
    return Quotation(everything[0].text, everything[0].place) if everything else Quotation("", "")


def _before_people(head: list[Passage]) -> list[Passage]:
    for place, passage in enumerate(head):
        label = label_of(passage.text)
        if label and label[0] in ("present", "in_attendance", "apologies") and place:
            return head[:place]
    return head


def _after_attendance(everything: list[Passage]) -> int:
    """The passage after which items may begin: that of the last label of attendance in the head."""
    last = 0
    for place, passage in enumerate(everything[:80]):
        cell = next((cell for cell in passage.cells if cell), passage.text)
        if re.match(r"^\W*(?:\d|[A-Z]{1,4}[./ ]?\d|[A-Z][a-z]{1,5}/\d)", cell):
            break
        label = label_of(cell)
        if label and label[0] in ("present", "in_attendance"):
            last = place + 1
    return last


def _truncated(everything: list[Passage]) -> Stated[bool] | None:
    for passage in everything:
        if _TRUNCATED.search(passage.text):
            return Stated(True, Quotation(passage.text[-200:], passage.place))
    return None


def _without_mark(everything: list[Passage]) -> list[Passage]:
    """Drop "… view the full minutes text", and the sentence it cut."""
    kept = []
    for passage in everything:
        match = re.search(
            r"\s*(?:\.\.\.|\u2026)?\s*view the full (?:minutes )?text.*$", passage.text, re.I | re.S
        )
        text = passage.text[: match.start()] if match else passage.text
        if text:
            kept.append(replace(passage, text=text) if match else passage)
    return kept


_NUMBER = re.compile(r"^(?P<before>.*?)(?P<number>\d+)$")


def _gaps(sections: list[Section]) -> list[Doubt]:
    doubts = []
    for before, after in itertools.pairwise(sections):
        one = _NUMBER.match(before.number or "")
        two = _NUMBER.match(after.number or "")
        if one is None or two is None or one["before"] != two["before"]:
            continue
        if int(two["number"]) > int(one["number"]) + 1:
            quotation = Quotation(after.heading.text, after.heading.place)
            doubts.append(
                Doubt(
                    "items",
                    f"After {before.number} comes {after.number}: a number is missing.",
                    quotation,
                )
            )
    return doubts


_RECOMMENDATION = re.compile(r"^\W*recommend(?:ation|ed|ations)\b", re.IGNORECASE)


def _report(minutes: Minutes, everything: list[Passage]) -> Minutes:
    """Read a report to a committee: what it recommends is proposed, and it has no items of its own."""
    opened = [i for i, p in enumerate(everything) if _RECOMMENDATION.match(p.text)]
    head = everything[: opened[0] if opened else 12][:12]
    head = head[: next((i for i, p in enumerate(head) if _REPORT.match(p.text)), len(head))]
    committee, council, doubts = committee_and_council(head)
    day, more = meeting_date(head)
    found: list[Ask] = []
    for place in opened[:1]:
        stop = next(
            (
                i
                for i in range(place + 1, len(everything))
                if len(everything[i].text.split()) <= 4
                and not re.match(r"^\W*\(?[a-z\d]", everything[i].text)
            ),
            len(everything),
        )
        section = Section(None, "", everything[place], everything[place + 1 : stop])
        found += [replace(each, kind="recommendation") for each in asks([_led(section)])]
    return replace(
        minutes,
        committee=committee,
        council=council,
        date=day,
        venue=meeting_venue(head),
        asks=tuple(found),
        doubts=(*doubts, *more),
    )


def _led(section: Section) -> Section:
    lead = replace(section.heading, text="RECOMMENDED:", bold=False, level=0, marker="")
    body = list(section.body)
    # "1. The Cabinet Member recommends that Cabinet:" is the lead of the lettered parts after it.
    if body and body[0].text.rstrip("*").endswith(":"):
        body = body[1:]
    return replace(section, body=[lead, *body])
