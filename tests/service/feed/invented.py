"""Half a year of casework of three dozen invented children, done by the actions as people do it.

What becomes of a child follows from its number alone, so that every run is the same.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from service.feed.clock import Clock
from sightline.clocks.calendar import due, is_working_day
from sightline.service.accounts.models import Agency, Locality, Person, Team
from sightline.service.children.models import Address, KnownPerson, Residence, RestrictedChild
from sightline.service.frontdoor.actions import deciding, information, screening, telling, triage
from sightline.service.frontdoor.actions.receiving import receive
from sightline.service.frontdoor.models import (
    Contact,
    InformationRequest,
    Level,
    OutcomeNotice,
    Recommendation,
    Triage,
)
from sightline.service.missing.actions import episodes, interviews
from sightline.service.protection.actions import (
    allocating,
    assessing,
    closing,
    conferring,
    discussing,
    enquiring,
    need,
    planning,
    referrals,
    visiting,
)
from sightline.service.protection.models import (
    Assessment,
    Conference,
    CoreGroup,
    Enquiry,
    ProtectionPlan,
    Referral,
)

FIRST, LAST = date(2026, 1, 1), date(2026, 6, 30)
"""The days of the casework, which are those an Annex A of its last day covers."""
CHILDREN = 36
MOVED_IN = f"C{CHILDREN:03}"
"""The number of one more, who moved in from another authority."""
SOURCES = ("2A", "6", "3B", "1A", "9", "5D")
ANONYMOUS, RELATIVE_OF_AN_AGENCY, REFUSED, CONSENT_NOT_KNOWN = 16, 22, 17, 7
"""Children of whom somebody rings who gives no name, and somebody of an agency who is of the family; of whom
an agency refuses to say anything; and of whom nobody knows whether consent was given."""
DECIDED_AGAIN, OPEN_AGAIN = 21, 33
"""Children whose contact is opened again once the case is closed: decided again, and not decided."""
NEVER_BACK = 22
"""A child who was missing, and is no longer held to be though they did not return."""
RESTRICTED = 3
SIBLINGS = (2, 5, 8, 13, 16, CHILDREN - 2, CHILDREN - 1)
"""Children whose contact is about a sibling too, of all kinds: taken up, ended, waiting."""
PASSED_ON = 19
"""A child about whom a second contact is decided for social care while the case is open: it begins none."""
OUTCOMES = ("referral", "strategy", "no_further_action", "referral", "advice", "early_help")
_TEXTS = {"child_view": "I like school.", "parent_view": "They want help."}


@dataclass
class People:
    """Who does the work."""

    officer: Person
    manager: Person
    worker: Person
    chair: Person
    complex: Person
    team: Team
    elsewhere: Locality
    levels: list[Level]
    police: Agency
    health: Agency


def work(clock: Clock, people: People) -> None:
    """Do all of it; the clock then stands at five in the afternoon of the last day."""
    for number in range(CHILDREN + 1):
        _Child(number, clock, people).live()
    RestrictedChild.objects.create(child_id=f"C{RESTRICTED:03}", reason="Invented.", since=FIRST)
    clock.set(LAST, 17)


def again(row: Any) -> Any:
    """Read a row anew, as a page does."""
    return type(row).objects.get(pk=row.pk)


class _Child:
    def __init__(self, number: int, clock: Clock, people: People) -> None:
        self.number, self.clock, self.people = number, clock, people
        self.day = due(FIRST, 2 * number + 1)
        # Some live in another district than that of the team that has them.
        self.locality = people.team.locality
        if number % 4 == 1 and number != CHILDREN:
            self.locality = people.elsewhere
        self.child = self.person(f"C{number:03}", "Amara", number)
        is_with = number in SIBLINGS
        self.sibling = self.person(f"B{number:03}", "Aron", number + 1) if is_with else None

    def person(self, code: str, name: str, number: int) -> KnownPerson:
        """Record a child, with a home."""
        child = KnownPerson.objects.create(
            number=code,
            first_names=name,
            last_name=f"Ashdown {self.number}",
            born=date(2010 + number % 14, 1 + number % 12, 1 + number % 28),
            sex="FM"[number % 2],
            ethnicity=("WBRI", "AIND", "")[number % 3],
            disabled=("no", "yes", "unknown")[number % 3],
            disabilities="LD" if number % 3 == 1 else "",
            made_by=self.people.manager,
        )
        home = Address.objects.create(
            lines=f"{number} Invented Road", postcode="B97 1AA", locality=self.locality
        )
        Residence.objects.create(
            person=child, address=home, kind=Residence.Kind.HOME, starts=date(2025, 1, 1)
        )
        return child

    def at(self, working_days: int, hour: int = 10, minute: int = 0) -> date:
        """Set the clock to a working day after the contact, never after the last day."""
        day = min(due(self.day, working_days), LAST)
        self.clock.set(day, hour, minute)
        return day

    def is_over(self, working_days: int) -> bool:
        """Whether a working day after the contact lies beyond the last day."""
        return due(self.day, working_days) >= LAST

    def live(self) -> None:
        """Go through all that becomes of the child."""
        if self.number == CHILDREN:
            self.move_in()
            return
        contact = self.contact(self.day, OUTCOMES[self.number % len(OUTCOMES)])
        if self.number == PASSED_ON:
            self.contact(due(self.day, 3), "referral")
        if self.number % 5 == 2 and not self.is_over(6):
            self.went_missing()
        referral = Referral.objects.filter(child=self.child).first()
        if referral is None:
            return
        if contact is not None and self.number % 7 != 6:
            self.clock.later(hours=3 if self.number % 2 else 40)
            allocating.allocate(
                again(referral),
                again(referral).version,
                worker=self.people.worker,
                team=None,
                by=self.people.manager,
            )
            self.assess(referral)
        if self.number % 12 == 0 and not self.is_over(80):
            self.come_back(referral)
        if contact is not None and self.number in (DECIDED_AGAIN, OPEN_AGAIN):
            self.open_again(contact)

    def move_in(self) -> None:
        """Move in from another authority, with a plan there."""
        people = self.people
        day = self.at(2)
        referral = referrals.transfer_in(
            self.child,
            transferred_from="Elsewhere",
            received_at=referrals.received_on(day),
            had_plan=True,
            team=people.team,
            locality=None,
            by=people.manager,
        )
        allocating.allocate(
            referral, referral.version, worker=people.worker, team=None, by=people.manager
        )
        row = Conference.objects.get(referral=referral)
        self.book(row)
        self.at(12)
        self.hold(row, "plan")

    # -- the front door --------------------------------------------------------------------

    def contact(self, day: date, outcome: str) -> Contact | None:
        people, number = self.people, self.number
        came = self.clock.set(day, 15 if number % 4 else 9, number)
        levels = people.levels
        contact = receive(
            Contact.Way.PROFESSIONAL_FORM,
            {
                "concern": "The child comes to school hungry.",
                "team": people.team,
                "locality": self.locality,
                "referrer_name": "A. Invented",
                **self.who_tells(),
                "missing": False,
                "exploitation": False,
                **self.consent(),
                "level_declared": levels[number % len(levels)] if number % 2 else None,
            },
            [
                {
                    "first_names": each.first_names,
                    "last_name": f"Ashdown {number}",
                    "born": each.born,
                }
                for each in self.children
            ],
            at=came,
        )
        if number == CHILDREN - 1:
            return None  # nobody has looked at the last one
        self.clock.later(minutes=30)
        screening.take_contact(again(contact), by=people.officer)
        for row, person in zip(contact.children.order_by("pk"), self.children, strict=True):
            screening.match_child(row, person, by=people.officer)
        self.clock.later(hours=1 if number % 3 else 50)
        screening.prioritise(
            again(contact), again(contact).version, "amber", "It may get worse.", by=people.officer
        )
        about = {"kind": "neglect", "missing": False, "exploitation": False}
        screening.change_contact(again(contact), again(contact).version, about)
        if number % 4 == 1:
            self.ask(contact)
        if number % 6 == 5:
            self.triage(contact)
        if number == CHILDREN - 2:
            return None  # screened, and not decided
        self.decide(contact, outcome)
        decided = self.clock.now
        if number % 8 != 7:
            self.clock.later(hours=1 if number % 5 else 80)
            notice = OutcomeNotice.objects.get(contact=contact)
            telling.tell_referrer(notice, "phone", confirmed=True, by=people.officer)
        self.clock.now = decided
        return contact

    @property
    def children(self) -> list[KnownPerson]:
        """Whom a contact is about."""
        return [self.child] if self.sibling is None else [self.child, self.sibling]

    def who_tells(self) -> dict[str, Any]:
        """Give who makes the contact."""
        if self.number == ANONYMOUS:
            return {"source": "", "is_anonymous": True, "referrer_name": ""}
        if self.number == RELATIVE_OF_AN_AGENCY:
            return {"source": "1A", "agency": self.people.health}
        return {"source": SOURCES[self.number % len(SOURCES)]}

    def consent(self) -> dict[str, str]:
        """Give what is said of consent."""
        if self.number == CONSENT_NOT_KNOWN:
            return {"consent": "not_known"}
        overridden = self.number % 3 == 1
        return {
            "consent": ("given", "refused", "not_sought")[self.number % 3],
            "consent_from": "The mother",
            "override_basis": "safeguarding" if overridden else "",
            "override_reason": "Harm is feared." if overridden else "",
        }

    def decide(self, contact: Contact, outcome: str) -> None:
        """Recommend an outcome, and have it authorised two hours later."""
        people, number, levels = self.people, self.number, self.people.levels
        helped = outcome in ("referral", "strategy")
        # Some are taken up though they are below the threshold.
        level = levels[2 if number % 12 == 3 else -1] if helped else levels[number % 3]
        deciding.recommend(
            again(contact),
            outcome=outcome,
            level=level,
            rationale="As the threshold guidance says.",
            offered_instead="" if helped else "A parenting course.",
            by=people.officer,
        )
        self.clock.later(hours=2)
        deciding.authorise(
            Recommendation.objects.get(contact=contact, state="waiting"),
            "I agree.",
            by=people.manager,
        )

    def open_again(self, contact: Contact) -> None:
        """Have the contact opened again once the case is closed."""
        self.at(45 if self.number == OPEN_AGAIN else 35)
        deciding.reopen(again(contact), "The school rang again.", by=self.people.manager)
        self.clock.later(hours=1)
        if self.number == DECIDED_AGAIN:
            found_out = {"missing": False, "exploitation": False}
            screening.change_contact(again(contact), again(contact).version, found_out)
            self.decide(contact, "referral")

    def ask(self, contact: Contact) -> None:
        people = self.people
        for agency in (people.police, people.health):
            information.ask_agency(
                again(contact),
                agency=agency,
                children=contact.children.all(),
                question="What do you know of the family?",
                lawful_basis="public_task",
                due_at=self.clock.now + timedelta(hours=4),
                by=people.officer,
            )
        asked_at = self.clock.now
        self.clock.later(hours=6)
        for hours, asked in zip(
            (2, 5), InformationRequest.objects.filter(contact=contact).order_by("pk"), strict=True
        ):
            if self.number % 8 != 5 or hours == 2:
                refuses = self.number == REFUSED and hours == 2
                information.answer_request(
                    asked,
                    nothing_known=not refuses,
                    refused_because="Nobody asked the family." if refuses else "",
                    replied_by="P. C. Invented",
                    at=asked_at + timedelta(hours=hours),
                )
        information.go_on(again(contact), "The rest was asked by telephone.", by=people.officer)

    def triage(self, contact: Contact) -> None:
        people = self.people
        triage.list_for_triage(again(contact), by=people.officer)
        self.clock.set(due(self.day, 1 + self.number % 3), 11)
        day = Triage.objects.filter(day=self.clock.now.date()).first()
        day = day or triage.begin_triage(by=people.manager)
        triage.discuss_contact(
            day, again(contact), None, {"discussion": "Said.", "decision": "Go."}
        )

    def went_missing(self) -> None:
        people = self.people
        self.at(5, 18)
        episode = episodes.record_missing(
            self.child,
            {
                "kind": "missing",
                "missing_from": "home",
                "starts_at": self.clock.now - timedelta(hours=3),
                "risk": "high",
                "risk_because": "The child is young.",
                "police_told": True,
                "police_told_at": self.clock.now,
            },
            by=people.complex,
        )
        self.clock.later(hours=20)
        if self.number == NEVER_BACK:
            reason = "The child is with the police of another country."
            episodes.end_episode(episode, ended_at=self.clock.now, reason=reason, by=people.complex)
            return
        interview = episodes.note_return(
            episode, returned_at=self.clock.now, found="At home.", harmed=False, by=people.complex
        )
        self.clock.later(hours=2)
        interviews.offer_interview(
            again(interview), offered_at=self.clock.now, given_to=people.complex, by=people.complex
        )
        if self.number % 2:
            interviews.accept_interview(again(interview), by=people.complex)
            self.clock.later(hours=30 if self.number % 4 == 1 else 90)
            interviews.hold_interview(
                again(interview),
                {
                    "completed_at": self.clock.now,
                    "interviewer": "A. Invented",
                    "is_independent": True,
                    "own_words": "I was at a friend's.",
                    "judgement": "The friend is safe.",
                    "late_because": "The child was ill.",
                },
                by=people.complex,
            )

    # -- the pathway -----------------------------------------------------------------------

    def assess(self, referral: Referral) -> None:
        people, number = self.people, self.number
        self.at(6)
        if self.is_over(6):
            return
        row = assessing.begin_assessment(again(referral), by=people.worker)
        self.at(8)
        self.visit(referral, "assessment")
        # One is late, and one is not done at all.
        length = {9: 52, 18: 150}.get(number, 25)
        if self.is_over(length):
            return
        self.at(length)
        outcome = {0: "need_plan", 1: "strategy", 3: "strategy" if number % 4 == 3 else "close"}[
            number % 6
        ]
        assessing.write_assessment(
            again(row),
            again(row).version,
            {
                "child_seen": number % 5 != 0,
                **_TEXTS,
                "judgement": "The home is not safe yet.",
                "factors": "16A 3A" if number % 2 else "21",
                "outcome": outcome,
                "late_reason": "workload" if length > 45 else "",
            },
            by=people.worker,
        )
        case = again(referral)
        referrals.describe_case(
            case, case.version, primary_need="N1", locality=case.locality, by=people.worker
        )
        assessing.submit_assessment(again(row), by=people.worker)
        self.clock.later(hours=2)
        done = Assessment.objects.get(pk=row.pk)
        assessing.authorise_assessment(done, done.version, "I agree.", by=people.manager)
        {"need_plan": self.in_need, "strategy": self.protect, "close": self.close}[outcome](
            referral, length
        )

    def visit(
        self, referral: Referral, pathway: str, *, seen: bool = True, alone: bool = True
    ) -> None:
        visiting.record_visit(
            again(referral),
            {
                "pathway": pathway,
                "made_at": self.clock.now,
                "seen": seen,
                "seen_alone": alone if seen else None,
                "why_not": "" if seen and alone else "The mother would not leave the room.",
                "bedroom_seen": True if seen else None,
                "own_words": "I like school.",
            },
            by=self.people.worker,
        )

    def in_need(self, referral: Referral, after: int) -> None:
        people = self.people
        starts = self.at(after + 2)
        plan = need.begin_need_plan(
            again(referral), starts, {"needs": "Food.", "goals": "Meals."}, by=people.worker
        )
        for days in range(after + 10, 200, 18 if self.number % 4 else 33):
            if self.is_over(days):
                return
            self.at(days, 14)
            self.visit(referral, "cin", alone=days % 2 == 0)
            if days > after + 60 and self.number % 4 == 0:
                self.clock.later(hours=1)
                need.end_need_plan(
                    again(plan),
                    ends=self.clock.now.date(),
                    stepped_to="other",
                    because_of="The goals are met.",
                    by=people.worker,
                )
                self.close(referral, days)
                return

    def close(self, referral: Referral, after: int) -> None:
        self.at(after + 2)
        if self.is_over(after + 2):
            return
        reason = "RC8" if self.number % 6 == 3 else "RC7"
        closing.ask_to_close(again(referral), reason, "Nothing is open.", by=self.people.worker)
        row = again(referral)
        closing.authorise_closure(row, row.version, "I agree.", by=self.people.manager)

    def protect(self, referral: Referral, after: int) -> None:
        people, number = self.people, self.number
        if self.is_over(after + 30):
            return
        self.at(after + 1)
        waiting = again(referral).discussions.filter(decision="").first()
        talk = waiting or discussing.call_discussion(
            again(referral), self.clock.now - timedelta(hours=1), by=people.worker
        )
        discussing.record_discussion(
            talk,
            talk.version,
            held_at=self.clock.now,
            chair=people.manager,
            agencies=dict.fromkeys(Agency.objects.all(), ("present", "Invented")),
            minutes="What was said.",
            by=people.worker,
        )
        why = "Significant harm is likely."
        discussing.decide_discussion(
            again(talk), again(talk).version, "joint", why, by=people.manager
        )
        enquiry = Enquiry.objects.get(discussion=talk)
        self.at(after + (4 if number % 4 == 1 else 8))
        needed = "no" if number % 18 == 13 else "yes"
        enquiring.decide_conference(
            enquiry, needed, "The risk goes on.", late_because="It was late.", by=people.manager
        )
        if needed == "no":
            return
        row = Conference.objects.get(enquiry=enquiry)
        self.book(row)
        for agency in (people.police, people.health):
            conferring.invite_agency(again(row), agency, LAST, by=people.worker)
        late = number % 4 == 3
        self.at(after + (19 if late else 12), 14)
        self.hold(row, "no_plan" if number % 18 == 7 else "plan")
        plan = ProtectionPlan.objects.filter(made_at=row).first()
        if plan is not None:
            self.under_plan(referral, plan, after + (19 if late else 12))

    def book(self, row: Conference) -> None:
        conferring.book_conference(
            again(row),
            again(row).version,
            {
                "booked_for": self.clock.now + timedelta(days=1),
                "mode": "both",
                "venue": "Room 1",
                "chair": self.people.chair,
            },
            by=self.people.worker,
        )

    def hold(self, row: Conference, outcome: str) -> None:
        attended = {
            each.pk: (place == 0 or self.number % 4 == 1, False)
            for place, each in enumerate(again(row).agencies.order_by("pk"))
        }
        conferring.hold_conference(
            again(row),
            conferring.Held(
                held_at=self.clock.now,
                outcome=outcome,
                rationale="The child is at continuing risk.",
                child_view="I want to stay at home.",
                parent_view="They agree.",
                participation="PN1" if self.number % 3 else "PN7",
                is_quorate=True,
                attended=attended,
                category="" if outcome in ("no_plan", "ends") else ("NEG", "EMO")[self.number % 2],
                after="no_plan" if outcome in ("no_plan", "ends") else "",
                previous_plans=self.number % 4 // 3,
                late_reason=("venue", "family")[self.number % 2],
            ),
            by=self.people.chair,
        )

    def under_plan(self, referral: Referral, plan: ProtectionPlan, after: int) -> None:
        people, number = self.people, self.number
        group = CoreGroup.objects.get(plan=plan)
        days = 5 if number % 4 == 1 else 13
        for step in range(6, 120, 8 if number % 3 else 14):
            if self.is_over(after + step):
                return
            self.at(after + step, 15)
            self.visit(referral, "cpp", seen=step % 3 != 0, alone=step % 4 != 0)
            if step >= days and group.held_on is None:
                planning.hold_core_group(
                    group,
                    held_on=self.clock.now.date(),
                    present="All.",
                    progress="Some.",
                    late_because="Illness.",
                    by=people.worker,
                    **_TEXTS,
                )
                group = again(group)
            review = plan.reviews.filter(held_at=None, cancelled_because="").first()
            if review is not None and step > 56:
                self.book(review)
                self.clock.later(hours=1)
                self.hold(review, "ends" if number % 4 == 1 else "continues")
                if number % 4 == 1:
                    return

    def come_back(self, referral: Referral) -> None:
        """Be referred again, once the first case is closed."""
        if again(referral).closed_on is None:
            return
        self.number += 3  # what becomes of it is another child's course
        self.day = due(self.day, 75)
        while not is_working_day(self.day):
            self.day += timedelta(days=1)
        self.contact(self.day, "referral")
