"""Backup, wipe, restore: the audit verifies, the figures are equal byte for byte, and damage is refused."""

import gzip
import io
import json
import shutil
import stat
import tarfile
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.small_census import CENSUS_2016
from service.config.deployed import SERVER, in_service, run, verified
from sightline.service.config.backups.archive import BackupError
from sightline.service.config.backups.restore import restore
from thorough import of_today

PEOPLE = "from sightline.service.accounts.models import Person\n"


@pytest.fixture
def in_use(deployment: Path) -> Path:
    """A deployment with people, a snapshot, an upload and a caution in its store."""
    census = deployment.parent / "cin-2016.xml"
    census.write_text(CENSUS_2016, "utf-8")
    run("load", census, "--store", deployment / "store", "--authority", "885", "--quiet")
    in_service(
        deployment,
        PEOPLE + "from sightline.service.accounts.models import Agency\n"
        "Agency.objects.bulk_create(Agency(name=f'Agency {n} ☂ \\\\ \\t', kind='other') for n in range(50))\n"
        "Agency.objects.filter(name__startswith='Agency 1').delete()\n"
        "Person.objects.create_person('ada@example.org', 'Ada Okafor', 'a long enough one')",
    )
    (deployment / "uploads" / "load-1").mkdir()
    (deployment / "uploads" / "load-1" / "file.csv").write_text("a,b\n", "utf-8")
    return deployment


def _figures(folder: Path) -> str:
    return run("figures", "--store", folder / "store", "--json", "--quiet").stdout


def _everything(folder: Path) -> str:
    return in_service(
        folder,
        "from django.apps import apps\nimport json\n"
        "rows = {m._meta.db_table: sorted(map(repr, m.objects.values_list())) for m in apps.get_models()\n"
        "  if m._meta.db_table not in ('audit_auditentry',) and hasattr(m, 'objects')}\n"
        "print(json.dumps(rows, sort_keys=True))",
    )


@pytest.mark.databases_by_turns
def test_backup_wipe_restore(in_use: Path, database: Callable[[], str], tmp_path: Path) -> None:
    before = _everything(in_use)
    figures = _figures(in_use)
    backup = tmp_path / "backup.tar.gz"
    run("backup", "--folder", in_use, "-o", backup)
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    shutil.rmtree(in_use)

    again = tmp_path / "again"
    done = run("restore", backup, "--folder", again, database=database())
    assert "the figures are equal" in done.stdout
    assert _figures(again) == figures
    assert json.loads(_everything(again)) == json.loads(before)
    assert (again / "uploads" / "load-1" / "file.csv").read_text() == "a,b\n"
    with tarfile.open(backup) as tar:
        manifest = json.load(tar.extractfile("manifest.json"))
    found = verified(again)
    assert found["entries"] > manifest["entries"]  # the restore itself is on record
    run("audit", "verify", "--folder", again, "--expect", manifest["head"])
    # It goes on: new rows get new numbers, and are audited.
    in_service(
        again,
        PEOPLE + "Person.objects.create_person('ben@example.org', 'Ben', 'a long enough one')",
    )
    verified(again)
    assert run("manage", "--folder", again, "check", "--database", "default").returncode == 0


@pytest.mark.one_database
def test_secrets_stay_out_unless_asked_for(in_use: Path, tmp_path: Path) -> None:
    said = tomllib.loads((in_use / "service.toml").read_text())
    for words, there in (((), False), (("--with-secrets",), True)):
        backup = tmp_path / f"{there}.tar.gz"
        run("backup", "--folder", in_use, "-o", backup, "--quiet", *words)
        assert (said["secret_key"].encode() in gzip.decompress(backup.read_bytes())) is there


@pytest.mark.one_database
def test_what_would_overwrite_is_refused(
    in_use: Path, database: Callable[[], str], tmp_path: Path
) -> None:
    backup = tmp_path / "backup.tar.gz"
    run("backup", "--folder", in_use, "-o", backup)
    content = backup.read_bytes()
    assert "such a file already" in run("backup", "--folder", in_use, "-o", backup, code=2).stderr
    assert backup.read_bytes() == content
    done = run("restore", backup, "--folder", in_use, database=database(), code=2)
    assert "is not empty" in done.stderr
    assert verified(in_use)
    if SERVER:
        address = tomllib.loads((in_use / "service.toml").read_text())["database"]
        done = run("restore", backup, "--folder", tmp_path / "new", database=address, code=2)
        assert "database is not empty" in done.stderr
        assert (
            "give the address"
            in run("restore", backup, "--folder", tmp_path / "new", code=2).stderr
        )
        assert not (tmp_path / "new").exists()


def _changed(backup: Path, name: str, content: bytes | None) -> Path:
    """The same backup with one file changed, or left out."""
    target = backup.with_name("changed.tar.gz")
    with tarfile.open(backup) as old, tarfile.open(target, "w:gz") as new:
        for entry in old:
            held = old.extractfile(entry)
            assert held is not None
            data = held.read()
            if entry.name == name:
                if content is None:
                    continue
                data = content
                entry.size = len(data)
            new.addfile(entry, io.BytesIO(data))
    return target


@pytest.mark.one_database
def test_a_damaged_backup_is_refused_and_leaves_nothing(
    in_use: Path, database: Callable[[], str], tmp_path: Path
) -> None:
    backup = tmp_path / "backup.tar.gz"
    run("backup", "--folder", in_use, "-o", backup)
    with tarfile.open(backup) as tar:
        manifest = json.load(tar.extractfile("manifest.json"))
    target = tmp_path / "new"
    log = "store/log.jsonl"
    address = database()

    def in_manifest(**changes: object) -> tuple[str, bytes]:
        return "manifest.json", json.dumps({**manifest, **changes}).encode()

    # Found out before anything is made of it.
    for (name, content), said in (
        ((log, b"{}"), f"{log} is damaged"),
        ((log, None), f"lacks {log}"),
        (("manifest.json", None), "is no backup"),
        (in_manifest(files={}), "does not name"),
        (in_manifest(files={**manifest["files"], "../outside": "0" * 64}), "lacks ../outside"),
        (in_manifest(format=9), "of a format"),
    ):
        with pytest.raises(BackupError, match=said):
            restore(_changed(backup, name, content), target, database=address)
        assert not target.exists()
    # Found out when it is compared, which takes long.
    compared = (
        (in_manifest(head="f" * 64), "no longer there"),
        (in_manifest(figures="f" * 64), "are not those"),
        (in_manifest(migrations=["x.y"]), "another version"),
    )
    for (name, content), said in of_today(compared, days=3):
        damaged = _changed(backup, name, content)
        done = run("restore", damaged, "--folder", target, database=database(), code=2)
        assert said in done.stderr, done.stderr
        assert not target.exists()
    short = tmp_path / "short.tar.gz"
    short.write_bytes(backup.read_bytes()[:-2000])
    done = run("restore", short, "--folder", target, database=database(), code=2)
    assert "damaged or unfinished" in done.stderr
    assert not target.exists()


@pytest.mark.databases_by_turns
def test_a_backup_taken_while_others_write_is_of_one_moment(
    in_use: Path, database: Callable[[], str], tmp_path: Path
) -> None:
    done = in_service(
        in_use,
        "import threading, time\nfrom django.db import connection\n"
        "from sightline.service.accounts.models import Agency\n"
        "from sightline.service.config.backups.take import take\n"
        "from sightline.service.config.environment import read_environment\n"
        "stop = threading.Event()\n"
        "def write():\n"
        "    n = 0\n"
        "    while not stop.is_set():\n"
        "        Agency.objects.create(name=f'Meanwhile {n}', kind='other'); n += 1\n"
        "    connection.close()\n"
        "thread = threading.Thread(target=write); thread.start(); time.sleep(0.5)\n"
        f"take(read_environment(), Path({str(tmp_path / 'busy.tar.gz')!r}))\n"
        "stop.set(); thread.join()\n"
        "print(Agency.objects.filter(name__startswith='Meanwhile').count())",
    )
    assert int(done) > 0
    run("restore", tmp_path / "busy.tar.gz", "--folder", tmp_path / "again", database=database())
    verified(tmp_path / "again")
