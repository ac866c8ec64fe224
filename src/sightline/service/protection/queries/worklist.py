"""What is to be done in cases, and by when: computed from the clocks, those not seen first.

`Work` holds the records of all cases asked for, each kind read once, however many they are; `things_in` says
what is to be done in them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Model, Q, QuerySet
from django.utils import timezone

from sightline.clocks.rules import Deadline
from sightline.service.accounts.models import Person
from sightline.service.children.models import KnownPerson
from sightline.service.children.queries import roots_of
from sightline.service.frontdoor.models import PassedOn
from sightline.service.protection.clocks import alert, clock, standing
from sightline.service.protection.models import (
    Allocation,
    Assessment,
    ChildInNeedPlan,
    Conference,
    CoreGroup,
    CourtMeeting,
    Enquiry,
    NeedReview,
    PreProceedings,
    ProtectionPlan,
    Referral,
    StrategyDiscussion,
    Visit,
)

STANDINGS = {"not seen": "Not seen", "overdue": "Overdue", "near": "Soon due", "due": "Due"}
"""How something stands, what comes first at the top; with the words for it."""
_RANK = {name: place for place, name in enumerate(STANDINGS)}


@dataclass(frozen=True)
class InCase:
    """A case as it stands on a list: its child's record, and who has it."""

    referral: Referral
    child: KnownPerson
    worker: Person | None


@dataclass(frozen=True)
class Thing:
    """Something to be done in a case, by when; `page` and `key` are where it is done.

    `due` is None for a child who was not seen where no clock says by when; `more` says what else is known.
    """

    case: InCase
    what: str
    standing: str
    words: str
    page: str
    key: int
    due: datetime | None = None
    more: str = ""

    @property
    def standing_words(self) -> str:
        """How it stands, in words."""
        return STANDINGS[self.standing]

    @property
    def order(self) -> tuple[int, float, int]:
        """What sorts it: how it stands, then what is due first."""
        due = self.due.timestamp() if self.due else 0
        return (_RANK[self.standing], due, self.case.referral.pk)


def cases_in(referrals: QuerySet[Referral]) -> dict[int, InCase]:
    """Give cases by key, with the record that stands for each child now, and who has each."""
    rows = list(referrals.select_related("child", "team", "locality"))
    if not rows:
        return {}
    workers = {
        each.referral_id: each.worker
        for each in Allocation.objects.filter(
            referral__in=referrals.values("pk"), ends_at=None
        ).select_related("worker")
    }
    children = roots_of(row.child for row in rows)
    return {row.pk: InCase(row, children[row.child_id], workers.get(row.pk)) for row in rows}


def things_in(
    referrals: QuerySet[Referral],
    now: datetime,
    cases: Mapping[int, InCase] | None = None,
    work: "Work | None" = None,
) -> list[Thing]:
    """Give what is to be done in open cases, in the order in which to do it.

    `cases` and `work` are of these referrals, where they were read already.
    """
    cases = cases if cases is not None else cases_in(referrals)
    open_work = (work or Work.of(referrals)).that_is_open()
    found = [thing for case in cases.values() for thing in _of_case(case, open_work, now)]
    found += _passed_on(cases.values())
    return sorted(found, key=lambda each: each.order)


def _passed_on(cases: Iterable[InCase]) -> Iterator[Thing]:
    """Give the contacts that the front door has passed on to open cases, and nobody there has read yet."""
    of = {case.child.pk: case for case in cases if case.referral.state != Referral.State.CLOSED}
    for each in PassedOn.objects.filter(person__in=of, read_at=None):
        words = f"passed on {timezone.localtime(each.at):%-d %B %Y, %H:%M}"
        yield Thing(of[each.person_id], "New contact passed on", "due", words, "passed-on", each.pk)


def counted(things: Iterable[Thing]) -> dict[str, int]:
    """Count things by how they stand."""
    found = dict.fromkeys(STANDINGS, 0)
    for each in things:
        found[each.standing] += 1
    return found


@dataclass
class _Seen:
    """When the child was last seen, and last visited at all, under each pathway and under any."""

    seen: dict[str, datetime] = field(default_factory=dict)
    visited: dict[str, datetime] = field(default_factory=dict)

    def last_seen(self) -> datetime | None:
        return max(self.seen.values(), default=None)

    def last_failed(self) -> bool:
        """Whether at the last visit of all the child was not seen."""
        last, seen = max(self.visited.values(), default=None), self.last_seen()
        return last is not None and (seen is None or last > seen)


_OPEN: Mapping[type[Model], Mapping[str, object]] = {
    StrategyDiscussion: {"decision": ""},
    Enquiry: {"ended_at": None},
    Conference: {"held_at": None, "cancelled_because": ""},
    ProtectionPlan: {"ends": None},
    CoreGroup: {"held_on": None, "plan__ends": None},
    ChildInNeedPlan: {"ends": None},
    NeedReview: {"held_on": None, "plan__ends": None},
    PreProceedings: {"ended_on": None},
}
"""What is so of a record in which something is still to be done; of other kinds every record counts."""


@dataclass(frozen=True)
class Work:
    """The records of cases, each kind by the key of its case."""

    assessments: Mapping[int, list[Assessment]]
    discussions: Mapping[int, list[StrategyDiscussion]]
    enquiries: Mapping[int, list[Enquiry]]
    conferences: Mapping[int, list[Conference]]
    plans: Mapping[int, list[Any]]
    core_groups: Mapping[int, list[Any]]
    need_plans: Mapping[int, list[Any]]
    need_reviews: Mapping[int, list[NeedReview]]
    pre_proceedings: Mapping[int, list[Any]]
    seen: Mapping[int, "_Seen"]

    @classmethod
    def of(cls, referrals: QuerySet[Referral], *, whole: bool = False) -> "Work":
        """Read the records of cases in which something is to be done; with `whole` all of them."""
        keys = referrals.values("pk")

        def rows(model: type[Model], of: str = "referral") -> QuerySet[Any]:
            found = model._default_manager.filter(**{f"{of}__in": keys})
            return found if whole else found.filter(**_OPEN.get(model, {}))

        of = "plan__referral"
        plans = rows(ProtectionPlan).annotate(reviewed_at=Max("reviews__held_at"))
        need_plans = rows(ChildInNeedPlan).annotate(reviewed_on=Max("reviews__held_on"))
        groups = rows(CoreGroup, of).annotate(last_on=Max("plan__core_groups__held_on"))
        reviewed = Max("meetings__held_on", filter=Q(meetings__kind=CourtMeeting.Kind.REVIEW))
        return cls(
            assessments=_by(rows(Assessment).defer(*_LONG).order_by("pk")),
            discussions=_by(rows(StrategyDiscussion)),
            enquiries=_by(rows(Enquiry)),
            conferences=_by(rows(Conference).select_related("enquiry")),
            plans=_by(plans),
            core_groups=_by(groups.select_related("plan"), "plan"),
            need_plans=_by(need_plans),
            need_reviews=_by(rows(NeedReview, of).select_related("plan"), "plan"),
            pre_proceedings=_by(rows(PreProceedings).annotate(reviewed_on=reviewed)),
            seen=_seen(Q(referral__in=keys)),
        )

    def that_is_open(self) -> "Work":
        """Give the records in which something is still to be done."""
        kinds: dict[str, Any] = {
            each.name: {
                key: [row for row in rows if _is_open(row)]
                for key, rows in getattr(self, each.name).items()
            }
            for each in fields(self)
            if each.name != "seen"
        }
        return replace(self, **kinds)


def _is_open(row: Model) -> bool:
    return all(_along(row, path) == value for path, value in _OPEN.get(type(row), {}).items())


def _along(row: Any, path: str) -> object:
    for name in path.split("__"):
        row = getattr(row, name)
    found: object = row
    return found


_LONG = ("child_view", "parent_view", "judgement", "returned_because", "authorised_because")


def _by(rows: Iterable[Any], through: str = "") -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[(getattr(row, through) if through else row).referral_id].append(row)
    return found


def _seen(of: Q) -> dict[int, _Seen]:
    found: dict[int, _Seen] = defaultdict(_Seen)
    rows = (
        Visit.objects.filter(of)
        .order_by()
        .values("referral", "pathway")
        .annotate(visited=Max("made_at"), last_seen=Max("made_at", filter=Q(seen=True)))
    )
    for row in rows:
        each = found[row["referral"]]
        each.visited[row["pathway"]] = row["visited"]
        if row["last_seen"]:
            each.seen[row["pathway"]] = row["last_seen"]
    return found


def _of_case(case: InCase, work: Work, now: datetime) -> Iterator[Thing]:
    key = case.referral.pk
    if case.worker is None or not case.worker.is_active:
        found, left = clock("ALLOC-24", case.referral.received_at), "its worker has left"
        told = left if case.worker else ""
        yield from _thing(case, found, now, "Allocate to a worker", "allocate", key, told)
    if case.referral.transferred_from and case.referral.had_plan_there is None:
        found = clock("TRANSFER-15", case.referral.received_at)
        what = "Find out whether there was a plan in the other authority"
        yield from _thing(case, found, now, what, "describe-case", key)
    yield from _assessments(case, work, now)
    for discussion in work.discussions.get(key, ()):
        found = clock("STRAT", discussion.suspected_at)
        what = (
            "Decide after the strategy discussion" if discussion.held_at else "Strategy discussion"
        )
        yield from _thing(case, found, now, what, "discussion", discussion.pk)
    for enquiry in work.enquiries.get(key, ()):
        if enquiry.decided_at is None:
            found = clock("S47-D5", enquiry.began_at)
            told = alert(found, now) if found else ""
            yield from _thing(
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
            what = "Authorise the finding" if handed_in else "Write the finding of the enquiry"
            found = clock("S47-END", enquiry.began_at)
            yield from _thing(case, found, now, what, "enquiry", enquiry.pk)
    yield from _conferences(case, work, now)
    for group in work.core_groups.get(key, ()):
        last = group.last_on
        found = clock("CORE-NEXT", last) if last else clock("CORE-10", group.plan.starts)
        yield from _thing(case, found, now, "Core group", "hold-core-group", group.pk)
    reviewed = {plan.pk: plan.reviewed_on for plan in work.need_plans.get(key, ())}
    for review in work.need_reviews.get(key, ()):
        found = clock("CINR", reviewed.get(review.plan_id) or review.plan.starts)
        what = "Review of the child in need plan"
        yield from _thing(case, found, now, what, "hold-need-review", review.pk)
    for row in work.pre_proceedings.get(key, ()):
        yield from _before_court(case, row, now)
    yield from _visits(case, work, now)
    yield from _what_follows(case, work)


def _what_follows(case: InCase, work: Work) -> Iterator[Thing]:
    """Say of an open case in which everything has ended that something must follow, or it closes."""
    key = case.referral.pk
    assessments = work.assessments.get(key, ())
    parts = (
        *(work.discussions, work.enquiries, work.conferences),
        *(work.plans, work.need_plans, work.pre_proceedings),
    )
    is_open = any(part.get(key) for part in parts) or any(
        each.authorised_at is None for each in assessments
    )
    if case.referral.state == Referral.State.OPEN and assessments and not is_open:
        said = f"assessment: {assessments[-1].get_outcome_display().lower()}"
        yield Thing(case, "Begin what follows, or ask to close", "due", said, "case", key)


def _before_court(case: InCase, row: Any, now: datetime) -> Iterator[Thing]:
    """Give what is to be done before and in care proceedings: the letter, the review, the final order."""
    if row.application_on:
        found, what = clock("PLO-26", row.application_on), "Final order of the court"
    else:
        found = clock("PLO-16", row.reviewed_on or row.decided_on)
        what = "Review of pre-proceedings"
        if not row.letter_on:
            words = f"decided on {row.decided_on:%-d %B %Y}"
            yield Thing(case, "Letter before proceedings", "due", words, "pre-proceedings", row.pk)
    told = alert(found, now) if found else ""
    yield from _thing(case, found, now, what, "pre-proceedings", row.pk, told)


def _thing(
    case: InCase,
    found: Deadline | None,
    now: datetime,
    what: str,
    page: str,
    key: int,
    more: str = "",
) -> Iterator[Thing]:
    """Give one thing by its clock; where no rule held when it began it is due, without a day."""
    if found is None:
        yield Thing(case, what, "due", "no time limit was in force", page, key, more=more)
        return
    yield Thing(case, what, standing(found, now), found.left(now), page, key, found.due, more)


def _assessments(case: InCase, work: Work, now: datetime) -> Iterator[Thing]:
    key = case.referral.pk
    rows = work.assessments.get(key, [])
    from_referral = clock("ASM-45", case.referral.received_at)
    if not rows and not work.plans.get(key) and not work.need_plans.get(key):
        yield from _thing(case, from_referral, now, "Begin the assessment", "case", key)
    for place, each in enumerate(rows):
        if each.authorised_at is None:
            found = clock("ASM-45", each.began_at) if place else from_referral
            what = "Authorise the assessment" if each.submitted_at else "Assessment"
            yield from _thing(case, found, now, what, "assessment", each.pk)


_CONFERENCES = {
    Conference.Kind.INITIAL: "Initial conference",
    Conference.Kind.REVIEW: "Review conference",
    Conference.Kind.TRANSFER: "Transfer-in conference",
}


def _conferences(case: InCase, work: Work, now: datetime) -> Iterator[Thing]:
    plans = {plan.pk: plan for plan in work.plans.get(case.referral.pk, ())}
    for each in work.conferences.get(case.referral.pk, ()):
        found = _clock_of(each, plans, case.referral)
        more = "booked" if each.booked_for else "not booked yet"
        if each.booked_for and found and each.booked_for > found.due:
            more = "booked for a day after it is due"
        what = _CONFERENCES[Conference.Kind(each.kind)]
        yield from _thing(case, found, now, what, "conference", each.pk, more)


def _clock_of(
    conference: Conference, plans: Mapping[int, Any], referral: Referral
) -> Deadline | None:
    if conference.kind == Conference.Kind.TRANSFER:
        return clock("TRANSFER-15", referral.received_at)
    found = []
    if conference.enquiry is not None:
        found.append(clock("ICPC-15", conference.enquiry.began_at))
    if plan := plans.get(conference.plan_id or 0):
        last = plan.reviewed_at
        found.append(clock("CPR-NEXT", last) if last else clock("CPR-FIRST", plan.starts))
    # A review brought forward by an enquiry is due by whichever comes first.
    return min(filter(None, found), key=lambda each: each.due, default=None)


def _visits(case: InCase, work: Work, now: datetime) -> Iterator[Thing]:
    """Give the visits due, and whether the child was not seen who should have been.

    A visit at which the child was not seen stops no clock, and puts the child first.
    """
    key = case.referral.pk
    seen = work.seen.get(key) or _Seen()
    failed = "not seen at the last visit" if seen.last_failed() else ""
    unseen = any(
        (last := seen.last_seen()) is None or last < each.began_at
        for each in work.enquiries.get(key, ())
    )
    if unseen:
        words = "not seen since the enquiry began"
        yield Thing(case, "See the child", "not seen", words, "record-visit", key, more=failed)
    clocks: list[tuple[str, str, date]] = [
        ("CPV", Visit.Pathway.PROTECTION, plan.starts) for plan in work.plans.get(key, ())
    ]
    clocks += [("CINV", Visit.Pathway.NEED, plan.starts) for plan in work.need_plans.get(key, ())]
    if not clocks and not unseen and case.referral.state != Referral.State.CLOSED:
        # Before a plan a visit of any pathway counts, from the beginning of the work.
        clocks = [("CINV", "", timezone.localdate(case.referral.received_at))]
    for code, pathway, starts in clocks:
        last = seen.seen.get(pathway) if pathway else seen.last_seen()
        # Being seen before the plan began, or under an earlier one, does not keep this clock.
        counts = last if last and timezone.localdate(last) >= starts else None
        found = clock(code, counts or starts)
        what = "Visit to see the child" if counts else "First visit to see the child"
        for each in _thing(case, found, now, what, "record-visit", key, failed):
            yield _not_seen(each) if failed or each.standing == "overdue" else each


def _not_seen(thing: Thing) -> Thing:
    return Thing(
        thing.case,
        thing.what,
        "not seen",
        thing.words,
        thing.page,
        thing.key,
        thing.due,
        thing.more,
    )
