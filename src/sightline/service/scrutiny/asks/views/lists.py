"""The list of requests, with those given to oneself first; its exports; matters outstanding."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sightline.service.accounts.gate import asker, policy
from sightline.service.accounts.models import Person
from sightline.service.accounts.pages import columns
from sightline.service.accounts.policies import (
    ANSWER_ASKS,
    KEEP_SCRUTINY,
    SEE_PRIVATE_PAPERS,
    SEE_SCRUTINY,
)
from sightline.service.audit.models import Verb
from sightline.service.audit.record import record
from sightline.service.scrutiny.asks import exporting, queries
from sightline.service.scrutiny.asks.forms import AskFilter
from sightline.service.scrutiny.asks.standing import standing
from sightline.service.scrutiny.asks.who import may_read
from sightline.service.scrutiny.models import Ask, Committee

A_PAGE = 25
_HEADS = ("Request", "What was asked", "Lead officer", "Due", "State", "How it stands")


@require_safe
@policy(SEE_SCRUTINY)
def requests(request: HttpRequest) -> HttpResponse:
    """List the requests a person may read of; those given to them stand first."""
    person, on = asker(request), timezone.localdate()
    form = AskFilter(request.GET or None)
    found = form.narrow(queries.asks_seen_by(person, on), person).order_by(
        F("made_on").desc(nulls_last=True), "committee__name", "reference", "pk"
    )
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    own = list(queries.given_to(person, on)[: A_PAGE + 1]) if ANSWER_ASKS.allows(person) else []
    narrowed = request.GET.copy()
    narrowed.pop("page", None)
    context = {
        "form": form,
        "page": page,
        "rows": [_row(ask, person) for ask in page],
        "own": [_row(ask, person) for ask in own[:A_PAGE]] if page.number == 1 else [],
        "more_own": len(own) > A_PAGE,
        "columns": columns(*_HEADS),
        "own_columns": columns("Request", "What was asked", "Due", "State", "How it stands"),
        "narrowed": narrowed.urlencode(),
        "may_keep": KEEP_SCRUTINY.allows(person),
        "person": person,
    }
    return render(request, "scrutiny/asks/requests.html", context)


def _row(ask: Ask, person: Person) -> dict[str, Any]:
    readable = may_read(person, ask)
    words = (ask.summary or ask.text) if readable else ask.public_summary
    return {
        "ask": ask,
        "words": words,
        "readable": readable,
        "standing": standing(ask, timezone.localdate()),
    }


@require_safe
@policy(SEE_SCRUTINY)
def requests_file(request: HttpRequest, kind: str) -> HttpResponse:
    """Give the requests the list shows as CSV or JSON; taking them is on record."""
    person, on = asker(request), timezone.localdate()
    found = AskFilter(request.GET or None).narrow(queries.asks_seen_by(person, on), person)
    rows = list(exporting.rows_of(found.order_by("committee__name", "reference", "pk"), person, on))
    record(Verb.EXPORT, "requests", kind, after={"rows": len(rows)})
    content = exporting.as_csv(rows) if kind == "csv" else exporting.as_json(rows, on)
    types = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
    response = HttpResponse(content, content_type=types[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="requests.{kind}"'
    return response


@require_safe
@policy(SEE_SCRUTINY)
def matters_outstanding(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the matters outstanding of a committee today, as the next agenda will have them."""
    committee = get_object_or_404(Committee, slug=slug)
    private = SEE_PRIVATE_PAPERS.allows(asker(request))
    found = queries.outstanding(committee, timezone.localdate(), private=private)
    context = {
        "committee": committee,
        "found": found,
        "parts": [
            ("Proposed for closure", "proposed", found.proposed),
            ("Answered since the last meeting", "replied", found.replied),
            ("Due or overdue", "due", found.due),
        ],
        "columns": columns("Request", "What was asked", "Due", "State", "How it stands"),
        "private": private,
    }
    return render(request, "scrutiny/asks/outstanding.html", context)
