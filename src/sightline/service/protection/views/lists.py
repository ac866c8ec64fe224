"""Lists: what is to be done, which cases there are, what waits for authorisation, who has how much."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from sightline.records.codes import codes
from sightline.service.accounts.gate import asker, policy
from sightline.service.accounts.keys import among
from sightline.service.accounts.models import Team
from sightline.service.accounts.pages import columns
from sightline.service.accounts.policies import (
    ALLOCATE,
    AUTHORISE_WORK,
    HOLD_CONFERENCES,
    WORK_CASES,
    WRITE_UP,
)
from sightline.service.audit.record import viewed_children
from sightline.service.children.models import KnownPerson
from sightline.service.protection.access import cases_of
from sightline.service.protection.models import (
    Assessment,
    ChildInNeedPlan,
    Conference,
    Enquiry,
    PreProceedings,
    ProtectionPlan,
    Referral,
    StrategyDiscussion,
)
from sightline.service.protection.queries import lists
from sightline.service.protection.queries.hidden import (
    hidden_unallocated,
    hidden_waits,
    hidden_work,
)
from sightline.service.protection.queries.to_authorise import waiting_for, waits_for
from sightline.service.protection.queries.worklist import (
    STANDINGS,
    Thing,
    cases_in,
    children_of,
    counted,
    held_in,
    held_of,
    teams_of,
    things_of,
)
from sightline.service.protection.views.parts import A_PAGE, top


@require_safe
@policy(WORK_CASES)
def your_work(request: HttpRequest) -> HttpResponse:
    """Show what is to be done, those not seen first; `whose=mine` narrows it, `team` and `show` too."""
    person, now = asker(request), timezone.now()
    manages = ALLOCATE.allows(person)
    mine = request.GET.get("whose") == "mine" or not manages
    held, hidden = held_of(person, WORK_CASES, mine=mine)
    teams = teams_of(held.values())
    by_team = len(teams) > 1 and not mine
    asked = request.GET.get("team") if by_team else None
    team = next((each for key, each in teams.items() if str(key) == asked), None)
    if team is not None:
        held = {key: each for key, each in held.items() if each.team == team.pk}
    found = things_of(held, now)
    counts = counted(found)
    show = request.GET.get("show", "")
    listed = [each for each in found if each.standing == show] if show in STANDINGS else found
    page = Paginator(listed, A_PAGE).get_page(request.GET.get("page"))
    children = children_of(page)
    viewed_children("your work", [children[each.case.person].number for each in page])
    return render(
        request,
        "protection/work.html",
        {
            "parts": top(request, "your-work"),
            "page": page,
            "rows": [_row(each, children, teams) for each in page],
            "whose": _whose(mine) if manages else [],
            "teams": _of_teams(teams.values(), team) if by_team else [],
            "counts": _shown(counts, len(found), show, request.GET.get("whose", ""), team),
            "hidden": hidden_work(person, hidden, mine=mine),
            # Whose it is goes without saying on one's own list.
            "whose_shown": not mine,
            "columns": columns(
                "Child", "What", "How it stands", "Due", *([] if mine else ["Whose"])
            ),
        },
    )


def _of_teams(teams: Iterable[Team], current: Team | None) -> list[dict[str, Any]]:
    every = {"text": "Every team", "href": "?", "current": current is None}
    return [
        every,
        *(
            {"text": each.name, "href": f"?team={each.pk}", "current": each == current}
            for each in teams
        ),
    ]


def _whose(mine: bool) -> list[dict[str, Any]]:
    return [
        {"text": "Everybody’s", "href": "?", "current": not mine},
        {"text": "Yours", "href": "?whose=mine", "current": mine},
    ]


def _shown(
    counts: dict[str, int], total: int, show: str, whose: str, team: Team | None
) -> list[dict[str, Any]]:
    kept = f"&team={team.pk}" if team else "&whose=mine" if whose == "mine" else ""
    rows = [("", "Everything", total)]
    rows += [(key, words, counts[key]) for key, words in STANDINGS.items()]
    return [
        {"text": words, "count": count, "href": f"?show={key}{kept}", "current": key == show}
        for key, words, count in rows
    ]


def _row(
    thing: Thing, children: Mapping[int, KnownPerson], teams: Mapping[int, Team]
) -> dict[str, Any]:
    return {
        "thing": thing,
        "child": children[thing.case.person],
        "team": teams.get(thing.case.team or 0),
        "href": _address(thing.page, thing.key),
        "case_href": _address("case", thing.case.key),
    }


@lru_cache(maxsize=10_000)
def _address(page: str, key: int) -> str:
    """Give where a thing is done; there are fifty on a page, and each is asked for again and again."""
    return reverse(page, args=[key])


@require_safe
@policy(WORK_CASES)
def cases(request: HttpRequest) -> HttpResponse:
    """List the open cases of somebody's remit, the latest first."""
    person = asker(request)
    referrals = cases_of(person, WORK_CASES)
    page = Paginator(
        referrals.order_by("-received_at", "pk").values_list("pk", flat=True), A_PAGE
    ).get_page(request.GET.get("page"))
    shown = _where_it_stands(Referral.objects.filter(pk__in=among(page)))
    rows = list(cases_in(shown).values())
    viewed_children("cases", [each.child.number for each in rows])
    return render(
        request,
        "protection/cases.html",
        {
            "parts": top(request, "cases"),
            "page": page,
            "rows": rows,
            "columns": columns("Child", "Since", "Team", "Worker", "Where it stands"),
        },
    )


def _where_it_stands(referrals: QuerySet[Referral]) -> QuerySet[Referral]:
    """Say of each case what is open in it; `assessed` where an assessment was authorised and none is open."""
    here = {"referral": OuterRef("pk")}
    return referrals.annotate(
        on_plan=Exists(ProtectionPlan.objects.filter(**here, ends=None)),
        in_need=Exists(ChildInNeedPlan.objects.filter(**here, ends=None)),
        enquired=Exists(Enquiry.objects.filter(**here, ended_at=None)),
        in_court=Exists(PreProceedings.objects.filter(**here, ended_on=None)),
        discussed=Exists(StrategyDiscussion.objects.filter(**here, decision="")),
        conferred=Exists(Conference.objects.filter(**here, held_at=None, cancelled_because="")),
        assessed=Exists(Assessment.objects.filter(**here))
        & ~Exists(Assessment.objects.filter(**here, authorised_at=None)),
    )


@require_safe
@policy(AUTHORISE_WORK)
def to_authorise(request: HttpRequest) -> HttpResponse:
    """List what waits for the authorisation of whoever asks."""
    person = asker(request)
    page = Paginator(waits_for(person), A_PAGE).get_page(request.GET.get("page"))
    found = waiting_for(person, timezone.now(), page)
    viewed_children("to be authorised", [each.case.child.number for each in found])
    return render(
        request,
        "protection/to_authorise.html",
        {
            "parts": top(request, "to-authorise"),
            "page": page,
            "rows": [
                {"each": each, "href": reverse(each.waits.page, args=[each.waits.key])}
                for each in found
            ],
            "unregistered": not person.registration,
            "hidden": hidden_waits(person),
            "columns": columns("Child", "What", "Since", "From", "How it stands"),
        },
    )


@require_safe
@policy(ALLOCATE)
def unallocated(request: HttpRequest) -> HttpResponse:
    """List the cases that nobody has, with how long they have waited."""
    person, now = asker(request), timezone.now()
    found, unread = lists.unallocated(person, now), lists.passed_to_nobody(person)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    children, teams = children_of(page), teams_of(each.case for each in page)
    told = [children[each.case.person] for each in page] + [each.row.person for each in unread]
    viewed_children("unallocated", [each.number for each in told])
    return render(
        request,
        "protection/unallocated.html",
        {
            "parts": top(request, "unallocated"),
            "page": page,
            "rows": [
                {**_row(each, children, teams), "hours": _hours(each.case.received_at, now)}
                for each in page
            ],
            "unread": unread,
            "unread_columns": columns("Child", "Contact", "Passed on", "Case closed", "Team"),
            "hidden": hidden_unallocated(person),
            "columns": [
                *columns("Child", "Received"),
                {"text": "Hours", "numeric": True},
                *columns("How it stands", "Team", "Allocate"),
            ],
        },
    )


def _hours(since: Any, now: Any) -> int:
    return int((now - since).total_seconds() // 3600)


@require_safe
@policy(ALLOCATE)
def caseloads(request: HttpRequest) -> HttpResponse:
    """Show how much each worker has, and which cases changed hands of late and why."""
    now, reasons = timezone.now(), codes("worker_change")
    cases = held_in(cases_of(asker(request), ALLOCATE))
    found = lists.caseloads(cases, now)
    changed = lists.changed_hands(cases, now)
    lists.named([each.referral for each in changed])
    viewed_children("caseloads", [each.referral.child.number for each in changed])
    heads = ("Cases", "On a plan", "In need plan", "Enquiries", "Visits not made", "Things overdue")
    return render(
        request,
        "protection/caseloads.html",
        {
            "parts": top(request, "caseloads"),
            "caseloads": found,
            "columns": [{"text": "Worker"}, *({"text": h, "numeric": True} for h in heads)],
            "changed": [
                (each, reasons.get(each.why_changed, each.why_changed)) for each in changed
            ],
            "changed_columns": columns("Child", "From", "When", "Why"),
        },
    )


_OF_CONFERENCES = {
    "book": ("Due by", "Team", "Agencies invited"),
    "booked": ("Due by", "When and where", "Chair", "Reports"),
    "minutes": ("Held", "Chair", "Minutes"),
    "off": ("Was booked for", "Agencies invited", "Why"),
}
"""What else is said of each conference on a list."""


@require_safe
@policy(WRITE_UP)
def conferences(request: HttpRequest) -> HttpResponse:
    """List conferences to be booked, booked (first for a chair), held without minutes sent, or called off."""
    first = "booked" if HOLD_CONFERENCES.allows(asker(request)) else "book"
    show = request.GET.get("show", first)
    show = show if show in lists.CONFERENCES else first
    found = lists.conferences(asker(request), show).values_list("pk", flat=True)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    rows = lists.conferences_told(list(page))
    lists.named([each.referral for each in rows])
    viewed_children("conferences", [each.referral.child.number for each in rows])
    return render(
        request,
        "protection/conferences.html",
        {
            "parts": top(request, "conferences"),
            "page": page,
            "rows": rows,
            "today": timezone.localdate(),
            "title": lists.CONFERENCES[show][0],
            "show": show,
            "shown": [
                {"text": name, "href": f"?show={key}", "current": key == show}
                for key, (name, _) in lists.CONFERENCES.items()
            ],
            "columns": columns("Child", "Which", *_OF_CONFERENCES[show]),
        },
    )
