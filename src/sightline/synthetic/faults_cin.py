"""Faults in a census file. Lines stay where they are, so that each can be found again by its number."""

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from random import Random

from sightline.clocks.calendar import due, elapsed
from sightline.synthetic.authority import Authority
from sightline.synthetic.events import Assessment, Child, Enquiry, Episode, Plan
from sightline.synthetic.faults import Fault, Kind, hosts, impossible, plant
from sightline.synthetic.protection import first_day, last_day

_CHILD = re.compile(r"<LAchildID>(.+)</LAchildID>")


def plant_cin(lines: list[str], authority: Authority, count: int, random: Random) -> list[Fault]:
    """Plant faults in the lines of the last census file."""
    file = _File(lines, last_day(authority.years[-1]))
    listed = [child for child in hosts(authority, random) if child.id in file.where]
    return plant(file.kinds(), count, listed)


class _File:
    """The lines of a file, and where each child stands in them."""

    def __init__(self, lines: list[str], end: date) -> None:
        self.lines = lines
        self.end = end
        self.where: dict[str, tuple[int, int]] = {}
        begun = 0
        name = ""
        for index, line in enumerate(lines):
            if line == "<Child>":
                begun = index
            elif line == "</Child>":
                self.where[name] = (begun, index + 1)
            elif found := _CHILD.match(line):
                name = found[1]

    def kinds(self) -> Sequence[Kind]:
        """Give every kind of fault, those of most weight first."""
        return (
            self._of_assessment(self._assessment_ends_before_start),
            self._of_enquiry(self._conference_before_enquiry, conference=True),
            self._of_plan(self._plan_ends_before_start, ended=True),
            self._of_plan(self._review_before_plan),
            self._of_assessment(self._impossible_date),
            self._of_assessment(self._unknown_factor),
            self._of_plan(self._overlapping_plans, ended=True),
            self._of_episode(self._closed_before_referral, closed=True),
            self._of_episode(self._no_reason, closed=True),
            self._of_episode(self._no_closure, closed=True),
            self._of_episode(self._no_answer),
            self._of_episode(self._no_need, closed=False),
            self._child_without_sex,
            self._child_without_birth,
            self._died_before_birth,
            self._of_enquiry(self._copied_enquiry, conference=False),
            self._of_enquiry(self._enquiry_before_referral, conference=False),
            self._of_enquiry(self._conference_at_weekend, conference=True),
            self._of_enquiry(self._target_at_weekend, conference=True),
            self._of_plan(self._plan_of_no_days, ended=True),
            self._of_plan(self._unknown_category),
            self._of_plan(self._no_previous_plans),
            self._of_plan(self._previous_plans_in_words),
            self._of_plan(self._plan_without_conference),
            self._of_plan(self._review_to_come),
            self._of_assessment(self._date_in_words),
            self._of_assessment(self._assessed_before_referral),
            self._stray_text,
            self._of_episode(self._source_twice),
            self._of_episode(self._unknown_source),
        )

    # -- finding the place ---------------------------------------------------------------------

    def _find(self, child: Child, text: str) -> int | None:
        first, last = self.where[child.id]
        return next((n for n in range(first, last) if self.lines[n].startswith(text)), None)

    def _before(self, index: int, text: str) -> int:
        """Give the line, at or before this one, on which a block opens."""
        return next(n for n in range(index, -1, -1) if self.lines[n].startswith(text))

    def _fault(self, code: str, line: int, column: str, value: object = "") -> Fault:
        return Fault(code, f"line {line + 1}", column, str(value))

    def _change(self, child: Child, tag: str, old: object, new: object) -> int | None:
        """Put another value in an element; give its line."""
        index = self._find(child, f"<{tag}>{old}<")
        if index is not None:
            self.lines[index] = f"<{tag}>{new}</{tag}>" if new != "" else ""
        return index

    def _of_episode(
        self,
        kind: Callable[[Child, Episode], list[Fault] | None],
        *,
        closed: bool | None = None,
    ) -> Kind:
        def planted(child: Child) -> list[Fault] | None:
            episode = child.episodes[0]
            over = episode.closure is not None and episode.closure <= self.end
            if episode.no_further_action or (closed is not None and over != closed):
                return None
            return kind(child, episode)

        return planted

    def _of_assessment(self, kind: Callable[[Child, Assessment], list[Fault] | None]) -> Kind:
        def planted(child: Child) -> list[Fault] | None:
            done = [
                each
                for each in child.episodes[0].assessments
                if each.end is not None and each.end <= self.end
            ]
            alone = len(child.episodes[0].assessments) == 1
            return kind(child, done[0]) if done and alone else None

        return planted

    def _of_enquiry(
        self, kind: Callable[[Child, Enquiry], list[Fault] | None], *, conference: bool
    ) -> Kind:
        """Offer enquiries with a conference that led to no plan, or those with no conference."""

        def planted(child: Child) -> list[Fault] | None:
            enquiries = child.episodes[0].enquiries
            if len(enquiries) != 1 or enquiries[0].plan is not None or enquiries[0].awaited:
                return None
            if (enquiries[0].conference is not None) is not conference:
                return None
            held = enquiries[0].conference
            return kind(child, enquiries[0]) if held is None or held <= self.end else None

        return planted

    def _of_plan(
        self, kind: Callable[[Child, Plan], list[Fault] | None], *, ended: bool | None = None
    ) -> Kind:
        def planted(child: Child) -> list[Fault] | None:
            plans = child.episodes[0].plans
            if len(plans) != 1 or len(child.episodes[0].enquiries) != 1:
                return None
            over = plans[0].end is not None and plans[0].end <= self.end
            if ended is not None and over is not ended:
                return None
            return kind(child, plans[0])

        return planted

    # -- episodes and children -------------------------------------------------------------------

    def _closed_before_referral(self, child: Child, episode: Episode) -> list[Fault] | None:
        if len(episode.assessments) != 1 or episode.enquiries or episode.cin_plans:
            return None
        [assessment] = episode.assessments
        assessed = self._find(child, f"<AssessmentActualStartDate>{assessment.start}<")
        if assessed is None or assessment.end is None or assessment.end > self.end:
            return None
        early = episode.referral - timedelta(days=3)
        index = self._change(child, "CINclosureDate", episode.closure, early)
        if index is None:
            return None
        line = self._before(index, "<CINdetails>")
        found = [self._fault("8630", line, "closure_date", early)]
        if early < first_day(self.end.year):
            found.append(self._fault("8620", line, "closure_date", early))
        activity = self._before(assessed, "<Assessments>")
        return [
            *found,
            self._fault("8565", line, "closure_date", early),
            self._fault("8565", activity, "start_date", assessment.start),
            self._fault("8565", activity, "authorisation_date", assessment.end),
        ]

    def _no_reason(self, child: Child, episode: Episode) -> list[Fault] | None:
        if any("21" in each.factors for each in episode.assessments):
            return None  # an assessment that found nothing asks for a reason of its own
        index = self._change(child, "ReasonForClosure", episode.reason, "")
        if index is None:
            return None
        return [self._fault("8805", self._before(index, "<CINdetails>"), "closure_reason")]

    def _no_closure(self, child: Child, episode: Episode) -> list[Fault] | None:
        index = self._change(child, "CINclosureDate", episode.closure, "")
        if index is None:
            return None
        return [self._fault("8810", self._before(index, "<CINdetails>"), "closure_date")]

    def _no_answer(self, child: Child, episode: Episode) -> list[Fault] | None:
        index = self._change(child, "ReferralNFA", int(episode.no_further_action), "")
        if index is None:
            return None
        return [self._fault("8568", self._before(index, "<CINdetails>"), "no_further_action")]

    def _no_need(self, child: Child, episode: Episode) -> list[Fault] | None:
        index = self._change(child, "PrimaryNeedCode", episode.need, "")
        if index is None:
            return None
        return [self._fault("8610", self._before(index, "<CINdetails>"), "primary_need")]

    def _source_twice(self, child: Child, episode: Episode) -> list[Fault] | None:
        index = self._find(child, f"<ReferralSource>{episode.source}<")
        if index is None:
            return None
        self.lines[index] += "<ReferralSource>10</ReferralSource>"
        return [self._fault("repeated-part", index, "ReferralSource", "10")]

    def _unknown_source(self, child: Child, episode: Episode) -> list[Fault] | None:
        index = self._change(child, "ReferralSource", episode.source, "ZZ")
        if index is None:
            return None
        line = self._before(index, "<CINdetails>")
        return [
            self._fault("unknown-code", line, "referral_source", "ZZ"),
            self._fault("8866", line, "referral_source", "ZZ"),
        ]

    def _child_without_sex(self, child: Child) -> list[Fault] | None:
        index = self._find(child, "<GenderCurrent>") or self._find(child, "<Sex>")
        if index is None:
            return None
        self.lines[index] = ""
        return [self._fault("4180", self._before(index, "<Child>"), "sex")]

    def _child_without_birth(self, child: Child) -> list[Fault] | None:
        index = self._change(child, "PersonBirthDate", child.birth, "")
        if index is None:
            return None
        return [self._fault("8525Q", self._before(index, "<Child>"), "birth_date")]

    def _died_before_birth(self, child: Child) -> list[Fault] | None:
        index = self._find(child, "<GenderCurrent>") or self._find(child, "<Sex>")
        if index is None:
            return None
        day = child.birth - timedelta(days=9)
        self.lines[index] += f"<PersonDeathDate>{day}</PersonDeathDate>"
        line = self._before(index, "<Child>")
        found = [self._fault("8535Q", line, "death_date", day)]
        if day < first_day(self.end.year):
            found.append(self._fault("8545Q", line, "death_date", day))
        referral, details = child.episodes[0].referral, self._find(child, "<CINdetails>")
        if day < referral and details is not None:
            found += [
                self._fault("8555Q", line, "death_date", day),
                self._fault("8555Q", details, "referral_date", referral),
            ]
        return found

    def _stray_text(self, child: Child) -> list[Fault] | None:
        index = self._find(child, "</ChildIdentifiers>")
        if index is None:
            return None
        self.lines[index] += "see case note"
        return [self._fault("stray-text", index, "Child", "see case note")]

    # -- assessments -----------------------------------------------------------------------------

    def _assessment_ends_before_start(self, child: Child, each: Assessment) -> list[Fault] | None:
        early = each.start - timedelta(days=4)
        index = self._change(child, "AssessmentAuthorisationDate", each.end, early)
        if index is None:
            return None
        line = self._before(index, "<Assessments>")
        return [self._fault("8608", line, "authorisation_date", early)]

    def _impossible_date(self, child: Child, each: Assessment) -> list[Fault] | None:
        if each.end is None or elapsed(each.start, self.end) > 40:
            return None
        value = impossible(each.start)
        index = self._change(child, "AssessmentAuthorisationDate", each.end, value)
        if index is None:
            return None
        line = self._before(index, "<Assessments>")
        found = [self._fault("impossible-date", line, "authorisation_date", value)]
        if each.factors:
            found.append(self._fault("8614", line, "authorisation_date"))
        closure = child.episodes[0].closure
        if closure is not None and closure <= self.end:
            found += [
                self._fault("8867", line, "authorisation_date"),
                self._fault("8867", self._before(line, "<CINdetails>"), "closure_date", closure),
            ]
        return found

    def _date_in_words(self, child: Child, each: Assessment) -> list[Fault] | None:
        index = self._find(child, f"<AssessmentActualStartDate>{each.start}<")
        if index is None:
            return None
        tag = "AssessmentInternalReviewDate"
        self.lines[index] += f"<{tag}>ongoing</{tag}>"
        line = self._before(index, "<Assessments>")
        return [self._fault("unreadable-date", line, "internal_review_date", "ongoing")]

    def _assessed_before_referral(self, child: Child, each: Assessment) -> list[Fault] | None:
        early = child.episodes[0].referral - timedelta(days=2)
        index = self._change(child, "AssessmentActualStartDate", each.start, early)
        if index is None:
            return None
        return [self._fault("1103", self._before(index, "<Assessments>"), "start_date", early)]

    def _unknown_factor(self, child: Child, each: Assessment) -> list[Fault] | None:
        if not each.factors:
            return None
        index = self._change(child, "AssessmentFactors", each.factors[0], "RB")
        return None if index is None else [self._fault("unknown-code", index, "factor", "RB")]

    # -- enquiries -------------------------------------------------------------------------------

    def _conference_before_enquiry(self, child: Child, each: Enquiry) -> list[Fault] | None:
        early = due(each.start, -1)
        if early <= child.episodes[0].referral:
            return None
        index = self._change(child, "DateOfInitialCPC", each.conference, early)
        if index is None:
            return None
        return [self._fault("8615", self._before(index, "<Section47>"), "conference_date", early)]

    def _conference_at_weekend(self, child: Child, each: Enquiry) -> list[Fault] | None:
        if each.conference is None:
            return None
        saturday = each.conference + timedelta(days=5 - each.conference.weekday())
        if saturday > self.end:
            return None
        index = self._change(child, "DateOfInitialCPC", each.conference, saturday)
        if index is None:
            return None
        line = self._before(index, "<Section47>")
        return [self._fault("8875", line, "conference_date", saturday)]

    def _target_at_weekend(self, child: Child, each: Enquiry) -> list[Fault] | None:
        target = due(each.start, 15)
        sunday = target + timedelta(days=6 - target.weekday())
        index = self._change(child, "InitialCPCtarget", target, sunday)
        if index is None:
            return None
        line = self._before(index, "<Section47>")
        return [self._fault("8870Q", line, "conference_target_date", sunday)]

    def _enquiry_before_referral(self, child: Child, each: Enquiry) -> list[Fault] | None:
        early = child.episodes[0].referral - timedelta(days=2)
        index = self._change(child, "S47ActualStartDate", each.start, early)
        if index is None:
            return None
        return [self._fault("2889", self._before(index, "<Section47>"), "start_date", early)]

    def _copied_enquiry(self, child: Child, each: Enquiry) -> list[Fault] | None:
        index = self._find(child, f"<S47ActualStartDate>{each.start}<")
        if index is None:
            return None
        first = self._before(index, "<Section47>")
        last = next(n for n in range(index, len(self.lines)) if self.lines[n] == "</Section47>")
        self.lines[last] += "".join(self.lines[first : last + 1])
        return [self._fault("duplicate-record", last, "")]

    # -- plans -------------------------------------------------------------------------------------

    def _plan_line(self, child: Child, plan: Plan) -> int | None:
        index = self._find(child, f"<CPPstartDate>{plan.start}<")
        return None if index is None else self._before(index, "<ChildProtectionPlans>")

    def _plan_ends_before_start(self, child: Child, plan: Plan) -> list[Fault] | None:
        early = plan.start - timedelta(days=6)
        index = self._change(child, "CPPendDate", plan.end, early)
        line = self._plan_line(child, plan)
        if index is None or line is None:
            return None
        return [self._fault("8925", line, "end_date", early)]

    def _plan_of_no_days(self, child: Child, plan: Plan) -> list[Fault] | None:
        index = self._change(child, "CPPendDate", plan.end, plan.start)
        line = self._plan_line(child, plan)
        if index is None or line is None:
            return None
        return [self._fault("8840", line, "end_date", plan.start)]

    def _review(self, child: Child, day: date) -> int | None:
        """Add a review before the first of a plan, on its line."""
        index = self._find(child, "<CPPreviewDate>")
        if index is not None:
            self.lines[index] = f"<CPPreviewDate>{day}</CPPreviewDate>{self.lines[index]}"
        return index

    def _review_before_plan(self, child: Child, plan: Plan) -> list[Fault] | None:
        day = plan.start - timedelta(days=7)
        index = self._review(child, day)
        return None if index is None else [self._fault("8841", index, "review_date", day)]

    def _review_to_come(self, child: Child, plan: Plan) -> list[Fault] | None:
        day = self.end + timedelta(days=20)
        index = None if plan.end is not None else self._review(child, day)
        return None if index is None else [self._fault("F-cp-review", index, "review_date", day)]

    def _unknown_category(self, child: Child, plan: Plan) -> list[Fault] | None:
        index = self._change(child, "InitialCategoryOfAbuse", plan.initial, "XXX")
        line = self._plan_line(child, plan)
        if index is None or line is None:
            return None
        return [
            self._fault("unknown-code", line, "initial_category", "XXX"),
            self._fault("8905", line, "initial_category", "XXX"),
        ]

    def _no_previous_plans(self, child: Child, plan: Plan) -> list[Fault] | None:
        index = self._change(child, "NumberOfPreviousCPP", plan.previous, "")
        line = self._plan_line(child, plan)
        if index is None or line is None:
            return None
        return [self._fault("8730", line, "previous_plans")]

    def _previous_plans_in_words(self, child: Child, plan: Plan) -> list[Fault] | None:
        index = self._change(child, "NumberOfPreviousCPP", plan.previous, "none")
        line = self._plan_line(child, plan)
        if index is None or line is None:
            return None
        return [
            self._fault("not-a-number", line, "previous_plans", "none"),
            self._fault("8730", line, "previous_plans"),
        ]

    def _plan_without_conference(self, child: Child, plan: Plan) -> list[Fault] | None:
        day = plan.start + timedelta(days=1)
        line = self._plan_line(child, plan)
        if line is None or day > self.end or day >= plan.last_day:
            return None
        self._change(child, "CPPstartDate", plan.start, day)
        return [self._fault("2885", line, "start_date", day)]

    def _overlapping_plans(self, child: Child, plan: Plan) -> list[Fault] | None:
        line = self._plan_line(child, plan)
        day = plan.start + timedelta(days=10)
        if line is None or plan.end is None or day >= plan.end or day > self.end:
            return None
        last = next(
            n for n in range(line, len(self.lines)) if self.lines[n] == "</ChildProtectionPlans>"
        )
        self.lines[last] += (
            f"<ChildProtectionPlans><CPPstartDate>{day}</CPPstartDate>"
            f"<CPPendDate>{plan.end}</CPPendDate>"
            f"<InitialCategoryOfAbuse>{plan.initial}</InitialCategoryOfAbuse>"
            f"<LatestCategoryOfAbuse>{plan.latest}</LatestCategoryOfAbuse>"
            "<NumberOfPreviousCPP>1</NumberOfPreviousCPP></ChildProtectionPlans>"
        )
        return [
            self._fault("8940", line, "start_date", plan.start),
            self._fault("8940", last, "start_date", day),
            self._fault("2885", last, "start_date", day),
        ]
