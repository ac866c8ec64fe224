"""Screening for exploitation, and the monthly review of the risk it found."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from sightline.service.accounts.models import Locality, Person
from sightline.service.accounts.steps import IncompleteError, StepError
from sightline.service.audit.context import because
from sightline.service.children.models import KnownPerson
from sightline.service.children.queries import all_of, root_of
from sightline.service.missing.actions.steps import locked, move, need_text, need_who
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
    by: Person,
) -> Screening:
    """Screen a child: every question of an edition answered, and a level decided.

    Another level than the answers suggest needs a reason. A screening of the child that is still reviewed
    ends with this one; `StepError` where this very one was made already.
    """
    root = root_of(child)
    need_who(SCREENER, root, by)
    on = made_on or timezone.localdate()
    if on > timezone.localdate():
        raise IncompleteError("The day must not be after today", "made_on")
    if edition.since > on:
        raise IncompleteError(f"{edition.edition} was not in force on that day", "made_on")
    _need_answers(edition, answers)
    suggested = edition.suggest(answers).level
    decided = _level(edition, level)
    if decided != suggested:
        need_text(level_because, "Say why the level is another than suggested", "level_because")
    given = {
        "tool": edition.tool,
        "edition": edition.edition,
        "made_on": on,
        "answers": {each.code: answers[each.code] for each in edition.questions},
        "shown_by": {code: said for code, said in (shown_by or {}).items() if said},
        "suggested_level": suggested.code,
        "level": decided.code,
        "level_because": level_because if decided != suggested else "",
        "level_now": decided.code,
        "next_step": next_step,
        "locality": locality,
    }
    records = all_of(root)
    try:
        with transaction.atomic():
            locked(root)
            if Screening.objects.filter(child__in=records, by=by, **given).exists():
                raise StepError("This screening is on record already. Nothing was changed.")
            for former in Screening.objects.filter(child__in=records, ended_on=None):
                move("screen again", former, by, ended_on=on, ended_because=AGAIN)
            return Screening.objects.create(
                child=root, by=by, ended_on=None if decided.reviewed else on, **given
            )
    except IntegrityError:
        raise StepError("Another has screened this child meanwhile. Nothing was changed.") from None


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
    """
    on = reviewed_on or timezone.localdate()
    if on > timezone.localdate():
        raise IncompleteError("The day must not be after today", "reviewed_on")
    if on < last_looked_at(screening):
        raise IncompleteError("It was reviewed after that day already", "reviewed_on")
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
    try:
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
    except IntegrityError:
        raise StepError(
            "This risk was reviewed on that day already. Nothing was changed."
        ) from None


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
