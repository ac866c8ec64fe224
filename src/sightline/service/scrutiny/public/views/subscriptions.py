"""Letters by e-mail: asked for, confirmed by a link, ended by one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from sightline.service.accounts.gate import policy
from sightline.service.accounts.policies import ANYBODY
from sightline.service.api import limits
from sightline.service.scrutiny.public import actions, links, telling
from sightline.service.scrutiny.public.forms import SubscribeForm
from sightline.service.scrutiny.public.views.pages import page

MOST = 5
"""Times a minute that letters can be asked for from one address of the network."""
_FORM = ["GET", "HEAD", "POST"]
TOO_OFTEN = (
    "There were too many tries from where you are. Wait for {seconds} seconds, and try again."
)


@require_http_methods(_FORM)
@policy(ANYBODY)
def subscribe(request: HttpRequest) -> HttpResponse:
    """Ask for letters. The answer is the same whether or not the address has them already."""
    sent = request.method == "POST"
    form = SubscribeForm(
        request.POST if sent else None, initial={"about": request.GET.get("about", "")}
    )
    seconds = 0
    if sent and form.is_valid():
        seconds = limits.wait("subscribe", limits.address_of(request), MOST)
        if not seconds:
            site = request.build_absolute_uri("/").rstrip("/")
            given = form.cleaned_data
            actions.subscribe(given["email"], site, about=given["about"])
            return redirect("public-subscribed")
        form.add_error(None, TOO_OFTEN.format(seconds=seconds))
    response = page(request, "subscribe", {"form": form}, within="public-follow")
    if seconds:
        response.status_code = 429
        response.headers["Retry-After"] = str(seconds)
    return response


@require_safe
@policy(ANYBODY)
def subscribed(request: HttpRequest) -> HttpResponse:
    """Say that a letter is on its way."""
    context = {"days": links.CONFIRM_WITHIN.days}
    return page(request, "subscribed", context, within="public-follow")


@require_http_methods(_FORM)
@policy(ANYBODY)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Begin the letters; by a button, as programs that look at letters follow their links."""
    found = (
        actions.confirm_subscription(token)
        if request.method == "POST"
        else links.confirmed_by(token)
    )
    context = {
        "about": telling.about(found) if found else "",
        "done": bool(found) and request.method == "POST",
    }
    return page(request, "confirm", context, within="public-follow")


@csrf_exempt  # mail programs press the button themselves (RFC 8058); the secret is in the address
@require_http_methods(_FORM)
@policy(ANYBODY)
def end(request: HttpRequest, token: str) -> HttpResponse:
    """End the letters."""
    found = links.ended_by(token)
    about = telling.about(found) if found else ""
    if request.method == "POST":
        actions.end_subscription(token)
    done = request.method == "POST" or found is None
    return page(request, "end", {"about": about, "done": done}, within="public-follow")
