"""The clocks of the pathway: by the rule of the day on which each began, and the authority's standards."""

import logging
from collections.abc import Callable
from datetime import date, datetime
from functools import cache, lru_cache, partial
from pathlib import Path

from django.conf import settings

from sightline.clocks.rules import LONDON, Deadline, NoRuleError, deadline
from sightline.indicators.settings import (
    Settings,
    SettingsError,
    load_settings,
    parse_settings,
    read_settings,
)
from sightline.service.children.once import once
from sightline.service.protection.kept_settings import keep, kept_beside, last_read
from sightline.service.protection.models import Assessment, PreProceedings

Times = tuple[int, int]
"""When the text of a file last changed, and when anything of it did, as who may read it; none: noughts."""
Changed = tuple[Times, Times]
"""The times of the file of the authority's settings, and of what was last read of it."""
_NO_FILE = (0, 0)

_log = logging.getLogger(__name__)


Clock = Callable[[str, datetime | date], Deadline | None]
"""Gives when something is due by the rule of a code, that began at a moment or on a day."""


def clock(code: str, began: datetime | date) -> Deadline | None:
    """Give when something is due that began at a moment or on a day; None where no rule held then."""
    return the_clock()(code, began)


def the_clock() -> Clock:
    """Give the same as `clock`, for thousands: the authority's settings are looked for once."""
    return partial(_clock, *once("own settings", _own_settings))


def _own_settings() -> tuple[str, Changed]:
    """Give the file of the authority's settings and when it last changed; empty where there is none."""
    own = Path(settings.DEPLOYMENT.store) / "settings.toml"
    changed = _changed(own)
    if changed == _NO_FILE:
        return "", (_NO_FILE, _NO_FILE)
    return str(own), (changed, _changed(kept_beside(own)))


def _changed(file: Path) -> Times:
    try:
        found = file.stat()
    except (FileNotFoundError, NotADirectoryError):
        return _NO_FILE
    return found.st_mtime_ns, found.st_ctime_ns


@lru_cache(maxsize=20_000)
def _clock(own: str, changed: Changed, code: str, began: datetime | date) -> Deadline | None:
    day = began.astimezone(LONDON).date() if isinstance(began, datetime) else began
    try:
        return deadline(code, began, standards=_standards(own, changed, day))
    except NoRuleError:
        return None


def own_settings_are_read() -> bool:
    """Whether the file of the authority's settings can be read, where there is one."""
    return _settings(*once("own settings", _own_settings))[1]


@cache
def _settings(own: str, _changed: Changed) -> tuple[Settings, bool]:
    """Give the authority's settings, and whether they are these: `_changed` tells one edition of its file
    from another. Where it cannot be read, every process goes on by the last that could, or by the defaults.
    """
    if not own:
        return load_settings(), True
    file = Path(own)
    try:
        text = read_settings(file)
        found = parse_settings(text, own)
    except SettingsError:
        _log.exception("the authority's own settings cannot be read")
        return last_read(file), False
    keep(file, text)
    return found, True


@cache
def _standards(own: str, changed: Changed, day: date) -> dict[str, tuple[int, str]]:
    """Give what the authority has set for a day, by name."""
    return {
        each.name: (int(each.value), each.unit)
        for each in _settings(own, changed)[0].standards
        if each.value is not None and each.valid_from <= day < each.valid_until
    }


def due_day(code: str, began: datetime | date) -> date | None:
    """Give the last day on which something may be done in time; None where no rule held."""
    found = clock(code, began)
    return found.due.astimezone(LONDON).date() if found else None


def is_late(code: str, began: datetime | date, done: datetime) -> bool:
    """Whether what was done at a moment was late; never where no rule held."""
    found = clock(code, began)
    return found is not None and not found.kept(done)


def clock_of_court(
    row: PreProceedings, reviewed_on: date | None, extended_until: date | None
) -> Deadline | None:
    """Give the clock of care proceedings, with the time the court gave; before them, of the review."""
    if row.application_on is None:
        return clock("PLO-16", reviewed_on or row.decided_on)
    found = clock("PLO-26", row.application_on)
    return found.extended(extended_until) if found and extended_until else found


def alert(found: Deadline, now: datetime) -> str:
    """Say which day or week of warning it is, as `day 4 of 5`; empty before the first, and once overdue."""
    if not found.rule.warn or found.standing(now) == "overdue":
        return ""
    today = now.astimezone(LONDON).date()
    told = [
        number
        for number, day in zip(found.rule.warn, found.warned_on, strict=False)
        if day <= today
    ]
    if not told:
        return ""
    unit = found.rule.unit.removesuffix("s").split()[-1]
    return f"{unit} {told[-1]} of {found.rule.number}"


def standing(found: Deadline, now: datetime) -> str:
    """Say how something stands: `due`, `near` from the first day of warning on, or `overdue`."""
    return found.standing(now, warned=True)


def assessment_began(assessment: Assessment) -> datetime:
    """Give from when an assessment's clock runs: that of the first from the referral, else from its start."""
    earlier = Assessment.objects.filter(referral=assessment.referral_id, pk__lt=assessment.pk)
    return assessment.began_at if earlier.exists() else assessment.referral.received_at
