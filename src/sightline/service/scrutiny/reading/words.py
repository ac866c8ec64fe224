"""Fixed forms of words in what was read: when an ask is due, what asks nothing, what kind an item is."""

import re
from collections.abc import Iterable

from sightline.service.scrutiny.models import AskKind, StandingItem

_NUMBER = (
    r"(?:\d{1,3}|an?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|eighteen|fifteen)"
)
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_DUE = (
    re.compile(
        rf"\b(?:in|within)\s(?:the\snext\s)?{_NUMBER}\s(?:working\s)?(?:days|weeks|months?|years?)"
        r"(?:['’]s?)?(?:\stime)?\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:by|before|no later than)\s(?:the\send\sof\s)?\d{{1,2}}(?:st|nd|rd|th)?\s{_MONTH}"
        r"(?:\s\d{4})?\b"
    ),
    re.compile(rf"\b(?:in|by|before|by the end of)\s{_MONTH}\s\d{{4}}\b(?=\W*$)"),
    re.compile(
        r"\b(?:to|at|by|before|for)\s(?:the|its|their|our)\snext\s(?:\w+\s)?meeting\b", re.I
    ),
    re.compile(
        r"\b(?:advised|notified|informed|updated)\s((?:when|once|as\ssoon\sas)\s[^.;]{3,200})", re.I
    ),
)


def due_words(text: str) -> str:
    """Give the words of an ask that say when it is due; empty where it does not say."""
    for form in _DUE:
        if found := form.search(text):
            return found[found.lastindex or 0]
    return ""


_ASKS_NOTHING = re.compile(
    r"^\W*(?:that\s)?(?:the|this)?\s?(?:[\w' -]{0,80}\s)?(?:be|is|was|were)\s"
    r"(?:noted|received|approved and signed)\W*$"
    r"|\bcorrect record\b|\bexclu(?:ded?|sion)\b.{0,60}\b(?:press|public)\b"
    r"|\b(?:press|public)\b.{0,60}\bexcluded\b"
    r"|^\W*(?:that\s)?the next meeting\b",
    re.IGNORECASE,
)


def asks_nothing(text: str) -> bool:
    """Whether a resolution only notes, confirms minutes, excludes the public or names the next meeting.

    It stays in the minute and is not tracked: nobody has anything to do.
    """
    return _ASKS_NOTHING.search(text) is not None


KINDS = {
    "request": AskKind.REQUEST,
    "recommendation": AskKind.RECOMMENDATION,
    "undertaking": AskKind.UNDERTAKING,
    "resolution": AskKind.DECISION,
}
"""The reader's kinds of ask, and the service's."""

_ITEM_KINDS = (
    (StandingItem.Kind.APOLOGIES, r"\bapologies\b"),
    (StandingItem.Kind.INTERESTS, r"\bdeclarations?\b.*\binterests?\b"),
    (StandingItem.Kind.PARTICIPATION, r"\bpublic (?:participation|question|speaking)"),
    (StandingItem.Kind.MINUTES, r"^\W*(?:confirmation of\s)?(?:the\s)?minutes\b"),
    (StandingItem.Kind.PROGRAMME, r"\bwork(?:ing)? programme\b|\bwork plan\b"),
    (StandingItem.Kind.EXCLUSION, r"\bexclusion of\b.*\b(?:press|public)\b"),
    (StandingItem.Kind.OUTSTANDING, r"\b(?:matters (?:outstanding|arising)|outstanding actions)\b"),
)


def item_kind(title: str) -> str:
    """Give the kind of item that a title says; "other" where it is none of those on every agenda."""
    return next(
        (kind.value for kind, form in _ITEM_KINDS if re.search(form, title, re.IGNORECASE)), "other"
    )


_BRACKET = re.compile(r"\s*\((?P<said>[^()]{1,200})\)")
_SUBSTITUTE = re.compile(
    r"^(?:substitut\w+|sub|deputis\w+)\s(?:for|of)\s(?P<whom>.+)$", re.IGNORECASE
)


def after_name(name: str, words: str, others: Iterable[str] = ()) -> str:
    """Give what a printed list says of a person after the name: in brackets, or the rest of their line.

    Empty where nothing stands there, or where it goes on to one of the `others`.
    """
    at = words.find(name)
    if at < 0:
        return ""
    rest = words[at + len(name) :]
    if found := _BRACKET.match(rest):
        return found["said"].strip()
    alone = re.match(r"\s*(?:,|[-–—:|])\s*(?P<said>[^;()]{2,200}?)\W*$", rest)
    if not alone or any(each in words and each not in name for each in others):
        return ""
    return alone["said"]


def substitute_for(said: str) -> str:
    """Give whom somebody stood in for, by what stands after their name; empty where it does not say."""
    found = _SUBSTITUTE.match(said)
    return found["whom"].strip() if found else ""


def is_remote(said: str) -> bool:
    """Whether what stands after a name says that the person attended remotely."""
    return (
        re.search(
            r"\b(?:virtual(?:ly)?|remote(?:ly)?|online|via (?:microsoft )?teams|by video)\b",
            said,
            re.I,
        )
        is not None
    )
