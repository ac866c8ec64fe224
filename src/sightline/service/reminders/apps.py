"""The app of calendars and daily letters."""

from django.apps import AppConfig


class RemindersConfig(AppConfig):
    """Calendars and daily letters."""

    name = "sightline.service.reminders"
    label = "reminders"
    verbose_name = "Calendars and daily letters"
