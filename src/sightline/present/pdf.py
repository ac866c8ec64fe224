"""The report as a PDF to print, tagged for screen readers: PDF/UA-1, as Typst checks it.

Everything is handed over as JSON, so that text stays text. Only the fonts inside Typst are used, so that a
report looks the same wherever it is made, and nothing is fetched.
"""

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from html import unescape
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst

from sightline.indicators.rag import Rag
from sightline.present import words
from sightline.present.files import write_whole
from sightline.present.report import ComparisonCell, ComparisonView, IndicatorPage, Report, Run

MOST_LISTED = 200
"""Children of a list that are printed; the workbook has them all."""
MOST_COLUMNS = 4
_FONT = "Libertinus Serif"
_KINDS = {
    "concern": "triangle down: a signal of concern",
    "improvement": "triangle up: a signal of improvement",
    "high": "diamond: a signal of change",
    "low": "diamond: a signal of change",
}
_IN_A_YEAR = {"month": 12, "quarter": 4}


def write(report: Report, path: Path) -> None:
    """Write the PDF; `OSError` if the file cannot be written."""
    write_whole(path, render(report))


def render(report: Report) -> bytes:
    """Give the PDF. Typst refuses it if it is not PDF/UA-1."""
    template = files("sightline.present") / "templates" / "report.typ"
    compiler = typst.Compiler(
        template.read_bytes(),
        font_paths=typst.Fonts(include_system_fonts=False),
        sys_inputs={"report": json.dumps(_report(report), ensure_ascii=False)},
    )
    made = datetime(report.made.year, report.made.month, report.made.day, tzinfo=UTC)
    content = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=made)
    if not isinstance(content, bytes):
        raise TypeError("Typst gave no single file for the PDF.")
    return content


def _report(report: Report) -> dict[str, Any]:
    counts = [] if report.published else ["Rows read", "Rows kept"]
    return {
        "title": report.title,
        "lede": report.lede,
        "period": report.period,
        "notice": report.notice,
        "kind": "For publication: small numbers protected"
        if report.published
        else "Internal: names children by number, keep as a case file",
        "published": report.published,
        "software": f"Sightline {report.software}",
        "made": [report.made.year, report.made.month, report.made.day],
        "made-words": f"Made by Sightline {report.software} on {words.day(report.made)}.",
        "licence": report.licence,
        "snapshot": report.snapshot,
        "judged": report.judged,
        "unseen": _unseen(report),
        "stands": [
            _stand("Off target", "red", report.off_target),
            _stand("Near target", "amber", report.near_target),
            _stand("On target", "green", report.on_target),
            _stand("show a signal of concern now", "grey", report.signalling("concern")),
            _stand("show a signal of improvement now", "grey", report.signalling("improvement")),
        ],
        "areas": [
            {"name": area.name, "pages": [_page(page) for page in area.pages]}
            for area in report.areas
        ],
        "quality": _quality(report),
        "notes": _notes(report),
        "not-computed-why": _not_computed_why(report),
        "not-computed": [
            [each.definition.title, each.definition.code, each.reason]
            for each in report.not_computed
        ],
        "files-head": ["File", "Format", "Covers", *counts, "SHA-256 begins"],
        "files": [
            [
                file.path,
                file.format,
                file.covers,
                *([words.count(file.rows_read), words.count(file.rows_kept)] if counts else []),
                file.sha256[:12],
            ]
            for file in report.inputs
        ],
    }


def _not_computed_why(report: Report) -> str:
    or_by = f", or are not counted by {report.within.by}" if report.within else ""
    return (
        f"These indicators need a file that has not been loaded{or_by}. They are not 0: nothing is "
        "known of them."
    )


def _unseen(report: Report) -> list[dict[str, Any]]:
    lists = []
    for each in report.unseen:
        left = len(each.children) - MOST_LISTED
        lists.append(
            {
                "title": each.title,
                "sentence": each.sentence,
                "total": None if each.total is None else words.count(each.total),
                "caution": each.caution,
                "groups": [
                    [g.name, words.count(g.never), words.count(g.overdue), words.count(g.total)]
                    for g in each.groups
                ],
                "children": [
                    [
                        child.child_id,
                        words.count(child.days),
                        words.day(child.last_seen) or "never",
                        words.day(child.since),
                        child.district,
                        child.team,
                        child.worker,
                    ]
                    for child in each.children[:MOST_LISTED]
                ],
                "more": f"The other {words.count(left)} are in the workbook." if left > 0 else "",
            }
        )
    return lists


def _stand(name: str, colour: str, pages: Sequence[IndicatorPage]) -> dict[str, Any]:
    return {
        "name": name,
        "colour": colour,
        "pages": [
            {
                "id": page.id,
                "name": page.name,
                "note": f"{words.value(page.current)} against "
                f"{words.shown(page.target.value, page.definition.unit)}"
                if colour != "grey" and page.target
                else (page.run.reading_short if page.run else ""),
            }
            for page in pages
        ],
    }


def _page(page: IndicatorPage) -> dict[str, Any]:
    definition, view = page.definition, page.comparison
    profile = definition.is_profile
    figure = page.largest if profile else page.current
    version = f", version {definition.version}" if definition.version > 1 else ""
    return {
        "id": page.id,
        "name": page.name,
        "code": page.code + version,
        "when": page.when,
        "own-period": page.own_period,
        "value": words.value(figure),
        "under": (figure.group if figure else "")
        if profile
        else ", ".join(
            filter(
                None,
                (
                    words.under(figure),
                    words.not_known(page.current),
                    f"all {words.value(page.whole)}" if page.whole else "",
                ),
            )
        ),
        "change": page.change or words.NONE,
        "target": words.shown(page.target.value, definition.unit) if page.target else "",
        "rag": None if page.rag is Rag.GREY else page.rag.value,
        "colour": page.rag.name.lower(),
        "neighbours": _beside(view, view.neighbours if view else None),
        "england": _beside(view, view.england if view else None),
        "reading-short": page.run.reading_short if page.run else words.NONE,
        "spark": _drawn(page.run.sparkline) if page.run and page.run.sparkline else None,
        "grade": page.grade.letter,
        "grade-reason": page.grade.reason,
        "facts": _facts(page),
        "definition": " ".join(filter(None, (definition.definition, definition.note))),
        "source": definition.source.rstrip("."),
        "run": _run(page.run, shares=definition.is_share) if page.run else None,
        "breakdowns": [
            {
                "caption": f"By {part.by}{', the whole authority' if page.within else ''}",
                "chart": _drawn(part.chart),
                "note": f"The {len(part.rows) - part.left_out} largest; the workbook has the other "
                f"{part.left_out}."
                if part.left_out
                else "",
            }
            for part in page.breakdowns
        ],
        "comparison": _comparison(view) if view else None,
    }


def _beside(view: ComparisonView | None, cell: ComparisonCell | None) -> list[str]:
    """Write a published number and what stands under it."""
    if view is None or cell is None:
        return [words.NONE, ""]
    under = [view.unit] if view.unit.startswith("per ") else []
    under += [f"mean of {cell.of}"] if cell.of else []
    return [_cell(cell, view.unit), ", ".join(under)]


def _cell(cell: ComparisonCell, unit: str) -> str:
    return words.shown(cell.value, unit) if cell.value is not None else cell.symbol or words.NONE


def _facts(page: IndicatorPage) -> list[list[str]]:
    facts = []
    if page.whole:
        facts.append(["The whole authority", words.bar(page.whole)])
    facts += [
        [f"By version {each.definition.version}: {each.definition.title}", words.bar(each.current)]
        for each in page.other_versions
        if each.current
    ]
    if page.change:
        facts.append([f"Change from {page.change_from}", page.change])
    if page.target:
        target = words.shown(page.target.value, page.definition.unit)
        facts.append([f"Target ({page.target.set_by})", target])
    if middle := words.middle_half(page.current):
        facts.append(["Middle half", middle])
    view = page.comparison
    if view and view.england and view.neighbours:
        unit = " per 10,000" if view.unit == "per 10,000" else ""
        of = f" of {view.neighbours.of}" if view.neighbours.of else ""
        facts.append([f"Neighbours’ mean{of}", _cell(view.neighbours, view.unit) + unit])
        facts.append([f"England, {view.year}", _cell(view.england, view.unit) + unit])
    return facts


def _run(run: Run, *, shares: bool) -> dict[str, Any]:
    """Give a run with its numbers laid out a year to a row."""
    rows: list[list[Any]] = []
    places: list[str] = []
    if run.points:
        length = _IN_A_YEAR[run.step]
        first = run.points[0].figure.period_end
        offset = ((first.month - 4) % 12) // (12 // length)
        cells: list[list[str]] = [["", ""]] * offset
        for point in run.points:
            over = f"{words.numerator(point.figure)}/{words.denominator(point.figure)}"
            cells.append([words.value(point.figure), over if shares else ""])
        cells += [["", ""]] * (-len(cells) % length)
        year = first.year - (first.month < 4)
        for start in range(0, len(cells), length):
            rows.append([f"{year}/{(year + 1) % 100:02}", *cells[start : start + length]])
            year += 1
        months = [
            "Apr",
            "May",
            "Jun",
            "Jul",
            "Aug",
            "Sep",
            "Oct",
            "Nov",
            "Dec",
            "Jan",
            "Feb",
            "Mar",
        ]
        each = 12 // length
        places = [
            months[i] if each == 1 else f"{months[i]}–{months[i + each - 1]}"
            for i in range(0, 12, each)
        ]
    marks = dict.fromkeys(_KINDS[kind] for kind in run.kinds)
    return {
        "step": run.step,
        "chart": _drawn(run.chart) if run.chart else None,
        "reading": run.reading,
        "key": words.capitalised("; ".join([*marks, "round: ordinary variation"])) if marks else "",
        "head": [words.capitalised(run.step), *places],
        "rows": rows,
    }


def _comparison(view: ComparisonView) -> dict[str, Any]:
    """Give the last columns of a comparison; the workbook has them all."""
    return {
        "caption": view.caption,
        "head": [view.head, *view.columns[-MOST_COLUMNS:]],
        "rows": [
            [
                row.name,
                *(
                    _cell(cell, view.unit) + (f" ({cell.of})" if cell.of else "")
                    for cell in row.cells[-MOST_COLUMNS:]
                ),
            ]
            for row in view.rows
        ],
        "chart": _drawn(view.chart) if view.chart else None,
        "standing": view.standing,
    }


def _notes(report: Report) -> list[str]:
    """Give once what stands under many comparisons: the neighbours, the sources."""
    views = [page.comparison for page in report.pages if page.comparison]
    if not views:
        return []
    said = list(dict.fromkeys(note for view in views for note in view.notes))
    return ["In comparisons, how many neighbours had a value stands in brackets.", *said]


def _quality(report: Report) -> dict[str, Any]:
    quality = report.quality
    return {
        "sentence": quality.sentence,
        "failed": [[rule.code, rule.title, rule.reason] for rule in quality.failed],
        "found": [
            [
                rule.title,
                rule.code,
                rule.severity,
                words.findings(rule.findings, published=report.published),
            ]
            for rule in quality.found
        ],
        "could-not-run": [[rule.title, rule.code, rule.reason] for rule in quality.could_not_run],
        "grades": [
            [
                graded.letter,
                words.capitalised(words.GRADES[graded.letter]),
                words.count(len(graded.pages)),
                words.NONE
                if graded.letter == "A"
                else " ".join(
                    f"{reason} {', '.join(page.name for page in pages)}."
                    for reason, pages in graded.reasons
                ),
            ]
            for graded in report.grades
        ],
    }


def _drawn(svg: str) -> dict[str, str]:
    """Give a chart in the report's own font, with its description as alternative text."""
    title = re.search(r"<title>(.*?)</title>", svg, re.DOTALL)
    described = re.search(r"<desc>(.*?)</desc>", svg, re.DOTALL)
    said = dict.fromkeys(unescape(each[1]).rstrip(".") for each in (title, described) if each)
    return {
        "svg": svg.replace("Arial, sans-serif", _FONT),
        "alt": f"{'. '.join(said)}.",
    }
