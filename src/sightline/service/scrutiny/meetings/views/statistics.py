"""Pages that count: attendance, the six-month rule, minute numbers and what is missing among them."""

from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sightline.clocks.months import add_months
from sightline.service.accounts.gate import policy
from sightline.service.accounts.pages import columns
from sightline.service.accounts.policies import KEEP_SCRUTINY, SEE_SCRUTINY
from sightline.service.scrutiny.meetings import law, numbers, statistics
from sightline.service.scrutiny.meetings.forms import YearForm
from sightline.service.scrutiny.meetings.views.parts import A_PAGE, committee_pages, keeps
from sightline.service.scrutiny.models import Committee

_COUNTS = ("Expected", "Present", "Remote", "Apology", "Absent", "Not recorded", "As substitute")


@require_safe
@policy(SEE_SCRUTINY)
def committee_attendance(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the attendance of a committee, the last year unless other days are asked for."""
    found = get_object_or_404(Committee, slug=slug)
    today = timezone.localdate()
    form = YearForm(statistics.years_of(found, today), request.GET)
    year = form.cleaned_data["year"] if form.is_valid() else None
    asked = {
        "first": date(year, 5, 1) if year else add_months(today, -12),
        "last": date(year + 1, 4, 30) if year else today,
    }
    counted = statistics.statistics(
        found, asked["first"], asked["last"], with_drafts=keeps(request, found)
    )
    context = {
        "committee": found,
        "pages": committee_pages(found, "committee-attendance"),
        "form": form,
        "asked": asked,
        "counted": counted,
        "definition": statistics.DEFINITION,
        "keeps": keeps(request, found),
        "columns": [
            {"text": "Member"},
            *({"text": text, "numeric": True} for text in (*_COUNTS, "Present or remote")),
        ],
    }
    return render(request, "scrutiny/meetings/committee_attendance.html", context)


@require_safe
@policy(KEEP_SCRUTINY)
def six_months(request: HttpRequest) -> HttpResponse:
    """Show where each councillor stands against the six-month rule, by what is known here."""
    clocks = statistics.six_months(timezone.localdate())
    context = {
        "page": Paginator(clocks, A_PAGE).get_page(request.GET.get("page")),
        "columns": columns("Councillor", "Last attendance", "Six months end with", "How it stands"),
        "rule": law.rules()["six_months"],
        "remote": law.rules()["remote"],
        "known": statistics.KNOWN,
    }
    return render(request, "scrutiny/meetings/six_months.html", context)


@require_safe
@policy(SEE_SCRUTINY)
def committee_numbers(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the gaps in a committee's minute numbers, and what its minutes cite that is not there."""
    found = get_object_or_404(Committee, slug=slug)
    context = {
        "committee": found,
        "pages": committee_pages(found, "committee-numbers"),
        "gaps": Paginator(numbers.gaps_of(found), A_PAGE).get_page(request.GET.get("page")),
        "missing": numbers.cited_but_missing(found, with_drafts=keeps(request, found))[:100],
        "next": numbers.next_numbers(found, 1),
        "gap_columns": columns("Not seen", "After", "Before"),
        "missing_columns": columns("Cited, and not there", "In the minutes of", "Item"),
    }
    return render(request, "scrutiny/meetings/committee_numbers.html", context)
