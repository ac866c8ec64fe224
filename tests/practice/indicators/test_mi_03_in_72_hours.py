"""Return interviews within 72 hours (MI-03)."""

GUIDANCE = "Completed within 72 hours of return, by hours of the clock."


def test_of_all(practice):
    """Of all episodes that ended. Until the hours are over, one not done is not known."""
    practice(
        "MI-03",
        """
        missing_episode
        child_id | end_date   | returned_at      | interview_accepted | interview_at     | as_at
        Ann      | 2016-03-04 | 2016-03-04 09:00 | yes                | 2016-03-07 09:00 | 2016-03-31 17:00
        Ben      | 2016-03-04 | 2016-03-04 09:00 | yes                | 2016-03-07 09:01 | 2016-03-31 17:00
        Cal      | 2016-03-04 | 2016-03-04 09:00 | no                 |                  | 2016-03-31 17:00
        Dee      | 2016-03-04 | 2016-03-04 09:00 | yes                |                  | 2016-03-07 09:00
        Eve      | 2016-03-04 | 2016-03-04 09:00 | yes                |                  | 2016-03-07 09:01
        """,
        year=2016,
        part="all",
        gives=(1, 5),
        unknown=1,
        guidance=GUIDANCE,
    )


def test_of_those_accepted(practice):
    """Of those after which an interview was accepted."""
    practice(
        "MI-03",
        """
        missing_episode
        child_id | end_date   | returned_at      | interview_accepted | interview_at     | as_at
        Ann      | 2016-03-04 | 2016-03-04 09:00 | yes                | 2016-03-07 09:00 | 2016-03-31 17:00
        Ben      | 2016-03-04 | 2016-03-04 09:00 | yes                | 2016-03-07 09:01 | 2016-03-31 17:00
        Cal      | 2016-03-04 | 2016-03-04 09:00 | no                 |                  | 2016-03-31 17:00
        Dee      | 2016-03-04 | 2016-03-04 09:00 | yes                |                  | 2016-03-07 09:00
        Eve      | 2016-03-04 | 2016-03-04 09:00 | yes                |                  | 2016-03-07 09:01
        """,
        year=2016,
        part="accepted",
        gives=(1, 4),
        unknown=1,
        guidance=GUIDANCE,
    )


def test_absence_without_leave_of_all(practice):
    """Absence without leave is not being missing; one of unknown kind is."""
    practice(
        "MI-03",
        """
        missing_episode
        child_id | missing_kind | end_date   | returned_at      | interview_accepted | interview_at
        Ann      | M            | 2016-03-04 | 2016-03-04 09:00 | yes                | 2016-03-05 09:00
        Ben      | A            | 2016-03-04 | 2016-03-04 09:00 | yes                | 2016-03-05 09:00
        Cal      |              | 2016-03-04 | 2016-03-04 09:00 | yes                | 2016-03-05 09:00
        """,
        year=2016,
        part="all",
        gives=(2, 2),
        guidance=GUIDANCE,
    )


def test_absence_without_leave_of_accepted(practice):
    """Absence without leave is not being missing; one of unknown kind is."""
    practice(
        "MI-03",
        """
        missing_episode
        child_id | missing_kind | end_date   | returned_at      | interview_accepted | interview_at
        Ann      | M            | 2016-03-04 | 2016-03-04 09:00 | yes                | 2016-03-05 09:00
        Ben      | A            | 2016-03-04 | 2016-03-04 09:00 | yes                | 2016-03-05 09:00
        Cal      |              | 2016-03-04 | 2016-03-04 09:00 | yes                | 2016-03-05 09:00
        """,
        year=2016,
        part="accepted",
        gives=(2, 2),
        guidance=GUIDANCE,
    )


def test_what_only_a_return_tells(practice):
    """A return does not say at what time: not known."""
    practice(
        "MI-03",
        """
        missing_episode
        child_id | end_date   | interview_accepted
        Ann      | 2016-03-04 | yes
        """,
        year=2016,
        part="all",
        gives=(0, 1),
        unknown=1,
        guidance=GUIDANCE,
    )


NEVER_BACK = """
        missing_episode
        child_id | end_date   | returned_at      | interview_accepted | interview_at     | as_at
        Ann      | 2016-03-04 | 2016-03-04 09:00 | yes                | 2016-03-05 09:00 | 2016-03-31 17:00
        Ben      | 2016-03-04 |                  | yes                |                  | 2016-03-31 17:00
        Cal      | 2016-03-04 |                  | yes                |                  |
        Dee      | 2016-03-04 | 2016-03-04 09:00 | yes                | 2016-03-05 09:00 |
        """


def test_all_where_there_was_no_return(practice):
    """Ben turned 18 while missing and never came back: nobody could interview him, and none is held to have
    failed to. Of a return of the authority it is not known.
    """
    practice(
        "MI-03",
        NEVER_BACK,
        year=2016,
        part="all",
        gives=(2, 3),
        unknown=1,
        guidance=GUIDANCE,
    )


def test_accepted_where_there_was_no_return(practice):
    """The same of those accepted."""
    practice(
        "MI-03",
        NEVER_BACK,
        year=2016,
        part="accepted",
        gives=(2, 3),
        unknown=1,
        guidance=GUIDANCE,
    )
