"""Children in need and child protection: enquiries, conferences, plans, reviews and visits."""

from sightline.records.child import AS_AT, AS_AT_DAY, CHILD_ID, LOCALITY, TEAM, WORKER
from sightline.records.model import Column, Feed, Format, Kind, Table

SECTION_47 = Table(
    "section_47",
    "An enquiry under section 47 of the Children Act 1989.",
    key=("child_id", "start_date"),
    needs=("child_id", "start_date"),
    columns=(
        CHILD_ID,
        Column("referral_date", Kind.DATE, "Referral it belongs to"),
        Column("start_date", Kind.DATE, "Strategy discussion that initiated the enquiry"),
        Column("end_date", Kind.DATE, "Enquiry concluded"),
        Column("conference_target_date", Kind.DATE, "Target for the initial conference"),
        Column("conference_date", Kind.DATE, "Initial conference recorded under the enquiry"),
        Column("conference_not_required", Kind.BOOLEAN, "Whether no conference was needed"),
        Column("decision_date", Kind.DATE, "Decided whether a conference is needed"),
        Column("stated_enquiries", Kind.INTEGER, "Enquiries in the last 12 months, as stated"),
        LOCALITY,
        TEAM,
        WORKER,
        AS_AT,
        AS_AT_DAY,
    ),
    feeds=(
        Feed(
            Format.CIN,
            "Section47",
            {
                "child_id": "LAchildID",
                "referral_date": "CINreferralDate",
                "start_date": "S47ActualStartDate",
                "conference_target_date": "InitialCPCtarget",
                "conference_date": "DateOfInitialCPC",
                "conference_not_required": "ICPCnotRequired",
            },
        ),
        Feed(
            Format.ANNEX_A,
            "5",
            {
                "child_id": "Child Unique ID",
                "start_date": "Strategy discussion initiating Section 47 Enquiry Start Date",
                "conference_not_required": "Was an Initial Child Protection Conference "
                "deemed unnecessary?",
                "conference_date": "Date of Initial Child Protection Conference",
                "stated_enquiries": "Number of Section 47 Enquiries in the last 12 months",
                "team": "Allocated Team",
                "worker": "Allocated Worker",
            },
        ),
        Feed(
            Format.SSD,
            "ssd_s47_enquiry",
            {
                "child_id": "s47e_person_id",
                "referral_date": "s47e_referral_id>cine_referral_date",
                "start_date": "s47e_s47_start_date",
                "end_date": "s47e_s47_end_date",
                "team": "s47e_s47_completed_by_team>dept_team_name",
                "worker": "s47e_s47_completed_by_worker_id",
            },
        ),
        Feed(
            Format.DFE_API,
            "section_47_assessments",
            {
                "child_id": "la_child_id",
                "referral_date": "referral_date",
                "start_date": "start_date",
                "end_date": "end_date",
                "conference_date": "icpc_date",
                "conference_not_required": "icpc_not_required",
            },
        ),
    ),
)

CONFERENCE = Table(
    "conference",
    "An initial child protection conference, per child. `section_47_start` is empty when it did "
    "not follow an enquiry of this authority, for example for a child who transfers in.",
    key=("child_id", "conference_date", "section_47_start"),
    needs=("child_id", "conference_date"),
    columns=(
        CHILD_ID,
        Column("referral_date", Kind.DATE, "Referral it belongs to"),
        Column("section_47_start", Kind.DATE, "Start of the enquiry it is recorded under"),
        Column(
            "under_enquiry",
            Kind.BOOLEAN,
            "Whether it is recorded under an enquiry, even one whose start is not known",
        ),
        Column("conference_date", Kind.DATE, "Date the conference was held"),
        Column("target_date", Kind.DATE, "Target date for the conference"),
        Column("transfer_in", Kind.BOOLEAN, "Whether the child transferred in on a plan"),
        Column("resulted_in_plan", Kind.BOOLEAN, "Whether it resulted in a child protection plan"),
        Column("stated_conferences", Kind.INTEGER, "Conferences in the last 12 months, as stated"),
        Column("late_reason", Kind.CODE, "Why it was late", codes="conference_late"),
        LOCALITY,
        TEAM,
        WORKER,
    ),
    feeds=(
        Feed(
            Format.CIN,
            "Section47",
            {
                "child_id": "LAchildID",
                "referral_date": "CINreferralDate",
                "section_47_start": "S47ActualStartDate",
                "conference_date": "DateOfInitialCPC",
                "target_date": "InitialCPCtarget",
            },
            {"under_enquiry": "1"},
        ),
        Feed(
            Format.CIN,
            "CINdetails",
            {
                "child_id": "LAchildID",
                "referral_date": "CINreferralDate",
                "conference_date": "DateOfInitialCPC",
            },
        ),
        Feed(
            Format.ANNEX_A,
            "5",
            {
                "child_id": "Child Unique ID",
                "section_47_start": "Strategy discussion initiating Section 47 Enquiry Start Date",
                "conference_date": "Date of Initial Child Protection Conference",
                "resulted_in_plan": "Did the Initial Child Protection Conference "
                "Result in a Child Protection Plan",
                "stated_conferences": "Number of ICPCs in the last 12 months",
                "team": "Allocated Team",
                "worker": "Allocated Worker",
            },
        ),
        Feed(
            Format.SSD,
            "ssd_initial_cp_conference",
            {
                "child_id": "icpc_person_id",
                "referral_date": "icpc_referral_id>cine_referral_date",
                "section_47_start": "icpc_s47_enquiry_id>s47e_s47_start_date",
                "conference_date": "icpc_icpc_date",
                "target_date": "icpc_icpc_target_date",
                "transfer_in": "icpc_icpc_transfer_in",
                "resulted_in_plan": "icpc_icpc_outcome_cp_flag",
                "team": "icpc_icpc_team>dept_team_name",
                "worker": "icpc_icpc_worker_id",
            },
        ),
        Feed(
            Format.DFE_API,
            "section_47_assessments",
            {
                "child_id": "la_child_id",
                "referral_date": "referral_date",
                "section_47_start": "start_date",
                "conference_date": "icpc_date",
            },
            {"under_enquiry": "1"},
        ),
    ),
)

CONFERENCE_INVITATION = Table(
    "conference_invitation",
    "An agency invited to a child protection conference, initial or review, that was held.",
    key=("child_id", "conference_date", "agency"),
    needs=("child_id", "conference_date", "agency"),
    columns=(
        CHILD_ID,
        Column("conference_date", Kind.DATE, "Date the conference was held"),
        Column("agency", Kind.TEXT, "Agency that was invited"),
        Column("attended", Kind.BOOLEAN, "Whether it came, in the room or remotely"),
        Column("report_date", Kind.DATE, "Its report was received; empty if none was"),
        LOCALITY,
        TEAM,
    ),
    feeds=(),
)

CIN_PLAN = Table(
    "cin_plan",
    "A child in need plan.",
    key=("child_id", "start_date"),
    needs=("child_id", "start_date"),
    columns=(
        CHILD_ID,
        Column("referral_date", Kind.DATE, "Referral it belongs to"),
        Column("start_date", Kind.DATE, "Start of the plan"),
        Column("end_date", Kind.DATE, "End of the plan; empty while open"),
        LOCALITY,
        TEAM,
        WORKER,
    ),
    feeds=(
        Feed(
            Format.CIN,
            "CINPlanDates",
            {
                "child_id": "LAchildID",
                "referral_date": "CINreferralDate",
                "start_date": "CINPlanStartDate",
                "end_date": "CINPlanEndDate",
            },
        ),
        Feed(
            Format.SSD,
            "ssd_cin_plans",
            {
                "child_id": "cinp_person_id",
                "referral_date": "cinp_referral_id>cine_referral_date",
                "start_date": "cinp_cin_plan_start_date",
                "end_date": "cinp_cin_plan_end_date",
                "team": "cinp_cin_plan_team>dept_team_name",
                "worker": "cinp_cin_plan_worker_id",
            },
        ),
        Feed(
            Format.DFE_API,
            "child_in_need_plans",
            {
                "child_id": "la_child_id",
                "referral_date": "referral_date",
                "start_date": "start_date",
                "end_date": "end_date",
            },
        ),
    ),
)

CP_PLAN = Table(
    "cp_plan",
    "A child protection plan.",
    key=("child_id", "start_date"),
    needs=("child_id",),
    either=("start_date", "end_date"),
    columns=(
        CHILD_ID,
        Column("referral_date", Kind.DATE, "Referral it belongs to"),
        Column("start_date", Kind.DATE, "Start of the plan"),
        Column("end_date", Kind.DATE, "End of the plan; empty while open"),
        Column("initial_category", Kind.CODE, "Initial category of abuse", codes="abuse_category"),
        Column("latest_category", Kind.CODE, "Latest category of abuse", codes="abuse_category"),
        Column("previous_plans", Kind.INTEGER, "Number of earlier plans known to the authority"),
        Column("other_authority", Kind.BOOLEAN, "Whether it is another authority's plan"),
        Column(
            "emergency_powers", Kind.BOOLEAN, "Emergency order or police powers, last six months"
        ),
        Column("conference_date", Kind.DATE, "Conference that made it"),
        LOCALITY,
        TEAM,
        WORKER,
        AS_AT,
        AS_AT_DAY,
    ),
    feeds=(
        Feed(
            Format.CIN,
            "ChildProtectionPlans",
            {
                "child_id": "LAchildID",
                "referral_date": "CINreferralDate",
                "start_date": "CPPstartDate",
                "end_date": "CPPendDate",
                "initial_category": "InitialCategoryOfAbuse",
                "latest_category": "LatestCategoryOfAbuse",
                "previous_plans": "NumberOfPreviousCPP",
            },
        ),
        Feed(
            Format.ANNEX_A,
            "7",
            {
                "child_id": "Child Unique ID",
                "start_date": "Child Protection Plan Start Date",
                "end_date": "Child Protection Plan End Date",
                "initial_category": "Initial Category of Abuse",
                "latest_category": "Latest Category of Abuse",
                "previous_plans": "Number of Previous Child Protection Plans",
                "emergency_powers": "Subject to Emergency Protection Order or "
                "Protected Under Police Powers in Last Six Months (Y/N)",
                "team": "Allocated Team",
                "worker": "Allocated Worker",
            },
        ),
        Feed(
            Format.SSD,
            "ssd_cp_plans",
            {
                "child_id": "cppl_person_id",
                "referral_date": "cppl_referral_id>cine_referral_date",
                "start_date": "cppl_cp_plan_start_date",
                "end_date": "cppl_cp_plan_end_date",
                "initial_category": "cppl_cp_plan_initial_category",
                "latest_category": "cppl_cp_plan_latest_category",
                "other_authority": "cppl_cp_plan_ola",
            },
        ),
        Feed(
            Format.DFE_API,
            "child_protection_plans",
            {
                "child_id": "la_child_id",
                "referral_date": "referral_date",
                "start_date": "start_date",
                "end_date": "end_date",
            },
        ),
    ),
)

CORE_GROUP = Table(
    "core_group",
    "A meeting of the core group of a child protection plan that was held.",
    key=("child_id", "plan_start", "held_date"),
    needs=("child_id", "held_date"),
    columns=(
        CHILD_ID,
        Column("plan_start", Kind.DATE, "Start of the plan it belongs to"),
        Column("held_date", Kind.DATE, "Date it was held"),
        Column("due_date", Kind.DATE, "Date it was due"),
    ),
    feeds=(),
)

CP_REVIEW = Table(
    "cp_review",
    "A review conference of a child protection plan.",
    key=("child_id", "plan_start", "review_date"),
    needs=("child_id", "review_date"),
    columns=(
        CHILD_ID,
        Column("plan_start", Kind.DATE, "Start of the plan it reviews"),
        Column("review_date", Kind.DATE, "Date the review was held"),
        Column("due_date", Kind.DATE, "Date it was due, as the source states"),
        Column("participation", Kind.CODE, "How the child took part", codes="participation"),
        Column("quorate", Kind.BOOLEAN, "Whether the conference was quorate"),
        LOCALITY,
        TEAM,
    ),
    feeds=(
        Feed(
            Format.CIN,
            "CPPreviewDate",
            {
                "child_id": "LAchildID",
                "plan_start": "CPPstartDate",
                "review_date": "CPPreviewDate",
            },
        ),
        Feed(
            Format.ANNEX_A,
            "7",
            {
                "child_id": "Child Unique ID",
                "plan_start": "Child Protection Plan Start Date",
                "review_date": "Date of latest review conference",
            },
        ),
        Feed(
            Format.SSD,
            "ssd_cp_reviews",
            {
                "child_id": "cppr_person_id",
                "plan_start": "cppr_cp_plan_id>cppl_cp_plan_start_date",
                "review_date": "cppr_cp_review_date",
                "due_date": "cppr_cp_review_due",
                "participation": "cppr_cp_review_participation",
                "quorate": "cppr_cp_review_quorate",
            },
        ),
    ),
)

_CASE_VISITS = {"child_id": "Child Unique ID"}

VISIT = Table(
    "visit",
    "A visit to a child. Annex A holds only the latest of each kind.",
    key=("child_id", "pathway", "visit_date"),
    needs=("child_id", "visit_date"),
    columns=(
        CHILD_ID,
        Column("pathway", Kind.CODE, "Child in need, child protection or care", codes="pathway"),
        Column("visit_date", Kind.DATE, "Date of the visit"),
        Column("seen", Kind.BOOLEAN, "Whether the child was seen"),
        Column("seen_alone", Kind.BOOLEAN, "Whether the child was seen alone"),
        Column("bedroom_seen", Kind.BOOLEAN, "Whether the child's bedroom was seen"),
    ),
    feeds=(
        Feed(
            Format.ANNEX_A,
            "6",
            _CASE_VISITS | {"visit_date": "Date Child Was Last Seen"},
            {"pathway": "CIN", "seen": "1"},
            latest_only=("visit_date",),
        ),
        Feed(
            Format.ANNEX_A,
            "7",
            _CASE_VISITS
            | {
                "visit_date": "Date of the Last Statutory Visit",
                "seen_alone": "Was the Child Seen Alone?",
            },
            {"pathway": "CP"},
            latest_only=("visit_date",),
        ),
        Feed(
            Format.ANNEX_A,
            "8",
            _CASE_VISITS | {"visit_date": "Date of Last Social Work Visit"},
            {"pathway": "LAC"},
            latest_only=("visit_date",),
        ),
        Feed(
            Format.SSD,
            "ssd_cin_visits",
            {
                "child_id": "cinv_person_id",
                "visit_date": "cinv_cin_visit_date",
                "seen": "cinv_cin_visit_seen",
                "seen_alone": "cinv_cin_visit_seen_alone",
                "bedroom_seen": "cinv_cin_visit_bedroom",
            },
            {"pathway": "CIN"},
        ),
        Feed(
            Format.SSD,
            "ssd_cp_visits",
            {
                "child_id": "cppv_person_id",
                "visit_date": "cppv_cp_visit_date",
                "seen": "cppv_cp_visit_seen",
                "seen_alone": "cppv_cp_visit_seen_alone",
                "bedroom_seen": "cppv_cp_visit_bedroom",
            },
            {"pathway": "CP"},
        ),
        Feed(
            Format.SSD,
            "ssd_cla_visits",
            {
                "child_id": "clav_person_id",
                "visit_date": "clav_cla_visit_date",
                "seen": "clav_cla_visit_seen",
                "seen_alone": "clav_cla_visit_seen_alone",
            },
            {"pathway": "LAC"},
        ),
    ),
)

PRE_PROCEEDINGS = Table(
    "pre_proceedings",
    "Pre-proceedings under the public law outline, and family group decision-making.",
    key=("child_id", "start_date"),
    needs=("child_id",),
    columns=(
        CHILD_ID,
        Column("referral_date", Kind.DATE, "Referral it belongs to"),
        Column("start_date", Kind.DATE, "Decision to begin pre-proceedings"),
        Column("letter_date", Kind.DATE, "Letter before proceedings sent"),
        Column("family_meeting_offered", Kind.BOOLEAN, "Family group meeting offered"),
        Column("family_meeting_held", Kind.BOOLEAN, "Family group meeting held"),
        Column("first_meeting_date", Kind.DATE, "First pre-proceedings meeting"),
        Column("review_meetings", Kind.INTEGER, "Review meetings held"),
        Column("decision_date", Kind.DATE, "Decision to step down or to issue"),
        Column("outcome", Kind.TEXT, "Outcome, as the source gives it"),
        Column("court_date", Kind.DATE, "Application to court"),
        Column("care_letter_date", Kind.DATE, "Letter of intent to issue care proceedings"),
        LOCALITY,
        TEAM,
    ),
    feeds=(
        Feed(
            Format.CIN,
            "PreProceedingsandFGDM",
            {
                "child_id": "LAchildID",
                "referral_date": "CINreferralDate",
                "start_date": "PPStartDate",
                "letter_date": "LBPSentDate",
                "family_meeting_offered": "FGDMMeetingOffer",
                "family_meeting_held": "FGDMMeetingFac",
                "first_meeting_date": "InitialPPMeetingDate",
                "review_meetings": "ReviewMeetingsCount",
                "decision_date": "StepDecisionDate",
                "outcome": "PPOutcome",
                "court_date": "CourtAppDate",
                "care_letter_date": "LetterInitCPDate",
            },
        ),
        Feed(
            Format.SSD,
            "ssd_pre_proceedings",
            {
                "child_id": "prep_person_id",
                "start_date": "prep_pre_pro_decision_date",
                "letter_date": "prep_pre_pro_letter_date",
                "first_meeting_date": "prep_initial_pre_pro_meeting_date",
                "review_meetings": "prep_pre_pro_meetings_num",
                "decision_date": "prep_agree_stepdown_issue_date",
                "outcome": "prep_pre_pro_outcome",
                "care_letter_date": "prep_care_pro_letter_date",
            },
        ),
    ),
)

TABLES = (
    SECTION_47,
    CONFERENCE,
    CONFERENCE_INVITATION,
    CIN_PLAN,
    CP_PLAN,
    CORE_GROUP,
    CP_REVIEW,
    VISIT,
    PRE_PROCEEDINGS,
)
