"""The authority's list of places (places.csv), and the district it gives each child and record.

A CSV file with the columns `kind`, `place` and `district`, one place a line:

    kind,place,district
    team,Redditch Safeguarding,Redditch
    postcode,B97,Redditch
    postcode,WR1 2,Worcester
    postcode,WR5 2NP,Worcester
    uprn,100120653423,Wychavon
    child,100482,Malvern Hills

Lines before the header that begin with `#` are remarks.

`postcode` is a whole postcode, a sector (`WR1 2`, with the space) or an outward code (`WR1`); the
most exact one that is listed counts. `uprn` is the unique property reference number of an address.
A record's district is that of its own team, else the child's own, else that of the child's postcode,
else of the child's address; none of these is not known. Capitals and spaces make no difference in
teams and postcodes; a child's identifier must be exact.
"""

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from sightline.intake.inputs import Input, decode
from sightline.intake.parts import Source, UnreadableFileError

FILE_NAME = "places.csv"
COLUMNS = ("kind", "place", "district")
KINDS = ("team", "postcode", "uprn", "child")

_HEAD = 4096
"""Bytes among which the header is looked for."""
_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?")
_INWARD = re.compile(r"[0-9][A-Z]{2}")
_SQL_POSTCODE = "^[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][A-Z]{2}$"


@dataclass(frozen=True)
class Places:
    """A list of places that was read. `rows` are kind, place and district, tidied; `data` the file.

    `path` is the file's, as people are shown it.
    """

    path: str
    data: bytes
    rows: tuple[tuple[str, str, str], ...]

    @property
    def sha256(self) -> str:
        """The hash of the file."""
        return hashlib.sha256(self.data).hexdigest()


def read_places(path: Path) -> Places:
    """Read a list of places. `UnreadableFileError`, with the line, if any of it cannot be used."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(f"{path}: cannot be opened ({error.strerror}).") from error
    return _places(str(path), data)


def _places(path: str, data: bytes) -> Places:
    text, _ = decode(Source(path, hashlib.sha256(data).hexdigest(), len(data)), data)
    first_line: dict[tuple[str, str], tuple[int, str]] = {}
    for line, kind, place, district in _lines(text, path):
        earlier = first_line.setdefault((kind, place), (line, district))
        if earlier[1] != district:
            raise UnreadableFileError(
                f"{path} line {line}: {kind} {place} is in {district}, but line {earlier[0]} says "
                f"{earlier[1]}; keep one of them."
            )
    rows = ((kind, place, district) for (kind, place), (_, district) in first_line.items())
    return Places(path, data, tuple(sorted(rows)))


def is_list_of_places(file: Input) -> bool:
    """Whether a file is a list of places: its header has the three columns and no other."""
    try:
        text, _ = decode(file.source, file.data[:_HEAD])
        return sorted(_header(csv.reader(io.StringIO(text, newline="")))) == sorted(COLUMNS)
    except (UnreadableFileError, csv.Error):
        return False


def agreed_places(files: Sequence[Input]) -> Places | None:
    """Read the list of places among the files that are loaded, if there is one.

    `UnreadableFileError` if two of them differ, as nothing says which holds, or one cannot be used.
    """
    found = [_places(file.path, file.data) for file in files]
    for other in found[1:]:
        if other.rows != found[0].rows:
            raise UnreadableFileError(
                f"{found[0].path} and {other.path} are both lists of places, and differ; "
                "name one with --places."
            )
    return found[0] if found else None


def _header(lines: Iterator[list[str]]) -> list[str]:
    """Give the first line that is no remark, in small letters; nothing if there is none."""
    for cells in lines:
        header = [cell.strip().lower() for cell in cells]
        if any(header) and not header[0].startswith("#"):
            return header
    return []


def _lines(text: str, path: str) -> Iterator[tuple[int, str, str, str]]:
    """Give the line number, kind, place and district of each line with anything on it."""
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        header = _header(reader)
        if sorted(header) != sorted(COLUMNS):
            raise UnreadableFileError(
                f"{path} line {reader.line_num or 1}: the columns must be kind, place and district, "
                f"not {', '.join(header) or 'nothing'}."
            )
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            where = f"{path} line {reader.line_num}"
            if len(cells) != len(COLUMNS):
                raise UnreadableFileError(f"{where}: has {len(cells)} cells instead of 3.")
            of = dict(zip(header, (" ".join(cell.split()) for cell in cells), strict=True))
            kind = of["kind"].lower()
            if kind not in KINDS:
                raise UnreadableFileError(
                    f"{where}: {of['kind'] or 'a blank'} is not a kind of place; "
                    f"write {', '.join(KINDS[:-1])} or {KINDS[-1]}."
                )
            for name in ("place", "district"):
                if not of[name]:
                    raise UnreadableFileError(f"{where}: the {name} is blank.")
            yield reader.line_num, kind, _tidy(kind, of["place"], where), of["district"]
    except csv.Error as error:
        raise UnreadableFileError(f"{path}: cannot be read as CSV ({error}).") from error


def _tidy(kind: str, place: str, where: str) -> str:
    """Write a place as rows are looked up; `UnreadableFileError` if it cannot be one."""
    if kind == "team":
        return place.lower()
    if kind == "uprn":
        if not place.isascii() or not place.isdigit() or len(place) > 12:
            raise UnreadableFileError(f"{where}: {place} is not a property reference number.")
        return place.lstrip("0")
    if kind == "postcode":
        return _tidy_postcode(place, where)
    return place


def _tidy_postcode(place: str, where: str) -> str:
    outward, _, inward = place.upper().partition(" ")
    if not inward and _INWARD.fullmatch(outward[-3:]) and _POSTCODE.fullmatch(outward[:-3]):
        return outward
    sector = len(inward) == 1 and inward.isdigit()
    if _POSTCODE.fullmatch(outward) and (not inward or sector or _INWARD.fullmatch(inward)):
        return f"{outward} {inward}" if sector else outward + inward
    raise UnreadableFileError(
        f"{where}: {place} is not a postcode (WR1 2AB), a sector (WR1 2) or an outward code (WR1)."
    )


class Districts:
    """Looks up districts in a database, in which it keeps the tables `place_of`, `child_district`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, places: Places | None) -> None:
        self._connection = connection
        self.known = places is not None
        kinds, names, districts = (
            zip(*places.rows, strict=True)
            if places and places.rows
            else (
                (),
                (),
                (),
            )
        )
        connection.register(
            "incoming_places",
            pa.table(
                {
                    "kind": pa.array(kinds, pa.string()),
                    "place": pa.array(names, pa.string()),
                    "district": pa.array(districts, pa.string()),
                }
            ),
        )
        connection.execute("CREATE OR REPLACE TEMP TABLE place_of AS FROM incoming_places")
        connection.unregister("incoming_places")
        self.place_children("SELECT NULL AS child_id, NULL AS postcode, NULL AS uprn WHERE false")

    def place_children(self, children: str) -> None:
        """Find each child's district; `children` is SQL giving child_id, postcode and uprn."""
        self._connection.execute(f"""
            CREATE OR REPLACE TEMP TABLE child_district AS
            WITH child AS (
                SELECT child_id, ltrim(uprn, '0') AS uprn,
                    CASE WHEN regexp_matches(code, '{_SQL_POSTCODE}') THEN code END AS code
                FROM (SELECT *, upper(regexp_replace(postcode, '\\s', '', 'g')) AS code
                    FROM ({children}))
            )
            SELECT c.child_id,
                coalesce(whole.district, sector.district, outward.district, address.district)
                    AS district
            FROM child AS c
            LEFT JOIN place_of AS whole ON whole.kind = 'postcode' AND whole.place = c.code
            LEFT JOIN place_of AS sector
                ON sector.kind = 'postcode' AND sector.place = left(c.code, -3) || ' ' || c.code[-3]
            LEFT JOIN place_of AS outward
                ON outward.kind = 'postcode' AND outward.place = left(c.code, -3)
            LEFT JOIN place_of AS address ON address.kind = 'uprn' AND address.place = c.uprn
        """)

    def take_merged(self) -> None:
        """Have the line of a number that was merged stand for the child it is of now (table `merged`).

        A line of that child's own goes before, and of lines that differ none stands.
        """
        self._connection.execute(
            "INSERT INTO place_of SELECT 'child', m.stands_for, min(p.district) FROM place_of AS p "
            "JOIN merged AS m ON p.kind = 'child' AND p.place = m.number "
            "WHERE m.stands_for NOT IN (SELECT place FROM place_of WHERE kind = 'child') "
            "GROUP BY m.stands_for HAVING count(DISTINCT p.district) = 1"
        )

    def lookup(self, row: str, *, has_team: bool) -> tuple[str, str]:
        """SQL for a row's district, and the joins it needs; `row` is the alias of the row."""
        if not self.known:
            return "CAST(NULL AS VARCHAR)", ""
        found = "coalesce(own_child.district, of_child.district)"
        joins = (
            f"LEFT JOIN place_of AS own_child ON own_child.kind = 'child' "
            f"AND own_child.place = {row}.child_id "
            f"LEFT JOIN child_district AS of_child ON of_child.child_id = {row}.child_id"
        )
        if has_team:
            found = f"coalesce(own_team.district, {found})"
            joins += (
                " LEFT JOIN place_of AS own_team ON own_team.kind = 'team' AND own_team.place = "
                f"lower(trim(regexp_replace({row}.team, '\\s+', ' ', 'g')))"
            )
        return found, joins
