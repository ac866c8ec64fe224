"""Pages about the API: what it answers, and one's tokens for it."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.service.accounts.gate import asker, need, policy
from sightline.service.accounts.pages import columns, sent
from sightline.service.accounts.policies import KEEP_ACCOUNTS, USE_API
from sightline.service.api import limits
from sightline.service.api.access import PREFIX
from sightline.service.api.asking import MOST
from sightline.service.api.endpoints import api
from sightline.service.api.forms import TokenForm
from sightline.service.api.tokens import TooManyTokensError, make_token, revoke_token
from sightline.service.measures.models import ApiToken

A_PAGE = 25


@require_safe
@policy(USE_API)
def about(request: HttpRequest) -> HttpResponse:
    """Say what the API answers, from its own description."""
    return render(
        request,
        "api/about.html",
        {
            "operations": _operations(api.get_openapi_schema()),
            "parameter_columns": columns("Parameter", "What it does"),
            "address": request.build_absolute_uri(PREFIX),
            "most": MOST,
            "a_minute": limits.OF_A_PERSON,
        },
    )


def _operations(schema: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "path": path,
            "title": operation["summary"],
            "caption": f"Parameters of {path}",
            "text": operation["description"],
            "parameters": [
                {
                    "name": each["name"],
                    "text": each["schema"].get("description")
                    or ("The indicator's code, as CP-05." if each["in"] == "path" else ""),
                }
                for each in operation["parameters"]
            ],
        }
        for path, operations in schema["paths"].items()
        for operation in operations.values()
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@policy(USE_API)
def tokens(request: HttpRequest) -> HttpResponse:
    """List one's tokens, and make one; a new one is shown in the answer to the form and never again."""
    person = asker(request)
    form = TokenForm(sent(request))
    if form.is_valid():
        try:
            token, text = make_token(person, form.cleaned_data["name"], form.cleaned_data["days"])
        except TooManyTokensError as error:
            form.add_error(None, str(error))
        else:
            return render(request, "api/new_token.html", {"token": token, "text": text})
    return render(
        request,
        "api/tokens.html",
        {
            "form": form,
            "columns": columns("For", "Begins", "Good until", "Last used", "Revoke"),
            "page": _page(request, person.api_tokens.all()),
            "keeps_accounts": KEEP_ACCOUNTS.allows(person),
            "today": timezone.localdate(),
        },
    )


@require_safe
@policy(KEEP_ACCOUNTS)
def everybody(request: HttpRequest) -> HttpResponse:
    """List everybody's tokens: that there are such, not what they are."""
    every = ApiToken.objects.select_related("person")
    return render(
        request,
        "api/everybody.html",
        {
            "columns": columns("Whose", "For", "Begins", "Good until", "Last used", "Revoke"),
            "page": _page(request, every),
            "today": timezone.localdate(),
        },
    )


def _page(request: HttpRequest, rows: Any) -> Any:
    return Paginator(rows, A_PAGE).get_page(request.GET.get("page"))


@require_POST
@policy(USE_API)
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Revoke a token of one's own; an administrator may revoke anybody's."""
    token = get_object_or_404(ApiToken, pk=pk)
    if token.person_id == asker(request).pk:
        revoke_token(token)
        return redirect("api-tokens")
    need(request, KEEP_ACCOUNTS, about=f"token {pk}")
    revoke_token(token)
    return redirect("api-tokens-of-everybody")
