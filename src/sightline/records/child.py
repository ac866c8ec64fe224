"""The child: who they are, and what the returns say of them."""

from sightline.records.model import Column, Feed, Format, Kind, Table

CHILD_ID = Column("child_id", Kind.TEXT, "The authority's own identifier for the child")
TEAM = Column("team", Kind.TEXT, "Team the work is allocated to when the file was made")
WORKER = Column("worker", Kind.TEXT, "Worker the work is allocated to when the file was made")
LOCALITY = Column("locality", Kind.TEXT, "District whose the work is, as casework says")
AS_AT = Column("as_at", Kind.MOMENT, "Moment at which casework said so; empty in other formats")
AS_AT_DAY = Column("as_at_day", Kind.DATE, "Day of that moment in the United Kingdom")

_ANNEX_A = {
    "child_id": "Child Unique ID",
    "sex": "Gender",
    "ethnicity": "Ethnicity",
    "birth_date": "Date of Birth",
    "stated_age": "Age",
}
_DISABLED = {"disabled": "Does the Child have a Disability"}

CHILD = Table(
    "child",
    "A child or young person known to the authority under one identifier.",
    key=("child_id",),
    needs=("child_id",),
    columns=(
        CHILD_ID,
        Column("upn", Kind.TEXT, "Unique pupil number"),
        Column("former_upn", Kind.TEXT, "Former unique pupil number"),
        Column(
            "upn_unknown", Kind.CODE, "Why there is no unique pupil number", codes="upn_unknown"
        ),
        Column("nhs_number", Kind.TEXT, "NHS number"),
        Column("birth_date", Kind.DATE, "Date of birth"),
        Column("expected_birth_date", Kind.DATE, "Expected date of birth of an unborn child"),
        Column("death_date", Kind.DATE, "Date of death"),
        Column("sex", Kind.CODE, "Sex (to 2024, gender)", codes="sex"),
        Column("ethnicity", Kind.CODE, "Ethnicity", codes="ethnicity"),
        Column("disabled", Kind.BOOLEAN, "Whether the child is stated to have a disability"),
        Column("uasc", Kind.BOOLEAN, "Unaccompanied asylum-seeking child"),
        Column("uasc_end_date", Kind.DATE, "Date unaccompanied asylum-seeking status ceases"),
        Column("mother", Kind.BOOLEAN, "Whether the looked-after child is a mother"),
        Column("own_child_birth_date", Kind.DATE, "Birth date of a looked-after mother's child"),
        Column("postcode", Kind.TEXT, "Home postcode"),
        Column("address_reference", Kind.TEXT, "Unique property reference number of the home"),
        Column("home_untold", Kind.BOOLEAN, "Whether there is a home that must not be told"),
        Column("stated_age", Kind.DECIMAL, "Age the file states", unit="years"),
    ),
    feeds=(
        Feed(
            Format.CIN,
            "Child",
            {
                "child_id": "LAchildID",
                "upn": "UPN",
                "former_upn": "FormerUPN",
                "upn_unknown": "UPNunknown",
                "birth_date": "PersonBirthDate",
                "expected_birth_date": "ExpectedPersonBirthDate",
                "death_date": "PersonDeathDate",
                "sex": "Sex",
                "ethnicity": "Ethnicity",
            },
        ),
        *(Feed(Format.ANNEX_A, number, _ANNEX_A) for number in ("1", "2", "3")),
        *(Feed(Format.ANNEX_A, number, _ANNEX_A | _DISABLED) for number in ("4", "5", "6", "7")),
        Feed(
            Format.ANNEX_A,
            "8",
            _ANNEX_A
            | _DISABLED
            | {"uasc": "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)"},
        ),
        Feed(
            Format.ANNEX_A,
            "9",
            _ANNEX_A
            | _DISABLED
            | {
                "uasc": "Unaccompanied Asylum Seeking Child (UASC), "
                "or formerly UASC if 18 or over (Y/N)"
            },
        ),
        Feed(
            Format.ANNEX_A,
            "10",
            _ANNEX_A | _DISABLED | {"stated_age": "Age of Child (Years)"},
        ),
        Feed(
            Format.SSDA903,
            "Header",
            {
                "child_id": "CHILD",
                "sex": "SEX",
                "birth_date": "DOB",
                "ethnicity": "ETHNIC",
                "upn": "UPN",
                "mother": "MOTHER",
                "own_child_birth_date": "MC_DOB",
            },
        ),
        Feed(
            Format.SSDA903,
            "UASC",
            {"child_id": "CHILD", "sex": "SEX", "birth_date": "DOB", "uasc_end_date": "DUC"},
            {"uasc": "1"},
        ),
        *(
            Feed(Format.SSDA903, part, {"child_id": "CHILD", "birth_date": "DOB"})
            for part in ("Reviews", "OC2", "OC3", "AD1", "PlacedAdoption", "PrevPerm", "Missing")
        ),
        Feed(
            Format.SSDA903,
            "Episodes",
            {"child_id": "CHILD", "postcode": "HOME_POST"},
        ),
        Feed(
            Format.SSD,
            "ssd_person",
            {
                "child_id": "pers_person_id",
                "nhs_number": "pers_common_child_id",
                "upn_unknown": "pers_upn_unknown",
                "birth_date": "pers_dob",
                "expected_birth_date": "pers_expected_dob",
                "death_date": "pers_death_date",
                "sex": "pers_sex",
                "ethnicity": "pers_ethnicity",
                "mother": "pers_is_mother",
            },
        ),
        Feed(
            Format.SSD,
            "ssd_mother",
            {"child_id": "moth_person_id", "own_child_birth_date": "moth_childs_dob"},
        ),
        Feed(
            Format.SSD,
            "ssd_address",
            {
                "child_id": "addr_person_id",
                "postcode": "addr_address_postcode",
                "address_reference": "addr_address_json.UPRN",
            },
        ),
        Feed(
            Format.SSD,
            "ssd_linked_identifiers",
            {
                "child_id": "link_person_id",
                "upn": "link_identifier_value[link_identifier_type=Unique Pupil Number]",
                "former_upn": "link_identifier_value"
                "[link_identifier_type=Former Unique Pupil Number]",
            },
        ),
        Feed(
            Format.SSD,
            "ssd_immigration_status",
            {
                "child_id": "immi_person_id",
                "uasc": "immi_immigration_status~UASC|unaccompanied asylum",
                "uasc_end_date": "immi_immigration_status_end_date",
            },
        ),
        Feed(
            Format.DFE_API,
            "child_details",
            {
                "child_id": "la_child_id",
                "upn": "unique_pupil_number",
                "former_upn": "former_unique_pupil_number",
                "upn_unknown": "unique_pupil_number_unknown_reason",
                "birth_date": "date_of_birth",
                "expected_birth_date": "expected_date_of_birth",
                "sex": "sex",
                "ethnicity": "ethnicity",
                "uasc": "uasc_flag",
                "uasc_end_date": "uasc_end_date",
                "postcode": "postcode",
            },
        ),
    ),
)

DISABILITY = Table(
    "disability",
    "One disability of a child. The code NONE says there is none; no row says nothing.",
    key=("child_id", "disability"),
    needs=("child_id", "disability"),
    columns=(
        CHILD_ID,
        Column("disability", Kind.CODE, "Disability", codes="disability"),
    ),
    feeds=(
        Feed(Format.CIN, "Disability", {"child_id": "LAchildID", "disability": "Disability"}),
        Feed(
            Format.SSD,
            "ssd_disability",
            {"child_id": "disa_person_id", "disability": "disa_disability_code"},
        ),
        Feed(
            Format.DFE_API,
            "disabilities",
            {
                "child_id": "la_child_id",
                "disability": "disability",
            },
        ),
    ),
)

MERGED_NUMBER = Table(
    "merged_number",
    "A number of a child that stands for the same child as another: their records here were merged.",
    key=("number",),
    needs=("number", "stands_for"),
    columns=(
        Column("number", Kind.TEXT, "Identifier that the merged record had"),
        Column("stands_for", Kind.TEXT, "Identifier of the record that stands for the child now"),
    ),
    feeds=(),
)

TABLES = (CHILD, DISABILITY, MERGED_NUMBER)
