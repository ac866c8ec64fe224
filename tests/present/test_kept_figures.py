"""Kept figures are exactly those computed, and never stand in for others."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from present.authority import FIRST, LAST, measured
from sightline.clocks.months import periods
from sightline.indicators.counting import TOTAL
from sightline.indicators.definition import catalogue, versions
from sightline.indicators.disclosure import protect
from sightline.indicators.figures import Figure, withhold
from sightline.indicators.measured import Measured
from sightline.present import kept_figures as keeping
from sightline.present import words
from sightline.present.figure_file import KeptFigures
from sightline.present.kept_figures import kept_at, kept_figures
from sightline.present.publication import PROTECTED
from sightline.quality.check import CheckReport, Outcome
from sightline.store.kept import DAMAGED

COVERED = (FIRST, LAST)
YEARS, QUARTERS, MONTHS = (periods(step, *COVERED) for step in ("year", "quarter", "month"))


FEW = {"AS-01", "CI-05", "CP-05", "CP-09", "FD-02"}
"""Indicators with versions, targets and windows of each kind: how figures are kept is the same for all."""


@pytest.fixture
def stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Measured:
    """The authority in a store that can be written, with a few indicators."""
    few = tuple(each for each in catalogue() if each.code in FEW)
    monkeypatch.setattr(keeping, "catalogue", lambda: few)
    subject = measured(60)
    folder = tmp_path / "store" / "snapshots" / subject.snapshot.id
    folder.mkdir(parents=True)
    subject.snapshot = replace(subject.snapshot, folder=folder)
    return subject


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A word for each time figures are computed or protected."""
    told: list[str] = []
    for name in ("_computed", "protected"):
        made = getattr(keeping, name)

        def counted(*args: object, made: Callable = made, name: str = name) -> object:
            told.append(name)
            return made(*args)

        monkeypatch.setattr(keeping, name, counted)
    return told


def figures_of(kept: KeptFigures) -> dict[str, list[Figure]]:
    return {f"{d.code} {d.part} {d.version}": kept.of(d) for d in kept.definitions}


def place(figure: Figure) -> tuple[object, ...]:
    return figure.period_start, figure.period_end, figure.by, figure.group


def test_every_kept_figure_is_the_computed_one(subject: Measured, kept: KeptFigures) -> None:
    computed = 0
    for definition in kept.definitions:
        changed = len({each.version for each in versions(definition.code)}) > 1
        found = {place(f): f for f in kept.of(definition, with_unusable=True)}
        made = [
            figure
            for asked, by in (
                (YEARS, definition.dimensions),
                (MONTHS, ("district", "team")),
                (QUARTERS, ("district", "team")),
            )
            if by == definition.dimensions or not definition.is_profile
            for figure in subject.compute([definition], asked, by, every_version=changed).figures
            if figure.quality.letter != "-"
        ]
        assert {place(f): f for f in made} == found, definition.code
        assert len(made) == len(found)
        computed += len(made)
    assert computed > 20_000
    assert len(kept.definitions) > 40


def test_what_is_not_usable_is_withheld_unless_asked_for(stored: Measured) -> None:
    # More than half of the rows of one table have an error in a field that FD-02 needs.
    quality = stored.quality
    rows = quality.rows["referral"]
    groups = {
        ("referral.referral_date", group): (100, 90)
        for (group,) in stored.connection.execute(
            "SELECT DISTINCT district FROM referral"
        ).fetchall()
        if group
    }
    stored.quality = replace(
        quality, broken={"referral.referral_date": rows // 10}, of_groups=lambda _: groups
    )
    kept = kept_figures(stored, codes=["FD-02"])
    definition = versions("FD-02")[-1]
    raw = kept.of(definition, with_unusable=True)
    assert kept.of(definition) == withhold(raw)
    assert any(figure.withheld for figure in kept.of(definition))
    assert not any(figure.withheld for figure in raw)


def test_each_version_of_a_definition_is_counted_in_each_period(kept: KeptFigures) -> None:
    every = versions("AS-01")
    assert len(every) == 3
    for version in every:
        ends = {f.period_end for f in kept.of(version) if f.by == TOTAL}
        assert {end for _, end in YEARS} <= ends


def test_only_the_dimensions_asked_for(kept: KeptFigures) -> None:
    definition = versions("FD-02")[-1]
    whole = kept.of(definition)
    assert {f.by for f in whole} == {TOTAL, *definition.dimensions}
    some = kept.of(definition, ["district", "age"])
    assert some == [f for f in whole if f.by in (TOTAL, "district", "age")]
    assert kept.of(definition, []) == [f for f in whole if f.by == TOTAL]


def test_a_second_time_they_are_read(stored: Measured, runs: list[str]) -> None:
    first, shown = kept_figures(stored), kept_figures(stored, published=True)
    assert runs == ["_computed", "protected"]
    again, shown_again = kept_figures(stored), kept_figures(stored, published=True)
    assert runs == ["_computed", "protected"]
    assert figures_of(again) == figures_of(first)
    assert figures_of(shown_again) == figures_of(shown)
    assert (again.windows, again.not_computed) == (first.windows, first.not_computed)
    assert again.groups("district") == first.groups("district")
    assert shown_again.runs == shown.runs
    assert sorted(path.name for path in kept_at(stored).parent.iterdir()) == sorted(
        f"{stored.snapshot.id}{form}.parquet" for form in ("", ".published")
    )


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


@pytest.mark.parametrize(
    "harm",
    [Path.unlink, _cut, lambda path: path.write_bytes(b"")],
    ids=["deleted", "cut", "empty"],
)
def test_figures_that_are_gone_or_damaged_are_computed_anew(
    stored: Measured, runs: list[str], harm: Callable[[Path], None]
) -> None:
    first = figures_of(kept_figures(stored))
    harm(kept_at(stored))
    assert figures_of(kept_figures(stored)) == first
    assert runs == ["_computed"] * 2
    kept_figures(stored)
    assert runs == ["_computed"] * 2, "they are kept anew"


def test_a_bit_that_changed_on_the_disk_changes_no_figure(stored: Measured) -> None:
    first = figures_of(kept_figures(stored))
    content, made = kept_at(stored).read_bytes(), keeping._made_by(stored, published=False)
    refused = 0
    for where in random.Random(4).sample(range(len(content)), 150):
        harmed = bytearray(content)
        harmed[where] ^= 1 << where % 8
        try:
            found = KeptFigures(bytes(harmed), made, stored.settings)
        except DAMAGED:
            refused += 1
        else:
            assert figures_of(found) == first, where
    assert refused > 75


def test_figures_of_other_settings_or_software_or_form_are_passed_over(
    stored: Measured, runs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept_figures(stored)
    target = replace(stored.settings.targets[0], value=79.0)
    stored.settings = replace(stored.settings, targets=(target,))
    assert {f.target for f in kept_figures(stored).of(versions("AS-01")[0])} == {target}
    assert runs == ["_computed"] * 2
    monkeypatch.setattr(keeping, "software_hash", lambda _: "other software")
    kept_figures(stored)
    assert runs == ["_computed"] * 3
    kept_figures(stored, published=True)
    inside = kept_at(stored).read_bytes()
    kept_at(stored, published=True).write_bytes(inside)
    shown = kept_figures(stored, published=True)
    assert shown.published
    assert runs.count("protected") == 2, "what is not protected is never taken for what is"
    assert {f.by for d in shown.definitions for f in shown.of(d)} <= {TOTAL, "district", "category"}


def test_nothing_is_kept_where_a_rule_failed(stored: Measured, runs: list[str]) -> None:
    rules = stored.check.rules
    stored.check = CheckReport(
        (replace(rules[0], outcome=Outcome.FAILED), *rules[1:]), stored.check.found
    )
    kept_figures(stored)
    kept_figures(stored, published=True)
    assert runs == ["_computed", "_computed", "protected"]
    assert not kept_at(stored).exists()


def test_of_some_indicators_nothing_is_kept(stored: Measured, runs: list[str]) -> None:
    some = kept_figures(stored, codes=["FD-02", "CP-09"])
    assert {definition.code for definition in some.definitions} == {"FD-02", "CP-09"}
    assert not kept_at(stored).exists()
    whole = kept_figures(stored)
    for definition in some.definitions:
        assert some.of(definition) == whole.of(definition)
    assert runs == ["_computed"] * 2


def test_a_store_that_cannot_be_written_is_reported_on_all_the_same(subject: Measured) -> None:
    assert not kept_at(subject).parent.parent.exists()
    assert kept_figures(subject, codes=["FD-02"]).of(versions("FD-02")[-1])


def test_eight_threads_read_at_once(kept: KeptFigures) -> None:
    wanted = figures_of(kept)
    with ThreadPoolExecutor(8) as threads:
        for found in threads.map(lambda _: figures_of(kept), range(8)):
            assert found == wanted


def test_what_is_published_is_protected_together(
    kept: KeptFigures, kept_published: KeptFigures
) -> None:
    shown = [f for d in kept_published.definitions for f in kept_published.of(d)]
    assert {f.by for f in shown} == {TOTAL, "district", "category"}
    assert sum(map(words.is_hidden, shown)) > 50
    true = {(f.definition, *place(f)): f for d in kept.definitions for f in kept.of(d)}
    for figure in shown:
        if figure.value is not None:
            assert figure.value == true[figure.definition, *place(figure)].value
    assert protect(shown) == shown, "nothing is left to hide"
    for definition, step in kept_published.runs.items():
        run = [
            f
            for f in kept_published.of(definition, [])
            if not definition.is_stock and (f.period_end - f.period_start).days < 100
        ]
        assert not any(map(words.is_hidden, run))
        assert not (step == PROTECTED and run), definition.code
    assert PROTECTED in kept_published.runs.values()
    assert {"month", "quarter"} & set(kept_published.runs.values())


def test_it_says_which_groups_and_periods_it_has(kept: KeptFigures) -> None:
    assert kept.groups("district") == (
        "Bromsgrove",
        "Malvern Hills",
        "Redditch",
        "Worcester",
        "Wychavon",
        "Wyre Forest",
    )
    assert len(kept.groups("team")) == 6
    assert kept.groups("worker") == ()
    assert kept.headline.current == (date(2015, 4, 1), LAST)
    assert {each.definition for each in kept.not_computed} | set(kept.windows) == {
        each for each in catalogue() if each.in_force(LAST)
    }
