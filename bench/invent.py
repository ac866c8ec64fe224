"""Invents records of any size and puts them in a store, for timing only. No one in them is real.

Sizes follow an authority of 20,000 children known over ten years with about 108,000 event rows, so
that 2 million children make about 11 million. Every table an indicator reads has rows. Values are
near-uniform: real data are lumpier. The snapshot is published through the store, so what is timed
afterwards opens it as the commands do.

    python bench/invent.py FOLDER CHILDREN AUTHORITIES

makes one on its own, so that the memory this takes is not counted as that of what is measured.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from sightline import __version__
from sightline.records import DISTRICT, TABLES
from sightline.store.manifest import Manifest, Return, TableContent
from sightline.store.snapshots import Snapshot, Store
from sightline.store.tables import columns_of

CHILDREN_OF_AN_AUTHORITY = 20_000
FIRST_DAY, LAST_DAY = date(2014, 4, 1), date(2024, 3, 31)
NOT_EVENTS = ("child", "disability", "assessment_factor", "worker")
"""Tables whose rows describe something, and are not counted as events."""

_MACROS = f"""
CREATE MACRO r(i, s) AS (hash(i, s) % 1000003) / 1000003.0;
CREATE MACRO pick(i, s, words) AS words[1 + CAST(floor(r(i, s) * len(words)) AS INTEGER)];
CREATE MACRO day(i, k, s) AS DATE '{FIRST_DAY}' + CAST(r(i, s + 7 * k) * 3640 AS INTEGER);
CREATE MACRO later(d, i, s, least, most) AS d + least + CAST(r(i, s) * (most - least) AS INTEGER);
CREATE MACRO past(d) AS CASE WHEN d <= DATE '{LAST_DAY}' THEN d END;
"""

_SQL = {
    "child": """
        SELECT 'C' || i AS child_id, DATE '2000-04-01' + CAST(r(i, 1) * 8500 AS INTEGER) AS birth_date,
            pick(i, 2, ['F', 'M']) AS sex, r(i, 6) < 0.02 AS uasc,
            pick(i, 3, ['WBRI', 'WOTH', 'MWBC', 'APKN', 'BAFR', 'OOTH', 'NOBT']) AS ethnicity,
            'D' || authority(i) || '-' || CAST(floor(r(i, 4) * 6) AS INTEGER) AS district
        FROM children""",
    "disability": """
        SELECT 'C' || i AS child_id, CASE WHEN r(i, 5) < 0.12 THEN 'LD' ELSE 'NONE' END AS disability
        FROM children WHERE r(i, 6) < 0.5""",
    "contact": """
        SELECT 'C' || i AS child_id, day(i, k, 40) AS contact_date,
            pick(i, 43 + k, ['6', '2A', '3A', '1A', '5B', '8']) AS contact_source,
            r(i, 41 + k) < 0.3 AS new_referral, r(i, 41 + k) > 0.6 AS no_further_action,
            FALSE AS advice
        FROM children, ks WHERE k < 1 AND r(i, 42) < 0.5""",
    "early_help_episode": """
        SELECT 'C' || i AS child_id, day(i, 0, 100) AS start_date,
            past(later(day(i, 0, 100), i, 101, 30, 330)) AS end_date,
            pick(i, 102, ['Primary school', 'Health visiting', 'Family centre', 'Police'])
                AS organisation,
            pick(i, 103, ['Planned end', 'Stepped up to social care', 'Family moved']) AS end_reason
        FROM children WHERE r(i, 104) < 0.2""",
    "referral": """
        SELECT 'C' || i AS child_id, day(i, k, 10) AS referral_date,
            pick(i, 11 + k, ['6', '2A', '3A', '1A', '5B', '8']) AS referral_source,
            r(i, 12 + k) < 0.08 AS no_further_action,
            pick(i, 16 + k, ['N1', 'N1', 'N2', 'N4', 'N5', 'N0']) AS primary_need,
            past(CASE WHEN r(i, 13 + k) < 0.96
                THEN later(day(i, k, 10), i, 14 + k, 20, 620) END) AS closure_date,
            pick(i, 17 + k, ['RC7', 'RC8', 'RC9', 'RC1']) AS closure_reason
        FROM children, ks WHERE r(i, 15 + k) < CASE k WHEN 0 THEN 0.75 ELSE 0.15 END""",
    "assessment": """
        SELECT child_id, referral_date, referral_date + 1 AS start_date,
            past(later(referral_date, hash(child_id, referral_date), 1, 2, 82)) AS authorisation_date,
            r(hash(child_id, referral_date), 9) < 0.9 AS child_seen
        FROM referral WHERE NOT no_further_action AND r(hash(child_id, referral_date), 10) < 0.8""",
    "assessment_factor": """
        SELECT child_id, start_date,
            pick(hash(child_id, start_date), 11 + k, ['1A', '2B', '3A', '4B', '5A', '8B']) AS factor
        FROM assessment, ks WHERE k = 0 OR r(hash(child_id, start_date), 13) < 0.4""",
    "section_47": """
        SELECT child_id, referral_date, referral_date + 3 AS start_date,
            past(later(referral_date, hash(child_id, referral_date), 14, 8, 40)) AS end_date,
            past(CASE WHEN r(hash(child_id, referral_date), 3) < 0.45
                THEN later(referral_date, hash(child_id, referral_date), 4, 3, 38) END)
                AS conference_date
        FROM referral WHERE r(hash(child_id, referral_date), 2) < 0.3""",
    "conference": """
        SELECT child_id, referral_date, start_date AS section_47_start, conference_date,
            r(hash(child_id, referral_date), 15) < 0.05 AS transfer_in,
            r(hash(child_id, referral_date), 5) < 0.85 AS resulted_in_plan
        FROM section_47 WHERE conference_date IS NOT NULL""",
    "cin_plan": """
        SELECT child_id, referral_date, past(referral_date + 40) AS start_date,
            past(CASE WHEN r(hash(child_id, referral_date), 16) < 0.9
                THEN later(referral_date, hash(child_id, referral_date), 17, 70, 400) END) AS end_date
        FROM referral
        WHERE NOT no_further_action AND r(hash(child_id, referral_date), 18) < 0.4
            AND past(referral_date + 40) IS NOT NULL""",
    "cp_plan": """
        SELECT child_id, referral_date, conference_date AS start_date,
            past(CASE WHEN r(hash(child_id, referral_date), 6) < 0.95
                THEN later(conference_date, hash(child_id, referral_date), 7, 30, 800) END) AS end_date,
            pick(hash(child_id, referral_date), 19, ['NEG', 'EMO', 'PHY', 'SAB']) AS initial_category,
            pick(hash(child_id, referral_date), 20, ['NEG', 'EMO', 'PHY', 'MUL']) AS latest_category,
            CAST(r(hash(child_id, referral_date), 8) * 1.2 AS INTEGER) AS previous_plans
        FROM conference WHERE resulted_in_plan""",
    "cp_review": f"""
        SELECT child_id, start_date AS plan_start, start_date + 85 + 180 * k AS review_date,
            pick(hash(child_id, start_date), 21 + k, ['PN0', 'PN1', 'PN3', 'PN4', 'PN7'])
                AS participation
        FROM cp_plan, ks3 WHERE start_date + 85 + 180 * k < COALESCE(end_date, DATE '{LAST_DAY}')""",
    "visit": f"""
        SELECT child_id, 'CIN' AS pathway, referral_date + 12 * (k + 1) AS visit_date, TRUE AS seen,
            r(hash(child_id, referral_date), 24 + k) < 0.7 AS seen_alone
        FROM referral, ks3
        WHERE NOT no_further_action AND k < 1 AND r(hash(child_id, referral_date), 23) < 0.6
            AND past(referral_date + 12 * (k + 1)) IS NOT NULL
        UNION ALL
        SELECT child_id, 'CP', start_date + 9 * (k + 1), TRUE,
            r(hash(child_id, start_date), 27 + k) < 0.7
        FROM cp_plan, ks3 WHERE start_date + 9 * (k + 1) < COALESCE(end_date, DATE '{LAST_DAY}')
        UNION ALL
        SELECT child_id, 'LAC', start_date + 6 + 40 * k, TRUE,
            r(hash(child_id, start_date), 30 + k) < 0.7
        FROM care_episode, ks3 WHERE start_date + 6 + 40 * k < COALESCE(end_date, DATE '{LAST_DAY}')""",
    "pre_proceedings": """
        SELECT child_id, referral_date, past(referral_date + 60) AS start_date,
            past(later(referral_date, hash(child_id, referral_date), 33, 100, 300)) AS decision_date
        FROM referral
        WHERE r(hash(child_id, referral_date), 34) < 0.02 AND past(referral_date + 60) IS NOT NULL""",
    "care_episode": """
        SELECT 'C' || i AS child_id, day(i, 0, 50) + 200 * k AS start_date,
            day(i, 0, 50) AS entered_care_date,
            CASE WHEN k = 0 THEN 'S' ELSE 'P' END AS start_reason,
            pick(i, 53 + k, ['C2', 'C1', 'V2', 'E1']) AS legal_status,
            pick(i, 56 + k, ['U4', 'U1', 'K2', 'P1', 'A4']) AS placement,
            past(CASE WHEN k < 2 OR r(i, 52) < 0.6 THEN day(i, 0, 50) + 200 * (k + 1) END) AS end_date,
            CASE
                WHEN past(CASE WHEN k < 2 OR r(i, 52) < 0.6 THEN day(i, 0, 50) + 200 * (k + 1) END)
                    IS NULL THEN NULL
                WHEN k < 2 THEN 'X1'
                ELSE pick(i, 59, ['E4A', 'E11', 'E3', 'E8'])
            END AS end_reason,
            1 + 40 * r(i, 60 + k) AS distance, pick(i, 63 + k, ['IN', 'OUT']) AS location
        FROM children, ks3 WHERE r(i, 51) < 0.06 AND past(day(i, 0, 50) + 200 * k) IS NOT NULL""",
    "care_review": f"""
        SELECT child_id, start_date + 19 + 85 * k AS review_date,
            pick(hash(child_id, start_date), 66 + k, ['PN1', 'PN3', 'PN4', 'PN7']) AS participation
        FROM care_episode, ks3
        WHERE k < 1 AND start_date + 19 + 85 * k < COALESCE(end_date, DATE '{LAST_DAY}')""",
    "care_outcome": f"""
        SELECT e.child_id, y.year_end,
            CASE WHEN r(hash(e.child_id, y.year_end), 69) < 0.8
                THEN CAST(r(hash(e.child_id, y.year_end), 70) * 40 AS INTEGER) END AS sdq_score,
            r(hash(e.child_id, y.year_end), 71) < 0.03 AS convicted,
            r(hash(e.child_id, y.year_end), 72) < 0.9 AS immunised,
            r(hash(e.child_id, y.year_end), 73) < 0.85 AS teeth_checked,
            r(hash(e.child_id, y.year_end), 74) < 0.9 AS health_assessed,
            r(hash(e.child_id, y.year_end), 75) < 0.04 AS substance_misuse
        FROM (
            SELECT child_id, MIN(start_date) AS entered, MAX(COALESCE(end_date, DATE '{LAST_DAY}')) AS left
            FROM care_episode GROUP BY child_id
        ) AS e
        JOIN (SELECT make_date(2014 + n, 3, 31) AS year_end FROM range(1, 11) AS t(n)) AS y
            ON e.entered + 365 <= y.year_end AND e.left >= y.year_end""",
    "health_check": f"""
        SELECT child_id, 'HEALTH' AS check_type, start_date + 10 + CAST(r(hash(child_id), 76) * 40 AS INTEGER)
            AS check_date
        FROM care_episode
        WHERE start_date + 60 < COALESCE(end_date, DATE '{LAST_DAY}')""",
    "missing_episode": """
        SELECT 'C' || i AS child_id, pick(i, 77, ['M', 'M', 'M', 'A']) AS missing_kind,
            day(i, 0, 50) + 30 + 20 * k AS start_date,
            past(day(i, 0, 50) + 31 + 20 * k) AS end_date,
            r(i, 78 + k) < 0.8 AS interview_offered, r(i, 78 + k) < 0.6 AS interview_accepted
        FROM children, ks3 WHERE r(i, 79) < 0.02 AND past(day(i, 0, 50) + 30 + 20 * k) IS NOT NULL""",
    "care_leaver": """
        SELECT c.child_id, y.as_at, 'FORMER_RELEVANT' AS eligibility,
            pick(hash(c.child_id, y.as_at), 80, ['YES', 'YES', 'NO']) AS in_touch,
            pick(hash(c.child_id, y.as_at), 81, ['F1', 'F4', 'P5', 'G5', 'G4']) AS activity,
            pick(hash(c.child_id, y.as_at), 82, ['B', 'C', 'K', 'U']) AS accommodation,
            r(hash(c.child_id, y.as_at), 83) < 0.9 AS suitable
        FROM child AS c
        JOIN (SELECT make_date(2014 + n, 3, 31) AS as_at FROM range(1, 11) AS t(n)) AS y
            ON c.birth_date + INTERVAL 19 YEAR <= y.as_at AND c.birth_date + INTERVAL 22 YEAR > y.as_at
        WHERE r(hash(c.child_id), 84) < 0.12""",
    "adoption": """
        SELECT child_id, start_date AS entered_care_date, start_date + 120 AS placement_order_date,
            start_date + 200 AS matched_date, start_date + 230 AS placed_date,
            past(later(start_date, hash(child_id), 85, 300, 600)) AS order_date
        FROM care_episode
        WHERE start_reason = 'S' AND r(hash(child_id), 86) < 0.12
            AND past(start_date + 230) IS NOT NULL""",
    "allocation": """
        SELECT child_id, 'W' || CAST(r(hash(child_id), 87 + k) * 300 AS INTEGER) AS worker,
            'Social worker' AS role, start_date + 60 * k AS start_date,
            past(start_date + 60 * (k + 1)) AS end_date
        FROM care_episode, ks
        WHERE past(start_date + 60 * k) IS NOT NULL AND r(hash(child_id, start_date), 92 + k) < 0.6""",
    "worker": """
        SELECT 'W' || a.i || '-' || w.i AS worker_id, 'SW' || w.i AS registration,
            'Social worker' AS job_title, pick(w.i, 88, ['Assessment', 'Protection', 'Care', 'Leaving care'])
                AS department,
            CAST(r(hash(w.i, y.as_at), 89) * 25 AS INTEGER) AS caseload,
            pick(w.i, 90, ['1', '1', '0.8', '0.6']) AS fte, r(hash(w.i, y.as_at), 91) < 0.17 AS agency,
            y.as_at
        FROM range(150) AS w(i), (SELECT DISTINCT authority(i) AS i FROM children) AS a,
            (SELECT make_date(2014 + n, 9, 30) AS as_at FROM range(0, 10) AS t(n)) AS y""",
}
_ORDER = ("care_episode",)
"""Tables that others are made of, and so come before their turn."""

_TEAM = "p.district || ' team ' || CAST(hash(m.child_id) % 2 AS VARCHAR)"
_WORKER = (
    "p.district || ' worker ' || CAST(hash(m.child_id) % 20 AS VARCHAR) || ' ' || "
    "CAST((year(m.{day}) + hash(m.child_id) % 20) // 3 % 100 AS VARCHAR)"
)
"""Twenty posts in a district, each held by another person after three years."""


@dataclass(frozen=True)
class Invented:
    """A store of invented records: its current snapshot, and how many events are in it."""

    snapshot: Snapshot
    children: int
    events: int


def make_store(folder: Path, children: int, authorities: int = 1) -> Invented:
    """Publish a snapshot of this many invented children in a new store at `folder`.

    Each authority has six districts, twelve teams and 120 posts of social workers.
    """
    connection = duckdb.connect()
    connection.execute(f"CREATE TABLE children AS SELECT i FROM range({children}) AS t(i)")
    connection.execute("CREATE TABLE ks AS SELECT CAST(k AS INTEGER) AS k FROM range(2) AS t(k)")
    connection.execute("CREATE TABLE ks3 AS SELECT CAST(k AS INTEGER) AS k FROM range(3) AS t(k)")
    connection.execute(_MACROS)
    connection.execute(f"CREATE MACRO authority(i) AS i * {authorities} // {children}")
    tables: dict[str, TableContent] = {}
    with Store(folder).writing() as draft:
        for name in _making_order():
            _make_table(connection, name)
            rows = connection.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()
            if rows is None or not rows[0]:
                continue
            target = draft.folder / "tables" / f"{name}.parquet"
            connection.execute(
                f"COPY (SELECT * FROM \"{name}\") TO '{target}' (FORMAT parquet, COMPRESSION zstd)"
            )
            columns = tuple(column.name for column in columns_of(name))
            tables[name] = TableContent(rows[0], "invented", columns)
        snapshot = draft.publish(_manifest(tables))
    connection.close()
    events = sum(of.rows for name, of in tables.items() if name not in NOT_EVENTS)
    return Invented(snapshot, children, events)


def _making_order() -> Iterator[str]:
    yield "child"
    yield from _ORDER
    yield from (name for name in TABLES if name not in ("child", *_ORDER))


def _make_table(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Make one record table with every column of the vocabulary, in the order of children."""
    columns = {column.name: column.kind.sql for column in columns_of(name)}
    made = _SQL.get(name)
    if made is None:
        empty = ", ".join(f'CAST(NULL AS {kind}) AS "{each}"' for each, kind in columns.items())
        connection.execute(f'CREATE TABLE "{name}" AS SELECT {empty} WHERE FALSE')
        return
    connection.execute(f"CREATE TEMP TABLE made AS {made}")
    has = [row[0] for row in connection.execute("DESCRIBE made").fetchall()]
    day = next((each for each in has if each.endswith(("_date", "as_at"))), "")
    known = {
        "source": "'ssd'",
        "return_end": f"DATE '{LAST_DAY}'",
        "file": "'invented'",
        "line": "CAST(row_number() OVER () AS INTEGER)",
        DISTRICT.name: "p.district",
        "team": _TEAM,
        "worker": _WORKER.format(day=day),
    }
    listed = []
    for each, kind in columns.items():
        expression = f"m.{each}" if each in has else known.get(each, "NULL")
        listed.append(f'CAST({expression} AS {kind}) AS "{each}"')
    place = "" if name in ("child", "worker") else "LEFT JOIN child AS p ON p.child_id = m.child_id"
    key = "child_id" if "child_id" in has else "worker_id"
    order = f"m.{key}" + (f", m.{day}" if day else "")
    connection.execute(
        f'CREATE TABLE "{name}" AS SELECT {", ".join(listed)} FROM made AS m {place} ORDER BY {order}'
    )
    connection.execute("DROP TABLE made")


def _manifest(tables: dict[str, TableContent]) -> Manifest:
    """Say that each table came from a return of every format that feeds it."""
    formats = dict.fromkeys(feed.format.value for name in tables for feed in TABLES[name].feeds)
    return Manifest(
        id="",
        created=datetime.now(UTC),
        parent="",
        software=__version__,
        inputs=(),
        returns=tuple(
            Return(
                format=name,
                period_start=FIRST_DAY,
                period_end=LAST_DAY,
                authority="",
                files=(),
                tables={
                    table: of.rows
                    for table, of in tables.items()
                    if any(feed.format.value == name for feed in TABLES[table].feeds)
                },
            )
            for name in formats
        ),
        tables={name: tables[name] for name in TABLES if name in tables},
        findings=0,
        rejected=0,
    )


if __name__ == "__main__":
    print(make_store(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])).events)
