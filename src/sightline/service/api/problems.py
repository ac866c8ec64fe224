"""What the API says when it cannot answer: a problem document (RFC 9457), a sentence a person can act on."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse, JsonResponse

CONTENT_TYPE = "application/problem+json"


class ProblemError(Exception):
    """A question the API cannot answer: its status and what to do instead."""

    def __init__(self, status: int, detail: str, errors: Sequence[Mapping[str, Any]] = ()) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.errors = errors


def not_understood(errors: Sequence[Mapping[str, Any]]) -> ProblemError:
    """Give the problem of a question with parameters that were wrong: `where`, and a `message`."""
    said = "; ".join(f"{each['where']}: {each['message']}" for each in errors)
    return ProblemError(422, f"The question is not understood. {said}"[:2000], errors)


def problem(
    status: int,
    detail: str,
    *,
    errors: Sequence[Mapping[str, Any]] = (),
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Answer with a problem; `errors` say which parameter was wrong and how."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if errors:
        body["errors"] = list(errors)
    return JsonResponse(body, status=status, content_type=CONTENT_TYPE, headers=headers)
