"""The app of children's records."""

from django.apps import AppConfig


class ChildrenConfig(AppConfig):
    """Children."""

    name = "sightline.service.children"
    label = "children"
    verbose_name = "Children"
