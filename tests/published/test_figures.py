"""Published figures from the packaged tables."""

import subprocess
import sys
from pathlib import Path

import pytest

from sightline.published.areas import areas, find_area
from sightline.published.figures import (
    figure_of,
    population,
    published_figure,
    published_figures,
    rounded,
    years_held,
)
from sightline.published.measures import (
    NotPublishedError,
    measures,
    measures_of,
    published_codes,
    symbols,
)
from sightline.published.packaged import rows

PLACES = ("970", "885", "351")
ASKED = [
    "FD-02",
    "FD-05",
    "FD-07",
    "FD-08",
    "FD-09",
    "AS-01",
    "AS-02",
    "CI-01",
    "CI-02",
    "CP-01",
    "CP-02",
    "CP-05",
    "CP-06",
    "CP-09",
    "CP-10s",
    "CP-10e",
    "CP-11",
    "CP-12",
    "CP-13",
    "CP-14",
    "CP-17",
    "LA-01",
    "LA-02",
    "LA-05",
    "LA-06",
    "LA-10",
    "LH-02",
    "LH-03",
    "LH-04",
    "LH-05",
    "LH-06",
    "LH-07",
    "CL-01",
    "CL-02",
    "CL-03",
    "CL-04",
    "WF-02",
    "WF-03",
    "WF-04",
    "WF-05",
    "WF-06",
]


def test_the_one_figure_to_prove_first() -> None:
    figure = published_figure("CP-05", "Worcestershire", 2016)
    assert (figure.numerator, figure.denominator, figure.value) == (374, 795, 47.0)
    assert (figure.unit, figure.area, figure.symbol, figure.reason) == ("percent", "885", "", "")
    assert "table c4" in figure.source
    assert published_figure("CP-05", "England", 2016).value == 76.7


@pytest.mark.parametrize("code", ASKED)
def test_every_indicator_asked_for_has_a_figure(code: str) -> None:
    found = [
        figure_of(measure, areas()["885"], year).value
        for measure in measures_of(code)
        for year in years_held(measure)
    ]
    assert [value for value in found if value is not None]


def test_every_column_named_is_in_the_tables() -> None:
    held = set(rows("series.parquet", 'DISTINCT "table", measure'))
    held |= {("lait", measure) for (measure,) in rows("lait.parquet", "DISTINCT measure")}
    named = {
        (source.table, column)
        for measure in measures()
        for source in measure.sources
        for column in source.columns
    }
    assert named - held == set()


@pytest.mark.parametrize(
    ("code", "year", "value"),
    [
        ("FD-05", 2024, 22.4),
        ("AS-01", 2024, 84.5),
        ("CP-05", 2024, 79.7),
        ("CP-14", 2024, 89.8),
        ("CP-11", 2024, 24.7),
        ("FD-05", 2025, 22.6),
        ("CP-11", 2025, 24.5),
    ],
)
def test_pub_03_england_from_our_formulas(code: str, year: int, value: float) -> None:
    figure = published_figure(code, "England", year)
    assert figure.value == value
    assert figure.numerator is not None and figure.denominator
    assert rounded(figure.numerator / figure.denominator * 100) == value


@pytest.mark.parametrize(
    ("code", "area", "year", "numerator", "denominator", "value"),
    [
        ("FD-05", "885", 2014, 480, 3451, 13.9),
        ("FD-07", "351", 2019, 332, 2916, 11.4),
        ("FD-08", "885", 2017, 2105, 5497, 38.3),
        ("AS-01", "885", 2016, 5291, 6662, 79.4),
        ("AS-01", "351", 2015, 2271, 3411, 66.6),
        ("AS-01", "970", 2016, 476950, 571640, 83.4),
        ("CP-02", "885", 2016, 795, 1735, 45.8),
        ("CP-05", "351", 2014, 177, 374, 47.3),
        ("CP-11", "885", 2019, 163, 581, 28.1),
        ("CP-12", "351", 2015, 7, 300, 2.3),
        ("CP-13", "885", 2016, 10, 473, 2.1),
        ("CP-14", "885", 2016, 287, 327, 87.8),
        ("WF-02", "885", 2017, None, None, 23.0),
        ("LA-01", "885", 2016, 694, 115430, 60.0),
        ("CL-01", "885", 2018, 235, 290, 81.0),
        ("CL-02", "885", 2018, 141, 290, 48.0),
        ("CL-04", "885", 2016, None, None, 81.0),
        ("LH-02", "885", 2018, None, None, 66.0),
        ("LA-10", "351", 2017, None, None, 13.0),
        ("WF-04", "885", 2016, None, None, 14.5),
        ("PL-02", "885", 2017, None, None, 12.9),
        ("CD-02", "885", 2017, 15, None, 15.0),
        ("AS-02", "885", 2015, None, None, 43.0),
    ],
)
def test_a_selection_of_published_figures(
    code: str,
    area: str,
    year: int,
    numerator: float | None,
    denominator: float | None,
    value: float,
) -> None:
    figure = published_figure(code, area, year)
    assert figure.value == value
    if numerator is not None:
        assert (figure.numerator, figure.denominator) == (numerator, denominator)


def test_number_and_rate_of_one_indicator() -> None:
    given = {(f.unit, f.part): f for f in published_figures("CP-09", "885", 2016)}
    assert set(given) == {("number", ""), ("per 10,000", "")}
    assert given["number", ""].value == 473
    rate = given["per 10,000", ""]
    assert (rate.value, rate.numerator, rate.denominator) == (41.0, 473, 115_430)


def test_categories_and_months() -> None:
    police = published_figure("FD-09", "885", 2017, category="Police")
    assert (police.numerator, police.denominator, police.value) == (1910, 5497, 34.7)
    months = [f for f in published_figures("FD-02", "885", 2016) if f.part == "month"]
    assert len(months) == 12
    assert sum(f.value or 0 for f in months) == 4966
    neglect = published_figure("CP-17", "885", 2016, part="initial", category="Neglect")
    assert neglect.denominator == 636


def test_later_years_from_the_renamed_columns_and_the_comparison_tool() -> None:
    assert published_figure("FD-02", "885", 2025, unit="number").value == 4805
    worked_out = published_figure("FD-02", "885", 2025)
    assert worked_out.calculated
    (published,) = rows(
        "lait.parquet",
        "value",
        "measure = 'CPP_Total_Rateper10,000' AND area = '885' AND year = 2025",
    )[0]
    assert worked_out.value == pytest.approx(published, abs=0.1)
    tool = published_figure("CP-05", "885", 2025)
    assert "Interactive Tool" in tool.source and tool.value is not None


def test_a_revised_cell_is_the_later_edition() -> None:
    assert published_figure("CP-11", "England", 2022).numerator == 14_550
    barnsley_or_other = published_figure("CP-11", "371", 2022)
    assert (barnsley_or_other.value, barnsley_or_other.symbol) == (None, "u")


def test_hidden_early_bands_by_difference() -> None:
    figure = published_figure("AS-01", "North Somerset", 2016)
    assert (figure.numerator, figure.denominator, figure.value) == (755, 1200, 62.9)
    assert figure.by_difference and figure.calculated
    plain = published_figure("AS-01", "North Somerset", 2016, by_difference=False)
    assert (plain.numerator, plain.value, plain.symbol) == (None, None, "c")


def test_a_hidden_numerator_hides_the_share_and_says_why() -> None:
    figure = published_figure("CP-12", "885", 2019)
    assert (figure.numerator, figure.denominator, figure.value) == (None, 596, None)
    assert figure.symbol == "c" and figure.reason.startswith("c: hidden")


def test_no_assessments_is_no_value_rather_than_nought() -> None:
    figure = published_figure("AS-01", "Bury", 2014)
    assert figure.value is None and figure.reason


def test_a_cell_is_a_value_or_a_known_symbol_never_both_or_neither() -> None:
    for file in ("series.parquet", "lait.parquet"):
        known = ", ".join(f"'{symbol}'" for symbol in symbols())
        wrong = f"(value IS NULL) = (symbol = '') OR symbol NOT IN ('', {known})"
        assert rows(file, "measure, area, year", wrong) == []


def test_no_symbol_anywhere_gives_a_value() -> None:
    for measure in measures():
        for year in years_held(measure):
            for area in areas().values():
                figure = figure_of(measure, area, year)
                assert figure.value is None or not figure.symbol
                assert (figure.value is None) == bool(figure.reason)


@pytest.mark.parametrize("table", ["d5", "d7"])
def test_every_published_duration_share_from_its_band(table: str) -> None:
    given = rows(
        "series.parquet",
        "area, year, measure, value",
        f"\"table\" = '{table}' AND area IN ('970', '885', '351') AND value IS NOT NULL",
    )
    cells = {(area, year, measure): value for area, year, measure, value in given}
    shares = {key: value for key, value in cells.items() if key[2].endswith("_percent")}
    total = "cpp_end" if table == "d7" else "cpp_at31"
    assert len(shares) > 130
    for (area, year, measure), value in shares.items():
        band = cells[area, year, measure.removesuffix("_percent")]
        share = band / cells[area, year, total] * 100
        # England's counts are rounded to the nearest 10.
        assert abs(share - value) <= (0.07 if area == "970" else 0.0501), (area, year, measure)


def test_published_rates_rest_on_the_previous_mid_year() -> None:
    """PUB-04, over every area and year: the count over the estimate of the June before."""
    checked = 0
    for measure in measures():
        if measure.unit != "per 10,000" or not measure.sources[0].population:
            continue
        for year in range(2013, 2025):
            for area in areas().values():
                figure = figure_of(measure, area, year)
                if figure.value is None or figure.numerator is None or not figure.denominator:
                    continue
                off = 0.051
                if area.level != "Local authority":
                    off += 5 / figure.denominator * 10_000  # counts to the nearest 10
                rate = figure.numerator / figure.denominator * 10_000
                assert abs(rate - figure.value) <= off, (measure.code, area.name, year)
                checked += 1
    assert checked > 10_000


def test_population() -> None:
    assert population("885", 2016) == 115_430
    assert population("E10000034", 2015) == 115_285
    assert population("Bury", 2020) == 44_103
    assert population("England", 2016) == 11_594_000 or (population("England", 2016) or 0) > 1e7
    assert population("885", 2012) is None
    assert population("885", 2026) is None
    assert population("835", 2016) is None


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("FD-99", "885", 2016), "No published statistic gives FD-99"),
        (("FD-02", "Worcestershir", 2016), "Worcestershire (885)"),
        (("FD-02", "885", 2011), "years ending 2013 to 2025"),
        (("CP-05", "885", 2031), "2031 is not among them"),
    ],
)
def test_errors_say_what_there_is(arguments: tuple[str, str, int], says: str) -> None:
    with pytest.raises(NotPublishedError) as caught:
        published_figure(*arguments)
    assert says in str(caught.value)
    with pytest.raises(NotPublishedError):
        published_figures(*arguments)


def test_a_unit_or_category_that_is_not_published() -> None:
    with pytest.raises(NotPublishedError, match="published as: percent"):
        published_figure("CP-05", "885", 2016, unit="per 10,000")
    with pytest.raises(NotPublishedError, match="Police"):
        published_figure("FD-09", "885", 2016, category="Fire")


def test_an_authority_not_yet_made_says_so() -> None:
    figure = published_figure("FD-02", "839", 2016)
    assert figure.value is None and "begins in 2020" in figure.reason
    assert "ends in 2019" in published_figure("FD-02", "835", 2020).reason


def test_find_area_by_any_of_its_codes() -> None:
    assert find_area("E06000059").code == find_area("dorset").code == find_area("838").code
    assert find_area("E10000009").code == "835"
    assert find_area("West Midlands").code == "984"
    assert find_area("885").region == "984"


def test_polarity_is_that_of_the_catalogue() -> None:
    from sightline.indicators.definition import catalogue

    catalogued = {(each.code, each.part): each.better for each in catalogue()}
    given = {(measure.code, measure.part): measure.better for measure in measures()}
    both = given.keys() & catalogued.keys()
    assert len(both) > 30
    assert {code: given[code] for code in both} == {code: catalogued[code] for code in both}


def test_importing_brings_in_no_heavy_library() -> None:
    program = (
        "import sys, sightline.published.compare as _; "
        "print(sorted({'pyarrow', 'pandas', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_the_packaged_files_are_small_and_licensed() -> None:
    import sightline.published

    folder = Path(sightline.published.__file__).parent
    assert sum(path.stat().st_size for path in folder.glob("*.parquet")) < 2_500_000
    assert (
        "Contains public sector information licensed under the Open Government Licence v3.0."
        in (folder / "LICENCE.txt").read_text(encoding="utf-8")
    )
    assert len(published_codes()) == len(set(published_codes()))
