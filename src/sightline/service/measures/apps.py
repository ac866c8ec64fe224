"""The app of figures and loads."""

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    """Measures."""

    name = "sightline.service.measures"
    label = "measures"
    verbose_name = "Measures"

    def ready(self) -> None:
        """Say where the records have a child, and what they tell of one and have as open."""
        from sightline.service.children.chronology import told_by  # noqa: PLC0415 - needs apps
        from sightline.service.children.open_work import open_by  # noqa: PLC0415
        from sightline.service.children.whereabouts import found_by  # noqa: PLC0415
        from sightline.service.measures.child_entries import (  # noqa: PLC0415
            AREA,
            entries_published_of,
            open_published_of,
        )
        from sightline.service.measures.child_places import rows_published_of  # noqa: PLC0415

        found_by(rows_published_of, slow=True)
        told_by(AREA, entries_published_of)
        open_by(open_published_of)
