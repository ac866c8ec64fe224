"""How the invented cases begin: by a contact that was decided so long ago, or by a transfer."""

from collections.abc import Sequence
from datetime import datetime

from sightline.clocks.rules import due_at
from sightline.service.children.models import KnownPerson
from sightline.service.frontdoor.models import (
    Contact,
    ContactChild,
    Level,
    OutcomeNotice,
    Recommendation,
)
from sightline.service.frontdoor.queries.thresholds import guidance_on
from sightline.service.protection.actions import referrals
from sightline.service.protection.invented.making import Making, Place
from sightline.service.protection.invented.moments import as_of
from sightline.service.protection.models import Referral

_LETTERS = "23456789BCDFGHJKMNPQRTVWXY"
_KINDS = ("neglect", "domestic_abuse", "physical", "emotional", "parent_mental_health")
_SOURCES = (("2A", "education"), ("6", "police"), ("3B", "health"))


def decided_contact(
    making: Making, place: Place, children: Sequence[KnownPerson], ago: int, outcome: str
) -> Contact:
    """Keep a contact about children that came and was decided so many working days ago, and is closed.

    Rows and no actions, as with those of the week: the front door has no part in what is shown here.
    """
    came, decided = making.at(ago, 9), making.at(ago, 15)
    name = children[0].first_names
    source, agency = making.one_of(_SOURCES)
    guidance = guidance_on(came.date())
    levels = list(guidance.levels.all()) if guidance else []
    letters = "".join(making.one_of(_LETTERS) for _ in range(8))
    contact = Contact.objects.create(
        number=f"{letters[:4]}-{letters[4:]}",
        received_at=came,
        way=Contact.Way.PHONE,
        source=source,
        agency=making.agencies[agency],
        referrer_name=f"{making.one_of('ABCDEFGH')}. Invented",
        concern=making.say("contact", "concern", name),
        kind=making.one_of(_KINDS),
        guidance=guidance,
        level_declared=levels[-1] if levels else None,
        level_evidence=making.say("contact", "declared", name),
        consent="given",
        consent_from="A parent, by telephone",
        priority="amber",
        priority_because="Likely to become worse before the week is over",
        priority_by=making.officer,
        priority_at=came,
        state=Contact.State.CLOSED,
        decide_by=due_at("REF-1", came),
        team=place.team,
        locality=place.locality,
        taken_by=making.officer,
        screened_by=making.officer,
        screened_at=came,
        closed_at=making.at(ago, 16),
    )
    ContactChild.objects.bulk_create(
        ContactChild(
            contact=contact,
            person=each,
            first_names=each.first_names,
            last_name=each.last_name,
            born=each.born,
            matched_by=making.officer,
            matched_at=came,
        )
        for each in children
    )
    if levels:
        _decided(making, contact, outcome, levels[-1], decided)
    return contact


def _decided(making: Making, contact: Contact, outcome: str, level: Level, at: datetime) -> None:
    decision = Recommendation.objects.create(
        contact=contact,
        outcome=outcome,
        level=level,
        rationale="The needs are at this level and not met by what agencies do.",
        by=making.officer,
        at=contact.received_at,
        state=Recommendation.State.AUTHORISED,
        decided_outcome=outcome,
        decision_rationale="I agree with what is recommended, on the same evidence.",
        decided_by=making.director,
        decided_at=at,
    )
    OutcomeNotice.objects.create(
        contact=contact,
        decision=decision,
        due_at=due_at("NOTICE-1", at),
        how="phone",
        text="As in the letter of that day.",
        sent_by=making.officer,
        sent_at=contact.closed_at,
    )


def referred(
    making: Making,
    place: Place,
    children: Sequence[KnownPerson],
    ago: int,
    outcome: str = "referral",
) -> list[Referral]:
    """Open the cases of children whose contact was decided so many working days ago."""
    contact = decided_contact(making, place, children, ago, outcome)
    with as_of(making.at(ago, 15)):
        return [
            referrals.open_referral(each, contact, primary_need=making.one_of(("N1", "N4", "N5")))
            for each in children
        ]


def transferred(
    making: Making, place: Place, child: KnownPerson, ago: int, *, had_plan: bool
) -> Referral:
    """Open the case of a child who moved in so many working days ago."""
    with as_of(making.at(ago, 12)):
        return referrals.transfer_in(
            child,
            transferred_from="Invented Borough",
            received_at=making.at(ago, 9),
            had_plan=had_plan,
            team=place.team,
            locality=place.locality,
            primary_need="N1",
            by=place.manager,
        )
