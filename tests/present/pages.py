"""Reading back what was written: HTML by its tags, PDF by its text."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pikepdf

VOID = {"meta", "link", "br", "img", "input", "hr"}


@dataclass
class Element:
    """One element with its attributes, the elements in it, and its text."""

    tag: str
    attributes: dict[str, str]
    children: list["Element"] = field(default_factory=list)
    pieces: list["str | Element"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text in it, in order, with white space brought together."""
        return " ".join(self._text().split())

    def _text(self) -> str:
        return "".join(p if isinstance(p, str) else p._text() for p in self.pieces)

    def every(self, tag: str = "") -> Iterator["Element"]:
        """Every element below this one, in order."""
        for child in self.children:
            if not tag or child.tag == tag:
                yield child
            yield from child.every(tag)

    def has_class(self, name: str) -> bool:
        """Whether it is of a class."""
        return name in self.attributes.get("class", "").split()


class _Reader(HTMLParser):
    """Builds elements, and fails on tags that do not match: a browser would guess."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Element("", {})
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        self._open[-1].pieces.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self._open[-1].tag == tag, f"</{tag}> closes <{self._open[-1].tag}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].pieces.append(data)


def read_html(text: str) -> Element:
    """Read a page; `AssertionError` where tags do not match."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    assert len(reader._open) == 1, "an element is never closed"
    return reader.root


def pdf_text(content: bytes) -> str:
    """All text of a PDF, page by page, as its fonts map it back to characters."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return "\n".join(_text_of(page, page.Resources) for page in pdf.pages)


def _text_of(stream: pikepdf.Object, resources: pikepdf.Object) -> str:
    fonts = {name: _characters(font) for name, font in resources.get("/Font", {}).items()}
    forms = resources.get("/XObject", {})
    parts: list[str] = []
    current: dict[str, str] = {}
    for operands, operator in pikepdf.parse_content_stream(stream):
        name = str(operator)
        if name == "Tf":
            current = fonts[str(operands[0])]
        elif name in ("Tj", "TJ"):
            shown = operands[0] if name == "TJ" else [operands[0]]
            for piece in shown:
                if isinstance(piece, pikepdf.String):
                    codes = bytes(piece).hex().upper()
                    parts += [current.get(codes[i : i + 4], "") for i in range(0, len(codes), 4)]
        elif name in ("ET", "Td", "Tm"):
            parts.append(" ")
        elif name == "Do" and forms[str(operands[0])].get("/Subtype") == "/Form":
            form = forms[str(operands[0])]
            parts.append(_text_of(form, form.get("/Resources", resources)))
    return "".join(parts)


def _characters(font: pikepdf.Object) -> dict[str, str]:
    """Give the characters of a font by code, from its ToUnicode map."""
    found: dict[str, str] = {}
    text = font.ToUnicode.read_bytes().decode("latin-1")
    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.DOTALL):
        for code, value in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            found[code.upper()] = bytes.fromhex(value).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", text, re.DOTALL):
        for first, last, value in re.findall(
            r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block
        ):
            start = int(value, 16)
            for step in range(int(last, 16) - int(first, 16) + 1):
                found[f"{int(first, 16) + step:04X}"] = chr(start + step)
    return found


def tagged(content: bytes, title: str) -> tuple[str, list[str]]:
    """Check that a PDF is accessible (PDF/UA-1); give its text in one line, and the kinds of its tags."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en-GB"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == title
            assert metadata["pdfuaid:part"] == "1"
        kinds = [str(each.S) for each in elements(pdf.Root.StructTreeRoot)]
    return " ".join(pdf_text(content).split()), kinds


def elements(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Every structure element of a tagged PDF, in reading order."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)
