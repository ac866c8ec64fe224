"""A deployment as it is made and run by its commands, on the database the tests run on."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from made_once import made_once

PROGRAM = "from sightline.cli import main; main()"
SERVER = os.environ.get("SIGHTLINE_TEST_DATABASE", "")
"""The PostgreSQL server the tests run on, or empty for SQLite."""
_TEMPLATE = "deployed_template"
"""The database of the deployment that is copied."""


def clean_environment(**more: str) -> dict[str, str]:
    told = {k: v for k, v in os.environ.items() if not k.startswith(("SIGHTLINE_", "DJANGO_"))}
    return {**told, **more}


@contextlib.contextmanager
def new_database(template: str = "template1") -> Iterator[str]:
    """Give the address of a new database of PostgreSQL; empty text where the tests run on SQLite."""
    if not SERVER:
        yield ""
        return
    name = f"deployed_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        try:
            yield _address_of(name)
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _address_of(name: str) -> str:
    return SERVER.replace("/postgres?", f"/{name}?")


@contextlib.contextmanager
def copied_deployment(factory: pytest.TempPathFactory, folder: Path) -> Iterator[Path]:
    """Give a deployment as `sightline setup` makes it, in this folder: set up once a run, and copied."""
    shutil.copytree(made_once(factory, "set-up", _set_up_once) / "deployment", folder)
    with new_database(_TEMPLATE) as address:
        if address:
            told = folder / "service.toml"
            text = told.read_text("utf-8")
            assert _address_of(_TEMPLATE) in text
            told.write_text(text.replace(_address_of(_TEMPLATE), address), "utf-8")
        yield folder


def _set_up_once(folder: Path) -> None:
    if SERVER:
        with psycopg.connect(SERVER, autocommit=True) as server:
            server.execute(f'DROP DATABASE IF EXISTS "{_TEMPLATE}"')
            server.execute(f'CREATE DATABASE "{_TEMPLATE}"')
    set_up(folder / "deployment", _address_of(_TEMPLATE) if SERVER else "")


def set_up(folder: Path, database: str = "", *more: str) -> None:
    words = ["setup", "--folder", str(folder), "--no-https", "--reset-link", "--quiet"]
    words += ["--email", "first@example.org", "--name", "Invented Administrator", *more]
    run(*words, database=database)


def run(*words: object, database: str = "", code: int = 0) -> "subprocess.CompletedProcess[str]":
    """Run a command in a process of its own."""
    told = {"SIGHTLINE_DATABASE": database} if database else {}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        env=clean_environment(**told),
    )
    assert done.returncode == code, f"{words}: exit {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done


def in_service(folder: Path, code: str, **more: Any) -> str:
    """Run Python in a process of the deployment; give what it prints."""
    program = (
        "import sys\nfrom pathlib import Path\nfrom sightline.service.config.deployment import use\n"
        f"use(Path({str(folder)!r}), 'test')\n{code}"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=False,
        env=clean_environment(),
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def verified(folder: Path) -> dict[str, Any]:
    """Verify the audit's chain; it must hold."""
    found: dict[str, Any] = json.loads(run("audit", "verify", "--folder", folder, "--json").stdout)
    assert found["faults"] == []
    return found


class Served:
    """A deployment that is served; `log` is what it wrote."""

    def __init__(
        self, folder: Path, port: int, process: "subprocess.Popen[bytes]", log: Path
    ) -> None:
        self.folder, self.port, self.process, self.log = folder, port, process, log

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        asked = urllib.request.Request(self.address + path, headers=headers)
        opener = urllib.request.build_opener(_NoRedirect)
        try:
            with opener.open(asked, timeout=20) as answer:
                return answer.status, dict(answer.headers), answer.read()
        except urllib.error.HTTPError as error:
            return error.code, dict(error.headers), error.read()

    def wait(self, seconds: float = 60) -> None:
        """Wait until it answers that it is ready."""
        until = time.monotonic() + seconds
        while True:
            with contextlib.suppress(OSError):
                if self.get("/ready")[0] == 200:
                    return
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < until, self.log.read_text()
            time.sleep(0.2)

    def processes(self, part: str) -> list[int]:
        """Give the processes of this deployment whose command line has a text, the eldest first."""
        found = []
        for each in Path("/proc").iterdir():
            if each.name.isdigit():
                with contextlib.suppress(OSError):
                    words = (each / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                    home = f"SIGHTLINE_HOME={self.folder}\0".encode()
                    if part in words and home in (each / "environ").read_bytes():
                        found.append(int(each.name))
        return sorted(found)

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments: Any, **more: Any) -> None:
        return None


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@contextlib.contextmanager
def served(folder: Path, *more: str) -> Iterator[Served]:
    """Serve a deployment by `sightline serve`, with one process and some threads."""
    port, log = free_port(), folder.parent / f"{folder.name}-{uuid.uuid4().hex[:6]}.log"
    words = ["serve", "--folder", str(folder), "--port", str(port), "--workers", "1", *more]
    with log.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, *words],
            stdout=file,
            stderr=file,
            env=clean_environment(),
        )
        server = Served(folder, port, process, log)
        try:
            server.wait()
            yield server
        finally:
            if process.poll() is None:
                server.stop()
