"""The week at the front door joined to the cases: who the children are, whose decisions begin a case."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sightline.service.accounts.models import Person
from sightline.service.children.actions import record_person
from sightline.service.children.queries import find_people
from sightline.service.frontdoor.actions.screening import match_child
from sightline.service.frontdoor.beginning import BEGINS_WORK
from sightline.service.frontdoor.models import Contact
from sightline.service.protection.actions.allocating import allocate
from sightline.service.protection.invented.families import new_number
from sightline.service.protection.invented.making import Making, Place
from sightline.service.protection.invented.moments import as_of
from sightline.service.protection.invented.staff import Staff
from sightline.service.protection.models import Referral


def join_week(making: Making, staff: Staff) -> None:
    """Match the children of the contacts of our teams that were decided for social care: cases begin.

    Of the team at the front door, which has most, those of the last days. Most are allocated by now; who
    came last, and some who should long have been, wait.
    """
    week = making.now - timedelta(days=8)
    for place, since in ((staff.ours, week), (staff.front_door, making.at(2, 0))):
        workers = place.workers[1:] or place.workers
        opened = [each for contact in _decided(place, since) for each in _begun(making, contact)]
        for number, referral in enumerate(opened):
            if making.now - referral.received_at > timedelta(hours=24) and number % 4 != 3:
                _allocated(making, place, referral, workers[number % len(workers)])


def _decided(place: Place, since: datetime) -> list[Contact]:
    """Give the contacts of a team that somebody decided for social care, the earliest first."""
    return list(
        Contact.objects.filter(
            team=place.team,
            received_at__gte=since,
            recommendations__decided_outcome__in=BEGINS_WORK,
            children__person=None,
        )
        .select_related("screened_by")
        .order_by("received_at", "pk")
        .distinct()
    )


def _begun(making: Making, contact: Contact) -> Iterator[Referral]:
    by = contact.screened_by or making.officer
    for child in contact.children.filter(person=None, is_unborn=False):
        with as_of(contact.screened_at or contact.received_at):
            token = find_people(child.name, by=by).token
            person = record_person(
                search=token,
                by=by,
                number=new_number(making),
                first_names=child.first_names,
                last_name=child.last_name,
                born=child.born,
                made_at=contact.screened_at or contact.received_at,
            )
            match_child(child, person, by=by)
            yield Referral.objects.get(child=person)


def _allocated(making: Making, place: Place, referral: Referral, worker: Person) -> None:
    with as_of(min(referral.received_at + timedelta(hours=22), making.now)):
        allocate(referral, referral.version, worker=worker, team=place.team, by=place.manager)
