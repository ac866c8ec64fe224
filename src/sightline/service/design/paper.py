"""Documents of casework on paper: letters, plans and records, as PDF/UA-1, as Typst checks it.

Everything is handed over as JSON, so that text stays text; only the fonts inside Typst are used, and nothing
is fetched. What a child says, what the parents say and what professionals judge are parts of their own
(`says`), which look different and say whose they are.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import Any

import typst
from django.http import HttpResponse

AUTHOR = "Children’s services"
CONFIDENTIAL = "Confidential"
NOTHING = "Nothing is recorded."


@dataclass(frozen=True)
class Part:
    """A part of a document. `kind`: text, voice, points, table or signatures; `voice`: whose view it is.

    `widths` are those of the columns of a table in shares, 0 for as wide as its longest word.
    """

    kind: str
    heading: str = ""
    note: str = ""
    paragraphs: tuple[str, ...] = ()
    voice: str = ""
    columns: tuple[str, ...] = ()
    widths: tuple[int, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def writes(heading: str, *texts: str, note: str = "") -> Part:
    """Give a part of plain text; that nothing is recorded where it is so."""
    return Part("text", heading, note, _paragraphs(texts))


def says(voice: str, heading: str, text: str, *, note: str = "") -> Part:
    """Give what a child (`child`) or parents (`parents`) say, or professionals judge (`judgement`)."""
    return Part("voice", heading, note, _paragraphs((text,)), voice)


def lists(heading: str, points: Iterable[str], *, note: str = "") -> Part:
    """Give a list of points."""
    return Part("points", heading, note, rows=tuple((each,) for each in points))


def tables(
    heading: str,
    columns: Sequence[str],
    widths: Sequence[int],
    rows: Iterable[Sequence[Any]],
    *,
    note: str = "",
) -> Part:
    """Give a table; where it has no row that is said in its place."""
    found = tuple(tuple(str(cell) for cell in row) for row in rows)
    nothing = () if found else (NOTHING,)
    return Part("table", heading, note, nothing, "", tuple(columns), tuple(widths), found)


def signs(*people: str) -> Part:
    """Give a line for each who signs."""
    heading = "Signatures" if len(people) > 1 else "Signed"
    return Part("signatures", heading, rows=tuple((each,) for each in people))


def _paragraphs(texts: Iterable[str]) -> tuple[str, ...]:
    found = [part.strip() for text in texts for part in text.replace("\r", "").split("\n")]
    return tuple(part for part in found if part) or (NOTHING,)


@dataclass(frozen=True)
class Paper:
    """A document. `title` names it without naming anybody; `about` is whom it is about, under the heading.

    `to` are the lines of whom a letter goes to; a document without them is none. `standing` is what must be
    known at once, as that it is a draft.
    """

    title: str
    day: date
    reference: str
    parts: tuple[Part, ...]
    heading: str = ""
    about: str = ""
    to: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    head: tuple[str, ...] = (AUTHOR,)
    marking: str = CONFIDENTIAL
    standing: str = ""

    def pdf(self) -> bytes:
        """Give the document as a PDF. Typst refuses it if it is not PDF/UA-1."""
        data = {
            **asdict(self),
            "heading": self.heading or self.title,
            "author": AUTHOR,
            "day": f"{self.day:%-d %B %Y}",
            "date": [self.day.year, self.day.month, self.day.day],
        }
        compiler = typst.Compiler(
            (files("sightline.service.design") / "paper.typ").read_bytes(),
            font_paths=typst.Fonts(include_system_fonts=False),
            sys_inputs={"paper": json.dumps(data, ensure_ascii=False)},
        )
        made = datetime(self.day.year, self.day.month, self.day.day, tzinfo=UTC)
        content = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=made)
        if not isinstance(content, bytes):
            raise TypeError("Typst gave no single file for the document.")
        return content

    def kept(self) -> str:
        """Give the document as text to keep; `kept_paper` gives it back as it was."""
        return json.dumps({**asdict(self), "day": self.day.isoformat()}, ensure_ascii=False)


def kept_paper(text: str) -> Paper:
    """Give a document that was kept, in the words it had then."""
    read = json.loads(text)
    parts = tuple(Part(**_tuples(each)) for each in read["parts"])
    return Paper(**{**_tuples(read), "day": date.fromisoformat(read["day"]), "parts": parts})


def _tuples(read: dict[str, Any]) -> dict[str, Any]:
    """Have what was a tuple before it was kept be one again."""
    return {
        name: tuple(tuple(each) if isinstance(each, list) else each for each in value)
        if isinstance(value, list)
        else value
        for name, value in read.items()
    }


def pdf_response(paper: Paper, name: str) -> HttpResponse:
    """Answer with a document to print. `name` is that of the file, and names nobody."""
    response = HttpResponse(paper.pdf(), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response
