"""Initial child protection conferences."""

from quality.drawn import Example

EXAMPLES = (
    Example(
        "1104",
        "A conference may be on the day of the referral, also for a child who transfers in.",
        """
        conference
        child_id | referral_date | conference_date | transfer_in | found
        Ann      | 2015-06-01    | 2015-06-01      |             |
        Ben      | 2015-06-01    | 2015-05-29      |             | yes
        Cal      | 2015-06-01    | 2015-05-29      | yes         | yes
        Dee      |               | 2015-05-29      |             |
        """,
    ),
    Example(
        "2884",
        "Both records of the conference are named; two enquiries may share one conference.",
        """
        conference
        child_id | conference_date | section_47_start | found
        Ann      | 2015-06-15      | 2015-06-01       | yes
        Ann      | 2015-06-15      |                  | yes
        Ann      | 2015-09-15      |                  |
        Ben      | 2015-06-15      | 2015-06-01       |
        Ben      | 2015-06-15      | 2015-06-03       |
        Cal      | 2015-06-15      |                  |
        """,
    ),
    Example(
        "8615",
        "A conference may be on the day the enquiry starts, and may follow none.",
        """
        conference
        child_id | conference_date | section_47_start | found
        Ann      | 2015-06-01      | 2015-06-01       |
        Ben      | 2015-05-29      | 2015-06-01       | yes
        Cal      | 2015-05-29      |                  |
        """,
    ),
    Example(
        "8875",
        "Friday 3 July 2015 and the days after it; a bank holiday is no weekend.",
        """
        conference
        child_id | conference_date | found
        Ann      | 2015-07-03      |
        Ben      | 2015-07-04      | yes
        Cal      | 2015-07-05      | yes
        Dee      | 2015-07-06      |
        Eve      | 2015-12-25      |
        """,
    ),
)
