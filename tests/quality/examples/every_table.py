"""What is asked of every kind of record: no date after the return ends, and a child of its own."""

from quality.drawn import Example

DATED = {
    "assessment": "start_date",
    "care_episode": "start_date",
    "conference": "conference_date",
    "contact": "contact_date",
    "cp_plan": "start_date",
    "cp_review": "review_date",
    "referral": "referral_date",
    "section_47": "start_date",
    "visit": "visit_date",
}

EXAMPLES = (
    *(
        Example(
            f"F-{table.replace('_', '-')}",
            "The last day of the row's own return is the last a date may have.",
            f"""
            {table}
            child_id | {column} | return_end | found
            Ann      | 2016-03-31 | 2016-03-31 |
            Ben      | 2016-04-01 | 2016-03-31 | yes
            Cal      | 2016-04-01 | 2017-03-31 |
            """,
        )
        for table, column in DATED.items()
    ),
    *(
        Example(
            f"O-{table.replace('_', '-')}",
            "The record names a child that has a record, spelled the same.",
            f"""
            {table}
            child_id | {column} | found
            Ann      | 2015-06-01 |
            Ben      | 2015-06-01 | yes
            ann      | 2015-06-01 | yes

            child
            child_id
            Ann
            Cal
            """,
        )
        for table, column in DATED.items()
        if table != "cp_review"
    ),
)
