"""Writes bank_holidays.csv from the `holidays` package: `python -m sightline.clocks.build`.

The package is needed only here: reading its rules takes half a second, the file a millisecond. A one-off
holiday that is announced later comes with a newer version of the package, or is added to the file.
"""

import csv
from importlib.resources import files
from pathlib import Path

from sightline.clocks.calendar import FIRST_DAY, LAST_DAY


def bank_holidays() -> dict[str, str]:
    """Give every bank holiday in England and Wales that falls on a weekday: ISO date to name."""
    import holidays  # noqa: PLC0415 - a development dependency

    years = range(FIRST_DAY.year, LAST_DAY.year + 1)
    found = holidays.country_holidays("GB", subdiv="ENG", years=years, language="en_GB")
    return {day.isoformat(): name for day, name in sorted(found.items()) if day.weekday() < 5}


def main() -> None:
    """Write the file."""
    with Path(str(files("sightline.clocks") / "bank_holidays.csv")).open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("date", "name"))
        writer.writerows(bank_holidays().items())


if __name__ == "__main__":
    main()
