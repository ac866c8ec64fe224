"""Who is meant by a printed name: proposed by rule, said by a person, parted again."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from service.scrutiny.reading.conftest import PAGE, PRINTED
from service.scrutiny.reading.test_confirming import settle
from sightline.service.accounts.models import Person
from sightline.service.scrutiny.meetings.actions import make_member
from sightline.service.scrutiny.models import Attendance, Committee, Document, Meeting, Member
from sightline.service.scrutiny.reading import people, queries
from sightline.service.scrutiny.reading.actions import confirm_document
from sightline.service.scrutiny.reading.same import why_same

FITS = "The same surname, and first names or initials that fit."


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("Mr J P Champion", "Mr J P Campion", "The surnames differ by one letter, and the first names fit."),
        ("Dr McLeod", "Dr A Macleod", "The same surname; one of the two has no first name."),
        ("Councillor J Walker", "Cllr Jane Walker", FITS),
        ("Mrs F M Invented", "Cllr F. M. Invented MBE", "The same name, with another title."),
        ("Councillor Susan Southworth", "COUNCILLOR S SOUTHWORTH", FITS),
        ("Mr B Banks", "Mr R W Banks", ""),
        ("Mr R Banks", "Mrs R Banks", ""),
        ("Mr J Hall", "Mr J Hill", ""),
        ("Ann Smithson", "Ann Smith", ""),
        ("Mr", "Mr", ""),
    ],
)  # fmt: skip
def test_names_that_may_be_of_one_person(one: str, other: str, why: str) -> None:
    assert why_same(one, other) == why
    assert why_same(other, one) == why


@pytest.fixture
def meeting(take: Callable[..., Document], officer: Person, panel: Committee) -> Meeting:
    document = take(PRINTED)
    settle(document, officer)
    return confirm_document(document, panel, officer, are_confirmed=False)


pytestmark = pytest.mark.django_db


def test_names_are_proposed_and_joined_to_nobody_by_themselves(
    meeting: Meeting, panel: Committee
) -> None:
    member = make_member("Mr J P Campion")
    assert not Attendance.objects.exclude(member=None).exists()
    unknown = {each.name: each for each in queries.with_likely(queries.unknown_names(panel))}
    assert sorted(unknown) == [
        "Mr B Allthorpe",
        "Mr J P Champion",
        "Mrs F M Invented",
        "Ms R Dentwell",
    ]
    assert unknown["Mr J P Champion"].likely == [
        (member, "The surnames differ by one letter, and the first names fit.")
    ]
    assert unknown["Mr B Allthorpe"].likely == []


def test_a_name_that_was_joined_is_known_in_documents_to_come_until_it_is_parted(
    meeting: Meeting, panel: Committee, take: Callable[..., Document], officer: Person
) -> None:
    member = make_member("Mr J P Campion")
    people.join_name(panel, "Mr J P Champion", member)
    member.refresh_from_db()
    assert member.also_known_as == "Mr J P Champion"
    assert meeting.attendance.get(member=member).name == "Mr J P Champion"
    assert meeting.declarations.get().member == member
    assert [(s.name, s.member, s.meetings) for s in queries.spellings(panel)] == [
        ("Mr J P Champion", member, 1)
    ]
    other = take(PRINTED.replace("13 September", "14 September").replace("#### **28", "#### **18"))
    settle(other, officer)
    later = confirm_document(other, panel, officer, are_confirmed=False)
    assert later.attendance.filter(member=member).exists()
    with pytest.raises(ValidationError, match="Say why"):
        people.part_name(panel, "Mr J P Champion", member, " ")
    people.part_name(panel, "Mr J P Champion", member, "two people")
    member.refresh_from_db()
    assert member.also_known_as == ""
    assert not Attendance.objects.filter(member=member).exists()
    with pytest.raises(ValidationError, match="not joined"):
        people.part_name(panel, "Mr J P Champion", member, "two people")


def test_two_names_at_one_meeting_are_two_people(meeting: Meeting, panel: Committee) -> None:
    member = people.add_name(panel, "Mr J P Champion", "councillor")
    with pytest.raises(ValidationError, match="so “Ms R Dentwell” is somebody else"):
        people.join_name(panel, "Ms R Dentwell", member)
    with pytest.raises(ValidationError, match="nobody unknown"):
        people.join_name(panel, "Nobody", member)


def test_the_page_of_names(
    meeting: Meeting, panel: Committee, officer: Person, client_of: Callable[[Person], Client]
) -> None:
    client, address = client_of(officer), reverse("document-names", args=[panel.slug])
    page = client.get(address).content.decode()
    assert "Mr B Allthorpe" in page
    assert page.count(" selected") == page.count('value="" selected') == 4
    client.post(address, {"name": "Mr B Allthorpe", "who": "new-councillor"})
    member = Member.objects.get(name="Mr B Allthorpe")
    assert meeting.attendance.get(name="Mr B Allthorpe").member == member
    likely = make_member("Mr J P Campion")
    client.post(address, {"name": "Mr J P Champion", "who": str(likely.pk)})
    assert meeting.attendance.get(name="Mr J P Champion").member == likely
    nothing = client.post(address, {"name": "Ms R Dentwell", "who": ""})
    assert "Say who this is" in nothing.content.decode()
    client.post(address, {"name": "Mr J P Champion", "member": likely.pk, "why": "two people"})
    assert meeting.attendance.get(name="Mr J P Champion").member is None


def test_a_truncated_page_adds_nobody_twice(
    meeting: Meeting, panel: Committee, take: Callable[..., Document], officer: Person
) -> None:
    people.add_name(panel, "Mr B Allthorpe", "councillor")
    page = take(PAGE)
    settle(page, officer)
    confirm_document(page, meeting, officer, are_confirmed=False)
    assert meeting.attendance.count() == 5
