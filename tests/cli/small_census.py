"""A census so small that every figure of it can be counted by hand. The children are invented."""

HEADER = """<Header><CollectionDetails><Collection>CIN</Collection><Year>{year}</Year>
<ReferenceDate>{year}-03-31</ReferenceDate></CollectionDetails>
<Source><SourceLevel>L</SourceLevel><LEA>885</LEA><SoftwareCode>Invented</SoftwareCode></Source></Header>
"""


def child(name: str, *details: str, birth: str = "2008-05-01") -> str:
    """One invented child."""
    return (
        f"<Child><ChildIdentifiers><LAchildID>{name}</LAchildID><UPNunknown>UN1</UPNunknown>"
        f"<PersonBirthDate>{birth}</PersonBirthDate><GenderCurrent>1</GenderCurrent></ChildIdentifiers>"
        "<ChildCharacteristics><Ethnicity>WBRI</Ethnicity><Disabilities><Disability>NONE</Disability>"
        f"</Disabilities></ChildCharacteristics>{''.join(details)}</Child>"
    )


def episode(
    referral: str, *, closure: str = "", nfa: str = "0", inside: str = "", after: str = ""
) -> str:
    """One referral episode; `inside` stands before ReferralNFA, `after` behind it."""
    closed = (
        f"<CINclosureDate>{closure}</CINclosureDate><ReasonForClosure>RC7</ReasonForClosure>"
        if closure
        else ""
    )
    return (
        f"<CINdetails><CINreferralDate>{referral}</CINreferralDate><ReferralSource>6</ReferralSource>"
        f"<PrimaryNeedCode>N1</PrimaryNeedCode>{closed}{inside}<ReferralNFA>{nfa}</ReferralNFA>{after}"
        "</CINdetails>"
    )


def section_47(start: str, conference: str) -> str:
    """An enquiry that led to a conference."""
    return (
        f"<Section47><S47ActualStartDate>{start}</S47ActualStartDate>"
        f"<DateOfInitialCPC>{conference}</DateOfInitialCPC><ICPCnotRequired>0</ICPCnotRequired>"
        "</Section47>"
    )


def plan(start: str, *reviews: str, end: str = "") -> str:
    """A child protection plan with its reviews."""
    dates = "".join(f"<CPPreviewDate>{day}</CPPreviewDate>" for day in reviews)
    return (
        f"<ChildProtectionPlans><CPPstartDate>{start}</CPPstartDate>"
        + (f"<CPPendDate>{end}</CPPendDate>" if end else "")
        + "<InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse><LatestCategoryOfAbuse>NEG"
        "</LatestCategoryOfAbuse><NumberOfPreviousCPP>0</NumberOfPreviousCPP>"
        + (f"<Reviews>{dates}</Reviews>" if dates else "")
        + "</ChildProtectionPlans>"
    )


def census(*children: str, year: int = 2016) -> str:
    """A census of the year ending 31 March."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<Message>'
        + HEADER.format(year=year)
        + "<Children>\n"
        + "\n".join(children)
        + "\n</Children></Message>\n"
    )


CENSUS_2016 = census(
    # In 15 working days, over Easter, and one day more.
    child(
        "Ann1",
        episode(
            "2016-03-10",
            inside=section_47("2016-03-14", "2016-03-30"),
            after=plan("2016-03-30"),
        ),
    ),
    child(
        "Ben2",
        episode(
            "2015-09-01",
            inside=section_47("2015-09-01", "2015-09-23"),
            after=plan("2015-09-23", "2015-12-10"),
        ),
    ),
    child("Cas3", episode("2015-05-01", closure="2015-06-01"), episode("2016-02-01")),
    child("Dee4", episode("2015-07-01", closure="2015-07-01", nfa="1")),
)
