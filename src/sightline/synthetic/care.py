"""Children in care: who enters and leaves, where they live, and when they move.

Made first, as a timetable of times in care with a birth date each; the pathway then finds the child. A
year's stock, entries and exits are those published. Where the stock changes by more than entries less
exits, some children left and came back within the year: each is one child who started and one who
ceased.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from random import Random

from sightline.clocks.calendar import due, is_working_day
from sightline.clocks.months import add_months
from sightline.synthetic.care_targets import CareTargets
from sightline.synthetic.events import Adoption, CarePeriod, Placement, birthday
from sightline.synthetic.protection import first_day, last_day

_STOCK_AGES = ((0, 5), (1, 13), (5, 21), (10, 40), (16, 21))
_ENTRY_AGES = ((0, 17), (1, 20), (5, 19), (10, 29), (16, 15))
"""Age bands by their first year, and how many in a hundred of those in care, and of those entering."""
_YOUNGEST = 30
"""Days old at least on entering care, as the referral comes after the birth."""
_MOVE_SHARE = 0.15
"""Children who move once in a year in which no count of stability is published."""
_ENDS = {
    "E4A": 30, "E4B": 12, "E13": 7, "E41": 8, "E44": 14, "E8": 14, "E3": 2, "E9": 2, "E14": 1,
}  # fmt: skip
"""Reasons for leaving care before 18, other than adoption, and how frequent each is."""
_SPECIAL_GUARDIANSHIP_SPLIT = 2019
_ENDS_AT_18 = ("E5", "E6", "E17", "E7")
_PLACES = {
    "U6": 42, "U4": 18, "U3": 9, "U1": 6, "K2": 10, "P1": 6, "H5": 5, "R1": 2, "S1": 2,
}  # fmt: skip
_AWAY = ("K2", "S1", "R1", "K1")
_CHANGES = ("CARPL", "CREQB", "CREQO", "CHILD", "LAREQ", "CLOSE", "OTHER")
_SEMI_INDEPENDENT_TO = 2024
"""Last year whose return has semi-independent living (H5)."""


def make_care(
    before: int, years: Sequence[CareTargets], random: Random, progress: Callable[[str], None]
) -> list[CarePeriod]:
    """Invent every time in care of all years; `before` is how many children are in care at first."""
    maker = _Maker(years, random)
    progress("Inventing children in care")
    maker.open_stock(before)
    for index in range(len(years)):
        maker.year(index)
    maker.finish()
    return maker.periods


class _Maker:
    def __init__(self, years: Sequence[CareTargets], random: Random) -> None:
        self.years = years
        self.random = random
        self.periods: list[CarePeriod] = []
        self.open: list[CarePeriod] = []
        self.placed: list[CarePeriod] = []
        self.urns = 0

    # -- the stock before --------------------------------------------------------------------

    def open_stock(self, count: int) -> None:
        """Invent the children in care before the first year: since when, and since when where."""
        target = self.years[0]
        day = last_day(target.year - 1)
        for number in range(count):
            alone = number < round(target.unaccompanied * count / max(1, target.looked_after))
            birth = self._birth(day, _STOCK_AGES, alone=alone)
            oldest = (day - birth).days - _YOUNGEST
            ago = min(oldest, int(self.random.expovariate(1 / 900)) + 5, 2600)
            entered = day - timedelta(days=max(0, ago))
            moved = entered
            if ago > 200 and self.random.random() < 0.5:
                moved = day - timedelta(days=int((ago - 40) * self.random.random()))
            period = self._enter(entered, birth, alone=alone)
            first = period.episodes[0]
            first.start = moved
            if moved > entered:
                first.reason, first.stay = "P", 2
                first.legal_status = "C2" if ago > 400 else first.legal_status
            self.open.append(period)
        self._place_for_adoption(day, target.adopted)

    # -- a year --------------------------------------------------------------------------------

    def year(self, index: int) -> None:
        """Invent one year."""
        target = self.years[index]
        start, end = first_day(target.year), last_day(target.year)
        stock = len(self.open)
        twice = target.looked_after - stock - (target.started - target.ceased)
        # A child who comes back, and is in care on the last day; or who was, and leaves again.
        back, again = max(0, twice), max(0, -twice)
        entries = max(0, target.started - back - again)
        exits = max(0, stock + entries + back - again - target.looked_after)
        exits = min(exits, stock + entries)
        fresh = self._entries(target, entries, start, end)
        leaving = self._leave(target, exits, fresh, start, end)
        self._leave_again(again, leaving, start, end)
        returned = self._come_back(back, start, end)
        still = [each for each in (*self.open, *fresh) if each.ceased is None]
        self._move(target, still, [*leaving], start, end)
        self.open = [*still, *returned]
        following = self.years[index + 1] if index + 1 < len(self.years) else target
        self.placed = [period for period in self.placed if period.ceased is None]
        self._place_for_adoption(end, following.adopted)

    def _entries(self, target: CareTargets, count: int, start: date, end: date) -> list[CarePeriod]:
        alone_now = sum(period.unaccompanied for period in self.open)
        # Those who turn 18 in the year are to be made up for.
        turning = sum(
            period.unaccompanied and birthday(period.birth, 18) <= end for period in self.open
        )
        alone = min(count, max(0, target.unaccompanied - alone_now + turning))
        found = []
        for number in range(count):
            day = self._day(start, end)
            birth = self._birth(day, _ENTRY_AGES, alone=number < alone, until=end)
            found.append(self._enter(day, birth, alone=number < alone))
        return found

    def _leave(
        self,
        target: CareTargets,
        count: int,
        fresh: Sequence[CarePeriod],
        start: date,
        end: date,
    ) -> list[CarePeriod]:
        """End so many times in care: at 18, by adoption, and for other reasons."""
        leaving: list[CarePeriod] = []
        for period in (*self.open, *fresh):
            grown = birthday(period.birth, 18)
            if grown <= end:
                self._end(period, max(grown, start + timedelta(days=1)), "")
                leaving.append(period)
        for period in self.placed[: max(0, min(target.adopted, count - len(leaving)))]:
            if period.ceased is None:
                self._adopt(period, start, end)
                leaving.append(period)
        alone = [each for each in self.open if each.unaccompanied and each.ceased is None]
        for period in alone[target.unaccompanied :]:
            self._end(period, self._day(start + timedelta(days=1), end), "E8")
            leaving.append(period)
        left = max(0, count - len(leaving))
        short = [
            each
            for each in fresh
            if each.ceased is None
            and not each.unaccompanied
            and each.entered <= end - timedelta(days=8)
        ]
        carried = [
            each
            for each in self.open
            if each.ceased is None and not each.unaccompanied and each not in self.placed
        ]
        few = min(len(short), max(round(left * 0.35), left - len(carried)))
        for period in self.random.sample(short, few):
            span = (end - period.entered).days
            days = min(span, 3 + int(self.random.expovariate(1 / 60)))
            self._end(period, period.entered + timedelta(days=days), self._end_reason(target.year))
            leaving.append(period)
        for period in self._recent_first(carried, left - few, end):
            day = self._day(start + timedelta(days=1), end)
            self._end(period, day, self._end_reason(target.year))
            leaving.append(period)
        return leaving

    def _recent_first(
        self, periods: Sequence[CarePeriod], count: int, end: date
    ) -> list[CarePeriod]:
        """Choose times in care to end: the longer they have lasted, the less likely."""
        keyed = sorted(
            (self.random.random() ** (0.2 + (end - period.entered).days / 700), index)
            for index, period in enumerate(periods)
        )
        return (
            [periods[index] for _, index in keyed[len(keyed) - max(0, count) :]]
            if count > 0
            else []
        )

    def _leave_again(self, count: int, leaving: list[CarePeriod], start: date, end: date) -> None:
        """Let children who are in care leave, come back and leave once more."""
        short = [
            each
            for each in self.open
            if each.ceased is None and each not in self.placed and birthday(each.birth, 18) > end
        ]
        for period in self.random.sample(short, min(len(short), count)):
            self._end(
                period, self._day(start + timedelta(days=1), end - timedelta(days=120)), "E4A"
            )
            self._again(period, end, leaves=True)
            leaving.append(period)

    def _come_back(self, count: int, start: date, end: date) -> list[CarePeriod]:
        """Invent children who enter, leave, and enter again, all within the year."""
        found = []
        for _ in range(count):
            day = self._day(start, end - timedelta(days=150))
            birth = self._birth(day, _ENTRY_AGES, alone=False, until=end)
            period = self._enter(day, birth, alone=False)
            days = self.random.randint(5, 60)
            self._end(period, day + timedelta(days=days), "E4A")
            found.append(self._again(period, end, leaves=False))
        return found

    def _again(self, period: CarePeriod, end: date, *, leaves: bool) -> CarePeriod:
        first = period.ceased or period.entered
        begin = first + timedelta(days=self.random.randint(10, max(11, (end - first).days // 2)))
        later = self._enter(min(begin, end), period.birth, alone=False)
        later.returning = period
        later.need = period.need
        if leaves:
            day = min(end, begin + timedelta(days=self.random.randint(5, 60)))
            self._end(later, max(day, later.entered + timedelta(days=1)), "E4A")
        return later

    # -- adoption --------------------------------------------------------------------------------

    def _place_for_adoption(self, day: date, count: int) -> None:
        """Place so many young children for adoption, as many as are adopted in the year after."""
        waiting = sum(period.ceased is None for period in self.placed)
        able = [
            period
            for period in self.open
            if period not in self.placed
            and not period.unaccompanied
            and period.returning is None
            and (day - period.birth).days < 5 * 365
            and (day - period.entered).days > 210
            # With a move in the year as well, this one would make three placements.
            and (period.episodes[-1].reason == "S" or (day - period.episodes[-1].start).days > 364)
        ]
        for period in self.random.sample(able, min(len(able), max(0, count - waiting))):
            since = max(period.episodes[-1].start + timedelta(days=60), period.entered)
            placed = day - timedelta(
                days=self.random.randint(5, max(6, min(200, (day - since).days)))
            )
            placed = max(placed, since)
            current = period.episodes[-1]
            with_carer = self.random.random() < 0.12
            new = self._episode(
                placed, "U" if with_carer else "B", "E1", "A5" if with_carer else "A6"
            )
            new.stay = current.stay + (not with_carer)
            self._close_episode(current, placed, "CARPL" if not with_carer else "PLACE")
            period.episodes.append(new)
            decision = max(period.entered + timedelta(days=20), placed - timedelta(days=260))
            order = min(placed, decision + timedelta(days=self.random.randint(15, 60)))
            couple = self.random.random() < 0.82
            sexes = self.random.choice(("MF", "MF", "MF", "MF", "FF", "MM")) if couple else "F1"
            status = {"MF": "L11", "FF": "L12", "MM": "L12"}.get(sexes, "L0")
            matched = max(order, placed - timedelta(days=self.random.randint(7, 30)))
            period.adoption = Adoption(
                decision, order, min(matched, placed), placed, None,
                with_carer, 2 if couple else 1, sexes, status,
            )  # fmt: skip
            self.placed.append(period)

    def _adopt(self, period: CarePeriod, start: date, end: date) -> None:
        placed = period.episodes[-1].start
        earliest = max(start + timedelta(days=1), placed + timedelta(days=70))
        day = self._day(min(earliest, end), end)
        self._end(period, day, "E11" if self.random.random() < 0.7 else "E12")
        if period.adoption is not None:
            period.adoption.order = day

    # -- moves -----------------------------------------------------------------------------------

    def _move(
        self,
        target: CareTargets,
        still: Sequence[CarePeriod],
        leaving: Sequence[CarePeriod],
        start: date,
        end: date,
    ) -> None:
        """Move children so that so many have had three placements, and so many are long settled."""
        lasting = [each for each in still if _long_in_care(each, end)]
        movable = [each for each in still if each not in self.placed]
        others = [
            each
            for each in movable
            if not _long_in_care(each, end) and each.entered <= end - timedelta(days=45)
        ]
        three = self.random.sample(others, min(len(others), target.three_placements))
        short_of = target.three_placements - len(three)
        settled = [each for each in lasting if _settled(each, end) and each not in self.placed]
        self.random.shuffle(settled)
        three += settled[: max(0, short_of)]
        settled = settled[max(0, short_of) :]
        for period in three:
            self._move_in(period, 2, start, end)
        if target.stable is None:
            wanted = round(len(settled) * _MOVE_SHARE)
        else:
            unsettled = len(lasting) - round(len(lasting) * target.stable / 100)
            wanted = unsettled - sum(not _settled(each, end) for each in lasting)
        once = settled[: max(0, wanted)]
        rest = [each for each in others if each not in set(three)]
        once += self.random.sample(rest, round(len(rest) * 0.3))
        for period in once:
            self._move_in(period, 1, start, end)
        for period in leaving:
            if period.entered < start and self.random.random() < 0.15 and not period.adoption:
                self._move_in(period, 1, start, period.ceased or end)

    def _move_in(self, period: CarePeriod, moves: int, start: date, end: date) -> None:
        """Move a child on days within the year, each to a new placement."""
        begin = max(start + timedelta(days=3), period.episodes[-1].start + timedelta(days=4))
        span = (end - timedelta(days=2) - begin).days
        if span < moves * 6:
            return
        offsets = sorted(self.random.sample(range(0, span, 5), moves))
        last, reason = period.episodes[-1].end, period.episodes[-1].end_reason
        for offset in offsets:
            day = begin + timedelta(days=offset)
            current = period.episodes[-1]
            ordered = current.legal_status == "C1" and (day - period.entered).days > 150
            status = "C2" if ordered else current.legal_status
            new = self._episode(day, "B" if ordered else "P", status, self._place(period, day))
            new.stay = current.stay + 1
            self._close_episode(current, day, self.random.choice(_CHANGES))
            period.episodes.append(new)
        period.episodes[-1].end, period.episodes[-1].end_reason = last, reason

    # -- one period ------------------------------------------------------------------------------

    def _enter(self, day: date, birth: date, *, alone: bool) -> CarePeriod:
        period = CarePeriod(day, None, birth, need="N8" if alone else "N1", unaccompanied=alone)
        status = "V2" if alone or self.random.random() < 0.55 else "C1"
        period.episodes.append(self._episode(day, "S", status, self._place(period, day)))
        self.periods.append(period)
        return period

    def _end(self, period: CarePeriod, day: date, reason: str) -> None:
        if not reason:
            reason = self.random.choice(_ENDS_AT_18[:3]) if self.random.random() < 0.95 else "E7"
        current = period.episodes[-1]
        day = max(day, current.start + timedelta(days=1))
        period.ceased, period.reason = day, reason
        current.end, current.end_reason = day, reason

    def _end_reason(self, year: int) -> str:
        reason = self.random.choices(list(_ENDS), list(_ENDS.values()))[0]
        if reason == "E44" and year >= _SPECIAL_GUARDIANSHIP_SPLIT:
            return self.random.choice(("E45", "E46", "E47", "E48"))
        return reason

    @staticmethod
    def _close_episode(episode: Placement, day: date, change: str) -> None:
        episode.end, episode.end_reason, episode.change_reason = day, "X1", change

    def _place(self, period: CarePeriod, day: date) -> str:
        age = (day - period.birth).days // 365
        able = {
            code: weight
            for code, weight in _PLACES.items()
            if not (code in ("K2", "S1") and age < 8)
            and not (code == "H5" and (age < 16 or self.years[-1].year > _SEMI_INDEPENDENT_TO))
            and not (code == "R1" and age < 10)
        }
        return self.random.choices(list(able), list(able.values()))[0]

    def _episode(self, day: date, reason: str, status: str, place: str) -> Placement:
        random = self.random
        own = place[0] in "UA" and random.random() < 0.62
        provider = "PR0" if place == "P1" else "PR1" if own else "PR4" if place != "S1" else "PR3"
        outside = random.random() < (0.75 if place in _AWAY else 0.28)
        far = outside and random.random() < 0.42
        distance = random.uniform(20.5, 95) if far else random.uniform(0.5, 19.5)
        urn = ""
        if place[0] in "KRU":
            self.urns += 1
            urn = f"SC0{random.randint(10_000, 99_999)}"
        area = f"ZY{random.randint(1, 9)}" if outside else f"ZZ{random.randint(1, 6)}"
        letters = "".join(random.choices("ABDEFGHJLNPQRSTUWXYZ", k=2))
        return Placement(
            day, reason, status, place, provider, 1,
            postcode=f"{area} {random.randint(1, 9)}{letters}", urn=urn,
            distance=0.0 if place == "P1" else round(distance, 1),
            outside=outside and place != "P1",
        )  # fmt: skip

    def _birth(
        self, day: date, ages: Iterable[tuple[int, int]], *, alone: bool, until: date | None = None
    ) -> date:
        """Choose a birth date for an age on a day; under 18 up to `until`."""
        bands = list(ages)
        for _ in range(50):
            if alone:
                low, high = 15, 18
            else:
                low, _share = self.random.choices(bands, [share for _, share in bands])[0]
                high = next((first for first, _ in bands if first > low), 18)
            days = self.random.randint(max(_YOUNGEST, low * 365 + 5), high * 365 - 1)
            birth = day - timedelta(days=days)
            if birthday(birth, 18) > (until or day):
                return birth
        return day - timedelta(days=15 * 365)

    def _day(self, first: date, last: date) -> date:
        """Give a day between two, seldom at a weekend."""
        span = max(0, (last - first).days)
        for _ in range(4):
            day = first + timedelta(days=self.random.randint(0, span))
            if is_working_day(day):
                break
        return day

    # -- reviews -----------------------------------------------------------------------------------

    def finish(self) -> None:
        """Hold the reviews of every time in care."""
        end = last_day(self.years[-1].year)
        start = first_day(self.years[0].year)
        for period in self.periods:
            held, step = period.entered, 0
            last = min(period.ceased or end, end)
            while True:
                limit = (
                    (due(held, 20), add_months(held, 3))[step] if step < 2 else add_months(held, 6)
                )
                late = self.random.random() < 0.03
                shift = self.random.randint(1, 25)
                day = limit + timedelta(days=shift) if late else limit - timedelta(days=shift % 14)
                while not is_working_day(day):
                    day -= timedelta(days=1)
                day = max(day, held + timedelta(days=1))
                if day > last or day == period.ceased:
                    break
                if day >= start - timedelta(days=400):
                    period.reviews.append((day, self._part_taken(period.birth, day)))
                held, step = day, step + 1

    def _part_taken(self, birth: date, day: date) -> str:
        if birthday(birth, 4) > day:
            return "PN0"
        return self.random.choices(
            ("PN1", "PN2", "PN3", "PN4", "PN5", "PN6", "PN7"), (46, 4, 2, 4, 7, 32, 5)
        )[0]


def _long_in_care(period: CarePeriod, day: date) -> bool:
    """Whether a child under 16 has been in care for two and a half years or more."""
    since = period.episodes[0].start
    return birthday(period.birth, 16) > day and add_months(since, 30) <= day


def _settled(period: CarePeriod, day: date) -> bool:
    """Whether the present placement, or for adoption with the one before it, is two years old."""
    stay = period.episodes[-1].stay
    if period.episodes[-1].placement in ("A4", "A6"):
        stay -= 1
    starts = [each.start for each in period.episodes if each.stay >= stay]
    return add_months(min(starts), 24) <= day
