"""The list of documents, giving one, the alarm, setting aside, and the file as it was given."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from sightline.intake.parts import UnreadableFileError
from sightline.service.accounts.gate import asker, policy
from sightline.service.accounts.pages import columns, sent
from sightline.service.accounts.policies import KEEP_SCRUTINY
from sightline.service.audit.models import Verb
from sightline.service.audit.record import record
from sightline.service.scrutiny.identifying import alarms
from sightline.service.scrutiny.models import Document
from sightline.service.scrutiny.reading import actions, queries
from sightline.service.scrutiny.reading.apart import read_apart
from sightline.service.scrutiny.reading.forms import AlarmForm, GiveDocumentForm, WhyForm
from sightline.service.scrutiny.reading.uploads import LimitedDocument, is_too_large

A_PAGE = 25
FORM = ["GET", "HEAD", "POST"]
PASTED = "pasted text"
_STATES = {"read": "To be confirmed", "confirmed": "Confirmed", "set_aside": "Set aside"}


def document_for(request: HttpRequest, pk: int) -> Document:
    """Give a document whoever asks may see; 404 where there is none."""
    return get_object_or_404(queries.documents_for(asker(request)), pk=pk)


def to_be_read(request: HttpRequest, pk: int) -> Document:
    """Give a document that is still to be confirmed, and that no alarm hides; 404 where there is none."""
    document = document_for(request, pk)
    if document.state != Document.State.READ or queries.is_hidden(document):
        raise Http404("This document is not to be decided.")
    return document


@require_safe
@policy(KEEP_SCRUTINY)
def documents(request: HttpRequest) -> HttpResponse:
    """List documents of minutes: those to be confirmed, or with `?state=` those in another state."""
    state = request.GET.get("state", "read")
    state = state if state in _STATES else "read"
    found = queries.documents_for(asker(request)).filter(state=state)
    page = Paginator(queries.with_left(found), A_PAGE).get_page(request.GET.get("page"))
    heads = ("Document", "Given", "By", "Meeting" if state == "confirmed" else "What is to be done")
    context = {
        "page": page,
        "state": state,
        "parts": [
            {"text": label, "href": f"?state={key}", "current": key == state}
            for key, label in _STATES.items()
        ],
        "columns": columns(*heads),
    }
    return render(request, "scrutiny/reading/documents.html", context)


@csrf_exempt
@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def give(request: HttpRequest) -> HttpResponse:
    """Take a document; one that is too large is refused before it is read."""
    if request.method == "POST":
        if is_too_large(request):
            return _too_large(request)
        limited = LimitedDocument(request)
        request.upload_handlers = [limited, TemporaryFileUploadHandler(request)]
    # Exempt from the middleware's check, which would read the whole request first: this checks it.
    return _give(request)


@csrf_protect
def _give(request: HttpRequest) -> HttpResponse:
    form = GiveDocumentForm(sent(request), request.FILES if request.method == "POST" else None)
    if request.method == "POST":
        if any(
            isinstance(each, LimitedDocument) and each.stopped for each in request.upload_handlers
        ):
            return _too_large(request)
        if form.is_valid():
            data, name = _given(form.cleaned_data)
            try:
                document = actions.take_document(data, name, asker(request))
            except UnreadableFileError as error:
                form.add_error("text" if name == PASTED else "file", str(error))
            except actions.AlreadyGivenError as error:
                messages.info(request, "This file was given before. This is what became of it.")
                return redirect("document", error.document.pk)
            else:
                return redirect("document", document.pk)
    status = 422 if form.errors else 200
    return render(request, "scrutiny/reading/give.html", {"form": form}, status=status)


def _given(said: dict[str, Any]) -> tuple[bytes, str]:
    if file := said.get("file"):
        return file.read(), str(file.name)
    return said["text"].encode("utf-8", "replace"), PASTED


def _too_large(request: HttpRequest) -> HttpResponse:
    context = {"megabytes": actions.MOST_BYTES // 2**20}
    return render(request, "scrutiny/reading/too_large.html", context, status=413)


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def clear(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at what raised the alarm, on record, and say whether a child or family can be told from it."""
    document = document_for(request, pk)
    if document.state != Document.State.READ or not queries.is_hidden(document):
        return redirect("document", pk)
    form = AlarmForm(sent(request))
    if form.is_valid():
        why = form.cleaned_data["why"]
        try:
            if form.cleaned_data["found"] == "clear":
                actions.clear_alarm(document, why, asker(request))
                messages.success(request, "The document is shown.")
                return redirect("document", pk)
            actions.remove_document(document, why)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "The file and its words are removed.")
            return redirect("documents")
    passages = _passages_of_alarm(document) if request.GET.get("look") == "1" else None
    context = {"form": form, "document": document, "passages": passages}
    return render(request, "scrutiny/reading/clear.html", context)


def _passages_of_alarm(document: Document) -> list[tuple[str, str]]:
    """Give the passages that raised the alarm, read anew from the file, and put that on record."""
    reading = read_apart(bytes(document.file.data), document.name)
    places = {each.place for each in alarms(reading.passages)}
    with transaction.atomic():
        record(Verb.VIEW, "document that raised an alarm", document.pk)
    return [(place, words) for place, words in reading.passages if place in places]


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """Set a document aside that is not to be used."""
    document = to_be_read(request, pk)
    form = WhyForm(sent(request))
    if form.is_valid():
        try:
            actions.set_aside(document, form.cleaned_data["why"])
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "The document is set aside.")
            return redirect("documents")
    context = {"form": form, "document": document}
    return render(request, "scrutiny/reading/set_aside.html", context)


@require_safe
@policy(KEEP_SCRUTINY)
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the file as it was given, to be saved: a stranger's page is never shown as one of ours."""
    document = document_for(request, pk)
    kept = document.file
    if queries.is_hidden(document) or not kept.size:
        raise Http404("The file is not shown.")
    response = HttpResponse(bytes(kept.data), content_type="application/octet-stream")
    endings = {"text": ".txt", "pdf": ".pdf", "page": ".html", "xml": ".xml"}
    response.headers["Content-Disposition"] = (
        f'attachment; filename="minutes-{document.pk}{endings[document.rendering]}"'
    )
    return response
