"""What an earlier run left in a folder: which formats, made with what, and the faults planted in them.

Formats may be made one by one, with the same options: the children are then the same in all. Made with
others, the same identifiers would be of different children.
"""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from sightline import __version__
from sightline.synthetic.faults import HEADINGS, Fault

FORMATS = ("annex-a", "cin", "ssda903", "ssd")
"""The formats that can be written, as the command names them, each in a folder of that name."""
README = "README.txt"
PLANTED = "planted-faults.csv"
FILES = "invented-*"
"""How the files of every format begin, and no other file."""

_OPENING = "Made by Sightline "


class EarlierRunError(ValueError):
    """A folder that holds formats of another authority; the message is a sentence."""


def made_with(like: str, first: int, last: int, seed: int, children: int | None) -> str:
    """Say what an authority was made with: what is made with the same has the same children."""
    many = f"{children} children" if children else "as many children as the counts need"
    return f"{_OPENING}{__version__}: like {like}, years {first} to {last}, seed {seed}, {many}."


def formats_there(folder: Path) -> list[str]:
    """Name the formats of which a folder holds files."""
    return [name for name in FORMATS if any((folder / name).rglob(FILES))]


def check_others(folder: Path, made: str, formats: Iterable[str]) -> None:
    """Raise `EarlierRunError` if formats other than these are there, and were not made with this."""
    others = [name for name in formats_there(folder) if name not in set(formats)]
    if not others or _made(folder) == made:
        return
    by = _made(folder).removeprefix(_OPENING).rstrip(".")
    raise EarlierRunError(
        f"{folder} holds {', '.join(others)} made with other options"
        f"{f' ({by})' if by else ''}, so that one identifier would be of two children; make "
        "all formats anew, repeat those options, or name another folder."
    )


def faults_of_others(folder: Path, formats: Sequence[str]) -> list[Fault]:
    """Give the faults planted in formats other than these."""
    path = folder / PLANTED
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row.get("format") not in formats]
    return [Fault(**{name: row[name] for name in HEADINGS}) for row in rows]


def _made(folder: Path) -> str:
    path = folder / README
    lines = path.read_text("utf-8", "replace").splitlines() if path.exists() else []
    return next((line for line in lines if line.startswith(_OPENING)), "")
