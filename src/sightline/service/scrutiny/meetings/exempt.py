"""What is private at a meeting: the resolution to exclude the public, and whether its words are right."""

import re
from collections.abc import Iterable, Sequence

from sightline.service.scrutiny.meetings.law import paragraphs
from sightline.service.scrutiny.models import Item
from sightline.service.scrutiny.models.meetings import Privacy

_CITED = re.compile(r"\bparagraphs?\s+((?:\d+)(?:\s*(?:,|and|or|&)\s*\d+)*)", re.IGNORECASE)


def paragraphs_of_words(text: str) -> set[int]:
    """Give the paragraphs of Schedule 12A whose own words stand in a text."""
    plain = " ".join(text.lower().split())
    return {
        each.number
        for each in paragraphs().values()
        if any(mark.lower() in plain for mark in each.marks)
    }


def paragraphs_cited(text: str) -> set[int]:
    """Give the numbers that a text cites as `paragraph 3` or `paragraphs 1 and 2`."""
    return {int(number) for found in _CITED.findall(text) for number in re.findall(r"\d+", found)}


def mismatch(cited: Iterable[int], text: str) -> str:
    """Say what is wrong where the words of a text are those of other paragraphs than it cites.

    Empty where they agree, or where the text has the words of none.
    """
    numbers, worded = set(cited), paragraphs_of_words(text)
    unknown = sorted(numbers - set(paragraphs()))
    if unknown:
        return f"Part 1 of Schedule 12A has no paragraph {_listed(unknown)}: it has 1 to 7."
    if extra := sorted(worded - numbers):
        words = "; ".join(f"{n}: “{paragraphs()[n].words}”" for n in extra)
        cites = f"paragraph {_listed(sorted(numbers))} is given" if numbers else "none is given"
        return f"The words are those of paragraph {words}; but {cites}."
    if worded and (missing := sorted(numbers - worded)):
        words = "; ".join(f"{n} says “{paragraphs()[n].words}”" for n in missing)
        return f"The words of what is cited are not there: paragraph {words}."
    return ""


def resolution(items: Sequence[Item]) -> str:
    """Write the resolution to exclude the public for these private items, in paragraphs.

    Exempt items are excluded by resolution; confidential ones without a choice, which is said apart.
    """
    parts = []
    exempt = [item for item in items if item.privacy == Privacy.EXEMPT]
    if exempt:
        numbers = sorted({item.paragraph for item in exempt if item.paragraph})
        words = "; and ".join(
            f"paragraph {number} ({paragraphs()[number].words[:1].lower()}"
            f"{paragraphs()[number].words[1:]})"
            for number in numbers
        )
        parts.append(
            "To resolve that, under section 100A(4) of the Local Government Act 1972, the press and public "
            f"be excluded from the meeting for {_items(exempt)}, as exempt information is likely to be "
            f"disclosed, as defined in {words} of Part 1 of Schedule 12A to that Act, and in all the "
            "circumstances the public interest in keeping it private outweighs the public interest in "
            "disclosing it."
        )
    confidential = [item for item in items if item.privacy == Privacy.CONFIDENTIAL]
    if confidential:
        parts.append(
            f"To note that the press and public must be excluded for {_items(confidential)}, as "
            "confidential information is likely to be disclosed: section 100A(2) and (3) of the Local "
            "Government Act 1972. This is not a matter of choice."
        )
    return "\n\n".join(parts)


def faults(items: Sequence[Item]) -> list[str]:
    """Say what is wrong with the private part of an agenda: items in order, each with its reason."""
    said = []
    kinds = [(item.kind == "exclusion", item.privacy != Privacy.PUBLIC) for item in items]
    private = [n for n, (_, is_private) in enumerate(kinds) if is_private]
    if private:
        exclusion = [n for n, (is_exclusion, _) in enumerate(kinds) if is_exclusion]
        if not exclusion or exclusion[0] > private[0]:
            said.append(
                "The resolution to exclude the public must come before the first private item."
            )
        if any(not is_private for _, is_private in kinds[private[0] :]):
            said.append("A public item comes after the public has been excluded.")
    for item in items:
        if item.privacy == Privacy.EXEMPT and (
            wrong := mismatch({item.paragraph or 0}, item.why_exempt)
        ):
            said.append(f"“{item.title}”: {wrong}")
        if item.kind == "exclusion" and (text := item.minute or item.planned):
            cited = paragraphs_cited(text)
            wanted = {i.paragraph for i in items if i.privacy == Privacy.EXEMPT and i.paragraph}
            if wrong := mismatch(cited, text):
                said.append(f"“{item.title}”: {wrong}")
            elif cited != wanted:
                said.append(
                    f"“{item.title}” cites paragraph {_listed(sorted(cited)) or 'none'}; the private items "
                    f"are under paragraph {_listed(sorted(wanted)) or 'none'}."
                )
    return said


def _items(items: Sequence[Item]) -> str:
    names = [f"“{item.title}”" for item in items]
    return f"item{'s' if len(names) > 1 else ''} {_joined(names)}"


def _listed(numbers: Sequence[int]) -> str:
    return _joined([str(number) for number in numbers])


def _joined(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
