"""Whose committee it is to keep: a board business manager keeps the boards', a scrutiny officer all."""

from django.http import HttpRequest

from sightline.service.accounts.gate import refuse
from sightline.service.accounts.models import Person
from sightline.service.accounts.policies import KEEP_SCRUTINY
from sightline.service.scrutiny.models import Committee


def may_keep(person: Person, committee: Committee) -> bool:
    """Whether a person may keep the meetings, minutes and asks of a committee."""
    return person.holds({"scrutiny_officer"}) or (
        committee.kind == Committee.Kind.BOARD and person.holds({"board_manager"})
    )


def need_keeping(request: HttpRequest, committee: Committee) -> None:
    """Go on only if the person may keep this committee; else refuse, on record."""
    person = request.user
    if not isinstance(person, Person) or not may_keep(person, committee):
        refuse(request, KEEP_SCRUTINY, f"committee {committee.pk}")
