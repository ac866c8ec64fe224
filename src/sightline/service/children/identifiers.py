"""Numbers that carry a check of themselves: of the NHS, of pupils, and our own for people we record."""

import re
import secrets
from collections.abc import Callable
from typing import Final

_UPN = re.compile(r"[A-Z]\d{11}[0-9A-HJ-NP-RT-Z]")
_LETTERS: Final = "ABCDEFGHJKLMNPQRTUVWXYZ"
_POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})")
_OURS: Final = "P"


def nhs_number(text: str) -> str:
    """Give an NHS number as ten digits. `ValueError` says what is wrong with it.

    The last digit checks the others: each times its weight, 10 down to 2, added up, and what is lacking to
    the next multiple of 11 (NHS Data Dictionary, NHS number). Ten equal digits agree, and are nobody's.
    """
    digits = re.sub(r"[\s-]", "", text)
    if not (digits.isascii() and digits.isdecimal()) or len(digits) != 10:
        raise ValueError("An NHS number has 10 digits")
    total = sum(
        int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)
    )
    if (11 - total % 11) % 11 != int(digits[9]) or len(set(digits)) == 1:
        raise ValueError(
            "Look the NHS number up again: its last digit does not agree with the others"
        )
    return digits


def unique_pupil_number(text: str) -> str:
    """Give a UPN in capitals. `ValueError` says what is wrong with it.

    The first letter checks the other characters, as rule 1510 of the census has it.
    """
    upn = re.sub(r"\s", "", text).upper()
    if not _UPN.fullmatch(upn):
        raise ValueError(
            "A unique pupil number is a letter, 11 digits, and a digit or letter: 13 characters"
        )
    total = sum(place * int(digit) for place, digit in enumerate(upn[1:12], start=2))
    total += 13 * (int(upn[12]) if upn[12].isdecimal() else _LETTERS.index(upn[12]))
    if upn[0] != _LETTERS[total % 23]:
        raise ValueError(
            "Look the unique pupil number up again: its first letter does not agree with the others"
        )
    return upn


def postcode(text: str) -> str:
    """Give a postcode as `WR1 2AB`. `ValueError` where it is none."""
    found = _POSTCODE.fullmatch(re.sub(r"\s", "", text).upper())
    if not found:
        raise ValueError("Enter a full postcode, like WR1 2AB")
    return f"{found[1]} {found[2]}"


def new_number(draw: Callable[[int], int] = secrets.randbelow) -> str:
    """Make a number for a person: P and eight digits, of which the last checks the others.

    Drawn at random, so that it says nothing of whom it is or how many there are.
    """
    digits = f"{draw(10**7):07d}"
    return f"{_OURS}{digits}{_check_digit(digits)}"


def _check_digit(digits: str) -> int:
    """Give the check digit after Luhn: one digit mistaken, or two neighbours exchanged, shows."""
    doubled = [int(each) * (2 - place % 2) for place, each in enumerate(reversed(digits))]
    return -sum(each - 9 if each > 9 else each for each in doubled) % 10
