"""A deployment of its own for a test, on the database the tests run on."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from service.config.deployed import copied_deployment, new_database


@pytest.fixture
def database() -> Iterator[Callable[[], str]]:
    """Give the address of a new empty database each time; empty text on SQLite."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(new_database())


@pytest.fixture
def deployment(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A deployment that `sightline setup` made."""
    with copied_deployment(tmp_path_factory, tmp_path / "deployment") as folder:
        yield folder
