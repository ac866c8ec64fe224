"""The report as a workbook: the same contents as data, one table a sheet, to sort, filter and take further.

See `sheets` for how they are laid out.
"""

from collections.abc import Iterable
from pathlib import Path

from sightline.indicators.counting import TOTAL
from sightline.indicators.figures import Figure
from sightline.present import sheets, words
from sightline.present.files import write_whole
from sightline.present.report import ComparisonCell, IndicatorPage, Report
from sightline.present.sheets import DAY, LONG, ONE, WHOLE, Column, Facts, Sheet, Value


def write(report: Report, path: Path) -> None:
    """Write the workbook; `OSError` if the file cannot be written."""
    write_whole(path, render(report))


def render(report: Report) -> bytes:
    """Give the workbook as the bytes of an xlsx file."""
    return sheets.render(
        _facts(report),
        sheets_of(report),
        title=f"{report.title}, {report.period}",
        author=f"Sightline {report.software}",
        comments=report.notice,
        made=report.made,
    )


def sheets_of(report: Report) -> tuple[Sheet, ...]:
    """Give every table of the workbook."""
    tables = [
        _summary(report),
        _figures(report),
        _comparison(report),
        _quality(report),
        _not_computed(report),
        _definitions(report),
        *([_versions(report)] if any(page.other_versions for page in report.pages) else []),
        _files(report),
    ]
    return tuple(tables if report.published else [_not_seen(report), *tables])


def _facts(report: Report) -> Facts:
    kept = (
        "For publication. Small numbers are protected and no child is listed."
        if report.published
        else "Internal. It lists children by number: keep it as you keep case files."
    )
    lines: list[tuple[str, str]] = [
        *([("Notice", report.notice)] if report.notice else []),
        ("Keep", kept),
        *([("Within", words.capitalised(str(report.within)))] if report.within else []),
        ("Period", words.capitalised(report.period)),
        ("Snapshot", report.snapshot),
        ("Made", f"{words.day(report.made)}, by Sightline {report.software}"),
        ("c", "A number hidden so that no child can be made out."),
        ("Empty cell", "There is no such number: nothing to divide by, or not asked."),
        ("Percentages", "Are written as 47.0, not 0.47; the column Unit says what a value is."),
        ("Data quality", "; ".join(f"{letter}: {said}" for letter, said in words.GRADES.items())),
        ("Licence", report.licence),
    ]
    return Facts(report.title, report.lede, lines)


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
            Column("Days", 8, WHOLE),
            Column("Last seen", 13, DAY),
            Column("Since", 13, DAY),
            Column("District", 18),
            Column("Team", 26),
            Column("Worker", 16),
            Column("As at", 13, DAY),
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
        *((_hidden(page.whole.value, page.whole),) if page.whole else ()),
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
            Column("Value", 10, ONE),
            Column("Numerator", 12, WHOLE),
            Column("Denominator", 13, WHOLE),
            Column("Unit", 16),
            Column("Rate per 10,000", 10, ONE),
            Column("Change", 10, ONE),
            Column("Change from", 22),
            Column("Target", 9, ONE),
            Column("Judgement", 13),
            Column("Neighbours' mean", 12, ONE),
            Column("Neighbours with a value", 12, WHOLE),
            Column("Region", 10, ONE),
            Column("England", 10, ONE),
            Column("Published unit", 14),
            Column("Published year", 22),
            Column("Reading", 60, LONG),
            Column("Data quality", 9),
            Column("Reason", 50, LONG),
            *((Column("Whole authority", 12, ONE),) if report.within else ()),
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
            Column("Version", 8, WHOLE),
            Column("Indicator", 46),
            Column("From", 13, DAY),
            Column("To", 13, DAY),
            Column("By", 12),
            Column("Group", 26),
            Column("Numerator", 12, WHOLE),
            Column("Denominator", 13, WHOLE),
            Column("Value", 10, ONE),
            Column("Unit", 16),
            Column("Rate per 10,000", 10, ONE),
            Column("Not known", 10, WHOLE),
            Column("Lower quartile", 10, ONE),
            Column("Upper quartile", 10, ONE),
            Column("Target", 9, ONE),
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
            Column("Value", 10, ONE),
            Column("Neighbours with a value", 12, WHOLE),
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
            Column("Rule", 60, LONG),
            Column("Kind", 10),
            Column("Outcome", 14),
            Column("Findings", 10, WHOLE),
            Column("Reason", 70, LONG),
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
            Column("What is needed", 90, LONG),
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
            Column("Version", 8, WHOLE),
            Column("Indicator", 46),
            Column("Area", 24),
            Column("Measure", 14),
            Column("Unit", 16),
            Column("Better", 9),
            Column("In force from", 13, DAY),
            Column("In force until", 13, DAY),
            Column("Counts", 60, LONG),
            Column("Note", 60, LONG),
            Column("Source", 40, LONG),
            Column("Needs", 40, LONG),
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


def _versions(report: Report) -> Sheet:
    return Sheet(
        "Other versions",
        "The headline figure by other versions of a definition",
        "Old and new side by side, for the same period.",
        (
            Column("Code", 8),
            Column("Part", 14),
            Column("Version", 8, WHOLE),
            Column("Indicator", 46),
            Column("In force from", 13, DAY),
            Column("In force until", 13, DAY),
            Column("Value", 10, ONE),
            Column("Numerator", 12, WHOLE),
            Column("Denominator", 13, WHOLE),
            Column("What changed", 80, LONG),
        ),
        tuple(
            (
                other.code,
                other.part,
                other.version,
                other.title,
                other.valid_from,
                other.valid_until,
                *(
                    (_hidden(now.value, now), _numerator(now), _denominator(now))
                    if now
                    else (None, None, None)
                ),
                each.changed,
            )
            for page in report.pages
            for each in page.other_versions
            for other, now in ((each.definition, each.current),)
        ),
    )


def _files(report: Report) -> Sheet:
    counts = (Column("Rows read", 11, WHOLE), Column("Rows kept", 11, WHOLE))
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
