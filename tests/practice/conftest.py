"""The `practice` fixture: states an example of the manual and runs it as a test."""

from collections.abc import Callable

import pytest

from practice.example import Example
from practice.reckoning import Reckoning


@pytest.fixture
def practice() -> Callable[..., None]:
    """Check one example; its docstring and arguments also become a paragraph of the manual."""

    def check(code: str, records: str, *, gives: object, guidance: str, **options: object) -> None:
        Example(code, records, gives, guidance, **options).check()  # type: ignore[arg-type]

    return check


@pytest.fixture
def reckoning() -> Callable[..., None]:
    """Check one example of requests or casework, as `practice` does of the indicators."""

    def check(rule: str, facts: str, *, gives: str, guidance: str) -> None:
        Reckoning(rule, facts, gives, guidance).check()

    return check
