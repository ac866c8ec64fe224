"""From referral to closure: episodes of need, and the enquiries, plans and care that find a place in them.

Year by year: referrals on their days; a child for each conference, plan, enquiry and time in care of the
timetables; which episodes close; assessments of the published lengths; primary needs as they are
counted on 31 March; and at the end which child each referral is of, so that so many are re-referrals.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from random import Random

from sightline.clocks.calendar import due, is_working_day
from sightline.clocks.months import add_months
from sightline.synthetic.assessing import Assessing
from sightline.synthetic.chains import Chains, over
from sightline.synthetic.counts import share_out
from sightline.synthetic.events import (
    CarePeriod,
    Child,
    Enquiry,
    Episode,
    Plan,
    birthday,
)
from sightline.synthetic.factors import factors
from sightline.synthetic.people import Nursery
from sightline.synthetic.plans import give_plans
from sightline.synthetic.protection import Timetable, first_day, last_day
from sightline.synthetic.targets import (
    RETURNING,
    SOURCES,
    Targets,
    YearTargets,
)

_OPENING_AGES = (
    (0.30, 0, 90),
    (0.11, 90, 180),
    (0.11, 180, 365),
    (0.13, 365, 730),
    (0.35, 730, 2900),
)
"""How long episodes have been open before the first year: share, and days from and to."""
_SHORT_SHARE = 0.55
"""Of the closures of a year, those of episodes that also began in it."""
_WEEKEND = 0.12
"""Referrals on a day of the weekend, for each on a working day."""


class Pathway:
    """Invents the episodes of need of all years. `episodes` has every one when `run` is done."""

    def __init__(
        self,
        targets: Targets,
        timetable: Timetable,
        care: Sequence[CarePeriod],
        nursery: Nursery,
        random: Random,
        progress: Callable[[str], None],
    ) -> None:
        self.targets = targets
        self.timetable = timetable
        self.care = sorted(care, key=lambda period: period.entered)
        self.nursery = nursery
        self.random = random
        self.progress = progress
        self.episodes: list[Episode] = []
        self.open: list[Episode] = []
        self.waiting: list[Episode] = []
        self.linkable: list[Episode] = []
        self.notes: list[str] = []

    def run(self) -> None:
        """Invent all years."""
        self._open_stock()
        for target in self.targets.years:
            self.progress(f"Inventing the year ending 31 March {target.year}")
            _Year(self, target).run()
        give_plans(self.episodes, self.random)

    # -- before the first year -----------------------------------------------------------------

    def _open_stock(self) -> None:
        """Invent the episodes open before the first year, with the plans and care that were open."""
        year = self.targets.years[0].year - 1
        day = last_day(year)
        # Some children must be neither on a plan nor in care, so that more can come to be.
        taken = len(self.timetable.opening) + sum(period.entered <= day for period in self.care)
        count = max(self.targets.opening_in_need, round(taken * 1.2))
        needs = self.targets.years[0].in_need
        codes = [
            code
            for code, number in zip(needs, share_out(count, list(needs.values())), strict=True)
            for _ in range(number)
        ]
        self.random.shuffle(codes)
        ages = [
            self.random.randint(low, high)
            for (_, low, high), number in zip(
                _OPENING_AGES,
                share_out(count, [share for share, _, _ in _OPENING_AGES]),
                strict=True,
            )
            for _ in range(number)
        ]
        for need, age in zip(codes, ages, strict=True):
            source = self.random.choice(("6", "2A", "3B", "5B", "1A", "3E", "8"))
            self.open.append(Episode(day - timedelta(days=age), source, need=need))
        self.random.shuffle(self.open)
        takers = iter(self.open)
        for enquiry in self.timetable.opening:
            self._begin_before(next(takers), enquiry.start, enquiry=enquiry)
        for period in self.care:
            if period.entered <= day:
                episode = next(takers)
                episode.need = period.need if period.unaccompanied else episode.need
                self._begin_before(episode, period.entered, born=period.birth)
                episode.take_care(period)
        for episode in self.open:
            episode.child = self.nursery.child_for(episode, day)
        self.episodes += self.open

    def _begin_before(
        self,
        episode: Episode,
        day: date,
        *,
        enquiry: Enquiry | None = None,
        born: date | None = None,
    ) -> None:
        """Make an episode old enough for what began in it."""
        if episode.referral > day:
            episode.referral = day - timedelta(days=self.random.randint(0, 14))
        if born is not None:
            episode.referral = max(episode.referral, born + timedelta(days=1))
        if enquiry is not None:
            episode.take(enquiry)
            if enquiry.plan is not None:
                episode.born_after = _born_after(enquiry.plan)


class _Year:
    """One year of the pathway."""

    def __init__(self, pathway: Pathway, target: YearTargets) -> None:
        self.pathway = pathway
        self.random = pathway.random
        self.target = target
        self.start, self.end = first_day(target.year), last_day(target.year)
        self.last = target is pathway.targets.years[-1]
        self.carried = list(pathway.open)
        self.no_action: list[Episode] = []
        self.not_in_need: list[Episode] = []
        self.begun: list[Episode] = []
        self.subsequent_left = target.subsequent_plans

    def run(self) -> None:
        """Invent the year."""
        self._refer()
        self._place_enquiries()
        self._place_care()
        assessing = Assessing(self.target, self.random)
        assessing.finish(self.pathway.waiting)
        self._close()
        self._assess(assessing)
        self._state_needs()
        self._state_factors()
        self._name_children()
        self._number_plans()
        pathway = self.pathway
        new = [*self.no_action, *self.not_in_need, *self.begun]
        pathway.episodes += new
        pathway.open = [
            episode for episode in (*self.carried, *self.begun) if episode.closure is None
        ]

    # -- referrals -----------------------------------------------------------------------------

    def _refer(self) -> None:
        days = sorted(self._referral_days())
        codes = [
            self._source_code(group)
            for group, count in self.target.sources.items()
            for _ in range(count)
        ]
        self.random.shuffle(codes)
        referrals = [Episode(day, code) for day, code in zip(days, codes, strict=True)]
        ending = set(self.random.sample(range(len(referrals)), self.target.no_further_action))
        # A referral late in the year has less time to be assessed and closed within it.
        keyed = sorted(
            (
                self.random.random()
                ** (1 / max(0.02, min(1.0, (self.end - referral.referral).days / 45))),
                index,
            )
            for index, referral in enumerate(referrals)
            if index not in ending
        )
        closing = (
            {index for _, index in keyed[len(keyed) - self.target.not_in_need :]}
            if self.target.not_in_need
            else set()
        )
        for index, referral in enumerate(referrals):
            if index in ending:
                referral.no_further_action = True
                self.no_action.append(referral)
            elif index in closing:
                self.not_in_need.append(referral)
            else:
                self.begun.append(referral)

    def _referral_days(self) -> list[date]:
        found: list[date] = []
        for offset, count in enumerate(self.target.months):
            first = add_months(self.start, offset)
            days = [first + timedelta(days=n) for n in range((add_months(first, 1) - first).days)]
            weights = [1.0 if is_working_day(day) else _WEEKEND for day in days]
            found += self.random.choices(days, weights, k=count)
        return found

    def _source_code(self, group: str) -> str:
        codes = SOURCES[group]
        if group == "la_services" and self.target.year >= 2023:
            codes = (*codes, "5D")
        return codes[0] if len(codes) == 1 else self.random.choice(codes)

    # -- enquiries, conferences, plans and care --------------------------------------------------

    def _place_enquiries(self) -> None:
        dates = [episode.referral for episode in self.begun]
        for enquiry in self.pathway.timetable.years[self.target.year]:
            self._find_place(enquiry, dates).take(enquiry)

    def _find_place(self, enquiry: Enquiry, dates: list[date]) -> Episode:
        """Find an episode that is open, and whose child can be the one: often a new referral."""
        latest = bisect_right(dates, enquiry.start)
        earliest = bisect_left(dates, enquiry.start - timedelta(days=14))
        after = self.random.random()
        again = enquiry.plan is not None and self.subsequent_left > 0 and after < 0.08
        tries: list[tuple[Sequence[Episode], int, int]] = []
        if not again and after < 0.72 and latest > earliest:
            tries.append((self.begun, earliest, latest))
        tries += [(self.carried, 0, len(self.carried)), (self.begun, 0, latest)]
        for strict in (True, False):
            for among, low, high in tries:
                for _ in range(60 if high > low else 0):
                    episode = among[self.random.randrange(low, high)]
                    if self._can_take(episode, enquiry, strict=strict):
                        return self._taken(episode, enquiry)
        for episode in (*self.carried, *self.begun):
            if self._can_take(episode, enquiry, strict=False):
                return self._taken(episode, enquiry)
        return self._taken(self._refer_for(enquiry.start, dates), enquiry)

    def _refer_for(self, day: date, dates: list[date]) -> Episode:
        """Move to a day the next referral after it of which nothing is known yet; else refer one more.

        In a small authority nobody referred by the first days of a year may do, as for a baby.
        """
        later = self.begun[bisect_right(dates, day) :]
        free = (each for each in later if not each.enquiries and not each.care)
        episode = next(free, None)
        if episode is None:
            episode = Episode(day, self._source_code(next(iter(self.target.sources))))
            self.begun.append(episode)
            self.pathway.notes.append(
                f"FD-02 {self.target.year}: one more referred, as nobody known could be the child."
            )
        episode.referral = day
        self.begun.sort(key=lambda each: each.referral)
        dates[:] = [each.referral for each in self.begun]
        return episode

    def _can_take(self, episode: Episode, enquiry: Enquiry, *, strict: bool) -> bool:
        """Whether an enquiry can be of an episode: open then, and with nothing like it going on."""
        gap = timedelta(days=60 if strict else 1)
        if episode.referral > enquiry.start or episode.enquiry_until + gap > enquiry.start:
            return False
        if episode.care_until >= enquiry.start:
            return False
        if enquiry.conference is not None and episode.plan_until >= enquiry.start:
            return False
        plan = enquiry.plan
        if plan is None:
            return True
        birth = episode.child.birth if episode.child is not None else episode.birth
        if birth is not None and birth <= _born_after(plan):
            return False
        return self.subsequent_left > 0 or not _had_a_plan(episode)

    def _taken(self, episode: Episode, enquiry: Enquiry) -> Episode:
        if enquiry.plan is not None:
            episode.born_after = max(episode.born_after, _born_after(enquiry.plan))
            self.subsequent_left -= _had_a_plan(episode)
        return episode

    def _place_care(self) -> None:
        entries = [
            period for period in self.pathway.care if self.start <= period.entered <= self.end
        ]
        dates = [episode.referral for episode in self.begun]
        for period in entries:
            place = self._of_same_child(period) or self._find_home(period, dates)
            if place.child is None:
                place.need = period.need
            place.take_care(period)

    def _of_same_child(self, period: CarePeriod) -> Episode | None:
        """Give the episode of a child who comes back into care, if the period says it is one."""
        for episode in (*self.carried, *self.begun) if period.returning else ():
            if period.returning in episode.care:
                return episode
        return None

    def _find_home(self, period: CarePeriod, dates: list[date]) -> Episode:
        latest = bisect_right(dates, period.entered)
        earliest = bisect_left(dates, period.entered - timedelta(days=40))
        tries = [(self.begun, earliest, latest), (self.carried, 0, len(self.carried))]
        if not period.unaccompanied and self.random.random() < 0.4:
            tries.reverse()
        tries.append((self.begun, 0, latest))
        for among, low, high in tries:
            for _ in range(80 if high > low else 0):
                episode = among[self.random.randrange(low, high)]
                if _can_house(episode, period):
                    return _housed(episode, period)
        for episode in (*self.begun, *self.carried):
            if _can_house(episode, period):
                return _housed(episode, period)
        return self._refer_for(period.entered, dates)

    # -- assessments ---------------------------------------------------------------------------

    def _assess(self, assessing: Assessing) -> None:
        """Assess what was referred, and close what was found to be no need."""
        assessing.assess(self.not_in_need)
        for episode in self.not_in_need:
            done = episode.assessments[-1].end if episode.assessments else None
            done = done or episode.referral
            days = int(self.random.expovariate(1 / 3))
            episode.closure = min(self.end, done + timedelta(days=days))
            episode.reason = "RC8"
            # What there was no length for within the year is not begun.
            episode.assessments = [each for each in episode.assessments if each.end is not None]
        waiting = self.pathway.waiting = assessing.assess(self.begun)
        open_now = {id(episode) for episode in waiting}
        assessing.assess_again(
            [each for each in (*self.carried, *self.begun) if id(each) not in open_now]
        )
        if assessing.lengths:
            self.pathway.notes.append(
                f"AS-01 {self.target.year}: no episode was open long enough for "
                f"{len(assessing.lengths)} assessments."
            )

    # -- closures ------------------------------------------------------------------------------

    def _close(self) -> None:
        """Close as many episodes as leave the number in need that is counted on the last day."""
        count = len(self.carried) + len(self.begun) - sum(self.target.in_need.values())
        limit = self.end
        free = [each for each in self.carried if each.busy_until <= limit]
        grown = [each for each in free if each.child and each.child.eighteen <= self.end]
        for episode in grown:
            self._close_on(episode, episode.child.eighteen if episode.child else self.end)
        free = [each for each in free if each.closure is None]
        fresh = [
            each
            for each in self.begun
            if each.busy_until <= limit and each.referral <= self.end - timedelta(days=6)
        ]
        left = count - len(grown)
        if left < 0:
            self.pathway.notes.append(
                f"CI-01 {self.target.year}: {-left} fewer in need, as they turned 18."
            )
            return
        short = min(len(fresh), max(round(left * _SHORT_SHARE), left - len(free)))
        for episode in self.random.sample(fresh, short):
            self._close_after(episode, 55)
        for episode in self._likely_to_end(free, left - short):
            self._close_after(episode, 0)
        missing = left - short - len(free)
        if missing > 0:
            self.pathway.notes.append(
                f"CI-01 {self.target.year}: {missing} more in need, as they could not be closed."
            )

    def _likely_to_end(self, free: Sequence[Episode], count: int) -> list[Episode]:
        """Choose episodes to close: the longer ago the referral, the less likely."""
        keyed = []
        for index, episode in enumerate(free):
            days = (self.end - episode.referral).days
            weight = 0.12 + 1.0 / (1.0 + days / 350)
            if episode.busy_until > self.start:
                weight *= 1.5
            keyed.append((self.random.random() ** (1 / weight), index))
        keyed.sort(reverse=True)
        return [free[index] for _, index in keyed[: max(0, count)]]

    def _close_after(self, episode: Episode, typical_days: int) -> None:
        earliest = max(episode.referral + timedelta(days=5), episode.busy_until, self.start)
        earliest = min(earliest, self.end)
        span = (self.end - earliest).days
        wait = (
            int(self.random.expovariate(1 / typical_days))
            if typical_days
            else self.random.randint(0, span)
        )
        self._close_on(episode, earliest + timedelta(days=min(span, wait)))

    def _close_on(self, episode: Episode, day: date) -> None:
        day = max(day, episode.busy_until, self.start)
        if day > self.start and not is_working_day(day):
            earlier = due(day, -1)
            day = earlier if earlier >= max(episode.busy_until, self.start) else day
        episode.closure = day
        episode.reason = _reason(episode, self.random)

    # -- primary needs -------------------------------------------------------------------------

    def _state_needs(self) -> None:
        """State the primary needs of new episodes, so that those open on the last day add up."""
        quota = dict(self.target.in_need)
        for episode in self.carried:
            if episode.closure is None:
                quota[episode.need] = quota.get(episode.need, 0) - 1
        staying = [episode for episode in self.begun if episode.closure is None]
        self._exchange_closures(quota)
        unstated = [episode for episode in staying if not episode.need]
        for episode in staying:
            if episode.need:
                quota[episode.need] = quota.get(episode.need, 0) - 1
        # A plan or enquiry is for abuse or neglect, so those episodes come first.
        unstated.sort(key=lambda episode: (not episode.enquiries, self.random.random()))
        codes = [code for code in sorted(quota) for _ in range(max(0, quota[code]))]
        codes.sort(key=lambda code: (code != "N1", self.random.random()))
        codes += ["N1"] * (len(unstated) - len(codes))
        for episode, code in zip(unstated, codes, strict=False):
            episode.need = code
        needs, weights = zip(*self.target.in_need.items(), strict=True)
        for episode in (*self.begun, *self.not_in_need):
            if not episode.need:
                episode.need = "N1" if episode.enquiries else self.random.choices(needs, weights)[0]

    def _exchange_closures(self, quota: dict[str, int]) -> None:
        """Close other episodes instead, if too many of one need would be open from earlier years."""
        over = {code for code, count in quota.items() if count < 0}
        if not over:
            return
        closable = [
            each
            for each in self.carried
            if each.closure is None and each.need in over and each.busy_until <= self.end
        ]
        closed = [
            each
            for each in self.carried
            if each.closure is not None
            and each.need not in over
            and not (each.child and each.child.eighteen <= add_months(self.end, 3))
        ]
        for episode in closable:
            if quota[episode.need] >= 0:
                continue
            if not closed:
                return
            other = closed.pop()
            quota[episode.need] += 1
            quota[other.need] = quota.get(other.need, 0) - 1
            other.closure, other.reason = None, ""
            self._close_after(episode, 0)

    def _state_factors(self) -> None:
        """Say what the assessments of the year found."""
        for episode in (*self.carried, *self.begun, *self.not_in_need):
            for assessment in episode.assessments:
                if assessment.end is not None and not assessment.factors:
                    assessment.factors = factors(episode, self.target.year, self.random)

    # -- children ------------------------------------------------------------------------------

    def _name_children(self) -> None:
        """Say which child each referral is of: so many are re-referrals within 12 months."""
        closed = [
            episode
            for episode in (*self.carried, *self.begun, *self.not_in_need, *self.no_action)
            if episode.closure is not None or episode.no_further_action
        ]
        before = sorted((*self.pathway.linkable, *closed), key=over)
        referrals = sorted(
            (*self.no_action, *self.not_in_need, *self.begun), key=lambda each: each.referral
        )
        chains = Chains(self.random, self._suits, before)
        left = self.target.re_referrals
        single: list[Episode] = []
        for done, referral in enumerate(referrals):
            chance = left / (len(referrals) - done)
            earlier = (
                chains.recent(referral) if left and self.random.random() < chance * 1.02 else None
            )
            if earlier is not None:
                left -= 1
            else:
                single.append(referral)
            if earlier is None and self.random.random() < RETURNING:
                earlier = chains.old(referral)
            self._give_child(referral, earlier)
        for referral in reversed(single):
            if not left:
                break
            if (
                referral.child is not None
                and len(referral.child.episodes) == 1
                and (earlier := chains.exactly_before(referral))
            ):
                referral.child = None
                self._give_child(referral, earlier)
                left -= 1
        if left:
            self.pathway.notes.append(
                f"FD-05 {self.target.year}: {left} fewer re-referrals, as too few episodes ended."
            )
        horizon = add_months(self.end, -60)
        self.pathway.linkable = [each for each in chains.unused() if each.referral >= horizon]

    def _give_child(self, referral: Episode, earlier: Episode | None) -> None:
        if earlier is not None and earlier.child is not None:
            referral.child = earlier.child
            referral.child.episodes.append(referral)
        else:
            referral.child = self.pathway.nursery.child_for(referral, self.end)

    def _suits(self, referral: Episode, earlier: Episode) -> bool:
        """Whether a referral can be of the child of an earlier one."""
        child = earlier.child
        if child is None or child.care:
            return False
        if referral.birth is not None or child.birth <= referral.born_after:
            return False
        until = referral.closure or self.end
        if child.eighteen <= max(until, self.end):
            return False
        return not (
            any(plan.start >= self.start for plan in referral.plans)
            and _known_plans(child)
            and self._spend_subsequent()
        )

    def _spend_subsequent(self) -> bool:
        """Use one of the second plans of the year; true when there are none left."""
        if self.subsequent_left <= 0:
            return True
        self.subsequent_left -= 1
        return False

    def _number_plans(self) -> None:
        """State how many plans each child had before: so many of the year are not the first."""
        started = sorted(
            (plan.start, index, plan, episode)
            for index, (plan, episode) in enumerate(
                (plan, episode)
                for episode in (*self.carried, *self.begun)
                for plan in episode.plans
                if self.start <= plan.start <= self.end
            )
        )
        firsts: list[tuple[Plan, Child]] = []
        nursery, first_year = self.pathway.nursery, self.pathway.targets.years[0].year
        left = self.target.subsequent_plans
        for day, _, plan, episode in started:
            child = episode.child
            if child is None:
                raise ValueError("a plan is of no child")
            earlier = [each for owner in child.episodes for each in owner.plans if each.start < day]
            known = plan.previous = max(
                len(child.earlier_plans), *(each.previous + 1 for each in earlier), 0
            )
            if known:
                left -= 1
            elif (day - child.birth).days > 500:
                firsts.append((plan, child))
        # Older children first: only they can have had one before the first year invented.
        self.random.shuffle(firsts)
        firsts.sort(key=lambda each: each[1].birth >= first_day(first_year) - timedelta(days=200))
        for plan, child in firsts[: max(0, left)]:
            nursery.give_history(child, first_year)
            for owner in child.episodes:
                for each in owner.plans:
                    each.previous += each.start >= plan.start


def _born_after(plan: Plan) -> date:
    """Give the birth date before which a child would be too old for a plan."""
    if plan.end is None:
        return birthday(plan.start - timedelta(days=1), 0).replace(year=plan.start.year - 13, day=1)
    return date(plan.end.year - 17, plan.end.month, 1)


def _can_house(episode: Episode, period: CarePeriod) -> bool:
    """Whether the child of an episode can be the one who enters care.

    A child already named must be of about the age of the one in the timetable, as they become one.
    """
    if (
        episode.referral > period.entered
        or episode.care
        or episode.plan_until >= period.entered
        or episode.enquiry_until >= period.entered
        or not episode.born_after < period.birth <= episode.referral
    ):
        return False
    child = episode.child
    if child is None:
        return True
    grown = birthday(period.birth, 18)
    return (
        not child.care
        and not child.earlier_plans
        and abs((child.birth - period.birth).days) < 500
        and all(each.born_after < period.birth <= each.referral for each in child.episodes)
        and all(each.closure is None or each.closure < grown for each in child.episodes)
    )


def _housed(episode: Episode, period: CarePeriod) -> Episode:
    if episode.child is not None:
        episode.child.birth = period.birth
    return episode


def _had_a_plan(episode: Episode) -> bool:
    """Whether a plan of the child of an episode is known already."""
    return bool(episode.plans) or (episode.child is not None and _known_plans(episode.child))


def _known_plans(child: Child) -> bool:
    """Whether a plan of a child is known, in an episode or before the first year."""
    return bool(child.earlier_plans) or any(each.plans for each in child.episodes)


def _reason(episode: Episode, random: Random) -> str:
    if any(period.reason in ("E11", "E12") for period in episode.care):
        return "RC1"
    if any(period.reason in ("E43", "E44", "E45", "E46") for period in episode.care):
        return "RC4"
    if episode.child and episode.closure and episode.closure >= episode.child.eighteen:
        return "RC6" if episode.need == "N2" else "RC7"
    return random.choices(("RC7", "RC5", "RC3"), (94, 4, 2))[0]
