"""Re-referred within six months of a planned end (EH-05)."""

GUIDANCE = "Episodes ended with a planned end and re-referred within 6 months after it."


def test_six_months(practice):
    """A referral within six months of the end counts, to the day; one a day later does not."""
    practice(
        "EH-05",
        """
        early_help_episode
        child_id | start_date | end_date   | end_reason
        Ann      | 2015-01-01 | 2015-05-31 | Planned end
        Ben      | 2015-01-01 | 2015-05-31 | Planned end
        Cal      | 2015-01-01 | 2015-05-31 | Planned end

        referral
        child_id | referral_date
        Ann      | 2015-11-30
        Ben      | 2015-12-01
        """,
        year=2016,
        gives=(1, 3),
        guidance=GUIDANCE,
    )


def test_new_episode_of_early_help(practice):
    """Beginning early help again is being referred back; a referral on the day of the end is not."""
    practice(
        "EH-05",
        """
        early_help_episode
        child_id | start_date | end_date   | end_reason
        Ann      | 2015-01-01 | 2015-05-31 | Needs met
        Ann      | 2015-07-01 |            |
        Ben      | 2015-01-01 | 2015-05-31 | Needs met

        referral
        child_id | referral_date
        Ben      | 2015-05-31
        """,
        year=2016,
        gives=(1, 2),
        guidance=GUIDANCE,
    )


def test_only_planned_ends(practice):
    """An unplanned end, or one without a reason, is not in the denominator: then there is no value."""
    practice(
        "EH-05",
        """
        early_help_episode
        child_id | start_date | end_date   | end_reason
        Ann      | 2015-01-01 | 2015-05-31 | Unplanned - family moved
        Ben      | 2015-01-01 | 2015-05-31 |
        Cal      | 2015-01-01 |            | Planned end
        """,
        year=2016,
        gives=(0, 0),
        guidance="Episodes ended with a planned end in the period.",
    )


def test_six_months_not_yet_passed(practice):
    """Where the records end less than six months after, the answer is not yet known: left out."""
    practice(
        "EH-05",
        """
        early_help_episode
        child_id | start_date | end_date   | end_reason  | return_end
        Ann      | 2015-01-01 | 2015-09-30 | Planned end | 2016-03-31
        Ben      | 2015-01-01 | 2015-10-01 | Planned end | 2016-03-31
        """,
        year=2016,
        gives=(0, 1),
        guidance="Count only periods that ended 6 months ago or more.",
    )


def test_known_to_the_end_of_the_shorter_record(practice):
    """Referrals are known only to the end of July: an episode ended in February cannot be answered,
    though early help is known to the end of September.
    """
    practice(
        "EH-05",
        """
        early_help_episode
        child_id | start_date | end_date   | end_reason | return_end
        Ann      | 2015-06-01 | 2016-01-31 | Needs met  | 2016-09-30
        Ben      | 2015-06-01 | 2016-02-01 | Needs met  | 2016-09-30

        referral
        child_id | referral_date | return_end
        Cal      | 2015-06-01    | 2016-07-31
        """,
        year=2016,
        gives=(0, 1),
        guidance="Count only periods that ended 6 months ago or more.",
    )


def test_the_words_in_force_on_the_day(practice):
    """From October only "plan finished" is a planned end: others of the year's second half are not."""
    practice(
        "EH-05",
        """
        early_help_episode
        child_id | start_date | end_date   | end_reason
        Ann      | 2015-01-01 | 2015-09-30 | Needs met
        Ben      | 2015-01-01 | 2015-10-01 | Needs met
        Cal      | 2015-01-01 | 2015-09-30 | Plan finished
        Dee      | 2015-01-01 | 2015-10-01 | Plan finished
        """,
        settings="""
        [[standard]]
        name = "early-help-planned-end"
        words = ["plan finished"]
        from = 2015-10-01
        set_by = "Head of early help"
        """,
        year=2016,
        gives=(0, 2),
        guidance="The past is judged by the rule of its day.",
    )


def test_the_first_time_back_decides(practice):
    """Back within six months and again much later: the first time counts. Two words of the standard in
    one reason are one episode.
    """
    practice(
        "EH-05",
        """
        early_help_episode
        child_id | start_date | end_date   | end_reason                   | return_end
        Ann      | 2015-01-01 | 2015-05-31 | Planned end, outcomes met    | 2015-12-31
        Ben      | 2015-01-01 | 2015-07-31 | Planned end                  | 2016-12-31

        referral
        child_id | referral_date | return_end
        Ann      | 2015-07-01    | 2015-12-31
        Ann      | 2016-07-01    | 2017-12-31
        """,
        year=2016,
        gives=(1, 2),
        guidance=GUIDANCE,
    )
