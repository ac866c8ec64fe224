"""What agencies add to the problem profile: places and patterns, never a child's name."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from sightline.service.accounts.models import Person
from sightline.service.accounts.policies import AGREE_PROFILE
from sightline.service.accounts.steps import IncompleteError, NotAllowedError, StepError
from sightline.service.audit.context import because
from sightline.service.audit.models import Verb
from sightline.service.audit.record import record
from sightline.service.missing.actions.steps import move, need_text, write
from sightline.service.missing.models import AgreedProfile, ProfileContribution
from sightline.service.missing.queries.names import names_in
from sightline.service.missing.queries.profile import shown
from sightline.service.missing.states import CONTRIBUTOR


def contribute(
    about: Mapping[str, Any], *, names_nobody: bool = False, by: Person
) -> ProfileContribution:
    """Add what somebody's agency knows; `about` by column of `ProfileContribution`.

    `IncompleteError` where the text seems to name a child, unless `names_nobody` says that it does not.
    """
    if not CONTRIBUTOR.policy.allows(by):
        raise NotAllowedError(f"This is done by {CONTRIBUTOR.words}.")
    if by.agency is None:
        raise IncompleteError("Your account has no agency: an administrator can enter it.")
    _need_whole(about, names_nobody)
    with transaction.atomic():
        same = ProfileContribution.objects.filter(agency=by.agency, withdrawn_at=None, **about)
        if same.exists():
            raise StepError("Your agency has added this already. Nothing was changed.")
        made = ProfileContribution.objects.create(agency=by.agency, by=by, **about)
        _note(made, about["text"])
        return made


def correct_contribution(
    row: ProfileContribution,
    version: int,
    about: Mapping[str, Any],
    *,
    names_nobody: bool = False,
    by: Person,
) -> None:
    """Change what was added; `ConflictError` where another of the agency did meanwhile."""
    _need_whole(about, names_nobody)
    with transaction.atomic():
        write("correct contribution", row, by, version, about)
        _note(row, about["text"])


def withdraw_contribution(row: ProfileContribution, reason: str, *, by: Person) -> None:
    """Take a contribution out of the profile, with the reason; it stays on record."""
    need_text(reason, "Say why", "reason")
    with transaction.atomic(), because(reason):
        move(
            "withdraw contribution",
            row,
            by,
            withdrawn_at=timezone.now(),
            withdrawn_because=reason,
        )


def agree_profile(
    months: Sequence[date], *, meeting: str, agreed_on: date, by: Person
) -> AgreedProfile:
    """Keep the profile of some months as it stands now, as a meeting agreed it; `StepError` if it is kept."""
    if not AGREE_PROFILE.allows(by):
        raise NotAllowedError("You may not put on record what a meeting agreed.")
    need_text(meeting, "Enter which meeting agreed it", "meeting")
    if agreed_on > timezone.localdate():
        raise IncompleteError("The day must not be after today", "agreed_on")
    try:
        with transaction.atomic():
            return AgreedProfile.objects.create(
                since=months[0],
                until=months[-1],
                meeting=meeting,
                agreed_on=agreed_on,
                shown=shown(months),
                by=by,
            )
    except IntegrityError:
        raise StepError("What this meeting agreed is on record already.") from None


def _need_whole(about: Mapping[str, Any], names_nobody: bool) -> None:
    need_text(about["text"], "Write what your agency knows", "text")
    if about["covers_until"] < about["covers_from"]:
        raise IncompleteError("The last day is before the first", "covers_until")
    if about["covers_until"] > timezone.localdate():
        raise IncompleteError("The last day must not be after today", "covers_until")
    found = names_in(about["text"])
    if found and not names_nobody:
        named = ", ".join(f"“{each}”" for each in found)
        raise IncompleteError(
            f"This may name a child: {named}. Write it without the name. Where it is none, as the name of a "
            "street, say so below and send it again.",
            "text",
        )


def _note(row: ProfileContribution, text: str) -> None:
    """Put on record that somebody said of words like a child's name that they are none."""
    if found := names_in(text):
        record(Verb.ACT, "words like a name in a contribution", row.pk, after={"pairs": len(found)})
