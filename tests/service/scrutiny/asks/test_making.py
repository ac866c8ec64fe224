"""Asks are made, dated, joined, answered again and again; replies are sent once; trackers are taken over."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection  # noqa: F401 - what a condition below asks

from service.scrutiny.asks.conftest import at_once, sent, today
from sightline.service.accounts.models import Person
from sightline.service.accounts.versions import ConflictError
from sightline.service.scrutiny.asks import actions
from sightline.service.scrutiny.asks.due import NO_NEXT_MEETING
from sightline.service.scrutiny.asks.likeness import compare, likeness, words_of_question
from sightline.service.scrutiny.models import Ask, AskState, Committee, Item, Meeting, Reply
from sightline.service.scrutiny.models.meetings import Privacy

Make = Callable[..., Ask]
on_postgresql = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite lets one write at a time"
)


@pytest.mark.django_db
def test_its_reference_is_the_minute_and_the_next_letter(make: Make, panel: Committee) -> None:
    assert [make().reference for _ in range(3)] == ["289a", "289b", "289c"]
    Ask.objects.filter(reference="289b").delete()
    assert make().reference == "289b"
    assert actions.making._letters(26) == "z"
    assert actions.making._letters(27) == "aa"
    loose = actions.make_ask(None, "request", "Words", committee=panel)
    assert loose.reference == "R1"
    with pytest.raises(ValidationError, match="has a request R1 already"):
        actions.make_ask(None, "request", "Words", committee=panel, reference="R1")
    with pytest.raises(ValidationError, match="exact words"):
        actions.make_ask(None, "request", "  ", committee=panel)


@pytest.mark.django_db
def test_what_is_minuted_later_takes_the_number_of_its_minute(
    made_at: Meeting, panel: Committee
) -> None:
    item = Item.objects.create(meeting=made_at, position=2, title="Unnumbered yet")
    first = actions.make_ask(item, "request", "One", committee=panel)
    second = actions.make_ask(item, "request", "Two", committee=panel)
    assert [first.reference, second.reference] == ["R1", "R2"]
    assert actions.refer_by_minutes(made_at) == 0
    item.number = "290"
    item.save()
    assert actions.refer_by_minutes(made_at) == 2
    assert list(Ask.objects.order_by("pk").values_list("reference", flat=True)) == ["290a", "290b"]


@pytest.mark.django_db
def test_what_arose_in_a_private_item_is_restricted_as_it_is(
    make: Make, item: Item, officer: Person
) -> None:
    Item.objects.filter(pk=item.pk).update(
        privacy=Privacy.EXEMPT, paragraph=2, why_exempt="A person could be known."
    )
    item.refresh_from_db()
    ask = make(of=item)
    assert ask.privacy == Privacy.EXEMPT
    with pytest.raises(ValidationError, match="arose in a private item"):
        actions.change_ask(ask, ask.version, {"privacy": "public"}, by=officer)
    sent_ = sent(ask)
    with pytest.raises(ValidationError, match="restricted"):
        actions.publish_reply(sent_, by=officer)


@pytest.mark.django_db
def test_what_is_due_at_the_next_meeting_is_dated_once_there_is_one(
    make: Make, panel: Committee
) -> None:
    ask = make(due_words="a report to the next meeting")
    assert (ask.due, ask.due_rule) == (None, NO_NEXT_MEETING)
    assert actions.reckon_next_meeting(panel) == 0
    day = today() + timedelta(days=30)
    Meeting.objects.create(committee=panel, day=day)
    assert actions.reckon_next_meeting(panel) == 1
    ask.refresh_from_db()
    assert ask.due == day


@pytest.mark.django_db
def test_the_statutory_date_needs_a_notice_and_is_never_the_local_one(
    make: Make, officer: Person
) -> None:
    ask = make(kind="statutory", due=30)
    assert ask.statutory_due is None
    local = ask.due
    notice = {"notice_received": date(2018, 5, 10), "statutory_clock": "executive"}
    actions.change_ask(ask, ask.version, notice, by=officer)
    assert (ask.statutory_due, ask.due) == (date(2018, 7, 9), local)
    with pytest.raises(ValidationError, match="No statutory clock"):
        actions.change_ask(ask, ask.version, {"statutory_clock": "sundial"}, by=officer)
    actions.change_ask(ask, ask.version, {"notice_received": None, "statutory_clock": ""})
    assert ask.statutory_due is None
    actions.change_ask(ask, ask.version, {"due": date(2030, 1, 1)}, by=officer)
    assert ask.due_rule == "Set by Invented scrutiny_officer."


@pytest.mark.django_db
def test_one_that_recurs_is_asked_again_once_when_it_is_answered(make: Make, lead: Person) -> None:
    ask = make(AskState.SENT, due=10, recurs_months=6)
    for number in (2, 3):
        reply = actions.write_reply(ask, "An answer.", by=lead)
        actions.send_reply(reply, by=lead)
        again = Ask.objects.get(same_as=ask)
        assert again.reference == f"289a/{number}"
        assert (again.state, again.text, again.lead) == ("sent", ask.text, lead)
        assert ask.due
        assert again.due
        assert again.due > ask.due + timedelta(days=175)
        actions.send_reply(actions.write_reply(ask, "More.", by=lead), by=lead)
        assert Ask.objects.filter(same_as=ask).count() == 1
        ask = again


@pytest.mark.django_db
def test_a_reply_is_sent_once_and_stays_as_it_was_sent(make: Make, lead: Person) -> None:
    ask = make(AskState.SENT)
    reply = actions.write_reply(ask, "An answer.", by=lead)
    stale = Reply.objects.select_related("ask").get(pk=reply.pk)
    actions.change_reply(reply, 1, "A better answer.", by=lead)
    with pytest.raises(ConflictError):
        actions.change_reply(stale, 1, "Another answer.", by=lead)
    actions.send_reply(reply, by=lead)
    for again in (reply, stale):
        with pytest.raises(actions.SentError):
            actions.send_reply(again, by=lead)
    with pytest.raises(actions.SentError):
        actions.change_reply(reply, reply.version, "Changed after.", by=lead)
    assert Reply.objects.get(pk=reply.pk).text == "A better answer."
    assert ask.steps.filter(after="replied").count() == 1


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_two_at_once_send_one_reply_and_make_two_references(
    make: Make, lead: Person, item: Item, panel: Committee
) -> None:
    ask = make(AskState.SENT, recurs_months=3)
    reply = actions.write_reply(ask, "An answer.", by=lead)

    def send() -> str:
        own = Reply.objects.select_related("ask__committee", "ask__item").get(pk=reply.pk)
        try:
            actions.send_reply(own, by=lead)
        except (actions.SentError, ConflictError):
            return "no"
        return "sent"

    assert sorted(at_once(send, send)) == ["no", "sent"]
    assert Ask.objects.filter(same_as=ask).count() == 1

    def make_one() -> str:
        return actions.make_ask(item, "request", "Words", committee=panel).reference

    assert sorted(at_once(make_one, make_one, make_one)) == ["289b", "289c", "289d"]

    def enter() -> int:
        said = {"made_on": today(), "made_by": "A", "made_to": "B", "text": "C"}
        return actions.make_challenge(panel, said, by=None).number

    assert sorted(at_once(enter, enter, enter)) == [1, 2, 3]


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_two_at_once_send_one_reminder(make: Make, officer: Person) -> None:
    ask = make(AskState.SENT, due=-1)

    def remind() -> str:
        own = Ask.objects.select_related("committee", "lead").get(pk=ask.pk)
        try:
            actions.chase(own, by=officer, address="http://testserver/r")
        except (actions.ChasedError, ConflictError):
            return "no"
        return "sent"

    assert sorted(at_once(remind, remind)) == ["no", "sent"]
    assert ask.chases.count() == 1


@pytest.mark.django_db
def test_a_reminder_goes_once_a_day_while_something_is_to_come(
    make: Make, officer: Person, lead: Person, django_capture_on_commit_callbacks: Any
) -> None:
    ask = make(AskState.SENT, due=-1)
    actions.chase(ask, by=officer, address="http://testserver/r")
    with pytest.raises(actions.ChasedError):
        actions.chase(ask, by=officer, address="http://testserver/r")
    with pytest.raises(actions.NotYoursError):
        actions.chase(ask, by=lead, address="http://testserver/r")
    with pytest.raises(ValidationError, match="Nothing more is to come"):
        actions.chase(make(AskState.CLOSED), by=officer, address="http://testserver/r")
    nobodys = make(AskState.SENT)
    nobodys.lead = None
    with pytest.raises(ValidationError, match="lead officer"):
        actions.chase(nobodys, by=officer, address="http://testserver/r")


@pytest.mark.django_db
def test_the_same_question_is_never_its_own_or_a_later_one(make: Make) -> None:
    first, second = make(made_on=date(2016, 1, 1)), make(made_on=date(2017, 1, 1))
    with pytest.raises(ValidationError, match="same as itself"):
        actions.same_question(first, first, 1)
    with pytest.raises(ValidationError, match="asked later"):
        actions.same_question(first, second, 1)
    actions.same_question(second, first, 1)
    with pytest.raises(ValidationError, match="same as itself"):
        actions.same_question(first, second, 1)
    with pytest.raises(ConflictError):
        actions.same_question(second, None, 1)


@pytest.mark.django_db
def test_an_event_gives_a_day_and_only_where_one_is_waited_for(make: Make) -> None:
    ask = make(AskState.SENT, due_words="once the roll-out is complete")
    assert ask.awaits
    actions.event_happened(ask, ask.version, "It is complete.", today(), by=None)
    assert (ask.awaits, ask.due) == ("", today())
    assert "It is complete." in ask.due_rule
    with pytest.raises(ValidationError, match="waits for no event"):
        actions.event_happened(ask, ask.version, "Again.", today(), by=None)


def test_two_answers_are_compared_word_by_word() -> None:
    same = compare("We are working on it.", "we are  working on it")
    assert (same.same, same.nearly, same.share) == (True, True, 1.0)
    changed = compare("Waits fell to ten weeks.", "Waits rose to twelve weeks.")
    assert [(each.kind, each.text) for each in changed.passages] == [
        ("same", "Waits"),
        ("removed", "fell"),
        ("added", "rose"),
        ("same", "to"),
        ("removed", "ten"),
        ("added", "twelve"),
        ("same", "weeks."),
    ]
    assert not changed.nearly
    assert compare("", "Anything").share == 0.0
    long = "word " * 5000
    assert not compare(long, long).same


def test_questions_are_alike_by_the_words_that_matter() -> None:
    a = words_of_question("Data on waiting times for CAMHS treatment")
    assert likeness(a, words_of_question("An update on CAMHS waiting times for treatment")) > 0.9
    assert likeness(a, words_of_question("The Board's business plan")) == 0.0
    assert likeness(a, frozenset()) == 0.0
