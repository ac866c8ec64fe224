"""The commands of a deployment: `audit` on the command line, and that others start without Django."""

import csv
import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.config.deployed import SERVER, copied_deployment, in_service, run


@pytest.fixture
def folder(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with copied_deployment(tmp_path_factory, tmp_path / "deployment") as made:
        yield made


@pytest.mark.parametrize(
    "words", [["--help"], ["figures", "--help"], ["serve", "--help"], ["audit", "--help"]]
)
def test_no_command_imports_django_before_it_must(words: list[str]) -> None:
    program = (
        "import sys\nfrom sightline.cli import group\n"
        f"try:\n    group.main({words!r}, standalone_mode=False)\nexcept SystemExit:\n    pass\n"
        "assert 'django' not in sys.modules, 'django'"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(
    bool(SERVER), reason="of SQLite alone: the guard is taken away through its file"
)
def test_verify_finds_what_the_owner_of_the_database_changed(folder: Path) -> None:
    first = json.loads(run("audit", "verify", "--folder", folder, "--json").stdout)
    assert first["faults"] == []
    assert (
        "The chain holds"
        in run("audit", "verify", "--folder", folder, "--expect", first["head"]).stdout
    )
    assert (
        "is not a hash"
        in run("audit", "verify", "--folder", folder, "--expect", "abc", code=2).stderr
    )

    file = sqlite3.connect(folder / "sightline.sqlite3")
    (guard,) = file.execute(
        "SELECT sql FROM sqlite_master WHERE name = 'audit_of_entry_no_update'"
    ).fetchone()
    file.execute("DROP TRIGGER audit_of_entry_no_update")
    file.commit()
    refused = run("audit", "verify", "--folder", folder, code=2)
    assert "would not be audited: audit_auditentry" in refused.stderr
    file.execute("UPDATE audit_auditentry SET actor_name = 'Somebody else' WHERE number = 1")
    file.execute(guard)
    file.commit()
    file.close()
    found = run("audit", "verify", "--folder", folder, code=1)
    assert "Entry 1 was changed after it was written." in found.stdout
    assert "The chain does not hold" in found.stdout
    missing = run("audit", "verify", "--folder", folder, "--expect", "f" * 64, "--json", code=1)
    assert any("no longer there" in fault for fault in json.loads(missing.stdout)["faults"])


def test_export_writes_what_is_asked_for_and_is_on_record(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "audit.csv"
    run("audit", "export", "--folder", folder, "--subject", "accounts_person", "-o", target)
    with target.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["subject"] for row in rows} == {"accounts_person"}
    assert rows[0]["actor_name"] == "sightline setup"
    run(
        "audit", "export", "--folder", folder, "--from", "2020-01-01", "-o", tmp_path / "audit.xlsx"
    )
    said = in_service(
        folder,
        "from sightline.service.audit.models import AuditEntry\n"
        "made = AuditEntry.objects.filter(verb='export').order_by('number')\n"
        "print(list(made.values_list('subject_id', flat=True)))",
    )
    assert said == "['csv', 'xlsx']"
    for words, wrong in (
        (("-o", tmp_path / "audit.pdf"), "must end in"),
        (("-o", target, "--verb", "stole"), "is not known"),
    ):
        assert wrong in run("audit", "export", "--folder", folder, *words, code=2).stderr
