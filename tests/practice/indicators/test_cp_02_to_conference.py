"""Initial conferences for each 100 section 47 enquiries (CP-02)."""

GUIDANCE = "Conferences held in the period over enquiries started in it: a ratio of two counts."


def test_two_counts(practice):
    """The conference of one year may belong to the enquiry of the year before."""
    practice(
        "CP-02",
        """
        section_47
        child_id | start_date
        Ann      | 2015-03-20
        Ben      | 2015-05-01
        Cal      | 2015-06-01

        conference
        child_id | conference_date | section_47_start
        Ann      | 2015-04-10      | 2015-03-20
        """,
        year=2016,
        gives=(1, 2),
        guidance=GUIDANCE,
    )


def test_transfers_in_and_one_conference_under_two_enquiries(practice):
    """A transfer in counts as a conference; one recorded under two enquiries counts once."""
    practice(
        "CP-02",
        """
        section_47
        child_id | start_date
        Ann      | 2015-05-01
        Ann      | 2015-05-05

        conference
        child_id | conference_date | section_47_start | transfer_in
        Ann      | 2015-05-20      | 2015-05-01       | no
        Ann      | 2015-05-20      | 2015-05-05       | no
        Ben      | 2015-06-20      |                  | yes
        """,
        year=2016,
        gives=(2, 2),
        guidance=GUIDANCE,
    )


def test_no_enquiries(practice):
    """Conferences without an enquiry in the period: no value."""
    practice(
        "CP-02",
        """
        conference
        child_id | conference_date
        Ann      | 2015-05-20
        """,
        year=2016,
        gives=(1, 0),
        guidance="Denominator 0: no value.",
    )


def test_two_enquiries_and_two_children(practice):
    """Two enquiries about one child on one day are two; so are the conferences of two children."""
    records = """
        section_47
        child_id | start_date | district | team | worker
        Ann      | 2015-05-20 | Redditch | East | Ola
        Ann      | 2015-05-20 | Redditch | East | Ola
        Ben      | 2015-05-20 | Redditch | East | Ola

        conference
        child_id | conference_date | section_47_start | district | team | worker
        Ann      | 2015-06-01      | 2015-05-20       | Redditch | East | Ola
        Ben      | 2015-06-01      | 2015-05-20       | Redditch | East | Ola
        """
    for by, group in (("district", "Redditch"), ("team", "East"), ("worker", "Ola")):
        practice(
            "CP-02",
            records,
            year=2016,
            gives=(2, 3),
            by=by,
            groups={group: 200 / 3},
            guidance="Section 47 enquiries: each counted.",
        )
