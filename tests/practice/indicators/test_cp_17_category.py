"""Plans by category of abuse (CP-17)."""

PLANS = """
        cp_plan
        child_id | start_date | end_date   | initial_category | latest_category
        Ann      | 2015-05-01 |            | NEG              | EMO
        Ben      | 2015-05-01 |            | NEG              | NEG
        Cal      | 2015-05-01 | 2016-03-31 | PHY              | PHY
        Dee      | 2014-05-01 |            | SAB              | MUL
        """


def test_initial_category_of_plans_started(practice):
    """The initial category, of the plans that started in the year."""
    practice(
        "CP-17",
        PLANS,
        part="initial",
        year=2016,
        gives=3,
        by="category",
        groups={"Neglect": 2, "Physical abuse": 1},
        guidance="CP-10s for initial, CP-09 for latest, shown apart.",
    )


def test_latest_category_of_open_plans(practice):
    """The latest category, of the plans open on the day."""
    practice(
        "CP-17",
        PLANS,
        part="latest",
        on="2016-03-31",
        gives=3,
        by="category",
        groups={"Emotional abuse": 1, "Neglect": 1, "Multiple": 1},
        guidance="CP-10s for initial, CP-09 for latest, shown apart.",
    )


def test_category_not_given(practice):
    """A plan without a category, or with an unknown code, is not lost; others' plans are left out."""
    practice(
        "CP-17",
        """
        cp_plan
        child_id | start_date | latest_category | other_authority
        Ann      | 2015-05-01 |                 |
        Ben      | 2015-05-01 | ABC             |
        Cal      | 2015-05-01 | SAB             |
        Dee      | 2015-05-01 | SAB             | yes
        """,
        part="latest",
        on="2016-03-31",
        gives=3,
        by="category",
        groups={"Not known": 2, "Sexual abuse": 1},
        guidance="An unknown code changes no figure.",
    )


def test_initial_category_not_given(practice):
    """The same for the initial category."""
    practice(
        "CP-17",
        """
        cp_plan
        child_id | start_date | initial_category | other_authority
        Ann      | 2015-05-01 |                  |
        Ben      | 2015-05-01 | EMO              |
        Cal      | 2015-05-01 | MUL              |
        Dee      | 2015-05-01 | SAB              | yes
        """,
        part="initial",
        year=2016,
        gives=3,
        by="category",
        groups={"Not known": 1, "Emotional abuse": 1, "Multiple": 1},
        guidance="An unknown code changes no figure.",
    )


def test_every_category(practice):
    """Each of the five codes has its name; what is no code is not known."""
    records = """
        cp_plan
        child_id | start_date | initial_category | latest_category
        Ann      | 2015-09-01 | NEG              | NEG
        Ben      | 2015-09-01 | PHY              | PHY
        Cal      | 2015-09-01 | SAB              | SAB
        Dee      | 2015-09-01 | EMO              | EMO
        Eve      | 2015-09-01 | MUL              | MUL
        Fay      | 2015-09-01 | XYZ              | XYZ
        """
    groups = {
        "Neglect": 1,
        "Physical abuse": 1,
        "Sexual abuse": 1,
        "Emotional abuse": 1,
        "Multiple": 1,
        "Not known": 1,
    }
    guidance = "Plans in the category: NEG, PHY, SAB, EMO, MUL."
    practice(
        "CP-17",
        records,
        part="initial",
        year=2016,
        gives=6,
        by="category",
        groups=groups,
        guidance=guidance,
    )
    practice(
        "CP-17",
        records,
        part="latest",
        on="2016-03-31",
        gives=6,
        by="category",
        groups=groups,
        guidance=guidance,
    )
