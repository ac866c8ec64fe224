"""What was typed is not lost: kept as it is typed, kept when the session ends, seen by its owner only."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sightline.service.accounts.models import Draft, Person

pytestmark = pytest.mark.django_db

Make = Callable[..., Person]
ClientOf = Callable[[Person], Client]
HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/restricted/add/"}


@pytest.fixture
def person(make_person: Make) -> Person:
    return make_person("assistant_director")


@pytest.fixture
def browser(person: Person, client_of: ClientOf) -> Client:
    return client_of(person)


def _typed(client: Client, **more: str) -> dict[str, str]:
    page = client.get(reverse("restrict"))
    return {
        "draft": page.context["draft"].token,
        "version": "1",
        "child_id": "C-1",
        "reason": "family of staff",
        "people": "",
        **more,
    }


def _age(client: Client, **seconds: int) -> None:
    session = client.session
    now = int(time.time())
    for name, ago in seconds.items():
        session[name] = now - ago
    session.save()


def test_a_draft_is_kept_at_the_button_without_javascript_and_shown_again(browser: Client) -> None:
    answer = browser.post(reverse("save-draft"), _typed(browser))
    assert answer.url == reverse("restrict")
    page = browser.get(reverse("restrict"))
    assert page.context["form"]["reason"].value() == "family of staff"
    assert "This is your draft, saved on" in page.content.decode()
    assert "family of staff" in page.content.decode()
    kept = Draft.objects.get()
    assert set(kept.fields) == {"version", "child_id", "reason", "people"}


def test_a_draft_is_kept_as_it_is_typed(browser: Client) -> None:
    answer = browser.post(reverse("save-draft"), _typed(browser, reason="fam"), headers=HTMX)
    assert answer.content.decode().startswith("Draft saved at")
    browser.post(reverse("save-draft"), _typed(browser, reason="family"), headers=HTMX)
    assert Draft.objects.get().fields["reason"] == ["family"]


def test_a_draft_is_gone_once_it_is_sent(browser: Client) -> None:
    typed = _typed(browser)
    browser.post(reverse("save-draft"), typed)
    assert browser.post(reverse("restrict"), typed).status_code == 302
    assert not Draft.objects.exists()


def test_what_is_wrong_is_said_and_the_draft_stays(browser: Client) -> None:
    typed = _typed(browser, reason="")
    browser.post(reverse("save-draft"), typed)
    assert browser.post(reverse("restrict"), typed).status_code == 200
    assert Draft.objects.exists()


def test_only_its_owner_sees_throws_away_or_restores_a_draft(
    browser: Client, make_person: Make, client_of: ClientOf
) -> None:
    browser.post(reverse("save-draft"), _typed(browser))
    draft = Draft.objects.get()
    other = client_of(make_person("assistant_director"))
    assert other.get(reverse("restrict")).context["form"]["reason"].value() is None
    assert "Restrict a child" not in other.get(reverse("account")).content.decode()
    assert other.post(reverse("discard-draft", args=[draft.pk])).status_code == 404
    assert "Restrict a child" in browser.get(reverse("account")).content.decode()
    browser.post(reverse("discard-draft", args=[draft.pk]))
    assert not Draft.objects.exists()


def test_a_draft_cannot_be_put_under_a_name_made_up(browser: Client) -> None:
    typed = {**_typed(browser), "draft": "made up"}
    page = browser.post(reverse("save-draft"), typed, follow=True)
    assert "cannot be saved as a draft" in page.content.decode()
    assert not Draft.objects.exists()


@pytest.mark.parametrize("ago", [{"last_seen": 3601}, {"began": 10 * 3600 + 1, "last_seen": 5}])
def test_a_form_sent_after_the_session_ended_is_kept_and_there_after_signing_in(
    browser: Client, person: Person, ago: dict[str, int]
) -> None:
    typed = _typed(browser)
    _age(browser, **ago)
    answer = browser.post(
        reverse("restrict"), typed, headers={"Referer": "http://testserver/restricted/add/"}
    )
    assert answer.url == f"{reverse('account_login')}?next=/restricted/add/"
    page = browser.get(answer.url).content.decode()
    assert "You were signed out because" in page
    assert "It is saved as a draft, and is there once you have signed in again." in page
    signed_in = browser.post(
        answer.url,
        {"login": person.email, "password": "correct horse battery", "next": "/restricted/add/"},
    )
    assert signed_in.url == "/restricted/add/"
    assert browser.get(signed_in.url).context["form"]["child_id"].value() == "C-1"


def test_typing_on_after_the_session_ended_says_so_beside_the_form_and_keeps_it(
    browser: Client,
) -> None:
    typed = _typed(browser)
    _age(browser, last_seen=3601)
    said = browser.post(reverse("save-draft"), typed, headers=HTMX)
    assert said.status_code == 200
    assert "What you typed is saved as a draft" in said.content.decode()
    assert "?next=/restricted/add/" in said.content.decode()
    assert Draft.objects.get().fields["child_id"] == ["C-1"]
    # The next is nobody's: nothing is kept, and that is said too.
    typed["reason"] = "more"
    said = browser.post(reverse("save-draft"), typed, headers=HTMX)
    assert "is on this page only" in said.content.decode()
    assert Draft.objects.get().fields["reason"] == ["family of staff"]


def test_a_form_with_an_old_token_is_kept_too(person: Person) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person)
    typed = _typed(strict)
    page = strict.post(reverse("restrict"), typed)
    assert page.status_code == 403
    assert "What you typed is saved as a draft" in page.content.decode()
    assert Draft.objects.get().person == person


def test_a_password_is_never_kept(browser: Client) -> None:
    browser.post(reverse("save-draft"), {**_typed(browser), "old_password": "secret"})
    assert "old_password" not in Draft.objects.get().fields


def test_a_session_in_use_goes_on_and_one_too_long_ends_whatever_is_done(browser: Client) -> None:
    browser.get(reverse("account"))
    for hours in range(1, 10):
        _age(browser, began=hours * 3600, last_seen=3500)
        assert browser.get(reverse("account")).status_code == 200
    _age(browser, began=10 * 3600 + 1, last_seen=1)
    answer = browser.get(reverse("account"), follow=True)
    assert "10 hours have passed since you signed in" in answer.content.decode()


def test_being_sent_back_leads_nowhere_else(browser: Client) -> None:
    browser.logout()
    for address in ("https://evil.example/x", "//evil.example/x", "javascript:alert(1)"):
        answer = browser.post(reverse("restrict"), {}, headers={"Referer": address})
        assert answer.url == f"{reverse('account_login')}?next=/"


def test_a_date_in_parts_comes_back(browser: Client, make_person: Make, client_of: Any) -> None:
    from django.test import RequestFactory

    from sightline.service.accounts.drafts import DraftOf, keep_from
    from sightline.service.accounts.forms import AppointmentForm

    person: Any = Person.objects.get()
    request = RequestFactory().get("/x")
    request.user = person
    draft = DraftOf(request, "appoint", title="Appoint")
    sent = {
        "draft": draft.token,
        "role": "analyst",
        "starts_day": "3",
        "starts_month": "",
        "starts_year": "",
    }
    keep_from(RequestFactory().post("/x", sent), person)
    form = DraftOf(request, "appoint", title="Appoint").restored(AppointmentForm())
    html = str(form)
    assert 'value="3"' in html
    assert "checked" in html


def test_what_one_person_typed_is_no_draft_of_the_next_at_the_same_machine(
    browser: Client, person: Person, make_person: Make, client_of: ClientOf
) -> None:
    typed = _typed(browser)
    next_one = make_person("assistant_director", email="next@example.org")
    theirs = Client(enforce_csrf_checks=True)
    theirs.force_login(next_one, backend="allauth.account.auth_backends.AuthenticationBackend")
    # The page still stands open from before; its token is no longer good.
    assert theirs.post(reverse("restrict"), typed).status_code == 403
    client_of(next_one).post(reverse("save-draft"), typed)
    assert not Draft.objects.exists()
