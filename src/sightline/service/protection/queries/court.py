"""The tracker of pre-proceedings and care proceedings: how many weeks each has lasted, and what is due."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils import timezone

from sightline.clocks.months import add_months
from sightline.clocks.rules import Deadline
from sightline.service.accounts.models import Person
from sightline.service.accounts.policies import OPEN_CHILDREN
from sightline.service.protection.access import cases_of
from sightline.service.protection.clocks import clock_of_court, standing
from sightline.service.protection.models import CourtMeeting, PreProceedings, Referral
from sightline.service.protection.queries.more_time import given_to, given_until
from sightline.service.protection.queries.worklist import InCase, cases_in

LONG, VERY_LONG = 16, 26
"""Weeks over which pre-proceedings are counted apart (PL-01)."""
SHOWN = {
    "pre-proceedings": ("Pre-proceedings", Q(application_on=None, ended_on=None)),
    "proceedings": ("Care proceedings", Q(application_on__isnull=False, order_on=None)),
    "ended": ("Ended in the last 12 months", Q(ended_on__isnull=False)),
}
"""What the tracker may show: its name, and what is in it."""


@dataclass(frozen=True)
class Tracked:
    """One line of the tracker. `weeks` are whole ones, from `began` on."""

    row: Any
    case: InCase
    weeks: int
    standing: str
    words: str
    due: datetime | None

    @property
    def began(self) -> date:
        """The day from which its weeks are counted: of the application, or of the decision to begin."""
        began: date = self.row.application_on or self.row.decided_on
        return began


def in_court(person: Person, show: str, today: date) -> QuerySet[PreProceedings]:
    """Give what one of `SHOWN` holds for somebody, the longest first."""
    found = PreProceedings.objects.filter(
        SHOWN[show][1], referral__in=cases_of(person, OPEN_CHILDREN, closed=True).values("pk")
    )
    if show == "ended":
        return found.filter(ended_on__gte=add_months(today, -12)).order_by("-ended_on", "pk")
    return found.order_by(
        "application_on" if show == "proceedings" else "decided_on", "referral", "pk"
    )


def tracked(rows: QuerySet[PreProceedings], keys: Sequence[int], now: datetime) -> list[Tracked]:
    """Give lines of the tracker for some rows, in their order."""
    kind, held = CourtMeeting.Kind, "meetings__held_on"
    found = rows.filter(pk__in=keys).annotate(
        reviewed_on=Max(held, filter=Q(meetings__kind=kind.REVIEW)),
        first_meeting_on=Min(held, filter=Q(meetings__kind=kind.MEETING)),
        met=Count(
            "meetings", filter=Q(meetings__kind=kind.MEETING, meetings__held_on__isnull=False)
        ),
        extended_until=given_until(),
    )
    cases = cases_in(Referral.objects.filter(pk__in=[each.referral_id for each in found]))
    return [_line(each, cases[each.referral_id], now) for each in found]


def _line(row: Any, case: InCase, now: datetime) -> Tracked:
    began = row.application_on or row.decided_on
    until = row.ended_on or timezone.localdate(now)
    weeks = (until - began).days // 7
    if row.ended_on:
        return Tracked(row, case, weeks, "", "", None)
    due = clock_of_court(row, row.reviewed_on, row.extended_until)
    words = due.left(now) if due else "no time limit was in force"
    if row.outcome and not row.application_on:
        words = f"application to be made, decided on {row.outcome_on:%-d %B %Y}; {words}"
    if due is None:
        return Tracked(row, case, weeks, "due", words, None)
    return Tracked(row, case, weeks, standing(due, now), words, due.due)


def court_clock(row: PreProceedings) -> Deadline | None:
    """Give the clock that runs for pre-proceedings or care proceedings; None where none does."""
    if row.ended_on:
        return None
    review = row.meetings.filter(kind=CourtMeeting.Kind.REVIEW).aggregate(at=Max("held_on"))["at"]
    return clock_of_court(row, review, given_to(row))


@dataclass(frozen=True)
class Weeks:
    """How long some have gone on: how many there are, their median, and how many are long."""

    count: int
    median: float | None
    long: int
    very_long: int


def weeks_of(days: Iterable[date], today: date) -> Weeks:
    """Count in weeks how long what began on these days has gone on."""
    gone = [(today - day).days / 7 for day in days]
    return Weeks(
        len(gone),
        median(gone) if gone else None,
        sum(each > LONG for each in gone),
        sum(each > VERY_LONG for each in gone),
    )
