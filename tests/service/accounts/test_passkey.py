"""A passkey in a real browser, with an authenticator that the browser itself plays."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from service.conftest import PASSWORD
from sightline.service.accounts.models import Person
from sightline.service.audit.models import AuditEntry, Verb

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
pytest.importorskip("playwright")


def with_authenticator(page: Any) -> Any:
    """Plug in an authenticator that knows its holder, as a phone or laptop does."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return page


def test_a_passkey_is_added_and_signs_its_holder_in(
    visit: Any, make_person: Callable[..., Person]
) -> None:
    person = make_person("auditor", email="auditor@example.org")
    page = with_authenticator(visit(None))
    page.goto("/sign-in/login/")
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "/sign-in/" not in url)
    page.goto("/sign-in/second-step/webauthn/add/")
    if page.get_by_label("Password", exact=True).count():
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button").last.click()
    page.locator("#id_name").fill("Laptop")
    page.locator("#id_passwordless").check()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url(lambda url: not url.endswith("/add/"))
    assert Authenticator.objects.filter(user=person, type="webauthn").count() == 1
    page.goto("/")
    page.get_by_role("button", name="Sign out").click()
    page.goto("/sign-in/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(lambda url: "/sign-in/login/" not in url)
    assert AuditEntry.objects.filter(verb=Verb.SIGN_IN, actor=str(person.pk)).count() == 2
    assert page.faults == []
