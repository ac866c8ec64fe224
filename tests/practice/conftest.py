"""The `practice` fixture: states an example of the manual and runs it as a test."""

from collections.abc import Callable

import pytest

from practice.example import Example


@pytest.fixture
def practice() -> Callable[..., None]:
    """Check one example; its docstring and arguments also become a paragraph of the manual."""

    def check(code: str, records: str, *, gives: object, guidance: str, **options: object) -> None:
        Example(code, records, gives, guidance, **options).check()  # type: ignore[arg-type]

    return check
