"""What becomes of the invented cases: each story brings one to where somebody must act, or past it.

A story is told of each child of a family. Days are working days before the day of the demonstration.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sightline.service.protection import stepping
from sightline.service.protection.invented.cases import Case
from sightline.service.protection.invented.families import TURNED_18

Tell = Callable[[Case], None]


@dataclass(frozen=True)
class Story:
    """What is told, of how many brothers and sisters, from how many working days ago on."""

    what: str
    began: int
    tell: Tell
    children: int = 1
    worker: int = 0
    """Which of the workers of the place has the case."""
    outcome: str = "referral"
    """What was decided about the contact; empty: transferred in."""
    oldest: int = 0


# --- Assessments


def _writing(ago: int) -> Tell:
    def tell(case: Case) -> None:
        case.allocate(ago - 1)
        case.assess(ago - 2)
        case.visit(max(ago - 4, 1), "assessment")

    return tell


def _submitted(ago: int, *, late: str = "") -> Tell:
    def tell(case: Case) -> None:
        _writing(ago)(case)
        case.submit(1, late=late)

    return tell


def _returned(case: Case) -> None:
    _writing(30)(case)
    case.submit(5)
    case.give_back(3)


def _no_help_needed(case: Case) -> None:
    case.assessed(40, 30, outcome="close")


# --- Strategy discussions and enquiries


def _to_discuss(case: Case) -> None:
    case.allocate(1)
    case.assess(1)


def _to_decide(case: Case) -> None:
    case.allocate(2)
    case.assess(2)
    case.record_discussion(1)


def _meets_again(case: Case) -> None:
    case.allocate(2)
    case.assess(2)
    case.discuss(1, "again")


def _enquiry(ago: int, *, seen: bool = True) -> Callable[[Case], None]:
    """An enquiry begun so many days ago, in a case whose assessment is being written."""

    def tell(case: Case) -> None:
        case.allocate(ago + 5)
        case.assess(ago + 4)
        case.visit(ago + 3, "assessment")
        case.enquire(ago)
        if seen:
            case.visit(max(ago - 1, 0), "assessment")
        else:
            case.visit(max(ago - 1, 0), "assessment", seen=False)

    return tell


def _decided_late(case: Case) -> None:
    _enquiry(8)(case)
    case.decide(2, "yes", late=case.say("enquiry", "late"))


def _finding_waits(case: Case) -> None:
    _enquiry(12)(case)
    case.decide(9, "no")
    case.find(2, "not_continuing")


def _finding_to_write(case: Case) -> None:
    _enquiry(7)(case)
    case.decide(3, "no")


def _no_conference(case: Case) -> None:
    _enquiry(25)(case)
    case.decide(21, "no")
    case.find(14, "not_continuing")
    case.end_enquiry(12)
    case.submit(8)
    case.authorise(6)
    case.begin_need(5)


# --- Conferences


def _conference_decided(ago: int) -> Tell:
    def tell(case: Case) -> None:
        _enquiry(ago)(case)
        case.decide(ago - 3, "yes")
        case.find(max(ago - 5, 1))
        if ago > 6:
            case.end_enquiry(ago - 6)

    return tell


def _booked(case: Case) -> None:
    _conference_decided(9)(case)
    case.book(5, -3, reports=1)


def _booked_too_late(case: Case) -> None:
    _conference_decided(11)(case)
    case.book(6, -7, hour=14)


def _put_off(case: Case) -> None:
    _conference_decided(13)(case)
    case.book(8, 2, reports=2)
    case.put_off(2)


def _no_plan(case: Case) -> None:
    _conference_decided(40)(case)
    case.submit(28)
    case.authorise(27)
    case.book(33, 26, reports=3)
    case.confer(26, "no_plan")
    case.write_minutes(22, sent=False)
    case.visit(15, "cin")
    case.visit(4, "cin")


# --- Child protection plans


def _plan(ago: int, *, late: str = "", reports: int = 3) -> Tell:
    """A plan that began so many days ago, after the enquiry, the conference and the assessment."""

    def tell(case: Case) -> None:
        before = 18 if late else 12
        _conference_decided(ago + before)(case)
        case.submit(ago + 3)
        case.authorise(ago + 2)
        case.book(ago + 7, ago, reports=reports)
        case.confer(ago, "plan", late=late, previous_plans=case.making.one_of((0, 0, 1)))

    return tell


def _visited(case: Case, since: int, until: int, every: int = 9) -> None:
    """Visits under a plan from one day to another, the child mostly seen alone."""
    for ago in range(since, until - 1, -every):
        case.visit(ago, "cpp", alone=case.making.chance.random() < 0.75)


def _plan_well(case: Case) -> None:
    _plan(60)(case)
    case.write_minutes(52)
    case.write_plan(58)
    case.hold_core_group(51)
    case.hold_core_group(23)
    _visited(case, 55, 3)
    case.begin_court(20)
    case.send_letters(18)
    case.meet(8)


def _plan_core_group_missed(case: Case) -> None:
    """The core group was missed; pre-proceedings have begun, and the letter is to be sent."""
    _plan(45)(case)
    case.write_minutes(40)
    case.write_plan(41)
    case.hold_core_group(36)
    _visited(case, 40, 4, 12)
    case.begin_court(3)
    case.write_letters(2)


def _plan_not_seen(case: Case) -> None:
    _plan(33)(case)
    case.write_minutes(28)
    case.write_plan(30)
    case.hold_core_group(20, late=True)
    _visited(case, 29, 20)
    case.visit(6, "cpp", seen=False)
    case.visit(2, "cpp", seen=False)


def _plan_review_due(case: Case) -> None:
    _plan(61)(case)
    case.write_minutes(50)
    case.write_plan(58)
    case.hold_core_group(52)
    case.hold_core_group(25)
    _visited(case, 55, 5, 10)
    case.book(10, -1, reports=1)


def _plan_held_late(case: Case) -> None:
    _plan(9, late="reports", reports=2)(case)
    case.write_plan(7)
    case.visit(5, "cpp")


def _plan_reviewed(case: Case) -> None:
    _plan(95)(case)
    case.write_minutes(90)
    case.write_plan(93)
    for ago in (86, 58, 30, 6):
        case.hold_core_group(ago)
    case.book(60, 40, reports=3)
    case.confer(40, "continues")
    _visited(case, 90, 8)


def _stepped_up(case: Case) -> None:
    """From a child in need plan to a child protection plan; the minutes are not written yet."""
    _need(70)(case)
    case.visit(60, "cin")
    case.enquire(26)
    case.visit(25, "cin")
    case.decide(23, "yes")
    case.find(20)
    case.end_enquiry(19)
    case.book(21, 12, reports=2)
    case.confer(12, "plan")
    case.write_plan(10)
    case.hold_core_group(4)
    case.visit(6, "cpp")


def _plan_ended(case: Case) -> None:
    _plan(80)(case)
    case.write_minutes(75)
    case.write_plan(78)
    case.hold_core_group(72)  # the next was overdue when the plan ended
    _visited(case, 75, 30)
    case.book(40, 24, reports=3)
    case.confer(24, "ends")
    case.write_minutes(20)
    case.visit(10, "cin")


def _plan_ended_at_18(case: Case) -> None:
    _plan(50)(case)
    case.write_minutes(45)
    _visited(case, 46, 12)
    case.end_plan_at_18(TURNED_18)


# --- Before court, and in court


def _before_court(case: Case, ago: int) -> None:
    """From the decision to the first meeting, so many days ago."""
    case.begin_court(ago)
    case.send_letters(ago - 4)
    case.meet(ago - 10)


def _to_apply(case: Case) -> None:
    """It is decided that the case goes to court, and the application is to be made."""
    case.assessed(70)
    case.begin_court(40)
    case.send_letters(36)
    case.drop_letter(35)
    case.book_meeting(34, 32, "family", off=True)
    case.meet(30)
    case.begin_need(28)
    for ago in (24, 15, 6):
        case.visit(ago, "cin")
    case.decide_for_court(2)


def _in_court(case: Case) -> None:
    _plan(95)(case)
    case.write_minutes(90)
    case.hold_core_group(86)
    case.hold_core_group(58, late=False)
    case.hold_core_group(30)
    case.hold_core_group(3)
    _before_court(case, 80)
    case.apply(50)
    case.meet(20, "hearing")
    case.book_meeting(19, -6, "hearing")
    case.book(45, 36, reports=3)
    case.confer(36, "continues")
    case.write_minutes(33)
    _visited(case, 90, 5, 17)


def _order_made(case: Case) -> None:
    case.assessed(190)
    _before_court(case, 160)
    case.meet(155, "family")
    case.review_court(110)
    case.apply(100)
    case.meet(70, "hearing")
    case.order(9, "supervision")
    case.begin_need(8)
    case.visit(4, "cin")


# --- Child in need plans


def _need(ago: int) -> Tell:
    def tell(case: Case) -> None:
        case.assessed(ago + 28)
        case.begin_need(ago)

    return tell


def _need_well(case: Case) -> None:
    _need(60)(case)
    for ago in (52, 36, 20, 6):
        case.visit(ago, "cin")


def _need_reviewed(case: Case) -> None:
    _need(90)(case)
    for ago in (80, 62, 44, 26, 9):
        case.visit(ago, "cin")
    case.review_need(35)
    _before_court(case, 60)
    case.step_down(12, stepping.NEED_PLAN)


def _need_overdue(case: Case) -> None:
    _need(72)(case)
    for ago in (60, 42):
        case.visit(ago, "cin")


def _need_ended(case: Case) -> None:
    _need(90)(case)
    for ago in (80, 60, 40, 22):
        case.visit(ago, "cin")
    case.review_need(24, late=True)
    case.end_need(6)


def _need_unreviewed(case: Case) -> None:
    """The review was overdue when the plan ended."""
    _need(110)(case)
    for ago in (100, 78, 55, 33, 12):
        case.visit(ago, "cin")
    case.end_need(6)


# --- Transfer, closing, changes of hands


def _moved_in(case: Case) -> None:
    case.allocate(5)
    case.assess(4)
    case.visit(3, "assessment")


def _closing(case: Case) -> None:
    _no_help_needed(case)
    case.ask_to_close(2, "RC8")


def _closed(case: Case) -> None:
    _no_help_needed(case)
    case.ask_to_close(8, "RC9")
    case.close(6)


def _need_closing(case: Case) -> None:
    _need_ended(case)
    case.ask_to_close(3)


def _changed_hands(case: Case) -> None:
    _need_well(case)
    _before_court(case, 50)
    case.step_down(7, stepping.EARLY_HELP)
    case.allocate(3, worker=case.place.workers[0], why="ABSENC")


OURS: tuple[Story, ...] = (
    # The first worker, whom the demonstration signs in as
    Story("a plan with a core group missed", 62, _plan_core_group_missed, children=2),
    Story("a plan, the child not seen at the last two visits", 50, _plan_not_seen),
    Story("a plan whose review is soon due", 78, _plan_review_due),
    Story("an enquiry at day 3", 8, _enquiry(3)),
    Story("an enquiry at day 4, the child not seen", 9, _enquiry(4, seen=False)),
    Story("decided after day five, and explained", 13, _decided_late, children=2),
    Story("an assessment soon due", 38, _writing(38)),
    Story("an assessment overdue", 49, _writing(49)),
    Story("an assessment handed in late", 48, _submitted(48, late="family")),
    Story("a child in need plan with its visits", 88, _need_well),
    Story("a child in need plan not reviewed, the child not seen", 100, _need_overdue),
    Story("to be closed", 40, _closing),
    # The second
    Story("an enquiry past day five", 11, _enquiry(6), worker=1),
    Story("conferences booked", 14, _booked, children=2, worker=1),
    Story("a conference held late, its minutes to be written", 32, _plan_held_late, worker=1),
    Story("a plan that has ended", 97, _plan_ended, worker=1),
    Story("closed", 40, _closed, worker=1),
    Story("an assessment given back", 30, _returned, worker=1),
    Story("to go to court", 70, _to_apply, children=2, worker=1),
    Story("in care proceedings", 112, _in_court, children=2, worker=1),
    Story("a final order", 190, _order_made, children=2, worker=1),
    # The third
    Story("a finding that waits", 17, _finding_waits, children=2, worker=2),
    Story("a finding to be written", 12, _finding_to_write, worker=2),
    Story("a conference booked for after it is due", 16, _booked_too_late, worker=2),
    Story("conferences put off", 18, _put_off, children=2, worker=2),
    Story("moved in with a plan", 6, _moved_in, worker=2, outcome=""),
    Story("a plan ended at 18", 67, _plan_ended_at_18, worker=2, oldest=18),
    # The fourth
    Story("no plan after the conference", 45, _no_plan, worker=3),
    Story("no conference, and a child in need plan", 30, _no_conference, worker=3),
    Story("a child in need plan ended, to be closed", 118, _need_closing, worker=3),
    Story("in need, ended unreviewed", 138, _need_unreviewed, children=2, worker=3),
    Story("a child in need plan reviewed", 118, _need_reviewed, worker=3),
    Story("stepped up to a plan", 98, _stepped_up, worker=3),
    Story("closed, the second", 40, _closed, worker=3),
    Story("a discussion to be held", 1, _to_discuss, worker=3, outcome="strategy"),
    Story("a discussion that meets again", 2, _meets_again, worker=3, outcome="strategy"),
    Story("discussions to be decided", 2, _to_decide, children=2, worker=3, outcome="strategy"),
    Story("changed hands", 88, _changed_hands, worker=3),
    Story("an assessment handed in", 30, _submitted(30), worker=3),
)
"""Told where the people of the demonstration work."""

RESTRICTED = Story("a restricted child", 20, _writing(20), worker=2)
"""The child of somebody of the council: open only to those named."""

ELSEWHERE: tuple[Story, ...] = (
    Story("brothers and sisters on plans", 77, _plan_well, children=2),
    Story("brothers and sisters in need", 118, _need_reviewed, children=3),
    Story("brothers and sisters in an enquiry", 9, _enquiry(4), children=2),
    Story("brothers and sisters being assessed", 15, _writing(15), children=2),
    Story("brothers and sisters on plans, reviewed", 112, _plan_reviewed, children=2),
)
"""Told one in each of the other localities, of the children of one household."""
