"""The search: whatever is typed is answered; the best comes first; lists narrow."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.scrutiny.public.council import LONG_AGO, Council
from sightline.service.scrutiny.models import Committee, Item, Meeting, PublishedText
from sightline.service.scrutiny.public import search

pytestmark = pytest.mark.django_db

ODD = [
    "",
    " ",
    '"',
    '""',
    '"""',
    "'",
    "*",
    "NEAR(a b)",
    "a AND",
    "OR",
    "NOT x",
    "title:x",
    "-x",
    "(",
    ")",
    "a*",
    "^x",
    "x" * 5000,
    "😀",
    "é",
    "\x00",
    "\x02",
    "%",
    "_",
    "\\",
    "a & b | c !d <-> e",
    ":*",
    "285/17",
    "<script>",
    "²",
    "ﬁ",
    "a b c d e f g h i j k l m n o p",
    "the",
    "of the",
    '"of the"',
    "١٢٣",
    "ا",
    "\u200b",
    "\ud800".encode("utf-8", "replace").decode(),
]


@pytest.mark.parametrize("asked", ODD)
def test_nothing_that_is_typed_is_an_error(council: Council, client: Client, asked: str) -> None:
    search.publish_all()
    assert client.get(reverse("public-search"), {"q": asked}).status_code == 200


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=60))
def test_nor_anything_else(council: Council, asked: str) -> None:
    found = search.find(asked.replace("\0", ""))
    search.hits(found, found.keys[:5])


@pytest.fixture
def published(council: Council) -> Council:
    for number, (title, minute) in enumerate(
        [
            ("Waiting times", "Children waited for treatment. " * 5),
            (
                "Other business",
                "Waiting was mentioned once among many other words of this long minute. " * 3,
            ),
            ("Ofsted", "The inspector's letter was received & <b>noted</b>."),
        ]
    ):
        Item.objects.create(meeting=council.past, position=10 + number, title=title, minute=minute)
    search.publish_all()
    return council


def titles(asked: str, **narrowed: Any) -> list[str]:
    found = search.find(asked, **narrowed)
    return [hit.title for hit in search.hits(found, found.keys)]


def test_what_has_the_words_in_its_title_comes_first(published: Council) -> None:
    assert titles("waiting")[:2] == ["Waiting times", "Other business"]
    assert titles("waits")[0] == "Waiting times", "by the stem of a word"


def test_words_in_quotation_marks_follow_each_other(published: Council) -> None:
    assert titles('"for treatment"') == ["Waiting times"]
    assert titles('"treatment waited"') == []


def test_where_nothing_has_every_word_what_has_one_is_told(
    published: Council, client: Client
) -> None:
    page = client.get(reverse("public-search"), {"q": "inspector zebra"})
    assert "Nothing has all of these words" in page.content.decode()
    assert [hit.title for hit in page.context["page"]] == ["Ofsted"]


def test_found_words_are_marked_and_nothing_runs(published: Council) -> None:
    found = search.find("noted inspector")
    (hit,) = search.hits(found, found.keys)
    assert "<mark>noted</mark>" in hit.snippet
    assert "&amp;" in hit.snippet and "<b>" not in hit.snippet


def test_it_narrows_by_committee_kind_and_year(published: Council) -> None:
    assert titles("interviews", kind="minutes") == ["285 Return interviews"]
    assert titles("interviews", kind="requests") == [
        "285a That comparative data on return interviews be supplied."
    ]
    assert titles("definition", kind="answers") == ["Answer to 285b That the definition be given."]
    assert titles("interviews", year=LONG_AGO.year, kind="minutes") == ["285 Return interviews"]
    assert titles("interviews", year=1999) == []
    assert titles("interviews", committee=published.panel.slug, kind="minutes")
    assert titles("interviews", committee="no-such") == []
    assert titles("interviews", kind="no-such") == []


def test_a_meeting_is_found_from_its_publication_on(council: Council) -> None:
    meeting = Meeting.objects.create(
        committee=council.panel, day=LONG_AGO, state="held", minutes_state="draft"
    )
    item = Item.objects.create(
        meeting=meeting, position=1, title="Zebras", minute="A zebra was seen."
    )
    search.publish_texts(meeting)
    assert titles("zebra") == []
    Meeting.objects.filter(pk=meeting.pk).update(minutes_state="confirmed")
    search.publish_texts(meeting)
    assert titles("zebra") == ["Zebras"]
    Item.objects.filter(pk=item.pk).update(minute="An okapi was seen.", title="Okapis")
    search.publish_texts(meeting)
    assert (titles("zebra"), titles("okapi")) == ([], ["Okapis"])


def test_the_index_keeps_in_step_with_its_table(published: Council) -> None:
    """On SQLite by triggers: of one row, of many at once, and of a whole committee that goes."""
    row = PublishedText.objects.get(title="Ofsted")
    PublishedText.objects.filter(pk=row.pk).update(text="A heron flew.")
    assert (titles("inspector"), titles("heron")) == ([], ["Ofsted"])
    PublishedText.objects.all().delete()
    assert titles("heron") == []
    assert search.publish_all() == PublishedText.objects.count() > 5


def test_of_a_frequent_word_the_newest_are_ranked(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "MOST", 3)
    for number in range(6):
        Item.objects.create(
            meeting=council.past, position=20 + number, title=f"Badger {number}", minute="Badger."
        )
    search.publish_all()
    found = search.find("badger")
    assert (len(found.keys), found.more) == (3, True)


def test_another_committee_is_another_list(published: Council) -> None:
    other = Committee.objects.create(name="Other", slug="other", kind="scrutiny")
    assert titles("waiting", committee=other.slug) == []
