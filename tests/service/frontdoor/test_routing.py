"""A missing child is routed before a contact is decided or closed, and again once it is opened again."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from service.frontdoor.conftest import MakeContact
from service.frontdoor.test_holding import again
from sightline.service.accounts.models import Person
from sightline.service.accounts.steps import IncompleteError, StepError
from sightline.service.frontdoor.actions import deciding, screening, telling
from sightline.service.frontdoor.models import Contact, ContactChild, EarlierRouting, Level
from sightline.service.frontdoor.queries import lists
from sightline.service.missing.actions import concerns
from sightline.service.missing.actions.concerns import Concern
from sightline.service.missing.models import ConcernAnswer
from sightline.service.missing.queries.worklist import concerns_open, things_for

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("since", "said"),
    [
        ({"missing": True}, "first route the contact"),
        ({"missing": None}, "find out"),
        ({"kind": ""}, "what kind of concern"),
    ],
)
def test_what_is_found_out_after_the_recommendation_stops_the_decision(
    make_contact: MakeContact, manager: Person, since: dict[str, Any], said: str
) -> None:
    contact = make_contact("recommended")
    screening.change_contact(contact, contact.version, since)
    waiting = contact.recommendations.get()
    with pytest.raises(IncompleteError, match=said):
        deciding.authorise(waiting, "I agree.", by=manager)
    with pytest.raises(IncompleteError, match=said):
        deciding.authorise_another(waiting, "strategy", "It is more.", by=manager)
    assert again(contact).state == "recommended"
    deciding.return_recommendation(waiting, "Find out first.", by=manager)


def test_a_child_missing_after_the_decision_is_routed_before_it_closes(
    make_contact: MakeContact,
    officer: Person,
    client_of: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    contact = make_contact("decided")
    notice = contact.notices.get()
    with django_capture_on_commit_callbacks() as callbacks:
        telling.tell_referrer(notice, "email", sent_to="a@example.org", confirmed=True, by=officer)
    screening.change_contact(again(contact), again(contact).version, {"missing": True})
    with pytest.raises(IncompleteError, match="first route the contact"):
        telling.tell_referrer(contact.notices.get(), "phone", confirmed=True, by=officer)
    with pytest.raises(IncompleteError, match="first route the contact"):
        telling.send_letter.call(
            notice.pk, officer.pk
        )  # queued before: it does not close it either
    assert callbacks
    assert list(lists.queue(officer, "route")) == [contact]
    page = client_of(officer).get(reverse("contact", args=[contact.pk])).content.decode()
    assert "Route to complex safeguarding" in page
    screening.route_contact(again(contact), by=officer)
    telling.tell_referrer(contact.notices.get(), "phone", confirmed=True, by=officer)
    assert again(contact).state == "closed"


def test_only_what_is_open_and_feared_is_routed(make_contact: MakeContact, officer: Person) -> None:
    calm, closed = make_contact("screening"), make_contact("closed")
    Contact.objects.filter(pk=closed.pk).update(missing=True)
    with pytest.raises(IncompleteError, match="First say that a child is missing"):
        screening.route_contact(calm, by=officer)
    with pytest.raises(StepError, match="closed"):
        screening.route_contact(again(closed), by=officer)
    assert not Contact.objects.exclude(routed_at=None).exists()


def test_opened_again_both_questions_are_asked_again_and_it_is_routed_anew(
    make_contact: MakeContact,
    make_person: Any,
    officer: Person,
    manager: Person,
    levels: list[Level],
    client_of: Any,
) -> None:
    complex_team = make_person("complex_safeguarding", email="complex@example.org")
    contact = make_contact("screening", missing=True)
    screening.route_contact(contact, by=officer)
    answered = Concern(again(contact), contact.children.get(), "missing")
    concerns.open_nothing(answered, "The child was at home.", by=complex_team)
    assert not concerns_open(complex_team).exists()
    now = timezone.now()
    came, first = now - timedelta(days=30), now - timedelta(days=30, hours=-2)
    closed = {"state": "closed", "closed_at": now, "exploitation": False, "kind": "missing"}
    Contact.objects.update(received_at=came, routed_at=first, **closed)
    deciding.reopen(again(contact), "The child is missing again.", by=manager)

    reopened = again(contact)
    # What was feared is until somebody says otherwise: the child leaves no list meanwhile.
    assert (reopened.missing, reopened.exploitation, reopened.routed_at) == (True, None, None)
    assert list(concerns_open(complex_team)) == list(lists.queue(officer, "route")) == [contact]
    kept = EarlierRouting.objects.get()
    assert (kept.since, kept.routed_at, kept.routed_by, kept.fears) == (
        came, first, officer, "missing",
    )  # fmt: skip
    assert ConcernAnswer.objects.get().aside_because == ConcernAnswer.ASKED_AGAIN
    client = client_of(officer)
    page = client.get(reverse("contact", args=[contact.pk])).content.decode()
    assert "Before it was opened again: routed to the complex safeguarding team" in page
    assert "2 h after it came, as missing was feared" in page
    assert "Route it to the complex-safeguarding team again" in page
    # What came of it before stays to be read, though nothing is feared any more.
    Contact.objects.update(missing=False)
    for each in (officer, complex_team):
        page = client_of(each).get(reverse("concern", args=[contact.pk])).content.decode()
        assert "Nothing was opened: The child was at home." in page
    page = client.get(reverse("contact", args=[contact.pk])).content.decode()
    assert reverse("concern", args=[contact.pk]) in page
    assert "nobody had answered it" not in page
    Contact.objects.update(missing=True)
    screening.change_contact(again(contact), again(contact).version, {"exploitation": False})
    screening.prioritise(again(contact), again(contact).version, "red", "Missing.", by=officer)
    given = {"outcome": "early_help", "rationale": "Missing.", "offered_instead": "Help"}
    with pytest.raises(IncompleteError, match="first route the contact"):
        deciding.recommend(again(contact), level=levels[0], by=officer, **given)
    screening.route_contact(again(contact), by=officer)
    # The time to route is since it was opened again, and the concern is to be answered anew.
    rows = client.get(reverse("routed-concerns")).context["rows"]
    assert [row["took"] for row in rows] == ["0 min"]
    [thing] = things_for(complex_team, timezone.now())
    assert "0 min from being opened again to routing" in thing.more
    page = client_of(complex_team).get(reverse("concern", args=[contact.pk])).content.decode()
    assert "Not answered" in page
    assert "Nothing was opened: The child was at home." in page
    assert "Recorded in error: The contact" not in page
    once_more = Concern(again(contact), contact.children.get(), "missing")
    concerns.open_nothing(once_more, "The child is back.", by=complex_team)
    assert not concerns_open(complex_team).exists()
    deciding.recommend(again(contact), level=levels[0], by=officer, **given)


def test_what_was_routed_and_nobody_answered_is_said_once_it_is_feared_no_more(
    make_contact: MakeContact, officer: Person, manager: Person, make_person: Any, client_of: Any
) -> None:
    complex_team = make_person("complex_safeguarding", email="complex@example.org")
    contact = make_contact("screening", missing=True)
    calm = make_contact("screening")
    client = client_of(officer)
    concern = reverse("concern", args=[contact.pk])
    for times in (1, 2):
        screening.route_contact(again(contact), by=officer)
        Contact.objects.filter(pk=contact.pk).update(state="closed", closed_at=timezone.now())
        deciding.reopen(again(contact), "It is not over.", by=manager)
        page = client.get(concern).content.decode()
        assert "has not routed this to the complex-safeguarding team yet" in page
        assert page.count("as missing was feared: nobody had answered it") == times
    Contact.objects.update(missing=False, exploitation=False)
    assert client.get(reverse("contact", args=[contact.pk])).content.decode().count(concern) == 1
    for each in (officer, complex_team):
        page = client_of(each).get(concern).content.decode()
        assert page.count("as missing was feared: nobody had answered it") == 2
        assert "Neither a missing child nor exploitation is feared now" in page
        assert "has not routed this" not in page
    assert client.get(reverse("concern", args=[calm.pk])).status_code == 404
    # The first was answered since, as far as what is on record says.
    Contact.objects.filter(pk=contact.pk).update(missing=True)
    screening.route_contact(again(contact), by=officer)
    answer = concerns.open_nothing(
        Concern(again(contact), contact.children.get(), "missing"), "At home.", by=complex_team
    )
    first, second = EarlierRouting.objects.order_by("routed_at")
    for at, left in ((first.routed_at, 1), (second.routed_at, 1), (timezone.now(), 2)):
        ConcernAnswer.objects.filter(pk=answer.pk).update(at=at)
        assert client.get(concern).content.decode().count("nobody had answered it") == left


def test_of_several_children_what_was_left_unanswered_is_said(
    make_contact: MakeContact, officer: Person, manager: Person, make_person: Any, client_of: Any
) -> None:
    complex_team = make_person("complex_safeguarding", email="complex@example.org")
    contact = make_contact("screening", missing=True)
    brother = ContactChild.objects.create(contact=contact, first_names="Bo")
    client, concern = client_of(officer), reverse("concern", args=[contact.pk])
    for answered in (1, 3):
        screening.route_contact(again(contact), by=officer)
        for child in contact.children.order_by("pk")[:answered]:
            concerns.open_nothing(
                Concern(again(contact), child, "missing"), "At home.", by=complex_team
            )
        Contact.objects.filter(pk=contact.pk).update(state="closed", closed_at=timezone.now())
        deciding.reopen(again(contact), "It is not over.", by=manager)
        # Whoever was added since was not asked of then.
        ContactChild.objects.create(contact=contact, first_names=f"Later {answered}")
        page = client.get(concern).content.decode()
        assert page.count("not every concern of it was answered") == 1
        assert "nobody had answered it" not in page
    # Of those added after a routing and before it was opened again, it was asked too.
    ContactChild.objects.filter(first_names="Later 3").update(added_at=brother.added_at)
    page = client.get(concern).content.decode()
    assert page.count("not every concern of it was answered") == 2
    # Where no child was there, one answer is one to the fear.
    ContactChild.objects.update(added_at=timezone.now())
    assert "every concern" not in client.get(concern).content.decode()
    first = EarlierRouting.objects.earliest("routed_at")
    EarlierRouting.objects.filter(pk=first.pk).update(exploitation=True)
    page = client.get(concern).content.decode()
    assert page.count("not every concern of it was answered") == 1
