"""The front door: contacts, early help, referrals and assessments."""

from sightline.records.child import AS_AT, AS_AT_DAY, CHILD_ID, LOCALITY, TEAM, WORKER
from sightline.records.model import Column, Feed, Format, Kind, Table

CONTACT = Table(
    "contact",
    "A contact received about a child, whether or not it became a referral.",
    key=("child_id", "contact_date"),
    needs=("child_id", "contact_date"),
    columns=(
        CHILD_ID,
        Column("contact_date", Kind.DATE, "Date the contact was received"),
        Column("contact_id", Kind.TEXT, "The contact, of which each child has a row"),
        Column("contact_source", Kind.CODE, "Who made the contact", codes="referral_source"),
        Column("professional", Kind.BOOLEAN, "Whether a professional made it, who gave a name"),
        Column("received_at", Kind.MOMENT, "Moment the contact was received"),
        Column("reopened_at", Kind.MOMENT, "Moment it was opened again, the latest"),
        Column("reopened_date", Kind.DATE, "Day of that moment in the United Kingdom"),
        Column("triage_date", Kind.DATE, "First triaged: given a priority, or taken to a triage"),
        Column("referrer_level", Kind.INTEGER, "Level of need that the referrer stated"),
        Column("level", Kind.INTEGER, "Level of need as assessed"),
        Column(
            "meets_threshold",
            Kind.BOOLEAN,
            "Whether that level meets the threshold of social care, by the guidance of its day",
        ),
        Column("consent", Kind.CODE, "Consent to share", codes="consent"),
        Column(
            "consent_overridden",
            Kind.BOOLEAN,
            "Whether it went ahead without consent, on a lawful ground with a written reason",
        ),
        Column("decision_date", Kind.DATE, "Outcome decided; empty while it waits"),
        Column("outcome_sent_date", Kind.DATE, "Referrer told the outcome"),
        Column("first_decision_date", Kind.DATE, "First decided, where it was opened again"),
        Column("first_outcome_sent_date", Kind.DATE, "Referrer told that first outcome"),
        Column("new_referral", Kind.BOOLEAN, "Whether the outcome was a new referral"),
        Column("no_further_action", Kind.BOOLEAN, "Whether the outcome was no further action"),
        Column("advice", Kind.BOOLEAN, "Whether the outcome was advice or information"),
        LOCALITY,
        TEAM,
        AS_AT,
        AS_AT_DAY,
    ),
    feeds=(
        Feed(
            Format.ANNEX_A,
            "1",
            {
                "child_id": "Child Unique ID",
                "contact_date": "Date of Contact",
                "contact_source": "Contact Source",
            },
        ),
        Feed(
            Format.SSD,
            "ssd_contacts",
            {
                "child_id": "cont_person_id",
                "contact_date": "cont_contact_date",
                "contact_source": "cont_contact_source_code",
                "new_referral": "cont_contact_outcome_json.NEW_REFERRAL_FLAG",
                "no_further_action": "cont_contact_outcome_json.NFA_FLAG",
                "advice": "cont_contact_outcome_json.ADVICE_FLAG",
            },
        ),
    ),
)

EARLY_HELP_EPISODE = Table(
    "early_help_episode",
    "An early help assessment or episode.",
    key=("child_id", "start_date"),
    needs=("child_id", "start_date"),
    columns=(
        CHILD_ID,
        Column("start_date", Kind.DATE, "Start of the early help assessment or episode"),
        Column("end_date", Kind.DATE, "Completion of the assessment, or end of the episode"),
        Column("organisation", Kind.TEXT, "Organisation that completed or leads it"),
        Column("reason", Kind.TEXT, "Why it began"),
        Column("end_reason", Kind.TEXT, "Why it ended"),
        WORKER,
    ),
    feeds=(
        Feed(
            Format.ANNEX_A,
            "2",
            {
                "child_id": "Child Unique ID",
                "start_date": "Assessment start date",
                "end_date": "Assessment completion date",
                "organisation": "Organisation completing assessment",
            },
        ),
        Feed(
            Format.SSD,
            "ssd_early_help_episodes",
            {
                "child_id": "earl_person_id",
                "start_date": "earl_episode_start_date",
                "end_date": "earl_episode_end_date",
                "organisation": "earl_episode_organisation",
                "reason": "earl_episode_reason",
                "end_reason": "earl_episode_end_reason",
                "worker": "earl_episode_worker_id",
            },
        ),
    ),
)

REFERRAL = Table(
    "referral",
    "A referral to children's social care, and the episode of need it opens until it is closed.",
    key=("child_id", "referral_date"),
    needs=("child_id", "referral_date"),
    columns=(
        CHILD_ID,
        Column("referral_date", Kind.DATE, "Date the referral was received"),
        Column("received_at", Kind.MOMENT, "Moment the referral was received"),
        Column("referral_source", Kind.CODE, "Who made the referral", codes="referral_source"),
        Column("decision_date", Kind.DATE, "Decided to take it up"),
        Column("allocated_at", Kind.MOMENT, "Moment a worker first had it; empty until then"),
        Column("allocation_date", Kind.DATE, "Day of that moment in the United Kingdom"),
        Column("no_further_action", Kind.BOOLEAN, "Whether it led to no further action"),
        Column("primary_need", Kind.CODE, "Primary need", codes="primary_need"),
        Column("closure_date", Kind.DATE, "Date the episode of need closed; empty while open"),
        Column("closure_reason", Kind.CODE, "Why it closed", codes="closure_reason"),
        Column("case_status", Kind.CODE, "Status of the case on the day", codes="case_status"),
        Column(
            "stated_referrals", Kind.INTEGER, "Referrals in the last 12 months, as the file states"
        ),
        LOCALITY,
        TEAM,
        WORKER,
        AS_AT,
    ),
    feeds=(
        Feed(
            Format.CIN,
            "CINdetails",
            {
                "child_id": "LAchildID",
                "referral_date": "CINreferralDate",
                "referral_source": "ReferralSource",
                "no_further_action": "ReferralNFA",
                "primary_need": "PrimaryNeedCode",
                "closure_date": "CINclosureDate",
                "closure_reason": "ReasonForClosure",
            },
        ),
        Feed(
            Format.ANNEX_A,
            "3",
            {
                "child_id": "Child Unique ID",
                "referral_date": "Date of Referral",
                "referral_source": "Referral Source",
                "no_further_action": "Referral NFA?",
                "stated_referrals": "Number of Referrals in Last 12 Months",
                "team": "Allocated Team",
                "worker": "Allocated Worker",
            },
        ),
        Feed(
            Format.ANNEX_A,
            "6",
            {
                "child_id": "Child Unique ID",
                "referral_date": "CIN Start Date",
                "primary_need": "Primary Need Code",
                "closure_date": "CIN Closure Date",
                "closure_reason": "Reason for Closure",
                "case_status": "Case Status",
                "team": "Allocated Team",
                "worker": "Allocated Worker",
            },
        ),
        Feed(
            Format.SSD,
            "ssd_cin_episodes",
            {
                "child_id": "cine_person_id",
                "referral_date": "cine_referral_date",
                "referral_source": "cine_referral_source_code",
                "no_further_action": "cine_referral_nfa",
                "primary_need": "cine_cin_primary_need_code",
                "closure_date": "cine_close_date",
                "closure_reason": "cine_close_reason",
                "team": "cine_referral_team>dept_team_name",
                "worker": "cine_referral_worker_id",
            },
        ),
        Feed(
            Format.DFE_API,
            "social_care_episodes",
            {
                "child_id": "la_child_id",
                "referral_date": "referral_date",
                "referral_source": "referral_source",
                "no_further_action": "referral_no_further_action_flag",
                "closure_date": "closure_date",
                "closure_reason": "closure_reason",
            },
        ),
    ),
)

ASSESSMENT = Table(
    "assessment",
    "A continuous (single) assessment of a child's needs.",
    key=("child_id", "start_date"),
    needs=("child_id",),
    either=("start_date", "authorisation_date"),
    columns=(
        CHILD_ID,
        Column("referral_date", Kind.DATE, "Referral it belongs to"),
        Column("start_date", Kind.DATE, "Actual start"),
        Column("internal_review_date", Kind.DATE, "Internal review point"),
        Column("authorisation_date", Kind.DATE, "Authorised (ended); empty while open"),
        Column("child_seen", Kind.BOOLEAN, "Whether the child was seen during it"),
        Column(
            "needs_support", Kind.BOOLEAN, "Whether it found that social care support is needed"
        ),
        LOCALITY,
        TEAM,
        WORKER,
    ),
    feeds=(
        Feed(
            Format.CIN,
            "Assessments",
            {
                "child_id": "LAchildID",
                "referral_date": "CINreferralDate",
                "start_date": "AssessmentActualStartDate",
                "internal_review_date": "AssessmentInternalReviewDate",
                "authorisation_date": "AssessmentAuthorisationDate",
            },
        ),
        Feed(
            Format.ANNEX_A,
            "4",
            {
                "child_id": "Child Unique ID",
                "start_date": "Continuous Assessment Start Date",
                "authorisation_date": "Continuous Assessment Date of Authorisation",
                "child_seen": "Child Seen During Continuous Assessment",
                "needs_support": "Was the child assessed as requiring "
                "LA children's social care support?",
                "team": "Allocated Team",
                "worker": "Allocated Worker",
            },
        ),
        Feed(
            Format.SSD,
            "ssd_cin_assessments",
            {
                "child_id": "cina_person_id",
                "referral_date": "cina_referral_id>cine_referral_date",
                "start_date": "cina_assessment_start_date",
                "authorisation_date": "cina_assessment_auth_date",
                "child_seen": "cina_assessment_child_seen",
                "team": "cina_assessment_team>dept_team_name",
                "worker": "cina_assessment_worker_id",
            },
        ),
        Feed(
            Format.DFE_API,
            "child_and_family_assessments",
            {
                "child_id": "la_child_id",
                "referral_date": "referral_date",
                "start_date": "start_date",
                "authorisation_date": "authorisation_date",
            },
        ),
    ),
)

ASSESSMENT_FACTOR = Table(
    "assessment_factor",
    "A factor identified at the end of an assessment.",
    key=("child_id", "start_date", "factor"),
    needs=("child_id", "start_date", "factor"),
    columns=(
        CHILD_ID,
        Column("start_date", Kind.DATE, "Start of the assessment it belongs to"),
        Column("factor", Kind.CODE, "Factor", codes="assessment_factor"),
    ),
    feeds=(
        Feed(
            Format.CIN,
            "AssessmentFactors",
            {
                "child_id": "LAchildID",
                "start_date": "AssessmentActualStartDate",
                "factor": "AssessmentFactors",
            },
        ),
        Feed(
            Format.SSD,
            "ssd_assessment_factors",
            {
                "child_id": "cinf_assessment_id>cina_person_id",
                "start_date": "cinf_assessment_id>cina_assessment_start_date",
                "factor": "cinf_assessment_factors_json[]",
            },
        ),
        Feed(
            Format.DFE_API,
            "factors",
            {
                "child_id": "la_child_id",
                "start_date": "assessment_start_date",
                "factor": "factor",
            },
        ),
    ),
)

INFORMATION_REQUEST = Table(
    "information_request",
    "A question of the front door to an agency: a row for each child it is about.",
    key=("request_id", "child_id"),
    needs=("request_id", "child_id"),
    columns=(
        CHILD_ID,
        Column("request_id", Kind.TEXT, "The request, of which each child has a row"),
        Column("contact_id", Kind.TEXT, "Contact it belongs to"),
        Column("agency", Kind.TEXT, "Agency that was asked"),
        Column("asked_at", Kind.MOMENT, "Moment it was asked"),
        Column("due_date", Kind.DATE, "Day the answer is due"),
        Column("due_at", Kind.MOMENT, "Moment the answer is due"),
        Column("replied_at", Kind.MOMENT, "Moment it answered; empty until then"),
        Column("refused", Kind.BOOLEAN, "Whether its answer was that it refuses to say"),
        LOCALITY,
        TEAM,
        AS_AT,
    ),
    feeds=(),
)

TABLES = (CONTACT, INFORMATION_REQUEST, EARLY_HELP_EPISODE, REFERRAL, ASSESSMENT, ASSESSMENT_FACTOR)
