"""Which open cases of restricted children nobody who is named can go on with."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db.models import Model

from sightline.service.accounts.keys import among
from sightline.service.accounts.models import Person
from sightline.service.children.queries import Named, Said, records_among
from sightline.service.protection.access import HeldCase, held_cases_of, whose_work
from sightline.service.protection.models import Conference, PreProceedings, Referral
from sightline.service.protection.queries.to_authorise import read_each, waits_of
from sightline.service.protection.states import AUTHORISER, CHAIR, DECIDER, Who

_AUTHORISE = "Nobody who is named may authorise work in the child’s open case."
_HOLD = "Nobody who is named may hold the child’s conference."
_SEND = "Nobody who is named may send the minutes of the child’s conference."
_COURT = "Nobody who is named may decide whether the child’s case goes to court."

Waiting = Mapping[int, Sequence[tuple[str, Who, Model]]]
"""What waits, by the case, for who had no part in it: what is said where nobody may, who may, and it."""


def cases_stuck(restricted: Sequence[Named]) -> Iterator[Said]:
    """Say of an open case whether nobody who is named is its worker, or another may take its next steps."""
    cases = held_cases_of(records_among(restricted))
    waiting = _waiting({each.referral.pk: each.referral for each in cases})
    for each in restricted:
        for case in cases:
            if case.referral.child_id in each.records:
                for said in _stuck(case, waiting.get(case.referral.pk, ()), each.people):
                    yield each.key, said


def _stuck(
    case: HeldCase, waiting: Iterable[tuple[str, Who, Model]], named: Sequence[Person]
) -> Iterator[str]:
    if case.worker not in named:
        yield "Nobody who is named is the worker of the child’s open case."
    able = _able(AUTHORISER, case, named)
    said = [] if any(person != case.worker for person in able) else [_AUTHORISE]
    for words, who, row in waiting:
        own = whose_work(case.referral, row, ever=who.outside)
        if all(person.pk in own for person in _able(who, case, named)):
            said.append(words)
    yield from dict.fromkeys(said)


def _able(who: Who, case: HeldCase, named: Iterable[Person]) -> list[Person]:
    """Give whom of those named the policy of a step lets take it, whatever part they had."""
    return [
        person
        for person in named
        if (person.registration or not who.registered) and case.is_of(person, who.policy)
    ]


def _waiting(referrals: Mapping[int, Referral]) -> Waiting:
    if not referrals:
        return {}
    found, keys = defaultdict(list), among(referrals)
    waits = waits_of(
        (each.pk, each.state, each.closing_at, each.received_at) for each in referrals.values()
    )
    rows = read_each(waits, referrals)
    for each in waits:
        found[each.referral].append((_AUTHORISE, AUTHORISER, rows[each.page][each.key]))
    conferences = Conference.objects.filter(
        referral__in=keys, cancelled_because="", minutes_sent_on=None
    )
    for row in conferences.select_related("enquiry").order_by("pk"):
        found[row.referral_id].append((_SEND if row.held_at else _HOLD, CHAIR, row))
    for before in PreProceedings.objects.filter(referral__in=keys, outcome=""):
        found[before.referral_id].append((_COURT, DECIDER, before))
    return found
