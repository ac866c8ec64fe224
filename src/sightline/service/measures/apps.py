"""The app of figures and loads."""

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    """Measures."""

    name = "sightline.service.measures"
    label = "measures"
    verbose_name = "Measures"

    def ready(self) -> None:
        """Say how the app of children finds where a child belongs."""
        from sightline.service.children.whereabouts import found_by  # noqa: PLC0415 - needs apps
        from sightline.service.measures.child_places import rows_published_of  # noqa: PLC0415

        found_by(rows_published_of)
