"""The working-day calendar as DuckDB tables, for SQL that counts working days.

`calendar (day, is_working, wd)`: `wd` is the running count of working days up to and including the
day, so working days elapsed are `wd` of the end less `wd` of the start. `working_day (number, day)`
finds the day a limit falls on: number `wd` of the start plus the limit.
"""

from functools import cache

import duckdb
import pyarrow as pa

from sightline.clocks.calendar import calendar_rows


@cache
def _calendar() -> pa.Table:
    days, working, numbers = zip(*calendar_rows(), strict=True)
    return pa.table(
        {
            "day": pa.array(days, pa.date32()),
            "is_working": pa.array(working, pa.bool_()),
            "wd": pa.array(numbers, pa.int32()),
        }
    )


def make_calendar(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the temporary tables `calendar` and `working_day` where they are not there yet."""
    connection.register("calendar_arrow", _calendar())
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS calendar AS SELECT * FROM calendar_arrow")
    connection.execute(
        "CREATE TEMP TABLE IF NOT EXISTS working_day AS "
        "SELECT wd AS number, day FROM calendar WHERE is_working"
    )
    connection.unregister("calendar_arrow")
