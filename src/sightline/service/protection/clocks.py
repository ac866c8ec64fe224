"""The clocks of the pathway: by the rule of the day on which each began, and the authority's standards."""

from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings

from sightline.clocks.rules import LONDON, Deadline, NoRuleError, deadline, warnings
from sightline.indicators.settings import Settings, load_settings
from sightline.service.protection.models import Assessment


def clock(code: str, began: datetime | date) -> Deadline | None:
    """Give when something is due that began at a moment or on a day; None where no rule held then."""
    own = Path(settings.DEPLOYMENT.store) / "settings.toml"
    changed = own.stat().st_mtime_ns if own.exists() else 0
    return _clock(code, began, str(own) if changed else "", changed)


@lru_cache(maxsize=20_000)
def _clock(code: str, began: datetime | date, own: str, changed: int) -> Deadline | None:
    day = began.astimezone(LONDON).date() if isinstance(began, datetime) else began
    try:
        return deadline(code, began, standards=_standards(own, changed, day))
    except NoRuleError:
        return None


@cache
def _settings(own: str, _changed: int) -> Settings:
    """Give the authority's settings; `_changed` tells one edition of its file from another."""
    return load_settings(Path(own) if own else None)


@cache
def _standards(own: str, changed: int, day: date) -> dict[str, int]:
    """Give what the authority has set for a day, by name."""
    return {
        each.name: int(each.value)
        for each in _settings(own, changed).standards
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


def alert(found: Deadline, now: datetime) -> str:
    """Say which day or week of warning it is, as `day 4 of 5`; empty before the first, and once overdue."""
    told = [
        number
        for number, moment in zip(found.rule.warn, warnings(found), strict=False)
        if moment.astimezone(LONDON).date() <= now.astimezone(LONDON).date()
    ]
    if not told or now > found.due:
        return ""
    unit = found.rule.unit.removesuffix("s").split()[-1]
    return f"{unit} {told[-1]} of {found.rule.number}"


def standing(found: Deadline, now: datetime) -> str:
    """Say how something stands: `due`, `near` from the first day of warning on, or `overdue`."""
    return "near" if alert(found, now) else found.standing(now)


def assessment_began(assessment: Assessment) -> datetime:
    """Give from when an assessment's clock runs: that of the first from the referral, else from its start."""
    earlier = Assessment.objects.filter(referral=assessment.referral_id, pk__lt=assessment.pk)
    return assessment.began_at if earlier.exists() else assessment.referral.received_at
