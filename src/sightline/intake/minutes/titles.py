"""What a title of an item looks like, and what only looks like one."""

import re

KNOWN = re.compile(
    r"^(?:to\s+\w+\s+)?(?:(?:the|any|and)\s+)*(?:"
    r"apolog|welcome|introduction|declarations?\b|disclosures?\b|interests?\b|members'? interests|"
    r"confirmation of|minutes?\b|public (?:participation|question|speaking|request|forum)|questions?\b|"
    r"petition|deputation|open forum|urgent|chair(?:man)?(?:'s|\u2019s)?\b|announcement|appointment|election|"
    r"exclusion|exempt|(?:forward|work|forward work)\s*(?:plan|programme)|date\b.*meeting|next meeting|"
    r"future meeting|matters? (?:arising|outstanding)|any other|other business|items? for|"
    r"substitut|attendance|party whip|call[- ]?in|terms of reference|actions?\b|action (?:log|tracker)|"
    r"recommendations? track|update|report|presentation|performance|annual report|close\b|feedback"
    r")",
    re.IGNORECASE,
)
VERB = re.compile(
    r"\b(?:was|were|had|has|have|is|are|would|will|could|should|may|might|did|does|been|be|advised|"
    r"explained|informed|thanked|welcomed|requested|asked|reported|stated|highlighted|queried|commented|"
    r"confirmed|declared|presented|attended|introduced|outlined|suggested|expressed|opened|left|arrived|"
    r"moved|noted|considered|raised|acknowledged|resolved|agreed|received|discussed|commenced|closed|"
    r"took|gave|spoke|answered|said|felt|apologised|substituted|updated|recommended"
    r"|sent|questioned|responded|"
    r"emphasised|accepted|approved|submitted|summarised|provided|circulated)\b",
)
_ENDS = re.compile(r"[.;:,!]$")
LABEL_WORDS = re.compile(
    r"^(?:minutes|minute|decisions?|additional documents?|supporting documents?|items?|no\.?\s*item|"
    r"no\.?|item|agenda|note|notes|action|actions|reasons?(?: for (?:the )?decision)?|"
    r"options considered.*|alternative options.*|resolved.*|agreed|recommend(?:ed|ation)s?.*|contact.*|"
    r"part (?:1|2|one|two|i|ii|a|b)\b.*|agenda and (?:draft )?minutes|printed minutes|draft minutes|"
    r"media|attendance details|share this.*|additional meeting documents|"
    r"continued|background|venue.*|it was agreed.*|key (?:issues|points|messages)|discussion|"
    r"none|nil|the (?:panel|committee|board|group|meeting)|signed.*|chair(?:man|person)?|mayor|date|"
    r"available papers|public document pack)\s*[:\-\u2013.]*$",
    re.IGNORECASE,
)


def capitals(text: str) -> bool:
    """Whether the words of a text are in capitals, its small additions apart."""
    letters = [sign for sign in text if sign.isalpha()]
    return len(letters) >= 4 and sum(sign.isupper() for sign in letters) >= 0.8 * len(letters)


def like_a_title(text: str) -> bool:
    """Whether a text can be a title: it begins with a capital, and it is not a sentence or a label."""
    words = text.split()
    if not words or len(text) > 260 or len(words) > 40 or LABEL_WORDS.match(text):
        return False
    if not (text[0].isupper() or text[0].isdigit() or text[0] in "'\u2018\"\u201c"):
        return False
    if capitals(text):
        return not text.endswith((";", ","))
    if text.startswith("To ") and len(words) > 2:
        return not text.endswith((";", ","))
    if _ENDS.search(text) and not (text.endswith(".") and KNOWN.match(text) and len(words) <= 12):
        return False
    return not VERB.search(text)


def inline(rest: str) -> tuple[str, str] | None:
    """Split what follows a number into title and text, where both stand in one paragraph."""
    return _dashed(rest) or _run_of_capitals(rest) or _known(rest) or _standing(rest)


_DASH = re.compile(r"\s+[\u2013\u2014\u2026-]{1,2}\s+|(?<=\w)\s*\u2014\s*(?=[A-Z])")
_PEOPLE_LIST = re.compile(
    r"(?:(?:members?|councillors?|those) )?(?:present|attending)(?: members?)?$|in attendance$",
    re.I,
)
_KNOWN_STOP = re.compile(r"\s*(?::|\.(?=\s))\s*[-\u2013]?\s*")


def _dashed(rest: str) -> tuple[str, str] | None:
    parts = list(_DASH.finditer(rest))
    if not parts:
        return None
    head = rest[: parts[0].start()]
    if not (capitals(head) or (KNOWN.match(head) and len(head.split()) <= 14)):
        return None
    for place, mark in enumerate(parts):
        stop = parts[place + 1].start() if place + 1 < len(parts) else len(rest)
        part = rest[mark.end() : stop]
        verdict = re.match(
            r"(?:RESOLVED|Resolved|AGREED|Agreed|ORDERED|None|Nil|Noted|There (?:was|were))\b", part
        )
        if verdict or _sentence(part):
            return rest[: mark.start()].strip(), rest[mark.end() :].strip()
    return None


def _sentence(text: str) -> bool:
    words = len(text.split())
    return (bool(VERB.search(text)) and words >= 4) or (text.endswith(".") and words >= 6)


def _run_of_capitals(rest: str) -> tuple[str, str] | None:
    words = rest.split()
    count = 0
    for place, word in enumerate(words):
        letters = [sign for sign in word if sign.isalpha()]
        if any(sign.islower() for sign in letters) and word not in (
            "and",
            "of",
            "the",
            "s",
            "\u2019s",
        ):
            break
        if letters:
            count = place + 1
    if count < 1 or count >= len(words) or len(" ".join(words[:count])) < 7:
        return None
    head, tail = " ".join(words[:count]), " ".join(words[count:])
    if re.match(r"^(?:RESOLVED|AGREED|ORDERED)\b", words[count - 1]) and count > 1:
        head, tail = " ".join(words[: count - 1]), " ".join(words[count - 1 :])
    if tail[:1].isupper() and (_sentence(tail) or _OPENS_TEXT.match(tail)):
        return head.strip(" -\u2013:"), tail
    return None


_OPENS_TEXT = re.compile(r"(?:None|Nil|There (?:was|were)|Cllrs?|Councillors?|Mr|Mrs|Ms|Dr)\b")
_STANDING = re.compile(
    r"(?P<title>Apologies(?: for [Aa]bsence)?|Declarations? of [Ii]nterests?|Disclosures? of [Ii]nterests?"
    r"|(?:Election|Appointment) of (?:a |the )?(?:Vice[- ]?|Deputy )?Chair(?:man|person)?"
    r"|(?:Approval of |Confirmation of )?Minutes(?: of (?:the )?(?:last|previous) [Mm]eeting)?"
    r"|Matters [Aa]rising(?: from (?:the )?(?:[Mm]inutes|last meeting|previous meetings?))?"
    r"|Public (?:[Pp]articipation|[Ff]orum|[Qq]uestions?|[Ss]peaking)|Any [Oo]ther [Bb]usiness"
    r"|(?:Date of )?[Nn]ext [Mm]eeting|Urgent [Bb]usiness|Chair(?:man)?['\u2019]s [Aa]nnouncements)"
    r"\s+(?:\u2022\s*)?(?=(?P<word>[A-Z][\w'\u2019.]*)\s)"
)


_RECEIVED = re.compile(
    r"(?P<title>Apologies(?: for [Aa]bsence)?)\s+(?:were|have been|had been)\s+"
    r"(?:received|given|sent|accepted)\b"
)
"""A sentence that begins with the title's own words."""


def _standing(rest: str) -> tuple[str, str] | None:
    """A title that every agenda has, with a sentence after it and no sign between."""
    if received := _RECEIVED.match(rest):
        return received["title"], rest
    found = _STANDING.match(rest)
    if found is None:
        return None
    tail = rest[found.end() :]
    if _sentence(tail) or _OPENS_TEXT.match(tail):
        return found["title"], tail
    return None


def _known(rest: str) -> tuple[str, str] | None:
    stop = _KNOWN_STOP.search(rest)
    if stop is None or not stop.end() < len(rest):
        return None
    head = rest[: stop.start()]
    if _STANDING.match(rest) and not re.match(r"\s*:", rest[stop.start() :]):
        return None  # the full stop is that of the sentence after the title
    if _PEOPLE_LIST.match(head) or (
        KNOWN.match(head)
        and len(head.split()) <= 10
        and (not VERB.search(head) or head.startswith(("Apologies", "APOLOGIES")))
    ):
        return head.strip(), rest[stop.end() :].strip()
    return None
