"""Runs a command with a PostgreSQL server of its own, which is gone afterwards.

    python tests/postgresql.py pytest tests/service

The command finds its address in SIGHTLINE_TEST_DATABASE. Where there is no PostgreSQL nothing is run,
which is said; with SIGHTLINE_REQUIRE_ALL=1, as in CI, that is a failure.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HOW = "needs PostgreSQL; on Debian or Ubuntu: apt-get install postgresql"


def programs() -> Path | None:
    """Give the folder of the server's programs, the newest version's where there are several."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[4]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


@contextmanager
def server() -> Iterator[str]:
    """Start a server that listens on a socket in a new folder only; give its address."""
    folder = programs()
    if folder is None:
        raise RuntimeError(HOW)
    with tempfile.TemporaryDirectory(prefix="sightline-pg-") as home:
        # It refuses to run as root.
        as_user = []
        if os.geteuid() == 0:
            os.chown(home, pwd.getpwnam("postgres").pw_uid, -1)
            as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        data = f"{home}/data"

        def run(program: str, *options: str) -> None:
            subprocess.run(
                [*as_user, str(folder / program), *options],
                check=True,
                cwd=home,
                stdout=subprocess.DEVNULL,
                env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
            )

        run("initdb", "-D", data, "-U", "sightline", "-A", "trust", "-E", "UTF8", "--no-sync")
        settings = (
            f"-k {home} -c listen_addresses='' -c fsync=off -c full_page_writes=off "
            "-c max_connections=50"
        )
        run("pg_ctl", "-D", data, "-w", "-l", f"{home}/log", "-o", settings, "start")
        try:
            yield f"postgresql://sightline@/postgres?host={home}"
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "stop")


def main() -> int:
    """Run the command given."""
    if programs() is None:
        print(f"Not run on PostgreSQL: it {HOW}.", file=sys.stderr)
        return int(os.environ.get("SIGHTLINE_REQUIRE_ALL") == "1")
    with server() as address:
        environment = {**os.environ, "SIGHTLINE_TEST_DATABASE": address}
        return subprocess.run(sys.argv[1:], check=False, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main())
