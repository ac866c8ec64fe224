"""What stays closed: another team's record, a secret address, a merged or parted restricted child, a name."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sightline.service.accounts.models import Draft, Locality, Person
from sightline.service.audit.models import AuditEntry, Verb
from sightline.service.children import actions, whereabouts
from sightline.service.children.alike import open_alike
from sightline.service.children.models import Address, KnownPerson, PossibleMatch, RestrictedChild
from sightline.service.children.queries import (
    entries_of,
    find_people,
    hidden_from,
    hidden_people,
    localities_told,
    may_open,
)
from sightline.store.snapshots import StoreError

pytestmark = pytest.mark.django_db

Make = Callable[..., Person]
ClientOf = Callable[[Person], Client]
Record = Callable[..., KnownPerson]
Places = dict[str, list[dict[str, Any]]]

CHILD, GROWN = date(2015, 5, 4), date(1985, 2, 1)
REASON = "The child is at the hospital now."


@pytest.fixture
def manager(make_person: Make) -> Person:
    return make_person("team_manager", email="manager@example.org")


@pytest.fixture
def chair(make_person: Make) -> Person:
    """Somebody who may open every record that is not hidden from them."""
    return make_person("conference_chair", email="chair@example.org")


@pytest.fixture
def stranger(make_person: Make) -> Person:
    """Somebody of another team, who records those who are not of ours."""
    return make_person("front_door", team="Elsewhere", email="stranger@example.org")


def test_relating_a_child_to_a_stranger_opens_neither(
    record: Record, worker: Person, stranger: Person, belongs: Places
) -> None:
    mine = record("Ann Green", born=CHILD)
    far, unborn_known, adult = (
        record("Cy Farrow", by=stranger, born=CHILD),
        record("Dora Farrow", by=stranger),
        record("Alan Underwood", by=stranger, born=GROWN),
    )
    for each in (far, unborn_known):
        belongs[each.number] = [{"team": "Elsewhere", "worker": "somebody"}]
    actions.relate(mine, far, kind="sibling")
    actions.relate(mine, unborn_known, kind="carer")
    row = actions.relate(mine, adult, kind="other")
    assert [may_open(worker, each) for each in (mine, far, unborn_known, adult)] == [
        True,
        False,
        False,
        False,
    ]
    row.delete()
    row = actions.relate(mine, adult, kind="father")
    assert may_open(worker, adult)
    yesterday = timezone.localdate() - timedelta(days=1)
    actions.change_relationship(row, row.version, {"ends": yesterday})
    assert not may_open(worker, adult)


def test_two_records_are_merged_only_by_somebody_who_may_open_both(
    record: Record,
    manager: Person,
    stranger: Person,
    make_person: Make,
    client_of: ClientOf,
    belongs: Places,
) -> None:
    mine, far = record("Ann Green", born=CHILD), record("Cy Farrow", by=stranger, born=CHILD)
    belongs[mine.number] = [{"team": "Redditch team 1"}]
    belongs[far.number] = [{"team": "Elsewhere"}]
    client = client_of(manager)
    address = client.post(reverse("compare-people", args=[mine.pk, far.pk])).url
    page = client.get(address).content.decode()
    assert "Save the decision" not in page
    assert "Somebody who may see both decides" in page
    sent = {"decision": "same", "kept": str(far.pk), "why": "One child"}
    assert client.post(address, sent).status_code == 403
    assert not may_open(manager, far)
    assert KnownPerson.objects.get(pk=mine.pk).merged_into is None
    director = client_of(make_person("assistant_director"))
    assert director.post(address, sent).status_code == 302
    assert KnownPerson.objects.get(pk=mine.pk).merged_into == far


def test_a_restriction_closes_every_number_of_the_child_and_any_of_them_breaks_the_glass(
    record: Record,
    manager: Person,
    worker: Person,
    belongs: Places,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept, gone, third = record("Ann Green"), record("Anne Green"), record("Annie Green")
    belongs[kept.number] = [{"team": "Redditch team 1", "worker": "Worker 1"}]
    actions.restrict_child(gone.number, "family of staff", [])
    for each in (gone, third):
        actions.merge_people(kept, each, "one child", by=manager)
    records = (kept, gone, third)
    assert hidden_from(worker) == {each.number for each in records}
    assert hidden_people(worker) == {each.pk for each in records}
    for number in (kept.number, third.number):
        opening = actions.break_glass(worker, number, REASON, address="x")
        assert hidden_from(worker) == hidden_people(worker) == frozenset()
        opening.closes_at = timezone.now()
        opening.save()

    def broken(number: str) -> list[dict[str, Any]]:
        raise StoreError("the store is gone")

    monkeypatch.setattr(whereabouts, "_finders", [broken])
    assert actions.break_glass(worker, gone.number, REASON, address="x").person == worker


def test_a_secret_address_is_secret_however_it_is_written_and_shown_to_those_who_work_there(
    record: Record, worker: Person, make_person: Make, client_of: ClientOf
) -> None:
    north, south = (Locality.objects.create(name=name) for name in ("North", "South"))
    mother, child, other = record("Eve Hide"), record("Ann Hide", born=CHILD), record("Bo Hide")
    home = {"lines": "1 Refuge Lane", "postcode": "WR1 2AB", "starts": None}
    first = actions.record_residence(child, kind="home", locality=None, **home)
    actions.record_residence(mother, kind="secret", locality=north, **home)
    actions.record_residence(
        other, kind="home", locality=south, **{**home, "lines": "1, refuge lane"}
    )
    assert [each.locality for each in Address.objects.order_by("pk")] == [north, south]
    first.refresh_from_db()
    assert first.address.locality == north, "what was not known is written down"
    assert not localities_told().exists()
    assert find_people("WR1 2AB", by=worker).people == ()
    analyst = client_of(make_person("analyst"))
    for each in (mother, child, other):
        address = reverse("known-person", args=[each.pk])
        told = client_of(worker).get(address).content.decode()
        assert "efuge" in told
        kept = analyst.get(address)
        assert kept.status_code == 200
        assert "An address that is not to be told" in kept.content.decode()
        for secret in ("efuge", "WR1", "North", "South", "Also here"):
            assert secret not in kept.content.decode()


def test_a_secret_address_is_told_again_only_with_the_reason(
    record: Record, worker: Person, client_of: ClientOf
) -> None:
    mother, client = record("Eve Hide"), client_of(worker)
    home = {"lines": "1 Refuge Lane", "postcode": "WR1 2AB", "locality": None, "starts": None}
    row = actions.record_residence(mother, kind="secret", **home)
    address = reverse("change-residence", args=[mother.pk, row.pk])
    sent = {"kind": "home", "version": 1}
    assert "Say why the address may be told again" in client.post(address, sent).content.decode()
    assert not localities_told().exists()
    why = "The order of the court has ended."
    assert client.post(address, {**sent, "why": why}).status_code == 302
    assert localities_told().get() == row
    entry = AuditEntry.objects.get(verb=Verb.UPDATE, subject="children_residence")
    assert entry.reason == why
    late = client.post(address, {**sent, "kind": "part"})
    assert late.status_code == 409


def test_no_name_is_in_the_audit_in_a_draft_or_in_a_title(
    record: Record, worker: Person, client_of: ClientOf
) -> None:
    one, two = record("Ann Green", born=CHILD), record("Eve Oyelaran", born=GROWN)
    row = actions.relate(one, two, kind="mother")
    client = client_of(worker)
    pages = [
        reverse("add-relationship", args=[one.pk, two.pk]),
        reverse("change-relationship", args=[one.pk, row.pk]),
        reverse("known-person", args=[one.pk]),
    ]
    for address in pages:
        page = client.get(address).content.decode()
        assert "Oyelaran" in page
        title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
        assert title
        assert not re.search("Green|Oyelaran", title[1])
        if token := re.search(r'name="draft" value="([^"]+)"', page):
            client.post(reverse("save-draft"), {"draft": token[1], "note": "x"})
    assert Draft.objects.count() == 2
    kept = [f"{each.form} {each.title}" for each in Draft.objects.all()]
    shown = AuditEntry.objects.filter(verb=Verb.VIEW).values_list("subject", "after")
    assert shown
    assert not re.search("(?i)green|oyelaran", f"{kept} {list(shown)}")


def test_a_parted_restricted_record_is_not_in_the_chronology_of_the_other_nor_any_reason(
    record: Record, manager: Person, worker: Person, client_of: ClientOf, belongs: Places
) -> None:
    one, two, three = record("Ann Green"), record("Anne Green"), record("Annie Green")
    for each in (one, two, three):
        belongs[each.number] = [{"team": "Redditch team 1"}]
    for other in (two, three):
        merge = actions.merge_people(one, other, "named alike", by=manager)
        assert "named alike" in str(entries_of(one, worker))
        actions.part_people(merge, "the child of a director", by=manager)
    actions.restrict_child(three.number, "family of staff", [])
    told = str(entries_of(one, worker))
    assert f"{two.number} was parted from" in told
    for secret in (three.number, "named alike", "director"):
        assert secret not in told
    address = reverse("part-people", args=[merge.pk])
    assert client_of(manager).get(address).status_code == 403


def test_somebody_recorded_who_very_likely_is_a_hidden_person_is_restricted_as_they_are(
    record: Record,
    worker: Person,
    chair: Person,
    make_person: Make,
    django_capture_on_commit_callbacks: Any,
) -> None:
    director = make_person("assistant_director", email="director@example.org")
    hidden = record("Jonathan Smithson", born=CHILD, nhs_number="9434765919")
    restriction = actions.restrict_child(hidden.number, "family of staff", [chair])
    new = record("Jon Smithson", born=CHILD, nhs_number="9434765919")
    unlike = record("Jon Smithson", born=GROWN)
    page = f"https://x{reverse('known-person', args=[new.pk])}"
    with django_capture_on_commit_callbacks(execute=True):
        assert not actions.restrict_like(unlike, by=worker, address=page)
        assert not actions.restrict_like(new, by=chair, address=page)
        assert actions.restrict_like(new, by=worker, address=page)
        assert actions.restrict_like(new, by=worker, address=page), "twice is once"
    made = RestrictedChild.objects.get(child_id=new.number)
    assert (list(made.named.all()), made.reason) == ([chair], "family of staff")
    assert hidden_people(worker) == {hidden.pk, new.pk}
    assert [each.to for each in mail.outbox] == [[chair.email]]
    letter = mail.outbox[0].subject + mail.outbox[0].body
    assert page in letter
    for secret in ("Smithson", new.number, hidden.number, "staff"):
        assert secret not in letter
    made.delete()
    restriction.named.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.restrict_like(new, by=worker, address=page)
    assert mail.outbox[-1].to == [director.email], "nobody is named, so those who restrict are told"


def test_days_are_of_here_and_a_home_with_an_end_to_come_still_counts(
    record: Record, manager: Person, stranger: Person, make_person: Make, client_of: ClientOf
) -> None:
    place = Locality.objects.create(name="Wyre Forest")
    one = record("Jonathan Smithson", by=stranger, born=CHILD, nhs_number="9434765919")
    record("John Smythson", by=stranger, born=CHILD, nhs_number="9434765919")
    tomorrow = timezone.localdate() + timedelta(days=1)
    home = {"lines": "1 High Street", "postcode": "", "locality": place, "starts": None}
    actions.record_residence(one, kind="temporary", ends=tomorrow, **home)
    head = make_person("service_manager", district="Wyre Forest")
    assert may_open(head, one)
    client = client_of(head)
    assert "Smithson" in client.get(reverse("possible-matches")).content.decode()
    # Half past eleven at night in UTC is the next day in British summer time.
    late = datetime(2026, 6, 7, 23, 30, tzinfo=UTC)
    KnownPerson.objects.filter(pk=one.pk).update(made_at=late)
    match = PossibleMatch.objects.get()
    page = client.get(reverse("decide-match", args=[match.pk])).content.decode()
    assert "8 June 2026" in page


def test_a_hidden_person_recorded_again_through_the_family_pages_is_restricted_as_they_are(
    record: Record,
    worker: Person,
    chair: Person,
    make_person: Make,
    client_of: ClientOf,
    django_capture_on_commit_callbacks: Any,
) -> None:
    director = make_person("assistant_director", email="director@example.org")
    nhs, client = "9434765919", client_of(worker)
    hidden = record("Jonathan Smithson", born=CHILD, nhs_number=nhs)
    actions.restrict_child(hidden.number, "family of staff", [chair])
    told = "Somebody else has been told of this record"

    def passed_on(address: str, sent: dict[str, Any]) -> KnownPerson | None:
        """Send a form; give whom that restricted."""
        before = set(RestrictedChild.objects.values_list("child_id", flat=True))
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            text = client.post(address, sent, follow=True).content.decode()
        made = RestrictedChild.objects.exclude(child_id__in=before).first()
        assert (told in text) == bool(made)
        if made is None:
            return None
        assert list(made.named.all()) == [chair]
        person = KnownPerson.objects.get(number=made.child_id)
        assert person.pk in hidden_people(worker)
        assert made.child_id not in text
        page = reverse("known-person", args=[person.pk])
        assert [(each.to, page in each.body) for each in mail.outbox] == [([chair.email], True)]
        return person

    born = {"born_day": CHILD.day, "born_month": CHILD.month, "born_year": CHILD.year}
    mother = record("Eve Smithson", born=GROWN)
    named = {"first_names": "Jon", "last_name": "Smithson", "version": 1, **born}
    for search, address in (
        (reverse("find-people"), reverse("record-person")),
        (
            reverse("find-relative", args=[mother.pk]),
            reverse("record-relative", args=[mother.pk]),
        ),
    ):
        client.post(search, {"text": "Jon Smithson", **born})
        client.get(search)
        assert passed_on(address, {**named, "nhs_number": nhs})
    one, two = record("Jon Smith", born=CHILD), record("Zoe Black", born=CHILD, nhs_number=nhs)
    change = reverse("change-known-person", args=[one.pk, "who"])
    sent = {"first_names": "Jon", "last_name": "Smithson", "version": 1, **born}
    assert passed_on(change, {**sent, "nhs_number": nhs}) == one
    alias = reverse("add-alias", args=[two.pk])
    assert passed_on(alias, {"first_names": "Jonathan", "last_name": "Smithson"}) == two
    # Where nobody is named, those who may restrict are led to what they may open.
    RestrictedChild.objects.get(child_id=hidden.number).named.clear()
    three = record("Jonathan Smithson", born=CHILD, nhs_number=nhs)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.restrict_like(three, by=worker, address="https://x/families/3/")
    made = RestrictedChild.objects.get(child_id=three.number)
    assert [each.to for each in mail.outbox] == [[director.email]]
    page = reverse("change-restriction", args=[made.pk])
    assert f"https://x{page}" in mail.outbox[0].body
    assert client_of(director).get(page).status_code == 200


def test_what_very_likely_is_the_same_child_is_restricted_with_them_and_once(
    record: Record,
    worker: Person,
    chair: Person,
    make_person: Make,
    client_of: ClientOf,
    django_capture_on_commit_callbacks: Any,
) -> None:
    director = make_person("assistant_director", email="director@example.org")
    child = record("Jonathan Smithson", born=CHILD, nhs_number="9434765919")
    other = record("Jon Smithson", born=CHILD, nhs_number="9434765919")
    record("Zoe Black", born=CHILD)
    sent = {
        "child_id": child.number,
        "reason": "family of staff",
        "people": chair.email,
        "version": 1,
    }
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        page = client_of(director).post(reverse("restrict"), sent, follow=True).content.decode()
    assert f"Record {other.number} very likely is of the same child" in page
    looks = AuditEntry.objects.filter(verb=Verb.VIEW, subject_id=other.number)
    assert looks.filter(after__contains='"restriction"').count() == 1
    assert hidden_people(worker) == {child.pk, other.pk}
    made = RestrictedChild.objects.get(child_id=other.number)
    assert (list(made.named.all()), made.reason) == ([chair], "family of staff")
    letters = [each.body for each in mail.outbox if each.to == [chair.email]]
    assert [reverse("known-person", args=[other.pk]) in each for each in letters] == [True]
    # Ended on purpose, it stays open: whoever saves it next, unchanged, is not locked out.
    actions.end_restriction(made, "Another child.")
    change = reverse("add-alias", args=[other.pk])
    named = {"first_names": "Johnny", "last_name": "Smithson"}
    assert client_of(worker).post(change, named)["Location"] == reverse(
        "known-person", args=[other.pk]
    )
    assert other.pk not in hidden_people(worker)


def test_whoever_writes_what_comes_to_be_like_a_restricted_record_closes_it_those_named_too(
    record: Record,
    worker: Person,
    manager: Person,
    stranger: Person,
    make_person: Make,
    client_of: ClientOf,
    belongs: Places,
    django_capture_on_commit_callbacks: Any,
) -> None:
    director = client_of(make_person("assistant_director", email="director@example.org"))
    nhs, client = "9434765919", client_of(worker)
    child = record("Jonathan Smithson", born=CHILD, nhs_number=nhs)
    actions.restrict_child(child.number, "family of staff", [worker])
    # Somebody named for the child records them again: it is theirs, and nobody else's.
    born = {"born_day": CHILD.day, "born_month": CHILD.month, "born_year": CHILD.year}
    client.post(reverse("find-people"), {"text": "Jon Smithson", **born})
    client.get(reverse("find-people"))
    mail.outbox.clear()
    named = {"first_names": "Jon", "last_name": "Smithson", "nhs_number": nhs, "version": 1, **born}
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("record-person"), named)
    new = KnownPerson.objects.latest("pk")
    assert answer["Location"] == reverse("known-person", args=[new.pk])
    assert hidden_people(worker) == frozenset()
    assert hidden_people(manager) == {child.pk, new.pk}
    assert [(each.to, answer["Location"] in each.body) for each in mail.outbox] == [
        ([worker.email], True)
    ]
    # A restricted record comes to be like another by what somebody named writes on it.
    other = record("Zoe Blackwood", by=stranger, born=CHILD, nhs_number="9434765870")
    mine = record("Zara Blake", born=CHILD)
    belongs[other.number] = [{"team": "Redditch team 1", "worker": worker.worker}]
    for each in (mine, other):
        actions.restrict_child(each.number, "adopted", [worker])
    actions.end_restriction(RestrictedChild.objects.get(child_id=other.number), "Left the area.")
    change = reverse("change-known-person", args=[mine.pk, "who"])
    sent = {**named, "first_names": "Zoe", "last_name": "Blackwood", "nhs_number": "9434765870"}
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(change, sent).status_code == 302
    # That its own restriction had ended by then was of something else.
    assert {mine.pk, other.pk} <= hidden_people(manager)
    assert hidden_people(worker) == frozenset()
    page = reverse("known-person", args=[other.pk])
    assert [(each.to, page in each.body) for each in mail.outbox] == [([worker.email], True)]
    # What was restricted before records closed together is listed, and closed by the next who saves it.
    old = record("Ann Greenhalgh", by=stranger, born=CHILD, nhs_number="4010232137")
    like = record("Annie Greenhalgh", by=stranger, born=CHILD, nhs_number="4010232137")
    belongs[like.number] = [{"team": "Redditch team 1", "worker": worker.worker}]
    RestrictedChild.objects.create(child_id=old.number, reason="adopted").named.set([manager])
    listed = f"stand open: {like.number} (like {old.number})."
    assert listed in director.get(reverse("restricted")).content.decode()
    assert listed not in director.get(reverse("restricted"), {"ended": 1}).content.decode()
    looks = AuditEntry.objects.filter(verb=Verb.VIEW, subject_id=like.number)
    assert looks.filter(after__contains="open records like restricted ones").count() == 1
    alias = {"first_names": "Anna", "last_name": "Greenhalgh"}
    text = client.post(reverse("add-alias", args=[like.pk]), alias, follow=True).content.decode()
    assert "Somebody else has been told of this record" in text
    assert like.pk in hidden_people(worker)
    assert "stand open" not in director.get(reverse("restricted")).content.decode()
    # Ended on purpose it is listed no more, whatever becomes of the other.
    actions.end_restriction(RestrictedChild.objects.get(child_id=like.number), "Another child.")
    assert "stand open" not in director.get(reverse("restricted")).content.decode()


def test_whoever_is_no_longer_named_loses_what_was_restricted_alike_and_the_rest_is_said(
    record: Record, worker: Person, manager: Person, make_person: Make, client_of: ClientOf
) -> None:
    director = client_of(make_person("assistant_director", email="director@example.org"))
    same = {"born": CHILD, "nhs_number": "9434765919"}
    child, other, third = (
        record(f"{each} Smithson", **same) for each in ("Jonathan", "Jon", "Johnny")
    )
    actions.restrict_child(child.number, "family of staff", [worker, manager])
    restriction, alike, apart = (
        RestrictedChild.objects.get(child_id=each.number) for each in (child, other, third)
    )
    apart.named.set([worker])
    change = reverse("change-restriction", args=[restriction.pk])
    page = director.get(change).content.decode()
    assert (
        f"Record {other.number} very likely is of the same child, and is restricted in the same way"
        in page
    )
    assert f"Record {third.number} very likely is of the same child, and is restricted too" in page
    assert reverse("change-restriction", args=[apart.pk]) in page
    assert reverse("change-restriction", args=[alike.pk]) not in page
    sent = {"reason": "adopted", "people": manager.email, "version": 1}
    assert director.post(change, sent).status_code == 302
    assert {child.pk, other.pk} == hidden_people(worker)
    for each, reason, version in (
        (restriction, "adopted", 2), (alike, "adopted", 2), (apart, "family of staff", 1),
    ):  # fmt: skip
        each.refresh_from_db()
        assert (each.reason, each.version) == (reason, version)
    end = reverse("end-restriction", args=[restriction.pk])
    page = director.get(end).content.decode()
    for each in (alike, apart):
        assert (
            f"Record {each.child_id} very likely is of the same child, and stays restricted" in page
        )
        assert reverse("end-restriction", args=[each.pk]) in page
    looks = AuditEntry.objects.filter(verb=Verb.VIEW, subject_id=other.number)
    assert looks.filter(after__contains='"restriction"').count() == 2
    # What was closed alike and is ended stays so, whatever becomes of the other.
    actions.end_restriction(alike, "Another child.")
    actions.change_restriction(restriction, 2, "adopted", [])
    assert hidden_people(manager) == {child.pk, third.pk}


def test_only_what_was_restricted_in_the_same_way_changes_with_a_restriction(
    record: Record, worker: Person, manager: Person, make_person: Make, client_of: ClientOf
) -> None:
    director = client_of(make_person("assistant_director", email="director@example.org"))
    same = {"born": CHILD, "nhs_number": "9434765919"}
    child, twin = (record(f"{each} Smithson", **same) for each in ("Jonathan", "Jon"))
    # Each was restricted by itself, for a reason of its own; of both it is that nobody is named.
    restriction, apart = (
        RestrictedChild.objects.create(child_id=each.number, reason=reason)
        for each, reason in ((child, "adopted"), (twin, "family of staff"))
    )
    change = reverse("change-restriction", args=[restriction.pk])
    page = director.get(change).content.decode()
    assert "restricted in the same way" not in page
    assert f"Record {twin.number} very likely is of the same child, and is restricted too" in page
    assert "for another reason or with other people named" in page
    actions.change_restriction(restriction, 1, "adopted", [worker])
    apart.refresh_from_db()
    assert (apart.reason, apart.version, list(apart.named.all())) == ("family of staff", 1, [])
    assert hidden_people(worker) == {twin.pk}
    # Nor does it follow where a change of the reason makes the two alike only now.
    apart.named.set([worker])
    actions.change_restriction(restriction, 2, "family of staff", [manager])
    assert hidden_people(worker) == {child.pk}


def test_what_was_said_of_the_whole_child_holds_for_each_record_that_went_into_it(
    record: Record, worker: Person, manager: Person
) -> None:
    same = {"born": CHILD, "nhs_number": "9434765919"}
    kept, gone, other = (record(f"{each} Smithson", **same) for each in ("Jon", "Jonathan", "John"))
    actions.merge_people(kept, gone, "one child", by=manager)
    match = PossibleMatch.objects.get(one=kept, other=other)
    actions.say_different(match, "twins", by=manager)
    assert PossibleMatch.objects.filter(one=gone, other=other, state="open").exists()
    actions.restrict_child(gone.number, "family of staff", [manager])
    assert hidden_people(worker) == {kept.pk, gone.pk}


def test_what_is_like_another_by_way_of_a_third_is_restricted_with_it(
    record: Record, worker: Person, manager: Person
) -> None:
    one, two, three = (record(each) for each in ("Ann Green", "Bo Brown", "Cy Grey"))
    for first, second in ((one, two), (two, three)):
        PossibleMatch.objects.create(one=first, other=second, weight=9.0)
    restriction = actions.restrict_child(one.number, "family of staff", [worker])
    assert hidden_people(manager) == {one.pk, two.pk, three.pk}
    actions.change_restriction(restriction, 1, "family of staff", [manager])
    assert hidden_people(worker) == {one.pk, two.pk, three.pk}
    # By way of one that stands open, nothing changes.
    actions.end_restriction(RestrictedChild.objects.get(child_id=two.number), "Another child.")
    actions.change_restriction(restriction, 2, "family of staff", [worker])
    assert hidden_people(worker) == {three.pk}


def test_what_was_said_to_be_another_child_is_not_closed_or_opened_by_way_of_a_third(
    record: Record, worker: Person, manager: Person, make_person: Make, client_of: ClientOf
) -> None:
    director = client_of(make_person("assistant_director", email="director@example.org"))
    one, twin, third = (record(each) for each in ("Ann Green", "Bo Brown", "Cy Grey"))
    like = {"weight": 9.0}
    pair = PossibleMatch.objects.create(one=one, other=twin, state="different", **like)
    restriction = actions.restrict_child(one.number, "family of staff", [manager])
    for each in (one, twin):
        PossibleMatch.objects.create(one=each, other=third, **like)
    assert actions.restrict_like(third, by=worker, address="https://x/1")
    assert hidden_people(worker) == {one.pk, third.pk}
    assert not actions.restrict_like(twin, by=worker, address="https://x/1"), "nor when it is saved"
    listed = f"stand open: {twin.number} (like {third.number})."
    assert listed in director.get(reverse("restricted")).content.decode()
    # Restricted by itself, it is not opened with the other, which the page does not call alike.
    actions.restrict_child(twin.number, "family of staff", [manager])
    change = reverse("change-restriction", args=[restriction.pk])
    page = director.get(change).content.decode()
    assert f"Record {third.number} very likely is" in page
    assert twin.number not in page
    actions.change_restriction(restriction, 1, "family of staff", [manager, worker])
    assert hidden_people(worker) == {twin.pk}
    # Nor is it closed where the first is restricted only after the third was found.
    RestrictedChild.objects.all().delete()
    actions.restrict_child(one.number, "family of staff", [manager])
    assert hidden_people(worker) == {one.pk, third.pk}
    # What was closed with another and let open stays so, whoever is found to be like both.
    RestrictedChild.objects.all().delete()
    PossibleMatch.objects.filter(other=third).delete()
    PossibleMatch.objects.filter(pk=pair.pk).update(state="open")
    actions.restrict_child(one.number, "family of staff", [manager])
    assert hidden_people(worker) == {one.pk, twin.pk}
    actions.end_restriction(RestrictedChild.objects.get(child_id=twin.number), "Another child.")
    for each in (one, twin):
        PossibleMatch.objects.create(one=each, other=third, **like)
    assert actions.restrict_like(third, by=worker, address="https://x/1")
    assert not actions.restrict_like(twin, by=worker, address="https://x/1")
    assert hidden_people(worker) == {one.pk, third.pk}
    # So too where it is like the third alone.
    pair.delete()
    RestrictedChild.objects.filter(ended_at=None).delete()
    RestrictedChild.objects.update(ended_at=timezone.now())
    actions.restrict_child(one.number, "family of staff", [manager])
    assert hidden_people(worker) == {one.pk, third.pk}


def test_what_was_said_to_be_another_child_stays_so_whichever_record_is_kept(
    record: Record, worker: Person, manager: Person
) -> None:
    why, page = "family of staff", "https://x/1"
    families = (
        ("Smithson", "9434765919", "before"),
        ("Blackwood", "9434765870", "gone"),
        ("Greenhalgh", "4010232137", "parted"),
    )
    for last, nhs, said in families:
        same = {"born": CHILD, "nhs_number": nhs}
        one, twin, third = (record(f"{each} {last}", **same) for each in ("Jon", "John", "Jonny"))
        if said == "parted":
            merge = actions.merge_people(one, twin, "one child", by=manager)
        else:
            match = PossibleMatch.objects.get(one=one, other=twin)
            actions.say_different(match, "twins", by=manager)
        kept, gone = (one, third) if said == "before" else (third, one)
        actions.merge_people(kept, gone, "one child", by=manager)
        if said == "parted":
            actions.part_people(merge, "twins", by=manager)
        restriction = actions.restrict_child(kept.number, why, [manager])
        assert hidden_people(worker) == {one.pk, third.pk}, said
        assert not actions.restrict_like(twin, by=worker, address=page), said
        # Restricted by itself, it is not opened with the other.
        actions.restrict_child(twin.number, why, [manager])
        actions.change_restriction(restriction, 1, why, [manager, worker])
        assert hidden_people(worker) == {twin.pk}, said
        RestrictedChild.objects.all().delete()


def test_what_was_said_to_be_another_child_stays_so_whoever_is_named_for_the_third(
    record: Record, worker: Person, manager: Person, chair: Person
) -> None:
    why, page = "family of staff", "https://x/1"
    names = ("Ann Green", "Zoe Black", "Cy Grey", "Bo Brown")
    one, far, third, twin = (record(each) for each in names)
    first = actions.restrict_child(one.number, why, [manager, chair])
    actions.restrict_child(far.number, "adopted", [chair])
    for lower, higher in ((one, third), (far, third), (third, twin)):
        PossibleMatch.objects.create(one=lower, other=higher, weight=9.0)
    PossibleMatch.objects.create(one=one, other=twin, weight=9.0, state="different")
    assert actions.restrict_like(third, by=worker, address=page)
    assert list(RestrictedChild.objects.get(child_id=third.number).named.all()) == [chair]
    assert not actions.restrict_like(twin, by=worker, address=page), "open to fewer than each"
    assert [each.person for each in open_alike()] == [twin], "and listed until somebody decides"
    # So too where the first was restricted anew since.
    actions.end_restriction(first, "Left the area.")
    actions.restrict_child(one.number, "adopted", [manager])
    assert not actions.restrict_like(twin, by=worker, address=page)
    assert hidden_people(worker) == {one.pk, far.pk, third.pk}


def test_what_is_restricted_by_way_of_one_of_two_said_to_be_different_is_told_too(
    record: Record,
    manager: Person,
    make_person: Make,
    django_capture_on_commit_callbacks: Any,
) -> None:
    make_person("governance_lead", email="lead@example.org")
    names = ("Ann Green", "Bo Brown", "Cy Grey", "Dora White")
    one, two, three, both = (record(each) for each in names)
    pairs = ((one, two), (two, three), (one, both), (two, both))
    for first, second in pairs:
        PossibleMatch.objects.create(one=first, other=second, weight=9.0)
    actions.restrict_child(one.number, "family of staff", [manager])
    match = PossibleMatch.objects.get(one=one, other=two)
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.say_different(match, "twins", by=manager, address="https://x/")
    made = [RestrictedChild.objects.get(child_id=each.number) for each in (one, two, three)]
    assert len(mail.outbox) == 3, "of what is like both nothing is said"
    for each in made:
        page = reverse("change-restriction", args=[each.pk])
        assert sum(page in letter.body for letter in mail.outbox) == 1


def test_restrictions_of_a_merged_child_go_together_and_no_second_is_made_unsaid(
    record: Record,
    worker: Person,
    manager: Person,
    make_person: Make,
    client_of: ClientOf,
    belongs: Places,
) -> None:
    lead = client_of(make_person("governance_lead", email="lead@example.org"))
    same = {"born": CHILD, "nhs_number": "9434765919"}
    kept, gone = (record(f"{each} Smithson", **same) for each in ("Jonathan", "Jon"))
    for each in (kept, gone):
        belongs[each.number] = [{"team": "Redditch team 1"}]
    why = "family of staff"
    first = actions.restrict_child(kept.number, why, [worker, manager])
    second = RestrictedChild.objects.get(child_id=gone.number)
    match = PossibleMatch.objects.get(one=kept, other=gone)
    page = client_of(manager).get(reverse("decide-match", args=[match.pk])).content.decode()
    assert f"only those named for {kept.number} and for {gone.number} will see either" in page
    merge = actions.merge_people(kept, gone, "one child", by=manager)
    actions.change_restriction(first, 1, why, [manager])
    actions.part_people(merge, "two after all", by=manager)
    assert hidden_people(worker) == {kept.pk, gone.pk}, "whoever was taken off gets neither back"
    actions.merge_people(kept, gone, "one child", by=manager)
    change, end = (reverse(f"{name}-restriction", args=[first.pk]) for name in ("change", "end"))
    together = f"Record {gone.number} is of the same child, and is restricted in the same way"
    assert together in lead.get(change).content.decode()
    sent = {"reason": why, "people": f"{manager.email}\n{worker.email}", "version": 2}
    assert lead.post(change, sent).status_code == 302
    assert hidden_people(worker) == frozenset()
    # Where they differ, the pages say whom each of the two shuts out.
    closes = f"Another restriction of the same child closes it to {worker}."
    assert closes not in lead.get(reverse("restricted")).content.decode()
    second.named.set([manager])
    assert closes in lead.get(reverse("restricted")).content.decode()
    assert "Only those named for both" in lead.get(change).content.decode()
    told = f"Record {gone.number} is of the same child, and stays restricted"
    assert told in lead.get(end).content.decode()
    text = lead.post(end, {"reason": "Left the area."}, follow=True).content.decode()
    assert "Another of the same child is in force" in text
    assert "as any other" not in text
    # Nor is another made under the number that has none now.
    sent = {"child_id": kept.number, "reason": why, "people": worker.email, "version": 1}
    text = lead.post(reverse("restrict"), sent).content.decode()
    assert "is restricted already" in text
    end = reverse("end-restriction", args=[second.pk])
    assert "as any other" in lead.post(end, {"reason": "x"}, follow=True).content.decode()
    assert hidden_people(worker) == frozenset()


def test_what_was_restricted_as_one_stays_so_when_it_is_parted(
    record: Record,
    worker: Person,
    manager: Person,
    make_person: Make,
    client_of: ClientOf,
    belongs: Places,
    django_capture_on_commit_callbacks: Any,
) -> None:
    lead = make_person("governance_lead", email="lead@example.org")
    pairs = [
        (record("Ann Green"), record("Anne Green")),
        (record("Bo Brown"), record("Beau Brown")),
    ]
    for each in KnownPerson.objects.all():
        belongs[each.number] = [{"team": "Redditch team 1", "worker": "Worker 1"}]
    client = client_of(manager)
    for (kept, gone), closed in zip(pairs, ("kept", "gone"), strict=True):
        merge = actions.merge_people(kept, gone, "one child", by=manager)
        restricted, other = (kept, gone) if closed == "kept" else (gone, kept)
        actions.restrict_child(restricted.number, "family of staff", [manager])
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            address = reverse("part-people", args=[merge.pk])
            answer = client.post(address, {"why": "two children"}, follow=True)
        assert answer.redirect_chain[0][0] == reverse("known-person", args=[gone.pk])
        text = answer.content.decode()
        assert f"{other.number} is restricted in the same way" in text
        assert {kept.pk, gone.pk} <= hidden_people(worker)
        assert hidden_people(manager) == frozenset()
        made = RestrictedChild.objects.get(child_id=other.number)
        assert (list(made.named.all()), made.reason) == ([manager], "family of staff")
        page = reverse("change-restriction", args=[made.pk])
        assert [each.to for each in mail.outbox] == [[lead.email]]
        assert f"http://testserver{page}" in mail.outbox[0].body
        assert other.number not in mail.outbox[0].body
    # Whoever had broken the glass of the two is not led to a page that is closed to them now.
    one, two = record("Cy Grey"), record("Cyrus Grey")
    belongs[one.number] = [{"team": "Redditch team 1"}]
    merge = actions.merge_people(one, two, "one child", by=manager)
    actions.restrict_child(one.number, "family of staff", [])
    actions.break_glass(manager, one.number, REASON, address="x")
    parted = client.post(reverse("part-people", args=[merge.pk]), {"why": "two children"})
    assert parted.url == reverse("possible-matches")
    assert hidden_people(manager) == {two.pk}
    # Each that was restricted by itself stays as it was.
    three, four = record("Dora White"), record("Dorothea White")
    actions.restrict_child(three.number, "family of staff", [])
    actions.restrict_child(four.number, "adopted", [worker])
    merge = actions.merge_people(three, four, "one child", by=manager)
    assert actions.part_people(merge, "two", by=manager) == []
    # What is like one of the two is closed with it.
    same = {"born": CHILD, "nhs_number": "9434765919"}
    five, six, like = (
        record("Eva Black"),
        record("Zoe Blackwood", **same),
        record("Zoey Blackwood", **same),
    )
    merge = actions.merge_people(five, six, "one child", by=manager)
    RestrictedChild.objects.create(child_id=five.number, reason="adopted").named.set([manager])
    assert actions.part_people(merge, "two", by=manager) == [six]
    assert {five.pk, six.pk, like.pk} <= hidden_people(worker)


def test_what_stays_restricted_when_two_are_said_to_be_different_is_told(
    record: Record,
    manager: Person,
    make_person: Make,
    client_of: ClientOf,
    belongs: Places,
    django_capture_on_commit_callbacks: Any,
) -> None:
    lead = make_person("governance_lead", email="lead@example.org")
    pairs = [
        [record(f"{each} {name}", born=CHILD, nhs_number=nhs) for each in ("Jon", "Jonathan")]
        for name, nhs in (("Smithson", "9434765919"), ("Blackwood", "9434765870"))
    ]
    for each in KnownPerson.objects.all():
        belongs[each.number] = [{"team": "Redditch team 1"}]
    actions.restrict_child(pairs[0][0].number, "family of staff", [manager])
    said = {"decision": "different", "why": "twins"}
    for (one, other), told in zip(pairs, (True, False), strict=True):
        mail.outbox.clear()
        match = PossibleMatch.objects.get(one=one, other=other)
        with django_capture_on_commit_callbacks(execute=True):
            address = reverse("decide-match", args=[match.pk])
            page = client_of(manager).post(address, said, follow=True).content.decode()
        assert ("Each of the two stays restricted" in page) == told
        assert [each.to for each in mail.outbox] == [[lead.email]] * 2 * told
        bodies = [each.body for each in mail.outbox]
        for each in RestrictedChild.objects.all() if told else ():
            link = "http://testserver" + reverse("change-restriction", args=[each.pk])
            assert sum(link in body for body in bodies) == 1
        for body in bodies:
            assert "said to be of two" in body
            assert "Smithson" not in body


def test_a_page_of_two_people_is_for_those_who_may_see_both_and_on_record_of_both(
    record: Record,
    worker: Person,
    manager: Person,
    stranger: Person,
    client_of: ClientOf,
    belongs: Places,
) -> None:
    mine, far = record("Ann Green", born=CHILD), record("Cy Farrow", by=stranger, born=CHILD)
    belongs[mine.number] = [{"team": "Redditch team 1", "worker": worker.worker}]
    belongs[far.number] = [{"team": "Elsewhere"}]
    merge = actions.merge_people(mine, far, "named alike", by=manager)
    address, client = reverse("part-people", args=[merge.pk]), client_of(manager)
    assert "named alike" in client.get(address).content.decode()
    actions.part_people(merge, "the other is adopted", by=manager)
    assert client.get(address).status_code == 403
    assert AuditEntry.objects.filter(verb=Verb.REFUSE, actor=str(manager.pk)).exists()
    belongs[far.number] += [{"team": "Redditch team 1"}]
    assert "the other is adopted" in client.get(address).content.decode()
    # Whoever relates them to another is shown that one too.
    mother = record("Eve Oyelaran", born=GROWN)
    row = actions.relate(mine, mother, kind="mother")
    pages = {
        mother.number: reverse("add-relationship", args=[mine.pk, mother.pk]),
        mine.number: reverse("change-relationship", args=[mother.pk, row.pk]),
    }
    for number, page in pages.items():
        shown = AuditEntry.objects.filter(verb=Verb.VIEW, subject_id=number)
        before = shown.count()
        assert client_of(worker).get(page).status_code == 200
        assert shown.count() == before + 1
