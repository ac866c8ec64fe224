"""Initial child protection conferences (CP-06)."""

GUIDANCE = "Initial conferences held in the period, transfers in included."


def test_held_in_the_period(practice):
    """The first and the last day belong to the period."""
    practice(
        "CP-06",
        """
        conference
        child_id | conference_date
        Ann      | 2015-03-31
        Ben      | 2015-04-01
        Cal      | 2016-03-31
        Dee      | 2016-04-01
        """,
        year=2016,
        gives=2,
        guidance=GUIDANCE,
    )


def test_each_child_and_transfers_in(practice):
    """Two children at one conference count twice; a transfer in counts."""
    practice(
        "CP-06",
        """
        conference
        child_id | conference_date | transfer_in
        Ann      | 2015-06-01      | no
        Ben      | 2015-06-01      | yes
        """,
        year=2016,
        gives=2,
        guidance="The published rate includes transfer-in conferences.",
    )


def test_one_conference_under_two_enquiries(practice):
    """Recorded under two enquiries, and even under two teams, it was held once."""
    practice(
        "CP-06",
        """
        conference
        child_id | conference_date | section_47_start | team
        Ann      | 2015-06-01      | 2015-05-20       | North
        Ann      | 2015-06-01      | 2015-05-25       | South
        """,
        year=2016,
        gives=1,
        guidance=GUIDANCE,
    )


def test_without_transfers_in(practice):
    """A conference marked as a transfer in is left out, also under an enquiry; so is one under no
    enquiry, unless the source says that the child did not transfer in. A mark on either of two
    records of one conference is a mark.
    """
    practice(
        "CP-06",
        """
        conference
        child_id | conference_date | section_47_start | transfer_in
        Ann      | 2015-06-01      | 2015-05-20       |
        Ben      | 2015-06-01      |                  |
        Cal      | 2015-06-01      |                  | no
        Dee      | 2015-06-01      | 2015-05-20       | yes
        Eve      | 2015-06-01      | 2015-05-20       | no
        Fay      | 2015-06-01      | 2015-05-20       | no
        Fay      | 2015-06-01      |                  | yes
        Gus      | 2015-06-01      | 2015-05-20       | no
        Gus      | 2015-06-01      | 2015-05-25       | no
        """,
        part="without transfers in",
        year=2016,
        gives=4,
        guidance="Published rate includes transfer-in conferences; keep both.",
    )


def test_enquiry_of_unknown_start(practice):
    """A conference recorded under an enquiry whose start cannot be read is not a transfer in;
    one of two records of it under an enquiry is enough.
    """
    practice(
        "CP-06",
        """
        conference
        child_id | conference_date | section_47_start | under_enquiry | transfer_in
        Ann      | 2015-06-01      |                  | yes           |
        Ben      | 2015-06-01      |                  | no            |
        Cal      | 2015-06-01      |                  | yes           | yes
        Dee      | 2015-06-01      |                  | yes           |
        Dee      | 2015-06-01      |                  | no            |
        """,
        part="without transfers in",
        year=2016,
        gives=2,
        guidance="A date that cannot be read is not given; the record stays.",
    )
