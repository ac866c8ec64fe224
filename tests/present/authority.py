"""A small invented authority, as record tables: enough of everything for a report. No child is real."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from practice.example import connect
from sightline.indicators.measured import Measured
from sightline.indicators.settings import Target, load_settings
from sightline.records import TABLES
from sightline.store.manifest import InputFile, Manifest, Return, TableContent
from sightline.store.snapshots import Snapshot
from sightline.store.tables import columns_of

CHILDREN = 900
FIRST, LAST = date(2013, 4, 1), date(2016, 3, 31)
MADE = date(2016, 7, 1)
NOTICE = "The children in this report are invented. None of them is real."
SPITEFUL = '<b>Team & "Sons"</b> =1+1 #set page'
"""A team's name that would break any output which does not write text as text."""

TARGETS = tuple(
    Target(code, value, 5.0, date(2013, 4, 1), date(9999, 12, 31), "Cabinet, March 2013")
    for code, value in {"AS-01": 80, "CP-05": 90, "CI-05": 81, "CP-14": 98}.items()
)

SPEAKS_OF = {
    "cin": (
        "child",
        "disability",
        "referral",
        "assessment",
        "assessment_factor",
        "section_47",
        "conference",
        "cin_plan",
        "cp_plan",
        "cp_review",
    ),
    "annex_a": ("contact", "early_help_episode", "visit"),
}
"""Tables each return could hold rows of. Nothing about looked-after children is loaded."""

_MACROS = """
CREATE MACRO r(i, s) AS (hash(i, s) % 10007) / 10007.0;
CREATE MACRO day(i, s) AS DATE '2013-04-01' + CAST(floor(r(i, s) * 1094) AS INTEGER);
CREATE TABLE k AS SELECT CAST(k AS INTEGER) AS k FROM range(100) AS t(k);
CREATE TABLE n AS SELECT CAST(i AS INTEGER) AS i,
    'KZ' || lpad(CAST(i AS VARCHAR), 5, '0') AS child_id,
    ['Bromsgrove', 'Malvern Hills', 'Redditch', 'Worcester', 'Wychavon', 'Wyre Forest', NULL]
        [1 + CAST(floor(r(i, 1) * 6.1) AS INTEGER)] AS district,
    ['Assessment North', 'Assessment South', $spiteful, 'Safeguarding East',
     'Safeguarding West', 'Children with disabilities']
        [1 + CAST(floor(r(i, 2) * 6) AS INTEGER)] AS team,
    'W' || CAST(floor(r(i, 3) * 30) AS INTEGER) AS worker
FROM range($children) AS t(i);
"""
_ROWS = {
    "child": """SELECT child_id, DATE '2000-04-01' + CAST(r(i, 4) * 4700 AS INTEGER) AS birth_date,
        CASE WHEN r(i, 5) < 0.5 THEN 'F' ELSE 'M' END AS sex,
        CASE WHEN r(i, 6) < 0.9 THEN 'WBRI' END AS ethnicity, district FROM n""",
    "contact": """SELECT child_id, day(i, 10) - 1 AS contact_date, '6' AS contact_source,
        TRUE AS new_referral, FALSE AS no_further_action, FALSE AS advice, district FROM n""",
    "referral": """SELECT child_id, day(i, 10) AS referral_date,
        ['6', '2A', '3A', '5B', '1A'][1 + CAST(floor(r(i, 11) * 5) AS INTEGER)] AS referral_source,
        r(i, 12) < 0.1 AS no_further_action, 'N1' AS primary_need,
        CASE WHEN r(i, 13) < 0.75 THEN day(i, 10) + 30 + CAST(r(i, 14) * 300 AS INTEGER) END
            AS closure_date,
        CASE WHEN r(i, 13) < 0.7 THEN 'RC7' END AS closure_reason, district, team, worker FROM n""",
    "assessment": """SELECT child_id, referral_date, referral_date + 1 AS start_date,
        referral_date + 10 + CAST(r(i, 20) * 70 AS INTEGER) AS authorisation_date,
        r(i, 21) < 0.9 AS child_seen, district, team, worker
        FROM referral JOIN n USING (child_id, district, team, worker)
        WHERE NOT no_further_action""",
    "section_47": """SELECT child_id, referral_date, referral_date + 3 AS start_date,
        CASE WHEN r(i, 31) < 0.6 THEN referral_date + 10 + CAST(r(i, 32) * 25 AS INTEGER) END
            AS conference_date, district, team, worker
        FROM referral JOIN n USING (child_id, district, team, worker)
        WHERE NOT no_further_action AND r(i, 30) < 0.7""",
    "conference": """SELECT child_id, referral_date, start_date AS section_47_start, conference_date,
        FALSE AS transfer_in, TRUE AS resulted_in_plan, district, team, worker
        FROM section_47 WHERE conference_date IS NOT NULL""",
    "cp_plan": """SELECT child_id, referral_date, conference_date AS start_date,
        CASE WHEN r(i, 40) < 0.6 THEN conference_date + 100 + CAST(r(i, 41) * 500 AS INTEGER) END
            AS end_date, 'NEG' AS initial_category,
        CASE WHEN r(i, 42) < 0.02 THEN 'SAB' WHEN r(i, 42) < 0.5 THEN 'EMO' ELSE 'NEG' END
            AS latest_category, CASE WHEN r(i, 43) < 0.15 THEN 1 ELSE 0 END AS previous_plans,
        FALSE AS other_authority, district, team, worker
        FROM conference JOIN n USING (child_id, district, team, worker)""",
    "cp_review": """SELECT child_id, start_date AS plan_start,
        start_date + 80 + 170 * k AS review_date, 'PN1' AS participation, district
        FROM cp_plan, k
        WHERE k < 6 AND start_date + 80 + 170 * k < COALESCE(end_date, DATE '2016-03-31')
            AND r(hash(child_id, k), 1) < 0.95""",
    "visit": """SELECT child_id, 'CP' AS pathway, start_date + 9 * k AS visit_date,
        TRUE AS seen, r(hash(child_id, k), 2) < 0.7 AS seen_alone, district
        FROM cp_plan, k
        WHERE k >= 1 AND start_date + 9 * k < COALESCE(end_date, DATE '2016-03-31')
            AND r(hash(child_id, k), 3) < 0.9
        UNION ALL
        SELECT child_id, 'CIN', referral_date + 21 * k, TRUE, FALSE, district
        FROM referral, k
        WHERE k BETWEEN 1 AND 39 AND NOT no_further_action AND r(hash(child_id, 9), 4) < 0.97
            AND referral_date + 21 * k < COALESCE(closure_date, DATE '2016-03-31')
            AND r(hash(child_id, k), 5) < 0.85""",
}


def tables(children: int = CHILDREN) -> duckdb.DuckDBPyConnection:
    """Make the record tables, all rows from formulas."""
    connection = connect({})
    spiteful = "'" + SPITEFUL.replace("'", "''") + "'"
    macros = _MACROS.replace("$spiteful", spiteful).replace("$children", str(children))
    for statement in filter(str.strip, macros.split(";\n")):
        connection.execute(statement)
    for name, sql in _ROWS.items():
        made = connection.sql(sql)
        listed = ", ".join(made.columns)
        connection.execute(
            f"INSERT INTO {name} ({listed}, source, line) "
            f"SELECT {listed}, 'cin', row_number() OVER (ORDER BY child_id) FROM made"
        )
    return connection


class _InMemory(Snapshot):
    """A snapshot whose returns have the rows that the combined tables have of their format."""

    def return_rows_of(self, of: Return, table: str) -> str:
        """SQL over the tables made by hand."""
        names = ", ".join(f'"{column.name}"' for column in columns_of(table, combined=False))
        return f"SELECT {names} FROM main.\"{table}\" WHERE source = '{of.format}'"


def measured(
    children: int = CHILDREN,
    *,
    authority: str = "885",
    annex_a: tuple[date, date] = (FIRST, LAST),
) -> Measured:
    """Give the authority as an opened snapshot: a census of three years, and an Annex A."""
    connection = tables(children)
    rows = {
        name: connection.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0] for name in _ROWS
    }
    files = {"cin": "returns/invented-cin.xml", "annex_a": "=annex <a>.xlsx"}
    returns = tuple(
        Return(
            kind,
            *(annex_a if kind == "annex_a" else (FIRST, LAST)),
            authority,
            (f"{number}" * 12,),
            {name: rows.get(name, 0) for name in SPEAKS_OF[kind]},
            facts=("It was made by hand (invented children).",) if kind == "annex_a" else (),
        )
        for number, kind in enumerate(files, start=1)
    )
    manifest = Manifest(
        id="20160701T120000-abcdef",
        created=datetime(2016, 7, 1, 12, tzinfo=UTC),
        parent="",
        software="test",
        inputs=tuple(
            InputFile(path, f"{number}" * 64, 1000, "", kind, LAST, 5000 + number, 4999, number)
            for number, (kind, path) in enumerate(files.items(), start=1)
        ),
        returns=returns,
        tables={
            name: TableContent(rows[name], "hash", tuple(c.name for c in TABLES[name].columns))
            for name in _ROWS
        },
        findings=0,
        rejected=0,
    )
    snapshot = _InMemory(Path("nowhere/snapshots/none"), manifest)
    settings = replace(load_settings(), targets=TARGETS)
    return Measured(snapshot, connection, settings, lambda _: None)
