"""The feed of casework in the browser: what became of each, and one asked for now."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sightline.service.accounts.gate import asker, policy
from sightline.service.accounts.policies import LOAD
from sightline.service.feed.feeding import feed_now, is_feeding
from sightline.service.feed.models import Feeding
from sightline.service.feed.queries import last_fed

PAGE = 20
COLOURS = {
    Feeding.State.WORKING: "yellow",
    Feeding.State.FED: "green",
    Feeding.State.UNCHANGED: "grey",
    Feeding.State.REFUSED: "red",
    Feeding.State.FAILED: "red",
}
_COLUMNS = [{"text": name} for name in ("Begun", "By", "What became of it", "In words")]


@policy(LOAD)
@require_http_methods(["GET", "HEAD", "POST"])
def feed(request: HttpRequest) -> HttpResponse:
    """List when casework was fed, the latest first, and take up a feed that somebody asks for."""
    if request.method == "POST":
        if is_feeding():
            messages.error(request, "Casework is being fed already.")
        else:
            feed_now.enqueue(asker(request).pk)
            messages.success(request, "Casework will be fed now. This page says what became of it.")
        return redirect("feed")
    every = Feeding.objects.select_related("asked_by", "load")
    page = Paginator(every, PAGE).get_page(request.GET.get("page"))
    lines = [{"feeding": each, "tag": _tag(each)} for each in page]
    about = {"page": page, "lines": lines, "columns": _COLUMNS, "fed": last_fed()}
    return render(request, "feed/list.html", about)


def _tag(of: Feeding) -> dict[str, str]:
    """Say how one ended; of one that was fed and is not published, how its load stands."""
    if of.state == Feeding.State.FED and of.load is not None and not of.is_published:
        return {"text": of.load.get_state_display(), "colour": "yellow"}
    return {"text": of.get_state_display(), "colour": COLOURS[Feeding.State(of.state)]}
