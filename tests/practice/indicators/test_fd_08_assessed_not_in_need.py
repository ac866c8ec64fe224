"""Referrals assessed as not in need (FD-08)."""

GUIDANCE = "Referrals in the period assessed, then closed with reason RC8, of all referrals in it."
RECORDS = """
        referral
        child_id | referral_date | closure_date | closure_reason
        Ann      | 2015-05-01    | 2015-06-15   | RC8
        Ben      | 2015-05-01    | 2016-08-01   | RC8
        Cal      | 2015-05-01    | 2015-06-15   | RC7
        Dee      | 2015-05-01    | 2015-06-15   | RC9
        Eve      | 2014-05-01    | 2015-06-15   | RC8
        """


def test_closed_after_assessment(practice):
    """The referral's date decides the year, not the closure's: Ben's counts, Eve's does not."""
    practice("FD-08", RECORDS, year=2016, gives=(2, 4), guidance=GUIDANCE)


def test_referred_to_early_help_stands_apart(practice):
    """Closed after assessment and referred to early help (RC9) is shown apart."""
    practice(
        "FD-08",
        RECORDS,
        part="early help",
        year=2016,
        gives=(1, 4),
        guidance="RC9 (early help) exists from the 2023 census; show it apart.",
    )


def test_open_is_not_met_and_closed_without_reason_is_not_known(practice):
    """A referral still open has not been closed as not in need; a closure without a reason may be."""
    practice(
        "FD-08",
        """
        referral
        child_id | referral_date | closure_date | closure_reason
        Ann      | 2015-05-01    | 2015-06-15   | RC8
        Ben      | 2015-05-01    |              |
        Cal      | 2015-05-01    | 2015-06-15   |
        """,
        year=2016,
        gives=(1, 3),
        unknown=1,
        guidance=GUIDANCE,
    )


def test_early_help_open_and_without_reason(practice):
    """The same reading holds for the share referred to early help."""
    practice(
        "FD-08",
        """
        referral
        child_id | referral_date | closure_date | closure_reason
        Ann      | 2023-05-01    | 2023-06-15   | RC9
        Ben      | 2023-05-01    |              |
        Cal      | 2023-05-01    | 2023-06-15   |
        """,
        part="early help",
        year=2024,
        gives=(1, 3),
        unknown=1,
        guidance=GUIDANCE,
    )


def test_a_reason_that_is_no_code(practice):
    """A reason that is no code is not an answer, with a closure date or without one."""
    records = """
        referral
        child_id | referral_date | closure_date | closure_reason
        Ann      | 2023-05-01    | 2023-06-15   | RC88
        Ben      | 2023-05-01    |              | RC88
        """
    for part in ("", "early help"):
        practice(
            "FD-08",
            records,
            part=part,
            year=2024,
            gives=(0, 2),
            unknown=2,
            guidance="Unknown code, stray text: no figure changes; a finding.",
        )


def test_every_other_reason_is_an_answer(practice):
    """Each of the nine reasons answers: one of them is RC8 and one RC9."""
    records = """
        referral
        child_id | referral_date | closure_date | closure_reason
        Ann      | 2023-05-01    | 2023-06-15   | RC1
        Ben      | 2023-05-01    | 2023-06-15   | RC2
        Cal      | 2023-05-01    | 2023-06-15   | RC3
        Dee      | 2023-05-01    | 2023-06-15   | RC4
        Eve      | 2023-05-01    | 2023-06-15   | RC5
        Fay      | 2023-05-01    | 2023-06-15   | RC6
        Gus      | 2023-05-01    | 2023-06-15   | RC7
        Hal      | 2023-05-01    | 2023-06-15   | RC8
        Ida      | 2023-05-01    | 2023-06-15   | RC9
        """
    for part in ("", "early help"):
        practice(
            "FD-08",
            records,
            part=part,
            year=2024,
            gives=(1, 9),
            guidance="Referrals in the period assessed, then closed with reason RC8; RC9 apart.",
        )
