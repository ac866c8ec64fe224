"""The app of the front door."""

from django.apps import AppConfig


class FrontDoorConfig(AppConfig):
    """Front door."""

    name = "sightline.service.frontdoor"
    label = "frontdoor"
    verbose_name = "Front door"
