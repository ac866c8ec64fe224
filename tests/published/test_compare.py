"""An authority beside its neighbours, its region and England: INDICATORS sections 5 and 8."""

import pytest

from sightline.published.areas import areas, authority_of, districts, number_in
from sightline.published.compare import compare, model_for, models, neighbours_of, place_among
from sightline.published.measures import NotPublishedError

NEIGHBOURS = {
    ("885", "2021-04"): "937 802 881 860 838 845 938 803 855 886",
    ("885", "2025-05"): "933 916 838 937 893 938 878 830 881 815",
    ("351", "2021-04"): "381 888 808 343 356 877 334 891 886 896",
    ("351", "2025-05"): "888 908 392 886 332 891 808 926 887 303",
}


@pytest.mark.parametrize(("code", "model"), NEIGHBOURS)
def test_the_neighbours_in_order(code: str, model: str) -> None:
    found = neighbours_of(code, model)
    assert [each.area.code for each in found] == NEIGHBOURS[code, model].split()
    assert [each.rank for each in found] == list(range(1, 11))


def test_how_close_the_neighbours_are() -> None:
    close = {each.area.name: each.closeness for each in neighbours_of("885", "2021-04")}
    assert [name for name, how in close.items() if how == "Extremely close"] == [
        "Warwickshire",
        "North Somerset",
        "Essex",
    ]
    assert {each.closeness for each in neighbours_of("351", "2025-05")} == {"Very close"}
    assert neighbours_of("351", "2021-04")[0].area.name == "Calderdale"
    for code in ("885", "351"):
        unordered = neighbours_of(code, "previous")
        assert {each.area.code for each in unordered} == {
            each.area.code for each in neighbours_of(code, "2021-04")
        }
        assert {each.rank for each in unordered} == {None}


def test_the_model_of_the_year() -> None:
    assert models() == ("previous", "2021-04", "2025-05")
    assert [model_for(year) for year in (2014, 2024, 2025)] == ["2021-04", "2021-04", "2025-05"]
    comparison = compare("FD-05", "885", [2024, 2025])
    assert [year.model for year in comparison.years] == ["2021-04", "2025-05"]
    assert set(comparison.neighbours) == {"2021-04", "2025-05"}
    assert compare("FD-05", "885", [2016], model="2025-05").years[0].model == "2025-05"


def test_dorset_is_835_up_to_2019() -> None:
    assert [number_in("838", year) for year in (2016, 2019, 2020)] == ["835", "835", "838"]
    assert number_in("839", 2016) == "839"
    for year, joined, count in ((2019, True, 10), (2019, False, 9), (2021, True, 10)):
        (compared,) = compare("FD-05", "885", [year], join_codes=joined).years
        assert compared.with_value == count
        said = "Dorset is read under its number of that year, 835." in compared.notes
        assert said == (year == 2019 and joined)
    # No rate is published for 835, because there is no population for it.
    assert compare("CP-09", "885", [2019]).years[0].with_value == 9


def test_the_region_and_england_stand_beside() -> None:
    (compared,) = compare("CP-05", "Worcestershire", [2016]).years
    assert (compared.authority.value, compared.england.value) == (47.0, 76.7)
    assert (compared.region.area, compared.region.name) == ("984", "West Midlands")
    assert compared.region.value is not None


def test_a_numerator_by_difference_is_said_and_can_be_refused() -> None:
    (compared,) = compare("AS-01", "885", [2016]).years
    (plain,) = compare("AS-01", "885", [2016], by_difference=False).years
    assert compared.with_value > plain.with_value
    assert any("North Somerset" in note and "the total less" in note for note in compared.notes)
    assert not any("the total less" in note for note in plain.notes)
    north_somerset = next(each for each in compared.neighbours if each.area == "802")
    assert (north_somerset.numerator, north_somerset.value) == (755, 62.9)


def test_rank_is_among_all_authorities_with_a_value() -> None:
    (compared,) = compare("CP-05", "885", [2016]).years
    assert 140 < compared.ranked <= 152
    assert compared.rank is not None and compared.quartile == "D"
    assert compared.rank > compared.ranked * 0.9
    (neutral,) = compare("FD-02", "885", [2016]).years
    assert (neutral.rank, neutral.quartile) == (None, None)
    # A figure held for two authorities only is not ranked.
    (few,) = compare("LH-02", "885", [2018]).years
    assert (few.rank, few.quartile) == (None, None)


@pytest.mark.parametrize(
    ("value", "better", "expected"),
    [
        # 1 to 8: the cuts are 2.75, 4.5 and 6.25.
        (8, "higher", (1, "A")),
        (7, "higher", (2, "A")),
        (6, "higher", (3, "B")),
        (4, "higher", (5, "C")),
        (1, "higher", (8, "D")),
        (1, "lower", (1, "A")),
        (3, "lower", (3, "B")),
        (5, "lower", (5, "C")),
        (8, "lower", (8, "D")),
        (8, "neutral", (None, None)),
        (None, "higher", (None, None)),
    ],
)
def test_rank_and_quartile(
    value: float | None, better: str, expected: tuple[int | None, str | None]
) -> None:
    assert place_among(value, [1, 2, 3, 4, 5, 6, 7, 8], better) == expected


def test_ties_take_the_lowest_rank_number() -> None:
    values = [10, 10, 20, 30, 30]
    assert [place_among(each, values, "lower")[0] for each in values] == [1, 1, 3, 4, 4]
    assert [place_among(each, values, "higher")[0] for each in values] == [4, 4, 3, 1, 1]


def test_a_value_on_a_cut_falls_below_it() -> None:
    # 1 to 5: the cuts are 2, 3 and 4 themselves.
    values = [1, 2, 3, 4, 5]
    assert [place_among(each, values, "lower")[1] for each in values] == ["A", "A", "B", "C", "D"]
    assert [place_among(each, values, "higher")[1] for each in values] == ["D", "D", "C", "B", "A"]


def test_the_districts_of_both_areas() -> None:
    assert dict(districts("885")) == {
        "E07000234": "Bromsgrove",
        "E07000235": "Malvern Hills",
        "E07000236": "Redditch",
        "E07000237": "Worcester",
        "E07000238": "Wychavon",
        "E07000239": "Wyre Forest",
    }
    assert dict(districts("351")) == {"E08000002": "Bury"}
    assert authority_of("E07000236").code == "885"
    assert authority_of("E08000010").name == "Wigan"
    with pytest.raises(NotPublishedError, match="E99000001"):
        authority_of("E99000001")


@pytest.mark.parametrize(
    ("arguments", "options", "says"),
    [
        (("CP-05", "England", [2016]), {}, "not a local authority"),
        (("CP-05", "885", []), {}, "No year"),
        (("CP-05", "885", [1999]), {}, "1999"),
        (("CP-05", "885", [2016]), {"model": "1999-01"}, "Held: previous, 2021-04, 2025-05"),
        (("CP-05", "Cumberland", [2024]), {}, "has no statistical neighbours"),
    ],
)
def test_refusals(
    arguments: tuple[str, str, list[int]], options: dict[str, str], says: str
) -> None:
    with pytest.raises(NotPublishedError, match=says):
        compare(*arguments, **options)  # type: ignore[arg-type]


def test_every_neighbour_is_an_area_of_its_own() -> None:
    assert areas()["885"].name == "Worcestershire"
    for code in ("885", "351"):
        for model in models():
            found = [each.area.code for each in neighbours_of(code, model)]
            assert len(set(found)) == 10 and code not in found
