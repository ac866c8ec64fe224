"""The children behind a figure: what is on record of a refusal, and what an odd address is answered."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sightline.records import TABLES
from sightline.service.accounts.models import Person
from sightline.service.accounts.remit import Remit
from sightline.service.audit.models import AuditEntry, Verb
from sightline.service.children import whereabouts
from sightline.service.children.models import RestrictedChild
from sightline.service.measures import child_places
from sightline.service.measures.child_references import reference_of
from sightline.service.measures.models import Note
from sightline.service.measures.reading import Reading

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

Make = Callable[..., Person]
ClientOf = Callable[[Person], Client]


def test_a_refused_child_is_on_record_by_the_number_an_auditor_looks_for(
    published_reading: Reading, make_person: Make, client_of: ClientOf
) -> None:
    number = min(published_reading.children())
    address = reverse("child", args=[reference_of(number)])
    outside = client_of(make_person("social_worker", worker="Somebody else"))
    assert outside.get(address).status_code == 403
    RestrictedChild.objects.create(child_id=number, reason="Invented")
    assert client_of(make_person("conference_chair")).get(address).status_code == 403
    refusals = AuditEntry.objects.filter(verb=Verb.REFUSE, subject_id=number)
    assert [each.subject for each in refusals] == ["open children", "open children"]


@pytest.mark.parametrize("code", ["CP-15", "CI-06", "LA-09", "CI-03", "FD-02"])
@pytest.mark.parametrize(
    ("first", "last", "status"),
    [
        ("0001-01-01", "9999-12-31", 200),
        ("0001-01-01", "0001-01-01", 200),
        ("9999-12-31", "9999-12-31", 200),
        ("2016-03-31", "2015-04-01", 404),
        ("2016-02-30", "2016-03-31", 404),
    ],
)
def test_a_period_far_from_the_records_is_answered(
    published_reading: Reading,
    make_person: Make,
    client_of: ClientOf,
    code: str,
    first: str,
    last: str,
    status: int,
) -> None:
    client = client_of(make_person("assistant_director"))
    address = reverse("indicator-children", args=[code, "whole"])
    answer = client.get(address, {"from": first, "to": last, "within": "all"})
    assert answer.status_code == status


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/indicators/CP-05/whole/?within=all", "/indicators/CP-05/whole/?within=all"),
        ("no page of ours", "/"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("", "/"),
    ],
)
def test_whoever_withdraws_a_note_is_led_to_a_page_of_ours(
    make_person: Make, client_of: ClientOf, asked: str, led: str
) -> None:
    author = make_person("analyst")
    note = Note.objects.create(author=author, indicator="CP-05", day=timezone.localdate(), text="t")
    answer = client_of(author).post(reverse("withdraw-note", args=[note.pk]), {"next": asked})
    assert (answer.status_code, answer.headers["Location"]) == (302, led)


def test_work_that_ended_long_ago_opens_no_record(
    published_reading: Reading,
    make_person: Make,
    client_of: ClientOf,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    everything = published_reading.open_work(Remit(whole=True))
    worker, child = min((work.worker, work.child_id) for work in everything if work.worker)
    address = reverse("child", args=[reference_of(child)])
    mine = client_of(make_person("social_worker", worker=worker))
    assert mine.get(address).status_code == 200
    # A hundred years on, with nothing left open, the same rows are of long ago.
    monkeypatch.setattr(whereabouts, "STILL_THEIRS", -1_200)
    monkeypatch.setattr(child_places, "ENDS", {})
    assert mine.get(address).status_code == 403


@pytest.mark.parametrize(
    ("table", "row", "tells"),
    [
        ("cp_plan", {"end_date": None, "start_date": date(2015, 1, 1)}, True),
        ("cp_plan", {"end_date": date(2021, 9, 1)}, False),
        ("cp_plan", {"end_date": date(2025, 6, 2)}, True),
        ("cp_plan", {"end_date": None, "source": "casework"}, False),
        ("referral", {"closure_date": None, "referral_date": date(2026, 1, 1)}, True),
        (
            "referral",
            {"closure_date": None, "no_further_action": True, "referral_date": date(2021, 1, 1)},
            False,
        ),
        ("cp_review", {"review_date": date(2021, 9, 1), "due_date": date(2026, 9, 1)}, False),
        ("visit", {"visit_date": date(2026, 1, 1)}, True),
        ("child", {"birth_date": date(2026, 1, 1)}, False),
    ],
)
def test_a_row_tells_by_its_own_days_and_not_by_those_of_its_file(
    table: str, row: dict[str, object], tells: bool
) -> None:
    empty: dict[str, object] = dict.fromkeys(column.name for column in TABLES[table].columns)
    filed = {**empty, "source": "cin", "return_end": date(2026, 6, 2)}
    assert child_places._still_tells(table, {**filed, **row}, date(2025, 6, 2)) is tells


def test_your_children_are_those_of_the_remit_with_open_work_and_on_record(
    published_reading: Reading, make_person: Make, client_of: ClientOf
) -> None:
    everything = published_reading.open_work(Remit(whole=True))
    worker = min(work.worker for work in everything if work.worker)
    expected = {work.child_id for work in everything if work.worker == worker}
    restricted = min(expected)
    RestrictedChild.objects.create(child_id=restricted, reason="Invented")
    person = make_person("social_worker", worker=worker)
    text = client_of(person).get(reverse("your-children")).content.decode()
    shown = {child for child in published_reading.children() if f">{child}<" in text}
    assert shown == expected - {restricted}
    seen = AuditEntry.objects.filter(verb=Verb.VIEW, actor=str(person.pk))
    assert {each.subject_id for each in seen} == shown
    others = client_of(make_person("social_worker", worker="Nobody at all"))
    assert "No open work" in others.get(reverse("your-children")).content.decode()
