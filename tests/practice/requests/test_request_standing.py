"""How a request stands: red, amber, green or grey.

It is computed from dates and replies. Nothing is green without evidence, and what is not judged is grey.
"""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("state", "due", "reply", "gives", "why"),
    [
        ("sent", "2017-12-01", "", "grey: Not due yet", "More than 28 days are left"),
        ("sent", "2017-10-01", "", "amber: Due soon", "No more than 28 days are left"),
        ("sent", "2017-09-13", "", "amber: Due soon", "On its day it is not overdue"),
        ("sent", "2017-09-12", "", "red: Overdue, 1 day overdue", "The day after, it is"),
        ("sent", "", "", "grey: No due date", "The words gave no day, so nothing is judged"),
        (
            "replied",
            "2017-09-01",
            "without",
            "amber: Answered, not shown",
            "An officer’s word turns nothing green",
        ),
        (
            "replied",
            "2017-09-01",
            "with what shows it",
            "green: Answered, with evidence",
            "A reply that shows it does",
        ),
        (
            "in progress",
            "2017-09-01",
            "without",
            "red: Overdue, 12 days overdue",
            "That something is being done ends no deadline",
        ),
        (
            "rejected",
            "2017-09-01",
            "without",
            "grey: Not followed",
            "Rejected is neither good nor late",
        ),
    ],
)
def test_from_dates_and_replies(reckoning, state, due, reply, gives, why):
    """Dates and replies give the colour, and the word says it without the colour."""
    reckoning(
        "standing",
        f"""
        on         | state   | due   | reply
        2017-09-13 | {state} | {due} | {reply}
        """,
        gives=gives,
        guidance=f"{why}.",
    )


def test_green_cannot_be_set_without_evidence(reckoning):
    """A colour set by judgement does not make green what nothing shows."""
    reckoning(
        "standing",
        """
        on         | state   | due        | reply   | set to
        2017-09-13 | replied | 2017-09-01 | without | green
        """,
        gives="amber: Answered, not shown",
        guidance="Grey is never green, and an officer’s “complete” is no evidence.",
    )


def test_red_may_be_set_by_judgement(reckoning):
    """Whoever keeps the committee may judge otherwise, with a reason that stands beside it."""
    reckoning(
        "standing",
        """
        on         | state       | due        | reply   | set to
        2017-09-13 | in progress | 2018-01-01 | without | red
        """,
        gives="red: Red by judgement",
        guidance="Unacceptable progress is red although the date is not past.",
    )
