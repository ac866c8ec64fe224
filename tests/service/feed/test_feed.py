"""Casework becomes records of a new snapshot: whose, when, once, and what is refused in a sentence."""

import fcntl
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from service.feed.clock import Clock
from service.protection.conftest import MakeCase
from sightline.cli.feed import NOT_FED
from sightline.cli.feed import command as feed_command
from sightline.service.accounts.models import Agency, Person
from sightline.service.children.models import Address, KnownPerson, Residence
from sightline.service.feed import feeding
from sightline.service.feed.extract import write_extract
from sightline.service.feed.feeding import FeedRefusedError, feed, feed_now
from sightline.service.feed.models import Feeding
from sightline.service.feed.queries import last_fed
from sightline.service.frontdoor.models import Contact, ContactChild, InformationRequest
from sightline.service.measures import load_tasks
from sightline.service.measures.load_actions import discard_load, publish_load
from sightline.service.measures.models import Load, Publication
from sightline.service.measures.reading import store
from sightline.service.protection.models import Referral
from sightline.store.snapshots import Snapshot

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _without_figures(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the figures of each load, which take longest, but for where they are looked at."""
    if "with_figures" not in request.fixturenames:
        monkeypatch.setattr(load_tasks, "found_by", lambda *_: {"inputs": [{"rejected": 0}]})


@pytest.fixture
def with_figures() -> None:
    """Have the figures of each load computed, as they are."""


def rows(snapshot: Snapshot, query: str) -> list[tuple[Any, ...]]:
    return snapshot.connect().execute(query).fetchall()


def test_what_changed_is_fed_once_and_published(
    clock: Clock, home: Path, make_case: MakeCase
) -> None:
    case = make_case()
    first = feed()
    assert (first.state, first.said) == ("fed", f"Load {first.load_id} is published.")
    assert Publication.objects.latest().snapshot == store().current().id
    again = feed()
    assert (again.state, again.load) == ("unchanged", None)
    assert feed().state == "unchanged"
    assert Feeding.objects.filter(state="unchanged").count() == 1
    assert Load.objects.count() == 1
    Referral.objects.filter(pk=case.pk).update(primary_need="N4")
    assert feed().state == "fed"
    assert rows(store().current(), "SELECT primary_need FROM referral") == [("N4",)]
    # Another day has come: the figures cover it.
    clock.later(days=1)
    assert feed().state == "fed"
    [held] = store().current().manifest.returns
    assert (held.format, held.period_end) == ("casework", timezone.localdate())


def test_without_publishing_it_waits_and_the_next_is_refused(
    home: Path, settings: Any, make_case: MakeCase, manager: Person
) -> None:
    settings.DEPLOYMENT = replace(settings.DEPLOYMENT, feed_publishes=False)
    make_case()
    fed = feed()
    assert fed.said == f"Load {fed.load_id} waits to be published or discarded."
    assert not Publication.objects.exists()
    with pytest.raises(FeedRefusedError, match=f"Load {fed.load_id} is still open"):
        feed()
    assert last_fed().is_behind
    assert fed.load_id is not None
    publish_load(fed.load_id, None)
    assert feed().state == "unchanged"
    assert not last_fed().is_behind


def test_what_was_discarded_is_fed_again(home: Path, settings: Any, make_case: MakeCase) -> None:
    make_case()
    feed()
    settings.DEPLOYMENT = replace(settings.DEPLOYMENT, feed_publishes=False)
    make_case(name="Ben")
    waits = feed().load_id
    assert waits is not None
    discard_load(waits, None)
    again = feed()
    assert again.state == "fed"
    assert rows(store().current(), "SELECT COUNT(*) FROM referral") == [(2,)]


def test_two_at_once_are_refused_in_a_sentence(home: Path, make_case: MakeCase) -> None:
    make_case()
    with (home / "feed.lock").open("a") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(FeedRefusedError, match="Casework is being fed already"):
            feed()
        feed_now.func(None)  # a task says nothing to nobody, and ends
    assert not Feeding.objects.exists()
    assert feed().state == "fed"


def test_nothing_is_lost_where_it_is_ended(
    home: Path, make_case: MakeCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_case()
    feed()
    before = store().current().id
    make_case(name="Ben")

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    for where in ("write_extract", "work_on", "publish_load"):
        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr(feeding, where, killed)
            feed()
        assert Publication.objects.latest().snapshot == before
        assert not list(home.glob("feed-*"))
        if where == "work_on":
            # As `fail_interrupted` finds it a minute later.
            Load.objects.filter(state="waiting").update(
                given_at=timezone.now() - timedelta(minutes=2)
            )
        if where == "publish_load":
            [waits] = Load.objects.filter(state="loaded")
            publish_load(waits.pk, None)
    assert rows(store().current(), "SELECT COUNT(*) FROM referral") == [(2,)]
    Feeding.objects.create()  # one whose work was ended so that nobody could say so
    feed()
    assert Feeding.objects.filter(state="failed", said=feeding.INTERRUPTED).exists()


def test_it_rests_on_nothing_that_nobody_published(home: Path, make_case: MakeCase) -> None:
    make_case()
    feed()
    Publication.objects.all().delete()
    with pytest.raises(FeedRefusedError, match="nobody has published it"):
        feed()


def test_the_command_says_what_was_done(home: Path, make_case: MakeCase, monkeypatch: Any) -> None:
    monkeypatch.setattr("sightline.service.config.deployment.use", lambda *_: None)
    make_case()
    done = CliRunner().invoke(feed_command, ["--folder", str(home)])
    assert (done.exit_code, done.output) == (0, f"Load {Load.objects.get().pk} is published.\n")
    monkeypatch.setattr(feeding, "open_load", lambda: Load(pk=7))
    done = CliRunner().invoke(feed_command, ["--folder", str(home)])
    assert done.exit_code == NOT_FED
    assert "Load 7 is still open" in done.output


# -- what an extract holds -----------------------------------------------------------------------


@pytest.fixture
def loaded(home: Path) -> Callable[[], Snapshot]:
    """Give what an extract of casework as it stands is loaded as."""
    from sightline.intake.load import load
    from sightline.store.snapshots import Store

    def read() -> Snapshot:
        path = home / f"{len(list(home.glob('*.zip')))}.zip"
        write_extract(path)
        return load([path], Store(home / "other")).snapshot

    return read


def contact_of(*children: KnownPerson | None, **about: Any) -> Contact:
    contact = Contact.objects.create(
        number=f"K-{Contact.objects.count()}",
        way="phone",
        concern="Invented.",
        missing=False,
        exploitation=False,
        **about,
    )
    for each in children:
        ContactChild.objects.create(
            contact=contact, person=each, born=date(2015, 1, 1), postcode="B97 1AA"
        )
    return contact


def test_a_merged_record_counts_as_the_child_it_is_of(
    loaded: Callable[[], Snapshot], make_case: MakeCase
) -> None:
    case = make_case()
    kept = KnownPerson.objects.create(number="C-9")
    contact_of(kept)
    # The case is not moved over, as one that the other record has already is not.
    KnownPerson.objects.filter(pk=case.child_id).update(merged_into=kept)
    found = loaded()
    assert rows(found, "SELECT child_id FROM referral") == [("C-9",)]
    assert rows(found, "SELECT child_id FROM child") == [("C-9",)]


def test_a_child_nobody_has_matched_is_counted(loaded: Callable[[], Snapshot]) -> None:
    contact = contact_of(None)
    child = f"{contact.number}/{contact.children.get().pk}"
    found = loaded()
    assert rows(found, "SELECT child_id, decision_date FROM contact") == [(child, None)]
    assert rows(found, "SELECT child_id, birth_date, postcode FROM child") == [
        (child, date(2015, 1, 1), "B97 1AA")
    ]


def test_a_question_is_about_the_children_named_in_it_or_all(
    loaded: Callable[[], Snapshot], manager: Person
) -> None:
    contact = contact_of(None, None)
    first, second = contact.children.all()
    police = Agency.objects.create(name="Invented police", kind="police")
    for named in ([first], [first, second], []):
        asked = InformationRequest.objects.create(
            contact=contact, agency=police, question="?", lawful_basis="public_task",
            asked_by=manager, due_at=timezone.now(),
        )  # fmt: skip
        asked.children.set(named)
    found = rows(
        loaded(), "SELECT request_id, COUNT(*) FROM information_request GROUP BY 1 ORDER BY 1"
    )
    assert [count for _, count in found] == [1, 2, 2]


def test_an_address_that_must_not_be_told_is_not_in_it(
    loaded: Callable[[], Snapshot], make_case: MakeCase
) -> None:
    child = make_case().child
    home = Address.objects.create(lines="1 Invented Road", postcode="B97 1AA")
    refuge = Address.objects.create(lines="2 Invented Road", postcode="B97 2BB")
    Residence.objects.create(person=child, address=home, kind="home")
    assert rows(loaded(), "SELECT postcode FROM child") == [("B97 1AA",)]
    Residence.objects.all().delete()
    Residence.objects.create(person=child, address=refuge, kind="secret")
    assert rows(loaded(), "SELECT postcode FROM child") == [(None,)]


def test_what_is_reopened_is_not_decided(loaded: Callable[[], Snapshot], people: Any) -> None:
    from service.frontdoor.conftest import bring_to
    from sightline.service.frontdoor.actions.deciding import reopen
    from sightline.service.frontdoor.queries.thresholds import guidance_on

    contact = contact_of(
        None, source="2A", team=people.team, guidance=guidance_on(timezone.localdate())
    )
    bring_to(contact, "closed", people.officer, people.manager, people.levels)
    query = "SELECT decision_date IS NOT NULL, new_referral, level FROM contact"
    assert rows(loaded(), query) == [(True, True, 4)]
    reopen(Contact.objects.get(), "It was decided in haste.", by=people.manager)
    assert rows(loaded(), query) == [(False, None, None)]


def test_text_of_several_lines_stays_one_record(
    loaded: Callable[[], Snapshot], make_case: MakeCase
) -> None:
    child = make_case().child
    KnownPerson.objects.filter(pk=child.pk).update(number='C "1",\n2')
    assert rows(loaded(), "SELECT child_id FROM referral") == [('C "1", 2',)]


def test_the_queries_do_not_grow_with_the_children(home: Path, make_case: MakeCase) -> None:
    def asked(name: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            write_extract(home / name)
        return len(queries)

    make_case()
    contact_of(None)
    few = asked("few.zip")
    for name in "abcdef":
        contact_of(make_case(name=name).child, None)
    assert asked("more.zip") == few <= 30


# -- the page ------------------------------------------------------------------------------------


def test_the_page_says_when_it_was_fed_and_what_was_refused(
    with_figures: None,
    home: Path,
    make_case: MakeCase,
    make_person: Any,
    client_of: Any,
    django_assert_max_num_queries: Any,
) -> None:
    make_case()
    client = client_of(make_person("analyst"))
    assert "has not been fed yet" in client.get("/loads/").content.decode()
    assert client.post("/loads/casework/").status_code == 302
    with django_assert_max_num_queries(20):
        page = client.get("/loads/casework/").content.decode()
    assert f"Load {Load.objects.get().pk} is published." in page
    assert "was last fed on" in client.get("/loads/").content.decode()
    Publication.objects.all().delete()
    client.post("/loads/casework/")
    assert "The last time it was not: Snapshot" in client.get("/loads/").content.decode()
