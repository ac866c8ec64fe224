"""Looked-after children, their health, missing episodes, adoption and care leavers."""

from sightline.records.child import AS_AT, CHILD_ID, LOCALITY, TEAM, WORKER
from sightline.records.model import Column, Feed, Format, Kind, Table

_FLAG = Kind.BOOLEAN

CARE_EPISODE = Table(
    "care_episode",
    "An episode of care: a stretch with one legal status and one placement (SSDA903).",
    key=("child_id", "start_date"),
    needs=("child_id", "start_date"),
    columns=(
        CHILD_ID,
        Column("entered_care_date", Kind.DATE, "Start of the period of care, where stated"),
        Column("start_date", Kind.DATE, "Start of the episode"),
        Column("start_reason", Kind.CODE, "Reason for the new episode", codes="episode_reason"),
        Column("legal_status", Kind.CODE, "Legal status", codes="legal_status"),
        Column("need", Kind.CODE, "Category of need", codes="primary_need"),
        Column("placement", Kind.CODE, "Placement type", codes="placement"),
        Column("provider", Kind.CODE, "Placement provider", codes="placement_provider"),
        Column("end_date", Kind.DATE, "End of the episode; empty while open"),
        Column("end_reason", Kind.CODE, "Reason the episode ceased", codes="care_end_reason"),
        Column("change_reason", Kind.CODE, "Why the placement changed", codes="placement_change"),
        Column("placement_start_date", Kind.DATE, "Start of the placement, where stated"),
        Column("home_postcode", Kind.TEXT, "Home postcode"),
        Column("placement_postcode", Kind.TEXT, "Placement postcode"),
        Column("placement_urn", Kind.TEXT, "Ofsted number of the placement"),
        Column("distance", Kind.DECIMAL, "Distance from home to placement", unit="miles"),
        Column("location", Kind.CODE, "Inside or outside the authority", codes="location"),
        Column("permanence_plan", Kind.CODE, "Permanence plan", codes="permanence_plan"),
        Column("stated_placements", Kind.INTEGER, "Placements in the last 12 months, as stated"),
        Column("stated_missing", Kind.INTEGER, "Missing episodes in the last 12 months, as stated"),
        Column("stated_absent", Kind.INTEGER, "Absences in the last 12 months, as stated"),
        Column("second_period", _FLAG, "Second or later period of care in the last 12 months"),
        TEAM,
        WORKER,
    ),
    feeds=(
        Feed(
            Format.SSDA903,
            "Episodes",
            {
                "child_id": "CHILD",
                "start_date": "DECOM",
                "start_reason": "RNE",
                "legal_status": "LS",
                "need": "CIN",
                "placement": "PLACE",
                "provider": "PLACE_PROVIDER",
                "end_date": "DEC",
                "end_reason": "REC",
                "change_reason": "REASON_PLACE_CHANGE",
                "home_postcode": "HOME_POST",
                "placement_postcode": "PL_POST",
                "placement_urn": "URN",
            },
        ),
        Feed(
            Format.ANNEX_A,
            "8",
            {
                "child_id": "Child Unique ID",
                "entered_care_date": "Date Started to be Looked After",
                "start_date": "Start Date of Most Recent Placement",
                "placement_start_date": "Start Date of Most Recent Placement",
                "legal_status": "Child's Legal Status",
                "need": "Child's Category of Need",
                "placement": "Placement Type",
                "provider": "Placement Provider",
                "end_date": "Date Ceased to be Looked After",
                "end_reason": "Reason Ceased to be Looked After",
                "placement_postcode": "Placement postcode",
                "placement_urn": "URN of Placement",
                "location": "Placement Location",
                "permanence_plan": "What is the permanence plan for this child?",
                "stated_placements": "Number of Placements in the Last 12 months",
                "stated_missing": "Number of Episodes the Child has been 'Missing' "
                "from their Placement in the last 12 months",
                "stated_absent": "Number of Episodes the Child has been 'Absent' "
                "from their Placement in the last 12 months",
                "second_period": "Is this a second or subsequent period of being "
                "a Looked After Child within the last 12 months (Y/N)",
                "team": "Allocated Team",
                "worker": "Allocated Worker",
            },
            latest_only=(
                *("placement", "provider", "placement_start_date", "placement_postcode"),
                *("placement_urn", "location", "permanence_plan"),
                *("stated_placements", "stated_missing", "stated_absent"),
            ),
        ),
        Feed(
            Format.SSD,
            "ssd_cla_episodes",
            {
                "child_id": "clae_person_id",
                "entered_care_date": "clae_entered_care_date",
                "start_date": "clae_cla_episode_start_date",
                "start_reason": "clae_cla_episode_start_reason",
                "legal_status": "lega_legal_status@clae_cla_episode_start_date",
                "need": "clae_cla_primary_need_code",
                "placement": "clae_cla_placement_id>clap_cla_placement_type",
                "provider": "clae_cla_placement_id>clap_cla_placement_provider",
                "end_date": "clae_cla_episode_ceased_date",
                "end_reason": "clae_cla_episode_ceased_reason",
                "change_reason": "clae_cla_placement_id>clap_cla_placement_change_reason",
                "placement_start_date": "clae_cla_placement_id>clap_cla_placement_start_date",
                "placement_postcode": "clae_cla_placement_id>clap_cla_placement_postcode",
                "placement_urn": "clae_cla_placement_id>clap_cla_placement_urn",
                "distance": "clae_cla_placement_id>clap_cla_placement_distance",
            },
        ),
        Feed(
            Format.DFE_API,
            "child_looked_after_placements",
            {
                "child_id": "la_child_id",
                "start_date": "start_date",
                "start_reason": "start_reason",
                "placement": "placement_type",
                "end_date": "end_date",
                "end_reason": "end_reason",
                "change_reason": "change_reason",
                "placement_postcode": "postcode",
            },
        ),
    ),
)

LEGAL_STATUS = Table(
    "legal_status",
    "A legal status of a child, where the source keeps it apart from the episode.",
    key=("child_id", "start_date", "legal_status"),
    needs=("child_id", "legal_status"),
    columns=(
        CHILD_ID,
        Column("legal_status", Kind.CODE, "Legal status", codes="legal_status"),
        Column("start_date", Kind.DATE, "Start of the status"),
        Column("end_date", Kind.DATE, "End of the status; empty while it lasts"),
    ),
    feeds=(
        Feed(
            Format.ANNEX_A,
            "8",
            {
                "child_id": "Child Unique ID",
                "legal_status": "Child's Legal Status",
                "start_date": "Start date of current legal status",
            },
        ),
        Feed(
            Format.SSD,
            "ssd_legal_status",
            {
                "child_id": "lega_person_id",
                "legal_status": "lega_legal_status",
                "start_date": "lega_legal_status_start_date",
                "end_date": "lega_legal_status_end_date",
            },
        ),
    ),
)

CARE_REVIEW = Table(
    "care_review",
    "A statutory review of a looked-after child.",
    key=("child_id", "review_date"),
    needs=("child_id", "review_date"),
    columns=(
        CHILD_ID,
        Column("review_date", Kind.DATE, "Date of the review"),
        Column("due_date", Kind.DATE, "Date it was due, as the source states"),
        Column("participation", Kind.CODE, "How the child took part", codes="participation"),
    ),
    feeds=(
        Feed(
            Format.SSDA903,
            "Reviews",
            {"child_id": "CHILD", "review_date": "REVIEW", "participation": "REVIEW_CODE"},
        ),
        Feed(
            Format.ANNEX_A,
            "8",
            {"child_id": "Child Unique ID", "review_date": "Date of Latest Statutory Review"},
        ),
        Feed(
            Format.SSD,
            "ssd_cla_reviews",
            {
                "child_id": "clar_cla_id>clae_person_id",
                "review_date": "clar_cla_review_date",
                "due_date": "clar_cla_review_due_date",
                "participation": "clar_cla_review_participation",
            },
        ),
    ),
)

CARE_OUTCOME = Table(
    "care_outcome",
    "Health and wellbeing of a child looked after for 12 months, one row a year (SSDA903 OC2).",
    key=("child_id", "year_end"),
    needs=("child_id",),
    columns=(
        CHILD_ID,
        Column("year_end", Kind.DATE, "Last day of the year it describes"),
        Column("sdq_score", Kind.INTEGER, "Strengths and Difficulties score", unit="0 to 40"),
        Column("sdq_reason", Kind.CODE, "Why there is no score", codes="sdq_reason"),
        Column("convicted", _FLAG, "Convicted, cautioned or reprimanded in the year"),
        Column("health_check", _FLAG, "Development checks up to date (under 5)"),
        Column("immunised", _FLAG, "Immunisations up to date"),
        Column("teeth_checked", _FLAG, "Teeth checked by a dentist in the year"),
        Column("health_assessed", _FLAG, "Annual health assessment had"),
        Column("substance_misuse", _FLAG, "Identified as having a substance misuse problem"),
        Column("intervention_received", _FLAG, "Received an intervention for it"),
        Column("intervention_offered", _FLAG, "Was offered one but refused it"),
    ),
    feeds=(
        Feed(
            Format.SSDA903,
            "OC2",
            {
                "child_id": "CHILD",
                "sdq_score": "SDQ_SCORE",
                "sdq_reason": "SDQ_REASON",
                "convicted": "CONVICTED",
                "health_check": "HEALTH_CHECK",
                "immunised": "IMMUNISATIONS",
                "teeth_checked": "TEETH_CHECK",
                "health_assessed": "HEALTH_ASSESSMENT",
                "substance_misuse": "SUBSTANCE_MISUSE",
                "intervention_received": "INTERVENTION_RECEIVED",
                "intervention_offered": "INTERVENTION_OFFERED",
            },
            {"year_end": "@return_end"},
        ),
    ),
)

HEALTH_CHECK = Table(
    "health_check",
    "A health assessment, dental check or other check of a looked-after child, with its date.",
    key=("child_id", "check_type", "check_date"),
    needs=("child_id", "check_date"),
    columns=(
        CHILD_ID,
        Column("check_type", Kind.CODE, "What was checked", codes="health_check_type"),
        Column("check_date", Kind.DATE, "Date of the check"),
        Column("status", Kind.TEXT, "Status, as the source gives it"),
    ),
    feeds=(
        Feed(
            Format.ANNEX_A,
            "8",
            {"child_id": "Child Unique ID", "check_date": "Date of Last Health Assessment"},
            {"check_type": "HEALTH"},
        ),
        Feed(
            Format.ANNEX_A,
            "8",
            {"child_id": "Child Unique ID", "check_date": "Date of Last Dental Check"},
            {"check_type": "DENTAL"},
        ),
        Feed(
            Format.SSD,
            "ssd_cla_health",
            {
                "child_id": "clah_person_id",
                "check_type": "clah_health_check_type",
                "check_date": "clah_health_check_date",
                "status": "clah_health_check_status",
            },
        ),
    ),
)

SDQ = Table(
    "sdq",
    "A Strengths and Difficulties Questionnaire with its date.",
    key=("child_id", "completed_date"),
    needs=("child_id",),
    columns=(
        CHILD_ID,
        Column("completed_date", Kind.DATE, "Date completed"),
        Column("score", Kind.INTEGER, "Score", unit="0 to 40"),
        Column("reason", Kind.CODE, "Why there is no score", codes="sdq_reason"),
    ),
    feeds=(
        Feed(
            Format.SSD,
            "ssd_sdq_scores",
            {
                "child_id": "csdq_person_id",
                "completed_date": "csdq_sdq_completed_date",
                "score": "csdq_sdq_score",
                "reason": "csdq_sdq_reason",
            },
        ),
        Feed(
            Format.DFE_API,
            "sdq_assessments",
            {
                "child_id": "la_child_id",
                "completed_date": "date",
                "score": "score",
            },
        ),
    ),
)

MISSING_EPISODE = Table(
    "missing_episode",
    "An episode in which a child was missing, or away from placement without authorisation.",
    key=("child_id", "start_date", "missing_kind"),
    needs=("child_id", "start_date"),
    columns=(
        CHILD_ID,
        Column(
            "missing_kind", Kind.CODE, "Missing, or away without authorisation", codes="missing"
        ),
        Column("start_date", Kind.DATE, "Start of the episode"),
        Column("end_date", Kind.DATE, "Return, or end without one; empty while missing"),
        Column("interview_offered", _FLAG, "Return interview offered"),
        Column("interview_accepted", _FLAG, "Return interview accepted"),
        Column("returned_at", Kind.MOMENT, "Moment of the return; empty where there was none"),
        Column("interview_at", Kind.MOMENT, "Moment the return interview was done"),
        Column("missing_from", Kind.TEXT, "Home or Care, as casework says"),
        LOCALITY,
        TEAM,
        AS_AT,
    ),
    feeds=(
        Feed(
            Format.SSDA903,
            "Missing",
            {
                "child_id": "CHILD",
                "missing_kind": "MISSING",
                "start_date": "MIS_START",
                "end_date": "MIS_END",
            },
        ),
        Feed(
            Format.SSD,
            "ssd_missing",
            {
                "child_id": "miss_person_id",
                "missing_kind": "miss_missing_episode_type",
                "start_date": "miss_missing_episode_start_date",
                "end_date": "miss_missing_episode_end_date",
                "interview_offered": "miss_missing_rhi_offered",
                "interview_accepted": "miss_missing_rhi_accepted",
            },
        ),
    ),
)

CARE_LEAVER = Table(
    "care_leaver",
    "A care leaver as they stood at the end of the return.",
    key=("child_id", "as_at"),
    needs=("child_id",),
    columns=(
        CHILD_ID,
        Column("as_at", Kind.DATE, "Day the row describes"),
        Column("eligibility", Kind.CODE, "Eligibility category", codes="eligibility"),
        Column("in_touch", Kind.CODE, "Whether the authority is in touch", codes="in_touch"),
        Column("activity", Kind.CODE, "Education, employment or training", codes="activity"),
        Column("accommodation", Kind.CODE, "Accommodation", codes="accommodation"),
        Column("suitable", Kind.BOOLEAN, "Whether the accommodation is suitable"),
        Column("personal_adviser", Kind.TEXT, "Personal adviser"),
        Column("latest_contact_date", Kind.DATE, "Latest contact"),
        Column("pathway_review_date", Kind.DATE, "Latest pathway plan review"),
        TEAM,
        WORKER,
    ),
    feeds=(
        Feed(
            Format.SSDA903,
            "OC3",
            {
                "child_id": "CHILD",
                "in_touch": "IN_TOUCH",
                "activity": "ACTIV",
                "accommodation": "ACCOM",
                "suitable": "ACCOM[suitable]",
            },
            {"as_at": "@return_end"},
        ),
        Feed(
            Format.ANNEX_A,
            "9",
            {
                "child_id": "Child Unique ID",
                "eligibility": "Eligibility Category",
                "in_touch": "LA in Touch",
                "activity": "Activity Status",
                "accommodation": "Type of Accommodation",
                "suitable": "Suitability of Accommodation",
                "personal_adviser": "Allocated Personal Advisor",
                "latest_contact_date": "Latest Date of Contact",
                "pathway_review_date": "Latest Pathway Plan Review Date",
                "team": "Allocated Team",
                "worker": "Allocated Worker",
            },
            {"as_at": "@return_end"},
        ),
        Feed(
            Format.SSD,
            "ssd_care_leavers",
            {
                "child_id": "clea_person_id",
                "eligibility": "clea_care_leaver_eligibility",
                "in_touch": "clea_care_leaver_in_touch",
                "activity": "clea_care_leaver_activity",
                "accommodation": "clea_care_leaver_accommodation",
                "suitable": "clea_care_leaver_accom_suitable",
                "personal_adviser": "clea_care_leaver_personal_advisor",
                "latest_contact_date": "clea_care_leaver_latest_contact",
                "pathway_review_date": "clea_pathway_plan_review_date",
                "team": "clea_care_leaver_allocated_team>dept_team_name",
                "worker": "clea_care_leaver_worker_id",
            },
            {"as_at": "@return_end"},
        ),
        Feed(
            Format.DFE_API,
            "care_leavers",
            {
                "child_id": "la_child_id",
                "activity": "activity",
                "accommodation": "accommodation",
                "latest_contact_date": "contact_date",
            },
            {"as_at": "@return_end"},
        ),
    ),
)

ADOPTION = Table(
    "adoption",
    "A child's way to adoption, with its dates.",
    key=("child_id",),
    needs=("child_id",),
    columns=(
        CHILD_ID,
        Column("family_id", Kind.TEXT, "Adoptive family"),
        Column("entered_care_date", Kind.DATE, "Date the child entered care"),
        Column("decision_date", Kind.DATE, "Decision that the child should be placed for adoption"),
        Column("placement_order_date", Kind.DATE, "Placement order"),
        Column("matched_date", Kind.DATE, "Match of child and adopters"),
        Column("placed_date", Kind.DATE, "Placed for adoption"),
        Column("order_date", Kind.DATE, "Adoption order"),
        Column("reversed_date", Kind.DATE, "Decision that the child should no longer be placed"),
        Column("reversed_reason", Kind.CODE, "Why no longer placed", codes="placed_end_reason"),
        Column("early_placement_date", Kind.DATE, "Fostering for adoption or concurrent placement"),
        Column("foster_carer", _FLAG, "Adopted by the child's foster carer"),
        Column("adopters", Kind.INTEGER, "Number of adopters"),
        Column("adopters_sex", Kind.CODE, "Sex of the adopters", codes="adopters_sex"),
        Column(
            "adopters_status", Kind.CODE, "Legal status of the adopters", codes="adopters_status"
        ),
    ),
    feeds=(
        Feed(
            Format.ANNEX_A,
            "10",
            {
                "child_id": "Child Unique ID",
                "family_id": "Family identifier",
                "entered_care_date": "Date the Child Entered Care",
                "decision_date": "Date of Decision that Child Should be Placed for Adoption",
                "placement_order_date": "Date of Placement Order",
                "matched_date": "Date of Matching Child and Prospective Adopters",
                "placed_date": "Date Placed for Adoption",
                "order_date": "Date of Adoption Order",
                "reversed_date": "Date of Decision that Child Should "
                "No Longer be Placed for Adoption",
                "reversed_reason": "Reason Why Child No Longer Placed for Adoption",
                "early_placement_date": "Date the child was placed for fostering "
                "in FFA or concurrent planning placement",
            },
        ),
        Feed(
            Format.SSDA903,
            "AD1",
            {
                "child_id": "CHILD",
                "decision_date": "DATE_INT",
                "matched_date": "DATE_MATCH",
                "foster_carer": "FOSTER_CARE",
                "adopters": "NB_ADOPTR",
                "adopters_sex": "SEX_ADOPTR",
                "adopters_status": "LS_ADOPTR",
            },
        ),
        Feed(
            Format.SSDA903,
            "PlacedAdoption",
            {
                "child_id": "CHILD",
                "decision_date": "DATE_PLACED",
                "reversed_date": "DATE_PLACED_CEASED",
                "reversed_reason": "REASON_PLACED_CEASED",
            },
        ),
        Feed(
            Format.SSD,
            "ssd_permanence",
            {
                "child_id": "perm_person_id",
                "decision_date": "perm_adm_decision_date",
                "placement_order_date": "perm_placement_order_date",
                "matched_date": "perm_matched_date",
                "placed_date": "perm_placed_for_adoption_date",
                "order_date": "perm_permanence_order_date",
                "reversed_date": "perm_decision_reversed_date",
                "reversed_reason": "perm_decision_reversed_reason",
                "early_placement_date": "perm_placed_ffa_cp_date",
                "foster_carer": "perm_adopted_by_carer_flag",
                "adopters": "perm_number_of_adopters",
                "adopters_sex": "perm_adopter_sex",
                "adopters_status": "perm_adopter_legal_status",
            },
        ),
        Feed(
            Format.DFE_API,
            "adoption",
            {
                "child_id": "la_child_id",
                "decision_date": "initial_decision_date",
                "matched_date": "matched_date",
                "placed_date": "placed_date",
            },
        ),
    ),
)

ADOPTER = Table(
    "adopter",
    "A prospective adopter.",
    key=("adopter_id",),
    needs=("adopter_id",),
    columns=(
        Column("adopter_id", Kind.TEXT, "The authority's identifier for the adopter"),
        Column("family_id", Kind.TEXT, "Adoptive family"),
        Column("sex", Kind.CODE, "Sex", codes="sex"),
        Column("ethnicity", Kind.CODE, "Ethnicity", codes="ethnicity"),
        Column("disabled", _FLAG, "Whether the adopter has a disability"),
        Column("fostering_for_adoption", _FLAG, "Whether fostering for adoption"),
        Column("enquiry_date", Kind.DATE, "Enquiry received"),
        Column("stage_1_start_date", Kind.DATE, "Stage 1 started"),
        Column("stage_1_end_date", Kind.DATE, "Stage 1 ended"),
        Column("stage_2_start_date", Kind.DATE, "Stage 2 started"),
        Column("stage_2_end_date", Kind.DATE, "Stage 2 ended"),
        Column("application_date", Kind.DATE, "Application submitted"),
        Column("approval_date", Kind.DATE, "Application approved"),
        Column("matched_date", Kind.DATE, "Matched with a child"),
        Column("placed_date", Kind.DATE, "Child placed"),
        Column("children_placed", Kind.INTEGER, "Number of children placed"),
        Column("order_date", Kind.DATE, "Adoption order"),
        Column("left_date", Kind.DATE, "Left the process"),
        Column("left_reason", Kind.CODE, "Why they left", codes="adopter_left_reason"),
    ),
    feeds=(
        Feed(
            Format.ANNEX_A,
            "11",
            {
                "adopter_id": "Individual adopter identifier",
                "family_id": "Family identifier",
                "sex": "Gender",
                "ethnicity": "Ethnicity",
                "disabled": "Disability",
                "fostering_for_adoption": "Is the (prospective) adopter fostering for adoption?",
                "enquiry_date": "Date enquiry received",
                "stage_1_start_date": "Date Stage 1 started",
                "stage_1_end_date": "Date Stage 1 ended",
                "stage_2_start_date": "Date Stage 2 started",
                "stage_2_end_date": "Date Stage 2 ended",
                "application_date": "Date application submitted",
                "approval_date": "Date application approved",
                "matched_date": "Date adopter matched with child(ren)",
                "placed_date": "Date child/children placed with adopter(s)",
                "children_placed": "No. of children placed",
                "order_date": "Date of Adoption Order",
                "left_date": "Date of leaving adoption process",
                "left_reason": "Reason for leaving adoption process",
            },
        ),
    ),
)

PREVIOUS_PERMANENCE = Table(
    "previous_permanence",
    "A permanence order a looked-after child had before this period of care.",
    key=("child_id",),
    needs=("child_id",),
    columns=(
        CHILD_ID,
        Column("option", Kind.CODE, "Kind of order", codes="previous_permanence"),
        Column("authority", Kind.TEXT, "Authority in which it was made"),
        Column("order_date", Kind.TEXT, "Date of the order, which may be partial (zz/05/2020)"),
    ),
    feeds=(
        Feed(
            Format.SSDA903,
            "PrevPerm",
            {
                "child_id": "CHILD",
                "option": "PREV_PERM",
                "authority": "LA_PERM",
                "order_date": "DATE_PERM",
            },
        ),
        Feed(
            Format.SSD,
            "ssd_cla_previous_permanence",
            {
                "child_id": "lapp_person_id",
                "option": "lapp_previous_permanence_option",
                "authority": "lapp_previous_permanence_la",
                "order_date": "lapp_previous_permanence_order_date",
            },
        ),
    ),
)

DEPRIVATION_OF_LIBERTY = Table(
    "deprivation_of_liberty",
    "A deprivation of liberty order.",
    key=("child_id", "start_date"),
    needs=("child_id", "start_date"),
    columns=(
        CHILD_ID,
        Column("start_date", Kind.DATE, "Start of the order"),
        Column("end_date", Kind.DATE, "End of the order"),
    ),
    feeds=(
        Feed(
            Format.SSDA903,
            "DoLo",
            {"child_id": "CHILD", "start_date": "DOLO_START", "end_date": "DOLO_END"},
        ),
    ),
)

TABLES = (
    CARE_EPISODE,
    LEGAL_STATUS,
    CARE_REVIEW,
    CARE_OUTCOME,
    HEALTH_CHECK,
    SDQ,
    MISSING_EPISODE,
    CARE_LEAVER,
    ADOPTION,
    ADOPTER,
    PREVIOUS_PERMANENCE,
    DEPRIVATION_OF_LIBERTY,
)
