"""The app of the protection pathway."""

from django.apps import AppConfig


class ProtectionConfig(AppConfig):
    """Protection."""

    name = "sightline.service.protection"
    label = "protection"
    verbose_name = "Protection"
