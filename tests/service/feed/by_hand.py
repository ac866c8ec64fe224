"""What no return holds, counted by hand from the tables of casework, one row at a time.

Numerators and denominators over all of it; the words are those of INDICATORS 4.2, 4.4 and 4.8.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils import timezone

from sightline.clocks.calendar import due, elapsed
from sightline.service.frontdoor.models import (
    Contact,
    ContactChild,
    InformationRequest,
    Recommendation,
)
from sightline.service.missing.models import MissingEpisode
from sightline.service.protection.models import (
    AgencyAtConference,
    Enquiry,
    ProtectionPlan,
    Referral,
)

HELPED = ("referral", "strategy")
PUBLIC = ("1A", "1B", "1C", "1D", "9")
Share = tuple[int, int]


def shares() -> dict[tuple[str, str], Share]:
    """Give numerator and denominator of each share, by code and part."""
    contacts = list(Contact.objects.all())
    of_children = list(ContactChild.objects.all())
    professional = [
        each
        for each in contacts
        if each.source not in PUBLIC
        and (each.agency or each.source not in ("", "10"))
        and not each.is_anonymous
    ]
    decisions = [
        each for of in professional for each in of.recommendations.exclude(decided_by=None)
    ]
    levels = [
        (each.contact.level_declared.number, decision.level.number)
        for each in of_children
        if each.contact.level_declared
        and _is_taken_up(each)
        and (decision := _decision(each.contact))
    ]
    referrals = list(Referral.objects.all())
    of_contacts = [each for each in referrals if each.contact]
    enquiries = [each for each in Enquiry.objects.all() if due(_day(each.began_at), 5) < _today()]
    plans = [each for each in ProtectionPlan.objects.all() if due(each.starts, 10) < _today()]
    invited = AgencyAtConference.objects.filter(conference__held_at__isnull=False)
    requests = InformationRequest.objects.all()
    back = MissingEpisode.objects.filter(returned_at__isnull=False)
    accepted = back.filter(interview__accepted=True)
    return {
        ("FD-03", ""): _share(_is_taken_up(each) for each in of_children),
        ("FD-04", ""): _share(
            elapsed(_day(each.received_at), _day(_taken_up(each))) <= 1 for each in of_contacts
        ),
        ("FD-06", ""): _share(
            bool(
                (made := _decision(each.contact))
                and (
                    made.level.number < 4 or made.decided_outcome in ("no_further_action", "advice")
                )
            )
            for each in of_children
        ),
        ("FD-10", ""): _share(_triaged_in_time(each) for each in contacts),
        ("FD-12", ""): _share(
            bool(sent := each.notice.sent_at) and elapsed(_day(each.decided_at), _day(sent)) <= 1
            for each in decisions
        ),
        ("FD-13", ""): _share(
            each.consent == "given" or bool(each.override_basis and each.override_reason)
            for each in professional
        ),
        ("FD-14", ""): _share(
            bool(each.replied_at and each.replied_at <= each.due_at and not each.refused_because)
            for each in requests
        ),
        ("FD-15", ""): _share(stated != found for stated, found in levels),
        ("FD-15", "higher"): _share(stated > found for stated, found in levels),
        ("FD-15", "lower"): _share(stated < found for stated, found in levels),
        ("FD-16", ""): _share(_allocated_in_time(each) for each in referrals),
        ("CP-04", ""): _share(
            bool(each.decided_at) and elapsed(_day(each.began_at), _day(each.decided_at)) <= 5
            for each in enquiries
        ),
        ("CP-08", ""): _share(
            any(
                elapsed(_day(each.made_at.held_at), group.held_on) <= 10
                for group in each.core_groups.exclude(held_on=None)
            )
            for each in plans
        ),
        ("CP-18", ""): _share(bool(each.attended) for each in invited),
        ("CP-18", "attended"): _share(bool(each.attended) for each in invited),
        ("MI-03", "all"): _share(_interviewed(each) for each in back),
        ("MI-03", "accepted"): _share(_interviewed(each) for each in accepted),
    }


def waiting() -> int:
    """Count the contacts that wait for a decision for more than 24 hours (FD-11)."""
    day_ago = timezone.now() - timedelta(hours=24)
    return sum(
        not _decision(each) and (each.reopened_at or each.received_at) < day_ago
        for each in Contact.objects.all()
    )


def undecided() -> int:
    """Count the contacts that wait for a decision, however long (FD-04)."""
    return sum(not _decision(each) for each in Contact.objects.all())


def unallocated() -> int:
    """Count the open referrals that no worker has ever had (FD-16)."""
    return Referral.objects.filter(allocations=None, closed_on=None).count()


def late_reasons() -> dict[str, int]:
    """Count the conferences more than 15 working days after their enquiry began, by reason (CP-20)."""
    found: dict[str, int] = {}
    for enquiry in Enquiry.objects.all():
        for held in enquiry.conferences.exclude(held_at=None):
            if elapsed(_day(enquiry.began_at), _day(held.held_at)) > 15:
                name = held.get_late_reason_display()
                found[name] = found.get(name, 0) + 1
    return found


def _share(each: Iterable[bool]) -> Share:
    answers = list(each)
    return sum(answers), len(answers)


def _decision(contact: Contact) -> Recommendation | None:
    """Give the decision that stands: none of a contact that was opened again and waits."""
    if contact.state not in ("decided", "closed"):
        return None
    return contact.recommendations.exclude(decided_outcome="").first()


def _is_taken_up(child: ContactChild) -> bool:
    """Whether a contact, as it is decided now, began a case of this child of it."""
    decision = _decision(child.contact)
    begun = child.contact.referrals.filter(child=child.person) if child.person else None
    return bool(decision and decision.decided_outcome in HELPED and begun and begun.exists())


def _taken_up(referral: Referral) -> datetime:
    """Give when it was decided to take a referral up: the decision before may be of an earlier one."""
    assert referral.contact is not None
    decisions = referral.contact.recommendations.filter(decided_outcome__in=HELPED)
    return min(
        each.decided_at
        for each in decisions
        if each.decided_at and each.decided_at >= referral.received_at
    )


def _triaged_in_time(contact: Contact) -> bool:
    days = [_day(each.triage.began_at) for each in contact.triages.all()]
    days += [_day(each.at) for each in contact.recommendations.all()]
    days += [_day(contact.priority_at)] if contact.priority_at else []
    return bool(days) and elapsed(_day(contact.received_at), min(days)) <= 1


def _allocated_in_time(referral: Referral) -> bool:
    if referral.transferred_from:
        return False  # only the day is known
    first = referral.allocations.order_by("starts_at").first()
    return first is not None and first.starts_at - referral.received_at <= timedelta(hours=24)


def _interviewed(episode: MissingEpisode) -> bool:
    done = episode.interview.completed_at
    return bool(done and episode.returned_at and done - episode.returned_at <= timedelta(hours=72))


def _day(moment: datetime | None) -> date:
    assert moment is not None
    return timezone.localdate(moment)


def _today() -> date:
    return timezone.localdate()
