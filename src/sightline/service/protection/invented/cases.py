"""One invented case, told step by step: each is an action of the service, done as of a moment in the past.

Days are working days before the day of the demonstration.
"""

from typing import Any

from sightline.service.accounts.models import Person
from sightline.service.children.queries import root_of
from sightline.service.protection import stepping
from sightline.service.protection.actions import (
    allocating,
    assessing,
    closing,
    conferring,
    court,
    discussing,
    enquiring,
    letters,
    meetings,
    need,
    planning,
    visiting,
)
from sightline.service.protection.invented.making import Making, Place, words
from sightline.service.protection.invented.moments import as_of
from sightline.service.protection.models import (
    Assessment,
    Conference,
    CoreGroup,
    Enquiry,
    NeedReview,
    PreProceedings,
    Referral,
)
from sightline.service.protection.queries.parents import parents_of

_FACTORS = ("3B", "4B 16A", "2B 16A", "3B 17A", "16A")
_VENUES = {
    "room": "Invented House, room 2",
    "both": "Invented House, room 2, or by the link in the invitation",
    "remote": "By the link in the invitation",
}
_CATEGORIES = ("NEG", "EMO", "PHY", "NEG", "SAB")


def _now(row: Any) -> Any:
    """Give a row as it stands in the database."""
    return type(row)._default_manager.get(pk=row.pk)


class Case:
    """A case being told: whose it is, where, and who has it."""

    def __init__(self, making: Making, place: Place, referral: Referral, worker: Person) -> None:
        self.making, self.place, self.worker = making, place, worker
        self.referral = referral
        self.name = referral.child.first_names

    def say(self, about: str, what: str) -> str:
        """Choose words about this child."""
        return self.making.say(about, what, self.name)

    def _as_of(self, ago: int, hour: int) -> Any:
        return as_of(self.making.at(ago, hour))

    def allocate(self, ago: int, *, worker: Person | None = None, why: str = "") -> None:
        """Give it to its worker; with a reason, to another."""
        self.worker = worker or self.worker
        with self._as_of(ago, 9):
            allocating.allocate(
                self.referral,
                _now(self.referral).version,
                worker=self.worker,
                team=self.place.team,
                why_changed=why,
                by=self.place.manager,
            )

    # --- Assessment

    def assess(self, ago: int, *, seen: bool | None = True) -> None:
        """Begin the assessment, and write what there is of it."""
        with self._as_of(ago, 10):
            row = assessing.begin_assessment(self.referral, by=self.worker)
            assessing.write_assessment(
                row,
                row.version,
                {
                    "child_seen": seen,
                    "child_view": self.say("assessment", "child") if seen else "",
                    "parent_view": self.say("assessment", "parents"),
                },
                by=self.worker,
            )

    def submit(self, ago: int, *, outcome: str = "need_plan", late: str = "") -> None:
        """Finish the assessment and hand it in; `late` is the coded reason."""
        with self._as_of(ago, 14):
            row = self._assessment()
            assessing.write_assessment(
                row,
                row.version,
                {
                    "child_seen": True,
                    "child_view": row.child_view or self.say("assessment", "child"),
                    "judgement": self.say("assessment", "judgement"),
                    "factors": self.making.one_of(_FACTORS),
                    "outcome": outcome,
                    "late_reason": late,
                },
                by=self.worker,
            )
            assessing.submit_assessment(_now(row), by=self.worker)

    def authorise(self, ago: int) -> None:
        """Authorise the assessment."""
        with self._as_of(ago, 16):
            row = self._assessment()
            why = self.say("assessment", "why")
            assessing.authorise_assessment(row, row.version, why, by=self.place.other)

    def give_back(self, ago: int) -> None:
        """Give the assessment back to be written further."""
        with self._as_of(ago, 16):
            row = self._assessment()
            why = self.say("assessment", "returned")
            assessing.return_assessment(row, row.version, why, by=self.place.manager)

    def assessed(self, ago: int, took: int = 25, *, outcome: str = "need_plan") -> None:
        """Have it allocated, assessed and authorised, from the referral so many days ago."""
        self.allocate(ago - 1)
        self.assess(ago - 2)
        self.visit(ago - 3, "assessment")
        self.submit(ago - took + 1, outcome=outcome)
        self.authorise(ago - took)

    def _assessment(self) -> Assessment:
        return self.referral.assessments.get(authorised_at=None)

    # --- Visits

    def visit(self, ago: int, pathway: str, *, seen: bool = True, alone: bool = True) -> None:
        """Record a visit, on the day it was made."""
        about: dict[str, Any] = {"seen_alone": False if not seen else alone, "bedroom_seen": None}
        if seen:
            about["bedroom_seen"] = self.making.chance.random() < 0.7
            about["own_words"] = self.say("visit", "own")
            about["parent_view"] = self.say("visit", "parents")
            about["judgement"] = self.say("visit", "judgement")
        why = "" if seen and alone else self.say("visit", "not_alone" if seen else "not_seen")
        made_at = self.making.at(ago, 15)
        with self._as_of(ago, 16):
            visiting.record_visit(
                self.referral,
                {
                    "pathway": pathway,
                    "made_at": made_at,
                    "is_announced": self.making.chance.random() < 0.6,
                    "seen": seen,
                    "why_not": why,
                    **about,
                },
                by=self.worker,
            )

    # --- Strategy discussion and enquiry

    def call(self, ago: int, hour: int = 11) -> None:
        """Call a strategy discussion."""
        with self._as_of(ago, hour):
            discussing.call_discussion(self.referral, self.making.at(ago, hour), by=self.worker)

    def discuss(self, ago: int, decision: str = "joint", *, hour: int = 14) -> None:
        """Hold the discussion that waits; an enquiry begins with it where it decides so."""
        self.record_discussion(ago, hour)
        with self._as_of(ago, hour):
            row = self.referral.discussions.get(decision="")
            why = self.say("discussion", "again" if decision == "again" else "why")
            discussing.decide_discussion(row, row.version, decision, why, by=self.place.manager)

    def record_discussion(self, ago: int, hour: int = 14) -> None:
        """Put on record who took part in the discussion that waits, and what was said."""
        agencies = self.making.agencies
        with self._as_of(ago, hour):
            row = self.referral.discussions.get(decision="")
            discussing.record_discussion(
                row,
                row.version,
                held_at=self.making.at(ago, hour),
                chair=self.place.manager,
                agencies={
                    agencies["police"]: ("present", "Det. Sgt. Invented"),
                    agencies["health"]: (
                        self.making.one_of(("present", "present", "information")),
                        "Named nurse Invented",
                    ),
                    agencies["education"]: ("present", "Safeguarding lead Invented"),
                },
                minutes=self.say("discussion", "minutes"),
                actions=self.say("discussion", "actions"),
                by=self.worker,
            )

    def enquire(self, ago: int) -> None:
        """Have an enquiry begin: the discussion called and held on one day."""
        self.call(ago)
        self.discuss(ago)

    def decide(self, ago: int, needed: str, *, late: str = "") -> None:
        """Decide whether a conference is needed."""
        with self._as_of(ago, 12):
            why = self.say("enquiry", "conference" if needed == "yes" else "none")
            enquiring.decide_conference(
                self._enquiry(), needed, why, late_because=late, by=self.place.manager
            )

    def find(self, ago: int, finding: str = "substantiated") -> None:
        """Write the finding of the enquiry, and hand it in."""
        with self._as_of(ago, 15):
            row = self._enquiry()
            enquiring.write_enquiry(
                row,
                row.version,
                {
                    "child_view": self.say("enquiry", "child"),
                    "parent_view": self.say("enquiry", "parents"),
                    "judgement": self.say("enquiry", "judgement"),
                    "finding": finding,
                },
                by=self.worker,
            )
            enquiring.submit_enquiry(_now(row), by=self.worker)

    def end_enquiry(self, ago: int) -> None:
        """Authorise the finding: the enquiry ends."""
        with self._as_of(ago, 16):
            row = self._enquiry()
            why = self.say("enquiry", "finding")
            enquiring.authorise_enquiry(row, row.version, why, by=self.place.manager)

    def _enquiry(self) -> Enquiry:
        return self.referral.enquiries.get(ended_at=None)

    # --- Conference

    def book(self, ago: int, when: int, *, reports: int = 0, hour: int = 10) -> None:
        """Book the conference for so many working days ago, or to come where negative; invite agencies.

        `reports` says how many of the three agencies have sent theirs.
        """
        row = self._conference()
        support, agencies = self.making.support, self.making.agencies
        booked_for, mode = self.making.at(when, hour), self.making.one_of(tuple(_VENUES))
        by = support if self.place.team in _teams_of(support) else self.place.manager
        with self._as_of(ago, 13):
            conferring.book_conference(
                row,
                row.version,
                {
                    "booked_for": booked_for,
                    "mode": mode,
                    "venue": _VENUES[mode],
                    "chair": self.making.chairs[self.making.next("chair") % 2],
                },
                by=by,
            )
            row = _now(row)
            for kind in ("police", "health", "education"):
                conferring.invite_agency(row, agencies[kind], self._report_day(when), by=by)
        self.receive_reports(max(ago - 1, 0), reports)

    def _report_day(self, when: int) -> Any:
        return self.making.at(when + 2, 17).date()

    def receive_reports(self, ago: int, how_many: int) -> None:
        """Note that so many agencies have sent their report."""
        row = self._conference()
        with self._as_of(ago, 16):
            day = self.making.at(ago, 16).date()
            for invited in row.agencies.filter(report_received_on=None)[:how_many]:
                invited.conference = row
                changes = {"report_received_on": day, "name": invited.name or "A. N. Invented"}
                conferring.note_agency(invited, invited.version, changes, by=self.place.manager)

    def put_off(self, ago: int) -> None:
        """Put the booking off: another waits to be booked."""
        with self._as_of(ago, 14):
            conferring.put_off(
                self._conference(),
                self.say("conference", "put_off"),
                late_reason="other",
                by=self.place.manager,
            )

    def confer(
        self, ago: int, outcome: str, *, hour: int = 10, late: str = "", **more: Any
    ) -> None:
        """Hold the conference; held late, with the coded reason."""
        row = self._conference()
        by = row.chair or self.making.chairs[0]
        with_plan = outcome in ("plan", "continues")
        school = self.making.agencies["education"]
        with self._as_of(ago, hour + 2):
            conferring.hold_conference(
                row,
                conferring.Held(
                    held_at=self.making.at(ago, hour),
                    outcome=outcome,
                    rationale=self.say("conference", "why" if with_plan else "why_not"),
                    child_view=self.say("conference", "child"),
                    parent_view=self.say("conference", "parents"),
                    participation=self.making.one_of(("PN1", "PN5", "PN6", "PN0")),
                    is_quorate=True,
                    attended={
                        each.pk: (each.agency != school or self.making.chance.random() < 0.7, False)
                        for each in row.agencies.select_related("agency")
                    },
                    category=self.making.one_of(_CATEGORIES) if with_plan else "",
                    after="" if with_plan else "need_plan",
                    late_reason=late,
                    late_agency=school if late == "reports" else None,
                    late_note=self.say("conference", "late_note") if late == "reports" else "",
                    **more,
                ),
                by=by,
            )

    def write_minutes(self, ago: int, *, sent: bool = True) -> None:
        """Write the minutes of the conference last held, and send them."""
        with self._as_of(ago, 15):
            row = self.referral.conferences.exclude(held_at=None).latest("held_at")
            by = row.chair or self.making.chairs[0]
            conferring.write_minutes(row, row.version, self.say("conference", "minutes"), by=by)
            if sent:
                row = _now(row)
                conferring.send_minutes(row, row.version, by=by)

    def _conference(self) -> Conference:
        return self.referral.conferences.get(held_at=None, cancelled_because="")

    # --- Plans

    def write_plan(self, ago: int) -> None:
        """Write the child protection plan, and its first actions."""
        plan = self.referral.plans.get(ends=None)
        with self._as_of(ago, 11):
            texts = {what: self.say("plan", what) for what in ("danger", "safety", "contingency")}
            planning.write_plan(plan, plan.version, texts, by=self.worker)
            for what, who in words()["plan"]["actions"]:
                planning.add_action(
                    plan,
                    what=what.format(name=self.name),
                    who=who,
                    due=self.making.at(max(ago - 20, -10), 12).date(),
                    by=self.worker,
                )

    def hold_core_group(self, ago: int, *, late: bool = False) -> None:
        """Hold the core group that is due."""
        group = CoreGroup.objects.get(plan__referral=self.referral, held_on=None)
        with self._as_of(ago, 14):
            planning.hold_core_group(
                group,
                held_on=self.making.at(ago, 13).date(),
                present=f"{self.worker}\nA parent\nClass teacher\nHealth visitor",
                progress=self.say("plan", "progress"),
                child_view=self.say("plan", "child"),
                parent_view=self.say("plan", "parents"),
                late_because=self.say("plan", "late") if late else "",
                by=self.worker,
            )

    def end_plan_at_18(self, ago: int) -> None:
        """End the child protection plan without a conference, on the birthday."""
        with self._as_of(ago, 12):
            planning.end_plan(
                self.referral.plans.get(ends=None),
                "adult",
                self.say("plan", "ended"),
                ends=root_of(self.referral.child).eighteen,
                by=self.place.other,
            )

    def begin_need(self, ago: int) -> None:
        """Begin a child in need plan."""
        with self._as_of(ago, 11):
            need.begin_need_plan(
                self.referral,
                self.making.at(ago, 11).date(),
                {
                    "needs": self.say("need", "needs"),
                    "goals": self.say("need", "goals"),
                    "parent_view": self.say("assessment", "parents"),
                    "child_view": self.say("assessment", "child"),
                },
                by=self.worker,
            )

    def review_need(self, ago: int, *, late: bool = False) -> None:
        """Hold the review of the child in need plan that is due."""
        review = NeedReview.objects.get(plan__referral=self.referral, held_on=None)
        with self._as_of(ago, 14):
            need.hold_need_review(
                review,
                held_on=self.making.at(ago, 13).date(),
                decision=self.say("need", "review"),
                late_because=self.say("need", "late") if late else "",
                by=self.worker,
            )

    def end_need(self, ago: int, to: str = stepping.EARLY_HELP) -> None:
        """End the child in need plan."""
        with self._as_of(ago, 15):
            need.end_need_plan(
                self.referral.need_plans.get(ends=None),
                ends=self.making.at(ago, 12).date(),
                stepped_to=to,
                because_of=self.say("need", "ended"),
                by=self.worker,
            )

    # --- Before court, and in court

    def begin_court(self, ago: int) -> None:
        """Decide that pre-proceedings begin."""
        with self._as_of(ago, 11):
            day = self.making.at(ago, 11).date()
            why = self.say("court", "why")
            court.begin_pre_proceedings(self.referral, day, why, by=self.place.senior)

    def write_letters(self, ago: int) -> None:
        """Write the letters before proceedings, one to each parent."""
        with self._as_of(ago, 13):
            row = self._court()
            texts = {
                what: self.say("court", what) for what in ("worries", "must_change", "support")
            }
            texts["child_view"] = self.say("plan", "child")
            letters.write_letter(row, row.version, texts, by=self.worker)
            for each in parents_of(root_of(self.referral.child), self.worker):
                view = self.say("plan", "parents")
                letters.address_letter(row, each.person, view, by=self.worker)

    def send_letters(self, ago: int) -> None:
        """Write the letters before proceedings, and send them."""
        self.write_letters(ago)
        with self._as_of(ago, 14):
            day = self.making.at(ago, 14).date()
            for each in self._court().letters.all():
                read = self._court().version
                letters.send_letter(each, each.version, read, day, by=self.worker)

    def drop_letter(self, ago: int) -> None:
        """Write another letter to the first parent, which is then not sent."""
        with self._as_of(ago, 15):
            first = self._court().letters.all()[0]
            again = letters.address_letter(self._court(), first.to, "", by=self.worker)
            why = self.say("court", "not_sent")
            letters.drop_letter(again, again.version, why, by=self.worker)

    def meet(self, ago: int, kind: str = "meeting") -> None:
        """Record a meeting before proceedings, a family group meeting, or a hearing."""
        with self._as_of(ago, 15):
            meetings.record_meeting(
                self._court(),
                kind=kind,
                held_on=self.making.at(ago, 13).date(),
                present=f"{self.worker}\nBoth parents\nTheir solicitor",
                agreed=self.say("court", "hearing" if kind == "hearing" else "meeting"),
                by=self.worker,
            )

    def book_meeting(self, ago: int, on: int, kind: str, *, off: bool = False) -> None:
        """Book a meeting or a hearing for a day; `off`: it is then called off."""
        with self._as_of(ago, 16):
            booked = meetings.book_meeting(
                self._court(),
                kind=kind,
                booked_for=self.making.at(on, 10),
                place="Invented House, room 2",
                by=self.worker,
            )
            if off:
                why = self.say("court", "called_off")
                meetings.call_off_meeting(booked, booked.version, why, by=self.worker)

    def review_court(self, ago: int) -> None:
        """Review the pre-proceedings."""
        with self._as_of(ago, 15):
            row = self._court()
            court.review_pre_proceedings(
                row,
                row.version,
                held_on=self.making.at(ago, 13).date(),
                present="Legal adviser",
                agreed=self.say("court", "review"),
                by=self.place.senior,
            )

    def step_down(self, ago: int, to: str) -> None:
        """End the pre-proceedings without court."""
        with self._as_of(ago, 15):
            row = self._court()
            why = self.say("court", "down")
            court.step_down(row, row.version, stepped_to=to, rationale=why, by=self.place.senior)

    def decide_for_court(self, ago: int) -> None:
        """Decide that the case goes to court."""
        with self._as_of(ago, 11):
            row = self._court()
            day, why = self.making.at(ago, 11).date(), self.say("court", "apply")
            court.decide_for_court(
                row, row.version, decided_on=day, rationale=why, by=self.place.senior
            )

    def apply(self, ago: int) -> None:
        """Decide that the case goes to court, and apply three days later."""
        self.decide_for_court(ago + 3)
        with self._as_of(ago, 12):
            row, day = self._court(), self.making.at(ago, 12).date()
            court.apply_to_court(row, row.version, application_on=day, by=self.worker)

    def order(self, ago: int, order: str) -> None:
        """Record the final order of the court."""
        with self._as_of(ago, 16):
            row = self._court()
            day = self.making.at(ago, 12).date()
            court.record_order(
                row, row.version, order_on=day, order=order, order_said="", by=self.worker
            )

    def _court(self) -> PreProceedings:
        return self.referral.pre_proceedings.get(ended_on=None)

    # --- Closing

    def ask_to_close(self, ago: int, reason: str = "RC7") -> None:
        """Ask that the case be closed."""
        with self._as_of(ago, 10):
            closing.ask_to_close(
                _now(self.referral), reason, self.say("closing", "why"), by=self.worker
            )

    def close(self, ago: int) -> None:
        """Close the case."""
        with self._as_of(ago, 12):
            row = _now(self.referral)
            why = self.say("closing", "decided")
            closing.authorise_closure(row, row.version, why, by=self.place.other)


def _teams_of(person: Person) -> list[Any]:
    return [each.team for each in person.appointments_in_force]
