"""The app of people and policies."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts."""

    name = "sightline.service.accounts"
    label = "accounts"
    verbose_name = "Accounts"
