"""Officers' reports: written, with figures at their place, looked at, cleared, printed, decided upon."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.service.accounts.drafts import DraftOf
from sightline.service.accounts.gate import asker, policy, refuse
from sightline.service.accounts.pages import columns, sent
from sightline.service.accounts.policies import (
    CLEAR_REPORTS,
    KEEP_SCRUTINY,
    SEE_PRIVATE_PAPERS,
    SEE_SCRUTINY,
    WRITE_REPORTS,
)
from sightline.service.accounts.versions import ConflictError, conflict_page
from sightline.service.scrutiny.asks.figures import NoFigureError, published_now
from sightline.service.scrutiny.keeping import may_keep, need_keeping
from sightline.service.scrutiny.models import Report, ReportFigure
from sightline.service.scrutiny.models.meetings import Privacy
from sightline.service.scrutiny.programme import figures, queries, report_actions
from sightline.service.scrutiny.programme.actions import ProgrammeError
from sightline.service.scrutiny.programme.forms import (
    ClearForm,
    DecisionForm,
    FigureForm,
    ReasonForm,
    ReportForm,
)
from sightline.service.scrutiny.programme.report_pdf import render_report
from sightline.service.scrutiny.programme.reports import body_of
from sightline.service.scrutiny.programme.views.parts import FORM, done, paged


@require_safe
@policy(SEE_SCRUTINY)
def reports(request: HttpRequest) -> HttpResponse:
    """List the reports a person may read."""
    person = asker(request)
    context = {
        "page": paged(request, queries.reports_for(person)),
        "columns": columns("Report", "To", "Written", "How far it has come"),
        "may_write": WRITE_REPORTS.allows(person),
    }
    return render(request, "scrutiny/programme/reports.html", context)


def _read(request: HttpRequest, pk: int) -> Report:
    """Give a report that the person may read; refused, on record, where it is not for them."""
    found = Report.objects.select_related("committee", "written_by", "cleared_by")
    row = get_object_or_404(found, pk=pk)
    if not queries.may_read(asker(request), row):
        private = row.privacy != Privacy.PUBLIC
        refuse(request, SEE_PRIVATE_PAPERS if private else WRITE_REPORTS, f"report {pk}")
    return row


@require_safe
@policy(SEE_SCRUTINY)
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a report as it will be printed, with what it still lacks."""
    row = _read(request, pk)
    person = asker(request)
    is_draft = row.state == Report.State.DRAFT
    context = {
        "report": row,
        "body": body_of(row),
        "is_draft": is_draft,
        "may_write": is_draft and WRITE_REPORTS.allows(person),
        "may_clear": CLEAR_REPORTS.allows(person) and row.written_by_id != person.pk,
        "may_decide": not is_draft and may_keep(person, row.committee),
        "alarm": report_actions.alarm_of(row) if WRITE_REPORTS.allows(person) else "",
        "papers": row.papers.select_related("item__meeting__committee"),
    }
    return render(request, "scrutiny/programme/report.html", context)


@require_safe
@policy(SEE_SCRUTINY)
def report_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a report as a PDF, as it stands."""
    row = _read(request, pk)
    answer = HttpResponse(render_report(row), content_type="application/pdf")
    name = slugify(row.title)[:60] or "report"
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer


@require_http_methods(FORM)
@policy(WRITE_REPORTS)
def begin_report(request: HttpRequest) -> HttpResponse:
    """Begin a report."""
    person = asker(request)
    draft = DraftOf(request, "begin a report", title="A report to a committee")
    form = ReportForm(sent(request))
    form.fields["committee"].queryset = queries.committees()  # type: ignore[attr-defined]
    if form.is_valid():
        made = report_actions.begin_report(**form.changes, by=person)
        draft.sent()
        messages.success(request, "The report is begun. Only those who write reports see it.")
        return redirect("report", made.pk)
    context = {"form": draft.restored(form), "draft": draft}
    return render(request, "scrutiny/programme/report_form.html", context)


@require_http_methods(FORM)
@policy(WRITE_REPORTS)
def change_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a report on."""
    row = _read(request, pk)
    draft = DraftOf(request, f"report {pk}", title=f"Report: {row.title}")
    form = ReportForm(sent(request), instance=Report.objects.get(pk=pk))
    if form.is_valid():
        version = form.cleaned_data["version"]
        try:
            report_actions.change_report(row, version, form.changes)
        except ProgrammeError as error:
            form.add_error(None, str(error))
        except ConflictError as conflict:
            back = reverse("report", args=[pk])
            return conflict_page(request, form, conflict.now, back=back, what="this report")
        else:
            draft.sent()
            messages.success(request, "The change is saved.")
            return redirect("report", pk)
    context = {"form": draft.restored(form), "draft": draft, "report": row}
    return render(request, "scrutiny/programme/report_form.html", context)


@require_http_methods(FORM)
@policy(WRITE_REPORTS)
def report_figures(request: HttpRequest, pk: int) -> HttpResponse:
    """Quote a figure in a report, and list those it quotes."""
    row = _read(request, pk)
    reading = published_now()
    indicators, dimensions = figures.choices(reading) if reading else ([], {})
    form = FigureForm(sent(request), indicators=indicators, dimensions=dimensions)
    if reading and form.is_valid():
        given = form.cleaned_data
        try:
            figure = figures.figure_for(reading, given["indicator"], given["by"])
        except NoFigureError as error:
            form.add_error("by", str(error))
        else:
            if done(request, form, lambda: report_actions.place_figure(row, figure)):
                messages.success(request, "The figure is quoted as it stands today.")
                return redirect("report-figures", pk)
    context = {
        "report": row,
        "form": form,
        "reading": reading,
        "placed": row.figures.select_related("figure"),
        "columns": columns("Figure", "What", "Quoted", "Take it out"),
    }
    return render(request, "scrutiny/programme/report_figures.html", context)


@require_POST
@policy(WRITE_REPORTS)
def take_out_figure(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a figure out of a report."""
    placed = get_object_or_404(ReportFigure.objects.select_related("report", "figure"), pk=pk)
    row = _read(request, placed.report_id)
    try:
        report_actions.take_out_figure(placed)
    except ProgrammeError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "The figure is taken out; those after it moved up a number.")
    return redirect("report-figures", row.pk)


@require_http_methods(FORM)
@policy(CLEAR_REPORTS)
def clear_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Clear a report for an agenda."""
    row = _read(request, pk)
    person = asker(request)
    if row.written_by_id == person.pk:
        refuse(request, CLEAR_REPORTS, f"own report {pk}")
    if not person.holds({"assistant_director"}):
        need_keeping(request, row.committee)
    form = ClearForm(sent(request), report=row, alarm=report_actions.alarm_of(row))
    body = body_of(row)
    if form.is_valid():
        given = form.cleaned_data
        cleared = done(
            request,
            form,
            lambda: report_actions.clear_report(
                row, given["version"], by=person, although=given.get("although", "")
            ),
        )
        if cleared:
            messages.success(request, "The report is cleared for an agenda.")
            return redirect("report", pk)
    context = {"form": form, "report": row, "body": body}
    return render(request, "scrutiny/programme/clear_report.html", context)


@require_http_methods(FORM)
@policy(CLEAR_REPORTS)
def take_back_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a cleared report a draft again, with the reason."""
    row = _read(request, pk)
    if not asker(request).holds({"assistant_director"}):
        need_keeping(request, row.committee)
    form = ReasonForm(
        sent(request),
        version=row.version,
        label="Why is it taken back?",
        missing="Say why it is taken back",
    )
    if form.is_valid():
        given = form.cleaned_data
        if done(
            request,
            form,
            lambda: report_actions.take_back_report(row, given["version"], given["why"]),
        ):
            messages.success(request, "The report is a draft again.")
            return redirect("report", pk)
    context = {
        "form": form,
        "report": row,
        "title": "Take the report back",
        "button": "Take it back",
    }
    return render(request, "scrutiny/programme/about_report.html", context)


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def report_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what was decided upon a report."""
    row = _read(request, pk)
    need_keeping(request, row.committee)
    form = DecisionForm(sent(request), report=row)
    if form.is_valid():
        given = form.cleaned_data
        written = done(
            request,
            form,
            lambda: report_actions.record_decision(
                row, given["version"], given["decision"], given["on"], given["minute"]
            ),
        )
        if written:
            messages.success(request, "The decision is on record with the report.")
            return redirect("report", pk)
    context = {
        "form": form,
        "report": row,
        "title": "What was decided",
        "button": "Save the decision",
    }
    return render(request, "scrutiny/programme/about_report.html", context)
