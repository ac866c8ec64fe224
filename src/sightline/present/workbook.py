"""The report as a workbook: the same contents as data, one table a sheet, to sort, filter and take further.

Title in the first row, a line on what the sheet holds in the second, the table from the fourth: the
layout that guidance on accessible spreadsheets asks for. Text is always written as text, so that none
of it can run as a formula.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from sightline.indicators.counting import TOTAL
from sightline.indicators.figures import Figure
from sightline.present import words
from sightline.present.files import write_whole
from sightline.present.report import ComparisonCell, IndicatorPage, Report

Value = str | float | date | None
HEAD_ROW = 3
"""Row of the column headings, counted from 0."""
LONGEST = 32_000
"""Characters a cell can hold, less a few."""
_PLAIN, _ONE, _WHOLE, _DAY, _LONG = "text", "0.0", "#,##0", "d mmm yyyy", "wrapped"


@dataclass(frozen=True)
class Column:
    """A column: its heading, width in characters, and how its cells are shown."""

    head: str
    width: int = 12
    shown: str = _PLAIN


@dataclass(frozen=True)
class Sheet:
    """One sheet: a table with a title and a line on what it holds."""

    name: str
    title: str
    about: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]


def write(report: Report, path: Path) -> None:
    """Write the workbook; `OSError` if the file cannot be written."""
    write_whole(path, render(report))


def render(report: Report) -> bytes:
    """Give the workbook as the bytes of an xlsx file."""
    target = BytesIO()
    made = datetime(report.made.year, report.made.month, report.made.day)  # noqa: DTZ001 - a day
    book = xlsxwriter.Workbook(
        target,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties(
        {
            "title": f"{report.title}, {report.period}",
            "author": f"Sightline {report.software}",
            "comments": report.notice,
            "created": made,
        }
    )
    formats = _formats(book)
    sheets = sheets_of(report)
    _read_me(book.add_worksheet("Read me"), report, sheets, formats)
    for number, sheet in enumerate(sheets, start=1):
        _table(book.add_worksheet(sheet.name), sheet, number, formats)
    book.close()
    return target.getvalue()


def sheets_of(report: Report) -> tuple[Sheet, ...]:
    """Give every table of the workbook."""
    sheets = [
        _summary(report),
        _figures(report),
        _comparison(report),
        _quality(report),
        _not_computed(report),
        _definitions(report),
        _files(report),
    ]
    return tuple(sheets if report.published else [_not_seen(report), *sheets])


def _formats(book: xlsxwriter.Workbook) -> dict[str, Format]:
    top = {"valign": "top"}
    return {
        "title": book.add_format({"bold": True, "font_size": 16}),
        "head": book.add_format(
            {
                "bold": True,
                "text_wrap": True,
                "valign": "bottom",
                "bottom": 2,
                "border_color": "#0b0c0c",
            }
        ),
        "bold": book.add_format({**top, "bold": True}),
        "hidden": book.add_format({**top, "align": "right"}),
        _PLAIN: book.add_format(top),
        _LONG: book.add_format({**top, "text_wrap": True}),
        _ONE: book.add_format({**top, "num_format": "#,##0.0"}),
        _WHOLE: book.add_format({**top, "num_format": "#,##0"}),
        _DAY: book.add_format({**top, "num_format": _DAY, "align": "left"}),
    }


def _put(
    sheet: Worksheet, row: int, column: int, value: Value, shown: str, formats: dict[str, Format]
) -> None:
    if value is None:
        return
    if isinstance(value, str):
        number = shown in (_ONE, _WHOLE)
        sheet.write_string(row, column, value[:LONGEST], formats["hidden" if number else shown])
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, formats[_DAY])
    else:
        sheet.write_number(row, column, value, formats[shown])


def _table(sheet: Worksheet, of: Sheet, number: int, formats: dict[str, Format]) -> None:
    sheet.write_string(0, 0, of.title, formats["title"])
    sheet.write_string(1, 0, of.about, formats[_PLAIN])
    rows = of.rows or (("None", *[None] * (len(of.columns) - 1)),)
    last = HEAD_ROW + len(rows)
    sheet.add_table(
        HEAD_ROW,
        0,
        last,
        len(of.columns) - 1,
        {
            "name": f"table_{number}_{of.name.lower().replace(' ', '_')}",
            "style": None,
            "autofilter": True,
            "columns": [
                {"header": column.head, "header_format": formats["head"]} for column in of.columns
            ],
        },
    )
    for index, column in enumerate(of.columns):
        sheet.set_column(index, index, column.width)
    for place, row in enumerate(rows, start=HEAD_ROW + 1):
        for index, (column, value) in enumerate(zip(of.columns, row, strict=True)):
            _put(sheet, place, index, value, column.shown, formats)
    sheet.freeze_panes(HEAD_ROW + 1, 0)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD_ROW)


def _read_me(
    sheet: Worksheet, report: Report, sheets: Sequence[Sheet], formats: dict[str, Format]
) -> None:
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 100)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, report.title, formats["title"])
    sheet.write_string(1, 0, report.lede, formats[_PLAIN])
    kept = (
        "For publication. Small numbers are protected and no child is listed."
        if report.published
        else "Internal. It lists children by number: keep it as you keep case files."
    )
    lines: list[tuple[str, str]] = [
        *([("Notice", report.notice)] if report.notice else []),
        ("Keep", kept),
        ("Period", words.capitalised(report.period)),
        ("Snapshot", report.snapshot),
        ("Made", f"{words.day(report.made)}, by Sightline {report.software}"),
        ("c", "A number hidden so that no child can be made out."),
        ("Empty cell", "There is no such number: nothing to divide by, or not asked."),
        ("Percentages", "Are written as 47.0, not 0.47; the column Unit says what a value is."),
        ("Data quality", "; ".join(f"{letter}: {said}" for letter, said in words.GRADES.items())),
        ("Licence", report.licence),
    ]
    for row, (head, text) in enumerate(lines, start=3):
        sheet.write_string(row, 0, head, formats["bold"])
        sheet.write_string(row, 1, text, formats[_LONG])
    row = len(lines) + 4
    sheet.write_string(row, 0, "Sheets", formats["bold"])
    for place, each in enumerate(sheets, start=row + 1):
        sheet.write_url(place, 0, f"internal:'{each.name}'!A1", string=each.name)
        sheet.write_string(place, 1, each.title, formats[_LONG])


def _hidden(value: float | None, figure: Figure) -> Value:
    """Give a number, or the symbol of one that is hidden."""
    return words.HIDDEN if value is None and figure.suppressed else value


def _numerator(figure: Figure) -> Value:
    has_none = "median" in figure.definition.measure
    return None if has_none else _hidden(figure.numerator, figure)


def _denominator(figure: Figure) -> Value:
    measure = figure.definition.measure
    has_one = figure.definition.is_share or figure.definition.is_profile
    if not (has_one or measure in ("median", "stock median", "mean")):
        return None
    return _hidden(figure.denominator, figure)


def _not_seen(report: Report) -> Sheet:
    rows: list[tuple[Value, ...]] = []
    for each in report.unseen:
        if each.total is None:
            rows.append((each.code, each.title, *[None] * 7, None, each.sentence))
        rows += [
            (
                each.code,
                each.title,
                child.child_id,
                child.days,
                child.last_seen,
                child.since,
                child.district,
                child.team,
                child.worker,
                each.on,
                each.caution,
            )
            for child in each.children
        ]
    return Sheet(
        "Not seen",
        "Children not seen within the standard",
        "Those waiting longest first. An empty last seen: never seen since the start.",
        (
            Column("Code", 8),
            Column("List", 44),
            Column("Child", 18),
            Column("Days", 8, _WHOLE),
            Column("Last seen", 13, _DAY),
            Column("Since", 13, _DAY),
            Column("District", 18),
            Column("Team", 26),
            Column("Worker", 16),
            Column("As at", 13, _DAY),
            Column("Note", 50),
        ),
        tuple(rows),
    )


def _value_of(cell: ComparisonCell | None) -> Value:
    if cell is None:
        return None
    return cell.value if cell.value is not None else cell.symbol or None


def _summary_row(page: IndicatorPage) -> tuple[Value, ...]:
    definition, now, beside = page.definition, page.current, page.comparison
    before = page.before.value if page.before else None
    moved = now.value - before if now.value is not None and before is not None else None
    return (
        definition.area,
        page.code,
        definition.part,
        page.name,
        page.when,
        _hidden(now.value, now),
        _numerator(now),
        _denominator(now),
        now.unit,
        now.rate,
        None if definition.is_profile else moved,
        page.change_from,
        page.target.value if page.target else None,
        page.rag.value if page.target else None,
        _value_of(beside.neighbours if beside else None),
        beside.neighbours.of if beside and beside.neighbours else None,
        _value_of(beside.region if beside else None),
        _value_of(beside.england if beside else None),
        beside.unit if beside else None,
        beside.year if beside else None,
        page.run.reading if page.run else None,
        page.grade.letter,
        page.grade.reason,
    )


def _summary(report: Report) -> Sheet:
    return Sheet(
        "Summary",
        f"Every indicator, {report.period}",
        "The headline figure of each indicator, beside its target and the published figures.",
        (
            Column("Area", 22),
            Column("Code", 8),
            Column("Part", 14),
            Column("Indicator", 46),
            Column("Period", 24),
            Column("Value", 10, _ONE),
            Column("Numerator", 12, _WHOLE),
            Column("Denominator", 13, _WHOLE),
            Column("Unit", 16),
            Column("Rate per 10,000", 10, _ONE),
            Column("Change", 10, _ONE),
            Column("Change from", 22),
            Column("Target", 9, _ONE),
            Column("Judgement", 13),
            Column("Neighbours' mean", 12, _ONE),
            Column("Neighbours with a value", 12, _WHOLE),
            Column("Region", 10, _ONE),
            Column("England", 10, _ONE),
            Column("Published unit", 14),
            Column("Published year", 22),
            Column("Reading", 60, _LONG),
            Column("Data quality", 9),
            Column("Reason", 50, _LONG),
        ),
        tuple(_summary_row(page) for page in report.pages),
    )


def _figures(report: Report) -> Sheet:
    return Sheet(
        "Figures",
        "Every figure: by year, by month or quarter, and by group",
        "A stock (plans open) is as at the last day of its period.",
        (
            Column("Code", 8),
            Column("Part", 14),
            Column("Version", 8, _WHOLE),
            Column("Indicator", 46),
            Column("From", 13, _DAY),
            Column("To", 13, _DAY),
            Column("By", 12),
            Column("Group", 26),
            Column("Numerator", 12, _WHOLE),
            Column("Denominator", 13, _WHOLE),
            Column("Value", 10, _ONE),
            Column("Unit", 16),
            Column("Rate per 10,000", 10, _ONE),
            Column("Not known", 10, _WHOLE),
            Column("Lower quartile", 10, _ONE),
            Column("Upper quartile", 10, _ONE),
            Column("Target", 9, _ONE),
            Column("Data quality", 9),
        ),
        tuple(
            (
                figure.indicator,
                figure.definition.part,
                figure.definition.version,
                figure.definition.title,
                figure.period_start,
                figure.period_end,
                "" if figure.by == TOTAL else figure.by,
                figure.group,
                _numerator(figure),
                _denominator(figure),
                _hidden(figure.value, figure),
                figure.unit,
                figure.rate,
                _hidden(figure.unknown, figure),
                figure.lower_quartile,
                figure.upper_quartile,
                figure.target.value if figure.target else None,
                figure.quality.letter,
            )
            for figure in report.figures
        ),
    )


def _comparison_rows(page: IndicatorPage) -> Iterable[tuple[Value, ...]]:
    view = page.comparison
    if view is None:
        return
    for row in view.rows:
        for head, cell in zip(view.columns, row.cells, strict=True):
            by_year = not page.definition.is_profile
            yield (
                page.code,
                page.definition.part,
                page.name,
                view.unit,
                row.name if by_year else head,
                f"year ending {head}" if by_year else view.year,
                None if by_year else row.name,
                _value_of(cell),
                cell.of,
                " ".join(view.notes),
            )


def _comparison(report: Report) -> Sheet:
    return Sheet(
        "Comparison",
        "Published figures beside the authority's own",
        "The neighbours' mean and median are of those with a value. c, k, u, x, z: as published.",
        (
            Column("Code", 8),
            Column("Part", 14),
            Column("Indicator", 46),
            Column("Unit", 14),
            Column("Area", 34),
            Column("Year", 24),
            Column("Category", 24),
            Column("Value", 10, _ONE),
            Column("Neighbours with a value", 12, _WHOLE),
            Column("Notes", 60),
        ),
        tuple(row for page in report.pages for row in _comparison_rows(page)),
    )


def _quality(report: Report) -> Sheet:
    quality = report.quality
    return Sheet(
        "Quality",
        "What the checks found",
        quality.sentence,
        (
            Column("Code", 24),
            Column("Rule", 60, _LONG),
            Column("Kind", 10),
            Column("Outcome", 14),
            Column("Findings", 10, _WHOLE),
            Column("Reason", 70, _LONG),
        ),
        tuple(
            (
                rule.code,
                rule.title,
                rule.severity,
                rule.outcome.value,
                words.HIDDEN
                if words.findings(rule.findings, published=report.published) == words.HIDDEN
                else float(rule.findings),
                rule.reason,
            )
            for rule in (*quality.failed, *quality.found, *quality.could_not_run)
        ),
    )


def _not_computed(report: Report) -> Sheet:
    return Sheet(
        "Not computed",
        "What could not be computed, and which file would be needed",
        "These are not 0: nothing is known of them.",
        (
            Column("Area", 26),
            Column("Code", 8),
            Column("Part", 16),
            Column("Indicator", 60),
            Column("What is needed", 90, _LONG),
        ),
        tuple(
            (
                each.definition.area,
                each.definition.code,
                each.definition.part,
                each.definition.title,
                each.reason,
            )
            for each in report.not_computed
        ),
    )


def _definitions(report: Report) -> Sheet:
    return Sheet(
        "Definitions",
        "How each indicator is counted",
        "The query gives the rows that are counted: the children behind the figure.",
        (
            Column("Code", 8),
            Column("Part", 14),
            Column("Version", 8, _WHOLE),
            Column("Indicator", 46),
            Column("Area", 24),
            Column("Measure", 14),
            Column("Unit", 16),
            Column("Better", 9),
            Column("In force from", 13, _DAY),
            Column("In force until", 13, _DAY),
            Column("Counts", 60, _LONG),
            Column("Note", 60, _LONG),
            Column("Source", 40, _LONG),
            Column("Needs", 40, _LONG),
            Column("Query", 80),
        ),
        tuple(
            (
                each.code,
                each.part,
                each.version,
                each.title,
                each.area,
                each.measure,
                each.unit,
                each.better,
                each.valid_from,
                each.valid_until,
                each.definition,
                each.note,
                each.source,
                ", ".join(each.fields),
                each.sql,
            )
            for each in (page.definition for page in report.pages)
        ),
    )


def _files(report: Report) -> Sheet:
    counts = (Column("Rows read", 11, _WHOLE), Column("Rows kept", 11, _WHOLE))
    return Sheet(
        "Files",
        "What this was made from",
        f"Snapshot {report.snapshot}.",
        (
            Column("File", 70),
            Column("Format", 30),
            Column("Covers", 34),
            *(() if report.published else counts),
            Column("SHA-256", 68),
        ),
        tuple(
            (
                each.path,
                each.format,
                each.covers,
                *(() if report.published else (each.rows_read, each.rows_kept)),
                each.sha256,
            )
            for each in report.inputs
        ),
    )
