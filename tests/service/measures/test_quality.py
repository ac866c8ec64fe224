"""What is wrong in the records: who sees what of it, on record; downloads; and reviewers' notes."""

import csv
import io
import json
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from made_once import made_once
from service.measures.invented_loads import Files, deployment, invented_files, published
from sightline.intake.load import load as load_files
from sightline.service.accounts.models import Person
from sightline.service.accounts.roles import ROLES
from sightline.service.audit.models import AuditEntry
from sightline.service.children.models import BrokenGlass, RestrictedChild
from sightline.service.measures import quality as views
from sightline.service.measures.load_findings import keep_figures
from sightline.service.measures.models import Publication
from sightline.service.measures.quality_lists import findings_of, key_of
from sightline.service.measures.reading import current_reading, forget_readings
from sightline.store.notes import read_notes
from sightline.store.snapshots import Store

__all__ = ["deployment", "invented_files", "published"]

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

People = Callable[..., Person]
Clients = Callable[[Person], Client]
SEEING = {
    "analyst", "front_door", "social_worker", "team_manager", "service_manager", "assistant_director",
}  # fmt: skip


@pytest.fixture(scope="session")
def faulty_store(invented_files: Files, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the census loaded again, with faults."""
    import shutil

    def make(folder: Path) -> None:
        shutil.copytree(invented_files.store, folder / "store")
        load_files([invented_files.faulty], Store(folder / "store"))
        keep_figures(Store(folder / "store").current(), lambda _: None)

    return made_once(tmp_path_factory, "faulty-loads", make) / "store"


@pytest.fixture
def rows(deployment: Path, faulty_store: Path, db: None) -> list[dict[str, str]]:
    """Publish the faulty census upon the right one; give every finding."""
    import shutil

    shutil.copytree(faulty_store, deployment / "store")
    store = Store(deployment / "store")
    now = store.current()
    earlier = timezone.now() - timedelta(days=1)
    Publication.objects.create(snapshot=now.manifest.parent, published_at=earlier)
    Publication.objects.create(snapshot=now.id)
    forget_readings()
    reading = current_reading()
    assert reading
    listed: list[dict[str, str]] = findings_of(reading).listed.to_pylist()
    return listed


@pytest.fixture
def client(make_person: People, client_of: Clients) -> Client:
    return client_of(make_person("analyst"))


def ids_shown(client: Client, **asked: str) -> set[str]:
    """Give the names of all findings that the list links to, over all its pages."""
    found: set[str] = set()
    number = 1
    while True:
        answer = client.get(reverse("findings"), {**asked, "page": str(number)})
        assert answer.status_code == 200
        found |= {row["id"] for row in answer.context["rows"]}
        if not answer.context["page"].has_next():
            return found
        number += 1


def test_findings_are_counted_by_team_person_and_rule(
    client: Client, rows: list[dict[str, str]], django_assert_max_num_queries: Any
) -> None:
    for by, column in (("team", "team"), ("person", "worker"), ("rule", "code")):
        with django_assert_max_num_queries(30):
            answer = client.get(reverse("quality"), {"by": by})
        lines = answer.context["lines"]
        assert {line["name"] for line in lines} >= {row[column] for row in rows}
        errors = sum(row["severity"] == "error" for row in rows)
        assert answer.context["totals"]["errors"] == f"{errors:,}"
    assert client.get(reverse("quality"), {"by": "child"}).status_code == 404
    assert not AuditEntry.objects.filter(subject="child").exists()  # no child is shown


def test_the_list_shows_all_in_pages_and_each_child_is_on_record(
    client: Client,
    rows: list[dict[str, str]],
    django_assert_max_num_queries: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(views, "PAGE", 15)
    assert len(rows) > 2 * views.PAGE
    with django_assert_max_num_queries(30):
        answer = client.get(reverse("findings"))
    shown = {row["child_id"] for row in answer.context["rows"]} - {""}
    on_record = AuditEntry.objects.filter(verb="view", subject="child")
    assert set(on_record.values_list("subject_id", flat=True)) == shown
    assert ids_shown(client) == {row["id"] for row in rows}


def test_what_is_new_still_there_and_mended_since_the_last_publication(
    client: Client, rows: list[dict[str, str]]
) -> None:
    new = {row["id"] for row in rows if row["trend"] == "new"}
    still = {row["id"] for row in rows if row["trend"] == "still there"}
    assert new and still
    assert ids_shown(client, trend="new") == new
    assert ids_shown(client, trend="still there") == still
    store = Store(current_reading().snapshot.folder.parents[1])  # type: ignore[union-attr]
    faulty, right = store.current().id, store.current().manifest.parent
    Publication.objects.create(snapshot=right)
    forget_readings()
    mended = ids_shown(client, trend="mended") | ids_shown(client, trend="record gone")
    assert mended and mended <= {row["id"] for row in rows}
    assert faulty != right


def test_each_sees_the_findings_of_their_own_remit_and_no_others(
    make_person: People, client_of: Clients, rows: list[dict[str, str]]
) -> None:
    named = [row for row in rows if row["worker"] != "Not known" and row["district"] != "Not known"]
    one = named[0]
    remits: dict[str, tuple[Person, str, str]] = {
        "worker": (make_person("social_worker", worker=one["worker"]), "worker", one["worker"]),
        "team": (make_person("team_manager", team=one["team"]), "team", one["team"]),
        "front door": (make_person("front_door", team=one["team"]), "team", one["team"]),
        "district": (
            make_person("service_manager", district=one["district"]),
            "district",
            one["district"],
        ),
    }
    for person, column, name in remits.values():
        client = client_of(person)
        own = {row["id"] for row in rows if row[column] == name}
        others = {row["id"] for row in rows if row[column] != name} - own
        assert own and others
        assert ids_shown(client) == own
        for other in sorted(others)[:3]:
            assert client.get(reverse("finding", args=[other])).status_code == 404
        counted = client.get(reverse("quality"), {"by": "rule"}).context["lines"]
        assert {line["name"] for line in counted} == {r["code"] for r in rows if r[column] == name}
        text = client.get(reverse("findings-csv")).content.decode("utf-8-sig")
        assert {row["finding"] for row in csv.DictReader(io.StringIO(text))} == own
    # A choice that is not theirs is none.
    client = client_of(remits["worker"][0])
    other_team = next(row["team"] for row in rows if row["team"] != one["team"])
    answer = client.get(reverse("findings"), {"team": other_team})
    assert not answer.context["rows"] and "Select a valid choice" in answer.content.decode()


def test_roles_outside_social_care_are_refused(
    make_person: People, client_of: Clients, rows: list[dict[str, str]]
) -> None:
    addresses = [
        reverse("quality"),
        reverse("findings"),
        reverse("findings-csv"),
        reverse("findings-xlsx"),
        reverse("finding", args=[rows[0]["id"]]),
    ]
    for role in (*ROLES, ""):
        client = client_of(make_person(role))
        for address in addresses[:4]:
            assert (client.get(address).status_code == 403) == (role not in SEEING), (role, address)
        if role not in SEEING:
            assert client.get(addresses[4]).status_code == 403


def test_restricted_children_are_left_out_with_a_count(
    make_person: People, client_of: Clients, rows: list[dict[str, str]]
) -> None:
    child = next(row["child_id"] for row in rows if row["child_id"])
    about = {row["id"] for row in rows if row["child_id"] == child}
    person = make_person("analyst")
    client = client_of(person)
    restriction = RestrictedChild.objects.create(child_id=child, reason="Family of staff")
    page = client.get(reverse("findings"))
    number = sum(row["child_id"] == child for row in rows)
    assert f"{number} finding" in page.content.decode()
    assert "about restricted children" in page.content.decode()
    assert not ids_shown(client) & about
    assert client.get(reverse("finding", args=[sorted(about)[0]])).status_code == 404
    text = client.get(reverse("findings-csv")).content.decode()
    assert child not in text
    later = timezone.now() + timedelta(hours=1)
    BrokenGlass.objects.create(
        restriction=restriction, person=person, reason="Emergency", closes_at=later
    )
    assert about <= ids_shown(client)


def test_downloads_hold_what_was_chosen_and_every_child_is_on_record(
    client: Client, rows: list[dict[str, str]]
) -> None:
    team = rows[0]["team"]
    wanted = [row for row in rows if row["team"] == team]
    text = client.get(reverse("findings-csv"), {"team": team}).content.decode("utf-8-sig")
    given = list(csv.DictReader(io.StringIO(text)))
    assert sorted(each["finding"] for each in given) == sorted(row["id"] for row in wanted)
    entries = AuditEntry.objects.filter(verb="export", subject="child")
    assert set(entries.values_list("subject_id", flat=True)) == {
        row["child_id"] for row in wanted
    } - {""}
    whole = AuditEntry.objects.get(verb="export", subject="findings")
    assert json.loads(whole.after) == {
        "rows": len(wanted), "ending": "csv", "chosen": f"Only team {team}.",
    }  # fmt: skip
    answer = client.get(reverse("findings-xlsx"), {"team": team})
    assert answer.headers["Content-Disposition"].endswith('.xlsx"')
    book = openpyxl.load_workbook(BytesIO(answer.content))
    assert {"Rules", "Teams", "Workers", "Findings"} <= set(book.sheetnames)
    assert AuditEntry.objects.filter(verb="export", subject="findings").count() == 2


def test_a_cell_is_never_run_as_a_formula(client: Client, rows: list[dict[str, str]]) -> None:
    import pyarrow as pa

    reading = current_reading()
    assert reading
    listed = findings_of(reading).listed.slice(0, 1)
    place = listed.column_names.index("value")
    evil = listed.set_column(place, "value", pa.array(["=HYPERLINK(1)"]))
    (row,) = csv.DictReader(io.StringIO(views._csv(evil).decode("utf-8-sig")))
    assert row["value"] == "'=HYPERLINK(1)"


def test_too_many_for_one_file_are_refused(
    client: Client, rows: list[dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "MOST_EXPORTED", 5)
    assert client.get(reverse("findings-csv")).status_code == 404
    assert "too many for one file" in client.get(reverse("findings")).content.decode()
    assert not AuditEntry.objects.filter(verb="export").exists()


def test_no_name_of_a_person_is_in_an_address(client: Client, rows: list[dict[str, str]]) -> None:
    worker = next(row["worker"] for row in rows if row["worker"] != "Not known")
    page = client.get(reverse("quality"), {"by": "person"}).content.decode()
    assert f"?person={key_of(worker)}" in page and f"person={worker}" not in page
    shown = ids_shown(client, person=key_of(worker))
    assert shown == {row["id"] for row in rows if row["worker"] == worker}


def test_a_query_is_noted_as_right_replaced_and_withdrawn(
    make_person: People,
    client_of: Clients,
    rows: list[dict[str, str]],
    deployment: Path,
    django_assert_max_num_queries: Any,
) -> None:
    person = make_person("analyst")
    client = client_of(person)
    query = next(row for row in rows if row["severity"] == "query" and row["child_id"])
    address = reverse("finding", args=[query["id"]])
    with django_assert_max_num_queries(30):
        page = client.get(address)
    assert "Note that it is right" in page.content.decode()
    assert "Say why" in client.post(address, {"reason": "", "version": ""}).content.decode()
    answer = client.post(address, {"reason": "Family abroad,\nagreed", "version": ""})
    assert answer.status_code == 302
    (note,), unread = read_notes(Store(deployment / "store"))
    assert (note.author, note.reason, note.finding) == (
        person.name, "Family abroad, agreed", query["id"],
    )  # fmt: skip
    assert unread == 0 and note.prints
    entry = AuditEntry.objects.get(verb="act", subject="note on a finding")
    assert (entry.actor, entry.reason) == (str(person.pk), "Family abroad, agreed")
    page = client.get(address).content.decode()
    assert "Family abroad, agreed" in page and "Write another" in page
    listed = client.get(reverse("findings"), {"rule": query["code"]}).context["rows"]
    assert {row["id"] for row in listed if row["noted"]} == {query["id"]}

    # Somebody who saw no note does not write over it unawares.
    late = client.post(address, {"reason": "Mine", "version": ""})
    assert late.status_code == 422 and "meanwhile" in late.content.decode()
    assert "Family abroad, agreed" in late.content.decode() and "Mine" in late.content.decode()
    assert len(read_notes(Store(deployment / "store"))[0]) == 1
    version = late.context["note_version"]
    assert client.post(address, {"reason": "Mine", "version": version}).status_code == 302

    gone = reverse("withdraw-finding-note", args=[query["id"]])
    client.post(gone, {"version": version})
    assert read_notes(Store(deployment / "store"))[0][-1].reason == "Mine"
    client.post(gone, {"version": client.get(address).context["note_version"]})
    assert read_notes(Store(deployment / "store"))[0][-1].what == "withdrawn"
    assert "Note that it is right" in client.get(address).content.decode()


def test_an_error_cannot_be_noted_away_and_not_everybody_may_note(
    make_person: People, client_of: Clients, client: Client, rows: list[dict[str, str]]
) -> None:
    error = next(row for row in rows if row["severity"] == "error")
    address = reverse("finding", args=[error["id"]])
    assert "is mended in the case system" in client.get(address).content.decode()
    assert client.post(address, {"reason": "Right", "version": ""}).status_code == 404
    query = next(row for row in rows if row["severity"] == "query" and row["worker"] != "Not known")
    worker = client_of(make_person("social_worker", worker=query["worker"]))
    address = reverse("finding", args=[query["id"]])
    assert "Note that it is right" not in worker.get(address).content.decode()
    assert worker.post(address, {"reason": "Right", "version": ""}).status_code == 403
    withdraw = reverse("withdraw-finding-note", args=[query["id"]])
    assert worker.post(withdraw, {"version": ""}).status_code == 403


def test_a_note_waits_for_nobody(
    client: Client, rows: list[dict[str, str]], deployment: Path
) -> None:
    query = next(row for row in rows if row["severity"] == "query")
    with Store(deployment / "store").writing():
        answer = client.post(
            reverse("finding", args=[query["id"]]), {"reason": "Right", "version": ""}
        )
    assert answer.status_code == 422 and "Try again" in answer.content.decode()
    assert not AuditEntry.objects.filter(verb="act").exists()


def test_where_nothing_is_published_a_page_says_so(client: Client, deployment: Path) -> None:
    assert "Nothing is published yet" in client.get(reverse("quality")).content.decode()
    assert client.get(reverse("findings-csv")).status_code == 200


def test_a_snapshot_that_nobody_published_is_seen_nowhere(
    client: Client, deployment: Path, faulty_store: Path
) -> None:
    import shutil

    shutil.copytree(faulty_store, deployment / "store")
    store = Store(deployment / "store")
    Publication.objects.create(snapshot=store.current().manifest.parent)
    forget_readings()
    answer = client.get(reverse("findings"))
    assert answer.context["found"].snapshot == store.current().manifest.parent
    assert "trend" not in answer.context["form"].fields
