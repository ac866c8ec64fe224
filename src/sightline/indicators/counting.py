"""The SQL that turns evidence rows into figures: many indicators a statement, all breakdowns at once.

Each row is looked at once, whatever the number of periods. A flow's row is placed in its periods by
its day. A stock's row is not repeated for each month end it is open on: it adds one where it opens
and takes one away where it closes, and the changes are summed over time (docs/explanation/counting.md).

Tables it reads beside the evidence, made by the engine:

- `period (no, period_start, period_end)`, and `period_day (day, no)` with each day of each period;
- `period_span (first_end, last_end, beyond, moments)`, one row: the earliest and latest last day of a
  period, the day after it, and how many periods there are;
- `moment_day (day, moment)`: for each day from `first_end` to `last_end`, the first period, in the
  order of their last days and from 0, that ends on it or later;
- `moment_stretch (from_moment, until_moment, no)`: the periods from one up to, not including, another;
- `child_dimension`, and `child_stretch`: the same with a row for each age band a child is in between
  `first_end` and `last_end`, and the days `from_day` up to, not including, `until_day`.

Result columns: definition (its place in the batch, from 0), no, by_name, group_name, numerator,
denominator, value, unknown, lower_quartile, upper_quartile.
"""

from collections.abc import Callable, Sequence

from sightline.indicators.definition import CHILD_DIMENSIONS, Definition

TOTAL = "all"
COLUMNS = 10
"""How many columns the result has."""
TOGETHER = 13
"""Definitions that one statement counts."""
NOT_KNOWN = "Not known"
LATEST_DAY = "e.day = (SELECT MAX(l.day) FROM evidence AS l JOIN period_day AS q ON q.day = l.day)"
"""Which rows about workers count, in one period."""
MET_ON_THE_DAY = (
    "CASE WHEN e.known THEN e.met_from IS NOT NULL AND e.met_from <= p.period_end "
    "AND (e.met_until IS NULL OR e.met_until > p.period_end) END"
)
"""Whether a row of a stock share is met on the period's last day; empty where that is not known."""

_AGE_BANDS = (
    ("Under 1", 0, 1),
    ("1 to 4", 1, 5),
    ("5 to 9", 5, 10),
    ("10 to 15", 10, 16),
    ("16 and 17", 16, 18),
    ("18 and over", 18, None),
)
"""Completed years, as in DfE's children in need tables, with 16 and 17 apart."""

_QUARTILES = """PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY value) AS value,
    COUNT(*) FILTER (WHERE value IS NULL) AS unknown,
    PERCENTILE_CONT(0.25) WITHIN GROUP (ORDER BY value) AS lower_quartile,
    PERCENTILE_CONT(0.75) WITHIN GROUP (ORDER BY value) AS upper_quartile"""
_NO_QUARTILES = (
    "CAST(NULL AS DOUBLE) AS lower_quartile,\n    CAST(NULL AS DOUBLE) AS upper_quartile"
)


def batches(definitions: Sequence[Definition], most: int = TOGETHER) -> list[list[Definition]]:
    """Put together what can be counted together: in the same way, by mostly the same dimensions.

    A batch has at most `most` definitions: the placed evidence of all of them is in memory at once.
    Stocks come first: they have the most figures, which can be made while the rest is counted. Then
    come the largest batches, so that at the end there are small ones to fill every thread.
    """
    together: dict[tuple[str, bool, bool], list[Definition]] = {}
    for definition in definitions:
        alike = (_way(definition), definition.is_profile, definition.is_about_workers)
        together.setdefault(alike, []).append(definition)
    return [
        together[alike][start : start + most]
        for alike in sorted(
            together, key=lambda alike: (alike[0] != "stock", -len(together[alike]))
        )
        for start in range(0, len(together[alike]), most)
    ]


def batch_sql(definitions: Sequence[Definition], by: Sequence[str]) -> str:
    """Give the statement that counts one of `batches`: `counted_sql` over `placed_sql`.

    Dimensions an indicator does not have are passed over; `figures` says so to the reader.
    """
    placed, counted = placed_sql(definitions, by), counted_sql(definitions, by)
    return f"WITH placed AS (\n{placed}\n)\n{counted}"


def placed_sql(definitions: Sequence[Definition], by: Sequence[str]) -> str:
    """Give the query of a batch's evidence placed in time.

    It has a row for each row of a flow in each period, and for each change of a stock.
    """
    placed, _ = _WAYS[_way(definitions[0])]
    return placed(definitions, _dimensions(definitions, by))


def counted_sql(definitions: Sequence[Definition], by: Sequence[str]) -> str:
    """Give the query that counts the rows of a batch's `placed_sql`, read from a table `placed`."""
    _, counted = _WAYS[_way(definitions[0])]
    return counted(definitions, _dimensions(definitions, by))


def tables_needed(definitions: Sequence[Definition], by: Sequence[str]) -> set[str]:
    """Give the tables about children that `placed_sql` of these definitions reads."""
    table = _child_table(definitions, _dimensions(definitions, by))
    return {table} if table else set()


def _dimensions(definitions: Sequence[Definition], by: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(name for each in definitions for name in dimensions_of(each, by)))


def dimensions_of(definition: Definition, by: Sequence[str]) -> tuple[str, ...]:
    """Give the breakdowns a definition is counted by when these are asked for."""
    asked = ("category",) if definition.is_profile else by
    return tuple(name for name in asked if name in definition.dimensions)


def dimension_sql(definition: Definition, name: str) -> str:
    """Give the expression of one dimension over evidence `e`, period `p` and child `c`.

    Raises `KeyError` when the indicator cannot be broken down that way.
    """
    if name not in definition.dimensions:
        raise KeyError(
            f"{definition.code} cannot be broken down by {name}; "
            f"it can by {', '.join(definition.dimensions)}."
        )
    if name == "age":
        at_end = definition.is_stock or definition.measure.startswith("children")
        return _age_band("p.period_end" if at_end else "e.day")
    if name in CHILD_DIMENSIONS:
        return f"COALESCE(c.{name}, '{NOT_KNOWN}')"
    return f"COALESCE(CAST(e.{name} AS VARCHAR), '{NOT_KNOWN}')"


def evidence_join(definition: Definition, dimensions: Sequence[str]) -> str:
    """Give the FROM clause that places evidence `e` in periods `p`, with child `c` where needed."""
    child = ""
    if any(name in CHILD_DIMENSIONS for name in dimensions):
        child = f"\n{_CHILD_JOIN}"
    if definition.is_stock:
        period = _OPEN_AT_END
    elif definition.measure.startswith("children"):
        period = _TOUCHING
    else:
        period = _DATED_IN
    return f"FROM evidence AS e\n{period}{child}"


def age_bands_sql() -> str:
    """Give the query of `child_stretch`: a row for each age band of a child between two days."""
    bands = [("Unborn", None, 0), *_AGE_BANDS]
    parts = [
        "SELECT child_id, sex, ethnicity, disability, "
        f"CASE WHEN expected_birth_date IS NULL THEN '{NOT_KNOWN}' ELSE 'Unborn' END AS age, "
        "CAST(NULL AS DATE) AS from_day, CAST(NULL AS DATE) AS until_day\n"
        "FROM child_dimension WHERE birth_date IS NULL"
    ]
    for name, least, below in bands:
        parts.append(
            f"SELECT child_id, sex, ethnicity, disability, '{name}' AS age, "
            f"{_birthday(least)} AS from_day, {_birthday(below)} AS until_day\n"
            "FROM child_dimension WHERE birth_date IS NOT NULL"
        )
    return (
        "SELECT b.*\nFROM (\n" + "\nUNION ALL\n".join(parts) + "\n) AS b\n"
        "CROSS JOIN period_span AS s\n"
        "WHERE (b.from_day IS NULL OR b.from_day <= s.last_end)\n"
        "    AND (b.until_day IS NULL OR b.until_day > s.first_end)"
    )


_DATED_IN = "JOIN period_day AS p ON p.day = e.day"
_OPEN_AT_END = (
    "JOIN period AS p ON e.opens <= p.period_end AND (e.closes IS NULL OR e.closes > p.period_end)"
)
_TOUCHING = (
    "JOIN period AS p ON e.opens <= p.period_end "
    "AND (e.closes IS NULL OR e.closes > p.period_start)"
)
_CHILD_JOIN = "LEFT JOIN child_dimension AS c ON c.child_id = e.child_id"


def _way(definition: Definition) -> str:
    """Name the way in which a definition's rows are counted."""
    if definition.measure.startswith("children"):
        return "children"
    if "median" in definition.measure:
        return definition.measure
    if definition.is_about_workers:
        return "latest"
    return "stock" if definition.is_stock else "flow"


def _child_table(definitions: Sequence[Definition], dimensions: Sequence[str] | set[str]) -> str:
    if not any(name in CHILD_DIMENSIONS for name in dimensions):
        return ""
    cut = _way(definitions[0]) == "stock" and "age" in dimensions
    return "child_stretch" if cut else "child_dimension"


def _placed_flows(
    definitions: Sequence[Definition], dimensions: Sequence[str], also: str = ""
) -> str:
    measured = {
        "count": ("1", "1", "0"),
        "profile": ("1", "1", "0"),
        "share": (
            "CASE WHEN e.met THEN 1 ELSE 0 END",
            "1",
            "CASE WHEN e.met IS NULL THEN 1 ELSE 0 END",
        ),
        "mean": (
            "e.value",
            "CASE WHEN e.value IS NULL THEN 0 ELSE 1 END",
            "CASE WHEN e.value IS NULL THEN 1 ELSE 0 END",
        ),
        "ratio": (
            "CASE WHEN e.counted = 'numerator' THEN COALESCE(e.amount, 0) ELSE 0 END",
            "CASE WHEN e.counted = 'denominator' THEN COALESCE(e.amount, 0) ELSE 0 END",
            "0",
        ),
    }

    def columns(definition: Definition) -> list[str]:
        met, rows, unknown = measured[definition.measure]
        return [
            "e.day",
            f"CAST({met} AS DOUBLE) AS met",
            f"CAST({rows} AS DOUBLE) AS counted",
            f"{unknown} AS unknown",
        ]

    return f"""SELECT
    {also}e.definition, p.no, e.met, e.counted, e.unknown{_placed(dimensions, "e.day")}
FROM (
{_stacked(definitions, dimensions, columns)}
) AS e
{_DATED_IN}{_child(definitions, dimensions)}"""


def _placed_latest(definitions: Sequence[Definition], dimensions: Sequence[str]) -> str:
    """Give the rows of a flow that are of the latest day with any in their period."""
    names = "".join(f", {name}" for name in dimensions)
    latest = "e.day, MAX(e.day) OVER (PARTITION BY e.definition, p.no) AS latest, "
    return f"""SELECT
    definition, no, met, counted, unknown{names}
FROM (
{_placed_flows(definitions, dimensions, latest)}
) AS dated
WHERE day = latest"""


def _counted_flows(definitions: Sequence[Definition], dimensions: Sequence[str]) -> str:
    return f"""{_figures(definitions)}
FROM (
SELECT
    definition, no, {_named(dimensions)},
    SUM(met) AS met, SUM(counted) AS counted, SUM(unknown) AS unknown
FROM placed
GROUP BY {_sets(["definition", "no"], dimensions)}
) AS grouped
WHERE group_name IS NOT NULL"""


def _placed_stocks(definitions: Sequence[Definition], dimensions: Sequence[str]) -> str:
    def columns(definition: Definition) -> list[str]:
        if definition.measure == "stock share":
            return ["e.opens", "e.closes", "e.met_from", "e.met_until", "e.known"]
        nothing = "CAST(NULL AS DATE)"
        return [
            "e.opens",
            "e.closes",
            f"{nothing} AS met_from",
            f"{nothing} AS met_until",
            "TRUE AS known",
        ]

    cut = _child_table(definitions, dimensions) == "child_stretch"
    opens = (
        "e.opens, COALESCE(c.from_day, s.first_end), s.first_end" if cut else "e.opens, s.first_end"
    )
    closes = "COALESCE(e.closes, s.beyond), s.beyond"
    if cut:
        closes += ", COALESCE(c.until_day, s.beyond)"
    names = "".join(f", {name}" for name in dimensions)
    return f"""SELECT
    e.definition, m.moment{names.replace(", ", ", e.")},
    CASE k.step WHEN 1 THEN 1 WHEN 2 THEN -1 ELSE 0 END AS counted,
    CASE
        WHEN e.met AND (k.step = 3 OR k.step = 1 AND e.met_first = e.from_day) THEN 1
        WHEN e.met AND (k.step = 4 OR k.step = 2 AND e.met_last = e.until_day) THEN -1
        ELSE 0
    END AS met,
    CASE WHEN e.known THEN 0 WHEN k.step = 1 THEN 1 WHEN k.step = 2 THEN -1 ELSE 0 END AS unknown
FROM (
SELECT
    definition, known, from_day, until_day{names},
    GREATEST(from_day, met_from) AS met_first,
    LEAST(until_day, COALESCE(met_until, until_day)) AS met_last,
    known AND met_from < until_day AND from_day < COALESCE(met_until, until_day)
        AND met_from < COALESCE(met_until, until_day) AS met
FROM (
SELECT
    e.definition, e.known, e.met_from, e.met_until,
    GREATEST({opens}) AS from_day,
    LEAST({closes}) AS until_day{_placed(dimensions, "")}
FROM (
{_stacked(definitions, dimensions, columns)}
) AS e
CROSS JOIN period_span AS s{_child(definitions, dimensions)}
WHERE e.opens <= s.last_end AND (e.closes IS NULL OR e.closes > s.first_end)
) AS clipped
WHERE from_day < until_day
) AS e
JOIN (VALUES (1), (2), (3), (4)) AS k (step)
    ON k.step <= 2
    OR (k.step = 3 AND e.met AND e.met_first > e.from_day)
    OR (k.step = 4 AND e.met AND e.met_last < e.until_day)
JOIN moment_day AS m ON m.day = CASE k.step
    WHEN 1 THEN e.from_day WHEN 2 THEN e.until_day WHEN 3 THEN e.met_first ELSE e.met_last
END"""


def _counted_stocks(definitions: Sequence[Definition], dimensions: Sequence[str]) -> str:
    series = "PARTITION BY definition, by_name, group_name ORDER BY moment"
    return f"""{_figures(definitions)}
FROM (
SELECT
    definition, by_name, group_name, moment,
    LEAD(moment) OVER ({series}) AS next_moment,
    SUM(met) OVER ({series}) AS met,
    SUM(counted) OVER ({series}) AS counted,
    SUM(unknown) OVER ({series}) AS unknown
FROM (
SELECT
    definition, moment, {_named(dimensions)},
    SUM(met) AS met, SUM(counted) AS counted, SUM(unknown) AS unknown
FROM placed
GROUP BY {_sets(["definition", "moment"], dimensions)}
) AS grouped
WHERE group_name IS NOT NULL
) AS r
CROSS JOIN period_span AS s
JOIN moment_stretch AS p
    ON p.from_moment = r.moment AND p.until_moment = COALESCE(r.next_moment, s.moments)
WHERE r.counted > 0"""


def _placed_children(definitions: Sequence[Definition], dimensions: Sequence[str]) -> str:
    def columns(definition: Definition) -> list[str]:
        # Of one child's rows, one that is met is enough; or, in `children all`, one that is not.
        every = definition.measure == "children all"
        unknown = "CASE WHEN e.met IS NULL THEN 1 ELSE 0 END" if every else "0"
        decides = "e.met IS NOT TRUE" if every else "e.met"
        return [
            "e.opens",
            "e.closes",
            f"CASE WHEN {decides} THEN 1 ELSE 0 END AS decides",
            f"{unknown} AS unknown",
        ]

    return f"""SELECT
    e.definition, p.no, e.child_id, e.decides,
    e.unknown{_placed(dimensions, "p.period_end")}
FROM (
{_stacked(definitions, dimensions, columns)}
) AS e
{_TOUCHING}{_child(definitions, dimensions)}
WHERE e.child_id IS NOT NULL"""


def _counted_children(definitions: Sequence[Definition], dimensions: Sequence[str]) -> str:
    every = [n for n, each in enumerate(definitions) if each.measure == "children all"]
    decided = "SUM(decides)"
    if every:
        listed = ", ".join(map(str, every))
        decided = (
            f"CASE WHEN definition IN ({listed}) THEN COUNT(*) - SUM(decides) ELSE SUM(decides) END"
        )
    return f"""{_figures(definitions)}
FROM (
SELECT
    definition, no, by_name, group_name,
    {decided} AS met, COUNT(*) AS counted, SUM(unknown) AS unknown
FROM (
SELECT
    definition, no, {_named(dimensions)},
    MAX(decides) AS decides, MAX(unknown) AS unknown
FROM placed
GROUP BY {_sets(["definition", "no", "child_id"], dimensions)}
) AS each_child
WHERE group_name IS NOT NULL
GROUP BY definition, no, by_name, group_name
) AS grouped"""


def _placed_medians(definitions: Sequence[Definition], dimensions: Sequence[str]) -> str:
    stock = definitions[0].is_stock
    day = "p.period_end" if stock else "e.day"
    value = "CAST(DATE_DIFF('day', e.since, p.period_end) AS DOUBLE) / 7" if stock else "e.value"

    def columns(_: Definition) -> list[str]:
        return (
            ["e.opens", "e.closes", "e.since"]
            if stock
            else ["e.day", "CAST(e.value AS DOUBLE) AS value"]
        )

    return f"""SELECT
    e.definition, p.no, {value} AS value{_placed(dimensions, day)}
FROM (
{_stacked(definitions, dimensions, columns)}
) AS e
{_OPEN_AT_END if stock else _DATED_IN}{_child(definitions, dimensions)}"""


def _counted_medians(definitions: Sequence[Definition], dimensions: Sequence[str]) -> str:
    return f"""SELECT *
FROM (
SELECT
    definition, no, {_named(dimensions)},
    CAST(NULL AS DOUBLE) AS numerator, CAST(COUNT(value) AS DOUBLE) AS denominator,
    {_QUARTILES}
FROM placed
GROUP BY {_sets(["definition", "no"], dimensions)}
) AS grouped
WHERE group_name IS NOT NULL"""


_Writer = Callable[[Sequence[Definition], Sequence[str]], str]
_WAYS: dict[str, tuple[_Writer, _Writer]] = {
    "flow": (_placed_flows, _counted_flows),
    "latest": (_placed_latest, _counted_flows),
    "stock": (_placed_stocks, _counted_stocks),
    "children": (_placed_children, _counted_children),
    "median": (_placed_medians, _counted_medians),
    "stock median": (_placed_medians, _counted_medians),
}


def _stacked(
    definitions: Sequence[Definition],
    dimensions: Sequence[str],
    columns: Callable[[Definition], list[str]],
) -> str:
    """Put the evidence of several definitions in one table, empty in dimensions that one lacks."""
    own = [name for name in dimensions if name not in CHILD_DIMENSIONS]
    with_child = len(own) < len(dimensions) or _way(definitions[0]) == "children"
    parts = []
    for number, definition in enumerate(definitions):
        listed = [f"{number} AS definition", *columns(definition)]
        for name in own:
            known = f"COALESCE(CAST(e.{name} AS VARCHAR), '{NOT_KNOWN}')"
            has = name in definition.dimensions
            listed.append(f"{known if has else 'CAST(NULL AS VARCHAR)'} AS {name}")
        if with_child:
            listed.append("e.child_id")
        parts.append(
            "SELECT\n    " + ",\n    ".join(listed) + f"\nFROM (\n{definition.sql}\n) AS e"
        )
    return "\nUNION ALL\n".join(parts)


def _placed(dimensions: Sequence[str], day: str) -> str:
    """List the dimensions of a stacked row; `day` is when age is taken, empty if cut by age."""
    columns = []
    for name in dimensions:
        if name not in CHILD_DIMENSIONS:
            columns.append(f"e.{name}")
        elif name == "age" and day:
            columns.append(f"{_age_band(day)} AS age")
        else:
            columns.append(f"COALESCE(c.{name}, '{NOT_KNOWN}') AS {name}")
    return "".join(f",\n    {column}" for column in columns)


def _child(definitions: Sequence[Definition], dimensions: Sequence[str]) -> str:
    table = _child_table(definitions, dimensions)
    return f"\nLEFT JOIN {table} AS c ON c.child_id = e.child_id" if table else ""


def _figures(definitions: Sequence[Definition]) -> str:
    """Open the last SELECT: numerator, denominator and value from what was counted."""
    numerator, denominator, value = [], [], []
    for definition in definitions:
        met, counted = "CAST(met AS DOUBLE)", "CAST(counted AS DOUBLE)"
        if definition.measure in ("ratio", "mean"):
            # Fractions add up to the same, whatever the order they are added in.
            met, counted = f"ROUND({met}, 6)", f"ROUND({counted}, 6)"
        if definition.is_share or definition.measure == "mean":
            if definition.measure == "mean":
                scale = "1.0"
            elif definition.unit == "percent":
                scale = "100.0"
            else:
                scale = str(float(definition.per or 1))
            numerator.append(met)
            denominator.append(counted)
            value.append(f"{scale} * {met} / NULLIF({counted}, 0)")
        else:
            count = met if definition.measure == "children" else counted
            numerator.append(count)
            denominator.append("CAST(NULL AS DOUBLE)")
            value.append(count)
    return (
        "SELECT\n    definition, no, by_name, group_name,\n"
        f"    {_each(numerator)} AS numerator,\n    {_each(denominator)} AS denominator,\n"
        f"    {_each(value)} AS value,\n    CAST(unknown AS BIGINT) AS unknown,\n    {_NO_QUARTILES}"
    )


def _each(expressions: Sequence[str]) -> str:
    """Give each definition its own expression, in as few cases as there are different ones."""
    places: dict[str, list[int]] = {}
    for number, expression in enumerate(expressions):
        places.setdefault(expression, []).append(number)
    if len(places) == 1:
        return expressions[0]
    cases = [
        f"WHEN definition IN ({', '.join(map(str, numbers))}) THEN {expression}"
        for expression, numbers in places.items()
    ]
    return f"CASE {' '.join(cases)} END"


def _sets(key: Sequence[str], dimensions: Sequence[str]) -> str:
    """Group by the key alone, and by the key with each dimension."""
    listed = ", ".join(key)
    sets = [f"({listed})", *(f"({listed}, {name})" for name in dimensions)]
    return f"GROUPING SETS ({', '.join(sets)})"


def _named(dimensions: Sequence[str]) -> str:
    """Give the columns that say which dimension a row is grouped by, and which group it is."""
    if not dimensions:
        return f"'{TOTAL}' AS by_name, '{TOTAL}' AS group_name"
    names = " ".join(f"WHEN GROUPING({name}) = 0 THEN '{name}'" for name in dimensions)
    groups = " ".join(f"WHEN GROUPING({name}) = 0 THEN {name}" for name in dimensions)
    return f"CASE {names} ELSE '{TOTAL}' END AS by_name,\n    CASE {groups} ELSE '{TOTAL}' END AS group_name"


def _birthday(years: int | None) -> str:
    if years is None:
        return "CAST(NULL AS DATE)"
    return f"CAST(birth_date + INTERVAL {years} YEAR AS DATE)"


def _age_band(day: str) -> str:
    """Give the band of a child's age on a day."""
    bands = "".join(
        f"WHEN {day} < c.birth_date + INTERVAL {below} YEAR THEN '{name}' "
        for name, _, below in _AGE_BANDS
        if below is not None
    )
    return (
        "CASE WHEN c.birth_date IS NULL AND c.expected_birth_date IS NOT NULL THEN 'Unborn' "
        f"WHEN c.birth_date IS NULL THEN '{NOT_KNOWN}' WHEN {day} < c.birth_date THEN 'Unborn' "
        f"{bands}ELSE '{_AGE_BANDS[-1][0]}' END"
    )
