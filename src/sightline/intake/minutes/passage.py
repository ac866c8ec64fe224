"""The common shape of every rendering: passages in reading order, with what the page showed of them."""

import html
import re
from dataclasses import dataclass

_SPACES = re.compile(r"[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_NOTHING = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,10});")
_GLYPHS = re.compile(r"[\uf0a7\uf0b7\uf0d8\uf06e\uf0fc\uf02d]")
PAGE_PARTS = re.compile(
    r"\s*\bpdf icon\b(?:\s+PDF\s+[\d.,]+\s*[KMG]B)?|\s+PDF\s+[\d.,]+\s*[KMG]B\b|\s*\bView directions\b\.?"
    r"|\s*\bref: ?\d+\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Passage:
    """A line, or once lines are joined a paragraph.

    `bold` says that all of it is bold; `level` is that of a heading, 0 for none; `cells` are those of
    a table's row, with `text` their join; `marker` is the sign of a list point, `depth` its
    indentation in signs; `gap` counts the blank lines before it.
    """

    text: str
    place: str
    bold: bool = False
    level: int = 0
    cells: tuple[str, ...] = ()
    marker: str = ""
    depth: int = 0
    gap: int = 0
    new_page: bool = False

    @property
    def heading(self) -> bool:
        """Whether the page set it apart as a heading."""
        return self.bold or self.level > 0


def plain(text: str) -> str:
    """Text with entities read (twice, as pages escape them twice), odd spaces plain, no hidden signs."""
    for _ in range(2):
        if "&" not in text:
            break
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    if not text.isascii():
        text = _GLYPHS.sub("\u2022", _SPACES.sub(" ", text))
    return _NOTHING.sub("", text)


def squeezed(text: str) -> str:
    """Text with each run of white space as one space, and none at the ends."""
    return " ".join(text.split())


def without_page_parts(text: str) -> str:
    """Text without what a committee system prints beside a link: "pdf icon PDF 90 KB" and its like."""
    return squeezed(PAGE_PARTS.sub("", text))
