"""What a load found, and how it differs from what was published before: numbers, and no child.

inputs      each file of the load: `name`, `format`, `to` (the last day of its return), `read`,
            `kept` and `rejected` (rows)
returns     `new`, `replaced` and `carried` (over from the snapshot before), in words
facts       sentences of the load about itself
findings    how many `error`s and `query`s; `failed` names the rules that failed
against     the published snapshot it is compared with; empty if there is none. If there is one:
not_published   whether the load was made upon a snapshot that was never published
tables      each table that differs: `name`, `added`, `removed`, `changed`
gone        returns that were published and are not in the load's snapshot, in words
became      what became of findings: `error` and `query` numbers by `quality.trend.Became`
new_rules   the rules that found most that is new: `code`, `title`, `kind` and `found`
moved       headline figures that moved most: `code`, `title`, `period`, `was`, `before`, `now`,
            `change`
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from sightline.indicators.counting import TOTAL
from sightline.indicators.definition import Definition
from sightline.indicators.figures import Figure
from sightline.indicators.measured import measured
from sightline.intake.load import LoadSummary
from sightline.present import words
from sightline.present.figure_file import KeptFigures
from sightline.present.kept_figures import kept_figures
from sightline.quality.check import CheckReport, Outcome
from sightline.quality.kept_check import whole_check
from sightline.quality.trend import Became, compare
from sightline.records.availability import FORMAT_NAMES
from sightline.service.measures.loaded_snapshots import said
from sightline.store.differences import diff
from sightline.store.manifest import Return
from sightline.store.snapshots import Snapshot

MOST_MOVED = 12
MOST_RULES = 12
KINDS = ("error", "query")
Progress = Callable[[str], None]
_IN_FULL = {
    "cin": "child in need",
    "cp": "child protection",
    "sdq": "strengths and difficulties questionnaire",
}
"""What the names of tables say in short."""


def found_by(summary: LoadSummary, published: Snapshot | None, tell: Progress) -> dict[str, Any]:
    """Check a load's snapshot, compute its figures, and compare both with those published.

    Checks and figures are kept, so that whoever looks first after publishing does not wait.
    """
    snapshot = summary.snapshot
    report = whole_check(snapshot, progress=tell)
    figures = keep_figures(snapshot, tell)
    manifest = snapshot.manifest
    given = [each for each in manifest.returns if each not in summary.carried]
    replaced = {(each.format, each.period_end) for each in summary.replaced}
    found: dict[str, Any] = {
        "inputs": [
            {
                "name": each.path,
                "format": words.capitalised(
                    FORMAT_NAMES.get(each.format, each.format).removeprefix("the ")
                ),
                "to": words.day(each.period),
                "read": each.rows_read,
                "kept": each.rows_kept,
                "rejected": each.rejected,
            }
            for each in summary.inputs
        ],
        "returns": {
            "new": _named(r for r in given if (r.format, r.period_end) not in replaced),
            "replaced": _named(summary.replaced),
            "carried": _named(summary.carried),
        },
        "facts": [
            said(fact)
            for fact in (*(fact for each in given for fact in each.facts), *manifest.facts)
        ],
        "findings": _by_kind(report, report.found),
        "failed": [rule.code for rule in report.rules if rule.outcome is Outcome.FAILED],
        "against": published.id if published else "",
    }
    if published is not None:
        tell("Comparing with what is published")
        found |= _differences(snapshot, report, figures, published, tell)
    return found


def keep_figures(snapshot: Snapshot, tell: Progress) -> KeptFigures:
    """Compute the figures of a snapshot and keep them, in both forms; give those not protected."""
    own = snapshot.folder.parents[1] / "settings.toml"
    with measured(snapshot, own if own.exists() else None, tell) as subject:
        kept = kept_figures(subject, progress=tell)
        kept_figures(subject, published=True, progress=tell)
        return kept


def _differences(
    snapshot: Snapshot,
    report: CheckReport,
    figures: KeptFigures,
    published: Snapshot,
    tell: Progress,
) -> dict[str, Any]:
    before = whole_check(published, progress=tell)
    trend = compare(published, before, snapshot, report)
    held = {(each.format, each.period_end) for each in snapshot.manifest.returns}
    return {
        "not_published": snapshot.manifest.parent not in ("", published.id),
        "tables": [
            {
                "name": " ".join(_IN_FULL.get(w, w) for w in each.table.split("_")),
                "added": each.added,
                "removed": each.removed,
                "changed": each.changed,
            }
            for each in diff(published, snapshot)
        ],
        "gone": _named(
            r for r in published.manifest.returns if (r.format, r.period_end) not in held
        ),
        "became": {
            str(became): _by_kind(of, rows.filter(pc.equal(rows["trend"], str(became))))
            for of, rows in ((report, trend.now), (before, trend.gone))
            for became in Became
            if pc.any(pc.equal(rows["trend"], str(became))).as_py()
        },
        "new_rules": _new_rules(report, trend.now),
        "moved": _moved(keep_figures(published, tell), figures),
    }


def _named(returns: Iterable[Return]) -> list[str]:
    return [
        words.capitalised(
            f"{FORMAT_NAMES.get(each.format, each.format)} to {words.day(each.period_end)}"
        )
        for each in returns
    ]


def _by_kind(report: CheckReport, found: pa.Table) -> dict[str, int]:
    kind = {rule.code: rule.severity for rule in report.rules}
    numbers = dict.fromkeys(KINDS, 0)
    for each in pc.value_counts(found["code"]).to_pylist():
        of = kind.get(each["values"], "error")
        numbers[of if of in KINDS else "query"] += each["counts"]
    return numbers


def _new_rules(report: CheckReport, now: pa.Table) -> list[dict[str, Any]]:
    """Give the rules that found most that was not there before: errors first, most first."""
    new = now.filter(pc.equal(now["trend"], str(Became.NEW)))
    numbers = {each["values"]: each["counts"] for each in pc.value_counts(new["code"]).to_pylist()}
    found = [rule for rule in report.rules if rule.code in numbers]
    found.sort(key=lambda rule: (rule.severity != "error", -numbers[rule.code], rule.code))
    return [
        {
            "code": rule.code,
            "title": rule.title,
            "kind": rule.severity,
            "found": numbers[rule.code],
        }
        for rule in found[:MOST_RULES]
    ]


def _moved(before: KeptFigures, after: KeptFigures) -> list[dict[str, str]]:
    """Give the headline figures that moved most, as a part of what they were, largest first."""
    moved: list[tuple[float, dict[str, str]]] = []
    for definition in after.windows:
        now = _headline(after, definition)
        was = _headline(before, definition)
        if now is None or was is None or words.value(now) == words.value(was):
            continue
        moved.append((_size(was.value, now.value), _as_told(definition, was, now)))
    moved.sort(key=lambda each: (-each[0], each[1]["code"]))
    return [told for _, told in moved[:MOST_MOVED]]


def _headline(kept: KeptFigures, definition: Definition) -> Figure | None:
    try:
        period = kept.window_of(definition).current
    except KeyError:
        return None
    figures: Sequence[Figure] = kept.of(definition, (TOTAL,))
    return next(
        (f for f in figures if f.by == TOTAL and (f.period_start, f.period_end) == period), None
    )


def _size(was: float | None, now: float | None) -> float:
    """How far a figure moved, from 0 to 1; one that came to be known or is no longer moved all the way."""
    if was is None or now is None:
        return 1.0
    return abs(now - was) / max(abs(now), abs(was), 1.0)


def _as_told(definition: Definition, was: Figure, now: Figure) -> dict[str, str]:
    def when(figure: Figure) -> str:
        if definition.is_stock:
            return f"at {words.day(figure.period_end)}"
        return words.period(figure.period_start, figure.period_end)

    title = f"{definition.title}, {definition.part}" if definition.part else definition.title
    return {
        "code": definition.code,
        "title": title,
        "period": when(now),
        "was": when(was),
        "before": words.value(was),
        "now": words.value(now),
        "change": words.change(now.value, was.value, definition.unit),
    }
