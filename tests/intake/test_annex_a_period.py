"""Which days the lists of Annex A are taken to cover: six months, or what notes state and lists show."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from sightline.intake.annex_a import stated_in
from sightline.intake.recognise import read

END = date(2016, 3, 31)
BORN = date(2010, 1, 1)
ENDED = "Child Protection Plan End Date"
CHILD = ["Child Unique ID", "Gender", "Ethnicity"]
SAYS = "The lists cover 1 April 2015 to 31 March 2016."
Write = Callable[..., Path]
Rows = list[list[object]]


def contacts(since: date) -> Rows:
    """A contact every other day from a day to the last."""
    days = [END - timedelta(days=n) for n in range(0, (END - since).days + 1, 2)]
    header = [*CHILD, "Date of Birth", "Age", "Date of Contact", "Contact Source"]
    return [
        [*header],
        *([f"C{n}", "a) Male", "a) WBRI", BORN, 5, day, "6: Police"] for n, day in enumerate(days)),
    ]


def plans(since: date) -> Rows:
    """A plan that ended on each day from a day to the last, and began long before."""
    days = [since + timedelta(days=n) for n in range((END - since).days + 1)]
    begun = date(2014, 5, 1)
    return [
        [*CHILD, "Date of Birth", "Age", "Child Protection Plan Start Date", ENDED],
        *([f"P{n}", "a) Male", "a) WBRI", BORN, 5, begun, day] for n, day in enumerate(days)),
    ]


def covered(*paths: Path, as_at: date | None = None) -> tuple[date, date, str]:
    (reading,) = read(paths, as_at=as_at)
    return reading.period_start, reading.period_end, " ".join(reading.facts)


def test_six_months_are_covered_where_nothing_is_stated(write_workbook: Write) -> None:
    start, end, facts = covered(write_workbook({"List 1": contacts(date(2015, 4, 1))}))
    assert (start, end) == (date(2015, 10, 1), END)
    assert "91 contacts and referrals are from before 2015-10-01" in facts
    _, _, facts = covered(write_workbook({"List 1": contacts(date(2015, 10, 1))}))
    assert "contacts and referrals" not in facts


@pytest.mark.parametrize("sheet", ["About", "Notes", "ReadMe"])
def test_a_year_is_covered_where_notes_state_it_and_the_lists_show_it(
    write_workbook: Write, sheet: str
) -> None:
    year = date(2015, 4, 1)
    notes = [["Made by the data team."], [SAYS]]
    book = write_workbook({sheet: notes, "List 1": contacts(year), "List 7": plans(year)})
    start, end, facts = covered(book)
    assert (start, end) == (year, END)
    assert f"the sheet “{sheet}” says that the lists cover 2015-04-01 to 2016-03-31." in facts


def test_notes_beside_csv_lists_count_too(write_csv: Write, tmp_path: Path) -> None:
    write_csv("lists/list 1.csv", contacts(date(2015, 4, 1)))
    notes = tmp_path / "lists" / "About.txt"
    notes.write_text(SAYS, "utf-8")
    assert covered(tmp_path / "lists")[:2] == (date(2015, 4, 1), END)
    # Notes in another folder are not of these lists.
    notes.rename(tmp_path / "About.txt")
    assert covered(tmp_path)[:2] == (date(2015, 10, 1), END)


def test_no_more_is_covered_than_each_list_shows(write_workbook: Write) -> None:
    book = {"About": [[SAYS]], "List 1": contacts(date(2015, 4, 1))}
    start, _, facts = covered(write_workbook({**book, "List 7": plans(date(2015, 10, 9))}))
    # Ofsted's six months are what the list is asked to hold, however few plans ended.
    assert start == date(2015, 10, 1)
    assert "but List 7 has nothing from before 2015-10-09" in facts
    start, _, facts = covered(write_workbook({**book, "List 7": plans(date(2015, 7, 1))}))
    assert start == date(2015, 7, 1)
    assert "to cover 2015-07-01 on" in facts


def test_a_month_without_a_contact_is_seen(write_workbook: Write) -> None:
    book = {"About": [[SAYS]], "List 1": contacts(date(2015, 5, 1))}
    assert covered(write_workbook(book))[0] == date(2015, 5, 2)


def test_a_quiet_week_and_a_short_list_do_not_contradict_what_is_stated(
    write_workbook: Write,
) -> None:
    book = {"About": [[SAYS]], "List 1": contacts(date(2015, 4, 7)), "List 7": plans(END)}
    assert covered(write_workbook(book))[0] == date(2015, 4, 1)


@pytest.mark.parametrize(
    "stated",
    [
        "The lists cover 1 April 2016 to 31 March 2017.",
        "The lists cover 1 April 2014 to 31 March 2015.",
        "The lists cover 1 April 2015 to 31 May 2016.",
    ],
)
def test_notes_that_are_out_of_date_are_not_believed(write_workbook: Write, stated: str) -> None:
    book = {"About": [[stated]], "List 1": contacts(date(2015, 4, 1))}
    start, end, facts = covered(write_workbook(book))
    assert (start, end) == (date(2015, 10, 1), END)
    assert "but their latest event is of 2016-03-31; it was not used" in facts


def test_the_day_a_person_states_comes_before_that_of_the_notes(write_workbook: Write) -> None:
    book = write_workbook({"About": [[SAYS]], "List 1": contacts(date(2015, 4, 1))})
    start, end, _ = covered(book, as_at=date(2016, 4, 4))
    assert (start, end) == (date(2015, 4, 1), date(2016, 4, 4))


def test_fewer_than_six_months_are_believed(write_workbook: Write) -> None:
    days = ["The lists cover", date(2016, 1, 1), "to", END]
    book = write_workbook({"About": [days], "List 1": contacts(date(2016, 1, 1))})
    assert covered(book)[:2] == (date(2016, 1, 1), END)


def test_of_two_returns_in_one_folder_notes_do_not_say_which_they_are_of(
    write_csv: Write, tmp_path: Path
) -> None:
    earlier = [[*row[:5], row[5] - timedelta(days=366), row[6]] for row in contacts(END)[1:]]  # type: ignore[operator]
    write_csv("a/list 1 2015.csv", [contacts(END)[0], *earlier])
    write_csv("a/list 1 2016.csv", contacts(date(2015, 4, 1)))
    (tmp_path / "a" / "about.txt").write_text(SAYS, "utf-8")
    readings = read([tmp_path / "a"])
    assert [each.period_start for each in readings] == [date(2014, 10, 1), date(2015, 10, 1)]
    assert "were not used, as a list is there twice" in " ".join(readings[0].facts)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (SAYS, (date(2015, 4, 1), END)),
        ("the lists cover from 01/04/2015 until 31/03/2016", (date(2015, 4, 1), END)),
        ("THE LISTS COVER 2015-04-01 – 2016-03-31", (date(2015, 4, 1), END)),
        ("Lists cover 1 Apr 2015\nto 31 Mar 2016", (date(2015, 4, 1), END)),
        ("The lists cover 31 March 2016 to 1 April 2015", None),
        ("The lists cover 31 June 2015 to 31 March 2016", None),
        ("The lists cover six months", None),
    ],
)
def test_days_that_notes_state(text: str, days: tuple[date, date] | None) -> None:
    found = stated_in(text, "About")
    assert (found and (found.start, found.end)) == days
