"""`sightline minutes` and `minutes-score` as people and programs use them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from sightline.cli import group

FORMS = Path(__file__).parents[1] / "intake" / "minutes" / "forms"


def run(*arguments, code=0):
    result = CliRunner().invoke(group, [str(each) for each in arguments])
    assert result.exit_code == code, result.output
    return result


def test_one_file_gives_one_object_and_several_a_list():
    one = run("minutes", FORMS / "inquorate.txt", "--json")
    assert json.loads(one.stdout)["committee"] == "Children's Scrutiny Board"
    assert one.stderr == ""
    two = run(
        "minutes", FORMS / "inquorate.txt", FORMS / "bold_caps_continuing_numbers.txt", "--json"
    )
    assert [each["date"] for each in json.loads(two.stdout)] == ["2023-09-05", "2020-01-14"]


def test_a_page_for_the_terminal_fits_eighty_columns():
    shown = run("minutes", FORMS / "bold_caps_continuing_numbers.txt").stdout
    assert max(map(len, shown.splitlines())) <= 80
    for words in (
        "Tuesday 14 January 2020, 14:00 to 16:35",
        "Brightwell: personal interest, item 60",
        "undertaking",
    ):
        assert words in shown


def test_doubts_are_shown_and_may_be_left_out():
    file = FORMS / "minute_word_and_adjourned.txt"
    assert "a number is missing" in run("minutes", file).stdout
    assert "a number is missing" not in run("minutes", file, "--quiet").stdout
    assert json.loads(run("minutes", file, "--json", "--doubts").stdout)["_doubts"][0]["field"]


def test_a_file_that_cannot_be_read_is_one_sentence_and_exit_code_2(tmp_path):
    broken = tmp_path / "a.pdf"
    broken.write_bytes(b"%PDF-1.4 no")
    result = run("minutes", broken, tmp_path / "none.txt", "--json", code=2)
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 2
    result = run("minutes", broken, FORMS / "inquorate.txt", "--json", code=2)
    assert len(json.loads(result.stdout)) == 1


def test_score_of_a_folder(tmp_path):
    shown = run("minutes-score", FORMS).stdout
    assert "declarations" in shown
    scored = json.loads(run("minutes-score", FORMS, "--json").stdout)
    assert scored["files"] >= 25 and scored["fields"]["items"]["recall"] == 1
    text = (FORMS / "inquorate.txt").read_text("utf-8")
    (tmp_path / "x.txt").write_text(text.replace("Freda Ollis", "Fred Ollis"), "utf-8")
    (tmp_path / "x.json").write_text((FORMS / "inquorate.json").read_text("utf-8"), "utf-8")
    assert "missed: Councillor Freda Ollis" in run("minutes-score", tmp_path, "--misses").stdout


def test_a_folder_without_records_is_refused(tmp_path):
    result = CliRunner().invoke(group, ["minutes-score", str(tmp_path)])
    assert "no text with an expected record" in str(result.exception)


@pytest.mark.parametrize("name", ["minutes", "minutes-score"])
def test_help_has_examples(name):
    assert f"sightline {name}" in run(name, "--help").stdout
