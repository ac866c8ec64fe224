"""Invented triages: who attended, with the vacancy there is, and what was said."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from sightline.clocks.calendar import is_working_day
from sightline.service.accounts.models import Agency
from sightline.service.frontdoor.invented.week import DAYS, Week
from sightline.service.frontdoor.models import (
    Contact,
    Triage,
    TriageAttendance,
    TriagedContact,
)


def invent_triages(week: Week, contacts: list[Contact]) -> None:
    """Write a triage for each working day of the week, its attendance, and what was discussed."""
    today = timezone.localdate(week.now)
    days = [
        day
        for day in (today - timedelta(days=n) for n in range(DAYS, -1, -1))
        if is_working_day(day)
    ]
    begun = {day: timezone.make_aware(datetime.combine(day, time(10))) for day in days}
    triages = [
        Triage(
            day=day,
            chair=week.one_of(week.managers),
            began_at=at,
            ended_at=at + timedelta(minutes=50),
        )
        for day, at in begun.items()
        if at + timedelta(hours=1) < week.now
    ]
    Triage.objects.bulk_create(triages)
    attended = [_attended(week, each, agency) for each in triages for agency in week.agencies[:4]]
    TriageAttendance.objects.bulk_create(row for row in attended if row is not None)
    discussed = []
    for each in triages:
        there = [c for c in contacts if _could_be_at(c, each.began_at)]
        for contact in week.chance.sample(there, min(5, len(there))):
            discussed.append(
                TriagedContact(
                    triage=each,
                    contact=contact,
                    discussion=week.one_of(week.words["answers"]["analysis"]),
                    decision="To be recommended as discussed.",
                    actions=f"{contact.screened_by}: ring the referrer today.",
                )
            )
    TriagedContact.objects.bulk_create(discussed)


def _attended(week: Week, triage: Triage, agency: Agency) -> TriageAttendance | None:
    if agency.kind == Agency.Kind.EDUCATION:
        # The post for schools has been vacant: the papers that began this say so of theirs.
        return TriageAttendance(
            triage=triage, agency=agency, status="vacant", fill_by=_in_weeks(triage.day, 6)
        )
    status = week.by_weight({"present": 62, "remote": 22, "information": 8, "absent": 5, "": 3})
    if not status:
        return None
    name = "" if status in ("absent", "information") else week.one_of(week.words["referrers"])
    return TriageAttendance(triage=triage, agency=agency, status=status, name=name)


def _in_weeks(day: date, weeks: int) -> date:
    return day + timedelta(weeks=weeks)


def _could_be_at(contact: Contact, at: datetime) -> bool:
    began = contact.screened_at
    return (
        began is not None and began < at and (contact.closed_at is None or contact.closed_at > at)
    )
