"""The app of figures and loads."""

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    """Measures."""

    name = "sightline.service.measures"
    label = "measures"
    verbose_name = "Measures"
