"""Strengths and Difficulties Questionnaire (LH-05)."""

RECORDS = """
        child
        child_id | birth_date
        Ann      | 2012-03-31
        Ben      | 2012-04-01
        Cal      | 1999-04-01
        Dee      | 1999-03-31
        Eve      |

        care_outcome
        child_id | year_end   | sdq_score | sdq_reason
        Ann      | 2016-03-31 | 10        |
        Ben      | 2016-03-31 | 40        |
        Cal      | 2016-03-31 | 17        |
        Dee      | 2016-03-31 | 40        |
        Eve      | 2016-03-31 |           | SDQ2
        """


def test_returned(practice):
    """Aged 4 to 16 at the year's end: Ann is just four, Cal still 16; Ben is three and Dee 17. A child
    whose birth date is not known stays in. No score is not returned.
    """
    practice(
        "LH-05",
        RECORDS,
        part="returned",
        year=2016,
        gives=(2, 3),
        guidance="Returned: with a score, of those aged 4 to 16.",
    )


def test_mean_score(practice):
    """The mean of the scores of the same children, those without one left out."""
    practice(
        "LH-05",
        RECORDS,
        part="mean",
        year=2016,
        gives=13.5,
        guidance="Mean: sum of scores over those with a score.",
    )


def test_no_scores(practice):
    """Without a score there is no mean; without a child, no share."""
    records = """
        care_outcome
        child_id | year_end   | sdq_score
        Ann      | 2016-03-31 |
        """
    practice("LH-05", records, part="mean", year=2016, gives=None, guidance="No value.")
    practice("LH-05", records, part="returned", year=2016, gives=(0, 1), guidance="Not returned.")
    practice("LH-05", records, part="returned", year=2017, gives=(0, 0), guidance="No value.")


def test_a_score_out_of_range(practice):
    """Scores run from 0 to 40: one beyond is no score."""
    records = """
        care_outcome
        child_id | year_end   | sdq_score
        Ann      | 2016-03-31 | 0
        Ben      | 2016-03-31 | 40
        Cal      | 2016-03-31 | 41
        Dee      | 2016-03-31 | -1
        """
    practice("LH-05", records, part="mean", year=2016, gives=20, guidance="A score of 0 to 40.")
    practice(
        "LH-05", records, part="returned", year=2016, gives=(2, 4), guidance="A score of 0 to 40."
    )
