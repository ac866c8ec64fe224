"""What is wrong in the published records, by team, person and rule, for those who are to mend it."""

import csv
import io
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sightline.export.tables import safe
from sightline.present import check_list, words
from sightline.quality.listing import LISTED, By, counts, only, recounted
from sightline.quality.notes import Held
from sightline.quality.trend import Became
from sightline.service.accounts.gate import need
from sightline.service.accounts.models import Person
from sightline.service.accounts.policies import NOTE_FINDINGS, OPEN_CHILDREN, SEE_QUALITY
from sightline.service.audit.models import Verb
from sightline.service.audit.record import record, viewed_children
from sightline.service.measures.child_references import reference_of
from sightline.service.measures.forms_quality import BECAME, FindingNoteForm, FindingsFilter
from sightline.service.measures.loaded_snapshots import said
from sightline.service.measures.looking import Look, looks
from sightline.service.measures.parted import hidden_in
from sightline.service.measures.quality_lists import (
    GONE,
    Findings,
    children_in,
    findings_of,
    key_of,
    open_first,
    standing_notes,
)
from sightline.service.measures.quality_notes import (
    NoteChangedError,
    note_finding,
    version_of,
    withdraw_note,
)
from sightline.store.snapshots import StoreError

PAGE = 50
GROUPS_PAGE = 100
MOST_EXPORTED = 50_000
"""Findings a download may hold, as each child in it is put on record."""
PARTS = {
    By.TEAM: ("By team", "Team", "team"),
    By.WORKER: ("By person", "Person", "person"),
    By.RULE: ("By rule", "Rule", "rule"),
}
"""What findings are counted by: the name of the part, the heading, and what an address calls it."""
_of_findings = partial(looks, under=SEE_QUALITY)


def _findings(person: Person, look: Look) -> Findings:
    remit = SEE_QUALITY.remit(person)
    return findings_of(look.reading).within(remit, hidden_in(look.reading, person))


@_of_findings
@require_GET
def quality(request: HttpRequest, look: Look) -> HttpResponse:
    """Count findings by team, by person or by rule."""
    by = next((each for each in PARTS if PARTS[each][2] == request.GET.get("by", "team")), None)
    if by is None:
        raise Http404("Findings are not counted by that.")
    found = _findings(look.person, look)
    _, heading, asked = PARTS[by]
    since = bool(found.since)
    shown = (Became.NEW, Became.STILL, Became.MENDED) if since else ()
    titles = {rule.code: rule.title for rule in found.rules}
    listed, gone = found.listed.select(LISTED.names), found.gone.select(LISTED.names)
    page = Paginator(counts(listed, by, gone), GROUPS_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "measures/quality/counts.html",
        {
            "found": found,
            "remit": SEE_QUALITY.remit(look.person),
            "parts": [
                {"text": text, "href": f"?by={called}", "current": each is by}
                for each, (text, _, called) in PARTS.items()
            ],
            "totals": _totals(found),
            "since": since,
            "heading": heading,
            "page": page,
            "columns": [
                {"text": heading},
                *(
                    {"text": name, "numeric": True}
                    for name in ("Errors", "Queries", "Noted", "Children")
                ),
                *({"text": BECAME[each], "numeric": True} for each in shown),
            ],
            "lines": [
                {
                    "name": group.group,
                    "title": titles.get(group.group, "") if by is By.RULE else "",
                    "href": _list_address(asked, group.group),
                    "numbers": [
                        words.count(number)
                        for number in (
                            group.errors,
                            group.queries,
                            group.noted,
                            group.children,
                            *(group.became[each] for each in shown),
                        )
                    ],
                }
                for group in page
            ],
        },
    )


def _list_address(asked: str, name: str) -> str:
    value = key_of(name) if asked == "person" else name
    return f"{reverse('findings')}?{urlencode({asked: value})}"


def _totals(found: Findings) -> dict[str, str]:
    total = counts(found.listed.select(LISTED.names), By.SEVERITY, found.gone.select(LISTED.names))
    numbers = {
        "errors": sum(each.errors for each in total),
        "queries": sum(each.queries for each in total),
        "noted": sum(each.noted for each in total),
        "new": sum(each.became[Became.NEW] for each in total),
        "mended": sum(each.became[Became.MENDED] for each in total),
    }
    return {name: words.count(number) for name, number in numbers.items()}


@_of_findings
@require_GET
def findings(request: HttpRequest, look: Look) -> HttpResponse:
    """List findings with their children, on record."""
    found = _findings(look.person, look)
    form = FindingsFilter(found, request.GET)
    chosen = _chosen(found, form)
    page = Paginator(range(chosen.num_rows), PAGE).get_page(request.GET.get("page"))
    first = (page.number - 1) * PAGE
    rows = chosen.slice(first, PAGE).to_pylist()
    with transaction.atomic():
        viewed_children("findings", children_in(rows))
    query = request.GET.copy()
    query.pop("page", None)
    return render(
        request,
        "measures/quality/findings.html",
        {
            "form": form,
            "filter": form,
            "found": found,
            "remit": SEE_QUALITY.remit(look.person),
            "rows": [_shown(row) for row in rows],
            "page": page,
            "total": words.count(chosen.num_rows),
            "query": f"?{query.urlencode()}" if query else "",
            "too_many": chosen.num_rows > MOST_EXPORTED,
            "columns": [
                {"text": name} for name in ("Finding", "Child", "Where", "Value", "Whose", "State")
            ],
        },
    )


def _chosen(found: Findings, form: FindingsFilter) -> pa.Table:
    """Give the rows a filter asks for; none if it is not valid."""
    if not form.is_valid():
        return found.listed.slice(0, 0)
    wanted = form.wanted()
    is_gone = any(each in GONE for each in wanted["trend"])
    return open_first(only(found.gone if is_gone else found.listed, wanted))


def _shown(row: dict[str, str]) -> dict[str, Any]:
    gone = row["trend"] in GONE
    return {
        **row,
        # Of what was loaded on the server, its folders there are nobody's business here.
        "file": row["file"].rpartition("/")[2] if row["file"].startswith("/") else row["file"],
        "column": words.capitalised(row["field"].rpartition(".")[2].replace("_", " ")),
        "message": words.capitalised(row["message"]),
        "reference": reference_of(row["child_id"]) if row["child_id"] else "",
        "kind": "Error" if row["severity"] == "error" else "Query",
        "colour": "red" if row["severity"] == "error" else "yellow",
        "noted": row["note_holds"] == Held.NOTED,
        "lapsed": row["note_holds"] == Held.LAPSED,
        "became": BECAME[Became(row["trend"])] if row["trend"] else "",
        "is_new": row["trend"] == Became.NEW,
        "gone": gone,
    }


@_of_findings
@require_http_methods(["GET", "HEAD", "POST"])
def finding(request: HttpRequest, look: Look, name: str) -> HttpResponse:
    """Show one finding, and take a reviewer's note on it."""
    rows = _rows_of(look, name)
    if request.method == "POST":
        _need_note(request, rows)
        form = FindingNoteForm(request.POST)
        if form.is_valid() and _noted(request, look, rows, form):
            messages.success(request, "Noted. It holds while what it rests on stays the same.")
            return redirect("finding", name)
    else:
        form = FindingNoteForm()
    listed, note = rows.to_pylist(), standing_notes().get(name)
    with transaction.atomic():
        viewed_children(f"finding {listed[0]['code']}", children_in(listed))
    return render(
        request,
        "measures/quality/finding.html",
        {
            "form": form,
            "rows": [_shown(row) for row in listed],
            "first": _shown(listed[0]),
            "note": note,
            "note_version": version_of(note),
            "may_note": listed[0]["severity"] == "query"
            and all(NOTE_FINDINGS.allows(look.person, row) for row in listed),
            "may_open": OPEN_CHILDREN.allows(look.person, listed[0]),
        },
        status=422 if form.is_bound else 200,
    )


@_of_findings
@require_POST
def withdraw(request: HttpRequest, look: Look, name: str) -> HttpResponse:
    """Withdraw the note on a finding."""
    rows = _rows_of(look, name)
    _need_note(request, rows)
    try:
        with transaction.atomic():
            withdraw_note(rows, by=look.person, version=request.POST.get("version", ""))
    except NoteChangedError:
        messages.error(request, "Somebody changed the note meanwhile. This is what it says now.")
    except StoreError as error:
        messages.error(request, said(error))
    else:
        messages.success(request, "The note is withdrawn. The query is to be explained again.")
    return redirect("finding", name)


def _rows_of(look: Look, name: str) -> pa.Table:
    """Give the rows of a finding that the person may see; as if there were none where they may not."""
    listed = _findings(look.person, look).listed
    rows = listed.filter(pc.equal(listed["id"], name))
    if not rows.num_rows:
        raise Http404("There is no such finding.")
    return rows


def _need_note(request: HttpRequest, rows: pa.Table) -> None:
    for row in rows.to_pylist():
        need(request, NOTE_FINDINGS, row, about=f"finding {row['code']}")
        if row["severity"] != "query":
            raise Http404("An error is to be mended, and cannot be noted as right.")


def _noted(request: HttpRequest, look: Look, rows: pa.Table, form: FindingNoteForm) -> bool:
    """Write the note; or say in the form why not, and let it be sent again by who has seen that."""
    try:
        with transaction.atomic():
            note_finding(
                look.reading,
                rows,
                form.cleaned_data["reason"],
                by=look.person,
                version=request.POST.get("version", ""),
            )
    except NoteChangedError:
        form.add_error(
            None,
            "Somebody wrote or withdrew a note meanwhile. What it says now is above; send yours to put "
            "it in its place",
        )
        return False
    except StoreError as error:
        form.add_error(None, said(error))
        return False
    return True


@_of_findings
@require_GET
def download(request: HttpRequest, look: Look, ending: str) -> HttpResponse:
    """Give the findings chosen as CSV or a workbook; each child in it is put on record."""
    found = _findings(look.person, look)
    form = FindingsFilter(found, request.GET)
    if not form.is_valid():
        raise Http404("There are no such findings.")
    chosen = _chosen(found, form)
    if chosen.num_rows > MOST_EXPORTED:
        raise Http404("These are too many findings for one file: choose a team or a rule.")
    with transaction.atomic():
        record(
            Verb.EXPORT,
            "findings",
            found.snapshot,
            after={"rows": chosen.num_rows, "ending": ending, "chosen": form.sentence()},
        )
        viewed_children("findings", children_in(chosen.to_pylist()), verb=Verb.EXPORT)
    made = timezone.localdate()
    if ending == "csv":
        response = HttpResponse(_csv(chosen), content_type="text/csv; charset=utf-8")
    else:
        response = HttpResponse(
            _workbook(found, chosen, form.sentence()),
            content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        )
    response.headers["Content-Disposition"] = f'attachment; filename="findings-{made}.{ending}"'
    return response


def _csv(chosen: pa.Table) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(check_list.LIST)
    for row in check_list.rows_of(chosen.select(LISTED.names)):
        writer.writerow([safe(cell) for cell in row])
    return buffer.getvalue().encode("utf-8-sig")


def _workbook(found: Findings, chosen: pa.Table, sentence: str) -> bytes:
    listed = chosen.select(LISTED.names)
    is_gone = pc.is_in(listed["trend"], pa.array([str(each) for each in GONE], pa.string()))
    about = check_list.CheckList(
        found.snapshot,
        found.since,
        timezone.localdate(),
        recounted(found.rules, listed),
        listed.filter(pc.invert(is_gone)),
        listed.filter(is_gone),
        sentence,
    )
    with tempfile.TemporaryDirectory(prefix="sightline-") as folder:
        path = Path(folder) / "findings.xlsx"
        check_list.write(about, path)
        return path.read_bytes()
