"""Who is meant by a printed name: said by a person, name by name, and parted again where it was wrong."""

from django.core.exceptions import ValidationError
from django.db import transaction

from sightline.service.audit.context import because
from sightline.service.scrutiny.meetings.actions import make_member
from sightline.service.scrutiny.models import Attendance, Committee, Declaration, Member
from sightline.service.scrutiny.reading.same import plain


def join_name(committee: Committee, name: str, member: Member) -> None:
    """Say that a name printed in a committee's minutes is a member's: there, and in documents to come."""
    with transaction.atomic():
        member = Member.objects.select_for_update().get(pk=member.pk)
        there = Attendance.objects.filter(meeting__committee=committee, name=name, member=None)
        if twice := (
            Attendance.objects.filter(member=member, meeting__in=there.values("meeting"))
            .select_related("meeting__committee")
            .first()
        ):
            raise ValidationError(
                f"{member} was at the meeting of {twice.meeting} as “{twice.name}” too, so “{name}” is "
                "somebody else."
            )
        joined = there.update(member=member) + Declaration.objects.filter(
            meeting__committee=committee, name=name, member=None
        ).update(member=member)
        if not joined:
            raise ValidationError(f"“{name}” stands for nobody unknown in these minutes any more.")
        known = [member.name, *member.also_known_as.splitlines()]
        if plain(name) not in map(plain, known):
            member.also_known_as = "\n".join([*known[1:], name])
            member.version += 1
            member.save(update_fields=["also_known_as", "version"])


def add_name(committee: Committee, name: str, kind: str) -> Member:
    """Make somebody who is printed in minutes a member of the council's list; seats are given elsewhere."""
    with transaction.atomic():
        member = make_member(name, kind)
        join_name(committee, name, member)
    return member


def part_name(committee: Committee, name: str, member: Member, why: str) -> None:
    """Undo that a printed name is a member's, in a committee's minutes and for documents to come."""
    if not why.strip():
        raise ValidationError("Say why these are two people.")
    with transaction.atomic(), because(why.strip()):
        member = Member.objects.select_for_update().get(pk=member.pk)
        parted = sum(
            rows.filter(meeting__committee=committee, name=name, member=member).update(member=None)
            for rows in (Attendance.objects, Declaration.objects)
        )
        left = [each for each in member.also_known_as.splitlines() if plain(each) != plain(name)]
        if not parted and "\n".join(left) == member.also_known_as:
            raise ValidationError(f"“{name}” is not joined to {member} any more.")
        member.also_known_as = "\n".join(left)
        member.version += 1
        member.save(update_fields=["also_known_as", "version"])
