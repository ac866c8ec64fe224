"""Child in need plans."""

from quality.drawn import Example

EXAMPLES = (
    Example(
        "4001",
        "Both are named where neither has an end; another authority's plan does not count.",
        """
        cin_plan
        child_id | start_date | end_date   | found
        Ann      | 2015-07-01 |            | yes
        Ben      | 2015-07-01 |            |
        Cal      | 2015-07-01 |            |
        Dee      | 2015-07-01 | 2015-08-01 |

        cp_plan
        child_id | start_date | end_date   | other_authority | found
        Ann      | 2015-06-01 |            | no              | yes
        Ben      | 2015-06-01 |            | yes             |
        Cal      | 2015-06-01 | 2015-09-01 |                 |
        Dee      | 2015-06-01 |            |                 |
        """,
    ),
    Example(
        "4016",
        "It may start on the day the other ends; another authority's plan does not count.",
        """
        cin_plan
        child_id | start_date | end_date   | found
        Ann      | 2015-09-01 |            |
        Ben      | 2015-08-31 |            | yes
        Cal      | 2015-07-01 | 2015-08-01 |
        Dee      | 2015-05-31 | 2015-08-01 |
        Eve      | 2015-06-01 | 2015-08-01 | yes

        cp_plan
        child_id | start_date | end_date   | other_authority | found
        Ann      | 2015-06-01 | 2015-09-01 |                 |
        Ben      | 2015-06-01 | 2015-09-01 | no              | yes
        Cal      | 2015-06-01 |            | yes             |
        Dee      | 2015-06-01 | 2015-09-01 |                 |
        Eve      | 2015-06-01 |            |                 | yes
        """,
    ),
    Example(
        "4017",
        "It may start on the day the other ends; another authority's plan does not count.",
        """
        cin_plan
        child_id | start_date | end_date   | found
        Ann      | 2015-06-01 | 2015-09-01 |
        Ben      | 2015-06-01 | 2015-09-01 | yes
        Cal      | 2015-06-01 |            |
        Dee      | 2015-06-01 | 2015-09-01 |
        Eve      | 2015-06-01 |            | yes

        cp_plan
        child_id | start_date | end_date   | other_authority | found
        Ann      | 2015-09-01 |            |                 |
        Ben      | 2015-08-31 |            | no              | yes
        Cal      | 2015-07-01 | 2015-08-01 | yes             |
        Dee      | 2015-05-31 | 2015-08-01 |                 |
        Eve      | 2015-06-01 | 2015-08-01 |                 | yes
        """,
    ),
    Example(
        "4011",
        "A plan may end on its first day.",
        """
        cin_plan
        child_id | start_date | end_date   | found
        Ann      | 2015-06-01 |            |
        Ben      | 2015-06-01 | 2015-06-01 |
        Cal      | 2015-06-01 | 2015-05-31 | yes
        """,
    ),
    Example(
        "4014",
        "Every plan that takes part is named; none may start on the day another ends.",
        """
        cin_plan
        child_id | start_date | end_date   | found
        Ann      | 2015-01-01 | 2015-06-01 |
        Ann      | 2015-06-02 | 2015-07-01 |
        Ann      | 2015-07-02 |            |
        Ben      | 2015-01-01 | 2015-06-01 | yes
        Ben      | 2015-06-01 | 2015-07-01 | yes
        """,
    ),
    Example(
        "4014",
        "An open plan overlaps all that start after it, whichever stands first in the file.",
        """
        cin_plan
        child_id | start_date | end_date   | found
        Ann      | 2015-08-01 | 2015-09-01 | yes
        Ann      | 2015-02-01 |            | yes
        Ann      | 2015-03-01 | 2015-04-01 | yes
        Ann      | 2015-01-01 | 2015-01-31 |
        """,
    ),
    Example(
        "4014",
        "A plan that ends at once overlaps another that starts on its day.",
        """
        cin_plan
        child_id | start_date    | end_date     | found
        Ann      | 2015-01-01    | 2015-02-01   | yes
        Ann      | 2015-01-01    | 2015-01-01   | yes
        """,
    ),
)
