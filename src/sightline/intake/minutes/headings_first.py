"""Two columns that a conversion read one after the other: all headings first, and then all texts.

A text is given back to its heading only by words it shares with it, in the order of both; a bare "None"
goes to the heading after. Whatever else happens to texts here is a doubt for a person.
"""

import re
from dataclasses import replace

from sightline.intake.minutes.numbering import Section
from sightline.intake.minutes.passage import Passage
from sightline.intake.minutes.record import Doubt, Quotation

_NONE = re.compile(r"^\W*(?:none|nil|there were (?:none|no\b.{0,80}))\W*$", re.IGNORECASE)
_CLOSES = re.compile(
    r"^\W*(?:the )?meeting (?:ended|closed|finished|concluded|rose)\b", re.IGNORECASE
)
_SMALL = frozenset(
    "the and for from with any its was were has had have been this that item report update".split()  # noqa: SIM905
)
_OPENING = 40
"""Words of a text in which those of its heading may stand."""


def texts_given_back(sections: list[Section]) -> tuple[list[Section], list[Doubt]]:
    """Give texts back to headings that stand empty before them; the rest stays as it was."""
    kept: list[Section] = []
    doubts: list[Doubt] = []
    run: list[Section] = []
    for section in sections:
        run.append(section)
        if not section.body and not section.agenda:
            continue
        given = _given(run) if len(run) >= 3 and not section.agenda else None
        if given is not None:
            doubts.append(
                Doubt(
                    "items",
                    f"The headings of {len(run)} items stand before all their texts; which text is"
                    " whose was told by their words.",
                    Quotation(run[0].heading.text, run[0].heading.place),
                )
            )
        kept += given or run
        run = []
    return kept + run, doubts


def _given(run: list[Section]) -> list[Section] | None:
    """The sections of a run with their texts; none where no text belongs to an earlier heading."""
    titles = [_words(section.title) for section in run]
    texts: list[list[Passage]] = [[] for _ in run]
    at = -1
    moved = False
    body = run[-1].body
    alone = sum(not _CLOSES.match(p.text) for p in body) == len(run)
    for place, passage in enumerate(body):
        found = _belongs(passage, titles, max(at, 0))
        if found is not None:
            at = found
            moved = moved or found < len(run) - 1
        elif (alone and not _CLOSES.match(passage.text)) or _NONE.match(passage.text) or at < 0:
            at = place if alone else min(at + 1, len(run) - 1)
        texts[min(at, len(run) - 1)].append(passage)
    if not moved:
        return None
    return [replace(section, body=text) for section, text in zip(run, texts, strict=True)]


def _belongs(passage: Passage, titles: list[set[str]], start: int) -> int | None:
    """The first heading from `start` on of which a text holds most words."""
    opening = _words(" ".join(passage.text.split()[:_OPENING]))
    for place in range(start, len(titles)):
        title = titles[place]
        if title and len(title & opening) >= max(1, 0.6 * len(title)):
            return place
    return None


def _words(text: str) -> set[str]:
    """The words of a text that tell, without their plural."""
    found = re.findall(r"[a-z]{3,}|\d{4}", text.casefold().replace("\u2019", "'"))
    return {word.rstrip("s") for word in found if word not in _SMALL}
