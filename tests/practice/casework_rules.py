"""What the chapter on casework reckons with: the service's own decisions, asked of a few invented facts.

Each function makes what the facts say, asks the service as its pages do, and gives its answer in words. What
it asks is imported as it runs: the other chapters know nothing of the service.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

Facts = Mapping[str, str]
NOBODY = "nobody"
TEAM, DISTRICT = "Team North", "Redditch"


def _moment(text: str) -> datetime:
    """Read a day with a time; noon where only a day is given."""
    from django.utils import timezone

    day, _, at = text.partition(" ")
    return timezone.make_aware(
        datetime.combine(date.fromisoformat(day), time.fromisoformat(at or "12:00"))
    )


def clock(facts: Facts) -> str:
    """Say when something is due by a clock, and, where a day is given, how it stands then."""
    from sightline.clocks.rules import LONDON, deadline, every_rule
    from sightline.service.protection.clocks import alert, standing

    code = {rule.name: rule.code for rule in every_rule()}.get(facts["clock"], facts["clock"])
    own = None
    if facts.get("set to"):
        number, _, unit = facts["set to"].partition(" ")
        own = {facts["standard"]: (int(number), unit)}
    found = deadline(code, _moment(facts["began"]), standards=own)
    hours = found.rule.unit == "hours"
    due = found.due.astimezone(LONDON).strftime("%Y-%m-%d %H:%M" if hours else "%Y-%m-%d")
    if not facts.get("on"):
        return due
    now = _moment(facts["on"])
    told = alert(found, now)
    return f"{standing(found, now)}, {found.left(now)}{f', {told}' if told else ''}"


def visits(facts: Facts) -> str:
    """Say how a child on a plan stands on the worklist, by the visits there were."""
    from sightline.service.accounts.models import Person
    from sightline.service.protection.clocks import due_day
    from sightline.service.protection.models import (
        Conference,
        CoreGroup,
        ProtectionPlan,
        Referral,
        Visit,
    )
    from sightline.service.protection.queries.worklist import things_in

    case = _case()
    person = Person.objects.create_person("visitor@example.org", "V. Invented")
    began = _moment(facts["plan began"])
    conference = Conference.objects.create(
        referral=case,
        kind="initial",
        held_at=began,
        outcome="plan",
        rationale="As the agencies see it.",
    )
    plan = ProtectionPlan.objects.create(
        referral=case,
        made_at=conference,
        starts=began.date(),
        initial_category="NEG",
        latest_category="NEG",
    )
    CoreGroup.objects.create(plan=plan, due_on=due_day("CORE-10", began.date()) or began.date())
    for name, seen in (("seen", True), ("not seen", False)):
        if facts[name]:
            why = "" if seen else "Nobody opened."
            made_at = _moment(facts[name])
            Visit.objects.create(
                referral=case, pathway="cpp", made_at=made_at, by=person, seen=seen, why_not=why
            )
    found = things_in(Referral.objects.filter(pk=case.pk), _moment(facts["on"]))
    visit = next(each for each in found if each.page == "record-visit")
    more = f", {visit.more}" if visit.more else ""
    first = "first of the list" if found[0] is visit else "after the core group"
    return f"{visit.standing_words.lower()}: {visit.words}{more}; {first}"


def guidance(facts: Facts) -> str:
    """Say which edition of the levels of need a contact is held against."""
    from sightline.service.frontdoor.models import Guidance
    from sightline.service.frontdoor.queries.thresholds import guidance_on

    for edition in ("first edition", "second edition"):
        starts = date.fromisoformat(facts[edition])
        approved = None if facts["approved"] == "no" and edition.startswith("second") else starts
        Guidance.objects.create(title=edition, starts=starts, approved=approved)
    found = guidance_on(date.fromisoformat(facts["contact"]))
    return f"the {found.title}" if found else "none: no guidance was in force"


def recommendation(facts: Facts) -> str:
    """Say whether an outcome can be recommended as the contact stands."""
    from sightline.service.accounts.steps import IncompleteError
    from sightline.service.frontdoor.actions.deciding import recommend

    level, other = _levels()
    contact = _contact(
        facts, priority=facts["priority"], kind=facts["kind"], guidance=level.guidance
    )
    try:
        recommend(
            contact,
            outcome=facts["outcome"].replace(" ", "_"),
            level=level
            if facts.get("level of", "the same edition") == "the same edition"
            else other,
            rationale="What was seen, and what agencies hold.",
            offered_instead=facts["offered instead"],
            by=_person("front_door"),
        )
    except IncompleteError as refused:
        return str(refused)
    return "it is recommended"


def contact_decision(facts: Facts) -> str:
    """Say whether somebody may authorise what was recommended for a contact."""
    from sightline.service.accounts.steps import IncompleteError, NotAllowedError
    from sightline.service.frontdoor.actions.deciding import authorise
    from sightline.service.frontdoor.models import Recommendation

    level, _ = _levels()
    who = _person(facts["role"], facts["registered"] == "yes", facts.get("over", ""))
    contact = _contact(facts, state="recommended", kind="neglect")
    waiting = Recommendation.objects.create(
        contact=contact,
        outcome="referral",
        level=level,
        rationale="The needs are at level 4.",
        by=who if facts["recommended by"] == "the same person" else _person("front_door"),
    )
    try:
        authorise(waiting, "I agree.", by=who)
    except (NotAllowedError, IncompleteError) as refused:
        return f"no: {_plain(refused)}"
    return "yes"


def step(facts: Facts) -> str:
    """Say whether somebody may take a step of the pathway."""
    from sightline.service.accounts.steps import NotAllowedError
    from sightline.service.protection.actions.steps import need_step

    who = _person(facts["role"], facts["registered"] == "yes", facts.get("over", ""))
    own = facts["has the case"] == "the same person"
    case = _case(who if own else _person("social_worker"))
    try:
        row = _row(facts["step"], case)
        if facts.get("recorded by") == "the same person":
            row.writers.add(who)
        need_step(facts["step"], row, who)
    except NotAllowedError as refused:
        return f"no: {_plain(refused)}"
    return "yes"


def _row(verb: str, case: Any) -> Any:
    """Give something of a case in the state from which a step is taken."""
    from django.utils import timezone

    from sightline.service.protection.models import (
        Assessment,
        Conference,
        Enquiry,
        StrategyDiscussion,
    )

    writer = case.allocations.get().worker
    now = timezone.now()
    match verb:
        case "authorise assessment":
            return Assessment.objects.create(referral=case, written_by=writer, submitted_at=now)
        case "decide discussion":
            found = StrategyDiscussion.objects.create(
                referral=case, suspected_at=now, held_at=now, chair=writer, minutes="Said."
            )
            found.writers.add(writer)
            return found
        case "decide conference":
            return Enquiry.objects.create(referral=case)
        case "hold":
            return Conference.objects.create(referral=case, kind="initial", booked_for=now)
        case "authorise closure":
            type(case).objects.filter(pk=case.pk).update(
                state="closing", closed_because="Nothing is open.", closing_by=writer
            )
            return type(case).objects.get(pk=case.pk)
        case "take back closure":
            _closed(case, timezone.localdate())
            return type(case).objects.get(pk=case.pk)
    return case


def visibility(facts: Facts) -> str:
    """Say whether somebody may open the record of a child with a case, and has the case on their list."""
    from django.utils import timezone

    from sightline.clocks.months import add_months
    from sightline.service.accounts.policies import OPEN_CHILDREN
    from sightline.service.children.models import RestrictedChild
    from sightline.service.children.queries import may_open
    from sightline.service.protection.access import cases_of

    who = _person(facts["role"], over=facts.get("over", ""))
    own = facts.get("has the case") == "the same person"
    case = _case(who if own else _person("social_worker"))
    if months := facts.get("closed, months ago"):
        closed = add_months(timezone.localdate(), -int(months))
        _closed(case, closed)
    if facts.get("restricted") == "yes":
        restriction = RestrictedChild.objects.create(
            child_id=case.child.number, reason="Of the family of a member of staff"
        )
        if facts.get("named") == "yes":
            restriction.named.add(who)
        if facts.get("opened, hours ago"):
            _opened(restriction, who, int(facts["opened, hours ago"]))
    opens = may_open(who, case.child)
    listed = cases_of(who, OPEN_CHILDREN).filter(pk=case.pk).exists()
    return (
        f"{'opens the record' if opens else 'does not open it'}{', case listed' if listed else ''}"
    )


def _closed(case: Any, day: date) -> None:
    from django.utils import timezone

    manager = _person("team_manager", registered=True)
    at = timezone.make_aware(datetime.combine(day, time(12)))
    worker = case.allocations.get().worker
    case.allocations.update(starts_at=at - timedelta(days=90), ends_at=at)
    type(case).objects.filter(pk=case.pk).update(
        state="closed",
        received_at=at - timedelta(days=100),
        closed_on=day,
        closed_because="No longer in need.",
        closed_rationale="I agree.",
        closing_by=worker,
        closed_by=manager,
    )


def _opened(restriction: Any, who: Any, hours: int) -> None:
    """Have somebody have broken the glass so many hours ago."""
    from django.utils import timezone

    from sightline.service.children.models import BrokenGlass
    from sightline.service.children.queries import hours_on

    at = timezone.now() - timedelta(hours=hours)
    lasts = timedelta(hours=hours_on(timezone.localdate()))
    BrokenGlass.objects.create(
        restriction=restriction,
        person=who,
        reason="The child is at the hospital.",
        opened_at=at,
        closes_at=at + lasts,
    )


# --- What the facts are made with


def _place() -> tuple[Any, Any]:
    from sightline.service.accounts.models import Locality, Team

    locality = Locality.objects.get_or_create(name=DISTRICT)[0]
    return Team.objects.get_or_create(name=TEAM, defaults={"locality": locality})[0], locality


def _person(role: str, registered: bool = False, over: str = "") -> Any:
    """Make somebody of a role, over the team and district of the case unless told which other."""
    from sightline.service.accounts.models import Appointment, Locality, Person, Team
    from sightline.service.accounts.roles import ROLES, Reach

    code = role.replace(" ", "_")
    reach = ROLES[code].reach
    number = Person.objects.count()
    person = Person.objects.create_person(
        f"{code}-{number}@example.org",
        f"Invented {role}",
        worker=f"Worker {number}" if reach is Reach.OWN else "",
        registration="INVENTED1" if registered else "",
    )
    team, locality = _place()
    appointment = Appointment(person=person, role=code)
    if reach is Reach.TEAM:
        appointment.team = Team.objects.get_or_create(name=over)[0] if over else team
    if reach is Reach.LOCALITY:
        appointment.locality = Locality.objects.get_or_create(name=over)[0] if over else locality
    appointment.save()
    return person


def _case(worker: Any = None) -> Any:
    """Make an open case of the team, which a worker has if one is given."""
    from django.utils import timezone

    from sightline.service.children.models import KnownPerson
    from sightline.service.protection.models import Allocation, Referral

    team, locality = _place()
    long_ago = timezone.now() - timedelta(days=3 * 365)
    child = KnownPerson.objects.create(
        number="P1", first_names="Ann", born=date(2015, 3, 1), made_at=long_ago
    )
    case = Referral.objects.create(
        child=child, received_at=timezone.now() - timedelta(days=1), team=team, locality=locality
    )
    if worker is not None:
        Allocation.objects.create(referral=case, worker=worker, team=team, by=worker)
    return case


def _contact(facts: Facts, **more: Any) -> Any:
    from django.utils import timezone

    from sightline.service.children.models import KnownPerson
    from sightline.service.frontdoor.models import Contact, ContactChild

    team, locality = _place()
    missing = {"yes": True, "no": False, "": None}[facts.get("missing", "no")]
    officer = _person("front_door")
    if more.get("priority"):
        more |= {
            "priority_because": "Likely to become worse.",
            "priority_by": officer,
            "priority_at": timezone.now(),
        }
    if facts.get("routed") == "yes":
        more |= {
            "routed_to": "Complex safeguarding team",
            "routed_by": officer,
            "routed_at": timezone.now(),
        }
    contact = Contact.objects.create(
        number="AAAA-BBBB",
        received_at=timezone.now() - timedelta(hours=2),
        way="phone",
        source="2A",
        concern="Hungry at school.",
        missing=missing,
        exploitation=False,
        team=team,
        locality=locality,
        **{"state": "screening", **more},
    )
    known = facts.get("who the child is", "known") == "known"
    child = KnownPerson.objects.create(number="P2", first_names="Ben") if known else None
    ContactChild.objects.create(contact=contact, first_names="Ben", person=child)
    return contact


def _levels() -> tuple[Any, Any]:
    """Make a level of the guidance in force, and one of an edition before it."""
    from sightline.service.frontdoor.models import Guidance, Level

    editions = [
        Guidance.objects.create(title=f"Levels of {year}", starts=date(year, 4, 1))
        for year in (2020, 2015)
    ]
    now, before = [
        Level.objects.create(guidance=each, number=4, name="Complex or significant needs")
        for each in editions
    ]
    return now, before


def _plain(refused: Exception) -> str:
    said = str(refused)
    return said[:1].lower() + said[1:].rstrip(".")


RULES: dict[str, tuple[str, Callable[[Facts], str]]] = {
    "clock": ("Due", clock),
    "stands": ("Stands", clock),
    "visits": ("On the worklist", visits),
    "guidance": ("Held against", guidance),
    "recommendation": ("The service says", recommendation),
    "contact decision": ("May authorise", contact_decision),
    "step": ("May", step),
    "visibility": ("Sees", visibility),
}
"""What can be reckoned of casework: its name in the manual, and how."""
