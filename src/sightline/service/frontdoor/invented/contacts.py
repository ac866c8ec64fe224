"""Invented contacts: when each came, from whom, about what, and how far it has come."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from sightline.clocks.calendar import is_working_day
from sightline.clocks.rules import due_at
from sightline.service.frontdoor.actions.screening import COMPLEX_SAFEGUARDING
from sightline.service.frontdoor.invented.week import DAYS, Week, after
from sightline.service.frontdoor.models import Contact
from sightline.service.frontdoor.seeds.reading import concerns

_LETTERS = "23456789BCDFGHJKMNPQRTVWXY"
_DOMAIN = "demo.example"
_S = Contact.State
# Weights: how far a contact has come by how old it is, how it came, and from whom.
_YOUNG = {_S.RECEIVED: 26, _S.SCREENING: 22, _S.INFORMATION: 16, _S.TRIAGE: 10, _S.RECOMMENDED: 12,
          _S.DECIDED: 6, _S.CLOSED: 8}  # fmt: skip
_MIDDLING = {_S.RECEIVED: 3, _S.SCREENING: 8, _S.INFORMATION: 14, _S.TRIAGE: 8, _S.RECOMMENDED: 12,
             _S.DECIDED: 15, _S.CLOSED: 40}  # fmt: skip
_OLD = {
    _S.SCREENING: 1,
    _S.INFORMATION: 3,
    _S.TRIAGE: 1,
    _S.RECOMMENDED: 2,
    _S.DECIDED: 4,
    _S.CLOSED: 89,
}
HIGH = frozenset({"physical", "sexual", "exploitation", "missing", "domestic_abuse"})
_WAYS = {Contact.Way.PROFESSIONAL_FORM: 58, Contact.Way.PUBLIC_FORM: 12, Contact.Way.PHONE: 22,
         Contact.Way.EMAIL: 6, Contact.Way.IN_PERSON: 2}  # fmt: skip
_SOURCES = {"6": 34, "2A": 26, "3B": 8, "3C": 5, "3A": 6, "3E": 7, "4": 5, "8": 9}
_AGENCY_OF = {"6": 0, "2A": 2, "3B": 1, "3C": 1, "3A": 1, "3E": 1, "4": 4, "8": None}
_PUBLIC = {"1A": 40, "1B": 35, "1C": 5, "1D": 20}


def invent_contact(week: Week) -> Contact:
    """Invent one contact, not written yet, as far as it has come."""
    chance, words = week.chance, week.words
    received = _arrival(week)
    hours = (week.now - received).total_seconds() / 3600
    state = week.by_weight(_YOUNG if hours < 20 else _MIDDLING if hours < 52 else _OLD)
    kind = week.one_of(concerns()).code
    way = week.by_weight(_WAYS)
    public = way == Contact.Way.PUBLIC_FORM
    professional = way == Contact.Way.PROFESSIONAL_FORM or (not public and week.maybe(0.6))
    source = week.by_weight(_SOURCES if professional else _PUBLIC)
    place = _AGENCY_OF.get(source)
    team, locality = week.one_of(week.places)
    placed = state != _S.RECEIVED or not (public or professional) or week.maybe(0.5)
    anonymous = not professional and week.maybe(0.3)
    made = "".join(chance.choice(_LETTERS) for _ in range(8))
    contact = Contact(
        number=f"{made[:4]}-{made[4:]}",
        received_at=received,
        recorded_at=received,
        way=way,
        form=week.forms.get("public" if public else "professional")
        if way in (Contact.Way.PUBLIC_FORM, Contact.Way.PROFESSIONAL_FORM)
        else None,
        source="9" if anonymous else source,
        agency=week.agencies[place] if professional and place is not None else None,
        referrer_name="" if anonymous else week.one_of(words["referrers"]),
        referrer_role=week.one_of(words["jobs"]) if professional else "",
        referrer_email="" if anonymous else f"referrer-{chance.randrange(1000)}@{_DOMAIN}",
        is_anonymous=anonymous,
        concern=week.one_of(words["concerns"][kind]),
        missing=kind == "missing",
        # The public is not asked about exploitation: an officer finds out.
        exploitation=None if public and state == _S.RECEIVED else kind == "exploitation",
        guidance=week.guidance,
        state=state,
        decide_by=due_at("REF-1", received),
        team=team if placed and (locality is None or week.maybe(0.9)) else None,
        locality=locality if placed else None,
    )
    if professional:
        _consent(week, contact)
        _declare(week, contact, kind)
    if state != _S.RECEIVED:
        _screen(week, contact, kind)
    return contact


def _arrival(week: Week) -> datetime:
    """Give a moment of the week: mostly in office hours of working days, sometimes at night."""
    ago = week.chance.triangular(0, DAYS, 0.6)
    moment = week.now - timedelta(days=ago)
    day = timezone.localdate(moment)
    if not is_working_day(day) and week.maybe(0.7):
        return moment - timedelta(days=2) if ago < DAYS - 2 else moment
    if week.maybe(0.8):
        at = time(8 + week.chance.randrange(10), week.chance.randrange(60))
        office = timezone.make_aware(datetime.combine(day, at))
        return office if office < week.now else moment
    return moment


def _consent(week: Week, contact: Contact) -> None:
    said = week.by_weight({"given": 62, "refused": 9, "not_sought": 24, "not_known": 5})
    contact.consent = said
    if said == "given":
        contact.consent_from = "A parent, by telephone"
    elif said in ("refused", "not_sought"):
        contact.override_basis = week.one_of(
            ("significant_harm", "asking_would_harm", "cannot_be_asked")
        )
        contact.override_reason = "A child may be harmed if we wait or ask."


def _declare(week: Week, contact: Contact, kind: str) -> None:
    if not week.levels or contact.way != Contact.Way.PROFESSIONAL_FORM:
        return
    high = kind in HIGH
    contact.level_declared = week.levels[-1 if week.maybe(0.8 if high else 0.45) else -2]
    contact.level_evidence = "What was seen is set out above, with dates."


def _screen(week: Week, contact: Contact, kind: str) -> None:
    began = after(week, contact.received_at, 0.2, 5)
    officer = week.one_of(week.officers)
    contact.kind = kind
    contact.screened_by, contact.screened_at = officer, began
    if contact.form is None:
        contact.taken_by, contact.screened_at = officer, contact.received_at
    if contact.state == _S.SCREENING and week.maybe(0.1):
        return  # nobody has said yet how urgent it is
    high = kind in HIGH
    colour = week.by_weight(
        {"red": 35, "amber": 50, "green": 15} if high else {"red": 4, "amber": 36, "green": 60}
    )
    contact.priority = colour
    contact.priority_because = week.one_of(week.words["reasons"][colour])
    contact.priority_by, contact.priority_at = officer, contact.screened_at
    past = contact.state in (_S.RECOMMENDED, _S.DECIDED, _S.CLOSED)
    if (contact.missing or contact.exploitation) and (past or week.maybe(0.6)):
        contact.routed_to, contact.routed_by = COMPLEX_SAFEGUARDING, officer
        contact.routed_at = after(week, contact.screened_at, 0.1, 3)
