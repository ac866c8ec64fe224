"""Who may read, answer and move one ask."""

from django.db.models import Q, QuerySet

from sightline.service.accounts.models import Person
from sightline.service.accounts.policies import ANSWER_ASKS, SEE_PRIVATE_PAPERS, SEE_SCRUTINY
from sightline.service.accounts.queries import holders
from sightline.service.scrutiny.asks.states import Step, Who, steps_from
from sightline.service.scrutiny.keeping import kept_by, may_keep
from sightline.service.scrutiny.models import Ask
from sightline.service.scrutiny.models.meetings import Privacy

PUBLIC = Q(privacy=Privacy.PUBLIC) & (Q(item__isnull=True) | Q(item__privacy=Privacy.PUBLIC))
"""Asks that did not arise in private."""


def is_private(ask: Ask) -> bool:
    """Whether an ask arose in private."""
    return ask.privacy != Privacy.PUBLIC or (
        ask.item is not None and ask.item.privacy != Privacy.PUBLIC
    )


def may_read(person: Person, ask: Ask) -> bool:
    """Whether a person may read the words of an ask: of a private one who may, keeps it, or answers it."""
    return SEE_SCRUTINY.allows(person) and (
        not is_private(ask)
        or SEE_PRIVATE_PAPERS.allows(person)
        or ask.lead_id == person.pk
        or may_keep(person, ask.committee)
    )


def in_full(person: Person) -> Q:
    """Give the condition that a person may read the words of an ask, not its public summary alone."""
    if SEE_PRIVATE_PAPERS.allows(person):
        return Q()
    return PUBLIC | Q(lead=person) | Q(committee__in=kept_by(person))


def readable(person: Person, asks: QuerySet[Ask]) -> QuerySet[Ask]:
    """Narrow asks to those a person may read, and private ones with a public summary."""
    condition = in_full(person)
    return asks.filter(condition | ~Q(public_summary="")) if condition else asks


def saying(person: Person, asks: QuerySet[Ask], word: str) -> QuerySet[Ask]:
    """Narrow asks to those that have a word where the person may read it, or that reference."""
    open_to = in_full(person)
    found = Q(reference__iexact=word) | open_to & Q(text__icontains=word)
    return asks.filter(found | Q(public_summary__icontains=word))


def may_answer(person: Person, ask: Ask) -> bool:
    """Whether a person may answer an ask: the lead officer, an assistant director, who keeps it."""
    if not ANSWER_ASKS.allows(person) or not may_read(person, ask):
        return False
    own = ask.lead_id == person.pk or person.holds({"assistant_director"})
    return own or may_keep(person, ask.committee)


def may_take(person: Person, ask: Ask, step: Step) -> bool:
    """Whether a person may take a step of an ask."""
    if step.who is Who.ANSWERER:
        return may_answer(person, ask)
    return may_keep(person, ask.committee) and may_read(person, ask)


def steps_for(person: Person, ask: Ask) -> list[Step]:
    """Give the steps that a person may take with an ask as it is."""
    return [each for each in steps_from(ask.state) if may_take(person, ask, each)]


def possible_leads() -> QuerySet[Person]:
    """Give whoever an ask can be given to: those who may answer one, by name."""
    return holders(ANSWER_ASKS.roles).order_by("name", "pk")
