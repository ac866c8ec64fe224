"""Teams, social workers who come and go, and whose case each child is on a day."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from sightline.synthetic.events import Allocation, Child, Episode, Worker
from sightline.synthetic.protection import first_day, last_day

_CASES = 17
"""Cases a worker holds, about."""
_YEARLY_TURNOVER = 0.17
_AGENCY = 0.15
_ASSESSMENT_DAYS = 50
"""Days after a referral for which the assessment team holds a case."""
IN_CARE, LEAVING_CARE = "Children in Care Team", "Leaving Care Team"
ROLE = "Social worker"


class Workforce:
    """The teams and workers of one authority over all years."""

    def __init__(
        self, authority: str, districts: Sequence[str], cases: int, years: range, random: Random
    ) -> None:
        self.random = random
        self.authority = authority
        self.start, self.end = first_day(years[0]), last_day(years[-1])
        self.districts = tuple(districts)
        self.workers: list[Worker] = []
        self._of_team: dict[str, list[Worker]] = {}
        self._numbers = Counter[str]()
        places = max(1, round(cases / _CASES / (2 * len(self.districts) + 3)))
        for team in self.teams:
            size = places * (3 if team == IN_CARE else 1)
            self._of_team[team] = [w for _ in range(size) for w in self._post(team)]

    @property
    def teams(self) -> list[str]:
        """The names of the teams: two in each district, and two for all of the authority."""
        local = [
            f"{district} {kind} Team"
            for district in self.districts
            for kind in ("Assessment", "Safeguarding")
        ]
        return [*local, IN_CARE, LEAVING_CARE]

    def district_of(self, team: str) -> str:
        """Give the district of a team; empty for those that cover the authority."""
        return next((each for each in self.districts if team.startswith(f"{each} ")), "")

    def _post(self, team: str) -> list[Worker]:
        """Fill one post for all years: a worker, and another when one leaves."""
        found = []
        joined = self.start - timedelta(days=self.random.randint(0, 2000))
        while joined <= self.end:
            agency = self.random.random() < _AGENCY
            years = self.random.expovariate(_YEARLY_TURNOVER * (2.2 if agency else 1.0))
            left = max(joined, self.start) + timedelta(days=60 + round(365 * years))
            number = len(self.workers) + 1
            worker = Worker(
                f"INVW{self.authority}{number:05d}",
                team,
                joined,
                left if left <= self.end else None,
                agency,
                self.random.choices((1.0, 0.8, 0.6, 0.5), (78, 10, 8, 4))[0],
            )
            self.workers.append(worker)
            found.append(worker)
            joined = left + timedelta(days=1)
        return found

    def allocate(self, child: Child) -> list[Allocation]:
        """Give the workers a child had in turn, while an episode of need was open."""
        found: list[Allocation] = []
        for episode in sorted(child.episodes, key=lambda each: each.referral):
            if episode.no_further_action:
                continue
            for team, begin, finish in self._stretches(child, episode):
                found += self._chain(team, begin, finish)
        return found

    def _stretches(self, child: Child, episode: Episode) -> list[tuple[str, date, date | None]]:
        """Give the teams that hold an episode in turn, with first day and the day after the last."""
        begin = max(episode.referral, self.start)
        close = episode.closure
        if close is not None and close <= begin:
            return [(f"{child.district} Assessment Team", begin, close)] if close == begin else []
        cuts = [(begin, f"{child.district} Assessment Team")]
        later = episode.referral + timedelta(days=_ASSESSMENT_DAYS)
        if later <= begin:
            cuts = [(begin, f"{child.district} Safeguarding Team")]
        elif close is None or later < close:
            cuts.append((later, f"{child.district} Safeguarding Team"))
        for period in episode.care:
            day = max(period.entered, begin)
            cuts = [
                cut for cut in cuts if cut[0] < day or (period.ceased and cut[0] >= period.ceased)
            ]
            cuts.append((day, IN_CARE))
            if period.ceased is not None and period.ceased > day:
                cuts = [cut for cut in cuts if cut[0] <= day or cut[0] > period.ceased]
                cuts.append((period.ceased, f"{child.district} Safeguarding Team"))
            cuts.sort(key=lambda cut: cut[0])
        ends = [day for day, _ in cuts[1:]] + [close]
        return [
            (team, day, finish)
            for (day, team), finish in zip(cuts, ends, strict=True)
            if day <= self.end and (finish is None or finish > day)
        ]

    def _chain(self, team: str, begin: date, finish: date | None) -> list[Allocation]:
        """Give the workers of a team who hold a case in turn; a new one when one leaves."""
        found: list[Allocation] = []
        day = begin
        while True:
            worker = self._someone(team, day)
            left = worker.left
            if left is not None and left > day and (finish is None or left < finish):
                found.append(Allocation(worker, day, left, "LEFTRL"))
                day = left
                continue
            found.append(Allocation(worker, day, finish, "TSPROC" if finish else ""))
            return found

    def _someone(self, team: str, day: date) -> Worker:
        workers = self._of_team[team]
        able = [w for w in workers if w.joined <= day and (w.left is None or w.left > day)]
        return self.random.choice(able or workers)


def holder(allocations: Sequence[Allocation], day: date) -> Allocation | None:
    """Give the allocation of a child on a day: the last begun, or the first if none had begun."""
    if not allocations:
        return None
    at = bisect_right([each.start for each in allocations], day)
    return allocations[max(0, at - 1)]
