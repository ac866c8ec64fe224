"""Lists: what waits, what is late, what was routed, who disagrees; and whether like is treated alike."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sightline.service.accounts.gate import asker, policy
from sightline.service.accounts.pages import columns
from sightline.service.accounts.policies import SEE_FRONT_DOOR
from sightline.service.audit.record import viewed_children
from sightline.service.frontdoor.models import Contact
from sightline.service.frontdoor.queries import consistency as alike
from sightline.service.frontdoor.queries import lists
from sightline.service.frontdoor.seeds.reading import concern_name
from sightline.service.frontdoor.views.parts import A_PAGE, top

DAYS = ((30, "30 days"), (90, "90 days"), (365, "A year"))


@require_safe
@policy(SEE_FRONT_DOOR)
def front_door(request: HttpRequest) -> HttpResponse:
    """Show the queue, the most urgent first; `show` says which part of it."""
    show = request.GET.get("show", "open")
    show = show if show in lists.SHOWN else "open"
    now = timezone.now()
    found = lists.queue(asker(request), show, now)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    rows = [_row(contact, now) for contact in page]
    viewed_children("front door", _numbers(page))
    shown = [
        {"text": name, "href": f"?show={key}", "current": key == show}
        for key, (name, _) in lists.SHOWN.items()
    ]
    heads = ("Contact", "Priority", "Age", "Decide by", "Where it stands", "From", "Whose")
    return render(
        request,
        "frontdoor/queue.html",
        {
            **top(request, "front-door"),
            "page": page,
            "rows": rows,
            "shown": shown,
            "title": lists.SHOWN[show][0],
            "columns": columns(*heads),
        },
    )


def _row(contact: Contact, now: Any) -> dict[str, Any]:
    standing, words = lists.standing_of(contact, now)
    return {
        "contact": contact,
        "names": [child.name for child in contact.children.all()],
        "age": lists.age_words(contact.received_at, contact.closed_at or now),
        "standing": standing,
        "words": words,
        "concern": concern_name(contact.kind),
        "to_route": contact.is_to_route,
    }


def _numbers(contacts: Any) -> list[str]:
    return [
        child.person.number
        for contact in contacts
        for child in contact.children.all()
        if child.person
    ]


@require_safe
@policy(SEE_FRONT_DOOR)
def late_information(request: HttpRequest) -> HttpResponse:
    """List the questions that were not answered in time, and how many each agency answered in time."""
    now = timezone.now()
    person = asker(request)
    found = lists.late_answers(person, now)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    since = now - timedelta(days=30)
    by_agency = [
        (row["agency__name"], row["due"], row["in_time"], row["waiting"])
        for row in lists.answers_by_agency(person, since, now)
    ]
    heads = ("Agency", "Contact", "Asked", "Due", "Chased")
    return render(
        request,
        "frontdoor/late.html",
        {
            **top(request, "late-information"),
            "page": page,
            "by_agency": by_agency,
            "now": now,
            "columns": columns(*heads),
            "agency_columns": [
                {"text": "Agency"},
                {"text": "Due", "numeric": True},
                {"text": "Answered in time", "numeric": True},
                {"text": "Not answered yet", "numeric": True},
            ],
        },
    )


@require_safe
@policy(SEE_FRONT_DOOR)
def routed_concerns(request: HttpRequest) -> HttpResponse:
    """List concerns about missing and exploited children, those not routed first, with the time it took."""
    now = timezone.now()
    found = lists.concerns_routed(asker(request), now - timedelta(days=90))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "contact": contact,
            "names": [child.name for child in contact.children.all()],
            "took": lists.age_words(contact.waits_since, contact.routed_at or now),
        }
        for contact in page
    ]
    viewed_children("missing and exploitation", _numbers(page))
    return render(
        request,
        "frontdoor/routed.html",
        {
            **top(request, "routed-concerns"),
            "page": page,
            "rows": rows,
            "columns": columns("Contact", "What is feared", "Received", "Routed", "Time to route"),
        },
    )


@require_safe
@policy(SEE_FRONT_DOOR)
def disagreements(request: HttpRequest) -> HttpResponse:
    """List disagreements that nobody has settled, at the step to which they have come."""
    found = lists.unsettled(asker(request))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "frontdoor/disagreements.html",
        {
            **top(request, "disagreements"),
            "page": page,
            "columns": columns("Contact", "Raised", "By", "Step", "Answer"),
        },
    )


class ConsistencyFilter(forms.Form):
    """What the view of consistency is narrowed by."""

    mark_optional = False
    kind = forms.ChoiceField(label="Kind of concern", required=False)
    by = forms.ChoiceField(
        label="By", choices=[("decider", "Who decided"), ("agency", "Agency of the referrer")]
    )
    days = forms.TypedChoiceField(label="Decided in the last", choices=DAYS, coerce=int)


@require_safe
@policy(SEE_FRONT_DOOR)
def consistency(request: HttpRequest) -> HttpResponse:
    """Show, of one kind of concern, the different outcomes by decider or agency."""
    person, now = asker(request), timezone.now()
    asked = {"kind": "", "by": "decider", "days": "90", **request.GET.dict()}
    form = ConsistencyFilter(asked)
    days = int(asked["days"]) if asked["days"] in {str(n) for n, _ in DAYS} else 90
    since = now - timedelta(days=days)
    kinds = alike.kinds_decided(person, since)
    choose: Any = form.fields["kind"]
    choose.choices = [("", "All kinds"), *((code, f"{name} ({n})") for code, name, n in kinds)]
    rows: list[alike.Row] = []
    if form.is_valid():
        given = form.cleaned_data
        rows = alike.consistency(person, given["kind"], since, given["by"])
    used = [i for i in range(len(alike.OUTCOMES)) if any(row.outcomes[i] for row in rows)]
    return render(
        request,
        "frontdoor/consistency.html",
        {
            **top(request, "consistency"),
            "form": form,
            "rows": [(row, [row.outcomes[i] for i in used]) for row in rows],
            "columns": [
                {"text": "Who"},
                {"text": "Decisions", "numeric": True},
                {"text": "Met the threshold", "numeric": True},
                *({"text": alike.OUTCOMES[i][1], "numeric": True} for i in used),
            ],
            "levels": alike.levels_by_agency(person, since),
            "level_columns": [
                {"text": "Agency"},
                {"text": "With both levels", "numeric": True},
                {"text": "Put it higher", "numeric": True},
                {"text": "The same", "numeric": True},
                {"text": "Put it lower", "numeric": True},
            ],
        },
    )
