"""Writes the files of invented authorities into a folder."""

import csv
import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from random import Random

from sightline.published.areas import find_area
from sightline.synthetic import write_annex_a, write_cin, write_ssd, write_ssda903
from sightline.synthetic.authority import Authority, make_authority
from sightline.synthetic.counts import share_out
from sightline.synthetic.earlier import (
    FILES,
    FORMATS,
    PLANTED,
    README,
    check_others,
    faults_of_others,
    formats_there,
    made_with,
)
from sightline.synthetic.faults import Fault, write_faults
from sightline.synthetic.faults_cin import plant_cin
from sightline.synthetic.faults_tables import plant_annex_a, plant_ssd, plant_ssda903
from sightline.synthetic.people import postcode_districts
from sightline.synthetic.targets import likely_children, usable_authorities
from sightline.synthetic.write_annex_a import annex_a_tables
from sightline.synthetic.write_cin import NOTICE, cin_lines
from sightline.synthetic.write_ssd import ssd_tables
from sightline.synthetic.write_ssda903 import ssda903_tables

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
    faults: list[Fault] = field(default_factory=list)

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
    faults: int = 0,
    progress: Progress = _silent,
) -> Written:
    """Write the files of an invented authority into a folder, or of several into folders in it.

    `first` and `last` are years by the 31 March that ends them. `children` is how many children are
    known, over all authorities together. Several are made one after another, so that memory holds one.
    `faults` are planted in each format, in its last return, and listed in `planted-faults.csv`.
    Formats that are there and not asked for stay; `EarlierRunError` if they were made with others.
    """
    wanted = [name for name in FORMATS if name in set(formats)]
    written = Written(folder)
    asked = _wanted(like, first, last, children, authorities)
    for each in asked:
        check_others(each.folder_in(folder), each.made(first, last, seed), wanted)
    for each in asked:
        with _no_search_for_cycles():
            authority = make_authority(
                each.like,
                first,
                last,
                seed,
                children=each.children,
                number=each.number,
                progress=progress,
            )
            target = each.folder_in(folder)
            target.mkdir(parents=True, exist_ok=True)
            made = each.made(first, last, seed)
            _write_authority(target, authority, made, wanted, faults, written, progress)
            del authority
    return written


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Keep Python from searching for cycles while an authority is made, and clear it away after."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
        gc.collect()


def _write_authority(
    target: Path,
    authority: Authority,
    made: str,
    formats: Sequence[str],
    faults: int,
    written: Written,
    progress: Progress,
) -> None:
    """Write all there is of one authority, and note it in what was written."""
    # A stop half-way leaves no files that the README does not speak of.
    for name in formats:
        for path in sorted((target / name).rglob(FILES)):
            path.unlink()
    kept = faults_of_others(target, formats)
    _write_planted(target / PLANTED, kept)
    held = [name for name in FORMATS if name in (*formats, *formats_there(target))]
    _write_readme(target / README, authority, made, held)
    writer = _Writer(target, authority, faults, progress)
    writer.write(formats)
    _write_planted(target / PLANTED, [*kept, *writer.planted])
    written.faults += writer.planted
    written.every_places.append(_write_places(target / "places.csv", authority))
    written.folders.append(target)
    written.children += len(authority.children)
    written.notes += [f"{authority.targets.name}: {note}" for note in authority.notes]


class _Writer:
    """Writes the returns of one authority, and keeps the faults planted in the last of each kind."""

    def __init__(self, target: Path, authority: Authority, faults: int, progress: Progress) -> None:
        self.target = target
        self.authority = authority
        self.count = faults
        self.progress = progress
        self.planted: list[Fault] = []

    def write(self, formats: Iterable[str]) -> None:
        """Write the formats in turn."""
        writers = {
            "annex-a": self._annex_a,
            "cin": self._cin,
            "ssda903": self._ssda903,
            "ssd": self._ssd,
        }
        for name in formats:
            writers[name](self.target / name)

    def _is_last(self, year: int) -> bool:
        return bool(self.count) and year == self.authority.years[-1]

    def _keep(self, name: str, faults: Iterable[Fault], file_of: Callable[[str], str]) -> None:
        """Keep faults with the file each is in; `file_of` gives the file of a table."""
        self.planted += [
            replace(fault, file=f"{name}/{file_of(fault.file)}", format=name) for fault in faults
        ]

    def _chance(self, name: str) -> Random:
        return Random(f"{self.authority.seed} faults {name}")  # noqa: S311 - nothing secret

    def _annex_a(self, folder: Path) -> None:
        for year in self.authority.years:
            self.progress(f"Writing Annex A to 31 March {year}")
            tables = annex_a_tables(self.authority, year)
            if self._is_last(year):
                name = write_annex_a.file_name(self.authority, year)
                faults = plant_annex_a(tables, self.authority, self.count, self._chance("annex-a"))
                self._keep("annex-a", faults, lambda _: name)  # noqa: B023 - used at once
            write_annex_a.write_annex_a(folder, self.authority, year, tables)

    def _cin(self, folder: Path) -> None:
        for year in self.authority.years:
            self.progress(f"Writing the census to 31 March {year}")
            lines = cin_lines(self.authority, year)
            if self._is_last(year):
                name = write_cin.file_name(self.authority, year)
                faults = plant_cin(lines, self.authority, self.count, self._chance("cin"))
                self._keep("cin", faults, lambda _: name)  # noqa: B023 - used at once
            write_cin.write_cin(folder, self.authority, year, lines)

    def _ssda903(self, folder: Path) -> None:
        for year in self.authority.years:
            self.progress(f"Writing SSDA903 to 31 March {year}")
            tables = ssda903_tables(self.authority, year)
            if self._is_last(year):
                file_of = partial(write_ssda903.file_name, self.authority, year)
                faults = plant_ssda903(tables, self.authority, self.count, self._chance("ssda903"))
                self._keep("ssda903", faults, file_of)
            write_ssda903.write_ssda903(folder, self.authority, year, tables)

    def _ssd(self, folder: Path) -> None:
        self.progress("Writing the Standard Safeguarding Dataset")
        tables = ssd_tables(self.authority)
        if self.count:
            faults = plant_ssd(tables, self.authority, self.count, self._chance("ssd"))
            self._keep("ssd", faults, write_ssd.file_name)
        write_ssd.write_ssd(folder, tables)


def _write_planted(path: Path, faults: Sequence[Fault]) -> None:
    """Write the list of faults, or remove that of an earlier run where there are none."""
    if faults:
        write_faults(path, faults)
    else:
        path.unlink(missing_ok=True)


def _write_readme(path: Path, authority: Authority, made: str, formats: Sequence[str]) -> None:
    """Say what the folder holds, and where the counts cannot be those published."""
    first, last = authority.years[0], authority.years[-1]
    name = authority.targets.name
    lines = [
        NOTICE,
        "",
        f"Yearly counts follow those published for {name} ({authority.targets.authority}), in the",
        f"years ending 31 March {first} to {last}. The people, their lives and their workers are",
        "invented. Names of districts are real only so that maps and comparisons can be shown.",
        "Identifiers begin with INV.",
        "",
        made,
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


@dataclass(frozen=True)
class _Wanted:
    """An authority to be made: which it is like, its own number, and how many children it has.

    `apart` says whether it has a folder of its own, being one of several.
    """

    like: str
    number: str | None = None
    children: int | None = None
    apart: bool = False

    @property
    def code(self) -> str:
        """Its own number, or else that of the authority it is like."""
        return self.number or find_area(self.like).code

    def folder_in(self, folder: Path) -> Path:
        """Give the folder of its files."""
        return folder / f"invented-{self.code}" if self.apart else folder

    def made(self, first: int, last: int, seed: int) -> str:
        """Say what it is made with."""
        like = find_area(self.like).code
        return made_with(like, first, last, seed, self.children)


def _wanted(
    like: str, first: int, last: int, children: int | None, authorities: int
) -> list[_Wanted]:
    """Give the authorities to be made. Where there are more than real ones to be like, some have twins.

    A twin has a number from 001 on, which no real authority has.
    """
    if authorities == 1:
        return [_Wanted(like, None, children)]
    code = find_area(like).code
    real = [code, *(each for each in usable_authorities(first, last) if each != code)]
    codes = [real[i % len(real)] for i in range(authorities)]
    numbers = [None if i < len(real) else f"{i - len(real) + 1:03d}" for i in range(authorities)]
    sizes = [likely_children(each, first, last) for each in codes] if children else []
    counts = share_out(children or 0, sizes)
    return [
        _Wanted(code, number, max(50, counts[i]) if counts else None, apart=True)
        for i, (code, number) in enumerate(zip(codes, numbers, strict=True))
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
        file.write(f"# {NOTICE}\n")
        csv.writer(file, lineterminator="\n").writerows(rows)
    return path
