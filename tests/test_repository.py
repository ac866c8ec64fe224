"""What holds of the repository as a whole: its links lead somewhere, and it names no machine or registry."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def tracked(*patterns: str) -> list[Path]:
    try:
        listed = subprocess.run(
            ["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("needs git and the checkout's history")
    return [path for name in listed.stdout.splitlines() if (path := ROOT / name).is_file()]


def test_every_link_in_the_documentation_leads_to_a_file() -> None:
    broken = []
    for page in tracked("*.md"):
        text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            path, _, _ = target.partition("#")
            if path and "://" not in path and not (page.parent / path).exists():
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert broken == []


def test_no_registry_address_and_no_path_of_a_machine_is_committed() -> None:
    # Written in pieces, so that this file does not hold what it looks for.
    registries = ["files.python" + "hosted", "pypi.org/" + "simple", "/opt/" + "pypi"]
    paths = [str(ROOT), str(Path.home()), sys.prefix]
    # A home that is the root of the system, or near it, stands in any path.
    named_here = [path for path in paths if path.count("/") > 1]
    forbidden = re.compile("|".join(map(re.escape, [*registries, *named_here])))
    named = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if path.suffix not in (".parquet", ".png")
        and forbidden.search(path.read_text("utf-8", errors="replace"))
    ]
    assert named == []


def test_the_tree_stays_small() -> None:
    large = [
        f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes"
        for path in tracked()
        if path.stat().st_size > 2_000_000
    ]
    assert large == []
