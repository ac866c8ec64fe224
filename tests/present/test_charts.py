"""Charts: what a screen reader is told, and that what is drawn is what the numbers say."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from sightline.present import charts
from sightline.present.charts import Limits, Point, Series

SVG = "{http://www.w3.org/2000/svg}"


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def texts(svg: str) -> list[str]:
    return [each.text or "" for each in parsed(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0, 100, [0, 20, 40, 60, 80, 100]),
        (0, 7, [0, 2, 4, 6, 8]),
        (43, 57, [40, 45, 50, 55, 60]),
        (0, 0, [0, 0.2, 0.4, 0.6, 0.8, 1.0]),
        (5, 5, [5, 5.2, 5.4, 5.6, 5.8, 6.0]),
        (-3, 4, [-4, -2, 0, 2, 4]),
    ],
)
def test_ticks_are_round_and_span_the_range(low: float, high: float, ticks: list[float]) -> None:
    assert charts.nice_ticks(low, high) == ticks


def control(**options: object) -> str:
    points = [
        Point("Apr <2015>", 40.0),
        Point("May 2015", 60.0, "concern"),
        Point("Jun 2015", None),
        Point("Jul 2015", 90.0, "improvement"),
        Point("Aug 2015", 90.0, "high"),
    ]
    given: dict[str, object] = {
        "title": "Seen & <heard>",
        "description": 'From 40 to "90"',
        "unit": "percent",
        "most": 100.0,
        **options,
    }
    return charts.control_chart(points, [Limits(0, 4, 70.0, -20.0, 160.0)], **given)  # type: ignore[arg-type]


def test_a_chart_is_an_image_with_a_title_and_a_description() -> None:
    root = parsed(control())
    assert root.get("role") == "img"
    assert [root[0].tag, root[0].text] == [f"{SVG}title", "Seen & <heard>"]
    assert [root[1].tag, root[1].text] == [f"{SVG}desc", 'From 40 to "90"']


def test_names_are_text_and_never_markup() -> None:
    bars = [("<script>alert(1)</script>", 3.0, "3 & more")]
    svg = charts.bar_chart(bars, title="t", description="d")
    assert "<script" not in svg
    assert texts(svg)[-2:] == ["<script>alert(1)</script>", "3 & more"]


def test_a_long_name_is_shortened_beside_its_bar() -> None:
    svg = charts.bar_chart(
        [("Children with disabilities North", 3.0, "3")], title="t", description="d"
    )
    assert texts(svg)[0] == "Children with disabilitie…"


def heights(svg: str, dash: str) -> list[float]:
    """The heights of horizontal lines with these dashes, top first."""
    lines = [
        each for each in parsed(svg).iter(f"{SVG}line") if each.get("stroke-dasharray") == dash
    ]
    return sorted(float(each.get("y1") or 0) for each in lines)


def test_limits_of_a_share_are_drawn_between_0_and_100() -> None:
    svg = control()
    zero, hundred = height_of(svg, "0%"), height_of(svg, "100%")
    assert heights(svg, "5 4") == pytest.approx([hundred, zero], abs=0.2)


def test_limits_of_a_ratio_may_be_above_100_and_never_below_0() -> None:
    svg = control(most=None)
    zero, most = height_of(svg, "0%"), height_of(svg, "150%")
    upper, lower = heights(svg, "5 4")
    assert lower == pytest.approx(zero, abs=0.2)
    assert upper < most


def height_of(svg: str, tick: str) -> float:
    """The height at which a number stands on the axis."""
    found = next(each for each in parsed(svg).iter(f"{SVG}text") if each.text == tick)
    return float(found.get("y") or 0) - 4


def test_points_stand_at_the_height_of_their_value() -> None:
    circle = next(parsed(control()).iter(f"{SVG}circle"))
    svg = control()
    forty = height_of(svg, "40%")
    assert float(circle.get("cy") or 0) == pytest.approx(forty, abs=0.2)


def test_a_missing_value_breaks_the_line() -> None:
    line = next(each for each in parsed(control()).iter(f"{SVG}path") if each.get("fill") == "none")
    assert re.sub(r"[^ML]", "", line.get("d") or "") == "MLML"


def test_a_signal_is_told_by_its_shape_as_well_as_its_colour() -> None:
    marks = [
        re.sub(r"[0-9. ]", "", each.get("d") or "")
        for each in parsed(control()).iter(f"{SVG}path")
        if each.get("fill") != "none"
    ]
    assert len(set(marks)) == 3, "concern, improvement and change have shapes of their own"
    assert len(list(parsed(control()).iter(f"{SVG}circle"))) == 1


def test_the_target_is_drawn_and_named() -> None:
    svg = control(target=80.0)
    assert "target 80%" in texts(svg)
    assert heights(svg, "1 4") == pytest.approx([height_of(svg, "80%")], abs=0.2)


def test_labels_at_the_edge_do_not_cover_one_another() -> None:
    lines = [Series(name, [1.0, 50.0 + number / 10]) for number, name in enumerate("abcde")]
    svg = charts.line_chart(["1", "2"], lines, title="t", description="d")
    placed = sorted(
        float(each.get("y") or 0) for each in parsed(svg).iter(f"{SVG}text") if each.text in "abcde"
    )
    assert len(placed) == 5
    assert all(below - above >= 13.9 for above, below in pairwise(placed))


def test_the_last_label_of_the_axis_is_always_there() -> None:
    points = [Point(f"Month {number}", 1.0) for number in range(36)]
    svg = charts.control_chart(points, [], title="t", description="d")
    months = [text for text in texts(svg) if text.startswith("Month")]
    assert months[-1] == "Month 35"
    assert 2 < len(months) < 12


def bars(svg: str) -> list[float]:
    return [float(each.get("width") or 0) for each in parsed(svg).iter(f"{SVG}rect")]


def test_bars_are_as_long_as_their_values_and_a_share_is_drawn_over_the_whole() -> None:
    shares = [("a", 80.0, ""), ("b", 20.0, ""), ("c", None, "c")]
    long, short = bars(charts.bar_chart(shares, title="t", description="d", unit="percent"))
    assert long / short == pytest.approx(4, rel=0.01)
    room = 400 - (14 + 6) - (16 + 6)
    assert long == pytest.approx(room * 0.8, rel=0.01)


def test_a_reference_line_stands_at_its_value_and_is_named() -> None:
    svg = charts.bar_chart(
        [("a", 80.0, "")], title="t", description="d", unit="percent", reference=("all", 40.0)
    )
    line = next(parsed(svg).iter(f"{SVG}line"))
    assert (float(line.get("x1") or 0) - 20) * 2 == pytest.approx(bars(svg)[0], rel=0.01)
    assert "all 40%" in texts(svg)


def test_all_bars_at_nought_are_drawn_without_dividing_by_it() -> None:
    assert bars(charts.bar_chart([("a", 0.0, "0")], title="t", description="d")) == [0.0]


def test_a_sparkline_marks_its_last_value_and_skips_what_is_missing() -> None:
    svg = charts.sparkline([1.0, None, 3.0, 2.0, None], title="Plans")
    root = parsed(svg)
    assert root[0].text == "Plans"
    dot = next(root.iter(f"{SVG}circle"))
    assert float(dot.get("cx") or 0) == pytest.approx(4 + 3 * 102 / 4, abs=0.1)
    assert float(dot.get("cy") or 0) == pytest.approx(13, abs=0.1)


def test_a_sparkline_of_nothing_is_nothing() -> None:
    assert charts.sparkline([None, None], title="t") == ""
