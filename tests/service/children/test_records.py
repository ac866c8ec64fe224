"""A person's record and its pages: who may open it, what it shows, how it is changed."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sightline.service.accounts.keys import among
from sightline.service.accounts.models import Agency, Appointment, Draft, Locality, Person, Team
from sightline.service.audit.models import AuditEntry, Verb
from sightline.service.children import actions, chronology, open_work
from sightline.service.children.chronology import Entry
from sightline.service.children.households import localities_of
from sightline.service.children.models import (
    Involvement,
    KnownPerson,
    PossibleMatch,
    Relationship,
    Residence,
)
from sightline.service.children.open_work import Open
from sightline.service.children.queries import localities_told, may_open

pytestmark = pytest.mark.django_db

Make = Callable[..., Person]
ClientOf = Callable[[Person], Client]
Record = Callable[..., KnownPerson]
Places = dict[str, list[dict[str, Any]]]

CHILD = date(2015, 5, 4)
GROWN = date(1985, 2, 1)


@pytest.fixture
def browser(worker: Person, client_of: ClientOf) -> Client:
    return client_of(worker)


def _days(name: str, day: date) -> dict[str, int]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


# --- Who may open whose record


def test_a_childs_record_opens_by_the_rows_that_say_whose_it_is(
    record: Record, make_person: Make, client_of: ClientOf, belongs: Places
) -> None:
    child = record("Ann Green", born=CHILD)
    belongs[child.number] = [
        {"team": "Redditch team 1", "worker": "Worker 1", "district": "Redditch"}
    ]
    opens = {
        "social_worker": {},
        "front_door": {},
        "team_manager": {},
        "service_manager": {},
        "conference_chair": {},
        "assistant_director": {},
        "analyst": {},
    }
    for role in opens:
        person = make_person(role)
        answer = client_of(person).get(reverse("known-person", args=[child.pk]))
        assert answer.status_code == 200, role
        assert AuditEntry.objects.filter(
            actor=str(person.pk), verb=Verb.VIEW, subject_id=child.number
        ).exists()
    elsewhere = {
        "social_worker": {"worker": "Another"},
        "front_door": {"team": "Another"},
        "team_manager": {"team": "Another"},
        "service_manager": {"district": "Wyre Forest"},
        "councillor": {},
        "mash_partner": {},
    }
    for role, where in elsewhere.items():
        person = make_person(role, **where)
        for page in ("known-person", "chronology", "add-alias"):
            answer = client_of(person).get(reverse(page, args=[child.pk]))
            assert answer.status_code == 403, (role, page)
            assert "Green" not in answer.content.decode()
        assert AuditEntry.objects.filter(actor=str(person.pk), verb=Verb.REFUSE).count() == 3


def test_somebody_new_belongs_to_whoever_recorded_them_until_an_app_claims_them(
    record: Record, make_person: Make, belongs: Places
) -> None:
    officer = make_person("front_door", team="Front door")
    manager = make_person("team_manager", team="Front door")
    other = make_person("team_manager", team="Redditch team 1")
    child = record("Ann Green", by=officer, born=CHILD)
    assert (may_open(manager, child), may_open(other, child)) == (True, False)
    belongs[child.number] = [{"team": "Redditch team 1"}]
    assert (may_open(manager, child), may_open(other, child)) == (False, True)
    belongs.clear()
    long_ago = timezone.now() - timedelta(days=400)
    KnownPerson.objects.filter(pk=child.pk).update(made_at=long_ago)
    assert not may_open(manager, KnownPerson.objects.get(pk=child.pk))


def test_somebody_recorded_stays_with_the_team_that_recorded_them(
    record: Record, make_person: Make, client_of: ClientOf
) -> None:
    officer = make_person("front_door", team="Front door")
    manager, other = (make_person("team_manager", team=name) for name in ("Front door", "Far away"))
    child = record("Jonathan Smithson", by=officer, born=CHILD, nhs_number="9434765919")
    record("John Smythson", by=officer, born=CHILD, nhs_number="9434765919")
    moved = timezone.now() + timedelta(seconds=1)
    former = Appointment.objects.get(person=officer)
    today = timezone.localdate()
    KnownPerson.objects.update(made_at=timezone.now() - timedelta(days=3))
    Appointment.objects.filter(pk=former.pk).update(
        starts=today - timedelta(days=9), ends=today, ended_at=moved
    )
    team = Team.objects.get(name="Far away")
    Appointment.objects.create(person=officer, role="front_door", team=team)
    assert (may_open(manager, child), may_open(other, child)) == (True, False)
    listed = reverse("possible-matches")
    assert "Smithson" in client_of(manager).get(listed).content.decode()
    assert "Smithson" not in client_of(other).get(listed).content.decode()
    # Recorded on the day of the move, before it and after it.
    KnownPerson.objects.update(made_at=moved - timedelta(seconds=1))
    assert may_open(manager, KnownPerson.objects.get(pk=child.pk))
    KnownPerson.objects.update(made_at=moved)
    assert not may_open(manager, KnownPerson.objects.get(pk=child.pk))


def test_an_address_sent_twice_is_one_residence(record: Record, browser: Client) -> None:
    child, sibling = record("Ann Green", born=CHILD), record("Bo Green", born=CHILD)
    sent = {"lines": "1 High Street", "postcode": "WR1 2AB", "kind": "home", "version": 1}
    address = reverse("add-residence", args=[child.pk])
    for again in ({}, {"lines": "1, high  street"}, {"kind": "temporary"}):
        text = browser.post(address, {**sent, **again}, follow=True).content.decode()
        assert ("recorded already, from the same day" in text) == bool(again)
    assert Residence.objects.count() == 1
    home = {"lines": "1 High Street", "postcode": "WR1 2AB", "locality": None, "kind": "home"}
    day = date(2020, 3, 1)
    actions.record_residence(sibling, starts=None, **home)
    actions.record_residence(child, starts=None, ends=date(2011, 5, 1), **home)
    actions.record_residence(child, starts=day, **home)
    with pytest.raises(ValidationError, match="from the same day"):
        actions.record_residence(child, starts=day, ends=date(2021, 5, 1), **home)
    bare = {**home, "postcode": ""}
    actions.record_residence(child, starts=day, **bare)
    with pytest.raises(ValidationError, match="from the same day"):
        actions.record_residence(child, starts=day, **bare)
    assert Residence.objects.filter(person=child).count() == 4
    # There is a High Street in every town.
    for place in (Locality.objects.create(name=name) for name in ("Wyre Forest", "Redditch")):
        elsewhere = {**bare, "locality": place}
        actions.record_residence(child, starts=day, **elsewhere)
        with pytest.raises(ValidationError, match="from the same day"):
            actions.record_residence(child, starts=day, **elsewhere)
    assert Residence.objects.filter(person=child).count() == 6


def test_an_adult_opens_through_the_children_they_are_related_to(
    record: Record, make_person: Make, belongs: Places
) -> None:
    officer = make_person("front_door", team="Front door")
    mine = make_person("social_worker", worker="Wendy")
    child = record("Ann Green", by=officer, born=CHILD)
    mother = record("Eve Green", by=officer, born=GROWN)
    belongs[child.number] = [{"worker": "Wendy"}]
    KnownPerson.objects.update(made_by=None)
    assert not may_open(mine, mother)
    row = actions.relate(child, mother, kind="mother")
    assert may_open(mine, mother)
    restriction = actions.restrict_child(child.number, "family of staff", [])
    assert not may_open(mine, mother)
    actions.end_restriction(restriction, "over")
    row.delete()
    actions.relate(mother, child, kind="carer")
    assert may_open(mine, mother)


def test_a_child_long_closed_does_not_open_through_a_brother(
    record: Record, make_person: Make, belongs: Places
) -> None:
    mine = make_person("social_worker", worker="Wendy")
    child, brother = record("Ann Green", born=CHILD), record("Bob Green", born=CHILD)
    belongs[child.number] = [{"worker": "Wendy"}]
    actions.relate(child, brother, kind="sibling")
    assert may_open(mine, brother)
    long_ago = timezone.now() - timedelta(days=400)
    KnownPerson.objects.filter(pk=brother.pk).update(made_at=long_ago)
    assert not may_open(mine, KnownPerson.objects.get(pk=brother.pk))


def test_a_restricted_record_says_only_that_it_is_and_the_glass_can_be_broken(
    record: Record, browser: Client, worker: Person
) -> None:
    child, mother = record("Ann Green", born=CHILD), record("Eve Green", born=GROWN)
    actions.relate(child, mother, kind="mother")
    actions.restrict_child(child.number, "family of staff", [])
    answer = browser.get(reverse("known-person", args=[child.pk]))
    assert answer.status_code == 403
    assert "Ann" not in answer.content.decode()
    assert reverse("break-glass") in answer.content.decode()
    page = browser.get(reverse("known-person", args=[mother.pk]))
    assert page.status_code == 200
    assert "Ann Green" not in page.content.decode()
    sent = {"child_id": child.number, "reason": "The child is in hospital now."}
    assert browser.post(reverse("break-glass"), sent).status_code == 302
    assert browser.get(reverse("known-person", args=[child.pk])).status_code == 200


# --- Looking and recording


def test_from_the_search_to_a_new_record_with_no_name_in_an_address(
    browser: Client, worker: Person
) -> None:
    sent = browser.post(reverse("find-people"), {"text": "Jon Smyth", **_days("born", CHILD)})
    assert sent.url == reverse("find-people")
    page = browser.get(sent.url)
    assert "Nobody found" in page.content.decode()
    form = browser.get(reverse("record-person"))
    assert 'value="Jon"' in form.content.decode()
    answer = browser.post(
        reverse("record-person"),
        {
            "first_names": "Jon",
            "last_name": "Smyth",
            "sex": "M",
            "nhs_number": "943 476 5919",
            "version": 1,
            **_days("born", CHILD),
        },
    )
    child = KnownPerson.objects.get()
    assert answer.url == reverse("known-person", args=[child.pk])
    assert (child.nhs_number, child.made_by, child.born) == ("9434765919", worker, CHILD)
    again = browser.post(reverse("record-person"), {"last_name": "Smyth", "version": 1})
    assert again.url == reverse("find-people")
    assert KnownPerson.objects.count() == 1


def test_nobody_is_recorded_without_a_search_or_under_another_name(browser: Client) -> None:
    assert browser.get(reverse("record-person")).url == reverse("find-people")
    browser.post(reverse("find-people"), {"text": "Jon Smyth"})
    assert browser.get(reverse("record-person")).url == reverse("find-people"), "list not seen"
    browser.get(reverse("find-people"))
    sent = {"first_names": "Agnes", "last_name": "Oyelaran", "version": 1}
    page = browser.post(reverse("record-person"), sent)
    assert "Look for them first" in page.content.decode()
    assert not KnownPerson.objects.exists()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"nhs_number": "943 476 5918"}, "its last digit does not agree"),
        ({"upn": "A80120000100"}, "13 characters"),
        ({"last_name": "", "first_names": ""}, "Enter a name, or when the child is expected"),
        (_days("born", date(2049, 1, 1)), "in the future"),
        ({"number": "C-1"}, "Somebody else has this number"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    sent: dict[str, Any], said: str, browser: Client, record: Record
) -> None:
    KnownPerson.objects.create(number="C-1")
    browser.post(reverse("find-people"), {"text": "Jon Smyth"})
    browser.get(reverse("find-people"))
    full = {"first_names": "Jon", "last_name": "Smyth", "version": 1, **sent}
    page = browser.post(reverse("record-person"), full)
    assert page.status_code == 200
    assert said in text_of(page)
    assert KnownPerson.objects.count() == 1


# --- The record


def test_the_record_shows_who_where_and_who_is_who(
    record: Record, browser: Client, django_assert_max_num_queries: Any
) -> None:
    place = Locality.objects.create(name="Redditch")
    child = record("Ann Green", born=CHILD, sex="F")
    mother, brother = (
        record("Eve Green", born=GROWN, sex="F"),
        record("Bob Green", born=CHILD, sex="M"),
    )
    home = {"lines": "1 High Street", "postcode": "WR1 2AB", "locality": place, "starts": None}
    for each in (child, mother):
        actions.record_residence(each, kind="home", **home)
    actions.relate(child, mother, kind="mother", parental_responsibility="yes")
    actions.relate(brother, child, kind="half_sibling", no_contact=True)
    actions.involve_agency(
        child, agency=Agency.objects.create(name="First School", kind="education"), role="teacher"
    )
    with django_assert_max_num_queries(30):
        page = browser.get(reverse("known-person", args=[child.pk]))
    said = text_of(page)
    assert "Also here: Eve Green" in said
    assert "Mother" in said
    assert "Half-brother" in said
    assert "Bob Green must not have contact" in said
    assert "First School" in said
    assert "Redditch" in said
    turned = text_of(browser.get(reverse("known-person", args=[mother.pk])))
    assert "Daughter" in turned


def test_a_secret_address_warns_is_not_printed_and_is_in_no_letter(
    record: Record, browser: Client
) -> None:
    child, mother = record("Ann Green", born=CHILD), record("Eve Green", born=GROWN)
    home = {"lines": "1 High Street", "postcode": "WR1 2AB", "locality": None, "starts": None}
    actions.record_residence(mother, kind="home", **home)
    assert [each.person for each in localities_told()] == [mother]
    actions.record_residence(child, kind=Residence.Kind.SECRET, **home)
    assert not localities_told().exists()
    for person in (child, mother):
        page = browser.get(reverse("known-person", args=[person.pk])).content.decode()
        assert "Do not tell this address to anybody" in page
        assert 'class="govuk-!-display-none-print govuk-!-margin-bottom-4"' in page
        told = browser.get(reverse("chronology", args=[person.pk]) + "?whole=1").content.decode()
        assert "High Street" not in told


def test_each_part_is_changed_and_a_second_editor_sees_both_texts(
    record: Record, browser: Client
) -> None:
    child = record("Ann Green", born=CHILD)
    address = reverse("change-known-person", args=[child.pk, "needs"])
    sent = {
        "version": child.version,
        "ethnicity": "WBRI",
        "first_language": "Polish",
        "needs_interpreter": "yes",
        "disabled": "yes",
        "disabilities": ["AUT", "HEAR"],
        "communication": "Signs",
    }
    assert browser.post(address, sent).status_code == 302
    child.refresh_from_db()
    assert (child.disabilities, child.first_language) == ("AUT HEAR", "Polish")
    page = text_of(browser.get(reverse("known-person", args=[child.pk])))
    assert "Yes: autism, hearing" in page or "Yes: hearing, autism" in page
    late = browser.post(address, {**sent, "first_language": "Welsh"})
    assert late.status_code == 409
    assert "Polish" in late.content.decode()
    assert "Welsh" in late.content.decode()
    assert "Answer “Yes”" in text_of(
        browser.post(address, {**sent, "version": 2, "disabled": "no"})
    )


def test_a_form_sent_to_a_record_merged_meanwhile_is_taken_for_the_one_kept(
    record: Record, browser: Client, worker: Person
) -> None:
    kept, gone = record("Ann Green", born=CHILD), record("Anne Green", born=CHILD)
    filled_from = gone.version
    actions.merge_people(kept, gone, "One child", by=worker)
    shown = browser.get(reverse("add-alias", args=[gone.pk]))
    assert shown.url == reverse("known-person", args=[kept.pk])
    sent = browser.post(reverse("add-alias", args=[gone.pk]), {"last_name": "Brown"})
    assert sent.url == reverse("known-person", args=[kept.pk])
    assert [each.last_name for each in kept.aliases.all()] == ["Brown"]
    change = reverse("change-known-person", args=[gone.pk, "who"])
    late = browser.post(change, {"version": filled_from, "last_name": "Greene"})
    assert late.status_code == 409, "it was filled from the other record"
    kept.refresh_from_db()
    assert (kept.last_name, kept.born) == ("Green", CHILD)


def test_names_homes_agencies_and_relationships_are_written_and_ended(
    record: Record, browser: Client
) -> None:
    child, mother = record("Ann Green", born=CHILD), record("Eve Green", born=GROWN)
    agency = Agency.objects.create(name="First School", kind="education")
    browser.post(reverse("add-alias", args=[child.pk]), {"last_name": "Brown", "what": "before"})
    alias = child.aliases.get()
    address = reverse("add-residence", args=[child.pk])
    bad = browser.post(address, {"lines": "1 High Street", "postcode": "WR1", "version": 1})
    assert "Enter a full postcode" in text_of(bad)
    assert "Say in what way they live there" in text_of(bad)
    home = {"lines": "1 High Street", "postcode": "wr12ab", "kind": "home", "version": 1}
    assert browser.post(address, home).status_code == 302
    residence = Residence.objects.get()
    assert residence.address.postcode == "WR1 2AB"
    ended = {"kind": "home", "version": 1, **_days("ends", date(2020, 1, 1))}
    browser.post(reverse("change-residence", args=[child.pk, residence.pk]), ended)
    related = {"kind": "mother", "parental_responsibility": "yes", "version": 1}
    address = reverse("add-relationship", args=[child.pk, mother.pk])
    assert browser.post(address, related).status_code == 302
    assert "recorded already" in text_of(browser.post(address, related))
    row = Relationship.objects.get()
    end = {**related, **_days("ends", date(2021, 1, 1))}
    changed = browser.post(reverse("change-relationship", args=[mother.pk, row.pk]), end)
    assert changed.status_code == 302
    browser.post(reverse("add-involvement", args=[child.pk]), {"agency": agency.pk, "version": 1})
    work = Involvement.objects.get()
    browser.post(
        reverse("change-involvement", args=[child.pk, work.pk]),
        {"agency": agency.pk, "version": 1, **_days("ends", date(2022, 1, 1))},
    )
    page = text_of(browser.get(reverse("known-person", args=[child.pk])))
    assert "until 1 January 2020" in page
    assert "until 1 January 2021" in page
    assert "until 1 January 2022" in page
    browser.post(reverse("remove-alias", args=[child.pk, alias.pk]))
    assert not child.aliases.exists()
    other = reverse("change-residence", args=[mother.pk, residence.pk])
    assert browser.get(other).status_code == 404


def test_what_is_typed_outlives_the_session(record: Record, browser: Client) -> None:
    child = record("Ann Green", born=CHILD)
    page = browser.get(reverse("add-involvement", args=[child.pk])).content.decode()
    token = re.search(r'name="draft" value="([^"]+)"', page)
    assert token
    browser.post(reverse("save-draft"), {"draft": token[1], "professional": "Mrs Invented"})
    assert Draft.objects.get().page == reverse("add-involvement", args=[child.pk])
    assert (
        "Mrs Invented" in browser.get(reverse("add-involvement", args=[child.pk])).content.decode()
    )


def test_a_relative_is_looked_for_and_recorded_and_then_related(
    record: Record, browser: Client
) -> None:
    child = record("Ann Green", born=CHILD)
    record("Eve Green", born=GROWN)
    address = reverse("find-relative", args=[child.pk])
    browser.post(address, {"text": "Eve Green"})
    page = browser.get(address).content.decode()
    mother = KnownPerson.objects.get(first_names="Eve")
    assert reverse("add-relationship", args=[child.pk, mother.pk]) in page
    assert reverse("add-relationship", args=[child.pk, child.pk]) not in page
    browser.post(address, {"text": "Tom Green"})
    browser.get(address)
    sent = {"first_names": "Tom", "last_name": "Green", "version": 1}
    answer = browser.post(reverse("record-relative", args=[child.pk]), sent)
    father = KnownPerson.objects.get(first_names="Tom")
    assert answer.url == reverse("add-relationship", args=[child.pk, father.pk])


# --- The chronology and what is open


def test_the_chronology_gathers_what_every_app_tells_pages_and_filters_it(
    record: Record, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = record("Ann Green", born=CHILD)
    asked = []

    def tell(person: KnownPerson, by: Person) -> list[Entry]:
        asked.append((person, by))
        start = date(2016, 1, 1)
        return [Entry(start + timedelta(days=n), f"Visit {n}", "Visits") for n in range(60)]

    monkeypatch.setattr(chronology, "_tellers", dict(chronology._tellers))
    chronology.told_by("Visits", tell)
    address = reverse("chronology", args=[child.pk])
    first = text_of(browser.get(address))
    assert "62 entries" in first
    assert f"Recorded as {child.number}" in first
    assert "Visit 59" in first
    assert "Visit 5 " not in first
    assert "Born" in text_of(browser.get(f"{address}?page=2"))
    days = "since=1/2/2016&until=3/2/2016"
    narrowed = text_of(browser.get(f"{address}?area=Visits&{days}"))
    assert "3 entries as narrowed above" in narrowed
    whole = browser.get(f"{address}?whole=1")
    assert "Visit 0" in whole.content.decode()
    assert AuditEntry.objects.filter(verb=Verb.EXPORT, subject_id=child.number).count() == 1
    assert {person.pk for person, _ in asked} == {child.pk}


def test_what_is_open_stands_on_the_record_what_is_due_first(
    record: Record, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = record("Ann Green", born=CHILD)
    monkeypatch.setattr(open_work, "_tellers", list(open_work._tellers))
    open_work.open_by(
        lambda person, by: [
            Open("Child protection plan", date(2016, 1, 1), "Redditch team 1"),
            Open("Contact", date(2016, 2, 1), due=date(2016, 2, 2)),
        ]
    )
    page = text_of(browser.get(reverse("known-person", args=[child.pk])))
    assert page.index("Contact") < page.index("Child protection plan")


# --- Possible matches


def test_whoever_may_be_known_already_is_proposed_and_explained(
    record: Record, make_person: Make, client_of: ClientOf, belongs: Places
) -> None:
    one = record("Jonathan Smithson", born=CHILD, sex="M", nhs_number="9434765919")
    two = record("Jon Smythson", born=CHILD, sex="M", nhs_number="9434765919")
    other = record("John Smythson", born=date(1950, 1, 1))
    match = PossibleMatch.objects.get()
    assert {match.one, match.other} == {one, two}
    manager = client_of(make_person("assistant_director"))
    assert "Very likely" in text_of(manager.get(reverse("possible-matches")))
    page = text_of(manager.get(reverse("decide-match", args=[match.pk])))
    assert "Jonathan and Jon are forms of one name" in page
    assert "4 May 2015 in both" in page
    assert other.number not in page
    address = reverse("decide-match", args=[match.pk])
    empty = text_of(manager.post(address, {}))
    assert "Say whether they are one person" in empty
    assert "Say how you know" in empty
    unsaid = text_of(manager.post(address, {"decision": "same", "why": "x"}))
    assert "Say which record is kept" in unsaid
    sent = {"decision": "same", "kept": str(one.pk), "why": "The school confirmed it"}
    assert manager.post(address, sent).status_code == 302
    assert manager.get(reverse("known-person", args=[two.pk])).url == reverse(
        "known-person", args=[one.pk]
    )
    assert "Decided: the same person" in text_of(manager.post(address, sent))
    merge_page = manager.get(reverse("known-person", args=[one.pk])).content.decode()
    part = re.search(r'href="([^"]+/part/)"', merge_page)
    assert part
    assert "Say why they are parted" in text_of(manager.post(part[1], {}))
    assert manager.post(part[1], {"why": "Two boys"}).status_code == 302
    assert manager.get(reverse("known-person", args=[two.pk])).status_code == 200


def test_a_pair_once_judged_different_is_not_proposed_again(
    record: Record, make_person: Make, client_of: ClientOf
) -> None:
    one = record("Jonathan Smithson", born=CHILD, nhs_number="9434765919")
    record("John Smythson", born=CHILD, nhs_number="9434765919")
    match = PossibleMatch.objects.get()
    manager = client_of(make_person("assistant_director"))
    address = reverse("decide-match", args=[match.pk])
    manager.post(address, {"decision": "different", "why": "Twins, one number mistyped"})
    actions.change_person(one, one.version, {"phone": "01905"})
    match.refresh_from_db()
    assert match.state == "different"
    assert "None" in text_of(manager.get(reverse("possible-matches")))


def test_matches_are_for_those_whose_remit_one_of_the_two_is_in(
    record: Record, make_person: Make, client_of: ClientOf
) -> None:
    officer = make_person("front_door", team="Front door")
    record("Jonathan Smithson", by=officer, born=CHILD, nhs_number="9434765919")
    record("John Smythson", by=officer, born=CHILD, nhs_number="9434765919")
    match = PossibleMatch.objects.get()
    address = reverse("decide-match", args=[match.pk])
    mine = client_of(make_person("team_manager", team="Front door"))
    other = client_of(make_person("team_manager", team="Another"))
    assert "Smithson" in mine.get(reverse("possible-matches")).content.decode()
    assert mine.get(address).status_code == 200
    assert "Smithson" not in other.get(reverse("possible-matches")).content.decode()
    assert other.get(address).status_code == 403
    actions.restrict_child(match.one.number, "family of staff", [])
    assert "Smithson" not in mine.get(reverse("possible-matches")).content.decode()
    assert mine.get(address).status_code == 403


def test_two_records_that_nothing_proposed_are_compared_by_hand(
    record: Record, make_person: Make, client_of: ClientOf
) -> None:
    one, two = record("Ann Green", born=CHILD), record("Zoe White", born=GROWN)
    manager = client_of(make_person("assistant_director"))
    manager.post(reverse("find-duplicate", args=[one.pk]), {"text": "Zoe White"})
    page = manager.get(reverse("find-duplicate", args=[one.pk])).content.decode()
    assert reverse("compare-people", args=[one.pk, two.pk]) in page
    assert "Record somebody new" not in page
    answer = manager.post(reverse("compare-people", args=[one.pk, two.pk]))
    assert "Ann and Zoe differ" in text_of(manager.get(answer.url))


def test_what_changes_withdraws_what_is_no_longer_like(record: Record) -> None:
    one = record("Jonathan Smithson", born=CHILD, nhs_number="9434765919")
    record("John Smythson", born=CHILD, nhs_number="9434765919")
    assert PossibleMatch.objects.count() == 1
    changes = {"nhs_number": "", "first_names": "Agnes", "last_name": "Oyelaran"}
    actions.change_person(one, one.version, {**changes, "born": GROWN})
    assert not PossibleMatch.objects.exists()


def test_keys_that_are_none_are_none(record: Record) -> None:
    one, other = record("Ann Green"), record("Bo Green")
    everybody = KnownPerson.objects.order_by("pk")
    assert list(everybody.filter(pk__in=among(()))) == []
    assert list(everybody.exclude(pk__in=among(()))) == [one, other]
    assert list(everybody.filter(pk__in=among([one.pk]))) == [one]
    assert list(everybody.exclude(pk__in=among([one.pk]))) == [other]


def test_of_two_homes_the_one_of_which_the_beginning_is_known_tells_the_locality(
    record: Record,
) -> None:
    person, today = record("Ann Green"), timezone.localdate()
    for name, starts in (("Old", None), ("New", today - timedelta(days=3))):
        actions.record_residence(
            person,
            kind="home",
            lines=f"1 {name} Street",
            postcode="",
            locality=Locality.objects.create(name=name),
            starts=starts,
        )
    Residence.objects.update(ends=None)
    assert localities_of([person.pk], today) == {person.pk: "New"}
