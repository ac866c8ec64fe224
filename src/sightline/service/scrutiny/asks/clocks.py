"""The statutory clocks of a duty to respond, as `clocks.toml` has them."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

UNVERIFIED = "Not checked against the current law: check it before you quote it."


@dataclass(frozen=True)
class Clock:
    """How long a body has to respond once a notice was received, in months or in days.

    `begins_with_receipt`: the day of receipt is the first of the time. `starts`: for notices from that day.
    """

    code: str
    name: str
    words: str
    source: str
    starts: date
    months: int = 0
    days: int = 0
    begins_with_receipt: bool = False
    verified: bool = False

    @property
    def caution(self) -> str:
        """What is to be said beside the date; empty where the law was checked."""
        return "" if self.verified else UNVERIFIED


@cache
def clocks() -> tuple[Clock, ...]:
    """Give every clock, in the order of the file."""
    text = (files("sightline.service.scrutiny.asks") / "clocks.toml").read_text("utf-8")
    return tuple(
        Clock(**{"starts" if key == "from" else key: value for key, value in each.items()})
        for each in tomllib.loads(text)["clock"]
    )


def clock_of(code: str, received: date) -> Clock:
    """Give the clock of a body for a notice received on a day; `LookupError` where there was none."""
    found = [each for each in clocks() if each.code == code and each.starts <= received]
    if not found:
        raise LookupError(f"No statutory clock {code!r} ran on {received:%-d %B %Y}.")
    return max(found, key=lambda each: each.starts)
