"""Signing in: lock-out after failures, a new password by e-mail, the second step where all need one."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from sightline.service.accounts.models import Person
from sightline.service.accounts.roles import ROLES
from sightline.service.audit.models import AuditEntry, Verb
from sightline.service.config.environment import read_environment

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"
WRONG = "something else altogether"
Make = Callable[..., Person]


@pytest.fixture(autouse=True)
def _nothing_counted_yet(db: None) -> None:
    cache.clear()


def _sign_in(client: Client, email: str, password: str = PASSWORD) -> Any:
    return client.post(reverse("account_login"), {"login": email, "password": password})


@pytest.mark.parametrize("role", [role.code for role in ROLES.values()])
def test_each_role_begins_with_a_page_of_its_own_work(role: str, make_person: Make) -> None:
    client = Client()
    answer = _sign_in(client, make_person(role, email="ann@example.org").email)
    assert answer.headers["Location"] == reverse(ROLES[role].begins or "overview")
    if ROLES[role].begins:
        assert client.get(answer.headers["Location"]).status_code == 200


def test_the_table_of_the_cache_is_made_by_migration() -> None:
    assert "cache" in connection.introspection.table_names()


def test_the_sixth_try_is_refused_even_when_right_in_plain_words_and_on_record(
    make_person: Make, settings: Any
) -> None:
    person = make_person("analyst", email="ann@example.org")
    client = Client()
    for _ in range(5):
        page = _sign_in(client, person.email, WRONG)
        assert "not correct" in page.content.decode()
    page = _sign_in(client, "Ann@Example.org")
    assert page.status_code == 200
    assert "nobody can sign in with this address for 15 minutes" in page.content.decode()
    assert not client.session.get("_auth_user_id")
    assert AuditEntry.objects.filter(verb=Verb.SIGN_IN_FAILED).count() == 5
    refusal = AuditEntry.objects.get(verb=Verb.REFUSE)
    assert (refusal.subject, refusal.subject_id) == ("sign in", "ann@example.org")
    # From another machine too: the address is locked, not the machine. Somebody else still comes in.
    assert "15 minutes" in _sign_in(Client(REMOTE_ADDR="10.0.0.9"), person.email).content.decode()
    other = make_person("councillor", email="bob@example.org")
    assert _sign_in(Client(), other.email).status_code == 302


def test_the_lock_opens_after_the_time_it_says(make_person: Make, monkeypatch: Any) -> None:
    from allauth.core.internal import ratelimit

    person = make_person("analyst")
    for _ in range(6):
        _sign_in(Client(), person.email, WRONG)
    now = ratelimit.time.time()
    monkeypatch.setattr(ratelimit.time, "time", lambda: now + 15 * 60 + 1)
    assert _sign_in(Client(), person.email).status_code == 302


def test_a_new_password_is_chosen_by_a_letter_and_works_at_once(make_person: Make) -> None:
    person = make_person("analyst", email="ann@example.org")
    Person.objects.filter(pk=person.pk).update(password="!")
    for _ in range(6):
        _sign_in(Client(), person.email, WRONG)
    client = Client()
    client.post(reverse("account_reset_password"), {"email": "ann@example.org"})
    (letter,) = mail.outbox
    found = re.search(r"https?://testserver(/\S+)", letter.body)
    assert found
    page = client.get(found[1], follow=True)
    new = "quite another sentence"
    done = client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert done.status_code == 302
    assert _sign_in(Client(), person.email, new).status_code == 302


def test_who_has_no_account_is_not_told_so_when_asking_for_a_password(make_person: Make) -> None:
    make_person("analyst", email="ann@example.org")
    answers = [
        Client().post(reverse("account_reset_password"), {"email": email}, follow=True)
        for email in ("ann@example.org", "nobody@example.org")
    ]
    assert len({(page.status_code, page.redirect_chain[-1][0]) for page in answers}) == 1


def test_a_closed_account_cannot_sign_in(make_person: Make) -> None:
    person = make_person("analyst")
    Person.objects.update(is_active=False)
    client = Client()
    _sign_in(client, person.email)
    assert client.get(reverse("account")).status_code == 302


@pytest.mark.parametrize("name", ["account_signup", "account_email", "socialaccount_signup"])
def test_nobody_makes_or_changes_an_account_by_themselves(
    make_person: Make, client_of: Any, name: str
) -> None:
    client = client_of(make_person("administrator"))
    new = {"email": "me@example.com", "password1": WRONG, "password2": WRONG, "action_add": ""}
    for answer in (client.get(reverse(name)), client.post(reverse(name), new)):
        assert answer.status_code == 403
    assert Client().post(reverse(name), new).url.startswith(reverse("account_login"))
    assert not Person.objects.filter(email="me@example.com").exists()


def _code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_where_all_need_a_second_step_nothing_else_is_reached_before_it_is_set_up(
    make_person: Make, settings: Any
) -> None:
    settings.SECOND_FACTOR = True
    person = make_person("administrator", email="ann@example.org")
    client = Client()
    _sign_in(client, person.email)
    for name in ("account", "people", "account_change_password"):
        assert client.get(reverse(name)).url == reverse("mfa_index")
    page = client.get(reverse("people"), follow=True).content.decode()
    assert "Set up a second step of signing in first" in page
    asked = client.get(reverse("mfa_activate_totp")).url
    assert asked.startswith(reverse("account_reauthenticate"))
    assert "Incorrect" in client.post(asked, {"password": WRONG}).content.decode()
    set_up = client.post(asked, {"password": PASSWORD}, follow=True)
    secret = set_up.context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": _code(secret)})
    assert client.get(reverse("people")).status_code == 200
    # From now on a password alone is not enough.
    later = Client()
    answer = _sign_in(later, person.email)
    assert answer.url == reverse("mfa_authenticate")
    assert later.get(reverse("people")).url.startswith(reverse("account_login"))
    cache.clear()  # a code is good once; let the same one be used again
    later.post(reverse("mfa_authenticate"), {"code": _code(secret)})
    assert later.get(reverse("people")).status_code == 200


def test_the_second_step_is_not_asked_for_where_the_deployment_does_not_say_so(
    make_person: Make, client_of: Any, settings: Any
) -> None:
    assert settings.SECOND_FACTOR is False
    assert client_of(make_person("administrator")).get(reverse("people")).status_code == 200


def test_the_deployment_says_whether_all_need_a_second_step(tmp_path: Path) -> None:
    said = f'secret_key = "{"k" * 50}"\n'
    (tmp_path / "service.toml").write_text(said)
    assert read_environment({"SIGHTLINE_HOME": str(tmp_path)}).second_factor is False
    (tmp_path / "service.toml").write_text(said + "second_factor = true\n")
    assert read_environment({"SIGHTLINE_HOME": str(tmp_path)}).second_factor is True
