"""The duty to respond to a committee's report: a clock of its own.

It runs only from a notice that was received. It is never shown in place of the date the committee asked for.
"""

import pytest

GUIDANCE = (
    "Two months beginning with the day of receipt (Local Government Act 2000, section 9FE; to be checked "
    "against the law as it stands before it is quoted)."
)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2017-05-10", "2017-07-09"),
        ("2017-07-31", "2017-09-30"),
        ("2016-12-31", "2017-02-28"),
        ("2015-12-31", "2016-02-29"),
        ("2017-01-01", "2017-02-28"),
    ],
)
def test_two_months_beginning_with_receipt(reckoning, received, due):
    """The day of receipt is the first day of the two months, so they end on the day before."""
    reckoning(
        "response",
        f"""
        by        | notice received
        executive | {received}
        """,
        gives=due,
        guidance=GUIDANCE,
    )


def test_a_health_body(reckoning):
    """A health body has 28 days after the request."""
    reckoning(
        "response",
        """
        by     | notice received
        health | 2017-09-13
        """,
        gives="2017-10-11",
        guidance="SI 2013/218, regulation 22; to be checked before it is quoted.",
    )
