"""`sightline check`: what is wrong in the records, by rule and by place."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from sightline.cli.asking import store_option
from sightline.cli.output import (
    Progress,
    format_option,
    print_csv,
    print_json,
    print_table,
    quiet_option,
)
from sightline.quality.check import CheckReport, Outcome, PlacedFinding, RuleResult
from sightline.quality.snapshot_check import check_snapshot
from sightline.store.snapshots import Store

MOST_OF_EACH = 3


@click.command(
    epilog="""\b
Examples:
  sightline check --store STORE                  the rules, and the first findings of each
  sightline check --store STORE --rule 2885      every finding of one rule
  sightline check --store STORE --format csv     a row for each finding, for a spreadsheet
  sightline check --store STORE --json

A rule is clean, has findings, could not run (a file it needs is not loaded), or failed (a fault of
Sightline). The exit code is 1 if any rule failed, and 0 otherwise.
"""
)
@store_option
@click.option("--rule", "codes", multiple=True, help="Only this rule; may be given several times.")
@format_option
@quiet_option
def command(store: Path, codes: tuple[str, ...], layout: str, as_json: bool, quiet: bool) -> None:
    """Check the records: every rule with its outcome, and every finding with its place."""
    progress = Progress(quiet=quiet)
    snapshot = Store(store).current()
    with snapshot.connect() as connection:
        report = check_snapshot(snapshot, connection, progress=progress)
    progress.done()
    shown = report.of(codes) if codes else report
    if unknown := set(codes) - {rule.code for rule in report.rules}:
        raise click.BadParameter(
            f"there is no rule {', '.join(sorted(unknown))}.", param_hint="--rule"
        )
    if as_json or layout == "json":
        print_json(
            {
                "rules": [_rule_json(rule) for rule in shown.rules],
                "findings": [_finding_json(finding) for finding in shown.findings],
            }
        )
    elif layout == "csv":
        _print_csv(shown)
    else:
        _print(report, shown, one=bool(codes), quiet=quiet)
    if report.any_failed:
        sys.exit(1)


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


def _finding_json(finding: PlacedFinding) -> dict[str, object]:
    return {
        "code": finding.code,
        "file": finding.file,
        "place": finding.place,
        "column": finding.column,
        "value": finding.value,
        "message": finding.message,
        "format": finding.format,
        "field": finding.field,
        "child": finding.child_id,
    }


def _print_csv(shown: CheckReport) -> None:
    known = {rule.code: rule for rule in shown.rules}
    print_csv(
        ["code", "severity", "rule", "file", "place", "column", "value", "message", "child"],
        [
            (
                each.code,
                known[each.code].severity,
                known[each.code].title,
                each.file,
                each.place,
                each.column,
                each.value,
                each.message,
                each.child_id,
            )
            for each in shown.findings
        ],
    )


def _print(report: CheckReport, shown: CheckReport, *, one: bool, quiet: bool) -> None:
    rules = shown.rules
    found = [rule for rule in rules if rule.outcome is Outcome.FINDINGS]
    order = sorted(found, key=lambda rule: (rule.severity != "error", -rule.findings, rule.code))
    if order:
        print_table(
            ["Code", "Rule", "Kind", "Findings"],
            [(rule.code, rule.title, rule.severity, f"{rule.findings:,}") for rule in order],
            title="Rules with findings",
            numbers=["Findings"],
        )
    _print_reasons("Rules that could not run", rules, Outcome.COULD_NOT_RUN, quiet=quiet)
    _print_reasons("Rules that failed: please report them", rules, Outcome.FAILED, quiet=False)
    findings = [
        finding
        for rule in order
        for finding in shown.of([rule.code]).listed(None if one else MOST_OF_EACH)
    ]
    every = shown.found.num_rows
    if findings:
        print_table(
            ["Code", "File", "Place", "Column", "Value", "What is wrong"],
            [(f.code, f.file, f.place, f.column, f.value, f.message) for f in findings],
            title="Findings" if len(findings) == every else "The first findings of each",
        )
    counts = dict.fromkeys(Outcome, 0) | {
        outcome: sum(rule.outcome is outcome for rule in report.rules) for outcome in Outcome
    }
    click.echo(
        f"{len(report.rules)} rules: {counts[Outcome.CLEAN]} clean, {counts[Outcome.FINDINGS]} with "
        f"findings ({report.found.num_rows:,} in all), {counts[Outcome.COULD_NOT_RUN]} could not run, "
        f"{counts[Outcome.FAILED]} failed."
    )
    if len(findings) < every and not quiet:
        click.echo("All of them: add `--format csv`; those of one rule: add `--rule CODE`.")


def _print_reasons(
    title: str, rules: Sequence[RuleResult], outcome: Outcome, *, quiet: bool
) -> None:
    chosen = [rule for rule in rules if rule.outcome is outcome]
    if chosen and not quiet:
        print_table(
            ["Code", "Rule", "Why"], [(r.code, r.title, r.reason) for r in chosen], title=title
        )
