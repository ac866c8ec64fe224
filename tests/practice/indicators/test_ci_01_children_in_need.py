"""Children in need on the day (CI-01)."""

GUIDANCE = "Episodes open on the day, excluding referrals marked no further action."


def test_open_on_the_day(practice):
    """Open from the referral's day on; no longer open on the day of closure."""
    practice(
        "CI-01",
        """
        referral
        child_id | referral_date | closure_date
        Ann      | 2016-03-31    |
        Ben      | 2016-04-01    |
        Cal      | 2015-01-01    | 2016-03-31
        Dee      | 2015-01-01    | 2016-04-01
        """,
        on="2016-03-31",
        gives=2,
        guidance="Referral on or before the day, and no closure or closure after the day.",
    )


def test_no_further_action(practice):
    """A referral marked no further action opens no episode of need."""
    practice(
        "CI-01",
        """
        referral
        child_id | referral_date | no_further_action
        Ann      | 2015-06-01    | yes
        Ben      | 2015-06-01    | no
        """,
        on="2016-03-31",
        gives=1,
        guidance=GUIDANCE,
    )


def test_not_known_whether_further_action(practice):
    """Not known to be no further action: the episode stays."""
    practice(
        "CI-01",
        """
        referral
        child_id | referral_date | no_further_action
        Ann      | 2015-06-01    |
        """,
        on="2016-03-31",
        gives=1,
        guidance="Unknown is not no, and not yes.",
    )


def test_unreadable_closure(practice):
    """A closure date that could not be read is not given: the episode still counts as open."""
    practice(
        "CI-01",
        """
        referral
        child_id | referral_date | closure_date
        Ann      | 2015-06-01    |
        Ben      | 2015-06-01    | 2015-09-01
        """,
        on="2016-03-31",
        gives=1,
        guidance="A date that cannot exist (30 February): not given; the record stays.",
    )


def test_two_episodes_of_one_child(practice):
    """Episodes are counted: an earlier closed one does not, two open at once both do."""
    practice(
        "CI-01",
        """
        referral
        child_id | referral_date | closure_date
        Ann      | 2014-06-01    | 2014-09-01
        Ann      | 2015-06-01    |
        Ann      | 2015-10-01    |
        """,
        on="2016-03-31",
        gives=2,
        guidance="Episodes open on the day. Two at once are a finding.",
    )


def test_marked_as_leading_to_action(practice):
    """A referral said to have led to action is counted, as is one of which it is not said."""
    practice(
        "CI-01",
        """
        referral
        child_id | referral_date | no_further_action
        Ann      | 2015-09-10    | no
        """,
        on="2016-03-31",
        gives=1,
        guidance="Excluding referrals marked no further action.",
    )
