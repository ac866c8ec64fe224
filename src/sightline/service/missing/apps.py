"""The app of missing and exploited children."""

from django.apps import AppConfig


class MissingConfig(AppConfig):
    """Missing and exploitation."""

    name = "sightline.service.missing"
    label = "missing"
    verbose_name = "Missing and exploitation"

    def ready(self) -> None:
        """Say where episodes and interviews have a child, what they tell of one, have as open, and is stuck.

        And what is put right when records are parted, or a contact is opened again.
        """
        from sightline.service.children.actions import parted_by  # noqa: PLC0415 - needs apps
        from sightline.service.children.queries import open_by, stuck_by, told_by  # noqa: PLC0415
        from sightline.service.children.whereabouts import found_by  # noqa: PLC0415
        from sightline.service.frontdoor.routing import answered_by  # noqa: PLC0415
        from sightline.service.missing.access import rows_of_missing  # noqa: PLC0415
        from sightline.service.missing.actions.asking_again import ask_again  # noqa: PLC0415
        from sightline.service.missing.actions.screening import take_up_parted  # noqa: PLC0415
        from sightline.service.missing.going_on import missing_stuck  # noqa: PLC0415
        from sightline.service.missing.queries.left import left_at_closure  # noqa: PLC0415
        from sightline.service.missing.queries.told import (  # noqa: PLC0415
            AREA,
            entries_told,
            open_told,
        )
        from sightline.service.protection.elsewhere import left_by  # noqa: PLC0415

        found_by(rows_of_missing)
        told_by(AREA, entries_told)
        open_by(open_told)
        left_by(left_at_closure)
        stuck_by(missing_stuck)
        parted_by(take_up_parted)
        answered_by(ask_again)
