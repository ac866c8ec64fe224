"""Writes SSDA903, the return of looked-after children: a set of CSV files for each year."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from sightline.export.tables import Cell, Table, write_csv
from sightline.intake.ssda903 import layouts
from sightline.synthetic.authority import Authority
from sightline.synthetic.events import Child, Placement
from sightline.synthetic.protection import first_day, last_day

SEX_LETTERS_SINCE = 2025
SOCIAL_WORKERS_SINCE = 2024
_FILES = {
    "Header": "header",
    "Episodes": "episodes",
    "Reviews": "reviews",
    "UASC": "uasc",
    "OC2": "oc2",
    "OC3": "oc3",
    "AD1": "ad1",
    "PlacedAdoption": "placed_for_adoption",
    "PrevPerm": "previous_permanence",
    "Missing": "missing",
    "SWEpisodes": "sw_episodes",
}
_NOT_OF_CARE = ("N0", "N9")
"""Primary needs that the return has no code for."""


def write_ssda903(folder: Path, authority: Authority, year: int, tables: Iterable[Table]) -> None:
    """Write the tables of one year that have rows into a folder of their own."""
    (folder / str(year)).mkdir(parents=True, exist_ok=True)
    for table in tables:
        if not table.rows:
            continue
        path = folder / file_name(authority, year, table.name)
        write_csv(path, table.columns, table.rows, day_text, blank_lines=year - authority.years[0])


def file_name(authority: Authority, year: int, table: str) -> str:
    """Give the path of the file of a table, from the folder of the format."""
    return f"{year}/invented-{authority.code}-{year}-{_FILES[table]}.csv"


def day_text(day: date) -> str:
    """Write a day as the return does: dd/mm/yyyy."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def ssda903_tables(authority: Authority, year: int) -> list[Table]:
    """Give the tables of the return of a year, in the order of the collection."""
    return _Return(authority, year).tables()


class _Return:
    def __init__(self, authority: Authority, year: int) -> None:
        self.authority = authority
        self.year = year
        self.start, self.end = first_day(year), last_day(year)
        columns = {layout.part: layout.columns for layout in layouts()}
        self.table = {name: Table(name, columns[name]) for name in _FILES}
        self.listed: dict[str, Child] = {}

    def tables(self) -> list[Table]:
        for child in self.authority.in_care:
            self._care(child)
        self._health()
        self._missing()
        self._leavers()
        header = self.table["Header"]
        for child in self.listed.values():
            header.add(
                child.id, self._sex(child), child.birth, child.ethnicity, child.upn or None, 0, None
            )
        header.rows.sort(key=lambda row: str(row[0]))
        named = list(_FILES)
        if self.year < SOCIAL_WORKERS_SINCE:
            named.remove("SWEpisodes")
        return [self.table[name] for name in named]

    def _sex(self, child: Child) -> str:
        if self.year >= SEX_LETTERS_SINCE:
            return child.sex
        return {"M": "1", "F": "2"}[child.sex]

    def _care(self, child: Child) -> None:
        for period in child.care:
            episodes = [
                each
                for each in period.episodes
                if each.start <= self.end and (each.end is None or each.end >= self.start)
            ]
            if not episodes:
                continue
            self.listed[child.id] = child
            for each in episodes:
                self._episode(child, each, period.need)
            for day, part in period.reviews:
                if self.start <= day <= self.end:
                    self.table["Reviews"].add(child.id, child.birth, day, part)
            if period.unaccompanied:
                self.table["UASC"].add(child.id, self._sex(child), child.birth, child.eighteen)
            self._permanence(child, period.entered)
            if (way := period.adoption) is not None and way.decision <= self.end:
                self.table["PlacedAdoption"].add(child.id, child.birth, way.decision, None, None)
                if way.order is not None and self.start <= way.order <= self.end:
                    self.table["AD1"].add(
                        child.id, child.birth, way.decision, way.matched,
                        int(way.by_foster_carer), way.adopters, way.adopters_sex,
                        way.adopters_status,
                    )  # fmt: skip
        if self.year >= SOCIAL_WORKERS_SINCE and child.id in self.listed:
            self._workers(child)

    def _episode(self, child: Child, each: Placement, need: str) -> None:
        ended = each.end is not None and each.end <= self.end
        self.table["Episodes"].add(
            child.id, each.start, each.reason, each.legal_status, need, each.placement,
            each.provider, each.end if ended else None, each.end_reason if ended else None,
            (each.change_reason or None) if ended else None, child.postcode, each.postcode,
            each.urn or None,
        )  # fmt: skip

    def _permanence(self, child: Child, entered: date) -> None:
        if not self.start <= entered <= self.end:
            return
        option, authority, day = self.authority.permanence.get(child.id, ("Z1", "", ""))
        rows = self.table["PrevPerm"].rows
        if not any(row[0] == child.id for row in rows[-3:]):
            self.table["PrevPerm"].add(
                child.id, child.birth, option, authority or None, day or None
            )

    def _workers(self, child: Child) -> None:
        for held in self.authority.allocations(child):
            within = held.start <= self.end and (held.end is None or held.end >= self.start)
            if within and any(
                period.entered <= (held.end or self.end) and period.last_day > held.start
                for period in child.care
            ):
                ended = held.end is not None and held.end <= self.end
                self.table["SWEpisodes"].add(
                    child.id, child.birth, held.worker.id, held.start,
                    held.end if ended else None, held.reason if ended else None,
                )  # fmt: skip

    def _health(self) -> None:
        for row in self.authority.years_in_care:
            if row.year != self.year:
                continue
            refused = row.substance and not row.intervention
            self.table["OC2"].add(
                row.child.id, row.child.birth, row.score, row.no_score or None,
                int(row.convicted), int(row.checked) if row.under_five else None,
                int(row.immunised), int(row.teeth), int(row.assessed), int(row.substance),
                int(row.intervention) if row.substance else None,
                int(refused) if row.substance else None,
            )  # fmt: skip

    def _missing(self) -> None:
        for each in self.authority.missing:
            if self.start <= each.start <= self.end:
                end: Cell = each.end if each.end <= self.end else None
                self.table["Missing"].add(
                    each.child.id, each.child.birth, each.kind, each.start, end
                )

    def _leavers(self) -> None:
        for leaver in self.authority.leavers:
            if leaver.year == self.year:
                self.listed[leaver.child.id] = leaver.child
                self.table["OC3"].add(
                    leaver.child.id, leaver.child.birth, leaver.in_touch, leaver.activity,
                    accommodation(leaver.accommodation, leaver.suitable),
                )  # fmt: skip


def accommodation(code: str, suitable: bool | None) -> str:
    """Write accommodation as the return does: a letter, and 1 where it is suitable or 2."""
    return code if suitable is None else f"{code}{1 if suitable else 2}"


def care_need(needs: Sequence[str]) -> str:
    """Give the category of need of a child in care from that of the episode of need."""
    return next((need for need in needs if need and need not in _NOT_OF_CARE), "N1")
