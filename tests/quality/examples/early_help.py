"""Early help."""

from quality.drawn import Example

EXAMPLES = (
    Example(
        "E01",
        "Early help may end on its first day, or be open.",
        """
        early_help_episode
        child_id | start_date | end_date   | found
        Ann      | 2015-06-01 |            |
        Ben      | 2015-06-01 | 2015-06-01 |
        Cal      | 2015-06-01 | 2015-05-31 | yes
        """,
    ),
)
