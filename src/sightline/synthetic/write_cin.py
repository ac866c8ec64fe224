"""Writes the census of children in need: one XML file for each year ending 31 March.

Every episode that was open in the year, or a referral of the year with no further action. Elements and
their order are those of the Department for Education's schema of the year.
"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from sightline.clocks.calendar import due
from sightline.synthetic.authority import Authority
from sightline.synthetic.events import Assessment, Child, Enquiry, Episode, Plan
from sightline.synthetic.protection import first_day, last_day

NOTICE = "Invented by Sightline. No child in this file is real."
SEX_SINCE = 2025
"""The first census with Sex in place of GenderCurrent."""
PLANS_SINCE = 2022
"""The first census with child in need plans."""
_GENDER = {"M": "1", "F": "2", "U": "0"}


def write_cin(folder: Path, authority: Authority, year: int, lines: Iterable[str]) -> None:
    """Write the lines of the census of one year."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / file_name(authority, year)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def file_name(authority: Authority, year: int) -> str:
    """Give the name of the census file of a year."""
    return f"invented-{authority.code}-cin-{year}.xml"


def in_census(episode: Episode, year: int) -> bool:
    """Whether the census of a year has the episode."""
    if episode.referral > last_day(year):
        return False
    if episode.no_further_action:
        return episode.referral >= first_day(year)
    return episode.closure is None or episode.closure >= first_day(year)


def cin_lines(authority: Authority, year: int) -> list[str]:
    """Give the lines of the census of a year, one for each element."""
    day = last_day(year)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<!-- {NOTICE} -->",
        "<Message>",
        "<Header>",
        "<CollectionDetails>",
        "<Collection>CIN</Collection>",
        f"<Year>{year}</Year>",
        f"<ReferenceDate>{day}</ReferenceDate>",
        "</CollectionDetails>",
        "<Source>",
        "<SourceLevel>L</SourceLevel>",
        f"<LEA>{authority.code}</LEA>",
        "<SoftwareCode>Sightline (invented children)</SoftwareCode>",
        "<SerialNo>001</SerialNo>",
        f"<DateTime>{day}T12:00:00</DateTime>",
        "</Source>",
        "</Header>",
        "<Children>",
    ]
    for child in authority.children:
        episodes = sorted(
            (episode for episode in child.episodes if in_census(episode, year)),
            key=lambda episode: episode.referral,
        )
        if episodes:
            _child(lines, child, episodes, year)
    lines += ["</Children>", "</Message>"]
    return lines


def _child(lines: list[str], child: Child, episodes: Iterable[Episode], year: int) -> None:
    lines += ["<Child>", "<ChildIdentifiers>", f"<LAchildID>{child.id}</LAchildID>"]
    lines.append(f"<UPN>{child.upn}</UPN>" if child.upn else "<UPNunknown>UN1</UPNunknown>")
    lines.append(f"<PersonBirthDate>{child.birth}</PersonBirthDate>")
    if year >= SEX_SINCE:
        lines.append(f"<Sex>{child.sex}</Sex>")
    else:
        lines.append(f"<GenderCurrent>{_GENDER[child.sex]}</GenderCurrent>")
    lines += ["</ChildIdentifiers>", "<ChildCharacteristics>"]
    lines += [f"<Ethnicity>{child.ethnicity}</Ethnicity>", "<Disabilities>"]
    lines += [f"<Disability>{code}</Disability>" for code in child.disabilities]
    lines += ["</Disabilities>", "</ChildCharacteristics>"]
    for episode in episodes:
        _details(lines, episode, year)
    lines.append("</Child>")


def _details(lines: list[str], episode: Episode, year: int) -> None:
    start, end = first_day(year), last_day(year)
    lines += ["<CINdetails>", f"<CINreferralDate>{episode.referral}</CINreferralDate>"]
    lines.append(f"<ReferralSource>{episode.source}</ReferralSource>")
    if episode.need:
        lines.append(f"<PrimaryNeedCode>{episode.need}</PrimaryNeedCode>")
    if episode.closure is not None and episode.closure <= end:
        lines.append(f"<CINclosureDate>{episode.closure}</CINclosureDate>")
        lines.append(f"<ReasonForClosure>{episode.reason}</ReasonForClosure>")
    for assessment in sorted(episode.assessments, key=lambda each: each.start):
        if assessment.start <= end and (assessment.end is None or assessment.end >= start):
            _assessment(lines, assessment, end)
    if year >= PLANS_SINCE:
        for begin, finish in episode.cin_plans:
            if begin <= end and (finish is None or finish >= start):
                lines += ["<CINPlanDates>", f"<CINPlanStartDate>{begin}</CINPlanStartDate>"]
                if finish is not None and finish <= end:
                    lines.append(f"<CINPlanEndDate>{finish}</CINPlanEndDate>")
                lines.append("</CINPlanDates>")
    for enquiry in sorted(episode.enquiries, key=lambda each: each.start):
        if enquiry.start <= end and (enquiry.conference or enquiry.start) >= start:
            _section_47(lines, enquiry, end)
    lines.append(f"<ReferralNFA>{int(episode.no_further_action)}</ReferralNFA>")
    for plan in episode.plans:
        if plan.start <= end and (plan.end is None or plan.end >= start):
            _plan(lines, plan, end)
    lines.append("</CINdetails>")


def _assessment(lines: list[str], assessment: Assessment, end: date) -> None:
    lines.append("<Assessments>")
    lines.append(f"<AssessmentActualStartDate>{assessment.start}</AssessmentActualStartDate>")
    if assessment.end is not None and assessment.end <= end:
        lines.append(f"<AssessmentAuthorisationDate>{assessment.end}</AssessmentAuthorisationDate>")
        lines.append("<FactorsIdentifiedAtAssessment>")
        lines += [f"<AssessmentFactors>{code}</AssessmentFactors>" for code in assessment.factors]
        lines.append("</FactorsIdentifiedAtAssessment>")
    lines.append("</Assessments>")


def _section_47(lines: list[str], enquiry: Enquiry, end: date) -> None:
    needed = enquiry.conference is not None or enquiry.awaited
    lines += ["<Section47>", f"<S47ActualStartDate>{enquiry.start}</S47ActualStartDate>"]
    if needed:
        lines.append(f"<InitialCPCtarget>{due(enquiry.start, 15)}</InitialCPCtarget>")
    if enquiry.conference is not None and enquiry.conference <= end:
        lines.append(f"<DateOfInitialCPC>{enquiry.conference}</DateOfInitialCPC>")
    lines += [f"<ICPCnotRequired>{int(not needed)}</ICPCnotRequired>", "</Section47>"]


def _plan(lines: list[str], plan: Plan, end: date) -> None:
    lines += ["<ChildProtectionPlans>", f"<CPPstartDate>{plan.start}</CPPstartDate>"]
    if plan.end is not None and plan.end <= end:
        lines.append(f"<CPPendDate>{plan.end}</CPPendDate>")
    lines.append(f"<InitialCategoryOfAbuse>{plan.initial}</InitialCategoryOfAbuse>")
    lines.append(f"<LatestCategoryOfAbuse>{plan.latest}</LatestCategoryOfAbuse>")
    lines.append(f"<NumberOfPreviousCPP>{plan.previous}</NumberOfPreviousCPP>")
    if reviews := [day for day in plan.reviews if day <= end]:
        lines.append("<Reviews>")
        lines += [f"<CPPreviewDate>{day}</CPPreviewDate>" for day in reviews]
        lines.append("</Reviews>")
    lines.append("</ChildProtectionPlans>")
