"""What the returns loaded tell of a child: dated entries for the chronology, and what is open.

Rows that casework fed are left out: the apps they are of tell the same as things stand, and know what is
hidden from whom.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils import timezone

from sightline.intake.combine import ENDS
from sightline.records import TABLES, Format
from sightline.records.codes import codes
from sightline.service.accounts.models import Person
from sightline.service.children.chronology import Entry
from sightline.service.children.models import KnownPerson
from sightline.service.children.open_work import Open
from sightline.service.children.queries import numbers_of
from sightline.service.measures.child_references import reference_of
from sightline.service.measures.parted import rows_as_parted
from sightline.service.measures.reading import OPEN_WORK, current_reading
from sightline.store.snapshots import StoreError

AREA = "Loaded records"
NOT_READABLE = "The loaded records cannot be read at present: none of them are listed here"


class Event(NamedTuple):
    """A date of a record as an entry: its column, what happened, and the column that says more."""

    column: str
    what: str
    more: str = ""


EVENTS: dict[str, tuple[Event, ...]] = {
    "contact": (Event("contact_date", "Contact received", "contact_source"),),
    "early_help_episode": (
        Event("start_date", "Early help began"),
        Event("end_date", "Early help ended"),
    ),
    "referral": (
        Event("referral_date", "Referred to social care", "referral_source"),
        Event("closure_date", "Closed to social care", "closure_reason"),
    ),
    "assessment": (
        Event("start_date", "Assessment began"),
        Event("authorisation_date", "Assessment authorised"),
    ),
    "section_47": (
        Event("start_date", "Section 47 enquiry began"),
        Event("end_date", "Section 47 enquiry ended"),
    ),
    "conference": (Event("conference_date", "Initial child protection conference"),),
    "cin_plan": (
        Event("start_date", "Child in need plan began"),
        Event("end_date", "Child in need plan ended"),
    ),
    "cp_plan": (
        Event("start_date", "Child protection plan began", "initial_category"),
        Event("end_date", "Child protection plan ended", "latest_category"),
    ),
    "cp_review": (Event("review_date", "Child protection review", "participation"),),
    "visit": (Event("visit_date", "Visit", "pathway"),),
    "pre_proceedings": (
        Event("start_date", "Pre-proceedings began"),
        Event("letter_date", "Letter before proceedings"),
        Event("first_meeting_date", "First meeting before proceedings"),
        Event("decision_date", "Decision in pre-proceedings"),
        Event("court_date", "Application to court"),
        Event("care_letter_date", "Letter of care proceedings"),
    ),
    "care_episode": (
        Event("start_date", "Episode of care began", "placement"),
        Event("end_date", "Episode of care ended", "end_reason"),
    ),
    "legal_status": (
        Event("start_date", "Legal status began", "legal_status"),
        Event("end_date", "Legal status ended", "legal_status"),
    ),
    "care_review": (Event("review_date", "Looked-after review", "participation"),),
    "health_check": (Event("check_date", "Health check", "check_type"),),
    "sdq": (Event("completed_date", "Strengths and Difficulties Questionnaire"),),
    "missing_episode": (
        Event("start_date", "Went missing", "missing_kind"),
        Event("end_date", "Returned", "missing_kind"),
    ),
    "adoption": (
        Event("decision_date", "Decision for adoption"),
        Event("placement_order_date", "Placement order"),
        Event("matched_date", "Matched for adoption"),
        Event("placed_date", "Placed for adoption"),
        Event("order_date", "Adoption order"),
        Event("reversed_date", "Decision for adoption reversed", "reversed_reason"),
    ),
    "deprivation_of_liberty": (
        Event("start_date", "Deprivation of liberty began"),
        Event("end_date", "Deprivation of liberty ended"),
    ),
    "allocation": (
        Event("start_date", "Allocated to a worker"),
        Event("end_date", "Allocation ended", "change_reason"),
    ),
}
"""What each table tells, by its dates."""

UNTOLD = {
    "child": "born and died stand in the record itself",
    "disability": "it has no date",
    "assessment_factor": "it is part of the assessment, which is told",
    "care_outcome": "it is a summary of a year",
    "care_leaver": "it says how things stood when the return was made",
    "previous_permanence": "it has no full date",
    "information_request": "it comes from casework alone, where it stands with the contact",
    "conference_invitation": "it is part of the conference, which is told",
    "core_group": "it comes from casework alone, which tells it",
}
"""Tables about a child that tell nothing here, and why."""


def entries_published_of(person: KnownPerson, by: Person) -> Iterator[Entry]:
    """Give every dated entry of the published records, under each number of the person."""
    del by  # whoever opens the record may open these rows: they are what opens it
    try:
        for table, row, href in _rows_of(person):
            for event in EVENTS.get(table, ()):
                if day := _day(row.get(event.column)):
                    yield Entry(day, _said(table, event, row), AREA, whose=_whose(row), href=href)
    except StoreError:
        yield Entry(timezone.localdate(), NOT_READABLE, AREA)


def open_published_of(person: KnownPerson, by: Person) -> Iterator[Open]:
    """Give what the published records have as open with a person."""
    del by
    try:
        for table, row, href in _rows_of(person):
            if table not in OPEN_WORK:
                continue
            since = next(each for each in TABLES[table].key if each != "child_id")
            if row[ENDS[table]] is None and row.get("no_further_action") is not True:
                yield Open(OPEN_WORK[table], _day(row[since]), _whose(row), href=href)
    except StoreError:
        yield Open(NOT_READABLE)


def _rows_of(person: KnownPerson) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Give the rows of returns under each number of a person, each with its table and its page's address."""
    reading = current_reading()
    if reading is None:
        return
    for number in numbers_of(person):
        href = reverse("child", args=[reference_of(number)])
        for table, (columns, rows) in rows_as_parted(reading, number).items():
            for values in rows:
                row = dict(zip(columns, values, strict=True))
                if row["source"] != Format.CASEWORK:
                    yield table, row, href


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def _said(table: str, event: Event, row: Mapping[str, Any]) -> str:
    code = row.get(event.more)
    if not code:
        return event.what
    listed = next(each.codes for each in TABLES[table].columns if each.name == event.more)
    meaning = codes(listed.partition(":")[0]).get(str(code), str(code)) if listed else str(code)
    return f"{event.what}: {meaning}"


def _whose(row: Mapping[str, Any]) -> str:
    return ", ".join(str(row[name]) for name in ("team", "worker") if row.get(name))
