"""A tracker kept as a table: read by its headings, checked row by row, stored whole or not at all."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sightline.service.accounts.models import Person
from sightline.service.scrutiny.asks.importing import MOST_ROWS, TrackerError, read_tracker
from sightline.service.scrutiny.models import Ask, Committee

HEAD = "Ref,Recommendation,Date,Lead officer,Due date,Status,Colour\r\n"
RIGHT = (
    "Our tracker,,,,,,\r\n" + HEAD + "SR1,Data on waits,13/09/2017,Invented service_manager,"
    "31/03/2018,Ongoing,blue\r\nSR2,The plan,13 September 2017,Somebody Else,in six months,,\r\n"
)


def _read(text: str, **more: Any) -> Any:
    return read_tracker("tracker.csv", text.encode(), **more)


def test_rows_are_read_by_headings_wherever_they_begin() -> None:
    found = _read(RIGHT, leads={"invented service_manager": 7})
    assert found.wrong == []
    first, second = found.right
    assert (first.number, second.number) == (3, 4)
    assert first.values["due"] == ("2018-03-31", "")
    assert first.values["made_on"] == "2017-09-13"
    assert (first.values["state"], first.values["lead_id"]) == ("in_progress", 7)
    assert second.values["due"] == ("", "in six months")
    assert (second.values["state"], second.values["lead_id"]) == ("sent", None)
    assert "Somebody Else" in second.values["note"]
    assert found.unknown == ("Colour",)


@pytest.mark.parametrize("kind", ["date", "text"])
def test_a_workbook_is_read_too(kind: str) -> None:
    import xlsxwriter

    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    book.add_worksheet("Notes").write_row(0, 0, ["Read me"])
    sheet = book.add_worksheet("Tracker")
    sheet.write_row(0, 0, ["Minute number", "Action required", "Deadline"])
    sheet.write_row(1, 0, [289, "Data on waits"])
    if kind == "date":
        sheet.write_datetime(1, 2, date(2018, 3, 31), book.add_format({"num_format": "dd/mm/yyyy"}))
    else:
        sheet.write(1, 2, "31/03/2018")
    book.close()
    (row,) = read_tracker("tracker.xlsx", file.getvalue()).right
    assert row.values["reference"] == "289"
    assert row.values["due"] == ("2018-03-31", "")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (",Data,,,,,", "Reference is empty."),
        ("SR9,,,,,,", "Request is empty."),
        ("SR9,Data,32/01/2018,,,,", "“32/01/2018” is no date"),
        ("SR9,Data,,,,Purple,", "“Purple” is not known"),
        ("SR9,Data,,,,Closed,", "the committee closes a request"),
        ("SR1,Data,,,,,", "“SR1” stands in row 3 already"),
        ("OLD,Data,,,,,", "“OLD” is in the tracker already"),
        (f"{'9' * 41},Data,,,,,", "longer than 40 characters"),
        ("SR9,The child was born on 3 May 2009,,,,,", "date of birth"),
    ],
)
def test_each_wrong_row_is_told_with_its_number_and_value(row: str, said: str) -> None:
    found = _read(RIGHT + row + "\r\n", taken=frozenset({"OLD"}))
    (wrong,) = found.wrong
    assert wrong.number == 5
    assert said in " ".join(wrong.problems)
    assert "3 May 2009" not in " ".join(wrong.problems)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("t.csv", b"", "no row of headings"),
        ("t.csv", b"a,b\r\n1,2\r\n", "no row of headings"),
        ("t.csv", HEAD.encode(), "no row below"),
        ("t.csv", b"\x81\x8d" * 30, "neither CSV nor a workbook"),
        ("t.xlsx", b"PK not really", "cannot be read as a workbook"),
        ("t.csv", b"x" * 2_000_001, "larger than"),
        ("t.csv", (HEAD + "A,B\r\n" * (MOST_ROWS + 1)).encode(), "at most"),
    ],
)
def test_what_is_no_tracker_says_so(name: str, data: bytes, said: str) -> None:
    with pytest.raises(TrackerError, match=said):
        read_tracker(name, data)


@pytest.mark.django_db
def test_nothing_is_stored_until_a_person_says_so(
    client_of: Callable[[Person], Client],
    officer: Person,
    lead: Person,
    make_person: Callable[..., Person],
    panel: Committee,
) -> None:
    client, address = client_of(officer), reverse("import-requests")
    wrong = RIGHT + "SR3,Data,32/01/2018,,,,\r\n"

    def upload(text: str) -> Any:
        file = SimpleUploadedFile("tracker.csv", text.encode())
        return client.post(address, {"committee": panel.pk, "file": file})

    page = upload(wrong)
    assert page.context["form"].errors == {}
    assert "Row 5" in page.content.decode()
    assert "32/01/2018" in page.content.decode()
    assert not Ask.objects.exists()
    rows = page.context["rows"]
    for changed in ("x" + rows, "nonsense"):
        client.post(address, {"rows": changed})
    client_of(make_person("scrutiny_officer", email="other@example.org")).post(
        address, {"rows": rows}
    )
    assert not Ask.objects.exists()
    client.post(address, {"rows": rows})
    first, second = Ask.objects.order_by("reference")
    assert (first.reference, first.lead, str(first.due)) == ("SR1", lead, "2018-03-31")
    assert first.origin == "tracker.csv, row 3"
    assert (second.due, second.lead) == (date(2018, 3, 13), None)
    assert second.due_rule.startswith("A computed date")
    assert second.steps.filter(why__contains="Somebody Else").exists()
    client.post(address, {"rows": rows})
    assert Ask.objects.count() == 2
    page = upload("nothing")
    assert "no row of headings" in page.content.decode()
    client.get(address)
    assert upload("x" * 2_100_000).status_code == 302
    assert "The file is larger than 2 MB." in client.get(address).content.decode()
    board = Committee.objects.create(name="B", slug="b", kind="board")
    manager = client_of(make_person("board_manager"))
    form = manager.get(address).context["form"]
    assert list(form.fields["committee"].queryset) == [board]
