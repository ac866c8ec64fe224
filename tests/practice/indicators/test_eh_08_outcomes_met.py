"""Early help that met its outcomes (EH-08)."""

GUIDANCE = "Episodes closed in the period with planned outcomes met, of episodes closed in it."


def test_words_of_the_end_reason(practice):
    """A word of the reason begins as the local standard says: not met and unmet are not met."""
    practice(
        "EH-08",
        """
        early_help_episode
        child_id | start_date | end_date   | end_reason
        Ann      | 2015-04-10 | 2015-09-01 | Closed: Outcomes met
        Ben      | 2015-04-10 | 2015-09-01 | Needs not met
        Cal      | 2015-04-10 | 2015-09-01 | Family moved away
        Dee      | 2015-04-10 | 2015-09-01 | Goals met in full
        """,
        year=2016,
        gives=(2, 4),
        guidance=GUIDANCE,
    )


def test_counted_once_whatever_words_it_holds(practice):
    """A reason that holds two of the words is one episode."""
    practice(
        "EH-08",
        """
        early_help_episode
        child_id | start_date | end_date   | end_reason
        Ann      | 2015-04-10 | 2015-09-01 | Needs met, goals met
        """,
        year=2016,
        gives=(1, 1),
        guidance=GUIDANCE,
    )


def test_closed_in_the_period(practice):
    """Episodes still open, or closed in another year, are not in it; without any there is no value."""
    practice(
        "EH-08",
        """
        early_help_episode
        child_id | start_date | end_date   | end_reason
        Ann      | 2015-04-10 |            |
        Ben      | 2015-01-10 | 2015-03-31 | Needs met
        """,
        year=2016,
        gives=(0, 0),
        guidance="Denominator 0: no value.",
    )


def test_no_reason_is_not_known(practice):
    """An episode closed without a reason stays in the denominator and is not known. Annex A lists
    assessments, which have no end reason: they are no episodes. Where it also lists an episode, the
    episode is counted.
    """
    practice(
        "EH-08",
        """
        early_help_episode
        child_id | start_date | end_date   | end_reason | source
        Ann      | 2015-04-10 | 2015-09-01 |            | ssd
        Ben      | 2015-04-10 | 2015-09-01 |            | annex_a
        Cal      | 2015-04-10 | 2015-09-01 | Needs met  | annex_a
        Dee      | 2015-04-10 | 2015-09-01 |            |
        """,
        year=2016,
        gives=(1, 3),
        unknown=2,
        guidance="Unknown is not no.",
    )


def test_the_words_are_each_authoritys_own(practice):
    """The standard in force on the day the episode closed decides: from October, "plan finished"."""
    practice(
        "EH-08",
        """
        early_help_episode
        child_id | start_date | end_date   | end_reason
        Ann      | 2015-04-10 | 2015-09-30 | Plan finished
        Ben      | 2015-04-10 | 2015-10-01 | Plan finished
        Cal      | 2015-04-10 | 2015-09-30 | Needs met
        Dee      | 2015-04-10 | 2015-10-01 | Needs met
        """,
        settings="""
        [[standard]]
        name = "early-help-outcomes-met"
        words = ["Plan finished"]
        from = 2015-10-01
        set_by = "Head of early help"
        """,
        year=2016,
        gives=(2, 4),
        guidance="The past is judged by the rule of its day.",
    )


def test_same_line_of_two_files(practice):
    """Two children's episodes are two, and two episodes of one child are two."""
    practice(
        "EH-08",
        """
        early_help_episode
        child_id | start_date | end_date   | end_reason
        Ann      | 2015-04-10 | 2015-09-01 | Needs met
        Ann      | 2015-05-10 | 2015-09-01 | Needs met
        Ben      | 2015-04-10 | 2015-09-01 | Needs met
        """,
        year=2016,
        gives=(3, 3),
        guidance=GUIDANCE,
    )


def test_words_of_another_standard(practice):
    """A planned end is not outcomes met: the words of another standard do not count. An episode that
    has an end reason is no assessment, whoever listed it last.
    """
    practice(
        "EH-08",
        """
        early_help_episode
        child_id | start_date | end_date   | end_reason  | source
        Ann      | 2015-04-10 | 2015-09-01 | Planned end | ssd
        Ben      | 2015-04-10 | 2015-09-01 |             | ssd
        Cal      | 2015-04-10 | 2015-09-01 |             | ssd
        Dee      | 2015-04-10 | 2015-09-01 |             | annex_a
        """,
        year=2016,
        gives=(0, 3),
        unknown=2,
        guidance=GUIDANCE,
    )
