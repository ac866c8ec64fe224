"""Errors a person can mend: printed as one sentence, exit code 2."""

from sightline.export.outcome import ExportError
from sightline.indicators.definition import NotInCatalogueError
from sightline.indicators.portable import SparkUnavailableError
from sightline.indicators.settings import SettingsError
from sightline.intake.parts import UnreadableFileError
from sightline.published.measures import NotPublishedError
from sightline.service.config.environment import DeploymentError
from sightline.store.snapshots import StoreError


def expected() -> tuple[type[Exception], ...]:
    """Give the kinds of error that are the user's to mend, not ours."""
    return (
        UnreadableFileError,
        StoreError,
        SettingsError,
        NotInCatalogueError,
        NotPublishedError,
        SparkUnavailableError,
        ExportError,
        DeploymentError,
    )
