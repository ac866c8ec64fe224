"""Letters by e-mail: confirmed by a link, ended by one press, and nothing tells who has them."""

import re
from collections.abc import Callable
from datetime import timedelta
from smtplib import SMTPException
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from service.scrutiny.public.council import LONG_AGO, Council
from sightline.service.audit.models import AuditEntry
from sightline.service.scrutiny.models import Item, Meeting, Reply, Subscription
from sightline.service.scrutiny.public import links, search, telling
from sightline.service.scrutiny.public.views import subscriptions

pytestmark = pytest.mark.django_db
ADDRESS = "reader@example.org"


@pytest.fixture(autouse=True)
def _fresh() -> None:
    cache.clear()


@pytest.fixture
def ask(client: Client, committed: Callable[[], Any]) -> Callable[..., Any]:
    def ask_for(email: str = ADDRESS, about: str = "") -> Any:
        with committed():
            return client.post(reverse("public-subscribe"), {"email": email, "about": about})

    return ask_for


def link(letter: Any, kind: str) -> str:
    found = re.search(rf"http://testserver(/public/subscribe/{kind}/\S+)", letter.body)
    assert found, letter.body
    return found.group(1)


def subscribed(council: Council, **more: Any) -> Subscription:
    then = timezone.now() - timedelta(minutes=5)
    told = {
        "email": ADDRESS,
        "site": "http://testserver",
        "confirmed_at": then,
        "told_until": then,
        **more,
    }
    return Subscription.objects.create(**told)


def test_from_asking_to_the_end(council: Council, client: Client, ask: Any, committed: Any) -> None:
    answer = ask(about=f"committee:{council.panel.slug}")
    assert (answer.status_code, answer.url) == (302, reverse("public-subscribed"))
    (letter,) = mail.outbox
    assert letter.to == [ADDRESS] and "about Children and Families Panel" in letter.body
    assert not Subscription.objects.exclude(confirmed_at=None).exists()
    confirm = link(letter, "confirm")
    assert "@" not in confirm
    assert "Confirm that you want letters" in client.get(confirm).content.decode()
    assert not Subscription.objects.exclude(confirmed_at=None).exists(), (
        "a link that is looked at does nothing"
    )
    assert "Letters have begun" in client.post(confirm).content.decode()

    Meeting.objects.filter(pk=council.past.pk).update(confirmed_at=timezone.now())
    council.past.refresh_from_db()
    with committed():
        search.publish_texts(council.past)
    assert len(mail.outbox) == 2
    news = mail.outbox[1]
    assert f"Minutes of Children and Families Panel, {LONG_AGO:%-d %B %Y}" in news.body
    assert f"http://testserver{reverse('public-meeting', args=[council.past.pk])}" in news.body
    with committed():
        search.publish_texts(council.past)
    assert len(mail.outbox) == 2, "nothing is told twice"

    end = link(news, "end")
    assert news.extra_headers["List-Unsubscribe"] == f"<http://testserver{end}>"
    assert "End letters" in client.get(end).content.decode()
    assert Subscription.objects.count() == 1
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(end, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Subscription.objects.count() == 0
    assert "Letters have ended" in client.get(end).content.decode()
    assert client.post(end).status_code == 200


def test_an_address_that_is_subscribed_gets_the_same_answer(
    council: Council, client: Client, ask: Any
) -> None:
    new = ask()
    subscribed(council)
    there = ask()
    assert (new.status_code, new.url, new.content) == (there.status_code, there.url, there.content)
    assert "Confirm" in mail.outbox[0].subject
    assert "already" in mail.outbox[1].subject
    assert "/subscribe/end/" in mail.outbox[1].body
    assert Subscription.objects.exclude(confirmed_at=None).count() == 1


def test_asked_twice_and_confirmed_twice_it_comes_once(
    council: Council, client: Client, ask: Any
) -> None:
    ask()
    ask()
    first, second = (link(letter, "confirm") for letter in mail.outbox)
    client.post(first)
    client.post(first)
    client.post(second)
    assert Subscription.objects.count() == 1


def test_nobody_is_sent_a_flood(council: Council, client: Client, ask: Any) -> None:
    for number in range(telling.MOST_ASKED + 2):
        cache.clear()
        assert ask().status_code == 302, number
    assert len(mail.outbox) == telling.MOST_ASKED
    cache.clear()
    statuses = [ask(email=f"r{n}@example.org").status_code for n in range(subscriptions.MOST + 1)]
    assert statuses == [302] * subscriptions.MOST + [429]
    page = ask(email="other@example.org")
    assert "too many tries" in page.content.decode() and page.headers["Retry-After"]


def test_a_bad_address_and_a_hidden_committee_are_told(
    council: Council, client: Client, ask: Any
) -> None:
    for given in (
        {"email": "no address"},
        {"email": ""},
        {"about": "committee:none"},
        {"about": "x"},
    ):
        page = ask(**given)
        assert page.status_code == 200 and "There is a problem" in page.content.decode()
    assert mail.outbox == [] and Subscription.objects.count() == 0


def test_a_link_is_good_for_some_days_and_cannot_be_made_up(
    council: Council, client: Client, ask: Any
) -> None:
    ask()
    confirm = link(mail.outbox[0], "confirm")
    row = Subscription.objects.get()
    assert "no longer good" in client.post(confirm[:-2] + "/").content.decode()
    wrong_kind = reverse("public-confirm", args=[links.to_end(row)])
    assert "no longer good" in client.post(wrong_kind).content.decode()
    Subscription.objects.update(asked_at=timezone.now() - links.CONFIRM_WITHIN - timedelta(hours=1))
    ask(email="other@example.org")
    assert not Subscription.objects.filter(email=ADDRESS).exists(), (
        "what nobody confirmed is forgotten"
    )
    assert "no longer good" in client.post(confirm).content.decode()


def test_letters_are_about_what_was_asked_for_and_is_public(
    council: Council, committed: Any
) -> None:
    whole = subscribed(council)
    topic = subscribed(council, email="topic@example.org", topic=council.topic)
    draft = Meeting.objects.create(
        committee=council.panel,
        day=LONG_AGO,
        state="held",
        minutes_state="draft",
        confirmed_at=timezone.now(),
    )
    Item.objects.create(meeting=draft, position=1, title="Not yet", topic=council.topic)
    Reply.objects.create(ask=council.ask, text="Not yet", sent_at=timezone.now())
    since, until = whole.told_until, timezone.now()
    assert list(telling.news_of(whole, since, until)) == []
    Meeting.objects.filter(pk=council.later.pk).update(confirmed_at=timezone.now())
    Reply.objects.create(
        ask=council.ask, text="x", sent_at=timezone.now(), published_at=timezone.now()
    )
    until = timezone.now()
    assert len(list(telling.news_of(whole, since, until))) == 2
    assert [each.words for each in telling.news_of(topic, since, until)] == [
        "Answer to request 285a of Children and Families Panel"
    ]


def test_a_letter_that_cannot_go_is_told_by_the_next(
    council: Council, committed: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = subscribed(council)
    before = row.told_until
    Meeting.objects.filter(pk=council.past.pk).update(confirmed_at=timezone.now())

    def broken(*_: Any) -> None:
        raise SMTPException("no")

    with monkeypatch.context() as patch:
        patch.setattr(telling, "_send_news", broken)
        assert telling.tell_subscribers.call() == 0
    row.refresh_from_db()
    assert row.told_until == before
    assert telling.tell_subscribers.call() == 1
    assert telling.tell_subscribers.call() == 0


def test_an_address_is_in_no_record_but_its_own(council: Council, client: Client, ask: Any) -> None:
    ask()
    client.post(link(mail.outbox[0], "confirm"))
    told = [
        f"{e.before}{e.after}{e.subject_id}"
        for e in AuditEntry.objects.filter(subject__contains="subscription")
    ]
    assert told and not any(ADDRESS in each for each in told)
