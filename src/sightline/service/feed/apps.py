"""The app of the feed."""

from django.apps import AppConfig


class FeedConfig(AppConfig):
    """Feed."""

    name = "sightline.service.feed"
    label = "feed"
    verbose_name = "Feed"
