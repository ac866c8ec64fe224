"""The pages of requests: who reaches which, what each shows, and the way of a request through them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from service.scrutiny.asks.conftest import WORDS, sent, today
from sightline.service.accounts.models import Person
from sightline.service.audit.models import AuditEntry, Verb
from sightline.service.scrutiny.asks import actions
from sightline.service.scrutiny.models import (
    Ask,
    AskState,
    Challenge,
    Committee,
    Impact,
    Meeting,
    Reply,
)
from sightline.service.scrutiny.models.meetings import Privacy

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
Make = Callable[..., Ask]
ClientOf = Callable[[Person], Client]


def _text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_the_life_of_a_request(
    make: Make,
    later: Meeting,
    officer: Person,
    lead: Person,
    make_person: Callable[..., Person],
    client_of: ClientOf,
    published_reading: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    ask = make(due=-20)
    page = reverse("request", args=[ask.pk])
    keeper, leader = client_of(officer), client_of(lead)
    assert _text(leader.get(reverse("requests"))).count("Requests given to you") == 0
    keeper.post(reverse("request-step", args=[ask.pk, "sent"]), {"version": 1})
    assert "Requests given to you" in _text(leader.get(reverse("requests")))
    with django_capture_on_commit_callbacks(execute=True):
        keeper.post(reverse("chase-request", args=[ask.pk]))
    (letter,) = mail.outbox
    assert letter.to == [lead.email]
    assert page in letter.body
    assert "20 days ago" in letter.body
    for secret in (WORDS, lead.name, officer.name):
        assert secret not in letter.body + letter.subject
    answer = leader.post(
        reverse("write-reply", args=[ask.pk]),
        {"text": "The table is below.", "evidence": "", "by_name": ""},
    )
    reply = Reply.objects.get()
    assert answer.url == reverse("reply", args=[reply.pk])
    figure = reverse("quote-figure", args=[reply.pk])
    assert "AS-01" in _text(leader.get(figure, {"q": "AS-01"}))
    form = leader.get(figure, {"code": "AS-01"})
    period = form.context["form"].fields["period"].choices[0][0]
    added = leader.post(
        f"{figure}?code=AS-01", {"period": period, "how": "district", "district": ""}
    )
    assert added.url == answer.url
    shown = _text(leader.get(answer.url))
    assert "<svg" in shown
    assert "Small numbers are protected" in shown
    councillor = client_of(make_person("councillor"))
    assert "The table is below." not in _text(councillor.get(page))
    sent = {"text": "Each district is in the table.", "evidence": "", "by_name": "", "send": "1"}
    leader.post(answer.url, sent)
    shown = _text(councillor.get(page))
    assert "Each district is in the table." in shown  # as it stood in the form when it was sent
    assert "<svg" in shown
    assert "Answered, with evidence" in shown
    leader.post(answer.url, sent)
    assert ask.steps.filter(after="replied").count() == 1
    listed = _text(councillor.get(reverse("matters-outstanding", args=[ask.committee.slug])))
    assert "1 answered since the last meeting" in listed
    assert keeper.get(reverse("publish-reply", args=[reply.pk])).status_code == 200
    keeper.post(reverse("publish-reply", args=[reply.pk]))
    reply.refresh_from_db()
    assert reply.published_at
    ask.refresh_from_db()
    closed = {"version": ask.version, "meeting": later.pk, "minute": "295", "why": ""}
    step = reverse("request-step", args=[ask.pk, "closed"])
    keeper.post(step, closed)
    keeper.post(step, closed)
    ask.refresh_from_db()
    assert (ask.state, ask.closed_at, ask.closed_minute) == ("closed", later, "295")
    assert "Closed, with evidence" in _text(councillor.get(page))
    assert ask.steps.filter(after="closed").count() == 1


def test_whose_request_it_is(
    make: Make, make_person: Callable[..., Person], client_of: ClientOf, lead: Person
) -> None:
    ask = make(AskState.SENT)
    reply = actions.write_reply(ask, "An answer.", by=lead)
    figure = reply.figures.create(
        indicator="AS-01", period_start=today(), period_end=today(), snapshot="s"
    )
    other = client_of(make_person("service_manager"))
    for name, args in {
        "request-step": [ask.pk, "acknowledged"],
        "write-reply": [ask.pk],
        "same-question": [ask.pk],
        "reply": [reply.pk],
        "quote-figure": [reply.pk],
        "remove-figure": [figure.pk],
    }.items():
        assert other.post(reverse(name, args=args)).status_code == 403, name
    assert other.get(reverse("request", args=[ask.pk])).status_code == 200
    assert other.get(reverse("newer-figure", args=[figure.pk])).status_code == 403
    board = client_of(make_person("board_manager"))
    challenge = Challenge.objects.create(
        committee=ask.committee, number=1, made_on=today(), made_by="A", made_to="B", text="C"
    )
    kept = {
        "change-request": [ask.pk],
        "chase-request": [ask.pk],
        "request-event": [ask.pk],
        "judge-request": [ask.pk],
        "request-impact": [ask.pk],
        "publish-reply": [reply.pk],
        "withdraw-reply": [reply.pk],
        "add-challenge": [ask.committee.slug],
        "change-challenge": [challenge.pk],
    }
    before = AuditEntry.objects.filter(verb=Verb.REFUSE).count()
    for name, args in kept.items():
        assert board.post(reverse(name, args=args)).status_code == 403, name
    assert AuditEntry.objects.filter(verb=Verb.REFUSE).count() == before + len(kept)
    Committee.objects.update(kind="board")
    for name, args in kept.items():
        assert board.post(reverse(name, args=args)).status_code in (200, 302), name


def test_what_arose_in_private_is_for_those_who_read_private_papers_and_the_lead(
    make: Make, make_person: Callable[..., Person], client_of: ClientOf, lead: Person
) -> None:
    hidden = make(AskState.SENT, privacy=Privacy.EXEMPT, text="Secret one")
    told = make(AskState.SENT, privacy=Privacy.EXEMPT, text="Secret two", public_summary="Told.")
    sent(told, "Secret answer")
    Ask.objects.filter(pk=hidden.pk).update(lead=None)
    for role, sees in (("councillor", True), ("analyst", False), ("board_manager", False)):
        client = client_of(make_person(role))
        for name in ("requests", "requests-csv", "requests-json"):
            found = _text(client.get(reverse(name)))
            assert ("Secret one" in found) is sees, (role, name)
            assert ("Secret two" in found) is sees, (role, name)
            assert sees or "Told." in found
            assert sees or "Secret" not in found
        searched = client.get(reverse("requests"), {"q": "secret"}).context["page"]
        assert searched.paginator.count == (2 if sees else 0)
        assert client.get(reverse("requests"), {"q": "told"}).context["rows"]
        for ask in (hidden, told):
            status = client.get(reverse("request", args=[ask.pk])).status_code
            assert status == (200 if sees else 403)
    assert client_of(lead).get(reverse("request", args=[told.pk])).status_code == 200
    assert client_of(lead).get(reverse("request", args=[hidden.pk])).status_code == 403


def test_the_list_is_narrowed_and_exported_as_it_is_shown(
    make: Make, client_of: ClientOf, officer: Person, lead: Person
) -> None:
    late = make(AskState.SENT, due=-3, text="Late one")
    make(AskState.SENT, due=60, text="Early one")
    Ask.objects.filter(pk=late.pk).update(text="=cmd()")
    client = client_of(officer)
    for narrowed, found in (
        ({"rag": "overdue"}, 1),
        ({"rag": "red"}, 1),
        ({"rag": "grey"}, 1),
        ({"state": "closed"}, 0),
        ({"state": "open"}, 2),
        ({"lead": lead.pk}, 2),
        ({"committee": late.committee_id}, 2),
        ({"q": "early"}, 1),
        ({"q": late.reference}, 1),
        ({"committee": "9" * 30}, 2),
        ({"page": "nonsense"}, 2),
    ):
        page = client.get(reverse("requests"), narrowed)
        assert page.context["page"].paginator.count == found, narrowed
    text = client.get(reverse("requests-csv"), {"rag": "overdue"}).content.decode("utf-8-sig")
    assert "'=cmd()" in text
    assert len(text.splitlines()) == 2
    told = client.get(reverse("requests-json"), {"rag": "overdue"}).json()
    assert [row["days overdue"] for row in told["requests"]] == [3]
    assert AuditEntry.objects.filter(verb=Verb.EXPORT, subject="requests").count() == 2


def test_the_list_takes_few_queries(
    make: Make, client_of: ClientOf, lead: Person, django_assert_max_num_queries: Any
) -> None:
    for _ in range(30):
        make(AskState.SENT, due=-1)
    client = client_of(lead)
    with django_assert_max_num_queries(14):
        page = client.get(reverse("requests"))
    assert len(page.context["rows"]) == len(page.context["own"]) == 25
    with django_assert_max_num_queries(14):
        client.get(reverse("requests-json"))


def test_one_page_takes_few_queries(
    make: Make, client_of: ClientOf, officer: Person, django_assert_max_num_queries: Any
) -> None:
    ask = make(AskState.SENT, due=-1)
    for number in range(6):
        sent(ask, f"Answer {number}", days_ago=number)
    client = client_of(officer)
    with django_assert_max_num_queries(16):
        client.get(reverse("request", args=[ask.pk]))


def test_a_text_that_raises_an_alarm_is_kept_only_once_it_was_checked(
    make: Make, client_of: ClientOf, lead: Person, officer: Person
) -> None:
    ask = make(AskState.SENT)
    text = "The family was told. Date of birth: 3 May 2009."
    address = reverse("write-reply", args=[ask.pk])
    page = client_of(lead).post(address, {"text": text})
    assert page.status_code == 200
    assert "date of birth" in _text(page)
    assert not Reply.objects.exists()
    client_of(lead).post(address, {"text": text, "checked": "on"})
    reply = Reply.objects.get()
    assert AuditEntry.objects.filter(reason__startswith="Checked by a person").exists()
    with pytest.raises(actions.IdentifyingError):
        actions.write_reply(ask, text, by=lead)
    actions.send_reply(reply, by=lead)
    publish = reverse("publish-reply", args=[reply.pk])
    client_of(officer).post(publish)
    reply.refresh_from_db()
    assert reply.published_at is None
    client_of(officer).post(publish, {"checked": "on"})
    reply.refresh_from_db()
    assert reply.published_at
    client_of(officer).post(
        reverse("withdraw-reply", args=[reply.pk]), {"why": "A mother wrote to us."}
    )
    reply.refresh_from_db()
    assert reply.published_at is None


def test_the_same_answer_twice_is_said(
    make: Make, client_of: ClientOf, lead: Person, officer: Person
) -> None:
    earlier = make(AskState.CLOSED, text="Data on waiting times for CAMHS treatment")
    sent(earlier, "We are working with partners to reduce waits.", days_ago=400)
    ask = make(AskState.SENT, text="Waiting times for treatment by CAMHS")
    client = client_of(lead)
    page = client.get(reverse("same-question", args=[ask.pk]))
    assert [each.ask for each in page.context["likely"]] == [earlier]
    assert ask.same_as is None
    client.post(
        reverse("same-question", args=[ask.pk]), {"same_as": earlier.pk, "version": ask.version}
    )
    ask.refresh_from_db()
    assert ask.same_as == earlier
    assert "We are working with partners" in _text(
        client.get(reverse("write-reply", args=[ask.pk]))
    )
    reply = actions.write_reply(ask, "we are working with partners,  to reduce waits", by=lead)
    page = client.get(reverse("reply", args=[reply.pk]))
    on = timezone.localdate(
        earlier.replies.get().sent_at
    )  # by the clock of that day, summer time or not
    assert f"This is the same answer as on {on:%-d %B %Y}." in _text(page)
    actions.send_reply(reply, by=lead)
    page = client_of(officer).get(reverse("request", args=[ask.pk]))
    assert "This is the same answer as on" in _text(page)


def test_forms_of_what_is_kept_beside_a_request(
    make: Make, client_of: ClientOf, officer: Person, panel: Committee, published_reading: Any
) -> None:
    ask = make(AskState.SENT, due=-3, due_words="when the roll-out takes place")
    client = client_of(officer)
    change = reverse("change-request", args=[ask.pk])
    given = {
        "version": ask.version,
        "summary": "Waiting times",
        "kind": "request",
        "addressee": "The Director",
        "lead": ask.lead_id,
        "privacy": "public",
        "indicator": "as-01",
        "recurs_months": "6",
        "awaits": ask.awaits,
        "due_day": "",
        "due_month": "",
        "due_year": "",
        "notice_received_day": "10",
        "notice_received_month": "5",
        "notice_received_year": "2018",
        "statutory_clock": "executive",
    }
    assert client.get(change).status_code == 200
    wrong = client.post(change, {**given, "statutory_clock": "", "indicator": "XX-99"})
    assert set(wrong.context["form"].errors) == {"statutory_clock", "indicator"}
    assert client.post(change, given).status_code == 302
    ask.refresh_from_db()
    assert (ask.indicator, str(ask.statutory_due)) == ("AS-01", "2018-07-09")
    assert client.post(change, given).status_code == 409
    page = _text(client.get(reverse("request", args=[ask.pk])))
    assert "9 July 2018" in page
    assert "Not checked against the current law" in page
    event = reverse("request-event", args=[ask.pk])
    assert client.get(event).status_code == 200
    client.post(
        event,
        {
            "version": ask.version,
            "what": "It began",
            "due_day": "1",
            "due_month": "2",
            "due_year": "2030",
        },
    )
    ask.refresh_from_db()
    assert (ask.awaits, str(ask.due)) == ("", "2030-02-01")
    impact = reverse("request-impact", args=[ask.pk])
    assert "<svg" in _text(client.get(impact))
    looked = {"looked_on_day": "1", "looked_on_month": "2", "looked_on_year": "2020", "version": 1}
    said = {"baseline": "Half waited.", "found": "yes", **looked}
    assert "change" in client.post(impact, said).context["form"].errors
    client.post(impact, {**said, "found": "no"})
    assert Impact.objects.get().found == "no"
    assert "No impact found" in _text(client.get(reverse("request", args=[ask.pk])))
    judge = reverse("judge-request", args=[ask.pk])
    assert client.get(judge).status_code == 200
    client.post(judge, {"version": ask.version, "level": "red", "why": "No progress."})
    assert "No progress." in _text(client.get(reverse("request", args=[ask.pk])))
    log = {"made_by": "The Board", "made_to": "The Trust", "text": "Why?", "outcome": "open"}
    made = {"made_on_day": "1", "made_on_month": "2", "made_on_year": "2020", "version": 1}
    add = reverse("add-challenge", args=[panel.slug])
    assert client.get(add).status_code == 200
    client.post(add, {**log, **made})
    client.post(add, {**log, **made, "text": "And why?"})
    assert list(Challenge.objects.order_by("number").values_list("number", "text")) == [
        (1, "Why?"),
        (2, "And why?"),
    ]
    alter = reverse("change-challenge", args=[Challenge.objects.get(number=1).pk])
    assert client.get(alter).status_code == 200
    refused = client.post(alter, {**log, **made, "outcome": "changed"})
    assert "response" in refused.context["form"].errors
    client.post(alter, {**log, **made, "outcome": "changed", "response": "It was changed."})
    ended = Challenge.objects.get(number=1)
    assert (ended.outcome, ended.ended_on) == ("changed", timezone.localdate())
    assert "It was changed." in _text(client.get(reverse("challenges", args=[panel.slug])))


def test_a_request_is_entered_by_hand(
    client_of: ClientOf, officer: Person, made_at: Meeting, panel: Committee
) -> None:
    client, add = client_of(officer), reverse("add-request")
    given = {
        "committee": panel.pk,
        "meeting": made_at.pk,
        "minute": "289",
        "kind": "undertaking",
        "text": "A further update",
        "due_words": "in 6 months' time",
    }
    assert client.get(add).status_code == 200
    wrong = client.post(add, {**given, "minute": "300"})
    assert "That meeting has no minute 300." in _text(wrong)
    assert client.post(add, given).status_code == 302
    ask = Ask.objects.get()
    assert (ask.reference, ask.kind, ask.meeting) == ("289a", "undertaking", made_at)
    assert ask.due_rule.startswith("A computed date: “in 6 months' time”")
