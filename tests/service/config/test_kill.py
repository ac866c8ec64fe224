"""What is killed leaves nothing half done: the chain verifies, and the service is there again."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from service.config.deployed import clean_environment, in_service, served, verified
from thorough import of_today

COUNT = (
    "from sightline.service.accounts.models import Agency\n"
    "from sightline.service.audit.models import AuditEntry\n"
    "print(Agency.objects.count(), AuditEntry.objects.filter(subject='accounts_agency').count())"
)
MADE_AFTER = (
    "from sightline.service.accounts.models import Agency\n"
    "Agency.objects.create(name='After', kind='other')"
)


def _counts(folder: Path) -> tuple[int, int]:
    rows, entries = in_service(folder, COUNT).split()
    return int(rows), int(entries)


def _killed_while(folder: Path, work: str) -> None:
    """Start work that says when it is in the midst of a transaction, and kill it there."""
    program = (
        "import time\nfrom pathlib import Path\nfrom django.db import connection, transaction\n"
        "from sightline.service.config.deployment import use\n"
        f"use(Path({str(folder)!r}), 'test')\n"
        "from sightline.service.accounts.models import Agency\n"
        f"{work}"
    )
    process = subprocess.Popen(
        [sys.executable, "-u", "-c", program], stdout=subprocess.PIPE, env=clean_environment()
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"in the midst\n"
    process.send_signal(signal.SIGKILL)
    assert process.wait(30) == -signal.SIGKILL
    process.stdout.close()


@pytest.mark.databases_by_turns
@pytest.mark.parametrize(
    "work",
    of_today(
        [
            # One row after the other.
            "with transaction.atomic():\n"
            "    Agency.objects.create(name='Half', kind='other')\n"
            "    Agency.objects.filter(name__startswith='Kept').update(kind='police')\n"
            "    print('in the midst'); time.sleep(60)\n",
            # A bulk change of thousands of rows and entries.
            "with transaction.atomic():\n"
            "    Agency.objects.bulk_create(Agency(name=f'Bulk {n}', kind='other') for n in range(5000))\n"
            "    Agency.objects.update(kind='police')\n"
            "    print('in the midst')\n"
            "    while True:\n"
            "        Agency.objects.filter(name__startswith='Bulk').update(kind='health')\n",
        ],
        days=2,
    ),
)
def test_a_write_that_is_killed_never_was(deployment: Path, work: str) -> None:
    in_service(
        deployment,
        "from sightline.service.accounts.models import Agency\n"
        "Agency.objects.bulk_create(Agency(name=f'Kept {n}', kind='other') for n in range(10))",
    )
    before = _counts(deployment)
    assert before == (10, 10)
    _killed_while(deployment, work)
    assert _counts(deployment) == before
    assert verified(deployment)["entries"] >= 10
    in_service(deployment, MADE_AFTER)
    assert _counts(deployment) == (11, 11)
    verified(deployment)


@pytest.mark.databases_by_turns
def test_whatever_part_of_the_service_is_killed_is_there_again(deployment: Path) -> None:
    with served(deployment) as server:
        assert server.get("/sign-in/login/")[0] == 200
        web = server.processes("sightline.service.config.web")
        (worker,) = server.processes("db_worker")
        master, forked = web[0], web[1:]
        assert forked
        os.kill(forked[0], signal.SIGKILL)
        time.sleep(0.5)
        server.wait()
        os.kill(worker, signal.SIGKILL)
        os.kill(master, signal.SIGKILL)
        time.sleep(0.5)
        server.wait()
        until = time.monotonic() + 30
        while not (now := server.processes("db_worker")) and time.monotonic() < until:
            time.sleep(0.2)
        assert now
        assert now != [worker]
        assert server.processes("sightline.service.config.web")[0] != master
        assert server.get("/sign-in/login/")[0] == 200
        assert server.stop() == 0
        assert server.processes("sightline.service.config.web") == []
        assert server.processes("db_worker") == []
        said = server.log.read_text()
    assert "The web server ended (killed by signal 9)" in said
    assert "The worker ended (killed by signal 9)" in said
    verified(deployment)
