"""The auditor's pages: who may read them, what they are narrowed by, and what is exported."""

import csv
import io
import json
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from sightline.service.accounts.models import Agency, Person
from sightline.service.audit import files, queries
from sightline.service.audit.context import acting, because, context_of, system
from sightline.service.audit.models import AuditEntry, Verb
from sightline.service.audit.queries import Wanted, chain_state, entries_of, page_of
from sightline.service.audit.record import record, viewed_children
from sightline.service.audit.triggers import drop_triggers, make_triggers
from sightline.service.audit.verify import verify, verify_on_record
from sightline.service.audit.views import changed
from sightline.service.children.models import (
    Address,
    BrokenGlass,
    KnownPerson,
    Residence,
    RestrictedChild,
)
from sightline.service.frontdoor.models import Contact, ContactChild
from sightline.service.protection.models import Referral, Visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(make_person: Callable[..., Person]) -> Person:
    return make_person("auditor")


@pytest.fixture
def browser(auditor: Person, client_of: Callable[[Person], Client]) -> Client:
    return client_of(auditor)


def _said(page: Any) -> str:
    return page.content.decode()


def test_the_pages_say_who_did_what_and_that_they_were_read(
    browser: Client, auditor: Person
) -> None:
    with acting(context_of(auditor, request="r1")), because("a reason"):
        Agency.objects.create(name="Health trust", kind="health")
    number = AuditEntry.objects.get(subject="accounts_agency").number
    page = _said(browser.get("/audit/"))
    assert "Invented auditor" in page
    assert f"/audit/{number}/" in page
    entry = _said(browser.get(f"/audit/{number}/"))
    assert "Health trust" in entry
    assert "a reason" in entry
    read = AuditEntry.objects.filter(verb=Verb.VIEW, subject="audit")
    assert read.count() == 2
    assert read.get(subject_id=str(number)).actor == str(auditor.pk)


@pytest.mark.parametrize(
    "role", ["administrator", "analyst", "assistant_director", "councillor", ""]
)
def test_others_are_refused(
    role: str, make_person: Callable[..., Person], client_of: Callable[[Person], Client]
) -> None:
    browser = client_of(make_person(role))
    number = AuditEntry.objects.latest("number").number
    assert browser.get("/audit/").status_code == 403
    assert browser.get(f"/audit/{number}/").status_code == 403
    assert browser.post("/audit/export/csv/").status_code == 403
    assert browser.post("/audit/narrow/").status_code == 403
    assert AuditEntry.objects.filter(verb=Verb.REFUSE, subject="read the audit").count() == 4


def test_whom_one_looks_for_is_in_no_address(browser: Client) -> None:
    answer = browser.post("/audit/", {"person": "Ada", "row": "E1234"})
    assert (answer.status_code, answer["Location"]) == (302, "/audit/")
    page = _said(browser.get("/audit/"))
    assert 'value="Ada"' in page
    assert 'value="E1234"' in page
    browser.post("/audit/narrow/")
    assert 'value="Ada"' not in _said(browser.get("/audit/"))


def test_days_the_wrong_way_round_are_said_to_be(browser: Client) -> None:
    days = {"first": "2/3/2026", "last": "2026-03-01"}
    answer = browser.post("/audit/", days)
    assert answer.status_code == 400
    assert "The last day must be the first day or after it" in _said(answer)
    assert "Enter a day as 27/3/2026" in _said(browser.post("/audit/", {"first": "31/2/2026"}))


def test_what_is_asked_for_is_what_is_found(make_person: Callable[..., Person]) -> None:
    ada, ben = (
        make_person("analyst", email="ada@example.org"),
        make_person("analyst", email="ben@example.org"),
    )
    Person.objects.filter(pk=ada.pk).update(name="Ada Okafor")
    ada = Person.objects.get(pk=ada.pk)
    with acting(context_of(ada, request="one")):
        viewed_children("CP-05 2016-03", ["C1", "C2"])
    with acting(context_of(ben, request="two")):
        viewed_children("CP-05 2016-03", ["C1"])
    with acting(system("nightly load")):
        Agency.objects.create(name="One", kind="other")

    def found(**asked: Any) -> int:
        return entries_of(Wanted(**asked)).count()

    assert found(person="okafor") == 2
    assert found(person="BEN@example.org") == 1
    assert found(person="nightly load") == 1
    assert found(person="nobody of this name") == 0
    assert found(row="C1") == 2
    assert found(row="C1", request="one") == 1
    assert found(verb="view", subject="child") == 3
    today = timezone.localdate()
    day = timedelta(days=1)
    assert found(verb="view", first=today, last=today) == 3
    assert found(first=today + day) == found(last=today - day) == 0
    assert found(first=today - day, last=today + day) == AuditEntry.objects.count()


def test_paging_shows_each_entry_once_both_ways() -> None:
    for number in range(3 * queries.A_PAGE - 20):
        record(Verb.ACT, "something", number)
    every = list(AuditEntry.objects.order_by("-number").values_list("number", flat=True))
    seen: list[int | None] = []
    pages = [page_of(Wanted())]
    while pages[-1].older is not None:
        pages.append(page_of(Wanted(), before=pages[-1].older))
    for page in pages:
        seen += [each.number for each in page.entries]
    assert seen == every
    assert pages[0].newer is None
    back = page_of(Wanted(), after=pages[1].newer)
    assert [e.number for e in back.entries] == [e.number for e in pages[0].entries]


@pytest.mark.parametrize(
    "query", ["before=-1", "before=x", "before=99999999999999999999", "after=²", "before=0"]
)
def test_an_odd_number_in_the_address_is_no_fault(query: str, browser: Client) -> None:
    assert browser.get(f"/audit/?{query}").status_code == 200


@pytest.mark.parametrize("number", ["0", "999999", "9" * 30])
def test_an_entry_that_is_not_there_is_not_found(number: str, browser: Client) -> None:
    assert browser.get(f"/audit/{number}/").status_code == 404


def test_what_changed_comes_first() -> None:
    agency = Agency.objects.create(name="One", kind="other")
    Agency.objects.filter(pk=agency.pk).update(kind="health")
    entry = AuditEntry.objects.get(verb="update")
    first, *others = changed(entry)
    assert first == ("Kind", "other", "health", True)
    assert not any(each[3] for each in others)


def test_an_export_is_on_record_and_runs_no_formula(browser: Client) -> None:
    record(Verb.ACT, "=cmd()", "+1-2@x", reason="@SUM(A1)")
    answer = browser.post("/audit/export/csv/")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))
    (row,) = [each for each in rows if each["reason"].endswith("@SUM(A1)")]
    assert (row["subject"], row["subject_id"], row["reason"]) == ("'=cmd()", "'+1-2@x", "'@SUM(A1)")
    exported = AuditEntry.objects.get(verb=Verb.EXPORT)
    assert (exported.subject, exported.subject_id) == ("audit", "csv")
    assert json.loads(exported.after)["entries"] == len(rows) - 1  # it holds its own record too

    book = load_workbook(io.BytesIO(browser.post("/audit/export/xlsx/").content))
    cells = [cell for line in book["Audit"].iter_rows() for cell in line]
    assert "=cmd()" in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert browser.post("/audit/export/exe/").status_code == 404
    assert browser.get("/audit/export/csv/").status_code == 405


def test_what_rows_of_restricted_children_were_is_hidden_and_other_looks_are_under_the_child(
    browser: Client, auditor: Person
) -> None:
    hidden, other = (KnownPerson.objects.create(number=each, last_name=each) for each in "HO")
    # One whose number is the key of another.
    KnownPerson.objects.create(number=str(other.pk))
    refuge = Address.objects.create(lines="1 Refuge Road")
    where = Residence.objects.create(person=hidden, address=refuge, kind="secret")
    contact = Contact.objects.create(concern="Harm.", missing=False, exploitation=False)
    row = ContactChild.objects.create(contact=contact, person=hidden)
    ContactChild.objects.create(contact=contact, person=other)
    visits = [
        Visit.objects.create(
            referral=Referral.objects.create(child=child, contact=contact, received_at=contact.received_at),
            made_at=contact.received_at, seen=True, seen_alone=True, bedroom_seen=True,
            own_words=f"Words of {child.number}", by=auditor, pathway="cin",
        )
        for child in (hidden, other)
    ]  # fmt: skip
    restriction = RestrictedChild.objects.create(child_id="H", reason="Family of staff.")
    Residence.objects.filter(pk=where.pk).update(kind="home")
    where.delete()  # what is gone is hidden by whom it hung on
    with because("A rationale about H."):
        Referral.objects.filter(child=hidden).update(primary_need="N1")
        glass = BrokenGlass.objects.create(
            restriction=restriction, person=auditor, reason="Her uncle rang about H.",
            closes_at=timezone.now() - timedelta(hours=1),
        )  # fmt: skip
    named = RestrictedChild.named.through.objects.create(
        restrictedchild=restriction, person=Person.objects.create(email="named@example.org")
    )
    record(Verb.BREAK_GLASS, "child", "H", reason="An emergency about H.")
    secret = [hidden, where, contact, row, visits[0], visits[0].referral, restriction, glass, named]
    told = [other, visits[1], visits[1].referral]

    def numbers(each: Any) -> list[int]:
        entries = AuditEntry.objects.filter(subject=each._meta.db_table, subject_id=str(each.pk))
        return list(entries.values_list("number", flat=True))

    where.pk = AuditEntry.objects.filter(subject="children_residence")[0].subject_id
    for each, is_hidden in [(e, True) for e in secret] + [(e, False) for e in told]:
        found = numbers(each)
        assert found, each
        for number in found:
            page = _said(browser.get(f"/audit/{number}/"))
            assert ("hidden: it is of a restricted child" in page) == is_hidden, each
            assert "about H." not in page
            assert ("<table" in page) != is_hidden
    broke = AuditEntry.objects.get(verb=Verb.BREAK_GLASS).number
    assert "about H." not in _said(browser.get(f"/audit/{broke}/"))
    looks = AuditEntry.objects.filter(subject="child", after__contains="audit entry")
    assert {each.subject_id for each in looks} == {"O"}
    assert looks.count() == sum(len(numbers(each)) for each in told)
    text = b"".join(browser.post("/audit/export/csv/").streaming_content).decode()
    assert "Words of O" in text
    assert not [
        each
        for each in ("Words of H", "Family of staff", '""concern"": ""Harm', "about H.")
        if each in text
    ]
    book = load_workbook(io.BytesIO(browser.post("/audit/export/xlsx/").content))
    cells = [str(cell.value) for line in book["Audit"].iter_rows() for cell in line]
    assert not [each for each in cells if "Words of H" in each or "about H." in each]
    assert "with names, addresses and what children said" in _said(browser.get("/audit/"))
    # Whoever is named for the child sees it, and the look is under the child.
    restriction.named.add(auditor)
    page = _said(browser.get(f"/audit/{numbers(visits[0])[0]}/"))
    assert "Words of H" in page
    assert looks.filter(subject_id="H").count() == 1
    assert "about H." in _said(browser.get(f"/audit/{broke}/"))
    assert "about H." in _said(browser.get(f"/audit/{numbers(glass)[0]}/"))
    assert looks.filter(subject_id="H").count() == 3


def test_more_than_a_file_holds_is_refused_rather_than_cut(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(files.MOST, "csv", 1)
    answer = browser.post("/audit/export/csv/")
    assert answer.status_code == 400
    assert "Nothing was exported" in _said(answer)
    assert not AuditEntry.objects.filter(verb=Verb.EXPORT).exists()


def test_the_state_of_the_chain_is_shown(browser: Client) -> None:
    assert "Never." in _said(browser.get("/audit/"))
    found = verify_on_record()
    page = _said(browser.get("/audit/"))
    assert "It holds" in page
    assert chain_state().found["head"] == found.head
    assert verify(found.head).faults == ()


def test_the_pages_take_few_queries(browser: Client, django_assert_max_num_queries: Any) -> None:
    for number in range(60):
        record(Verb.ACT, "something", number)
    browser.post("/audit/", {"person": "Invented", "first": "1/1/2020"})
    with django_assert_max_num_queries(30):
        assert browser.get("/audit/").status_code == 200


def _many(rows: int) -> None:
    """Entries of ten years, made in the database at once and without the chain."""
    drop_triggers()
    sqlite = connection.vendor == "sqlite"
    series = (
        f"WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {rows}) SELECT n FROM s"
        if sqlite
        else f"SELECT n FROM generate_series(1, {rows}) AS s(n)"
    )
    at = (
        "strftime('%Y-%m-%d %H:%M:%f000', '2016-01-01', '+' || (n * 5) || ' minutes')"
        if sqlite
        else "timestamptz '2016-01-01 00:00Z' + n * interval '5 minutes'"
    )
    with connection.cursor() as cursor:
        cursor.execute(f"""
            INSERT INTO audit_auditentry (number, at, actor, actor_name, role, reason, request, verb,
                subject, subject_id, before, after, previous, hash)
            SELECT n + 1000, {at}, CAST(n % 200 AS text), 'Somebody', 'Social worker', '', 'r' || (n / 5),
                CASE WHEN n % 1000 = 0 THEN 'export' WHEN n % 3 = 0 THEN 'update' ELSE 'view' END,
                CASE WHEN n % 3 = 0 THEN 'accounts_person' ELSE 'child' END,
                'C' || (n % 20000), '', '{{"shown in": "CP-05 2016-03"}}', '', 'x'
            FROM ({series}) AS t""")
        cursor.execute("ANALYZE audit_auditentry" if not sqlite else "ANALYZE")
    make_triggers()


@pytest.mark.databases_by_turns
@pytest.mark.slow
def test_a_million_entries_are_answered_by_an_index(browser: Client) -> None:
    _many(1_000_000)
    from datetime import date

    asked = {
        "nothing": Wanted(),
        "verb": Wanted(verb="export"),
        "rare with common": Wanted(verb="export", subject="child"),
        "row": Wanted(row="C123"),
        "request": Wanted(request="r777"),
        "person": Wanted(person="Invented auditor"),
        "command": Wanted(person="no such command"),
        "days": Wanted(first=date(2018, 3, 1), last=date(2018, 3, 2)),
        "days and verb": Wanted(verb="view", first=date(2017, 3, 1), last=date(2017, 3, 1)),
        "nothing fits": Wanted(verb="delete", subject="child"),
    }
    slow = {}
    for name, wanted in asked.items():
        began = time.perf_counter()
        page_of(wanted)
        page_of(wanted, before=500_000)
        taken = time.perf_counter() - began
        if taken > 1:
            slow[name] = taken
    assert slow == {}
    began = time.perf_counter()
    assert browser.get("/audit/?before=900000").status_code == 200
    assert time.perf_counter() - began < 2
