"""Keeps the program `interrupted` running, and hands it jobs."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

TESTS = Path(__file__).resolve().parents[1]


class Jobs:
    """A running `interrupted`; use it as a context manager."""

    def __enter__(self) -> "Jobs":
        self._process = subprocess.Popen(
            [sys.executable, "-m", "store.interrupted"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(TESTS)},
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def do(self, job: dict[str, Any]) -> dict[str, Any]:
        """Do one job: whether it was killed, else what it gave; no error but those for people."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        result: dict[str, Any] = json.loads(self._process.stdout.readline())
        assert "crashed" not in result, result
        return result
