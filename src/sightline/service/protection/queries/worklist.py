"""What is to be done in cases, and by when: computed from the clocks, those not seen first."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS
from django.db.models import FilteredRelation, Q, QuerySet
from django.utils import timezone

from sightline.clocks.rules import LONDON, Deadline
from sightline.service.accounts.keys import ByKeys, among
from sightline.service.accounts.models import Appointment, Person, Team
from sightline.service.accounts.policies import Policy
from sightline.service.children.models import KnownPerson
from sightline.service.children.queries import hidden_people, roots_of
from sightline.service.frontdoor.models import PassedOn
from sightline.service.protection.access import with_hidden
from sightline.service.protection.actions.allocating import WORKERS
from sightline.service.protection.clocks import alert, clock_of_court, the_clock
from sightline.service.protection.models import (
    Allocation,
    Assessment,
    Conference,
    CourtMeeting,
    Referral,
    Visit,
)
from sightline.service.protection.queries.work import NEVER, NOTHING, Work

STANDINGS = {"not seen": "Not seen", "overdue": "Overdue", "near": "Soon due", "due": "Due"}
"""How something stands, what comes first at the top; with the words for it."""
SOON = timedelta(days=7)
"""For how long ahead a meeting that is booked is near."""
_OPEN, _CLOSED = Referral.State.OPEN.value, Referral.State.CLOSED.value
_PROTECTION, _NEED = Visit.Pathway.PROTECTION.value, Visit.Pathway.NEED.value
_RANK = {name: place for place, name in enumerate(STANDINGS)}


class Held(NamedTuple):
    """Of a case what says what is to be done in it; `person` is the key of the record that stands for its
    child now; `gone` says why its worker no longer counts. There may be hundreds on a list.
    """

    key: int
    received_at: datetime
    state: str
    transferred_from: str
    had_plan_there: bool | None
    team: int | None
    worker: Person | None
    person: int
    gone: str = ""


@dataclass(frozen=True)
class InCase:
    """A case as it stands on a list: its child's record, and who has it."""

    referral: Referral
    child: KnownPerson
    worker: Person | None

    @property
    def held(self) -> Held:
        """The same, as what is to be done is found from it."""
        of = self.referral
        return Held(
            of.pk,
            of.received_at,
            of.state,
            of.transferred_from,
            of.had_plan_there,
            of.team_id,
            self.worker,
            self.child.pk,
            why_gone(self.worker, works=self.worker.holds(WORKERS)) if self.worker else "",
        )


class Thing(NamedTuple):
    """Something to be done in a case, by when; `page` and `key` are where it is done.

    `clock` is None where no clock says by when; `said` is said then, and `at` is when it is, if booked. `now`
    is when it was asked. `more` says what else is known.
    """

    case: Held
    what: str
    standing: str
    page: str
    key: int
    now: datetime
    clock: Deadline | None = None
    said: str = ""
    more: str = ""
    at: datetime | None = None

    @property
    def due(self) -> datetime | None:
        """By when, or when it is booked for; None where nothing says."""
        return self.clock.due if self.clock else self.at

    @property
    def words(self) -> str:
        """How long is left, or what is said instead."""
        return self.clock.left(self.now) if self.clock else self.said

    @property
    def standing_words(self) -> str:
        """How it stands, in words."""
        return STANDINGS[self.standing]

    @property
    def order(self) -> tuple[int, float, int]:
        """What sorts it: how it stands, then what is due first."""
        due = self.clock.ends[0] if self.clock else self.at.timestamp() if self.at else 0
        return (_RANK[self.standing], due, self.case.key)


def cases_in(
    referrals: QuerySet[Referral], workers: Mapping[int, Person | None] | None = None
) -> dict[int, InCase]:
    """Give cases by key, with the record that stands for each child now, and who has each.

    `workers` are who has each, by the key of the case, where they were read already.
    """
    rows = list(referrals.select_related("child", "team", "locality"))
    if not rows:
        return {}
    if workers is None:
        held = Allocation.objects.filter(referral__in=among(row.pk for row in rows), ends_at=None)
        workers = {each.referral_id: each.worker for each in held.select_related("worker")}
    children = roots_of(row.child for row in rows)
    return {row.pk: InCase(row, children[row.child_id], workers.get(row.pk)) for row in rows}


def held_in(referrals: QuerySet[Referral]) -> dict[int, Held]:
    """Give cases by key with no more of each than says what is to be done in it."""
    return _held(_rows(referrals))


def held_of(
    person: Person, policy: Policy, *, mine: bool = False
) -> tuple[dict[int, Held], dict[int, int]]:
    """Give the same of the open cases of somebody's remit, with `mine` of those they have themselves; and of
    those that restrictions hide from them, for counts alone, by key the child's.
    """
    referrals, hidden = with_hidden(person, policy), hidden_people(person)
    if mine:
        referrals = referrals.filter(allocations__worker=person, allocations__ends_at=None)
    rows = _rows(referrals)
    left_out = {row[_KEY]: row[0] for row in rows if row[0] in hidden}
    return _held([row for row in rows if row[0] not in hidden]), left_out


_KEY = 4
"""The place of a case's own key in a row."""


def _rows(referrals: QuerySet[Referral]) -> list[Any]:
    """Read cases: what is asked of each, its child, and the worker who has it now."""
    asked = ("pk", "received_at", "state", "transferred_from", "had_plan_there", "team_id")
    now = FilteredRelation("allocations", condition=Q(allocations__ends_at=None))
    worker = ("now__worker", "now__worker__name", "now__worker__is_active")
    return list(referrals.order_by().annotate(now=now).values_list("child_id", *worker, *asked))


def _held(rows: Sequence[Any]) -> dict[int, Held]:
    merged = [key for (key,) in _MERGED.rows(row[0] for row in rows)]
    roots = roots_of(KnownPerson.objects.filter(pk__in=merged)) if merged else {}
    told = {row[1]: row[1:4] for row in rows if row[1]}
    works = {key for (key,) in _working(timezone.localdate()).rows(told)}
    workers, gone = {}, {}
    for key, row in told.items():
        workers[key] = Person.from_db(DEFAULT_DB_ALIAS, ("id", "name", "is_active"), row)
        gone[key] = why_gone(workers[key], works=key in works)
    found = {}
    for child, worker, _, _, *asked in rows:
        key, received_at, state, transferred_from, had_plan_there, team = asked
        person = roots[child].pk if child in roots else child
        asked_of = (key, received_at, state, transferred_from, had_plan_there, team)
        found[key] = Held(*asked_of, workers.get(worker), person, gone.get(worker, ""))
    return found


_MERGED = ByKeys(
    # Asked apart: joined, PostgreSQL reads every person there is.
    lambda here: (
        KnownPerson.objects.filter(pk__in=here, merged_into__isnull=False)
        .order_by()
        .values_list("pk")
    )
)


@lru_cache(maxsize=2)
def _working(day: date) -> ByKeys:
    """Give the question which of some people work with cases on a day."""
    return ByKeys(
        lambda here: (
            Appointment.objects.in_force(day)
            .filter(person__in=here, role__in=WORKERS)
            .order_by()
            .values_list("person")
        )
    )


_PASSED_ON = ByKeys(
    lambda here: (
        PassedOn.objects.filter(person__in=here, read_at=None)
        .order_by("at", "pk")
        .values_list("pk", "person", "at")
    )
)


def why_gone(worker: Person, *, works: bool) -> str:
    """Say why whoever has a case no longer counts as its worker; empty where they do."""
    if not worker.is_active:
        return "its worker has left"
    return "" if works else "its worker no longer works with cases"


def things_in(referrals: QuerySet[Referral], now: datetime) -> list[Thing]:
    """Give what is to be done in open cases, in the order in which to do it."""
    return things_of(held_in(referrals), now)


def things_of(cases: Mapping[int, Held], now: datetime, work: "Work | None" = None) -> list[Thing]:
    """Give the same of cases that were read already, and of their `work` where that was."""
    open_work = work.that_is_open() if work else Work.of(cases)
    asked = _Asked(cases, open_work, now)
    found = [thing for each in _EACH for thing in each(asked)]
    found.sort(key=lambda each: each.order)
    return found


def children_of(things: Iterable[Thing]) -> dict[int, KnownPerson]:
    """Give the children of things of a page, by the key of the record that stands for each."""
    return KnownPerson.objects.in_bulk({each.case.person for each in things})


def teams_of(cases: Iterable[Held]) -> dict[int, Team]:
    """Give the teams of cases by key, by name."""
    return Team.objects.in_bulk({each.team for each in cases if each.team})


def counted(things: Iterable[Thing]) -> dict[str, int]:
    """Count things by how they stand."""
    found = dict.fromkeys(STANDINGS, 0)
    for each in things:
        found[each.standing] += 1
    return found


class _Asked:
    """Cases and their open records, asked of at one moment: there may be hundreds, so that what is the same
    for all is found once.
    """

    def __init__(self, cases: Mapping[int, Held], work: Work, now: datetime) -> None:
        self.cases, self.work, self.now = cases, work, now
        self.clock = the_clock()
        self._at = now.timestamp()

    def of(self, rows: Mapping[int, Sequence[Any]]) -> Iterator[tuple[Held, Any]]:
        """Give the records of a kind, each with its case."""
        return ((self.cases[key], row) for key, of_case in rows.items() for row in of_case)

    def standing(self, found: Deadline | None) -> str:
        """Say how something stands by its clock; where no rule held when it began it is due."""
        return found.standing_at(self._at, warned=True) if found else "due"

    def thing(
        self,
        case: Held,
        found: Deadline | None,
        what: str,
        page: str,
        key: int,
        more: str = "",
        stands: str = "",
    ) -> Thing:
        """Give one thing by its clock, which says how it stands where nothing else does; where no rule held
        when it began it is due, without a day.
        """
        said = "" if found else "no time limit was in force"
        stands = stands or self.standing(found)
        return Thing(case, what, stands, page, key, self.now, found, said, more)


def to_allocate(cases: Mapping[int, Held], now: datetime) -> list[Thing]:
    """Say of the open cases that nobody has, or whose worker no longer counts, that they are to be allocated.

    One that is to be closed waits for that, and is allocated where it is left open.
    """
    return list(_to_allocate(_Asked(cases, NOTHING, now)))


def _to_allocate(asked: _Asked) -> Iterator[Thing]:
    for case in asked.cases.values():
        if case.state == _OPEN and (case.worker is None or case.gone):
            found = asked.clock("ALLOC-24", case.received_at)
            yield asked.thing(case, found, "Allocate to a worker", "allocate", case.key, case.gone)


def _transfers(asked: _Asked) -> Iterator[Thing]:
    for case in asked.cases.values():
        if case.transferred_from and case.had_plan_there is None:
            found = asked.clock("TRANSFER-15", case.received_at)
            what = "Find out whether there was a plan in the other authority"
            yield asked.thing(case, found, what, "describe-case", case.key)


def _assessments(asked: _Asked) -> Iterator[Thing]:
    work = asked.work
    begun = work.assessments.keys() | work.plans.keys() | work.need_plans.keys()
    for key in asked.cases.keys() - begun:
        case = asked.cases[key]
        found = asked.clock("ASM-45", case.received_at)
        yield asked.thing(case, found, "Begin the assessment", "case", key)
    for key, rows in work.assessments.items():
        case = asked.cases[key]
        for place, each in enumerate(rows):
            if each.authorised_at is None:
                found = asked.clock("ASM-45", each.began_at if place else case.received_at)
                what = "Assessment, to be authorised" if each.submitted_at else "Assessment"
                yield asked.thing(case, found, what, "assessment", each.pk)


def _discussions(asked: _Asked) -> Iterator[Thing]:
    for case, each in asked.of(asked.work.discussions):
        found = asked.clock("STRAT", each.suspected_at)
        what = "Decide after the strategy discussion" if each.held_at else "Strategy discussion"
        yield asked.thing(case, found, what, "discussion", each.pk)


def _enquiries(asked: _Asked) -> Iterator[Thing]:
    for case, each in asked.of(asked.work.enquiries):
        if each.decided_at is None:
            found = asked.clock("S47-D5", each.began_at)
            what, told = "Decide whether a conference is needed", _alert(found, asked.now)
        else:
            found, told = asked.clock("S47-END", each.began_at), ""
            what = "Write the finding of the enquiry"
            if each.submitted_at is not None:
                what = "Finding of the enquiry, to be authorised"
        yield asked.thing(case, found, what, "enquiry", each.pk, told)


_CONFERENCES = {
    Conference.Kind.INITIAL.value: "Initial conference",
    Conference.Kind.REVIEW.value: "Review conference",
    Conference.Kind.TRANSFER.value: "Transfer-in conference",
}


def _conferences(asked: _Asked) -> Iterator[Thing]:
    for case, each in asked.of(asked.work.conferences):
        found = _clock_of(each, case, asked)
        more = "booked" if each.booked_for else "not booked yet"
        if each.booked_for and found and each.booked_for > found.due:
            more = "booked for a day after it is due"
        yield asked.thing(case, found, _CONFERENCES[each.kind], "conference", each.pk, more)


def _clock_of(conference: Any, case: Held, asked: _Asked) -> Deadline | None:
    if conference.kind == Conference.Kind.TRANSFER:
        return asked.clock("TRANSFER-15", case.received_at)
    found = []
    if conference.enquiry_began is not None:
        found.append(asked.clock("ICPC-15", conference.enquiry_began))
    for plan in asked.work.plans.get(case.key, ()):
        if plan.pk == conference.plan_id:
            last = plan.reviewed_at
            found.append(
                asked.clock("CPR-NEXT", last) if last else asked.clock("CPR-FIRST", plan.starts)
            )
    # A review brought forward by an enquiry is due by whichever comes first.
    return min(filter(None, found), key=lambda each: each.due, default=None)


def _core_groups(asked: _Asked) -> Iterator[Thing]:
    for case, each in asked.of(asked.work.core_groups):
        last = each.last_on
        found = asked.clock("CORE-NEXT", last) if last else asked.clock("CORE-10", each.plan_starts)
        yield asked.thing(case, found, "Core group", "hold-core-group", each.pk)


def _need_reviews(asked: _Asked) -> Iterator[Thing]:
    plans = {plan.pk: plan.reviewed_on for _, plan in asked.of(asked.work.need_plans)}
    for case, each in asked.of(asked.work.need_reviews):
        found = asked.clock("CINR", plans.get(each.plan_id) or each.plan_starts)
        what = "Review of the child in need plan"
        yield asked.thing(case, found, what, "hold-need-review", each.pk)


def _before_court(asked: _Asked) -> Iterator[Thing]:
    """Give what is to be done before and in care proceedings: letters, application, review, final order."""
    page, now = "pre-proceedings", asked.now
    for case, row in asked.of(asked.work.pre_proceedings):
        if row.outcome and not row.application_on:
            said = f"decided on {row.outcome_on:%-d %B %Y}"
            yield Thing(case, "Application to court", "due", page, row.pk, now, said=said)
        # Until the application is made the review is due, though it is decided that one is made.
        what = "Final order of the court" if row.application_on else "Review of pre-proceedings"
        found = clock_of_court(row, row.reviewed_on, row.extended_until)
        yield asked.thing(case, found, what, page, row.pk, _alert(found, now))
        # One that was sent before the decision may still be written up after it.
        if row.to_send or not (row.outcome or row.letter_on):
            said = f"decided on {row.decided_on:%-d %B %Y}"
            yield Thing(case, "Letter before proceedings", "due", page, row.pk, now, said=said)
        for meeting in row.to_come:
            yield _meeting(case, meeting, now)


def _meeting(case: Held, meeting: CourtMeeting, now: datetime) -> Thing:
    """Give a meeting or hearing that is booked; once it is over, what it agreed is to be recorded."""
    at, kind = meeting.booked_for or now, str(meeting.get_kind_display())
    if at < now:
        what, stands = f"Record what came of it: {kind.lower()}", "overdue"
    else:
        what, stands = kind, "near" if at - now <= SOON else "due"
    said = f"booked for {timezone.localtime(at):%-d %B %Y, %H:%M}"
    return Thing(case, what, stands, "court-meeting", meeting.pk, now, said=said, at=at)


def _visits(asked: _Asked) -> Iterator[Thing]:
    """Give the visits due, and whether the child was not seen who should have been.

    A visit at which the child was not seen stops no clock, and puts the child first.
    """
    work, page = asked.work, "record-visit"
    for key, case in asked.cases.items():
        seen = work.seen.get(key, NEVER)
        failed = "not seen at the last visit" if seen.last_failed else ""
        enquiries = work.enquiries.get(key)
        unseen = enquiries is not None and any(
            seen.last_seen is None or seen.last_seen < each.began_at for each in enquiries
        )
        if unseen:
            said = "not seen since the enquiry began"
            what, now = "See the child", asked.now
            yield Thing(case, what, "not seen", page, key, now, said=said, more=failed)
        plans, need_plans = work.plans.get(key, ()), work.need_plans.get(key, ())
        for plan in plans:
            last = seen.seen.get(_PROTECTION)
            yield _visit(asked, case, "CPV", last, plan.starts, failed)
        for plan in need_plans:
            last = seen.seen.get(_NEED)
            yield _visit(asked, case, "CINV", last, plan.starts, failed)
        if not (plans or need_plans or unseen) and case.state != _CLOSED:
            # Before a plan a visit of any pathway counts, from the beginning of the work.
            yield _visit(asked, case, "CINV", seen.last_seen, _day(case.received_at), failed)


def _visit(
    asked: _Asked, case: Held, code: str, last: datetime | None, starts: date, failed: str
) -> Thing:
    """Give the visit due by a clock: from when the child was `last` seen, or from when it `starts`."""
    # Being seen before the plan began, or under an earlier one, does not keep this clock.
    counts = last if last and _day(last) >= starts else None
    found = asked.clock(code, counts or starts)
    what = "Visit to see the child" if counts else "First visit to see the child"
    stands = asked.standing(found)
    stands = "not seen" if failed or stands == "overdue" else stands
    return asked.thing(case, found, what, "record-visit", case.key, failed, stands)


def _what_follows(asked: _Asked) -> Iterator[Thing]:
    """Say of an open case in which everything has ended that something must follow, or it closes."""
    work = asked.work
    busy = (
        work.discussions.keys() | work.enquiries.keys() | work.conferences.keys()
        | work.plans.keys() | work.need_plans.keys() | work.pre_proceedings.keys()
    )  # fmt: skip
    outcomes = dict(Assessment.Outcome.choices)
    for key, rows in work.assessments.items():
        case = asked.cases[key]
        if key in busy or case.state != _OPEN:
            continue
        if all(each.authorised_at is not None for each in rows):
            said = f"assessment: {outcomes.get(rows[-1].outcome, '').lower()}"
            what, now = "Begin what follows, or ask to close", asked.now
            yield Thing(case, what, "due", "case", key, now, said=said)


def _passed_on(asked: _Asked) -> Iterator[Thing]:
    """Give the contacts that the front door has passed on to open cases, and nobody there has read yet."""
    of: dict[int, list[Held]] = defaultdict(list)
    for case in asked.cases.values():
        if case.state != _CLOSED:
            of[case.person].append(case)
    for key, person, at in _PASSED_ON.rows(of):
        said = f"passed on {timezone.localtime(at):%-d %B %Y, %H:%M}"
        # Once records were merged a child may have two open cases: whoever has either is told.
        for case in of[person]:
            what = "New contact passed on"
            yield Thing(case, what, "due", "passed-on", key, asked.now, said=said)


_EACH: Sequence[Callable[[_Asked], Iterator[Thing]]] = (
    _to_allocate,
    _transfers,
    _assessments,
    _discussions,
    _enquiries,
    _conferences,
    _core_groups,
    _need_reviews,
    _before_court,
    _visits,
    _what_follows,
    _passed_on,
)
"""What may be to be done, in the order in which it is listed where it is due at the same time."""


def _alert(found: Deadline | None, now: datetime) -> str:
    return alert(found, now) if found else ""


def _day(moment: datetime) -> date:
    """Give the day of a moment, as the clocks do; there are thousands on a list."""
    return moment.astimezone(LONDON).date()
