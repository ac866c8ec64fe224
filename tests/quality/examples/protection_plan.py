"""Child protection plans and their reviews."""

from datetime import date

from quality.drawn import CENSUS, Example
from sightline.records.codes import codes

_CODES = list(codes("abuse_category"))


def _categories(column: str) -> str:
    rows = [f"Child {number} | {code} | cin |" for number, code in enumerate(_CODES)]
    return "\n".join(
        [
            "cp_plan",
            f"child_id | {column} | source | found",
            *rows,
            "Ann | | cin | yes",
            "Ben | EMOT | annex_a | yes",
            "Cal | | dfe_api |",
        ]
    )


EXAMPLES = (
    Example(
        "1105",
        "A plan may start on the day of the referral; another authority's may be older.",
        """
        cp_plan
        child_id | referral_date | start_date | other_authority | found
        Ann      | 2015-06-01    | 2015-06-01 |                 |
        Ben      | 2015-06-01    | 2015-05-31 |                 | yes
        Cal      | 2015-06-01    | 2015-05-31 | no              | yes
        Dee      | 2015-06-01    | 2015-05-31 | yes             |
        Eve      |               | 2015-05-31 |                 |
        """,
    ),
    Example(
        "2883",
        "Three plans start and two conferences are held: the child without one is named.",
        """
        cp_plan
        child_id | start_date | other_authority | found
        Ann      | 2015-06-15 |                 |
        Ben      | 2015-07-15 | no              | yes
        Cal      | 2015-08-14 |                 |
        Dee      | 2015-09-01 | yes             |

        conference
        child_id | conference_date
        Ann      | 2015-06-15
        Cal      | 2015-08-14
        """,
    ),
    Example(
        "2883",
        "As many conferences as plans over the whole return: nothing is found, whoever had them.",
        """
        cp_plan
        child_id | start_date | found
        Ann      | 2015-06-15 |
        Ben      | 2015-07-15 |

        conference
        child_id | conference_date
        Ann      | 2015-06-15
        Ann      | 2015-12-15
        """,
    ),
    Example(
        "2883",
        "Each census counts by its own days, the first and the last included.",
        """
        cp_plan
        child_id | start_date | found
        Ann      | 2014-03-31 |
        Ben      | 2014-04-01 | yes
        Cal      | 2015-03-31 | yes
        Dee      | 2015-04-01 |
        Eve      | 2016-03-31 |
        Fay      | 2016-04-01 |

        conference
        child_id | conference_date
        Dee      | 2015-04-01
        Eve      | 2016-03-31
        """,
        periods=(
            ("cin", date(2014, 4, 1), date(2015, 3, 31)),
            CENSUS,
            ("annex_a", date(2016, 4, 1), date(2016, 9, 30)),
        ),
    ),
    Example(
        "2883",
        "A conference of another year does not make up for one that was not held.",
        """
        cp_plan
        child_id | start_date | found
        Ann      | 2014-06-15 | yes

        conference
        child_id | conference_date
        Ann      | 2015-06-15
        """,
        periods=(("cin", date(2014, 4, 1), date(2015, 3, 31)), CENSUS),
    ),
    Example(
        "2883",
        "A plan within the days of two returns, of which one was made during the year, is named once.",
        """
        cp_plan
        child_id | start_date | found
        Ann      | 2015-06-15 | yes
        """,
        periods=(("cin", date(2015, 1, 1), date(2015, 12, 31)), CENSUS),
    ),
    Example(
        "2883",
        "Of a child with two plans and one conference, both plans are named.",
        """
        cp_plan
        child_id | start_date | found
        Ann      | 2015-06-15 | yes
        Ann      | 2015-12-15 | yes

        conference
        child_id | conference_date
        Ann      | 2015-06-16
        """,
    ),
    Example(
        "2885",
        "The plan must start on the day of a conference of the same child.",
        """
        cp_plan
        child_id | start_date | other_authority | found
        Ann      | 2015-06-15 |                 |
        Ben      | 2015-06-16 |                 | yes
        Cal      | 2015-06-15 | no              | yes
        Dee      | 2015-06-16 | yes             |

        conference
        child_id | conference_date | section_47_start
        Ann      | 2015-06-15      |
        Ben      | 2015-06-15      | 2015-06-01
        """,
    ),
    Example(
        "2885",
        "A return holds the conferences of its own days: an older plan is not held against them.",
        """
        cp_plan
        child_id | start_date | source  | found
        Ann      | 2015-03-31 | cin     |
        Ben      | 2015-04-01 | cin     | yes
        Cal      | 2016-03-31 | cin     | yes
        Dee      | 2016-04-01 | cin     |
        Eve      | 2015-06-15 | annex_a |
        """,
        periods=(CENSUS, ("annex_a", date(2015, 10, 1), date(2016, 3, 31))),
    ),
    Example(
        "8730",
        "None is 0; the other formats have no place for the number.",
        """
        cp_plan
        child_id | previous_plans | source  | found
        Ann      | 0              | cin     |
        Ben      |                | cin     | yes
        Cal      |                | annex_a | yes
        Dee      |                | ssd     |
        Eve      |                | dfe_api |
        """,
    ),
    Example(
        "8840",
        "A plan may end the day after.",
        """
        cp_plan
        child_id | start_date | end_date   | found
        Ann      | 2015-06-01 |            |
        Ben      | 2015-06-01 | 2015-06-02 |
        Cal      | 2015-06-01 | 2015-06-01 | yes
        Dee      | 2015-06-01 | 2015-05-31 |
        """,
    ),
    Example(
        "8905", "A code of the list; the daily return has none.", _categories("initial_category")
    ),
    Example(
        "8910", "A code of the list; the daily return has none.", _categories("latest_category")
    ),
    Example(
        "8925",
        "A plan that ends on its first day is the matter of rule 8840.",
        """
        cp_plan
        child_id | start_date | end_date   | found
        Ann      | 2015-06-01 |            |
        Ben      | 2015-06-01 | 2015-06-01 |
        Cal      | 2015-06-01 | 2015-05-31 | yes
        """,
    ),
    Example(
        "8935",
        "Every open plan of the child is named; another authority's does not count.",
        """
        cp_plan
        child_id | start_date | end_date   | other_authority | found
        Ann      | 2015-06-01 |            |                 | yes
        Ann      | 2015-09-01 |            | no              | yes
        Ann      | 2015-01-01 | 2015-02-01 |                 |
        Ben      | 2015-06-01 |            |                 |
        Ben      | 2015-01-01 | 2015-02-01 |                 |
        Cal      | 2015-06-01 |            |                 |
        Cal      | 2015-09-01 |            | yes             |
        """,
    ),
    Example(
        "8940",
        "Every plan that takes part is named; one may start on the day after another ends.",
        """
        cp_plan
        child_id | start_date | end_date   | found
        Ann      | 2015-01-01 | 2015-05-31 |
        Ann      | 2015-06-01 | 2015-07-01 |
        Ann      | 2015-07-02 |            |
        Ben      | 2015-01-01 | 2015-06-01 | yes
        Ben      | 2015-06-01 | 2015-07-01 | yes
        """,
    ),
    Example(
        "8940",
        "An open plan overlaps all that start after it, whichever stands first in the file.",
        """
        cp_plan
        child_id | start_date | end_date   | found
        Ann      | 2015-08-01 | 2015-09-01 | yes
        Ann      | 2015-02-01 |            | yes
        Ann      | 2015-03-01 | 2015-04-01 | yes
        Ann      | 2015-01-01 | 2015-01-31 |
        """,
    ),
    Example(
        "8940",
        "Another authority's plan may run beside one's own.",
        """
        cp_plan
        child_id | start_date | end_date   | other_authority | found
        Ann      | 2015-01-01 | 2015-06-01 | no              |
        Ann      | 2015-03-01 |            | yes             |
        Ben      | 2015-01-01 | 2015-06-01 | no              | yes
        Ben      | 2015-03-01 |            | no              | yes
        """,
    ),
    Example(
        "8940",
        "A plan that ends at once, or before, still starts within another of its day.",
        """
        cp_plan
        child_id | start_date    | end_date     | found
        Ann      | 2015-01-01    | 2015-02-01   | yes
        Ann      | 2015-01-01    | 2014-12-31   | yes
        Ben      | 2015-01-01    | 2015-01-01   | yes
        Ben      | 2015-01-01    | 2015-02-01   | yes
        """,
    ),
    Example(
        "8841",
        "The day after the start is the first a review may have.",
        """
        cp_review
        child_id | plan_start | review_date | found
        Ann      | 2015-06-15 | 2015-06-16  |
        Ben      | 2015-06-15 | 2015-06-15  | yes
        Cal      | 2015-06-15 | 2015-06-14  | yes
        Dee      |            | 2015-06-14  |
        """,
    ),
)
