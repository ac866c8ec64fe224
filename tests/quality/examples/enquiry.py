"""Enquiries under section 47."""

from quality.drawn import Example

EXAMPLES = (
    Example(
        "2889",
        "An enquiry may start on the day of the referral.",
        """
        section_47
        child_id | referral_date | start_date | found
        Ann      | 2015-06-01    | 2015-06-01 |
        Ben      | 2015-06-01    | 2015-05-31 | yes
        Cal      |               | 2015-05-31 |
        """,
    ),
    Example(
        "8675Q",
        "Working days are counted to the end of the return: 8 March 2016 is the 15th before it, "
        "since Good Friday and Easter Monday are none.",
        """
        section_47
        child_id | start_date | conference_date | conference_not_required | source | found
        Ann      | 2016-03-08 |                 | no                      | cin    |
        Ben      | 2016-03-07 |                 | no                      | cin    | yes
        Cal      | 2016-03-07 |                 |                         | cin    | yes
        Dee      | 2016-03-07 |                 | yes                     | cin    |
        Eve      | 2016-03-07 | 2016-03-21      | no                      | cin    |
        Fay      | 2016-03-07 |                 |                         | ssd    |
        """,
    ),
    Example(
        "8675Q",
        "Each is held against the return it stands in.",
        """
        section_47
        child_id | start_date | return_end | found
        Ann      | 2015-03-20 | 2015-03-31 |
        Ben      | 2015-03-20 | 2016-03-31 | yes
        """,
    ),
    Example(
        "8870Q",
        "Friday 3 July 2015 and the days after it; a bank holiday is no weekend.",
        """
        section_47
        child_id | conference_target_date | found
        Ann      | 2015-07-03             |
        Ben      | 2015-07-04             | yes
        Cal      | 2015-07-05             | yes
        Dee      | 2015-07-06             |
        Eve      | 2015-12-25             |
        Fay      |                        |
        """,
    ),
    Example(
        "S01",
        "An enquiry may be concluded on its first day.",
        """
        section_47
        child_id | start_date | end_date   | found
        Ann      | 2015-06-01 |            |
        Ben      | 2015-06-01 | 2015-06-01 |
        Cal      | 2015-06-01 | 2015-05-31 | yes
        """,
    ),
)
