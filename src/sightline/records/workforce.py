"""Workers, and the children allocated to them."""

from sightline.records.child import CHILD_ID
from sightline.records.model import Column, Feed, Format, Kind, Table

WORKER = Table(
    "worker",
    "A professional in post when the extract was made.",
    key=("worker_id", "as_at"),
    needs=("worker_id",),
    columns=(
        Column("worker_id", Kind.TEXT, "The authority's identifier for the worker"),
        Column("registration", Kind.TEXT, "Social Work England registration number"),
        Column("job_title", Kind.TEXT, "Job title"),
        Column("department", Kind.TEXT, "Department"),
        Column("caseload", Kind.INTEGER, "Cases held", unit="cases"),
        Column("fte", Kind.DECIMAL, "Full-time equivalent", unit="FTE"),
        Column("agency", Kind.BOOLEAN, "Whether an agency worker"),
        Column("as_at", Kind.DATE, "Day the row describes"),
    ),
    feeds=(
        Feed(
            Format.SSD,
            "ssd_professionals",
            {
                "worker_id": "prof_professional_id",
                "registration": "prof_social_worker_registration_no",
                "job_title": "prof_professional_job_title",
                "department": "prof_professional_department",
                "caseload": "prof_professional_caseload",
                "fte": "prof_full_time_equivalency",
                "agency": "prof_agency_worker_flag",
            },
            {"as_at": "@return_end"},
        ),
    ),
)

ALLOCATION = Table(
    "allocation",
    "A stretch of time in which a child was allocated to a worker.",
    key=("child_id", "worker", "start_date"),
    needs=("child_id", "start_date"),
    columns=(
        CHILD_ID,
        Column("worker", Kind.TEXT, "Worker"),
        Column("role", Kind.TEXT, "Role of the worker for the child"),
        Column("team", Kind.TEXT, "Team of the worker"),
        Column("start_date", Kind.DATE, "Start of the allocation"),
        Column("end_date", Kind.DATE, "End of the allocation; empty while it lasts"),
        Column("change_reason", Kind.CODE, "Why the worker changed", codes="worker_change"),
    ),
    feeds=(
        Feed(
            Format.SSDA903,
            "SWEpisodes",
            {
                "child_id": "CHILD",
                "worker": "SW_ID",
                "start_date": "SW_DECOM",
                "end_date": "SW_DEC",
                "change_reason": "SW_REASON",
            },
            {"role": "Social worker"},
        ),
        Feed(
            Format.SSD,
            "ssd_involvements",
            {
                "child_id": "invo_person_id",
                "worker": "invo_professional_id",
                "role": "invo_professional_role_id",
                "team": "invo_professional_team>dept_team_name",
                "start_date": "invo_involvement_start_date",
                "end_date": "invo_involvement_end_date",
                "change_reason": "invo_worker_change_reason",
            },
        ),
        Feed(
            Format.DFE_API,
            "care_worker_details",
            {
                "child_id": "la_child_id",
                "worker": "worker_id",
                "start_date": "start_date",
                "end_date": "end_date",
            },
            {"role": "Social worker"},
        ),
    ),
)

TABLES = (WORKER, ALLOCATION)
