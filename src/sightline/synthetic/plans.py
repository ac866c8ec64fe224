"""What follows once it is known whose each episode is: plans in need, pre-proceedings, participation."""

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

from sightline.synthetic.events import NEVER, Episode, Plan, birthday

_WITH_A_PLAN = 0.88
"""Share of children assessed as in need who have a child in need plan."""
_PARTS = {"PN1": 38, "PN2": 6, "PN3": 1, "PN4": 4, "PN5": 8, "PN6": 31, "PN7": 12}
"""How children of four and over take part in a review conference."""


def give_plans(episodes: Iterable[Episode], random: Random) -> None:
    """Give episodes their child in need plans and pre-proceedings, and reviews their participation."""
    for episode in episodes:
        if episode.child is None:
            continue
        birth = episode.child.birth
        for plan in (*episode.plans, *episode.child.earlier_plans):
            _take_part(plan, birth, random)
        if episode.no_further_action or episode.reason == "RC8":
            continue
        if random.random() < _WITH_A_PLAN:
            episode.cin_plans = _stretches_in_need(episode)
        for period in episode.care:
            begun = period.entered - timedelta(days=random.randint(60, 260))
            ordered = period.episodes[0].legal_status == "C1" and period.returning is None
            if ordered and begun > max(episode.referral, birth) and random.random() < 0.7:
                episode.pre_proceedings = begun


def _take_part(plan: Plan, birth: date, random: Random) -> None:
    if len(plan.taking_part) == len(plan.reviews):
        return
    four = birthday(birth, 4)
    plan.taking_part = [
        "PN0" if day < four else random.choices(list(_PARTS), list(_PARTS.values()))[0]
        for day in plan.reviews
    ]


def _stretches_in_need(episode: Episode) -> list[tuple[date, date | None]]:
    """Give when a child in need plan runs: after the assessment, and not beside protection or care."""
    done = [each.end for each in episode.assessments if each.end is not None]
    begin = min(done, default=episode.referral + timedelta(days=40)) + timedelta(days=1)
    close = episode.closure or NEVER
    earlier = episode.child.earlier_plans if episode.child else []
    other = sorted(
        [(plan.start, plan.last_day) for plan in (*episode.plans, *earlier)]
        + [(period.entered, period.last_day) for period in episode.care]
    )
    found: list[tuple[date, date | None]] = []
    for start, end in (*other, (close, NEVER)):
        if start - timedelta(days=14) > begin:
            last = min(start - timedelta(days=1), close) if start < NEVER else NEVER
            found.append((begin, None if last == NEVER else last))
        begin = max(begin, end + timedelta(days=1)) if end < NEVER else NEVER
    return found
