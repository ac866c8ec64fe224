"""A case closes: one asks with the reason, another authorises. Nothing may be open then.

One that was closed by mistake is open again.
"""

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from sightline.records.codes import codes
from sightline.service.accounts.models import Person
from sightline.service.accounts.steps import IncompleteError, StepError
from sightline.service.audit.context import because
from sightline.service.children.queries import all_of, root_of
from sightline.service.frontdoor.models import PassedOn
from sightline.service.protection.access import cases_of_child
from sightline.service.protection.actions.steps import move, need_step, need_text
from sightline.service.protection.elsewhere import Left, left_of
from sightline.service.protection.models import Assessment, Referral


def open_in(referral: Referral) -> list[str]:
    """Name what is still open in a case, for a sentence."""
    # As the lists have it: of the record that stands for the child now.
    unread = PassedOn.objects.filter(person=root_of(referral.child), read_at=None)
    kinds = (
        ("a contact passed on that nobody has read", unread),
        ("an assessment", referral.assessments.filter(authorised_at=None)),
        ("a strategy discussion", referral.discussions.filter(decision="")),
        ("a section 47 enquiry", referral.enquiries.filter(ended_at=None)),
        ("a conference", referral.conferences.filter(held_at=None, cancelled_because="")),
        ("a child protection plan", referral.plans.filter(ends=None)),
        ("a child in need plan", referral.need_plans.filter(ends=None)),
        ("pre-proceedings or care proceedings", referral.pre_proceedings.filter(ended_on=None)),
    )
    found = [name for name, rows in kinds if rows.exists()]
    if not_begun(referral) == Assessment.Outcome.STRATEGY:
        found.append("the strategy discussion that the assessment asks for")
    return found + [each.what for each in _left(referral) if each.blocks]


def goes_on(referral: Referral) -> list[str]:
    """Name what others have open of the child, which keeps no case open: somebody goes on with it."""
    return [each.what for each in _left(referral) if not each.blocks]


def _left(referral: Referral) -> list[Left]:
    return left_of(all_of(root_of(referral.child)))


def not_begun(referral: Referral) -> str:
    """Give what the last authorised assessment says follows, where none has begun since; empty otherwise.

    A strategy discussion must be held. A family may decline a child in need plan, so of that it is said only.
    """
    last = referral.assessments.exclude(authorised_at=None).order_by("authorised_at").last()
    if last is None or last.submitted_at is None:
        return ""
    since = last.submitted_at
    begun = {
        Assessment.Outcome.STRATEGY: referral.discussions.filter(held_at__gte=since),
        Assessment.Outcome.NEED_PLAN: referral.need_plans.filter(
            Q(ends=None) | Q(starts__gte=timezone.localdate(since))
        ),
    }
    rows = begun.get(Assessment.Outcome(last.outcome)) if last.outcome else None
    return last.outcome if rows is not None and not rows.exists() else ""


def ask_to_close(referral: Referral, reason: str, why: str, *, by: Person) -> None:
    """Ask that a case be closed; `reason` is a code of `closure_reason`."""
    if reason not in codes("closure_reason"):
        raise IncompleteError("Select the reason", "reason")
    need_text(why, "Say why, and on what evidence", "why")
    with transaction.atomic(), because(why):
        _need_nothing_open(referral)
        move(
            "ask to close",
            referral,
            by,
            state=Referral.State.CLOSING,
            closure_reason=reason,
            closed_because=why,
            closing_by=by,
            closing_at=timezone.now(),
        )


def _need_nothing_open(referral: Referral) -> None:
    # Locked, so that nothing is begun in it meanwhile.
    Referral.objects.select_for_update().get(pk=referral.pk)
    if still := open_in(referral):
        raise IncompleteError(f"Still open: {', '.join(still)}. A case closes once nothing is.")


def return_closure(referral: Referral, version: int, rationale: str, *, by: Person) -> None:
    """Leave a case open, and say why: whoever asked is shown it."""
    need_text(rationale, "Say why", "rationale")
    with transaction.atomic(), because(rationale):
        move(
            "return closure",
            referral,
            by,
            version,
            state=Referral.State.OPEN,
            closing_by=None,
            closing_at=None,
            closing_returned_because=rationale,
            closing_returned_by=by,
            closing_returned_at=timezone.now(),
        )


def authorise_closure(referral: Referral, version: int, rationale: str, *, by: Person) -> None:
    """Close a case, with the rationale; whoever had it no longer does. Nobody does so for their own."""
    need_text(rationale, "Say why: it is part of the decision", "rationale")
    now = timezone.now()
    with transaction.atomic(), because(rationale):
        _need_nothing_open(referral)
        move(
            "authorise closure",
            referral,
            by,
            version,
            state=Referral.State.CLOSED,
            closed_on=timezone.localdate(now),
            closed_by=by,
            closed_rationale=rationale,
        )
        referral.allocations.filter(ends_at=None).update(ends_at=now)


def take_back_closure(referral: Referral, version: int, reason: str, *, by: Person) -> None:
    """Have a case that was closed by mistake be open again, and say why; whoever may authorise it does so.

    Whoever had it does not have it again: it is to be allocated. Where the child has another open case, the
    work goes on in that; where another was since, this one would be open over the same weeks.
    """
    need_text(reason, "Say why", "reason")
    with transaction.atomic(), because(reason):
        need_step("take back closure", referral, by)
        states = set(others_since(referral).values_list("state", flat=True))
        if states:
            raise StepError(_SINCE if states == {Referral.State.CLOSED} else _ANOTHER)
        try:
            with transaction.atomic():
                move(
                    "take back closure",
                    referral,
                    by,
                    version,
                    state=Referral.State.OPEN,
                    closed_on=None,
                    closed_by=None,
                    closed_rationale="",
                    closing_by=None,
                    closing_at=None,
                    closing_returned_because=f"Closed on {referral.closed_on:%-d %B %Y} by mistake. {reason}",
                    closing_returned_by=by,
                    closing_returned_at=timezone.now(),
                )
        except IntegrityError:  # one that was opened meanwhile
            raise StepError(_ANOTHER) from None


def others_since(referral: Referral) -> QuerySet[Referral]:
    """Give the other cases of a case's child that are open, or were after this one closed."""
    since = ~Q(state=Referral.State.CLOSED)
    if closed_on := referral.closed_on:
        since |= Q(closed_on__gt=closed_on) | Q(received_at__date__gte=closed_on)
    return cases_of_child(referral).exclude(pk=referral.pk).filter(since)


_ANOTHER = "This child has another open case: the work goes on in that. Nothing was changed."
_SINCE = "This child has had another case since it was closed. Nothing was changed."
