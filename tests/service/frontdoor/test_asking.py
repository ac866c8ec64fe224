"""What an agency is asked: whether anybody there can see it, when the answer came, on which ground."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from service.frontdoor.conftest import MakeContact, ask
from service.frontdoor.test_access import nurse
from sightline.service.accounts.models import Agency, Person
from sightline.service.accounts.steps import IncompleteError
from sightline.service.children.actions import restrict_child
from sightline.service.children.models import KnownPerson
from sightline.service.frontdoor.actions import information, screening
from sightline.service.frontdoor.models import InformationRequest
from sightline.service.frontdoor.queries import lists

__all__ = ["nurse"]

pytestmark = pytest.mark.django_db


def test_who_cannot_see_a_question_here_is_to_be_telephoned(
    make_contact: MakeContact, officer: Person, nurse: Person, client_of: Any
) -> None:
    contact = make_contact("screening")
    school = Agency.objects.create(name="Invented School", kind="education")
    client, address = client_of(officer), reverse("ask-agency", args=[contact.pk])
    page = client.get(address).content.decode()
    assert ">Invented School (telephone them)<" in page
    assert ">Invented Health Trust<" in page
    given = {
        "children": [contact.children.get().pk],
        "question": "What do you hold?",
        "lawful_basis": "child_in_need",
        "hours": 4,
    }

    def told(agency: Any) -> str:
        answer = client.post(address, {**given, "agency": agency.pk}, follow=True)
        return str(answer.content.decode())

    seen = told(nurse.agency)
    assert "The agency is asked." in seen
    assert "Telephone them" not in seen
    assert "The question is on record. Telephone them: they cannot see this here" in told(school)
    known = KnownPerson.objects.create(number="C-1", first_names="Amara", last_name="Ashdown")
    screening.match_child(contact.children.get(), known, by=officer)
    restriction = restrict_child(known.number, "family of staff", [officer])
    assert "Telephone them: they cannot see this here" in told(nurse.agency)
    page = client.get(reverse("contact-information", args=[contact.pk])).content.decode()
    assert page.count("Telephone them: they cannot see this here") == 3
    # Whoever is named there sees it, as the agency's own list shows.
    restriction.named.add(nurse)
    assert lists.agencies_that_see(contact) == {nurse.agency_id}
    assert lists.asked_of(nurse.agency, nurse, answered=False).count() == 2  # type: ignore[arg-type]
    Person.objects.filter(pk=nurse.pk).update(is_active=False)
    assert lists.agencies_that_see(contact) == frozenset()


def test_an_answer_by_telephone_is_of_when_it_came(
    make_contact: MakeContact, officer: Person, client_of: Any
) -> None:
    contact = make_contact("screening")
    asked = ask(contact, officer)
    now = timezone.now()
    before = {"asked_at": now - timedelta(hours=6), "due_at": now - timedelta(hours=2)}
    InformationRequest.objects.update(**before)
    asked.refresh_from_db()
    client, address = client_of(officer), reverse("enter-reply", args=[asked.pk])
    given = {"what": "nothing", "replied_by": "Duty nurse"}

    def at(hours: int) -> dict[str, Any]:
        when = timezone.localtime(now - timedelta(hours=hours))
        parts = {"day": when.day, "month": when.month, "year": when.year}
        return {
            **given,
            **{f"came_on_{name}": value for name, value in parts.items()},
            "came_time": f"{when:%H:%M}",
        }

    for sent, said in (
        (at(9), "before the question was asked"),
        (at(-2), "after now"),
        ({**at(4), "came_time": ""}, "both the day and the time"),
    ):
        assert said in client.post(address, sent).content.decode(), said
    for wrong in (now - timedelta(hours=9), now + timedelta(hours=1)):
        with pytest.raises(IncompleteError, match="comes after the question"):
            information.answer_request(asked, nothing_known=True, replied_by="A", at=wrong)
    assert client.post(address, at(4)).status_code == 302
    asked.refresh_from_db()
    assert asked.replied_at == (now - timedelta(hours=4)).replace(second=0, microsecond=0)
    counted = lists.answers_by_agency(officer, now - timedelta(days=1), now)
    assert [row["in_time"] for row in counted] == [1]


def test_law_that_nobody_checked_is_not_offered_as_law(
    make_contact: MakeContact, officer: Person, client_of: Any
) -> None:
    contact = make_contact("screening", consent="refused", override_basis="crime")
    ask(contact, officer)
    client, said = client_of(officer), "(words not yet checked against the law)"
    for name in ("contact", "contact-information", "ask-agency", "share-information"):
        page = client.get(reverse(name, args=[contact.pk])).content.decode()
        assert said in page, name
