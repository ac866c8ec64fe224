"""Assessments of the published lengths, and the episodes they are found a place in."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from sightline.clocks.calendar import due, elapsed, is_working_day
from sightline.synthetic.counts import values_with_quartiles
from sightline.synthetic.events import Assessment, Episode
from sightline.synthetic.protection import first_day, last_day
from sightline.synthetic.targets import ASSESSMENT_BANDS, YearTargets

_LONGEST_OPEN = 45
"""Working days after which an assessment that was not authorised by the year's end is not begun."""
_ROUNDS = 12
"""Times that every open episode is tried for another assessment."""


class Assessing:
    """Gives out the assessments of one year; `lengths` are those left, in working days, in order."""

    def __init__(self, target: YearTargets, random: Random) -> None:
        self.random = random
        self.start, self.end = first_day(target.year), last_day(target.year)
        bands = [
            (low, high, count)
            for (low, high), count in zip(
                ASSESSMENT_BANDS.values(), target.assessments, strict=True
            )
        ]
        self.lengths = values_with_quartiles(bands, target.quartiles)

    def finish(self, episodes: Sequence[Episode]) -> None:
        """Authorise the last assessment of episodes in which it was open when the year began."""
        for episode in episodes:
            assessment = episode.assessments[-1]
            gone = elapsed(assessment.start, self.start - timedelta(days=1))
            least = bisect_left(self.lengths, gone + 1)
            if least < len(self.lengths):
                chosen = min(len(self.lengths) - 1, least + self.random.randint(0, 40))
                assessment.end = due(assessment.start, self.lengths.pop(chosen))
                episode.busy_until = max(episode.busy_until, assessment.end)
            else:
                # No assessment of the year is long enough to have been open: it was not begun.
                episode.assessments.pop()

    def assess(self, episodes: Sequence[Episode]) -> list[Episode]:
        """Assess new episodes, and give those in which the assessment is open on the last day.

        The episodes with the least time come first, so that each finds a length short enough.
        """
        timed = []
        for index, episode in enumerate(episodes):
            begin = episode.referral
            limit = episode.closure or self.end
            if self.random.random() < 0.4:
                begin = min(due(begin, self.random.randint(1, 2)), limit)
            timed.append((elapsed(begin, limit), index, begin))
        waiting: list[Episode] = []
        for length, index, begin in sorted(timed):
            episode = episodes[index]
            if short_enough := bisect_right(self.lengths, length):
                chosen = self.lengths.pop(self.random.randrange(short_enough))
                end = due(begin, chosen) if chosen else begin
                _done(episode, Assessment(begin, end))
            elif episode.closure is None and length <= _LONGEST_OPEN:
                episode.assessments.append(Assessment(begin, None))
                waiting.append(episode)
        return waiting

    def assess_again(self, episodes: Sequence[Episode]) -> None:
        """Give the lengths left to episodes long open, which were assessed at other times."""
        able = list(episodes) if self.lengths else []
        self.random.shuffle(able)
        for rounds in range(_ROUNDS):
            before = self.start - timedelta(days=150 if rounds < _ROUNDS // 2 else 60)
            for episode in able:
                if not self.lengths:
                    return
                # Where the longest does not fit, another may.
                for at in (-1, self.random.randrange(len(self.lengths))):
                    found = self._fitting(episode, max(episode.referral, before), self.lengths[at])
                    if found is not None:
                        _done(episode, found)
                        self.lengths.pop(at)
                        break

    def _fitting(self, episode: Episode, opens: date, length: int) -> Assessment | None:
        """Give an assessment of a length that ends within the year and overlaps with no other."""
        first = max(opens, self.start)
        span = ((episode.closure or self.end) - first).days
        for _ in range(3 if span >= 0 else 0):
            end = first + timedelta(days=self.random.randint(0, span))
            if not is_working_day(end):
                end = due(end, -1)
            begin = due(end, -length) if length else end
            if begin < opens or end < self.start:
                continue
            if all(
                end < each.start or (each.end is not None and each.end < begin)
                for each in episode.assessments
            ):
                return Assessment(begin, end)
        return None


def _done(episode: Episode, assessment: Assessment) -> None:
    """Record a completed assessment, before whose end the episode is not closed."""
    episode.assessments.append(assessment)
    if assessment.end is not None:
        episode.busy_until = max(episode.busy_until, assessment.end)
