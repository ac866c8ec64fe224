"""What waits for somebody's authorisation: decisions of day five first, then what has waited longest."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import F, IntegerField, Prefetch, QuerySet, Value, prefetch_related_objects

from sightline.service.accounts.keys import ByKeys, among
from sightline.service.accounts.models import Person
from sightline.service.accounts.policies import AUTHORISE_WORK
from sightline.service.protection.access import cases_of, whose_work
from sightline.service.protection.clocks import alert, clock, standing
from sightline.service.protection.models import (
    Allocation,
    Assessment,
    Enquiry,
    Referral,
    StrategyDiscussion,
)
from sightline.service.protection.queries.work import LONG
from sightline.service.protection.queries.worklist import InCase, cases_in


class Waits(NamedTuple):
    """That something waits, sorted by when to decide it: what has a clock comes first.

    `page` is the name of the page on which it is decided, `key` whose page.
    """

    is_without_clock: bool
    since: datetime
    key: int
    page: str
    referral: int


@dataclass(frozen=True)
class Waiting:
    """Something that waits for somebody's authorisation; `own`: another must decide it."""

    waits: Waits
    case: InCase
    own: bool
    what: str = ""
    by: Person | None = None
    standing: str = ""
    words: str = ""


_DISCUSSION, _ENQUIRY, _ASSESSMENT = range(3)


def _asked(here: Any) -> QuerySet[Any, Any]:
    """Give the question for what waits in cases, in one statement: of which kind, and its moments."""

    def of(rows: QuerySet[Any], kind: int, *moments: str) -> QuerySet[Any, Any]:
        which = Value(kind, output_field=IntegerField())
        named = {f"at_{place}": F(name) for place, name in enumerate(moments)}
        found = rows.filter(referral__in=here).order_by().annotate(which=which, **named)
        columns: QuerySet[Any, Any] = found.values_list("which", "pk", "referral", *named)
        return columns

    discussions = StrategyDiscussion.objects.filter(decision="", held_at__isnull=False)
    enquiries = Enquiry.objects.filter(ended_at=None)
    assessments = Assessment.objects.filter(submitted_at__isnull=False, authorised_at=None)
    found: QuerySet[Any, Any] = of(discussions, _DISCUSSION, "held_at", "held_at", "held_at").union(
        of(enquiries, _ENQUIRY, "began_at", "decided_at", "submitted_at"),
        of(assessments, _ASSESSMENT, "submitted_at", "submitted_at", "submitted_at"),
        all=True,
    )
    return found


_IN_CASES = ByKeys(_asked)


def waits_for(person: Person) -> list[Waits]:
    """Give what waits for the authorisation of somebody, in the order in which to decide it.

    There may be hundreds, of which a page is shown: `waiting_for` tells of those.
    """
    return waits_in(cases_of(person, AUTHORISE_WORK))


def waits_in(cases: QuerySet[Referral]) -> list[Waits]:
    """Give what waits for authorisation in some cases, in that order."""
    return waits_of(cases.order_by().values_list("pk", "state", "closing_at", "received_at"))


def waits_of(cases: Iterable[tuple[int, str, datetime | None, datetime]]) -> list[Waits]:
    """Give the same of cases of which that was read: the key, the state, and since when it is so."""
    referrals, found = list(cases), []
    for which, key, referral, at, decided_at, submitted_at in _IN_CASES.rows(
        row[0] for row in referrals
    ):
        if which == _DISCUSSION:
            found.append(Waits(False, at, key, "discussion", referral))
        elif which == _ASSESSMENT:
            found.append(Waits(True, at, key, "assessment", referral))
        elif decided_at is None:
            is_without_clock = clock("S47-D5", at) is None
            found.append(Waits(is_without_clock, at, key, "enquiry", referral))
        elif submitted_at is not None:
            found.append(Waits(True, submitted_at, key, "enquiry", referral))
    found += [
        Waits(True, closing_at or received_at, key, "case", key)
        for key, state, closing_at, received_at in referrals
        if state == Referral.State.CLOSING
    ]
    return sorted(found)


def waiting_for(
    person: Person, now: datetime, waits: Iterable[Waits] | None = None
) -> list[Waiting]:
    """Tell what waits for the authorisation of somebody, in that order: all of it, or these."""
    waits = waits_for(person) if waits is None else list(waits)
    cases, rows = read(waits)
    found = []
    for each in waits:
        row, case = rows[each.page][each.key], cases[each.referral]
        own = person.pk in whose_work(case.referral, row)
        found.append(_TOLD[each.page](Waiting(each, case, own), row, now))
    return found


def read(waits: Sequence[Waits]) -> tuple[dict[int, InCase], dict[str, Mapping[int, Any]]]:
    """Give the cases of what waits, by key, and each thing itself, by its page and key."""
    referrals = Referral.objects.filter(pk__in=among({each.referral for each in waits}))
    allocations = Prefetch("allocations", Allocation.objects.order_by())
    cases = cases_in(referrals.select_related("closing_by").prefetch_related(allocations))
    return cases, read_each(waits, {key: each.referral for key, each in cases.items()})


def read_each(
    waits: Sequence[Waits], referrals: Mapping[int, Referral]
) -> dict[str, Mapping[int, Any]]:
    """Give each thing that waits, by its page and key, of cases that were read already."""
    rows: dict[str, Mapping[int, Any]] = {}
    for page, asked in _ASKED.items():
        keys = [each.key for each in waits if each.page == page]
        rows[page] = asked.in_bulk(keys) if keys else {}
    closing = {each.key: referrals[each.key] for each in waits if each.page == "case"}
    judged = Prefetch("assessments", Assessment.objects.only("referral", "authorised_at"))
    prefetch_related_objects(list(closing.values()), judged)
    rows["case"] = closing
    return rows


_ASKED: Mapping[str, QuerySet[Any]] = {
    "discussion": StrategyDiscussion.objects.order_by()
    .select_related("chair", "written_by")
    .prefetch_related("writers")
    .defer("minutes", "rationale", "actions"),
    "enquiry": Enquiry.objects.order_by().select_related("written_by").prefetch_related("writers"),
    "assessment": Assessment.objects.order_by()
    .select_related("written_by")
    .prefetch_related("writers")
    .defer(*LONG),
}
"""How to read what waits, but for a closure, which is the case itself."""


def _discussion(found: Waiting, row: StrategyDiscussion, now: datetime) -> Waiting:
    due = clock("STRAT", row.suspected_at)
    return replace(
        found,
        what="Decision after a strategy discussion",
        by=row.written_by or row.chair,
        standing=standing(due, now) if due else "due",
        words=due.left(now) if due else "",
    )


def _enquiry(found: Waiting, row: Enquiry, now: datetime) -> Waiting:
    if row.decided_at is not None:
        return replace(found, what="Finding of a section 47 enquiry", by=row.written_by)
    due = clock("S47-D5", row.began_at)
    return replace(
        found,
        what="Is a conference needed?",
        by=found.case.worker,
        standing=standing(due, now) if due else "",
        words=", ".join(filter(None, (due.left(now), alert(due, now)))) if due else "",
    )


def _assessment(found: Waiting, row: Assessment, _now: datetime) -> Waiting:
    return replace(found, what="Assessment", by=row.written_by)


def _closure(found: Waiting, row: Referral, _now: datetime) -> Waiting:
    return replace(found, what="Closure", by=row.closing_by)


_TOLD: Mapping[str, Callable[[Waiting, Any, datetime], Waiting]] = {
    "discussion": _discussion,
    "enquiry": _enquiry,
    "assessment": _assessment,
    "case": _closure,
}
"""What is said of it."""
