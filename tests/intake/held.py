"""Returns made by hand, as a load would have written them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from sightline.intake.combine import Combined, combine
from sightline.intake.held_returns import HeldReturn, tables_fed
from sightline.intake.places import Districts, Places
from sightline.records import PLACE, TABLES
from sightline.store.manifest import Return, ReturnPart
from sightline.store.tables import FINDING

Rows = Sequence[Mapping[str, object]]


@dataclass
class Result:
    """What combining gave, for asking."""

    folder: Path
    combined: Combined

    def rows(self, table: str, columns: str) -> list[tuple[object, ...]]:
        path = self.folder / f"{table}.parquet"
        if not path.exists():
            return []
        return duckdb.sql(f"SELECT {columns} FROM '{path}'").fetchall()

    def findings(self, code: str = "", columns: str = "code, place, column_name, message") -> list:
        where = f"WHERE code = '{code}'" if code else ""
        path = self.folder / f"{FINDING}.parquet"
        return duckdb.sql(f"SELECT {columns} FROM '{path}' {where}").fetchall()


class Returns:
    """Collects returns, then combines them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.held: list[HeldReturn] = []

    def add(
        self,
        file_format: str,
        end: str,
        *,
        parts: Sequence[tuple[str, str, str]],
        absent: Mapping[str, Mapping[str, tuple[str, ...]]] | None = None,
        **tables: Rows,
    ) -> None:
        """`parts` are (file, sheet, part); rows carry `file` and `sheet` where there are several."""
        day = date.fromisoformat(end)
        files = tuple(dict.fromkeys(file for file, _, _ in parts))
        about = Return(
            format=file_format,
            period_start=day.replace(year=day.year - 1),
            period_end=day,
            authority="",
            files=files,
            tables=dict.fromkeys(tables_fed(file_format, (p for _, _, p in parts)), 0)
            | {name: len(rows) for name, rows in tables.items()},
            parts=tuple(
                ReturnPart(file, sheet, name, bool(sheet), (absent or {}).get(name, {}))
                for file, sheet, name in parts
            ),
        )
        folder = self.folder / "returns" / about.folder
        folder.mkdir(parents=True)
        for name, rows in tables.items():
            self._write(name, file_format, end, rows, parts[0], folder / f"{name}.parquet")
        self.held.append(HeldReturn(about, folder))

    def _write(
        self,
        name: str,
        file_format: str,
        end: str,
        rows: Rows,
        first: tuple[str, str, str],
        path: Path,
    ) -> None:
        columns = (*TABLES[name].columns, *PLACE)
        selects = []
        for number, row in enumerate(rows, start=1):
            full = {
                "source": file_format,
                "return_end": end,
                "file": first[0],
                "sheet": first[1],
                "line": number,
            } | dict(row)
            assert set(full) <= {c.name for c in columns}, row
            cells = ", ".join(
                f"CAST({_literal(full.get(c.name))} AS {c.kind.sql}) AS {c.name}" for c in columns
            )
            selects.append(f"SELECT {cells}")
        duckdb.sql(f"COPY ({' UNION ALL '.join(selects)}) TO '{path}' (FORMAT parquet)")

    def combine(self, places: Places | None = None) -> Result:
        target = self.folder / "tables"
        target.mkdir(exist_ok=True)
        with duckdb.connect() as connection:
            paths = {file: f"{file}.xml" for each in self.held for file in each.about.files}
            districts = Districts(connection, places)
            return Result(
                target, combine(connection, self.held, target, paths=paths, districts=districts)
            )


def _literal(value: object) -> str:
    return "NULL" if value is None else "'" + str(value).replace("'", "''") + "'"
