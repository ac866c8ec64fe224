"""Whose contacts somebody may see, and what they may do with one: as a condition on lists, and for one.

A contact belongs to its team, its locality, and the locality of its team. One that has neither is for every
front-door officer and team manager, and for assistant directors. One about a restricted child is hidden from
whoever the child is hidden from, wherever it stands.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from sightline.service.accounts.gate import asker, refuse
from sightline.service.accounts.keys import among
from sightline.service.accounts.models import Person, Team
from sightline.service.accounts.policies import (
    AUTHORISE_CONTACTS,
    SEE_FRONT_DOOR,
    TAKE_CONTACTS,
    Policy,
)
from sightline.service.accounts.roles import ROLES, Reach
from sightline.service.audit.models import Verb
from sightline.service.audit.record import record, viewed_children
from sightline.service.children.queries import hidden_people
from sightline.service.frontdoor.models import Contact, ContactChild


def contacts_of(
    person: Person, policy: Policy = SEE_FRONT_DOOR, *, hidden: bool = False
) -> QuerySet[Contact]:
    """Give the contacts of a person under a policy; with `hidden`, also those about restricted children.

    The latter is for counts alone: a backlog that left them out would be wrong.
    """
    found = Contact.objects.filter(_within(person, policy))
    if hidden or not hidden_people(person):
        return found
    return found.exclude(pk__in=_closed(person))


def sees_contact(person: Person, key: int) -> bool:
    """Whether somebody may see the contact with a key."""
    return contacts_of(person).filter(pk=key).exists()


class _Reach(NamedTuple):
    """How far somebody reaches under a policy: the whole, or teams, localities, and what belongs nowhere."""

    whole: bool
    teams: frozenset[int]
    near: frozenset[int]
    nowhere: bool


def _reach(person: Person, policy: Policy) -> _Reach:
    held = [each for each in person.appointments_in_force if each.role in policy.roles]
    localities = {each.locality_id for each in held if each.locality_id}
    of_teams = {each.team.locality_id for each in held if each.team and each.team.locality_id}
    return _Reach(
        whole=any(ROLES[each.role].reach is Reach.AUTHORITY for each in held),
        teams=frozenset(each.team_id for each in held if each.team_id),
        near=frozenset(localities | of_teams),
        nowhere=any(each.role in TAKE_CONTACTS.roles for each in held),
    )


def _within(person: Person, policy: Policy) -> Q:
    reach = _reach(person, policy)
    if reach.whole:
        return Q()
    within = Q(team__in=reach.teams)
    if reach.near:
        those = Team.objects.filter(locality__in=reach.near).values("pk")
        within |= Q(locality__in=reach.near) | Q(team__in=those)
    if reach.nowhere:
        within |= Q(team=None, locality=None)
    return within


def is_contact_of(person: Person, contact: Contact, policy: Policy) -> bool:
    """Whether a contact is among `contacts_of`, asked of one whose team and children were read beforehand."""
    if not hidden_people(person).isdisjoint(
        each.person_id for each in contact.children.all() if each.person_id is not None
    ):
        return False
    reach = _reach(person, policy)
    team = contact.team
    return (
        reach.whole
        or (team is not None and (team.pk in reach.teams or team.locality_id in reach.near))
        or contact.locality_id in reach.near
        or (reach.nowhere and team is None and contact.locality_id is None)
    )


def _closed(person: Person) -> QuerySet[ContactChild, int]:
    hidden = among(hidden_people(person))
    return ContactChild.objects.filter(person__in=hidden).values_list("contact", flat=True)


def find_contact(request: HttpRequest, pk: int, policy: Policy = SEE_FRONT_DOOR) -> Contact:
    """Give a contact that the asker may see under a policy; else refuse, on record. 404 if there is none.

    Whatever page of it is read, that is on record too.
    """
    contact = get_object_or_404(
        Contact.objects.select_related(
            "agency", "locality", "team", "guidance", "level_declared", "taken_by", "screened_by",
            "form", "priority_by", "routed_by",
        ),
        pk=pk,
    )  # fmt: skip
    if not contacts_of(asker(request), policy).filter(pk=pk).exists():
        refuse(request, policy, f"contact {contact.number}")
    if request.method in ("GET", "HEAD"):
        viewed(contact)
    return contact


def viewed(contact: Contact, verb: Verb = Verb.VIEW) -> None:
    """Put on record that a contact, and the children it is matched with, were shown or given out."""
    record(verb, "contact", contact.number)
    children = contact.children.filter(person__isnull=False).order_by("pk")
    numbers = list(children.values_list("person__number", flat=True))
    viewed_children(f"contact {contact.number}", numbers, verb=verb)


Has = Callable[[Person, Contact, Policy], bool]
"""Whether a contact is somebody's under a policy."""


def _has(person: Person, contact: Contact, policy: Policy) -> bool:
    return contacts_of(person, policy).filter(pk=contact.pk).exists()


def may_take(person: Person, contact: Contact, *, has: Has = _has) -> bool:
    """Whether somebody may work on a contact; of many read beforehand, `has` is `is_contact_of`."""
    return TAKE_CONTACTS.allows(person) and has(person, contact, TAKE_CONTACTS)


def may_authorise(
    person: Person, contact: Contact, roles: frozenset[str] | None = None, *, has: Has = _has
) -> bool:
    """Whether somebody may decide about contacts such as this, but for their own recommendations.

    `roles` are those of the policy that will do; all of them unless they are given. `has` as in `may_take`.
    """
    policy = replace(AUTHORISE_CONTACTS, roles=roles) if roles else AUTHORISE_CONTACTS
    return policy.allows(person) and bool(person.registration) and has(person, contact, policy)
