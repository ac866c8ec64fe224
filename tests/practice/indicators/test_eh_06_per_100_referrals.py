"""Early help assessments for each 100 referrals (EH-06)."""

GUIDANCE = "EH-01 x 100 over FD-02."


def test_two_counts(practice):
    """Three assessments and two referrals, of whichever children: 150."""
    practice(
        "EH-06",
        """
        early_help_episode
        child_id | start_date | end_date
        Ann      | 2015-05-10 | 2015-06-01
        Ben      | 2015-05-10 | 2015-06-01
        Cal      | 2015-05-10 | 2015-06-01
        Dee      | 2015-05-10 |

        referral
        child_id | referral_date
        Ann      | 2015-07-01
        Eve      | 2015-07-01
        Fay      | 2016-07-01
        """,
        year=2016,
        gives=(3, 2),
        guidance=GUIDANCE,
    )


def test_the_figure(practice):
    """By district the figure is per 100 referrals."""
    practice(
        "EH-06",
        """
        early_help_episode
        child_id | start_date | end_date   | district
        Ann      | 2015-05-10 | 2015-06-01 | Redditch

        referral
        child_id | referral_date | district
        Ann      | 2015-07-01    | Redditch
        Ben      | 2015-07-01    | Redditch
        """,
        year=2016,
        gives=(1, 2),
        by="district",
        groups={"Redditch": 50},
        guidance=GUIDANCE,
    )


def test_no_referrals(practice):
    """Without referrals there is no value."""
    practice(
        "EH-06",
        """
        early_help_episode
        child_id | start_date | end_date
        Ann      | 2015-05-10 | 2015-06-01
        """,
        year=2016,
        gives=(1, 0),
        guidance="Denominator 0: no value.",
    )


def test_two_on_one_day(practice):
    """Two referrals of one child on one day are two, and so are two assessments."""
    practice(
        "EH-06",
        """
        early_help_episode
        child_id | start_date | end_date
        Ann      | 2015-05-01 | 2015-06-01
        Ann      | 2015-05-02 | 2015-06-01

        referral
        child_id | referral_date
        Ann      | 2015-09-10
        Ann      | 2015-09-10
        """,
        year=2016,
        gives=(2, 2),
        guidance="EH-01 x 100 over FD-02.",
    )
