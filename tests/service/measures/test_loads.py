"""Loads in the browser: given, looked at, published or discarded; and what is refused."""

import io
import stat
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from service.measures.invented_loads import Files, deployment, invented_files, published
from sightline.intake.load import load as load_files
from sightline.service.accounts.models import Person
from sightline.service.accounts.roles import ROLES
from sightline.service.audit.models import AuditEntry
from sightline.service.measures import load_actions, load_tasks, load_uploads
from sightline.service.measures.load_actions import LoadRefusedError
from sightline.service.measures.load_uploads import KEPT_DAYS, Given, clear_files, held
from sightline.service.measures.loaded_snapshots import INTERRUPTED, fail_interrupted
from sightline.service.measures.models import Load, LoadProgress, Publication
from sightline.store.snapshots import Store, StoreError

__all__ = ["deployment", "invented_files", "published"]

pytestmark = [pytest.mark.django_db, pytest.mark.databases_by_turns]

People = Callable[..., Person]
Clients = Callable[[Person], Client]
ADDRESSES = ("publish-load", "discard-load", "begin-load-again", "give-up-load")


@pytest.fixture
def analyst(make_person: People) -> Person:
    return make_person("analyst")


@pytest.fixture
def client(analyst: Person, client_of: Clients) -> Client:
    return client_of(analyst)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out checking and computing, where a test is not about them."""
    monkeypatch.setattr(load_tasks, "found_by", lambda *_: {})


def give(client: Client, *files: Path | SimpleUploadedFile, **more: Any) -> Any:
    given = [
        SimpleUploadedFile(each.name, each.read_bytes()) if isinstance(each, Path) else each
        for each in files
    ]
    return client.post(reverse("give-files"), {"given": given, **more})


def store_in(home: Path) -> Store:
    return Store(home / "store")


def test_files_are_loaded_checked_compared_and_published(
    client: Client,
    analyst: Person,
    deployment: Path,
    published: Publication,
    invented_files: Files,
    django_assert_max_num_queries: Any,
) -> None:
    answer = give(client, invented_files.faulty)
    load = Load.objects.get()
    assert answer.headers["Location"] == reverse("load", args=[load.pk])
    assert load.state == Load.State.LOADED, load.failure
    assert (load.given_by, load.before) == (analyst, published.snapshot)
    assert store_in(deployment).current().id == load.snapshot

    found = load.found
    assert [each["name"] for each in found["inputs"]] == [invented_files.faulty.name]
    assert found["inputs"][0]["read"] > 0
    assert found["returns"]["replaced"] == ["The CIN census to 31 March 2016"]
    assert found["returns"]["carried"] == ["Annex A to 31 March 2016"]
    assert found["against"] == published.snapshot
    assert sum(found["became"]["new"].values()) > 0
    new = found["new_rules"]
    errors = [each["found"] for each in new if each["kind"] == "error"]
    assert 0 < sum(errors) <= found["became"]["new"]["error"]
    assert errors == sorted(errors, reverse=True)
    assert [each["kind"] for each in new] == sorted(each["kind"] for each in new)
    assert any(each["changed"] or each["added"] for each in found["tables"])
    # Checks and figures are kept before anybody looks.
    kept = {path.name for path in (deployment / "store" / "figures").iterdir()}
    assert {f"{load.snapshot}.parquet", f"{load.snapshot}.published.parquet"} <= kept
    assert (deployment / "store" / "checks" / f"{load.snapshot}.parquet").exists()

    with django_assert_max_num_queries(30):
        page = client.get(reverse("load", args=[load.pk])).content.decode()
    assert "What changed from what was published" in page and "Publish" in page
    assert all(f"({each['code']})" in page for each in new)
    assert Publication.objects.latest() == published

    client.post(reverse("publish-load", args=[load.pk]))
    load.refresh_from_db()
    latest = Publication.objects.latest()
    assert (latest.snapshot, latest.published_by, latest.load) == (load.snapshot, analyst, load)
    assert (load.state, load.settled_by) == (Load.State.PUBLISHED, analyst)
    assert not list((deployment / "uploads").iterdir())
    with django_assert_max_num_queries(30):
        assert "Published now" in client.get(reverse("loads")).content.decode()
    changed = AuditEntry.objects.filter(subject="measures_load", verb="update")
    assert {each.actor for each in changed} == {str(analyst.pk)}


@pytest.mark.usefixtures("quick")
def test_a_second_press_publishes_nothing_more(
    client: Client, deployment: Path, published: Publication, invented_files: Files
) -> None:
    give(client, invented_files.faulty)
    load = Load.objects.get()
    for _ in range(2):
        client.post(reverse("publish-load", args=[load.pk]))
    answer = client.post(reverse("discard-load", args=[load.pk]), follow=True)
    assert "it is published" in answer.content.decode()
    assert Publication.objects.count() == 2
    assert store_in(deployment).current().id == load.snapshot


@pytest.mark.usefixtures("quick")
def test_what_is_discarded_is_as_if_it_had_never_been(
    client: Client, deployment: Path, published: Publication, invented_files: Files
) -> None:
    give(client, invented_files.faulty)
    load = Load.objects.get()
    client.post(reverse("discard-load", args=[load.pk]))
    load.refresh_from_db()
    assert load.state == Load.State.DISCARDED
    assert store_in(deployment).current().id == published.snapshot
    assert Publication.objects.get() == published
    assert not list((deployment / "uploads").iterdir())


@pytest.mark.usefixtures("quick")
def test_a_first_load_discarded_does_not_come_back_with_the_next(
    client: Client, deployment: Path, invented_files: Files
) -> None:
    give(client, invented_files.annex_a)
    first = Load.objects.get()
    assert first.state == Load.State.LOADED
    client.post(reverse("discard-load", args=[first.pk]))
    give(client, invented_files.census)
    second = Load.objects.first()
    assert second and second.state == Load.State.LOADED
    formats = {each.format for each in store_in(deployment).current().manifest.returns}
    assert formats == {"cin"}


@pytest.mark.usefixtures("quick")
def test_discarding_is_refused_where_another_load_rests_on_it(
    client: Client, deployment: Path, published: Publication, invented_files: Files
) -> None:
    give(client, invented_files.faulty)
    load = Load.objects.get()
    store = store_in(deployment)
    upon = load_files([invented_files.annex_a], store).snapshot
    for address in ("discard-load", "publish-load"):
        page = client.post(reverse(address, args=[load.pk]), follow=True).content.decode()
        assert "command line" in page
        load.refresh_from_db()
        assert load.state == Load.State.LOADED
        assert store.current().id == upon.id
    store.undo()
    client.post(reverse("discard-load", args=[load.pk]))
    assert store.current().id == published.snapshot


@pytest.mark.usefixtures("quick")
def test_while_somebody_writes_to_the_store_nothing_waits_for_them(
    client: Client, deployment: Path, published: Publication, invented_files: Files
) -> None:
    give(client, invented_files.faulty)
    load = Load.objects.get()
    with store_in(deployment).writing():
        page = client.post(reverse("discard-load", args=[load.pk]), follow=True).content.decode()
    assert "Try again in a minute" in page
    load.refresh_from_db()
    assert load.state == Load.State.LOADED


def test_a_bad_file_explains_itself_and_can_be_given_up(
    client: Client, deployment: Path, published: Publication
) -> None:
    give(client, SimpleUploadedFile("minutes.csv", b"a,b\n1,2\n"))
    load = Load.objects.get()
    assert load.state == Load.State.FAILED
    assert load.failure.startswith("minutes.csv: ")
    page = client.get(reverse("load", args=[load.pk])).content.decode()
    assert "minutes.csv" in page and str(deployment) not in page
    assert "Begin again" in page and "Give this load up" in page
    assert store_in(deployment).current().id == published.snapshot
    client.post(reverse("give-up-load", args=[load.pk]))
    assert not list((deployment / "uploads").iterdir())
    page = client.post(reverse("begin-load-again", args=[load.pk]), follow=True).content.decode()
    assert "Only a load that failed can be begun again" in page


def test_a_zip_that_would_grow_without_limit_is_refused(client: Client, deployment: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.csv", b"0" * 50_000_000)
    give(client, SimpleUploadedFile("return.zip", packed.getvalue()))
    load = Load.objects.get()
    assert load.state == Load.State.FAILED
    assert "return.zip" in load.failure


def test_names_are_kept_and_are_no_paths(
    client: Client, deployment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load_tasks, "work_on", lambda _: None)
    give(client, SimpleUploadedFile("../../../etc/cron.d/evil .csv", b"a,b\n1,2\n"))
    load = Load.objects.get()
    folder = deployment / "uploads" / load.folder
    assert sorted(path.name for path in folder.iterdir()) == ["1"]
    assert load.files[0]["name"] == "evil .csv"
    assert stat.S_IMODE((folder / "1").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    load.folder = "../../somewhere"
    with pytest.raises(ValueError, match="name of none"):
        load_uploads.given_files(load)


def test_a_name_that_climbs_out_of_a_zip_is_refused(client: Client, deployment: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("../../outside.csv", b"a,b\n1,2\n")
    give(client, SimpleUploadedFile("return.zip", packed.getvalue()))
    assert Load.objects.get().state == Load.State.FAILED
    assert not list(deployment.parent.rglob("outside.csv"))


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([], "Choose the files to load"),
        ([SimpleUploadedFile("empty.csv", b"")], "empty.csv is empty"),
        (
            [SimpleUploadedFile("a.csv", b"1"), SimpleUploadedFile("a.csv", b"2")],
            "Two files are called a.csv",
        ),
        ([SimpleUploadedFile(f"{n}.csv", b"1") for n in range(81)], "at most 80 files"),
    ],
)
def test_what_cannot_be_given_is_said_at_once(
    client: Client, deployment: Path, files: list[SimpleUploadedFile], said: str
) -> None:
    answer = give(client, *files)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Load.objects.exists() and not (deployment / "uploads").exists()


def test_a_day_to_come_is_refused(client: Client, deployment: Path) -> None:
    day = timezone.localdate() + timedelta(days=1)
    parts = {"as_at_day": day.day, "as_at_month": day.month, "as_at_year": day.year}
    answer = give(client, SimpleUploadedFile("a.csv", b"1"), **parts)
    assert "must be today or in the past" in answer.content.decode()


def test_what_is_too_large_is_refused_before_it_is_read(
    client: Client, deployment: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    settings.DEPLOYMENT = replace(settings.DEPLOYMENT, upload_megabytes=1)
    answer = client.generic(
        "POST", reverse("give-files"), b"", "multipart/form-data; boundary=x", CONTENT_LENGTH=10**10
    )
    assert answer.status_code == 413
    # One that lies about its size is stopped on the way.
    monkeypatch.setattr("sightline.service.measures.loads.is_too_large", lambda _: False)
    answer = give(client, SimpleUploadedFile("big.csv", b"0" * 1_500_000))
    assert answer.status_code == 413
    assert "1 MB in all" in answer.content.decode()
    assert not Load.objects.exists() and not (deployment / "uploads").exists()


def test_no_other_page_takes_a_file(
    client: Client, deployment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load = Load.objects.create(folder="0" * 32, state=Load.State.FAILED)
    given: list[Any] = []
    monkeypatch.setattr(
        "sightline.service.measures.loads._act",
        lambda request, *_: given.append(dict(request.FILES)) or HttpResponse(),
    )
    file = SimpleUploadedFile("a.csv", b"1")
    client.post(reverse("give-up-load", args=[load.pk]), {"given": file})
    assert given == [{}]


def test_a_store_returns_only_in_place_of_what_one_saw(
    deployment: Path, published: Publication, invented_files: Files
) -> None:
    store = store_in(deployment)
    later = load_files([invented_files.faulty], store).snapshot
    with pytest.raises(StoreError, match="it is left as it is"):
        store.return_to(published.snapshot, instead_of=published.snapshot)
    with pytest.raises(StoreError, match="there is no snapshot"):
        store.return_to("20160101T000000Z-00000000", instead_of=later.id)
    assert store.current().id == later.id
    store.return_to(published.snapshot, instead_of=later.id)
    store.return_to(later.id, instead_of=published.snapshot)
    assert [each.what for each in store.log()][-2:] == ["undo", "undo"]
    assert store.current().id == later.id


def test_a_form_of_another_site_is_refused(analyst: Person, deployment: Path) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(analyst, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert give(client, SimpleUploadedFile("a.csv", b"1")).status_code == 403
    assert not Load.objects.exists()


def test_one_load_is_open_at_a_time(
    client: Client,
    make_person: People,
    client_of: Clients,
    deployment: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(load_tasks, "work_on", lambda _: None)
    give(client, SimpleUploadedFile("a.csv", b"1"))
    answer = give(client, SimpleUploadedFile("b.csv", b"1"))
    assert answer.status_code == 409 and "You gave files" in answer.content.decode()
    other = client_of(make_person("analyst"))
    assert "Invented analyst gave files" in other.get(reverse("give-files")).content.decode()
    assert other.get(reverse("load", args=[Load.objects.get().pk])).status_code == 200
    assert len(list((deployment / "uploads").iterdir())) == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Load.objects.create(folder="f" * 32)


def test_two_at_the_same_moment_leave_one_load_and_its_files(
    analyst: Person, deployment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load_tasks, "work_on", lambda _: None)
    first = load_actions.receive_load([Given("a.csv", [b"1"])], by=analyst, source="the browser")
    real, calls = load_actions._refuse_beside_another, []

    def late() -> None:
        calls.append(1)
        if len(calls) > 1:
            real()

    monkeypatch.setattr(load_actions, "_refuse_beside_another", late)
    with pytest.raises(load_actions.AnotherLoadOpenError):
        load_actions.receive_load([Given("b.csv", [b"1"])], by=analyst, source="the browser")
    assert [path.name for path in (deployment / "uploads").iterdir()] == [first.folder]


def test_only_those_who_load_files_reach_any_page(
    make_person: People,
    client_of: Clients,
    deployment: Path,
    published: Publication,
) -> None:
    load = Load.objects.create(folder="0" * 32, state=Load.State.FAILED)
    pages = [
        reverse("loads"),
        reverse("give-files"),
        reverse("load", args=[load.pk]),
        reverse("load-progress", args=[load.pk]),
        reverse("return-to-publication", args=[published.pk]),
    ]
    for role in (*ROLES, ""):
        client = client_of(make_person(role))
        for page in pages:
            assert (client.get(page).status_code == 403) == (role != "analyst"), (role, page)
        if role != "analyst":
            for address in ADDRESSES:
                assert client.post(reverse(address, args=[load.pk])).status_code == 403
            assert give(client, SimpleUploadedFile("a.csv", b"1")).status_code == 403
    assert Client().get(reverse("loads")).status_code == 302
    load.refresh_from_db()
    assert load.state == Load.State.FAILED and load.settled_at is None


def test_nothing_is_done_by_following_a_link(client: Client, deployment: Path) -> None:
    load = Load.objects.create(folder="0" * 32, state=Load.State.FAILED)
    for address in ADDRESSES:
        assert client.get(reverse(address, args=[load.pk])).status_code == 405
        assert client.post(reverse(address, args=[load.pk + 1])).status_code == 404


def test_progress_is_told_while_it_waits_and_works(
    client: Client, deployment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load_tasks, "work_on", lambda _: None)
    give(client, SimpleUploadedFile("a.csv", b"1"))
    load = Load.objects.get()
    page = client.get(reverse("load", args=[load.pk])).content.decode()
    assert "It waits to begin" in page and "<noscript><meta" in page
    Load.objects.update(state=Load.State.WORKING)
    LoadProgress.objects.update(doing="Checking: rule 12 of 234")
    with held(load):
        part = client.get(reverse("load-progress", args=[load.pk]))
        assert "rule 12 of 234" in part.content.decode() and "HX-Refresh" not in part.headers
    Load.objects.update(state=Load.State.LOADED)
    assert client.get(reverse("load-progress", args=[load.pk])).headers["HX-Refresh"] == "true"


@pytest.mark.usefixtures("quick")
def test_a_load_whose_worker_is_gone_is_failed_and_begun_again(
    client: Client,
    analyst: Person,
    deployment: Path,
    published: Publication,
    invented_files: Files,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(load_tasks, "work_on", lambda _: None)
        give(client, invented_files.faulty)
    load = Load.objects.get()
    Load.objects.update(state=Load.State.WORKING, before=published.snapshot)
    with held(load):
        fail_interrupted()
        load.refresh_from_db()
        assert load.state == Load.State.WORKING
    # It was ended between the store's swap and the note of it.
    load_files(load_uploads.given_files(load), store_in(deployment))
    page = client.get(reverse("load", args=[load.pk])).content.decode()
    load.refresh_from_db()
    assert (load.state, load.failure) == (Load.State.FAILED, INTERRUPTED)
    assert "it can be begun again" in page
    assert store_in(deployment).current().id == published.snapshot
    client.post(reverse("begin-load-again", args=[load.pk]))
    load.refresh_from_db()
    assert load.state == Load.State.LOADED
    assert load.before == published.snapshot


def test_a_load_of_the_command_line_is_not_taken_back_for_ours(
    client: Client,
    deployment: Path,
    published: Publication,
    invented_files: Files,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(load_tasks, "work_on", lambda _: None)
    give(client, invented_files.faulty)
    Load.objects.update(state=Load.State.WORKING, before=published.snapshot)
    theirs = deployment / "census.xml"
    theirs.write_bytes(invented_files.census.read_bytes() + b"<!-- corrected -->")
    other = load_files([theirs], store_in(deployment))
    fail_interrupted()
    assert Load.objects.get().state == Load.State.FAILED
    assert store_in(deployment).current().id == other.snapshot.id


def test_a_fault_of_ours_takes_back_what_was_loaded(
    client: Client,
    deployment: Path,
    published: Publication,
    invented_files: Files,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a fault made for a test")

    monkeypatch.setattr(load_tasks, "found_by", broken)
    give(client, invented_files.faulty)
    load = Load.objects.get()
    assert load.state == Load.State.FAILED and "fault of its own" in load.failure
    assert "made for a test" not in load.failure
    assert store_in(deployment).current().id == published.snapshot


@pytest.mark.usefixtures("quick")
def test_a_return_to_what_was_published_before_has_a_reason(
    client: Client,
    analyst: Person,
    deployment: Path,
    published: Publication,
    invented_files: Files,
    django_assert_max_num_queries: Any,
) -> None:
    give(client, invented_files.faulty)
    load = Load.objects.get()
    address = reverse("return-to-publication", args=[published.pk])
    assert client.get(address).status_code == 404
    client.post(reverse("publish-load", args=[load.pk]))
    with django_assert_max_num_queries(30):
        assert client.get(address).status_code == 200
    answer = client.post(address, {"reason": " "})
    assert answer.status_code == 422 and "Say why" in answer.content.decode()
    client.post(address, {"reason": "Wrong year was loaded"})
    latest = Publication.objects.latest()
    assert (latest.snapshot, latest.reason) == (published.snapshot, "Wrong year was loaded")
    assert (latest.published_by, latest.load) == (analyst, None)
    assert store_in(deployment).current().id == published.snapshot
    entry = AuditEntry.objects.filter(subject="measures_publication").latest("id")
    assert entry.reason == "Wrong year was loaded"
    # And the other way, to a snapshot that is no parent of what is current.
    later = load.publication
    client.post(reverse("return-to-publication", args=[later.pk]), {"reason": "It was right"})
    assert Publication.objects.latest().snapshot == load.snapshot
    assert store_in(deployment).current().id == load.snapshot


def test_files_are_not_kept_for_ever(
    analyst: Person, deployment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load_tasks, "work_on", lambda _: None)
    load = load_actions.receive_load([Given("a.csv", [b"1"])], by=analyst, source="the browser")
    stray = deployment / "uploads" / ("0" * 32)
    stray.mkdir()
    (deployment / "uploads" / "something else").mkdir()
    now = timezone.now().timestamp()
    clear_files()
    assert stray.exists() and load_uploads.are_there(load)
    later = now + (KEPT_DAYS + 1) * 24 * 3600
    clear_files(later)
    assert load_uploads.are_there(load) and not stray.exists()  # it is still open
    Load.objects.update(state=Load.State.FAILED)
    clear_files(later)
    assert not load_uploads.are_there(load)
    assert (deployment / "uploads" / "something else").exists()
    with pytest.raises(LoadRefusedError, match="no longer kept"):
        load_actions.begin_again(load.pk, analyst)


def test_a_load_given_up_while_it_waits_is_not_worked_on(
    client: Client,
    analyst: Person,
    deployment: Path,
    invented_files: Files,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(load_tasks, "work_on", lambda _: None)
        give(client, invented_files.census)
    load = Load.objects.get()
    client.post(reverse("give-up-load", args=[load.pk]))
    assert load_tasks.work_on(load.pk).state == Load.State.FAILED
    assert not (deployment / "store").exists()
