"""Re-referrals within twelve months (FD-05)."""

GUIDANCE = (
    "The same child has an earlier referral dated on or after the same calendar day 12 months before "
    "and before the referral date."
)


def test_within_twelve_months(practice):
    """The same day a year before counts; the day before that does not."""
    practice(
        "FD-05",
        """
        referral
        child_id | referral_date
        Ann      | 2014-09-10
        Ann      | 2015-09-10
        Ben      | 2014-09-09
        Ben      | 2015-09-10
        """,
        year=2016,
        gives=(1, 2),
        guidance=GUIDANCE,
    )


def test_two_referrals_on_one_day(practice):
    """Two referrals of one child on the same day, none earlier: neither is a re-referral."""
    practice(
        "FD-05",
        """
        referral
        child_id | referral_date
        Ann      | 2015-09-10
        Ann      | 2015-09-10
        """,
        year=2016,
        gives=(0, 2),
        guidance="The earlier one must be before the referral date.",
    )


def test_two_on_one_day_after_an_earlier_one(practice):
    """With an earlier one both are: each referral of the day has it before it."""
    practice(
        "FD-05",
        """
        referral
        child_id | referral_date
        Ann      | 2015-05-01
        Ann      | 2015-09-10
        Ann      | 2015-09-10
        """,
        year=2016,
        gives=(2, 3),
        guidance=GUIDANCE,
    )


def test_leap_day(practice):
    """Twelve months before 29 February 2016 is 28 February 2015: that day counts, the 27th does not."""
    practice(
        "FD-05",
        """
        referral
        child_id | referral_date
        Ann      | 2015-02-28
        Ann      | 2016-02-29
        Ben      | 2015-02-27
        Ben      | 2016-02-29
        """,
        year=2016,
        gives=(1, 2),
        guidance="29 February becomes 28 February.",
    )


def test_earlier_referral_counts_whatever_came_of_it(practice):
    """An earlier referral before the period, or marked no further action, counts: only its date and
    child matter.
    """
    practice(
        "FD-05",
        """
        referral
        child_id | referral_date | no_further_action
        Ann      | 2015-03-31    | yes
        Ann      | 2015-04-01    | no
        Ben      | 2015-03-31    | no
        Cal      | 2015-04-01    | no
        """,
        year=2016,
        gives=(1, 2),
        guidance=GUIDANCE,
    )


def test_only_the_nearest_matters(practice):
    """A long history does not hide a recent referral, and a later referral is not an earlier one."""
    practice(
        "FD-05",
        """
        referral
        child_id | referral_date
        Ann      | 2010-01-01
        Ann      | 2015-08-01
        Ann      | 2015-09-10
        Ben      | 2015-09-10
        Ben      | 2016-05-01
        """,
        year=2016,
        gives=(1, 3),
        guidance=GUIDANCE,
    )


def test_no_referrals(practice):
    """Denominator 0 gives no value."""
    practice(
        "FD-05",
        """
        referral
        child_id | referral_date
        Ann      | 2016-04-01
        """,
        year=2016,
        gives=(0, 0),
        guidance="Denominator 0: no value.",
    )
