"""The app of the protection pathway."""

from django.apps import AppConfig


class ProtectionConfig(AppConfig):
    """Protection."""

    name = "sightline.service.protection"
    label = "protection"
    verbose_name = "Protection"

    def ready(self) -> None:
        """Say where the cases have a child, what they tell of one and have as open, and what is stuck."""
        from sightline.service.children.queries import (  # noqa: PLC0415 - needs apps
            open_by,
            stuck_by,
            told_by,
        )
        from sightline.service.children.whereabouts import found_by  # noqa: PLC0415
        from sightline.service.frontdoor.beginning import begun_by, worked_with_by  # noqa: PLC0415
        from sightline.service.protection.access import rows_of_work  # noqa: PLC0415
        from sightline.service.protection.actions.referrals import (  # noqa: PLC0415
            has_open_case,
            open_referral,
        )
        from sightline.service.protection.going_on import cases_stuck  # noqa: PLC0415
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
        stuck_by(cases_stuck)
