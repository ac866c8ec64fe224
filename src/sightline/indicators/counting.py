"""The SQL that turns evidence rows into figures: one statement an indicator, all breakdowns at once.

Tables it reads beside the evidence, made by the engine: `period (no, period_start, period_end)`,
`period_day (day, no)` with a row for each day of each period, and `child_dimension`.
Result columns: no, by_name, group_name, numerator, denominator, value, unknown, lower_quartile,
upper_quartile.
"""

from collections.abc import Sequence

from sightline.indicators.definition import CHILD_DIMENSIONS, Definition, NotInCatalogueError

TOTAL = "all"
NOT_KNOWN = "Not known"
MET_ON_THE_DAY = (
    "CASE WHEN e.known THEN e.met_from IS NOT NULL AND e.met_from <= p.period_end "
    "AND (e.met_until IS NULL OR e.met_until > p.period_end) END"
)
"""Whether a row of a stock share is met on the period's last day; empty where that is not known."""

_QUARTILES = """
    PERCENTILE_CONT(0.25) WITHIN GROUP (ORDER BY value) AS lower_quartile,
    PERCENTILE_CONT(0.75) WITHIN GROUP (ORDER BY value) AS upper_quartile"""
_NO_QUARTILES = """
    CAST(NULL AS DOUBLE) AS lower_quartile,
    CAST(NULL AS DOUBLE) AS upper_quartile"""


def counting_sql(definition: Definition, by: Sequence[str]) -> str:
    """Give the statement that counts one indicator by each of the dimensions and in total.

    Dimensions the indicator does not have are passed over; `figures` says so to the reader.
    """
    asked = ("category",) if definition.is_profile else by
    dimensions = [name for name in asked if name in definition.dimensions]
    return f"""WITH evidence AS (
{definition.sql}
), counted AS (
{_counted(definition, dimensions)}
)
SELECT
    no,
    {_by_name(dimensions)} AS by_name,
    {_group_name(dimensions)} AS group_name,
    {_figures(definition)}
FROM counted
GROUP BY GROUPING SETS ({", ".join(["(no)", *(f"(no, {name})" for name in dimensions)])})
ORDER BY by_name, group_name, no"""


def dimension_sql(definition: Definition, name: str) -> str:
    """Give the expression of one dimension over evidence `e`, period `p` and child `c`.

    Raises `NotInCatalogueError` when the indicator cannot be broken down that way.
    """
    if name not in definition.dimensions:
        raise NotInCatalogueError(
            f"{definition.code} cannot be broken down by {name}; "
            f"it can by {', '.join(definition.dimensions)}."
        )
    if name == "age":
        return _age_band(_moment(definition))
    if name in CHILD_DIMENSIONS:
        return f"COALESCE(c.{name}, '{NOT_KNOWN}')"
    return f"COALESCE(CAST(e.{name} AS VARCHAR), '{NOT_KNOWN}')"


def evidence_join(definition: Definition, dimensions: Sequence[str]) -> str:
    """Give the FROM clause that places evidence `e` in periods `p`, with child `c` where needed."""
    child = ""
    if any(name in CHILD_DIMENSIONS for name in dimensions):
        child = "\nLEFT JOIN child_dimension AS c ON c.child_id = e.child_id"
    return f"FROM evidence AS e\n{_period_join(definition)}{child}"


def _counted(definition: Definition, dimensions: Sequence[str]) -> str:
    columns = ["p.no", *_measured(definition)]
    columns += [f"{dimension_sql(definition, name)} AS {name}" for name in dimensions]
    listed = ",\n    ".join(columns)
    return f"SELECT\n    {listed}\n{evidence_join(definition, dimensions)}"


def _period_join(definition: Definition) -> str:
    if definition.is_stock:
        return (
            "JOIN period AS p ON e.opens <= p.period_end "
            "AND (e.closes IS NULL OR e.closes > p.period_end)"
        )
    if definition.measure.startswith("children"):
        return (
            "JOIN period AS p ON e.opens <= p.period_end "
            "AND (e.closes IS NULL OR e.closes > p.period_start)"
        )
    return "JOIN period_day AS p ON p.day = e.day"


def _moment(definition: Definition) -> str:
    """Give the day on which a child's age is taken."""
    at_end = definition.is_stock or definition.measure.startswith("children")
    return "p.period_end" if at_end else "e.day"


def _measured(definition: Definition) -> list[str]:
    columns = {
        "share": ["e.met AS met"],
        "median": ["e.value AS value"],
        "mean": ["e.value AS value"],
        "ratio": ["e.counted AS counted", "e.amount AS amount"],
        "stock share": [f"{MET_ON_THE_DAY} AS met"],
        "stock median": ["CAST(DATE_DIFF('day', e.since, p.period_end) AS DOUBLE) / 7 AS value"],
        "children": ["e.child_id AS child_id", "e.met AS met"],
        "children all": ["e.child_id AS child_id", "e.met AS met"],
    }
    return columns.get(definition.measure, [])


def _figures(definition: Definition) -> str:
    match definition.measure:
        case "count" | "stock" | "profile" | "stock profile":
            numerator, denominator = "CAST(COUNT(*) AS DOUBLE)", "CAST(NULL AS DOUBLE)"
            value, unknown = "CAST(COUNT(*) AS DOUBLE)", "0"
        case "share" | "stock share":
            numerator = "CAST(COUNT(*) FILTER (WHERE met) AS DOUBLE)"
            denominator = "CAST(COUNT(*) AS DOUBLE)"
            value = f"100.0 * {numerator} / NULLIF({denominator}, 0)"
            unknown = "COUNT(*) FILTER (WHERE met IS NULL)"
        case "median" | "stock median":
            numerator, denominator = "CAST(NULL AS DOUBLE)", "CAST(COUNT(value) AS DOUBLE)"
            value = "PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY value)"
            unknown = "COUNT(*) FILTER (WHERE value IS NULL)"
        case "mean":
            numerator = "CAST(SUM(value) AS DOUBLE)"
            denominator = "CAST(COUNT(value) AS DOUBLE)"
            value = "CAST(AVG(value) AS DOUBLE)"
            unknown = "COUNT(*) FILTER (WHERE value IS NULL)"
        case "ratio":
            over = "CAST(COALESCE(SUM(amount) FILTER (WHERE counted = '{}'), 0) AS DOUBLE)"
            numerator, denominator = over.format("numerator"), over.format("denominator")
            scale = "100.0" if definition.unit == "percent" else str(float(definition.per or 1))
            value, unknown = f"{scale} * {numerator} / NULLIF({denominator}, 0)", "0"
        case "children" if definition.unit == "percent":
            numerator = "CAST(COUNT(DISTINCT CASE WHEN met THEN child_id END) AS DOUBLE)"
            denominator = "CAST(COUNT(DISTINCT child_id) AS DOUBLE)"
            value = f"100.0 * {numerator} / NULLIF({denominator}, 0)"
            unknown = "0"
        case "children all":
            denominator = "CAST(COUNT(DISTINCT child_id) AS DOUBLE)"
            missed = "COUNT(DISTINCT CASE WHEN met IS NOT TRUE THEN child_id END)"
            numerator = f"{denominator} - {missed}"
            value = f"100.0 * ({numerator}) / NULLIF({denominator}, 0)"
            unknown = "COUNT(DISTINCT CASE WHEN met IS NULL THEN child_id END)"
        case _:
            numerator = "CAST(COUNT(DISTINCT CASE WHEN met THEN child_id END) AS DOUBLE)"
            denominator, value, unknown = "CAST(NULL AS DOUBLE)", numerator, "0"
    quartiles = _QUARTILES if "median" in definition.measure else _NO_QUARTILES
    return (
        f"{numerator} AS numerator,\n    {denominator} AS denominator,\n    {value} AS value,"
        f"\n    {unknown} AS unknown,{quartiles}"
    )


def _by_name(dimensions: Sequence[str]) -> str:
    if not dimensions:
        return f"'{TOTAL}'"
    cases = " ".join(f"WHEN GROUPING({name}) = 0 THEN '{name}'" for name in dimensions)
    return f"CASE {cases} ELSE '{TOTAL}' END"


def _group_name(dimensions: Sequence[str]) -> str:
    if not dimensions:
        return f"'{TOTAL}'"
    cases = " ".join(f"WHEN GROUPING({name}) = 0 THEN {name}" for name in dimensions)
    return f"CASE {cases} ELSE '{TOTAL}' END"


def _age_band(day: str) -> str:
    """Bands of age in completed years, as in DfE's children in need tables, with 16 and 17 apart."""

    def before(years: int) -> str:
        return f"{day} < c.birth_date + INTERVAL {years} YEAR"

    return (
        "CASE "
        f"WHEN c.birth_date IS NULL AND c.expected_birth_date IS NOT NULL THEN 'Unborn' "
        f"WHEN c.birth_date IS NULL THEN '{NOT_KNOWN}' "
        f"WHEN {day} < c.birth_date THEN 'Unborn' "
        f"WHEN {before(1)} THEN 'Under 1' "
        f"WHEN {before(5)} THEN '1 to 4' "
        f"WHEN {before(10)} THEN '5 to 9' "
        f"WHEN {before(16)} THEN '10 to 15' "
        f"WHEN {before(18)} THEN '16 and 17' "
        "ELSE '18 and over' END"
    )
