"""Looked-after children with every review in time (LA-07)."""

GUIDANCE = "Rule LACR: within 20 working days of entering care, then at most 3 months, then at most 6 months."


def test_first_review(practice):
    """From 1 June 2015 the 20th working day is 29 June: held that day is in time, a day later not."""
    practice(
        "LA-07",
        """
        care_episode
        child_id | start_date | start_reason
        Ann      | 2015-06-01 | S
        Ben      | 2015-06-01 | S

        care_review
        child_id | review_date
        Ann      | 2015-06-29
        Ben      | 2015-06-30
        """,
        period=("2015-04-01", "2015-08-31"),
        gives=(1, 2),
        guidance=GUIDANCE,
    )


def test_second_and_later_reviews(practice):
    """The second within three months of the first, the third within six of the second. One late review
    is enough, and a review not held at all is late.
    """
    practice(
        "LA-07",
        """
        care_episode
        child_id | start_date | start_reason
        Ann      | 2015-04-01 | S
        Ben      | 2015-04-01 | S
        Cal      | 2015-04-01 | S

        care_review
        child_id | review_date
        Ann      | 2015-04-28
        Ann      | 2015-07-28
        Ann      | 2016-01-28
        Ben      | 2015-04-28
        Ben      | 2015-07-29
        Ben      | 2016-01-28
        Cal      | 2015-04-28
        Cal      | 2015-07-28
        """,
        year=2016,
        gives=(1, 3),
        guidance=GUIDANCE,
    )


def test_nothing_due_in_the_period(practice):
    """A child with no review due in the period is not counted: then there is no value."""
    practice(
        "LA-07",
        """
        care_episode
        child_id | start_date | start_reason
        Ann      | 2015-04-01 | S

        care_review
        child_id | review_date
        Ann      | 2015-04-28
        Ann      | 2015-07-28
        """,
        period=("2015-08-01", "2015-12-31"),
        gives=(0, 0),
        guidance="Looked-after children with reviews due in the year.",
    )


def test_left_care_before_the_review(practice):
    """A review due on or after the day a child left care was never due."""
    practice(
        "LA-07",
        """
        care_episode
        child_id | start_date | start_reason | end_date
        Ann      | 2015-06-01 | S            | 2015-06-29
        Ben      | 2015-06-01 | S            | 2015-06-30
        """,
        year=2016,
        gives=(0, 1),
        guidance="A review is due only while the child is looked after.",
    )


def test_earlier_reviews_in_returns_not_loaded(practice):
    """In care since 2012 with reviews known from 2015 on: six months run from the first one known."""
    practice(
        "LA-07",
        """
        care_episode
        child_id | start_date | start_reason
        Ann      | 2012-06-01 | S

        care_review
        child_id | review_date
        Ann      | 2015-05-10
        Ann      | 2015-11-10
        """,
        year=2016,
        gives=(1, 1),
        guidance="Each later one within 6 months of the one before.",
    )


ONE_RETURN = """
        care_episode
        child_id | start_date | start_reason
        Ann      | 2015-01-15 | S
        Ben      | 2015-01-15 | S
        Cal      | 2015-01-15 | S
        Dee      | 2015-03-31 | S
        Eve      | 2015-04-01 | S
        Gus      | 2015-03-31 | S

        care_review
        child_id | review_date | source  | return_end
        Ann      | 2015-05-05  | {first} | 2016-03-31
        Ann      | 2015-10-30  | ssda903 | 2016-03-31
        Ann      | 2016-04-20  | ssda903 | 2017-03-31
        Ben      | 2015-09-30  | ssda903 | 2016-03-31
        Ben      | 2016-03-30  | ssda903 | 2016-03-31
        Cal      | 2015-10-01  | ssda903 | 2016-03-31
        Eve      | 2015-05-05  | ssda903 | 2016-03-31
        Gus      | 2015-05-05  | ssda903 | 2016-03-31
        Gus      | 2015-11-05  | ssda903 | 2016-03-31
        Fay      | 2013-05-05  | annex_a | 2013-06-30
        """


def test_care_begun_before_the_first_return_held(practice):
    """The return to March 2016 has no review of the year before. Whether Ann's in May was her second or
    her third is not known, nor Gus's, so six months follow it. Cal and Dee had none by 30 September, six
    months after the last day that is not held: that is late whatever went before. Eve came into care in
    the year itself: her first review, in May, is late.
    """
    records = ONE_RETURN.format(first="ssda903")
    practice(
        "LA-07",
        records,
        year=2016,
        gives=(3, 6),
        guidance="Unknown is not no.",
    )
    practice(
        "LA-07",
        records,
        period=("2015-09-01", "2015-09-30"),
        gives=(0, 2),
        guidance="Unknown is not no.",
    )


def test_a_source_that_has_the_reviews_of_every_year(practice):
    """With the Standard Safeguarding Dataset too, the first review held is the first: Ann's next was due
    three months after May, Ben's three months after September.
    """
    practice(
        "LA-07",
        ONE_RETURN.format(first="ssd    "),
        year=2016,
        gives=(0, 6),
        guidance=GUIDANCE,
    )


def test_care_known_from_its_middle_on(practice):
    """The records begin with a change of placement: which review the first one held is, is not known. Six
    months is then the interval, from the first day held too.
    """
    practice(
        "LA-07",
        """
        care_episode
        child_id | start_date | start_reason
        Ann      | 2015-05-01 | P
        Ben      | 2015-05-01 | P
        Cal      | 2015-05-01 | P

        care_review
        child_id | review_date
        Ann      | 2015-10-30
        Ben      | 2015-08-01
        Ben      | 2016-01-31
        """,
        year=2016,
        gives=(2, 3),
        guidance="Unknown is not no.",
    )


def test_known_from_annex_a_alone(practice):
    """Annex A gives only the latest review: whether all were in time is not known. Left out."""
    practice(
        "LA-07",
        """
        care_episode
        child_id | entered_care_date | start_date | source
        Ann      | 2015-04-01        | 2015-04-01 | annex_a

        care_review
        child_id | review_date | source
        Ann      | 2016-01-10  | annex_a
        """,
        year=2016,
        gives=(0, 0),
        guidance="Unknown is not no.",
    )


def test_due_on_the_edges_of_the_period(practice):
    """Due on the first day of the period is due in it, the day before is not; so at its end."""
    records = """
        care_episode
        child_id | start_date | start_reason
        Ann      | 2015-06-01 | S
        """
    for period, gives in (
        (("2015-06-29", "2015-07-31"), (0, 1)),
        (("2015-06-30", "2015-07-31"), (0, 0)),
        (("2015-06-01", "2015-06-29"), (0, 1)),
        (("2015-06-01", "2015-06-28"), (0, 0)),
    ):
        practice("LA-07", records, period=period, gives=gives, guidance=GUIDANCE)


def test_first_review_nine_months_after_entry(practice):
    """Held nine months after entering care, a review is taken for the first, and the next is due within
    three months; held a day later, earlier ones are taken to be in returns not loaded.
    """
    practice(
        "LA-07",
        """
        care_episode
        child_id | start_date | start_reason
        Ann      | 2014-07-10 | S
        Ben      | 2014-07-09 | S

        care_review
        child_id | review_date
        Ann      | 2015-04-10
        Ann      | 2015-10-10
        Ben      | 2015-04-10
        Ben      | 2015-10-10
        """,
        year=2016,
        gives=(1, 2),
        guidance=GUIDANCE,
    )


def test_six_months_to_the_day(practice):
    """The third review is due six months after the second, to the day."""
    practice(
        "LA-07",
        """
        care_episode
        child_id | start_date | start_reason
        Ann      | 2015-04-01 | S
        Ben      | 2015-04-01 | S

        care_review
        child_id | review_date
        Ann      | 2015-04-28
        Ann      | 2015-06-28
        Ann      | 2015-12-28
        Ben      | 2015-04-28
        Ben      | 2015-06-28
        Ben      | 2015-12-29
        """,
        year=2016,
        gives=(1, 2),
        guidance=GUIDANCE,
    )


def test_reviews_of_each_period_of_care(practice):
    """Reviews before entering care or after leaving it are none of it: each period has its own, and one
    held on the day of entry is the first.
    """
    records = """
        care_episode
        child_id | start_date | start_reason | end_date
        Ann      | 2014-06-01 | S            | 2015-02-01
        Ann      | 2015-06-01 | S            |
        Ben      | 2015-06-01 | S            |

        care_review
        child_id | review_date
        Ann      | 2014-06-10
        Ann      | 2014-09-10
        Ann      | 2015-02-01
        Ann      | 2015-05-30
        Ann      | 2015-06-20
        Ann      | 2015-09-20
        Ben      | 2015-06-01
        Ben      | 2015-09-01
        """
    practice("LA-07", records, period=("2015-04-01", "2015-12-31"), gives=(2, 2), guidance=GUIDANCE)
    practice("LA-07", records, period=("2014-06-01", "2015-01-31"), gives=(1, 1), guidance=GUIDANCE)
    practice("LA-07", records, period=("2014-06-01", "2015-03-31"), gives=(1, 1), guidance=GUIDANCE)


def test_entry_before_the_calendar(practice):
    """Where the entry cannot be counted from, the reviews after it still can."""
    practice(
        "LA-07",
        """
        care_episode
        child_id | start_date | start_reason
        Ann      | 1915-06-01 | S

        care_review
        child_id | review_date
        Ann      | 2015-06-20
        """,
        year=2016,
        gives=(0, 1),
        guidance="Nothing is dropped in silence.",
    )


def test_two_reviews_on_one_day(practice):
    """Two on one day are one review held."""
    practice(
        "LA-07",
        """
        care_episode
        child_id | start_date | start_reason
        Ann      | 2015-06-01 | S

        care_review
        child_id | review_date
        Ann      | 2015-06-20
        Ann      | 2015-06-20
        Ann      | 2015-10-20
        """,
        year=2016,
        gives=(0, 1),
        guidance=GUIDANCE,
    )


def test_the_first_review_of_a_second_period_of_care(practice):
    """Back in care, the first review is due within 20 working days again, whatever went before."""
    practice(
        "LA-07",
        """
        care_episode
        child_id | start_date | start_reason | end_date
        Ann      | 2014-06-01 | S            | 2015-02-01
        Ann      | 2015-06-01 | S            |

        care_review
        child_id | review_date
        Ann      | 2014-06-10
        Ann      | 2014-09-10
        Ann      | 2015-07-10
        """,
        period=("2015-04-01", "2015-09-30"),
        gives=(0, 1),
        guidance=GUIDANCE,
    )


def test_annex_a_beside_the_episodes(practice):
    """Where other returns tell of the period of care too, its reviews are known."""
    practice(
        "LA-07",
        """
        care_episode
        child_id | start_date | start_reason | end_date   | source
        Ann      | 2015-04-01 | S            | 2015-08-01 | ssda903
        Ann      | 2015-08-01 | P            |            | annex_a

        care_review
        child_id | review_date
        Ann      | 2015-04-20
        Ann      | 2015-07-20
        Ann      | 2016-01-20
        """,
        year=2016,
        gives=(1, 1),
        guidance=GUIDANCE,
    )
