"""`./run` makes the environment anew when what it is made of changes, and keeps what was added to it."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PYTHON = """#!/bin/sh
# Stands for Python: makes an environment of commands that only say what they were asked for.
[ "$1" = -m ] || exit 0
shift $(($# - 1))
rm -rf "$1"
mkdir -p "$1/bin"
for name in pip uv sightline; do
    printf '#!/bin/sh\\n[ %s != "$STOP" ] || exit 1\\necho "%s $*" >>"%s/asked"\\n' \\
        $name $name "$1" >"$1/bin/$name"
    chmod +x "$1/bin/$name"
done
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder, with a space in its name, that holds what `./run` needs and a Python that is none."""
    made = tmp_path / "a checkout"
    made.mkdir()
    for name in ("run", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, made / name)
    (made / "python").write_text(PYTHON, "utf-8")
    (made / "python").chmod(0o755)
    return made


def run(checkout: Path, **more: str) -> tuple[str, list[str]]:
    """Run it; what it said, and which optional parts were installed, if any were."""
    done = subprocess.run(
        [str(checkout / "run"), "--help"],
        env={"PATH": "/usr/bin:/bin", "PYTHON": str(checkout / "python"), **more},
        capture_output=True,
        text=True,
        check=False,
    )
    asked = checkout / ".venv" / "asked"
    lines = asked.read_text("utf-8").splitlines() if asked.exists() else []
    asked.unlink(missing_ok=True)
    installed = [line.rpartition("[")[2].rstrip("]") for line in lines if "-e " in line]
    return done.stderr, installed


def add_spark(checkout: Path) -> None:
    (checkout / ".venv/lib/python3.11/site-packages/pyspark").mkdir(parents=True)


def change(checkout: Path) -> None:
    with (checkout / "constraints.txt").open("a", encoding="utf-8") as file:
        file.write("# changed\n")


def test_the_environment_is_made_once(checkout: Path) -> None:
    assert run(checkout)[1] == ["dev"]
    assert run(checkout) == ("", [])
    change(checkout)
    assert run(checkout)[1] == ["dev"]


def test_spark_that_was_installed_is_installed_again(checkout: Path) -> None:
    run(checkout)
    add_spark(checkout)
    change(checkout)
    said, installed = run(checkout)
    assert installed == ["dev,spark"]
    assert "Spark was installed, and will be again." in said


def test_spark_is_not_forgotten_where_making_the_environment_was_stopped(checkout: Path) -> None:
    run(checkout)
    add_spark(checkout)
    change(checkout)
    assert run(checkout, STOP="uv")[1] == []
    assert run(checkout)[1] == ["dev,spark"]
