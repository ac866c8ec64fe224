"""The census as its schemas have it: elements in order, by year, and the lines that write them.

Both what a snapshot holds and the invented children are written through this, so that there is one
place that knows the order. Source: the Department for Education's census schemas, 2017 to 2026.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from xml.sax.saxutils import escape

FIRST_YEAR, LAST_YEAR = 2017, 2026
"""Years whose layout is known, by the 31 March that ends them."""
SEX_SINCE = 2025
"""The first census with Sex in place of GenderCurrent."""
PLANS_SINCE = 2022
"""The first census with child in need plans."""

Value = str | int | date | None
Block = Mapping[str, "Value | Sequence[Value] | Sequence[Block]"]
"""An element that holds others: by name, the value of one, or the values or blocks of several."""

_GENDER = {"M": "1", "F": "2", "U": "0"}
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Signs that no XML file may hold."""


@dataclass(frozen=True)
class Element:
    """An element: those in it, in order; `needed` ones must be there. `each` wraps many of a value.

    `since` is the first year that has it. `within` is the element around it that only holds it.
    """

    name: str
    inner: tuple["Element", ...] = ()
    needed: bool = False
    since: int = 0
    each: str = ""


_IDENTIFIERS = Element(
    "ChildIdentifiers",
    (
        Element("LAchildID", needed=True),
        Element("UPN"),
        Element("FormerUPN"),
        Element("UPNunknown"),
        Element("PersonBirthDate"),
        Element("ExpectedPersonBirthDate"),
        Element("Sex", needed=True),
        Element("PersonDeathDate"),
    ),
)
_CHARACTERISTICS = Element(
    "ChildCharacteristics",
    (Element("Ethnicity", needed=True), Element("Disability", each="Disabilities")),
)
_ASSESSMENTS = Element(
    "Assessments",
    (
        Element("AssessmentActualStartDate", needed=True),
        Element("AssessmentInternalReviewDate"),
        Element("AssessmentAuthorisationDate"),
        Element("AssessmentFactors", each="FactorsIdentifiedAtAssessment"),
    ),
)
_CIN_PLANS = Element(
    "CINPlanDates",
    (Element("CINPlanStartDate", needed=True), Element("CINPlanEndDate")),
    since=PLANS_SINCE,
)
_SECTION_47 = Element(
    "Section47",
    (
        Element("S47ActualStartDate", needed=True),
        Element("InitialCPCtarget"),
        Element("DateOfInitialCPC"),
        Element("ICPCnotRequired", needed=True),
    ),
)
_PLANS = Element(
    "ChildProtectionPlans",
    (
        Element("CPPstartDate", needed=True),
        Element("CPPendDate"),
        Element("InitialCategoryOfAbuse", needed=True),
        Element("LatestCategoryOfAbuse", needed=True),
        Element("NumberOfPreviousCPP", needed=True),
        Element("CPPreviewDate", each="Reviews"),
    ),
)
_DETAILS = Element(
    "CINdetails",
    (
        Element("CINreferralDate", needed=True),
        Element("ReferralSource", needed=True),
        Element("PrimaryNeedCode"),
        Element("CINclosureDate"),
        Element("ReasonForClosure"),
        Element("DateOfInitialCPC"),
        _ASSESSMENTS,
        _CIN_PLANS,
        _SECTION_47,
        Element("ReferralNFA", needed=True),
        _PLANS,
    ),
)
CHILD = Element("Child", (_IDENTIFIERS, _CHARACTERISTICS, _DETAILS))
"""A child, with what is known of it and its episodes."""


@cache
def blocks(year: int) -> dict[str, tuple[str, ...]]:
    """Name, for each block of a year's census, the elements with values that may stand in it.

    Blocks are named as the parts of the reader are: `Child` has what stands in the two elements that
    only hold its identifiers and characteristics together, and an element that may come any number of
    times is a block of its own.
    """
    found: dict[str, list[str]] = {}

    def walk(element: Element, block: str) -> None:
        for inner in element.inner:
            if year < inner.since:
                continue
            if inner.each:
                found[inner.name] = [inner.name]
            elif not inner.inner:
                found.setdefault(block, []).append(inner.name)
            else:
                walk(inner, block if inner in (_IDENTIFIERS, _CHARACTERISTICS) else inner.name)

    walk(CHILD, CHILD.name)
    return {name: tuple(elements) for name, elements in found.items()}


def opening_lines(
    day: date,
    authority: str,
    *,
    software: str,
    release: str = "",
    made: str,
    notice: str = "",
) -> list[str]:
    """Give the lines before the first child. `day` ends the year; `made` is a date and time.

    Without the `authority`'s three digits there is no Source, which may not lack them.
    """
    source = {
        "SourceLevel": "L",
        "LEA": authority,
        "SoftwareCode": software,
        "Release": release,
        "SerialNo": "001",
        "DateTime": made,
    }
    return [
        '<?xml version="1.0" encoding="UTF-8"?>',
        *([f"<!-- {notice} -->"] if notice else []),
        "<Message>",
        "<Header>",
        "<CollectionDetails>",
        "<Collection>CIN</Collection>",
        f"<Year>{day.year}</Year>",
        f"<ReferenceDate>{day}</ReferenceDate>",
        "</CollectionDetails>",
        *(
            [
                "<Source>",
                *(f"<{name}>{text(value)}</{name}>" for name, value in source.items() if value),
                "</Source>",
            ]
            if authority
            else []
        ),
        "</Header>",
        "<Children>",
    ]


CLOSING_LINES = ("</Children>", "</Message>")
"""The lines after the last child."""


def child_lines(child: Block, year: int) -> list[str]:
    """Give the lines of a child, one for each element, in the order of the year's schema.

    What is in `child` and not in that year's census is passed over. `Sex` is M, F or U in every year,
    and written as the year has it.
    """
    lines: list[str] = []
    _write(lines, CHILD, child, year)
    return lines


def _write(lines: list[str], element: Element, block: Block, year: int) -> None:
    lines.append(f"<{element.name}>")
    for inner in element.inner:
        if year < inner.since:
            continue
        if inner in (_IDENTIFIERS, _CHARACTERISTICS):
            _write(lines, inner, block, year)
            continue
        value = block.get(inner.name)
        if value is None:
            continue
        if inner.inner:
            for each in _many(value):
                _write(lines, inner, each, year)
        elif inner.each:
            if values := list(_many(value)):
                lines.append(f"<{inner.each}>")
                lines += [f"<{inner.name}>{text(each)}</{inner.name}>" for each in values]
                lines.append(f"</{inner.each}>")
        elif inner.name == "Sex" and year < SEX_SINCE:
            lines.append(f"<GenderCurrent>{_GENDER[str(value)]}</GenderCurrent>")
        else:
            lines.append(f"<{inner.name}>{text(value)}</{inner.name}>")
    lines.append(f"</{element.name}>")


def _many(value: object) -> Iterator:  # type: ignore[type-arg]
    """The values or blocks of an element that may come many times."""
    if not isinstance(value, Iterable) or isinstance(value, str | Mapping):
        raise TypeError(f"{value!r} is not a number of values")
    return iter(value)


def text(value: object) -> str:
    """Write a value as the text of an element; signs that XML cannot hold become U+FFFD."""
    if value is True or value is False:
        return str(int(value))
    plain = str(value)
    if plain.isalnum():
        return plain
    return escape(_NOT_XML.sub("\ufffd", plain), {"\r": "&#13;"})


def is_xml(value: str) -> bool:
    """Whether a text holds only signs that XML can."""
    return _NOT_XML.search(value) is None
