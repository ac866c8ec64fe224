"""The app of children's records."""

from django.apps import AppConfig


class ChildrenConfig(AppConfig):
    """Children."""

    name = "sightline.service.children"
    label = "children"
    verbose_name = "Children"

    def ready(self) -> None:
        """Say to whom those belong whom no app claims, and what this app tells of a person."""
        from sightline.service.children.access import rows_recorded_of  # noqa: PLC0415 - needs apps
        from sightline.service.children.chronology import told_by  # noqa: PLC0415
        from sightline.service.children.own_entries import AREA, entries_recorded  # noqa: PLC0415
        from sightline.service.children.whereabouts import otherwise_by  # noqa: PLC0415

        otherwise_by(rows_recorded_of)
        told_by(AREA, entries_recorded)
