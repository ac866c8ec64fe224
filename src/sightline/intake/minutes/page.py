"""Web pages of meetings: paragraphs come from tags, never from line ends (rule MIN-08)."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from sightline.intake.minutes.passage import Passage, plain, squeezed

_BLOCKS_NAMES = """
p div section article header footer main li ul ol table tr td th caption dl dt dd h1 h2 h3 h4 h5 h6
blockquote pre br hr form fieldset figure body html tbody thead
"""
_BLOCKS = frozenset(_BLOCKS_NAMES.split())
_SKIPPED_NAMES = """
script style noscript nav template svg select option button head iframe
"""
_SKIPPED = frozenset(_SKIPPED_NAMES.split())
_VOID_NAMES = """
br hr img input meta link wbr area base col embed source track
"""
_VOID = frozenset(_VOID_NAMES.split())
_HIDDEN = re.compile(
    r"\b(?:mgFileSize|mgHide|hidden|visually-?hidden|sr-only|mgNavigation|mgFooter|skip-?link)\b",
    re.I,
)
_TITLE = re.compile(r"\bmgAiTitleTxt\b")
_MAX_DEPTH = 2_000


@dataclass
class _Row:
    cells: list[list[Passage]] = field(default_factory=list)
    start: int = 0


class _Page(HTMLParser):
    """Gathers passages; a row of a table of data becomes its cells, one of layout its paragraphs."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Passage] = []
        self._text: list[tuple[str, bool]] = []
        self._open: list[str] = []
        self._skipping = 0
        self._hidden: list[int] = []
        self._bold = 0
        self._level = 0
        self._marker = ""
        self._lists = 0
        self._rows: list[_Row] = []
        self._headed = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: PLR0912 - one form after another
        if tag in _VOID:
            if tag in ("br", "hr"):
                self._flush()
            return
        if len(self._open) >= _MAX_DEPTH:
            return
        given = {name: value or "" for name, value in attrs}
        classes = given.get("class", "")
        if tag in _SKIPPED:
            self._skipping += 1
        elif _HIDDEN.search(classes) or "display:none" in given.get("style", "").replace(" ", ""):
            self._hidden.append(len(self._open))
            self._skipping += 1
        if tag in _BLOCKS:
            self._flush()
        if re.fullmatch(r"h[1-6]", tag):
            self._level = int(tag[1])
        if _TITLE.search(classes):
            self._flush()
            self._headed = len(self._open) + 1
        if tag in ("b", "strong"):
            self._bold += 1
        if tag in ("ul", "ol"):
            self._lists += 1
        if tag == "li":
            self._marker = "-"
        if tag == "tr":
            self._rows.append(_Row(start=len(self.found)))
        if tag in ("td", "th") and self._rows:
            self._rows[-1].cells.append([])
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID or tag not in self._open[-60:]:
            return
        while self._open:
            last = self._open.pop()
            self._close(last)
            if last == tag:
                break

    def _close(self, tag: str) -> None:
        depth = len(self._open)
        if tag in _BLOCKS or depth + 1 == self._headed:
            self._flush()
        if depth + 1 == self._headed:
            self._headed = 0
        if re.fullmatch(r"h[1-6]", tag):
            self._level = 0
        if tag in ("b", "strong"):
            self._bold = max(0, self._bold - 1)
        if tag in ("ul", "ol"):
            self._lists = max(0, self._lists - 1)
        if tag == "li":
            self._marker = ""
        if tag in _SKIPPED:
            self._skipping = max(0, self._skipping - 1)
        elif self._hidden and self._hidden[-1] == depth:
            self._hidden.pop()
            self._skipping = max(0, self._skipping - 1)
        if tag == "tr" and self._rows:
            self._row(self._rows.pop())

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            self._text.append((data, self._bold > 0))

    def close(self) -> None:
        super().close()
        self._flush()
        while self._rows:
            self._row(self._rows.pop())

    def _flush(self) -> None:
        text = squeezed(plain("".join(part for part, _ in self._text)))
        bold = bool(text) and all(strong for part, strong in self._text if part.strip())
        self._text = []
        if not text:
            return
        bullet = re.match(r"^[\u2022\u00b7\u25aa\u25cfo]\s+(?=\S)", text)
        marker = self._marker
        if bullet:
            marker, text = bullet[0].strip(), text[bullet.end() :]
        passage = Passage(
            text,
            f"paragraph {len(self.found) + 1}",
            bold or self._headed > 0,
            self._level,
            (),
            marker,
            2 * max(0, self._lists - 1),
            1,
        )
        self._marker = ""
        self.found.append(passage)
        if self._rows and self._rows[-1].cells:
            self._rows[-1].cells[-1].append(passage)

    def _row(self, row: _Row) -> None:
        """Make one passage of a row whose cells each hold one paragraph at most."""
        cells = row.cells
        if len(cells) < 2 or any(len(cell) > 1 for cell in cells) or self._rows:
            return
        texts = tuple(cell[0].text if cell else "" for cell in cells)
        del self.found[row.start :]
        if any(texts):
            self.found.append(
                Passage(
                    " ".join(filter(None, texts)), f"paragraph {row.start + 1}", cells=texts, gap=1
                )
            )


def passages(text: str) -> list[Passage]:
    """Give the paragraphs of a page, without what is hidden or only leads elsewhere."""
    page = _Page()
    page.feed(text)
    page.close()
    return page.found
