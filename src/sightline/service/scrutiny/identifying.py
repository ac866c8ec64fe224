"""What may tell who a child or family is, found in a text that the public might read (MIN-19, TRK-12).

Fixed forms only: numbers that belong to one person, dates of birth, addresses of homes, names beside an
age or a family tie. A find is an alarm for a person to look at, not a verdict, and that nothing is found
proves nothing. What is found is never repeated: an alarm says of what kind it is and where it stands.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

_MONTH = (
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}|"
    r"(?:January|February|March|April|August|September|October|November|December)"
)
_DAY = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s{{1,3}}(?:of\s)?(?:{_MONTH})\.?,?(?:\s{{1,3}}\d{{2,4}})?"
    r"|\d{1,4}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{1,4})"
)
_KIN = (
    "son|daughter|brother|sister|sibling|mother|father|mum|dad|parent|parents|step-?father|step-?mother|"
    "grandmother|grandfather|grandparents|aunt|uncle|foster carers?|carers?"
)
_NAME = r"(?:(?:Mr|Mrs|Ms|Miss)\.?\s)?[A-Z][a-z'’-]{1,30}(?:\s[A-Z][a-z'’-]{1,30}){0,2}"
_COMMON = """
A Adults All An And Any Applicants Asylum At Boys By Care Carers Case Cases Child Childhood
Children Citizens Class Classes Cohort Connecting Councillor Death Deaths Development Disabled Each
Employment Every Exploitation Extended Families Foster Four Further Girls Group Groups Health In
Individuals Infants Key Leavers Looked Many Members Men Minors Most Mothers No Nuclear Of One Only
Others Parents Participants Patients People Permanence Population Poverty Practice Protection
Pupils Reception Residents Royal Safety Sexual Sixth Some Stronger Students Supporting Teenagers
The Their They Think Those Three Toddlers Together Troubled Two Unaccompanied Under Whole Women
Working Year Years Young Youth Youths
"""
_NOT_NAMES = frozenset(_COMMON.split())
_PUBLIC_PLACE = re.compile(
    r"\b(?:county|town|city|shire|guild|civic|village)\s?(?:hall|centre|offices?)\b"
    r"|\bcouncil (?:house|offices|chamber)\b|^\W{0,6}(?:venue|location|place|contact|enquiries|offices?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Alarm:
    """That a passage may tell who a child or family is: `what` it may hold, and its `place`."""

    what: str
    place: str

    def __str__(self) -> str:
        return f"{self.what} ({self.place})" if self.place else self.what


def _is_nhs_number(found: re.Match[str]) -> bool:
    """Whether ten digits pass the check of NHS numbers (modulus 11, NHS Data Dictionary)."""
    digits = [int(sign) for sign in found[0] if sign.isdigit()]
    check = 11 - sum(digit * (10 - place) for place, digit in enumerate(digits[:9])) % 11
    return digits[9] == (0 if check == 11 else check)


def _names_somebody(found: re.Match[str]) -> bool:
    name = found["name"] or found["apart"]
    return name.split()[0] not in _NOT_NAMES


def _is_a_childs_age(found: re.Match[str]) -> bool:
    return int(found["age"]) <= 18 and _names_somebody(found)


def _is_a_home(found: re.Match[str]) -> bool:
    return _PUBLIC_PLACE.search(found.string) is None


def _always(_: re.Match[str]) -> bool:
    return True


_FORMS: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str]], bool]], ...] = (
    (
        "a date of birth",
        re.compile(
            r"\b(?:date of birth|birth date|D\.?\s?O\.?\s?B\b\.?|born(?: on)?)\W{0,6}(?:is |was |on )?"
            rf"{_DAY}",
            re.IGNORECASE,
        ),
        _always,
    ),
    ("an NHS number", re.compile(r"\bNHS\s(?:no|number)\b\W{0,6}\d", re.IGNORECASE), _always),
    (
        "an NHS number",
        re.compile(r"(?<![\d£.,/-])[1-9]\d{2}([ -]?)\d{3}\1\d{4}(?![\d.,/-]*\d)"),
        _is_nhs_number,
    ),
    (
        "a unique pupil number",
        re.compile(r"\b[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z]\b"),
        _always,
    ),
    (
        "a unique pupil number",
        re.compile(r"\b(?:UPN|unique pupil number)\b\W{0,6}[A-Z]?\d", re.IGNORECASE),
        _always,
    ),
    (
        "a National Insurance number",
        re.compile(r"\b[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b"),
        _always,
    ),
    (
        "the number of a case or a child",
        re.compile(
            r"\b(?:mosaic|liquid\s?logic|LCS|care\s?first|care\s?director|case|client|child|person|pupil|ULN)"
            r"(?:['’]s)?\s(?:ID|no\.?|number|ref\.?|reference)\W{0,6}[A-Z]{0,4}[/-]?\d{4,}",
            re.IGNORECASE,
        ),
        _always,
    ),
    (
        "a postcode",
        re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}\b"),
        _is_a_home,
    ),
    (
        "the address of a home",
        re.compile(
            r"\b(?:lives?|lived|living|resid(?:es?|ed|ing)|home|moved|address(?:es)?)\b[^.\n]{0,20}?\b\d{1,4}[a-z]?,?\s"
            r"(?:[A-Z][a-z'’-]{1,20}\s){1,3}(?:Street|Road|Avenue|Close|Lane|Drive|Way|Gardens|Crescent|Court"
            r"|Place|Terrace|Grove|Walk|Rise|Mews|Row|Square|Hill|Park)\b"
        ),
        _always,
    ),
    (
        "the name of a child or carer",
        re.compile(
            r"\b(?:child|pupil|student|baby|young person|mother|father|parent|carer|sibling)(?:['’]s?)?"
            r"\s(?:full\s|first\s|last\s|sur)?names?\b",
            re.IGNORECASE,
        ),
        _always,
    ),
    (
        "the name of a child or carer",
        re.compile(
            r"\b(?i:name of (?:the|a|his|her|their) (?:child|baby|pupil|young person|mother|father))\b"
        ),
        _always,
    ),
    (
        "the name of a child",
        re.compile(
            r"\b(?:[Tt]he|[Aa]|[Oo]ne|[Hh]is|[Hh]er) (?:child|baby|boy|girl|toddler|teenager|pupil"
            rf"|young person)(?:(?:,? called|,? named)? (?P<name>{_NAME})\b|, (?P<apart>{_NAME})(?:,| \())"
        ),
        _names_somebody,
    ),
    (
        "a name beside an age",
        re.compile(
            rf"\b(?P<name>{_NAME}),? \(?(?:is |was |who is |who was )?(?:aged?|age of) (?P<age>\d{{1,2}})\b"
        ),
        _is_a_childs_age,
    ),
    (
        "a name beside an age",
        re.compile(
            rf"\b(?P<name>{_NAME})(?:,| is| was|, who is|, who was) \(?(?P<age>\d{{1,2}})"
            r"[ -](?:years?|months?)[ -]old\b"
        ),
        _is_a_childs_age,
    ),
    (
        "a name beside a family tie",
        re.compile(rf"\b(?:{_KIN}) of (?:the child )?(?P<name>{_NAME})\b"),
        _names_somebody,
    ),
    (
        "a name beside a family tie",
        re.compile(
            rf"\b(?P<name>[A-Z][a-z'’-]{{1,30}})['’]s (?:{_KIN}|child|children|baby)\b(?!['’])"
        ),
        lambda found: _names_somebody(found) and not found["name"].endswith("shire"),
    ),
    (
        "the name of a family",
        re.compile(r"\b[Tt]he (?P<name>[A-Z][a-z'’-]{2,30}) (?:family|siblings|children)\b"),
        _names_somebody,
    ),
)
_MOST_IN_ONE = 20_000
"""Characters of a passage that are looked at at once."""


def alarms(passages: Iterable[tuple[str, str]]) -> list[Alarm]:
    """Look at passages, each a place and its words; give each kind of find once a place, in their order."""
    return list(dict.fromkeys(alarm for place, words in passages for alarm in _in(place, words)))


def _in(place: str, words: str) -> Iterator[Alarm]:
    for start in range(0, len(words), _MOST_IN_ONE):
        part = words[start : start + _MOST_IN_ONE + 100]
        for what, form, holds in _FORMS:
            if any(holds(found) for found in form.finditer(part)):
                yield Alarm(what, place)


def what_may_identify(text: str) -> str:
    """Say in one sentence what of a text may tell who a child or family is; empty where nothing is found.

    For whatever somebody writes that is to be public: an ask, a reply, a report.
    """
    return sentence(alarms([("", text)]))


def sentence(found: Iterable[Alarm]) -> str:
    """Say in one sentence what was found, without repeating it; empty where nothing was."""
    said = list(dict.fromkeys(map(str, found)))
    if not said:
        return ""
    listed = said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
    return f"This may tell who a child or family is: it seems to hold {listed}."
