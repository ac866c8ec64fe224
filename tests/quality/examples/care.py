"""Looked-after children: episodes of care and missing episodes in formats other than SSDA903.

What the rules find in SSDA903 itself is shown in tests/quality/lists.
"""

from quality.drawn import Example

EXAMPLES = (
    Example(
        "903-356",
        "An episode may end on its first day.",
        """
        care_episode
        child_id | start_date | end_date   | found
        Ann      | 2015-06-01 |            |
        Ben      | 2015-06-01 | 2015-06-01 |
        Cal      | 2015-06-01 | 2015-05-31 | yes
        """,
    ),
    Example(
        "903-142",
        "An open episode is held against those of its own kind of return.",
        """
        care_episode
        child_id | start_date | end_date   | source  | found
        Ann      | 2015-01-01 |            | ssd     |
        Ann      | 2015-02-01 | 2015-03-01 | ssda903 |
        Ben      | 2015-01-01 |            | ssd     | yes
        Ben      | 2015-02-01 | 2015-03-01 | ssd     |
        """,
    ),
    Example(
        "903-501",
        "Annex A holds the latest placement and SSDA903 its episodes: each is held against its own.",
        """
        care_episode
        child_id | start_date | end_date   | source  | found
        Ann      | 2015-01-01 | 2015-12-01 | ssda903 |
        Ann      | 2015-01-05 | 2015-03-01 | annex_a |
        Ben      | 2015-01-05 | 2015-03-01 | annex_a |
        Ben      | 2015-01-06 |            | ssda903 |
        """,
    ),
    Example(
        "903-501",
        "A placement of Annex A without an end is ended by the one in a later workbook.",
        """
        care_episode
        child_id | start_date | end_date   | source  | found
        Ann      | 2015-01-05 |            | annex_a |
        Ann      | 2016-02-01 |            | annex_a |
        Ben      | 2015-01-05 | 2015-06-01 | annex_a |
        Ben      | 2015-05-01 | 2015-07-01 | annex_a | yes
        """,
    ),
    Example(
        "903-148",
        "An episode that is said to be followed by another has an end.",
        """
        care_episode
        child_id | start_date | end_date   | end_reason | found
        Ann      | 2015-06-01 | 2015-07-01 | X1         |
        Ben      | 2015-06-01 |            | X1         | yes
        Cal      | 2015-06-01 |            | E4A        | yes
        Dee      | 2015-06-01 |            |            |
        """,
    ),
    Example(
        "903-567",
        "A child may come back on the day of going missing.",
        """
        missing_episode
        child_id | start_date | end_date   | found
        Ann      | 2015-06-01 |            |
        Ben      | 2015-06-01 | 2015-06-01 |
        Cal      | 2015-06-01 | 2015-05-31 | yes
        """,
    ),
)
