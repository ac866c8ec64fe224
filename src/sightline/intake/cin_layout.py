"""The shape of the children-in-need census: its blocks, what each holds, and what it carries.

One layout reads every year from 2017 to 2026: later years add elements and take none away, but for
`GenderCurrent`, which `Sex` replaced in 2025. Source: the Department for Education's census
schemas; the names are theirs.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Block:
    """An element that is a row of a part.

    `wrappers` are elements in it that only hold others together, each with the names that belong
    in it; names in none of them stand in the block itself. `fields` come once, `lists` as often as
    they like, each a row of a part of its own; `also` are other names of fields. `carries` are the
    columns that rows of what lies in the block also have.
    """

    part: str
    fields: tuple[str, ...]
    lists: tuple[str, ...] = ()
    blocks: tuple["Block", ...] = ()
    wrappers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    also: Mapping[str, str] = field(default_factory=dict)
    carries: tuple[str, ...] = ()


_CHILD_AND_REFERRAL = ("LAchildID", "CINreferralDate")

ASSESSMENT = Block(
    "Assessments",
    (
        "AssessmentActualStartDate",
        "AssessmentInternalReviewDate",
        "AssessmentAuthorisationDate",
    ),
    lists=("AssessmentFactors",),
    wrappers={"FactorsIdentifiedAtAssessment": ("AssessmentFactors",)},
    carries=(*_CHILD_AND_REFERRAL, "AssessmentActualStartDate"),
)
CIN_PLAN = Block("CINPlanDates", ("CINPlanStartDate", "CINPlanEndDate"))
SECTION_47 = Block(
    "Section47",
    ("S47ActualStartDate", "InitialCPCtarget", "DateOfInitialCPC", "ICPCnotRequired"),
)
PLAN = Block(
    "ChildProtectionPlans",
    (
        "CPPstartDate",
        "CPPendDate",
        "InitialCategoryOfAbuse",
        "LatestCategoryOfAbuse",
        "NumberOfPreviousCPP",
    ),
    lists=("CPPreviewDate",),
    wrappers={"Reviews": ("CPPreviewDate",)},
    carries=(*_CHILD_AND_REFERRAL, "CPPstartDate"),
)
PRE_PROCEEDINGS = Block(
    "PreProceedingsandFGDM",
    (
        "PPStartDate",
        "LBPSentDate",
        "FGDMMeetingOffer",
        "FGDMMeetingFac",
        "InitialPPMeetingDate",
        "ReviewMeetingsCount",
        "StepDecisionDate",
        "PPOutcome",
        "CourtAppDate",
        "LetterInitCPDate",
    ),
)
DETAILS = Block(
    "CINdetails",
    (
        "CINreferralDate",
        "ReferralSource",
        "PrimaryNeedCode",
        "CINclosureDate",
        "ReasonForClosure",
        "DateOfInitialCPC",
        "ReferralNFA",
    ),
    blocks=(ASSESSMENT, CIN_PLAN, SECTION_47, PLAN, PRE_PROCEEDINGS),
    carries=_CHILD_AND_REFERRAL,
)
CHILD = Block(
    "Child",
    (
        "LAchildID",
        "UPN",
        "FormerUPN",
        "UPNunknown",
        "PersonBirthDate",
        "ExpectedPersonBirthDate",
        "Sex",
        "PersonDeathDate",
        "Ethnicity",
    ),
    lists=("Disability",),
    blocks=(DETAILS,),
    wrappers={
        "ChildIdentifiers": (
            "LAchildID",
            "UPN",
            "FormerUPN",
            "UPNunknown",
            "PersonBirthDate",
            "ExpectedPersonBirthDate",
            "Sex",
            "GenderCurrent",
            "PersonDeathDate",
        ),
        "ChildCharacteristics": ("Ethnicity", "Disabilities"),
        "Disabilities": ("Disability",),
    },
    also={"GenderCurrent": "Sex"},
    carries=("LAchildID",),
)
COLLECTION = Block("CollectionDetails", ("Collection", "Year", "ReferenceDate"))
SOURCE = Block("Source", ("SourceLevel", "LEA", "SoftwareCode", "Release", "SerialNo", "DateTime"))
MESSAGE = Block(
    "Message",
    (),
    blocks=(COLLECTION, SOURCE, CHILD),
    wrappers={"Header": ("CollectionDetails", "Source", "Content"), "Children": ("Child",)},
)

NOT_READ = frozenset({"Content"})
"""Elements that say nothing of a child: which data items a supplier's export has."""
BLANK_IS_A_ROW = frozenset({"Reviews", "CPPreviewDate"})
"""Elements whose emptiness is a row that lacks its date: a review was held, and when is not said."""
OTHER_NAMES = {"cppreviews": "Reviews"}
"""Names that exports give to elements in place of the schema's, in small letters."""
MAY_BE_EMPTY = frozenset({"ChildIdentifiers", "ChildCharacteristics", "Disabilities", "Disability"})
"""Elements whose emptiness says nothing: an unborn child has no disability to record."""

EVENTS = {
    "CINdetails": ("CINreferralDate", "CINclosureDate", "DateOfInitialCPC"),
    "Assessments": ("AssessmentActualStartDate", "AssessmentAuthorisationDate"),
    "CINPlanDates": ("CINPlanStartDate", "CINPlanEndDate"),
    "Section47": ("S47ActualStartDate", "DateOfInitialCPC"),
    "ChildProtectionPlans": ("CPPstartDate", "CPPendDate"),
    "CPPreviewDate": ("CPPreviewDate",),
}
"""Dates of things that have happened, by part."""
