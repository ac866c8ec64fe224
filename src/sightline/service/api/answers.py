"""Makes the API's answers of what the pages are made of (`measures.reading`), numbers as they are there."""

from collections.abc import Sequence
from typing import Any

from sightline.indicators.definition import Definition, catalogue
from sightline.indicators.engine import Period
from sightline.indicators.figures import Figure
from sightline.present.figure_file import KeptFigures
from sightline.present.report import LICENCE, ComparisonView, IndicatorPage, Run
from sightline.service.measures.reading import Reading


def period(of: Period) -> dict[str, Any]:
    """Write a period."""
    return {"start": of[0], "end": of[1]}


def version(definition: Definition, kept: KeptFigures) -> dict[str, Any]:
    """Write one version of a definition."""
    computed = definition in kept.definitions
    return {
        "code": definition.code,
        "version": definition.version,
        "part": definition.part,
        "title": definition.title,
        "area": definition.area,
        "definition": definition.definition,
        "note": definition.note,
        "source": definition.source,
        "unit": definition.unit,
        "better": definition.better,
        "measure": definition.measure,
        "dimensions": list(definition.dimensions),
        "valid_from": definition.valid_from,
        "valid_until": definition.valid_until,
        "replaces": definition.replaces,
        "computed": computed,
        "not_computed": "" if computed else _why_not(definition, kept),
    }


def _why_not(definition: Definition, kept: KeptFigures) -> str:
    reasons = {each.definition: each.reason for each in kept.not_computed}
    return reasons.get(definition) or "It was not in force in the time that the files cover."


def versions(kept: KeptFigures, code: str = "") -> list[dict[str, Any]]:
    """Write every version of every part of one indicator, or of all."""
    return [version(each, kept) for each in catalogue() if code in ("", each.code)]


def part(page: IndicatorPage) -> dict[str, Any]:
    """Write all that is said of one part of an indicator."""
    target = page.target
    return {
        "part": page.definition.part,
        "title": page.name,
        "period": period(page.period),
        "figure": figure(page.current),
        "before": figure(page.before),
        "change": page.change,
        "judgement": str(page.rag),
        "target": target
        and {
            "value": target.value,
            "tolerance": target.tolerance,
            "set_by": target.set_by,
            "valid_from": target.valid_from,
            "valid_until": target.valid_until,
        },
        "quality": page.grade.letter,
        "quality_reason": page.grade.reason,
        "run": _run(page.run),
        "comparison": _comparison(page.comparison),
        "other_versions": [
            {
                "version": each.definition.version,
                "changed": each.changed,
                "figure": figure(each.current),
            }
            for each in page.other_versions
        ],
    }


def figure(of: Figure | None) -> dict[str, object] | None:
    """Write a figure as `sightline figures --json` does."""
    return of.to_json() if of else None


def _run(run: Run | None) -> dict[str, Any] | None:
    if run is None:
        return None
    return {
        "step": run.step,
        "points": [
            {"label": each.label, "figure": figure(each.figure), "signal": each.signal}
            for each in run.points
        ],
        "reading": run.reading,
        "latest": run.latest,
    }


def _comparison(view: ComparisonView | None) -> dict[str, Any] | None:
    if view is None:
        return None
    return {
        "caption": view.caption,
        "unit": view.unit,
        "columns": list(view.columns),
        "rows": [
            {
                "name": row.name,
                "cells": [
                    {"value": cell.value, "symbol": cell.symbol, "of": cell.of}
                    for cell in row.cells
                ],
            }
            for row in view.rows
        ],
        "standing": view.standing,
        "notes": list(view.notes),
        "licence": LICENCE,
    }


def qualities(reading: Reading, *, protected: bool) -> Sequence[dict[str, Any]]:
    """Write the grade of each indicator's headline figure, and why there is no figure of others."""
    kept = reading.figures(protected=protected)
    found = [
        {
            "code": page.code,
            "version": page.definition.version,
            "part": page.definition.part,
            "title": page.name,
            "computed": True,
            "quality": page.grade.letter,
            "reason": page.grade.reason,
            "unknown": page.current.unknown,
            "withheld": page.current.withheld,
        }
        for area in reading.overview(protected=protected)
        for page in area.pages
    ]
    missing = [
        {
            "code": each.definition.code,
            "version": each.definition.version,
            "part": each.definition.part,
            "title": each.definition.title,
            "computed": False,
            "quality": None,
            "reason": each.reason,
            "unknown": None,
            "withheld": "",
        }
        for each in kept.not_computed
    ]
    return [*found, *missing]
