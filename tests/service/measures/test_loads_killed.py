"""A worker killed in the middle of a load: nothing lost, nothing half done, and it can be begun again.

Everything is real here: a database of its own, a worker in a process of its own, and SIGKILL.
"""

import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest

from service.measures.invented_loads import Files, invented_files
from sightline.store.snapshots import Store
from thorough import of_today

__all__ = ["invented_files"]

SERVER = os.environ.get("SIGHTLINE_TEST_DATABASE", "")
_PATIENCE = 240.0
_GIVE = """
import django, sys
django.setup()
from pathlib import Path
from sightline.service.accounts.models import Person
from sightline.service.measures.load_actions import receive_load
from sightline.service.measures.load_uploads import Given
from sightline.service.measures.models import Publication
from sightline.service.measures.reading import store
Publication.objects.create(snapshot=store().current().id)
person = Person.objects.create_person("a@example.org", "Invented analyst", "correct horse battery")
given = [Given(Path(each).name, [Path(each).read_bytes()]) for each in sys.argv[1:]]
receive_load(given, by=person, source="the browser")
"""
_TELL = """
import django
django.setup()
from sightline.service.measures.loaded_snapshots import fail_interrupted
from sightline.service.measures.models import Load
fail_interrupted()
load = Load.objects.get()
print(load.state, load.snapshot or "-", load.failure)
"""
_AGAIN = """
import django
django.setup()
from sightline.service.accounts.models import Person
from sightline.service.measures.load_actions import begin_again
from sightline.service.measures.models import Load
begin_again(Load.objects.get().pk, Person.objects.get())
"""
_WATCH = """
import django, sys, time
django.setup()
from sightline.service.measures.models import Load
while True:
    load = Load.objects.select_related("progress").get()
    if load.state not in ("waiting", "working"):
        sys.exit(load.state)
    if load.state == "working" and load.progress.doing.startswith(sys.argv[1]):
        break
    time.sleep(0.05)
"""


@pytest.fixture
def database() -> Iterator[str]:
    """Give the address of a database that is this test's alone; empty for SQLite."""
    if not SERVER:
        yield ""
        return
    import psycopg

    name = f"killed_{secrets.token_hex(4)}"
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    yield urlunsplit(urlsplit(SERVER)._replace(path=f"/{name}"))
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def run(tmp_path: Path, invented_files: Files, database: str) -> Any:
    home = tmp_path / "home"
    shutil.copytree(invented_files.store, home / "store")
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "sightline.service.config.settings",
        "SIGHTLINE_HOME": str(home),
        "SIGHTLINE_SECRET_KEY": "x" * 60,
        "SIGHTLINE_DATABASE": database,
        "SIGHTLINE_ALLOWED_HOSTS": "localhost",
    }

    def command(*arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, *arguments],
            env=environment,
            cwd=tmp_path,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    return command


def said(process: subprocess.Popen[str]) -> str:
    out, _ = process.communicate(timeout=_PATIENCE)
    assert process.returncode == 0, out
    return out.strip()


def worker(run: Any) -> subprocess.Popen[str]:
    options = ("--batch", "--no-startup-delay", "--no-reload")
    process: subprocess.Popen[str] = run("-m", "django", "db_worker", *options)
    return process


@pytest.mark.databases_by_turns
@pytest.mark.slow
@pytest.mark.parametrize("doing", of_today(["", "Computing"], days=2))
def test_a_killed_worker_leaves_everything_as_it_was(
    run: Any, tmp_path: Path, invented_files: Files, doing: str
) -> None:
    said(run("-m", "django", "migrate", "-v0"))
    said(run("-c", _GIVE, str(invented_files.faulty)))
    store = Store(tmp_path / "home" / "store")
    before = store.current().id
    working = worker(run)
    said(run("-c", _WATCH, doing))
    working.kill()
    working.communicate()
    state, snapshot, failure = said(run("-c", _TELL)).split(" ", 2)
    assert (state, failure[:34]) == ("failed", "The work on this load stopped befo")
    assert store.current().id == before
    said(run("-c", _AGAIN))
    said(worker(run))
    state, snapshot, *_ = said(run("-c", _TELL)).split(" ", 2)
    assert state == "loaded"
    assert store.current().id == snapshot != before
    assert store.current().manifest.parent == before
