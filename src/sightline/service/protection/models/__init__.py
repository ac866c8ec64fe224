"""What is kept of the protection pathway."""

from sightline.service.protection.models.conferences import (
    AgencyAtConference,
    Conference,
    CoreGroup,
    PlanAction,
    ProtectionPlan,
)
from sightline.service.protection.models.court import CourtLetter, CourtMeeting, PreProceedings
from sightline.service.protection.models.enquiries import (
    AgencyAtDiscussion,
    Enquiry,
    StrategyDiscussion,
)
from sightline.service.protection.models.need import ChildInNeedPlan, NeedReview
from sightline.service.protection.models.referrals import Allocation, Assessment, Referral
from sightline.service.protection.models.visits import Visit

__all__ = [
    "AgencyAtConference",
    "AgencyAtDiscussion",
    "Allocation",
    "Assessment",
    "ChildInNeedPlan",
    "Conference",
    "CoreGroup",
    "CourtLetter",
    "CourtMeeting",
    "Enquiry",
    "NeedReview",
    "PlanAction",
    "PreProceedings",
    "ProtectionPlan",
    "Referral",
    "StrategyDiscussion",
    "Visit",
]
