"""Every form that minutes take: invented papers of invented councils, and the five real ones."""

import json
import re
from pathlib import Path

import pytest

from sightline.intake.minutes import read
from sightline.intake.minutes.score import LISTS, SINGLE, Score, compare, pairs, score

FORMS = Path(__file__).parent / "forms"
PAPERS = Path(__file__).parents[4] / "shared" / "papers"
TEXTS = pairs(FORMS)


def words(text):
    return re.sub(r"\W+", "", text).casefold()


def test_there_is_a_paper_for_every_form():
    assert len(TEXTS) >= 25


@pytest.mark.parametrize("text, record", TEXTS, ids=[text.stem for text, _ in TEXTS])
def test_form_is_read_as_expected(text, record):
    result = Score()
    compare(read(text).to_json(), json.loads(record.read_text("utf-8")), text.name, result)
    assert result.misses == []


@pytest.mark.parametrize("text, record", TEXTS, ids=[text.stem for text, _ in TEXTS])
def test_expected_words_stand_in_the_text(text, record):
    printed = words(re.sub(r"-\n(?=[a-z])", "", text.read_text("utf-8")))
    expected = json.loads(record.read_text("utf-8"))
    for item in expected["items"]:
        assert all(words(part) in printed for part in item["title"].split()), item
    for ask in expected["asks"]:
        assert (
            words(ask["text"]) in printed
            or "inter-" in ask["text"]
            or len(ask["text"].split()) > 15
        )


@pytest.mark.parametrize("text", [text for text, _ in TEXTS], ids=[text.stem for text, _ in TEXTS])
def test_every_value_keeps_words_and_a_place_in_the_text(text):
    lines = text.read_text("utf-8").split("\n")
    minutes = read(text)
    kept = [
        *(
            each.quotation
            for each in (minutes.committee, minutes.date, minutes.venue, minutes.chair)
            if each
        ),
        *(
            each.quotation
            for each in (*minutes.present, *minutes.apologies, *minutes.in_attendance)
        ),
        *(each.quotation for each in (*minutes.items, *minutes.declarations, *minutes.asks)),
    ]
    assert kept
    for quotation in kept:
        number = re.fullmatch(r"line (\d+)", quotation.place)
        assert number, quotation
        assert quotation.words
        near = words(" ".join(lines[int(number[1]) - 1 : int(number[1]) + 12]))
        first = words(quotation.words.split()[0])
        assert first in near, quotation


def test_nothing_is_made_up_for_a_page_that_says_little():
    minutes = read(FORMS / "single_item_page.txt").to_json()
    assert all(minutes[key] is None for key in SINGLE if key != "truncated")
    assert minutes["present"] == minutes["apologies"] == minutes["declarations"] == []


def test_a_missing_number_and_an_item_that_is_not_there_are_doubts():
    doubts = read(FORMS / "minute_word_and_adjourned.txt").doubts
    assert any("After 24 comes 26" in each.message for each in doubts)
    doubts = read(FORMS / "agenda_only_page.txt").doubts
    assert any("agenda of 3 items" in each.message for each in doubts)


def test_text_of_an_item_is_kept_apart_from_the_agendas():
    item = read(FORMS / "moderngov_text_slash_numbers.txt").items[1]
    assert [each.words for each in item.agenda] == ["To receive any declarations of interest."]
    assert "Councillor G Rowse" in [each.words for each in item.text]


@pytest.mark.shared
def test_the_five_papers_are_read_to_their_records():
    result = score(PAPERS)
    assert result.files == 5
    assert [name for name, tally in result.fields.items() if tally.right < tally.expected] == []
    assert [name for name, tally in result.fields.items() if tally.right < tally.found] == []


@pytest.mark.shared
def test_json_has_the_keys_of_the_expected_records():
    for text, record in pairs(PAPERS):
        expected = json.loads(record.read_text("utf-8"))
        given = read(text).to_json()
        assert list(given) == [key for key in expected if not key.startswith("_")]
        assert set(given) == {*SINGLE, *LISTS}


@pytest.mark.shared
def test_the_wrong_reference_of_a_real_paper_is_kept_and_doubted():
    minutes = read(PAPERS / "004_fe7a066230bcc85e.txt")
    assert minutes.declarations[0].item == "CS.06"
    assert any("no item CS.06" in each.message for each in minutes.doubts)
