"""Runs loads that are stopped half-way: killed, or with a disk that takes no more.

Run as a program, with a job in JSON on each line of standard input. Each is done in a process of its
own, forked from this one, and what became of it is printed as a line of JSON. An audit hook sees
every file that Python opens, renames, links or removes under the store, and a wrapper every flush;
before the n-th of these the process is killed (`kill`), or that one fails (`fail`), or that and all
later ones that need room do (`full`). `room` limits the size of any file written, by anyone in the
process.
"""

import errno
import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from typing import Any

from sightline.intake.load import load as load_files
from sightline.intake.parts import UnreadableFileError
from sightline.store.snapshots import Store, StoreError
from store.made import children, load

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
CHANGES = {"os.rename", "os.link", "os.mkdir", "os.remove", "os.rmdir"}
NEEDS_ROOM = {"open", "os.link", "os.mkdir", "flush"}


class Interruption:
    """Counts what is done to the files of a store, and interrupts at the n-th."""

    def __init__(self, store: str, mode: str, at: int) -> None:
        self.store, self.mode, self.at = store, mode, at
        self.seen: list[str] = []
        self.on = False

    def hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.on:
            return
        if event == "open":
            path, _, flags = arguments
            if not isinstance(path, str | bytes) or not (flags or 0) & WRITES:
                return
        elif event in CHANGES:
            path = arguments[0]
        else:
            return
        # What is removed below a folder is named from that folder on.
        text = os.fsdecode(path)
        if text.startswith(self.store) or (not text.startswith("/") and "os.r" in event):
            self.count(event)

    def count(self, event: str) -> None:
        self.seen.append(event)
        number = len(self.seen)
        if self.mode == "kill" and number == self.at:
            os.kill(os.getpid(), signal.SIGKILL)
        if self.mode == "fail" and number == self.at:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        if self.mode == "full" and number >= self.at and event in NEEDS_ROOM:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def work_of(job: dict[str, Any]) -> Callable[[], object]:
    store = Store(job["store"])
    what: dict[str, Callable[[], object]] = {
        "publish": lambda: load(store, children(*job.get("children", ["new"]))).id,
        "load": lambda: load_files(job["files"], store).snapshot.id,
        "undo": lambda: store.undo().id,
    }
    return what[job["what"]]


def do(job: dict[str, Any]) -> dict[str, Any]:
    """Do one job in this process: its outcome, and what was counted."""
    interruption = Interruption(job["store"], job.get("mode", ""), job.get("at", 0))
    sys.addaudithook(interruption.hook)
    flush = os.fsync

    def counted(descriptor: int) -> None:
        if interruption.on:
            interruption.count("flush")
        flush(descriptor)

    os.fsync = counted
    if room := job.get("room"):
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    interruption.on = True
    try:
        outcome: dict[str, Any] = {"done": work_of(job)()}
    except (StoreError, UnreadableFileError) as error:
        outcome = {"sentence": str(error)}
    except Exception as error:  # noqa: BLE001 - the test says that there is none such
        outcome = {"crashed": repr(error)}
    interruption.on = False
    return {**outcome, "seen": interruption.seen}


def main() -> None:
    for line in sys.stdin:
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            with os.fdopen(writing, "w") as pipe:
                json.dump(do(json.loads(line)), pipe)
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading) as pipe:
            text = pipe.read()
        _, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        print(json.dumps({"killed": killed, **(json.loads(text) if text else {})}), flush=True)


if __name__ == "__main__":
    main()
