"""The week at the front door joined to the cases: who the children are, whose decisions begin a case."""

from collections.abc import Iterator
from datetime import timedelta

from sightline.service.accounts.models import Locality
from sightline.service.children.actions import record_person
from sightline.service.children.queries import find_people
from sightline.service.frontdoor.beginning import BEGINS_WORK, begin_work
from sightline.service.frontdoor.models import Contact, ContactChild
from sightline.service.protection.actions.allocating import allocate
from sightline.service.protection.invented.families import new_number
from sightline.service.protection.invented.making import Making, Place
from sightline.service.protection.invented.moments import as_of
from sightline.service.protection.invented.staff import Staff
from sightline.service.protection.models import Referral


def join_week(making: Making, staff: Staff) -> None:
    """Match the children of the contacts of the week that were decided for social care: cases begin.

    Most are allocated by now; who came last, and a few who should long have been, wait.
    """
    places = {place.locality: place for place in staff.elsewhere}
    number = 0
    for contact in _decided():
        place = staff.ours if contact.team == staff.ours.team else _of(contact, places, staff)
        if place is None:
            continue  # nobody has said yet where it belongs
        for referral in _begun(making, contact):
            number += 1
            if making.now - referral.received_at > timedelta(hours=24) and number % 6:
                _allocated(making, place, referral, number)


def _of(contact: Contact, places: dict[Locality, Place], staff: Staff) -> Place | None:
    locality = (contact.team and contact.team.locality) or contact.locality
    if locality is None:
        return None
    return staff.front_door if locality == staff.front_door.locality else places.get(locality)


def _decided() -> list[Contact]:
    """Give the contacts that somebody decided for social care, the earliest first."""
    return list(
        Contact.objects.filter(
            recommendations__decided_outcome__in=BEGINS_WORK, children__person=None
        )
        .select_related("screened_by", "team__locality", "locality")
        .order_by("received_at", "pk")
        .distinct()
    )


def _begun(making: Making, contact: Contact) -> Iterator[Referral]:
    """Say who the children are, as rows of the week, and give the cases that begin."""
    by, at = contact.screened_by or making.officer, contact.screened_at or contact.received_at
    for child in contact.children.filter(person=None):
        with as_of(at):
            person = record_person(
                search=find_people(child.name, by=by).token,
                by=by,
                number=new_number(making),
                first_names=child.first_names,
                last_name=child.last_name,
                born=child.born,
                expected=at.date() + timedelta(days=90) if child.is_unborn else None,
                made_at=at,
            )
            ContactChild.objects.filter(pk=child.pk).update(
                person=person, matched_by=by, matched_at=at
            )
            begin_work(contact)
        yield Referral.objects.get(child=person)


def _allocated(making: Making, place: Place, referral: Referral, number: int) -> None:
    """Give a case to a worker of the place; the first of ours has enough."""
    workers = place.workers[1:] or place.workers
    with as_of(min(referral.received_at + timedelta(hours=22), making.now)):
        allocate(
            referral,
            referral.version,
            worker=workers[number % len(workers)],
            team=referral.team,
            by=place.manager,
        )
