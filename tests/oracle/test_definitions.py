"""The oracle itself, held against the examples that INDICATORS sections 1 and 2 give."""

from datetime import date

import pytest

from oracle.definitions import (
    Plan,
    Records,
    Referral,
    cp_12,
    cp_14,
    due,
    elapsed,
    fd_05,
    plus_months,
)

DUE = """
2016-03-14 15 2016-04-06
2016-03-01 45 2016-05-06
2016-12-19 10 2017-01-05
2016-03-21  5 2016-03-30
2016-03-05 15 2016-03-29
2016-12-24  1 2016-12-28
2011-04-28  1 2011-05-03
2012-06-01  1 2012-06-06
2020-05-07  1 2020-05-11
2020-12-24  1 2020-12-29
2022-05-30  5 2022-06-08
2022-09-16  1 2022-09-20
2023-05-05  1 2023-05-09
"""

ELAPSED = """
2016-03-14  0 2016-03-14
2016-03-14 16 2016-04-07
2016-03-01 46 2016-05-09
2016-03-24  0 2016-03-28
2016-03-25  1 2016-03-29
2016-03-26  1 2016-03-29
2022-05-30  3 2022-06-06
"""

MONTHS = """
2016-02-29 -12 2015-02-28
2016-02-28 -12 2015-02-28
2016-02-29  24 2018-02-28
2015-11-30   3 2016-02-29
2015-08-31   6 2016-02-29
2016-03-31  -3 2015-12-31
2016-05-31  -3 2016-02-29
2016-06-30  -3 2016-03-30
2016-03-31   3 2016-06-30
"""


def vectors(table: str) -> list[tuple[date, int, date]]:
    rows = (line.split() for line in table.split("\n") if line)
    return [(date.fromisoformat(a), int(n), date.fromisoformat(b)) for a, n, b in rows]


@pytest.mark.parametrize(("start", "number", "end"), vectors(DUE))
def test_due_and_elapsed_agree(start: date, number: int, end: date) -> None:
    assert due(start, number) == end
    assert elapsed(start, end) == number


@pytest.mark.parametrize(("start", "number", "end"), vectors(ELAPSED))
def test_elapsed(start: date, number: int, end: date) -> None:
    assert elapsed(start, end) == number


@pytest.mark.parametrize(("day", "months", "result"), vectors(MONTHS))
def test_months(day: date, months: int, result: date) -> None:
    assert plus_months(day, months) == result


def test_a_re_referral_of_29_february() -> None:
    year = date(2015, 4, 1), date(2016, 3, 31)
    for earlier, counts in ((date(2015, 2, 28), 1), (date(2015, 2, 27), 0)):
        referrals = [Referral("A", earlier), Referral("A", date(2016, 2, 29))]
        assert fd_05(Records(referrals, [], [], []), *year) == (counts, 1)


def test_two_years_on_a_plan() -> None:
    for end, met in ((date(2016, 3, 31), 0), (date(2016, 4, 1), 1)):
        plans = [Plan("A", date(2014, 4, 1), end)]
        assert cp_12(Records([], [], [], plans), end, end) == (met, 1)


@pytest.mark.parametrize(
    ("start", "reviews", "expected"),
    [
        (date(2016, 3, 30), (), (1, 1)),
        (date(2016, 3, 29), (), (0, 1)),
        (date(2016, 3, 31), (), (0, 0)),
        (date(2015, 9, 30), (date(2015, 12, 30),), (1, 1)),
        (date(2015, 9, 30), (date(2015, 12, 29),), (0, 1)),
        (date(2015, 9, 30), (date(2015, 12, 31), date(2016, 6, 29)), (0, 1)),
        (date(2016, 3, 30), (date(2016, 3, 30), date(2016, 7, 1)), (1, 1)),
    ],
)
def test_reviews_on_30_june(
    start: date, reviews: tuple[date, ...], expected: tuple[int, int]
) -> None:
    day = date(2016, 6, 30)
    assert cp_14(Records([], [], [], [Plan("A", start, None, reviews)]), day, day) == expected
