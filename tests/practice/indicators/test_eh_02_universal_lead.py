"""Early help assessments led by universal services (EH-02)."""

GUIDANCE = "EH-01 with a universal lead. The organisation is mapped by dated local words."


def test_universal_words(practice):
    """Schools and health visiting are universal by default, in any case; a commissioned team is not."""
    practice(
        "EH-02",
        """
        early_help_episode
        child_id | start_date | end_date   | organisation
        Ann      | 2015-05-10 | 2015-06-01 | Redwood Primary SCHOOL
        Ben      | 2015-05-10 | 2015-06-01 | Health visiting service
        Cal      | 2015-05-10 | 2015-06-01 | Family Support Contract Ltd
        """,
        year=2016,
        gives=(2, 3),
        guidance=GUIDANCE,
    )


def test_a_word_and_not_a_part_of_one(practice):
    """The default word "gp" is a word's beginning: it does not find letters inside another word."""
    practice(
        "EH-02",
        """
        early_help_episode
        child_id | start_date | end_date   | organisation
        Ann      | 2015-05-10 | 2015-06-01 | Town GP practice
        Ben      | 2015-05-10 | 2015-06-01 | Kingpin Youth Club
        """,
        year=2016,
        gives=(1, 2),
        guidance=GUIDANCE,
    )


def test_organisation_not_given(practice):
    """An organisation not given is not known. An assessment under way is not counted."""
    practice(
        "EH-02",
        """
        early_help_episode
        child_id | start_date | end_date   | organisation
        Ann      | 2015-05-10 | 2015-06-01 |
        Ben      | 2015-05-10 |            | Redwood School
        """,
        year=2016,
        gives=(0, 1),
        unknown=1,
        guidance="Unknown is not no.",
    )


def test_two_words_in_one_name(practice):
    """A name that holds two of the words is still one assessment."""
    practice(
        "EH-02",
        """
        early_help_episode
        child_id | start_date | end_date   | organisation
        Ann      | 2015-05-10 | 2015-06-01 | Hill Nursery School
        """,
        year=2016,
        gives=(1, 1),
        guidance=GUIDANCE,
    )


def test_the_words_in_force_on_the_day(practice):
    """From October the family hub counts as universal and the school no longer does. A word of another
    standard is no word of this one.
    """
    practice(
        "EH-02",
        """
        early_help_episode
        child_id | start_date | end_date   | organisation
        Ann      | 2015-06-01 | 2015-09-30 | Family Hub
        Ben      | 2015-06-01 | 2015-10-01 | Family Hub
        Cal      | 2015-06-01 | 2015-09-30 | Hill School
        Dee      | 2015-06-01 | 2015-10-01 | Hill School
        Eve      | 2015-06-01 | 2015-10-01 | Planned Parenting
        """,
        settings="""
        [[standard]]
        name = "universal-early-help"
        words = ["family hub"]
        from = 2015-10-01
        set_by = "Head of early help"
        """,
        year=2016,
        gives=(2, 5),
        guidance="Organisation mapped to universal or commissioned, dated.",
    )
