"""Writes drawn children as files that authorities make, in any of the ways that real files do."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from random import Random

from oracle.definitions import Assessment, Enquiry, Plan
from oracle.drawing import Child, Episode

_NO_DATE = ("2015-02-30", "31/06/2015", "ongoing", "TBC", "", None)
_YES = ("1", "true", "TRUE", "Y", "Yes", "yes", " 1 ", "T")
_NO = ("0", "false", "FALSE", "N", "No", "no", "F")
_NO_ANSWER = ("maybe", "2", "", None)


class _Style:
    """How a record is written. Equal records are written in the same way: a copy is exact."""

    def __init__(self, record: object) -> None:
        self.random = Random(repr(record))

    def date(self, name: str, day: date | None, *, needed: bool = False) -> str:
        if day is None:
            text = self.random.choice(_NO_DATE if needed or self.random.random() < 0.3 else (None,))
            return element(name, text)
        plain = day.isoformat()
        other = (f"{day:%d/%m/%Y}", f"{plain}T00:00:00", f"{plain}T09:30:00Z", f"\u00a0{plain} ")
        return element(name, plain if self.random.random() < 0.8 else self.random.choice(other))

    def answer(self, name: str, answer: bool | None) -> str:
        words = _NO_ANSWER if answer is None else _YES if answer else _NO
        return element(name, self.random.choice(words))


def element(name: str, text: str | None) -> str:
    return "" if text is None else f"<{name}>{text}</{name}>"


def census(children: Iterable[Child], year: int, reference: str = "") -> str:
    """Write a census of the year ending 31 March."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<Message><Header><CollectionDetails>'
        f"<Collection>CIN</Collection><Year>{year}</Year>"
        f"<ReferenceDate>{reference or f'{year}-03-31'}</ReferenceDate></CollectionDetails>"
        "<Source><SourceLevel>L</SourceLevel><LEA>885</LEA></Source></Header><Children>\n"
        + "\n".join(map(_child, children))
        + "</Children></Message>\n"
    )


def _child(child: Child) -> str:
    return (
        f"<Child><ChildIdentifiers><LAchildID>{child.id}</LAchildID><UPNunknown>UN1</UPNunknown>"
        f"<PersonBirthDate>{child.birth}</PersonBirthDate><GenderCurrent>1</GenderCurrent>"
        f"</ChildIdentifiers><ChildCharacteristics><Ethnicity>{child.group}</Ethnicity>"
        "<Disabilities><Disability>NONE</Disability></Disabilities></ChildCharacteristics>"
        f"{''.join(map(_episode, child.episodes))}</Child>"
    )


def _episode(episode: Episode) -> str:
    referral = episode.referral
    style = _Style(referral)
    reason = element("ReasonForClosure", "RC7") if referral.closure else ""
    return (
        "<CINdetails>"
        + style.date("CINreferralDate", referral.date, needed=True)
        + element("ReferralSource", referral.source)
        + element("PrimaryNeedCode", "N1")
        + style.date("CINclosureDate", referral.closure)
        + reason
        + style.date("DateOfInitialCPC", episode.transfer_in)
        + "".join(map(_assessment, episode.assessments))
        + "".join(map(_enquiry, episode.enquiries))
        + style.answer("ReferralNFA", referral.nfa)
        + "".join(map(_plan, episode.plans))
        + "</CINdetails>"
    )


def _assessment(assessment: Assessment) -> str:
    style = _Style(assessment)
    return (
        "<Assessments>"
        + style.date("AssessmentActualStartDate", assessment.start, needed=True)
        + style.date("AssessmentAuthorisationDate", assessment.end)
        + "</Assessments>"
    )


def _enquiry(enquiry: Enquiry) -> str:
    style = _Style(enquiry)
    return (
        "<Section47>"
        + style.date("S47ActualStartDate", enquiry.start, needed=True)
        + style.date("DateOfInitialCPC", enquiry.conference)
        + style.answer("ICPCnotRequired", enquiry.conference is None)
        + "</Section47>"
    )


def _plan(plan: Plan) -> str:
    style = _Style(replace(plan, reviews=()))
    previous = (
        style.random.choice(("several", "", None)) if plan.previous is None else plan.previous
    )
    category = style.random.choice(("NEG", "neg", "EMO", "XXX", ""))
    own = (
        style.date("CPPstartDate", plan.start, needed=True)
        + style.date("CPPendDate", plan.end)
        + element("InitialCategoryOfAbuse", category)
        + element("LatestCategoryOfAbuse", "NEG")
        + element("NumberOfPreviousCPP", None if previous is None else str(previous))
    )
    around = style.random.choice(("Reviews", "Reviews", "CPPreviews"))
    reviews = "".join(style.date("CPPreviewDate", day) for day in plan.reviews)
    if reviews or style.random.random() < 0.5:
        own += element(around, reviews)
    return element("ChildProtectionPlans", own)
