"""Pages for auditors: the entries, one entry, and the entries as a file. Reading them is on record too."""

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sightline.service.accounts.gate import asker, policy
from sightline.service.accounts.policies import READ_AUDIT
from sightline.service.audit import files, queries
from sightline.service.audit.about import Closed, people_of
from sightline.service.audit.forms import AuditFilter
from sightline.service.audit.models import AuditEntry, Verb
from sightline.service.audit.queries import Wanted
from sightline.service.audit.record import record, viewed_children

_KEPT = "audit_wanted"
"""Where the session keeps what the audit is narrowed by."""
_LARGEST = 2**63 - 1


@require_http_methods(["GET", "HEAD", "POST"])
@policy(READ_AUDIT)
def audit(request: HttpRequest) -> HttpResponse:
    """Show entries, latest first; a POST narrows them."""
    wanted = Wanted.from_json(request.session.get(_KEPT) or {})
    if request.method == "POST":
        form = AuditFilter(request.POST)
        if form.is_valid():
            request.session[_KEPT] = form.wanted.to_json()
            return redirect("audit")
    else:
        form = AuditFilter(initial=vars(wanted))
    with transaction.atomic():
        page = queries.page_of(
            wanted, before=_number_in(request, "before"), after=_number_in(request, "after")
        )
        state = queries.chain_state()
        record(Verb.VIEW, "audit", after=wanted.to_json() | {"entries": len(page.entries)})
    names = queries.subject_names()
    return render(
        request,
        "audit/audit.html",
        {
            "form": form,
            "wanted": wanted,
            "page": page,
            "state": state,
            "rows": [
                (each, Verb(each.verb).label, names.get(each.subject, each.subject))
                for each in page.entries
            ],
            "columns": [
                {"text": head} for head in ("Number", "When", "Who", "Did", "To what", "Its number")
            ],
        },
        status=400 if form.errors else 200,
    )


@require_POST
@policy(READ_AUDIT)
def narrow(request: HttpRequest) -> HttpResponse:
    """Show the entries of one request, row or person, or all again."""
    row = {
        name: request.POST.get(name, "")[:254] for name in ("person", "request", "subject", "row")
    }
    request.session[_KEPT] = Wanted.from_json(row).to_json()
    return redirect("audit")


@require_GET
@policy(READ_AUDIT)
def entry(request: HttpRequest, number: int) -> HttpResponse:
    """Show one entry, with what changed."""
    with transaction.atomic():
        found = AuditEntry.objects.filter(number=number).first() if number <= _LARGEST else None
        if found is None:
            raise Http404
        record(Verb.VIEW, "audit", number)
        is_hidden = Closed(asker(request)).hides(found)
        if not is_hidden:
            viewed_children(f"audit entry {number}", people_of(found).values())
    return render(
        request,
        "audit/entry.html",
        {
            "entry": found,
            "verb": Verb(found.verb).label if found.verb in Verb else found.verb,
            "facts": _facts(found, is_hidden=is_hidden),
            "is_hidden": is_hidden,
            "changed": [] if is_hidden else changed(found),
            "columns": [{"text": head} for head in ("What", "Before", "After")],
            "breadcrumbs": [
                {"text": "Audit", "href": reverse("audit")},
                {"text": f"Entry {number:,}"},
            ],
        },
    )


def _facts(of: AuditEntry, *, is_hidden: bool) -> list[dict[str, str]]:
    rows = (
        ("When", f"{timezone.localtime(of.at):%-d %B %Y at %H:%M:%S}"),
        ("Who", of.actor_name or "Nobody who had signed in"),
        ("Role", of.role),
        ("To what", queries.subject_words(of.subject)),
        ("Its number", of.subject_id),
        ("Reason given", "" if is_hidden else of.reason),
        ("Request", of.request),
        ("Hash of the entry before", of.previous),
        ("Hash", of.hash),
    )
    return [{"key": key, "value": value} for key, value in rows if value]


def changed(of: AuditEntry) -> list[tuple[str, str, str, bool]]:
    """Give what a row was and became, each with whether it changed; what did comes first."""
    before, after = queries.values_of(of.before), queries.values_of(of.after)
    both = bool(before and after)
    rows = [
        (
            name.replace("_", " ").capitalize() or "Text",
            _shown(before.get(name), there=name in before),
            _shown(after.get(name), there=name in after),
            both and before.get(name) != after.get(name),
        )
        for name in dict.fromkeys([*before, *after])
    ]
    return sorted(rows, key=lambda row: not row[3])


def _shown(value: Any, *, there: bool) -> str:
    if not there:
        return ""
    if value is None:
        return "(empty)"
    return str(value)


@require_POST
@policy(READ_AUDIT)
def export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Give the entries as they are narrowed as a file; that is on record before the first line goes."""
    if kind not in files.MOST:
        raise Http404
    wanted, most = Wanted.from_json(request.session.get(_KEPT) or {}), files.MOST[kind]
    count = queries.how_many(wanted, most)
    if count > most:
        return render(request, "audit/too_many.html", {"most": most, "kind": kind}, status=400)
    closed = Closed(asker(request))
    record(Verb.EXPORT, "audit", kind, after=wanted.to_json() | {"entries": count})
    name = f"audit-{timezone.localdate():%Y-%m-%d}.{kind}"
    if kind == "csv":
        response: HttpResponseBase = StreamingHttpResponse(
            files.csv_lines(wanted, closed), content_type="text/csv; charset=utf-8"
        )
    else:
        said = [(key.capitalize(), value) for key, value in wanted.to_json().items()]
        response = HttpResponse(
            files.workbook(wanted, said, closed),
            content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        )
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _number_in(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
