"""From a document to a meeting: decided field by field, confirmed, and two renderings of one merged."""

from collections.abc import Callable
from datetime import date, time
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from service.scrutiny.reading.conftest import PAGE, PRINTED
from sightline.service.accounts.models import Person
from sightline.service.accounts.versions import ConflictError
from sightline.service.audit.models import AuditEntry
from sightline.service.scrutiny.meetings.papers import keep_file
from sightline.service.scrutiny.models import (
    Ask,
    Attendance,
    Committee,
    Declaration,
    Document,
    Meeting,
    PaperFile,
    ReadField,
)
from sightline.service.scrutiny.reading import queries
from sightline.service.scrutiny.reading.actions import (
    AlreadyGivenError,
    accept_certain,
    add_field,
    clear_alarm,
    confirm_document,
    decide_field,
    remove_document,
    set_aside,
)
from sightline.service.scrutiny.reading.reader import read_document

pytestmark = pytest.mark.django_db

Take = Callable[..., Document]
PAPERS = Path(__file__).resolve().parents[5] / "shared" / "papers"


def settle(document: Document, by: Person) -> None:
    """Accept what is certain, and of what is doubtful whatever was read."""
    accept_certain(document, by)
    for field in queries.undecided(document):
        decide_field(field, "rejected" if field.value is None else "accepted", by)


def test_a_document_is_kept_with_each_field_its_words_and_their_place(take: Take) -> None:
    document = take(PRINTED)
    assert document.rendering == "text" and not document.is_truncated and not document.alarm
    assert {
        "place": "line 7",
        "words": "Mrs F M Invented (Chairman), Mr J P Champion and Ms R Dentwell",
    } in (document.text)
    for field in document.fields.filter(queries.NEEDS_DECISION):
        assert field.words and field.place and field.decision == ""
        assert field.words[:40] in str([each["words"] for each in document.text])
    declared = document.fields.get(field="declarations")
    assert declared.value["item"] == "299"
    assert declared.doubt == "There is no item 299 in these minutes."


def test_all_that_are_certain_leaves_the_doubtful_to_a_person(take: Take, officer: Person) -> None:
    document = take(PRINTED)
    assert accept_certain(document, officer) > 10
    left = queries.undecided(document)
    assert [each.field for each in left] == ["declarations"]
    assert accept_certain(document, officer) == 0
    with pytest.raises(ValidationError, match="1 field is still to be decided"):
        confirm_document(document, Committee(pk=0), officer, are_confirmed=False)


def test_what_is_not_said_has_no_value_and_needs_no_decision(take: Take, officer: Person) -> None:
    document = take(PRINTED)
    council = document.fields.get(field="council")
    assert council.value is None and not council.doubt
    with pytest.raises(ValidationError, match="Nothing was read here"):
        decide_field(council, "accepted", officer)
    decide_field(council, "corrected", officer, corrected="Invented Council")
    assert queries.decided_values(document)["council"] == ["Invented Council"]


def test_two_at_one_field(take: Take, officer: Person) -> None:
    field = take(PRINTED).fields.get(field="chair")
    decide_field(field, "accepted", officer, version=1)
    with pytest.raises(ConflictError):
        decide_field(field, "rejected", officer, version=1)
    field.refresh_from_db()
    assert field.decision == "accepted" and field.decided_by == officer


def test_confirming_makes_a_draft_meeting(take: Take, officer: Person, panel: Committee) -> None:
    document = take(PRINTED)
    settle(document, officer)
    added = add_field(
        document, "asks", {"text": "A plan.", "kind": "request", "item": "289"}, officer
    )
    meeting = confirm_document(document, panel, officer, are_confirmed=False)
    assert (meeting.day, meeting.starts, meeting.ended) == (
        date(2017, 9, 13),
        time(10),
        time(12, 5),
    )
    assert (meeting.state, meeting.minutes_state, meeting.chair) == (
        "held",
        "draft",
        "Mrs F M Invented",
    )
    assert meeting.venue == "Invented Hall, Oldtown"
    items = list(meeting.items.all())
    assert [(each.position, each.number, each.running) for each in items] == [
        (n, str(284 + n), 284 + n) for n in range(1, 6)
    ]
    assert [each.kind for each in items] == [
        "apologies",
        "interests",
        "participation",
        "minutes",
        "other",
    ]
    assert "Waiting times had fallen." in items[4].minute
    there = {
        each.name: (each.capacity, each.status, each.post) for each in meeting.attendance.all()
    }
    assert there == {
        "Mrs F M Invented": ("member", "present", "Chairman"),
        "Mr J P Champion": ("member", "present", ""),
        "Ms R Dentwell": ("member", "present", ""),
        "Mr B Allthorpe": ("member", "apology", ""),
        "Derek Benbow": (
            "in_attendance",
            "present",
            "Independent Chairman of the Invented Board",
        ),
    }
    declared = meeting.declarations.get()
    assert (declared.cited, declared.item, declared.left, declared.kind_as_printed) == (
        "299",
        None,
        True,
        "personal",
    )
    asks = {each.reference: each for each in meeting.asks.all()}
    assert sorted(asks) == ["289a", "289b", "289c", "289d"]
    assert asks["289a"].text == "the share of return interviews completed in time, by district"
    assert asks["289c"].due == date(2018, 3, 13)
    assert {each.made_on for each in asks.values()} == {date(2017, 9, 13)}
    assert added.corrected["text"] == asks["289d"].text
    document.refresh_from_db()
    assert (document.state, document.meeting, document.confirmed_by) == (
        "confirmed",
        meeting,
        officer,
    )
    panel.refresh_from_db()
    assert (panel.number_form, panel.number_runs) == ("285", "last")


def test_minutes_the_committee_has_confirmed_are_so_at_once(
    take: Take, officer: Person, panel: Committee
) -> None:
    document = take(PRINTED)
    settle(document, officer)
    meeting = confirm_document(document, panel, officer, are_confirmed=True)
    assert meeting.minutes_state == "confirmed" and meeting.confirmed_by is None


def test_a_document_is_confirmed_once(take: Take, officer: Person, panel: Committee) -> None:
    document = take(PRINTED)
    settle(document, officer)
    confirm_document(document, panel, officer, are_confirmed=False)
    with pytest.raises(ValidationError, match="no longer changes"):
        confirm_document(document, panel, officer, are_confirmed=False)
    with pytest.raises(ValidationError, match="no longer changes"):
        decide_field(document.fields.all()[0], "accepted", officer)
    assert Meeting.objects.count() == 1 and Ask.objects.count() == 3


def test_what_is_rejected_is_not_written_and_what_is_put_right_is(
    take: Take, officer: Person, panel: Committee
) -> None:
    document = take(PRINTED)
    accept_certain(document, officer)
    decide_field(document.fields.get(field="declarations"), "rejected", officer)
    decide_field(document.fields.filter(field="asks")[1], "rejected", officer)
    decide_field(
        document.fields.filter(field="present")[2],
        "corrected",
        officer,
        corrected="Ms R Denwell",
    )
    item = document.fields.filter(field="items").last()
    assert item
    decide_field(
        item,
        "corrected",
        officer,
        corrected={**item.value, "title": "Annual report", "text": "New."},
    )
    meeting = confirm_document(document, panel, officer, are_confirmed=False)
    assert not meeting.declarations.exists()
    assert meeting.attendance.filter(name="Ms R Denwell").exists()
    assert meeting.items.get(number="289").minute == "New."
    assert meeting.asks.count() == 2


# --- Two renderings of one meeting


@pytest.mark.parametrize("first", ["printed", "page"])
def test_two_renderings_become_one_meeting_in_either_order(
    first: str, take: Take, officer: Person, panel: Committee
) -> None:
    texts = [PRINTED, PAGE] if first == "printed" else [PAGE, PRINTED]
    documents = [take(text, f"{n}.txt") for n, text in enumerate(texts)]
    settle(documents[0], officer)
    assert queries.joins(documents[0]) == []
    meeting = confirm_document(documents[0], panel, officer, are_confirmed=False)
    assert meeting.is_truncated == (first == "page")
    settle(documents[1], officer)
    found = queries.joins(documents[1])
    assert [each.meeting for each in found] == [meeting]
    assert found[0].why == "5 of 5 minute numbers with their titles are those of this meeting."
    assert confirm_document(documents[1], found[0].meeting, officer, are_confirmed=False) == meeting
    meeting.refresh_from_db()
    assert (meeting.day, meeting.is_truncated) == (date(2017, 9, 13), False)
    last = meeting.items.get(number="289")
    assert "a further update in 6 months' time." in last.minute
    assert "view the full" not in last.minute
    assert "9.00am on the working day before" in meeting.items.get(number="287").planned
    assert meeting.items.count() == 5 and meeting.asks.count() == 3
    assert meeting.attendance.count() == 5 and meeting.declarations.count() == 1
    assert [each.pk for each in queries.sources_of(meeting)] == [each.pk for each in documents]
    panel.refresh_from_db()
    assert (panel.participation_rule, panel.participation_days, panel.participation_time) == (
        "working_days",
        1,
        time(9),
    )
    assert panel.participation_to == "Head of Invented Services"


def test_the_date_of_a_page_is_never_guessed_and_one_entered_gives_way_to_one_stated(
    take: Take, officer: Person, panel: Committee
) -> None:
    page = take(PAGE)
    day = page.fields.get(field="date")
    assert day.value is None
    assert day.doubt == (
        "The date is not stated. The deadline for public participation fits 13 September 2017."
    )
    accept_certain(page, officer)
    decide_field(page.fields.get(field="declarations"), "accepted", officer)
    decide_field(day, "corrected", officer, corrected="2017-09-14")
    meeting = confirm_document(page, panel, officer, are_confirmed=False)
    assert (meeting.day, meeting.day_is_inferred) == (date(2017, 9, 14), True)
    printed = take(PRINTED)
    settle(printed, officer)
    confirm_document(printed, meeting, officer, are_confirmed=False)
    meeting.refresh_from_db()
    assert (meeting.day, meeting.day_is_inferred) == (date(2017, 9, 13), False)


def test_what_the_meeting_had_is_kept_and_said(
    take: Take, officer: Person, panel: Committee
) -> None:
    first, second = take(PRINTED), take(PRINTED.replace("10.00 am", "10.30 am"), "other.md")
    for each in (first, second):
        settle(each, officer)
    meeting = confirm_document(first, panel, officer, are_confirmed=False)
    confirm_document(second, meeting, officer, are_confirmed=False)
    second.refresh_from_db()
    assert second.state_reason == "The start stays 10:00; here it is 10:30."


def test_a_draft_does_not_change_confirmed_minutes(
    take: Take, officer: Person, panel: Committee
) -> None:
    first, second = take(PAGE), take(PRINTED)
    for each in (first, second):
        settle(each, officer)
    meeting = confirm_document(first, panel, officer, are_confirmed=True)
    with pytest.raises(ValidationError, match="a draft does not change them"):
        confirm_document(second, meeting, officer, are_confirmed=False)
    confirm_document(second, meeting, officer, are_confirmed=True)
    assert "further update" in meeting.items.get(number="289").minute


@pytest.mark.shared
@pytest.mark.skipif(not PAPERS.exists(), reason="the papers are not beside the checkout")
def test_p0_and_p2_become_one_meeting(take: Take, officer: Person, panel: Committee) -> None:
    printed, page = (
        take(next(PAPERS.glob(f"{number}_*.txt")).read_bytes(), f"{number}.txt")
        for number in ("000", "002")
    )
    settle(printed, officer)
    meeting = confirm_document(printed, panel, officer, are_confirmed=False)
    before = meeting.items.get(number="289").minute
    settle(page, officer)
    assert [each.meeting for each in queries.joins(page)] == [meeting]
    confirm_document(page, meeting, officer, are_confirmed=False)
    assert meeting.items.get(number="289").minute == before
    assert meeting.asks.filter(kind="request").count() == 8
    panel.refresh_from_db()
    assert (panel.participation_days, panel.participation_time) == (1, time(9))
    assert page.is_truncated and not printed.is_truncated


# --- One file, once; set aside; the alarm


def test_the_same_file_twice_is_one_document(take: Take, officer: Person) -> None:
    document = take(PRINTED)
    with pytest.raises(AlreadyGivenError) as given:
        take(PRINTED, "again.md")
    assert given.value.document == document
    set_aside(document, "the wrong file")
    assert take(PRINTED, "again.md").pk != document.pk
    assert PaperFile.objects.count() == 1


NAMED = PRINTED.replace("None.", "The mother of Poppy Example, born on 3 May 2009, spoke.")


def test_a_document_that_may_name_a_child_is_hidden_until_a_person_has_looked(
    take: Take, officer: Person
) -> None:
    document = take(NAMED)
    assert document.alarm == (
        "This may tell who a child or family is: it seems to hold a date of birth (line 23) and a name "
        "beside a family tie (line 23)."
    )
    assert document.text == [] and not document.fields.exists()
    assert "Poppy" not in str(list(AuditEntry.objects.values_list("after", flat=True)))
    for act in (
        lambda: accept_certain(document, officer),
        lambda: add_field(document, "chair", "X", officer),
    ):
        with pytest.raises(ValidationError, match="hidden until somebody"):
            act()
    with pytest.raises(ValidationError, match="Say why"):
        clear_alarm(document, " ", officer, read=read_document)
    clear_alarm(document, "Poppy Example is a made-up case.", officer, read=read_document)
    document.refresh_from_db()
    assert document.cleared_by == officer and document.text and document.fields.exists()
    entry = AuditEntry.objects.filter(subject="scrutiny_document", verb="update").latest("pk")
    assert entry.reason == "Poppy Example is a made-up case."
    with pytest.raises(ValidationError, match="already"):
        clear_alarm(document, "again", officer, read=read_document)


def test_one_that_names_a_child_is_removed_for_good(take: Take, officer: Person) -> None:
    document = take(NAMED, "Poppy Example.md")
    remove_document(document, "it names a child")
    document.refresh_from_db()
    assert (document.state, document.name, document.text) == ("set_aside", "removed", [])
    file = PaperFile.objects.get()
    assert (bytes(file.data), file.size, file.name) == (b"", 0, "removed")
    # Given again, it is there again: what was removed cannot stand for it.
    again = take(NAMED)
    assert bytes(PaperFile.objects.get(pk=again.file_id).data) == NAMED.encode()


def test_a_private_item_is_not_accepted_as_it_is(
    take: Take, officer: Person, panel: Committee
) -> None:
    document = take(PRINTED)
    item = document.fields.filter(field="items").last()
    assert item
    ReadField.objects.filter(pk=item.pk).update(value={**item.value, "restricted": True}, doubt="x")
    item.refresh_from_db()
    settle_but = queries.undecided(document).exclude(pk=item.pk)
    accept_certain(document, officer)
    for each in settle_but:
        decide_field(each, "accepted", officer)
    with pytest.raises(ValidationError, match="marks this item as private"):
        decide_field(item, "accepted", officer)
    private = {
        **item.value,
        "privacy": "exempt",
        "paragraph": 2,
        "why_exempt": "It tells of people.",
    }
    decide_field(item, "corrected", officer, corrected=private)
    meeting = confirm_document(document, panel, officer, are_confirmed=False)
    assert meeting.items.get(number="289").privacy == "exempt"
    assert set(meeting.asks.values_list("privacy", flat=True)) == {"exempt"}


def test_nothing_is_written_where_confirming_fails(
    take: Take, officer: Person, panel: Committee, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = take(PRINTED)
    settle(document, officer)

    def broken(*_: object, **__: object) -> None:
        raise ValidationError("no")

    monkeypatch.setattr("sightline.service.scrutiny.reading.meeting.make_ask", broken)
    with pytest.raises(ValidationError):
        confirm_document(document, panel, officer, are_confirmed=False)
    assert connection.in_atomic_block
    for model in (Meeting, Attendance, Declaration, Ask):
        assert not model.objects.exists()
    document.refresh_from_db()
    assert document.state == "read"


@pytest.mark.parametrize(
    ("state", "day", "said"),
    [("planned", "2090-09-13", "still to come"), ("open", "2017-09-13", "is being held")],
)
def test_no_document_makes_minutes_of_a_meeting_that_is_not_over(
    take: Take, panel: Committee, officer: Person, state: str, day: str, said: str
) -> None:
    meeting = Meeting.objects.create(committee=panel, day=day, state=state)
    document = take(PRINTED)
    settle(document, officer)
    with pytest.raises(ValidationError, match=said):
        confirm_document(document, meeting, officer, are_confirmed=False)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.minutes_state, meeting.items.count()) == (state, "none", 0)


def test_numbers_that_run_by_their_first_part_are_counted_so_from_the_first_document(
    take: Take, panel: Committee, officer: Person
) -> None:
    before = Meeting.objects.create(committee=panel, day="2017-05-01", state="held")
    before.items.create(position=1, number="52/17", running=17, title="An item")
    document = take(PRINTED)
    settle(document, officer)
    items = [
        {
            "number": f"{n}/17",
            "title": f"Item {n}",
            "text": "Words.",
            "agenda": "",
            "restricted": False,
        }
        for n in (53, 54)
    ]
    document.fields.filter(field="items").delete()
    for each in items:
        add_field(document, "items", each, officer)
    meeting = confirm_document(document, panel, officer, are_confirmed=False)
    assert list(before.items.values_list("running", flat=True)) == [52]
    assert list(meeting.items.order_by("position").values_list("running", flat=True)) == [53, 54]


def test_bytes_that_were_removed_are_whole_where_they_are_given_once_more(
    take: Take, officer: Person
) -> None:
    document = take(NAMED)
    remove_document(document, "It names a child.")
    kept = keep_file(NAMED.encode(), "again.md", "text/markdown")
    assert (bytes(kept.data), kept.name, kept.size) == (
        NAMED.encode(),
        "again.md",
        len(NAMED.encode()),
    )
