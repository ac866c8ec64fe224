"""Looked-after children who went missing (LA-10)."""

GUIDANCE = "Children with one or more missing episodes in the year, of those looked after in it."
CARE = """
        care_episode
        child_id | start_date | start_reason | end_date
        Ann      | 2015-06-01 | S            |
        Ben      | 2014-06-01 | S            | 2015-05-01
        Cal      | 2015-06-01 | S            |
        Dee      | 2013-06-01 | S            | 2015-04-01
"""


def test_children_and_not_episodes(practice):
    """Two episodes of one child are one child. All who were looked after in the year are counted:
    Dee left on its first day and was not.
    """
    practice(
        "LA-10",
        CARE
        + """
        missing_episode
        child_id | missing_kind | start_date | end_date
        Ann      | M            | 2015-07-01 | 2015-07-02
        Ann      | M            | 2015-09-01 | 2015-09-01
        """,
        part="missing",
        year=2016,
        gives=(1, 3),
        guidance=GUIDANCE,
    )


def test_away_without_authorisation_apart(practice):
    """Away without authorisation is counted apart; a kind not given counts as missing."""
    records = (
        CARE
        + """
        missing_episode
        child_id | missing_kind | start_date | end_date
        Ann      | A            | 2015-07-01 | 2015-07-02
        Ben      | M            | 2015-04-10 | 2015-04-11
        Cal      |              | 2015-07-01 | 2015-07-02
        """
    )
    practice("LA-10", records, part="missing", year=2016, gives=(2, 3), guidance=GUIDANCE)
    practice("LA-10", records, part="away", year=2016, gives=(1, 3), guidance=GUIDANCE)


def test_carried_over(practice):
    """Missing over 1 April counts in both years; back on 1 April does not count in the new one."""
    practice(
        "LA-10",
        """
        care_episode
        child_id | start_date | start_reason
        Ann      | 2014-06-01 | S
        Ben      | 2014-06-01 | S

        missing_episode
        child_id | missing_kind | start_date | end_date
        Ann      | M            | 2015-03-30 | 2015-04-02
        Ben      | M            | 2015-03-30 | 2015-04-01
        """,
        part="missing",
        year=2016,
        gives=(1, 2),
        guidance="Children missing at 1 April, carried over, are included.",
    )


def test_missing_while_not_looked_after(practice):
    """Missing from home before care, or after it, is not missing from placement."""
    practice(
        "LA-10",
        CARE
        + """
        missing_episode
        child_id | missing_kind | start_date | end_date
        Ann      | M            | 2015-05-20 | 2015-05-21
        Ben      | M            | 2015-05-01 |
        """,
        part="missing",
        year=2016,
        gives=(0, 3),
        guidance=GUIDANCE,
    )


def test_left_care_while_missing(practice):
    """A child whose care ended while missing is not looked after, nor missing from it, the year after."""
    records = """
        care_episode
        child_id | start_date | start_reason | end_date
        Ann      | 2014-06-01 | S            | 2015-02-01
        Ben      | 2014-06-01 | S            |

        missing_episode
        child_id | missing_kind | start_date | end_date
        Ann      | M            | 2015-01-10 |
        """
    practice("LA-10", records, part="missing", year=2016, gives=(0, 1), guidance=GUIDANCE)
    practice("LA-10", records, part="missing", year=2015, gives=(1, 2), guidance=GUIDANCE)


def test_both_kinds_are_read_alike(practice):
    """Missing (M) and away (A) differ in nothing but the word. Back on the day it began, or before (an
    error), counts on that day; not yet back counts until care ends; started on the day care began
    counts, and on the day it ended does not.
    """
    for part, kind in (("missing", "M"), ("away", "A")):
        records = f"""
        care_episode
        child_id | start_date | start_reason | end_date
        Ann      | 2013-06-01 | S            |
        Ben      | 2013-06-01 | S            |
        Cal      | 2013-06-01 | S            | 2015-07-01
        Dee      | 2013-06-01 | S            | 2015-07-01
        Eve      | 2013-06-01 | S            | 2015-07-01
        Fay      | 2013-06-01 | S            | 2014-07-01

        missing_episode
        child_id | missing_kind | start_date | end_date
        Ann      | {kind}       | 2015-03-31 | 2015-03-31
        Ben      | {kind}       | 2015-03-31 | 2015-03-30
        Cal      | {kind}       | 2015-03-31 |
        Dee      | {kind}       | 2015-03-31 | 2015-04-02
        Eve      | {kind}       | 2013-06-01 | 2013-06-02
        Fay      | {kind}       | 2014-07-01 | 2014-07-09
        """
        for year, gives in ((2014, (1, 6)), (2015, (4, 6)), (2016, (2, 5)), (2017, (0, 2))):
            practice("LA-10", records, part=part, year=year, gives=gives, guidance=GUIDANCE)


def test_on_the_first_day_of_the_year(practice):
    """Missing for part of the first day of the year counts in it; two children are two."""
    for part, kind, other in (("missing", "M", "A"), ("away", "A", "M")):
        practice(
            "LA-10",
            f"""
        care_episode
        child_id | start_date | start_reason | end_date
        Ann      | 2013-06-01 | S            |
        Ben      | 2013-06-01 | S            | 2015-06-01
        Cal      | 2013-06-01 | S            |

        missing_episode
        child_id | missing_kind | start_date | end_date
        Ann      | {kind}       | 2015-04-01 | 2015-04-01
        Ben      | {kind}       | 2015-05-20 | 2015-07-01
        Cal      | {other}      | 2015-05-20 | 2015-07-01
        Cal      | {other}      | 2015-05-20 | 2015-07-01
        """,
            part=part,
            year=2016,
            gives=(2, 3),
            guidance=GUIDANCE,
        )


def test_only_while_looked_after(practice):
    """Missing goes on after care has ended: in the new year the child is not missing from it. Missing
    before care began is not missing from it either.
    """
    for part, kind in (("missing", "M"), ("away", "A")):
        practice(
            "LA-10",
            f"""
        care_episode
        child_id | start_date | start_reason | end_date
        Ann      | 2014-06-01 | S            | 2015-02-01
        Ben      | 2015-06-01 | S            |

        missing_episode
        child_id | missing_kind | start_date | end_date
        Ann      | {kind}       | 2015-01-10 | 2015-04-20
        Ben      | {kind}       | 2015-05-10 | 2015-05-20
        """,
            part=part,
            year=2016,
            gives=(0, 1),
            guidance=GUIDANCE,
        )
