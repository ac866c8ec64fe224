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


NEVER_BACK = """
        missing_episode
        child_id | end_date   | returned_at      | interview_offered | interview_accepted | as_at
        Ann      | 2015-09-02 | 2015-09-02 09:00 | yes               | yes                | 2016-03-31 17:00
        Ben      | 2015-12-01 |                  | yes               | yes                | 2016-03-31 17:00
        Cal      | 2015-09-02 |                  | yes               | yes                |
        Dee      | 2015-09-02 | 2015-09-02 09:00 | yes               | yes                | 2016-03-31 17:00
        """


def test_offered_where_there_was_no_return(practice):
    """Ben turned 18 while missing and never came back: there is no return to be interviewed on. A return
    of the authority (Cal) gives the day alone.
    """
    practice(
        "MI-02",
        NEVER_BACK,
        part="offered",
        year=2016,
        gives=(3, 3),
        guidance="Offered, of episodes ended in the period.",
    )


def test_accepted_where_there_was_no_return(practice):
    """The same of those accepted."""
    practice(
        "MI-02",
        NEVER_BACK,
        part="accepted",
        year=2016,
        gives=(3, 3),
        guidance="Accepted, of those offered.",
    )
