"""Return interviews offered and accepted (MI-02)."""

RECORDS = """
        missing_episode
        child_id | missing_kind | start_date | end_date   | interview_offered | interview_accepted
        Ann      | M            | 2015-03-30 | 2015-04-01 | yes               | yes
        Ben      | M            | 2015-05-01 | 2015-05-02 | yes               | no
        Cal      | M            | 2015-05-01 | 2015-05-02 | no                |
        Dee      |              | 2015-05-01 | 2015-05-02 |                   |
        Eve      | M            | 2016-03-30 |            | yes               | yes
        Fay      | A            | 2015-05-01 | 2015-05-02 | yes               | yes
        Gus      | M            | 2015-05-01 | 2015-05-02 | yes               |
        """


def test_offered(practice):
    """Of the episodes that ended in the period; one not said to be offered or not is not known."""
    practice(
        "MI-02",
        RECORDS,
        part="offered",
        year=2016,
        gives=(3, 5),
        unknown=1,
        guidance="Offered, of episodes ended in the period.",
    )


def test_accepted(practice):
    """Of those offered; an answer not given is not known."""
    practice(
        "MI-02",
        RECORDS,
        part="accepted",
        year=2016,
        gives=(1, 3),
        unknown=1,
        guidance="Accepted, of those offered.",
    )


def test_none_ended(practice):
    """A child still missing has not returned; without a return there is no value."""
    practice("MI-02", RECORDS, part="offered", year=2017, gives=(0, 0), guidance="No value.")
    practice("MI-02", RECORDS, part="accepted", year=2017, gives=(0, 0), guidance="No value.")


def test_a_kind_that_is_not_given(practice):
    """A kind not given counts as missing, in both shares; away does not."""
    records = """
        missing_episode
        child_id | missing_kind | start_date | end_date   | interview_offered | interview_accepted
        Ann      |              | 2015-09-01 | 2015-09-02 | yes               | yes
        Ben      | A            | 2015-09-01 | 2015-09-02 | yes               | yes
        """
    for part in ("offered", "accepted"):
        practice(
            "MI-02",
            records,
            part=part,
            year=2016,
            gives=(1, 1),
            guidance="Offered; accepted.",
        )
