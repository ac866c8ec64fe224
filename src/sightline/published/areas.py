"""Areas of the published statistics: codes, names, regions, districts and reorganisations.

An area is known by the Department for Education's three-digit number: 885 is Worcestershire, 970
England, 980 to 990 the regions. Nine-character codes change when a boundary does, numbers when an
authority is replaced (`successions.csv`).
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from sightline.published.measures import NotPublishedError
from sightline.published.packaged import rows

ENGLAND = "970"


@dataclass(frozen=True)
class Area:
    """England, a region or a local authority, with every nine-character code it has had.

    `region` is the number of an authority's region. The years are reporting years, by their end.
    """

    code: str
    name: str
    level: str
    region: str
    new_codes: tuple[str, ...]
    first_year: int
    last_year: int


@dataclass(frozen=True)
class Succession:
    """One authority replaced by another. `joined`: the two are read as one series by default."""

    earlier: str
    later: str
    last_year: int
    first_year: int
    joined: bool
    note: str


@cache
def areas() -> Mapping[str, Area]:
    """Every area of the published tables by its number."""
    found: dict[str, Area] = {}
    columns = "area, new_code, name, level, region, first_year, last_year"
    for code, new_code, name, level, region, first, last in rows("areas.parquet", columns):
        before = found.get(code)
        found[code] = Area(
            code,
            name,
            level,
            region,
            (*before.new_codes, new_code) if before else (new_code,),
            min(first, before.first_year) if before else first,
            max(last, before.last_year) if before else last,
        )
    return found


@cache
def _by_name() -> Mapping[str, Area]:
    """Areas by each of their names and nine-character codes. A name used twice is the later area's."""
    known: dict[str, Area] = {}
    for area in sorted(areas().values(), key=lambda each: each.last_year):
        for text in (area.name, *area.new_codes):
            known[text.lower()] = area
    return known


def find_area(text: str) -> Area:
    """Find an area by its number, nine-character code or name.

    `NotPublishedError` if there is none, with the nearest names.
    """
    plain = text.strip()
    if (area := areas().get(plain)) or (area := _by_name().get(plain.lower())):
        return area
    near = [_by_name()[each] for each in get_close_matches(plain.lower(), _by_name(), n=3)]
    advice = "; ".join(f"{each.name} ({each.code})" for each in dict.fromkeys(near))
    raise NotPublishedError(
        f"No published area is called {text!r}."
        + (f" Near it: {advice}." if advice else "")
        + " Give a three-digit number such as 885, a code such as E10000034, or a name."
    )


@cache
def successions() -> tuple[Succession, ...]:
    """Every replacement of one authority's number by another in the years held."""
    text = files("sightline.published").joinpath("successions.csv").read_text(encoding="utf-8")
    return tuple(
        Succession(
            row["earlier"],
            row["later"],
            int(row["last_year"]),
            int(row["first_year"]),
            row["joined"] == "yes",
            row["note"],
        )
        for row in csv.DictReader(text.splitlines())
    )


def number_in(code: str, year: int) -> str:
    """Give the number under which a joined authority stands in a year: 838 is 835 up to 2019."""
    for each in successions():
        if each.joined and code in (each.earlier, each.later):
            return each.earlier if year <= each.last_year else each.later
    return code


def why_absent(area: Area, year: int) -> str:
    """Say why an area has no row in a year: not yet made, already gone, or just not there."""
    for each in successions():
        if area.code == each.earlier and year > each.last_year:
            return f"{area.name} ({area.code}) ends in {each.last_year}: {each.note}"
        if area.code == each.later and year < each.first_year:
            return f"{area.name} ({area.code}) begins in {each.first_year}: {each.note}"
    return f"{area.name} ({area.code}) has no row for {year}"


def districts(code: str) -> Mapping[str, str]:
    """Give the districts of an authority (April 2023), code to name; of a unitary one, itself."""
    columns, area = "district, name", find_area(code)
    return dict(rows("districts.parquet", columns, "area = ? ORDER BY district", area.code))


def authority_of(district: str) -> Area:
    """Give the authority of a district's nine-character code; `NotPublishedError` if unknown."""
    found = rows("districts.parquet", "area", "district = ?", district.strip().upper())
    if not found:
        raise NotPublishedError(f"No district of England (April 2023) has the code {district!r}.")
    return areas()[found[0][0]]
