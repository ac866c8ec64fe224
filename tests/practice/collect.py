"""Gives the examples of the practice manual without running them."""

import importlib
import inspect
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from practice.example import Example
from practice.reckoning import Reckoning

CHAPTERS = ("clocks", "indicators", "casework", "requests")
Stated = Example | Reckoning


def sections() -> Iterator[ModuleType]:
    """Import each section of each chapter, in the order of its file's name."""
    for chapter in CHAPTERS:
        for path in sorted((Path(__file__).parent / chapter).glob("test_*.py")):
            yield importlib.import_module(f"practice.{chapter}.{path.stem}")


def paragraphs(section: ModuleType) -> Iterator[tuple[Callable[..., None], list[Stated]]]:
    """Give each test of a section with the examples it states."""
    for name, test in vars(section).items():
        if name.startswith("test_") and callable(test):
            stated: list[Stated] = []
            of = Reckoning if "reckoning" in inspect.signature(test).parameters else Example

            def record(
                what: str,
                drawn: str,
                *,
                gives: Any,
                guidance: str,
                _of: type[Stated] = of,
                _stated: list[Stated] = stated,
                **options: Any,
            ) -> None:
                _stated.append(_of(what, drawn, gives, guidance, **options))

            for arguments in _parameters(test):
                test(record, **arguments)
            yield test, stated


def examples() -> list[Example]:
    """Give every example of an indicator."""
    return [
        example
        for section in sections()
        for _, stated in paragraphs(section)
        for example in stated
        if isinstance(example, Example)
    ]


def _parameters(test: Callable[..., None]) -> Iterator[dict[str, Any]]:
    """Give the arguments of each run of a test, one empty set where it takes none."""
    marks = [mark for mark in getattr(test, "pytestmark", []) if mark.name == "parametrize"]
    choices = []
    for mark in marks:
        names, rows = mark.args
        names = [names] if isinstance(names, str) else list(names)
        choices.append(
            [dict(zip(names, row if len(names) > 1 else [row], strict=True)) for row in rows]
        )
    for chosen in itertools.product(*choices):
        yield {name: value for each in chosen for name, value in each.items()}
