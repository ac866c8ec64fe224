"""What some tests need beside Python, and what is said when it is not there.

A test marked `browser` or `spark` is skipped with a sentence that says how to have it. With
SIGHTLINE_REQUIRE_ALL=1, as in `.ci/run`, it fails instead: in CI nothing is skipped.
"""

import importlib.util
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

import thorough  # before the workers are begun, so that all have the same day
from by_file import ByFile, longest_first
from migrated_once import django_db_modify_db_settings

__all__ = ["django_db_modify_db_settings"]

PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser")
"""What may be driven: the first has no windows, and so takes least time."""
CHROMIUM = next((p for name in PROGRAMS if (p := shutil.which(name))), None)
"""Debian's Chromium, which Playwright drives."""

# How long an example takes says how busy the machine is, not whether it is right.
settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")

SHARED = Path(__file__).parent.parent.parent / "shared"
"""Sample files and papers, beside the checkout where there are any."""


def _spark() -> bool:
    return importlib.util.find_spec("pyspark") is not None and shutil.which("java") is not None


NEEDS: dict[str, tuple[Callable[[], bool], str]] = {
    "browser": (
        lambda: CHROMIUM is not None,
        "needs Chromium; on Debian or Ubuntu: apt-get install chromium",
    ),
    "spark": (
        _spark,
        "needs Java and PySpark; on Debian or Ubuntu: apt-get install default-jre-headless, "
        "then .venv/bin/uv pip install -c constraints.txt -e '.[dev,spark]'",
    ),
    "shared": (
        SHARED.is_dir,
        "needs the folder of samples and published files beside the checkout",
    ),
}


# Tests kill processes, not machines: what those wrote the system keeps, so that none waits for the disk.
os.fsync = lambda fd: None


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Give a worker all tests of a file, so that what a file makes for its tests is made once."""
    return ByFile(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the files that take longest at the head; leave out what the other database has today."""
    left = [
        item
        for item in items
        if item.get_closest_marker("databases_by_turns")
        and not thorough.is_on_this_database_today(item.nodeid)
    ]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]
    items.sort(key=lambda item: longest_first(item.path))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip, or in CI fail, a test for which something is missing."""
    for name, (there, how) in NEEDS.items():
        if item.get_closest_marker(name) is None or there():
            continue
        if os.environ.get("SIGHTLINE_REQUIRE_ALL") == "1" and name != "shared":
            pytest.fail(how, pytrace=False)
        pytest.skip(how)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Chromium; for tests marked `browser`."""
    assert CHROMIUM is not None
    return CHROMIUM


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Any]:
    """One browser for all tests of a worker: Playwright cannot be begun twice."""
    from playwright.sync_api import sync_playwright

    # Playwright's loop runs in this thread, and Django takes any loop for one of its own.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
