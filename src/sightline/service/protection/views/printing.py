"""Documents to print, as PDF. That somebody took one is on record as an export of the child's record."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from sightline.service.accounts.policies import OPEN_CHILDREN, WRITE_UP
from sightline.service.audit.models import Verb
from sightline.service.audit.record import viewed_children
from sightline.service.children.models import KnownPerson
from sightline.service.design.paper import Paper, pdf_response
from sightline.service.protection import papers
from sightline.service.protection.access import Case
from sightline.service.protection.models import (
    ChildInNeedPlan,
    Conference,
    CourtLetter,
    ProtectionPlan,
)
from sightline.service.protection.views.letters import need_told
from sightline.service.protection.views.parts import of_case


def _printed(
    case: Case, row: Model, name: str, write: Callable[[Any, KnownPerson], Paper]
) -> HttpResponse:
    """Answer with a document; its file is named by its key alone."""
    with transaction.atomic():
        viewed_children(f"{name} {row.pk}, printed", [case.child.number], verb=Verb.EXPORT)
        paper = write(row, case.child)
    return pdf_response(paper, f"{name}-{row.pk}")


@require_safe
@of_case(OPEN_CHILDREN, ProtectionPlan)
def print_protection_plan(request: HttpRequest, case: Case, row: ProtectionPlan) -> HttpResponse:
    """Give a child protection plan as a PDF."""
    return _printed(case, row, "child-protection-plan", papers.protection_plan)


@require_safe
@of_case(OPEN_CHILDREN, ChildInNeedPlan)
def print_need_plan(request: HttpRequest, case: Case, row: ChildInNeedPlan) -> HttpResponse:
    """Give a child in need plan as a PDF."""
    return _printed(case, row, "child-in-need-plan", papers.need_plan)


@require_safe
@of_case(WRITE_UP, Conference)
def print_conference(request: HttpRequest, case: Case, row: Conference) -> HttpResponse:
    """Give the record of a conference as a PDF, once it was held."""
    if row.held_at is None:
        messages.error(request, "This conference was not held yet: there is no record to print.")
        return redirect("conference", row.pk)
    return _printed(case, row, "conference-record", papers.conference_record)


@require_safe
@of_case(WRITE_UP, CourtLetter)
def print_letter(request: HttpRequest, case: Case, row: CourtLetter) -> HttpResponse:
    """Give a letter before proceedings as a PDF: as it was sent; a draft says that it is one."""
    need_told(request, row, WRITE_UP)
    return _printed(case, row, "letter-before-proceedings", papers.letter_before_proceedings)
