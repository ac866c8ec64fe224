"""Reviews of child protection plans in timescale (CP-14)."""

GUIDANCE = (
    "The first review is due three months after the plan starts, each later one six months on."
)


def test_first_review_late(practice):
    """A first review held after three months leaves the plan out of time for as long as it is open."""
    practice(
        "CP-14",
        """
        cp_plan
        child_id | start_date | end_date
        Ann      | 2015-09-01 |

        cp_review
        child_id | plan_start | review_date
        Ann      | 2015-09-01 | 2015-12-02
        """,
        on="2016-03-31",
        gives=(0, 1),
        guidance=GUIDANCE,
    )


def test_every_review_counts_not_only_the_latest(practice):
    """One late review among several is enough: a plan is in time when nothing was late."""
    practice(
        "CP-14",
        """
        cp_plan
        child_id | start_date | end_date
        Ann      | 2014-09-01 |
        Ben      | 2014-09-01 |

        cp_review
        child_id | plan_start | review_date
        Ann      | 2014-09-01 | 2014-12-01
        Ann      | 2014-09-01 | 2015-06-02
        Ann      | 2014-09-01 | 2015-12-01
        Ben      | 2014-09-01 | 2014-12-01
        Ben      | 2014-09-01 | 2015-06-01
        Ben      | 2014-09-01 | 2015-12-01
        """,
        on="2016-03-31",
        gives=(1, 2),
        guidance=GUIDANCE,
    )


def test_no_review_yet_and_due_before_the_day(practice):
    """A plan without a review that was due before the day is not in time."""
    practice(
        "CP-14",
        """
        cp_plan
        child_id | start_date | end_date
        Ann      | 2015-12-30 |
        """,
        on="2016-03-31",
        gives=(0, 1),
        guidance=GUIDANCE,
    )


def test_review_due_on_the_day_itself(practice):
    """A review due on the day itself and not yet held is not overdue, the first and later ones alike."""
    practice(
        "CP-14",
        """
        cp_plan
        child_id | start_date | end_date
        Ann      | 2015-12-31 |
        Ben      | 2015-07-01 |

        cp_review
        child_id | plan_start | review_date
        Ben      | 2015-07-01 | 2015-09-30
        """,
        on="2016-03-30",
        gives=(1, 1),
        guidance=GUIDANCE,
    )


def test_started_at_a_month_end(practice):
    """Minus three months clamps: a plan started on 31 March is not yet three months old on 30 June."""
    practice(
        "CP-14",
        """
        cp_plan
        child_id | start_date | end_date
        Ann      | 2016-03-31 |
        Ben      | 2016-03-30 |
        """,
        on="2016-06-30",
        gives=(1, 1),
        guidance="Start on or before the day minus 3 months, clamped to the month's end.",
    )


def test_reviews_out_of_reach(practice):
    """A review after the day is not yet held; one on or before the start is ignored."""
    practice(
        "CP-14",
        """
        cp_plan
        child_id | start_date | end_date
        Ann      | 2015-09-01 |
        Ben      | 2015-09-01 |

        cp_review
        child_id | plan_start | review_date
        Ann      | 2015-09-01 | 2016-04-01
        Ben      | 2015-09-01 | 2015-09-01
        """,
        on="2016-03-31",
        gives=(0, 2),
        guidance=GUIDANCE,
    )


def test_later_review_overdue_on_the_day(practice):
    """First review on time, the next due on 29 March and not held by the 30th: overdue, not met."""
    practice(
        "CP-14",
        """
        cp_plan
        child_id | start_date | end_date
        Ann      | 2015-07-01 |

        cp_review
        child_id | plan_start | review_date
        Ann      | 2015-07-01 | 2015-09-29
        """,
        on="2016-03-30",
        gives=(0, 1),
        guidance=GUIDANCE,
    )


def test_later_review_due_on_the_day(practice):
    """First review on time, the next due six months after it, on the day itself: nothing overdue."""
    practice(
        "CP-14",
        """
        cp_plan
        child_id | start_date | end_date
        Ann      | 2015-07-01 |

        cp_review
        child_id | plan_start | review_date
        Ann      | 2015-07-01 | 2015-09-30
        """,
        on="2016-03-30",
        gives=(1, 1),
        guidance="The due date is the day itself: met.",
    )


def test_three_months_old_to_the_day(practice):
    """Started exactly three months before, no review yet: in the denominator, and nothing is late.
    Started a day later: not yet in the denominator.
    """
    practice(
        "CP-14",
        """
        cp_plan
        child_id | start_date | end_date
        Ann      | 2015-12-31 |
        Ben      | 2016-01-01 |
        """,
        on="2016-03-31",
        gives=(1, 1),
        guidance="The first is due on the day itself: nothing is late.",
    )


def test_counted_forwards_from_the_review_held(practice):
    """A review held early brings the next one forward: six months count from the review, not from
    the day it was due.
    """
    practice(
        "CP-14",
        """
        cp_plan
        child_id | start_date | end_date
        Ann      | 2015-06-01 |

        cp_review
        child_id | plan_start | review_date
        Ann      | 2015-06-01 | 2015-07-01
        Ann      | 2015-06-01 | 2016-01-02
        """,
        on="2016-03-31",
        gives=(0, 1),
        guidance="Each later review by 6 months after the one before it.",
    )


def test_ended_plans_and_other_authorities(practice):
    """A plan ended on the day is not counted, nor is another authority's. Then there is no value."""
    practice(
        "CP-14",
        """
        cp_plan
        child_id | start_date | end_date   | other_authority
        Ann      | 2015-09-01 | 2016-03-31 |
        Ben      | 2015-09-01 |            | yes
        """,
        on="2016-03-31",
        gives=(0, 0),
        guidance="Denominator 0: no value. Never 0% or 100%.",
    )


def test_reviews_of_another_plan(practice):
    """A review of the child's earlier plan is not a review of this one."""
    practice(
        "CP-14",
        """
        cp_plan
        child_id | start_date | end_date
        Ann      | 2014-09-01 | 2015-06-01
        Ann      | 2015-09-01 |

        cp_review
        child_id | plan_start | review_date
        Ann      | 2014-09-01 | 2015-11-01
        """,
        on="2016-03-31",
        gives=(0, 1),
        guidance=GUIDANCE,
    )


def test_annex_a_gives_only_the_latest_review(practice):
    """Annex A's only review is too late to be the first: whether there were others is not known, for as
    long as none is overdue. Ann's next is due on 1 June 2016. Ben's only review is in time for the first.
    Cal has had none at all, and of that there is no doubt.
    """
    records = """
        cp_plan
        child_id | start_date
        Ann      | 2014-09-01
        Ben      | 2015-11-01
        Cal      | 2015-09-01

        cp_review
        child_id | plan_start | review_date | source
        Ann      | 2014-09-01 | 2015-12-01  | annex_a
        Ben      | 2015-11-01 | 2016-01-15  | annex_a
        """
    practice(
        "CP-14",
        records,
        on="2016-03-31",
        gives=(1, 3),
        unknown=1,
        guidance="CPPreviewDate: every one, not only the latest. Unknown is not no.",
    )
    practice(
        "CP-14",
        records,
        on="2016-06-01",
        gives=(1, 3),
        unknown=1,
        guidance="CPPreviewDate: every one, not only the latest. Unknown is not no.",
    )
    practice(
        "CP-14",
        records,
        on="2016-06-02",
        gives=(1, 3),
        guidance="No review overdue on the day.",
    )


def test_annex_a_and_a_return_with_every_review(practice):
    """Where another source gives the plan's reviews, a gap between them is a review missed."""
    practice(
        "CP-14",
        """
        cp_plan
        child_id | start_date
        Ann      | 2015-05-01

        cp_review
        child_id | plan_start | review_date | source
        Ann      | 2015-05-01 | 2015-09-01  | cin
        Ann      | 2015-05-01 | 2016-01-15  | annex_a
        """,
        on="2016-03-31",
        gives=(0, 1),
        guidance=GUIDANCE,
    )


def test_annex_a_and_a_plan_that_ended(practice):
    """Not known or not, a plan that has ended is not in it; nor one under three months old."""
    practice(
        "CP-14",
        """
        cp_plan
        child_id | start_date | end_date
        Ann      | 2014-09-01 | 2016-03-31
        Ben      | 2014-09-01 | 2016-04-01
        Cal      | 2014-09-01 | 2016-03-31

        cp_review
        child_id | plan_start | review_date | source
        Ann      | 2014-09-01 | 2015-12-01  | annex_a
        Ben      | 2014-09-01 | 2015-12-01  | annex_a
        Cal      | 2014-09-01 | 2015-06-01  | annex_a
        """,
        on="2016-03-31",
        gives=(0, 1),
        unknown=1,
        guidance="Plans open on the day.",
    )


def test_review_dated_before_the_plan(practice):
    """A review dated long before the plan's start is an error: it is no review, and sets no date by
    which another was due.
    """
    practice(
        "CP-14",
        """
        cp_plan
        child_id | start_date
        Ann      | 2015-09-01

        cp_review
        child_id | plan_start | review_date
        Ann      | 2015-09-01 | 2014-11-30
        Ann      | 2015-09-01 | 2015-11-30
        """,
        on="2016-03-31",
        gives=(1, 1),
        guidance="Ignored, and raised as a data-quality finding when before the start.",
    )


def test_the_day_after_a_month_end(practice):
    """On 1 July a plan started on 31 March is three months old, and its first review a day overdue."""
    practice(
        "CP-14",
        """
        cp_plan
        child_id | start_date | end_date
        Ann      | 2016-03-31 |
        """,
        on="2016-07-01",
        gives=(0, 1),
        guidance="Start on or before the day minus 3 months, clamped to the month's end.",
    )


def test_annex_a_over_several_loads(practice):
    """Several loads of Annex A give several reviews. Held on the day they were due, nothing is missed;
    with one gap among them, whether one was missed is not known.
    """
    practice(
        "CP-14",
        """
        cp_plan
        child_id | start_date
        Ann      | 2015-03-01
        Ben      | 2015-03-01

        cp_review
        child_id | plan_start | review_date | source
        Ann      | 2015-03-01 | 2015-06-01  | annex_a
        Ann      | 2015-03-01 | 2015-12-01  | annex_a
        Ben      | 2015-03-01 | 2015-09-01  | annex_a
        Ben      | 2015-03-01 | 2015-12-01  | annex_a
        """,
        on="2016-03-31",
        gives=(1, 2),
        unknown=1,
        guidance="CPPreviewDate: every one, not only the latest. Unknown is not no.",
    )
