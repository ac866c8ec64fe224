"""An indicator to take away: its figures as CSV or a workbook, its page as PDF; and packs of an area.

Each is made of what the person may see, and taking it is on record.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from sightline.export.tables import csv_text
from sightline.present import pdf, workbook
from sightline.present.report import Report, UnseenList
from sightline.service.accounts.policies import OPEN_CHILDREN
from sightline.service.audit.models import Verb
from sightline.service.audit.record import record, viewed_children
from sightline.service.measures.indicator import find_page
from sightline.service.measures.looking import Look, looks
from sightline.service.measures.parted import hidden_in

_KINDS: dict[str, tuple[str, Callable[[Report], bytes]]] = {
    "pdf": ("application/pdf", pdf.render),
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        workbook.render,
    ),
}


@looks
def indicator_file(
    request: HttpRequest, look: Look, code: str, part: str, kind: str
) -> HttpResponse:
    """Give an indicator's figures as a file."""
    page = find_page(look, code, part)
    name = f"{page.id}{_of(look)}"
    if kind == "csv":
        figures = look.reading.figures(protected=look.protected).of(page.definition)
        with_workers = bool(OPEN_CHILDREN.remit(look.person))
        rows = [figure.to_json() for figure in figures if with_workers or figure.by != "worker"]
        columns = list(dict.fromkeys(key for row in rows for key in row))
        text = csv_text(columns, [[row.get(key) for key in columns] for row in rows])
        return _file(look, name, kind, "text/csv; charset=utf-8", text.encode("utf-8-sig"))
    if kind not in _KINDS:
        raise Http404("There is no such file.")
    content_type, make = _KINDS[kind]
    report = _fit_to_see(
        look, look.reading.report(look.within, _today(), [page.code], protected=look.protected)
    )
    return _file(look, name, kind, content_type, make(report))


@looks
def packs(request: HttpRequest, look: Look) -> HttpResponse:
    """List the packs: the whole authority, each locality, and each team."""
    return render(request, "measures/packs.html", {"look": look, "places": look.places})


@looks
def pack_file(request: HttpRequest, look: Look, kind: str) -> HttpResponse:
    """Give the pack of the area looked at: every indicator, those not seen first, as one file."""
    if kind not in _KINDS:
        raise Http404("There is no such file.")
    content_type, make = _KINDS[kind]
    report = _fit_to_see(look, look.reading.report(look.within, _today(), protected=look.protected))
    name = f"pack{_of(look)}-{report.end:%Y-%m}"
    return _file(look, name, kind, content_type, make(report))


def _fit_to_see(look: Look, report: Report) -> Report:
    """Leave in a report only the children whom the person may open, and put them on record."""
    remit, hidden = OPEN_CHILDREN.remit(look.person), hidden_in(look.reading, look.person)

    def mine(each: UnseenList) -> UnseenList:
        children = tuple(
            child
            for child in each.children
            if child.child_id not in hidden
            and remit.covers(
                {"district": child.district, "team": child.team, "worker": child.worker}
            )
        )
        return replace(each, children=children)

    fit = replace(report, unseen=tuple(mine(each) for each in report.unseen))
    viewed_children(
        "pack", (child.child_id for each in fit.unseen for child in each.children), verb=Verb.EXPORT
    )
    return fit


def _file(look: Look, name: str, kind: str, content_type: str, content: bytes) -> HttpResponse:
    told: dict[str, Any] = {
        "kind": kind,
        "snapshot": look.reading.snapshot.id,
        "small numbers protected": look.protected,
    }
    record(Verb.EXPORT, "figures", name, after=told)
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


def _of(look: Look) -> str:
    """Name the area in a file's name, in letters and hyphens only."""
    if look.within is None:
        return ""
    kept = "".join(c if c.isascii() and c.isalnum() else "-" for c in look.within.group.lower())
    return f"-{kept}"


def _today() -> date:
    return timezone.localdate()
