"""Restricted children: who may know of them, how long, and what is on record of it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sightline.service.accounts.models import Person
from sightline.service.audit.models import AuditEntry, Verb
from sightline.service.children import whereabouts
from sightline.service.children.models import RestrictedChild
from sightline.service.children.queries import hidden_from

pytestmark = pytest.mark.django_db

Make = Callable[..., Person]
ClientOf = Callable[[Person], Client]


@pytest.fixture
def browser(make_person: Make, client_of: ClientOf) -> Client:
    return client_of(make_person("assistant_director", email="ad@example.org"))


def _sent(**more: Any) -> dict[str, Any]:
    return {"child_id": "C-1", "reason": "family of staff", "people": "", "version": 1, **more}


def test_a_child_is_hidden_from_all_but_the_people_named_from_that_moment(
    browser: Client, make_person: Make
) -> None:
    named = make_person("social_worker", email="named@example.org")
    other = make_person("conference_chair")
    assert hidden_from(other) == frozenset()
    browser.post(reverse("restrict"), _sent(child_id=" C-1 ", people="Named@Example.org\n"))
    assert hidden_from(other) == {"C-1"}
    assert hidden_from(named) == frozenset()
    made = AuditEntry.objects.get(verb=Verb.INSERT, subject="children_restrictedchild")
    assert made.reason == "family of staff"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"reason": ""}, "Say why the record is restricted"),
        ({"child_id": ""}, "Enter the child&#x27;s number"),
        ({"people": "nobody@example.org"}, "Nobody has an open account with the address"),
        ({"people": "member@example.org"}, "may open no child&#x27;s record"),
    ],
)
def test_what_cannot_be_meant_is_explained(
    browser: Client, make_person: Make, sent: dict[str, str], said: str
) -> None:
    make_person("councillor", email="member@example.org")
    assert said in browser.post(reverse("restrict"), _sent(**sent)).content.decode()
    assert not RestrictedChild.objects.exists()


def test_a_child_is_restricted_once_and_again_after_it_ended(
    make_person: Make, client_of: ClientOf
) -> None:
    browser = client_of(make_person("governance_lead"))
    browser.post(reverse("restrict"), _sent())
    page = browser.post(reverse("restrict"), _sent())
    assert "is restricted already" in page.content.decode()
    first = RestrictedChild.objects.get()
    end = reverse("end-restriction", args=[first.pk])
    assert "Say why" in browser.post(end, {"reason": ""}).content.decode()
    browser.post(end, {"reason": "the worker has left"})
    entry = AuditEntry.objects.get(verb=Verb.UPDATE, subject="children_restrictedchild")
    assert entry.reason == "the worker has left"
    browser.post(reverse("restrict"), _sent())
    assert RestrictedChild.objects.filter(ended_at=None).count() == 1
    assert browser.get(end).status_code == 404
    assert len(browser.get(reverse("restricted"), {"ended": 1}).context["page"].object_list) == 1


def test_whoever_is_no_longer_named_loses_the_record_at_once_and_it_is_on_record(
    browser: Client, make_person: Make
) -> None:
    worker = make_person("social_worker", email="named@example.org")
    browser.post(reverse("restrict"), _sent(people=worker.email))
    url = reverse("change-restriction", args=[RestrictedChild.objects.get().pk])
    assert worker.email in browser.get(url).content.decode()
    browser.post(url, _sent(reason="adoption"))
    assert hidden_from(worker) == {"C-1"}
    named = AuditEntry.objects.filter(subject="children_restrictedchild_named")
    assert [entry.verb for entry in named.order_by("id")] == [Verb.INSERT, Verb.DELETE]


def test_of_two_changes_at_once_the_second_sees_both_and_changes_nobody(
    browser: Client, make_person: Make
) -> None:
    worker = make_person("social_worker", email="named@example.org")
    browser.post(reverse("restrict"), _sent())
    url = reverse("change-restriction", args=[RestrictedChild.objects.get().pk])
    browser.post(url, _sent(people=worker.email))
    page = browser.post(url, _sent(reason="adoption"))
    assert page.status_code == 409
    text = page.content.decode()
    assert worker.email in text
    assert "adoption" in text
    restriction = RestrictedChild.objects.get()
    assert restriction.reason == "family of staff"
    assert list(restriction.named.all()) == [worker]


def test_each_child_listed_is_on_record_as_viewed(
    browser: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        browser.post(reverse("restrict"), _sent(child_id=f"C-{number}"))
    before = AuditEntry.objects.filter(verb=Verb.VIEW).count()
    with django_assert_max_num_queries(14):
        browser.get(reverse("restricted"))
    assert AuditEntry.objects.filter(verb=Verb.VIEW).count() == before + 25


def test_nobody_who_may_restrict_opens_a_record_to_themselves(
    browser: Client, make_person: Make, client_of: ClientOf
) -> None:
    me = Person.objects.get(email="ad@example.org")
    assert "cannot name yourself" in _text(
        browser.post(reverse("restrict"), _sent(people=me.email))
    )
    assert not RestrictedChild.objects.exists()
    browser.post(reverse("restrict"), _sent())
    number = RestrictedChild.objects.get().pk
    change, end = (reverse(f"{name}-restriction", args=[number]) for name in ("change", "end"))
    assert "cannot name yourself" in _text(browser.post(change, _sent(people=me.email)))
    assert "open the record to you" in _text(browser.post(end, {"reason": "let me see"}))
    assert hidden_from(me) == {"C-1"}
    tries = AuditEntry.objects.filter(verb=Verb.REFUSE, subject="restrict a child")
    assert [entry.subject_id for entry in tries] == ["C-1"] * 3

    another = client_of(make_person("governance_lead"))
    another.post(change, _sent(people=me.email))
    assert hidden_from(me) == frozenset()
    # Named by another, they may change what else is said of it, and end it.
    assert (
        browser.post(change, _sent(people=me.email, reason="adoption", version=2)).status_code
        == 302
    )
    assert browser.post(end, {"reason": "adopted"}).status_code == 302


def test_a_number_that_no_published_record_has_is_said(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whereabouts, "_finders", [lambda child: [{}] if child == "C-1" else []])
    browser.post(reverse("restrict"), _sent(child_id="C-11"))
    assert "No published record has this number" in _text(browser.get(reverse("restricted")))
    browser.post(reverse("restrict"), _sent(child_id="C-1"))
    assert "No published record has this number" not in _text(browser.get(reverse("restricted")))


def _text(answer: Any) -> str:
    return str(answer.content.decode())
