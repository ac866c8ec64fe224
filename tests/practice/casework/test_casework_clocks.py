"""Clocks of casework: when each thing is due, from when it is near, and what stops no clock.

The rules are dated, with their source and owner; a local one can be set by the authority.
"""

import pytest


def _due(reckoning, clock, began, gives, why):
    reckoning(
        "clock",
        f"""
        clock   | began
        {clock} | {began}
        """,
        gives=gives,
        guidance=why,
    )


@pytest.mark.parametrize(
    ("clock", "began", "gives", "why"),
    [
        (
            "Decision on a contact",
            "2026-03-19 16:50",
            "2026-03-20",
            "One working day: by the end of Friday.",
        ),
        (
            "Decision on a contact",
            "2026-03-20 23:10",
            "2026-03-23",
            "Late on Friday: by the end of Monday.",
        ),
        (
            "Decision on a contact",
            "2026-04-02 09:00",
            "2026-04-07",
            "Before Easter: by the end of Tuesday.",
        ),
        (
            "Outcome told to the referrer",
            "2026-03-19 15:00",
            "2026-03-20",
            "A duty with a clock of its own, from the decision on.",
        ),
        (
            "Answer of an agency to the front door",
            "2026-03-19 15:30",
            "2026-03-19 19:30",
            "Hours run through the night and the weekend.",
        ),
        (
            "Allocation of a referral",
            "2026-03-20 16:00",
            "2026-03-21 16:00",
            "24 hours, on a Saturday too.",
        ),
    ],
)
def test_the_front_door(reckoning, clock, began, gives, why):
    """What comes in is decided in a working day. Days end with the day, hours at the minute."""
    _due(reckoning, clock, began, gives, why)


@pytest.mark.parametrize(
    ("clock", "began", "gives", "why"),
    [
        (
            "Assessment",
            "2026-03-02 10:00",
            "2026-05-07",
            "45 working days from the referral; Easter and 4 May do not count.",
        ),
        (
            "Strategy discussion",
            "2026-03-20 21:00",
            "2026-03-21 21:00",
            "24 hours from when harm was suspected, not from when it was called.",
        ),
        (
            "Decision whether a conference is needed",
            "2026-03-19 11:00",
            "2026-03-26",
            "Day five after the discussion that decided the enquiry.",
        ),
        (
            "Initial child protection conference",
            "2026-03-19 11:00",
            "2026-04-13",
            "15 working days from the same discussion, not from the decision.",
        ),
        ("First core group", "2026-03-19", "2026-04-02", "Ten working days from the conference."),
        (
            "First review of a child protection plan",
            "2026-03-19",
            "2026-06-19",
            "Three months from the conference.",
        ),
        (
            "Next review of a child protection plan",
            "2026-08-31",
            "2027-02-28",
            "Six months; a month without that day ends with its last.",
        ),
    ],
)
def test_the_pathway(reckoning, clock, began, gives, why):
    """Each clock of the pathway runs from what happened. Nothing done later starts it anew."""
    _due(reckoning, clock, began, gives, why)


@pytest.mark.parametrize(
    ("on", "gives", "why"),
    [
        ("2026-03-20", "due, 4 working days left", "Day 1."),
        ("2026-03-24", "near, 2 working days left, day 3 of 5", "The manager is told on day 3."),
        ("2026-03-25", "near, 1 working day left, day 4 of 5", "And on day 4."),
        ("2026-03-26", "near, due today, day 4 of 5", "Until the end of day 5 it is in time."),
        (
            "2026-03-27",
            "overdue, overdue by 1 working day",
            "After it, the decision says why it is late.",
        ),
    ],
)
def test_day_five(reckoning, on, gives, why):
    """Whether a conference is needed is decided by day five. Managers are warned on days 3 and 4."""
    reckoning(
        "stands",
        f"""
        clock                                   | began      | on
        Decision whether a conference is needed | 2026-03-19 | {on}
        """,
        gives=gives,
        guidance=why,
    )


@pytest.mark.parametrize(
    ("clock", "standard", "value", "gives", "why"),
    [
        (
            "Visit to a child on a child protection plan",
            "child-protection-visit",
            "15 working days",
            "2026-04-13",
            "15 working days instead of 10; the rule of the day on which it began holds for it.",
        ),
        (
            "Decision whether a conference is needed",
            "section-47-conference-decision",
            "5 calendar days",
            "2026-03-24",
            "Day five may be counted in calendar days: the list and CP-04 go by the same.",
        ),
        (
            "Finding of the section 47 enquiry",
            "section-47-conclusion",
            "10 working days",
            "2026-04-02",
            "The authority's limit for CP-03 is the list's too.",
        ),
    ],
)
def test_a_standard_of_the_authority(reckoning, clock, standard, value, gives, why):
    """A local rule can be set by the authority, from a day on. One of statute cannot."""
    reckoning(
        "clock",
        f"""
        clock   | began      | standard   | set to
        {clock} | 2026-03-19 | {standard} | {value}
        """,
        gives=gives,
        guidance=why,
    )


@pytest.mark.one_database
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("seen", "not_seen", "on", "gives", "why"),
    [
        (
            "2026-03-16",
            "",
            "2026-03-20",
            "due: 6 working days left; after the core group",
            "Seen four days ago.",
        ),
        (
            "",
            "",
            "2026-03-26",
            "not seen: overdue by 4 working days; first of the list",
            "Never seen since the plan began.",
        ),
        (
            "2026-03-16",
            "2026-03-25",
            "2026-03-26",
            "not seen: 2 working days left, not seen at the last visit; first of the list",
            "Nobody opened: the visit is on record and stops no clock.",
        ),
        (
            "2026-03-26",
            "2026-03-25",
            "2026-03-27",
            "due: 9 working days left; after the core group",
            "Seen the day after.",
        ),
    ],
)
def test_not_seen_comes_first(reckoning, seen, not_seen, on, gives, why):
    """A visit at which the child was not seen stops no clock, and puts the child first on the list."""
    reckoning(
        "visits",
        f"""
        plan began | seen   | not seen   | on
        2026-03-06 | {seen} | {not_seen} | {on}
        """,
        gives=gives,
        guidance=why,
    )
