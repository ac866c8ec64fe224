"""Writes the files of invented authorities into a folder."""

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sightline.synthetic.authority import Authority, make_authority
from sightline.synthetic.people import postcode_districts
from sightline.synthetic.targets import likely_children, usable_authorities
from sightline.synthetic.write_annex_a import annex_a_tables, write_annex_a
from sightline.synthetic.write_cin import NOTICE, write_cin
from sightline.synthetic.write_ssd import ssd_tables, write_ssd
from sightline.synthetic.write_ssda903 import ssda903_tables, write_ssda903

FORMATS = ("annex-a", "cin", "ssda903", "ssd")
"""The formats that can be written, as the command names them."""
_WHAT = {
    "annex-a": "Annex A: a workbook a year, covering the whole year",
    "cin": "children in need census: an XML file a year",
    "ssda903": "looked-after children return: a folder of CSV files a year",
    "ssd": "Standard Safeguarding Dataset: a CSV file a table, all years",
}
Progress = Callable[[str], None]


def _silent(_: str) -> None:
    """Say nothing."""


@dataclass
class Written:
    """What was written: the folder of each authority's files, and the list of places of each."""

    folder: Path
    folders: list[Path] = field(default_factory=list)
    every_places: list[Path] = field(default_factory=list)
    children: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def places(self) -> Path:
        """The list of places of the only, or first, authority."""
        return self.every_places[0]


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
        _write(target, authority, wanted)
        _write_readme(target / "README.txt", authority, wanted)
        written.every_places.append(_write_places(target / "places.csv", authority))
        written.folders.append(target)
        written.children += len(authority.children)
        written.notes += [f"{authority.targets.name}: {note}" for note in authority.notes]
    return written


def _write(target: Path, authority: Authority, formats: Sequence[str]) -> None:
    if "annex-a" in formats:
        for year in authority.years:
            write_annex_a(target / "annex-a", authority, year, annex_a_tables(authority, year))
    if "cin" in formats:
        write_cin(target / "cin", authority.code, authority.children, authority.years)
    if "ssd" in formats:
        write_ssd(target / "ssd", ssd_tables(authority))
    if "ssda903" in formats:
        for year in authority.years:
            write_ssda903(target / "ssda903", authority, year, ssda903_tables(authority, year))


def _write_readme(path: Path, authority: Authority, formats: Sequence[str]) -> None:
    """Say what the folder holds, and where the counts cannot be those published."""
    first, last = authority.years[0], authority.years[-1]
    name = authority.targets.name
    lines = [
        NOTICE,
        "",
        f"Yearly counts follow those published for {name} ({authority.code}), years ending 31 March",
        f"{first} to {last}. The people, their lives and their workers are invented; names of districts",
        "are real only so that maps and comparisons can be shown. Identifiers begin with INV.",
        "",
        *(f"{folder}/  {_WHAT[folder]}" for folder in formats),
        "places.csv  the district of each team, postcode area and child",
        "",
        "What cannot be as published, and why:",
        *(f"- {note}" for note in authority.notes),
        "",
        "Contains public sector information licensed under the Open Government Licence v3.0.",
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


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
    """Write which district each team, postcode area and child is in."""
    force = authority.workforce
    rows: list[Sequence[str]] = [("kind", "place", "district")]
    rows += [("team", team, place) for team in force.teams if (place := force.district_of(team))]
    rows += [
        ("postcode", code, name) for code, name in postcode_districts(authority.districts).items()
    ]
    rows += [("child", child.id, child.district) for child in authority.children]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    return path
