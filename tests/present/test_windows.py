"""For which days the files can speak of an indicator."""

from datetime import date

import pytest

from sightline.indicators.grading import Quality
from sightline.present.windows import last_stretch, merged

Y2014 = (date(2013, 4, 1), date(2014, 3, 31))
Y2015 = (date(2014, 4, 1), date(2015, 3, 31))
Y2017 = (date(2016, 4, 1), date(2017, 3, 31))
SUMMER = (date(2014, 6, 1), date(2014, 9, 30))
ALL = (Y2014[0], Y2017[1])


def test_years_that_follow_one_another_are_one_stretch() -> None:
    assert merged([Y2017, Y2015, Y2014]) == [(Y2014[0], Y2015[1]), Y2017]


def test_stretches_that_overlap_are_one() -> None:
    assert merged([SUMMER, Y2015]) == [Y2015]


@pytest.mark.parametrize(
    ("covered", "stretch"),
    [
        ({}, ALL),
        ({"referral": (Y2014, Y2015), "visit": (SUMMER,)}, SUMMER),
        ({"referral": (Y2014, Y2015), "visit": (Y2014, Y2017)}, Y2014),
        ({"referral": (Y2014,), "visit": (Y2017,)}, None),
        ({"referral": (Y2014,)}, None),
        ({"referral": (Y2014, Y2015), "visit": (Y2014,), "cin_plan": (SUMMER,)}, SUMMER),
    ],
)
def test_the_last_days_that_every_table_is_covered_for(
    covered: dict[str, tuple[tuple[date, date], ...]], stretch: tuple[date, date] | None
) -> None:
    fields = ("referral.referral_date", "visit.seen or cin_plan.start_date")
    assert last_stretch(fields, Quality(covered=covered), ALL) == stretch
