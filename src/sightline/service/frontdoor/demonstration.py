"""An invented week at the front door: contacts in every state, for a demonstration. The same each time.

It ends now, as its clocks run on the server: what came an hour ago is young, and what is late is late.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone

from sightline.clocks.calendar import is_working_day
from sightline.clocks.rules import due_at
from sightline.service.accounts.models import Agency, Appointment, Locality, Person, Team
from sightline.service.audit.context import acting, system
from sightline.service.children.models import KnownPerson
from sightline.service.frontdoor.actions.deciding import HELPS
from sightline.service.frontdoor.actions.screening import COMPLEX_SAFEGUARDING
from sightline.service.frontdoor.actions.thresholds import plant_forms, plant_guidance
from sightline.service.frontdoor.models import (
    Analysis,
    Contact,
    ContactChild,
    Disagreement,
    Guidance,
    InformationChase,
    InformationRequest,
    Level,
    OutcomeNotice,
    Recommendation,
    ReferralForm,
    SharingDecision,
    Triage,
    TriageAttendance,
    TriagedContact,
)
from sightline.service.frontdoor.queries.thresholds import form_on, guidance_on
from sightline.service.frontdoor.seeds.reading import concerns, read

CONTACTS = 300
DAYS = 7
_SEED = 20160701
_LETTERS = "23456789BCDFGHJKMNPQRTVWXY"
_DOMAIN = "demo.example"
_S = Contact.State

_AGENCIES = (
    ("Invented Police", Agency.Kind.POLICE),
    ("Invented Health Trust", Agency.Kind.HEALTH),
    ("Invented Schools", Agency.Kind.EDUCATION),
    ("Invented Council", Agency.Kind.COUNCIL),
    ("Invented Housing", Agency.Kind.OTHER),
)
_COLLEAGUES = (
    ("front-door-2", "Finn Invented", "front_door"),
    ("front-door-3", "Faye Invented", "front_door"),
    ("team-manager-2", "Tom Invented", "team_manager"),
    ("team-manager-3", "Tara Invented", "team_manager"),
)
"""Colleagues without a password, so that more than one person takes and decides."""

# Weights; a state by how old a contact is, and an outcome by what is feared.
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
_OUTCOMES = {
    "high": {"strategy": 22, "referral": 55, "already_open": 12, "early_help": 8, "no_further_action": 3},
    "low": {"referral": 18, "already_open": 8, "early_help": 30, "other_agency": 10, "other_authority": 4,
            "advice": 18, "no_further_action": 12},
}  # fmt: skip
_HIGH = frozenset({"physical", "sexual", "exploitation", "missing", "domestic_abuse"})
_WAYS = {Contact.Way.PROFESSIONAL_FORM: 58, Contact.Way.PUBLIC_FORM: 12, Contact.Way.PHONE: 22,
         Contact.Way.EMAIL: 6, Contact.Way.IN_PERSON: 2}  # fmt: skip
_SOURCES = {"6": 34, "2A": 26, "3B": 8, "3C": 5, "3A": 6, "3E": 7, "4": 5, "8": 9}
_AGENCY_OF = {"6": 0, "2A": 2, "3B": 1, "3C": 1, "3A": 1, "3E": 1, "4": 4, "8": None}
_PUBLIC = {"1A": 40, "1B": 35, "1C": 5, "1D": 20}


@dataclass
class _Week:
    """What the week is made with, and the rows made so far."""

    now: datetime
    chance: Random
    words: dict[str, Any]
    agencies: list[Agency]
    officers: list[Person]
    managers: list[Person]
    places: list[tuple[Team | None, Locality | None]]
    known: list[KnownPerson]
    forms: dict[str, ReferralForm | None]
    levels: list[Level]
    guidance: Guidance | None
    rows: dict[type, list[Any]] = field(default_factory=dict)
    asked: list[tuple[InformationRequest, list[ContactChild]]] = field(default_factory=list)

    def one_of(self, these: Sequence[Any]) -> Any:
        """Choose one."""
        return self.chance.choice(these)

    def by_weight(self, weights: dict[Any, int]) -> Any:
        """Choose one by weight."""
        return self.chance.choices(list(weights), list(weights.values()))[0]

    def maybe(self, share: float) -> bool:
        """Say yes to this share."""
        return self.chance.random() < share

    def add(self, row: Any) -> Any:
        """Keep a row to be written."""
        self.rows.setdefault(type(row), []).append(row)
        return row


def make_week(now: datetime | None = None, progress: Callable[[str], None] = lambda _: None) -> int:
    """Make the week that ends now, where there is none; how many contacts were made."""
    with acting(system("demonstration")), transaction.atomic():
        plant_forms()
        plant_guidance()
        if Contact.objects.exists():
            return 0
        progress("Inventing a week at the front door")
        week = _begin((now or timezone.now()).replace(second=0, microsecond=0))
        contacts = [_contact(week) for _ in range(CONTACTS)]
        for contact in contacts:
            _story(week, contact)
        Contact.objects.bulk_create(contacts)
        _write(week)
        _triages(week, contacts)
    return len(contacts)


def _begin(now: datetime) -> _Week:
    agencies = [
        Agency.objects.get_or_create(name=name, defaults={"kind": kind})[0]
        for name, kind in _AGENCIES
    ]
    _colleagues()
    held = Appointment.objects.in_force().select_related("person", "team__locality")
    officers = [each.person for each in held.filter(role="front_door").order_by("person__email")]
    managers = [
        each.person
        for each in held.filter(role__in=("team_manager", "service_manager"))
        .exclude(person__registration="")
        .order_by("person__email")
    ]
    if not officers or len(managers) < 2:
        raise LookupError(
            "The demonstration needs a front-door officer and two registered managers."
        )
    today = timezone.localdate(now)
    guidance = guidance_on(today)
    born_after = today - timedelta(days=18 * 365)
    return _Week(
        now=now,
        chance=Random(_SEED),  # noqa: S311 - nothing secret: the same week each time
        words=read("invented"),
        agencies=agencies,
        officers=officers,
        managers=managers,
        places=_places(),
        known=list(
            KnownPerson.objects.filter(merged_into=None, born__gt=born_after)
            .exclude(last_name="")
            .order_by("pk")[:CONTACTS]
        ),
        forms={whom: form_on(whom, today) for whom in ReferralForm.For.values},
        levels=list(guidance.levels.all()) if guidance else [],
        guidance=guidance,
    )


def _colleagues() -> None:
    council = Agency.objects.get(name="Invented Council")
    for address, name, role in _COLLEAGUES:
        email = f"{address}@{_DOMAIN}"
        model = Appointment.objects.in_force().filter(role=role).order_by("pk").first()
        if model is None or Person.objects.filter(email=email).exists():
            continue
        registration = "" if role == "front_door" else f"INVENTED-{address[-1]}"
        person = Person.objects.create_person(
            email, name, agency=council, registration=registration
        )
        Appointment.objects.create(person=person, role=role, team=model.team)


def _places() -> list[tuple[Team | None, Locality | None]]:
    """Give the teams with their localities; those of the people of the demonstration come up more often."""
    teams = list(Team.objects.select_related("locality").order_by("name"))
    roles = ("front_door", "team_manager")
    ours = set(Appointment.objects.in_force().filter(role__in=roles).values_list("team", flat=True))
    often = [team for team in teams if team.pk in ours] * max(1, len(teams) // 2)
    found: list[tuple[Team | None, Locality | None]] = [
        (team, team.locality) for team in (*teams, *often)
    ]
    return found or [(None, None)]


# --- One contact


def _contact(week: _Week) -> Contact:
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
        exploitation=kind == "exploitation",
        guidance=week.guidance,
        state=state,
        decide_by=due_at("REF-1", received),
        team=team if placed and week.maybe(0.9) else None,
        locality=locality if placed else None,
    )
    if professional:
        _consent(week, contact)
        _declare(week, contact, kind)
    if state != _S.RECEIVED:
        _screen(week, contact, kind)
    return contact


def _arrival(week: _Week) -> datetime:
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


def _consent(week: _Week, contact: Contact) -> None:
    said = week.by_weight({"given": 62, "refused": 9, "not_sought": 24, "not_known": 5})
    contact.consent = said
    if said == "given":
        contact.consent_from = "A parent, by telephone"
    elif said in ("refused", "not_sought"):
        contact.override_basis = week.one_of(
            ("significant_harm", "asking_would_harm", "cannot_be_asked")
        )
        contact.override_reason = "A child may be harmed if we wait or ask."


def _declare(week: _Week, contact: Contact, kind: str) -> None:
    if not week.levels or contact.way != Contact.Way.PROFESSIONAL_FORM:
        return
    high = kind in _HIGH
    contact.level_declared = week.levels[-1 if week.maybe(0.8 if high else 0.45) else -2]
    contact.level_evidence = "What was seen is set out above, with dates."


def _screen(week: _Week, contact: Contact, kind: str) -> None:
    began = _after(week, contact.received_at, 0.2, 5)
    officer = week.one_of(week.officers)
    contact.kind = kind
    contact.screened_by, contact.screened_at = officer, began
    if contact.form is None:
        contact.taken_by, contact.screened_at = officer, contact.received_at
    if contact.state == _S.SCREENING and week.maybe(0.1):
        return  # nobody has said yet how urgent it is
    high = kind in _HIGH
    colour = week.by_weight(
        {"red": 35, "amber": 50, "green": 15} if high else {"red": 4, "amber": 36, "green": 60}
    )
    contact.priority = colour
    contact.priority_because = week.one_of(week.words["reasons"][colour])
    contact.priority_by, contact.priority_at = officer, contact.screened_at
    past = contact.state in (_S.RECOMMENDED, _S.DECIDED, _S.CLOSED)
    if (contact.missing or contact.exploitation) and (past or week.maybe(0.6)):
        contact.routed_to, contact.routed_by = COMPLEX_SAFEGUARDING, officer
        contact.routed_at = _after(week, contact.screened_at, 0.1, 3)


def _after(week: _Week, moment: datetime | None, least: float, most: float) -> datetime:
    """Give a moment some hours later, but never one to come."""
    later = (moment or week.now) + timedelta(hours=week.chance.uniform(least, most))
    return min(later, week.now)


# --- What became of it


def _story(week: _Week, contact: Contact) -> None:
    children = _children(week, contact)
    if contact.state == _S.RECEIVED:
        return
    began = contact.screened_at or contact.received_at
    if contact.state == _S.INFORMATION or week.maybe(0.35):
        _ask(week, contact, children, began)
    if contact.state in (_S.RECOMMENDED, _S.DECIDED, _S.CLOSED):
        _decide(week, contact, began)


def _children(week: _Week, contact: Contact) -> list[ContactChild]:
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


def _ask(week: _Week, contact: Contact, children: list[ContactChild], began: datetime) -> None:
    officer = contact.screened_by or week.officers[0]
    still = contact.state == _S.INFORMATION
    agencies = week.chance.sample(week.agencies[:3], week.chance.randint(1, 3))
    for place, agency in enumerate(agencies):
        at = _after(week, began, 0.1, 2)
        asked = InformationRequest(
            contact=contact,
            agency=agency,
            question=week.words["answers"]["question"],
            lawful_basis="significant_harm" if contact.kind in _HIGH else "child_in_need",
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
                        at=_after(week, asked.due_at, 0.2, 4),
                    )
                )
            continue
        asked.replied_at = _after(week, at, 0.3, 5.5)
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
                at=_after(week, began, 4, 6),
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
                at=_after(week, began, 1, 4),
            )
        )


def _decide(week: _Week, contact: Contact, began: datetime) -> None:
    if not week.levels:
        return
    words = week.words
    outcome = week.by_weight(_OUTCOMES["high" if contact.kind in _HIGH else "low"])
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
        at=_after(week, began, 1, 16),
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
    recommended.decided_by, recommended.decided_at = decider, _after(week, recommended.at, 0.3, 8)
    decided = recommended.decided_at
    notice = week.add(
        OutcomeNotice(contact=contact, decision=recommended, due_at=due_at("NOTICE-1", decided))
    )
    if contact.state == _S.DECIDED:
        return
    nobody = contact.is_anonymous
    notice.how = "nobody" if nobody else week.by_weight({"email": 70, "phone": 25, "post": 5})
    notice.not_sent_because = "They gave no name and no address." if nobody else ""
    notice.sent_to = contact.referrer_email if notice.how == "email" else ""
    notice.text = "As in the letter of that day."
    notice.sent_by = contact.screened_by
    notice.sent_at = contact.closed_at = _after(week, decided, 0.2, 30)
    if outcome not in HELPS and contact.agency and week.maybe(0.12):
        _disagree(week, contact)


def _returned(week: _Week, contact: Contact, after: Recommendation) -> Recommendation:
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


def _disagree(week: _Week, contact: Contact) -> None:
    at = _after(week, contact.closed_at, 1, 20)
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
        first.answered_by, first.answered_at = contact.screened_by, _after(week, at, 1, 10)
        first.outcome_changed = False
        first.settled_at = first.answered_at if week.maybe(0.6) else None


def _write(week: _Week) -> None:
    order = (
        ContactChild, InformationRequest, InformationChase, Analysis, SharingDecision, Recommendation,
        OutcomeNotice, Disagreement,
    )  # fmt: skip
    for model in order:
        rows = week.rows.get(model, [])
        model._default_manager.bulk_create(rows, batch_size=200)
    through = InformationRequest.children.through
    through._default_manager.bulk_create(
        through(informationrequest=asked, contactchild=child)
        for asked, children in week.asked
        for child in children
    )


# --- The triages


def _triages(week: _Week, contacts: list[Contact]) -> None:
    today = timezone.localdate(week.now)
    days = [
        day
        for day in (today - timedelta(days=n) for n in range(DAYS, -1, -1))
        if is_working_day(day)
    ]
    begun = {day: timezone.make_aware(datetime.combine(day, time(10))) for day in days}
    triages = [
        Triage(
            day=day,
            chair=week.one_of(week.managers),
            began_at=at,
            ended_at=at + timedelta(minutes=50),
        )
        for day, at in begun.items()
        if at + timedelta(hours=1) < week.now
    ]
    Triage.objects.bulk_create(triages)
    attended = [_attended(week, each, agency) for each in triages for agency in week.agencies[:4]]
    TriageAttendance.objects.bulk_create(row for row in attended if row is not None)
    discussed = []
    for each in triages:
        there = [c for c in contacts if _could_be_at(c, each.began_at)]
        for contact in week.chance.sample(there, min(5, len(there))):
            discussed.append(
                TriagedContact(
                    triage=each,
                    contact=contact,
                    discussion=week.one_of(week.words["answers"]["analysis"]),
                    decision="To be recommended as discussed.",
                    actions=f"{contact.screened_by}: ring the referrer today.",
                )
            )
    TriagedContact.objects.bulk_create(discussed)


def _attended(week: _Week, triage: Triage, agency: Agency) -> TriageAttendance | None:
    if agency.kind == Agency.Kind.EDUCATION:
        # The post for schools has been vacant: the papers that began this say so of theirs.
        return TriageAttendance(
            triage=triage, agency=agency, status="vacant", fill_by=_in_weeks(triage.day, 6)
        )
    status = week.by_weight({"present": 62, "remote": 22, "information": 8, "absent": 5, "": 3})
    if not status:
        return None
    name = "" if status in ("absent", "information") else week.one_of(week.words["referrers"])
    return TriageAttendance(triage=triage, agency=agency, status=status, name=name)


def _in_weeks(day: date, weeks: int) -> date:
    return day + timedelta(weeks=weeks)


def _could_be_at(contact: Contact, at: datetime) -> bool:
    began = contact.screened_at
    return (
        began is not None and began < at and (contact.closed_at is None or contact.closed_at > at)
    )
