"""Runs a deployment: the web server and the worker for background tasks, watched over until told to stop."""

import contextlib
import ipaddress
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from sightline.service.config.deployment import read_deployment, variables
from sightline.service.config.environment import DeploymentError, Environment

STOP_SECONDS = 30
"""How long a program has to end what it does, before it is killed."""
_PATIENCE = 60
"""Seconds until the first answer, at most."""
_LONGEST_PAUSE = 30.0
_STEADY = 60
"""Seconds after which a program that dies is started again at once, and not ever more slowly."""
_LEAST_WORKERS, _MOST_WORKERS = 2, 8
THREADS = 2
"""Requests that a process answers at once: while one waits for the database the other goes on. More take
turns with Python, and all wait longer (bench/README.md, "Casework").
"""


@dataclass
class Program:
    """A program kept running. `command` is what starts it."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    again_at: float = 0.0
    pause: float = field(default=1.0)

    def start(self, environment: Mapping[str, str]) -> None:
        """Start it, in a group of its own: a Ctrl-C is for us to pass on."""
        self.process = subprocess.Popen(  # noqa: S603 - our own programs
            self.command, env=environment, start_new_session=True
        )
        self.started = time.monotonic()

    def watch(self, environment: Mapping[str, str], say: Callable[[str], None]) -> None:
        """Start it again if it died, after a pause that grows while it keeps dying."""
        now = time.monotonic()
        if self.process is not None:
            code = self.process.poll()
            if code is None:
                return
            # What it left running would hold its port.
            _signal_group(self.process, signal.SIGKILL)
            self.pause = (
                1.0 if now - self.started > _STEADY else min(self.pause * 2, _LONGEST_PAUSE)
            )
            self.again_at = now + (0.0 if self.pause == 1.0 else self.pause / 2)
            say(f"The {self.name} ended ({_ending(code)}); starting it again.")
            self.process = None
        if now >= self.again_at:
            self.start(environment)

    def ask_to_end(self) -> None:
        """Ask it to end, once: asked again, a worker would leave its task half done."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def await_end(self, patience: float) -> None:
        """Wait for its end, and kill it if it does not come."""
        if self.process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(patience)
        _signal_group(self.process, signal.SIGKILL)
        self.process.wait()


def _signal_group(process: "subprocess.Popen[bytes]", number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)


def _ending(code: int) -> str:
    return f"killed by signal {-code}" if code < 0 else f"exit code {code}"


def serve(
    folder: Path,
    host: str = "127.0.0.1",
    port: int = 8000,
    *,
    workers: int | None = None,
    threads: int = THREADS,
    proxy: str = "127.0.0.1,::1",
    migrate: bool = False,
    say: Callable[[str], None] = print,
    ready: Callable[[str], None] | None = None,
) -> None:
    """Serve a deployment until SIGTERM or Ctrl-C.

    `ready` is told the address once it answers. `DeploymentError` says what keeps it from starting.
    """
    deployment = read_deployment(folder)
    refuse_unsafe(deployment, host, port)
    _refuse_taken(host, port)
    if not deployment.email and not deployment.demonstration:
        say(
            "No mail server is set (email in service.toml), so letters go to the log, links to set a "
            "password included."
        )
    environment = {**os.environ, **variables(folder), "PYTHONUNBUFFERED": "1"}
    _prepare(environment, migrate=migrate, say=say)
    python = [sys.executable, "-m"]
    web = Program(
        "web server",
        [
            *(*python, "sightline.service.config.web", "--bind", _bind(host, port)),
            *("--workers", str(workers or default_workers()), "--threads", str(threads)),
            *("--proxy", proxy),
            *(["--proxied"] if deployment.https else []),
        ],
    )
    worker = Program("worker", [*python, "django", "db_worker", "--interval", "1"])
    _watch_over((web, worker), environment, _Address(host, port, deployment.https), say, ready)


@dataclass(frozen=True)
class _Address:
    host: str
    port: int
    https: bool

    @property
    def local(self) -> str:
        """Where this machine reaches it."""
        loopback = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104 - names, not bound
        return f"http://{_bind(loopback.get(self.host, self.host), self.port)}"


def _watch_over(
    programs: Sequence[Program],
    environment: Mapping[str, str],
    address: _Address,
    say: Callable[[str], None],
    ready: Callable[[str], None] | None,
) -> None:
    stop = threading.Event()

    def told(number: int, frame: FrameType | None) -> None:
        stop.set()

    before = {number: signal.signal(number, told) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        for program in programs:
            program.start(environment)
        _await_answer(programs, address.local, stop)
        if not stop.is_set():
            (ready or (lambda where: say(f"Sightline is at {where} (Ctrl-C ends it).")))(
                address.local
            )
        while not stop.wait(0.5):
            for program in programs:
                program.watch(environment, say)
        say("Ending: what is being answered is finished first.")
    finally:
        _stop_all(programs)
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop_all(programs: Sequence[Program]) -> None:
    until = time.monotonic() + STOP_SECONDS
    for program in programs:
        program.ask_to_end()
    for program in programs:
        program.await_end(max(0.1, until - time.monotonic()))


def _await_answer(programs: Sequence[Program], local: str, stop: threading.Event) -> None:
    until = time.monotonic() + _PATIENCE
    while not stop.wait(0.2):
        for program in programs:
            if program.process is not None and (code := program.process.poll()) is not None:
                raise DeploymentError(
                    f"The {program.name} did not start ({_ending(code)}); its lines above say why."
                )
        wrong = _wrong(local)
        if wrong == []:
            return
        if time.monotonic() > until:
            said = " ".join(wrong) if wrong else "it did not answer"
            raise DeploymentError(f"The service is not ready after {_PATIENCE} seconds: {said}")


def _wrong(local: str) -> list[str] | None:
    """Ask whether it is ready; None where it does not answer yet."""
    try:
        with urllib.request.urlopen(f"{local}/ready", timeout=10) as answer:  # noqa: S310 - our own
            return list(json.load(answer)["wrong"])
    except urllib.error.HTTPError as error:
        try:
            return list(json.load(error)["wrong"]) or ["It is not ready."]
        except (ValueError, KeyError):
            return [f"It answers {error.code}."]
    except (OSError, ValueError):
        return None


def default_workers() -> int:
    """Give how many processes answer requests: one for each core, within reason."""
    return max(_LEAST_WORKERS, min(os.cpu_count() or 1, _MOST_WORKERS))


def refuse_unsafe(deployment: Environment, host: str, port: int) -> None:
    """Refuse what would let others read along, or serve nobody."""
    if not deployment.https and not is_loopback(host):
        raise DeploymentError(
            f"This deployment has https = false, so it may only listen to this machine itself: {host} "
            "would send passwords and children's records over the network in the clear. "
            "Leave --host out, or set https = true with a proxy in front."
        )
    if deployment.demonstration and not is_loopback(host):
        raise DeploymentError(
            f"The demonstration has well-known passwords, so it may not listen on {host}. Leave --host out."
        )
    if not deployment.allowed_hosts:
        raise DeploymentError(
            f"{deployment.home}/service.toml: allowed_hosts is empty, so every request would be refused. "
            'Write the names people type, as ["sightline.example.gov.uk"].'
        )
    if "*" in deployment.allowed_hosts and not deployment.demonstration:
        raise DeploymentError(
            f'{deployment.home}/service.toml: allowed_hosts has "*", so a forged name would be believed. '
            "Write the names people type."
        )
    if not 1 <= port <= 65_535:
        raise DeploymentError(f"{port} is not a port: one is from 1 to 65535.")


def is_loopback(host: str) -> bool:
    """Whether a host is reached from this machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _refuse_taken(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as asked:
        asked.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            asked.bind((host.strip("[]"), port))
        except OSError as error:
            raise DeploymentError(
                f"{host} port {port} cannot be used ({error.strerror or error}); another program may have "
                "it. --port names another."
            ) from error


def _bind(host: str, port: int) -> str:
    return f"[{host.strip('[]')}]:{port}" if ":" in host else f"{host}:{port}"


def _prepare(environment: Mapping[str, str], *, migrate: bool, say: Callable[[str], None]) -> None:
    """Check the database, and make the figures, in a process of their own: nothing of it is forked."""
    say("Making the database and the figures ready ...")
    command = [sys.executable, "-m", "sightline.service.config.warm"]
    done = subprocess.run(  # noqa: S603 - our own program
        [*command, "--migrate"] if migrate else command,
        env=environment,
        check=False,
        stdout=subprocess.PIPE,
        text=True,
    )
    if done.returncode:
        raise DeploymentError(
            done.stdout.strip() or "The service cannot be made ready; the lines above say why."
        )
