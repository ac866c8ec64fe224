"""Section 47 enquiries, initial conferences, plans and their reviews, year by year.

They are made first, as a timetable without children: what has to add up is here. The pathway then finds
a child for each. A conference follows its enquiry by the published working days; a plan starts on the
day of its conference.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from sightline.clocks.calendar import due, elapsed, is_working_day
from sightline.clocks.months import add_months
from sightline.synthetic.counts import share_out
from sightline.synthetic.events import Enquiry, Plan
from sightline.synthetic.targets import CONFERENCE_BANDS, PlanStock, Targets, YearTargets

_BAND_MONTHS = (3, 6, 12, 24)
"""Months at which each published band of how long plans lasted ends."""


@dataclass
class Timetable:
    """All enquiries in order of the day that counts (the conference, else the start).

    `opening` are those behind the plans that are open before the first year.
    """

    opening: list[Enquiry] = field(default_factory=list)
    years: dict[int, list[Enquiry]] = field(default_factory=dict)

    @property
    def plans(self) -> list[Plan]:
        """Every plan."""
        every = [*self.opening, *(each for year in self.years.values() for each in year)]
        return [each.plan for each in every if each.plan is not None]


def first_day(year: int) -> date:
    """Give the first day of the year ending 31 March `year`."""
    return date(year - 1, 4, 1)


def last_day(year: int) -> date:
    """Give the 31 March that ends the year."""
    return date(year, 3, 31)


def make_timetable(targets: Targets, random: Random) -> Timetable:
    """Invent every enquiry, conference, plan and review that the targets count."""
    maker = _Maker(targets, random)
    return maker.run()


class _Maker:
    def __init__(self, targets: Targets, random: Random) -> None:
        self.targets = targets
        self.random = random
        self.table = Timetable()
        self.open: list[Plan] = []
        self.linked: dict[int, int] = {}

    def run(self) -> Timetable:
        self._open_stock(self.targets.opening_plans, self.targets.years[0])
        for target in self.targets.years:
            self.table.years[target.year] = self._year(target)
        for target in self.targets.years:
            self._other_enquiries(target)
        for enquiries in self.table.years.values():
            enquiries.sort(key=lambda each: (each.conference or each.start, each.start))
        return self.table

    # -- plans -----------------------------------------------------------------------------

    def _open_stock(self, stock: PlanStock, target: YearTargets) -> None:
        """Invent the plans open before the first year, each with its enquiry and conference."""
        day = last_day(target.year - 1)
        categories = self._shuffled(target.latest, stock.open)
        edges = (day, *(add_months(day, -months) for months in (3, 6, 12, 24, 40)))
        for band, count in enumerate(stock.bands):
            for _ in range(count):
                newest = edges[band] if band == 0 else edges[band] - timedelta(days=1)
                oldest = edges[band + 1] if band < 3 else edges[band + 1] + timedelta(days=1)
                if band == 3:
                    newest, oldest = edges[3] - timedelta(days=1), edges[4] + timedelta(days=1)
                if band == 4:
                    newest = edges[4]
                category = categories.pop()
                plan = Plan(self._working_day(oldest, newest), None, category, category)
                self.open.append(plan)
                self.table.opening.append(self._conference(plan.start, self._days(0, 15), plan))
        self._review(self.open, day, [])

    def _year(self, target: YearTargets) -> list[Enquiry]:
        start, end = first_day(target.year), last_day(target.year)
        quota = dict(target.latest)
        late_allowed = target.stock.open - target.stock.bands[0] - target.reviewed_in_time
        two_years_ago = last_day(target.year - 2)
        old = [plan for plan in self.open if plan.start <= two_years_ago]
        young = [plan for plan in self.open if plan.start > two_years_ago]
        # The longest open stay open or end late: those a few days short of two years cannot end
        # before them in this year.
        old.sort(key=lambda plan: plan.start)
        kept_old = self._keep(old, target.stock.bands[4], quota, start)
        kept_young = self._keep(young, target.stock.bands[3], quota, None)
        self._limit_late(kept_young, young, late_allowed - sum(plan.late for plan in kept_old))
        ended = target.ended_bands
        left = list(ended[:4])
        fresh, conferences = self._start_plans(target, quota, left)
        self._end_old(
            [plan for plan in old if plan not in set(kept_old)], ended[4], start, end, left
        )
        for plan in self._mixed([plan for plan in young if plan not in set(kept_young)]):
            self._end(plan, start, end, left, before=add_months(plan.start, 24))
        ending = [plan for plan in self.open if plan.end is not None]
        still = [*kept_old, *kept_young, *(plan for plan in fresh if plan.end is None)]
        self._review_year(target, still, [*ending, *(plan for plan in fresh if plan.end)])
        self.open = still
        return conferences

    def _keep(
        self, plans: Sequence[Plan], count: int, quota: dict[str, int], must_before: date | None
    ) -> list[Plan]:
        """Choose the plans that stay open, by the categories that are wanted on the day."""
        chosen: list[Plan] = []
        order = list(plans)
        if must_before is None:
            self.random.shuffle(order)
        for strict in (True, False):
            for plan in order:
                if len(chosen) == count:
                    return chosen
                if plan in chosen or (strict and quota.get(plan.latest, 0) <= 0):
                    continue
                chosen.append(plan)
                quota[plan.latest] = quota.get(plan.latest, 0) - 1
        return chosen

    def _limit_late(self, kept: list[Plan], of: Sequence[Plan], allowed: int) -> None:
        """Exchange plans whose reviews were late for others of their category, if too many stay."""
        late = [plan for plan in kept if plan.late]
        spare = [plan for plan in of if not plan.late and plan not in set(kept)]
        for plan in late[max(0, allowed) :]:
            for other in spare:
                if other.latest == plan.latest:
                    kept.remove(plan)
                    kept.append(other)
                    spare.remove(other)
                    break

    def _start_plans(
        self, target: YearTargets, quota: dict[str, int], left: list[int]
    ) -> tuple[list[Plan], list[Enquiry]]:
        """Start the plans of the year, and hold its conferences, with and without a plan."""
        start, end = first_day(target.year), last_day(target.year)
        first, second, third = target.stock.bands[:3]
        quarter = date(target.year, 1, 1)
        autumn = date(target.year - 1, 10, 1)
        days = [self._working_day(quarter, end) for _ in range(first)]
        days += [self._working_day(autumn, quarter - timedelta(days=12)) for _ in range(second)]
        days += [self._working_day(start, autumn - timedelta(days=1)) for _ in range(third)]
        fresh = [Plan(day, None) for day in days]
        self._categories(fresh, target, quota)
        staying = len(fresh)
        initial = self._shuffled(self._less(target.initial, fresh), target.plans_started - staying)
        for category in initial:
            fresh.append(self._short_plan(start, end, left, category))
        working_days = [
            self._days(*band)
            for band, count in zip(CONFERENCE_BANDS.values(), target.conferences, strict=True)
            for _ in range(count)
        ]
        self.random.shuffle(working_days)
        conferences = [
            self._conference(plan.start, days, plan)
            for plan, days in zip(fresh, working_days, strict=False)
        ]
        # More plans than conferences were published: these have no conference of their own.
        conferences += [self._without_conference(plan) for plan in fresh[len(working_days) :]]
        conferences += [
            self._conference(self._working_day(start, end), days, None)
            for days in working_days[len(fresh) :]
        ]
        return fresh, conferences

    def _categories(self, fresh: list[Plan], target: YearTargets, quota: dict[str, int]) -> None:
        """Give the plans that stay open their latest category, and as far as can be its first."""
        latest = [code for code, count in quota.items() for _ in range(max(0, count))]
        latest += ["NEG"] * (len(fresh) - len(latest))
        self.random.shuffle(latest)
        initial = dict(target.initial)
        waiting: list[Plan] = []
        for plan, code in zip(fresh, latest, strict=False):
            plan.latest = code
            if initial.get(code, 0) > 0:
                initial[code] -= 1
                plan.initial = code
            else:
                waiting.append(plan)
        spare = [code for code, count in initial.items() for _ in range(count)]
        self.random.shuffle(spare)
        for plan, code in zip(waiting, spare, strict=False):
            plan.initial = code
        for plan in fresh:
            plan.initial = plan.initial or plan.latest

    @staticmethod
    def _less(initial: Mapping[str, int], fresh: Iterable[Plan]) -> dict[str, int]:
        remaining = dict(initial)
        for plan in fresh:
            remaining[plan.initial] = remaining.get(plan.initial, 0) - 1
        return {code: max(0, count) for code, count in remaining.items()}

    def _short_plan(self, start: date, end: date, left: list[int], category: str) -> Plan:
        """Invent a plan that starts and ends within the year."""
        band = self._band(left, range(3))
        low = (20, 95, 190)[band]
        high = (88, 180, 350)[band]
        days = self.random.randint(low, high)
        begin = self._working_day(start, end - timedelta(days=days + 4))
        finish = min(end, self._next_working_day(begin + timedelta(days=days)))
        return Plan(begin, finish, category, category)

    def _end_old(
        self, plans: Sequence[Plan], late: int, start: date, end: date, left: list[int]
    ) -> None:
        """End plans that would be two years old by the end of the year: so many after that age."""
        ordered = sorted(plans, key=lambda plan: plan.start)
        for index, plan in enumerate(ordered):
            second_year = add_months(plan.start, 24)
            if index < late:
                plan.end = self._working_day(max(second_year, start), end)
            else:
                self._end(plan, start, end, left, before=second_year)

    def _end(self, plan: Plan, start: date, end: date, left: list[int], *, before: date) -> None:
        """End a plan within the year and before a day, in a band that is still wanted if it can be."""
        opens, closes = (
            max(start, plan.start + timedelta(days=14)),
            min(end, before - timedelta(days=1)),
        )
        closes = max(opens, closes)
        edges = [plan.start, *(add_months(plan.start, months) for months in _BAND_MONTHS)]
        possible = [
            band for band in range(4) if max(opens, edges[band]) < min(closes, edges[band + 1])
        ]
        if possible:
            band = self._band(left, possible)
            opens, closes = max(opens, edges[band]), min(closes, edges[band + 1])
        plan.end = self._working_day(opens, closes)

    def _band(self, left: list[int], possible: Sequence[int]) -> int:
        weights = [max(0.01, left[band]) for band in possible]
        band = self.random.choices(list(possible), weights)[0]
        left[band] -= 1
        return band

    # -- reviews ---------------------------------------------------------------------------

    def _review_year(
        self, target: YearTargets, still: Sequence[Plan], ended: Sequence[Plan]
    ) -> None:
        """Hold the reviews of the year, so many plans with nothing late on its last day."""
        end = last_day(target.year)
        counted = [plan for plan in still if add_months(end, -3) >= plan.start]
        late = len(counted) - target.reviewed_in_time - sum(plan.late for plan in counted)
        # One that started just three months ago cannot be late: its review is due on the last day.
        able = [
            plan
            for plan in counted
            if not plan.late and add_months(plan.start, 3) < end - timedelta(days=8)
        ]
        chosen = self.random.sample(able, min(max(0, late), len(able)))
        for plan in ended:
            finish = plan.end or end
            plan.reviews = [day for day in plan.reviews if day <= finish]
            self._review([plan], finish, [])
            if not plan.reviews or finish > plan.reviews[-1]:
                plan.reviews.append(finish)
        self._review(still, end, chosen)

    def _review(self, plans: Sequence[Plan], day: date, late: Sequence[Plan]) -> None:
        """Hold every review that is due up to a day; one of each of `late` is missed or late."""
        slipping = {id(plan) for plan in late}
        for plan in plans:
            while not plan.reviews or plan.reviews[-1] <= day:
                months, before = (6, plan.reviews[-1]) if plan.reviews else (3, plan.start)
                limit = add_months(before, months)
                held = self._held(before, limit)
                if id(plan) in slipping and limit < day:
                    # It may be held after the day, on which it is then overdue.
                    slipping.discard(id(plan))
                    plan.late = True
                    held = self._next_working_day(
                        limit + timedelta(days=self.random.randint(2, 40))
                    )
                elif held > day or (limit > day and self.random.random() < 0.5):
                    break
                plan.reviews.append(held)

    def _held(self, before: date, limit: date) -> date:
        """Give the working day, shortly before a review falls due, on which it is held."""
        day = limit - timedelta(days=self.random.randint(0, 21))
        while not is_working_day(day):
            day -= timedelta(days=1)
        return max(day, before + timedelta(days=1))

    # -- conferences and other enquiries -----------------------------------------------------

    def _conference(self, day: date, working_days: int, plan: Plan | None) -> Enquiry:
        start = due(day, -working_days) if working_days else day
        self.linked[_year_of(start)] = self.linked.get(_year_of(start), 0) + 1
        return Enquiry(start, day, plan, end=min(day, due(start, min(working_days, 12) or 1)))

    def _without_conference(self, plan: Plan) -> Enquiry:
        self.linked[_year_of(plan.start)] = self.linked.get(_year_of(plan.start), 0) + 1
        return Enquiry(plan.start, None, plan, end=plan.start)

    def _other_enquiries(self, target: YearTargets) -> None:
        """Add the enquiries that led to no conference; in the last year a few still wait for one."""
        start, end = first_day(target.year), last_day(target.year)
        last = target is self.targets.years[-1]
        year = self.table.years[target.year]
        for _ in range(target.enquiries - self.linked.get(target.year, 0)):
            begun = self._working_day(start, end)
            enquiry = Enquiry(begun)
            if last and elapsed(begun, end) < 10 and self.random.random() < 0.5:
                enquiry.awaited = True
            else:
                enquiry.end = min(end, due(begun, self.random.randint(2, 15)))
            year.append(enquiry)

    # -- small change ----------------------------------------------------------------------

    def _days(self, low: int, high: int) -> int:
        """Give working days within a band; most are near the limit that the band ends with."""
        if high > 20:
            return min(high, low + int(self.random.expovariate(1 / 8)))
        return self.random.randint(low, high)

    def _shuffled(self, counts: Mapping[str, int], total: int) -> list[str]:
        """Give codes in proportion to counts, in random order."""
        numbers = share_out(total, list(counts.values()))
        codes = [code for code, count in zip(counts, numbers, strict=True) for _ in range(count)]
        self.random.shuffle(codes)
        return codes

    def _mixed(self, items: Sequence[Plan]) -> list[Plan]:
        return self.random.sample(list(items), len(items))

    def _working_day(self, first: date, last: date) -> date:
        """Give a working day between two days, or the nearest before the last of them."""
        return random_working_day(self.random, first, last)

    def _next_working_day(self, day: date) -> date:
        while not is_working_day(day):
            day += timedelta(days=1)
        return day


def random_working_day(random: Random, first: date, last: date) -> date:
    """Give a working day from `first` to `last`; where there is none, `last` itself."""
    count = elapsed(first - timedelta(days=1), last)
    if count < 1:
        return last
    return due(first - timedelta(days=1), random.randint(1, count))


def _year_of(day: date) -> int:
    return day.year + (day.month > 3)
