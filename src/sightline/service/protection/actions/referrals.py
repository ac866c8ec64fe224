"""A child's case begins: from a contact that was decided so, or by transfer from another authority."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from sightline.service.accounts.models import Locality, Person, Team
from sightline.service.accounts.policies import ALLOCATE
from sightline.service.accounts.steps import IncompleteError, NotAllowedError, StepError
from sightline.service.children.models import KnownPerson
from sightline.service.children.queries import all_of, may_open, root_of
from sightline.service.frontdoor.beginning import BEGINS_WORK
from sightline.service.frontdoor.models import Contact
from sightline.service.protection.actions.conferring import ask_for_conference
from sightline.service.protection.actions.discussing import call_in
from sightline.service.protection.actions.steps import need_text
from sightline.service.protection.clocks import due_day
from sightline.service.protection.models import Conference, Referral
from sightline.service.protection.states import ALLOCATOR


def open_referral(child: KnownPerson, contact: Contact, *, primary_need: str = "") -> Referral:
    """Give the child's open referral: that there is, or one made from a contact whose decision says so.

    It takes the contact's team, locality, source and time of receipt. For the outcome `strategy` a strategy
    discussion is called, unless one waits. Called twice it makes nothing twice. `IncompleteError` where the
    contact was not decided so, or is not about this child. Whoever may decide about the contact may do this.
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
        referral = _open_of(records) or _made(
            Referral(
                child=records[0],
                contact=contact,
                received_at=contact.received_at,
                source=contact.source,
                primary_need=primary_need,
                team=contact.team,
                locality=contact.locality,
            ),
            records,
        )
        if decision.decided_outcome == "strategy" and referral.state == Referral.State.OPEN:
            call_in(referral, decision.decided_at)
    return referral


def transfer_in(
    child: KnownPerson,
    *,
    transferred_from: str,
    received_at: datetime,
    had_plan: bool,
    team: Team | None,
    locality: Locality | None,
    primary_need: str = "",
    by: Person,
) -> Referral:
    """Open the case of a child who has moved in. With a plan in the other authority a conference is due.

    `StepError` where the child has an open case already.
    """
    if not may_open(by, child, ALLOCATE):
        raise NotAllowedError(f"This is done by {ALLOCATOR.words}.")
    need_text(transferred_from, "Enter which authority the child came from", "transferred_from")
    if received_at > timezone.now():
        raise IncompleteError("The day must not be after today", "received_on")
    if team is None and locality is None:
        raise IncompleteError(
            "Choose the team or the locality, or nobody will see the case", "team"
        )
    records = all_of(root_of(child))
    with transaction.atomic():
        if _open_of(records):
            raise StepError("This child has an open case already. Nothing was changed.")
        referral = _made(
            Referral(
                child=records[0],
                received_at=received_at,
                transferred_from=transferred_from,
                primary_need=primary_need,
                team=team,
                locality=locality,
            ),
            records,
        )
        if had_plan and not referral.conferences.exists():
            ask_for_conference(
                referral, Conference.Kind.TRANSFER, due_day("TRANSFER-15", received_at)
            )
    return referral


def _open_of(records: list[KnownPerson]) -> Referral | None:
    found = Referral.objects.filter(child__in=records).exclude(state=Referral.State.CLOSED)
    return found.order_by("pk").first()


def _made(referral: Referral, records: list[KnownPerson]) -> Referral:
    """Keep a new referral; of two at once the second is given what the first made."""
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
