"""A child's case begins: from a contact that was decided so, or by transfer from another authority."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from sightline.records.codes import codes
from sightline.service.accounts.models import Locality, Person, Team
from sightline.service.accounts.policies import ALLOCATE, WORK_CASES
from sightline.service.accounts.steps import IncompleteError, NotAllowedError, StepError
from sightline.service.audit.context import because
from sightline.service.children.models import KnownPerson
from sightline.service.children.queries import all_of, may_open, root_of
from sightline.service.frontdoor.beginning import BEGINS_WORK
from sightline.service.frontdoor.models import Contact, PassedOn
from sightline.service.protection.actions.conferring import ask_for_conference
from sightline.service.protection.actions.discussing import call_in
from sightline.service.protection.actions.steps import need_text, write
from sightline.service.protection.clocks import due_day
from sightline.service.protection.models import Conference, ProtectionPlan, Referral
from sightline.service.protection.states import ALLOCATOR

NOBODY_S = "Choose the team or the locality, or nobody will see the case"
NEW_CONCERN = "A new contact was decided for social care."


def open_referral(child: KnownPerson, contact: Contact, *, primary_need: str = "") -> Referral:
    """Give the child's open referral: that there is, or one made from a contact whose decision says so.

    It takes the contact's team, locality, source and time of receipt, or of its being opened again. For the
    outcome `strategy` a strategy discussion is called, unless one waits. Called twice it makes nothing twice.
    `IncompleteError` where the contact was not decided so, is not about this child, or says neither team nor
    locality. A closure that was asked for falls: there is a new concern. Whoever may decide about the contact
    may do this.
    """
    decision = (
        contact.recommendations.filter(decided_outcome__in=BEGINS_WORK)
        .order_by("-decided_at")
        .first()
    )
    if decision is None or decision.decided_at is None:
        raise IncompleteError("No referral to social care was authorised for this contact.")
    records = all_of(root_of(child))
    if not contact.children.filter(person__in=records).exists():
        raise IncompleteError("This contact is not about this child.")
    with transaction.atomic():
        referral = _taken_up(records, decision.decided_by) or _made(
            Referral(
                child=records[0],
                contact=contact,
                received_at=contact.waits_since,
                source=contact.source,
                primary_need=primary_need,
                team=contact.team,
                locality=contact.locality,
            ),
            records,
        )
        if decision.decided_outcome == "strategy":
            call_in(referral, decision.decided_at)
    return referral


def transfer_in(
    child: KnownPerson,
    *,
    transferred_from: str,
    received_at: datetime,
    had_plan: bool | None,
    team: Team | None,
    locality: Locality | None,
    primary_need: str = "",
    by: Person,
) -> Referral:
    """Open the case of a child who has moved in. With a plan in the other authority a conference is due;
    whether there was one may not be known yet.

    `StepError` where the child has an open case already.
    """
    if not may_open(by, child, ALLOCATE):
        raise NotAllowedError(f"This is done by {ALLOCATOR.words}.")
    need_text(transferred_from, "Enter which authority the child came from", "transferred_from")
    if received_at > timezone.now():
        raise IncompleteError("The day must not be after today", "received_on")
    if team is None and locality is None:
        raise IncompleteError(NOBODY_S, "team")
    records = all_of(root_of(child))
    with transaction.atomic():
        if _open_of(records):
            raise StepError("This child has an open case already. Nothing was changed.")
        referral = _made(
            Referral(
                child=records[0],
                received_at=received_at,
                transferred_from=transferred_from,
                had_plan_there=had_plan,
                primary_need=primary_need,
                team=team,
                locality=locality,
            ),
            records,
        )
        _ask_if_planned(referral)
    return referral


def _ask_if_planned(referral: Referral) -> None:
    if referral.had_plan_there and not referral.conferences.exists():
        due_on = due_day("TRANSFER-15", referral.received_at)
        ask_for_conference(referral, Conference.Kind.TRANSFER, due_on)


def describe_case(
    referral: Referral,
    version: int,
    *,
    primary_need: str,
    locality: Locality | None,
    had_plan_there: bool | None = None,
    by: Person,
) -> None:
    """Say what the primary need of a case is, a code of `primary_need`, and where the child lives.

    Of a child who moved in, whether there was a plan in the other authority, where it was not known before.
    `ConflictError` where another changed the case meanwhile.
    """
    if primary_need not in codes("primary_need"):
        raise IncompleteError("Choose the primary need", "primary_need")
    if referral.team is None and locality is None:
        raise IncompleteError(NOBODY_S, "locality")
    changes: dict[str, Any] = {"primary_need": primary_need, "locality": locality}
    if had_plan_there is not None:
        changes["had_plan_there"] = had_plan_there
    with transaction.atomic():
        write("describe", referral, by, version, changes)
        _ask_if_planned(Referral.objects.get(pk=referral.pk))


def read_passed_on(row: PassedOn, at: datetime, *, by: Person) -> None:
    """Put on record that a contact passed on was read; `StepError` where another has read it already."""
    if not may_open(by, root_of(row.person), WORK_CASES):
        raise NotAllowedError("Whoever works with the child, or manages the case, reads it.")
    with transaction.atomic():
        if not PassedOn.objects.filter(pk=row.pk, read_at=None).update(read_by=by, read_at=at):
            raise StepError("It was read already. Nothing was changed.")


def has_open_case(child: KnownPerson) -> bool:
    """Whether a child has an open case, so that somebody works with them."""
    return _open_of(all_of(root_of(child))) is not None


def _taken_up(records: list[KnownPerson], by: Person | None) -> Referral | None:
    """Give the open case of a child, locked; one that was to be closed is open again. None: there is none."""
    found = _open_of(records)
    if found is None:
        return None
    found = Referral.objects.select_for_update().get(pk=found.pk)
    if found.state == Referral.State.CLOSED:  # authorised meanwhile
        return _taken_up(records, by)
    if found.state == Referral.State.CLOSING:
        with because(NEW_CONCERN):
            Referral.objects.filter(pk=found.pk).update(
                state=Referral.State.OPEN,
                closing_by=None,
                closing_at=None,
                closing_returned_because=NEW_CONCERN,
                closing_returned_by=by,
                closing_returned_at=timezone.now(),
                version=F("version") + 1,
            )
        found.refresh_from_db()
    return found


def _open_of(records: list[KnownPerson]) -> Referral | None:
    """Give the open case; of two, as after a merge, the one with a child protection plan."""
    found = Referral.objects.filter(child__in=records).exclude(state=Referral.State.CLOSED)
    plans = ProtectionPlan.objects.filter(referral=OuterRef("pk"), ends=None)
    return found.order_by(Exists(plans).desc(), "pk").first()


def _made(referral: Referral, records: list[KnownPerson]) -> Referral:
    """Keep a new referral; of two at once the second is given what the first made."""
    if referral.team is None and referral.locality is None:
        raise IncompleteError(NOBODY_S)
    try:
        with transaction.atomic():
            referral.full_clean(validate_constraints=False)
            referral.save()
    except IntegrityError:
        found = _open_of(records)
        if found is None:
            raise
        return found
    except ValidationError as error:
        raise IncompleteError("; ".join(error.messages)) from None
    return referral


def received_on(day: date) -> datetime:
    """Give the moment from which the clocks of something received on a day run: its beginning."""
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))
