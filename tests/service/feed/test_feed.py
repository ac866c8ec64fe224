"""Casework becomes records of a new snapshot: whose, when, once, and what is refused in a sentence."""

import csv
import fcntl
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from threading import Thread
from typing import Any

import pyarrow as pa
import pytest
from click.testing import CliRunner
from django.db import ConnectionHandler, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from service.feed.annex_a import HEADERS
from service.feed.clock import Clock
from service.protection.conftest import TEAM, MakeCase, again, assessed
from sightline.cli.feed import NOT_FED
from sightline.cli.feed import command as feed_command
from sightline.quality.kept_check import whole_check
from sightline.quality.listing import LISTED
from sightline.service.accounts.models import Agency, Locality, Person, Team
from sightline.service.children.actions.merging import merge_people, part_people
from sightline.service.children.models import Address, KnownPerson, Residence, RestrictedChild
from sightline.service.children.queries import entries_of, may_open, open_with
from sightline.service.feed import extract, feeding
from sightline.service.feed.due import fell_due
from sightline.service.feed.extract import write_extract
from sightline.service.feed.feeding import FeedRefusedError, feed, feed_now
from sightline.service.feed.models import Feeding
from sightline.service.feed.queries import last_fed
from sightline.service.feed.records import ROWS
from sightline.service.feed.records.numbers import Numbers
from sightline.service.feed.records.values import Row
from sightline.service.frontdoor.models import (
    Contact,
    ContactChild,
    InformationRequest,
    Recommendation,
)
from sightline.service.measures import load_tasks
from sightline.service.measures.child_entries import entries_published_of, open_published_of
from sightline.service.measures.child_places import rows_published_of
from sightline.service.measures.child_references import reference_of
from sightline.service.measures.load_actions import (
    LoadRefusedError,
    begin_again,
    discard_load,
    publish_load,
    receive_load,
)
from sightline.service.measures.load_tasks import CASEWORK
from sightline.service.measures.load_uploads import Given
from sightline.service.measures.models import Load, Publication
from sightline.service.measures.parted import hidden_in
from sightline.service.measures.quality_lists import _placed
from sightline.service.measures.reading import reading_of, store
from sightline.service.missing.models import MissingEpisode, ReturnInterview
from sightline.service.protection.actions import (
    allocating,
    assessing,
    closing,
    correcting_need,
)
from sightline.service.protection.actions.need import begin_need_plan, end_need_plan
from sightline.service.protection.actions.referrals import received_on
from sightline.service.protection.models import Allocation, PreProceedings, Referral
from sightline.store import snapshots
from sightline.store.snapshots import Snapshot

pytestmark = [pytest.mark.django_db, pytest.mark.databases_by_turns]


@pytest.fixture(autouse=True)
def _without_figures(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the figures of each load, which take longest, but for where they are looked at."""
    if "with_figures" not in request.fixturenames:
        monkeypatch.setattr(load_tasks, "found_by", lambda *_: {"inputs": [{"rejected": 0}]})


@pytest.fixture
def with_figures() -> None:
    """Have the figures of each load computed, as they are."""


ROWS_OF_CONTACTS = ROWS["contact"]
OF_CASES = "SELECT COUNT(*) FROM referral"


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


def test_a_closure_and_an_end_that_were_taken_back_are_in_no_record(
    clock: Clock, home: Path, make_case: MakeCase, worker: Person, manager: Person
) -> None:
    case = make_case()
    row = assessed(case, worker)
    assessing.authorise_assessment(row, row.version, "Agreed.", by=manager)
    today, texts = timezone.localdate(), {"needs": "n", "goals": "g"}
    plan = begin_need_plan(again(case), today, texts, by=worker)
    ended = {"ends": today, "stepped_to": "universal", "because_of": "r"}
    end_need_plan(plan, **ended, by=worker)
    closing.ask_to_close(again(case), "RC8", "The family has help.", by=worker)
    closing.authorise_closure(again(case), again(case).version, "I agree.", by=manager)
    queries = "SELECT closure_date, closure_reason FROM referral", "SELECT end_date FROM cin_plan"
    assert feed().state == "fed"
    assert [rows(store().current(), each) for each in queries] == [[(today, "RC8")], [(today,)]]
    clock.later(days=1)
    closing.take_back_closure(again(case), again(case).version, "The brother's.", by=manager)
    correcting_need.take_back_need_end(again(plan), again(plan).version, "r", by=manager)
    assert feed().state == "fed"
    assert [rows(store().current(), each) for each in queries] == [[(None, None)], [(None,)]]
    # Who had it had it until then; from when another has it is told anew.
    allocating.allocate(again(case), again(case).version, worker=worker, team=None, by=manager)
    assert feed().state == "fed"
    told = rows(store().current(), "SELECT start_date, end_date FROM allocation ORDER BY 1")
    assert told == [(today, today), (timezone.localdate(), None)]


def test_of_the_feeds_of_a_past_day_the_last_keeps_its_records(
    clock: Clock, home: Path, make_case: MakeCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "datetime", timezone.datetime)  # the store by the same clock
    case = make_case()
    for minutes, need in ((0, "N1"), (15, "N3"), (15, "N4"), (24 * 60, "N5"), (15, "N6")):
        clock.later(minutes=minutes)
        Referral.objects.filter(pk=case.pk).update(primary_need=need)
        assert feed().state == "fed"
    made = store().list()
    assert [each.holds_records for each in made] == [False, False, True, True, True]
    assert rows(made[2], "SELECT primary_need FROM referral") == [("N4",)]


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


def test_what_was_discarded_is_fed_again(
    home: Path, settings: Any, make_case: MakeCase, make_person: Any, client_of: Any
) -> None:
    make_case()
    published = feed()
    settings.DEPLOYMENT = replace(settings.DEPLOYMENT, feed_publishes=False)
    make_case(name="Ben")
    waits = feed().load_id
    assert waits is not None
    # Neither while it waits nor once it is discarded do figures follow from it.
    for said in (f"Load {waits} waits to be published", f"Load {waits} was discarded"):
        last = last_fed()
        assert last.tried is not None
        assert (last.fed, last.is_behind) == (published, True)
        assert said in last.tried.words
        if said.endswith("published"):
            discard_load(waits, None)
    again = feed()
    assert again.state == "fed"
    assert rows(store().current(), "SELECT COUNT(*) FROM referral") == [(2,)]
    assert again.load_id is not None
    publish_load(again.load_id, None)
    page = client_of(make_person("analyst")).get("/loads/casework/").content.decode()
    assert f"Load {waits} was discarded" in page
    assert f"Load {again.load_id} is published." in page
    assert "The last time it was not" not in page


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
    # Ended once it was published, it is said to have been fed: what follows is the next feed's.
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(feeding, "thin", killed)
        feed()
    assert not last_fed().is_behind
    assert Feeding.objects.latest().state == "fed"
    before = store().current().id
    assert Publication.objects.latest().snapshot == before
    assert feed().state == "unchanged"
    make_case(name="Cal")
    # One whose work was ended so that nobody could say so, with what it left.
    Feeding.objects.create()
    left = home / "feed-left"
    left.mkdir()
    (left / "casework.zip").write_text("names")
    # Nobody acts: the next takes back what was left, and feeds it all.
    assert feed().state == "fed"
    assert rows(reading_of(Publication.objects.latest().snapshot).snapshot, OF_CASES) == [(3,)]
    assert not left.exists()
    assert Feeding.objects.filter(state="failed", said=feeding.INTERRUPTED).exists()
    assert not Load.objects.filter(settled_at=None).exists()
    assert not any((home / "uploads").iterdir())


def test_casework_as_it_stood_is_not_put_back(
    clock: Clock, home: Path, make_case: MakeCase, make_person: Any
) -> None:
    analyst = make_person("analyst")
    case = make_case()
    write_extract(home / "old.zip")
    clock.later(hours=1)
    feed()
    given = [Given("old.zip", [(home / "old.zip").read_bytes()])]
    for source in ("browser", CASEWORK):
        load = load_tasks.work_on(receive_load(given, by=analyst, source=source, begin=False).pk)
        assert "holds casework as it stood at 2025-12-01 09:00 UTC" in load.failure
    with pytest.raises(LoadRefusedError, match="fed again as it stands now"):
        begin_again(load.pk, analyst)
    Referral.objects.filter(pk=case.pk).update(primary_need="N4")
    assert feed().state == "fed"
    assert not Load.objects.filter(source=CASEWORK, settled_at=None).exists()


def test_what_falls_due_by_the_hour_is_fed_though_nothing_changed(clock: Clock, home: Path) -> None:
    clock.set(date(2026, 6, 5), 10)
    contact_of(None)
    clock.set(date(2026, 6, 6), 0, 5)
    feed()
    clock.set(date(2026, 6, 6), 10)
    assert feed().state == "unchanged"
    clock.later(minutes=5)
    assert feed().state == "fed"
    assert feed().state == "unchanged"


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("what", "hours"),
    [
        *(("contact", 24), ("contact", 72), ("contact", 168), ("contact opened again", 24)),
        *(("question", 0), ("referral", 24), ("return", 72)),
    ],
)
def test_each_time_by_the_hour_falls_due_once(
    clock: Clock, make_case: MakeCase, manager: Person, what: str, hours: int
) -> None:
    at = clock.set(date(2026, 6, 5), 10)
    if what == "contact":
        contact_of(None, received_at=at)
    elif what == "contact opened again":
        contact_of(None, received_at=at - timedelta(days=90), reopened_at=at)
    elif what == "question":
        contact = contact_of(None, received_at=at - timedelta(days=90))
        police = Agency.objects.create(name="Invented police", kind="police")
        InformationRequest.objects.create(
            contact=contact, agency=police, question="?", lawful_basis="public_task",
            asked_by=manager, due_at=at,
        )  # fmt: skip
    elif what == "referral":
        make_case(at, allocated=False)
    else:
        episode = MissingEpisode.objects.create(
            child=KnownPerson.objects.create(number="C-1"), kind="missing", missing_from="home",
            starts_at=at - timedelta(days=1), returned_at=at, risk="low", risk_because="Invented.",
            recorded_by=manager,
        )  # fmt: skip
        ReturnInterview.objects.create(episode=episode)
    minute, out = timedelta(minutes=1), at + timedelta(hours=hours)
    moments = [out - 2 * minute, out - minute, out + minute, out + 2 * minute]
    assert [fell_due(*each) for each in pairwise(moments)] == [False, True, False]


def test_work_of_long_ago_opens_no_record_by_being_fed(
    clock: Clock, home: Path, make_case: MakeCase, worker: Person, manager: Person
) -> None:
    case = make_case(clock.set(date(2021, 2, 1)), allocated=False)
    Allocation.objects.create(
        referral=case, worker=worker, by=manager, ends_at=clock.set(date(2021, 9, 1)),
        starts_at=case.received_at,
    )  # fmt: skip
    Referral.objects.update(
        state="closed",
        closed_on=date(2021, 9, 1),
        closed_by=manager,
        closed_because="Over.",
        closed_rationale="I agree.",
    )
    clock.set(date(2026, 6, 2))
    assert not may_open(worker, case.child)
    feed()
    assert rows(store().current(), "SELECT end_date FROM allocation") == [(date(2021, 9, 1),)]
    assert not may_open(worker, KnownPerson.objects.get(pk=case.child_id))


def test_what_casework_tells_is_told_once_and_hides_who_is_hidden(
    home: Path, make_case: MakeCase, team: Team, manager: Person, client_of: Any
) -> None:
    child = make_case().child
    other = KnownPerson.objects.create(number="R-1")
    contact_of(child, other, source="1A", team=team)
    contact_of(child, source="2A", team=team)
    RestrictedChild.objects.create(child_id="R-1", reason="Invented.")
    before = [(each.day, each.what) for each in entries_of(child, manager)]
    opened = [each.what for each in open_with(child, manager)]
    feed()
    child = KnownPerson.objects.get(pk=child.pk)
    assert [(each.day, each.what) for each in entries_of(child, manager)] == before
    assert [each.what for each in open_with(child, manager)] == opened
    client, day = client_of(manager), timezone.localdate()
    page = client.get(reverse("child", args=[reference_of(child.number)])).content.decode()
    assert ("K-1" in page, "K-0" in page) == (True, False)
    address = reverse("indicator-children", args=["FD-10", "whole"])
    about = {"from": day, "to": day, "within": "all"}
    page = client.get(address, about).content.decode()
    assert ("K-1" in page, "K-0" in page) == (True, False)


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
def loaded(home: Path) -> Callable[..., Snapshot]:
    """Give what an extract of casework as it stands is loaded as."""
    from sightline.intake.load import load
    from sightline.store.snapshots import Store

    def read(*beside: Path) -> Snapshot:
        path = home / f"{len(list(home.glob('*.zip')))}.zip"
        write_extract(path)
        return load([path, *beside], Store(home / "other")).snapshot

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


CENSUS = """<?xml version="1.0" encoding="UTF-8"?><Message><Header><CollectionDetails>
<Collection>CIN</Collection><Year>2026</Year><ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails>
<Source><SourceLevel>L</SourceLevel><LEA>885</LEA><SoftwareCode>x</SoftwareCode><Release>1</Release>
<SerialNo>1</SerialNo><DateTime>2026-04-01T09:00:00</DateTime></Source></Header><Children><Child>
<ChildIdentifiers><LAchildID>C-1</LAchildID><PersonBirthDate>2015-03-01</PersonBirthDate>
<PersonDeathDate>2026-03-01</PersonDeathDate></ChildIdentifiers><CINdetails>
<CINreferralDate>2026-02-02</CINreferralDate><CINclosureDate>2026-03-20</CINclosureDate>
<ReasonForClosure>RC7</ReasonForClosure><ReferralNFA>0</ReferralNFA></CINdetails></Child></Children></Message>
"""


def test_a_child_merged_here_is_one_with_the_census_too_and_casework_is_believed(
    loaded: Callable[..., Snapshot], clock: Clock, home: Path, make_case: MakeCase
) -> None:
    census = home / "cin.xml"
    census.write_text(CENSUS)
    case = make_case(clock.set(date(2026, 2, 2)))
    clock.set(date(2026, 6, 2))
    kept = KnownPerson.objects.create(number="C-9")
    contact_of(kept)
    merged = KnownPerson.objects.filter(pk=case.child_id)
    merged.update(merged_into=kept)
    places = home / "places.csv"
    places.write_text("kind,place,district\nchild,C-1,Invented Vale\n")
    found = loaded(census, places)
    # The line of the old number in the list of places is the child's, and so are findings of the census.
    assert rows(found, "SELECT child_id, district FROM child") == [("C-9", "Invented Vale")]
    wrong = [each for each in whole_check(found).findings if each.format == "cin"]
    assert {each.child_id for each in wrong if each.child_id} == {"C-1", "C-9"}
    assert {each.team for each in wrong if each.child_id} == {TEAM}
    listed = pa.Table.from_pylist([{"child_id": "C-1", "team": "Not known"}], schema=LISTED)
    assert _placed(found, listed)["district"].to_pylist() == ["Invented Vale"]
    # The census had closed the case and said that the child had died; casework knows of neither.
    query = "SELECT child_id, referral_date, closure_date, closure_reason FROM referral"
    assert rows(found, query) == [("C-9", date(2026, 2, 2), None, None)]
    assert rows(found, "SELECT child_id, death_date FROM child") == [("C-9", None)]
    told = "SELECT column_name, message FROM finding WHERE code = 'sources-disagree' ORDER BY 1"
    assert [(column, "but blank in" in words) for column, words in rows(found, told)] == [
        ("closure_date", True),
        ("closure_reason", True),
        ("death_date", True),
    ]
    merged.update(merged_into=None)
    assert rows(loaded(census), "SELECT child_id FROM referral") == [("C-1",)]


def test_parted_since_each_has_what_its_own_number_states(
    home: Path, make_person: Any, client_of: Any, manager: Person
) -> None:
    from sightline.intake.load import load

    kept, gone = (KnownPerson.objects.create(number=number) for number in ("C-9", "C-1"))
    plans = home / "List 7 Child Protection.csv"
    days, teams = {kept: "01/02/2026", gone: "01/03/2026"}, {kept: "South", gone: "North"}
    with plans.open("w", newline="") as file:
        told = {"Child Unique ID": "", "Child Protection Plan Start Date": "", "Allocated Team": ""}
        writer = csv.DictWriter(file, HEADERS["7"], restval="")
        writer.writeheader()
        for each in (kept, gone):
            writer.writerow(dict(zip(told, (each.number, days[each], teams[each]), strict=True)))
    contact_of(gone)
    merge = merge_people(kept, gone, "The same child.", by=manager)
    write_extract(home / "casework.zip")
    as_at = timezone.localdate()
    snapshot = load([home / "casework.zip", plans], store(), as_at=as_at).snapshot
    Publication.objects.create(snapshot=snapshot.id)
    reading = reading_of(snapshot.id)

    def teams_of(child: KnownPerson) -> set[object]:
        return {row["team"] for row in rows_published_of(child.number)}

    assert (teams_of(kept), teams_of(gone)) == ({"North", "South"}, set())
    part_people(merge, "They are two.", by=manager)
    assert {each: teams_of(each) for each in teams} == {each: {teams[each]} for each in teams}
    for child in (kept, gone):
        child.refresh_from_db()
        began = [f"{each.day:%d/%m/%Y}" for each in entries_published_of(child, manager)]
        assert began == [days[child]]
        assert [each.whose for each in open_published_of(child, manager)] == [teams[child]]
    south, north = (
        client_of(make_person("team_manager", team=name, email=f"{name}@example.org"))
        for name in ("South", "North")
    )
    pages = [reverse("child", args=[reference_of(each.number)]) for each in (kept, gone)]
    assert [south.get(each).status_code for each in pages] == [200, 403]
    assert [north.get(each).status_code for each in pages] == [403, 200]
    page = south.get(pages[0]).content.decode()
    assert ("South" in page, "North" in page, "K-0" in page) == (True, False, False)
    assert "was one with another" in page
    # Of a child who is hidden, lists leave out what was the other's too: it may be the hidden one's.
    RestrictedChild.objects.create(child_id="C-1", reason="Invented.")
    assert hidden_in(reading, manager) == {"C-1", "C-9"}


def test_the_home_of_a_return_does_not_stand_for_one_that_must_not_be_told(
    loaded: Callable[..., Snapshot], clock: Clock, home: Path, make_case: MakeCase
) -> None:
    clock.set(date(2026, 6, 2))
    child = make_case().child
    episodes = home / "list 3.csv"
    header = home / "header.csv"
    header.write_text("CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\nC-1,2,01/03/2015,WBRI,,,\n")
    episodes.write_text(
        "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
        "C-1,01/05/2025,S,C2,N1,U1,PR1,01/08/2025,E8,,B97 1AA,B97 2BB,\n"
    )
    given = (header, episodes)
    query = "SELECT postcode FROM child"
    assert rows(loaded(*given), query) == [("B97 1AA",)]
    refuge = Address.objects.create(lines="2 Invented Road", postcode="WR1 2BB")
    Residence.objects.create(person=child, address=refuge, kind="secret")
    assert rows(loaded(*given), query) == [(None,)]
    # Nor does it beside another place of which nobody has said where it is.
    aunt = Address.objects.create(lines="At an aunt's")
    Residence.objects.create(person=child, address=aunt, kind="part")
    assert rows(loaded(*given), query) == [(None,)]


def test_times_missing_and_before_court_are_counted_where_they_are_worked_on(
    loaded: Callable[[], Snapshot],
    clock: Clock,
    make_case: MakeCase,
    make_person: Any,
    team: Team,
    manager: Person,
) -> None:
    clock.set(date(2026, 6, 2))
    case = make_case()
    PreProceedings.objects.create(
        referral=case, decided_on=date(2026, 6, 1), decided_by=manager, decided_because="Harm."
    )
    episode = MissingEpisode.objects.create(
        child=case.child, kind="missing", missing_from="care", starts_at=timezone.now(), risk="low",
        risk_because="Invented.", recorded_by=manager, team=team,
    )  # fmt: skip
    place = (team.name, team.locality and team.locality.name)
    query = "SELECT team, district FROM pre_proceedings"
    found = loaded()
    assert rows(found, query) == [place]
    query = "SELECT team, district, missing_from, end_date FROM missing_episode"
    assert rows(found, query) == [(*place, "Care", None)]
    # The locality it is said to be counted in goes before that of the team.
    elsewhere = Locality.objects.create(name="Invented Vale")
    MissingEpisode.objects.filter(pk=episode.pk).update(
        locality=elsewhere, ended_at=timezone.now(), ended_because="The child turned 18."
    )
    query = "SELECT district, end_date, returned_at FROM missing_episode"
    assert rows(loaded(), query) == [("Invented Vale", date(2026, 6, 2), None)]


def test_a_contact_opened_again_begins_a_referral_of_that_day(
    loaded: Callable[..., Snapshot], clock: Clock, people: Any
) -> None:
    from service.frontdoor.conftest import bring_to
    from sightline.service.frontdoor.actions import screening
    from sightline.service.frontdoor.actions.deciding import authorise, recommend, reopen
    from sightline.service.frontdoor.queries.thresholds import guidance_on

    child = KnownPerson.objects.create(number="C-1")
    clock.set(date(2026, 3, 2))
    guidance = guidance_on(timezone.localdate())
    contact = contact_of(child, source="2A", team=people.team, guidance=guidance)
    bring_to(contact, "closed", people.officer, people.manager, people.levels)
    Referral.objects.update(
        state="closed",
        closed_on=date(2026, 6, 1),
        closed_by=people.manager,
        closed_because="Over.",
        closed_rationale="I agree.",
    )
    clock.set(date(2026, 8, 3))
    reopen(Contact.objects.get(), "The school rang again.", by=people.manager)
    # A priority given anew leaves March as it was, and so does a child who is added now.
    again = Contact.objects.get()
    screening.prioritise(again, again.version, "red", "It is worse.", by=people.officer)
    other = KnownPerson.objects.create(number="C-2")
    added = screening.add_child(Contact.objects.get(), first_names="Ben")
    screening.match_child(added, other, by=people.officer)
    # Nobody has decided anew: no case begins by the decision of March.
    assert Referral.objects.filter(state="closed").count() == Referral.objects.count() == 1
    query = (
        "SELECT contact_date, reopened_date, triage_date, first_decision_date, decision_date, "
        "new_referral, level FROM contact ORDER BY 1"
    )
    assert rows(loaded(), query) == [
        (date(2026, 3, 2), date(2026, 8, 3), date(2026, 3, 2), date(2026, 3, 2), None, None, None),
        (date(2026, 8, 3), None, date(2026, 8, 3), None, None, None, None),
    ]
    ContactChild.objects.filter(pk=added.pk).delete()
    clock.set(date(2026, 8, 4))
    again = Contact.objects.get()
    screening.change_contact(again, again.version, {"missing": False, "exploitation": False})
    recommend(
        Contact.objects.get(), outcome="referral", level=people.levels[-1], rationale="It is worse.",
        offered_instead="", by=people.officer,
    )  # fmt: skip
    authorise(Recommendation.objects.get(state="waiting"), "I agree.", by=people.manager)
    found = loaded()
    assert rows(found, "SELECT referral_date, decision_date FROM referral ORDER BY 1") == [
        (date(2026, 3, 2), date(2026, 3, 2)),
        (date(2026, 8, 3), date(2026, 8, 4)),
    ]
    query = "SELECT contact_date, first_decision_date, reopened_date, decision_date FROM contact"
    assert rows(found, query) == [
        (date(2026, 3, 2), date(2026, 3, 2), date(2026, 8, 3), date(2026, 8, 4))
    ]


def test_days_are_those_of_the_united_kingdom_and_of_what_was_put_here(
    loaded: Callable[..., Snapshot], clock: Clock, make_case: MakeCase, team: Team
) -> None:
    clock.set(date(2026, 6, 1))
    make_case()  # a case that no contact began, the first thing that was put here
    clock.set(date(2026, 6, 2), 0, 20)
    moved = make_case(received_on(date(2026, 6, 1)))
    Referral.objects.filter(pk=moved.pk).update(transferred_from="Elsewhere")
    contact = contact_of(None, received_at=received_on(date(2016, 6, 1)), team=team)
    contact.children.update(postcode="")
    clock.later(minutes=10)
    found = loaded()
    # Half past midnight by summer time is the day before in UTC.
    query = "SELECT as_at_day, CAST(as_at AS DATE) FROM contact"
    assert rows(found, query) == [(date(2026, 6, 2), date(2026, 6, 1))]
    query = "SELECT allocation_date, received_at IS NULL FROM referral ORDER BY 2"
    assert rows(found, query) == [(date(2026, 6, 1), False), (date(2026, 6, 2), True)]
    # A slip in a year is not taken for ten years of records.
    assert found.manifest.returns[0].period_start == date(2026, 6, 1)
    # Though no address is told, somebody's list has it.
    query = "SELECT team, district FROM contact"
    assert rows(found, query) == [(team.name, team.locality and team.locality.name)]


def test_who_nobody_has_said_it_is_is_neither_professional_nor_public(
    loaded: Callable[[], Snapshot], agencies: dict[str, Agency]
) -> None:
    for source in ("", "10"):
        contact_of(None, source=source)
        contact_of(None, source=source, agency=agencies["police"])
        contact_of(None, source=source, is_anonymous=True)
    contact_of(None, source="1A")
    found = rows(loaded(), "SELECT professional FROM contact ORDER BY contact_id")
    assert [each for (each,) in found] == [None, True, False] * 2 + [False]


def test_a_contact_is_a_new_referral_only_of_a_child_whose_case_it_began(
    loaded: Callable[[], Snapshot], people: Any
) -> None:
    from service.frontdoor.conftest import bring_to
    from sightline.service.frontdoor.models import PassedOn

    child, other = (KnownPerson.objects.create(number=number) for number in ("C-1", "C-2"))
    for children in ((child,), (child, other)):
        contact = contact_of(*children, source="2A", team=people.team)
        bring_to(contact, "decided", people.officer, people.manager, people.levels)
    assert (Referral.objects.count(), PassedOn.objects.count()) == (2, 1)
    # Another record of the child has the case.
    kept = KnownPerson.objects.create(number="C-9")
    KnownPerson.objects.filter(pk=child.pk).update(merged_into=kept)
    query = "SELECT contact_id, child_id, new_referral FROM contact ORDER BY 1, 2"
    assert rows(loaded(), query) == [
        ("K-0", "C-9", True), ("K-1", "C-2", True), ("K-1", "C-9", False),
    ]  # fmt: skip


def test_a_child_nobody_has_matched_is_counted(loaded: Callable[[], Snapshot]) -> None:
    contact = contact_of(None)
    child = f"{contact.number}/{contact.children.get().pk}"
    found = loaded()
    assert rows(found, "SELECT child_id, decision_date FROM contact") == [(child, None)]
    assert rows(found, "SELECT child_id, birth_date, postcode FROM child") == [
        (child, date(2015, 1, 1), "B97 1AA")
    ]
    contact.children.update(born=None, is_unborn=True, expected=date(2030, 1, 1))
    query = "SELECT birth_date, expected_birth_date FROM child"
    assert rows(loaded(), query) == [(None, date(2030, 1, 1))]


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


# -- while people work ---------------------------------------------------------------------------


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="of SQLite alone")
def test_sqlite_is_read_as_of_one_moment_and_holds_no_writer_up(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = home / "file.sqlite3"
    writer = sqlite3.connect(path, timeout=1, isolation_level=None)
    writer.execute("PRAGMA journal_mode = WAL")
    writer.execute("CREATE TABLE one (n)")
    writer.execute("CREATE TABLE two (n)")
    reader = ConnectionHandler({"default": {**connection.settings_dict, "NAME": path}})["default"]
    monkeypatch.setattr(extract, "connection", reader)
    with extract._as_of_one_moment(), reader.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM one")
        assert cursor.fetchone() == (0,)
        writer.execute("INSERT INTO two VALUES (1)")
        cursor.execute("SELECT COUNT(*) FROM two")
        assert cursor.fetchone() == (0,)
    with reader.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM two")
        assert cursor.fetchone() == (1,)
    reader.close()
    writer.close()


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="of PostgreSQL alone")
@pytest.mark.django_db(transaction=True)
def test_an_extract_is_of_one_moment_though_somebody_writes_meanwhile(
    home: Path, make_case: MakeCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = make_case()

    def close() -> None:
        try:
            Allocation.objects.all().delete()
            Referral.objects.filter(pk=case.pk).update(primary_need="N4")
        finally:
            connection.close()

    def edited(numbers: Numbers) -> Iterator[Row]:
        writer = Thread(target=close)
        writer.start()
        writer.join(20)
        assert not writer.is_alive()  # whoever writes is not held up
        return ROWS_OF_CONTACTS(numbers)

    monkeypatch.setitem(ROWS, "contact", edited)
    write_extract(home / "casework.zip")
    assert not Allocation.objects.exists()
    with zipfile.ZipFile(home / "casework.zip") as packed:
        assert "N1" in packed.read("referral.csv").decode()
        assert len(packed.read("allocation.csv").decode().splitlines()) == 2
