"""Referrals and the episodes of need they open."""

from quality.drawn import Example

EXAMPLES = (
    Example(
        "8568",
        "Yes and no are answers; in Annex A one of two lists does not ask.",
        """
        referral
        child_id | referral_date | no_further_action | source  | found
        Ann      | 2015-06-01    | yes               | cin     |
        Ben      | 2015-06-01    | no                | cin     |
        Cal      | 2015-06-01    |                   | cin     | yes
        Dee      | 2015-06-01    |                   | ssd     | yes
        Eve      | 2015-06-01    |                   | annex_a |
        """,
    ),
    Example(
        "8610",
        "Only a referral that led to action needs it, open or closed.",
        """
        referral
        child_id | no_further_action | primary_need | closure_date | source  | found
        Ann      | no                | N1           |              | cin     |
        Ben      | no                |              |              | cin     | yes
        Cal      | no                |              | 2015-09-01   | cin     | yes
        Dee      | yes               |              |              | cin     |
        Eve      |                   |              |              | cin     |
        Fay      | no                |              |              | ssd     | yes
        Gus      | no                |              |              | annex_a |
        """,
    ),
    Example(
        "8630",
        "An episode may close on the day of the referral.",
        """
        referral
        child_id | referral_date | closure_date | found
        Ann      | 2015-06-01    |              |
        Ben      | 2015-06-01    | 2015-06-01   |
        Cal      | 2015-06-01    | 2015-05-31   | yes
        """,
    ),
    Example(
        "8805",
        "Date and reason come together.",
        """
        referral
        child_id | closure_date | closure_reason | found
        Ann      |              |                |
        Ben      | 2015-09-01   | RC1            |
        Cal      | 2015-09-01   |                | yes
        Dee      |              | RC1            |
        """,
    ),
    Example(
        "8810",
        "Date and reason come together.",
        """
        referral
        child_id | closure_date | closure_reason | found
        Ann      |              |                |
        Ben      | 2015-09-01   | RC1            |
        Cal      | 2015-09-01   |                |
        Dee      |              | RC1            | yes
        """,
    ),
    Example(
        "8815",
        "Both open episodes are named; those closed, or not known to be open, are not counted.",
        """
        referral
        child_id | referral_date | closure_date | no_further_action | source  | found
        Ann      | 2015-06-01    |              | no                | cin     | yes
        Ann      | 2015-09-01    |              | no                | cin     | yes
        Ann      | 2015-10-01    |              |                   | cin     |
        Ann      | 2015-01-01    | 2015-02-01   | no                | cin     |
        Ben      | 2015-06-01    |              | no                | cin     |
        Ben      | 2015-09-01    |              | yes               | cin     |
        Ben      | 2015-01-01    | 2015-02-01   | no                | cin     |
        Cal      | 2015-06-01    |              | no                | annex_a |
        Cal      | 2015-09-01    |              | no                | annex_a |
        """,
    ),
    Example(
        "8815",
        "One may stand in an earlier return, and be missing from the later.",
        """
        referral
        child_id | referral_date | no_further_action | return_end | found
        Ann      | 2014-06-01    | no                | 2015-03-31 | yes
        Ann      | 2015-09-01    | no                | 2016-03-31 | yes
        """,
    ),
    Example(
        "8820",
        "Every episode that takes part is named; one may open on the day another closes.",
        """
        referral
        child_id | referral_date | closure_date | no_further_action | found
        Ann      | 2015-01-01    | 2015-06-01   | no                |
        Ann      | 2015-06-01    | 2015-07-01   | no                |
        Ann      | 2015-07-02    |              | no                |
        Ben      | 2015-01-01    | 2015-06-01   | no                | yes
        Ben      | 2015-05-31    | 2015-07-01   | no                | yes
        """,
    ),
    Example(
        "8820",
        "An open episode overlaps all that open after it, whichever stands first in the file.",
        """
        referral
        child_id | referral_date | closure_date | no_further_action | found
        Ann      | 2015-08-01    | 2015-09-01   | no                | yes
        Ann      | 2015-02-01    |              | no                | yes
        Ann      | 2015-03-01    | 2015-04-01   | no                | yes
        Ann      | 2015-01-01    | 2015-02-01   | no                |
        """,
    ),
    Example(
        "8820",
        "A referral with no further action lasts no longer than its day, but may not come while "
        "another episode lasts; Annex A's lists are not compared.",
        """
        referral
        child_id | referral_date | closure_date | no_further_action | source  | found
        Ann      | 2015-01-01    |              | yes               | cin     |
        Ann      | 2015-03-01    | 2015-06-01   | no                | cin     |
        Ann      | 2015-06-01    |              | yes               | cin     |
        Dee      | 2015-01-01    | 2015-06-01   | no                | cin     | yes
        Dee      | 2015-03-01    |              | yes               | cin     | yes
        Cal      | 2015-01-01    | 2015-06-01   | no                | cin     | yes
        Cal      | 2015-03-01    | 2015-05-01   | no                | cin     | yes
        Ben      | 2015-01-01    | 2015-06-01   | no                | annex_a |
        Ben      | 2015-03-01    | 2015-05-01   | no                | annex_a |
        """,
    ),
    Example(
        "8820",
        "An episode that closes at once overlaps no other that opens on its day.",
        """
        referral
        child_id | referral_date | closure_date | found
        Ann      | 2015-01-01    | 2015-02-01   |
        Ann      | 2015-01-01    | 2015-01-01   |
        """,
    ),
)
