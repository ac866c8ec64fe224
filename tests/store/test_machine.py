"""Any order of loads, undos, kills and full disks: the store is what its history says."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from sightline.store.snapshots import Store, StoreError
from store.jobs import Jobs
from store.made import children, hashes, load, names_in, stated_hashes
from thorough import THOROUGH

NAMES = st.lists(st.sampled_from("ABCDEF"), unique=True, max_size=4)
POINTS = st.integers(1, 45)


class StoreMachine(RuleBasedStateMachine):
    """The model: each snapshot that was ever current with its children and parent, and the current."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self.jobs = jobs
        self.folder = tempfile.TemporaryDirectory()
        self.store = Store(Path(self.folder.name) / "store")
        self.held: dict[str, tuple[frozenset[str], str]] = {}
        self.current = ""

    def teardown(self) -> None:
        self.folder.cleanup()

    @rule(names=NAMES)
    def load(self, names: list[str]) -> None:
        made = load(self.store, children(*names))
        self._loaded(made.id, names)
        beside = {p.name for p in (self.store.path / "snapshots").iterdir()}
        assert beside == set(self.held), "a load clears what killed ones left"

    @rule(names=NAMES, mode=st.sampled_from(["kill", "full", "fail"]), at=POINTS)
    def interrupted_load(self, names: list[str], mode: str, at: int) -> None:
        result = self._do(what="publish", children=names, mode=mode, at=at)
        now = self._current()
        if now != self.current:
            self._loaded(now, names)
        if mode != "kill":
            assert ("sentence" in result) == (result.get("done") != now)

    @precondition(lambda self: self.current)
    @rule()
    def undo(self) -> None:
        parent = self.held[self.current][1]
        if parent:
            assert self.store.undo().id == parent
            self.current = parent
        else:
            with pytest.raises(StoreError, match="nothing to undo"):
                self.store.undo()

    @precondition(lambda self: self.current and self.held[self.current][1])
    @rule(mode=st.sampled_from(["kill", "full", "fail"]), at=st.integers(1, 10))
    def interrupted_undo(self, mode: str, at: int) -> None:
        self._do(what="undo", mode=mode, at=at)
        now = self._current()
        assert now in (self.current, self.held[self.current][1])
        self.current = now

    @precondition(lambda self: self.current)
    @rule(keep=st.integers(0, 400))
    def cut_the_log_short(self, keep: int) -> None:
        """As a file system may that loses the last bytes written: at most the last line."""
        log = self.store.path / "log.jsonl"
        if log.exists() and self._is_in_chain_or_logged_before_last():
            content = log.read_bytes()
            start = content.rstrip(b"\n").rfind(b"\n") + 1
            log.write_bytes(content[: start + min(keep, len(content) - start)])

    @invariant()
    def is_what_its_history_says(self) -> None:
        assert self._current() == self.current
        if not self.current:
            return
        snapshot = self.store.current()
        assert names_in(snapshot) == self.held[self.current][0]
        assert hashes(snapshot) == stated_hashes(snapshot)
        listed = {each.id: each for each in self.store.list()}
        assert set(listed) == set(self.held)
        for name, (_, parent) in self.held.items():
            assert listed[name].manifest.parent == parent
        assert self.store.unreadable() == ()

    def _is_in_chain_or_logged_before_last(self) -> bool:
        """Whether no snapshot is known from the last line of the log alone."""
        earlier = {e.snapshot for e in self.store.log()[:-1]} | {self.current}
        each = self.current
        while each := self.held[each][1]:
            earlier.add(each)
        return set(self.held) <= earlier

    def _current(self) -> str:
        found = self.store.current_or_none() if self.store.path.exists() else None
        return found.id if found else ""

    def _loaded(self, name: str, names: list[str]) -> None:
        assert name not in self.held
        self.held[name] = (frozenset(names), self.current)
        self.current = name

    def _do(self, **job: object) -> dict[str, object]:
        return self.jobs.do({"store": str(self.store.path), **job})


def test_any_order_of_loads_undos_and_crashes() -> None:
    with Jobs() as jobs:
        run_state_machine_as_test(
            lambda: StoreMachine(jobs),
            settings=settings(
                max_examples=20 if THOROUGH else 6, stateful_step_count=12, deadline=None
            ),
        )
