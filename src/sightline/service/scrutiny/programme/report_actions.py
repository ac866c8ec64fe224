"""What is done about officers' reports: check, write, on record; each whole.

`ProgrammeError` says in a sentence why something cannot be done now. A report that is cleared for an agenda
is not edited: it is taken back first, with a reason. Nobody clears their own.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from sightline.service.accounts.models import Person
from sightline.service.accounts.versions import save_changes
from sightline.service.audit.context import because
from sightline.service.scrutiny.identifying import what_may_identify
from sightline.service.scrutiny.models import Committee, QuotedFigure, Report, ReportFigure
from sightline.service.scrutiny.programme.actions import ProgrammeError
from sightline.service.scrutiny.programme.reports import body_of

TEXTS = (
    "title",
    "purpose",
    "recommendations",
    "text",
    "background_papers",
    "appendices",
    "decision",
)
"""What of a report is written freely, and so could tell who a child is."""


class OwnReportError(ProgrammeError):
    """Somebody tried to clear a report they wrote."""


def begin_report(committee: Committee, title: str, *, by: Person, **about: Any) -> Report:
    """Begin a report to a committee, as a draft."""
    with transaction.atomic():
        report = Report(committee=committee, title=title, written_by=by, **about)
        report.full_clean()
        report.save()
    return report


def change_report(report: Report, version: int, changes: Mapping[str, Any]) -> None:
    """Change a draft; `ConflictError` where another did so meanwhile."""
    with transaction.atomic():
        _still_draft(report)
        save_changes(report, version, changes)


def place_figure(report: Report, figure: QuotedFigure) -> ReportFigure:
    """Put a quoted figure after those a report has. It is kept as it stands, small numbers protected."""
    with transaction.atomic():
        _still_draft(report)
        last = report.figures.aggregate(last=Max("position"))["last"] or 0
        figure.save()
        placed = ReportFigure.objects.create(report=report, figure=figure, position=last + 1)
        _changed(report)
    return placed


def take_out_figure(placed: ReportFigure) -> None:
    """Take a figure out of a draft; those after it move up, and so do their numbers."""
    with transaction.atomic():
        _still_draft(placed.report)
        placed.report.figures.filter(position__gt=placed.position).update(
            position=F("position") - 1
        )
        placed.figure.delete()
        _changed(placed.report)


def clear_report(report: Report, version: int, *, by: Person, although: str = "") -> None:
    """Clear a report for an agenda; `ProgrammeError` says what it lacks.

    Where its text may tell who a child or family is, whoever clears it says why it does not (`although`).
    `OwnReportError` for one's own.
    """
    if report.written_by_id == by.pk:
        raise OwnReportError("Nobody clears a report they wrote. Ask another who may.")
    with transaction.atomic(), because(although):
        _still_draft(report)
        now = Report.objects.get(pk=report.pk)
        if lacking := body_of(now).lacks:
            raise ProgrammeError(" ".join(lacking))
        if (alarm := alarm_of(now)) and not although:
            raise ProgrammeError(f"{alarm} Change it, or say why it does not.")
        save_changes(
            report,
            version,
            {"state": Report.State.CLEARED, "cleared_by": by, "cleared_at": timezone.now()},
        )


def take_back_report(report: Report, version: int, why: str) -> None:
    """Make a cleared report a draft again; not once its paper is published or it was decided upon."""
    with transaction.atomic(), because(why):
        now = Report.objects.select_for_update().get(pk=report.pk)
        if now.papers.filter(published_at__isnull=False).exists() or now.decision:
            raise ProgrammeError(
                "This report was published with an agenda. Write a supplement in its place."
            )
        save_changes(
            report,
            version,
            {"state": Report.State.DRAFT, "cleared_by": None, "cleared_at": None},
        )


def record_decision(
    report: Report, version: int, decision: str, on: date, minute: str = ""
) -> None:
    """Write what was decided upon a report, when, and at which minute."""
    if report.state != Report.State.CLEARED:
        raise ProgrammeError(
            "The report is not cleared for an agenda, so nothing was decided on it."
        )
    save_changes(
        report, version, {"decision": decision, "decided_on": on, "decision_minute": minute}
    )


def alarm_of(report: Report) -> str:
    """Say what in a report may tell who a child or family is; empty where nothing is found."""
    return what_may_identify("\n\n".join(getattr(report, name) for name in TEXTS))


def _still_draft(report: Report) -> None:
    now = Report.objects.select_for_update().get(pk=report.pk)
    if now.state != Report.State.DRAFT:
        raise ProgrammeError("The report is cleared for an agenda. Take it back to change it.")


def _changed(report: Report) -> None:
    # Whoever edits the text meanwhile sees that the numbers of the figures may have changed.
    Report.objects.filter(pk=report.pk).update(version=F("version") + 1)
