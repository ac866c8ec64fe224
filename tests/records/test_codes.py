"""Code lists, and text met in real files read as a code."""

import pytest

from sightline.records.codes import (
    aliases,
    codes,
    find_code,
    fits_year,
    is_valid,
    list_names,
    normalise,
)

READ = [
    ("referral_source", "q) 6: Police", "6"),
    ("referral_source", "q) 6 Police", "6"),
    ("referral_source", "j) 3D: Health services", "3D"),
    ("referral_source", "p1) 5D: LA services", "5D"),
    ("referral_source", "d) 1D Individual", "1D"),
    ("referral_source", "m) 4 Housing", "4"),
    ("referral_source", "10", "10"),
    ("referral_source", "g) Police", "6"),
    ("referral_source", "a) Individual", "1X"),
    ("placement", "f) U6: Foster placement - not FFA", "U6"),
    ("placement", "A4 Placed for adoption w. consent not w. current foster carer", "A4"),
    ("placement_provider", "e) PR4 - Private provision", "PR4"),
    ("primary_need", "N1 - Abuse or Neglect", "N1"),
    ("primary_need", "a) Abuse or neglect", "N1"),
    ("legal_status", "E1: Placement order", "E1"),
    ("legal_status", "CLA - C1 - Interim Care Order", "C1"),
    ("legal_status", "a) Interim care orders", "C1"),
    ("activity", "F1: Full time in higher education", "F1"),
    ("abuse_category", "Neglect", "NEG"),
    ("abuse_category", "b) Physical abuse", "PHY"),
    ("abuse_category", "NEG", "NEG"),
    ("ethnicity", "k) APKN", "APKN"),
    ("ethnicity", "s) REFU", "REFU"),
    ("ethnicity", "s) NOBT", "NOBT"),
    ("ethnicity", "CNHE", "CHNE"),
    ("ethnicity", "Gypsy / Roma", "WROM"),
    ("sex", "1", "M"),
    ("sex", "2", "F"),
    ("sex", "0", "U"),
    ("sex", "9", "U"),
    ("sex", "a) Male", "M"),
    ("sex", "Female", "F"),
    ("sex", "c) Not stated/recorded (or unborn)", "U"),
    ("in_touch", "a) Yes", "YES"),
    ("in_touch", "b) No", "NO"),
    ("in_touch", "d) Refu", "REFU"),
    ("in_touch", "f) Rhom", "RHOM"),
    ("in_touch", "Y", "YES"),
    ("accommodation", "B: Parents/relatives", "B"),
    ("accommodation", "(S) No fixed abode/homeless", "S"),
    ("accommodation", "b) Community home", "C"),
    ("accommodation", "U1", "U"),
    ("accommodation", "0", "0"),
    ("care_end_reason", "a) E11: Adopted - application unopposed", "E11"),
    ("care_end_reason", "Adopted - consent dispensed with (E12)", "E12"),
    ("care_end_reason", "E17 - Staying Put", "E17"),
    ("placed_end_reason", "(RD1) The child’s needs changed", "RD1"),
    ("permanence_plan", "c) SGO/CAO", "GUARDIANSHIP"),
    ("location", "b) Out", "OUT"),
    ("case_status", "b) Child Protection plan", "CP"),
    ("assessment_factor", " 2b ", "2B"),
    ("yes_no", "a) Yes", "1"),
    ("yes_no", "FALSE", "0"),
    ("yes_no", "c) Unknown", "unknown"),
    ("yes_no:suitable", "2", "0"),
    ("yes_no:suitable", "b) Unsuitable", "0"),
    ("yes_no:disabled", "AUTISM", "1"),
]

NOT_READ = [
    ("primary_need", "PSRMEM - Support with memory and cognition"),
    ("yes_no", "CS Assessment Updated"),
    ("yes_no", "2"),
    ("assessment_factor", "RB"),
    ("assessment_factor", "1A=maybe"),
    ("in_touch", "NO longer in touch"),
    ("missing", "A child"),
    ("placement", "U1-U3 foster"),
    ("ethnicity", "s)"),
    ("abuse_category", "e)"),
    ("accommodation", "b) something local"),
    ("referral_source", "a) something local"),
    ("sex", "f) something local"),
    ("care_end_reason", "Adopted (E11 or E12)"),
]


@pytest.mark.parametrize(("list_name", "text", "code"), READ)
def test_text_is_read_as_a_code(list_name: str, text: str, code: str) -> None:
    assert find_code(list_name, text) == code


@pytest.mark.parametrize(("list_name", "text"), NOT_READ)
def test_text_that_names_no_code_is_not_guessed(list_name: str, text: str) -> None:
    assert find_code(list_name, text) is None


@pytest.mark.parametrize("list_name", list_names())
def test_every_code_and_label_is_read_as_itself(list_name: str) -> None:
    labels = codes(list_name)
    for code, label in labels.items():
        assert find_code(list_name, code) == code
        assert find_code(list_name, code.lower()) == code
        if list(labels.values()).count(label) == 1:
            assert find_code(list_name, f"{code} - {label}") == code
            assert find_code(list_name, f"c) {label}") == code


def test_no_letter_alone_is_ever_an_alias() -> None:
    """Letters of grouped values mean other things elsewhere (FORMATS 4.4)."""
    for list_name in list_names():
        for alias in aliases(list_name):
            if len(alias) == 1 and alias.isalpha():
                assert list_name in {"yes_no", "in_touch"}, (list_name, alias)


def test_codes_have_years() -> None:
    assert is_valid("referral_source", "5D", 2023)
    assert not is_valid("referral_source", "5D", 2022)
    assert not is_valid("closure_reason", "RC9", 2022)
    assert is_valid("placement", "H5", 2024)
    assert not is_valid("placement", "H5", 2025)
    assert not is_valid("care_end_reason", "E43", 2019)
    assert not is_valid("referral_source", "99", 2024)
    assert is_valid("abuse_category", "NEG", 1999)


def test_a_code_that_does_not_fit_its_year() -> None:
    assert fits_year("sex", "1", 2024)
    assert not fits_year("sex", "1", 2025)
    assert fits_year("sex", "M", 2025)
    assert not fits_year("sex", "M", 2024)
    assert fits_year("ethnicity", "WBRI", 2016)


def test_normalising_drops_what_does_not_count() -> None:
    assert normalise("  b)  Child’s   NEEDS--changed ") == "child s needs changed"
    assert normalise("a. Yes") == "yes"
    assert normalise("A.A1 White") == "a a1 white"


def test_an_unknown_list_is_an_error() -> None:
    with pytest.raises(KeyError):
        codes("no_such_list")
