"""What is kept of missing and exploited children."""

from sightline.service.missing.models.concerns import ConcernAnswer
from sightline.service.missing.models.episodes import MissingEpisode, ReturnInterview
from sightline.service.missing.models.profile import ProfileContribution
from sightline.service.missing.models.screenings import RiskReview, Screening

__all__ = [
    "ConcernAnswer",
    "MissingEpisode",
    "ProfileContribution",
    "ReturnInterview",
    "RiskReview",
    "Screening",
]
