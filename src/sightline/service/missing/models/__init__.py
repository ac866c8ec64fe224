"""What is kept of missing and exploited children."""

from sightline.service.missing.models.concerns import ConcernAnswer
from sightline.service.missing.models.episodes import (
    HELD,
    NOT_OVER,
    WAITING,
    MissingEpisode,
    ReturnInterview,
)
from sightline.service.missing.models.profile import AgreedProfile, ProfileContribution
from sightline.service.missing.models.screenings import RiskReview, Screening

__all__ = [
    "HELD",
    "NOT_OVER",
    "WAITING",
    "AgreedProfile",
    "ConcernAnswer",
    "MissingEpisode",
    "ProfileContribution",
    "ReturnInterview",
    "RiskReview",
    "Screening",
]
