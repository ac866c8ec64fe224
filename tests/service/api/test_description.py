"""The API against its own description: whatever is asked, an answer as described and no 5xx."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode

from sightline.service.accounts.models import Person
from sightline.service.api import limits
from sightline.service.api.endpoints import api
from sightline.service.api.tokens import make_token
from sightline.service.measures.reading import Reading


@pytest.fixture
def token(
    make_person: Callable[..., Person],
    published_reading: Reading,
    monkeypatch: pytest.MonkeyPatch,
) -> str:
    for name in ("OF_A_PERSON", "OF_AN_ADDRESS", "REFUSED_TOKENS"):
        monkeypatch.setattr(limits, name, 1_000_000)
    return make_token(make_person("analyst"), "schemathesis", 1)[1]


@pytest.fixture
def _one_connection() -> Iterator[None]:
    """Keep the test's connection open over requests, as Django's own test client does."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def described() -> Any:
    return api.get_openapi_schema()


def test_every_answer_is_described() -> None:
    paths = described()["paths"]
    assert set(paths) == {
        "/api/v1/snapshot",
        "/api/v1/indicators",
        "/api/v1/indicators/{code}",
        "/api/v1/figures",
        "/api/v1/quality",
    }
    for operations in paths.values():
        assert set(operations) == {"get"}
        operation = operations["get"]
        paged = any(each["name"] == "cursor" for each in operation["parameters"])
        assert {int(status) for status in operation["responses"]} == {
            *(200, 401, 403, 404, 422, 429, 503),
            *([409] if paged else []),
        }
        for status, response in operation["responses"].items():
            kind = "application/json" if int(status) == 200 else "application/problem+json"
            assert list(response["content"]) == [kind]


@pytest.mark.usefixtures("_one_connection")
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.one_database
def test_whatever_is_asked_the_answer_is_as_described(token: str, mode: GenerationMode) -> None:
    headers = {"Authorization": f"Bearer {token}"}
    schema = schemathesis.openapi.from_wsgi(
        "/api/v1/openapi.json", get_wsgi_application(), headers=headers
    )
    statuses: dict[str, set[int]] = {}
    for found in schema.get_all_operations():
        operation = found.ok()

        @settings(
            max_examples=15,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def answered(case: schemathesis.Case) -> None:
            response = case.call_and_validate(headers=headers)
            statuses.setdefault(case.path, set()).add(response.status_code)
            assert response.status_code < 500

        answered()
    assert len(statuses) == 5
    seen = set().union(*statuses.values())
    assert 200 in seen if mode is GenerationMode.POSITIVE else seen & {401, 404, 405, 422}


def test_it_is_read_only(token: str, client: Client) -> None:
    for path in described()["paths"]:
        for method in ("post", "put", "patch", "delete"):
            answer = getattr(client, method)(
                path.replace("{code}", "CP-05"), headers={"authorization": f"Bearer {token}"}
            )
            assert (answer.status_code, answer.headers["Allow"]) == (405, "GET")
            assert answer.headers["Content-Type"] == "application/problem+json"
