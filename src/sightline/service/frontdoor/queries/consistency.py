"""Whether like is treated alike: of one kind of concern, which outcomes, by who decided and by which agency.

Counts are of decisions, each with what it is of. They show where to look, not who is wrong: the same kind of
concern may rightly end otherwise.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from sightline.service.accounts.models import Person
from sightline.service.frontdoor.access import contacts_of
from sightline.service.frontdoor.models import Recommendation
from sightline.service.frontdoor.models.decisions import Outcome
from sightline.service.frontdoor.seeds.reading import concerns


@dataclass(frozen=True)
class Row:
    """The decisions of one decider or agency: how many of each outcome, of how many in all."""

    name: str
    total: int
    outcomes: tuple[int, ...]
    """In the order of `OUTCOMES`."""
    threshold: int
    """How many were assessed at a level that meets the threshold of social care."""


@dataclass(frozen=True)
class Levels:
    """Of an agency's contacts with both levels: how many it put higher, the same, lower than was assessed."""

    name: str
    total: int
    higher: int
    same: int
    lower: int


OUTCOMES = tuple(Outcome.choices)
_BY = {
    "decider": ("decided_by", "decided_by__name"),
    "agency": ("contact__agency", "contact__agency__name"),
}
_UNKNOWN = {"decider": "Not known", "agency": "No agency: the public, or not said"}


def consistency(person: Person, kind: str, since: datetime, by: str) -> list[Row]:
    """Give the outcomes of a kind of concern since a moment, by `decider` or `agency`; the whole first.

    An empty `kind` takes all. In one statement.
    """
    found = _decided(person, since)
    if kind:
        found = found.filter(contact__kind=kind)
    meets = Coalesce("decided_level__meets_threshold", "level__meets_threshold")
    counts = (
        found.annotate(meets=meets)
        .values_list(*_BY[by], "decided_outcome", "meets")
        .annotate(n=Count("pk"))
    )
    places = {code: place for place, (code, _) in enumerate(OUTCOMES)}
    names: dict[int | None, str] = {_ALL: "All"}
    outcomes: dict[int | None, list[int]] = defaultdict(lambda: [0] * len(OUTCOMES))
    threshold: dict[int | None, int] = defaultdict(int)
    for pk, name, outcome, above, n in counts.order_by():
        names[pk] = name or _UNKNOWN[by]
        for each in (pk, _ALL):
            outcomes[each][places[outcome]] += n
            threshold[each] += n * bool(above)
    order = sorted(outcomes, key=lambda pk: (pk != _ALL, names[pk], pk or 0))
    return [Row(names[pk], sum(outcomes[pk]), tuple(outcomes[pk]), threshold[pk]) for pk in order]


_ALL = -1
"""In place of the key of a decider or agency: all of them."""


def kinds_decided(person: Person, since: datetime) -> list[tuple[str, str, int]]:
    """Give each kind of concern with how many decisions there were of it: code, name, count."""
    counts = dict(
        _decided(person, since).values_list("contact__kind").annotate(n=Count("pk")).order_by()
    )
    return [(each.code, each.name, counts.get(each.code, 0)) for each in concerns()]


def levels_by_agency(person: Person, since: datetime) -> list[Levels]:
    """Give how the levels that agencies declared stand to those assessed of all that was decided, where FD-15
    counts referrals; in one statement.
    """
    counts = (
        _decided(person, since)
        .exclude(contact__level_declared=None)
        .annotate(decided=Coalesce("decided_level__number", "level__number"))
        .values_list("contact__agency__name", "contact__level_declared__number", "decided")
        .annotate(n=Count("pk"))
        .order_by()
    )
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for name, declared, assessed, n in counts:
        place = 1 if declared == assessed else (0 if declared > assessed else 2)
        found[name or "No agency said"][place] += n
    return [Levels(name, sum(n), *n) for name, n in sorted(found.items())]


def _decided(person: Person, since: datetime) -> QuerySet[Recommendation]:
    # Restricted children are counted here as in every figure; none is shown.
    states = (Recommendation.State.AUTHORISED, Recommendation.State.CHANGED)
    return Recommendation.objects.filter(
        Q(state__in=states, decided_at__gte=since),
        contact__in=contacts_of(person, hidden=True),
    ).order_by()
