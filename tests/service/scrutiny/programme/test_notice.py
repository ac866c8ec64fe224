"""Whether the executive gave notice of a decision in time: 28 clear days."""

from datetime import date

import pytest

from sightline.service.scrutiny.programme import notice
from sightline.service.scrutiny.programme.notice import Standing


@pytest.mark.parametrize(
    ("published", "decided", "clear", "standing"),
    [
        (date(2027, 4, 1), date(2027, 4, 30), 28, Standing.IN_TIME),
        (date(2027, 4, 2), date(2027, 4, 30), 27, Standing.LATE),
        (date(2028, 2, 1), date(2028, 3, 1), 28, Standing.IN_TIME),  # a leap year
        (date(2027, 2, 1), date(2027, 3, 1), 27, Standing.LATE),
        (date(2027, 4, 30), date(2027, 4, 30), -1, Standing.LATE),
        (date(2026, 12, 3), date(2027, 1, 1), 28, Standing.IN_TIME),  # holidays count
    ],
)
def test_neither_the_day_of_notice_nor_that_of_the_decision_counts(
    published: date, decided: date, clear: int, standing: Standing
) -> None:
    found = notice.check(decided, published, is_key=True, is_private=False)
    assert (found.clear_days, found.standing) == (clear, standing)
    assert (published <= found.latest) is (standing is Standing.IN_TIME)  # type: ignore[operator]


def test_a_notice_nobody_recorded_is_not_late() -> None:
    found = notice.check(date(2027, 4, 30), None, is_key=True, is_private=False)
    assert found.standing is Standing.NOT_KNOWN
    assert "the last day was 1 April 2027" in found.sentence


def test_what_is_neither_key_nor_private_needs_none() -> None:
    found = notice.check(date(2027, 4, 30), None, is_key=False, is_private=False)
    assert (found.standing, found.latest) == (Standing.NOT_NEEDED, None)


def test_a_late_one_says_what_the_scrutiny_chair_may_do() -> None:
    key = notice.check(date(2027, 4, 30), date(2027, 4, 20), is_key=True, is_private=False)
    assert [each.name for each in key.exceptions] == ["General exception", "Special urgency"]
    private = notice.check(date(2027, 4, 30), date(2027, 4, 20), is_key=False, is_private=True)
    assert [each.name for each in private.exceptions] == ["Agreement to meet in private"]


def test_no_rule_is_quoted_as_the_law_before_somebody_checked_it() -> None:
    for rule in notice.rules():
        assert rule.status in ("read", "unverified")
        assert ("Check both before you quote it" in rule.standing) is (rule.checked is None)
