"""An invented authority, or several, from the published counts to the files in a folder."""

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from sightline.synthetic.events import Child, Episode
from sightline.synthetic.pathway import Pathway
from sightline.synthetic.people import Nursery, postcode_districts
from sightline.synthetic.protection import make_timetable
from sightline.synthetic.targets import Targets, likely_children, read_targets, usable_authorities
from sightline.synthetic.write_cin import write_cin

FORMATS = ("annex-a", "cin", "ssda903", "ssd")
"""The formats that can be written, as the command names them."""
Progress = Callable[[str], None]


def _silent(_: str) -> None:
    """Say nothing."""


@dataclass
class Authority:
    """One invented authority: its children and all that happened to them."""

    code: str
    targets: Targets
    children: list[Child]
    episodes: list[Episode]
    districts: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def years(self) -> range:
        """The years invented, by the 31 March that ends each."""
        return range(self.targets.years[0].year, self.targets.years[-1].year + 1)


@dataclass
class Written:
    """What was written: the folder of each authority's returns, and the list of places of each."""

    folder: Path
    folders: list[Path] = field(default_factory=list)
    every_places: list[Path] = field(default_factory=list)
    children: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def places(self) -> Path:
        """The list of places of the only, or first, authority."""
        return self.every_places[0]


def make_authority(
    like: str,
    first: int,
    last: int,
    seed: int,
    *,
    children: int | None = None,
    progress: Progress = _silent,
) -> Authority:
    """Invent an authority whose yearly counts are those published for a real one.

    With `children`, the counts are scaled so that about so many children are known. The same arguments
    give the same authority. Errors as `read_targets`.
    """
    factor = children / likely_children(like, first, last) if children else 1.0
    targets = read_targets(like, first, last, factor=factor)
    random = Random(f"{targets.authority} {first} {last} {seed} {children}")  # noqa: S311
    nursery = Nursery(targets.authority, random)
    pathway = Pathway(targets, make_timetable(targets, random), [], nursery, random, progress)
    pathway.run()
    return Authority(
        targets.authority,
        targets,
        nursery.children,
        pathway.episodes,
        nursery.districts,
        (*targets.notes, *pathway.notes),
    )


def invent(
    folder: Path,
    *,
    like: str,
    first: int,
    last: int,
    seed: int = 1,
    formats: Iterable[str] = FORMATS,
    children: int | None = None,
    authorities: int = 1,
    progress: Progress = _silent,
) -> Written:
    """Write the files of an invented authority into a folder, or of several into folders in it.

    `first` and `last` are years by the 31 March that ends them. `children` is how many children are
    known, over all authorities together. Several are made one after another, so that memory holds one.
    """
    wanted = [name for name in FORMATS if name in set(formats)]
    written = Written(folder)
    for code, number in _shares(like, first, last, children, authorities):
        authority = make_authority(code, first, last, seed, children=number, progress=progress)
        target = folder if authorities == 1 else folder / f"invented-{authority.code}"
        target.mkdir(parents=True, exist_ok=True)
        progress(f"Writing the files of an authority like {authority.targets.name}")
        if "cin" in wanted:
            write_cin(target / "cin", authority.code, authority.children, authority.years)
        written.every_places.append(_write_places(target / "places.csv", authority))
        written.folders.append(target)
        written.children += len(authority.children)
        written.notes += [f"{authority.targets.name}: {note}" for note in authority.notes]
    return written


def _shares(
    like: str, first: int, last: int, children: int | None, authorities: int
) -> list[tuple[str, int | None]]:
    """Give the authorities to be like, and how many children each has."""
    if authorities == 1:
        return [(like, children)]
    others = [code for code in usable_authorities(first, last) if code != like]
    codes = [like, *(others[i % len(others)] for i in range(authorities - 1))]
    if children is None:
        return [(code, None) for code in codes]
    sizes = [likely_children(code, first, last) for code in codes]
    return [
        (code, max(50, round(children * size / sum(sizes))))
        for code, size in zip(codes, sizes, strict=True)
    ]


def _write_places(path: Path, authority: Authority) -> Path:
    rows: list[Sequence[str]] = [("kind", "place", "district")]
    rows += [
        ("postcode", code, name) for code, name in postcode_districts(authority.districts).items()
    ]
    rows += [("child", child.id, child.district) for child in authority.children]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    return path
