"""`sightline check`: what is wrong in the records, by rule and by place, and whose it is to mend."""

import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import click
import pyarrow as pa
import pyarrow.compute as pc

from sightline.cli.asking import store_option
from sightline.cli.output import (
    Progress,
    format_option,
    print_csv,
    print_json,
    print_table,
    quiet_option,
    while_read,
)
from sightline.export.tables import csv_text
from sightline.quality.check import CheckReport, Outcome, RuleResult
from sightline.quality.kept_check import whole_check
from sightline.quality.listing import (
    LISTED,
    By,
    GroupCount,
    counts,
    first_of_each,
    list_findings,
    only,
    recounted,
)
from sightline.quality.notes import Held
from sightline.quality.trend import Became, compare
from sightline.quality.whose import names_in
from sightline.store.notes import read_notes, standing
from sightline.store.snapshots import Snapshot, Store, StoreError

MOST_OF_EACH = 3
FOUND = 3
"""Exit code where `--fail-on` was asked for and there is such a finding."""
_ENDINGS = (".csv", ".xlsx")
_ALWAYS = (Became.NEW, Became.STILL, Became.MENDED)
_JSON = {
    "format": "format",
    "field": "field",
    "child": "child_id",
    "return": "return_end",
    "record": "record",
    "severity": "severity",
    "team": "team",
    "worker": "worker",
    "finding": "id",
    "trend": "trend",
    "note": "note",
    "note_holds": "note_holds",
}
"""What a finding has in JSON after its place and message, and the column of `LISTED` it is."""


@dataclass(frozen=True)
class Shown:
    """What was asked for: the rules, their findings, and those of before that are gone."""

    rules: Sequence[RuleResult]
    listed: pa.Table
    snapshot: str
    since: str = ""
    gone: pa.Table = field(default_factory=LISTED.empty_table)

    @property
    def noted(self) -> pa.Table:
        """The queries with a note that holds."""
        return self.listed.filter(pc.equal(self.listed["note_holds"], str(Held.NOTED)))

    @property
    def open(self) -> pa.Table:
        """The findings without a note that holds."""
        return self.listed.filter(pc.not_equal(self.listed["note_holds"], str(Held.NOTED)))

    @property
    def lapsed(self) -> pa.Table:
        """The queries with a note that no longer holds."""
        return self.listed.filter(pc.equal(self.listed["note_holds"], str(Held.LAPSED)))


@click.command(
    epilog="""\b
Examples:
  sightline check --store STORE                  the rules, and the first findings of each
  sightline check --store STORE --rule 2885      every finding of one rule
  sightline check --store STORE --by team        whose they are to mend
  sightline check --store STORE --trend          what is new, still there and mended since the last load
  sightline check --store STORE --team North -o north.xlsx
  sightline check --store STORE --format csv     a row for each finding, for a spreadsheet
  sightline check --store STORE --fail-on error --quiet

A rule is clean, has findings, could not run (a file it needs is not loaded), or failed (a fault of
Sightline). `sightline notes` says of a query that it was checked and is right.

\b
Exit codes:
  0   checked; findings alone do not change it
  1   a rule failed, so that what it looks for is not known
  2   the store or the command cannot be read
  3   with --fail-on error: there is an error
      with --fail-on query: there is an error, or a query without a note that holds
Where a rule failed, the code is 1 whatever else was found. `--rule`, `--severity`, `--team` and
`--worker` choose the findings that `--fail-on` looks at. A rule that could not run fails nothing.
"""
)
@store_option
@click.option("--rule", "codes", multiple=True, help="Only this rule; may be given several times.")
@click.option(
    "--severity", type=click.Choice(["error", "query"]), help="Only findings of this kind."
)
@click.option("--team", help="Only findings that are this team's to mend; `Not known` is one.")
@click.option("--worker", help="Only findings that are this worker's to mend.")
@click.option("--by", type=click.Choice([str(each) for each in By]), help="Count findings by this.")
@click.option(
    "--trend", is_flag=True, help="Compare with the snapshot before: new, still there, mended."
)
@click.option("--since", metavar="ID", help="Compare with this snapshot.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "query", "never"]),
    default="never",
    show_default=True,
    help="Exit with 3 where there is one of these.",
)
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    help="List to write, a row a finding: .csv or .xlsx; may be given several times.",
)
@format_option
@quiet_option
def command(
    store: Path,
    codes: tuple[str, ...],
    severity: str | None,
    team: str | None,
    worker: str | None,
    by: str | None,
    trend: bool,
    since: str | None,
    fail_on: str,
    outputs: tuple[Path, ...],
    layout: str,
    as_json: bool,
    quiet: bool,
) -> None:
    """Check the records: every rule with its outcome, and every finding with its place."""
    _check_outputs(outputs)
    progress = Progress(quiet=quiet)
    opened = Store(store)
    snapshot = opened.current()
    report = whole_check(snapshot, progress=progress)
    layout = "json" if as_json else layout
    wanted: dict[str, Sequence[str]] = {
        "code": _coded(report, codes),
        "severity": [severity] if severity else [],
        "team": _named(snapshot, "team", team),
        "worker": _named(snapshot, "worker", worker),
    }
    asked = trend or since is not None
    earlier = (
        _earlier(opened, snapshot, since, asked, progress)
        if (asked or outputs or (layout == "csv" and not by))
        else None
    )
    shown = _shown(opened, snapshot, report, earlier, wanted, progress)
    for path in outputs:
        progress(f"Writing {path}")
        _write(shown, path, _sentence(wanted), with_gone=asked)
    progress.done()
    with while_read():
        if layout == "json":
            _print_json(shown, By(by) if by else None)
        elif layout == "csv":
            _print_csv(shown, By(by) if by else None, with_gone=asked)
        elif outputs:
            if not quiet:
                for path in outputs:
                    click.echo(f"Wrote {path}")
                _print_total(report, shown)
        elif by:
            _print_counts(shown, By(by))
            _print_total(report, shown)
        else:
            _print(report, shown, every=bool(codes), asked=asked, quiet=quiet)
    if report.any_failed:
        if layout != "table" or outputs or by:
            click.echo(_failed_sentence(report), err=True)
        sys.exit(1)
    if _fails(shown, fail_on):
        sys.exit(FOUND)


def _check_outputs(outputs: Sequence[Path]) -> None:
    for path in outputs:
        if path.suffix.lower() not in _ENDINGS:
            raise click.BadParameter(
                f"{path} ends in none of {', '.join(_ENDINGS)}.", param_hint="--output"
            )
        if not path.parent.is_dir():
            raise click.BadParameter(f"there is no folder {path.parent}.", param_hint="--output")


def _coded(report: CheckReport, codes: Sequence[str]) -> list[str]:
    """The rules of these codes, in capitals or not; refused if there is none such."""
    known = {rule.code.casefold(): rule.code for rule in report.rules}
    if unknown := sorted({each for each in codes if each.strip().casefold() not in known}):
        raise click.BadParameter(f"there is no rule {', '.join(unknown)}.", param_hint="--rule")
    return [known[each.strip().casefold()] for each in codes]


def _named(snapshot: Snapshot, column: str, name: str | None) -> list[str]:
    """The team or worker of this name, in capitals or not; refused if the records name none such.

    A name that is spelt wrong has no findings, and would look clean.
    """
    if name is None:
        return []
    known = names_in(snapshot, column)
    found = [each for each in known if each.casefold() == name.strip().casefold()]
    if not found:
        shown = ", ".join(known[:20]) + (", ..." if len(known) > 20 else "")
        raise click.BadParameter(
            f"the records name no {column} {name}. They name: {shown}.", param_hint=f"--{column}"
        )
    return found


def _earlier(
    store: Store, snapshot: Snapshot, since: str | None, asked: bool, progress: Progress
) -> Snapshot | None:
    """The snapshot to compare with; a list goes without where there is none to be read."""
    name = since or snapshot.manifest.parent
    if not name:
        if asked:
            raise click.UsageError(
                f"{snapshot.id} is the first snapshot; name another to compare with: --since ID."
            )
        return None
    try:
        return store.open(name)
    except StoreError as error:
        if asked:
            raise
        progress.note(f"{error} The list has no trend.")
        return None


def _shown(
    store: Store,
    snapshot: Snapshot,
    report: CheckReport,
    earlier: Snapshot | None,
    wanted: dict[str, Sequence[str]],
    progress: Progress,
) -> Shown:
    notes, unread = read_notes(store)
    if unread:
        progress.note(
            f"{unread} line{'' if unread == 1 else 's'} of the file of notes cannot be read, and "
            "count for nothing."
        )
    found, gone = report.found, LISTED.empty_table()
    if earlier is not None:
        before = whole_check(earlier, progress=progress)
        trend = compare(earlier, before, snapshot, report)
        found = trend.now
        gone = only(list_findings(earlier, before, trend.gone, {}), wanted)
    listed = only(list_findings(snapshot, report, found, standing(notes)), wanted)
    rules = [
        rule
        for rule in report.rules
        if (not wanted["code"] or rule.code in wanted["code"])
        and (not wanted["severity"] or rule.severity in wanted["severity"])
    ]
    return Shown(recounted(rules, listed), listed, snapshot.id, earlier.id if earlier else "", gone)


def _fails(shown: Shown, fail_on: str) -> bool:
    if fail_on == "never":
        return False
    left = shown.open
    return bool(
        left.num_rows if fail_on == "query" else pc.any(pc.equal(left["severity"], "error")).as_py()
    )


def _failed_sentence(report: CheckReport) -> str:
    failed = [rule.code for rule in report.rules if rule.outcome is Outcome.FAILED]
    return (
        f"{_many(len(failed), 'rule')} failed, so what they look for is not known: "
        f"{', '.join(failed)}. Please report it."
    )


def _sentence(wanted: dict[str, Sequence[str]]) -> str:
    """Say which findings were asked for; nothing if all."""
    words = {"code": "rule", "severity": "kind", "team": "team", "worker": "worker"}
    parts = [f"{words[name]} {' or '.join(values)}" for name, values in wanted.items() if values]
    return f"Only {', '.join(parts)}." if parts else ""


def _with_gone(shown: Shown, with_gone: bool) -> pa.Table:
    return pa.concat_tables([shown.listed, shown.gone]) if with_gone else shown.listed


def _write(shown: Shown, path: Path, chosen: str, *, with_gone: bool) -> None:
    from sightline.present import check_list, sheets  # noqa: PLC0415 - slow to import
    from sightline.present.files import write_whole  # noqa: PLC0415

    if path.suffix.lower() == ".csv":
        rows = check_list.rows_of(_with_gone(shown, with_gone))
        text = csv_text(list(check_list.LIST), rows)
        write_whole(path, text.encode())
        return
    if max(shown.listed.num_rows, shown.gone.num_rows) > sheets.MOST_ROWS:
        raise click.UsageError(
            f"A sheet of a workbook cannot hold {shown.listed.num_rows:,} findings: choose some by "
            "rule, severity or team, or write a .csv."
        )
    made = datetime.now().astimezone().date()
    check_list.write(
        check_list.CheckList(
            shown.snapshot, shown.since, made, shown.rules, shown.listed, shown.gone, chosen
        ),
        path,
    )


# -- JSON and CSV ---------------------------------------------------------------------------


def _print_json(shown: Shown, by: By | None) -> None:
    said: dict[str, object] = {
        "snapshot": shown.snapshot,
        "since": shown.since or None,
        "rules": [_rule_json(rule) for rule in shown.rules],
        "findings": _findings_json(shown.listed),
    }
    if shown.since:
        said["gone"] = _findings_json(shown.gone)
    if by:
        said["summary"] = [
            {
                "by": str(by),
                "group": each.group,
                "errors": each.errors,
                "queries": each.queries,
                "noted": each.noted,
                "children": each.children,
                **({str(name): n for name, n in each.became.items()} if shown.since else {}),
            }
            for each in counts(shown.listed, by, shown.gone)
        ]
    print_json(said)


def _rule_json(rule: RuleResult) -> dict[str, object]:
    return {
        "code": rule.code,
        "format": ", ".join(rule.formats),
        "severity": rule.severity,
        "outcome": rule.outcome.value,
        "findings": rule.findings,
        "title": rule.title,
        "reason": rule.reason,
    }


def _findings_json(listed: pa.Table) -> list[dict[str, str]]:
    return [
        {
            "code": row["code"],
            "file": row["file"],
            "place": row["place"],
            "column": row["field"].split(".")[-1],
            "value": row["value"],
            "message": row["message"],
            **{name: row[column] for name, column in _JSON.items()},
        }
        for row in listed.to_pylist()
    ]


def _print_csv(shown: Shown, by: By | None, *, with_gone: bool) -> None:
    if by:
        heads, rows = _counted(shown, by)
        print_csv([head.lower().replace(" ", "_") for head in heads], rows)
        return
    from sightline.present.check_list import LIST, rows_of  # noqa: PLC0415 - slow to import

    print_csv(list(LIST), rows_of(_with_gone(shown, with_gone)))


# -- for people -----------------------------------------------------------------------------


def _print(report: CheckReport, shown: Shown, *, every: bool, asked: bool, quiet: bool) -> None:
    most = None if every else MOST_OF_EACH
    if shown.listed.num_rows or shown.gone.num_rows:
        _print_counts(shown, By.RULE)
    _print_reasons(
        "Rules that could not run", shown.rules, Outcome.COULD_NOT_RUN, quiet=quiet or asked
    )
    _print_reasons(
        "Rules that failed: please report them", shown.rules, Outcome.FAILED, quiet=False
    )
    left = _print_moves(shown, most) if asked else _print_findings(shown.open, most)
    _print_notes("Noted as right", shown.noted, most)
    _print_notes(
        "Notes that lapsed, as the values they rest on have changed: check again",
        shown.lapsed,
        most,
    )
    _print_total(report, shown)
    if left and not quiet:
        click.echo("All of them: add `--format csv`; those of one rule: add `--rule CODE`.")


def _print_counts(shown: Shown, by: By) -> None:
    heads, rows = _counted(shown, by)
    text = {"Code", "Rule", "Kind", by.capitalize()}
    title = "Rules with findings" if by is By.RULE else f"Findings by {by}"
    print_table(
        heads,
        [[f"{cell:,}" if isinstance(cell, int) else cell for cell in row] for row in rows],
        title=title + (f", compared with {shown.since}" if shown.since else ""),
        numbers=[head for head in heads if head not in text],
    )


def _counted(shown: Shown, by: By) -> tuple[list[str], list[list[str | int]]]:
    """The heads and rows of a count. Columns that would be empty are left out."""
    groups = counts(shown.listed, by, shown.gone)
    rules = {rule.code: rule for rule in shown.rules}
    became = [
        each
        for each in Became
        if shown.since and (each in _ALWAYS or any(group.became[each] for group in groups))
    ]
    noted = any(group.noted for group in groups)

    def words(group: GroupCount) -> list[str | int]:
        if by is not By.RULE:
            return [group.group]
        rule = rules.get(group.group)
        return [group.group, rule.title if rule else "", rule.severity if rule else ""]

    def numbers(group: GroupCount) -> list[str | int]:
        if by in (By.RULE, By.SEVERITY):
            return [group.findings]
        return [group.errors, group.queries + group.noted]

    heads = [
        *(["Code", "Rule", "Kind"] if by is By.RULE else [by.capitalize()]),
        *(["Findings"] if by in (By.RULE, By.SEVERITY) else ["Errors", "Queries"]),
        *(["Noted"] if noted else []),
        "Children",
        *(each.capitalize() for each in became),
    ]
    return heads, [
        [
            *words(group),
            *numbers(group),
            *([group.noted] if noted else []),
            group.children,
            *(group.became[each] for each in became),
        ]
        for group in groups
    ]


def _print_findings(listed: pa.Table, most: int | None) -> bool:
    """Print findings in the order in which rules are counted; whether some are left out."""
    codes = pa.array([group.group for group in counts(listed, By.RULE)], pa.string())
    order = pc.array_sort_indices(pc.index_in(listed["code"], codes).combine_chunks())
    chosen = first_of_each(listed.take(order), ["code"], most)
    columns = {"Finding": "id"} if most is None else {}
    columns |= {
        "Code": "code",
        "File": "file",
        "Place": "place",
        "Column": "field",
        "Value": "value",
        "What is wrong": "message",
        "Team": "team",
    }
    if chosen.num_rows:
        print_table(
            list(columns),
            _cells(chosen, list(columns.values())),
            title="Findings"
            if chosen.num_rows == listed.num_rows
            else "The first findings of each",
        )
    return bool(chosen.num_rows < listed.num_rows)


def _print_moves(shown: Shown, most: int | None) -> bool:
    """Print what is new and what is no longer found; whether some are left out."""
    new = shown.listed.filter(pc.not_equal(shown.listed["trend"], str(Became.STILL)))
    left = False
    for title, moved in (("New, first of each", new), ("No longer found", shown.gone)):
        chosen = first_of_each(moved, ["code", "trend"], most)
        if chosen.num_rows:
            print_table(
                ["Code", "Became", "File", "Place", "Column", "Value", "Child", "Team"],
                _cells(
                    chosen,
                    ["code", "trend", "file", "place", "field", "value", "child_id", "team"],
                ),
                title=title,
            )
        left = left or chosen.num_rows < moved.num_rows
    return left


def _print_notes(title: str, listed: pa.Table, most: int | None) -> None:
    chosen = first_of_each(listed, ["code"], most)
    if chosen.num_rows:
        print_table(
            ["Finding", "Code", "Place", "Child", "Value", "Note"],
            _cells(chosen, ["id", "code", "place", "child_id", "value", "note"]),
            title=title,
        )


def _cells(listed: pa.Table, names: Sequence[str]) -> list[list[str]]:
    return [
        [row[name].split(".")[-1] if name == "field" else row[name] for name in names]
        for row in listed.select(names).to_pylist()
    ]


def _print_total(report: CheckReport, shown: Shown) -> None:
    number = {each: sum(rule.outcome is each for rule in report.rules) for each in Outcome}
    noted = shown.noted.num_rows
    click.echo(
        f"{len(report.rules)} rules: {number[Outcome.CLEAN]} clean, {number[Outcome.FINDINGS]} with "
        f"findings ({report.found.num_rows:,} in all{f', {noted:,} noted as right' if noted else ''}"
        f"), {number[Outcome.COULD_NOT_RUN]} could not run, {number[Outcome.FAILED]} failed."
    )
    if shown.listed.num_rows < report.found.num_rows:
        click.echo(f"Of these, {_many(shown.listed.num_rows, 'finding')} asked for.")
    if shown.since:
        moved = [
            _SAID[each].format(count)
            for each in Became
            if (count := _became(shown, each)) or each in _ALWAYS
        ]
        click.echo(f"Since {shown.since}: {', '.join(moved)}.")


def _became(shown: Shown, what: Became) -> int:
    here = pa.concat_tables([shown.listed, shown.gone])["trend"]
    return int(pc.sum(pc.equal(here, str(what))).as_py() or 0)


_SAID = {
    Became.NEW: "{:,} new",
    Became.STILL: "{:,} still there",
    Became.NOT_KNOWN: "{:,} not known to be new (their rule failed then)",
    Became.MENDED: "{:,} mended",
    Became.RECORD_GONE: "{:,} gone with their record (see that it was meant to go)",
    Became.NOT_LOOKED_AT: "{:,} not looked at now (their return, part or rule is not there)",
}


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _print_reasons(
    title: str, rules: Collection[RuleResult], outcome: Outcome, *, quiet: bool
) -> None:
    chosen = [rule for rule in rules if rule.outcome is outcome]
    if chosen and not quiet:
        print_table(
            ["Code", "Rule", "Why"], [(r.code, r.title, r.reason) for r in chosen], title=title
        )
