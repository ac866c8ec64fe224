"""The papers of a meeting as one PDF, pages numbered through, for the public and for members.

The private part comes last, so what both packs hold has the same page numbers in both. A supplement begins
after the last page there is. Typst checks that each is PDF/UA-1.
"""

import io
import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import pdfplumber
import typst
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from sightline.service.accounts.models import Person
from sightline.service.scrutiny.asks.queries import Matter, outstanding
from sightline.service.scrutiny.asks.standing import in_words
from sightline.service.scrutiny.meetings.deadlines import clock
from sightline.service.scrutiny.meetings.law import paragraphs
from sightline.service.scrutiny.meetings.papers import keep_file
from sightline.service.scrutiny.meetings.queries import notice_of, places_on
from sightline.service.scrutiny.meetings.standing import participation_of
from sightline.service.scrutiny.models import Item, Meeting, Pack, Paper, StandingItem
from sightline.service.scrutiny.models.meetings import Privacy
from sightline.service.scrutiny.programme.report_pdf import BODY, body_source, report_body
from sightline.service.scrutiny.public import visible

_DOTS = 144
"""Dots an inch of a page's picture."""
_MOST_DOTS = 2600
_ROOM = {False: (493.0, 640.0), True: (740.0, 390.0)}
"""Points that a given page may fill, upright and sideways, within the margins and under its heading."""
Files = dict[str, bytes]


@dataclass(frozen=True)
class Drawn:
    """Packs of a number that are drawn and not kept yet: whether each is the members', and its bytes.

    `holds` is what they were drawn from, so that nothing is published that has changed since.
    """

    meeting: Meeting
    number: int
    first: int
    papers: tuple[Paper, ...]
    packs: tuple[tuple[bool, bytes], ...]
    holds: tuple[object, ...]
    at: datetime


def make_packs(meeting: Meeting, number: int, by: Person | None = None) -> list[Pack]:
    """Make the public pack of a number, and the members' where any of it is private; both or neither."""
    return keep_packs(draw_packs(meeting, number), by)


def make_pack(
    meeting: Meeting, number: int, with_private: bool = False, by: Person | None = None
) -> Pack:
    """Make the pack of a number: 0 is the agenda with its papers, 1 the first supplement, and so on.

    What it holds is published with it. `ValidationError` where it was made already, or holds nothing new.
    """
    return keep_packs(_draw(meeting, number, (with_private,)), by)[0]


def draw_packs(meeting: Meeting, number: int) -> Drawn:
    """Draw the packs of a number, which takes its time: nothing is locked meanwhile."""
    both = _has_private(meeting, _papers(meeting, number))
    return _draw(meeting, number, (False, True) if both else (False,))


def _draw(meeting: Meeting, number: int, versions: Sequence[bool]) -> Drawn:
    at, holds = timezone.now(), _holds(meeting)
    papers = _papers(meeting, number)
    first = _first_page(meeting, number)
    if number and not papers:
        raise ValidationError(
            "No paper has come since the last pack, so there is nothing to supplement."
        )
    if meeting.packs.filter(number=number, with_private__in=versions).exists():
        raise ValidationError(MADE)
    packs = tuple(
        (each, render(meeting, number, papers, first=first, with_private=each)) for each in versions
    )
    return Drawn(meeting, number, first, tuple(papers), packs, holds, at)


def keep_packs(drawn: Drawn, by: Person | None = None) -> list[Pack]:
    """Keep packs that were drawn, and publish their papers. Refused where the agenda changed meanwhile."""
    meeting, number = drawn.meeting, drawn.number
    try:
        with transaction.atomic():
            Meeting.objects.select_for_update().get(pk=meeting.pk)
            if _holds(meeting) != drawn.holds:
                raise ValidationError(
                    "The agenda was changed while its pack was made. Look at it, and make the pack again."
                )
            packs = [
                Pack.objects.create(
                    meeting=meeting,
                    number=number,
                    with_private=each,
                    file=keep_file(data, _name(meeting, number, with_private=each), PDF),
                    first_page=drawn.first,
                    last_page=drawn.first + _count_pages(data) - 1,
                    made_at=drawn.at,
                    made_by=by,
                )
                for each, data in drawn.packs
            ]
            Paper.objects.filter(
                pk__in=[paper.pk for paper in drawn.papers if not paper.announced],
                published_at=None,
            ).update(published_at=drawn.at)
    except IntegrityError:
        raise ValidationError(MADE) from None
    return packs


def withdraw_packs(meeting: Meeting) -> None:
    """Take the packs of a meeting away, as something in them became private: they are made anew without it.

    All of them, so that those made anew begin at page 1 and hold everything there is.
    """
    meeting.packs.all().delete()


def _holds(meeting: Meeting) -> tuple[object, ...]:
    """Give what a pack is made of, so far as it may change meanwhile: items as planned, and their papers."""
    planned = ("title", "planned", "presenter", "urgency", "privacy", "paragraph", "why_exempt")
    items = meeting.items.order_by("pk").values_list("pk", "position", *planned)
    papers = Paper.objects.filter(item__meeting=meeting).order_by("pk")
    return (*items, *papers.values_list("pk", "file", "report__version", "privacy"))


PDF = "application/pdf"
MADE = "This pack was made already."


def _name(meeting: Meeting, number: int, *, with_private: bool) -> str:
    what = f"supplement-{number}" if number else "agenda"
    day = f"{meeting.day:%Y-%m-%d}" if meeting.day else "no-day"
    who = "members" if with_private else "public"
    return f"{meeting.committee.slug}-{day}-{what}-{who}.pdf"


def next_number(meeting: Meeting) -> int:
    """Give the number of the pack that would be made next: 0 before the agenda's own."""
    last: int | None = meeting.packs.aggregate(last=Max("number"))["last"]
    return 0 if last is None else last + 1


def new_papers(meeting: Meeting) -> list[Paper]:
    """Give the papers that have come since the last pack, and stand in none."""
    number = next_number(meeting)
    return _papers(meeting, number) if number else []


def _papers(meeting: Meeting, number: int) -> list[Paper]:
    """Give the papers of a pack; of the first also those to follow."""
    found = (
        Paper.objects.filter(item__meeting=meeting)
        .select_related("item", "report", "report__committee")
        .order_by("item__position", "position", "pk")
    )
    if number == 0:
        return list(found)
    before = _packs_before(meeting, number)
    made = max(pack.made_at for pack in before)
    return [each for each in found.filter(added_at__gt=made) if not each.announced]


def _packs_before(meeting: Meeting, number: int) -> list[Pack]:
    before = list(meeting.packs.filter(number=number - 1))
    if not before:
        said = "Make the pack of the agenda before a supplement to it."
        raise ValidationError(said)
    return before


def _first_page(meeting: Meeting, number: int) -> int:
    if number == 0:
        return 1
    _packs_before(meeting, number)
    last: int = meeting.packs.filter(number__lt=number).aggregate(last=Max("last_page"))["last"]
    return last + 1


def _has_private(meeting: Meeting, papers: Sequence[Paper]) -> bool:
    return any(_is_private(paper) for paper in papers) or (
        meeting.items.exclude(privacy=Privacy.PUBLIC).exists()
    )


def _is_private(paper: Paper) -> bool:
    return paper.privacy != Privacy.PUBLIC or paper.item.privacy != Privacy.PUBLIC


# --- What is printed


@dataclass
class _Section:
    """A part of the pack with a heading and a page of its own. `listed`: what the contents call a paper."""

    id: str
    kind: str
    title: str
    is_private: bool
    item: Item
    listed: str = ""
    note: str = ""
    paragraphs: list[str] = field(default_factory=list)
    tables: list[dict[str, Any]] = field(default_factory=list)
    report: dict[str, Any] | None = None
    sheets: list[dict[str, Any]] = field(default_factory=list)


def render(
    meeting: Meeting, number: int, papers: Sequence[Paper], *, first: int, with_private: bool
) -> bytes:
    """Give the PDF. Typst refuses it if it is not PDF/UA-1."""
    pictures: Files = {}
    items = list(meeting.items.order_by("position", "pk"))
    numbers = {item.pk: str(n) for n, item in enumerate(items, start=1)}
    sections: list[_Section] = []
    if number == 0:
        sections += [_matters(item, meeting) for item in items if _lists_matters(item)]
        sections += [
            _private_item(item) for item in items if item.privacy != Privacy.PUBLIC and item.planned
        ]
    sections += [_paper_section(paper, pictures) for paper in papers if not paper.announced]
    # Public before private, so that page numbers are the same in both packs.
    sections.sort(key=lambda each: (each.is_private, each.item.position))
    shown = [each for each in sections if with_private or not each.is_private]
    day = f"{meeting.day:%A %-d %B %Y}" if meeting.day else "day not known"
    heading = "Agenda" if number == 0 else f"Supplement {number} to the agenda"
    made = timezone.localdate()
    data = {
        "title": f"{heading}: {meeting.committee.name}, {day}",
        "heading": heading,
        "council": meeting.committee.council or meeting.committee.name,
        "committee": ", ".join(filter(None, (meeting.committee.name, meeting.committee.council))),
        "when": ", ".join(
            filter(None, (day, clock(meeting.starts) if meeting.starts else "", meeting.venue))
        ),
        "running": f"{meeting.committee.name}, {day}",
        "version": "Members’ pack: holds private papers, not for publication"
        if with_private
        else "Public pack",
        "notices": _notices(meeting, number, first),
        "members": _members(meeting) if number == 0 else [],
        "first": first,
        "made": [made.year, made.month, made.day],
        "contents": _contents(items, numbers, sections, papers, number, with_private=with_private),
        "contents-caption": "Items, and the pages of their papers",
        "agenda": [_agenda_item(item, numbers[item.pk]) for item in items] if number == 0 else [],
        "sections": [
            {
                "id": each.id,
                "kind": each.kind,
                "title": each.title,
                "note": each.note,
                "paragraphs": each.paragraphs,
                "tables": each.tables,
                "report": each.report,
                "sheets": each.sheets,
            }
            for each in shown
        ],
    }
    return compile_pack(data, pictures)


def compile_pack(data: Mapping[str, Any], pictures: Mapping[str, bytes]) -> bytes:
    """Have Typst write a PDF/UA-1 from what is to be printed and the pictures of given pages."""
    template = files(__package__) / "pack.typ"
    with tempfile.TemporaryDirectory() as folder:
        for name, picture in pictures.items():
            (Path(folder) / name).write_bytes(picture)
        (Path(folder) / BODY).write_bytes(body_source())
        compiler = typst.Compiler(
            template.read_bytes(),
            root=folder,
            font_paths=typst.Fonts(include_system_fonts=False),
            sys_inputs={"pack": json.dumps(data, ensure_ascii=False)},
        )
        content = compiler.compile(
            format="pdf", pdf_standards=["ua-1"], timestamp=timezone.now().replace(microsecond=0)
        )
    if not isinstance(content, bytes):
        raise TypeError("Typst gave no single file for the PDF.")
    return content


def _notices(meeting: Meeting, number: int, first: int) -> list[str]:
    said = []
    if number == 0:
        if deadline := participation_of(meeting):
            to = meeting.committee.participation_to
            notify = f" Tell {to}." if to else ""
            said.append(f"Taking part as a member of the public: {deadline.sentence}{notify}")
        if notice := notice_of(meeting):
            said.append(f"Public notice: {notice.sentence}")
        if meeting.webcast:
            said.append(f"Webcast: {meeting.webcast}")
    else:
        said.append(
            f"The pages of this supplement are numbered on from the papers before, from page {first}."
        )
    return said


def _members(meeting: Meeting) -> list[str]:
    order = {"chair": " (Chair)", "vice_chair": " (Vice-chair)"}
    places = [
        place
        for place in places_on(meeting.committee, meeting.day)
        if place.position != "substitute"
    ]
    return [f"{place.member.name}{order.get(place.position, '')}" for place in places]


def _contents(
    items: Sequence[Item],
    numbers: Mapping[int, str],
    sections: Sequence[_Section],
    papers: Sequence[Paper],
    number: int,
    *,
    with_private: bool,
) -> list[dict[str, Any]]:
    """Give a row for each item and each paper: the same rows in both packs, so that both are as long."""
    rows: list[dict[str, Any]] = []
    for item in items:
        own = [each for each in sections if each.item.pk == item.pk]
        to_follow = [each for each in papers if each.item_id == item.pk and each.announced]
        if number and not own:
            continue
        text = next((each for each in own if each.kind == "text"), None)
        rows.append(
            {
                "item": numbers[item.pk],
                "title": item.title,
                "note": _why_private(item.privacy, item.paragraph),
                "target": text.id if text and (with_private or not text.is_private) else None,
                "place": "Private" if text and text.is_private else "",
            }
        )
        rows += [
            {
                "item": "",
                "title": each.listed,
                "note": "Private" if each.is_private else "",
                "target": each.id if with_private or not each.is_private else None,
                "place": "Private",
            }
            for each in own
            if each.kind != "text"
        ]
        rows += [
            {
                "item": "",
                "title": _listed(paper),
                "note": "Private, to follow" if _is_private(paper) else "To follow",
                "target": None,
                "place": "–",
            }
            for paper in to_follow
        ]
    return rows


def _agenda_item(item: Item, number: str) -> dict[str, Any]:
    lines = []
    is_public = item.privacy == Privacy.PUBLIC
    if item.presenter and is_public:
        lines.append(item.presenter)
    if why := _why_private(item.privacy, item.paragraph):
        lines.append(f"{why}. {item.why_exempt}")
    if item.urgency:
        why = f": {item.urgency}" if is_public else ""
        lines.append(f"The chair rules this item urgent{why}")
    shown = item.planned if is_public else ""
    return {
        "heading": f"{number}. {item.title}",
        "lines": lines,
        "paragraphs": _paragraphs(shown),
    }


def _why_private(privacy: str, paragraph: int | None) -> str:
    if privacy == Privacy.EXEMPT and paragraph:
        words = paragraphs()[paragraph].words
        return (
            f"Not for publication: exempt under paragraph {paragraph} of Part 1 of Schedule 12A to the "
            f"Local Government Act 1972 ({words[:1].lower()}{words[1:]})"
        )
    if privacy == Privacy.CONFIDENTIAL:
        return (
            "Not for publication: confidential (section 100A(3) of the Local Government Act 1972)"
        )
    return ""


def _private_item(item: Item) -> _Section:
    return _Section(
        f"item-{item.pk}",
        "text",
        item.title,
        is_private=True,
        item=item,
        note=_why_private(item.privacy, item.paragraph),
        paragraphs=_paragraphs(item.planned),
    )


def _lists_matters(item: Item) -> bool:
    return item.kind == StandingItem.Kind.OUTSTANDING and item.privacy == Privacy.PUBLIC


def _matters(item: Item, meeting: Meeting) -> _Section:
    found = outstanding(meeting.committee, meeting.day or timezone.localdate()).of_public
    parts = (
        ("Due or overdue", found.due),
        ("Replies since the last meeting", found.replied),
        ("Proposed for closure", found.proposed),
    )
    tables = [
        {
            "title": title,
            "caption": f"{title}: {len(matters)}",
            "columns": ["Request", "What was asked", "Of", "Due", "How it stands"],
            "widths": [0, 3, 1, 0, 2],
            "rows": [_matter(each) for each in matters],
        }
        for title, matters in parts
        if matters
    ]
    return _Section(
        f"matters-{item.pk}",
        "text",
        item.title,
        is_private=False,
        item=item,
        paragraphs=[found.sentence],
        tables=tables,
    )


def _matter(matter: Matter) -> list[str]:
    """Give a row as the public may read it: what an officer judged, and why, is not in it."""
    ask = matter.ask
    word, why = in_words(ask)
    is_open = not visible.is_restricted(ask)
    awaits = ask.awaits if is_open else ""
    return [
        ask.reference,
        matter.words,
        (ask.addressee if is_open else "") or "not said",
        f"{ask.due:%-d %B %Y}" if ask.due else awaits or "no date",
        f"{word}: {why}",
    ]


def _listed(paper: Paper) -> str:
    """Name a paper in the contents, which the public has too: of a private one the letter alone."""
    name = paper.letter if _is_private(paper) else f"{paper.letter} {paper.title}"
    return f"Paper {name}" if paper.letter else name or "A private paper"


def _paper_section(paper: Paper, pictures: Files) -> _Section:
    title = f"{paper.letter} {paper.title}".strip()
    section = _Section(
        f"paper-{paper.pk}",
        "report" if paper.report else "file",
        f"Paper {title}" if paper.letter else title,
        is_private=_is_private(paper),
        item=paper.item,
        listed=_listed(paper),
        note=_why_private(paper.privacy, paper.paragraph),
    )
    if paper.report:
        section.report = report_body(paper.report)
    elif paper.file:
        section.sheets = _sheets(paper, bytes(paper.file.data), pictures)
    return section


def _paragraphs(text: str) -> list[str]:
    return [each.strip() for each in text.split("\n\n") if each.strip()]


# --- Pages of given papers


def _sheets(paper: Paper, data: bytes, pictures: Files) -> list[dict[str, Any]]:
    """Draw each page of a given PDF, and find its words with where they stand."""
    sheets = []
    name = f"Paper {paper.letter} {paper.title}".strip()
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for number, page in enumerate(pdf.pages, start=1):
            width, height = float(page.width), float(page.height)
            wide = width > height
            room = _ROOM[wide]
            scale = min(room[0] / width, room[1] / height)
            resolution = min(_DOTS, _MOST_DOTS * 72 / max(width, height))
            picture = io.BytesIO()
            drawn = page.to_image(resolution=resolution).original.convert("RGB")
            drawn.save(picture, "JPEG", quality=82)
            key = f"paper-{paper.pk}-{number}.jpg"
            pictures[key] = picture.getvalue()
            sheets.append(
                {
                    "picture": f"/{key}",
                    "wide": wide,
                    "width": round(width * scale, 2),
                    "height": round(height * scale, 2),
                    "label": f"{name}, page {number} of {len(pdf.pages)}",
                    "alt": f"{name}, page {number}: a picture without text.",
                    "lines": _lines(page, scale),
                }
            )
            page.close()
    return sheets


def _lines(page: Any, scale: float) -> list[dict[str, Any]]:
    left, top = float(page.bbox[0]), float(page.bbox[1])
    return [
        {
            "text": line["text"],
            "x": round((line["x0"] - left) * scale, 2),
            "y": round((line["top"] - top) * scale, 2),
            "size": round(max(1.0, (line["bottom"] - line["top"]) * scale * 0.9), 2),
        }
        for line in page.extract_text_lines(return_chars=False)
        if line["text"].strip()
    ]


def _count_pages(data: bytes) -> int:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return len(pdf.pages)
