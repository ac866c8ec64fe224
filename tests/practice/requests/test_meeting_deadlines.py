"""Deadlines before a meeting: papers published, the public heard, the executive's notice."""

import pytest


@pytest.mark.parametrize(
    ("meeting", "published", "why"),
    [
        ("2017-09-13", "2017-09-05", "5, 6, 7, 8 and 11, 12 lie between: five clear working days"),
        ("2016-03-31", "2016-03-21", "Good Friday and Easter Monday do not count"),
        ("2017-01-05", "2016-12-23", "Christmas and the New Year do not count"),
    ],
)
def test_five_clear_days(reckoning, meeting, published, why):
    """Neither the day papers go out nor the day of the meeting counts."""
    reckoning(
        "papers",
        f"""
        meeting    | clear days
        {meeting} | 5
        """,
        gives=published,
        guidance=f"Local Government Act 1972, section 100B; by the usual reading working days: {why}.",
    )


@pytest.mark.parametrize(
    ("meeting", "counts", "before", "day", "why"),
    [
        ("2017-09-13", "working days", 1, "2017-09-12", "as printed by the panel"),
        ("2017-09-11", "working days", 1, "2017-09-08", "a Monday meeting: the Friday before"),
        ("2016-03-29", "working days", 1, "2016-03-24", "after Easter: the Thursday before"),
        (
            "2017-01-03",
            "working days",
            2,
            "2016-12-29",
            "30 December is one, 29 December the second",
        ),
        ("2017-09-13", "days", 3, "2017-09-10", "days, whatever day of the week they are"),
    ],
)
def test_public_participation(reckoning, meeting, counts, before, day, why):
    """Whoever wishes to speak says so in time, by the rule of the committee."""
    reckoning(
        "speaking",
        f"""
        meeting    | before   | days that count | at
        {meeting} | {before} | {counts}        | 09:00
        """,
        gives=day,
        guidance=f"By 9.00am so many days before: {why}.",
    )


@pytest.mark.parametrize(
    ("notice", "decision", "key", "private", "gives", "why"),
    [
        ("2027-04-01", "2027-04-30", "yes", "no", "in time", "28 clear days lie between"),
        ("2027-04-02", "2027-04-30", "yes", "no", "late", "27 do"),
        ("2027-04-02", "2027-04-30", "no", "yes", "late", "a private meeting needs the same"),
        ("2027-04-29", "2027-04-30", "no", "no", "not needed", "neither key nor private"),
        ("", "2027-04-30", "yes", "no", "not known", "nobody recorded it, which is not late"),
    ],
)
def test_notice_of_a_key_decision(reckoning, notice, decision, key, private, gives, why):
    """Notice of a key decision, or of one in private, is published 28 clear days before."""
    reckoning(
        "notice",
        f"""
        notice     | decision   | key   | in private
        {notice}   | {decision} | {key} | {private}
        """,
        gives=gives,
        guidance=f"SI 2012/2089, regulations 5 and 9; every day counts but those two: {why}.",
    )
