"""The invented people, and what happens to them. Dates are real days; nothing else is."""

from dataclasses import dataclass, field
from datetime import date

NEVER = date.max
"""The end of what has not ended."""


@dataclass(slots=True, eq=False)
class Plan:
    """A child protection plan. `end` is None while it is open on the last day invented.

    `taking_part` says, for each review, how the child took part. `late` is whether any was.
    """

    start: date
    end: date | None
    initial: str = ""
    latest: str = ""
    previous: int = 0
    reviews: list[date] = field(default_factory=list)
    taking_part: list[str] = field(default_factory=list)
    late: bool = False

    @property
    def last_day(self) -> date:
        """The day it ends, or `NEVER`."""
        return self.end or NEVER


@dataclass(slots=True, eq=False)
class Enquiry:
    """A section 47 enquiry, the initial conference that followed, and the plan it resulted in.

    `awaited` says that a conference is needed and has not been held by the last day invented.
    """

    start: date
    conference: date | None = None
    plan: Plan | None = None
    awaited: bool = False
    end: date | None = None

    @property
    def last_day(self) -> date:
        """The last day on which the episode it belongs to must still be open."""
        if self.plan is not None:
            return self.plan.last_day
        if self.awaited:
            return NEVER
        return self.conference or self.end or self.start


@dataclass(slots=True, eq=False)
class Assessment:
    """A continuous assessment; `end` is None while it is not authorised."""

    start: date
    end: date | None
    factors: tuple[str, ...] = ()
    seen: bool = True


@dataclass(slots=True, eq=False)
class Placement:
    """An SSDA903 episode of care. `end` is None while it lasts; `stay` counts placements from 1."""

    start: date
    reason: str
    legal_status: str
    placement: str
    provider: str
    stay: int
    postcode: str = ""
    urn: str = ""
    distance: float = 0.0
    outside: bool = False
    end: date | None = None
    end_reason: str = ""
    change_reason: str = ""


@dataclass(slots=True, eq=False)
class CarePeriod:
    """A child's time in care, from entering it to leaving it, in episodes.

    `returning` is the earlier time in care of the same child, if there is one.
    """

    entered: date
    ceased: date | None
    birth: date
    reason: str = ""
    need: str = "N1"
    unaccompanied: bool = False
    episodes: list[Placement] = field(default_factory=list)
    reviews: list[tuple[date, str]] = field(default_factory=list)
    adoption: "Adoption | None" = None
    returning: "CarePeriod | None" = None

    @property
    def last_day(self) -> date:
        """The day it ceases, or `NEVER`."""
        return self.ceased or NEVER


@dataclass(slots=True, eq=False)
class Adoption:
    """A child's way to adoption; `order` is None while there is none."""

    decision: date
    placement_order: date
    matched: date | None
    placed: date | None
    order: date | None
    by_foster_carer: bool
    adopters: int
    adopters_sex: str
    adopters_status: str
    family: str = ""


@dataclass(slots=True, eq=False)
class Episode:
    """A referral, and the episode of need it opens. `closure` is None while it is open.

    `born_after` is the earliest birth date that what happens in it allows; `busy_until` the day up to
    which something in it goes on.
    """

    referral: date
    source: str
    no_further_action: bool = False
    need: str = ""
    closure: date | None = None
    reason: str = ""
    assessments: list[Assessment] = field(default_factory=list)
    enquiries: list[Enquiry] = field(default_factory=list)
    care: list[CarePeriod] = field(default_factory=list)
    cin_plans: list[tuple[date, date | None]] = field(default_factory=list)
    pre_proceedings: date | None = None
    busy_until: date = date.min
    plan_until: date = date.min
    care_until: date = date.min
    enquiry_until: date = date.min
    born_after: date = date.min
    birth: date | None = None
    child: "Child | None" = None

    def take(self, enquiry: Enquiry) -> None:
        """Record an enquiry here, with the conference and plan that followed."""
        self.enquiries.append(enquiry)
        self.busy_until = max(self.busy_until, enquiry.last_day)
        self.enquiry_until = max(self.enquiry_until, enquiry.conference or enquiry.start)
        if enquiry.plan is not None:
            self.plan_until = enquiry.plan.last_day

    def take_care(self, period: CarePeriod) -> None:
        """Record a time in care here."""
        self.care.append(period)
        self.busy_until = max(self.busy_until, period.last_day)
        self.care_until = period.last_day
        self.birth = period.birth

    @property
    def plans(self) -> list[Plan]:
        """Its child protection plans, in order."""
        found = [each.plan for each in self.enquiries if each.plan is not None]
        return sorted(found, key=lambda plan: plan.start)


@dataclass(slots=True, eq=False)
class Child:
    """An invented child. `earlier_plans` are plans that ended before the first year invented."""

    id: str
    birth: date
    sex: str
    ethnicity: str
    disabilities: tuple[str, ...]
    district: str
    postcode: str
    upn: str = ""
    episodes: list[Episode] = field(default_factory=list)
    earlier_plans: list[Plan] = field(default_factory=list)

    @property
    def care(self) -> list[CarePeriod]:
        """Its times in care, in order."""
        found = [period for episode in self.episodes for period in episode.care]
        return sorted(found, key=lambda period: period.entered)

    @property
    def eighteen(self) -> date:
        """The eighteenth birthday."""
        return birthday(self.birth, 18)


def birthday(birth: date, age: int) -> date:
    """Give the day on which someone reaches an age; born on 29 February, on 28 February."""
    day = 28 if (birth.month, birth.day) == (2, 29) else birth.day
    return date(birth.year + age, birth.month, day)


@dataclass(slots=True, eq=False)
class Contact:
    """A contact about a child. `referral` says that it became one."""

    child: Child
    day: date
    source: str
    referral: bool
    advice: bool = False


@dataclass(slots=True, eq=False)
class EarlyHelp:
    """An early help assessment and the help that follows; `end` is None while it goes on."""

    child: Child
    start: date
    end: date | None
    organisation: str
    reason: str
    end_reason: str = ""


@dataclass(slots=True, eq=False)
class Missing:
    """A time a child in care was missing (M), or away without authorisation (A)."""

    child: Child
    kind: str
    start: date
    end: date
    offered: bool
    accepted: bool


@dataclass(slots=True, eq=False)
class YearInCare:
    """What the return says of the health of a child in care for a year to 31 March `year`."""

    child: Child
    year: int
    score: int | None = None
    no_score: str = ""
    under_five: bool = False
    checked: bool = False
    immunised: bool = False
    teeth: bool = False
    assessed: bool = False
    substance: bool = False
    intervention: bool = False
    convicted: bool = False


@dataclass(slots=True, eq=False)
class Leaver:
    """A care leaver whose 19th, 20th or 21st birthday is in the year ending 31 March `year`."""

    child: Child
    year: int
    in_touch: str = "YES"
    activity: str = "0"
    accommodation: str = "0"
    suitable: bool | None = None
    contact: date | None = None
    reviewed: date | None = None
    adviser: str = ""


@dataclass(slots=True, eq=False)
class Visit:
    """A visit to a child: of a child in need (CIN), on a plan (CP) or in care (LAC)."""

    day: date
    pathway: str
    seen: bool
    alone: bool


@dataclass(slots=True, eq=False)
class Worker:
    """A social worker of a team; `left` is None while in post."""

    id: str
    team: str
    joined: date
    left: date | None
    agency: bool
    full_time: float


@dataclass(slots=True, eq=False)
class Allocation:
    """A stretch in which a worker held a child's case; `end` is None while it lasts."""

    worker: Worker
    start: date
    end: date | None
    reason: str = ""
