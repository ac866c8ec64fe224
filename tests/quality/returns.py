"""Small returns without a fault, in each format, and what a check finds in them once one is put in.

The children in them are invented.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

from sightline.intake import annex_a
from sightline.intake.load import load
from sightline.quality.check import CheckReport
from sightline.quality.snapshot_check import check_snapshot
from sightline.store.snapshots import Store

CENSUS = """<?xml version="1.0" encoding="UTF-8"?>
<Message>
<Header>
<CollectionDetails><Collection>CIN</Collection><Year>2016</Year>
<ReferenceDate>2016-03-31</ReferenceDate></CollectionDetails>
<Source><LEA>885</LEA></Source>
</Header>
<Children>
<Child>
<ChildIdentifiers>
<LAchildID>Ann1</LAchildID>
<UPNunknown>UN2</UPNunknown>
<PersonBirthDate>2008-05-01</PersonBirthDate>
<GenderCurrent>2</GenderCurrent>
</ChildIdentifiers>
<ChildCharacteristics>
<Ethnicity>WBRI</Ethnicity>
<Disabilities>
<Disability>MOB</Disability>
<Disability>HAND</Disability>
<Disability>PC</Disability>
<Disability>INC</Disability>
<Disability>COMM</Disability>
<Disability>LD</Disability>
<Disability>HEAR</Disability>
<Disability>VIS</Disability>
</Disabilities>
</ChildCharacteristics>
<CINdetails>
<CINreferralDate>2015-06-01</CINreferralDate>
<ReferralSource>6</ReferralSource>
<PrimaryNeedCode>N1</PrimaryNeedCode>
<Assessments>
<AssessmentActualStartDate>2015-06-01</AssessmentActualStartDate>
<AssessmentAuthorisationDate>2015-06-30</AssessmentAuthorisationDate>
<FactorsIdentifiedAtAssessment>
<AssessmentFactors>3B</AssessmentFactors>
</FactorsIdentifiedAtAssessment>
</Assessments>
<Section47>
<S47ActualStartDate>2015-06-02</S47ActualStartDate>
<InitialCPCtarget>2015-06-23</InitialCPCtarget>
<DateOfInitialCPC>2015-06-23</DateOfInitialCPC>
<ICPCnotRequired>0</ICPCnotRequired>
</Section47>
<ReferralNFA>0</ReferralNFA>
<ChildProtectionPlans>
<CPPstartDate>2015-06-23</CPPstartDate>
<InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse>
<LatestCategoryOfAbuse>NEG</LatestCategoryOfAbuse>
<NumberOfPreviousCPP>0</NumberOfPreviousCPP>
<Reviews>
<CPPreviewDate>2015-09-15</CPPreviewDate>
<CPPreviewDate>2016-03-08</CPPreviewDate>
</Reviews>
</ChildProtectionPlans>
</CINdetails>
</Child>
</Children>
</Message>
"""

Tables = Mapping[str, Sequence[Sequence[str]]]

LOOKED_AFTER: Tables = {
    "Header": [
        ["CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB"],
        ["Ann1", "2", "01/05/2008", "WBRI", "A123456789123", "", ""],
        ["Ben2", "1", "02/06/2010", "NOBT", "A123456789124", "", ""],
    ],
    "Episodes": [
        [
            "CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "DEC", "REC",
            "REASON_PLACE_CHANGE", "HOME_POST", "PL_POST", "URN",
        ],
        [
            "Ann1", "01/06/2015", "S", "C2", "N1", "U6", "PR1", "01/09/2015", "X1", "CARPL",
            "WR1 1AA", "WR2 2BB", "",
        ],
        ["Ann1", "01/09/2015", "P", "C2", "N1", "U6", "PR1", "", "", "", "WR1 1AA", "WR3 3CC", ""],
        ["Ben2", "02/02/2016", "S", "V2", "N1", "U6", "PR1", "", "", "", "WR1 1AA", "WR2 2BB", ""],
    ],
    "Missing": [
        ["CHILD", "DOB", "MISSING", "MIS_START", "MIS_END"],
        ["Ann1", "01/05/2008", "M", "03/10/2015", "05/10/2015"],
    ],
}  # fmt: skip

_WHO = ["Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age"]
_ANN = ["Ann1", "b) Female", "a) WBRI", "01/05/2008", "7"]
_BEN = ["Ben2", "a) Male", "t) NOBT", "02/06/2010", "5"]

ANNEX_A: Tables = {
    "List 1": [
        [*_WHO, "Date of Contact", "Contact Source"],
        [*_ANN, "01/06/2015", "6) Police"],
    ],
    "List 4": [
        [
            *_WHO, "Does the Child have a Disability", "Continuous Assessment Start Date",
            "Child Seen During Continuous Assessment",
            "Continuous Assessment Date of Authorisation",
            "Was the child assessed as requiring LA children's social care support?",
            "Allocated Team", "Allocated Worker",
        ],
        [*_ANN, "b) No", "01/06/2015", "a) Yes", "30/06/2015", "a) Yes", "North", "W1"],
        [*_BEN, "b) No", "20/08/2015", "a) Yes", "15/09/2015", "a) Yes", "North", "W1"],
    ],
    "List 7": [
        [
            *_WHO, "Does the Child have a Disability", "Child Protection Plan Start Date",
            "Initial Category of Abuse", "Latest Category of Abuse",
            "Date of the Last Statutory Visit", "Was the Child Seen Alone?",
            "Date of latest review conference", "Child Protection Plan End Date",
            "Subject to Emergency Protection Order or Protected Under Police Powers in Last Six "
            "Months (Y/N)",
            "Number of Previous Child Protection Plans", "Allocated Team", "Allocated Worker",
        ],
        [
            *_ANN, "b) No", "23/06/2015", "a) Neglect", "a) Neglect", "15/09/2015", "a) Yes",
            "15/09/2015", "", "b) No", "0", "North", "W1",
        ],
    ],
}  # fmt: skip

_DRAWN: Tables = {
    "List 3": [[*_ANN, "01/06/2015", "6) Police", "b) No", "1", "North", "W1"]],
    "List 5": [
        [
            *_ANN, "b) No", "02/06/2015", "b) No", "23/06/2015", "a) Yes", "1", "1", "North", "W1",
        ],
    ],
    "List 6": [
        [
            *_ANN, "b) No", "01/06/2015", "a) N1 Abuse or neglect", "15/09/2015", "", "",
            "b) Child Protection plan", "North", "W1",
        ],
    ],
}  # fmt: skip

WHOLE_ANNEX_A: Tables = {
    layout.title: [*ANNEX_A.get(layout.title, [layout.columns]), *_DRAWN.get(layout.title, [])]
    for layout in annex_a.layouts()
}
"""All eleven lists, some of them without a row."""


@dataclass(frozen=True)
class Found:
    """A finding that a check must give: its rule, file, place, column and value."""

    code: str
    file: str
    place: str
    column: str
    value: str


def write(folder: Path, tables: Tables) -> list[Path]:
    """Write tables as CSV files, named as they are."""
    paths = []
    for name, rows in tables.items():
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        path = folder / f"{name}.csv"
        path.write_text(text.getvalue(), "utf-8")
        paths.append(path)
    return paths


def write_workbook(path: Path, tables: Tables) -> Path:
    """Write tables as the sheets of a workbook."""
    with xlsxwriter.Workbook(path) as book:
        for name, rows in tables.items():
            sheet = book.add_worksheet(name)
            for line, row in enumerate(rows):
                for column, cell in enumerate(row):
                    sheet.write_string(line, column, cell)
    return path


def with_cell(tables: Tables, table: str, line: int, column: str, value: str) -> Tables:
    """The tables with another value in one cell; the header is line 1."""
    rows = [list(row) for row in tables[table]]
    rows[line - 1][rows[0].index(column)] = value
    return {**tables, table: rows}


def check(folder: Path, *paths: Path) -> CheckReport:
    """Load files into a new store, and check it."""
    load(paths, Store(folder / "store"))
    snapshot = Store(folder / "store").current()
    with snapshot.connect() as connection:
        return check_snapshot(snapshot, connection)


def found(report: CheckReport) -> list[Found]:
    """The findings of a report."""
    return [
        Found(each.code, Path(each.file).name, each.place, each.column, each.value)
        for each in report.findings
    ]
