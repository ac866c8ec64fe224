"""What an authority sends of its children at the end of each of two years."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from oracle.definitions import Assessment, Enquiry, Plan
from oracle.drawing import Child, Episode

_DAY = timedelta(days=1)


def one_of_each(children: Iterable[Child]) -> list[Child]:
    """Leave out what starts on the same day as another of its child: returns name no record, so that
    nobody could say which of them a later return means.
    """
    found: list[Child] = []
    taken: set[tuple[str, type, date | None]] = set()

    def first(child: str, kind: type, day: date | None) -> bool:
        key = (child, kind, day)
        return not (key in taken or taken.add(key))

    for child in children:
        episodes = []
        for each in child.episodes:
            if not first(child.id, Episode, each.referral.date):
                continue
            episodes.append(
                replace(
                    each,
                    assessments=[
                        a for a in each.assessments if first(child.id, Assessment, a.start)
                    ],
                    enquiries=[e for e in each.enquiries if first(child.id, Enquiry, e.start)],
                    plans=[p for p in each.plans if first(child.id, Plan, p.start)],
                )
            )
        found.append(replace(child, episodes=episodes))
    return found


def as_known(episode: Episode, day: date) -> Episode | None:
    """What is known of an episode at the end of a day; nothing, if it had not begun."""
    referral = episode.referral
    if referral.date > day:
        return None

    def held(when: date | None) -> date | None:
        return when if when is not None and when <= day else None

    return Episode(
        replace(referral, closure=held(referral.closure)),
        [replace(a, end=held(a.end)) for a in episode.assessments if a.start <= day],
        [replace(e, conference=held(e.conference)) for e in episode.enquiries if e.start <= day],
        [
            replace(p, end=held(p.end), reviews=tuple(filter(held, p.reviews)))
            for p in episode.plans
            if p.start <= day
        ],
        held(episode.transfer_in),
    )


def of_the_year(episode: Episode, first: date) -> Episode:
    """Leave out what was over before a year began, as many systems do."""

    def touched(start: date, end: date | None) -> bool:
        return start >= first or end is None or end >= first

    return replace(
        episode,
        assessments=[a for a in episode.assessments if touched(a.start, a.end)],
        enquiries=[e for e in episode.enquiries if touched(e.start, e.conference or e.start)],
        plans=[
            replace(p, reviews=tuple(r for r in p.reviews if r >= first))
            for p in episode.plans
            if touched(p.start, p.end)
        ],
    )


def two_returns(
    children: list[Child], last: date, random: Random
) -> tuple[list[Child], list[Child], list[Child]]:
    """Give the children of the first return, of the second to `last`, and what they say together.

    Of an episode closed in the first year the second return says nothing. Half of the episodes are
    sent again with all that was ever recorded, half with what the year touched. What the first
    return says of when a plan ended may be wrong; the second puts it right.
    """
    end = date(last.year - 1, last.month, last.day)
    earlier, later, together = [], [], []
    for child in children:
        before, now, whole = [], [], []
        for episode in child.episodes:
            known, all_known = as_known(episode, end), as_known(episode, last)
            closure = episode.referral.closure
            again = all_known is not None and (closure is None or closure > end)
            if again:
                all_kept = known is None or random.random() < 0.5
                now.append(all_known if all_kept else of_the_year(all_known, end + _DAY))
                whole.append(all_known)
                if known is not None and all_kept:
                    known = replace(known, plans=[_wrong(p, random) for p in known.plans])
            elif known is not None:
                whole.append(known)
            if known is not None:
                before.append(known)
        for found, episodes in ((earlier, before), (later, now), (together, whole)):
            if episodes:
                found.append(replace(child, episodes=episodes))
    return earlier, later, together


def _wrong(plan: Plan, random: Random) -> Plan:
    if plan.end is None or random.random() < 0.7:
        return plan
    return replace(plan, end=plan.end + random.choice((-1, 1, 14)) * _DAY)
