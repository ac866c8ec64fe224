"""Writes drawn children as files that authorities make, in any of the ways that real files do."""

from collections.abc import Iterable
from csv import writer
from dataclasses import replace
from datetime import date
from io import StringIO
from random import Random

from oracle.definitions import Assessment, Enquiry, Plan
from oracle.drawing import Child, Episode

_NO_DATE = ("2015-02-30", "31/06/2015", "ongoing", "TBC", "", None)
_YES = ("1", "true", "TRUE", "Y", "Yes", "yes", " 1 ", "T")
_NO = ("0", "false", "FALSE", "N", "No", "no", "F")
_A_YES = ("a) Yes", "Yes", "yes", "Y", "1", "TRUE")
_A_NO = ("b) No", "No", "no", "N", "0", "FALSE")
_NO_ANSWER = ("maybe", "2", "", None)


class _Style:
    """How a record is written. Equal records are written in the same way: a copy is exact."""

    def __init__(self, record: object) -> None:
        self.random = Random(repr(record))

    def cell(self, day: date | None) -> str:
        """Write a date as a spreadsheet of Annex A has it."""
        if day is None:
            return self.random.choice(("", "", "30/02/2015", "ongoing", "#N/A", "-"))
        forms = (
            f"{day:%d/%m/%Y}",
            f"{day:%d/%m/%Y}",
            day.isoformat(),
            f"{day.isoformat()} 00:00:00",
        )
        return self.random.choice(forms)

    def yes_no(self, answer: bool | None) -> str:
        """Write an answer as Annex A has it."""
        words = ("", "c) Unknown") if answer is None else _A_YES if answer else _A_NO
        return self.random.choice(words)

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


_CHILD = ("Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age")
_ENDING = ("Allocated Team", "Allocated Worker")
_LISTS = {
    "List 3": (
        *_CHILD,
        "Date of referral",
        "Referral Source",
        "Referral NFA?",
        "Number of Referrals in Last 12 Months",
        *_ENDING,
    ),
    "List 4": (
        *_CHILD,
        "Does the Child have a Disability",
        "Continuous Assessment Start Date",
        "Child Seen During Continuous Assessment",
        "Continuous Assessment Date of Authorisation",
        "Was the child assessed as requiring LA children's social care support?",
        *_ENDING,
    ),
    "List 5": (
        *_CHILD,
        "Does the Child have a Disability",
        "Strategy discussion initiating Section 47 Enquiry Start Date",
        "Was an Initial Child Protection Conference deemed unnecessary?",
        "Date of Initial Child Protection Conference",
        "Did the Initial Child Protection Conference Result in a Child Protection Plan",
        "Number of Section 47 Enquiries in the last 12 months",
        "Number of ICPCs in the last 12 months",
        *_ENDING,
    ),
    "List 7": (
        *_CHILD,
        "Does the Child have a Disability",
        "Child Protection Plan Start Date",
        "Initial Category of Abuse",
        "Latest Category of Abuse",
        "Date of the Last Statutory Visit",
        "Was the Child Seen Alone?",
        "Date of latest review conference",
        "Child Protection Plan End Date",
        "Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months (Y/N)",
        "Number of Previous Child Protection Plans",
        *_ENDING,
    ),
}


def annex_a(children: Iterable[Child]) -> dict[str, str]:
    """Write lists 3, 4, 5 and 7 of Annex A as CSV, by name. Of the reviews, each has the latest."""
    rows: dict[str, list[list[str]]] = {name: [] for name in _LISTS}
    for child in children:
        about = [
            child.id,
            "a) Male",
            child.group,
            f"{date.fromisoformat(child.birth):%d/%m/%Y}",
            "",
        ]
        ending = ["Team", "A\u00a0Worker"]
        for episode in child.episodes:
            referral = episode.referral
            style = _Style(referral)
            row = [style.cell(referral.date), referral.source, style.yes_no(referral.nfa), "0"]
            rows["List 3"].append([*about, *row, *ending])
            for each in episode.assessments:
                style = _Style(each)
                row = ["b) No", style.cell(each.start), "a) Yes", style.cell(each.end), ""]
                rows["List 4"].append([*about, *row, *ending])
            for each in episode.enquiries:
                style = _Style(each)
                dates = style.cell(each.start), style.cell(each.conference)
                row = [
                    "b) No",
                    dates[0],
                    style.yes_no(each.conference is None),
                    dates[1],
                    "",
                    "1",
                    "1",
                ]
                rows["List 5"].append([*about, *row, *ending])
            for each in episode.plans:
                style = _Style(replace(each, reviews=()))
                row = ["b) No", style.cell(each.start), "a) Neglect", "NEG", "", "", "REVIEW"]
                row += [
                    style.cell(each.end),
                    "",
                    "" if each.previous is None else str(each.previous),
                ]
                row[6] = style.cell(max(each.reviews)) if each.reviews else ""
                rows["List 7"].append([*about, *row, *ending])
    return {name: _csv([_LISTS[name], *found]) for name, found in rows.items()}


def _csv(rows: Iterable[Iterable[str]]) -> str:
    text = StringIO(newline="")
    writer(text).writerows(rows)
    return "\ufeff" + text.getvalue()
