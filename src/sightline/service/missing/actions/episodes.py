"""A child is missing, and returns; with the return the interview waits to be offered."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from sightline.service.accounts.models import Person, Team
from sightline.service.accounts.steps import IncompleteError, StepError
from sightline.service.children.models import KnownPerson
from sightline.service.children.queries import all_of, root_of
from sightline.service.missing.actions.steps import locked, move, need_text, need_who, write
from sightline.service.missing.models import MissingEpisode, ReturnInterview
from sightline.service.missing.states import RECORDER

ALREADY = "This child is recorded as missing already. Nothing was changed."


def record_missing(child: KnownPerson, about: Mapping[str, Any], *, by: Person) -> MissingEpisode:
    """Record that a child is missing; `about` by column of `MissingEpisode`, without the return.

    `StepError` where the child is missing already, `IncompleteError` where something is not said or another
    episode was at the same time.
    """
    root = root_of(child)
    need_who(RECORDER, root, by)
    _need_whole(about)
    records = all_of(root)
    try:
        with transaction.atomic():
            locked(root)
            if MissingEpisode.objects.filter(child__in=records, returned_at=None).exists():
                raise StepError(ALREADY)
            _need_free(records, about["starts_at"], None)
            return MissingEpisode.objects.create(
                child=root, team=_team_of(by), recorded_by=by, **about
            )
    except IntegrityError:
        raise StepError(ALREADY) from None


def correct_episode(
    episode: MissingEpisode, version: int, changes: Mapping[str, Any], *, by: Person
) -> None:
    """Correct what is recorded of an episode; `ConflictError` where another did meanwhile.

    Of one that is over the moment of return may be corrected too; its clock goes with it.
    """
    _need_whole(changes)
    returned = changes.get("returned_at", episode.returned_at)
    if episode.returned_at:
        _need_return(changes["starts_at"], returned)
    with transaction.atomic():
        root = locked(root_of(episode.child))
        _need_free(all_of(root), changes["starts_at"], returned, episode)
        write("correct episode", episode, by, version, changes)


def note_return(
    episode: MissingEpisode,
    *,
    returned_at: datetime,
    found: str,
    harmed: bool | None,
    by: Person,
) -> ReturnInterview:
    """Note that a child has returned, and have the interview wait to be offered; `harmed` None: not known."""
    _need_return(episode.starts_at, returned_at)
    need_text(found, "Say where and how the child was found or came back", "found")
    with transaction.atomic():
        move("note return", episode, by, returned_at=returned_at, found=found, harmed=harmed)
        return ReturnInterview.objects.create(episode=episode)


def _need_whole(about: Mapping[str, Any]) -> None:
    now = timezone.now()
    if about["starts_at"] > now:
        raise IncompleteError("The child cannot be missing since a time to come", "day")
    for name, said in (
        ("kind", "Select whether the child is missing or away without leave"),
        ("missing_from", "Select whether from home or from care"),
        ("risk", "Select how great the risk is"),
    ):
        if not about.get(name):
            raise IncompleteError(said, name)
    need_text(about.get("risk_because", ""), "Say why the risk is so", "risk_because")
    told = about.get("police_told_at")
    if about.get("police_told") and told is None:
        raise IncompleteError("Enter when the police were told", "police_day")
    if told is not None and told > now:
        raise IncompleteError("The police cannot have been told in time to come", "police_day")


def _need_return(starts_at: datetime, returned_at: datetime) -> None:
    if returned_at > timezone.now():
        raise IncompleteError("The return must not be in the future", "day")
    if returned_at < starts_at:
        raise IncompleteError("The child cannot have returned before they were missing", "day")


def _need_free(
    records: list[KnownPerson],
    starts_at: datetime,
    returned_at: datetime | None,
    but: MissingEpisode | None = None,
) -> None:
    """Go on only where no other episode of the child was at the same time."""
    others = MissingEpisode.objects.filter(
        Q(returned_at=None) | Q(returned_at__gt=starts_at), child__in=records
    )
    if but is not None:
        others = others.exclude(pk=but.pk)
    if returned_at is not None:
        others = others.filter(starts_at__lt=returned_at)
    if other := others.first():
        said = timezone.localtime(other.starts_at)
        raise IncompleteError(
            f"Another episode of the child, from {said:%-d %B %Y, %H:%M}, was at the same time",
            "day",
        )


def _team_of(by: Person) -> Team | None:
    """Give the team for which somebody records an episode; None where they have none."""
    roles = RECORDER.policy.roles
    return next(
        (each.team for each in by.appointments_in_force if each.role in roles and each.team), None
    )
