"""A tracker that was kept as a table is taken over: read, shown row by row, then stored, or not at all."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from sightline.service.accounts.gate import asker, policy
from sightline.service.accounts.models import Person
from sightline.service.accounts.pages import columns, sent
from sightline.service.accounts.policies import KEEP_SCRUTINY
from sightline.service.measures.load_uploads import LimitedUpload
from sightline.service.scrutiny.asks import actions
from sightline.service.scrutiny.asks.forms import TrackerForm
from sightline.service.scrutiny.asks.importing import LARGEST, TrackerError, name_of, read_tracker
from sightline.service.scrutiny.asks.who import possible_leads
from sightline.service.scrutiny.keeping import kept_by
from sightline.service.scrutiny.models import Ask, Committee

_SALT = "sightline tracker"
_HOURS = 12


class LimitedTracker(LimitedUpload):
    """Stops reading where a file is larger than a tracker may be."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.left = LARGEST


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@policy(KEEP_SCRUTINY)
def import_requests(request: HttpRequest) -> HttpResponse:
    """Read a tracker and show what is right and wrong in it; then take over what was shown."""
    if request.method == "POST":
        request.upload_handlers = [LimitedTracker(request), TemporaryFileUploadHandler(request)]
    # Exempt from the middleware's check, which would read the whole request first: this checks it.
    return _import(request)


@csrf_protect
def _import(request: HttpRequest) -> HttpResponse:
    person = asker(request)
    if request.POST.get("rows"):
        return _take_over(request, person)
    given = sent(request)  # reads what is sent, up to where it is stopped
    if any(isinstance(each, LimitedTracker) and each.stopped for each in request.upload_handlers):
        messages.error(request, f"The file is larger than {LARGEST // 1_000_000} MB.")
        return redirect("import-requests")
    form = TrackerForm(kept_by(person), given, request.FILES or None)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        committee, file = form.cleaned_data["committee"], form.cleaned_data["file"]
        taken = frozenset(
            Ask.objects.filter(committee=committee).values_list("reference", flat=True)
        )
        try:
            tracker = read_tracker(file.name, file.read(), taken=taken, leads=_leads())
        except TrackerError as error:
            form.add_error("file", str(error))
        else:
            rows = [{**row.values, "number": row.number} for row in tracker.right]
            told = {"committee": committee.pk, "file": file.name, "rows": rows, "person": person.pk}
            context |= {
                "committee": committee,
                "tracker": tracker,
                "rows": signing.dumps(told, salt=_SALT, compress=True),
                "known": [(name_of(key), head) for key, head in tracker.known.items()],
                "columns": columns("Row", "Reference", "Request", "Due", "State"),
                "wrong_columns": columns("Row", "What is wrong"),
            }
            return render(request, "scrutiny/asks/tracker_read.html", context)
    return render(request, "scrutiny/asks/import.html", context)


def _leads() -> dict[str, int]:
    """Give who may answer requests by name, where the name is one person's."""
    named: dict[str, list[int]] = {}
    for person in possible_leads():
        named.setdefault(person.name.lower(), []).append(person.pk)
    return {name: pks[0] for name, pks in named.items() if len(pks) == 1}


def _take_over(request: HttpRequest, person: Person) -> HttpResponse:
    try:
        told = signing.loads(request.POST["rows"], salt=_SALT, max_age=_HOURS * 3600)
    except signing.BadSignature:
        messages.error(request, "What was read is too old, or was changed. Choose the file again.")
        return redirect("import-requests")
    committee = kept_by(person).filter(pk=told["committee"]).first()
    if told["person"] != person.pk or committee is None:
        messages.error(request, "What was read is not yours to take over. Choose the file again.")
        return redirect("import-requests")
    return _store(request, committee, told, person)


def _store(
    request: HttpRequest, committee: Committee, told: dict[str, Any], person: Person
) -> HttpResponse:
    try:
        made = actions.import_tracker(committee, told["rows"], told["file"], by=person)
    except ValidationError as error:
        messages.error(request, f"Nothing was stored. {' '.join(error.messages)}")
        return redirect("import-requests")
    many = f"{len(made):,} {'request is' if len(made) == 1 else 'requests are'}"
    messages.success(request, f"{many} taken over from {told['file']}.")
    return redirect("requests")
