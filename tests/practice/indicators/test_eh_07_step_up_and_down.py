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


def test_only_the_reason_for_early_help(practice):
    """An episode closed for another reason is no step down."""
    practice(
        "EH-07",
        """
        referral
        child_id | referral_date | closure_date | closure_reason
        Ann      | 2023-05-01    | 2023-06-15   | RC8
        Ben      | 2023-05-01    | 2023-06-15   | RC7
        Cal      | 2023-05-01    | 2023-06-15   | RC9
        """,
        part="step down",
        year=2024,
        gives=1,
        guidance="CSC to early help in the period.",
    )


def test_the_words_in_force_on_the_day(practice):
    """From October "to MASH" is a step up, and "stepped up" no longer is."""
    practice(
        "EH-07",
        """
        early_help_episode
        child_id | start_date | end_date   | end_reason
        Ann      | 2015-01-01 | 2015-09-30 | Stepped up
        Ben      | 2015-01-01 | 2015-10-01 | Stepped up
        Cal      | 2015-01-01 | 2015-09-30 | To MASH
        Dee      | 2015-01-01 | 2015-10-01 | To MASH
        Eve      | 2015-01-01 | 2015-10-01 | To MASH
        """,
        settings="""
        [[standard]]
        name = "early-help-step-up"
        words = ["to mash"]
        from = 2015-10-01
        set_by = "Head of early help"
        """,
        part="step up",
        year=2016,
        gives=3,
        guidance="The past is judged by the rule of its day.",
    )
