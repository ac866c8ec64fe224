"""A check is kept beside the snapshots, and never hides what a new one would find."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import sightline.quality.snapshot_check
from quality.drawn import rule_of
from quality.returns import CENSUS
from sightline.intake.load import load
from sightline.quality import kept_check
from sightline.quality.check import CheckReport, Outcome
from sightline.quality.kept_check import kept_path, whole_check
from sightline.quality.rule import Rule, rules_of_return
from sightline.store.snapshots import Snapshot, Store

NO_ETHNICITY = CENSUS.replace("<Ethnicity>WBRI</Ethnicity>\n", "")


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    path = tmp_path / "census.xml"
    path.write_text(NO_ETHNICITY, "utf-8")
    load([path], Store(tmp_path / "store"))
    return Store(tmp_path / "store").current()


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A word for each time the rules are run."""
    told: list[str] = []
    run = kept_check.check_snapshot

    def counted(*args: object, **options: object) -> CheckReport:
        told.append("run")
        return run(*args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(kept_check, "check_snapshot", counted)
    return told


def with_rule(monkeypatch: pytest.MonkeyPatch, rule: Rule) -> None:
    def more(file_format: str, year: int) -> tuple[Rule, ...]:
        return (rule, *rules_of_return(file_format, year))

    monkeypatch.setattr(sightline.quality.snapshot_check, "rules_of_return", more)


def test_a_second_check_gives_the_same_and_runs_no_rule(
    snapshot: Snapshot, runs: list[str]
) -> None:
    first = whole_check(snapshot)
    second = whole_check(snapshot)
    assert runs == ["run"]
    assert second.rules == first.rules
    assert second.found.equals(first.found)
    assert [each.code for each in second.findings] == ["4220"]


def test_other_rules_are_run(
    snapshot: Snapshot, runs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = whole_check(snapshot)
    added = replace(rule_of("4220"), code="NEW", message="Another.")
    with_rule(monkeypatch, added)
    after = whole_check(snapshot)
    assert runs == ["run", "run"]
    assert {rule.code for rule in after.rules} - {rule.code for rule in before.rules} == {"NEW"}
    assert sorted(each.code for each in after.findings) == ["4220", "NEW"]
    monkeypatch.undo()
    assert whole_check(snapshot).rules == before.rules


@pytest.mark.parametrize("part", ["sql", "severity", "message", "points"])
def test_a_rule_changed_in_any_part_is_run(
    snapshot: Snapshot, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest = snapshot.manifest
    plain = kept_check.rules_hash(manifest)
    of = rule_of("4220")
    changed = replace(of, **{part: ("child.sex",) if part == "points" else getattr(of, part) + " "})
    assert kept_check.rules_hash(manifest) == plain

    def other(file_format: str, year: int) -> tuple[Rule, ...]:
        every = rules_of_return(file_format, year)
        return tuple(changed if rule.code == "4220" else rule for rule in every)

    monkeypatch.setattr(sightline.quality.snapshot_check, "rules_of_return", other)
    assert kept_check.rules_hash(manifest) != plain


def test_what_runs_the_rules_is_part_of_what_is_kept(
    snapshot: Snapshot, runs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole_check(snapshot)
    monkeypatch.setattr(kept_check, "software_hash", lambda _: "other code")
    whole_check(snapshot)
    assert runs == ["run", "run"]


def test_a_rule_that_fails_is_not_kept_and_fails_each_time(
    snapshot: Snapshot, runs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = whole_check(snapshot)
    broken = replace(rule_of("4220"), code="BROKEN", sql="SELECT no FROM nowhere")
    with_rule(monkeypatch, broken)
    for _ in range(2):
        report = whole_check(snapshot)
        outcomes = {rule.code: rule.outcome for rule in report.rules}
        assert outcomes["BROKEN"] is Outcome.FAILED
        assert outcomes["4220"] is Outcome.FINDINGS
        assert [each.code for each in report.findings] == ["4220"]
    assert runs == ["run"] * 3
    monkeypatch.undo()
    assert whole_check(snapshot).found.equals(kept.found), "the good one is still kept"


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


@pytest.mark.parametrize(
    "harm",
    [
        Path.unlink,
        _cut,
        lambda path: path.write_bytes(b""),
        lambda path: path.write_text("not parquet"),
    ],
    ids=["deleted", "cut", "empty", "text"],
)
def test_a_file_that_is_gone_or_damaged_is_passed_over(
    snapshot: Snapshot, runs: list[str], harm: Callable[[Path], None]
) -> None:
    first = whole_check(snapshot)
    harm(kept_path(snapshot))
    again = whole_check(snapshot)
    assert runs == ["run", "run"]
    assert again.rules == first.rules
    assert again.found.equals(first.found)
    whole_check(snapshot)
    assert runs == ["run", "run"], "it is kept anew"


def test_a_byte_that_changed_on_the_disk_changes_no_finding(snapshot: Snapshot) -> None:
    whole = whole_check(snapshot)
    path = kept_path(snapshot)
    rules = kept_check.rules_hash(snapshot.manifest)
    content = path.read_bytes()
    passed_over = 0
    for place in range(0, len(content), 97):
        changed = bytearray(content)
        changed[place] ^= 0x55
        path.write_bytes(bytes(changed))
        read = kept_check._read(path, rules)
        passed_over += read is None
        assert read is None or (read.rules == whole.rules and read.found.equals(whole.found))
    assert passed_over > len(content) / 97 / 2


def test_nothing_half_written_is_left_and_the_store_is_a_store_still(snapshot: Snapshot) -> None:
    whole_check(snapshot)
    folder = kept_path(snapshot).parent
    assert [path.name for path in folder.iterdir()] == [f"{snapshot.id}.parquet"]
    assert Store(folder.parent).current().id == snapshot.id


def test_a_store_that_cannot_be_written_is_checked_all_the_same(
    snapshot: Snapshot, runs: list[str]
) -> None:
    kept_path(snapshot).parent.write_text("a file where the folder should be")
    assert [each.code for each in whole_check(snapshot).findings] == ["4220"]
    assert [each.code for each in whole_check(snapshot).findings] == ["4220"]
    assert runs == ["run", "run"]
