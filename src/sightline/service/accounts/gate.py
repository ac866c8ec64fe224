"""The one gate: a view without a policy is refused, and so is whoever its policy does not allow.

A view says its policy with `@policy(...)`. Views of allauth have theirs in `sign_in`, by the name of
their address. Where the deployment says `second_factor`, whoever has not set up the second step of
signing in reaches the pages for doing so and no others.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

from sightline.service.accounts.models import Person
from sightline.service.accounts.policies import ANYBODY, Policy
from sightline.service.accounts.sessions import say_why
from sightline.service.accounts.sign_in import SET_UP, SIGN_IN_POLICIES
from sightline.service.audit.record import refused

View = TypeVar("View", bound=Callable[..., Any])


def policy(of: Policy) -> Callable[[View], View]:
    """Say under which policy a view stands."""

    def mark(view: View) -> View:
        view.policy = of  # type: ignore[attr-defined]
        return view

    return mark


def policy_of(view: Callable[..., Any], name: str = "") -> Policy | None:
    """Give the policy of a view at an address of this name; None if nobody gave it one."""
    declared = getattr(view, "policy", None) or getattr(
        getattr(view, "view_class", None), "policy", None
    )
    if isinstance(declared, Policy):
        return declared
    module = getattr(view, "__module__", "") or ""
    if module.startswith("django.contrib.staticfiles."):
        return ANYBODY
    return SIGN_IN_POLICIES.get(name) if module.startswith("allauth.") else None


def need(request: HttpRequest, of: Policy, row: Any = None, *, about: str = "") -> None:
    """Go on only if the policy allows the person this, or this child; else refuse, on record.

    `about` names in the audit what was asked for.
    """
    if not of.allows(request.user, row):
        refuse(request, of, about)


def refuse(request: HttpRequest, of: Policy, about: str = "") -> None:
    """Put a refusal on record, and answer 403 with the policy's sentence."""
    refused(request, of.name, about)
    raise PermissionDenied(of.sentence)


def asker(request: HttpRequest) -> Person:
    """Give the person who asks, in a view whose policy let somebody signed in through."""
    if not isinstance(request.user, Person):
        raise PermissionDenied("Sign in first.")
    return request.user


class GateMiddleware:
    """Asks the policy before any view runs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; the work is in `process_view`."""
        return self._get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Refuse, send to sign in, or let the view run."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        found = policy_of(view, name)
        if found is None:
            refused(request, "no policy", name)
            raise PermissionDenied("This page has no policy yet, so nobody may open it.")
        if found.anybody:
            return None
        if not request.user.is_authenticated:
            return sign_in_first(request)
        if settings.SECOND_FACTOR and name not in SET_UP and not has_second_step(request.user):
            return _set_up_first(request)
        if not found.allows(request.user):
            refuse(request, found, name)
        return None


def has_second_step(person: Person) -> bool:
    """Whether a person has an authenticator app or a passkey; recovery codes alone do not count."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return bool(Authenticator.objects.filter(user=person, type__in=kinds).exists())


def _set_up_first(request: HttpRequest) -> HttpResponseBase:
    messages.info(
        request,
        "Set up a second step of signing in first: an authenticator app or a passkey. Everybody here "
        "needs one.",
    )
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(reverse("mfa_index"))
    return redirect("mfa_index")


def sign_in_first(request: HttpRequest) -> HttpResponseBase:
    """Send to sign in, and from there back to the page; say what became of what was being sent."""
    target = redirect_to_login(_page_of(request))
    htmx = bool(getattr(request, "htmx", False))
    sending = request.method not in ("GET", "HEAD")
    kept = bool(getattr(request, "draft_kept", False))
    if sending and htmx:
        # What was typed is still on the page: it is left there, with a word beside it.
        context = {"sign_in": target.url, "kept": kept}
        return render(request, "accounts/signed_out.html", context)
    say_why(request)
    if sending:
        messages.error(request, NOT_SENT_KEPT if kept else NOT_SENT)
    return HttpResponseClientRedirect(target.url) if htmx else target


NOT_SENT = (
    "What you sent was not taken, as you were no longer signed in. What was saved as a draft before is "
    "there once you have signed in again."
)
NOT_SENT_KEPT = (
    "What you sent was not taken, as you were no longer signed in. It is saved as a draft, and is there "
    "once you have signed in again."
)


def _page_of(request: HttpRequest) -> str:
    """Give the address of the page somebody is on: this one, or that from which they sent a form."""
    if request.method in ("GET", "HEAD") and not getattr(request, "htmx", False):
        return request.get_full_path()
    came_from = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    host = request.get_host()
    if url_has_allowed_host_and_scheme(came_from, {host}, require_https=request.is_secure()):
        return "/" + came_from.split("://", 1)[-1].partition("/")[2]
    return "/"
