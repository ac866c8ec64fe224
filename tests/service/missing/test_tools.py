"""The screening tool as dated data: what it suggests, which edition holds, what a file may not say."""

import os
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.urls import reverse
from django.utils import timezone

from service.missing.conftest import TEXT, People, answers, screened
from sightline.service.accounts.steps import IncompleteError
from sightline.service.children.models import KnownPerson
from sightline.service.missing.actions import screening
from sightline.service.missing.models import Screening
from sightline.service.missing.tools.reading import (
    ToolError,
    edition_of,
    edition_on,
    editions,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
FIRST, SECOND = date(2026, 9, 1), date(2026, 10, 1)
OWN = """
code = "exploitation"
name = "The council's own"

[[edition]]
edition = "Own 1"
since = 2026-11-01
verified = true
source = "Invented Council"

[[edition.level]]
code = "low"
name = "Low"
from = 0
reviewed = false
words = "Nothing now."

[[edition.level]]
code = "high"
name = "High"
from = 1
reviewed = true
words = "Act."

[[edition.part]]
code = "one"
name = "One"

[[edition.part.question]]
code = "asked"
words = "Is it so?"
weight = 1
"""


@pytest.fixture
def own(settings: Any, tmp_path: Path) -> Path:
    """The file of an authority's own tool, in a folder of its own."""
    settings.DEPLOYMENT = replace(django_settings.DEPLOYMENT, store=tmp_path)
    file = tmp_path / "screening.toml"
    file.write_text(OWN, "utf-8")
    return file


def test_each_edition_of_the_example_says_that_it_is_one_and_is_not_verified() -> None:
    assert [each.since for each in editions()] == sorted(each.since for each in editions())
    for each in editions():
        assert not each.verified
        assert "to be replaced by the council's own" in each.source
        assert any(level.reviewed for level in each.levels)


@pytest.mark.parametrize(
    ("given", "level", "unknown", "could_be"),
    [
        ({}, "none", 0, "none"),
        ({"gone": "yes"}, "emerging", 0, "emerging"),
        ({"gone": "possible"}, "none", 0, "none"),
        ({"gone": "possible", "far": "possible"}, "emerging", 0, "emerging"),
        ({"gone": "yes", "older": "yes", "school": "yes"}, "significant", 0, "significant"),
        ({"gone": "yes", "far": "yes", "older": "yes", "carried": "yes"}, "serious", 0, "serious"),
        ({"told": "yes"}, "serious", 0, "serious"),
        ({"hurt": "yes"}, "significant", 0, "significant"),
        ({"told": "possible"}, "none", 0, "none"),
        ({"told": "unknown"}, "none", 1, "serious"),
        ({"gone": "unknown", "school": "unknown"}, "none", 2, "emerging"),
    ],
)
def test_what_answers_suggest_and_that_not_known_is_not_no(
    given: dict[str, str], level: str, unknown: int, could_be: str
) -> None:
    found = edition_on(SECOND).suggest(answers("no", SECOND, **given))
    assert (found.level.code, found.unknown, found.could_be.code) == (level, unknown, could_be)


def test_another_level_than_suggested_needs_a_reason_and_every_question_an_answer(
    child: KnownPerson, people: People
) -> None:
    edition = edition_on(SECOND)
    given = answers("no", SECOND, gone="yes")
    with pytest.raises(IncompleteError, match="another than suggested"):
        screening.screen(child, edition, given, level="serious", by=people.complex)
    with pytest.raises(IncompleteError, match="Answer"):
        screening.screen(child, edition, {**given, "gone": ""}, level="emerging", by=people.complex)
    with pytest.raises(IncompleteError, match="Select the level"):
        screening.screen(child, edition, given, level="high", by=people.complex)
    made = screened(child, people.complex, level="serious")
    assert (made.suggested_level, made.level, made.level_because) == ("emerging", "serious", TEXT)


def test_the_edition_that_answered_stays_with_a_screening(
    child: KnownPerson, people: People, client_of: Any
) -> None:
    made = screened(child, people.complex, FIRST)
    assert (edition_on(FIRST).edition, made.edition) == ("Example 1", "Example 1")
    assert edition_on(SECOND).edition == "Example 2"
    client = client_of(people.complex)
    page = client.get(reverse("screening", args=[made.pk])).content.decode()
    assert "Example 1" in page
    asked = {each.words for each in edition_on(SECOND).questions}
    assert not any(
        words in page for words in asked - {q.words for q in edition_on(FIRST).questions}
    )
    review = client.get(reverse("review-risk", args=[made.pk])).content.decode()
    assert "Significant risk" not in review  # a level of the second edition alone
    with pytest.raises(IncompleteError, match="not in force"):
        screening.screen(
            child, edition_on(SECOND), answers(), level="none", made_on=FIRST, by=people.complex
        )


def test_who_began_under_one_edition_ends_under_it_though_another_holds_by_then(
    child: KnownPerson, people: People, client_of: Any
) -> None:
    sent = {**answers("no", FIRST, gone="yes"), "edition": "Example 1", "suggested": "emerging"}
    client = client_of(people.complex)
    address = reverse("screen-child", args=[child.pk])
    assert client.post(address, {**sent, "edition": "Example 9"}).status_code == 404
    assert client.post(address, {**sent, "level": "emerging"}).status_code == 302
    assert Screening.objects.get().edition == "Example 1"


def test_the_level_is_suggested_before_it_is_decided_and_none_is_chosen_beforehand(
    child: KnownPerson, people: People, client_of: Any
) -> None:
    client = client_of(people.worker)
    address = reverse("screen-child", args=[child.pk])
    page = client.get(address).content.decode()
    assert "checked" not in page
    assert "id_level" not in page
    sent = {**answers("no", gone="yes"), "edition": edition_on(timezone.localdate()).edition}
    page = client.post(address, sent)
    text = page.content.decode()
    assert page.context["suggestion"].level.code == "emerging"
    assert 'name="suggested" value="emerging"' in text
    assert not page.context["form"].errors
    assert not Screening.objects.exists()
    # With other answers, what was decided was decided for another suggestion.
    sent |= {"suggested": "emerging", "level": "emerging", "gone": "no"}
    page = client.post(address, sent)
    assert page.context["suggestion"].level.code == "none"
    assert not Screening.objects.exists()
    client.post(address, {**sent, "suggested": "none", "level": "none"})
    made = Screening.objects.get()
    assert (made.level, made.ended_on) == ("none", made.made_on)


def test_the_authoritys_own_tool_holds_from_its_first_day_and_is_read_anew(own: Path) -> None:
    assert edition_on(date(2026, 10, 31)).edition == "Example 2"
    assert edition_on(date(2026, 11, 1)).edition == "Own 1"
    assert edition_of("exploitation", "Example 1")
    own.write_text(OWN.replace("Own 1", "Own 2"), "utf-8")
    later = own.stat().st_mtime + 5
    os.utime(own, (later, later))
    assert edition_on(date(2026, 11, 1) + timedelta(days=1)).edition == "Own 2"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("from = 1", "from = 0", "each from a higher score"),
        ("weight = 1", 'weight = 1\nat_least = "none"', "names no level: 'none'"),
        ("weight = 1", "weight = 0", "a weight above 0"),
        ('words = "Is it so?"\n', "", "words is missing"),
        ('code = "high"', 'code = "low"', "two levels have one code"),
        ('name = "High"', "name = ", "screening.toml: Invalid value"),
        ('code = "asked"', 'code = "level"', "'level' cannot be a code"),
        ("weight = 1", 'weight = "1"', "screening.toml: .*not supported"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_its_place(
    before: str, after: str, said: str, own: Path
) -> None:
    own.write_text(OWN.replace(before, after), "utf-8")
    later = own.stat().st_mtime + 5
    os.utime(own, (later, later))
    with pytest.raises(ToolError, match=said) as found:
        editions()
    assert "screening.toml" in str(found.value)


def test_a_file_that_is_wrong_stops_new_screenings_and_not_the_reading_of_those_on_record(
    own: Path, child: KnownPerson, people: People, client_of: Any
) -> None:
    made = screened(child, people.complex, FIRST)
    own.write_text("edition =", "utf-8")
    later = own.stat().st_mtime + 5
    os.utime(own, (later, later))
    client = client_of(people.complex)
    page = client.get(reverse("screening", args=[made.pk]))
    assert "Emerging risk" in page.content.decode()
    assert client.get(reverse("chronology", args=[child.pk])).status_code == 200
    answer = client.get(reverse("screen-child", args=[child.pk]), follow=True)
    assert (
        "Nobody can be screened until the tool is mended. screening.toml" in answer.content.decode()
    )
