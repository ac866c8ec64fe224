"""Who asks the API, by session or token, how often, and whether they may; each refusal is a problem document.

It stands before the gate and asks the same policies: the gate answers with pages, which programs cannot read.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from sightline.service.accounts.gate import has_second_step, need, policy_of
from sightline.service.accounts.models import Person
from sightline.service.api import limits
from sightline.service.api.problems import CONTENT_TYPE, problem
from sightline.service.api.tokens import good_token, start_of, used
from sightline.service.audit.context import set_actor
from sightline.service.audit.record import refused

PREFIX = "/api/v1/"
_SIGN_IN = "Send a token as `Authorization: Bearer TOKEN`, or sign in. /api/ says how to make one."
_NOT_GOOD = (
    "This token is not good: it is mistyped, expired or revoked, or its owner's account is closed."
)
_SECOND_STEP = (
    "Set up a second step of signing in first: sign in in a browser, and it will ask you to."
)
_TOO_OFTEN = "There were too many requests. Wait for {seconds} seconds."
_SAID = {
    404: "There is no such address in the API. /api/v1/openapi.json lists those there are.",
    405: "The API is only read: ask with GET.",
    500: "The API could not answer. The fault is on record; the number is in X-Request-Id.",
}


class ApiMiddleware:
    """Answers for the addresses of the API alone; others it passes on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find out who asks, and see that every answer is JSON."""
        if not request.path.startswith(PREFIX):
            return self._get_response(request)
        with suppress(Resolver404):
            # For the log, where the request is refused before Django looks for its view.
            request.resolver_match = resolve(request.path_info)
        return _who(request) or _as_problem(self._get_response(request))

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Ask the view's policy, as the gate would."""
        found = policy_of(view) if request.path.startswith(PREFIX) else None
        if found is None:
            return None  # the gate refuses a view without a policy
        name = request.resolver_match.view_name if request.resolver_match else ""
        try:
            need(request, found, about=name)
        except PermissionDenied as error:
            return problem(403, str(error))
        return None


def _who(request: HttpRequest) -> HttpResponse | None:
    """Say who asks; None if they may go on."""
    address = limits.address_of(request)
    if seconds := limits.wait("address", address, limits.OF_AN_ADDRESS):
        return _too_often(seconds)
    if "Authorization" in request.headers and (wrong := _by_token(request, address)):
        return wrong
    person = request.user
    if not isinstance(person, Person):
        return problem(401, _SIGN_IN, headers=_CHALLENGE)
    if seconds := limits.wait("person", str(person.pk), limits.OF_A_PERSON):
        return _too_often(seconds)
    if settings.SECOND_FACTOR and not has_second_step(person):
        return problem(403, _SECOND_STEP)
    return None


def _by_token(request: HttpRequest, address: str) -> HttpResponse | None:
    """Act as the owner of the token that was sent; nobody else, though they may be signed in too."""
    if seconds := limits.must_wait("refused", address, limits.REFUSED_TOKENS):
        return _too_often(seconds)
    scheme, _, text = request.headers["Authorization"].partition(" ")
    token = good_token(text.strip()) if scheme.lower() == "bearer" else None
    if token is None:
        limits.wait("refused", address, limits.REFUSED_TOKENS)
        refused(request, "API token", start_of(text.strip()))
        return problem(401, _NOT_GOOD, headers=_CHALLENGE)
    request.user = token.person
    set_actor(token.person)
    used(token)
    return None


_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="Sightline"'}


def _too_often(seconds: int) -> HttpResponse:
    return problem(429, _TOO_OFTEN.format(seconds=seconds), headers={"Retry-After": str(seconds)})


def _as_problem(response: HttpResponse) -> HttpResponse:
    """Turn a page that says what went wrong into a problem; leave answers of the API as they are."""
    status = response.status_code
    if status < 400 or response.headers.get("Content-Type") == CONTENT_TYPE:
        return response
    detail = _SAID.get(status) or _SAID[500]
    headers = {"Allow": response.headers["Allow"]} if "Allow" in response.headers else None
    return problem(status, detail, headers=headers)
