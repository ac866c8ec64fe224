"""A child is missing, and returns; with the return the interview waits to be offered."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from sightline.service.accounts.models import Person, Team
from sightline.service.accounts.steps import IncompleteError, StepError
from sightline.service.audit.context import because
from sightline.service.children.models import KnownPerson
from sightline.service.children.queries import all_of, root_of
from sightline.service.missing.actions.interviews import RULE
from sightline.service.missing.actions.steps import (
    locked,
    move,
    need_child,
    need_text,
    need_who,
    set_aside,
    write,
)
from sightline.service.missing.models import (
    NOT_OVER,
    ConcernAnswer,
    MissingEpisode,
    ReturnInterview,
)
from sightline.service.missing.states import RECORDER
from sightline.service.protection.clocks import is_late

FOUND = "Say how and where the child was found"
ALREADY = "This child is recorded as missing already. Nothing was changed."


def record_missing(
    child: KnownPerson, about: Mapping[str, Any], *, is_child: bool = False, by: Person
) -> MissingEpisode:
    """Record that a child is missing; `about` by column of `MissingEpisode`.

    With the return, where a time is recorded only when it is over: the interview then waits to be offered.
    `is_child` says that somebody without a date of birth is one. `StepError` where the child is missing
    already, `IncompleteError` where something is not said or another episode was at the same time.
    """
    root = root_of(child)
    need_who(RECORDER, root, by)
    _need_whole(about)
    records = all_of(root)
    need_child(records, timezone.localdate(about["starts_at"]), "day", is_child=is_child)
    returned = about.get("returned_at")
    if returned:
        _need_return(about["starts_at"], returned, "returned_day")
        need_text(about.get("found", ""), FOUND, "found")
    try:
        with transaction.atomic():
            locked(root)
            missing = MissingEpisode.objects.filter(NOT_OVER, child__in=records)
            if not returned and missing.exists():
                raise StepError(ALREADY)
            _need_free(records, about["starts_at"], returned)
            made = MissingEpisode.objects.create(
                child=root, team=_team_of(by), recorded_by=by, **about
            )
            if returned:
                ReturnInterview.objects.create(episode=made)
            return made
    except IntegrityError:
        raise StepError(ALREADY) from None


def correct_episode(
    episode: MissingEpisode,
    version: int,
    changes: Mapping[str, Any],
    *,
    late_because: str = "",
    by: Person,
) -> None:
    """Correct what is recorded of an episode; `ConflictError` where another did meanwhile.

    Of one that is over the moment of return may be corrected too; its clock goes with it. It must not be
    after what is on record of the interview; where the interview becomes late by it, `late_because` says why.
    """
    _need_whole(changes)
    returned = changes.get("returned_at", episode.returned_at)
    if episode.returned_at:
        _need_return(changes["starts_at"], returned, "returned_day")
    if episode.ended_at and changes["starts_at"] > episode.ended_at:
        raise IncompleteError("The episode had ended by then", "day")
    with transaction.atomic():
        root = locked(root_of(episode.child))
        if changes["starts_at"] != episode.starts_at:
            began = timezone.localdate(changes["starts_at"])
            need_child(all_of(root), began, "day", is_child=True)
        if (changes["starts_at"], returned) != (episode.starts_at, episode.returned_at):
            _need_free(all_of(root), changes["starts_at"], returned or episode.ended_at, episode)
        write("correct episode", episode, by, version, changes)
        if returned and returned != episode.returned_at:
            _keep_in_step(episode, returned, late_because)


def _keep_in_step(episode: MissingEpisode, returned: datetime, late_because: str) -> None:
    """Go on only with a return that what is on record of the interview allows."""
    interview = ReturnInterview.objects.select_for_update().get(episode=episode)
    for done, what in ((interview.offered_at, "offered"), (interview.completed_at, "held")):
        if done and done < returned:
            at = timezone.localtime(done)
            raise IncompleteError(
                f"The return interview was {what} on {at:%-d %B %Y, %H:%M}, before that",
                "returned_day",
            )
    done = interview.completed_at
    if not done or not is_late(RULE, returned, done) or interview.late_because:
        return
    need_text(late_because, "The return interview is late by this: say why", "late_because")
    interview.late_because = late_because
    interview.version += 1
    interview.save(update_fields=["late_because", "version"])


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
    need_text(found, FOUND, "found")
    with transaction.atomic():
        move("note return", episode, by, returned_at=returned_at, found=found, harmed=harmed)
        return ReturnInterview.objects.create(episode=episode)


def end_episode(episode: MissingEpisode, *, ended_at: datetime, reason: str, by: Person) -> None:
    """Say that a child is no longer missing though they did not return, and why; no interview follows."""
    if ended_at > timezone.now():
        raise IncompleteError("It must not be in the future", "day")
    if ended_at < episode.starts_at:
        raise IncompleteError("It cannot have ended before the child was missing", "day")
    need_text(reason, "Say why, as that the child turned 18 or died", "reason")
    with transaction.atomic(), because(reason):
        move("end episode", episode, by, ended_at=ended_at, ended_because=reason)


def set_aside_episode(episode: MissingEpisode, reason: str, *, by: Person) -> None:
    """Say that an episode was recorded in error, and why: it stays on record, and counts nowhere.

    Where the child, once two records, is on record twice for that time, what it answered the other answers.
    """
    with transaction.atomic():
        records = all_of(locked(root_of(episode.child)))
        answered = list(episode.concerns.filter(aside_at=None))
        set_aside("set aside episode", episode, reason, by)
        other = _at_the_same_time(records, episode.starts_at, episode.over_at).first()
        for each in answered if other else ():
            ConcernAnswer.objects.create(
                contact=each.contact, child=each.child, fear=each.fear, episode=other, by=by
            )


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


def _need_return(starts_at: datetime, returned_at: datetime, field: str = "day") -> None:
    if returned_at > timezone.now():
        raise IncompleteError("The return must not be in the future", field)
    if returned_at < starts_at:
        raise IncompleteError("The child cannot have returned before they were missing", field)


def _need_free(
    records: list[KnownPerson],
    starts_at: datetime,
    over_at: datetime | None,
    but: MissingEpisode | None = None,
) -> None:
    """Go on only where no other episode of the child was at the same time."""
    others = _at_the_same_time(records, starts_at, over_at)
    if but is not None:
        others = others.exclude(pk=but.pk)
    if other := others.first():
        said = timezone.localtime(other.starts_at)
        raise IncompleteError(
            f"Another episode of the child, from {said:%-d %B %Y, %H:%M}, was at the same time",
            "day",
        )


def _at_the_same_time(
    records: list[KnownPerson], starts_at: datetime, over_at: datetime | None
) -> QuerySet[MissingEpisode]:
    lasts = (
        NOT_OVER
        | Q(returned_at__gt=starts_at, aside_at=None)
        | Q(ended_at__gt=starts_at, aside_at=None)
    )
    found = MissingEpisode.objects.filter(lasts, child__in=records)
    return found if over_at is None else found.filter(starts_at__lt=over_at)


def _team_of(by: Person) -> Team | None:
    """Give the team for which somebody records an episode; None where they have none."""
    roles = RECORDER.policy.roles
    return next(
        (each.team for each in by.appointments_in_force if each.role in roles and each.team), None
    )
