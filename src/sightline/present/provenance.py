"""What a report was made from: the files, whether its children are invented, what the checks found."""

from collections import defaultdict
from pathlib import Path

from sightline.indicators.measured import Measured
from sightline.present import words
from sightline.present.report import InputView, QualityView
from sightline.quality.check import CheckReport, Outcome, RuleResult
from sightline.records.availability import FORMAT_NAMES

INVENTED = "invented"
"""Word that an invented authority's files begin their names with, or name their maker by."""


def quality_view(check: CheckReport, *, published: bool) -> QualityView:
    """Sum up the checks. For publication, no count of 1 to 5 and no total to work one out from."""
    by_outcome: dict[Outcome, list[RuleResult]] = defaultdict(list)
    for rule in check.rules:
        by_outcome[rule.outcome].append(rule)
    found = sorted(
        by_outcome[Outcome.FINDINGS], key=lambda rule: (rule.severity, -rule.findings, rule.code)
    )
    if published:
        found.sort(key=lambda rule: rule.code)
    clean = len(by_outcome[Outcome.CLEAN])
    findings = sum(rule.findings for rule in found)
    total = "" if published else f", {findings:,} findings in all"
    sentence = (
        f"Of {len(check.rules)} rules, {len(found)} found something{total}; {clean} found nothing; "
        f"{len(by_outcome[Outcome.COULD_NOT_RUN])} could not run for want of a file; "
        f"{len(by_outcome[Outcome.FAILED])} failed."
    )
    return QualityView(
        sentence,
        tuple(found),
        tuple(by_outcome[Outcome.FAILED]),
        tuple(by_outcome[Outcome.COULD_NOT_RUN]),
        clean,
    )


def inputs(measured: Measured) -> tuple[InputView, ...]:
    """Give the files that the figures rest on."""
    manifest = measured.snapshot.manifest
    covers = {
        key: words.period(each.period_start, each.period_end)
        for each in manifest.returns
        for key in each.files
    }
    return tuple(
        InputView(
            each.path,
            _format_name(each.format),
            covers.get(each.key, f"to {words.day(each.period)}"),
            each.rows_read,
            each.rows_kept,
            each.sha256,
        )
        for each in manifest.inputs
    )


def _format_name(name: str) -> str:
    return words.capitalised(FORMAT_NAMES.get(name, name).removeprefix("the "))


def notice(measured: Measured) -> str:
    """Say that the children are invented, where the files' names or the files themselves say so."""
    manifest = measured.snapshot.manifest
    keys = {
        key
        for each in manifest.returns
        if any(INVENTED in fact.lower() for fact in each.facts)
        for key in each.files
    }
    invented = [
        each
        for each in manifest.inputs
        if each.key in keys or Path(each.path).name.lower().startswith(INVENTED)
    ]
    if not invented:
        return ""
    if len(invented) == len(manifest.inputs):
        return "The children in this report are invented. None of them is real."
    return f"{len(invented)} of the {len(manifest.inputs)} files this was made from hold invented children."
