"""Load and check a census, against a bare pass of `xml.etree.ElementTree.iterparse` over the file.

    python bench/cin_load.py [--children 50000] [--repeats 3]

The children are invented. Each run is a fresh process; the fastest of the repeats counts.
"""

import argparse
import random
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from xml.etree.ElementTree import iterparse

import measure

LIMIT = 3.0
LAST_DAY = date(2025, 3, 31)
FIRST_DAY = date(2024, 4, 1)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--children", type=int, default=50_000)
    asked.add_argument("--repeats", type=int, default=3)
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "census.xml"
        write_census(file, options.children)
        size = file.stat().st_size / 1e6
        measure.compare(
            f"CIN census of {options.children:,} children, {size:.0f} MB: load and check",
            lambda _: [__file__, "bare", file],
            lambda turn: [__file__, "sightline", file, Path(folder) / f"store {turn}"],
            repeats=options.repeats,
            limit=LIMIT,
        )


def bare_pass(file: str) -> None:
    elements = 0
    for _, element in iterparse(file):
        elements += 1
        if element.tag == "Child":
            element.clear()
    print(f"{elements:,} elements")


def load_and_check(file: str, folder: str) -> None:
    # Only this run is to pay for these imports.
    from sightline.intake.load import load
    from sightline.quality.snapshot_check import check_snapshot
    from sightline.store.snapshots import Store

    loaded = load([file], Store(folder))
    with loaded.snapshot.connect() as connection:
        report = check_snapshot(loaded.snapshot, connection)
    assert not report.any_failed
    rows = sum(each.rows_kept for each in loaded.inputs)
    print(f"{rows:,} rows kept, {len(report.rules)} rules, {report.found.num_rows:,} findings")


def write_census(file: Path, children: int) -> None:
    """Write a census of invented children, with every module and several reviews a plan."""
    dice = random.Random(2025)
    with file.open("w", encoding="utf-8") as out:
        out.write(
            '<?xml version="1.0" encoding="utf-8"?>\n<Message>\n<Header>\n<CollectionDetails>\n'
            f"<Collection>CIN</Collection>\n<Year>{LAST_DAY.year}</Year>\n"
            f"<ReferenceDate>{LAST_DAY}</ReferenceDate>\n</CollectionDetails>\n<Source>\n"
            "<SourceLevel>L</SourceLevel>\n<LEA>885</LEA>\n<SoftwareCode>invented</SoftwareCode>\n"
            "<Release>1</Release>\n<SerialNo>001</SerialNo>\n"
            "<DateTime>2025-05-01T09:00:00</DateTime>\n</Source>\n</Header>\n<Children>\n"
        )
        for number in range(children):
            out.writelines(f"{line}\n" for line in _child(number, dice))
        out.write("</Children>\n</Message>\n")


def _child(number: int, dice: random.Random) -> Iterator[str]:
    born = LAST_DAY - timedelta(days=dice.randrange(30, 17 * 365))
    yield "<Child>"
    yield "  <ChildIdentifiers>"
    yield f"    <LAchildID>INV{number:07}</LAchildID>"
    yield f"    <UPN>A{number + 885_200_000_000:012}</UPN>"
    yield f"    <PersonBirthDate>{born}</PersonBirthDate>"
    yield f"    <Sex>{dice.choice('MF')}</Sex>"
    yield "  </ChildIdentifiers>"
    yield "  <ChildCharacteristics>"
    yield f"    <Ethnicity>{dice.choice(['WBRI', 'WBRI', 'APKN', 'MWBC', 'BAFR'])}</Ethnicity>"
    yield "    <Disabilities>"
    for code in dice.choice([["NONE"], ["NONE"], ["LD", "AUT"]]):
        yield f"      <Disability>{code}</Disability>"
    yield "    </Disabilities>"
    yield "  </ChildCharacteristics>"
    day = FIRST_DAY + timedelta(days=dice.randrange(0, 120))
    for _ in range(1 + (dice.random() < 0.15)):
        yield from _episode(day, dice)
        day += timedelta(days=200)
    yield "</Child>"


def _episode(day: date, dice: random.Random) -> Iterator[str]:
    closed = day + timedelta(days=dice.randrange(60, 180))
    assessed = day + timedelta(days=1)
    yield "  <CINdetails>"
    yield f"    <CINreferralDate>{day}</CINreferralDate>"
    yield f"    <ReferralSource>{dice.choice(['1A', '3A', '5B', '6'])}</ReferralSource>"
    yield f"    <PrimaryNeedCode>{dice.choice(['N1', 'N4', 'N5'])}</PrimaryNeedCode>"
    if dice.random() < 0.6 and closed <= LAST_DAY:
        yield f"    <CINclosureDate>{closed}</CINclosureDate>"
        yield "    <ReasonForClosure>RC8</ReasonForClosure>"
    yield "    <Assessments>"
    yield f"      <AssessmentActualStartDate>{assessed}</AssessmentActualStartDate>"
    ended = assessed + timedelta(days=dice.randrange(10, 60))
    yield f"      <AssessmentAuthorisationDate>{ended}</AssessmentAuthorisationDate>"
    yield "      <FactorsIdentifiedAtAssessment>"
    for code in dice.sample(["1A", "2B", "3A", "4A", "10A", "16A"], dice.randrange(1, 4)):
        yield f"        <AssessmentFactors>{code}</AssessmentFactors>"
    yield "      </FactorsIdentifiedAtAssessment>"
    yield "    </Assessments>"
    if dice.random() < 0.4:
        yield "    <CINPlanDates>"
        yield f"      <CINPlanStartDate>{ended}</CINPlanStartDate>"
        yield "    </CINPlanDates>"
    if dice.random() < 0.4:
        conference = day + timedelta(days=17)
        yield "    <Section47>"
        yield f"      <S47ActualStartDate>{day}</S47ActualStartDate>"
        yield f"      <InitialCPCtarget>{day + timedelta(days=21)}</InitialCPCtarget>"
        yield f"      <DateOfInitialCPC>{conference}</DateOfInitialCPC>"
        yield "      <ICPCnotRequired>false</ICPCnotRequired>"
        yield "    </Section47>"
        yield "    <ReferralNFA>false</ReferralNFA>"
        yield "    <ChildProtectionPlans>"
        yield f"      <CPPstartDate>{conference}</CPPstartDate>"
        yield "      <InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse>"
        yield "      <LatestCategoryOfAbuse>EMO</LatestCategoryOfAbuse>"
        yield f"      <NumberOfPreviousCPP>{dice.randrange(2)}</NumberOfPreviousCPP>"
        yield "      <Reviews>"
        for review in range(3):
            held = conference + timedelta(days=85 + 40 * review)
            yield f"        <CPPreviewDate>{held}</CPPreviewDate>"
        yield "      </Reviews>"
        yield "    </ChildProtectionPlans>"
    else:
        yield "    <ReferralNFA>false</ReferralNFA>"
    yield "  </CINdetails>"


if __name__ == "__main__":
    if sys.argv[1:2] == ["bare"]:
        bare_pass(sys.argv[2])
    elif sys.argv[1:2] == ["sightline"]:
        load_and_check(sys.argv[2], sys.argv[3])
    else:
        main()
