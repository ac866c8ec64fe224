"""The service's own settings, with one address more: a bare page to set the others against."""

from pathlib import Path

from sightline.service.config.settings import *  # noqa: F403
from sightline.service.config.settings import TEMPLATES

ROOT_URLCONF = "bare_urls"
TEMPLATES[0]["DIRS"] = [Path(__file__).parent / "templates"]
