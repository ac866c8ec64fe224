"""The app of scrutiny."""

from django.apps import AppConfig


class ScrutinyConfig(AppConfig):
    """Scrutiny."""

    name = "sightline.service.scrutiny"
    label = "scrutiny"
    verbose_name = "Scrutiny"
