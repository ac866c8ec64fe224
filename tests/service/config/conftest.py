"""A deployment of its own for a test, on the database the tests run on."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from service.config.deployed import empty_database, set_up


@pytest.fixture
def database() -> Iterator[Callable[[], str]]:
    """Give the address of a new empty database each time; empty text on SQLite."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(empty_database())


@pytest.fixture
def deployment(tmp_path: Path, database: Callable[[], str]) -> Path:
    """A deployment that `sightline setup` made."""
    folder = tmp_path / "deployment"
    set_up(folder, database())
    return folder
