"""Screening for exploitation, and the monthly review of the risk it found."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Max, Q
from django.utils import timezone

from sightline.service.accounts.models import Locality, Person
from sightline.service.accounts.steps import IncompleteError, StepError
from sightline.service.audit.context import because
from sightline.service.children.models import KnownPerson
from sightline.service.children.queries import all_of, root_of
from sightline.service.missing.actions.steps import (
    locked,
    move,
    need_child,
    need_text,
    need_who,
    set_aside,
)
from sightline.service.missing.models import RiskReview, Screening
from sightline.service.missing.states import SCREENER
from sightline.service.missing.tools.reading import ANSWERS, Edition, Level, edition_of
from sightline.service.protection.clocks import clock

RULE = "RISK-1M"
"""The time limit of a review of the risk."""
AGAIN = "Screened again"


def screen(
    child: KnownPerson,
    edition: Edition,
    answers: Mapping[str, str],
    *,
    level: str,
    level_because: str = "",
    shown_by: Mapping[str, str] | None = None,
    next_step: str = "",
    locality: Locality | None = None,
    made_on: date | None = None,
    is_child: bool = False,
    by: Person,
) -> Screening:
    """Screen a child: every question of an edition answered, and a level decided.

    Another level than the answers suggest needs a reason; and so does one that is not reviewed where what is
    not known could make it one that is. A screening of the child that is still reviewed ends with this one.
    `is_child` says that somebody without a date of birth is one. `StepError` where this very one was made
    already, `IncompleteError` where something is not said or the child was looked at since that day.
    """
    root = root_of(child)
    need_who(SCREENER, root, by)
    on = made_on or timezone.localdate()
    if on > timezone.localdate():
        raise IncompleteError("The day must not be after today", "made_on")
    if edition.since > on:
        raise IncompleteError(f"{edition.edition} was not in force on that day", "made_on")
    records = all_of(root)
    need_child(records, on, "made_on", is_child=is_child)
    _need_answers(edition, answers)
    suggestion = edition.suggest(answers)
    suggested, could_be = suggestion.level, suggestion.could_be
    decided = _level(edition, level)
    is_unsure = could_be.reviewed and not decided.reviewed
    if decided != suggested:
        need_text(level_because, "Say why the level is another than suggested", "level_because")
    elif is_unsure:
        need_text(
            level_because,
            f"Not known is not no, and it could be “{could_be.name}”: say why the risk is not reviewed, or "
            "decide a level that is",
            "level_because",
        )
    given = {
        "tool": edition.tool,
        "edition": edition.edition,
        "made_on": on,
        "answers": {each.code: answers[each.code] for each in edition.questions},
        "shown_by": {code: said for code, said in (shown_by or {}).items() if said},
        "suggested_level": suggested.code,
        "level": decided.code,
        "level_because": level_because if decided != suggested or is_unsure else "",
        "level_now": decided.code,
        "next_step": next_step,
        "locality": locality,
    }
    try:
        with transaction.atomic():
            locked(root)
            standing = Screening.objects.filter(child__in=records, aside_at=None)
            if standing.filter(by=by, **given).exists():
                raise StepError("This screening is on record already. Nothing was changed.")
            # Those that ended too: else an earlier day would say again what a later look has ruled out.
            looks = standing.aggregate(made=Max("made_on"), reviewed=Max("reviews__reviewed_on"))
            if any(day and on < day for day in looks.values()):
                raise IncompleteError(
                    "The child was screened, or the risk reviewed, after that day already. If the risk is "
                    "another now, screen the child again as of today, and say under “What is done about it "
                    "now?” on which day it was",
                    "made_on",
                )
            formers = list(standing.filter(ended_on=None))
            for former in formers:
                move("screen again", former, by, ended_on=on, ended_because=AGAIN)
            made = Screening.objects.create(
                child=root, by=by, ended_on=None if decided.reviewed else on, **given
            )
            Screening.objects.filter(pk__in=[each.pk for each in formers]).update(followed_by=made)
            return made
    except IntegrityError:
        raise StepError("Another has screened this child meanwhile. Nothing was changed.") from None


def set_aside_screening(screening: Screening, reason: str, *, by: Person) -> None:
    """Say that a screening was recorded in error, and why.

    One that it ended is under review again, where nobody has screened the child since.
    """
    with transaction.atomic(), because(reason):
        records = all_of(locked(root_of(screening.child)))
        set_aside("set aside screening", screening, reason, by)
        others = Screening.objects.filter(child__in=records, aside_at=None)
        since = Q(made_on__gt=screening.made_on) | Q(made_on=screening.made_on, pk__gt=screening.pk)
        later = others.filter(since | Q(ended_on=None)).order_by("made_on", "pk").first()
        for former in Screening.objects.filter(followed_by=screening, aside_at=None):
            if later is None:
                move("take up again", former, by, ended_on=None, ended_because="", followed_by=None)
            else:
                Screening.objects.filter(pk=former.pk).update(followed_by=later)


def take_up_parted(*people: KnownPerson) -> None:
    """Take up again the screenings of people who were one record until now, that one of another's ended.

    One of whose child there is a later look stays as it is, followed by that. Nobody takes this step: it is
    part of the parting.
    """
    for person in people:
        records = all_of(person)
        own = Screening.objects.filter(child__in=records, aside_at=None)
        of_others = own.exclude(followed_by=None).exclude(followed_by__child__in=records)
        for former in of_others.order_by("-made_on", "-pk"):
            since = Q(made_on__gt=former.made_on) | Q(made_on=former.made_on, pk__gt=former.pk)
            later = own.filter(since | Q(ended_on=None)).order_by("made_on", "pk").first()
            open_again = {"ended_on": None, "ended_because": "", "followed_by": None}
            changes = {"followed_by": later} if later else open_again
            Screening.objects.filter(pk=former.pk).update(**changes, version=F("version") + 1)


def review_risk(
    screening: Screening,
    version: int,
    level: str,
    why: str,
    *,
    late_because: str = "",
    reviewed_on: date | None = None,
    by: Person,
) -> RiskReview:
    """Review the risk: the level from now on, and why; to a level that is not reviewed, the reviews end.

    Later than the rule allows it says why late. `StepError` where another reviewed it since it was read.
    A risk may be reviewed again on the same day, as after something new is told.
    """
    on = reviewed_on or timezone.localdate()
    if on > timezone.localdate():
        raise IncompleteError("The day must not be after today", "reviewed_on")
    if on < last_looked_at(screening):
        raise IncompleteError("The risk was looked at after that day already", "reviewed_on")
    need_text(why, "Say why, and on what evidence", "because")
    edition = edition_of(screening.tool, screening.edition)
    if edition is None:
        raise StepError("The tool of this screening is no longer known. Screen the child again.")
    decided = _level(edition, level)
    if was_late(screening, on):
        need_text(late_because, "It is later than the rule allows: say why", "late_because")
    changes: dict[str, Any] = {"level_now": decided.code}
    if not decided.reviewed:
        changes |= {"ended_on": on, "ended_because": why}
    with transaction.atomic(), because(why):
        # Written under the version that was read, so of two reviews at once only one is made.
        move(
            "review risk" if decided.reviewed else "end review",
            screening,
            by,
            version,
            **changes,
        )
        return RiskReview.objects.create(
            screening=screening,
            reviewed_on=on,
            by=by,
            level=decided.code,
            because=why,
            late_because=late_because,
        )


def last_looked_at(screening: Screening) -> date:
    """Give the day of the last review, or of the screening itself."""
    last = screening.reviews.order_by("-reviewed_on").values_list("reviewed_on", flat=True).first()
    return last or screening.made_on


def was_late(screening: Screening, on: date) -> bool:
    """Whether a review on a day is late by the rule of the day of the last one."""
    found = clock(RULE, last_looked_at(screening))
    return found is not None and on > timezone.localdate(found.due)


def _need_answers(edition: Edition, answers: Mapping[str, str]) -> None:
    for each in edition.questions:
        if answers.get(each.code) not in ANSWERS:
            raise IncompleteError(f"Answer “{each.words}”", each.code)


def _level(edition: Edition, code: str) -> Level:
    found = edition.level(code)
    if found is None:
        raise IncompleteError("Select the level", "level")
    return found
