"""What is to be done about missing and exploited children, those not returned first."""

from collections.abc import Iterable

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from sightline.service.accounts.gate import asker, policy
from sightline.service.accounts.pages import columns
from sightline.service.accounts.policies import RECORD_MISSING, SEE_MISSING, SEE_PROFILE
from sightline.service.audit.record import viewed_children
from sightline.service.missing.queries.interviews import interviews_lately
from sightline.service.missing.queries.worklist import KINDS, Thing, counted, hidden_now, things_for
from sightline.service.missing.views.parts import A_PAGE

_LIST = "missing and exploitation"


@require_safe
@policy(SEE_MISSING)
def missing(request: HttpRequest) -> HttpResponse:
    """Show what is to be done; `show` narrows it to one of `KINDS`."""
    person, now = asker(request), timezone.now()
    show = request.GET.get("show", "")
    with transaction.atomic():
        found = things_for(person, now)
        listed = [each for each in found if each.kind == show] if show in KINDS else found
        page = Paginator(listed, A_PAGE).get_page(request.GET.get("page"))
        _viewed(page)
    counts = counted(found)
    shown = [("", "Everything", len(found))]
    shown += [(key, words, counts[key]) for key, words in KINDS.items()]
    context = {
        "page": page,
        "rows": [{"thing": each, "href": reverse(each.page, args=[each.key])} for each in page],
        "counts": [
            {"text": words, "count": count, "href": f"?show={key}", "current": key == show}
            for key, words, count in shown
        ],
        "hidden": hidden_now(person),
        "interviews": interviews_lately(person, now).rows() if show == "interviews" else [],
        "interview_columns": columns("Returns of the last 90 days", "How many"),
        "may_record": RECORD_MISSING.allows(person),
        "may_see_profile": SEE_PROFILE.allows(person),
        "columns": columns("Child", "What", "How it stands", "Due", "Who works it"),
    }
    return render(request, "missing/work.html", context)


def _viewed(page: Iterable[Thing]) -> None:
    """Put on record whose names were shown; of a concern about nobody who is known, the contact."""
    children = [
        number for each in page for number in ([each.child.number] if each.child else each.matched)
    ]
    viewed_children(_LIST, children)
    unmatched = [each.contact for each in page if each.contact and not each.matched]
    viewed_children(_LIST, unmatched, what="contact")
