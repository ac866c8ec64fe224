"""A document beside its fields: accept, put right or reject each; nothing is decided beforehand."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from sightline.service.accounts.gate import asker, policy
from sightline.service.accounts.pages import sent
from sightline.service.accounts.policies import KEEP_SCRUTINY
from sightline.service.accounts.versions import ConflictError
from sightline.service.scrutiny.meetings.numbers import gaps_of
from sightline.service.scrutiny.models import Document, ReadField
from sightline.service.scrutiny.reading import actions, queries
from sightline.service.scrutiny.reading.fields import ABOUT, PEOPLE
from sightline.service.scrutiny.reading.forms import correction_form, label_of
from sightline.service.scrutiny.reading.shown import shown_field
from sightline.service.scrutiny.reading.views.documents import FORM, document_for, to_be_read

A_PAGE = 40
PARTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "about": ("The meeting", (*ABOUT, "participation")),
    "people": ("People", PEOPLE),
    "items": ("Items", ("items",)),
    "interests": ("Interests", ("declarations",)),
    "requests": ("Requests and decisions", ("asks",)),
}
"""The parts of a document's page, each with its fields."""
ADDED = (*PEOPLE, "items", "declarations", "asks")
"""Fields that may be entered by hand where the reader found none."""


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a document beside what was read of one part of it (`?part=`), and take decisions."""
    shown = document_for(request, pk)
    if queries.is_hidden(shown) and shown.state == Document.State.READ:
        return render(request, "scrutiny/reading/hidden.html", {"document": shown})
    part = request.GET.get("part", "about")
    part = part if part in PARTS else "about"
    rows = shown.fields.filter(field__in=PARTS[part][1])
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    if request.method == "POST":
        if shown.state != Document.State.READ:
            raise Http404("This document is decided.")
        _decide(request, list(page))
        return redirect(f"{reverse('document', args=[pk])}?{request.GET.urlencode()}")
    anchors = {each["place"]: f"at-{at}" for at, each in enumerate(shown.text, start=1)}
    left = _left(shown)
    context = {
        "document": shown,
        "is_open": shown.state == Document.State.READ,
        "part": part,
        "page": page,
        "rows": [shown_field(each, anchors) for each in page],
        "passages": [{**each, "id": anchors[each["place"]]} for each in _first_of_place(shown)],
        "left": left,
        "parts": _parts(part, left),
        "add": [(name, label_of(name)) for name in PARTS[part][1] if name in ADDED],
        **_after(shown),
    }
    return render(request, "scrutiny/reading/document.html", context)


def _first_of_place(document: Document) -> list[dict[str, str]]:
    """Give the passages, those of one place as one: a place is the anchor they are reached by."""
    joined: dict[str, list[str]] = {}
    for each in document.text:
        joined.setdefault(each["place"], []).append(each["words"])
    return [{"place": place, "words": "\n".join(words)} for place, words in joined.items()]


def _left(document: Document) -> dict[str, int]:
    """Count what is to be decided: in each part, in all, and how much of it is certain."""
    rows = (
        document.fields.filter(queries.NEEDS_DECISION, decision="")
        .order_by()
        .values("field")
        .annotate(all=Count("pk"), certain=Count("pk", filter=Q(value__isnull=False, doubt="")))
    )
    counted = {row["field"]: row for row in rows}
    left = {
        part: sum(counted[name]["all"] for name in names if name in counted)
        for part, (_, names) in PARTS.items()
    }
    total = sum(row["all"] for row in counted.values())
    return {**left, "all": total, "certain": sum(row["certain"] for row in counted.values())}


def _parts(current: str, left: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {
            "text": f"{label} ({left[part]} to decide)" if left[part] else label,
            "href": f"?part={part}",
            "current": part == current,
        }
        for part, (label, _) in PARTS.items()
    ]


def _after(document: Document) -> dict[str, Any]:
    """Give what is said of a confirmed document: its meeting's other sources, what is missing."""
    meeting = document.meeting
    if meeting is None:
        return {}
    return {
        "meeting": meeting,
        "sources": queries.sources_of(meeting),
        "faulty": meeting.declarations.filter(item=None).exclude(cited=""),
        "gaps": gaps_of(meeting.committee)[:10],
        "unknown": len(queries.unknown_names(meeting.committee)),
    }


def _decide(request: HttpRequest, rows: list[ReadField]) -> None:
    """Take the decisions that were sent for the fields of a page, those that changed."""
    done = 0
    for field in rows:
        said = request.POST.get(f"decision-{field.pk}", "")
        if said not in (actions.Decision.ACCEPTED, actions.Decision.REJECTED):
            continue
        if said == field.decision:
            continue
        try:
            version = int(request.POST.get(f"version-{field.pk}", ""))
            actions.decide_field(field, said, asker(request), version=version)
            done += 1
        except ConflictError:
            messages.warning(
                request,
                f"{label_of(field)} was decided by somebody else meanwhile, and stays as they said.",
            )
        except ValidationError as error:
            messages.error(request, f"{label_of(field)}: {error.messages[0]}")
        except ValueError:
            continue  # a form that this page did not make
    if done:
        messages.success(request, f"{done} decision{'s are' if done > 1 else ' is'} saved.")


@require_POST
@policy(KEEP_SCRUTINY)
def accept_certain(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept all fields that are certain; what is doubtful is left."""
    shown = to_be_read(request, pk)
    try:
        accepted = actions.accept_certain(shown, asker(request))
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("document", pk)
    left = queries.undecided(shown).count()
    doubtful = (
        "1 that is doubtful still needs" if left == 1 else f"{left} that are doubtful still need"
    )
    said = f"{accepted} field{'s were' if accepted != 1 else ' was'} accepted."
    messages.success(
        request, f"{said} {doubtful} you." if left else f"{said} Nothing is left to decide."
    )
    return redirect("document", pk)


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def correct(request: HttpRequest, pk: int, field_pk: int) -> HttpResponse:
    """Put right one field that was read, or enter what was not."""
    shown = to_be_read(request, pk)
    field = get_object_or_404(shown.fields, pk=field_pk)
    kind = correction_form(field.field)
    before = field.corrected if field.decision == ReadField.Decision.CORRECTED else field.value
    form = kind(sent(request), initial=kind.initial_of(before), label=label_of(field))
    if form.is_valid():
        try:
            version = int(request.POST.get("version", ""))
            value = form.value(field.value)
            actions.decide_field(
                field, actions.Decision.CORRECTED, asker(request), version=version, corrected=value
            )
        except ConflictError:
            messages.warning(
                request,
                "Somebody else decided this meanwhile. Look at what they said, and send again.",
            )
            return redirect("correct-field", pk, field_pk)
        except ValidationError as error:
            form.add_error(None, error.messages)
        except ValueError:
            raise Http404("This page did not make the form.") from None
        else:
            messages.success(request, "What you entered is saved.")
            return redirect(f"{reverse('document', args=[pk])}?part={_part_of(field.field)}")
    context = {
        "form": form,
        "document": shown,
        "field": field,
        "label": label_of(field),
        "shown": shown_field(field, {}),
        "part": _part_of(field.field),
    }
    return render(request, "scrutiny/reading/correct.html", context)


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def add(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Enter by hand what a document says and the reader did not find."""
    shown = to_be_read(request, pk)
    if name not in ADDED:
        raise Http404("There is no such field.")
    kind = correction_form(name)
    form = kind(sent(request), initial=kind.initial_of(None), label=label_of(name))
    if form.is_valid():
        try:
            actions.add_field(shown, name, form.value(None), asker(request))
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "What you entered is saved.")
            return redirect(f"{reverse('document', args=[pk])}?part={_part_of(name)}")
    context = {"form": form, "document": shown, "label": label_of(name), "part": _part_of(name)}
    return render(request, "scrutiny/reading/correct.html", context)


def _part_of(name: str) -> str:
    return next((part for part, (_, names) in PARTS.items() if name in names), "about")
