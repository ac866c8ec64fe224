"""Every change is caught, single or bulk, on either database; and no entry can be changed."""

import json
from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from sightline.service.accounts.models import Agency, Person
from sightline.service.audit.chain import PARTS, chained, written
from sightline.service.audit.context import acting, because, context_of, system
from sightline.service.audit.models import AuditEntry, Verb
from sightline.service.audit.record import record, viewed_children
from sightline.service.audit.triggers import audited_models, make_triggers, missing_triggers
from sightline.service.audit.verify import verify

pytestmark = pytest.mark.django_db

EACH = 1000


def _entries(verb: str, subject: str = "accounts_agency") -> int:
    return AuditEntry.objects.filter(verb=verb, subject=subject).count()


def test_five_thousand_changes_single_and_bulk_are_all_caught() -> None:
    for number in range(EACH):
        Agency.objects.create(name=f"Agency {number}", kind="other")
    for agency in Agency.objects.all():
        agency.kind = "health"
        agency.save()
    Agency.objects.bulk_create(Agency(name=f"Bulk {n}", kind="police") for n in range(EACH))
    Agency.objects.filter(name__startswith="Bulk").update(kind="education")
    Agency.objects.filter(name__startswith="Bulk").delete()
    assert [_entries(verb) for verb in ("insert", "update", "delete")] == [2 * EACH, 2 * EACH, EACH]
    found = verify()
    assert found.entries == 5 * EACH
    assert found.faults == ()


def test_an_entry_says_who_why_and_from_what_to_what(make_person: Callable[..., Person]) -> None:
    analyst = make_person("analyst")
    agency = Agency.objects.create(name="Health trust", kind="health")
    with acting(context_of(analyst, request="r1")), because("renamed by order"):
        Agency.objects.filter(pk=agency.pk).update(name="Health Trust (new)")
    entry = AuditEntry.objects.get(verb="update", subject="accounts_agency")
    assert (entry.actor, entry.actor_name) == (str(analyst.pk), "Invented analyst")
    assert (entry.role, entry.reason, entry.request) == (
        "Performance analyst",
        "renamed by order",
        "r1",
    )
    assert entry.subject_id == str(agency.pk)
    before, after = json.loads(entry.before), json.loads(entry.after)
    assert (before["name"], after["name"]) == ("Health trust", "Health Trust (new)")


def test_a_change_that_is_rolled_back_leaves_no_entry_and_no_gap() -> None:
    Agency.objects.create(name="Kept", kind="other")
    with pytest.raises(RuntimeError), transaction.atomic():
        Agency.objects.create(name="Lost", kind="other")
        raise RuntimeError
    Agency.objects.create(name="Kept too", kind="other")
    assert _entries("insert") == 2
    assert verify().faults == ()


def test_after_a_rollback_the_next_change_still_says_who(
    make_person: Callable[..., Person],
) -> None:
    analyst = make_person("analyst")
    with acting(context_of(analyst)):
        with pytest.raises(RuntimeError), transaction.atomic():
            Agency.objects.create(name="Lost", kind="other")
            raise RuntimeError
        Agency.objects.create(name="Kept", kind="other")
    assert AuditEntry.objects.get(subject="accounts_agency").actor == str(analyst.pk)


def test_an_entry_can_be_neither_changed_nor_removed() -> None:
    Agency.objects.create(name="One", kind="other")
    entry = AuditEntry.objects.get()
    with pytest.raises(DatabaseError, match="cannot be"), transaction.atomic():
        AuditEntry.objects.filter(pk=entry.pk).update(actor_name="Somebody else")
    with pytest.raises(DatabaseError, match="cannot be"), transaction.atomic():
        AuditEntry.objects.all().delete()
    if connection.vendor == "postgresql":
        with pytest.raises(DatabaseError, match="cannot be"), transaction.atomic():
            connection.cursor().execute("TRUNCATE audit_auditentry")


def _without_guard(change: str) -> None:
    """Do to the audit what only the owner of the database can: take its guard away and change it."""
    with connection.cursor() as cursor:
        for action in ("update", "delete"):
            on = " ON audit_auditentry" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER audit_of_entry_no_{action}{on}")
        cursor.execute(change)
    make_triggers()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            "UPDATE audit_auditentry SET actor_name = 'Somebody' WHERE number = 3",
            "Entry 3 was changed",
        ),
        ("UPDATE audit_auditentry SET after = '{}' WHERE number = 1", "Entry 1 was changed"),
        ("DELETE FROM audit_auditentry WHERE number = 2", "Entry 2 is missing"),
    ],
)
def test_tampering_with_one_row_is_detected(change: str, said: str) -> None:
    for number in range(5):
        Agency.objects.create(name=f"Agency {number}", kind="other")
    assert verify().faults == ()
    _without_guard(change)
    assert any(fault.startswith(said) for fault in verify().faults)


def test_rewriting_the_end_of_the_chain_is_detected_by_a_hash_noted_before() -> None:
    for number in range(3):
        Agency.objects.create(name=f"Agency {number}", kind="other")
    head = verify().head
    assert verify(head).faults == ()
    _without_guard("DELETE FROM audit_auditentry WHERE number = 3")
    assert verify().faults == ()
    assert verify(head).faults == (f"The entry with the hash {head} is no longer there.",)


def test_both_ways_of_making_the_hash_agree_on_odd_text() -> None:
    odd = "Ünïcode ☂ 'quoted' \"double\" \\ back \n line \t tab 𝒞"
    Agency.objects.create(name=odd, kind="other")
    record(Verb.ACT, odd, odd, reason=odd, after={"said": odd})
    viewed_children("CP-05 2016-03", ["1", "2", "2"])
    assert verify().faults == ()
    for entry in AuditEntry.objects.all():
        parts = [written(entry.at) if n == "at" else getattr(entry, n) for n in PARTS]
        assert chained(parts) == entry.hash
    assert AuditEntry.objects.filter(verb=Verb.VIEW).count() == 2


def test_secrets_do_not_enter_the_audit(make_person: Callable[..., Person]) -> None:
    person = make_person("analyst")
    person.set_password("a quite different one")
    person.save()
    for entry in AuditEntry.objects.filter(subject="accounts_person"):
        assert "password" not in entry.before + entry.after
        assert "last_login" not in entry.before + entry.after


def test_every_table_is_audited_or_listed_with_a_reason() -> None:
    assert missing_triggers() == []
    assert len(audited_models()) > 10


def test_a_lost_trigger_is_noticed() -> None:
    on = " ON accounts_agency" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER audit_of_accounts_agency_update{on}")
    assert missing_triggers() == ["accounts_agency"]


def test_a_command_acts_in_its_own_name() -> None:
    with acting(system("nightly load")):
        Agency.objects.create(name="One", kind="other")
    assert AuditEntry.objects.get().actor_name == "nightly load"


def test_that_somebody_was_last_seen_is_no_change_of_theirs(
    make_person: Callable[..., Person],
) -> None:
    person = make_person("analyst")
    before = AuditEntry.objects.count()
    person.last_login = timezone.now()
    person.save(update_fields=["last_login"])
    assert AuditEntry.objects.count() == before
    person.set_password("a quite different one")
    person.save(update_fields=["password"])
    assert AuditEntry.objects.count() == before + 1
