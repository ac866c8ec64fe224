"""Contacts (FD-01)."""

GUIDANCE = "Contacts received in the period, one for each child in each contact."


def test_contacts_in_the_period(practice):
    """The first and the last day of the period belong to it."""
    practice(
        "FD-01",
        """
        contact
        child_id | contact_date
        Ann      | 2015-03-31
        Ann      | 2015-04-01
        Ann      | 2016-03-31
        Ann      | 2016-04-01
        """,
        year=2016,
        gives=2,
        guidance=GUIDANCE,
    )


def test_each_child_of_one_contact(practice):
    """A contact about two children counts twice, whatever came of it."""
    practice(
        "FD-01",
        """
        contact
        child_id | contact_date | new_referral | no_further_action
        Ann      | 2015-06-01   | yes          | no
        Ben      | 2015-06-01   | no           | yes
        """,
        year=2016,
        gives=2,
        guidance=GUIDANCE,
    )


def test_by_source(practice):
    """By who made the contact; a source that is not given stands apart and is not lost."""
    practice(
        "FD-01",
        """
        contact
        child_id | contact_date | contact_source
        Ann      | 2015-06-01   | 6
        Ben      | 2015-06-02   | 6
        Cal      | 2015-06-03   |
        """,
        year=2016,
        gives=3,
        by="source",
        groups={"6": 2, "Not known": 1},
        guidance=GUIDANCE,
    )


def test_by_team(practice):
    """By the team that casework says the contact is of; Annex A says none."""
    practice(
        "FD-01",
        """
        contact
        child_id | contact_date | team
        Ann      | 2015-06-01   | North
        Ben      | 2015-06-02   |
        """,
        year=2016,
        gives=2,
        by="team",
        groups={"North": 1, "Not known": 1},
        guidance=GUIDANCE,
    )
