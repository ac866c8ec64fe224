"""Visits to children in need, on a plan and in care, of which most are within the usual interval."""

from collections.abc import Callable
from datetime import date
from random import Random

from sightline.synthetic.events import Child, Episode, Visit

_USUAL = {"CIN": (17, 14), "CP": (7, 7), "LAC": (26, 16)}
"""Days from one visit to the next: least, and how many more at most."""
_LATE = {"CIN": 0.10, "CP": 0.07, "LAC": 0.05}
"""Share of visits that come later than usual, by 8 to 40 days."""
_NEVER_SEEN = 0.015
"""Children in need whom nobody sees for long."""
_SEEN, _ALONE, _ALONE_WHEN_YOUNG = 0.95, 0.82, 0.4
_YOUNG = 3 * 365
_SOON = 0.93
"""Share of moves and new plans after which the child is seen within days."""


def visits_to(child: Child, first: date, last: date, random: Random) -> list[Visit]:
    """Give the visits to a child from a first to a last day, in order."""
    found: list[Visit] = []
    for episode in child.episodes:
        if not episode.no_further_action:
            found += _episode(child, episode, first.toordinal(), last.toordinal(), random.random)
    return sorted(found, key=lambda visit: visit.day)


def _episode(
    child: Child, episode: Episode, first: int, last: int, chance: Callable[[], float]
) -> list[Visit]:
    """Walk from one visit to the next. Days are numbers here, of which there are many."""
    found: list[Visit] = []
    close = min(episode.closure.toordinal() if episode.closure else last + 1, last + 1)
    day = max(episode.referral.toordinal(), first - 20) + int(chance() * 10)
    if chance() < _NEVER_SEEN:
        day += 60 + int(chance() * 240)
    once = episode.reason == "RC8"
    spans = _spans(episode)
    grown = child.birth.toordinal() + _YOUNG
    while True:
        weekday = (day + 6) % 7
        if weekday > 4:
            day += 7 - weekday
        if day >= close:
            return found
        pathway = "CIN"
        if spans:
            pathway = next((kind for start, end, kind in spans if start <= day < end), "CIN")
        if day >= first:
            seen = chance() < _SEEN
            alone = seen and chance() < (_ALONE if grown < day else _ALONE_WHEN_YOUNG)
            found.append(Visit(date.fromordinal(day), pathway, seen, alone))
            if once:
                return found
        least, more = _USUAL[pathway]
        following = day + least + int(chance() * more)
        if chance() < _LATE[pathway]:
            following += 8 + int(chance() * 32)
        for start, _, _ in spans:
            if day < start < following and chance() < _SOON:
                following = start + 1 + int(chance() * 4)
                break
        day = following


def _spans(episode: Episode) -> list[tuple[int, int, str]]:
    """Give when the child is in care or on a plan. Care comes first: such a visit is of that kind."""
    spans = [
        (each.start.toordinal(), (each.end or date.max).toordinal(), "LAC")
        for period in episode.care
        for each in period.episodes
    ]
    spans += [(plan.start.toordinal(), plan.last_day.toordinal(), "CP") for plan in episode.plans]
    return spans
