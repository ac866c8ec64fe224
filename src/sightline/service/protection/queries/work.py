"""The records of cases in which something is to be done: read together, however many the cases are."""

from collections import defaultdict, namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from functools import cache
from itertools import chain
from operator import itemgetter
from typing import Any

from django.db import models
from django.db.models import Exists, F, Max, Model, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast

from sightline.service.accounts.keys import ByKeys, among
from sightline.service.protection.models import (
    Assessment,
    ChildInNeedPlan,
    Conference,
    CoreGroup,
    CourtLetter,
    CourtMeeting,
    Enquiry,
    NeedReview,
    PreProceedings,
    ProtectionPlan,
    StrategyDiscussion,
    Visit,
)
from sightline.service.protection.queries.more_time import given_until

LONG = ("child_view", "parent_view", "judgement", "returned_because", "authorised_because")
"""What of an assessment is long, and on no list."""


@dataclass
class Seen:
    """When a child was last seen, under each pathway and under any, and last visited at all."""

    seen: dict[str, datetime] = field(default_factory=dict)
    last_seen: datetime | None = None
    last_visited: datetime | None = None

    def add(self, pathway: str, visited: datetime, seen: datetime | None) -> None:
        """Add the last visit and the last at which the child was seen, under a pathway."""
        if self.last_visited is None or visited > self.last_visited:
            self.last_visited = visited
        if seen:
            self.seen[pathway] = seen
            if self.last_seen is None or seen > self.last_seen:
                self.last_seen = seen

    @property
    def last_failed(self) -> bool:
        """Whether at the last visit of all the child was not seen."""
        last, seen = self.last_visited, self.last_seen
        return last is not None and (seen is None or last > seen)


NEVER = Seen()
"""Of a child whom nobody has visited."""

_OPEN: Mapping[type[Model], Mapping[str, object]] = {
    StrategyDiscussion: {"decision": ""},
    Enquiry: {"ended_at": None},
    Conference: {"held_at": None, "cancelled_because": ""},
    ProtectionPlan: {"ends": None},
    CoreGroup: {"held_on": None, "plan__ends": None},
    ChildInNeedPlan: {"ends": None},
    NeedReview: {"held_on": None, "plan__ends": None},
    PreProceedings: {"ended_on": None},
}
"""What is so of a record in which something is still to be done; of assessments every one counts."""


def _last(model: type[Model], day: str, plan: str = "pk", **which: Any) -> Subquery:
    """Ask when the last of a plan's was: looked up for each, as grouping them would read them all."""
    of = "pre_proceedings" if model is CourtMeeting else "plan"
    found = model._default_manager.filter(**{of: OuterRef(plan), f"{day}__isnull": False}, **which)
    return Subquery(found.order_by(f"-{day}").values(day)[:1])


_FOUND: Mapping[type[Model], Mapping[str, Any]] = {
    Conference: {"enquiry_began": F("enquiry__began_at")},
    ProtectionPlan: {"reviewed_at": _last(Conference, "held_at")},
    CoreGroup: {"plan_starts": F("plan__starts"), "last_on": _last(CoreGroup, "held_on", "plan")},
    ChildInNeedPlan: {"reviewed_on": _last(NeedReview, "held_on")},
    NeedReview: {"plan_starts": F("plan__starts")},
    PreProceedings: {
        "reviewed_on": _last(CourtMeeting, "held_on", kind=CourtMeeting.Kind.REVIEW),
        "extended_until": given_until(),
        "to_send": Exists(
            CourtLetter.objects.filter(
                pre_proceedings=OuterRef("pk"), sent_on=None, dropped_because=""
            )
        ),
    },
}
"""What else of a record says what is to be done, found in other tables."""
_OF_PLANS = (CoreGroup, NeedReview)
"""What belongs to a case through its plan."""

_COLUMNS: Mapping[str, models.Field[Any, Any]] = {
    "column_at_1": models.DateTimeField(),
    "column_at_2": models.DateTimeField(),
    "column_at_3": models.DateTimeField(),
    "column_on_1": models.DateField(),
    "column_on_2": models.DateField(),
    "column_text": models.CharField(),
    "column_key": models.BigIntegerField(),
}
"""The columns of the one statement that reads the open records of every kind."""

_ASKED: Mapping[type[Model], Mapping[str, str]] = {
    Assessment: {
        "began_at": "column_at_1",
        "submitted_at": "column_at_2",
        "authorised_at": "column_at_3",
        "outcome": "column_text",
    },
    StrategyDiscussion: {"suspected_at": "column_at_1", "held_at": "column_at_2"},
    Enquiry: {
        "began_at": "column_at_1",
        "decided_at": "column_at_2",
        "submitted_at": "column_at_3",
    },
    Conference: {
        "kind": "column_text",
        "plan_id": "column_key",
        "booked_for": "column_at_1",
        "enquiry_began": "column_at_2",
    },
    ProtectionPlan: {"starts": "column_on_1", "reviewed_at": "column_at_1"},
    CoreGroup: {"plan_starts": "column_on_1", "last_on": "column_on_2"},
    ChildInNeedPlan: {"starts": "column_on_1", "reviewed_on": "column_on_2"},
    NeedReview: {"plan_id": "column_key", "plan_starts": "column_on_1"},
}
"""What of a record says what is to be done, and the column that has it; long texts stay in the database."""


@dataclass(frozen=True)
class Work:
    """The records of cases, each kind by the key of its case; none of a kind, no key."""

    assessments: Mapping[int, Sequence[Any]]
    discussions: Mapping[int, Sequence[Any]]
    enquiries: Mapping[int, Sequence[Any]]
    conferences: Mapping[int, Sequence[Any]]
    plans: Mapping[int, Sequence[Any]]
    core_groups: Mapping[int, Sequence[Any]]
    need_plans: Mapping[int, Sequence[Any]]
    need_reviews: Mapping[int, Sequence[Any]]
    pre_proceedings: Mapping[int, Sequence[Any]]
    seen: Mapping[int, Seen]
    is_whole: bool = False

    @classmethod
    def of(cls, referrals: Iterable[int], *, whole: bool = False) -> "Work":
        """Read the records of cases, by their keys, in which something is to be done, of each what says so;
        with `whole` all of them, as they are.
        """
        keys = list(referrals)
        found = _whole(keys) if whole else _open(keys)
        return cls(
            assessments=found[Assessment],
            discussions=found[StrategyDiscussion],
            enquiries=found[Enquiry],
            conferences=found[Conference],
            plans=found[ProtectionPlan],
            core_groups=found[CoreGroup],
            need_plans=found[ChildInNeedPlan],
            need_reviews=found[NeedReview],
            pre_proceedings=_before_court(keys) if whole else _open_before_court(keys),
            seen=_seen(keys),
            is_whole=whole,
        )

    def that_is_open(self) -> "Work":
        """Give the records in which something is still to be done."""
        if not self.is_whole:
            return self
        kinds: dict[str, Any] = {
            each.name: {
                key: still
                for key, rows in getattr(self, each.name).items()
                if (still := [row for row in rows if _is_open(row)])
            }
            for each in fields(self)
            if each.name not in ("seen", "is_whole")
        }
        return replace(self, **kinds, is_whole=False)


NOTHING = Work({}, {}, {}, {}, {}, {}, {}, {}, {}, {})
"""Of cases in which nothing was recorded."""

ByCase = dict[int, list[Any]]
Taker = Callable[[Sequence[Any]], Any]


@cache
def _rows(model: type[Model]) -> QuerySet[Any]:
    """Give the question for the records of a kind, which only wants the keys of cases; made once."""
    of = "plan__referral_id" if model in _OF_PLANS else "referral_id"
    found: QuerySet[Any] = model._default_manager.annotate(case=F(of), **_FOUND.get(model, {}))
    return found


def _within(keys: Any, model: type[Model]) -> dict[str, Any]:
    return {"plan__referral__in" if model in _OF_PLANS else "referral__in": keys}


def _whole(keys: Sequence[int]) -> dict[type[Model], ByCase]:
    found: dict[type[Model], ByCase] = {}
    for model in _ASKED:
        rows = _rows(model).filter(**_within(among(keys), model))
        by_case: ByCase = defaultdict(list)
        for row in rows.defer(*LONG).order_by("pk") if model is Assessment else rows:
            by_case[row.case].append(row)
        found[model] = by_case
    return found


def _columns(model: type[Model]) -> QuerySet[Any]:
    """Give the same question for those that are open, its answer in the columns that all kinds have."""
    names = {column: name for name, column in _ASKED[model].items()}
    columns: dict[str, Any] = {
        # The first of a union says of what type its columns are, be they empty.
        column: F(names[column]) if column in names else Cast(Value(None), kind)
        for column, kind in _COLUMNS.items()
    }
    which: Any = Value(list(_ASKED).index(model), output_field=models.IntegerField())
    asked = _rows(model).order_by().filter(**_OPEN.get(model, {}))
    found: QuerySet[Any] = asked.annotate(which=which, **columns)
    return found.values_list("which", "case", "pk", *_COLUMNS)


def _named(model: type[Model], names: Sequence[str]) -> Taker:
    row: Any = namedtuple(f"Open{model.__name__}", names)  # type: ignore[misc]  # its names are data
    make: Taker = row._make
    return make


@cache
def _kinds() -> list[tuple[type[Model], Taker, Taker]]:
    """Give each kind with what takes its own columns out of a row, and what names them."""
    places = {column: place for place, column in enumerate(_COLUMNS, 3)}
    return [
        (
            model,
            itemgetter(2, *(places[column] for column in asked.values())),
            _named(model, ("pk", *asked)),
        )
        for model, asked in _ASKED.items()
    ]


def _every_kind(here: Any) -> QuerySet[Any, Any]:
    first, *others = [_columns(model).filter(**_within(here, model)) for model in _ASKED]
    return first.union(*others, all=True)


_OPEN_RECORDS = ByKeys(_every_kind)


def _open(keys: Sequence[int]) -> dict[type[Model], ByCase]:
    """Read the open records of every kind in one statement: asking takes longer than what is answered."""
    kinds = _kinds()
    found: dict[type[Model], ByCase] = {model: defaultdict(list) for model in _ASKED}
    for row in _OPEN_RECORDS.rows(keys):
        model, taken, named = kinds[row[0]]
        found[model][row[1]].append(named(taken(row)))
    for rows in chain.from_iterable(by_case.values() for by_case in found.values()):
        if len(rows) > 1:
            rows.sort(key=itemgetter(0))
    return found


def _before_court(keys: Sequence[int]) -> ByCase:
    return _with_meetings(_rows(PreProceedings).filter(referral__in=among(keys)))


_OPEN_BEFORE_COURT = ByKeys(
    lambda here: (
        PreProceedings.objects.filter(referral__in=here, **_OPEN[PreProceedings])
        .order_by()
        .values_list("pk")
    )
)


def _open_before_court(keys: Sequence[int]) -> ByCase:
    """Read what is before court and not over, as it is: of few cases, so that mostly there is none."""
    found = [key for (key,) in _OPEN_BEFORE_COURT.rows(keys)]
    return _with_meetings(_rows(PreProceedings).filter(pk__in=among(found))) if found else {}


def _with_meetings(rows: QuerySet[Any, Any]) -> ByCase:
    to_come = CourtMeeting.objects.filter(held_on=None, called_off_because="")
    found: ByCase = defaultdict(list)
    for row in rows.prefetch_related(Prefetch("meetings", to_come, to_attr="to_come")):
        found[row.case].append(row)
    return found


def _is_open(row: Model) -> bool:
    return all(_along(row, path) == value for path, value in _OPEN.get(type(row), {}).items())


def _along(row: Any, path: str) -> object:
    for name in path.split("__"):
        row = getattr(row, name)
    found: object = row
    return found


_VISITS = ByKeys(
    lambda here: (
        Visit.objects.filter(referral__in=here)
        .order_by()
        .values_list("referral", "pathway")
        .annotate(visited=Max("made_at"), last_seen=Max("made_at", filter=Q(seen=True)))
    )
)


def _seen(keys: Iterable[int]) -> dict[int, Seen]:
    found: dict[int, Seen] = defaultdict(Seen)
    for key, pathway, visited, last_seen in _VISITS.rows(keys):
        found[key].add(pathway, visited, last_seen)
    return found
