"""The deadline for public participation, where an agenda says it in a fixed form of words."""

import re
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import Any

from sightline.clocks.calendar import due
from sightline.intake.minutes.when import dates, time_in

_NUMBERS = {
    word: number
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), start=1
    )
}
_DEADLINE = re.compile(
    r"\b(?:no later than|not later than|by|before|until)\s"
    r"(?P<time>(?:12\s?)?noon|midday|\d{1,2}(?:[.:]\d{2})?\s?(?:[ap]\.?m\.?)?)\s?,?\s?(?:on\s)?(?:(?P<count>\d{1,2}|"
    + "|".join(_NUMBERS)
    + r")\s(?P<days>(?:clear\s)?(?:working\s)?days?)|the\s(?P<day>(?:working\s)?day))\s"
    r"(?:before|prior to|preceding)\s(?:the\s)?(?:date of the\s|day of the\s)?meeting\b(?P<rest>[^.]{0,80})",
    re.IGNORECASE,
)
_TO = re.compile(
    r"\b(?:notify|contact|inform|advise|write to|tell)\s(?:the\s)?(?P<to>[A-Z][^.;:]{2,100}?)\s"
    r"(?:in writing|by|indicating|no later|not later|before)\b"
)


@dataclass(frozen=True)
class Deadline:
    """By when the public says that it wishes to speak: `time` of the day so many `days` before.

    `rule` is as `Committee.ParticipationRule`; `day` is the day that is printed for this meeting, None
    where none is; `to` is whom they tell, as printed, or empty.
    """

    time: str
    days: int
    rule: str
    to: str
    day: str | None

    def to_json(self) -> dict[str, Any]:
        """Give it as plain values."""
        return asdict(self)


def deadline_in(words: str) -> Deadline | None:
    """Find a deadline in a passage of an agenda; None where it is not said in such a form."""
    found = _DEADLINE.search(words)
    if found is None:
        return None
    at = "12:00" if re.search(r"noon|midday", found["time"], re.I) else time_in(found["time"])
    if at is None:
        return None
    count = (found["count"] or "1").lower()
    kind = (found["days"] or found["day"]).lower()
    printed = next(dates(found["rest"]), None)
    to = _TO.search(words)
    return Deadline(
        time=at,
        days=_NUMBERS.get(count) or int(count),
        rule="working_days" if "working" in kind else "days",
        to=to["to"].strip() if to else "",
        day=printed[0].isoformat() if printed else None,
    )


def meeting_day(deadline: dict[str, Any]) -> date | None:
    """Give the day of the meeting that fits a printed deadline, the meeting being on a working day.

    None where no day is printed, or the rule does not count working days.
    """
    if not deadline["day"] or deadline["rule"] != "working_days":
        return None
    return due(date.fromisoformat(deadline["day"]), deadline["days"])


def at(deadline: dict[str, Any]) -> time:
    """Give the time of the day of a deadline."""
    return datetime.strptime(deadline["time"], "%H:%M").time()  # noqa: DTZ007 - a time of no day
