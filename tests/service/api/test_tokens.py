"""Tokens and limits: made once, good for as long as their owner is, refused on record; not too often."""

import hashlib
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sightline.service.accounts import actions
from sightline.service.accounts.models import Person
from sightline.service.api import limits
from sightline.service.api.tokens import (
    MOST_TOKENS,
    TooManyTokensError,
    good_token,
    make_token,
    revoke_token,
)
from sightline.service.audit.models import AuditEntry
from sightline.service.measures.models import ApiToken
from sightline.service.measures.reading import Reading

pytestmark = pytest.mark.django_db

People = Callable[..., Person]
Clients = Callable[[Person], Client]


@pytest.fixture
def analyst(make_person: People, published_reading: Reading) -> Person:
    return make_person("analyst")


def ask(
    text: str, what: str = "snapshot", scheme: str = "Bearer", client: Client | None = None
) -> Any:
    return (client or Client()).get(
        f"/api/v1/{what}", headers={"authorization": f"{scheme} {text}"}
    )


def test_a_token_is_shown_once_and_only_its_hash_is_kept(
    analyst: Person, client_of: Clients, django_assert_max_num_queries: Any
) -> None:
    client = client_of(analyst)
    made = client.post(reverse("api-tokens"), {"name": "Power BI", "days": "90"})
    found = re.search(r"sl_[\w-]{43}", made.content.decode())
    assert found
    text = found[0]
    token = ApiToken.objects.get()
    assert token.hashed == hashlib.sha256(text.encode()).hexdigest()
    assert (token.start, token.name) == (text[:8], "Power BI")
    assert token.expires == timezone.localdate() + timedelta(days=89)
    assert made.headers["Cache-Control"] == "private, no-store"
    with django_assert_max_num_queries(30):
        listed = client.get(reverse("api-tokens")).content.decode()
    assert text not in listed
    assert text[:8] in listed
    entries = AuditEntry.objects.filter(subject="measures_apitoken")
    assert entries.exists()
    assert not [each for each in entries if token.hashed in each.after or text in each.after]


def test_a_token_reads_as_its_owner_without_a_session(analyst: Person) -> None:
    token, text = make_token(analyst, "Excel", 30)
    answer = ask(text)
    assert answer.status_code == 200
    assert answer.json()["form"] == "open"
    assert not answer.cookies
    token.refresh_from_db()
    assert token.last_used == timezone.localdate()
    assert ask(text, "figures").status_code == 200
    assert AuditEntry.objects.get(verb="export").actor == str(analyst.pk)


def test_the_day_of_use_is_written_once_a_day(
    analyst: Person, django_assert_max_num_queries: Any
) -> None:
    _, text = make_token(analyst, "Excel", 30)
    ask(text)
    before = AuditEntry.objects.count()
    with django_assert_max_num_queries(30):
        assert ask(text, "quality").status_code == 200
    assert AuditEntry.objects.count() == before


def test_a_token_wins_over_the_session_it_is_sent_with(
    analyst: Person, make_person: People, client_of: Clients
) -> None:
    _, text = make_token(make_person("councillor"), "Report", 30)
    client = client_of(analyst)
    assert client.get("/api/v1/snapshot").json()["form"] == "open"
    assert ask(text, client=client).json()["form"] == "protected"
    assert ask("sl_wrong", client=client).status_code == 401


def test_a_token_may_what_its_owner_may_today(analyst: Person, make_person: People) -> None:
    _, text = make_token(analyst, "Excel", 30)
    actions.end_appointment(analyst.appointments.get(), None, by=make_person("administrator"))
    answer = ask(text)
    assert answer.status_code == 403
    assert AuditEntry.objects.filter(verb="refuse").latest("pk").actor == str(analyst.pk)


def test_a_token_dies_with_the_account(analyst: Person, make_person: People) -> None:
    _, text = make_token(analyst, "Excel", 30)
    keeper = make_person("administrator")
    actions.close_account(analyst, by=keeper)
    assert ask(text).status_code == 401
    actions.open_account(analyst, by=keeper)
    actions.appoint(analyst, by=keeper, role="analyst")
    assert ask(text).status_code == 401
    # A closed account without the revocation is enough too.
    ApiToken.objects.update(revoked_at=None)
    assert ask(text).status_code == 200
    Person.objects.filter(pk=analyst.pk).update(is_active=False)
    assert ask(text).status_code == 401


def test_tokens_that_are_not_good_are_refused_on_record(analyst: Person) -> None:
    token, text = make_token(analyst, "Excel", 1)
    assert ask(text).status_code == 200
    assert ask(text, scheme="Basic").status_code == 401
    assert ask(text[:-1]).status_code == 401
    assert ask("").status_code == 401
    assert ask("sl_\x00é" + "x" * 5000).status_code == 401
    ApiToken.objects.update(expires=timezone.localdate() - timedelta(days=1))
    refusal = ask(text)
    assert refusal.status_code == 401
    assert refusal.headers["Content-Type"] == "application/problem+json"
    assert refusal.headers["WWW-Authenticate"].startswith("Bearer")
    entry = AuditEntry.objects.filter(verb="refuse").latest("pk")
    assert (entry.subject, entry.subject_id) == ("API token", token.start)
    assert text not in entry.after
    ApiToken.objects.update(expires=timezone.localdate())
    assert ask(text).status_code == 200
    revoke_token(token)
    assert ask(text).status_code == 401


def test_a_token_opens_no_page(analyst: Person) -> None:
    _, text = make_token(analyst, "Excel", 1)
    for page in ("overview", "api-tokens"):
        answer = Client().get(reverse(page), headers={"authorization": f"Bearer {text}"})
        assert answer.status_code == 302


def test_how_long_and_how_many(analyst: Person, client_of: Clients) -> None:
    for days in (0, 366):
        with pytest.raises(ValueError, match="365"):
            make_token(analyst, "Too long", days)
    for number in range(MOST_TOKENS):
        make_token(analyst, f"Report {number}", 365)
    with pytest.raises(TooManyTokensError):
        make_token(analyst, "One more", 1)
    client = client_of(analyst)
    said = client.post(reverse("api-tokens"), {"name": "One more", "days": "30"}).content.decode()
    assert "Revoke one" in said
    revoke_token(ApiToken.objects.first())  # type: ignore[arg-type]
    assert make_token(analyst, "One more", 1)
    said = client.post(reverse("api-tokens"), {"name": "", "days": "400"}).content.decode()
    assert "Say what the token is for" in said


def test_one_revokes_ones_own_and_an_administrator_anybodys(
    analyst: Person, make_person: People, client_of: Clients
) -> None:
    token, text = make_token(analyst, "Excel", 30)
    revoke = reverse("revoke-api-token", args=[token.pk])
    assert client_of(make_person("councillor")).post(revoke).status_code == 403
    assert good_token(text)
    assert client_of(analyst).get(revoke).status_code == 405
    assert client_of(analyst).post(revoke).status_code == 302
    assert good_token(text) is None

    _, text = make_token(analyst, "Excel again", 30)
    keeper = client_of(make_person("administrator"))
    listed = keeper.get(reverse("api-tokens-of-everybody")).content.decode()
    assert "Excel again" in listed
    assert text not in listed
    latest = ApiToken.objects.get(name="Excel again")
    keeper.post(reverse("revoke-api-token", args=[latest.pk]))
    assert good_token(text) is None
    assert client_of(analyst).get(reverse("api-tokens-of-everybody")).status_code == 403


def test_a_person_may_ask_so_often(analyst: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "OF_A_PERSON", 3)
    monkeypatch.setattr(limits, "_now", lambda: 1_000_000_040.0)
    _, text = make_token(analyst, "Excel", 30)
    assert [ask(text).status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    answer = ask(text)
    assert answer.headers["Retry-After"] == "40"
    assert answer.json()["status"] == 429
    monkeypatch.setattr(limits, "_now", lambda: 1_000_000_080.0)
    assert ask(text).status_code == 200


def test_from_one_address_one_may_ask_so_often(
    published_reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "OF_AN_ADDRESS", 2)
    monkeypatch.setattr(limits, "_now", lambda: 1_000_000_040.0)
    assert [Client().get("/api/v1/snapshot").status_code for _ in range(3)] == [401, 401, 429]
    other = Client(REMOTE_ADDR="192.0.2.7").get("/api/v1/snapshot")
    assert other.status_code == 401


def test_tokens_cannot_be_guessed_at_leisure(
    analyst: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "REFUSED_TOKENS", 2)
    monkeypatch.setattr(limits, "_now", lambda: 1_000_000_040.0)
    _, text = make_token(analyst, "Excel", 30)
    assert [ask("sl_guess").status_code for _ in range(3)] == [401, 401, 429]
    assert ask(text).status_code == 429
    assert AuditEntry.objects.filter(verb="refuse").count() == 2


def test_without_a_second_step_where_all_need_one(
    analyst: Person, client_of: Clients, settings: Any
) -> None:
    settings.SECOND_FACTOR = True
    answer = client_of(analyst).get("/api/v1/snapshot")
    assert answer.status_code == 403
    assert "second step" in answer.json()["detail"]


def test_the_page_about_the_api(analyst: Person, client_of: Clients) -> None:
    said = client_of(analyst).get(reverse("api")).content.decode()
    for each in ("/api/v1/figures", "/api/v1/indicators/{code}", "every_version", "Bearer"):
        assert each in said
