"""The labels under which minutes list people, and what follows them on their line."""

import re
from typing import Literal

from sightline.intake.minutes.people import TITLE

Part = Literal["present", "apologies", "in_attendance", "substitutes", "other"]

_LABELS: tuple[tuple[Part, str], ...] = (
    (
        "apologies",
        r"(?:to receive )?(?:apologies|apols|apology)(?: for (?:absence|non[- ]attendance))?"
        r"(?: (?:were )?(?:received|submitted|noted|given))?"
        r"(?: (?:from|by))?|apology from|absent with apologies|(?:members? )?apologies received(?: from)?",
    ),
    (
        "other",
        r"(?:members? |councillors? )?(?:absent|not present|not in attendance|absence)"
        r"(?: without apologies)?",
    ),
    (
        "substitutes",
        r"(?:named |nominated )?(?:substitutes?|subs)(?: members?)?(?: (?:present|in attendance))?"
        r"|substitutions?|temporary appointments?|reserve members?",
    ),
    (
        "in_attendance",
        r"(?:[\w'\u2019-]+ ){0,4}clerk(?: to the \w+)?|(?:whole|part) of (?:the )?meeting"
        r"|also (?:present|attending|in attendance) (?:via|by|on|through) [\w ]{1,40}"
        r"|(?:other )?(?:members|councillors)? ?attending (?:in accordance with|under|pursuant to)[^:]{0,60}"
        r"|(?:also|others?|other members|other councillors|non[- ]committee members|members"
        r"|councillors)?\s*(?:in attendance|attending|attended)"
        r"(?: (?:by|at the) invitation(?: of the (?:chair\w*|committee|panel))?)?"
        r"|also (?:present|attended|in attendance|attending)(?: were)?|officers?(?: also)?"
        r"(?: (?:present|in attendance|attending))?"
        r"|(?:council |lead |support(?:ing)? |attending )?officers?(?: and (?:partners"
        r"|guests|others))?(?: (?:present|in attendance))?"
        r"|officer attendance|(?:other|external|invited) (?:attendees?|representatives?"
        r"|guests?|members?|councillors?|persons?)(?: (?:present|in attendance))?"
        r"|(?:invited )?(?:guests?|invitees?|witnesses|observers?|visitors?|partners?"
        r"|advisers?|advisors?|contributors?|speakers?)(?: (?:present|in attendance))?"
        r"|by invitation|(?:invited )?participants|(?:(?:cabinet|executive) members?"
        r"|portfolio holders?|executive councillors?)(?: (?:present|in attendance|also"
        r" present))?"
        r"|other (?:members|councillors) (?:present|in attendance)|others? present|non[-"
        r" ]voting (?:co-?opted )?(?:members?|co-?optees?|representatives?)"
        r"|(?:democratic|member|committee) services(?: officers?)?|clerk(?:s)?(?: to"
        r" the (?:committee|panel|board))?|secretariat|minutes?(?: taken by|[- ]taker)"
        r"|(?:staff|partner agencies|external partners|public|members of the public)"
        r"(?: present)?"
        r"|present by invitation|in attendance virtually|attended virtually|via teams",
    ),
    (
        "present",
        r"(?:members?|membership|councillors?|committee members?|panel members?|board"
        r" members?|voting members?|those)? ?(?:present|attending|attendance|attendees|in the chair)"
        r"|present(?: members| \(?in person\)?| remotely| virtually)?|attendance(?: record| list)?"
        r"|attendance details|attendees|members? of (?:the )?(?:committee|panel|board|sub-committee|group"
        r"|commission)(?: present)?"
        r"|(?:committee |panel |board |elected |council |voting )?members?|councillors?"
        r"|(?:non[- ])?(?:school|academy|maintained|primary|secondary|district|borough|county|independent"
        r"|lay|core|appointed|permanent|statutory) (?:forum |panel )?(?:members|representatives)"
        r"|in the chair|chair(?:man|person|woman)?|vice[- ]?chair(?:man|person|woman)?"
        r"|(?:statutory |voting |education |church |other )*(?:co-?opted|co-?optee|church"
        r"|parent governor|diocesan|faith)(?: (?:voting|education))?(?: ?members?| ?representatives?"
        r"|s)?(?: \(?(?:voting|with voting rights)\)?)?(?: present)?"
        r"|statutory co-?opted members?|church and parent governor representatives?|parent governors?",
    ),
    (
        "other",
        r"contacts?(?: officer)?|available papers|venue|date|time|location|place|quorum"
        r"|enquiries|circulation|distribution|to|cc|copies to|reports? by|note",
    ),
)
_CLOSED = r"(?=\W*$|\s*(?:\([^)]{0,60}\)\s*)?[:;\u2013\u2014\u2026-])"
"""After a whole label: its sign, or nothing."""
_PATTERNS = tuple(
    (part, re.compile(rf"(?:(?:{pattern}){_CLOSED})|(?:{pattern})", re.IGNORECASE))
    for part, pattern in _LABELS
)
_AFTER = re.compile(
    r"\s*(?:\([^)]{0,60}\)\s*)?(?:[:;]\s*[-\u2013\u2014]*|[-\u2013\u2014\u2026]+)\s*"
)
_HEADS = re.compile(rf"^(?:{TITLE}|Councillors|Cllrs|COUNCILLORS|The (?:Mayor|Chair))", re.UNICODE)

_UNSIGNED = (
    "present apologies also in officers officer attendance members apols substitutes".split()  # noqa: SIM905
)
"""First words of labels that names may follow without a colon."""


def label_of(text: str) -> tuple[Part, str] | None:
    """The attendance label a text begins with, and what follows it."""
    lead = text.strip().strip("*").strip()
    best: tuple[int, Part] | None = None
    for part, pattern in _PATTERNS:
        found = pattern.match(lead)
        if found and found.end() and (best is None or found.end() > best[0]):
            best = (found.end(), part)
    if best is None:
        return None
    end, part = best
    if re.match(r"^[^:]{0,60}\(?non[- ]voting", lead, re.IGNORECASE):
        part = "in_attendance"
    rest = lead[end:]
    if not rest.strip(" .:-\u2013*"):
        return part, ""
    if after := _AFTER.match(rest):
        return part, rest[after.end() :]
    bracket = re.match(r"\s*\([^)]{0,60}\)\s*[:\u2013-]?\s*$", rest)
    if bracket:
        return part, ""
    first = lead[:end].split()[0].lower()
    if rest[:1].isspace() and _HEADS.match(rest.strip()) and first in _UNSIGNED:
        return part, rest.strip()
    return None
