"""Thresholds: which levels of need hold, and what no decision about a contact may lack.

The levels are the board's own, in dated editions; a contact is held against those of the day it came.
"""

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.mark.parametrize(
    ("contact", "approved", "gives", "why"),
    [
        ("2026-03-31", "yes", "the first edition", "The second was agreed, and not in force yet."),
        ("2026-04-01", "yes", "the second edition", "It holds from its first day."),
        (
            "2026-04-01",
            "no",
            "the first edition",
            "A draft is not in force, whatever its first day.",
        ),
        (
            "2014-12-31",
            "yes",
            "none: no guidance was in force",
            "Before the first there was none: unknown, not the oldest.",
        ),
    ],
)
def test_the_edition_of_the_day(reckoning, contact, approved, gives, why):
    """A contact is held against the levels of the day it came. What was decided by an edition stays so."""
    reckoning(
        "guidance",
        f"""
        first edition | second edition | approved   | contact
        2015-01-01    | 2026-04-01     | {approved} | {contact}
        """,
        gives=gives,
        guidance=why,
    )


def test_a_level_of_another_edition(reckoning):
    """No outcome is recommended by a level of another edition than the contact's."""
    reckoning(
        "recommendation",
        """
        outcome  | priority | kind    | offered instead | level of
        referral | amber    | neglect |                 | an edition before
        """,
        gives="The level must be of the guidance in force when the contact came.",
        guidance="The same need is not below the threshold in one week and above it in the next.",
    )


@pytest.mark.parametrize(
    ("offered", "gives"),
    [
        ("", "Say what help was offered instead; where none was, say so and why."),
        ("Early help, led by the school", "it is recommended"),
    ],
)
def test_what_was_offered_instead(reckoning, offered, gives):
    """A contact below the threshold does not end with nothing. What was offered instead is part of it."""
    reckoning(
        "recommendation",
        f"""
        outcome    | priority | kind    | offered instead
        early help | green    | neglect | {offered}
        """,
        gives=gives,
        guidance="So it can be seen later whether the family took it up, and whether they came back.",
    )


@pytest.mark.parametrize(
    ("priority", "kind", "gives"),
    [
        ("", "neglect", "First say how urgent the contact is, and why."),
        ("amber", "", "First say what kind of concern it is, so that like is held to like."),
        ("amber", "neglect", "it is recommended"),
    ],
)
def test_urgency_and_kind_come_first(reckoning, priority, kind, gives):
    """How urgent it is and what it is about are said before the outcome. Nothing has a default."""
    reckoning(
        "recommendation",
        f"""
        outcome  | priority   | kind   | offered instead
        referral | {priority} | {kind} |
        """,
        gives=gives,
        guidance="Same concern, different outcomes: that can only be looked for where the concern is named.",
    )


@pytest.mark.parametrize(
    ("missing", "routed", "gives"),
    [
        (
            "",
            "no",
            "First find out whether a child is missing and whether exploitation is feared, and say so.",
        ),
        (
            "yes",
            "no",
            "A child is missing or may be exploited: first route the contact to the complex-safeguarding "
            "team.",
        ),
        ("yes", "yes", "it is recommended"),
        ("no", "no", "it is recommended"),
    ],
)
def test_a_missing_child_is_routed_first(reckoning, missing, routed, gives):
    """A concern about a missing or exploited child goes to the complex-safeguarding team before all else."""
    reckoning(
        "recommendation",
        f"""
        outcome    | priority | kind    | offered instead               | missing   | routed
        early help | amber    | missing | Early help, led by the school | {missing} | {routed}
        """,
        gives=gives,
        guidance="Whatever the outcome: below the threshold the pattern may still be one of exploitation.",
    )


@pytest.mark.parametrize(
    ("missing", "routed", "gives"),
    [
        (
            "yes",
            "no",
            "no: a child is missing or may be exploited: first route the contact to the complex-safeguarding "
            "team",
        ),
        ("yes", "yes", "yes"),
    ],
)
def test_a_child_missing_since_it_was_recommended(reckoning, missing, routed, gives):
    """A child found to be missing after the recommendation is routed before anything is decided or closed."""
    reckoning(
        "contact decision",
        f"""
        role         | registered | recommended by | missing   | routed
        team manager | yes        | an officer     | {missing} | {routed}
        """,
        gives=gives,
        guidance="What must be known to recommend is asked again of the contact as it stands.",
    )


@pytest.mark.parametrize(
    ("who", "gives"),
    [
        ("not known", "First say who each child is: no case can begin without."),
        ("known", "it is recommended"),
    ],
)
def test_who_the_child_is(reckoning, who, gives):
    """A referral is of a child. Who it is, among those known or somebody new, is said before."""
    reckoning(
        "recommendation",
        f"""
        outcome  | priority | kind    | offered instead | who the child is
        referral | amber    | neglect |                 | {who}
        """,
        gives=gives,
        guidance="So nobody is recorded twice, and no decision leads to a case that is nobody's.",
    )
