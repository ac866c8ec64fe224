"""Whose it is to keep: a board business manager keeps the boards' and their members, an officer all."""

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from sightline.service.accounts.gate import asker, refuse
from sightline.service.accounts.models import Person
from sightline.service.accounts.policies import KEEP_SCRUTINY
from sightline.service.scrutiny.models import Attendance, Committee, Member, Membership


def may_keep(person: Person, committee: Committee | None) -> bool:
    """Whether a person may keep the meetings, minutes and asks of a committee.

    None: what is of no one committee, as the council's list of interests. Scrutiny officers keep that.
    """
    return person.holds({"scrutiny_officer"}) or (
        committee is not None
        and committee.kind == Committee.Kind.BOARD
        and person.holds({"board_manager"})
    )


def kept_by(person: Person) -> QuerySet[Committee]:
    """Give the committees that a person keeps."""
    if person.holds({"scrutiny_officer"}):
        return Committee.objects.all()
    if person.holds({"board_manager"}):
        return Committee.objects.filter(kind=Committee.Kind.BOARD)
    return Committee.objects.none()


def may_keep_member(person: Person, member: Member) -> bool:
    """Whether a person may change what is kept of a member: a board manager of one known on boards alone."""
    if may_keep(person, None):
        return True
    elsewhere = ~Q(committee__kind=Committee.Kind.BOARD)
    came = ~Q(meeting__committee__kind=Committee.Kind.BOARD)
    return (
        person.holds({"board_manager"})
        and not Membership.objects.filter(elsewhere, member=member).exists()
        and not Attendance.objects.filter(came, member=member).exists()
    )


def need_keeping(request: HttpRequest, committee: Committee | None) -> None:
    """Go on only if the person may keep this committee; else refuse, on record."""
    if not may_keep(asker(request), committee):
        about = f"committee {committee.pk}" if committee else "what is of every committee"
        refuse(request, KEEP_SCRUTINY, about)


def need_keeping_member(request: HttpRequest, member: Member) -> None:
    """Go on only if the person may change what is kept of this member; else refuse, on record."""
    if not may_keep_member(asker(request), member):
        refuse(request, KEEP_SCRUTINY, f"member {member.pk}")


def kept_committee(request: HttpRequest, slug: str) -> Committee:
    """Give a committee that the person keeps; 404 where there is none, refused where it is not theirs."""
    committee = get_object_or_404(Committee, slug=slug)
    need_keeping(request, committee)
    return committee
