"""The app of the protection pathway."""

from django.apps import AppConfig


class ProtectionConfig(AppConfig):
    """Protection."""

    name = "sightline.service.protection"
    label = "protection"
    verbose_name = "Protection"

    def ready(self) -> None:
        """Say where the cases have a child, and what they tell of one and have as open."""
        from sightline.service.children.queries import open_by, told_by  # noqa: PLC0415 - needs apps
        from sightline.service.children.whereabouts import found_by  # noqa: PLC0415
        from sightline.service.frontdoor.beginning import begun_by, worked_with_by  # noqa: PLC0415
        from sightline.service.protection.access import rows_of_work  # noqa: PLC0415
        from sightline.service.protection.actions.referrals import (  # noqa: PLC0415
            has_open_case,
            open_referral,
        )
        from sightline.service.protection.queries.told import (  # noqa: PLC0415
            AREA,
            entries_told,
            open_told,
        )

        begun_by(open_referral)
        worked_with_by(has_open_case)
        found_by(rows_of_work)
        told_by(AREA, entries_told)
        open_by(open_told)
