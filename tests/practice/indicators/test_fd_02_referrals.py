"""Referrals (FD-02)."""

GUIDANCE = "Referrals with a referral date in the period. Every referral counts."


def test_referrals_in_the_period(practice):
    """The first and the last day of the period belong to it; the days beside them do not."""
    practice(
        "FD-02",
        """
        referral
        child_id | referral_date
        Ann      | 2015-03-31
        Ben      | 2015-04-01
        Cal      | 2016-03-31
        Dee      | 2016-04-01
        """,
        year=2016,
        gives=2,
        guidance=GUIDANCE,
    )


def test_every_referral_counts(practice):
    """A child referred three times counts three times, also where nothing further was done."""
    practice(
        "FD-02",
        """
        referral
        child_id | referral_date | no_further_action
        Ann      | 2015-05-01    | yes
        Ann      | 2015-05-01    | no
        Ann      | 2015-09-01    |
        """,
        year=2016,
        gives=3,
        guidance=GUIDANCE,
    )


def test_no_referrals(practice):
    """None at all is a count of 0: unlike a share, a count has a value."""
    practice(
        "FD-02",
        """
        referral
        child_id | referral_date
        Ann      | 2014-05-01
        """,
        year=2016,
        gives=0,
        guidance=GUIDANCE,
    )


def test_by_district_and_month(practice):
    """By district in one month; a place that is not known has its own line."""
    practice(
        "FD-02",
        """
        referral
        child_id | referral_date | district
        Ann      | 2015-05-01    | Redditch
        Ben      | 2015-05-31    | Redditch
        Cal      | 2015-05-15    | Wychavon
        Dee      | 2015-05-20    |
        Eve      | 2015-06-01    | Wychavon
        """,
        period=("2015-05-01", "2015-05-31"),
        gives=4,
        by="district",
        groups={"Redditch": 2, "Wychavon": 1, "Not known": 1},
        guidance=GUIDANCE,
    )


def test_by_age(practice):
    """Age is taken on the day of the referral; a child not yet born has a line of its own."""
    practice(
        "FD-02",
        """
        child
        child_id | birth_date
        Ann      | 2011-05-02
        Ben      | 2010-05-01
        Cal      | 2015-06-01
        Dee      |

        referral
        child_id | referral_date
        Ann      | 2016-03-01
        Ben      | 2015-05-01
        Cal      | 2015-05-01
        Dee      | 2015-05-01
        Eve      | 2015-05-01
        """,
        year=2016,
        gives=5,
        by="age",
        groups={"1 to 4": 1, "5 to 9": 1, "Unborn": 1, "Not known": 2},
        guidance=GUIDANCE,
    )


def test_two_children_under_one_id(practice):
    """What stands under one id is one child: nothing is dropped, and both referrals count."""
    practice(
        "FD-02",
        """
        referral
        child_id | referral_date | primary_need
        9212044  | 2015-05-01    | N1
        9212044  | 2015-05-02    | N4
        """,
        year=2016,
        gives=2,
        guidance="Two children under one LA child id: nothing is dropped; a finding.",
    )


def test_by_ethnicity(practice):
    """The five groups of the census; refused, and what is no code, are not known."""
    practice(
        "FD-02",
        """
        child
        child_id | ethnicity
        C01      | WBRI
        C02      | WIRI
        C03      | WIRT
        C04      | WOTH
        C05      | WROM
        C06      | MWBC
        C07      | MWBA
        C08      | MWAS
        C09      | MOTH
        C10      | AIND
        C11      | APKN
        C12      | ABAN
        C13      | AOTH
        C14      | CHNE
        C15      | BCRB
        C16      | BAFR
        C17      | BOTH
        C18      | OOTH
        C19      | REFU
        C20      | XXXX

        referral
        child_id | referral_date
        C01      | 2015-06-01
        C02      | 2015-06-01
        C03      | 2015-06-01
        C04      | 2015-06-01
        C05      | 2015-06-01
        C06      | 2015-06-01
        C07      | 2015-06-01
        C08      | 2015-06-01
        C09      | 2015-06-01
        C10      | 2015-06-01
        C11      | 2015-06-01
        C12      | 2015-06-01
        C13      | 2015-06-01
        C14      | 2015-06-01
        C15      | 2015-06-01
        C16      | 2015-06-01
        C17      | 2015-06-01
        C18      | 2015-06-01
        C19      | 2015-06-01
        C20      | 2015-06-01
        """,
        year=2016,
        gives=20,
        by="ethnicity",
        groups={"White": 5, "Mixed": 4, "Asian": 5, "Black": 3, "Other": 1, "Not known": 2},
        guidance="Every indicator has the dimensions age band, sex, ethnicity and disability.",
    )


def test_by_sex(practice):
    """Female, male, and not known: said to be unknown, not said, or no record of the child."""
    practice(
        "FD-02",
        """
        child
        child_id | sex
        Ann      | F
        Ben      | M
        Cal      | U
        Dee      |
        Eve      | M

        referral
        child_id | referral_date
        Ann      | 2015-06-01
        Ben      | 2015-06-01
        Cal      | 2015-06-01
        Dee      | 2015-06-01
        Eve      | 2015-06-01
        Fay      | 2015-06-01
        """,
        year=2016,
        gives=6,
        by="sex",
        groups={"Female": 1, "Male": 2, "Not known": 3},
        guidance="Every indicator has the dimensions age band, sex, ethnicity and disability.",
    )


def test_by_disability(practice):
    """Any of the twelve codes is a disability; NONE says there is none; what is no code says nothing."""
    practice(
        "FD-02",
        """
        child
        child_id
        C01
        C02
        C03
        C04
        C05
        C06
        C07
        C08
        C09
        C10
        C11
        C12
        C13
        C14

        disability
        child_id | disability
        C01      | NONE
        C02      | MOB
        C03      | HAND
        C04      | PC
        C05      | INC
        C06      | COMM
        C07      | LD
        C08      | HEAR
        C09      | VIS
        C10      | BEH
        C11      | CON
        C12      | AUT
        C13      | DDA
        C14      | ASTHMA

        referral
        child_id | referral_date
        C01      | 2015-06-01
        C02      | 2015-06-01
        C03      | 2015-06-01
        C04      | 2015-06-01
        C05      | 2015-06-01
        C06      | 2015-06-01
        C07      | 2015-06-01
        C08      | 2015-06-01
        C09      | 2015-06-01
        C10      | 2015-06-01
        C11      | 2015-06-01
        C12      | 2015-06-01
        C13      | 2015-06-01
        C14      | 2015-06-01
        """,
        year=2016,
        gives=14,
        by="disability",
        groups={"Disabled": 12, "Not disabled": 1, "Not known": 1},
        guidance="Every indicator has the dimensions age band, sex, ethnicity and disability.",
    )
    practice(
        "FD-02",
        """
        child
        child_id | disabled
        Ann      | yes
        Ben      | no
        Cal      | no
        Dee      | yes
        Eve      |
        Fay      | no

        disability
        child_id | disability
        Cal      | LD
        Cal      | NONE
        Dee      | NONE

        referral
        child_id | referral_date
        Ann      | 2015-06-01
        Ben      | 2015-06-01
        Cal      | 2015-06-01
        Dee      | 2015-06-01
        Eve      | 2015-06-01
        Fay      | 2015-06-01
        """,
        year=2016,
        gives=6,
        by="disability",
        groups={"Disabled": 2, "Not disabled": 3, "Not known": 1},
        guidance="Codes come before a yes or no.",
    )
