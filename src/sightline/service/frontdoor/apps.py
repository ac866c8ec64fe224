"""The app of the front door."""

from django.apps import AppConfig


class FrontDoorConfig(AppConfig):
    """Front door."""

    name = "sightline.service.frontdoor"
    label = "frontdoor"
    verbose_name = "Front door"

    def ready(self) -> None:
        """Say where contacts have a child, what they tell, what is open and stuck, and who sees one."""
        from sightline.service.children.queries import (  # noqa: PLC0415 - needs apps
            open_by,
            stuck_by,
            told_by,
        )
        from sightline.service.children.telling import opened_by  # noqa: PLC0415
        from sightline.service.children.whereabouts import found_by  # noqa: PLC0415
        from sightline.service.frontdoor.access import sees_contact  # noqa: PLC0415
        from sightline.service.frontdoor.going_on import contacts_stuck  # noqa: PLC0415
        from sightline.service.frontdoor.queries.told import (  # noqa: PLC0415
            AREA,
            entries_told,
            open_told,
            rows_of_contacts,
        )

        found_by(rows_of_contacts)
        told_by(AREA, entries_told)
        open_by(open_told)
        stuck_by(contacts_stuck)
        opened_by("contact", sees_contact)
