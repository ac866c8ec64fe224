"""What became of an invented contact: children, questions, decisions, what the referrer was told."""

from datetime import datetime, timedelta

from django.utils import timezone

from sightline.clocks.rules import due_at
from sightline.service.children.identifiers import new_number
from sightline.service.children.models import KnownPerson
from sightline.service.frontdoor.actions.deciding import HELPS
from sightline.service.frontdoor.beginning import BEGINS_WORK
from sightline.service.frontdoor.invented.contacts import HIGH
from sightline.service.frontdoor.invented.week import Week, after
from sightline.service.frontdoor.letters import is_to_confirm
from sightline.service.frontdoor.models import (
    Analysis,
    Contact,
    ContactChild,
    Disagreement,
    InformationChase,
    InformationRequest,
    OutcomeNotice,
    Recommendation,
    SharingDecision,
)

_S = Contact.State
_OUTCOMES = {
    "high": {"strategy": 22, "referral": 67, "early_help": 8, "no_further_action": 3},
    "low": {"referral": 22, "early_help": 34, "other_agency": 10, "other_authority": 4, "advice": 18,
            "no_further_action": 12},
}  # fmt: skip


def tell_story(week: Week, contact: Contact) -> None:
    """Invent the rows of what became of a contact, and its closing."""
    children = _children(week, contact)
    if contact.state == _S.RECEIVED:
        return
    began = contact.screened_at or contact.received_at
    if contact.state == _S.INFORMATION or week.maybe(0.35):
        _ask(week, contact, children, began)
    if contact.state in (_S.RECOMMENDED, _S.DECIDED, _S.CLOSED):
        _decide(week, contact, children, began)


def _children(week: Week, contact: Contact) -> list[ContactChild]:
    found = []
    last = week.one_of(week.words["last_names"])
    unborn = contact.kind == "unborn"
    for place in range(1 if unborn else week.by_weight({1: 66, 2: 24, 3: 10})):
        child = ContactChild(contact=contact, last_name=last)
        if week.known and contact.state != _S.RECEIVED and not place and week.maybe(0.6):
            person = week.one_of(week.known)
            child.person, child.born = person, person.born
            child.first_names, child.last_name = person.first_names, person.last_name
            child.matched_by, child.matched_at = contact.screened_by, contact.screened_at
        elif unborn:
            child.is_unborn = True
        else:
            child.first_names = week.one_of(week.words["first_names"])
            years = timedelta(days=week.chance.randrange(30, 17 * 365))
            child.born = timezone.localdate(week.now) - years if week.maybe(0.85) else None
            child.school = week.one_of(week.words["schools"]) if week.maybe(0.6) else ""
        found.append(week.add(child))
    return found


def _ask(week: Week, contact: Contact, children: list[ContactChild], began: datetime) -> None:
    officer = contact.screened_by or week.officers[0]
    still = contact.state == _S.INFORMATION
    agencies = week.chance.sample(week.agencies[:3], week.chance.randint(1, 3))
    for place, agency in enumerate(agencies):
        at = after(week, began, 0.1, 2)
        asked = InformationRequest(
            contact=contact,
            agency=agency,
            question=week.words["answers"]["question"],
            lawful_basis="significant_harm" if contact.kind in HIGH else "child_in_need",
            asked_by=officer,
            asked_at=at,
            due_at=due_at("INFO", at),
        )
        week.asked.append((week.add(asked), children))
        if still and (place == 0 or week.maybe(0.3)):
            if asked.due_at < week.now and week.maybe(0.6):
                week.add(
                    InformationChase(
                        request=asked,
                        how="By telephone, left word",
                        by=officer,
                        at=after(week, asked.due_at, 0.2, 4),
                    )
                )
            continue
        asked.replied_at = after(week, at, 0.3, 5.5)
        asked.replied_by = f"Duty desk, {agency.name}"
        if week.maybe(0.04):
            asked.refused_because = week.words["answers"]["refused"]
        elif week.maybe(0.25):
            asked.nothing_known = True
        else:
            asked.reply = week.one_of(week.words["answers"]["held"])
    if not still and week.maybe(0.7):
        week.add(
            Analysis(
                contact=contact,
                text=week.one_of(week.words["answers"]["analysis"]),
                by=officer,
                agency=officer.agency,
                at=after(week, began, 4, 6),
            )
        )
    if week.maybe(0.5):
        shared = week.maybe(0.9)
        week.add(
            SharingDecision(
                contact=contact,
                what="That the family is known, and the name of the worker",
                agency=agencies[0],
                is_shared=shared,
                lawful_basis="significant_harm" if shared else "",
                why_not="" if shared else "The agency asked for more than the task needs.",
                escalated_to="" if shared else "The service manager",
                by=officer,
                at=after(week, began, 1, 4),
            )
        )


def _match(week: Week, contact: Contact, children: list[ContactChild]) -> None:
    """Record the children whom nobody has matched as somebody new: a case needs to know whose it is.

    Those of contacts decided already are recorded with the cases that the decision began.
    """
    for child in children:
        if child.person is not None:
            continue
        if child.is_unborn:
            weeks = timedelta(weeks=week.chance.randint(4, 20))
            child.expected = timezone.localdate(week.now) + weeks
        child.person = week.add(
            KnownPerson(
                number=new_number(week.chance.randrange),
                first_names=child.first_names,
                last_name=child.last_name,
                born=child.born,
                expected=child.expected,
                made_by=contact.screened_by,
                made_at=contact.screened_at or contact.received_at,
            )
        )
        child.matched_by, child.matched_at = contact.screened_by, contact.screened_at


def _decide(week: Week, contact: Contact, children: list[ContactChild], began: datetime) -> None:
    if not week.levels:
        return
    words = week.words
    outcome = week.by_weight(_OUTCOMES["high" if contact.kind in HIGH else "low"])
    if outcome in BEGINS_WORK and contact.state == _S.RECOMMENDED:
        _match(week, contact, children)
    recommended = Recommendation(
        contact=contact,
        outcome=outcome,
        level=week.levels[-1 if outcome in HELPS else week.chance.randrange(len(week.levels) - 1)],
        rationale=words["rationale"][outcome],
        offered_instead=words["offered"].get(outcome, ""),
        taken_up=week.by_weight({"yes": 55, "no": 20, "unknown": 25})
        if outcome not in HELPS
        else "",
        by=contact.screened_by or week.officers[0],
        at=after(week, began, 1, 16),
    )
    if week.maybe(0.08):
        week.add(_returned(week, contact, recommended))
    week.add(recommended)
    if contact.state == _S.RECOMMENDED:
        return
    decider = week.one_of(week.managers)
    changed = (
        "early_help" if outcome in ("advice", "no_further_action") and week.maybe(0.15) else ""
    )
    recommended.state = Recommendation.State.CHANGED if changed else Recommendation.State.AUTHORISED
    recommended.decided_outcome = changed or outcome
    recommended.decision_rationale = words["rationale"][changed or outcome]
    recommended.decided_by, recommended.decided_at = decider, after(week, recommended.at, 0.3, 8)
    decided = recommended.decided_at
    notice = week.add(
        OutcomeNotice(contact=contact, decision=recommended, due_at=due_at("NOTICE-1", decided))
    )
    if contact.state == _S.DECIDED:
        return
    nobody = contact.is_anonymous
    notice.how = "nobody" if nobody else week.by_weight({"email": 70, "phone": 25, "post": 5})
    notice.confirmed = is_to_confirm(contact) or None
    notice.not_sent_because = "They gave no name and no address." if nobody else ""
    notice.sent_to = contact.referrer_email if notice.how == "email" else ""
    notice.text = "As in the letter of that day."
    notice.sent_by = contact.screened_by
    notice.sent_at = contact.closed_at = after(week, decided, 0.2, 30)
    if outcome not in HELPS and contact.agency and week.maybe(0.12):
        _disagree(week, contact)


def _returned(week: Week, contact: Contact, after: Recommendation) -> Recommendation:
    return Recommendation(
        contact=contact,
        outcome=after.outcome,
        level=after.level,
        rationale="As the referrer says.",
        offered_instead=after.offered_instead,
        by=after.by,
        at=contact.screened_at or contact.received_at,
        state=Recommendation.State.RETURNED,
        decision_rationale="What the school holds is not here. Ask, then recommend again.",
        decided_by=week.one_of(week.managers),
        decided_at=after.at,
    )


def _disagree(week: Week, contact: Contact) -> None:
    at = after(week, contact.closed_at, 1, 20)
    first = week.add(
        Disagreement(
            contact=contact,
            raised_by=f"{contact.referrer_name}, {contact.referrer_role}",
            raised_at=at,
            why=week.one_of(week.words["disagreements"]["why"]),
        )
    )
    if week.maybe(0.6):
        first.answer = week.words["disagreements"]["answer"][1]
        first.answered_by, first.answered_at = contact.screened_by, after(week, at, 1, 10)
        first.outcome_changed = False
        if week.maybe(0.6):
            first.settled_at = first.answered_at
            first.acceptance = f"{first.raised_by}, by telephone the same day"
