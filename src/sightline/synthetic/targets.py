"""What an invented authority must add up to, year by year: the published counts of a real one.

A hidden or missing cell is filled with what is likely (the national share, or the nearest year held), so
that every year has whole, consistent counts. Where the published series contradict themselves (plans
open a year ago, plus started, less ended, is not always plans open now), the stocks are kept and the
number ended gives way; `notes` says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from sightline.published.areas import ENGLAND, areas, find_area, number_in
from sightline.published.packaged import rows
from sightline.synthetic.counts import fill_hidden, share_out

MONTHS = (
    *("april", "may", "june", "july", "august", "september"),
    *("october", "november", "december", "january", "february", "march"),
)
SOURCES: Mapping[str, tuple[str, ...]] = {
    "individual": ("1A", "1B", "1C", "1D"),
    "schools": ("2A",),
    "education_services": ("2B",),
    "health_services": ("3A", "3B", "3C", "3D", "3E", "3F"),
    "housing": ("4",),
    "la_services": ("5A", "5B", "5C"),
    "police": ("6",),
    "other_legal_agency": ("7",),
    "other": ("8",),
    "anonymous": ("9",),
    "unknown": ("10",),
}
"""The published groups of referral sources, and the codes in each."""
ASSESSMENT_BANDS: Mapping[str, tuple[int, int]] = {
    "same_day": (0, 0),
    "1_to_10_days": (1, 10),
    "11_to_20_days": (11, 20),
    "21_to_30_days": (21, 30),
    "31_to_40_days": (31, 40),
    "41_to_45_days": (41, 45),
    "46_to_50_days": (46, 50),
    "51_to_60_days": (51, 60),
    "61_plus_days": (61, 110),
}
"""Published bands of working days; the last has no upper end, so a likely one is used."""
CONFERENCE_BANDS: Mapping[str, tuple[int, int]] = {
    "duration_0_to_10_days": (2, 10),
    "duration_11_to_15_days": (11, 15),
    "duration_16_to_20_days": (16, 20),
    "duration_21_plus_days": (21, 45),
}
CATEGORIES: Mapping[str, str] = {
    "neglect": "NEG",
    "physical": "PHY",
    "sexual": "SAB",
    "emotional": "EMO",
    "multiple": "MUL",
}
NEEDS: Mapping[str, str] = {
    "n1_abuse_or_neglect": "N1",
    "n2_childs_disability_or_illness": "N2",
    "n3_parents_disability_or_illness": "N3",
    "n4_family_in_acute_stress": "N4",
    "n5_family_dysfunction": "N5",
    "n6_socially_unacceptable_behaviour": "N6",
    "n7_low_income": "N7",
    "n8_absent_parenting": "N8",
    "n9_cases_other_than_cin": "N9",
    "n0_not_stated": "N0",
}
DURATIONS = (
    "3_months_or_less",
    "more_than_3_months_6_months",
    "more_than_6_months_less_than_1_year",
    "1_year_less_than_2_years",
    "2_years_or_more",
)
"""Published bands of how long plans have been open, or were when they ended."""

Cells = Mapping[str, float | None]


@dataclass(frozen=True)
class PlanStock:
    """Plans open on 31 March, by how long they have been: up to 3, 6, 12, 24 months, and longer."""

    bands: tuple[int, int, int, int, int]

    @property
    def open(self) -> int:
        """All of them."""
        return sum(self.bands)

    @property
    def begun_in_the_year(self) -> int:
        """Those that started in the year that ends that day."""
        return sum(self.bands[:3])


@dataclass(frozen=True)
class YearTargets:
    """What the year ending 31 March `year` must add up to. Bands are in the order of the tables."""

    year: int
    months: tuple[int, ...]
    sources: Mapping[str, int]
    re_referrals: int
    no_further_action: int
    not_in_need: int
    in_need: Mapping[str, int]
    assessments: tuple[int, ...]
    quartiles: tuple[float | None, ...]
    enquiries: int
    conferences: tuple[int, ...]
    plans_started: int
    plans_ended: int
    subsequent_plans: int
    ended_after_two_years: int
    ended_bands: tuple[int, ...]
    initial: Mapping[str, int]
    latest: Mapping[str, int]
    stock: PlanStock
    reviewed_in_time: int

    @property
    def referrals(self) -> int:
        """Referrals of the year."""
        return sum(self.months)


@dataclass(frozen=True)
class Targets:
    """All years in order, and the stocks that the first one begins with."""

    authority: str
    name: str
    years: tuple[YearTargets, ...]
    opening_plans: PlanStock
    opening_in_need: int
    notes: tuple[str, ...] = ()


@cache
def _table(area: str) -> Mapping[tuple[str, int], Cells]:
    """Every published cell of an area, by table and year; None where a symbol hides it."""
    found: dict[tuple[str, int], dict[str, float | None]] = {}
    chosen = rows("series.parquet", '"table", year, measure, value', "area = ?", area)
    for table, year, measure, value in chosen:
        found.setdefault((table, year), {})[measure] = value
    return found


@dataclass
class _Published:
    """Reads the tables of one authority, and fills what they do not say."""

    code: str
    notes: list[str] = field(default_factory=list)

    def cells(self, table: str, year: int) -> Cells:
        """Give the row of a year, or of the nearest year that has one, which is noted."""
        if row := self._row(self.code, table, year):
            return row
        near = sorted(
            (abs(each - year), each)
            for each in range(2010, 2030)
            if self._row(self.code, table, each)
        )
        if not near:
            return self._national(table, year)
        self.notes.append(
            f"Table {table} has no row for {year}; the shares of {near[0][1]} are used."
        )
        return self._row(self.code, table, near[0][1])

    def held(self, table: str, year: int) -> bool:
        """Whether the authority has a row for this very year."""
        return bool(self._row(self.code, table, year))

    def number(self, table: str, year: int, name: str, of: float, whole: str) -> float:
        """Give a count, or the nation's share of `of` (its column `whole`) where it is hidden."""
        if (value := self.cells(table, year).get(name)) is not None:
            return value
        nation = self._national(table, year)
        share = (nation.get(name) or 0.0) / (nation.get(whole) or 1.0)
        return round(of * min(1.0, share))

    def parts(
        self, table: str, year: int, names: Mapping[str, object] | tuple[str, ...], total: float
    ) -> dict[str, float]:
        """Give the counts that make up a total, hidden ones filled in."""
        row, nation = self.cells(table, year), self._national(table, year)
        likely = {name: nation.get(name) or 1.0 for name in names}
        return fill_hidden({name: row.get(name) for name in names}, total, likely)

    @staticmethod
    def _row(code: str, table: str, year: int) -> Cells:
        return _table(number_in(code, year)).get((table, year), {})

    def _national(self, table: str, year: int) -> Cells:
        for each in (year, year + 1, year - 1, 2019):
            if row := self._row(ENGLAND, table, each):
                return row
        return {}


def read_targets(authority: str, first: int, last: int, *, factor: float = 1.0) -> Targets:
    """Give what the years ending 31 March `first` to `last` must add up to.

    `factor` scales every count, so that rates and shares stay. `NotPublishedError` for an unknown
    authority; `ValueError` if the years are not held or the wrong way round.
    """
    area = find_area(authority)
    held = sorted(year for table, year in _table(number_in(area.code, first)) if table == "d1")
    if area.level != "Local authority" or not held:
        raise ValueError(f"{area.name} is no local authority with published counts.")
    if not held[0] <= first <= last <= max(held[-1], _last_held(area.code)):
        raise ValueError(
            f"Published counts of {area.name} are held for years ending 31 March {held[0]} to "
            f"{max(held[-1], _last_held(area.code))}; asked for {first} to {last}."
        )
    published = _Published(area.code)
    years = [_year(published, year, factor) for year in range(first, last + 1)]
    opening_plans = _opening_plans(years[0])
    years = _reconciled(opening_plans, years, published.notes)
    opening = _opening_in_need(published, years[0], factor)
    notes = tuple(dict.fromkeys(published.notes))
    return Targets(area.code, area.name, tuple(years), opening_plans, opening, notes)


def likely_children(authority: str, first: int, last: int) -> int:
    """Give about how many different children an authority of its own size has in these years."""
    targets = read_targets(authority, first, last)
    return targets.opening_in_need + sum(
        round((year.referrals - year.re_referrals) * (1 - RETURNING) + year.referrals * BESIDES)
        for year in targets.years
    )


RETURNING = 0.12
"""Share of referrals, other than re-referrals in 12 months, of children known from earlier years."""
BESIDES = 0.28
"""Children known for a contact, early help or leaving care alone, for each referral."""


def usable_authorities(first: int, last: int) -> list[str]:
    """Give the authorities whose main counts are published for every one of these years."""
    return [
        code
        for code, area in sorted(areas().items())
        if area.level == "Local authority"
        and all(
            _Published._row(code, table, year).get(name)
            for year in range(first, last + 1)
            for table, name in (("c1", "referrals"), ("d1", "cpp_at31"), ("c4", "icpc"))
        )
    ]


def _last_held(code: str) -> int:
    return max(year for table, year in _table(code) if table == "d1")


def _year(published: _Published, year: int, factor: float) -> YearTargets:
    def scaled(value: float) -> int:
        return round(value * factor)

    def split(table: str, names: Mapping[str, object], total: float, into: int) -> dict[str, int]:
        parts = published.parts(table, year, names, total)
        return dict(zip(parts, share_out(into, list(parts.values())), strict=True))

    def number(table: str, name: str, of: float, whole: str) -> float:
        return published.number(table, year, name, of, whole)

    referrals = number("c1", "referrals", 0, "referrals")
    count = scaled(referrals)
    months = split("c6", dict.fromkeys(MONTHS), referrals, count)
    no_action = min(count, scaled(number("c1", "no_further_action", referrals, "referrals")))
    in_need = number("b1", "at31_episodes", referrals, "referrals")
    assessed = _assessed(published, year, referrals)
    conferences = number("c4", "icpc", 0, "icpc")
    started = number("d1", "cpp_start", conferences, "cpp_start")
    ended = number("d1", "cpp_end", started, "cpp_start")
    at31 = number("d1", "cpp_at31", started, "cpp_start")
    over_three = number("d6", "cpp_at31_3months", at31, "cpp_at31_3months")
    durations = published.parts("d5", year, DURATIONS, at31)
    # The table of reviews says how many are in the first band, to the last plan.
    durations[DURATIONS[0]] = max(0.0, at31 - over_three)
    ended_bands = published.parts("d7", year, DURATIONS, ended)
    stock = _bands(scaled(at31), durations, scaled(over_three), factor)
    initial = split("d2", _suffixed("initial"), started, scaled(started))
    latest = split("d4", _suffixed("latest"), at31, stock.open)
    return YearTargets(
        year=year,
        months=tuple(months.values()),
        sources=split("c5", SOURCES, number("c5", "referrals", referrals, "referrals"), count),
        re_referrals=scaled(number("c1", "re_referrals", referrals, "referrals")),
        no_further_action=no_action,
        not_in_need=min(
            count - no_action, scaled(number("c1", "not_in_need", referrals, "referrals"))
        ),
        in_need={
            NEEDS[name]: each for name, each in split("b3", NEEDS, in_need, scaled(in_need)).items()
        },
        assessments=tuple(split("c2", ASSESSMENT_BANDS, assessed, scaled(assessed)).values()),
        quartiles=tuple(
            published.cells("c2", year).get(name)
            for name in ("25th_percentile_days", "median_days", "75th_percentile_days")
        ),
        enquiries=scaled(number("c4", "section47", referrals, "referrals")),
        conferences=tuple(split("c4", CONFERENCE_BANDS, conferences, scaled(conferences)).values()),
        plans_started=scaled(started),
        plans_ended=scaled(ended),
        subsequent_plans=min(
            scaled(started), scaled(number("d3", "cpp_subsequent", started, "cpp_start"))
        ),
        ended_after_two_years=scaled(ended_bands[DURATIONS[4]]),
        ended_bands=tuple(share_out(scaled(ended), list(ended_bands.values()))),
        initial=_by_code(initial, "initial"),
        latest=_by_code(latest, "latest"),
        stock=stock,
        reviewed_in_time=min(
            stock.open - stock.bands[0],
            scaled(number("d6", "reviewed_within_timescales", over_three, "cpp_at31_3months")),
        ),
    )


def _assessed(published: _Published, year: int, referrals: float) -> float:
    """Give assessments completed; in a year before the table begins, the same for each referral."""
    count = published.number("c2", year, "assessments_completed", referrals, "referrals")
    if published.held("c2", year):
        return count
    near = min((each for each in range(2010, 2030) if published.held("c2", each)), default=year)
    other = published.number("c1", near, "referrals", referrals, "referrals")
    return round(count * referrals / other) if other else count


def _suffixed(ending: str) -> dict[str, str]:
    return {f"{name}_{ending}": code for name, code in CATEGORIES.items()}


def _by_code(counts: Mapping[str, int], ending: str) -> dict[str, int]:
    return {CATEGORIES[name.removesuffix(f"_{ending}")]: each for name, each in counts.items()}


def _bands(total: int, durations: Mapping[str, float], over_three: int, factor: float) -> PlanStock:
    """Give the stock by duration. The first and the last band are counted by indicators."""
    over_three = min(total, over_three)
    last = min(over_three, round(durations[DURATIONS[4]] * factor))
    middle = share_out(over_three - last, [durations[name] for name in DURATIONS[1:4]])
    return PlanStock((total - over_three, middle[0], middle[1], middle[2], last))


def _opening_plans(first: YearTargets) -> PlanStock:
    """Give the plans open before the first year, with as many old ones as it ends or keeps."""
    total = max(0, first.stock.open - first.plans_started + first.plans_ended)
    wanted = share_out(total, first.stock.bands)
    old = max(wanted[3] + wanted[4], first.stock.bands[4] + first.ended_after_two_years)
    old = min(total, old)
    recent = share_out(total - old, wanted[:3])
    last = min(old, wanted[4])
    return PlanStock((recent[0], recent[1], recent[2], old - last, last))


def _reconciled(
    opening: PlanStock, years: list[YearTargets], notes: list[str]
) -> list[YearTargets]:
    """Make the plans of each year follow from those of the year before.

    A plan can only be in the band of one to two years if it was in a shorter one a year ago, and only
    end after two years if it was in one of the longer. The bands that no indicator counts give way.
    """
    found: list[YearTargets] = []
    before = opening
    for index, wanted in enumerate(years):
        target = wanted
        following = years[index + 1] if index + 1 < len(years) else None
        stock = _possible(before, target, following)
        if stock.bands[4] != target.stock.bands[4]:
            notes.append(
                f"CP-13 {target.year}: {stock.bands[4]} open for two years or more, "
                f"not {target.stock.bands[4]}, for want of plans that old."
            )
        ended = before.open + target.plans_started - stock.open
        if ended < 0:
            raise ValueError(f"{target.year}: more plans are open than were open or started.")
        if ended != target.plans_ended and index:
            notes.append(
                f"CP-10e {target.year}: {ended} ended, published {target.plans_ended}; {before.open} "
                f"open a year before and {target.plans_started} started leave {stock.open} open."
            )
        longest = before.bands[3] + before.bands[4] - stock.bands[4]
        # Those that were two years old a year ago are still open, or ended that old.
        late = max(target.ended_after_two_years, before.bands[4] - stock.bands[4])
        late = min(late, longest, ended)
        if late != target.ended_after_two_years:
            notes.append(
                f"CP-12 {target.year}: {late} ended after two years or more, not "
                f"{target.ended_after_two_years}, so that it follows from the plans that were open."
            )
        shorter = share_out(ended - late, target.ended_bands[:4])
        target = replace(
            target,
            stock=stock,
            plans_ended=ended,
            ended_after_two_years=late,
            ended_bands=(*shorter, late),
        )
        found.append(target)
        before = stock
    return found


def _possible(before: PlanStock, target: YearTargets, following: YearTargets | None) -> PlanStock:
    first, second, third, fourth, last = target.stock.bands
    last_possible = min(last, before.bands[3] + before.bands[4])
    rest = second + third + fourth + (last - last_possible)
    # As many of one to two years as the next year needs to be, or to end, older than that.
    least = 0
    if following is not None:
        least = following.stock.bands[4] + following.ended_after_two_years - last_possible
    most = before.begun_in_the_year
    # What started in the year and is open still cannot be more than what started.
    least = max(least, first + rest - target.plans_started)
    fourth = min(max(fourth, least), most, rest)
    shares = share_out(rest - fourth, [second, third])
    return PlanStock((first, shares[0], shares[1], fourth, last_possible))


def _opening_in_need(published: _Published, first: YearTargets, factor: float) -> int:
    """Give the episodes of need open before the first year."""
    published_before = published.cells("b1", first.year - 1)
    at31 = published_before.get("at31_episodes")
    if published.held("b1", first.year - 1) and at31 is not None:
        return round(at31 * factor)
    total = sum(first.in_need.values())
    ended = round(
        published.number("b1", first.year, "ended_episodes", total, "at31_episodes") * factor
    )
    return max(0, total + ended + first.not_in_need - first.referrals + first.no_further_action)
