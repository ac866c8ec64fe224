"""The census reader: every module and layout, any order, and each thing real files do wrong."""

import codecs
import random
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from sightline.intake import cin_parser
from sightline.intake.cin import looks_like_cin, read_cin
from sightline.intake.parts import Finding, Reading, Source, UnreadableFileError

HEADER = """<Header>
<CollectionDetails><Collection>CIN</Collection><Year>2024</Year>
<ReferenceDate>2024-03-31</ReferenceDate></CollectionDetails>
<Source><SourceLevel>L</SourceLevel><LEA>885</LEA><SoftwareCode>Sys</SoftwareCode>
<Release>2</Release><SerialNo>001</SerialNo><DateTime>2024-05-01T09:00:00</DateTime></Source>
</Header>"""
IDS = "<ChildIdentifiers><LAchildID>C1</LAchildID><Sex>F</Sex></ChildIdentifiers>"
EPISODE = "<CINdetails><CINreferralDate>2023-05-01</CINreferralDate>{}</CINdetails>"
SCHEMAS = Path(__file__).parents[3] / "shared" / "data" / "schemas" / "cin"
XS = "{http://www.w3.org/2001/XMLSchema}"


def read(text: str | bytes, *, as_at: date | None = None) -> Reading:
    data = text.encode() if isinstance(text, str) else text
    assert looks_like_cin(data[:65536])
    return read_cin(data, Source("census.xml", "0" * 64, len(data)), as_at=as_at)


def census(*children: str, header: str = HEADER) -> str:
    inside = "\n".join(f"<Child>{child}</Child>" for child in children)
    return f"<Message>{header}<Children>\n{inside}\n</Children></Message>"


def one(episode: str, ids: str = IDS) -> str:
    """A census of one child with one episode."""
    return census(ids + EPISODE.format(episode))


def rows(reading: Reading, part: str) -> list[dict[str, object]]:
    """The rows of a part, without blanks; none if the part is not there."""
    for each in reading.parts:
        if each.name == part:
            return [
                {name: value for name, value in row.items() if value is not None}
                for row in each.rows.to_pylist()
            ]
    return []


def values(reading: Reading, part: str, field: str) -> list[object]:
    return [row.get(field) for row in rows(reading, part)]


def found(reading: Reading, code: str) -> list[Finding]:
    return [each for each in reading.findings if each.code == code]


def refused(text: str | bytes, *, as_at: date | None = None) -> str:
    data = text.encode() if isinstance(text, str) else text
    with pytest.raises(UnreadableFileError) as error:
        read_cin(data, Source("census.xml", "0" * 64, len(data)), as_at=as_at)
    message = str(error.value)
    assert message.startswith("census.xml: ")
    assert message.endswith(".")
    assert "\n" not in message
    return message


# -- what is read ----------------------------------------------------------------------------

EVERYTHING = """<Message>
<Header>
<CollectionDetails>
<Collection>CIN</Collection>
<Year>2026</Year>
<ReferenceDate>2026-03-31</ReferenceDate>
</CollectionDetails>
<Source><LEA>885</LEA></Source>
<Content><CBDSLevels><CBDSLevel>Child</CBDSLevel></CBDSLevels></Content>
</Header>
<Children>
<Child>
<ChildIdentifiers>
<LAchildID>C1</LAchildID>
<UPN>A123456789012</UPN>
<FormerUPN>B123456789012</FormerUPN>
<UPNunknown>UN3</UPNunknown>
<PersonBirthDate>2015-03-27</PersonBirthDate>
<ExpectedPersonBirthDate>2015-04-01</ExpectedPersonBirthDate>
<Sex>M</Sex>
<PersonDeathDate>2025-12-01</PersonDeathDate>
</ChildIdentifiers>
<ChildCharacteristics>
<Ethnicity>WBRI</Ethnicity>
<Disabilities>
<Disability>HAND</Disability>
<Disability>HEAR</Disability>
</Disabilities>
</ChildCharacteristics>
<CINdetails>
<CINreferralDate>2025-05-01</CINreferralDate>
<ReferralSource>1A</ReferralSource>
<PrimaryNeedCode>N1</PrimaryNeedCode>
<CINclosureDate>2025-12-02</CINclosureDate>
<ReasonForClosure>RC2</ReasonForClosure>
<DateOfInitialCPC>2025-05-20</DateOfInitialCPC>
<Assessments>
<AssessmentActualStartDate>2025-05-02</AssessmentActualStartDate>
<AssessmentInternalReviewDate>2025-05-12</AssessmentInternalReviewDate>
<AssessmentAuthorisationDate>2025-06-02</AssessmentAuthorisationDate>
<FactorsIdentifiedAtAssessment>
<AssessmentFactors>1C</AssessmentFactors>
<AssessmentFactors>6B</AssessmentFactors>
</FactorsIdentifiedAtAssessment>
</Assessments>
<CINPlanDates>
<CINPlanStartDate>2025-06-03</CINPlanStartDate>
<CINPlanEndDate>2025-07-01</CINPlanEndDate>
</CINPlanDates>
<Section47>
<S47ActualStartDate>2025-05-05</S47ActualStartDate>
<InitialCPCtarget>2025-05-27</InitialCPCtarget>
<DateOfInitialCPC>2025-05-21</DateOfInitialCPC>
<ICPCnotRequired>false</ICPCnotRequired>
</Section47>
<ReferralNFA>0</ReferralNFA>
<ChildProtectionPlans>
<CPPstartDate>2025-05-21</CPPstartDate>
<CPPendDate>2025-11-30</CPPendDate>
<InitialCategoryOfAbuse>PHY</InitialCategoryOfAbuse>
<LatestCategoryOfAbuse>NEG</LatestCategoryOfAbuse>
<NumberOfPreviousCPP>1</NumberOfPreviousCPP>
<Reviews>
<CPPreviewDate>2025-08-15</CPPreviewDate>
<CPPreviewDate>2025-09-15</CPPreviewDate>
<CPPreviewDate>2025-10-15</CPPreviewDate>
</Reviews>
</ChildProtectionPlans>
<PreProceedingsandFGDM>
<PPStartDate>2025-09-09</PPStartDate>
<LBPSentDate>2025-09-20</LBPSentDate>
<FGDMMeetingOffer>1</FGDMMeetingOffer>
<FGDMMeetingFac>0</FGDMMeetingFac>
<InitialPPMeetingDate>2025-09-28</InitialPPMeetingDate>
<ReviewMeetingsCount>3</ReviewMeetingsCount>
<StepDecisionDate>2025-10-01</StepDecisionDate>
<PPOutcome>A</PPOutcome>
<CourtAppDate>2025-10-18</CourtAppDate>
<LetterInitCPDate>2025-11-05</LetterInitCPDate>
</PreProceedingsandFGDM>
</CINdetails>
</Child>
</Children>
</Message>
"""
REFERRED = {"LAchildID": "C1", "CINreferralDate": "2025-05-01"}
WANTED = {
    "Child": [
        {
            "line": 12,
            "LAchildID": "C1",
            "UPN": "A123456789012",
            "FormerUPN": "B123456789012",
            "UPNunknown": "UN3",
            "PersonBirthDate": "2015-03-27",
            "ExpectedPersonBirthDate": "2015-04-01",
            "Sex": "M",
            "PersonDeathDate": "2025-12-01",
            "Ethnicity": "WBRI",
        }
    ],
    "Disability": [
        {"line": 26, "LAchildID": "C1", "Disability": "HAND"},
        {"line": 27, "LAchildID": "C1", "Disability": "HEAR"},
    ],
    "CINdetails": [
        {
            "line": 30,
            **REFERRED,
            "ReferralSource": "1A",
            "PrimaryNeedCode": "N1",
            "CINclosureDate": "2025-12-02",
            "ReasonForClosure": "RC2",
            "DateOfInitialCPC": "2025-05-20",
            "ReferralNFA": "0",
        }
    ],
    "Assessments": [
        {
            "line": 37,
            **REFERRED,
            "AssessmentActualStartDate": "2025-05-02",
            "AssessmentInternalReviewDate": "2025-05-12",
            "AssessmentAuthorisationDate": "2025-06-02",
        }
    ],
    "AssessmentFactors": [
        {
            "line": line,
            **REFERRED,
            "AssessmentActualStartDate": "2025-05-02",
            "AssessmentFactors": code,
        }
        for line, code in ((42, "1C"), (43, "6B"))
    ],
    "CINPlanDates": [
        {
            "line": 46,
            **REFERRED,
            "CINPlanStartDate": "2025-06-03",
            "CINPlanEndDate": "2025-07-01",
        }
    ],
    "Section47": [
        {
            "line": 50,
            **REFERRED,
            "S47ActualStartDate": "2025-05-05",
            "InitialCPCtarget": "2025-05-27",
            "DateOfInitialCPC": "2025-05-21",
            "ICPCnotRequired": "false",
        }
    ],
    "ChildProtectionPlans": [
        {
            "line": 57,
            **REFERRED,
            "CPPstartDate": "2025-05-21",
            "CPPendDate": "2025-11-30",
            "InitialCategoryOfAbuse": "PHY",
            "LatestCategoryOfAbuse": "NEG",
            "NumberOfPreviousCPP": "1",
        }
    ],
    "CPPreviewDate": [
        {"line": line, **REFERRED, "CPPstartDate": "2025-05-21", "CPPreviewDate": day}
        for line, day in ((64, "2025-08-15"), (65, "2025-09-15"), (66, "2025-10-15"))
    ],
    "PreProceedingsandFGDM": [
        {
            "line": 69,
            **REFERRED,
            "PPStartDate": "2025-09-09",
            "LBPSentDate": "2025-09-20",
            "FGDMMeetingOffer": "1",
            "FGDMMeetingFac": "0",
            "InitialPPMeetingDate": "2025-09-28",
            "ReviewMeetingsCount": "3",
            "StepDecisionDate": "2025-10-01",
            "PPOutcome": "A",
            "CourtAppDate": "2025-10-18",
            "LetterInitCPDate": "2025-11-05",
        }
    ],
}


def test_every_module_and_element_with_its_line() -> None:
    reading = read(EVERYTHING)
    assert {part.name: rows(reading, part.name) for part in reading.parts} == WANTED
    assert (reading.period_start, reading.period_end) == (date(2025, 4, 1), date(2026, 3, 31))
    assert reading.authority == "885"
    assert reading.findings == ()


def _shuffled(element: ElementTree.Element, dice: random.Random) -> None:
    inside = list(element)
    for each in inside:
        _shuffled(each, dice)
    dice.shuffle(inside)
    element[:] = inside


@pytest.mark.parametrize("seed", range(20))
def test_elements_are_read_in_any_order(seed: int) -> None:
    tree = ElementTree.fromstring(EVERYTHING)
    _shuffled(tree, random.Random(seed))
    reading = read(ElementTree.tostring(tree))
    plain = {
        part.name: sorted(
            (sorted((k, v) for k, v in row.items() if k != "line"))
            for row in rows(reading, part.name)
        )
        for part in reading.parts
    }
    assert plain == {
        name: sorted(sorted((k, v) for k, v in row.items() if k != "line") for row in wanted)
        for name, wanted in WANTED.items()
    }
    assert reading.findings == ()
    assert reading.period_end == date(2026, 3, 31)


def test_rows_are_of_the_child_and_episode_they_lie_in() -> None:
    """Over several batches, with children whose id comes last."""
    children = [
        EPISODE.format(
            f"<ReferralSource>1A</ReferralSource><Section47><S47ActualStartDate>{n}"
            "</S47ActualStartDate></Section47>"
        )
        + "<CINdetails><Section47><S47ActualStartDate>second</S47ActualStartDate></Section47>"
        + f"<CINreferralDate>r{n}</CINreferralDate></CINdetails>"
        + f"<ChildIdentifiers><LAchildID>C{n}</LAchildID></ChildIdentifiers>"
        for n in range(9_000)
    ]
    reading = read(census(*children))
    got = [
        (row["LAchildID"], row["CINreferralDate"], row["S47ActualStartDate"])
        for row in rows(reading, "Section47")
    ]
    wanted = []
    for n in range(9_000):
        wanted += [(f"C{n}", "2023-05-01", f"{n}"), (f"C{n}", f"r{n}", "second")]
    assert got == wanted
    assert values(reading, "Child", "LAchildID") == [f"C{n}" for n in range(9_000)]


def test_modules_that_are_not_there_are_not_known_but_a_plan_without_reviews_has_none() -> None:
    plan = "<ChildProtectionPlans><CPPstartDate>2023-06-01</CPPstartDate></ChildProtectionPlans>"
    parts = {part.name: part.rows for part in read(one(plan)).parts}
    assert {name: table.num_rows for name, table in parts.items()} == {
        "Child": 1,
        "Disability": 0,
        "CINdetails": 1,
        "ChildProtectionPlans": 1,
        "CPPreviewDate": 0,
    }
    full = {part.name: part.rows.schema for part in read(EVERYTHING).parts}
    assert all(table.schema == full[name] for name, table in parts.items())


def test_white_space_between_elements_makes_no_difference() -> None:
    packed = "".join(line.strip() for line in EVERYTHING.splitlines())
    reading = read(packed)
    for name, wanted in WANTED.items():
        assert rows(reading, name) == [{**row, "line": 1} for row in wanted]


def test_white_space_around_a_value_goes_and_a_blank_is_none() -> None:
    ids = (
        "<ChildIdentifiers><LAchildID>\n 00\u00a0</LAchildID><UPN> </UPN><FormerUPN/>"
        "</ChildIdentifiers>"
    )
    assert rows(read(one("", ids)), "Child") == [{"line": 7, "LAchildID": "00"}]


def test_long_text_and_character_data_come_whole() -> None:
    long = "x" * 50_000
    reading = read(one(f"<ReferralSource>{long}</ReferralSource>"))
    assert values(reading, "CINdetails", "ReferralSource") == [long]
    reading = read(one("<ReferralSource>1<![CDATA[A&]]>&amp;<!-- no -->B</ReferralSource>"))
    assert values(reading, "CINdetails", "ReferralSource") == ["1A&&B"]


# -- years and variants ----------------------------------------------------------------------


def _example(name: str, kind: ElementTree.Element | None, types: dict, depth: int = 0) -> str:
    """An element as a schema has it, with everything in it once, and twice where it may be."""
    sequence = kind.find(f"{XS}sequence") if kind is not None else None
    if sequence is None:
        return f"<{name}>{name} value</{name}>"
    inside = ""
    for element in sequence.findall(f"{XS}element"):
        own = element.find(f"{XS}complexType")
        inner = own if own is not None else types.get(element.get("type", ""))
        times = 2 if element.get("maxOccurs") == "unbounded" else 1
        inside += _example(element.get("name", ""), inner, types, depth + 1) * times
    return f"<{name}>{inside}</{name}>"


@pytest.mark.shared
@pytest.mark.parametrize("year", [2017, 2024, 2025, 2026])
def test_all_that_the_schema_of_a_year_has_is_read(year: int) -> None:
    schema = ElementTree.parse(SCHEMAS / f"CIN_schema_{year}.xsd").getroot()
    types = {kind.get("name", ""): kind for kind in schema.findall(f"{XS}complexType")}
    text = _example("Message", types["messagetype"], types).replace(
        "ReferenceDate value", f"{year}-03-31"
    )
    reading = read(text)
    assert not [each for each in reading.findings if each.code.endswith("-part")]
    assert reading.period_end == date(year, 3, 31)
    leaves = [
        element
        for element in ElementTree.fromstring(text).find("Children").iter()
        if not len(element)
    ]
    own = {
        part.name: [
            name
            for name in part.rows.column_names
            if name != "line" and (name in OWN.get(part.name, ()) or name == part.name)
        ]
        for part in reading.parts
    }
    kept = sum(
        sum(value is not None for value in part.rows[name].to_pylist())
        for part in reading.parts
        for name in own[part.name]
    )
    assert kept == len(leaves) > 100
    assert ("CINPlanDates" in own) == (year > 2021)


OWN = {name: set(wanted[0]) - {"line"} for name, wanted in WANTED.items()}
for _carried in ("Disability", "CINdetails"):
    OWN[_carried] -= {"LAchildID"}
for _carried in ("Assessments", "CINPlanDates", "Section47", "ChildProtectionPlans"):
    OWN[_carried] -= {"LAchildID", "CINreferralDate"}
for _carried in ("AssessmentFactors", "CPPreviewDate"):
    OWN[_carried] = {_carried}


def test_sex_and_gender_current_are_one_field() -> None:
    children = [
        f"<ChildIdentifiers><LAchildID>{n}</LAchildID><{tag}>{code}</{tag}></ChildIdentifiers>"
        + EPISODE.format("")
        for n, (tag, code) in enumerate([("Sex", "F"), ("GenderCurrent", "2"), ("Sex", "1")])
    ]
    reading = read(census(*children))
    assert values(reading, "Child", "Sex") == ["F", "2", "1"]
    assert reading.findings == ()


def test_reviews_by_either_name_and_several_wrappers() -> None:
    plan = (
        "<ChildProtectionPlans><CPPstartDate>2023-06-01</CPPstartDate>"
        "<Reviews><CPPreviewDate>2023-08-01</CPPreviewDate></Reviews>"
        "<CPPreviews><CPPreviewDate>2023-09-01</CPPreviewDate>"
        "<CPPreviewDate>2023-09-01</CPPreviewDate></CPPreviews></ChildProtectionPlans>"
    )
    reading = read(one(plan))
    assert values(reading, "CPPreviewDate", "CPPreviewDate") == [
        "2023-08-01",
        "2023-09-01",
        "2023-09-01",
    ]
    (finding,) = reading.findings
    assert (finding.code, finding.column, finding.place) == (
        "other-spelling",
        "CPPreviews",
        "line 7",
    )


def test_a_disabilities_block_for_each_disability() -> None:
    ids = IDS + (
        "<ChildCharacteristics><Disabilities><Disability>LD</Disability></Disabilities>"
        "<Disabilities><Disability>AUT</Disability></Disabilities></ChildCharacteristics>"
    )
    reading = read(one("", ids))
    assert values(reading, "Disability", "Disability") == ["LD", "AUT"]
    assert reading.findings == ()


def test_factors_without_their_wrapper_are_read_and_reported() -> None:
    reading = read(
        one(
            "<Assessments><AssessmentActualStartDate>2023-05-02</AssessmentActualStartDate>"
            "<AssessmentFactors>1A</AssessmentFactors>\n<AssessmentFactors>2B</AssessmentFactors>"
            "</Assessments>"
        )
    )
    assert values(reading, "AssessmentFactors", "AssessmentFactors") == ["1A", "2B"]
    (finding,) = reading.findings
    assert (finding.code, finding.column) == ("misplaced-part", "AssessmentFactors")
    assert "2 times" in finding.message


def test_a_disability_left_blank_says_nothing_and_empty_factors_are_reported() -> None:
    ids = IDS + (
        "<ChildCharacteristics><Disabilities><Disability/></Disabilities></ChildCharacteristics>"
    )
    reading = read(
        one(
            "<Assessments><AssessmentActualStartDate>2023-05-02</AssessmentActualStartDate>\n"
            "<FactorsIdentifiedAtAssessment/></Assessments>",
            ids,
        )
    )
    assert rows(reading, "Disability") == rows(reading, "AssessmentFactors") == []
    assert [(f.code, f.place, f.column) for f in reading.findings] == [
        ("empty-part", "line 8", "FactorsIdentifiedAtAssessment")
    ]


def test_a_review_without_its_date_is_a_row_at_its_own_line() -> None:
    """A review was held: each stays, so that the date that lacks can be asked for."""
    text = one(
        "<ChildProtectionPlans><CPPstartDate>2023-05-02</CPPstartDate>\n"
        "<Reviews>\n<CPPreviewDate/>\n<CPPreviewDate>2023-07-04</CPPreviewDate>\n"
        "<CPPreviewDate> </CPPreviewDate></Reviews>\n<Reviews/>\n</ChildProtectionPlans>"
    )
    reading = read(text)
    first = next(n for n, line in enumerate(text.split("\n"), 1) if "<CPPreviewDate/>" in line)
    assert [
        (row["line"] - first, row.get("CPPreviewDate")) for row in rows(reading, "CPPreviewDate")
    ] == [(0, None), (1, "2023-07-04"), (2, None), (3, None)]
    assert reading.findings == ()


@pytest.mark.parametrize(
    "name",
    [
        '<{0}Message xmlns="urn:x">',
        '<cin:Message xmlns:cin="urn:x">',
    ],
)
def test_a_namespace_is_passed_over_and_said_once(name: str) -> None:
    text = EVERYTHING
    if "cin:" in name:
        text = text.replace("</", "</cin:").replace("<", "<cin:").replace("<cin:/cin:", "</cin:")
        text = text.replace("<cin:Message>", name)
    else:
        text = text.replace("<Message>", name.format(""))
    reading = read(text)
    assert {part.name: rows(reading, part.name) for part in reading.parts} == WANTED
    assert reading.findings == ()
    assert sum("namespace" in fact for fact in reading.facts) == 1


def test_capitals_that_differ_are_read_and_reported_once() -> None:
    reading = read(census(*[IDS.replace("LAchildID", "LAChildID") + EPISODE.format("")] * 3))
    assert values(reading, "Child", "LAchildID") == ["C1"] * 3
    (finding,) = found(reading, "other-spelling")
    assert finding.column == "LAChildID"
    assert "3 times" in finding.message


def test_the_header_may_be_absent_or_come_last() -> None:
    child = IDS + EPISODE.format("")
    reading = read(census(child, header=""))
    assert (reading.period_start, reading.period_end) == (date(2023, 4, 1), date(2024, 3, 31))
    assert reading.authority == ""
    assert any("no ReferenceDate" in fact and "--as-at" in fact for fact in reading.facts)
    reading = read(census(child, header=""), as_at=date(2023, 9, 30))
    assert (reading.period_start, reading.period_end) == (date(2022, 10, 1), date(2023, 9, 30))
    last = f"<Message><Children><Child>{child}</Child></Children>{HEADER}</Message>"
    assert (read(last).authority, read(last).period_end) == ("885", date(2024, 3, 31))
    bare = f"<Children><Child>{child}</Child></Children>"
    assert len(rows(read(bare), "CINdetails")) == 1


def test_nothing_that_tells_the_year_is_refused_unless_it_is_stated() -> None:
    text = census(IDS + "<CINdetails><ReferralSource>1A</ReferralSource></CINdetails>", header="")
    assert "--as-at" in refused(text)
    assert read(text, as_at=date(2024, 3, 31)).period_end == date(2024, 3, 31)


# -- the header ------------------------------------------------------------------------------


def with_header(old: str, new: str) -> Reading:
    assert old in HEADER
    return read(census(IDS + EPISODE.format(""), header=HEADER.replace(old, new)))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2024-03-31", date(2023, 4, 1), date(2024, 3, 31)),
        ("31/03/2024", date(2023, 4, 1), date(2024, 3, 31)),
        ("2024-03-31T00:00:00Z", date(2023, 4, 1), date(2024, 3, 31)),
        ("2023-07-21", date(2022, 7, 22), date(2023, 7, 21)),
        ("2024-02-29", date(2023, 3, 1), date(2024, 2, 29)),
    ],
)
def test_the_reference_date_tells_the_year(text: str, start: date, end: date) -> None:
    reading = with_header("2024-03-31", text)
    assert (reading.period_start, reading.period_end) == (start, end)
    odd = [fact for fact in reading.facts if "not to a 31 March" in fact]
    assert len(odd) == ((end.month, end.day) != (3, 31))


@pytest.mark.parametrize("text", ["2024-02-30", "soon", "31 March"])
def test_a_reference_date_that_cannot_be_read_is_a_finding(text: str) -> None:
    reading = with_header("2024-03-31", text)
    (finding,) = found(reading, "unreadable-date")
    assert (finding.place, finding.column, finding.value) == ("line 2", "ReferenceDate", text)
    assert reading.period_end == date(2024, 3, 31)


@pytest.mark.parametrize(
    ("written", "value"),
    [("<ReferenceDate>2023-09-30</ReferenceDate>", "2023-09-30"), ("<ReferenceDate/>", "")],
)
def test_a_reference_date_that_is_missing_or_not_31_march_is_a_finding(
    written: str, value: str
) -> None:
    reading = with_header("<ReferenceDate>2024-03-31</ReferenceDate>", written)
    (finding,) = found(reading, "reference-date")
    assert (finding.place, finding.column, finding.value) == ("line 2", "ReferenceDate", value)
    assert not found(read(census(IDS + EPISODE.format(""))), "reference-date")


def test_a_year_that_is_not_the_reference_dates_is_a_finding() -> None:
    (finding,) = with_header("<Year>2024", "<Year>2023").findings
    assert (finding.code, finding.value, finding.place) == ("year-differs", "2023", "line 2")
    assert "2024-03-31" in finding.message


def test_the_reference_date_wins_over_the_day_stated_and_it_is_said() -> None:
    reading = read(census(IDS + EPISODE.format("")), as_at=date(2020, 3, 31))
    assert reading.period_end == date(2024, 3, 31)
    assert any("2020-03-31" in fact for fact in reading.facts)


def test_a_code_that_is_no_authoritys_and_two_that_differ() -> None:
    reading = with_header("<LEA>885", "<LEA>Worcs")
    assert reading.authority == ""
    assert [(f.code, f.value) for f in reading.findings] == [("authority-unreadable", "Worcs")]
    reading = with_header("</Source>", "</Source><Source><LEA>351</LEA></Source>")
    assert reading.authority == "885"
    assert [(f.code, f.value) for f in reading.findings] == [("authority-differs", "351")]


def test_another_collection_by_name_is_reported() -> None:
    (finding,) = with_header("<Collection>CIN", "<Collection>Cin census").findings
    assert (finding.code, finding.value) == ("other-collection", "Cin census")


def test_dates_mostly_outside_the_year_are_doubted_once() -> None:
    reading = with_header("2024-03-31", "2023-03-31")
    (finding,) = found(reading, "dates-outside-year")
    assert "1 of 1 dates of events are after 2023-03-31" in finding.message
    closed = EPISODE.format("<CINclosureDate>2019-01-01</CINclosureDate>")
    (finding,) = found(read(census(IDS + closed)), "dates-outside-year")
    assert "1 of 1 closures before 2023-04-01" in finding.message


# -- what does not fit -----------------------------------------------------------------------


def test_stray_text_is_reported_at_its_line_and_values_stay() -> None:
    text = census(
        "<ChildIdentifiers>\n<LAchildID>C1</LAchildID>PersonBirthDate\n"
        "  <PersonBirthDate>2015-03-27</PersonBirthDate>\n\nSex\n<Sex/>\n</ChildIdentifiers>"
        + EPISODE.format("\nlast\n")
    )
    reading = read(text)
    lines = text.splitlines()
    stray = found(reading, "stray-text")
    assert [f.value for f in stray] == ["PersonBirthDate", "Sex", "last"]
    assert [f.column for f in stray] == ["ChildIdentifiers", "ChildIdentifiers", "CINdetails"]
    for finding in stray:
        assert finding.value in lines[int(finding.place.removeprefix("line ")) - 1]
    assert rows(reading, "Child") == [
        {"line": 7, "LAchildID": "C1", "PersonBirthDate": "2015-03-27"}
    ]


@pytest.mark.parametrize("most", [cin_parser._MOST_TEXTS, 3])
def test_stray_text_is_seen_wherever_it_stands(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cin_parser, "_MOST_TEXTS", most)
    clean = read(EVERYTHING)
    lines = EVERYTHING.splitlines()
    for line in range(1, len(lines)):
        reading = read("\n".join([*lines[:line], "astray", *lines[line:]]))
        (stray,) = found(reading, "stray-text")
        assert (stray.value, stray.place) == ("astray", f"line {line + 1}")
        assert [f for f in reading.findings if f != stray] == list(clean.findings)
        for part, same in zip(reading.parts, clean.parts, strict=True):
            assert part.rows.drop_columns("line").equals(same.rows.drop_columns("line"))


def test_unknown_elements_are_counted_with_all_in_them() -> None:
    new = "<NewModule><NewDate>2024-01-01</NewDate><Section47/></NewModule>\n"
    reading = read(one(new * 3 + "<ReferralNFA>1</ReferralNFA>"))
    assert [(f.code, f.column, f.place) for f in reading.findings] == [
        ("unknown-part", "NewModule", "line 7")
    ]
    assert "3 times" in reading.findings[0].message
    assert rows(reading, "Section47") == []
    assert values(reading, "CINdetails", "ReferralNFA") == ["1"]


def test_an_element_inside_a_value_and_an_attribute_are_reported() -> None:
    reading = read(one('<ReferralSource code="x">1<b>B</b>A</ReferralSource>'))
    assert values(reading, "CINdetails", "ReferralSource") == ["1A"]
    assert [(f.code, f.column) for f in reading.findings] == [
        ("unknown-part", "ReferralSource@code"),
        ("unknown-part", "b"),
    ]


def test_a_known_element_in_the_wrong_block_is_not_taken_for_another() -> None:
    reading = read(one("<Section47><CPPstartDate>2023-05-05</CPPstartDate></Section47>"))
    assert rows(reading, "ChildProtectionPlans") == []
    assert [(f.code, f.column) for f in reading.findings] == [("unknown-part", "CPPstartDate")]


def test_identifiers_outside_their_wrapper_are_read_and_reported() -> None:
    reading = read(one("", "<LAchildID>C1</LAchildID>"))
    assert values(reading, "CINdetails", "LAchildID") == ["C1"]
    assert [(f.code, f.column) for f in reading.findings] == [("misplaced-part", "LAchildID")]


def test_of_an_element_given_twice_the_first_is_kept() -> None:
    reading = read(
        one(
            "<ReferralSource/><ReferralSource>1A</ReferralSource>\n<ReferralSource>6</ReferralSource>"
        )
    )
    assert values(reading, "CINdetails", "ReferralSource") == ["1A"]
    (finding,) = reading.findings
    assert (finding.code, finding.column, finding.value) == ("repeated-part", "ReferralSource", "6")
    assert finding.place == "line 8"
    assert "CINdetails" in finding.message


def test_a_child_without_an_episode_is_kept_and_reported() -> None:
    reading = read(census(IDS, IDS + EPISODE.format(""), "\n" + IDS))
    assert len(rows(reading, "Child")) == 3
    assert [f.place for f in found(reading, "child-without-episode")] == ["line 7", "line 9"]


def test_many_findings_of_one_kind_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cin_parser, "MAX_EACH", 5)
    reading = read(one("x<Section47/>" * 20))
    stray = found(reading, "stray-text")
    assert len(stray) == 6
    assert "15 more times" in stray[-1].message


# -- encodings -------------------------------------------------------------------------------

ACCENTED = one("<ReferralSource>Zoë</ReferralSource>")


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (ACCENTED.encode(), "utf-8"),
        (codecs.BOM_UTF8 + ACCENTED.encode(), "utf-8-sig"),
        (ACCENTED.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + ACCENTED.encode("utf-16-be"), "utf-16"),
        (
            ('<?xml version="1.0" encoding="ISO-8859-1"?>' + ACCENTED).encode("latin-1"),
            "iso-8859-1",
        ),
        (
            ('<?xml version="1.0" encoding="windows-1252"?>' + ACCENTED).encode("cp1252"),
            "windows-1252",
        ),
        (ACCENTED.encode("cp1252"), "windows-1252 (a guess)"),
        (('<?xml version="1.0" encoding="utf-16"?>' + ACCENTED).encode(), "utf-8"),
    ],
)
def test_encodings(data: bytes, encoding: str) -> None:
    reading = read(data)
    assert values(reading, "CINdetails", "ReferralSource") == ["Zoë"]
    assert reading.sources[0].encoding == encoding
    assert {part.source.encoding for part in reading.parts} == {encoding}
    assert any("guess" in encoding and "Windows-1252" in fact for fact in reading.facts) == (
        "guess" in encoding
    )


def test_an_encoding_nobody_knows_is_refused() -> None:
    text = '<?xml version="1.0" encoding="klingon"?>' + ACCENTED
    assert "klingon" in refused(text)


# -- what is refused -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE Message [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE Message [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE Message SYSTEM "http://example.org/x.dtd">',
        "<!DOCTYPE Message>",
    ],
)
def test_a_document_type_is_refused(doctype: str) -> None:
    message = refused(doctype + ACCENTED.replace("Zoë", "&x;" if "ENTITY" in doctype else "Zoë"))
    assert "DOCTYPE" in message


def test_an_entity_that_is_not_defined_is_refused() -> None:
    assert "undefined entity" in refused(one("<ReferralSource>&x;</ReferralSource>"))


def test_a_file_that_breaks_off_is_refused_wherever_it_does() -> None:
    data = EVERYTHING.encode()
    for end in range(400, len(data) - 12, 97):
        message = refused(data[:end])
        assert "breaks off at line" in message
        line = int(message.split("line ")[1].split(",")[0])
        assert line == data[:end].count(b"\n") + 1


def test_what_is_not_well_formed_is_refused_with_its_line() -> None:
    message = refused(
        EVERYTHING.replace("<ReferralNFA>0</ReferralNFA>", "<ReferralNFA>0</Referral>")
    )
    assert "line 56" in message
    assert "mismatched tag" in message


def test_nesting_is_limited() -> None:
    for tag in ("x", "Reviews", "Child"):
        assert "within one another" in refused(one(f"<{tag}>" * 2000 + f"</{tag}>" * 2000))


def test_rows_of_one_child_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cin_parser, "_MOST_WAITING", 500)
    assert "one child" in refused(one("<Section47/>" * 501))
    reviews = "<CPPreviewDate>2024-01-01</CPPreviewDate>" * 501
    plan = f"<ChildProtectionPlans><Reviews>{reviews}</Reviews></ChildProtectionPlans>"
    assert "one child" in refused(one(plan))


def test_a_census_without_children_is_refused() -> None:
    assert "no children" in refused(census())


def test_the_root_of_the_public_generator_is_refused_with_its_reason() -> None:
    text = f"<CINdetailsCollection>{EPISODE.format('')}</CINdetailsCollection>"
    assert looks_like_cin(text.encode())
    assert "opposite" in refused(text)


def test_another_root_is_refused() -> None:
    assert "“Census”" in refused(f"<Census>{census(IDS)}</Census>")


@pytest.mark.parametrize(
    ("text", "is_cin"),
    [
        (EVERYTHING, True),
        ("<?xml version='1.0'?>\n<!-- <Other> -->\n" + EVERYTHING, True),
        ("<!DOCTYPE Message [<!ENTITY a 'b'>]>" + EVERYTHING, True),
        ("<Message><Header><CollectionDetails><Collection>CIN</Collection>", True),
        ("<Message><Header><CollectionDetails><Collection>SPR</Collection>", False),
        ("<EXPSSDA903><CHILD><CINdetails/></CHILD></EXPSSDA903>", False),
        ("<html><body>Message</body></html>", False),
        ("", False),
        ("Message", False),
    ],
)
def test_what_looks_like_a_census(text: str, is_cin: bool) -> None:
    assert looks_like_cin(text.encode()) is is_cin
    assert looks_like_cin(text.encode("utf-16")) is is_cin
