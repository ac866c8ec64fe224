"""Stepped up to social care, stepped down to early help (EH-07)."""

GUIDANCE = "Step-up: early help to social care. Step-down: social care to early help. Two counts."


def test_step_up(practice):
    """An episode whose end reason says that it was stepped up, in the authority's own words."""
    practice(
        "EH-07",
        """
        early_help_episode
        child_id | start_date | end_date   | end_reason
        Ann      | 2015-01-01 | 2015-05-31 | Stepped up to CSC
        Ben      | 2015-01-01 | 2015-05-31 | Case escalated
        Cal      | 2015-01-01 | 2015-05-31 | Needs met
        Dee      | 2015-01-01 | 2015-05-31 |
        Eve      | 2014-01-01 | 2014-05-31 | Step up
        """,
        part="step up",
        year=2016,
        gives=2,
        guidance=GUIDANCE,
    )


def test_two_words_in_one_reason(practice):
    """A reason that holds two of the words is one step up."""
    practice(
        "EH-07",
        """
        early_help_episode
        child_id | start_date | end_date   | end_reason
        Ann      | 2015-01-01 | 2015-05-31 | Escalated: step up to social care
        """,
        part="step up",
        year=2016,
        gives=1,
        guidance=GUIDANCE,
    )


def test_step_down(practice):
    """An episode of need closed because the child was referred to early help (RC9)."""
    practice(
        "EH-07",
        """
        referral
        child_id | referral_date | closure_date | closure_reason
        Ann      | 2023-03-01    | 2023-04-01   | RC9
        Ben      | 2023-05-01    | 2023-07-01   | RC8
        Cal      | 2023-05-01    |              | RC9
        """,
        part="step down",
        year=2024,
        gives=1,
        guidance=GUIDANCE,
    )
