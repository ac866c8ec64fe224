"""Package the published CSV files as small parquet files beside this module.

    python -m sightline.published.build FOLDER [--to FOLDER]

FOLDER holds the files as the Department for Education and the Office for National Statistics publish
them (LICENCE.txt lists them). Written, all sorted, so that the same files give the same tables:

| file                  | one row for each                  | columns                                     |
|-----------------------|-----------------------------------|---------------------------------------------|
| series.parquet        | table, measure, area, year        | table, measure, area, year, value, symbol,  |
|                       |                                   | level, region, new_code, name, edition      |
| lait.parquet          | measure, area, years              | measure, area, year, years, value, symbol   |
| lait_measures.parquet | measure of the comparison tool    | measure, number, polarity, unit, year_type, |
|                       |                                   | first_year, last_year                       |
| areas.parquet         | area and nine-character code      | area, new_code, name, level, region,        |
|                       |                                   | first_year, last_year                       |
| districts.parquet     | district                          | district, name, area                        |
| neighbours.parquet    | model, area, neighbour            | model, area, rank, neighbour, closeness     |
| population.parquet    | area, mid-year, edition           | area, mid_year, population, symbol, edition |
| revisions.csv         | cell that a later edition changed | table, measure, area, year and both cells   |

`year` is the year in which the reporting year ends: 31 March, and 30 September in the workforce table.
`area` is the Department's three-digit number, 970 for England and 980 to 990 for regions. A cell has
either a value or a symbol (`symbols.csv`), never both. Where two editions hold the same cell the
later one stands and, if it differs, the earlier is listed in `revisions.csv`; populations keep both,
because a rate rests on the estimates of its day.
"""

import argparse
import csv
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from sightline.published.measures import symbols

ENGLAND = "970"
_SERIES_FILES = {
    "a1": ("a1_cin_assessments_episodes_referrals_2013_to_2024.csv",),
    "a2": ("a2_section47_icpc_cpp_2013_to_2024.csv",),
    "b1": ("b1_children_in_need_2013_to_2024.csv", "b1_children_in_need_2013_to_2025.csv"),
    "b3": ("b3_cin_primary_need_2013_to_2024.csv",),
    "c1": (
        "c1_children_in_need_referrals_and_rereferrals_2013_to_2024.csv",
        "c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv",
    ),
    "c2": ("c2_children_in_need_assessments_duration_2014_to_2024.csv",),
    "c4": ("c4_children_in_need_section_47s_and_icpcs_2013_to_2024.csv",),
    "c5": ("c5_children_in_need_referrals_by_source_2014_to_2024.csv",),
    "c6": ("c6_children_in_need_referrals_by_month_2013_to_2024.csv",),
    "d1": ("d1_child_protection_plans_2013_to_2024.csv",),
    "d2": ("d2_cpps_starting_by_category_of_abuse_2013_to_2024.csv",),
    "d3": (
        "d3_cpps_subsequent_plan_2013_to_2024.csv",
        "d3_cpps_subsequent_plan_2013_to_2025.csv",
    ),
    "d4": ("d4_cpps_at31march_by_category_of_abuse_2013_to_2024.csv",),
    "d5": ("d5_cpps_at31march_by_duration_2013_to_2024.csv",),
    "d6": ("d6_cpps_reviewed_within_timescales_2013_to_2024.csv",),
    "d7": ("d7_cpps_ending_by_duration_2013_to_2024.csv",),
    "cla": ("cla_number_and_rate_per_10k_children.csv",),
    "csww": ("csww_indicators_2017_to_2025.csv",),
}
_POPULATION_FILES = (
    "ons_mid-year_population_estimates_2012_to_2023.csv",
    "ons_mid-year_population_estimates_2012_to_2024.csv",
)
_RENAMED_2025 = {
    "referral_count": "referrals",
    "rereferral_count": "re_referrals",
    "rereferral_percent": "re_referrals_percent",
    "no_further_action_count": "no_further_action",
    "not_in_need_count": "not_in_need",
    "referral_child_count": "referrals_child",
    "rereferral_child_count": "re_referrals_child",
    "rereferral_child_percent": "re_referrals_child_percent",
}
_LOOKED_AFTER = {
    "Children looked after on 31 March each year": "looked_after",
    "Children starting to be looked after each year": "started",
    "Children ceasing to be looked after each year": "ceased",
}
_PLACE_COLUMNS = {
    "time_period",
    "time_identifier",
    "geographic_level",
    "country_code",
    "country_name",
    "region_code",
    "region_name",
    "old_la_code",
    "new_la_code",
    "la_name",
    "category",
    "category_type",
    "population_type",
    "age_group",
}
_SAME_REGION = {"london (inner)": "inner london", "london (outer)": "outer london"}


class BuildError(Exception):
    """A published file is not as expected; the sentence names file, line and value."""


class Cell(NamedTuple):
    """One published cell with its place."""

    table: str
    measure: str
    area: str
    year: int
    value: float | None
    symbol: str
    level: str
    region: str
    new_code: str
    name: str
    edition: int


class Population(NamedTuple):
    """One mid-year estimate of children aged 0 to 17."""

    area: str
    mid_year: int
    population: int | None
    symbol: str
    edition: int


def measure_name(column: str) -> str:
    """Give a published column its plain name: `61+_days` is `61_plus_days`, `1-10_days` `1_to_10_days`."""
    text = column.strip().lower().replace("+", "_plus").replace("-", "_to_")
    text = re.sub(r"[^0-9a-z]+", "_", text).strip("_")
    return _RENAMED_2025.get(text, text)


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8-sig", newline="") as text:
        reader = csv.DictReader(text)
        for row in reader:
            yield reader.line_num, row


def _read_cell(text: str, place: str) -> tuple[float | None, str]:
    """Read a cell as a value, or else as one of the known symbols."""
    text = text.strip()
    if text in symbols():
        return None, text
    try:
        # The comparison tool's extract writes binary noise (19.700000000000003).
        return round(float(text), 6), ""
    except ValueError:
        raise BuildError(f"{place}: {text!r} is neither a number nor a known symbol") from None


class _Places:
    """Region numbers by name, from `la_codes.csv`."""

    def __init__(self, folder: Path) -> None:
        self.rows = [row for _, row in _rows(folder / "la_codes.csv")]
        self._numbers = {
            _region_key(row["la_name"]): row["la_code"] for row in self.rows if not row["region"]
        }

    def area(self, row: dict[str, str], place: str) -> str:
        """Give the three-digit number of a row's area."""
        match row["geographic_level"]:
            case "National":
                return ENGLAND
            case "Regional":
                return self.region(row["region_name"], place)
            case "Local authority":
                return row["old_la_code"].strip()
        raise BuildError(f"{place}: no area level is called {row['geographic_level']!r}")

    def region(self, name: str, place: str) -> str:
        """Give the number of a region by its name in any of the files."""
        if (number := self._numbers.get(_region_key(name))) is None:
            raise BuildError(f"{place}: no region is called {name!r}")
        return number


def _region_key(name: str) -> str:
    return _SAME_REGION.get(name.strip().lower(), name.strip().lower())


def _edition(rows: Iterable[tuple[int, dict[str, str]]]) -> int:
    """Give the last year a file covers, which names its edition."""
    return max(int(row["time_period"]) for _, row in rows)


def _measures(table: str, row: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Give the measures of a row with their text. Some tables hold one kind of count to a row."""
    if table in ("a1", "a2"):
        base = measure_name(row["category_type"])
        yield base, row["number"]
        yield f"{base}_rate", row["rate"]
        yield f"{base}_percent", row["percent"]
    elif table == "cla":
        base = _LOOKED_AFTER[row["population_type"]]
        yield base, row["children_count"]
        yield f"{base}_rate", row["rate_per_10000"]
        yield f"{base}_population", row["population_estimate"]
    else:
        for column, text in row.items():
            if column not in _PLACE_COLUMNS:
                yield measure_name(column), text


def _file_cells(table: str, path: Path, places: _Places) -> Iterator[Cell]:
    edition = _edition(_rows(path))
    for line, row in _rows(path):
        place = f"{path.name}, line {line}"
        area = places.area(row, place)
        level = row["geographic_level"]
        code = {"National": "country_code", "Regional": "region_code"}.get(level, "new_la_code")
        name = {"National": "country_name", "Regional": "region_name"}.get(level, "la_name")
        for measure, text in _measures(table, row):
            value, symbol = _read_cell(text, f"{place}, {measure}")
            yield Cell(
                table,
                measure,
                area,
                int(row["time_period"]),
                value,
                symbol,
                level,
                row.get("region_name", ""),
                row[code],
                row[name],
                edition,
            )


def read_series(folder: Path) -> tuple[list[Cell], list[tuple[Cell, Cell]]]:
    """Read every table of the series; also the pairs of cells that a later edition changed."""
    places = _Places(folder)
    cells: dict[tuple[str, str, str, int], Cell] = {}
    revised: list[tuple[Cell, Cell]] = []
    for table, names in _SERIES_FILES.items():
        for name in names:
            for cell in _file_cells(table, folder / name, places):
                earlier = cells.get(cell[:4])
                if earlier and earlier.edition == cell.edition:
                    raise BuildError(f"{name}: two rows for {cell[:4]}")
                if earlier and (earlier.value, earlier.symbol) != (cell.value, cell.symbol):
                    revised.append((earlier, cell))
                cells[cell[:4]] = cell
    return sorted(cells.values(), key=lambda cell: cell[:4]), sorted(revised)


def read_population(folder: Path) -> list[Population]:
    """Read the mid-year estimates; an earlier edition's only where the later one differs."""
    places = _Places(folder)
    latest: dict[tuple[str, int], Population] = {}
    earlier: list[Population] = []
    for name in _POPULATION_FILES:
        path = folder / name
        edition = _edition(_rows(path))
        for line, row in _rows(path):
            place = f"{name}, line {line}"
            value, symbol = _read_cell(row["population_estimate"], place)
            area, mid_year = places.area(row, place), int(row["time_period"])
            number = None if value is None else int(value)
            found = Population(area, mid_year, number, symbol, edition)
            before = latest.get((area, mid_year))
            if before and before[2:4] != found[2:4]:
                earlier.append(before)
            latest[area, mid_year] = found
    return sorted(
        [*latest.values(), *earlier], key=lambda row: (row.area, row.mid_year, row.edition)
    )


def read_lait(folder: Path) -> list[tuple[str, str, int | None, str, float | None, str]]:
    """Read the comparison tool's extract: measure, area, year, years as printed, value, symbol."""
    places = _Places(folder)
    name = "lait_worcs_bury_regions_england.csv"
    read = []
    for line, row in _rows(folder / name):
        place = f"{name}, line {line}"
        area = str(int(float(row["LA Number"])))
        if area not in {each["la_code"] for each in places.rows}:
            raise BuildError(f"{place}: no area has the number {area}")
        years = row["Years"].strip()
        year = int(years) if re.fullmatch(r"20\d\d", years) else None
        value, symbol = _read_cell(row["Values"], place)
        read.append((row["Short Desc"].strip(), area, year, years, value, symbol))
    return sorted(read, key=lambda row: (row[0], row[1], row[3]))


def read_lait_measures(
    folder: Path, extract: Iterable[tuple[str, str, int | None, str, float | None, str]]
) -> list[tuple[str, str, str, str, str, str, str]]:
    """Read what the tool says of each measure in the extract: numbers, polarity, unit, years."""
    years: dict[str, list[str]] = {}
    for row in extract:
        years.setdefault(row[0], []).append(row[3])
    return sorted(
        (
            short,
            row["Measure_code"].strip(),
            row["Polarity"].strip(),
            row["y_axis_name"].strip(),
            row["Year_Type"].strip(),
            min(years[short]),
            max(years[short]),
        )
        for _, row in _rows(folder / "lait_children_definitions.csv")
        if (short := row["Measure_short"].strip()) in years
    )


def read_areas(
    folder: Path, cells: Iterable[Cell]
) -> list[tuple[str, str, str, str, str, int, int]]:
    """Give every area with each nine-character code it has had, and the years each was used.

    Years come from the children in need tables; an area or code known only to another table has
    that table's years. Rows without any value (an area not yet made, or already gone) do not count.
    """
    places = _Places(folder)
    spans: dict[tuple[str, str], list[Cell]] = {}
    others: dict[tuple[str, str], list[Cell]] = {}
    for cell in cells:
        if cell.value is not None:
            chosen = others if cell.table in ("cla", "csww") else spans
            chosen.setdefault((cell.area, cell.new_code), []).append(cell)
    for key, found in others.items():
        spans.setdefault(key, found)
    areas = []
    for (area, new_code), found in spans.items():
        last = max(found, key=lambda cell: cell.year)
        region = places.region(last.region, last.name) if last.level == "Local authority" else ""
        first_year = min(cell.year for cell in found)
        areas.append((area, new_code, last.name, last.level, region, first_year, last.year))
    return sorted(areas, key=lambda row: (row[0], row[5], row[1]))


def read_districts(
    folder: Path, areas: Iterable[tuple[str, str, str, str, str, int, int]]
) -> list[tuple[str, str, str]]:
    """Read the districts of England (April 2023) with the number of their authority."""
    by_code = {area[1]: area[0] for area in areas}
    name = "LTLA-UTLA_Apr23_Lookup_England-Wales.csv"
    districts = []
    for line, row in _rows(folder / name):
        if row["UTLA23CD"].startswith("W"):
            continue
        if (area := by_code.get(row["UTLA23CD"])) is None:
            raise BuildError(f"{name}, line {line}: no published area has {row['UTLA23CD']}")
        districts.append((row["LTLA23CD"], row["LTLA23NM"], area))
    return sorted(districts)


def read_neighbours(folder: Path) -> list[tuple[str, str, int | None, str, str]]:
    """Read the statistical neighbours of every authority in every model held."""
    neighbours = [
        (
            row["model"].replace("previous(unordered)", "previous"),
            row["la_code"],
            int(row["rank"]) if row["rank"] else None,
            row["neighbour_code"],
            row["closeness"].capitalize(),
        )
        for _, row in _rows(folder / "statistical_neighbours.csv")
    ]
    return sorted(neighbours, key=lambda row: (row[0], row[1], row[2] or 0, row[3]))


_TYPES = {
    "value": pa.float64(),
    "year": pa.int16(),
    "edition": pa.int16(),
    "first_year": pa.int16(),
    "last_year": pa.int16(),
    "mid_year": pa.int16(),
    "rank": pa.int8(),
    "population": pa.int32(),
}


def _write(path: Path, columns: str, rows: Sequence[tuple[object, ...]]) -> None:
    names = columns.split()
    given = zip(names, zip(*rows, strict=True), strict=True)
    # The comparison tool's years can be spans (2014-16), so there first and last are words.
    types = {} if path.name == "lait_measures.parquet" else _TYPES
    table = pa.table(
        {name: pa.array(values, types.get(name, pa.string())) for name, values in given}
    )
    pq.write_table(
        table,
        path,
        compression="zstd",
        compression_level=19,
        row_group_size=40_000,
        use_dictionary=True,
        store_schema=False,
    )


def build(folder: Path, to: Path) -> list[Path]:
    """Write the packaged files; gives their paths. `BuildError` says what stood in the way."""
    cells, revised = read_series(folder)
    lait = read_lait(folder)
    areas = read_areas(folder, cells)
    tables: dict[str, tuple[str, Sequence[tuple[object, ...]]]] = {
        "series.parquet": (" ".join(Cell._fields), cells),
        "lait.parquet": ("measure area year years value symbol", lait),
        "lait_measures.parquet": (
            "measure number polarity unit year_type first_year last_year",
            read_lait_measures(folder, lait),
        ),
        "areas.parquet": ("area new_code name level region first_year last_year", areas),
        "districts.parquet": ("district name area", read_districts(folder, areas)),
        "neighbours.parquet": ("model area rank neighbour closeness", read_neighbours(folder)),
        "population.parquet": (" ".join(Population._fields), read_population(folder)),
    }
    for name, (columns, rows) in tables.items():
        _write(to / name, columns, rows)
    with (to / "revisions.csv").open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(
            ["table", "measure", "area", "year", "edition", "cell", "later_edition", "later_cell"]
        )
        for before, after in revised:
            given = (before.symbol or before.value, after.symbol or after.value)
            writer.writerow([*before[:4], before.edition, given[0], after.edition, given[1]])
    return [to / name for name in (*tables, "revisions.csv")]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the build from the command line; exit code 2 and one sentence if a file is not as expected."""
    parser = argparse.ArgumentParser(prog="python -m sightline.published.build")
    parser.add_argument("folder", type=Path, help="the published CSV files")
    parser.add_argument("--to", type=Path, default=Path(__file__).parent, help="where to write")
    given = parser.parse_args(arguments)
    try:
        written = build(given.folder, given.to)
    except (BuildError, OSError) as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    for path in written:
        sys.stdout.write(f"{path.stat().st_size:>9,} {path.name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
