"""Contacts waiting over 24 hours (FD-11)."""

import pytest

GUIDANCE = "Open contacts older than 24 hours at the moment of the snapshot, by hours of the clock."


def test_at_the_end_of_a_day(practice):
    """On a day that is over: received the day before and not decided by its end. One decided that day no
    longer waits; one received that day is younger.
    """
    practice(
        "FD-11",
        """
        contact
        child_id | contact_date | received_at      | decision_date | as_at
        Ann      | 2016-03-08   | 2016-03-08 23:59 |               | 2016-03-31 17:00
        Ben      | 2016-03-08   | 2016-03-08 09:00 | 2016-03-09    | 2016-03-31 17:00
        Cal      | 2016-03-08   | 2016-03-08 09:00 | 2016-03-10    | 2016-03-31 17:00
        Dee      | 2016-03-09   | 2016-03-09 00:01 |               | 2016-03-31 17:00
        """,
        on="2016-03-09",
        by="district",
        groups={"Not known": 2},
        gives=2,
        guidance=GUIDANCE,
    )


def test_at_the_moment_of_the_snapshot(practice):
    """On the day on which casework was read, the hour counts: exactly 24 hours are not more than 24."""
    practice(
        "FD-11",
        """
        contact
        child_id | contact_date | received_at      | decision_date | as_at
        Ann      | 2016-03-08   | 2016-03-08 16:59 |               | 2016-03-09 17:00
        Ben      | 2016-03-08   | 2016-03-08 17:00 |               | 2016-03-09 17:00
        Cal      | 2016-03-08   | 2016-03-08 17:01 |               | 2016-03-09 17:00
        """,
        on="2016-03-09",
        gives=1,
        guidance=GUIDANCE,
    )


def test_the_day_after(practice):
    """The others wait over 24 hours from the day after on."""
    practice(
        "FD-11",
        """
        contact
        child_id | contact_date | received_at      | decision_date | as_at
        Ben      | 2016-03-08   | 2016-03-08 17:00 |               | 2016-03-09 17:00
        Cal      | 2016-03-08   | 2016-03-08 17:01 |               | 2016-03-09 17:00
        """,
        on="2016-03-10",
        gives=2,
        guidance=GUIDANCE,
    )


def test_not_of_casework(practice):
    """Of a contact that only a return tells of, nobody says that it waits."""
    practice(
        "FD-11",
        """
        contact
        child_id | contact_date | received_at | decision_date | as_at
        Ann      | 2016-03-01   |             |               |
        """,
        on="2016-03-09",
        gives=0,
        guidance=GUIDANCE,
    )


def test_by_how_long(practice):
    """From 1, from 3 and from 7 days on."""
    practice(
        "FD-11",
        """
        contact
        child_id | contact_date | received_at      | decision_date | as_at
        Ann      | 2016-03-07   | 2016-03-07 09:00 |               | 2016-03-31 17:00
        Bob      | 2016-03-06   | 2016-03-06 09:00 |               | 2016-03-31 17:00
        Cal      | 2016-03-06   | 2016-03-06 09:00 | 2016-03-10    | 2016-03-31 17:00
        Dee      | 2016-03-03   | 2016-03-03 09:00 |               | 2016-03-31 17:00
        Eve      | 2016-03-02   | 2016-03-02 09:00 |               | 2016-03-31 17:00
        Fay      | 2016-02-01   | 2016-02-01 09:00 |               | 2016-03-31 17:00
        Gus      | 2016-02-01   | 2016-02-01 09:00 | 2016-03-09    | 2016-03-31 17:00
        Hal      | 2016-03-09   | 2016-03-09 09:00 |               | 2016-03-31 17:00
        Ira      | 2016-02-01   |                  |               |
        """,
        on="2016-03-09",
        part="age",
        by="category",
        groups={"1 to 3 days": 1, "3 to 7 days": 3, "Over 7 days": 2},
        gives=6,
        guidance=GUIDANCE,
    )


def test_by_how_long_at_the_moment(practice):
    """On the day on which casework was read, the hour counts here too."""
    practice(
        "FD-11",
        """
        contact
        child_id | contact_date | received_at      | decision_date | as_at
        Ann      | 2016-03-08   | 2016-03-08 16:59 |               | 2016-03-09 17:00
        Ben      | 2016-03-08   | 2016-03-08 17:00 |               | 2016-03-09 17:00
        Cal      | 2016-03-06   | 2016-03-06 16:59 |               | 2016-03-09 17:00
        Dee      | 2016-03-06   | 2016-03-06 17:00 |               | 2016-03-09 17:00
        Eve      | 2016-03-02   | 2016-03-02 16:59 |               | 2016-03-09 17:00
        Fay      | 2016-03-02   | 2016-03-02 17:00 |               | 2016-03-09 17:00
        """,
        on="2016-03-09",
        part="age",
        by="category",
        groups={"1 to 3 days": 2, "3 to 7 days": 2, "Over 7 days": 1},
        gives=5,
        guidance=GUIDANCE,
    )


def test_by_how_long_the_day_after(practice):
    """And each goes on to the next a day later."""
    practice(
        "FD-11",
        """
        contact
        child_id | contact_date | received_at      | decision_date | as_at
        Ben      | 2016-03-08   | 2016-03-08 17:00 |               | 2016-03-09 17:00
        Dee      | 2016-03-06   | 2016-03-06 17:00 |               | 2016-03-09 17:00
        Fay      | 2016-03-02   | 2016-03-02 17:00 |               | 2016-03-09 17:00
        """,
        on="2016-03-10",
        part="age",
        by="category",
        groups={
            "1 to 3 days": 1,
            "3 to 7 days": 1,
            "Over 7 days": 1,
        },
        gives=3,
        guidance=GUIDANCE,
    )


BEFORE = """
    contact
    child_id | contact_date | received_at | reopened_at | reopened_date | first_decision_date | as_at
    Ann      | 2016-03-02   | 2016-03-02  | 2016-03-20  | 2016-03-20    | 2016-03-02          | 2016-03-31
    Ben      | 2016-03-02   | 2016-03-02  | 2016-03-20  | 2016-03-20    | 2016-03-05          | 2016-03-31
    Bob      | 2016-03-02   | 2016-03-02  | 2016-03-20  | 2016-03-20    | 2016-03-05          | 2016-03-31
    Cal      | 2016-03-02   | 2016-03-02  | 2016-03-21  | 2016-03-21    | 2016-03-05          | 2016-03-31
"""
"""Three opened again on 20 March, one on the 21st. That of Ann was decided on the day it first came."""
AFTER = """
    contact
    child_id | reopened_at      | reopened_date | decision_date | as_at
    Ann      | 2016-03-20 23:30 | 2016-03-20    | 2016-03-22    | 2016-03-31 17:00
    Ben      | 2016-03-20 09:00 | 2016-03-20    |               | 2016-03-31 17:00
    Bob      | 2016-03-20 09:00 | 2016-03-20    |               | 2016-03-31 17:00
    Cal      | 2016-03-21 09:00 | 2016-03-21    |               | 2016-03-31 17:00
"""
"""The same from then on."""


@pytest.mark.parametrize(
    ("records", "on", "gives"),
    [
        (BEFORE, "2016-03-04", 3),
        (BEFORE, "2016-03-10", 0),
        (AFTER, "2016-03-21", 3),
        (AFTER, "2016-03-22", 3),
    ],
)
def test_opened_again(practice, records, on, gives):
    """A contact opened again waits from then on, and did not wait while it was closed."""
    practice("FD-11", records, on=on, gives=gives, guidance=GUIDANCE)


@pytest.mark.parametrize(
    ("records", "on", "gives", "groups"),
    [
        (BEFORE, "2016-03-04", 3, {"1 to 3 days": 3}),
        (BEFORE, "2016-03-10", 0, {}),
        (AFTER, "2016-03-23", 3, {"1 to 3 days": 1, "3 to 7 days": 2}),
    ],
)
def test_opened_again_by_how_long(practice, records, on, gives, groups):
    """Its age is reckoned from then too."""
    practice(
        "FD-11",
        records,
        on=on,
        part="age",
        by="category",
        groups=groups,
        gives=gives,
        guidance=GUIDANCE,
    )


def test_two_contacts_alike(practice):
    """Two contacts about a child on one day are two."""
    practice(
        "FD-11",
        """
        contact
        child_id | contact_date | received_at      | decision_date | as_at
        Ann      | 2016-03-08   | 2016-03-08 09:00 |               | 2016-03-31 17:00
        Ann      | 2016-03-08   | 2016-03-08 09:00 |               | 2016-03-31 17:00
        """,
        on="2016-03-09",
        gives=2,
        guidance=GUIDANCE,
    )


def test_opened_again_within_the_day(practice):
    """One opened again less than 24 hours ago does not wait that long, whenever it first came."""
    practice(
        "FD-11",
        """
        contact
        child_id | contact_date | received_at      | reopened_at      | reopened_date | as_at
        Ann      |              | 2016-03-02 09:00 | 2016-03-09 09:00 | 2016-03-09    | 2016-03-09 10:00
        """,
        on="2016-03-09",
        gives=0,
        guidance=GUIDANCE,
    )


SIBLINGS = """
    contact
    contact_id | child_id | contact_date | received_at | reopened_at | reopened_date | as_at      | district
    1          | Ben      |              |             | 2016-03-08  | 2016-03-08    | 2016-03-31 | South
    1          | Ann      |              |             | 2016-03-08  | 2016-03-08    | 2016-03-31 | North
    1          | Cal      | 2016-03-08   | 2016-03-08  |             |               | 2016-03-31 | South
    2          | Ann      | 2016-03-08   | 2016-03-08  |             |               | 2016-03-31 | East
"""
"""A contact about two children, opened again on 8 March with a third; and another about one of them."""


def test_one_contact_about_several_children(practice):
    """A contact waits once, however many children it is about and whoever of them was added since."""
    practice(
        "FD-11",
        SIBLINGS,
        on="2016-03-10",
        by="district",
        groups={"North": 1, "East": 1},
        gives=2,
        guidance=GUIDANCE,
    )


def test_one_contact_about_several_children_by_how_long(practice):
    """So it does by how long."""
    practice(
        "FD-11",
        SIBLINGS,
        on="2016-03-10",
        part="age",
        by="category",
        groups={"1 to 3 days": 2},
        gives=2,
        guidance=GUIDANCE,
    )


@pytest.mark.parametrize(("on", "gives"), [("2016-03-04", 1), ("2016-03-10", 0), ("2016-03-22", 1)])
def test_a_contact_of_a_number_opened_again(practice, on, gives):
    """Both stretches of a contact are told, each in its time."""
    practice(
        "FD-11",
        """
        contact
        contact_id|child_id|contact_date|received_at|reopened_at|reopened_date|first_decision_date|as_at
        1         |Ann     |2016-03-02  |2016-03-02 |2016-03-20 |2016-03-20   |2016-03-05         |2016-03-31
        """,
        on=on,
        gives=gives,
        guidance=GUIDANCE,
    )
