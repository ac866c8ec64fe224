"""Invents plain record tables of any size with DuckDB, for timing only. No one in them is real.

Sizes follow an authority of 20,000 children known over ten years, about 108,000 event rows, so that 2
million children make about 11 million. Values are near-uniform: real data are lumpier.
"""

from pathlib import Path

import duckdb

from sightline.records import PLACE, TABLES

CHILDREN_OF_AN_AUTHORITY = 20_000

_SQL = {
    "child": """
        SELECT 'C' || i AS child_id, DATE '2008-04-01' + CAST(r(i, 1) * 3650 AS INTEGER) AS birth_date,
            CASE WHEN r(i, 2) < 0.5 THEN 'F' ELSE 'M' END AS sex,
            ['WBRI', 'WOTH', 'MWBC', 'APKN', 'BAFR', 'OOTH', 'NOBT'][1 + CAST(r(i, 3) * 6 AS INTEGER)]
                AS ethnicity,
            'D' || (i // 20000) || '-' || CAST(r(i, 4) * 5 AS INTEGER) AS district
        FROM children""",
    "disability": """
        SELECT 'C' || i AS child_id, CASE WHEN r(i, 5) < 0.12 THEN 'LD' ELSE 'NONE' END AS disability
        FROM children WHERE r(i, 6) < 0.5""",
    "referral": """
        SELECT 'C' || i AS child_id, day(i, k, 10) AS referral_date,
            ['6', '2A', '3A', '1A', '5B', '8'][1 + CAST(r(i, 11 + k) * 5 AS INTEGER)] AS referral_source,
            r(i, 12 + k) < 0.08 AS no_further_action, 'N1' AS primary_need,
            CASE WHEN r(i, 13 + k) < 0.9
                THEN day(i, k, 10) + 20 + CAST(r(i, 14 + k) * 400 AS INTEGER) END AS closure_date,
            CASE WHEN r(i, 13 + k) < 0.3 THEN 'RC8' WHEN r(i, 13 + k) < 0.9 THEN 'RC7' END
                AS closure_reason
        FROM children, ks WHERE k = 0 OR r(i, 15 + k) < 0.3""",
    "assessment": """
        SELECT child_id, referral_date, referral_date + 1 AS start_date,
            referral_date + 1 + CAST(r(hash(child_id, referral_date), 1) * 80 AS INTEGER)
                AS authorisation_date
        FROM referral WHERE NOT no_further_action""",
    "section_47": """
        SELECT child_id, referral_date, referral_date + 3 AS start_date,
            CASE WHEN r(hash(child_id, referral_date), 3) < 0.45 THEN
                referral_date + 3 + CAST(r(hash(child_id, referral_date), 4) * 35 AS INTEGER) END
                AS conference_date
        FROM referral WHERE r(hash(child_id, referral_date), 2) < 0.3""",
    "conference": """
        SELECT child_id, referral_date, start_date AS section_47_start, conference_date
        FROM section_47 WHERE conference_date IS NOT NULL""",
    "cp_plan": """
        SELECT child_id, referral_date, conference_date AS start_date,
            CASE WHEN r(hash(child_id, referral_date), 6) < 0.9 THEN
                conference_date + 30 + CAST(r(hash(child_id, referral_date), 7) * 700 AS INTEGER) END
                AS end_date,
            'NEG' AS initial_category, 'EMO' AS latest_category,
            CAST(r(hash(child_id, referral_date), 8) * 1.2 AS INTEGER) AS previous_plans
        FROM conference WHERE r(hash(child_id, referral_date), 5) < 0.85""",
    "cp_review": """
        SELECT child_id, start_date AS plan_start, start_date + 85 + 180 * k AS review_date
        FROM cp_plan, ks3 WHERE start_date + 85 + 180 * k < COALESCE(end_date, DATE '2024-03-31')""",
    "visit": """
        SELECT child_id, 'CIN' AS pathway, referral_date + 12 * (k + 1) AS visit_date, TRUE AS seen
        FROM referral, ks3 WHERE NOT no_further_action AND k < 2
        UNION ALL
        SELECT child_id, 'CP', start_date + 9 * (k + 1), TRUE
        FROM cp_plan, ks3 WHERE start_date + 9 * (k + 1) < COALESCE(end_date, DATE '2024-03-31')""",
    "contact": """
        SELECT 'C' || i AS child_id, day(i, k, 40) AS contact_date, '6' AS contact_source,
            r(i, 41 + k) < 0.3 AS new_referral, r(i, 41 + k) > 0.6 AS no_further_action,
            FALSE AS advice
        FROM children, ks WHERE k < 1 AND r(i, 42) < 0.8""",
    "care_episode": """
        SELECT 'C' || i AS child_id, day(i, 0, 50) + 200 * k AS start_date,
            CASE WHEN k = 0 THEN 'S' ELSE 'P' END AS start_reason, 'C2' AS legal_status,
            'U4' AS placement,
            CASE WHEN k < 2 OR r(i, 52) < 0.6 THEN day(i, 0, 50) + 200 * (k + 1) END AS end_date,
            CASE WHEN k < 2 THEN 'X1' WHEN r(i, 52) < 0.6 THEN 'E4A' END AS end_reason
        FROM children, ks3 WHERE r(i, 51) < 0.08""",
    "missing_episode": """
        SELECT 'C' || i AS child_id, 'M' AS missing_kind, day(i, 0, 60) AS start_date,
            day(i, 0, 60) + 1 AS end_date
        FROM children WHERE r(i, 61) < 0.05""",
}


def make(folder: Path, children: int) -> int:
    """Write one parquet file a record table; gives the number of event rows."""
    folder.mkdir(parents=True, exist_ok=True)
    connection = duckdb.connect()
    connection.execute(f"CREATE TABLE children AS SELECT i FROM range({children}) AS t(i)")
    connection.execute("CREATE TABLE ks AS SELECT CAST(k AS INTEGER) AS k FROM range(2) AS t(k)")
    connection.execute("CREATE TABLE ks3 AS SELECT CAST(k AS INTEGER) AS k FROM range(3) AS t(k)")
    connection.execute("CREATE MACRO r(i, s) AS (hash(i, s) % 1000003) / 1000003.0")
    connection.execute(
        "CREATE MACRO day(i, k, s) AS DATE '2014-04-01' + CAST(r(i, s + 7 * k) * 3640 AS INTEGER)"
    )
    events = 0
    for name, table in TABLES.items():
        columns = {c.name: c.kind.sql for c in (*table.columns, *PLACE)} | {"district": "VARCHAR"}
        made = _SQL.get(name)
        if made is None:
            empty = ", ".join(f'CAST(NULL AS {kind}) AS "{column}"' for column, kind in columns.items())
            connection.execute(f"CREATE TABLE {name} AS SELECT {empty} WHERE FALSE")
        else:
            connection.execute(f"CREATE TEMP TABLE made AS {made}")
            has = {row[0] for row in connection.execute("DESCRIBE made").fetchall()}
            listed = []
            for column, kind in columns.items():
                if column in has:
                    listed.append(f"CAST(m.{column} AS {kind}) AS {column}")
                elif column == "district":
                    listed.append("c.district")
                elif column == "line":
                    listed.append("CAST(row_number() OVER () AS INTEGER) AS line")
                else:
                    listed.append(f"CAST(NULL AS {kind}) AS {column}")
            join = "" if name == "child" else "LEFT JOIN child AS c ON c.child_id = m.child_id"
            connection.execute(f"CREATE TABLE {name} AS SELECT {', '.join(listed)} FROM made AS m {join}")
            connection.execute("DROP TABLE made")
            rows = connection.execute(f"SELECT COUNT(*) FROM {name}").fetchone()
            events += rows[0] if rows and name not in ("child", "disability") else 0
        connection.execute(f"COPY {name} TO '{folder / name}.parquet' (FORMAT parquet)")
    return events


def connect(folder: Path) -> duckdb.DuckDBPyConnection:
    """Open the tables as views, as a snapshot does."""
    connection = duckdb.connect()
    for name in TABLES:
        connection.execute(
            f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{folder / name}.parquet')"
        )
    return connection
