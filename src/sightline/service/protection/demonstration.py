"""Invented families and cases of the pathway in every state, for a demonstration. The same each time.

What is told is done by the service's actions, as of moments in the past; it ends now, as clocks run on the
server. Decisions of the invented week at the front door begin cases too.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from django.db import transaction
from django.utils import timezone

from sightline.service.accounts.models import Agency
from sightline.service.audit.context import acting, system
from sightline.service.children.actions import restrict_child
from sightline.service.children.models import KnownPerson
from sightline.service.protection.invented.beginnings import referred, transferred
from sightline.service.protection.invented.cases import Case
from sightline.service.protection.invented.doubles import invent_doubles
from sightline.service.protection.invented.families import invent_family
from sightline.service.protection.invented.joined import join_week
from sightline.service.protection.invented.making import Making, Place
from sightline.service.protection.invented.staff import Staff, invent_staff
from sightline.service.protection.invented.stories import ELSEWHERE, OURS, RESTRICTED, Story
from sightline.service.protection.models import Referral

_SEED = 20160702


def make_cases(
    now: datetime | None = None, progress: Callable[[str], None] = lambda _: None
) -> int:
    """Make the cases as they stand now, where there are none; how many were made.

    The people of `accounts.demonstration` and the week of `frontdoor.demonstration` have to be there.
    """
    with acting(system("demonstration")), transaction.atomic():
        if Referral.objects.exists():
            return 0
        progress("Inventing families and cases")
        moment = (now or timezone.now()).replace(second=0, microsecond=0)
        staff = invent_staff()
        making = _begin(moment, staff)
        for story in OURS:
            _tell(making, staff.ours, story)
        _restricted(making, staff)
        for place, story in zip(
            staff.elsewhere, _again(ELSEWHERE, len(staff.elsewhere)), strict=True
        ):
            _tell(making, place, story)
        join_week(making, staff)
        invent_doubles(making, staff.ours)
    return Referral.objects.count()


def young_people() -> list[KnownPerson]:
    """Give the children with an open case who are not of age, the oldest first: of whom more may be told."""
    born_after = timezone.localdate() - timedelta(days=17 * 365)
    return list(
        KnownPerson.objects.filter(referrals__state=Referral.State.OPEN, born__gt=born_after)
        .order_by("born", "pk")
        .distinct()
    )


def _begin(now: datetime, staff: Staff) -> Making:
    agencies = {
        kind: Agency.objects.filter(kind=kind, name__startswith="Invented").order_by("pk")[0]
        for kind in (Agency.Kind.POLICE, Agency.Kind.HEALTH, Agency.Kind.EDUCATION)
    }
    return Making(
        now=now,
        chance=Random(_SEED),  # noqa: S311 - nothing secret: the same cases each time
        agencies={str(kind.value): agency for kind, agency in agencies.items()},
        officer=staff.officer,
        director=staff.director,
        chairs=staff.chairs,
        support=staff.support,
    )


def _again(stories: tuple[Story, ...], times: int) -> list[Story]:
    return [stories[each % len(stories)] for each in range(times)]


def _tell(making: Making, place: Place, story: Story) -> list[Case]:
    """Tell a story of each child of a family."""
    # Who moves in is recorded by the manager who opens the case; others were, at the front door.
    by = making.officer if story.outcome else place.manager
    family = invent_family(
        making, place, story.children, oldest=story.oldest, ago=story.began, by=by
    )
    if story.outcome:
        opened = referred(making, place, family.children, story.began, story.outcome)
    else:
        opened = [
            transferred(making, place, child, story.began, had_plan=True)
            for child in family.children
        ]
    worker = place.workers[story.worker % len(place.workers)]
    told = [Case(making, place, each, worker) for each in opened]
    for case in told:
        story.tell(case)
    return told


def _restricted(making: Making, staff: Staff) -> None:
    """Tell of a child whose record is open only to the worker and the service manager."""
    (case,) = _tell(making, staff.ours, RESTRICTED)
    restrict_child(
        case.referral.child.number,
        "Of the family of somebody who works for the council",
        [case.worker, staff.service_manager],
    )
