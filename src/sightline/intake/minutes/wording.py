"""The forms of words by which a sentence asks, suggests, undertakes or agrees."""

import re

from sightline.intake.minutes.people import NAME, TITLE
from sightline.intake.minutes.record import AskKind

BODY = (
    r"(?:[Cc]ommittee|[Pp]anel|[Bb]oard|[Gg]roup|[Cc]ommission|[Cc]abinet|[Ss]ub-?[Cc]ommittee"
    r"|[Cc]ouncil|[Ff]orum|[Mm]eeting|[Ee]xecutive|"
    r"[Mm]embers|[Cc]ouncillors|COMMITTEE|PANEL|BOARD|GROUP|CABINET|COUNCIL|Assembly|Partnership|[Ss]crutiny)"
)
_LOWER = re.compile(
    rf"\b(?:[Ii]t\s+was|(?:[Tt]he\s+)?(?:[\w'\u2019&]+\s+){{0,8}}?{BODY})\s+(?:(?:then"
    rf"|therefore|unanimously|also|further|subsequently|formally|generally)\s+)?"
    r"(?P<verb>agreed|resolved|ordered)\b(?P<how>\s+unanimously|\s+by\s+\w+)?(?P<rest>.*)$",
    re.DOTALL,
)
DOES = re.compile(
    r"\b(?:be|would|should|will|to|must|shall|receive|invite|request|note|write|include|consider)\b"
)
CONFIRMED = re.compile(
    r"\b[Mm]inutes\b.{0,260}?\b(?:agreed|approved|confirmed|accepted|adopted|taken"
    r"|signed|received|recorded|endorsed|noted)\b.{0,120}?"
    r"\b(?:correct|true|accurate)\b|\b[Mm]inutes\b.{0,260}?\b(?:were|was|be)\b[^.]{0,60}?\b"
    r"(?:agreed|approved|confirmed|accepted|signed|adopted)\b"
    r"|\b[Mm]inutes of the (?:last|previous) meeting (?:agreed|approved|confirmed)\b"
    r"|\b[Nn]otes of the (?:last |previous )?meeting\b.{0,120}?\b(?:agreed|approved|confirmed)\b",
    re.DOTALL,
)
NOT_CONFIRMED = re.compile(
    r"\bTo (?:confirm|approve|agree|receive|sign|consider)\b|\bnot (?:agreed|approved|confirmed)|\bdeferred\b"
)
_REQUESTED = re.compile(r"\b(?P<verb>requested|REQUESTED)\b(?P<rest>.*)$", re.DOTALL)
_NOT_REQUEST = re.compile(
    r"\b(?:as|had|has|have|been|being|were|information|data|papers?|previously|those"
    r"|items?|documents?|when|if|also been)\s+(?:be(?:en)?\s+)?(?:also\s+)?requested\b"
    r"|\brequested (?:by|at|from|in (?:the|a)\b|during)\b|\brequested (?:to speak"
    r"|clarification|confirmation of|permission|that (?:it|the vote) be recorded)",
    re.IGNORECASE,
)
_PASSIVE_REQUEST = re.compile(
    r"\b(?:was|were|be)\s+(?:also\s+|formally\s+)?(?:requested|asked|invited)\s+"
    r"(?:to|that|by (?:the )?(?:Chair\w*|Members|Panel|Committee)[^.]{0,30}\bto)\s+"
    r"(?:provide|circulate|send|share|bring|report|submit|supply|arrange|include"
    r"|prepare|look|give|ensure|come|return|forward|attend|write|consider|update"
    r"|produce|investigate|check|keep|present|promote|encourage|contact|raise|review|complete)",
)
_ASKED_FOR = re.compile(
    r"\b(?:asked|called|sought|pressed)\s+(?:(?:officers|the\s+[\w\s]{1,50}?|[A-Z][\w\s]{1,40}?"
    r"|them|him|her)\s+)?for\b(?P<what>.*)$",
    re.DOTALL,
)
_QUESTION = re.compile(
    r"^\s*(?:(?:some|further|more|any)\s+)?(?:clarification|clarity|confirmation"
    r"|assurances?|reassurances?|an? explanation|(?:the\s+)?views?|comments?|questions?"
    r"|more detail about why|an? opinion|thoughts|examples? of)\b",
    re.IGNORECASE,
)
_ASKED_TO = re.compile(
    r"\basked\s+(?:(?:that|if|whether|for)\b|(?:the\s+|officers?\b|[A-Z]|to\s+(?:be"
    r"|see|receive|have))[^.]{0,90}?\b(?:to\b|that\b)?)(?P<what>.*)$",
    re.DOTALL,
)
_BE_DONE = re.compile(
    r"\b(?:could|would|can|might|should|to|that\b.{1,120}?|be)\s+(?:also\s+|please\s+"
    r"|then\s+)?(?:be\s+)?(?:regularly\s+)?(?:provided?|sent|send|circulated?|shared?"
    r"|supplied|supply|supplied|included?|include|added|add|brought|bring|presented"
    r"|submitted|submit|forwarded|forward|updated|advised|informed|given|broken down"
    r"|made available|kept|notified|reported|report back|invited|prepared?|produced?"
    r"|arranged?|arrange|supplement\w*|write|written|"
    r"receive|see|look into|consider|considered|undertaken|feed back|attend)\b",
    re.DOTALL,
)
_SUBJUNCTIVE = re.compile(
    r"\basked\s+(?:that|if)\b(?:(?!\b(?:would|will|could|can|may|might|to|not)\b)[^.?]){1,160}?"
    r"\bbe\s+(?:\w+ed|sent|put|kept|made|brought|given|proof read|read|taken|shown|drawn)\b"
)
"""\"asked that the foreword be read again\": a verb that states a wish and no question."""
_WISH = re.compile(
    r"\b(?:would|should)\s+(?:also\s+|all\s+)?(?:wish|like|want|welcome|appreciate"
    r"|be (?:helpful|useful|grateful)|find it (?:helpful|useful))\b(?P<what>\s+(?:to\s+"
    r"(?:see|receive|have|be|know)|an?\b|the\b|further\b|more\b|if\b|sight\b|information\b"
    r"|data\b|regular\b).*)$",
    re.DOTALL,
)
_SUGGESTED = re.compile(
    r"\b(?P<verb>suggested|recommended|proposed|advised|urged|RECOMMENDED)\s+(?:that\b"
    r"|to\s+(?:the\s+)?(?:Cabinet|Council|Executive)|the\s+(?:Cabinet|Council)\b)"
    r"(?P<what>.*)$",
    re.DOTALL,
)
_SHOULD = re.compile(
    r"\b(?:should|could|must|ought to|be\s+\w+(?:ed|en|t|ne)\b|be (?:to|put|set|made"
    r"|sent|held)|needed to|looks? at|considers?|receives?)",
    re.IGNORECASE,
)
_UNDERTOOK = re.compile(
    r"\b(?:undertook|undertaken to|gave an undertaking|an?\s+undertaking\s+was\s+given"
    r"|agreed|promised)\s+(?:that\s+(?:he|she|they|it|this|the\s+[\w\s]{1,50}?|[A-Z][\w\s]{1,40}?)\s+w"
    r"ould\b|to\b)|\bundertaking\s+(?:was\s+)?(?:given|made)\b|\bundertook\b|\bagreed\s+"
    r"(?:that\s+)?(?:the\s+|this\s+)?[^.]{0,90}?would\b",
)
_GIVE = (
    r"(?:circulate|bring|send|share|forward|email|e-mail|provide|supply|report back"
    r"|feed back|feedback|bring back|come back|get back|respond|write|look into|check"
    r"|investigate|"
    r"follow (?:this |it |that )?up|take (?:this |it |that )?(?:back|away|forward"
    r"|up)|raise (?:this|it|the)|find out|arrange|confirm|clarify|liaise|pass (?:this"
    r"|these|it|them|on)|ensure|include|prepare|produce|speak (?:to|with)|update"
    r"|distribute|revisit|return)"
)
_INITIALS_TO = re.compile(
    rf"[A-Z]{{2,3}}(?:\s?(?:/|,|&|and)\s?[A-Z]{{2,3}}){{0,4}} (?:to|will) {_GIVE}\b"
)
"""An action under a person's initials: "DH to write to all concerned"."""
_OFFERED = re.compile(
    rf"\b(?:committed|offered|volunteered|pledged)\s+to\s+(?:also\s+)?{_GIVE}\b(?P<what>[^.]*)"
)
_WOULD_GIVE = re.compile(
    rf"\b(?:would|will)\s+(?:also\s+|then\s+|therefore\s+)?{_GIVE}\b(?P<what>[^.]*)"
)
_WHO = re.compile(
    rf"(?:\b(?:Director|Manager|Head|Officers?|officers|Lead|Commissioner|Chair\w*|Councillor|Cllr|Members?"
    rf"|Superintendent|Inspector|Solicitor|Clerk|Adviser|Advisor|Assistant|Principal"
    rf"|Headteacher|Nurse|Representative)\b[\w\s,'\u2019&()-]{{0,90}}|\b(?:She|He"
    rf"|They|she|he|they|I)\s+|\b(?:{TITLE})\s+{NAME}\s+|\b[A-Z][a-z]+(?:\s[A-Z][\w'\u2019-]+)?\s+)$"
)
"""Who would give it, at the end of the words before."""
_NEAR = 160
"""Signs before "would" in which the person stands."""
_WOULD_BE_GIVEN = re.compile(
    r"\b(?:would|will)\s+(?:also\s+|then\s+|now\s+)?be\s+(?:(?:re-?)?(?:sent|circulated"
    r"|shared|provided|forwarded|supplied|e-?mailed|distributed|made available|reported"
    r" back|fed back|brought back|reported|presented|submitted|brought|issued)|looked"
    r" into|followed up|investigated|picked up|taken (?:up|back|forward|away)|raised"
    r" with)\b(?P<what>[^.]*)",
)
_TO_THEM = re.compile(
    r"\b(?:to|with|for|by|among|amongst)\s+(?:all\s+|the\s+|this\s+|future\s+|a\s+"
    r"(?:future|later|subsequent)\s+meeting|its?\s+next|Members|members|committee"
    r"|Panel|panel|Councillors?|him|her|them)"
    rf"|{BODY}|\b(?:next|future|following|outside|after|following)\s+(?:of\s+)?(?:the\s+)?meeting"
    rf"|\bin writing\b|\bby e-?mail\b|\bdata\b|\bfigures?\b|\binformation\b|\bdetails?\b|\bcopy|\bcopies\b"
    rf"|\bMembers\b",
)
HISTORY = re.compile(
    r"\bat which it was\b|\b(?:had\s+(?:been\s+|also\s+|previously\s+|already\s+)?(?:requested|asked"
    r"|agreed|resolved|undertaken|suggested|recommended)|"
    r"at (?:its|the|their) (?:last|previous) meeting|previously (?:requested|agreed|asked)|last year)\b",
    re.IGNORECASE,
)
_CUTS = re.compile(
    r"^(?:In (?:response|reply|answer) to [^,]{1,200},\s*|Following (?:a|the|further"
    r"|some)?\s*[^,]{1,120},\s*|During (?:the )?(?:discussion|debate)[^,]{0,60},\s*"
    r"|In conclusion,\s*|"
    r"With regard to [^,]{1,120},\s*|Responding to [^,]{1,160},\s*|After [^,]{1,100},\s*)"
)


def clause(sentence: str) -> str:
    """The part of a sentence that asks, without what introduces it."""
    text = _CUTS.sub("", sentence)
    if thanked := re.search(r"\bthanked\b.{0,200}?\band\s+(?=(?:asked|requested)\b)", text):
        text = text[thanked.end() :]
    if wish := re.search(
        r"\band\s+(?=the\s+(?:Panel|Committee|Board|Group|Members)\s+would\s+(?:wish|like|welcome))",
        text,
    ):
        text = text[wish.end() :]
    return (
        text[:1].upper() + text[1:]
        if text and text[0].islower() and text in sentence and sentence.startswith(text)
        else text
    )


_TO_DECLARE = re.compile(
    r"\b(?:asked|reminded|advised|invited|required|requested)\b.{0,300}?\b(?:declare|disclose)\b",
    re.DOTALL,
)
"""Members are told the rules on interests: nothing is asked of anybody."""
_BEFORE_THEM = re.compile(
    rf"\b{BODY}\s+(?:was|were)\s+(?:also\s+|being\s+)?(?:asked|invited|requested|recommended)\s+to\s+"
    r"(?:consider|note|approve|agree|comment|endorse|receive)\b"
)
"""What a report put to the body: its recommendation, and no ask of anybody."""
_REQUEST_MADE = re.compile(
    r"\b(?:a|an|the)\s+(?:further\s+)?request\s+(?:was|had been)\s+made\b.{0,120}?\b(?:that|for|to)\b",
    re.IGNORECASE | re.DOTALL,
)


def kind_of(sentence: str) -> AskKind | None:  # noqa: PLR0911 - one form of words after another
    """Say what a sentence asks, by its form of words; none where it asks nothing."""
    if sentence.endswith("?") or any(
        form.search(sentence) for form in (HISTORY, _TO_DECLARE, _BEFORE_THEM)
    ):
        return None
    if _requests(sentence):
        return "request"
    agreed = _LOWER.search(sentence)
    if agreed is not None:
        rest = agreed["rest"]
        sign = re.match(r"^\s*(?:[:\u2013-]|that\b|to\b)", rest)
        if (
            sign
            and DOES.search(
                rest[:300] if not rest.strip().startswith("that") else rest[sign.end() : 400]
            )
        ) or (sign and not re.search(r"\w", rest.replace("that", ""))):
            return "resolution"
    if re.search(
        rf"\b{BODY}\s+(?:unanimously\s+|formally\s+)?recommended\s+(?:that|to)\b", sentence
    ):
        return "recommendation"
    suggested = _SUGGESTED.search(sentence)
    if (
        suggested is not None
        and suggested["verb"] == "advised"
        and not re.search(r"\b(?:should|ought to|must)\b", suggested["what"])
    ):
        suggested = None  # "advised that" tells; only with "should" it also counsels
    if suggested is not None and (
        _SHOULD.search(suggested["what"])
        or "recommended to" in sentence.lower()
        or sentence.rstrip().endswith(":")
    ):
        return "recommendation"
    if (
        agreed is None
        and _UNDERTOOK.search(sentence)
        and not re.search(
            r"\b(?:not agreed|agreed to (?:differ|accept|vary|hear|allow|extend)"
            r"|agreed to the (?:report|proposal)|all agreed to)\b",
            sentence,
        )
    ):
        return "undertaking"
    if _OFFERED.search(sentence) or _INITIALS_TO.match(sentence):
        return "undertaking"
    given = _WOULD_BE_GIVEN.search(sentence)
    if given is not None and (
        _TO_THEM.search(given["what"] or sentence[given.start() :])
        or re.search(r"\b(?:circulated|shared)\W*$", sentence)
    ):
        return "undertaking"
    for would in _WOULD_GIVE.finditer(sentence):
        before = sentence[max(0, would.start() - _NEAR) : would.start()]
        if _WHO.search(before) and _TO_THEM.search(sentence[would.start("what") :]):
            return "undertaking"
    return None


def _requests(sentence: str) -> bool:
    if _REQUEST_MADE.search(sentence):
        return True
    requested = _REQUESTED.search(sentence)
    if requested is not None and not _NOT_REQUEST.search(sentence):
        rest = requested["rest"].strip()
        if rest and not rest.startswith((".", ",", ")")):
            return True
    if _PASSIVE_REQUEST.search(sentence):
        return True
    asked = _ASKED_FOR.search(sentence)
    if asked is not None and not _QUESTION.match(asked["what"]):
        return True
    to = _ASKED_TO.search(sentence)
    if to is not None and (
        _BE_DONE.search(sentence[to.start() :]) or _SUBJUNCTIVE.search(sentence[to.start() :])
    ):
        return True
    wish = _WISH.search(sentence)
    return wish is not None and bool(
        re.search(
            r"\b(?:see|receive|data|information|report|update|copy|figures?|breakdown|sight"
            r"|detail|provided|circulated|included|shared|list|briefing|presentation|visit)\b",
            wish["what"],
        )
    )
