"""What the referrer is told: in the words that are kept, to whom it is meant for, and to nobody unchecked."""

from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from present.pages import tagged
from service.frontdoor.conftest import MakeContact, bring_to
from service.frontdoor.test_beginning import bring_on
from service.frontdoor.test_holding import again
from sightline.service.accounts.models import Agency, Person
from sightline.service.accounts.steps import IncompleteError
from sightline.service.frontdoor.actions import deciding, telling
from sightline.service.frontdoor.letters import is_of_public, is_public, letter_of
from sightline.service.frontdoor.models import Contact, Level, OutcomeNotice, ReferralForm
from sightline.service.frontdoor.states import STEPS, Verb

pytestmark = pytest.mark.django_db


def _printed(client: Any, contact: Contact, notice: OutcomeNotice | None = None) -> str:
    which = f"?notice={notice.pk}" if notice else ""
    answer = client.get(f"{reverse('outcome-letter', args=[contact.pk])}{which}")
    return tagged(answer.content, f"Your contact {contact.number}")[0]


def test_the_letter_that_is_kept_is_the_one_sent_and_printed(
    make_contact: MakeContact,
    officer: Person,
    manager: Person,
    levels: list[Level],
    police: Agency,
    client_of: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    contact = make_contact("decided", agency=police)
    client = client_of(officer)
    with django_capture_on_commit_callbacks() as callbacks:
        telling.tell_referrer(
            contact.notices.get(), "email", sent_to="a@example.org", confirmed=True, by=officer
        )
    # Changed before it went: it goes as it was told, and is kept so.
    changes = {"agency": None, "source": "1B", "referrer_name": "B. Changed"}
    Contact.objects.filter(pk=contact.pk).update(**changes)
    for each in callbacks:
        each()
    first = again(contact).notices.get()
    words = "A social worker will assess what help is needed."
    assert words in first.text
    assert words in mail.outbox[0].body
    (_, pdf, _) = mail.outbox[0].attachments[0]
    assert isinstance(pdf, bytes)
    for text in (
        tagged(pdf, f"Your contact {contact.number}")[0],
        _printed(client, contact),
        client.get(reverse("tell-referrer", args=[contact.pk])).content.decode(),
    ):
        assert words in text
        assert "Invented Police" in text
        assert "Changed" not in text
    # Opened again and decided anew, the words of the first decision stay, and can be read and printed.
    deciding.reopen(again(contact), "More is known.", by=manager)
    assert words in _printed(client, contact)
    bring_on(contact, officer, manager, levels)
    page = client.get(reverse("contact-decision", args=[contact.pk])).content.decode()
    assert words in page
    assert f"?notice={first.pk}" in page
    assert "complain to the council" in _printed(client, contact)
    assert words in _printed(client, contact, first)
    wrong = reverse("outcome-letter", args=[contact.pk])
    for which in ("²", "999999", "x"):
        assert client.get(f"{wrong}?notice={which}").status_code == 404, which
    # What was told before words and addressee were kept together is printed from its words.
    OutcomeNotice.objects.filter(pk=first.pk).update(letter="")
    assert words in _printed(client, contact, first)


@pytest.mark.parametrize("source", ["1A", "1B", "1C", "1D", "1X", "9"])
def test_a_public_source_is_told_no_outcome_whatever_the_agency(
    make_contact: MakeContact, police: Agency, source: str
) -> None:
    assert is_of_public(police.pk, source)
    contact = make_contact(source=source, agency=police)
    assert is_public(contact)


def test_who_gives_no_name_and_who_is_not_known_is_told_no_outcome(
    make_contact: MakeContact, police: Agency
) -> None:
    assert is_public(make_contact(source="2A", agency=police, is_anonymous=True))
    found = [is_of_public(agency, source) for agency in (None, 1) for source in ("", "10", "2A")]
    assert found == [True, True, False, False, False, False]
    decided = make_contact("decided", source="1A", agency=police)
    assert "assess" not in letter_of(decided.notices.get()).text


def test_who_made_a_contact_is_known_before_anything_is_decided_or_told(
    make_contact: MakeContact, officer: Person, manager: Person
) -> None:
    asked = {each.verb for each in STEPS if "who made the contact" in each.needs}
    assert asked == {Verb.RECOMMEND, Verb.TELL}
    contact = make_contact("recommended")
    Contact.objects.update(source="")
    with pytest.raises(IncompleteError, match="who made the contact"):
        deciding.authorise(contact.recommendations.get(), "Agreed.", by=manager)
    Contact.objects.update(source="2A")
    deciding.authorise(contact.recommendations.get(), "Agreed.", by=manager)
    Contact.objects.update(source="")
    with pytest.raises(IncompleteError, match="who made the contact"):
        telling.tell_referrer(again(contact).notices.get(), "phone", confirmed=True, by=officer)
    assert again(contact).state == "decided"


def test_who_sent_a_form_is_confirmed_before_they_are_told(
    forms: None,
    make_contact: MakeContact,
    officer: Person,
    manager: Person,
    levels: list[Level],
    client_of: Any,
) -> None:
    contact = make_contact("decided", form=ReferralForm.objects.get(whom="professional"))
    client, address = client_of(officer), reverse("tell-referrer", args=[contact.pk])
    page = client.get(address).content.decode()
    assert "It was not confirmed who sent this form" in page
    assert "number that you did not take from the form" in page
    assert 'value="referrer@example.org"' not in page
    with pytest.raises(IncompleteError, match="Confirm who the referrer is"):
        telling.tell_referrer(contact.notices.get(), "phone", by=officer)
    sent = {"how": "phone", "email": "referrer@example.org", "why_nobody": "Not reached."}
    assert "Confirm who the referrer is" in client.post(address, sent).content.decode()
    assert again(contact).state == "decided"
    client.post(address, {**sent, "confirmed": "on"})
    # Of what was typed, only what goes with the way is kept.
    told = contact.notices.get()
    assert (told.how, told.sent_to, told.not_sent_because) == ("phone", "", "")
    assert told.confirmed is True
    decision = reverse("contact-decision", args=[contact.pk])
    assert "It was confirmed who they are." in client.get(decision).content.decode()
    # A partner who reported a child missing had signed in: no form that anybody may send was sent.
    signed_in = make_contact("decided")
    page = client.get(reverse("tell-referrer", args=[signed_in.pk])).content.decode()
    assert "not confirmed" not in page
    assert 'value="referrer@example.org"' in page
    by_phone = make_contact("received")
    Contact.objects.filter(pk=by_phone.pk).update(way="phone")
    bring_to(again(by_phone), "decided", officer, manager, levels)
    address = reverse("tell-referrer", args=[by_phone.pk])
    page = client.get(address).content.decode()
    assert "not confirmed" not in page
    assert 'value="referrer@example.org"' in page
    client.post(address, {"how": "nobody", "why_nobody": "They hung up.", "sent_to": "1 Road"})
    told = by_phone.notices.get()
    assert (told.sent_to, told.not_sent_because) == ("", "They hung up.")
    assert told.confirmed is None
    page = client.get(reverse("contact-decision", args=[by_phone.pk])).content.decode()
    assert "Nobody can be told, by" in page
