"""What every page is made of, looked at without a browser."""

import re

import pytest
from django.template.loader import get_template, render_to_string

from service.design.conftest import Pages
from service.design.gallery import EveryField
from sightline.service.design.templatetags.design import beside

ADDRESSES = ("/", "/?wrong", "/done", "/refused", "/stale", "/missing", "/broken")


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_is_inline_and_no_mark_of_a_template_is_left(pages: Pages, address: str) -> None:
    html = pages.get(address)
    assert re.findall(r"<[^>]* style=", html) == []
    assert "<style" not in html
    assert re.findall(r"<script(?![^>]* src=)[^>]*>", html) == []
    assert re.findall(r"<[^>]* on[a-z]+=", html) == []
    assert re.findall(r"\{[%{#]|[%#}]\}", html) == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_id_stands_once_on_a_page_and_what_is_described_is_there(
    pages: Pages, address: str
) -> None:
    html = pages.get(address)
    ids = re.findall(r' id="([^"]*)"', html)
    assert sorted(ids) == sorted(set(ids))
    named = re.findall(r' (?:for|aria-describedby|aria-labelledby|aria-controls)="([^"]*)"', html)
    assert {each for one in named for each in one.split()} <= set(ids)


@pytest.mark.parametrize(
    ("address", "status", "heading"),
    [
        ("/missing", 404, "Page not found"),
        ("/refused", 403, "You cannot open this page"),
        ("/stale", 403, "This page was open for too long"),
        ("/broken", 500, "Sorry, there is a problem"),
    ],
)
def test_an_error_page_says_what_to_do(
    pages: Pages, address: str, status: int, heading: str
) -> None:
    response = pages.response(address)
    html = response.content.decode()
    assert response.status_code == status
    assert f">{heading}</h1>" in html
    assert 'href="/"' in html
    assert "a fault made for a test" not in html


def test_the_pages_for_400_and_500_need_no_context(frame: None) -> None:
    assert "This request could not be read" in get_template("400.html").render()
    assert "Sorry, there is a problem" in get_template("500.html").render()


def test_a_demonstration_says_that_everyone_is_invented(pages: Pages, settings) -> None:  # type: ignore[no-untyped-def]
    said = "Every child, family and member of staff here is invented"
    assert said in pages.get("/done")
    settings.SIGHTLINE_DEMONSTRATION = False
    assert said not in pages.get("/done")


def test_signed_out_there_is_no_navigation_and_no_search(pages: Pages) -> None:
    pages.signed_in = False
    html = pages.get("/done")
    assert "Sign out" not in html
    assert 'role="search"' not in html
    assert "govuk-service-navigation" not in html
    assert "Sign in" in html


def test_the_page_one_is_on_is_marked_in_the_navigation(pages: Pages) -> None:
    marked = re.findall(r'href="([^"]*)" aria-current="(\w+)"><strong', pages.get("/"))
    assert marked == [("/", "page")]


def test_a_form_in_error_says_so_in_its_title(pages: Pages) -> None:
    assert "<title>Error: Every component – Sightline</title>" in pages.get("/?wrong")
    assert "<title>Every component – Sightline</title>" in pages.get("/")


def test_every_field_has_the_markup_of_govuk() -> None:
    html = str(EveryField())
    assert '<label class="govuk-label" for="id_name">Full name</label>' in html
    assert "E-mail address (optional)" in html
    assert 'aria-describedby="id_name_helptext"' in html
    assert '<legend class="govuk-fieldset__legend">What was decided?</legend>' in html
    assert 'class="govuk-input govuk-input--width-4"' in html
    assert 'data-maxlength="200"' in html
    assert html.count('class="govuk-radios__item"') == 3
    assert html.count('class="govuk-checkboxes__item"') == 4
    assert re.findall(r"<[^>]* (?:required|placeholder)[ =>]", html) == []


def test_no_choice_is_made_beforehand() -> None:
    html = str(EveryField())
    assert re.findall(r"<input[^>]* checked", html) == []
    assert re.findall(r"<option[^>]* selected", html) == ['<option value="" selected']


def test_an_error_is_said_above_and_beside_its_field() -> None:
    form = EveryField({"name": ""})
    html = str(form)
    assert html.index("There is a problem") < html.index("id_name")
    assert '<a href="#id_name">Enter full name</a>' in html
    assert 'id="id_name_error" class="govuk-error-message"' in html
    assert '<span class="govuk-visually-hidden">Error:</span> Enter full name' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert "govuk-input--error" in html
    for said in (
        "Select team",
        "Answer “What was decided?”",
        "Upload the return: choose a file",
        "To go on, tick “I have checked this against the record”",
    ):
        assert html.count(said) == 2
    assert "This field is required" not in html


def test_an_error_of_the_whole_form_is_said_once() -> None:
    form = EveryField({})
    form.add_error(None, "The record <was> changed")
    assert str(form).count("The record &lt;was&gt; changed") == 1


@pytest.mark.parametrize(
    ("day", "month", "year", "said"),
    [
        ("", "", "", "Enter date of the visit"),
        ("3", "", "2016", "Date of the visit must include a month"),
        ("", "", "2016", "Date of the visit must include a day and a month"),
        ("31", "2", "2016", "Date of the visit must be a real date"),
        ("three", "2", "2016", "Date of the visit must be a real date"),
        ("3", "2", "16", "Date of the visit must have a year of 4 numbers"),
        ("3", "2", "999999", "Date of the visit must be a real date"),
        ("3", "2", "1000", "Date of the visit must have a year from 1850 to 2049"),
        ("3", "2", "2206", "Date of the visit must have a year from 1850 to 2049"),
    ],
)
def test_a_date_in_three_parts_says_what_is_wrong(
    day: str, month: str, year: str, said: str
) -> None:
    form = EveryField({"seen_day": day, "seen_month": month, "seen_year": year})
    assert form.errors["seen"] == [said]
    for part in (each for each in (day, month, year) if each):
        assert f'value="{part}"' in str(form["seen"])


def test_a_date_in_three_parts_is_a_date() -> None:
    from datetime import date

    form = EveryField({"seen_day": " 3 ", "seen_month": "02", "seen_year": "2016"})
    assert "seen" not in form.errors
    assert form.cleaned_data["seen"] == date(2016, 2, 3)
    shown = str(EveryField(initial={"seen": date(2016, 2, 3)})["seen"])
    assert re.findall(r'value="(\d+)"', shown) == ["3", "2", "2016"]


def test_a_row_of_a_table_has_a_cell_for_each_column() -> None:
    assert list(beside(["a", 1], ["A", "B"])) == [("A", "a"), ("B", 1)]
    with pytest.raises(ValueError, match="must have 2 cells"):
        list(beside(["a"], ["A", "B"]))


def test_what_people_wrote_is_escaped() -> None:
    for name in ("inset_text", "warning_text", "notification_banner", "tag"):
        html = render_to_string(f"design/components/{name}.html", {"text": "<b>&"})
        assert "&lt;b&gt;&amp;" in html


def test_a_mark_against_a_target_has_a_word_and_a_shape_of_its_own() -> None:
    marks = [
        render_to_string("design/components/rag.html", {"level": level})
        for level in ("green", "amber", "red", "grey")
    ]
    shapes = {re.search(r"<svg.*</svg>", mark)[0].split("aria-hidden")[1] for mark in marks}  # type: ignore[index]
    words = {re.sub(r"<[^>]*>", "", mark).strip() for mark in marks}
    assert len(shapes) == 4
    assert words == {"On target", "Near target", "Off target", "No target"}


def test_a_text_that_is_too_long_says_how_long_it_may_be() -> None:
    assert "Reason must be 200 characters or fewer" in str(EveryField({"reason": "x" * 201}))
