"""The child: birth, death, sex and ethnicity."""

from quality.drawn import Example
from sightline.records.codes import codes


def _each(column: str, values: list[str]) -> str:
    """A row for each code, none of which is found."""
    rows = [f"Child {number} | {value} |" for number, value in enumerate(values)]
    return "\n".join(["child", f"child_id | {column} | found", *rows])


EXAMPLES = (
    Example("4180", "Every code of the list passes.", _each("sex", list(codes("sex")))),
    Example(
        "4180",
        "A child of unknown sex has the code U; a blank or another word is found.",
        """
        child
        child_id | sex | found
        Ann      |     | yes
        Ben      | 1   | yes
        Unborn   | U   |
        """,
    ),
    Example("4220", "Every code of the list passes.", _each("ethnicity", list(codes("ethnicity")))),
    Example(
        "4220",
        "A blank or another word is found, for an unborn child too: NOBT says not yet known.",
        """
        child
        child_id | ethnicity | expected_birth_date | found
        Ann      |           |                     | yes
        Ben      | CNHE      |                     | yes
        Unborn   | NOBT      | 2016-06-01          |
        Unborn 2 |           | 2016-06-01          | yes
        """,
    ),
    Example(
        "8525Q",
        "One of the two dates of birth, and not both.",
        """
        child
        child_id | birth_date | expected_birth_date | found
        Ann      | 2010-02-03 |                     |
        Unborn   |            | 2016-06-01          |
        Ben      |            |                     | yes
        Cal      | 2016-01-01 | 2016-01-10          | yes
        """,
    ),
    Example(
        "8535Q",
        "A child may die on the day of birth; an unborn child has no birth to compare.",
        """
        child
        child_id | birth_date | expected_birth_date | death_date | found
        Ann      | 2010-02-03 |                     |            |
        Ben      | 2015-05-01 |                     | 2015-05-01 |
        Cal      | 2015-05-01 |                     | 2015-04-30 | yes
        Unborn   |            | 2016-06-01          | 2016-02-01 |
        """,
    ),
)
