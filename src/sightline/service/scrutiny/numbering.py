"""Minute numbers, which run on from meeting to meeting for years, and the gaps in what has been seen."""

import re
from collections.abc import Iterable
from itertools import pairwise

from sightline.service.scrutiny.models import Committee

_DIGITS = re.compile(r"\d+")


def running(number: str, runs: str = Committee.NumberRuns.LAST) -> int | None:
    """Give the part of a minute number that runs on: 285 of `285`, 1 of `CS.01`, 53 of `53/24` by `first`.

    None where it has no digits.
    """
    found = _DIGITS.findall(number)
    return int(found[-1 if runs == Committee.NumberRuns.LAST else 0]) if found else None


def following(form: str, last: int, runs: str = Committee.NumberRuns.LAST) -> str:
    """Give the number after `last` in the form of a committee: `CS.02` after 1 in the form `CS.01`."""
    found = list(_DIGITS.finditer(form))
    if not found:
        return ""
    part = found[-1 if runs == Committee.NumberRuns.LAST else 0]
    return f"{form[: part.start()]}{last + 1:0{len(part.group())}d}{form[part.end() :]}"


def gaps(seen: Iterable[int]) -> list[tuple[int, int]]:
    """Give the runs of numbers between those seen that were not: (245, 284) between 244 and 285."""
    return [(a + 1, b - 1) for a, b in pairwise(sorted(set(seen))) if b > a + 1]
