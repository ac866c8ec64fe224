"""Administrators keep accounts: each change on record, none of their own, none lost to another's."""

from collections.abc import Callable
from datetime import date, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sightline.service.accounts import actions
from sightline.service.accounts.models import Agency, Appointment, Locality, Person, Team
from sightline.service.audit.models import AuditEntry, Verb

pytestmark = pytest.mark.django_db

Make = Callable[..., Person]
ClientOf = Callable[[Person], Client]


@pytest.fixture
def administrator(make_person: Make) -> Person:
    return make_person("administrator", email="admin@example.org")


@pytest.fixture
def browser(administrator: Person, client_of: ClientOf) -> Client:
    return client_of(administrator)


def _new(name: str = "Ann Example", email: str = "Ann@Example.org", **more: Any) -> dict[str, Any]:
    return {"name": name, "email": email, "agency": "", "worker": "", "version": 1, **more}


def _day(name: str, day: date | None) -> dict[str, Any]:
    parts = (day.day, day.month, day.year) if day else ("", "", "")
    return {f"{name}_{part}": n for part, n in zip(("day", "month", "year"), parts, strict=True)}


def test_an_account_is_made_without_a_password_and_the_person_is_told_how_to_choose_one(
    browser: Client, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post(reverse("add-person"), _new())
    person = Person.objects.get(email="ann@example.org")
    assert answer.url == reverse("person", args=[person.pk])
    assert not person.has_usable_password()
    assert person.roles == ()
    (letter,) = mail.outbox
    assert letter.to == ["ann@example.org"]
    assert reverse("account_reset_password") in letter.body
    made = AuditEntry.objects.get(verb=Verb.INSERT, subject="accounts_person", subject_id=person.pk)
    assert made.actor_name == "Invented administrator"


def test_an_address_is_one_person_however_it_is_written(browser: Client, make_person: Make) -> None:
    make_person("analyst", email="ann@example.org")
    page = browser.post(reverse("add-person"), _new(email="ANN@example.ORG"))
    assert "Somebody has an account with this address already" in page.content.decode()
    assert Person.objects.filter(email__iexact="ann@example.org").count() == 1


def test_a_name_in_the_records_is_one_person_for_it_opens_their_children(
    browser: Client, make_person: Make
) -> None:
    first = make_person("social_worker", email="jane@example.org", worker="Jane Smith")
    page = browser.post(reverse("add-person"), _new(worker="jane smith")).content.decode()
    assert "The records call Invented social_worker (jane@example.org) so: this person" in page
    actions.close_account(first, by=make_person("administrator"))
    page = browser.post(reverse("add-person"), _new(worker="Jane Smith")).content.decode()
    assert "so (that account is closed): this person" in page
    assert not Person.objects.filter(email="ann@example.org").exists()
    # One's own name stays, and having none is not having the same.
    url = reverse("change-person", args=[first.pk])
    assert browser.post(url, _new(first.name, first.email, worker="Jane Smith", version=2)).url
    second = make_person("analyst")
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.change_person(second, 1, {"worker": "Jane Smith"}, by=make_person("administrator"))


def test_an_upgrade_says_who_has_the_same_name_in_the_records(make_person: Make) -> None:
    class Editor:
        connection = connection

    refuse = import_module("sightline.service.accounts.migrations.0004_one_person_per_name")
    one, two = (make_person("social_worker", worker=name) for name in ("Jane Smith", "J. Smith"))
    refuse.refuse_namesakes(apps, Editor)
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX one_person_per_name_in_records")
    Person.objects.filter(pk=two.pk).update(worker="JANE SMITH")
    with pytest.raises(IntegrityError, match=f"children: {one.pk}, {two.pk}. Go back"):
        refuse.refuse_namesakes(apps, Editor)


def test_people_are_found_by_words_and_the_words_are_not_in_the_address(
    browser: Client, make_person: Make
) -> None:
    for number in range(30):
        make_person("councillor", email=f"member-{number}@example.org")
    make_person("social_worker", email="zoe@example.org", worker="Zoe W")
    assert len(browser.get(reverse("people")).context["page"].object_list) == 25
    answer = browser.post(reverse("people"), {"q": "zoe w", "role": "", "state": ""})
    assert answer.url == reverse("people")
    page = browser.get(answer.url)
    assert [each.email for each in page.context["page"]] == ["zoe@example.org"]
    browser.post(reverse("people"), {"q": "", "role": "councillor", "state": "open"})
    assert browser.get(reverse("people"), {"page": 2}).context["page"].paginator.count == 30


def test_the_list_of_people_takes_as_many_queries_for_thirty_as_for_three(
    browser: Client, make_person: Make, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        make_person("team_manager", email=f"m-{number}@example.org", team=f"Team {number}")
    with django_assert_max_num_queries(10):
        browser.get(reverse("people"))
    with django_assert_max_num_queries(12):
        browser.get(reverse("person", args=[Person.objects.last().pk]))  # type: ignore[union-attr]


def test_no_role_is_chosen_beforehand_and_each_says_how_far_it_reaches(
    browser: Client, make_person: Make
) -> None:
    person = make_person()
    page = browser.get(reverse("appoint", args=[person.pk])).content.decode()
    assert "checked" not in page
    assert (
        "Team manager. Leads a team of social workers. Reaches the children of their team." in page
    )


@pytest.mark.parametrize(
    ("role", "more", "said"),
    [
        ("team_manager", {}, "Say which team"),
        ("service_manager", {}, "Say which locality"),
        ("social_worker", {}, "First give this person the name"),
        ("analyst", {"team": "team"}, "This role is not for a team"),
        ("", {}, "Choose a role"),
    ],
)
def test_an_appointment_that_cannot_be_meant_is_explained(
    browser: Client, make_person: Make, role: str, more: dict[str, str], said: str
) -> None:
    person = make_person()
    team = Team.objects.create(name="North")
    sent = {"role": role, "team": team.pk if more else "", "locality": ""}
    page = browser.post(
        reverse("appoint", args=[person.pk]), {**sent, **_day("starts", timezone.localdate())}
    )
    assert said in page.content.decode()
    assert not person.appointments.exists()


def test_an_appointment_counts_from_its_first_to_its_last_day(
    browser: Client, make_person: Make
) -> None:
    person = make_person()
    today = timezone.localdate()
    url = reverse("appoint", args=[person.pk])
    sent = {"role": "analyst", "team": "", "locality": ""}
    later = today + timedelta(days=10)
    browser.post(url, {**sent, **_day("starts", today), **_day("ends", later)})
    assert [role.code for role in Person.objects.get(pk=person.pk).roles] == ["analyst"]
    # The same once more, overlapping, is refused; after it, it is not.
    page = browser.post(url, {**sent, **_day("starts", later)})
    assert "has this appointment already" in page.content.decode()
    answer = browser.post(url, {**sent, **_day("starts", later + timedelta(days=1))})
    assert answer.status_code == 302
    assert person.appointments.in_force(later).count() == 1


def test_an_appointment_ends_at_once_or_on_a_day(browser: Client, make_person: Make) -> None:
    person = make_person("analyst")
    appointment = person.appointments.get()
    url = reverse("end-appointment", args=[appointment.pk])
    assert "Say when it ends" in browser.post(url).content.decode()
    assert "Enter the last day" in browser.post(url, {"when": "day"}).content.decode()
    before = _day("last_day", appointment.starts - timedelta(days=1))
    page = browser.post(url, {"when": "day", **before}).content.decode()
    assert "The last day is before the first" in page
    tomorrow = timezone.localdate() + timedelta(days=1)
    browser.post(url, {"when": "day", **_day("last_day", tomorrow)})
    assert Person.objects.get(pk=person.pk).roles
    browser.post(url, {"when": "now"})
    assert Person.objects.get(pk=person.pk).roles == ()
    appointment.refresh_from_db()
    assert appointment.ends == timezone.localdate()


def test_a_closed_account_is_signed_out_at_once_and_has_no_role_when_opened_again(
    browser: Client, make_person: Make, client_of: ClientOf
) -> None:
    analyst = make_person("analyst")
    theirs = client_of(analyst)
    assert theirs.get(reverse("account")).status_code == 200
    browser.post(reverse("close-account", args=[analyst.pk]))
    assert theirs.get(reverse("account")).url.startswith(reverse("account_login"))
    browser.post(reverse("close-account", args=[analyst.pk]))
    again = Person.objects.get(pk=analyst.pk)
    assert again.is_active
    assert again.roles == ()
    assert theirs.get(reverse("account")).url.startswith(reverse("account_login"))


def test_a_new_address_signs_the_person_out(
    browser: Client, make_person: Make, client_of: ClientOf
) -> None:
    analyst = make_person("analyst", email="old@example.org")
    theirs = client_of(analyst)
    browser.post(reverse("change-person", args=[analyst.pk]), _new(analyst.name, "new@example.org"))
    assert Person.objects.get(pk=analyst.pk).email == "new@example.org"
    assert theirs.get(reverse("account")).status_code == 302


def test_nobody_changes_their_own_account_and_the_try_is_on_record(
    browser: Client, administrator: Person
) -> None:
    own = administrator.appointments.get()
    addresses = [
        reverse(name, args=[administrator.pk])
        for name in ("change-person", "close-account", "appoint")
    ] + [reverse("end-appointment", args=[own.pk])]
    for address in addresses:
        for answer in (browser.get(address), browser.post(address, {"when": "now"})):
            assert answer.status_code == 403
    assert AuditEntry.objects.filter(verb=Verb.REFUSE).count() == 2 * len(addresses)
    assert Person.objects.get(pk=administrator.pk).roles
    page = browser.get(reverse("person", args=[administrator.pk])).content.decode()
    assert "This is your own account" in page
    assert reverse("end-appointment", args=[own.pk]) not in page
    with pytest.raises(actions.OwnAccountError):
        actions.appoint(administrator, by=administrator, role="analyst")
    with pytest.raises(actions.OwnAccountError):
        actions.change_person(administrator, 1, {"worker": "Worker 1"}, by=administrator)


def test_nobody_renames_what_their_own_appointment_reaches_by(
    browser: Client, administrator: Person
) -> None:
    mine, other = (Team.objects.create(name=name) for name in ("Team 1", "Team 2"))
    Appointment.objects.create(person=administrator, role="team_manager", team=mine)
    change = reverse("change-place", args=["teams", mine.pk])
    for answer in (browser.get(change), browser.post(change, {"name": "Team 3", "version": 1})):
        assert answer.status_code == 403
    assert AuditEntry.objects.filter(verb=Verb.REFUSE).count() == 2
    change = reverse("change-place", args=["teams", other.pk])
    assert browser.post(change, {"name": "Team 3", "version": 1}).status_code == 302
    assert set(Team.objects.values_list("name", flat=True)) == {"Team 1", "Team 3"}


def test_of_two_changes_at_once_the_second_sees_both_texts_and_overwrites_nothing(
    browser: Client, make_person: Make, client_of: ClientOf
) -> None:
    other = client_of(make_person("administrator", email="second@example.org"))
    person = make_person("analyst", email="ann@example.org")
    url = reverse("change-person", args=[person.pk])
    first, second = browser.get(url).context["form"], other.get(url).context["form"]
    assert first.initial["version"] == second.initial["version"] == 1
    browser.post(url, _new("Ann First", person.email))
    page = other.post(url, _new("Ann Second", person.email))
    assert page.status_code == 409
    text = page.content.decode()
    assert "Ann First" in text
    assert "Ann Second" in text
    assert Person.objects.get(pk=person.pk).name == "Ann First"
    assert 'name="version" value="2"' in text
    other.post(url, _new("Ann Second", person.email, version=2))
    assert Person.objects.get(pk=person.pk).name == "Ann Second"


@pytest.mark.parametrize(
    ("kind", "model", "sent"),
    [
        ("agencies", Agency, {"name": "Health trust", "kind": "health"}),
        ("teams", Team, {"name": "North", "locality": ""}),
        ("localities", Locality, {"name": "Redditch"}),
    ],
)
def test_agencies_teams_and_localities_are_added_changed_and_removed(
    browser: Client, kind: str, model: Any, sent: dict[str, str]
) -> None:
    url = reverse("add-place", args=[kind])
    assert browser.post(url, {**sent, "name": "", "version": 1}).status_code == 200
    assert not model.objects.exists()
    browser.post(url, {**sent, "version": 1})
    row = model.objects.get()
    assert sent["name"] in browser.get(reverse("places", args=[kind])).content.decode()
    change = reverse("change-place", args=[kind, row.pk])
    browser.post(change, {**sent, "name": "Renamed", "version": 1})
    assert browser.post(change, {**sent, "name": "Late", "version": 1}).status_code == 409
    assert model.objects.get().name == "Renamed"
    browser.post(reverse("remove-place", args=[kind, row.pk]))
    assert not model.objects.exists()


def test_what_is_in_use_is_not_removed(browser: Client, make_person: Make) -> None:
    make_person("team_manager", team="North")
    team = Team.objects.get()
    page = browser.post(reverse("remove-place", args=["teams", team.pk]), follow=True)
    assert "still in use" in page.content.decode()
    assert Team.objects.exists()


def test_a_kind_that_there_is_not_is_not_found(browser: Client) -> None:
    assert browser.get("/accounts/planets/").status_code == 404


def test_an_appointment_ended_at_once_no_longer_counts_that_day_and_did_before(
    make_person: Make,
) -> None:
    person = make_person("analyst")
    yesterday = timezone.localdate() - timedelta(days=1)
    Appointment.objects.update(starts=yesterday)
    actions.end_appointment(person.appointments.get(), None, by=make_person("administrator"))
    assert person.appointments.in_force().count() == 0
    assert person.appointments.in_force(yesterday).count() == 1
