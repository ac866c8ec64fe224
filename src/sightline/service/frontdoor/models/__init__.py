"""What is kept at the front door."""

from sightline.service.frontdoor.models.contacts import (
    Contact,
    ContactChild,
    EarlierRouting,
    ReferralForm,
    UnsentReferral,
)
from sightline.service.frontdoor.models.decisions import (
    Disagreement,
    OutcomeNotice,
    PassedOn,
    Recommendation,
)
from sightline.service.frontdoor.models.information import (
    Analysis,
    InformationChase,
    InformationRequest,
    SharingDecision,
)
from sightline.service.frontdoor.models.thresholds import Guidance, Level
from sightline.service.frontdoor.models.triage import Triage, TriageAttendance, TriagedContact

__all__ = [
    "Analysis",
    "Contact",
    "ContactChild",
    "Disagreement",
    "EarlierRouting",
    "Guidance",
    "InformationChase",
    "InformationRequest",
    "Level",
    "OutcomeNotice",
    "PassedOn",
    "Recommendation",
    "ReferralForm",
    "SharingDecision",
    "Triage",
    "TriageAttendance",
    "TriagedContact",
    "UnsentReferral",
]
