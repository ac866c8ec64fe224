"""Titles of items that stand without a number: by how they are set, by their words, or by what follows."""

import re

from sightline.intake.minutes.passage import Passage, squeezed, without_page_parts
from sightline.intake.minutes.titles import KNOWN, capitals, like_a_title

MINUTES_LABEL = re.compile(r"^minutes?\s*:?$", re.IGNORECASE)
DOCUMENTS = re.compile(r"^(?:additional|supporting) documents?\s*:?$", re.IGNORECASE)


def unnumbered(passages: list[Passage], first_allowed: int) -> dict[int, str]:
    """Give the titles of a text that numbers none of its items, by place.

    Where "Minutes:" opens the text of items, a title stands before it.
    """
    page = next(
        (i for i, p in enumerate(passages) if re.fullmatch(r"agenda item", p.text, re.IGNORECASE)),
        None,
    )
    if page is not None and sum(bool(MINUTES_LABEL.match(p.text)) for p in passages) == 1:
        title = next(
            (
                i
                for i in range(page + 1, len(passages))
                if not re.fullmatch(r"agenda item", passages[i].text, re.I)
            ),
            None,
        )
        return {} if title is None else {title: title_of(passages[title])}
    begun = next(
        (
            i
            for i, p in enumerate(passages)
            if i >= first_allowed
            and like_a_title(title_of(p))
            and KNOWN.match(title_of(p))
            and not p.marker
        ),
        None,
    )
    items = next(
        (i + 1 for i, p in enumerate(passages) if re.match(r"^(?:No\.?\s*\|?\s*)?Items?$", p.text)),
        None,
    )
    if items is not None:
        begun = items if begun is None else min(begun, items)
    if begun is None:
        return {}
    rest = range(begun, len(passages))
    strong = [i for i in rest if _set_apart(passages[i]) and is_title(passages, i)]
    if len(strong) >= 2:
        return {i: title_of(passages[i]) for i in strong}
    plain = [i for i in rest if not passages[i].cells and is_title(passages, i)]
    return {i: title_of(passages[i]) for i in plain if _opens_item(passages, i)}


def title_of(passage: Passage) -> str:
    """The words of a passage as a title, without what a system prints beside a link."""
    return without_page_parts(passage.text)


def _set_apart(passage: Passage) -> bool:
    return passage.heading or capitals(passage.text)


def is_title(passages: list[Passage], place: int) -> bool:
    """Whether a passage can be the title of an item."""
    passage = passages[place]
    title = title_of(passage)
    minutes = (
        re.fullmatch(r"minutes", title, re.IGNORECASE)
        and _set_apart(passage)
        and place + 1 < len(passages)
        and re.search(r"\bminutes\b", passages[place + 1].text[:120], re.IGNORECASE)
    )
    return (
        not passage.marker
        and not passage.cells
        and bool(like_a_title(title) or minutes)
        and not _PEOPLE.match(title)
        and not _FURTHER.match(title)
        and not (title == squeezed(passage.text) and _OF_THIS_MEETING.match(title))
        and (place + 1 < len(passages) or title != squeezed(passage.text))
    )


_PEOPLE = re.compile(
    r"^(?:Councillors?|Cllrs?\.?|Mr|Mrs|Ms|Miss|Dr|Present|Also (?:present|attend)|In attendance|"
    r"Officers|Attendance|Members present|COUNCILLORS?)\b|^Apologies(?: for absence)?:\s+\S",
    re.IGNORECASE,
)
_OF_THIS_MEETING = re.compile(
    r"^(?:draft )?minutes of (?:an?|the) .*\bmeeting of\b.*\bheld\b", re.IGNORECASE
)
_FURTHER = re.compile(
    r"^(?:resolved|agreed|recommend|action|reason|decision|the meeting|meeting (?:ended|closed)|"
    r"chair(?:man)?\b(?!['\u2019]s)|"
    r"signed|minutes:$|in the chair|vote|voting|amendment|for:|against:|abstain|note\b|"
    r"tuesday|monday|wednesday|thursday|friday|saturday|sunday)",
    re.IGNORECASE,
)


_AGENDA_TEXT = re.compile(r"^To [a-z]+ ")


def _opens_item(passages: list[Passage], place: int) -> bool:
    """Whether a plain line that looks like a title is one: by its words, or by what stands around."""
    passage = passages[place]
    before = passages[place - 1] if place else None
    if (
        _AGENDA_TEXT.match(passage.text)
        and passage.gap < 2
        and before is not None
        and like_a_title(title_of(before))
    ):
        return False  # what the agenda says under a title that stands before it
    if KNOWN.match(title_of(passage)) or title_of(passage) != squeezed(passage.text):
        return True
    after = passages[place + 1]
    if MINUTES_LABEL.match(after.text) or DOCUMENTS.match(after.text):
        return True
    ended = before is None or not before.text.endswith((":", ","))
    return (
        passage.gap >= 1
        and ended
        and after.gap >= 1
        and not after.marker
        and len(passage.text.split()) >= 2
        and not (before is not None and before.marker)
        and len(after.text.split()) > 6
    )
