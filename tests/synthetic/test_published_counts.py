"""Loading the files gives back the published figures."""

import pytest

from sightline.indicators.figures import Figure
from sightline.published.figures import Figure as Published
from sightline.published.figures import published_figures
from sightline.published.measures import NotPublishedError
from synthetic.conftest import Loaded, faults_found

pytestmark = pytest.mark.slow

YEARS = range(2013, 2020)
PROTECTION = [
    "FD-02",
    "FD-05",
    "FD-07",
    "FD-08",
    "FD-09",
    "AS-01",
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
    "CI-01",
    "CI-02",
]
IN_CARE = ["LA-01", "LA-02", "LA-03"]
IN_WHOLE_PERCENT = [
    "LA-05",
    "LA-06",
    "LA-10",
    "LH-02",
    "LH-03",
    "LH-04",
    "LH-06",
    "LH-07",
    "CL-01",
    "CL-03",
    "CL-04",
]
CONTRADICTED = {
    # Plans open a year before, plus started, less ended, are not those published as open.
    ("885", "CP-10e", 2017): 633,
    ("885", "CP-10e", 2018): 775,
    ("885", "CP-10e", 2019): 597,
}


def _of(full: Loaded) -> str:
    return next(each.authority for each in full.snapshot.manifest.returns if each.authority)


def _same(found: Figure, wanted: Published) -> bool:
    if wanted.unit == "number":
        return found.numerator == wanted.numerator
    right = wanted.value is None or (
        found.value is not None and abs(found.value - wanted.value) <= 0.0501
    )
    right &= wanted.numerator is None or found.numerator == wanted.numerator
    # Of plans ended, more or fewer than published: see CONTRADICTED.
    whole = wanted.denominator if found.indicator != "CP-12" else None
    return right and (whole is None or found.denominator == whole)


def _wrong(full: Loaded, codes: list[str]) -> list[str]:
    authority = _of(full)
    figures = full.figures(codes, YEARS)
    wrong = []
    compared = 0
    for code in codes:
        for year in YEARS:
            try:
                published = published_figures(code, authority, year)
            except NotPublishedError:
                continue
            for each in published:
                if each.unit == "per 10,000" or each.part == "month":
                    continue
                known = [each.numerator, each.value]
                if all(value is None for value in known):
                    continue
                category = each.category or "all"
                found = figures.get((code, each.part, category, year))
                if found is None:
                    found = figures[code, each.part, "all", year]
                    same = not each.numerator
                else:
                    same = _same(found, each)
                compared += 1
                if not same and (authority, code, year) not in CONTRADICTED:
                    wrong.append(f"{code} {each.part} {category} {year}: {each} but {found}")
    assert compared > 2 * len(codes)
    return wrong


def test_the_one_figure_to_prove_first(full_size: Loaded) -> None:
    figure = full_size.figures(["CP-05"], range(2016, 2017))["CP-05", "", "all", 2016]
    counts, value = {"885": ((374, 795), 47.0), "351": ((334, 393), 85.0)}[_of(full_size)]
    assert (figure.numerator, figure.denominator) == counts
    assert round(figure.value or 0, 1) == value


def test_need_and_protection_are_as_published(full_size: Loaded) -> None:
    assert _wrong(full_size, PROTECTION) == []


def test_where_the_published_series_contradicts_itself_the_stock_is_kept(full_size: Loaded) -> None:
    figures = full_size.figures(["CP-10e"], YEARS)
    for (authority, code, year), ended in CONTRADICTED.items():
        if authority == _of(full_size):
            assert figures[code, "", "all", year].numerator == ended


def test_the_median_and_quartiles_of_assessments_are_as_published(full_size: Loaded) -> None:
    figures = full_size.figures(["AS-02"], range(2015, 2020))
    for year in range(2015, 2020):
        found = figures["AS-02", "", "all", year]
        assert {
            "": found.value,
            "25th percentile": found.lower_quartile,
            "75th percentile": found.upper_quartile,
        } == {each.part: each.value for each in published_figures("AS-02", _of(full_size), year)}


def test_children_in_care_are_as_published(full_size: Loaded) -> None:
    assert _wrong(full_size, IN_CARE) == []


def test_shares_published_in_whole_percent_are_as_near_as_whole_children_allow(
    full_size: Loaded,
) -> None:
    authority = _of(full_size)
    figures = full_size.figures(IN_WHOLE_PERCENT, YEARS)
    compared = 0
    for (code, part, group, year), found in figures.items():
        if group != "all":
            continue
        try:
            published = published_figures(code, authority, year)
        except NotPublishedError:
            continue
        for each in published:
            if each.unit != "percent" or each.value is None or part not in ("", "missing"):
                continue
            if each.numerator is not None and each.denominator is not None:
                assert (found.numerator, found.denominator) == (each.numerator, each.denominator)
            else:
                assert found.value is not None
                assert round(found.value) == each.value, (code, year, found, each)
            compared += 1
    assert compared > 25


def test_nothing_is_found_wrong(full_size: Loaded) -> None:
    assert faults_found(full_size.report) == []
    assert not full_size.report.any_failed
