"""Many writers at once, writers that bring the database's own quirks, and writers from outside."""

import json
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection, models, transaction
from django_tasks import task

from sightline.service.accounts.models import Agency, Draft, Locality, Person, Team
from sightline.service.audit.context import acting, context_of, system
from sightline.service.audit.models import AuditEntry, Verb
from sightline.service.audit.record import record
from sightline.service.audit.triggers import HIDDEN, NOT_AUDITED, audited_models, missing_triggers
from sightline.service.audit.verify import verify
from sightline.service.measures.models import Load

on_postgresql = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="of PostgreSQL alone"
)
on_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="of SQLite alone")


def _in_threads(*work: Callable[[], object]) -> list[object]:
    def alone(each: Callable[[], object]) -> object:
        try:
            return each()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(work)) as pool:
        return [each.result(60) for each in [pool.submit(alone, each) for each in work]]


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_eight_writers_at_once_make_one_chain_each_in_its_own_name() -> None:
    def writer(number: int) -> None:
        with acting(system(f"writer {number}")):
            for each in range(25):
                with transaction.atomic():
                    Agency.objects.create(name=f"{number} {each}", kind="other")
                    Agency.objects.bulk_create(
                        Agency(name=f"{number} {each} {n}", kind="other") for n in range(3)
                    )

    _in_threads(*(lambda n=n: writer(n) for n in range(8)))
    found = verify()
    assert (found.entries, found.faults) == (8 * 25 * 4, ())
    for number in range(8):
        of_one = AuditEntry.objects.filter(actor_name=f"writer {number}")
        assert of_one.count() == 100
        assert {
            json.loads(each)["name"].split()[0] for each in of_one.values_list("after", flat=True)
        } == {str(number)}
    times = list(AuditEntry.objects.order_by("number").values_list("at", flat=True))
    assert times == sorted(times)


@on_postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("locking", [False, True])
def test_two_writers_never_wait_for_each_other(locking: bool) -> None:
    """One has the chain and wants a row, the other has the row and wants the chain."""
    row = Agency.objects.create(name="Row", kind="other")
    has_chain = threading.Event()

    def first() -> None:
        with transaction.atomic():
            Agency.objects.create(name="Chain", kind="other")
            has_chain.set()
            time.sleep(0.5)
            Agency.objects.filter(pk=row.pk).update(kind="police")

    def second() -> None:
        has_chain.wait(10)
        with transaction.atomic():
            if locking:
                Agency.objects.select_for_update().get(pk=row.pk)
            Agency.objects.filter(pk=row.pk).update(kind="health")

    _in_threads(first, second)
    assert Agency.objects.get(pk=row.pk).kind == "health"
    assert verify().faults == ()


@pytest.mark.django_db
def test_a_connection_that_stays_open_forgets_who_acted(make_person: Callable[..., Person]) -> None:
    analyst = make_person("analyst")
    with acting(context_of(analyst, request="one")):
        Agency.objects.create(name="One", kind="other")
    Agency.objects.create(name="Two", kind="other")
    by_name = {
        json.loads(e.after)["name"]: e for e in AuditEntry.objects.filter(subject="accounts_agency")
    }
    assert by_name["One"].actor == str(analyst.pk)
    assert (by_name["Two"].actor, by_name["Two"].request) == ("", "")


@pytest.mark.django_db
def test_after_a_failed_statement_the_error_is_one_of_djangos() -> None:
    with transaction.atomic():
        with pytest.raises(DatabaseError), transaction.atomic():
            Agency.objects.create(name="One", kind="other")
            Agency.objects.bulk_create([Agency(name="One", kind="other")])
        with acting(system("after it")):
            Agency.objects.create(name="Two", kind="other")
    assert AuditEntry.objects.get(subject="accounts_agency").actor_name == "after it"


@on_postgresql
@pytest.mark.django_db
def test_a_statement_put_together_by_psycopg_says_who_too() -> None:
    from psycopg import sql

    with acting(system("a command")), connection.cursor() as cursor:
        insert = sql.SQL("INSERT INTO {} (name, kind, version) VALUES ('One', 'other', 1)")
        cursor.execute(insert.format(sql.Identifier("accounts_agency")))
    assert AuditEntry.objects.get().actor_name == "a command"


@task()
def _work() -> None:
    Agency.objects.create(name="Made by a task", kind="other")


@pytest.mark.django_db
def test_a_task_acts_in_its_own_name_and_then_no_longer() -> None:
    _work.enqueue()
    Agency.objects.create(name="Made after it", kind="other")
    first, second = AuditEntry.objects.filter(subject="accounts_agency").order_by("number")
    assert (first.actor_name, first.role) == ("task _work", "system")
    assert second.actor_name == ""


@pytest.mark.django_db
def test_a_task_within_somebodys_request_stays_theirs(make_person: Callable[..., Person]) -> None:
    analyst = make_person("analyst")
    with acting(context_of(analyst)):
        _work.enqueue()
    assert AuditEntry.objects.get(subject="accounts_agency").actor == str(analyst.pk)


@pytest.mark.django_db
def test_json_that_is_null_nested_or_long_is_kept(make_person: Callable[..., Person]) -> None:
    person = make_person("analyst")
    Load.objects.create(folder="one", files=[])
    long = "ü" * 100_000
    load = Load.objects.create(
        folder="two", state="discarded", files=[None, {"a": [1, None]}], failure=long
    )
    entry = AuditEntry.objects.get(subject="measures_load", subject_id=str(load.pk))
    after = json.loads(entry.after)
    files = after["files"] if isinstance(after["files"], list) else json.loads(after["files"])
    assert files == [None, {"a": [1, None]}]
    assert after["failure"] == long
    assert after["finished_at"] is None
    with pytest.raises((DatabaseError, ValueError)), transaction.atomic():
        Load.objects.create(folder="three", state="discarded", files=float("nan"))
    record(
        Verb.ACT,
        "x" * 500,
        "y" * 500,
        reason=long,
        after={"value": float("nan"), "half": "\ud800\0"},
    )
    assert len(AuditEntry.objects.get(verb=Verb.ACT).reason) == 100_000
    assert person.pk
    assert verify().faults == ()


@pytest.mark.django_db
def test_a_number_hash_or_time_that_a_program_gives_is_not_believed() -> None:
    Agency.objects.create(name="One", kind="other")
    record(Verb.ACT, "first")
    AuditEntry.objects.bulk_create([AuditEntry(number=77, verb=Verb.ACT, subject="forged")])
    assert list(AuditEntry.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3]
    with pytest.raises(DatabaseError) if connection.vendor == "sqlite" else transaction.atomic():
        AuditEntry.objects.bulk_create(
            [AuditEntry(hash="f" * 64, verb=Verb.ACT, subject="forged too")]
        )
    if connection.vendor == "postgresql":
        assert verify().faults == ()


@on_sqlite
@pytest.mark.django_db
def test_replacing_an_entry_meets_the_guard_too() -> None:
    Agency.objects.create(name="One", kind="other")
    entry = AuditEntry.objects.get()
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="cannot be"):
        cursor.execute(
            "INSERT OR REPLACE INTO audit_auditentry (id, at, actor, actor_name, role, reason, request, "
            "verb, subject, subject_id, before, after, previous, hash) "
            "VALUES (%s, '', '', '', '', '', '', '', '', '', '', '', '', '')",
            [entry.pk],
        )


@on_sqlite
def test_another_program_cannot_write_an_audited_table(service_folder, tmp_path) -> None:
    folder = service_folder(tmp_path / "one")
    with sqlite3.connect(folder / "sightline.sqlite3") as other:
        before = other.execute("SELECT COUNT(*) FROM accounts_agency").fetchall()
        for statement in (
            "INSERT INTO accounts_agency (name, kind) VALUES ('x', 'other')",
            "UPDATE accounts_person SET name = 'x'",
            "DELETE FROM accounts_person",
        ):
            with pytest.raises(sqlite3.OperationalError, match="no such function"):
                other.execute(statement)
        assert other.execute("SELECT COUNT(*) FROM accounts_agency").fetchall() == before
    other.close()


@on_sqlite
@pytest.mark.django_db
def test_a_bulk_change_of_five_thousand_rows_costs_little_more_than_it_must() -> None:
    rows = 5000
    Agency.objects.bulk_create(Agency(name=f"Agency {n}", kind="other") for n in range(rows))
    began = time.perf_counter()
    Agency.objects.update(kind="health")
    taken = time.perf_counter() - began
    # About 0.1 s when nothing else runs; a trigger that read the whole chain for each row takes minutes.
    assert taken < 10
    size = AuditEntry.objects.filter(verb="update").aggregate(
        size=models.Sum(models.functions.Length("before") + models.functions.Length("after"))
    )["size"]
    assert size / rows < 400
    assert verify().faults == ()


def test_what_is_not_audited_exists_or_is_another_apps() -> None:
    tables = {model._meta.db_table for model in audited_models()}
    assert not tables & NOT_AUDITED.keys()
    for model in (Agency, Team, Locality, Person, Load):
        assert model._meta.db_table in tables
    assert Draft._meta.db_table in NOT_AUDITED
    # No trigger writes bytes: a column of them is hidden.
    for model in audited_models():
        held = {f.column for f in model._meta.local_fields if isinstance(f, models.BinaryField)}
        assert held <= HIDDEN.get(model._meta.db_table, set())


@pytest.mark.django_db(transaction=True)
def test_a_table_that_is_remade_has_its_triggers_again() -> None:
    """A column is removed and one is altered, which SQLite does by making the table anew."""
    from sightline.service.audit.triggers import drop_triggers, make_triggers

    field = Agency._meta.get_field("kind")
    longer = models.CharField(max_length=99, choices=Agency.Kind.choices)
    longer.set_attributes_from_name("kind")
    longer.model = Agency
    extra = models.CharField(max_length=9, default="x")
    extra.set_attributes_from_name("extra")
    extra.model = Agency
    if connection.vendor == "sqlite":
        drop_triggers()
        assert "accounts_agency" in missing_triggers()
    with connection.schema_editor(atomic=False) as editor:
        editor.add_field(Agency, extra)
        editor.remove_field(Agency, extra)
        editor.alter_field(Agency, field, longer)
        editor.alter_field(Agency, longer, field)
    make_triggers()
    assert missing_triggers() == []
    Agency.objects.create(name="One", kind="other")
    Agency.objects.update(kind="health")
    assert AuditEntry.objects.filter(subject="accounts_agency").count() == 2
    assert verify().faults == ()
