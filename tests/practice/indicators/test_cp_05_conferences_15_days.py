"""Initial conferences within 15 working days (CP-05)."""

GUIDANCE = (
    "Of initial conferences held in the period following a section 47 enquiry, those where working "
    "days from the section 47 start to the conference are 15 or fewer."
)


def test_fifteen_and_sixteen(practice):
    """From 14 March 2016, 6 April is the 15th working day over Easter; 7 April is too late."""
    practice(
        "CP-05",
        """
        conference
        child_id | conference_date | section_47_start
        Ann      | 2016-04-06      | 2016-03-14
        Ben      | 2016-04-07      | 2016-03-14
        """,
        year=2017,
        gives=(1, 2),
        guidance=GUIDANCE,
    )


def test_same_day(practice):
    """Enquiry and conference on the same day: elapsed 0, met."""
    practice(
        "CP-05",
        """
        conference
        child_id | conference_date | section_47_start
        Ann      | 2016-03-14      | 2016-03-14
        """,
        year=2016,
        gives=(1, 1),
        guidance="The start is day 0.",
    )


def test_no_section_47(practice):
    """A conference with no section 47 enquiry is not in CP-05."""
    practice(
        "CP-05",
        """
        conference
        child_id | conference_date | section_47_start
        Ann      | 2015-06-01      |
        Ben      | 2015-06-01      | 2015-05-20
        """,
        year=2016,
        gives=(1, 1),
        guidance="In the census, a conference under CINdetails and not under Section47.",
    )


def test_transfer_in(practice):
    """A conference marked as a transfer in is left out, also when an enquiry is recorded."""
    practice(
        "CP-05",
        """
        conference
        child_id | conference_date | section_47_start | transfer_in
        Ann      | 2015-06-01      | 2015-05-20       | yes
        Ben      | 2015-06-01      | 2015-05-20       | no
        Cal      | 2015-07-01      | 2015-05-20       |
        """,
        year=2016,
        gives=(1, 2),
        guidance="Transfer-in conferences are excluded.",
    )


def test_conference_before_the_enquiry(practice):
    """A conference dated before the enquiry does not follow it: left out, and a finding."""
    practice(
        "CP-05",
        """
        conference
        child_id | conference_date | section_47_start
        Ann      | 2015-05-19      | 2015-05-20
        Ben      | 2015-06-01      | 2015-05-20
        """,
        year=2016,
        gives=(1, 1),
        guidance="It does not follow the enquiry.",
    )


def test_several_enquiries(practice):
    """A conference is measured from the enquiry it is recorded under, not from an earlier one."""
    practice(
        "CP-05",
        """
        section_47
        child_id | start_date
        Ann      | 2015-03-01
        Ann      | 2015-05-20

        conference
        child_id | conference_date | section_47_start
        Ann      | 2015-06-01      | 2015-05-20
        """,
        year=2016,
        gives=(1, 1),
        guidance="One conference follows several enquiries: the one it is recorded under.",
    )


def test_held_in_the_period(practice):
    """The conference's day decides the year."""
    practice(
        "CP-05",
        """
        conference
        child_id | conference_date | section_47_start
        Ann      | 2015-04-01      | 2015-03-20
        Ben      | 2016-03-31      | 2016-03-20
        Cal      | 2016-04-01      | 2016-03-20
        """,
        year=2016,
        gives=(2, 2),
        guidance=GUIDANCE,
    )


def test_no_conference(practice):
    """Denominator 0 gives no value."""
    practice(
        "CP-05",
        """
        conference
        child_id | conference_date | section_47_start
        Ann      | 2015-05-20      |
        """,
        year=2016,
        gives=(0, 0),
        guidance="Denominator 0: no value. Never 0% or 100%.",
    )


def test_recorded_under_two_enquiries(practice):
    """A conference that stands under two enquiries is one conference, counted from the first of them:
    16 working days from 11 March over Easter, though only 15 from the 14th.
    """
    practice(
        "CP-05",
        """
        conference
        child_id | conference_date | section_47_start
        Ann      | 2016-04-06      | 2016-03-11
        Ann      | 2016-04-06      | 2016-03-14
        """,
        year=2017,
        gives=(0, 1),
        guidance="One conference follows several enquiries.",
    )


def test_enquiry_before_the_calendar(practice):
    """An enquiry dated in another century cannot be counted from: not known."""
    practice(
        "CP-05",
        """
        conference
        child_id | conference_date | section_47_start
        Ann      | 2015-06-01      | 1915-05-20
        """,
        year=2016,
        gives=(0, 1),
        unknown=1,
        guidance="Unknown is not no; the working-day calendar begins in 1990.",
    )


def test_by_district_team_and_worker(practice):
    """Each conference belongs to the district, team and worker of its record."""
    records = """
        conference
        child_id | conference_date | section_47_start | district | team | worker
        Ann      | 2015-06-01      | 2015-05-20       | Redditch | East | Ola
        Ben      | 2015-06-30      | 2015-05-20       | Wychavon | West | Pat
        """
    for by, first, second in (
        ("district", "Redditch", "Wychavon"),
        ("team", "East", "West"),
        ("worker", "Ola", "Pat"),
    ):
        practice(
            "CP-05",
            records,
            year=2016,
            gives=(1, 2),
            by=by,
            groups={first: 100.0, second: 0.0},
            guidance="Every indicator has the dimensions district, team and worker.",
        )


def test_marked_as_no_transfer(practice):
    """A conference said to be no transfer in is counted as one of which it is not said."""
    practice(
        "CP-05",
        """
        conference
        child_id | conference_date | section_47_start | transfer_in
        Ann      | 2015-06-01      | 2015-05-20       | no
        """,
        year=2016,
        gives=(1, 1),
        guidance="Transfer-in conferences are excluded.",
    )


def test_conference_before_the_calendar(practice):
    """A conference of 1989 cannot be counted to: not known."""
    practice(
        "CP-05",
        """
        conference
        child_id | conference_date | section_47_start
        Ann      | 1989-06-01      | 1989-05-20
        """,
        year=1990,
        gives=(0, 1),
        unknown=1,
        guidance="Unknown is not no; the working-day calendar begins in 1990.",
    )


def test_enquiry_of_unknown_start(practice):
    """A conference recorded under an enquiry whose start cannot be read follows it, and is not known
    to be in time; one under no enquiry does not.
    """
    practice(
        "CP-05",
        """
        conference
        child_id | conference_date | section_47_start | under_enquiry | transfer_in
        Ann      | 2015-06-01      |                  | yes           |
        Ben      | 2015-06-01      |                  |               |
        Cal      | 2015-06-01      |                  | yes           | yes
        Dee      | 2015-06-01      | 2015-05-20       | yes           |
        Dee      | 2015-06-01      |                  | yes           |
        Eve      | 2015-06-01      | 2015-06-02       | yes           |
        Fay      | 2015-06-01      |                  | no            |
        """,
        year=2016,
        gives=(1, 2),
        unknown=1,
        guidance="A date that cannot be read is not given; the record stays. Unknown is not no.",
    )
