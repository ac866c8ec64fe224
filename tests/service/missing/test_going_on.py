"""What of a restricted child who is missing nobody who is named can go on with is nobody's: it is said."""

from typing import Any

import pytest
from django.urls import reverse

from service.missing.conftest import People, gone, interviewed, screened
from sightline.service.children.actions import change_restriction, restrict_child
from sightline.service.children.models import KnownPerson
from sightline.service.children.queries import stuck_with
from sightline.service.frontdoor.actions.receiving import receive
from sightline.service.frontdoor.models import Contact, ContactChild

pytestmark = pytest.mark.django_db


def test_what_of_a_missing_child_nobody_named_can_go_on_with_is_said(
    child: KnownPerson, people: People, make_person: Any, client_of: Any
) -> None:
    interviewed(child, people, "done", ago=200)
    interviewed(child, people, "to offer", ago=100)
    gone(child, people.complex)
    screened(child, people.complex)
    given = {"concern": "Not home.", "missing": True, "exploitation": False}
    contact = receive(Contact.Way.PHONE, given, [{"first_names": "Amara"}])
    ContactChild.objects.filter(contact=contact).update(person=child)
    everything = {
        "The child is missing, and nobody who is named may record the return.",
        "Nobody who is named may hold the child’s return interview.",
        "Nobody who is named may judge the child’s return interview.",
        "Nobody who is named may review the child’s risk of exploitation.",
        f"Nobody who is named may say what came of the concern of contact {contact.number}.",
    }
    restriction = restrict_child(child.number, "family of staff", [])
    assert everything <= set(stuck_with(restriction))
    client = client_of(make_person("governance_lead", email="lead@example.org"))
    page = client.get(reverse("change-restriction", args=[restriction.pk])).content.decode()
    assert not {each for each in everything if each not in page}

    def said(*named: Any) -> set[str]:
        restriction.refresh_from_db()
        change_restriction(restriction, restriction.version, "family of staff", named)
        return everything & set(stuck_with(restriction))

    assert said(people.partner) == everything
    assert said(people.complex) == set()
