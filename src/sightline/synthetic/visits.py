"""Visits to children in need, on a plan and in care, of which most are within the usual interval."""

from datetime import date, timedelta
from random import Random

from sightline.clocks.calendar import is_working_day
from sightline.synthetic.events import Child, Episode, Visit

_USUAL = {"CIN": (14, 28), "CP": (7, 14), "LAC": (26, 42)}
"""Days from one visit to the next, least and most."""
_LATE = {"CIN": 0.10, "CP": 0.07, "LAC": 0.05}
"""Share of visits that come later than usual."""
_NEVER_SEEN = 0.015
"""Children in need whom nobody sees for long."""


def visits_to(child: Child, first: date, last: date, random: Random) -> list[Visit]:
    """Give the visits to a child from a first to a last day, in order."""
    found: list[Visit] = []
    for episode in child.episodes:
        if not episode.no_further_action:
            found += _episode(child, episode, first, last, random)
    return sorted(found, key=lambda visit: visit.day)


def _episode(
    child: Child, episode: Episode, first: date, last: date, random: Random
) -> list[Visit]:
    found: list[Visit] = []
    close = min(episode.closure or last + timedelta(days=1), last + timedelta(days=1))
    day = max(episode.referral, first - timedelta(days=20)) + timedelta(days=random.randint(0, 9))
    if random.random() < _NEVER_SEEN:
        day += timedelta(days=random.randint(60, 300))
    assessed_only = episode.reason == "RC8"
    spans = _spans(episode)
    while day < close:
        while not is_working_day(day):
            day += timedelta(days=1)
        if day >= close:
            break
        pathway = _pathway(spans, day)
        if day >= first:
            seen = random.random() < 0.95
            old_enough = child.birth + timedelta(days=3 * 365) < day
            found.append(
                Visit(day, pathway, seen, seen and random.random() < (0.82 if old_enough else 0.4))
            )
        if assessed_only and found:
            break
        least, most = _USUAL[pathway]
        gap = random.randint(least, most)
        if random.random() < _LATE[pathway]:
            gap += random.randint(8, 40)
        following = day + timedelta(days=gap)
        day = _first_in_placement(spans, day, following, random)
    return found


def _spans(episode: Episode) -> list[tuple[date, date, str]]:
    """Give when the child is in care or on a plan, in order."""
    spans = [
        (each.start, each.end or date.max, "LAC")
        for period in episode.care
        for each in period.episodes
    ]
    spans += [(plan.start, plan.last_day, "CP") for plan in episode.plans]
    return sorted(spans)


def _pathway(spans: list[tuple[date, date, str]], day: date) -> str:
    """Say what a visit on a day is: care comes before a plan, and a plan before need."""
    kinds = {kind for start, end, kind in spans if start <= day < end}
    return next((kind for kind in ("LAC", "CP") if kind in kinds), "CIN")


def _first_in_placement(
    spans: list[tuple[date, date, str]], day: date, following: date, random: Random
) -> date:
    """Bring a visit forward to within a week of a move or a plan's start, nearly always."""
    for start, _, _ in spans:
        if day < start < following and random.random() < 0.93:
            return start + timedelta(days=random.randint(1, 4))
    return following
