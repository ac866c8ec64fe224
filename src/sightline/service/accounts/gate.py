"""The one gate: a view without a policy is refused, and so is whoever its policy does not allow.

A view says its policy with `@policy(...)`. Views of other packages have theirs in `_OTHERS`, by the
start of their module's name.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from sightline.service.accounts.policies import ANYBODY, Policy
from sightline.service.audit.record import refused

View = TypeVar("View", bound=Callable[..., Any])

_OTHERS = {
    "allauth.": ANYBODY,  # signing in; its pages for people signed in ask for that themselves
    "django.contrib.staticfiles.": ANYBODY,
}


def policy(of: Policy) -> Callable[[View], View]:
    """Say under which policy a view stands."""

    def mark(view: View) -> View:
        view.policy = of  # type: ignore[attr-defined]
        return view

    return mark


def policy_of(view: Callable[..., Any]) -> Policy | None:
    """Give the policy of a view; None if nobody gave it one."""
    declared = getattr(view, "policy", None) or getattr(
        getattr(view, "view_class", None), "policy", None
    )
    if isinstance(declared, Policy):
        return declared
    module = getattr(view, "__module__", "") or ""
    return next((found for start, found in _OTHERS.items() if module.startswith(start)), None)


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
        found = policy_of(view)
        if found is None:
            refused(
                request,
                "no policy",
                request.resolver_match.view_name if request.resolver_match else "",
            )
            raise PermissionDenied("This page has no policy yet, so nobody may open it.")
        if found.allows(request.user):
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        refuse(request, found, request.resolver_match.view_name if request.resolver_match else "")
        return None
