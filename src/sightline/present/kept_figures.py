"""Every figure of a snapshot, computed once and kept, to be read one indicator at a time.

    STORE/figures/ID.parquet              the figures of snapshot ID
    STORE/figures/ID.published.parquet    those of them that may be published, small numbers protected

The years (at most `MOST_YEARS`) are kept by every dimension an indicator has, the months and quarters of
its run in total and by `RUNS_BY`. An indicator whose definition has changed is counted by each version in
each period, so that old and new can be set side by side. A figure for time that no file covers is left out.

The files hold good as long as the snapshot, the settings, the definitions and what computes them are the
same; otherwise they are made anew, as they are where they are damaged. They may be deleted at any time.
Where a rule failed, so that some grades are not known, nothing is kept.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import duckdb

from sightline.indicators.definition import Definition, catalogue
from sightline.indicators.engine import Period
from sightline.indicators.figures import Figure
from sightline.indicators.measured import Measured
from sightline.present.figure_file import RUNS_BY, Contents, KeptFigures, encoded
from sightline.present.publication import protected
from sightline.present.runs import STEPS, run_periods
from sightline.present.windows import NOT_COVERED, Window, windows_of, years_of
from sightline.quality.kept_check import rules_hash
from sightline.store.kept import DAMAGED, kept_path, made_by, software_hash, write_kept

_COMPUTING = ("indicators", "published", "present", "quality", "records", "clocks", "store")
"""The packages that decide what a figure is, and which figures are kept."""


def kept_figures(
    measured: Measured,
    *,
    published: bool = False,
    codes: Sequence[str] = (),
    progress: Callable[[str], None] = lambda _: None,
) -> KeptFigures:
    """Give the figures kept of a snapshot; compute and keep them where there are none.

    With `codes`, where none are kept, only these indicators are computed, and not kept. What is
    published is always of all indicators: what is protected apart could be put together.
    """
    made = _made_by(measured, published=published)
    path = kept_at(measured, published=published)
    with suppress(*DAMAGED):
        return KeptFigures(path.read_bytes(), made, measured.settings)
    if published:
        contents = protected(kept_figures(measured, progress=progress), progress)
    else:
        contents = _computed(measured, codes, progress)
    content = encoded(measured, contents, made, published=published)
    if (published or not codes) and not measured.check.any_failed:
        with suppress(OSError):  # a store that cannot be written can be reported on all the same
            write_kept(path, content)
    return KeptFigures(content, made, measured.settings)


def _made_by(measured: Measured, *, published: bool) -> str:
    return made_by(
        [
            measured.snapshot.id,
            rules_hash(measured.snapshot.manifest),
            software_hash(_COMPUTING),
            duckdb.__version__,
            measured.settings,
            published,
        ]
    )


def _computed(
    measured: Measured, codes: Sequence[str], progress: Callable[[str], None]
) -> Contents:
    wanted = [each for each in catalogue() if not codes or each.code in codes]
    windows, not_computed = windows_of(measured, wanted)
    of_code = {definition.code: window for definition, window in windows.items()}
    versions: dict[str, set[int]] = defaultdict(set)
    for each in wanted:
        versions[each.code].add(each.version)
    found: dict[Definition, dict[tuple[Period, str, str], Figure]] = defaultdict(dict)

    def compute(
        definitions: Sequence[Definition], asked: Sequence[Period], by: Iterable[str]
    ) -> None:
        for changed in (False, True):
            some = [each for each in definitions if (len(versions[each.code]) > 1) == changed]
            if some and asked:
                made = measured.compute(some, asked, list(by), every_version=changed)
                for each in made.figures:
                    if each.quality.letter != NOT_COVERED:
                        place = (each.period_start, each.period_end), each.by, each.group
                        found[each.definition].setdefault(place, each)

    counted = [each for each in wanted if each in windows or _is_other(each, windows, of_code)]
    for window in dict.fromkeys(of_code.values()):
        progress("Computing the years")
        sharing = [each for each in counted if of_code[each.code] == window]
        every = dict.fromkeys(name for each in sharing for name in each.dimensions)
        compute(sharing, years_of(window, measured.covered), every)
    in_runs = [each for each in counted if not each.is_profile]
    for step in STEPS:
        progress(f"Computing by {step}")
        compute(in_runs, run_periods(step, measured.covered), RUNS_BY)
    figures = {definition: list(found[definition].values()) for definition in counted}
    return Contents(figures, windows, not_computed, {})


def _is_other(
    definition: Definition, windows: Mapping[Definition, Window], of_code: Mapping[str, Window]
) -> bool:
    """Whether it is another version of an indicator that has a page."""
    return definition.code in of_code and not any(
        (each.code, each.version) == (definition.code, definition.version) for each in windows
    )


def kept_at(measured: Measured, *, published: bool = False) -> Path:
    """Give the file in which a snapshot's figures are kept, there or not."""
    return kept_path(measured.snapshot, "figures", "published" if published else "")
