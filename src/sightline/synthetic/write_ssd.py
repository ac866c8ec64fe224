"""Writes the Standard Safeguarding Dataset: a CSV file a table, one set that holds all years."""

import json
from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

from sightline.clocks.calendar import due
from sightline.clocks.months import add_months
from sightline.export.ssd_words import CONTACT_OUTCOMES, UNACCOMPANIED, UPN, keyed
from sightline.export.tables import Cell, Table, write_csv, yes_no
from sightline.intake.ssd import layouts
from sightline.records.codes import codes
from sightline.synthetic.authority import Authority
from sightline.synthetic.events import CarePeriod, Child, Enquiry, Episode, Plan
from sightline.synthetic.protection import last_day
from sightline.synthetic.workforce import ROLE, holder

TABLES = (
    *("ssd_person", "ssd_address", "ssd_disability", "ssd_immigration_status"),
    *("ssd_linked_identifiers", "ssd_contacts", "ssd_early_help_episodes", "ssd_cin_episodes"),
    *("ssd_cin_assessments", "ssd_assessment_factors", "ssd_cin_plans", "ssd_cin_visits"),
    *("ssd_s47_enquiry", "ssd_initial_cp_conference", "ssd_cp_plans", "ssd_cp_visits"),
    *("ssd_cp_reviews", "ssd_cla_episodes", "ssd_cla_placement", "ssd_legal_status"),
    *("ssd_cla_reviews", "ssd_cla_visits", "ssd_cla_health", "ssd_sdq_scores", "ssd_missing"),
    *("ssd_cla_previous_permanence", "ssd_permanence", "ssd_care_leavers"),
    *("ssd_pre_proceedings", "ssd_involvements", "ssd_professionals", "ssd_department"),
)
"""The tables written: those that hold children, and those they point at."""
FORENAME, SURNAME = "Invented", "Child"
_TITLE = "Social worker"


def write_ssd(folder: Path, tables: Iterable[Table]) -> None:
    """Write the tables into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for table in tables:
        write_csv(folder / file_name(table.name), table.columns, table.rows, date.isoformat)


def file_name(table: str) -> str:
    """Give the name of the file of a table."""
    return f"invented-{table}.csv"


def ssd_tables(authority: Authority) -> list[Table]:
    """Give the tables of an extract made on the last day invented."""
    return _Extract(authority).tables()


class _Extract:
    def __init__(self, authority: Authority) -> None:
        self.authority = authority
        self.end = last_day(authority.years[-1])
        columns = {layout.part: layout.columns for layout in layouts()}
        self.table = {name: Table(name, columns[name]) for name in TABLES}
        self.team = {name: f"T{n:03d}" for n, name in enumerate(authority.workforce.teams, 1)}

    def add(self, table: str, **cells: Cell) -> None:
        """Add a row; columns that are not given are blank."""
        target = self.table[table]
        row: list[Cell] = [cells.pop(name, None) for name in target.columns]
        if cells:
            raise ValueError(f"{table} has no column {', '.join(cells)}")
        target.rows.append(row)

    def tables(self) -> list[Table]:
        """Fill every table."""
        for child in self.authority.children:
            self._person(child)
            for number, episode in enumerate(child.episodes, start=1):
                self._episode(child, episode, f"{child.id}R{number}")
            for number, plan in enumerate(child.earlier_plans, start=1):
                self._earlier_plan(child, plan, f"{child.id}H{number}")
            for number, period in enumerate(child.care, start=1):
                self._care(child, period, f"{child.id}L{number}")
            self._visits(child)
            self._workers(child)
        self._front_door()
        self._health()
        self._missing()
        self._leavers()
        self._workforce()
        return list(self.table.values())

    def _past(self, day: date | None) -> date | None:
        return day if day is not None and day <= self.end else None

    def _next(self, table: str) -> str:
        """Give the key of the next row of a table."""
        return f"{table.removeprefix('ssd_')}-{len(self.table[table].rows) + 1}"

    def _held_by(self, child: Child, day: date) -> tuple[str | None, str | None]:
        """Give the team and worker who had the case on a day."""
        found = holder(self.authority.allocations(child), day)
        if found is None:
            return self.team[f"{child.district} Assessment Team"], None
        return self.team[found.worker.team], found.worker.id

    # -- the child -----------------------------------------------------------------------------

    def _person(self, child: Child) -> None:
        self.add(
            "ssd_person",
            pers_person_id=child.id,
            pers_forename=FORENAME,
            pers_surname=SURNAME,
            pers_sex=child.sex,
            pers_ethnicity=child.ethnicity,
            pers_dob=child.birth,
            pers_upn_unknown=None if child.upn else "UN1",
            pers_is_mother="N",
        )
        self.add(
            "ssd_address",
            addr_table_id=self._next("ssd_address"),
            addr_person_id=child.id,
            addr_address_type="Home",
            addr_address_start_date=child.birth,
            addr_address_postcode=child.postcode,
        )
        if child.episodes:
            for code in child.disabilities:
                self.add(
                    "ssd_disability",
                    disa_person_id=child.id,
                    disa_table_id=self._next("ssd_disability"),
                    disa_disability_code=code,
                )
        if child.upn:
            self.add(
                "ssd_linked_identifiers",
                link_table_id=self._next("ssd_linked_identifiers"),
                link_person_id=child.id,
                link_identifier_type=UPN,
                link_identifier_value=child.upn,
            )
        if any(period.unaccompanied for period in child.care):
            self.add(
                "ssd_immigration_status",
                immi_person_id=child.id,
                immi_immigration_status_id=self._next("ssd_immigration_status"),
                immi_immigration_status=UNACCOMPANIED,
                immi_immigration_status_start_date=child.care[0].entered,
                immi_immigration_status_end_date=child.eighteen,
            )

    # -- need and protection ---------------------------------------------------------------------

    def _episode(self, child: Child, episode: Episode, key: str) -> None:
        team, worker = self._held_by(child, episode.referral)
        closed = self._past(episode.closure)
        self.add(
            "ssd_cin_episodes",
            cine_referral_id=key,
            cine_person_id=child.id,
            cine_referral_date=episode.referral,
            cine_cin_primary_need_code=episode.need or None,
            cine_referral_source_code=episode.source,
            cine_referral_source_desc=codes("referral_source")[episode.source],
            cine_referral_nfa=yes_no(episode.no_further_action),
            cine_close_reason=episode.reason or None if closed else None,
            cine_close_date=closed,
            cine_referral_team=team,
            cine_referral_worker_id=worker,
        )
        for number, each in enumerate(episode.assessments, start=1):
            name = f"{key}A{number}"
            team, worker = self._held_by(child, each.start)
            self.add(
                "ssd_cin_assessments",
                cina_assessment_id=name,
                cina_person_id=child.id,
                cina_referral_id=key,
                cina_assessment_start_date=each.start,
                cina_assessment_child_seen=yes_no(each.seen),
                cina_assessment_auth_date=self._past(each.end),
                cina_assessment_outcome_nfa=yes_no(episode.reason == "RC8"),
                cina_assessment_team=team,
                cina_assessment_worker_id=worker,
            )
            if each.factors:
                self.add(
                    "ssd_assessment_factors",
                    cinf_table_id=self._next("ssd_assessment_factors"),
                    cinf_assessment_id=name,
                    cinf_assessment_factors_json=json.dumps(list(each.factors)),
                )
        for begin, finish in episode.cin_plans:
            if begin > self.end:
                continue
            team, worker = self._held_by(child, begin)
            self.add(
                "ssd_cin_plans",
                cinp_cin_plan_id=self._next("ssd_cin_plans"),
                cinp_referral_id=key,
                cinp_person_id=child.id,
                cinp_cin_plan_start_date=begin,
                cinp_cin_plan_end_date=self._past(finish),
                cinp_cin_plan_team=team,
                cinp_cin_plan_worker_id=worker,
            )
        for number, enquiry in enumerate(episode.enquiries, start=1):
            self._enquiry(child, enquiry, key, f"{key}S{number}")
        if (begun := episode.pre_proceedings) is not None:
            self._pre_proceedings(child, begun, self._next("ssd_pre_proceedings"))

    def _enquiry(self, child: Child, each: Enquiry, referral: str, key: str) -> None:
        team, worker = self._held_by(child, each.start)
        if each.conference is not None or each.plan is None:
            self.add(
                "ssd_s47_enquiry",
                s47e_s47_enquiry_id=key,
                s47e_referral_id=referral,
                s47e_person_id=child.id,
                s47e_s47_start_date=each.start,
                s47e_s47_end_date=self._past(each.end),
                s47e_s47_nfa=yes_no(each.conference is None and not each.awaited),
                s47e_s47_completed_by_worker_id=worker,
                s47e_s47_completed_by_team=team,
            )
        plan = f"{key}P" if each.plan is not None else None
        if each.conference is not None:
            team, worker = self._held_by(child, each.conference)
            self.add(
                "ssd_initial_cp_conference",
                icpc_icpc_id=f"{key}C",
                icpc_icpc_meeting_id=f"{key}M",
                icpc_s47_enquiry_id=key,
                icpc_person_id=child.id,
                icpc_cp_plan_id=plan,
                icpc_referral_id=referral,
                icpc_icpc_transfer_in="N",
                icpc_icpc_target_date=due(each.start, 15),
                icpc_icpc_date=each.conference,
                icpc_icpc_outcome_cp_flag=yes_no(each.plan is not None),
                icpc_icpc_team=team,
                icpc_icpc_worker_id=worker,
            )
        if each.plan is not None and plan is not None:
            self._plan(child, each.plan, plan, referral, f"{key}C" if each.conference else None)

    def _earlier_plan(self, child: Child, plan: Plan, key: str) -> None:
        """Add a plan from before the first year, with the conference it began at."""
        self.add(
            "ssd_initial_cp_conference",
            icpc_icpc_id=f"{key}C",
            icpc_icpc_meeting_id=f"{key}M",
            icpc_person_id=child.id,
            icpc_cp_plan_id=key,
            icpc_icpc_transfer_in="N",
            icpc_icpc_date=plan.start,
            icpc_icpc_outcome_cp_flag="Y",
        )
        self._plan(child, plan, key, None, f"{key}C")

    def _plan(
        self, child: Child, plan: Plan, key: str, referral: str | None, conference: str | None
    ) -> None:
        self.add(
            "ssd_cp_plans",
            cppl_cp_plan_id=key,
            cppl_referral_id=referral,
            cppl_icpc_id=conference,
            cppl_person_id=child.id,
            cppl_cp_plan_start_date=plan.start,
            cppl_cp_plan_end_date=self._past(plan.end),
            cppl_cp_plan_initial_category=plan.initial,
            cppl_cp_plan_ola="N",
            cppl_cp_plan_latest_category=plan.latest,
        )
        before, months = plan.start, 3
        for number, (day, part) in enumerate(zip(plan.reviews, plan.taking_part, strict=False), 1):
            if day > self.end:
                break
            self.add(
                "ssd_cp_reviews",
                cppr_cp_review_id=f"{key}V{number}",
                cppr_person_id=child.id,
                cppr_cp_plan_id=key,
                cppr_cp_review_due=add_months(before, months),
                cppr_cp_review_date=day,
                cppr_cp_review_meeting_id=f"{key}W{number}",
                cppr_cp_review_outcome_continue_cp=yes_no(plan.end != day),
                cppr_cp_review_quorate="Y",
                cppr_cp_review_participation=part,
            )
            before, months = day, 6

    def _visits(self, child: Child) -> None:
        plans = [
            (plan, f"{child.id}R{number}S{place}P")
            for number, episode in enumerate(child.episodes, start=1)
            for place, enquiry in enumerate(episode.enquiries, start=1)
            if (plan := enquiry.plan) is not None
        ]
        periods = [
            (period, f"{child.id}L{number}") for number, period in enumerate(child.care, start=1)
        ]
        for visit in self.authority.visits(child):
            seen, alone = yes_no(visit.seen), yes_no(visit.alone)
            if visit.pathway == "CIN":
                self.add(
                    "ssd_cin_visits",
                    cinv_cin_visit_id=self._next("ssd_cin_visits"),
                    cinv_person_id=child.id,
                    cinv_cin_visit_date=visit.day,
                    cinv_cin_visit_seen=seen,
                    cinv_cin_visit_seen_alone=alone,
                )
            elif visit.pathway == "CP":
                self.add(
                    "ssd_cp_visits",
                    cppv_cp_visit_id=self._next("ssd_cp_visits"),
                    cppv_person_id=child.id,
                    cppv_cp_plan_id=next(
                        (key for plan, key in plans if plan.start <= visit.day < plan.last_day),
                        None,
                    ),
                    cppv_cp_visit_date=visit.day,
                    cppv_cp_visit_seen=seen,
                    cppv_cp_visit_seen_alone=alone,
                )
            else:
                self.add(
                    "ssd_cla_visits",
                    clav_cla_visit_id=self._next("ssd_cla_visits"),
                    clav_cla_id=next(
                        (key for each, key in periods if each.entered <= visit.day < each.last_day),
                        None,
                    ),
                    clav_person_id=child.id,
                    clav_cla_visit_date=visit.day,
                    clav_cla_visit_seen=seen,
                    clav_cla_visit_seen_alone=alone,
                )

    def _pre_proceedings(self, child: Child, begun: date, key: str) -> None:
        entered = min(
            (period.entered for period in child.care if period.entered > begun), default=None
        )
        self.add(
            "ssd_pre_proceedings",
            prep_table_id=key,
            prep_person_id=child.id,
            prep_plo_family_id=f"{child.id}F",
            prep_pre_pro_decision_date=begun,
            prep_initial_pre_pro_meeting_date=self._past(due(begun, 12)),
            prep_pre_pro_letter_date=self._past(due(begun, 3)),
            prep_agree_stepdown_issue_date=self._past(entered),
            prep_pre_pro_outcome="Decision to issue care proceedings" if entered else None,
        )

    # -- care --------------------------------------------------------------------------------------

    def _care(self, child: Child, period: CarePeriod, key: str) -> None:
        begun: date | None = None
        for number, each in enumerate(period.episodes, start=1):
            placement = f"{key}P{number}"
            ended = self._past(each.end)
            self.add(
                "ssd_cla_episodes",
                clae_cla_episode_id=f"{key}E{number}",
                clae_person_id=child.id,
                clae_cla_episode_start_date=each.start,
                clae_cla_episode_start_reason=each.reason,
                clae_cla_primary_need_code=period.need,
                clae_cla_episode_ceased_date=ended,
                clae_cla_episode_ceased_reason=each.end_reason if ended else None,
                clae_cla_id=key,
                clae_cla_placement_id=placement,
                clae_entered_care_date=period.entered,
            )
            self.add(
                "ssd_cla_placement",
                clap_cla_placement_id=placement,
                clap_cla_placement_start_date=each.start,
                clap_cla_placement_type=each.placement,
                clap_cla_placement_urn=each.urn or None,
                clap_cla_placement_distance=each.distance,
                clap_cla_id=key,
                clap_cla_placement_provider=each.provider,
                clap_cla_placement_postcode=each.postcode,
                clap_cla_placement_end_date=ended,
                clap_cla_placement_change_reason=(each.change_reason or None) if ended else None,
                clap_person_id=child.id,
            )
            begun = begun or each.start
            following = period.episodes[number] if number < len(period.episodes) else None
            if following is None or following.legal_status != each.legal_status:
                self.add(
                    "ssd_legal_status",
                    lega_legal_status_id=self._next("ssd_legal_status"),
                    lega_person_id=child.id,
                    lega_legal_status=each.legal_status,
                    lega_legal_status_start_date=begun,
                    lega_legal_status_end_date=ended,
                )
                begun = None
        before, step = period.entered, 0
        for day, part in period.reviews:
            limit = due(before, 20) if not step else add_months(before, 3 if step == 1 else 6)
            self.add(
                "ssd_cla_reviews",
                clar_cla_review_id=self._next("ssd_cla_reviews"),
                clar_cla_id=key,
                clar_cla_review_due_date=limit,
                clar_cla_review_date=day,
                clar_cla_review_cancelled="N",
                clar_cla_review_participation=part,
            )
            before, step = day, step + 1
        self._permanence(child, period, key)

    def _permanence(self, child: Child, period: CarePeriod, key: str) -> None:
        if child.id in self.authority.permanence and period is child.care[0]:
            option, authority, day = self.authority.permanence[child.id]
            self.add(
                "ssd_cla_previous_permanence",
                lapp_table_id=self._next("ssd_cla_previous_permanence"),
                lapp_person_id=child.id,
                lapp_previous_permanence_order_date=day,
                lapp_previous_permanence_option=option,
                lapp_previous_permanence_la=authority,
            )
        way = period.adoption
        if way is None or way.decision > self.end:
            return
        self.add(
            "ssd_permanence",
            perm_table_id=self._next("ssd_permanence"),
            perm_person_id=child.id,
            perm_cla_id=key,
            perm_adm_decision_date=way.decision,
            perm_placement_order_date=self._past(way.placement_order),
            perm_placed_for_adoption_date=self._past(way.placed),
            perm_matched_date=self._past(way.matched),
            perm_adopted_by_carer_flag=yes_no(way.by_foster_carer),
            perm_permanence_order_date=self._past(way.order),
            perm_permanence_order_type="Adoption order" if self._past(way.order) else None,
            perm_adopter_sex=way.adopters_sex,
            perm_adopter_legal_status=way.adopters_status,
            perm_number_of_adopters=way.adopters,
        )

    def _health(self) -> None:
        names = codes("health_check_type")
        for child, checks in self.authority.health_checks.items():
            for kind, day in checks:
                self.add(
                    "ssd_cla_health",
                    clah_health_check_id=self._next("ssd_cla_health"),
                    clah_person_id=child,
                    clah_health_check_type=names[kind],
                    clah_health_check_date=day,
                    clah_health_check_status="Completed",
                )
        for row in self.authority.years_in_care:
            if row.score is not None:
                self.add(
                    "ssd_sdq_scores",
                    csdq_table_id=self._next("ssd_sdq_scores"),
                    csdq_person_id=row.child.id,
                    csdq_sdq_completed_date=date(row.year, 1, 15),
                    csdq_sdq_score=row.score,
                )

    def _missing(self) -> None:
        for each in self.authority.missing:
            self.add(
                "ssd_missing",
                miss_table_id=self._next("ssd_missing"),
                miss_person_id=each.child.id,
                miss_missing_episode_start_date=each.start,
                miss_missing_episode_type=each.kind,
                miss_missing_episode_end_date=self._past(each.end),
                miss_missing_rhi_offered=yes_no(each.offered),
                miss_missing_rhi_accepted=yes_no(each.accepted) if each.offered else "NA",
            )

    def _leavers(self) -> None:
        for leaver in self.authority.leavers:
            if leaver.year == self.authority.years[-1]:
                known = leaver.suitable is not None
                self.add(
                    "ssd_care_leavers",
                    clea_table_id=self._next("ssd_care_leavers"),
                    clea_person_id=leaver.child.id,
                    clea_care_leaver_eligibility=codes("eligibility")["FORMER_RELEVANT"],
                    clea_care_leaver_in_touch=leaver.in_touch,
                    clea_care_leaver_latest_contact=leaver.contact,
                    clea_care_leaver_accommodation=leaver.accommodation,
                    clea_care_leaver_accom_suitable=yes_no(bool(leaver.suitable))
                    if known
                    else None,
                    clea_care_leaver_activity=leaver.activity,
                    clea_pathway_plan_review_date=leaver.reviewed,
                    clea_care_leaver_personal_advisor=leaver.adviser,
                )

    # -- the front door and the workforce -----------------------------------------------------------

    def _front_door(self) -> None:
        for contact in self.authority.contacts:
            self.add(
                "ssd_contacts",
                cont_contact_id=self._next("ssd_contacts"),
                cont_person_id=contact.child.id,
                cont_contact_date=contact.day,
                cont_contact_source_code=contact.source,
                cont_contact_source_desc=codes("referral_source")[contact.source],
                cont_contact_outcome_json=_outcome(contact.referral, contact.advice),
            )
        for each in self.authority.early_help:
            self.add(
                "ssd_early_help_episodes",
                earl_episode_id=self._next("ssd_early_help_episodes"),
                earl_person_id=each.child.id,
                earl_episode_start_date=each.start,
                earl_episode_end_date=self._past(each.end),
                earl_episode_reason=each.reason,
                earl_episode_end_reason=each.end_reason or None,
                earl_episode_organisation=each.organisation,
            )

    def _workers(self, child: Child) -> None:
        for held in self.authority.allocations(child):
            ended = self._past(held.end)
            self.add(
                "ssd_involvements",
                invo_involvements_id=self._next("ssd_involvements"),
                invo_professional_id=held.worker.id,
                invo_professional_role_id=ROLE,
                invo_professional_team=self.team[held.worker.team],
                invo_involvement_start_date=held.start,
                invo_involvement_end_date=ended,
                invo_worker_change_reason=held.reason if ended else None,
                invo_person_id=child.id,
            )

    def _workforce(self) -> None:
        force = self.authority.workforce
        cases = Counter(
            held.worker.id
            for child in self.authority.children
            for held in self.authority.allocations(child)
            if held.start <= self.end and (held.end is None or held.end > self.end)
        )
        # Those who have left are listed too, as records name them, with no case and no hours.
        for number, worker in enumerate(force.workers, start=1):
            here = worker.left is None or worker.left > self.end
            self.add(
                "ssd_professionals",
                prof_professional_id=worker.id,
                prof_staff_id=worker.id,
                prof_professional_name=f"{FORENAME} Worker {number}",
                prof_social_worker_registration_no=f"INVSW{number:05d}",
                prof_professional_job_title=_TITLE if here else f"{_TITLE} (left)",
                prof_professional_caseload=cases[worker.id] if here else 0,
                prof_professional_department=worker.team,
                prof_full_time_equivalency=worker.full_time if here else 0,
                prof_agency_worker_flag=yes_no(worker.agency),
            )
        for name, key in self.team.items():
            self.add("ssd_department", dept_team_id=key, dept_team_name=name)


@cache
def _outcome(referral: bool, advice: bool) -> str:
    """Write what came of a contact: every key of the column, one of them a yes."""
    said = {
        "NEW_REFERRAL_FLAG": referral,
        "ADVICE_FLAG": advice,
        "NFA_FLAG": not referral and not advice,
    }
    return keyed(CONTACT_OUTCOMES, {n: yes_no(said.get(n, False)) for n in CONTACT_OUTCOMES})
