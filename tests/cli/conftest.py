"""A small authority whose every figure can be counted by hand, run through the commands."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cli.small_census import CENSUS_2016
from sightline.cli import group


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Result]:
    """Run a command over a store in `tmp_path`; `run.json` gives what it prints as JSON."""
    runner = CliRunner()

    class Run:
        store = tmp_path / "store"

        def __call__(self, *arguments: object, code: int = 0) -> Result:
            words = [str(each) for each in arguments]
            if words[0] in ("load", "check", "notes", "figures", "children", "report", "snapshots"):
                words += ["--store", str(self.store)]
            result = runner.invoke(group, words)
            assert result.exit_code == code, (
                f"{words}: exit {result.exit_code}\n{result.output}\n{result.exception!r}"
            )
            return result

        def json(self, *arguments: object, code: int = 0) -> Any:
            return json.loads(self(*arguments, code=code).stdout)

    return Run()


@pytest.fixture
def census_2016(tmp_path: Path) -> Path:
    """The census file."""
    path = tmp_path / "cin-2016.xml"
    path.write_text(CENSUS_2016, "utf-8")
    return path


@pytest.fixture
def loaded(run: Any, census_2016: Path) -> Any:
    """`run`, with the census loaded."""
    run("load", census_2016)
    return run
