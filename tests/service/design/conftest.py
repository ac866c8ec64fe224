"""Pages rendered apart from the rest of the service: its settings, without its gate and its addresses."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test import Client, override_settings

from sightline.service.design import navigation

MIDDLEWARE = [
    "sightline.service.config.headers.ContentPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "service.design.gallery.InventedPerson",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]


@dataclass
class Pages:
    """Fetches pages, signed in as an invented person unless `signed_in` is false."""

    signed_in: bool = True

    def get(self, address: str) -> str:
        return self.response(address).content.decode()

    def response(self, address: str):  # type: ignore[no-untyped-def]
        client = Client(raise_request_exception=False)
        return client.get(address, headers={"signed-in": "1"} if self.signed_in else {})


@pytest.fixture
def frame(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The frame of a page over the gallery's addresses."""
    entries = [
        navigation.Entry("Overview", "overview"),
        navigation.Entry("Quality of the data", "quality"),
        navigation.Entry("Loads", "loads"),
    ]
    monkeypatch.setattr(navigation, "ENTRIES", tuple(entries))
    with override_settings(
        MIDDLEWARE=MIDDLEWARE,
        ROOT_URLCONF="service.design.gallery",
        SIGHTLINE_DEMONSTRATION=True,
        SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
        MESSAGE_STORAGE="django.contrib.messages.storage.cookie.CookieStorage",
    ):
        yield


@pytest.fixture
def pages(frame: None) -> Pages:
    return Pages()
