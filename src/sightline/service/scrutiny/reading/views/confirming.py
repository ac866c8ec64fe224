"""Confirming a document into a meeting: whose minutes, which meeting, and whether they are confirmed."""

from datetime import date, timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sightline.service.accounts.gate import asker, policy
from sightline.service.accounts.pages import sent
from sightline.service.accounts.policies import KEEP_SCRUTINY
from sightline.service.accounts.versions import ConflictError
from sightline.service.scrutiny.keeping import may_keep, need_keeping
from sightline.service.scrutiny.models import Committee, Document, Meeting
from sightline.service.scrutiny.reading import actions, queries
from sightline.service.scrutiny.reading.forms import CommitteeForm, ConfirmForm
from sightline.service.scrutiny.reading.views.documents import FORM, to_be_read

_NEAR = timedelta(days=31)
_OTHERS = 10


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whose minutes they are, then which meeting and whether they are confirmed; then write it."""
    document = to_be_read(request, pk)
    if queries.undecided(document).exists():
        messages.info(request, "Decide every field first: a document is confirmed whole.")
        return redirect("document", pk)
    mine = [each for each in Committee.objects.order_by("name") if may_keep(asker(request), each)]
    joins = queries.joins(document)
    committee = _committee(request, document, mine, joins)
    if committee is None:
        return _ask_committee(request, document, mine)
    need_keeping(request, committee)
    joins = [each for each in joins if each.meeting.committee_id == committee.pk]
    form = ConfirmForm(committee, joins, _others(document, committee, joins), sent(request))
    if form.is_valid():
        into: Meeting | Committee = committee
        if form.cleaned_data["into"] != "new":
            into = Meeting.objects.get(pk=form.cleaned_data["into"], committee=committee)
        try:
            meeting = actions.confirm_document(
                document,
                into,
                asker(request),
                are_confirmed=form.cleaned_data["are_confirmed"] == "yes",
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        except ConflictError:
            form.add_error(None, "Somebody else changed this document meanwhile. Look at it again.")
        else:
            messages.success(request, f"The minutes are written: {meeting}.")
            return redirect("document", pk)
    values = queries.decided_values(document)
    context = {
        "form": form,
        "document": document,
        "committee": committee,
        "printed": (values.get("committee") or [""])[0],
        "counts": _counts(values),
        "no_date": not values.get("date"),
    }
    return render(request, "scrutiny/reading/confirm.html", context)


def _committee(
    request: HttpRequest, document: Document, mine: list[Committee], joins: list[queries.Join]
) -> Committee | None:
    """Give the committee that was chosen; else that of a proposed meeting, or the only one of the name."""
    if chosen := request.GET.get("committee"):
        return next((each for each in mine if str(each.pk) == chosen), None)
    found = [each.meeting.committee for each in joins] or queries.committees_named(document, mine)
    return found[0] if len(set(found)) == 1 and found[0] in mine else None


def _ask_committee(request: HttpRequest, document: Document, mine: list[Committee]) -> HttpResponse:
    among = Committee.objects.filter(pk__in=[each.pk for each in mine])
    form = CommitteeForm(among, request.GET if "committee" in request.GET else None)
    printed = queries.decided_values(document).get("committee") or [""]
    context = {"form": form, "document": document, "printed": printed[0], "mine": mine}
    return render(request, "scrutiny/reading/whose.html", context)


def _others(
    document: Document, committee: Committee, joins: list[queries.Join]
) -> QuerySet[Meeting]:
    """Give other meetings the document could be of: near its date, or the latest where it has none."""
    days = queries.decided_values(document).get("date")
    found = Meeting.objects.filter(committee=committee).select_related("committee")
    found = found.exclude(pk__in=[each.meeting.pk for each in joins])
    found = found.exclude(state=Meeting.State.CANCELLED)
    found = found.filter(Q(day=None) | Q(day__lte=timezone.localdate()))
    if days:
        day = date.fromisoformat(days[0])
        found = found.filter(day__range=(day - _NEAR, day + _NEAR))
    return found.order_by("-day", "-pk")[:_OTHERS]


def _counts(values: dict[str, list[object]]) -> list[str]:
    """Say how much is written: `5 items`, `9 people` ..."""
    people = sum(len(values.get(name, [])) for name in ("present", "apologies", "in_attendance"))
    counted = [
        (len(values.get("items", [])), "item", "items"),
        (people, "person", "people"),
        (len(values.get("declarations", [])), "declaration", "declarations"),
        (len(values.get("asks", [])), "request or decision", "requests and decisions"),
    ]
    return [f"{number} {one if number == 1 else many}" for number, one, many in counted]
