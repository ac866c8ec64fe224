"""How workers share the tests: a file at a time, those that take longest first, so that none is begun last.

What a file or a session makes for many tests is so made by one worker where it can be. (The groups of
pytest-xdist 3.8 would say it test by test, but pytest 9.2 does not read the names it writes them into.)
"""

from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

FIRST = (
    "test_matrix",
    "test_serve",
    "test_backup",
    "test_mutation",
    "test_demo",
    "test_rule_mutation",
    "test_check",
    "test_loads_killed",
    "test_published_counts",
    "test_end_to_end",
    "test_engine",
    "test_returns",
    "test_kill",
    "test_kept_figures",
    "test_census_rules",
    "test_list_rules",
    "test_command",
    "test_drawn",
    "test_notes",
    "test_run",
)
"""The files that took most of the processor, the longest first (November 2026)."""


def longest_first(path: Path) -> int:
    """Give what sorts a file of tests."""
    return FIRST.index(path.stem) if path.stem in FIRST else len(FIRST)


class ByFile(LoadScopeScheduling):
    """Shares tests by their file, in the order in which they were collected."""

    def __init__(self, config: pytest.Config, log: Any) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False

    def _split_scope(self, nodeid: str) -> str:
        return nodeid.partition("::")[0]
