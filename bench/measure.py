"""Runs a command as a fresh process, and says how long it took and how much memory it had."""

import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

Arguments = Callable[[int], Sequence[str | Path]]


@dataclass(frozen=True)
class Run:
    """One run of a process: wall and processor seconds, peak resident MB, and what it printed."""

    seconds: float
    processor: float
    peak_mb: float
    output: str


def run(arguments: Sequence[str | Path]) -> Run:
    """Run this Python on the arguments in a new process; it must end well."""
    began = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, *map(str, arguments)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - began
    if process.returncode:
        raise SystemExit(f"{' '.join(map(str, arguments))} ended with {process.returncode}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, output.strip())


def compare(title: str, bare: Arguments, ours: Arguments, *, repeats: int, limit: float) -> None:
    """Run both in turn several times, and print the fastest of each with their ratio.

    `bare` and `ours` give the arguments of a run, by its number.
    """
    turns = [(run(bare(turn)), run(ours(turn))) for turn in range(repeats)]
    fastest = [min(runs, key=lambda each: each.seconds) for runs in zip(*turns, strict=True)]
    print(title)
    for name, each in zip(("bare", "Sightline"), fastest, strict=True):
        print(
            f"  {name:10} {each.seconds:6.2f} s  {each.processor:6.2f} s of processor  "
            f"{each.peak_mb:5.0f} MB  {each.output}"
        )
    ratio = fastest[1].seconds / fastest[0].seconds
    print(f"  ratio      {ratio:6.2f}    (at most {limit:g} is wanted)")
    print(f"  {machine()}")


def machine() -> str:
    """What it ran on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    tools = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "pyarrow"))
    return (
        f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GB; {platform.system()}, "
        f"Python {platform.python_version()}, {tools}"
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())
