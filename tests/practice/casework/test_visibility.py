"""Visibility: who sees which child.

A role reaches the whole authority, a locality, a team, or the worker's own children; a restricted child is
hidden from whoever is not named.
"""

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

SEES, LISTED, NOT = "opens the record", "opens the record, case listed", "does not open it"


@pytest.mark.parametrize(
    ("role", "over", "has", "gives", "why"),
    [
        ("social worker", "", "the same person", LISTED, "Their own child."),
        ("social worker", "", "another", NOT, "A colleague's child, though of the same team."),
        ("team manager", "Team North", "another", LISTED, "Of their team."),
        ("team manager", "Team South", "another", NOT, "Of another team."),
        ("service manager", "Redditch", "another", LISTED, "Of their locality."),
        ("service manager", "Worcester", "another", NOT, "Of another locality."),
        ("front door", "Team North", "another", LISTED, "The front door of that team."),
        (
            "business support",
            "Team North",
            "another",
            NOT,
            "Books and writes up conferences, without the record.",
        ),
        ("conference chair", "", "another", LISTED, "Any child may come to conference."),
        ("assistant director", "", "another", LISTED, "The whole authority."),
        (
            "mash partner",
            "",
            "another",
            NOT,
            "A partner sees what their agency is asked, and no record.",
        ),
        ("councillor", "", "another", NOT, "Figures, never a child."),
        ("administrator", "", "another", NOT, "Keeps accounts."),
    ],
)
def test_by_role_and_place(reckoning, role, over, has, gives, why):
    """A role reaches own children, a team, a locality or all. The case is with Team North, Redditch."""
    reckoning(
        "visibility",
        f"""
        role   | over   | has the case
        {role} | {over} | {has}
        """,
        gives=gives,
        guidance=why,
    )


@pytest.mark.parametrize(
    ("role", "has", "named", "gives", "why"),
    [
        ("social worker", "the same person", "yes", LISTED, "Named: as with any other child."),
        ("social worker", "the same person", "no", NOT, "Having the case does not name one."),
        ("team manager", "another", "no", NOT, "Nor does leading the team."),
        ("assistant director", "another", "no", NOT, "Nor any rank."),
    ],
)
def test_a_restricted_child(reckoning, role, has, named, gives, why):
    """A restricted child is hidden from everybody who is not named. Lists leave no gap."""
    reckoning(
        "visibility",
        f"""
        role   | over | has the case | restricted | named
        {role} |      | {has}        | yes        | {named}
        """,
        gives=gives,
        guidance=why,
    )


@pytest.mark.parametrize(
    ("role", "over", "opened", "gives", "why"),
    [
        (
            "team manager",
            "",
            "1",
            LISTED,
            "In an emergency, with a reason; the information-governance lead is told.",
        ),
        ("team manager", "", "100", NOT, "It closes by itself after some hours."),
        (
            "team manager",
            "Team South",
            "1",
            NOT,
            "It opens what is hidden, not what is not theirs.",
        ),
    ],
)
def test_breaking_the_glass(reckoning, role, over, opened, gives, why):
    """Whoever the child would belong to may open a restricted record in an emergency, for a while."""
    reckoning(
        "visibility",
        f"""
        role   | over   | restricted | named | opened, hours ago
        {role} | {over} | yes        | no    | {opened}
        """,
        gives=gives,
        guidance=why,
    )


@pytest.mark.parametrize(
    ("months", "gives", "why"),
    [
        ("", LISTED, "Open."),
        ("11", SEES, "Closed: off the list, and open to be read and finished."),
        ("13", NOT, "After 12 months whoever worked with the child has no more need to know."),
    ],
)
def test_twelve_months_after(reckoning, months, gives, why):
    """Whoever had a case may open the record for 12 months after it closed."""
    reckoning(
        "visibility",
        f"""
        role          | has the case    | closed, months ago
        social worker | the same person | {months}
        """,
        gives=gives,
        guidance=why,
    )
