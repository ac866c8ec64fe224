"""Loads in the browser: give files, see what was found, then publish or discard it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sightline.present import words
from sightline.quality.trend import Became
from sightline.service.accounts.gate import asker, policy
from sightline.service.accounts.models import Person
from sightline.service.accounts.policies import LOAD
from sightline.service.feed.queries import last_fed
from sightline.service.measures import load_actions
from sightline.service.measures.forms_loads import GiveFilesForm, ReturnForm
from sightline.service.measures.load_actions import AnotherLoadOpenError, LoadRefusedError
from sightline.service.measures.load_findings import KINDS
from sightline.service.measures.load_tasks import CASEWORK
from sightline.service.measures.load_uploads import (
    Given,
    LimitedUpload,
    are_there,
    is_too_large,
    most_bytes,
)
from sightline.service.measures.loaded_snapshots import fail_interrupted
from sightline.service.measures.models import Load, Publication

PAGE = 20
COLOURS = {
    Load.State.WAITING: "grey",
    Load.State.WORKING: "yellow",
    Load.State.LOADED: "purple",
    Load.State.FAILED: "red",
    Load.State.PUBLISHED: "green",
    Load.State.DISCARDED: "grey",
}
_SHORT = {
    Load.State.WAITING: "Waiting",
    Load.State.WORKING: "Working",
    Load.State.LOADED: "To be decided",
}
_BECAME = {
    Became.NEW: "New",
    Became.STILL: "Still there",
    Became.NOT_KNOWN: "Not known to be new, as their rule failed before",
    Became.MENDED: "Mended",
    Became.RECORD_GONE: "Gone with their record",
    Became.NOT_LOOKED_AT: "Not looked at now",
}


@policy(LOAD)
@require_GET
def loads(request: HttpRequest) -> HttpResponse:
    """List every load, latest first, and what has been published."""
    fail_interrupted()
    every = Load.objects.select_related("given_by", "settled_by").order_by("-given_at", "-pk")
    page = Paginator(every, PAGE).get_page(request.GET.get("page"))
    publications = Publication.objects.select_related("published_by", "load")
    return render(
        request,
        "measures/loads/list.html",
        {
            "page": page,
            "lines": [_line(each) for each in page],
            "open": load_actions.open_load(),
            "load_columns": _COLUMNS["loads"],
            "publication_columns": _COLUMNS["publications"],
            "publications": publications[:PAGE],
            "latest": publications.first(),
            "fed": last_fed(),
        },
    )


def _line(load: Load) -> dict[str, Any]:
    state = Load.State(load.state)
    text = _SHORT.get(state, load.get_state_display())
    return {"load": load, "tag": {"text": text, "colour": COLOURS[state]}}


@policy(LOAD)
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest) -> HttpResponse:
    """Take files; what is too large is refused before it is read."""
    if request.method == "POST":
        if is_too_large(request):
            return _too_large(request)
        limited = LimitedUpload(request)
        request.upload_handlers = [limited, TemporaryFileUploadHandler(request)]
    # Exempt from the middleware's check, which would read the whole request first: this checks it.
    return _give(request)


@csrf_protect
def _give(request: HttpRequest) -> HttpResponse:
    fail_interrupted()
    if other := load_actions.open_load():
        return _another_open(request, other)
    if request.method != "POST":
        return _form(request, GiveFilesForm())
    form = GiveFilesForm(request.POST, request.FILES)
    if any(isinstance(each, LimitedUpload) and each.stopped for each in request.upload_handlers):
        return _too_large(request)
    if not form.is_valid():
        return _form(request, form, status=422)
    try:
        load = load_actions.receive_load(
            [Given(each.name, each.chunks()) for each in form.cleaned_data["given"]],
            by=asker(request),
            source="the browser",
            as_at=form.cleaned_data["as_at"],
        )
    except AnotherLoadOpenError as error:
        return _another_open(request, error.load)
    return redirect("load", load.pk)


def _form(request: HttpRequest, form: GiveFilesForm, status: int = 200) -> HttpResponse:
    return render(request, "measures/loads/give.html", {"form": form}, status=status)


def _too_large(request: HttpRequest) -> HttpResponse:
    about = {"megabytes": most_bytes() // 1024**2}
    return render(request, "measures/loads/too_large.html", about, status=413)


def _another_open(request: HttpRequest, other: Load) -> HttpResponse:
    about = {"load": other, "own": other.given_by == request.user}
    return render(request, "measures/loads/another_open.html", about, status=409)


@policy(LOAD)
@require_GET
def load(request: HttpRequest, number: int) -> HttpResponse:
    """Show a load: how far it has come, what it found, or what became of it."""
    fail_interrupted()
    shown = _load(number)
    return render(request, "measures/loads/load.html", {"load": shown, **_about(shown)})


@policy(LOAD)
@require_GET
def progress(request: HttpRequest, number: int) -> HttpResponse:
    """Give the part of a load's page that says how far it has come; the whole page once it is done."""
    fail_interrupted()
    shown = _load(number)
    about = {"load": shown, "tag": _line(shown)["tag"]}
    response = render(request, "measures/loads/progress.html", about)
    if shown.state not in (Load.State.WAITING, Load.State.WORKING):
        response.headers["HX-Refresh"] = "true"
    return response


def _load(number: int) -> Load:
    every = Load.objects.select_related("given_by", "settled_by", "progress", "publication")
    return get_object_or_404(every, pk=number)


def _about(shown: Load) -> dict[str, Any]:
    state = Load.State(shown.state)
    found = shown.found
    failed = state is Load.State.FAILED
    return {
        "tag": _line(shown)["tag"],
        "goes_on": state in (Load.State.WAITING, Load.State.WORKING),
        "may_begin_again": failed
        and not shown.settled_at
        and shown.source != CASEWORK
        and are_there(shown),
        "may_give_up": (failed and not shown.settled_at) or state is Load.State.WAITING,
        "rejected": sum(each["rejected"] for each in found.get("inputs", ())),
        "inputs": [
            (
                each["name"],
                each["format"],
                each["to"],
                *(words.count(each[name]) for name in ("read", "kept", "rejected")),
            )
            for each in found.get("inputs", ())
        ],
        "tables": [
            (
                words.capitalised(each["name"]),
                *(words.count(each[name]) for name in ("added", "removed", "changed")),
            )
            for each in found.get("tables", ())
        ],
        "became": [
            (text, *(words.count(found["became"][name][kind]) for kind in KINDS))
            for name, text in _BECAME.items()
            if name in found.get("became", {})
        ],
        "new_rules": [
            (
                f"{each['title']} ({each['code']})",
                each["kind"].capitalize(),
                words.count(each["found"]),
            )
            for each in found.get("new_rules", ())
        ],
        "moved": [
            {**each, "when": each["period"]}
            if each["period"] == each["was"]
            else {**each, "when": f"{each['period']}; before: {each['was']}"}
            for each in found.get("moved", ())
        ],
        "returns": [
            (name, found["returns"][key])
            for key, name in _RETURNS.items()
            if key in found.get("returns", {})
        ],
        "numbers": {kind: words.count(n) for kind, n in found.get("findings", {}).items()},
        "columns": _COLUMNS,
    }


_RETURNS = {"new": "New returns", "replaced": "Replaced", "carried": "Kept from before"}
_NUMBER = {"numeric": True}
_COLUMNS = {
    "loads": [
        {"text": "Load"},
        {"text": "Given"},
        {"text": "By"},
        {"text": "Files", **_NUMBER},
        {"text": "What became of it"},
    ],
    "publications": [{"text": name} for name in ("Published", "By", "What", "Now")],
    "moved": [
        {"text": "Figure"},
        *({"text": name, **_NUMBER} for name in ("Before", "Now", "Change")),
        {"text": "Period"},
    ],
    "inputs": [
        {"text": "File"},
        {"text": "Format"},
        {"text": "Return to"},
        *({"text": name, **_NUMBER} for name in ("Rows read", "Kept", "Rejected")),
    ],
    "tables": [
        {"text": "Kind of record"},
        *({"text": name, **_NUMBER} for name in ("Added", "Removed", "Changed")),
    ],
    "new_rules": [{"text": "Rule"}, {"text": "Kind"}, {"text": "Found", **_NUMBER}],
    "became": [
        {"text": "What became of them"},
        *({"text": n, **_NUMBER} for n in ("Errors", "Queries")),
    ],
}


@policy(LOAD)
@require_POST
def publish(request: HttpRequest, number: int) -> HttpResponse:
    """Publish what was loaded."""
    return _act(
        request, number, load_actions.publish_load, "Published. Everybody sees these figures now."
    )


@policy(LOAD)
@require_POST
def discard(request: HttpRequest, number: int) -> HttpResponse:
    """Discard what was loaded."""
    return _act(request, number, load_actions.discard_load, "Discarded. Nobody saw it.")


@policy(LOAD)
@require_POST
def give_up(request: HttpRequest, number: int) -> HttpResponse:
    """Give up a load that failed, and remove its files."""
    return _act(request, number, load_actions.give_up_load, "Given up. Its files were removed.")


@policy(LOAD)
@require_POST
def again(request: HttpRequest, number: int) -> HttpResponse:
    """Begin a load that failed again."""
    return _act(request, number, load_actions.begin_again, "")


def _act(
    request: HttpRequest, number: int, action: Callable[[int, Person], object], done: str
) -> HttpResponse:
    get_object_or_404(Load, pk=number)
    try:
        action(number, asker(request))
    except AnotherLoadOpenError as error:
        return _another_open(request, error.load)
    except LoadRefusedError as error:
        messages.error(request, str(error))
    else:
        if done:
            messages.success(request, done)
    return redirect("load", number)


@policy(LOAD)
@require_http_methods(["GET", "HEAD", "POST"])
def return_to(request: HttpRequest, number: int) -> HttpResponse:
    """Return to what was published before, with a reason."""
    earlier = get_object_or_404(
        Publication.objects.select_related("published_by", "load"), pk=number
    )
    latest = Publication.objects.select_related("published_by").first()
    if latest is None or latest.snapshot == earlier.snapshot:
        raise Http404("That is what is published now.")
    if other := load_actions.open_load():
        return _another_open(request, other)
    form = ReturnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            load_actions.return_to_publication(number, asker(request), form.cleaned_data["reason"])
        except AnotherLoadOpenError as error:
            return _another_open(request, error.load)
        except LoadRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "The earlier figures are published again.")
            return redirect("loads")
    about = {"form": form, "earlier": earlier, "latest": latest}
    return render(
        request, "measures/loads/return.html", about, status=422 if form.is_bound else 200
    )
