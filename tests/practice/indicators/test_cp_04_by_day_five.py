"""Conference decision by day five (CP-04)."""

GUIDANCE = "By day five of the enquiry; the rule and its unit are a dated local standard."


def test_fifth_working_day(practice):
    """From Tuesday 14 March 2017 the fifth working day is 21 March; across Easter, of 12 April, 21 April."""
    practice(
        "CP-04",
        """
        section_47
        child_id | start_date | decision_date | as_at_day  | return_end
        Ann      | 2017-03-14 | 2017-03-21    | 2017-04-30 | 2017-04-30
        Ben      | 2017-03-14 | 2017-03-22    | 2017-04-30 | 2017-04-30
        Cal      | 2017-03-14 | 2017-03-14    | 2017-04-30 | 2017-04-30
        Dee      | 2017-03-14 | 2017-03-13    | 2017-04-30 | 2017-04-30
        Eve      | 2017-03-14 |               | 2017-04-30 | 2017-04-30
        """,
        year=2017,
        gives=(2, 5),
        guidance=GUIDANCE,
    )


def test_only_once_day_five_has_passed(practice):
    """An enquiry counts from the day after day five on, decided or not."""
    practice(
        "CP-04",
        """
        section_47
        child_id | start_date | decision_date | as_at_day  | return_end
        Ann      | 2017-03-14 | 2017-03-15    | 2017-03-21 | 2017-03-21
        Ben      | 2017-03-14 | 2017-03-15    | 2017-03-22 | 2017-03-22
        """,
        year=2017,
        gives=(1, 1),
        guidance=GUIDANCE,
    )


def test_what_only_a_return_tells(practice):
    """A return does not say when it was decided: not known, once day five has passed by its last day."""
    practice(
        "CP-04",
        """
        section_47
        child_id | start_date | decision_date | as_at_day | return_end
        Ann      | 2017-03-14 |               |           | 2017-03-31
        Ben      | 2017-03-28 |               |           | 2017-03-31
        """,
        year=2017,
        unknown=1,
        gives=(0, 1),
        guidance=GUIDANCE,
    )


def test_casework_is_read_later_than_a_return(practice):
    """The moment at which casework was read decides, not the last day of a return."""
    practice(
        "CP-04",
        """
        section_47
        child_id | start_date | decision_date | as_at_day  | return_end
        Ann      | 2017-03-14 |               | 2017-03-21 | 2017-04-30
        """,
        year=2017,
        gives=(0, 0),
        guidance=GUIDANCE,
    )


def test_calendar_days(practice):
    """Where calendar days count, the fifth day from Tuesday 14 March 2017 is the Sunday."""
    practice(
        "CP-04",
        """
        section_47
        child_id | start_date | decision_date | as_at_day  | return_end
        Ann      | 2017-03-14 | 2017-03-19    | 2017-04-30 | 2017-04-30
        Ben      | 2017-03-14 | 2017-03-20    | 2017-04-30 | 2017-04-30
        """,
        year=2017,
        settings="""

[[standard]]
name = "section-47-conference-decision"
value = 5
unit = "calendar days"
from = 2017-01-01
set_by = "Invented board"
""",
        gives=(1, 2),
        guidance=GUIDANCE,
    )


def test_by_the_rule_of_its_day(practice):
    """Before the instruction of 11 May 2016 there was no rule; a rule of three days holds from its own day
    on.
    """
    practice(
        "CP-04",
        """
        section_47
        child_id | start_date | decision_date | as_at_day  | return_end
        Ann      | 2016-05-10 | 2016-05-10    | 2017-04-30 | 2017-04-30
        Ben      | 2016-05-11 | 2016-05-18    | 2017-04-30 | 2017-04-30
        Cal      | 2016-12-30 | 2017-01-09    | 2017-04-30 | 2017-04-30
        Dee      | 2017-01-03 | 2017-01-09    | 2017-04-30 | 2017-04-30
        """,
        year=2017,
        settings="""

[[standard]]
name = "section-47-conference-decision"
value = 3
unit = "working days"
from = 2017-01-03
set_by = "Invented board"
""",
        gives=(2, 3),
        guidance=GUIDANCE,
    )


def test_words_of_another_standard(practice):
    """Another standard changes nothing here."""
    practice(
        "CP-04",
        """
        section_47
        child_id | start_date | decision_date | as_at_day  | return_end
        Ann      | 2017-03-14 | 2017-03-21    | 2017-04-30 | 2017-04-30
        """,
        year=2017,
        settings="""

[[standard]]
name = "section-47-conclusion"
value = 3
unit = "working days"
from = 2017-01-03
set_by = "Invented board"
""",
        gives=(1, 1),
        guidance=GUIDANCE,
    )
