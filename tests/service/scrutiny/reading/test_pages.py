"""The pages of documents: given, decided field by field, confirmed, hidden, set aside."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from service.scrutiny.reading.conftest import PAGE, PRINTED
from service.scrutiny.reading.test_confirming import NAMED, settle
from sightline.service.accounts.models import Person
from sightline.service.audit.models import AuditEntry
from sightline.service.scrutiny.models import Committee, Document, Meeting, PaperFile
from sightline.service.scrutiny.reading import actions, queries

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

Take = Callable[..., Document]


@pytest.fixture
def client(officer: Person, client_of: Callable[[Person], Client]) -> Client:
    return client_of(officer)


def decide_all(client: Client, document: Document, decision: str = "accepted") -> None:
    for part in ("about", "people", "items", "interests", "requests"):
        address = reverse("document", args=[document.pk]) + f"?part={part}"
        rows = client.get(address).context["rows"]
        sent: dict[str, Any] = {}
        for row in rows:
            if row.needs_decision:
                sent[f"decision-{row.field.pk}"] = decision if row.may_accept else "rejected"
                sent[f"version-{row.field.pk}"] = row.field.version
        assert client.post(address, sent).status_code == 302


def test_from_a_file_to_a_meeting(client: Client, panel: Committee) -> None:
    file = io.BytesIO(PRINTED.encode())
    file.name = "minutes.md"
    answer = client.post(reverse("give-document"), {"file": file, "text": ""})
    document = Document.objects.get()
    assert answer.url == reverse("document", args=[document.pk])  # type: ignore[attr-defined]
    page = client.get(answer.url)  # type: ignore[attr-defined]
    text = page.content.decode()
    assert 'href="#at-2"' in text and 'id="at-2"' in text
    assert "checked" not in text
    refused = client.get(reverse("confirm-document", args=[document.pk]))
    assert refused.status_code == 302
    client.post(reverse("accept-certain", args=[document.pk]))
    assert [each.field for each in queries.undecided(document)] == ["declarations"]
    decide_all(client, document)
    address = reverse("confirm-document", args=[document.pk])
    page = client.get(address)
    assert page.context["committee"] == panel
    assert "checked" not in page.content.decode()
    nothing_said = client.post(address, {})
    assert set(nothing_said.context["form"].errors) == {"into", "are_confirmed"}
    assert not Meeting.objects.exists()
    done = client.post(address, {"into": "new", "are_confirmed": "no"}, follow=True)
    meeting = Meeting.objects.get()
    assert meeting.minutes_state == "draft" and meeting.asks.count() == 3
    said = done.content.decode()
    assert "declared an interest in item 299, which these minutes do not have" in said
    assert client.post(address, {"into": "new", "are_confirmed": "no"}).status_code == 404
    assert Meeting.objects.count() == 1


def test_a_second_rendering_is_proposed_for_the_same_meeting(
    client: Client, take: Take, officer: Person, panel: Committee
) -> None:
    first, second = take(PRINTED), take(PAGE, "page.txt")
    for each in (first, second):
        settle(each, officer)
    meeting = actions.confirm_document(first, panel, officer, are_confirmed=False)
    address = reverse("confirm-document", args=[second.pk])
    choices = client.get(address).context["form"].fields["into"].choices
    assert [value for value, _ in choices] == [str(meeting.pk), "new"]
    done = client.post(address, {"into": meeting.pk, "are_confirmed": "no"}, follow=True)
    assert "The meeting has 2 sources" in done.content.decode()
    assert Meeting.objects.get() == meeting


def test_text_is_pasted(client: Client) -> None:
    client.post(reverse("give-document"), {"text": PRINTED})
    assert Document.objects.get().name == "pasted text"
    again = client.post(reverse("give-document"), {"text": PRINTED}, follow=True)
    assert "was given before" in again.content.decode() and Document.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Choose a file, or paste the text of the minutes"),
        ({"text": "   "}, "Choose a file, or paste the text of the minutes"),
        ({"text": "Hello."}, "pasted text: no minutes were found in it."),
        ({"text": "x" * 300_001}, "must be 300,000 characters or fewer"),
        ({"file": b"%PDF-1.4 broken"}, "the PDF is damaged or locked"),
        ({"file": b"PK\x03\x04rest"}, "is a Word document or an archive"),
        ({"file": b""}, "The file is empty"),
        ({"file": PRINTED.encode(), "text": "x"}, "Give a file or paste the text, not both"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence_and_nothing_is_kept(
    sent: dict[str, Any], said: str, client: Client
) -> None:
    if "file" in sent:
        file = io.BytesIO(sent["file"])
        file.name = "given.bin"
        sent = {**sent, "file": file}
    answer = client.post(reverse("give-document"), sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Document.objects.exists() and not PaperFile.objects.exists()


def test_one_that_is_too_large_is_refused_before_it_is_read(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sightline.service.scrutiny.reading.uploads.MOST_BYTES", 1000)
    monkeypatch.setattr("sightline.service.scrutiny.reading.uploads._BESIDE_THE_FILE", 1000)
    file = io.BytesIO(b"x" * 5000)
    file.name = "large.txt"
    assert client.post(reverse("give-document"), {"file": file}).status_code == 413
    monkeypatch.setattr("sightline.service.scrutiny.reading.uploads._BESIDE_THE_FILE", 10**6)
    file.seek(0)
    assert client.post(reverse("give-document"), {"file": file}).status_code == 413
    assert not Document.objects.exists()


def test_putting_fields_right(client: Client, take: Take) -> None:
    document = take(PAGE)
    sent: dict[str, dict[str, Any]] = {
        "date": {"value_day": "13", "value_month": "9", "value_year": "2017"},
        "start": {"value": "10.30"},
        "council": {"value": "Invented Council"},
        "participation": {"time": "09:00", "days": "2", "rule": "days", "to": ""},
        "apologies": {"value": "Mr B Althorpe"},
        "declarations": {"member": "Mr J P Champion", "item": "286", "left_meeting": ""},
    }
    for name, said in sent.items():
        field = document.fields.filter(field=name)[0]
        address = reverse("correct-field", args=[document.pk, field.pk])
        assert client.get(address).status_code == 200
        answer = client.post(address, {**said, "version": field.version})
        assert answer.status_code == 302, (name, answer.context["form"].errors)
    values = queries.decided_values(document)
    assert values["date"] == ["2017-09-13"] and values["start"] == ["10:30"]
    assert values["participation"][0]["rule"] == "days"
    assert values["declarations"][0]["left_meeting"] is None
    field = document.fields.get(field="date")
    late = reverse("correct-field", args=[document.pk, field.pk])
    stale = client.post(late, {**sent["date"], "value_day": "14", "version": 1}, follow=True)
    assert "Somebody else decided this meanwhile" in stale.content.decode()
    assert queries.decided_values(document)["date"] == ["2017-09-13"]


def test_an_item_is_put_right_with_its_text(client: Client, take: Take) -> None:
    document = take(PRINTED)
    field = document.fields.filter(field="items")[4]
    address = reverse("correct-field", args=[document.pk, field.pk])
    begins = client.get(address).context["form"].initial
    assert begins["privacy"] == "public" and "\n\n" in begins["text"]
    sent = {**begins, "privacy": "exempt", "number": "289", "version": field.version}
    sent = {key: value for key, value in sent.items() if value is not None}
    wrong = client.post(address, sent)
    assert set(wrong.context["form"].errors) == {"paragraph", "why_exempt"}
    client.post(address, {**sent, "paragraph": "2", "why_exempt": "It tells of people."})
    value = queries.decided_values(document)["items"][0]
    assert (value["privacy"], value["paragraph"], value["restricted"]) == ("exempt", 2, True)


def test_what_was_not_found_is_entered_by_hand(client: Client, take: Take) -> None:
    document = take(PRINTED)
    address = reverse("add-field", args=[document.pk, "asks"])
    client.post(address, {"text": "A list of plans.", "kind": "request", "item": "289"})
    assert queries.decided_values(document)["asks"][0]["text"] == "A list of plans."
    assert client.get(reverse("add-field", args=[document.pk, "date"])).status_code == 404


def test_two_who_decide_at_once(client: Client, take: Take, officer: Person) -> None:
    document = take(PRINTED)
    field = document.fields.get(field="chair")
    actions.decide_field(field, "rejected", officer)
    sent = {f"decision-{field.pk}": "accepted", f"version-{field.pk}": "1"}
    answer = client.post(reverse("document", args=[document.pk]), sent, follow=True)
    assert "was decided by somebody else meanwhile" in answer.content.decode()
    field.refresh_from_db()
    assert field.decision == "rejected"


def test_a_hidden_document_shows_none_of_its_words(client: Client, take: Take) -> None:
    document = take(NAMED)
    pages = [reverse("document", args=[document.pk]), reverse("documents")]
    pages += [reverse("clear-document", args=[document.pk])]
    for address in pages:
        assert "Poppy" not in client.get(address).content.decode(), address
    assert document.name not in client.get(pages[1]).content.decode()  # it may tell of a child too
    for name in ("document-file", "confirm-document", "set-aside-document"):
        assert client.get(reverse(name, args=[document.pk])).status_code == 404
    address = reverse("clear-document", args=[document.pk])
    before = AuditEntry.objects.filter(verb="view").count()
    assert "Poppy" in client.get(f"{address}?look=1").content.decode()
    assert AuditEntry.objects.filter(verb="view").count() == before + 1
    assert set(client.post(address, {}).context["form"].errors) == {"found", "why"}
    client.post(address, {"found": "clear", "why": "an example"})
    assert "Poppy" in client.get(reverse("document", args=[document.pk])).content.decode()
    other = take(NAMED + "\n", "other.md")
    client.post(
        reverse("clear-document", args=[other.pk]), {"found": "remove", "why": "names a child"}
    )
    other.refresh_from_db()
    assert other.state == "set_aside" and not other.file.size


def test_the_file_is_given_to_be_saved_and_never_shown(client: Client, take: Take) -> None:
    document = take(PRINTED)
    answer = client.get(reverse("document-file", args=[document.pk]))
    assert answer.content == PRINTED.encode()
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert answer.headers["Content-Type"] == "application/octet-stream"


def test_setting_aside(client: Client, take: Take) -> None:
    document = take(PRINTED)
    address = reverse("set-aside-document", args=[document.pk])
    assert client.post(address, {"why": ""}).context["form"].errors
    client.post(address, {"why": "the wrong file"})
    listed = client.get(reverse("documents") + "?state=set_aside").content.decode()
    assert "the wrong file" in listed
    assert client.post(address, {"why": "again"}).status_code == 404


def test_whose_document_it_is(
    take: Take,
    officer: Person,
    panel: Committee,
    make_person: Callable[..., Person],
    client_of: Callable[[Person], Client],
) -> None:
    """A board manager keeps boards alone: sees their own documents, and confirms into no panel."""
    manager = make_person("board_manager")
    client = client_of(manager)
    of_another = take(PRINTED)
    assert client.get(reverse("document", args=[of_another.pk])).status_code == 404
    own = take(PAGE)
    Document.objects.filter(pk=own.pk).update(given_by=manager)
    settle(own, manager)
    assert client.get(reverse("document", args=[own.pk])).status_code == 200
    address = reverse("confirm-document", args=[own.pk])
    asked = client.get(f"{address}?committee={panel.pk}")
    assert "No committee is yours to keep" in asked.content.decode()
    client.post(f"{address}?committee={panel.pk}", {"into": "new", "are_confirmed": "no"})
    assert not Meeting.objects.exists()
    assert client.get(reverse("document-names", args=[panel.slug])).status_code == 403


@pytest.mark.parametrize("name", ["documents", "document"])
def test_pages_ask_the_database_a_fixed_number_of_times(
    name: str, client: Client, take: Take, django_assert_max_num_queries: Any
) -> None:
    document = take(PRINTED)
    for n in range(12):
        take(PRINTED + f"\nP{n}\n", f"{n}.md")
    address = reverse(name, args=[document.pk] if name == "document" else [])
    with django_assert_max_num_queries(14):
        client.get(address + "?part=items" if name == "document" else address)
