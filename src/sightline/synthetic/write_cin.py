"""Writes the census of children in need: one XML file for each year ending 31 March.

Every episode that was open in the year, or a referral of the year with no further action. Elements and
their order are those by which records are exported.
"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from sightline.clocks.calendar import due
from sightline.export.census_layout import CLOSING_LINES, Block, child_lines, opening_lines
from sightline.synthetic.authority import Authority
from sightline.synthetic.events import Assessment, Child, Enquiry, Episode, Plan
from sightline.synthetic.protection import first_day, last_day

NOTICE = "Invented by Sightline. No child in this file is real."


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
    lines = opening_lines(
        day,
        authority.code,
        software="Sightline (invented children)",
        made=f"{day}T12:00:00",
        notice=NOTICE,
    )
    for child in authority.children:
        episodes = sorted(
            (episode for episode in child.episodes if in_census(episode, year)),
            key=lambda episode: episode.referral,
        )
        if episodes:
            lines += child_lines(_child(child, episodes, year), year)
    lines += CLOSING_LINES
    return lines


def _child(child: Child, episodes: Iterable[Episode], year: int) -> Block:
    return {
        "LAchildID": child.id,
        "UPN": child.upn or None,
        "UPNunknown": None if child.upn else "UN1",
        "PersonBirthDate": child.birth,
        "Sex": child.sex,
        "Ethnicity": child.ethnicity,
        "Disability": child.disabilities,
        "CINdetails": [_details(episode, year) for episode in episodes],
    }


def _details(episode: Episode, year: int) -> Block:
    start, end = first_day(year), last_day(year)
    closed = episode.closure is not None and episode.closure <= end
    return {
        "CINreferralDate": episode.referral,
        "ReferralSource": episode.source,
        "PrimaryNeedCode": episode.need or None,
        "CINclosureDate": episode.closure if closed else None,
        "ReasonForClosure": episode.reason if closed else None,
        "Assessments": [
            _assessment(each, end)
            for each in sorted(episode.assessments, key=lambda each: each.start)
            if each.start <= end and (each.end is None or each.end >= start)
        ],
        "CINPlanDates": [
            {
                "CINPlanStartDate": begin,
                "CINPlanEndDate": finish if finish is not None and finish <= end else None,
            }
            for begin, finish in episode.cin_plans
            if begin <= end and (finish is None or finish >= start)
        ],
        "Section47": [
            _section_47(each, end)
            for each in sorted(episode.enquiries, key=lambda each: each.start)
            if each.start <= end and (each.conference or each.start) >= start
        ],
        "ReferralNFA": episode.no_further_action,
        "ChildProtectionPlans": [
            _plan(each, end)
            for each in episode.plans
            if each.start <= end and (each.end is None or each.end >= start)
        ],
    }


def _assessment(assessment: Assessment, end: date) -> Block:
    done = assessment.end is not None and assessment.end <= end
    return {
        "AssessmentActualStartDate": assessment.start,
        "AssessmentAuthorisationDate": assessment.end if done else None,
        "AssessmentFactors": assessment.factors if done else (),
    }


def _section_47(enquiry: Enquiry, end: date) -> Block:
    needed = enquiry.conference is not None or enquiry.awaited
    held = enquiry.conference is not None and enquiry.conference <= end
    return {
        "S47ActualStartDate": enquiry.start,
        "InitialCPCtarget": due(enquiry.start, 15) if needed else None,
        "DateOfInitialCPC": enquiry.conference if held else None,
        "ICPCnotRequired": not needed,
    }


def _plan(plan: Plan, end: date) -> Block:
    return {
        "CPPstartDate": plan.start,
        "CPPendDate": plan.end if plan.end is not None and plan.end <= end else None,
        "InitialCategoryOfAbuse": plan.initial,
        "LatestCategoryOfAbuse": plan.latest,
        "NumberOfPreviousCPP": plan.previous,
        "CPPreviewDate": [day for day in plan.reviews if day <= end],
    }
