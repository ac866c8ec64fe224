"""Names: their parts, how they sound, and what is found under what."""

import pytest

from sightline.service.children import names
from sightline.service.children.identifiers import (
    new_number,
    nhs_number,
    postcode,
    unique_pupil_number,
)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Siân O’Neill", ["sian", "oneill"]),
        ("Mary-Ann", ["mary", "ann"]),
        ("Mac Donald", ["macdonald"]),
        ("ul Haq", ["ulhaq"]),
        ("Wałęsa", ["walesa"]),
        ("  ", []),
        ("de", ["de"]),
        ("Оля", ["оля"]),
    ],
)
def test_a_name_falls_into_parts(name: str, parts: list[str]) -> None:
    assert names.parts(name) == parts


@pytest.mark.parametrize(
    "alike",
    [
        ("smith", "smyth", "smythe"),
        ("mohammed", "muhammad", "mohamed", "muhamad"),
        ("hussain", "hussein", "husain"),
        ("chaudhry", "chowdhury", "choudhury"),
        ("stephen", "steven", "stefan"),
        ("katherine", "catherine", "kathryn", "cathryn"),
        ("macdonald", "mcdonald"),
        ("mclaughlin", "mcloughlin"),
        ("reid", "reed", "read"),
        ("thompson", "thomson"),
        ("philip", "phillip", "filip"),
        ("wright", "right"),
        ("geoffrey", "jeffrey"),
        ("davis", "davies"),
        ("vaughan", "vaughn"),
        ("sheikh", "shaikh"),
        ("begum", "begam"),
        ("clark", "clarke"),
        ("knight", "night"),
        ("matthew", "mathew"),
    ],
)
def test_names_that_are_spelt_otherwise_sound_the_same(alike: tuple[str, ...]) -> None:
    assert len({names.sound(name) for name in alike}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("smith", "jones"), ("hannah", "anna"), ("mark", "mary")]
)
def test_names_that_differ_sound_otherwise(one: str, other: str) -> None:
    assert names.sound(one) != names.sound(other)


def test_other_forms_hold_in_both_directions() -> None:
    assert "elizabeth" in names.other_forms("liz")
    assert "liz" in names.other_forms("elizabeth")
    assert names.other_forms("elizabeth-jane") == frozenset()


def test_halves_of_a_name_are_found_alone_and_together() -> None:
    keys = names.keys(["Ann-Marie Jones-Smith"])
    assert {"nann", "nmarie", "nannmarie", "njones", "nsmith", "njonessmith", "ssmt"} <= keys


def test_sounds_one_slip_away_hold_each_kind_of_slip() -> None:
    near = names.near_sounds("smith")
    assert {"smst", "sst", "sms", "stm"} & {key[1:] for key in near} == {
        "smst",
        "sst",
        "sms",
        "stm",
    }
    assert "ssmt" not in near


def test_an_nhs_number_is_checked_by_its_last_digit() -> None:
    assert nhs_number("943 476 5919") == "9434765919"
    for wrong in ("943 476 5918", "943476591", "abcdefghij", "9434765991", "٩٤٣٤٧٦٥٩١٩"):
        with pytest.raises(ValueError, match="NHS number"):
            nhs_number(wrong)
    for digit in "0123456789":  # the last agrees with the others in most of these
        with pytest.raises(ValueError, match="NHS number"):
            nhs_number(digit * 10)


def test_a_unique_pupil_number_is_checked_by_its_first_letter() -> None:
    digits = "80120000100" + "1"
    total = sum(place * int(digit) for place, digit in enumerate(digits, start=2))
    right = "ABCDEFGHJKLMNPQRTUVWXYZ"[total % 23] + digits
    assert unique_pupil_number(f" {right.lower()} ") == right
    for letter in set("ABCDEFGHIJKLMNOPQRSTUVWXYZ") - {right[0]}:
        with pytest.raises(ValueError, match="first letter"):
            unique_pupil_number(letter + digits)
    with pytest.raises(ValueError, match="13 characters"):
        unique_pupil_number("A123")


def test_a_postcode_is_written_in_one_way() -> None:
    assert postcode("wr12ab") == "WR1 2AB"
    assert postcode("EC1A 1BB") == "EC1A 1BB"
    with pytest.raises(ValueError, match="postcode"):
        postcode("WR1")


def test_our_numbers_tell_a_digit_mistaken_and_neighbours_exchanged() -> None:
    def holds(number: str) -> bool:
        digits = [int(each) for each in number[1:]]
        doubled = [each * (1 + place % 2) for place, each in enumerate(reversed(digits))]
        return sum(each - 9 if each > 9 else each for each in doubled) % 10 == 0

    for _ in range(50):
        number = new_number()
        assert len(number) == 9
        assert holds(number)
        wrong = number[:-2] + str((int(number[-2]) + 1) % 10) + number[-1]
        assert not holds(wrong)
