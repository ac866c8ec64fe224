"""Consent recorded, or overridden with a reason (FD-13)."""

GUIDANCE = "Contacts with consent recorded, or an override with a written reason."


def test_given_or_overridden(practice):
    """Consent that was refused or not sought needs a lawful ground and a written reason."""
    practice(
        "FD-13",
        """
        contact
        child_id | contact_date | contact_source | consent    | consent_overridden
        Ann      | 2016-03-04   | 2A             | GIVEN      | no
        Ben      | 2016-03-04   | 2A             | REFUSED    | yes
        Cal      | 2016-03-04   | 2A             | REFUSED    | no
        Dee      | 2016-03-04   | 2A             | NOT_SOUGHT | no
        """,
        year=2016,
        gives=(2, 4),
        guidance=GUIDANCE,
    )


def test_nothing_recorded(practice):
    """Until somebody has recorded whether it was given, it is not known."""
    practice(
        "FD-13",
        """
        contact
        child_id | contact_date | contact_source | consent   | consent_overridden
        Ann      | 2016-03-04   | 2A             |           | no
        Ben      | 2016-03-04   | 2A             |           |
        Cal      | 2016-03-04   | 2A             | NOT_KNOWN |
        Dee      | 2016-03-04   | 2A             | NOT_KNOWN | no
        Eve      | 2016-03-04   | 2A             | NOT_KNOWN | yes
        """,
        year=2016,
        unknown=4,
        gives=(1, 5),
        guidance=GUIDANCE,
    )


def test_who_needs_it(practice):
    """What individuals and anonymous sources say is theirs to say; a source that is not known stays."""
    practice(
        "FD-13",
        """
        contact
        child_id | contact_date | contact_source | consent | consent_overridden
        Ann      | 2016-03-04   | 1A             | GIVEN   | no
        Ben      | 2016-03-04   | 1B             | GIVEN   | no
        Cal      | 2016-03-04   | 1C             | GIVEN   | no
        Dee      | 2016-03-04   | 1D             | GIVEN   | no
        Eve      | 2016-03-04   | 1X             | GIVEN   | no
        Fay      | 2016-03-04   | 9              | GIVEN   | no
        Gus      | 2016-03-04   | 8              | GIVEN   | no
        Gxs      | 2016-03-04   | 8              | GIVEN   | no
        Hal      | 2016-03-04   | 10             | GIVEN   | no
        Hxl      | 2016-03-04   | 10             | GIVEN   | no
        Hyl      | 2016-03-04   | 10             | GIVEN   | no
        Ira      | 2016-03-04   |                | GIVEN   | no
        """,
        year=2016,
        gives=(6, 6),
        guidance=GUIDANCE,
    )


def test_who_is_a_professional_in_casework(practice):
    """What casework holds whoever made the contact for counts before the source."""
    practice(
        "FD-13",
        """
        contact
        child_id | contact_date | contact_source | professional | consent
        Ann      | 2016-03-04   |                | no           | GIVEN
        Ben      | 2016-03-04   | 1A             | yes          | GIVEN
        Cal      | 2016-03-04   | 6              | no           | GIVEN
        """,
        year=2016,
        gives=(1, 1),
        guidance=GUIDANCE,
    )


def test_one_contact_about_several_children(practice):
    """A contact counts once, however many children it is about."""
    practice(
        "FD-13",
        """
        contact
        contact_id | child_id | contact_date | contact_source | consent | consent_overridden | district
        1          | Ben      | 2016-03-04   | 2A             | GIVEN   | no                 | South
        1          | Ann      | 2016-03-04   | 2A             | GIVEN   | no                 | North
        2          | Ann      | 2016-03-04   | 2A             | REFUSED | no                 | North
        """,
        year=2016,
        by="district",
        groups={"North": 50.0},
        gives=(1, 2),
        guidance=GUIDANCE,
    )
