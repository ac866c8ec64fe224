"""What is to be done in cases, and by when: computed from the clocks, those not seen first."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from sightline.clocks.rules import LONDON, Deadline
from sightline.service.accounts.keys import ByKeys, among
from sightline.service.accounts.models import Appointment, Person
from sightline.service.children.models import KnownPerson
from sightline.service.children.queries import roots_of
from sightline.service.frontdoor.models import PassedOn
from sightline.service.protection.actions.allocating import WORKERS
from sightline.service.protection.clocks import alert, clock, clock_of_court, standing
from sightline.service.protection.models import (
    Allocation,
    Assessment,
    Conference,
    CourtMeeting,
    Referral,
    Visit,
)
from sightline.service.protection.queries.work import NEVER, Work

STANDINGS = {"not seen": "Not seen", "overdue": "Overdue", "near": "Soon due", "due": "Due"}
"""How something stands, what comes first at the top; with the words for it."""
SOON = timedelta(days=7)
"""For how long ahead a meeting that is booked is near."""
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
    asked = ("pk", "received_at", "state", "transferred_from", "had_plan_there", "team_id")
    rows = list(referrals.order_by().values_list(*asked, "child_id"))
    workers, gone = _workers(row[0] for row in rows)
    merged = [key for (key,) in _MERGED.rows(row[-1] for row in rows)]
    roots = roots_of(KnownPerson.objects.filter(pk__in=merged)) if merged else {}
    found = {}
    for key, received_at, state, transferred_from, had_plan_there, team, child in rows:
        person = roots[child].pk if child in roots else child
        worker = workers.get(key)
        asked_of = (key, received_at, state, transferred_from, had_plan_there, team)
        found[key] = Held(*asked_of, worker, person, gone.get(worker.pk, "") if worker else "")
    return found


_MERGED = ByKeys(
    # Asked apart: joined, PostgreSQL reads every person there is.
    lambda here: (
        KnownPerson.objects.filter(pk__in=here, merged_into__isnull=False)
        .order_by()
        .values_list("pk")
    )
)
_WORKERS = ByKeys(
    lambda here: (
        Allocation.objects.filter(referral__in=here, ends_at=None)
        .order_by()
        .values_list("referral", "worker")
    )
)
_PASSED_ON = ByKeys(
    lambda here: (
        PassedOn.objects.filter(person__in=here, read_at=None)
        .order_by("at", "pk")
        .values_list("pk", "person", "at")
    )
)


def _workers(keys: Iterable[int]) -> tuple[dict[int, Person], dict[int, str]]:
    """Give who has each case now; and by the key of the person, why one of them no longer counts."""
    held: dict[int, int] = dict(_WORKERS.rows(keys))  # type: ignore[arg-type]  # of two columns each
    works = Appointment.objects.in_force().filter(person=OuterRef("pk"), role__in=WORKERS)
    people = Person.objects.only("name", "is_active").annotate(works=Exists(works))
    found = people.in_bulk(set(held.values()))
    gone = {key: why_gone(each, works=each.works) for key, each in found.items()}
    return {referral: found[worker] for referral, worker in held.items()}, gone


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
    found = [thing for case in cases.values() for thing in _of_case(case, open_work, now)]
    found += _passed_on(cases.values(), now)
    found.sort(key=lambda each: each.order)
    return found


def _passed_on(cases: Iterable[Held], now: datetime) -> Iterator[Thing]:
    """Give the contacts that the front door has passed on to open cases, and nobody there has read yet."""
    of: dict[int, list[Held]] = defaultdict(list)
    for case in cases:
        if case.state != Referral.State.CLOSED:
            of[case.person].append(case)
    for key, person, at in _PASSED_ON.rows(of):
        said = f"passed on {timezone.localtime(at):%-d %B %Y, %H:%M}"
        # Once records were merged a child may have two open cases: whoever has either is told.
        for case in of[person]:
            what = "New contact passed on"
            yield Thing(case, what, "due", "passed-on", key, now, said=said)


def cases_of_things(things: Iterable[Thing]) -> dict[int, InCase]:
    """Give the cases in which things of a page are to be done, with their children, by key."""
    workers = {each.case.key: each.case.worker for each in things}
    return cases_in(Referral.objects.filter(pk__in=among(workers)), workers)


def counted(things: Iterable[Thing]) -> dict[str, int]:
    """Count things by how they stand."""
    found = dict.fromkeys(STANDINGS, 0)
    for each in things:
        found[each.standing] += 1
    return found


def _of_case(case: Held, work: Work, now: datetime) -> Iterator[Thing]:
    key = case.key
    yield from to_allocate(case, now)
    if case.transferred_from and case.had_plan_there is None:
        found = clock("TRANSFER-15", case.received_at)
        what = "Find out whether there was a plan in the other authority"
        yield _thing(case, found, now, what, "describe-case", key)
    yield from _assessments(case, work, now)
    for discussion in work.discussions.get(key, ()):
        found = clock("STRAT", discussion.suspected_at)
        what = (
            "Decide after the strategy discussion" if discussion.held_at else "Strategy discussion"
        )
        yield _thing(case, found, now, what, "discussion", discussion.pk)
    for enquiry in work.enquiries.get(key, ()):
        if enquiry.decided_at is None:
            found = clock("S47-D5", enquiry.began_at)
            told = alert(found, now) if found else ""
            yield _thing(
                case,
                found,
                now,
                "Decide whether a conference is needed",
                "enquiry",
                enquiry.pk,
                told,
            )
        else:
            handed_in = enquiry.submitted_at is not None
            what = (
                "Finding of the enquiry, to be authorised"
                if handed_in
                else "Write the finding of the enquiry"
            )
            found = clock("S47-END", enquiry.began_at)
            yield _thing(case, found, now, what, "enquiry", enquiry.pk)
    yield from _conferences(case, work, now)
    for group in work.core_groups.get(key, ()):
        last = group.last_on
        found = clock("CORE-NEXT", last) if last else clock("CORE-10", group.plan_starts)
        yield _thing(case, found, now, "Core group", "hold-core-group", group.pk)
    reviewed = {plan.pk: plan.reviewed_on for plan in work.need_plans.get(key, ())}
    for review in work.need_reviews.get(key, ()):
        found = clock("CINR", reviewed.get(review.plan_id) or review.plan_starts)
        what = "Review of the child in need plan"
        yield _thing(case, found, now, what, "hold-need-review", review.pk)
    for row in work.pre_proceedings.get(key, ()):
        yield from _before_court(case, row, now)
    yield from _visits(case, work, now)
    yield from _what_follows(case, work, now)


def to_allocate(case: Held, now: datetime) -> Iterator[Thing]:
    """Say of an open case that nobody has, or whose worker no longer counts, that it is to be allocated.

    One that is to be closed waits for that, and is allocated where it is left open.
    """
    if case.state == Referral.State.OPEN and (case.worker is None or case.gone):
        found = clock("ALLOC-24", case.received_at)
        yield _thing(case, found, now, "Allocate to a worker", "allocate", case.key, case.gone)


def _what_follows(case: Held, work: Work, now: datetime) -> Iterator[Thing]:
    """Say of an open case in which everything has ended that something must follow, or it closes."""
    key = case.key
    assessments = work.assessments.get(key)
    if not assessments or case.state != Referral.State.OPEN:
        return
    parts = (
        *(work.discussions, work.enquiries, work.conferences),
        *(work.plans, work.need_plans, work.pre_proceedings),
    )
    is_open = any(part.get(key) for part in parts) or any(
        each.authorised_at is None for each in assessments
    )
    if not is_open:
        outcome = dict(Assessment.Outcome.choices).get(assessments[-1].outcome, "")
        said, what = f"assessment: {outcome.lower()}", "Begin what follows, or ask to close"
        yield Thing(case, what, "due", "case", key, now, said=said)


def _before_court(case: Held, row: Any, now: datetime) -> Iterator[Thing]:
    """Give what is to be done before and in care proceedings: letters, application, review, final order."""
    page = "pre-proceedings"
    if row.outcome and not row.application_on:
        said = f"decided on {row.outcome_on:%-d %B %Y}"
        yield Thing(case, "Application to court", "due", page, row.pk, now, said=said)
    # Until the application is made the review is due, though it is decided that one is made.
    what = "Final order of the court" if row.application_on else "Review of pre-proceedings"
    found = clock_of_court(row, row.reviewed_on, row.extended_until)
    told = alert(found, now) if found else ""
    yield _thing(case, found, now, what, page, row.pk, told)
    if not row.outcome and (row.to_send or not row.letter_on):
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


def _thing(
    case: Held,
    found: Deadline | None,
    now: datetime,
    what: str,
    page: str,
    key: int,
    more: str = "",
    stands: str = "",
) -> Thing:
    """Give one thing by its clock, which says how it stands where nothing else does; where no rule held
    when it began it is due, without a day.
    """
    if found is None:
        said = "no time limit was in force"
        return Thing(case, what, stands or "due", page, key, now, None, said, more)
    return Thing(case, what, stands or standing(found, now), page, key, now, found, "", more)


def _assessments(case: Held, work: Work, now: datetime) -> Iterator[Thing]:
    key = case.key
    rows = work.assessments.get(key, [])
    from_referral = clock("ASM-45", case.received_at)
    if not rows and not work.plans.get(key) and not work.need_plans.get(key):
        yield _thing(case, from_referral, now, "Begin the assessment", "case", key)
    for place, each in enumerate(rows):
        if each.authorised_at is None:
            found = clock("ASM-45", each.began_at) if place else from_referral
            what = "Assessment, to be authorised" if each.submitted_at else "Assessment"
            yield _thing(case, found, now, what, "assessment", each.pk)


_CONFERENCES = {
    Conference.Kind.INITIAL: "Initial conference",
    Conference.Kind.REVIEW: "Review conference",
    Conference.Kind.TRANSFER: "Transfer-in conference",
}


def _conferences(case: Held, work: Work, now: datetime) -> Iterator[Thing]:
    plans = {plan.pk: plan for plan in work.plans.get(case.key, ())}
    for each in work.conferences.get(case.key, ()):
        found = _clock_of(each, plans, case)
        more = "booked" if each.booked_for else "not booked yet"
        if each.booked_for and found and each.booked_for > found.due:
            more = "booked for a day after it is due"
        what = _CONFERENCES[Conference.Kind(each.kind)]
        yield _thing(case, found, now, what, "conference", each.pk, more)


def _clock_of(conference: Any, plans: Mapping[int, Any], case: Held) -> Deadline | None:
    if conference.kind == Conference.Kind.TRANSFER:
        return clock("TRANSFER-15", case.received_at)
    found = []
    if conference.enquiry_began is not None:
        found.append(clock("ICPC-15", conference.enquiry_began))
    if plan := plans.get(conference.plan_id or 0):
        last = plan.reviewed_at
        found.append(clock("CPR-NEXT", last) if last else clock("CPR-FIRST", plan.starts))
    # A review brought forward by an enquiry is due by whichever comes first.
    return min(filter(None, found), key=lambda each: each.due, default=None)


def _visits(case: Held, work: Work, now: datetime) -> Iterator[Thing]:
    """Give the visits due, and whether the child was not seen who should have been.

    A visit at which the child was not seen stops no clock, and puts the child first.
    """
    key = case.key
    seen = work.seen.get(key, NEVER)
    failed = "not seen at the last visit" if seen.last_failed else ""
    unseen = any(
        seen.last_seen is None or seen.last_seen < each.began_at
        for each in work.enquiries.get(key, ())
    )
    if unseen:
        said = "not seen since the enquiry began"
        yield Thing(
            case, "See the child", "not seen", "record-visit", key, now, said=said, more=failed
        )
    clocks: list[tuple[str, str, date]] = [
        ("CPV", Visit.Pathway.PROTECTION, plan.starts) for plan in work.plans.get(key, ())
    ]
    clocks += [("CINV", Visit.Pathway.NEED, plan.starts) for plan in work.need_plans.get(key, ())]
    if not clocks and not unseen and case.state != Referral.State.CLOSED:
        # Before a plan a visit of any pathway counts, from the beginning of the work.
        clocks = [("CINV", "", _day(case.received_at))]
    for code, pathway, starts in clocks:
        last = seen.seen.get(pathway) if pathway else seen.last_seen
        # Being seen before the plan began, or under an earlier one, does not keep this clock.
        counts = last if last and _day(last) >= starts else None
        found = clock(code, counts or starts)
        what = "Visit to see the child" if counts else "First visit to see the child"
        stands = standing(found, now) if found else "due"
        stands = "not seen" if failed or stands == "overdue" else stands
        yield _thing(case, found, now, what, "record-visit", key, failed, stands)


def _day(moment: datetime) -> date:
    """Give the day of a moment, as the clocks do; there are thousands on a list."""
    return moment.astimezone(LONDON).date()
