"""Looked-after children: episodes of care and missing episodes."""

from quality.drawn import Example

EXAMPLES = (
    Example(
        "C01",
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
        "C02",
        "The next episode starts on the day the one before ends.",
        """
        care_episode
        child_id | start_date | end_date   | found
        Ann      | 2015-01-01 | 2015-06-01 |
        Ann      | 2015-06-01 | 2015-07-01 |
        Ann      | 2015-07-02 |            |
        Ben      | 2015-01-01 | 2015-06-01 | yes
        Ben      | 2015-05-31 | 2015-07-01 | yes
        """,
    ),
    Example(
        "C02",
        "An open episode overlaps all that start after it, whichever stands first in the file.",
        """
        care_episode
        child_id | start_date | end_date   | found
        Ann      | 2015-08-01 | 2015-09-01 | yes
        Ann      | 2015-02-01 |            | yes
        Ann      | 2015-03-01 | 2015-04-01 | yes
        Ann      | 2015-01-01 | 2015-02-01 |
        """,
    ),
    Example(
        "C02",
        "Annex A holds the latest placement and SSDA903 its episodes: each is held against its own.",
        """
        care_episode
        child_id | start_date | end_date   | source  | found
        Ann      | 2015-01-01 |            | ssda903 |
        Ann      | 2015-01-05 | 2015-03-01 | annex_a |
        Ben      | 2015-01-05 | 2015-03-01 | annex_a |
        Ben      | 2015-01-06 |            | ssda903 |
        """,
    ),
    Example(
        "C02",
        "A placement of Annex A without an end is ended by the one in a later workbook.",
        """
        care_episode
        child_id | start_date | end_date   | source  | found
        Ann      | 2015-01-05 |            | annex_a |
        Ann      | 2016-02-01 |            | annex_a |
        Ben      | 2015-01-05 | 2015-06-01 | annex_a | yes
        Ben      | 2015-05-01 | 2015-07-01 | annex_a | yes
        """,
    ),
    Example(
        "C02",
        "An episode that ends at once overlaps no other that starts on its day.",
        """
        care_episode
        child_id | start_date    | end_date     | found
        Ann      | 2015-01-01    | 2015-02-01   |
        Ann      | 2015-01-01    | 2015-01-01   |
        """,
    ),
    Example(
        "C03",
        "Only X1 says that another episode follows at once.",
        """
        care_episode
        child_id | start_date | end_date   | end_reason | found
        Ann      | 2015-06-01 | 2015-07-01 | X1         |
        Ben      | 2015-06-01 |            | X1         | yes
        Cal      | 2015-06-01 |            | E4A        |
        Dee      | 2015-06-01 |            |            |
        """,
    ),
    Example(
        "C04",
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
