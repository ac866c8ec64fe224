"""Committees, members, the places they hold, and what stands on every agenda."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Q

from sightline.service.accounts.versions import save_changes
from sightline.service.scrutiny.addresses import free_slug
from sightline.service.scrutiny.meetings.law import usual_interests
from sightline.service.scrutiny.meetings.numbers import count_anew
from sightline.service.scrutiny.models import (
    Committee,
    InterestKind,
    Member,
    Membership,
    StandingItem,
)

USUAL_ITEMS: tuple[tuple[str, str], ...] = (
    (StandingItem.Kind.APOLOGIES, "Apologies and welcome"),
    (StandingItem.Kind.INTERESTS, "Declarations of interest and of any party whip"),
    (StandingItem.Kind.PARTICIPATION, "Public participation"),
    (StandingItem.Kind.MINUTES, "Confirmation of the minutes of the previous meeting"),
    (StandingItem.Kind.OUTSTANDING, "Matters outstanding"),
    (StandingItem.Kind.PROGRAMME, "Work programme"),
)
"""What stands on the agendas of a new committee until somebody changes it: kind and title."""


@transaction.atomic
def make_committee(
    name: str,
    kind: str,
    *,
    council: str = "",
    slug: str = "",
    standing_items: Sequence[tuple[str, str]] = USUAL_ITEMS,
    **settings: Any,
) -> Committee:
    """Make a committee with its standing items. `settings` are other columns of it.

    The first one brings the usual kinds of interest (`interests.toml`).
    """
    slug = slug or free_slug(Committee, name)
    committee = Committee(name=name, kind=kind, council=council, slug=slug, **settings)
    _check_participation(committee)
    committee.full_clean()
    committee.save(force_insert=True)
    StandingItem.objects.bulk_create(
        StandingItem(committee=committee, position=position, kind=item_kind, title=title)
        for position, (item_kind, title) in enumerate(standing_items, start=1)
    )
    if not InterestKind.objects.exists():
        InterestKind.objects.bulk_create(
            InterestKind(
                name=each.name,
                effect=each.effect,
                source=each.source,
                starts=each.starts,
                ends=each.ends,
            )
            for each in usual_interests()
        )
    return committee


@transaction.atomic
def change_committee(committee: Committee, version: int, changes: Mapping[str, Any]) -> None:
    """Change the settings of a committee."""
    changed = Committee.objects.get(pk=committee.pk)
    runs = changed.number_runs
    for name, value in changes.items():
        setattr(changed, name, value)
    _check_participation(changed)
    changed.full_clean()
    save_changes(committee, version, changes)
    if changed.number_runs != runs:
        count_anew(changed)


def _check_participation(committee: Committee) -> None:
    given = (committee.participation_days is not None, committee.participation_time is not None)
    if committee.participation_rule and not all(given):
        said = "Give the number of days and the time with the rule for public participation."
        raise ValidationError({"participation_rule": said})
    if committee.participation_days == 0:
        raise ValidationError({"participation_days": "Days before the meeting must be 1 or more."})


@transaction.atomic
def make_member(
    name: str, kind: str = Member.Kind.COUNCILLOR, *, slug: str = "", **more: Any
) -> Member:
    """Make somebody who may sit on committees. `more` are other columns."""
    member = Member(name=name, kind=kind, slug=slug or free_slug(Member, name), **more)
    member.full_clean()
    member.save(force_insert=True)
    return member


@transaction.atomic
def change_member(member: Member, version: int, changes: Mapping[str, Any]) -> None:
    """Change what is kept of a member."""
    changed = Member.objects.get(pk=member.pk)
    for name, value in changes.items():
        setattr(changed, name, value)
    changed.full_clean()
    save_changes(member, version, changes)


@transaction.atomic
def seat_member(
    committee: Committee,
    member: Member,
    position: str,
    starts: date,
    *,
    ends: date | None = None,
    votes: bool = True,
) -> Membership:
    """Give a member a place on a committee from a day on; one place at a time, one chair at a time."""
    Committee.objects.select_for_update().get(pk=committee.pk)
    place = Membership(
        committee=committee, member=member, position=position, starts=starts, ends=ends, votes=votes
    )
    place.full_clean()
    same_time = Membership.objects.filter(committee=committee).filter(
        Q(ends=None) | Q(ends__gte=starts), *([Q(starts__lte=ends)] if ends else [])
    )
    if other := same_time.filter(member=member).first():
        said = f"{member} holds a place already, from {other.starts:%-d %B %Y}. End it first, or begin later."
        raise ValidationError({"member": said})
    if position == Membership.Position.CHAIR and (
        other := same_time.filter(position=position).select_related("member").first()
    ):
        said = f"{other.member} is the chair from {other.starts:%-d %B %Y}. End that place first."
        raise ValidationError({"position": said})
    place.save(force_insert=True)
    return place


@transaction.atomic
def end_membership(place: Membership, last_day: date) -> None:
    """End a place on a committee after a last day."""
    if last_day < place.starts:
        said = f"The last day cannot be before the first, {place.starts:%-d %B %Y}."
        raise ValidationError({"last_day": said})
    if not Membership.objects.filter(pk=place.pk, ends=None).update(ends=last_day):
        raise ValidationError("This place has ended already.")


@transaction.atomic
def add_standing_item(committee: Committee, kind: str, title: str) -> StandingItem:
    """Put one more item at the end of what stands on every agenda; of each kind but "other" one."""
    Committee.objects.select_for_update().get(pk=committee.pk)
    own = StandingItem.objects.filter(committee=committee)
    if kind != StandingItem.Kind.OTHER and own.filter(kind=kind).exists():
        label = StandingItem.Kind(kind).label
        raise ValidationError({"kind": f"“{label}” stands on every agenda already."})
    last = own.aggregate(last=Max("position"))["last"] or 0
    item = StandingItem(committee=committee, kind=kind, title=title, position=last + 1)
    item.full_clean()
    item.save(force_insert=True)
    return item


@transaction.atomic
def move_standing_item(item: StandingItem, *, up: bool) -> None:
    """Move a standing item one place up or down; nothing where it is at the end already."""
    Committee.objects.select_for_update().get(pk=item.committee_id)
    own = StandingItem.objects.filter(committee=item.committee_id)
    item = own.get(pk=item.pk)
    beside = (
        own.filter(position__lt=item.position).order_by("-position").first()
        if up
        else own.filter(position__gt=item.position).order_by("position").first()
    )
    if beside is None:
        return
    here, there = item.position, beside.position
    # By way of a place nobody holds, as two cannot have the same at any moment.
    last = own.aggregate(last=Max("position"))["last"]
    own.filter(pk=item.pk).update(position=last + 1)
    own.filter(pk=beside.pk).update(position=here)
    own.filter(pk=item.pk).update(position=there)


@transaction.atomic
def remove_standing_item(item: StandingItem) -> None:
    """Take an item off every agenda to come; agendas there are keep theirs."""
    StandingItem.objects.filter(pk=item.pk).delete()


@transaction.atomic
def add_interest_kind(
    name: str, effect: str, *, starts: date | None = None, source: str = ""
) -> InterestKind:
    """Add a kind of interest from a day on; one of the same name ends the day before."""
    kind = InterestKind(name=name, effect=effect, starts=starts, source=source)
    kind.full_clean()
    same = InterestKind.objects.filter(name=name, ends=None)
    if same.exists():
        if starts is None or same.filter(starts__gte=starts).exists():
            said = f"There is “{name}” already: give a first day after that of the one there is."
            raise ValidationError({"starts": said})
        same.update(ends=starts - timedelta(days=1))
    kind.save(force_insert=True)
    return kind
