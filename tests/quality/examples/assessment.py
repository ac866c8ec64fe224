"""Assessments."""

from quality.drawn import Example

EXAMPLES = (
    Example(
        "1103",
        "An assessment may start on the day of the referral.",
        """
        assessment
        child_id | referral_date | start_date | found
        Ann      | 2015-06-01    | 2015-06-01 |
        Ben      | 2015-06-01    | 2015-05-31 | yes
        Cal      |               | 2015-05-31 |
        """,
    ),
    Example(
        "8608",
        "An assessment may end on its first day.",
        """
        assessment
        child_id | start_date | authorisation_date | found
        Ann      | 2015-06-01 |                    |
        Ben      | 2015-06-01 | 2015-06-01         |
        Cal      | 2015-06-01 | 2015-05-31         | yes
        """,
    ),
    Example(
        "8670Q",
        "Working days are counted to the end of the return: 26 January 2016 is the 45th before it.",
        """
        assessment
        child_id | start_date | authorisation_date | found
        Ann      | 2016-01-26 |                    |
        Ben      | 2016-01-25 |                    | yes
        Cal      | 2016-01-25 | 2016-03-30         |
        """,
    ),
    Example(
        "8670Q",
        "Each is held against the return it stands in.",
        """
        assessment
        child_id | start_date | return_end | found
        Ann      | 2015-03-02 | 2015-03-31 |
        Ben      | 2015-03-02 | 2016-03-31 | yes
        """,
    ),
)
