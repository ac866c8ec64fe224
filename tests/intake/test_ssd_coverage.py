"""The days that an extract of the Standard Safeguarding Dataset covers, table by table."""

import csv
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import pytest

from sightline.indicators.figures import choose
from sightline.indicators.measured import measured
from sightline.intake import ssd
from sightline.intake.load import load
from sightline.intake.periods import Events
from sightline.store.manifest import Manifest
from sightline.store.snapshots import Snapshot, Store

END = date(2019, 3, 31)
SIX_YEARS = date(2013, 4, 1)


def every(days: int, first: date, last: date = END) -> list[date]:
    return [first + timedelta(days=n) for n in range(0, (last - first).days + 1, days)]


def events(*parts: Iterable[date]) -> Events:
    return Events(Counter(day for part in parts for day in part))


OLD_CASES = every(20, date(2014, 1, 7), date(2016, 3, 31))
"""Cases still open when the extract begins, with the days on which they began."""


@pytest.mark.parametrize(
    ("held", "steady"),
    [
        (events(every(1, SIX_YEARS)), SIX_YEARS),
        (events(every(1, date(2016, 4, 1))), date(2016, 4, 1)),
        (events(every(1, date(2016, 4, 1)), OLD_CASES), date(2016, 4, 1)),
        # Begun in the middle of a month, which then is not held as a whole.
        (events(every(1, date(2016, 4, 16)), OLD_CASES), date(2016, 5, 1)),
        # Half as many in the first years is growth, not an extract that begins later.
        (events(every(1, date(2016, 4, 1)), every(2, SIX_YEARS, date(2016, 3, 31))), SIX_YEARS),
        (events(every(10, SIX_YEARS)), None),
        (events([]), None),
    ],
)
def test_events_are_steady_from_the_month_an_extract_begins(
    held: Events, steady: date | None
) -> None:
    assert held.steady_from(END) == steady


@pytest.mark.parametrize(
    ("held", "begins"),
    [
        (events(every(1, date(2018, 4, 1))), date(2018, 4, 1)),
        (events(every(30, date(2013, 5, 20))), SIX_YEARS),
        (events(every(30, date(2016, 5, 20))), date(2016, 5, 20)),
        # One in 2015 and one in 2017: how often it happens, the first wait does not contradict.
        (events([date(2015, 4, 1), date(2017, 4, 1)]), SIX_YEARS),
        (events([]), SIX_YEARS),
    ],
)
def test_few_events_begin_where_the_first_is_awaited_for_very_long(
    held: Events, begins: date
) -> None:
    assert held.begins(SIX_YEARS, END) == begins


def extract(folder: Path, tables: dict[str, tuple[str, str, str, list[date]]]) -> Snapshot:
    """Write and load an extract: for each table its key, its child's column, and its days."""
    layouts = {layout.part: layout.columns for layout in ssd.layouts()}
    paths = []
    for name, (key, child, day_column, days) in tables.items():
        paths.append(folder / f"{name}.csv")
        with paths[-1].open("w", newline="") as file:
            rows = csv.DictWriter(file, layouts[name])
            rows.writeheader()
            for number, day in enumerate(days):
                filled = {key: number, child: f"C{number}", day_column: day}
                rows.writerow({k: v for k, v in filled.items() if k in layouts[name]})
    load(paths, Store(folder / "store"), as_at=END)
    return Store(folder / "store").current()


CONTACTS = ("cont_contact_id", "cont_person_id", "cont_contact_date")
REFERRALS = ("cine_referral_id", "cine_person_id", "cine_referral_date")
ENQUIRIES = ("s47e_s47_enquiry_id", "s47e_person_id", "s47e_s47_start_date")


def test_years_before_an_extract_or_a_table_begins_are_not_covered(tmp_path: Path) -> None:
    """Referrals of 2014 are those of cases still open in 2016, and contacts were kept from 2018 on:
    the counts of the years before are not true.
    """
    snapshot = extract(
        tmp_path,
        {
            "ssd_contacts": (*CONTACTS, every(1, date(2018, 4, 1))),
            "ssd_cin_episodes": (*REFERRALS, [*OLD_CASES, *every(1, date(2016, 4, 1))]),
            "ssd_s47_enquiry": (*ENQUIRIES, every(2, date(2016, 4, 1))),
        },
    )
    [held] = snapshot.manifest.returns
    assert (held.period_start, held.period_end) == (date(2016, 4, 1), END)
    assert held.starts == {"contact": date(2018, 4, 1)}
    assert "ssd_contacts is taken to begin on 2018-04-01." in held.facts
    [referrals] = snapshot.coverage()["referral"]
    [contacts] = snapshot.coverage()["contact"]
    assert (referrals.period_start, contacts.period_start) == (date(2016, 4, 1), date(2018, 4, 1))
    assert Manifest.from_json(snapshot.manifest.to_json()) == snapshot.manifest
    years = [(date(year - 1, 4, 1), date(year, 3, 31)) for year in (2015, 2018, 2019)]
    with measured(snapshot) as ready:
        found = ready.compute(choose(["FD-01", "FD-02"]), years).figures
    assert [(f.indicator, f.period_end.year, f.value, f.quality.letter) for f in found] == [
        ("FD-01", 2015, 0, "-"),
        ("FD-01", 2018, 0, "-"),
        ("FD-01", 2019, 365, "A"),
        ("FD-02", 2015, 18, "-"),
        ("FD-02", 2018, 365, "A"),
        ("FD-02", 2019, 365, "A"),
    ]


def test_a_table_that_was_kept_lately_does_not_cut_the_extract(tmp_path: Path) -> None:
    snapshot = extract(
        tmp_path,
        {
            "ssd_contacts": (*CONTACTS, every(1, date(2018, 4, 1))),
            "ssd_cin_episodes": (*REFERRALS, every(1, date(2010, 4, 1))),
            "ssd_s47_enquiry": (*ENQUIRIES, every(2, date(2010, 4, 1))),
        },
    )
    [held] = snapshot.manifest.returns
    assert held.period_start == SIX_YEARS
    assert held.starts == {"contact": date(2018, 4, 1)}
