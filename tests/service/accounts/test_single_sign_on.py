"""Single sign-on by OpenID Connect, against a stand-in for a provider, set up as in `service.toml`."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from sightline.service.accounts.models import Person
from sightline.service.audit.models import AuditEntry, Verb
from sightline.service.config.environment import read_environment, sign_on_settings
from sightline.service.config.headers import content_policy

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

Make = Callable[..., Person]


class Provider(ThreadingHTTPServer):
    """A provider that knows one person and hands out one code; it checks what it is asked with."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.address = f"http://127.0.0.1:{self.server_port}"
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.email = "ann@example.org"
        self.verified = True
        self.challenge = ""

    def claims(self) -> dict[str, Any]:
        return {
            "iss": self.address,
            "aud": "sightline",
            "sub": f"subject of {self.email}",
            "email": self.email,
            "email_verified": self.verified,
            "iat": int(time.time()),
            "exp": int(time.time()) + 60,
        }


class _Answers(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        provider, path = self.server, urlsplit(self.path).path
        if path == "/.well-known/openid-configuration":
            self._answer(
                {
                    "issuer": provider.address,
                    "authorization_endpoint": f"{provider.address}/authorise",
                    "token_endpoint": f"{provider.address}/token",
                    "userinfo_endpoint": f"{provider.address}/person",
                    "jwks_uri": f"{provider.address}/keys",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }
            )
        elif path == "/keys":
            public = jwt.algorithms.RSAAlgorithm.to_jwk(provider.key.public_key(), as_dict=True)
            self._answer({"keys": [{**public, "kid": "1"}]})
        elif path == "/person" and self.headers["Authorization"] == "Bearer access":
            self._answer(provider.claims())
        else:
            self._answer({}, 404)

    def do_POST(self) -> None:
        provider = self.server
        told = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        digest = hashlib.sha256(told.get("code_verifier", [""])[0].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        good = (
            told.get("code") == ["the code"]
            and told.get("client_secret") == ["the secret"]
            and challenge == provider.challenge
        )
        if not good:
            self._answer({"error": "invalid_grant"}, 400)
            return
        token = jwt.encode(provider.claims(), provider.key, "RS256", headers={"kid": "1"})
        self._answer({"access_token": "access", "token_type": "Bearer", "id_token": token})

    def _answer(self, content: dict[str, Any], status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(content).encode())

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def provider(settings: Any, tmp_path: Path) -> Iterator[Provider]:
    with Provider() as made:
        thread = threading.Thread(target=made.serve_forever)
        thread.start()
        (tmp_path / "service.toml").write_text(
            f"""secret_key = "{"k" * 50}"
[[sign_on]]
id = "council"
name = "Anyshire Council"
server = "{made.address}"
client = "sightline"
secret = "the secret"
"""
        )
        deployment = read_environment({"SIGHTLINE_HOME": str(tmp_path)})
        settings.SOCIALACCOUNT_PROVIDERS = sign_on_settings(deployment.sign_on)
        cache.clear()
        yield made
        made.shutdown()
        thread.join()


def _come_back(client: Client, provider: Provider, code: str = "the code") -> Any:
    """Go to the provider from the button, and come back as it would send one."""
    away = client.post(reverse("openid_connect_login", args=["council"]))
    assert away.url.startswith(f"{provider.address}/authorise?")
    asked = parse_qs(urlsplit(away.url).query)
    provider.challenge = asked["code_challenge"][0]
    assert "the secret" not in away.url
    back = asked["redirect_uri"][0]
    assert back == "http://testserver" + reverse("openid_connect_callback", args=["council"])
    return client.get(back, {"code": code, "state": asked["state"][0]})


def _signed_in(client: Client) -> bool:
    return bool(client.get(reverse("account")).status_code == 200)


def test_the_account_of_the_same_address_opens_and_it_is_on_record(
    provider: Provider, make_person: Make
) -> None:
    person = make_person("analyst", email="ann@example.org")
    client = Client()
    assert "Sign in with Anyshire Council" in client.get(reverse("account_login")).content.decode()
    assert _come_back(client, provider).status_code == 302
    assert _signed_in(client)
    assert AuditEntry.objects.get(verb=Verb.SIGN_IN).subject_id == str(person.pk)
    # Once more, now that the two are joined.
    again = Client()
    _come_back(again, provider)
    assert _signed_in(again)


def test_an_address_nobody_has_an_account_for_is_told_so_and_no_account_is_made(
    provider: Provider, make_person: Make
) -> None:
    make_person("analyst", email="bob@example.org")
    client = Client()
    answer = _come_back(client, provider)
    assert answer.url == reverse("account_login")
    assert "You have no account here" in client.get(answer.url).content.decode()
    assert not _signed_in(client)
    assert Person.objects.count() == 1


def test_an_address_the_provider_has_not_verified_opens_nothing(
    provider: Provider, make_person: Make
) -> None:
    make_person("analyst", email="ann@example.org")
    provider.verified = False
    client = Client()
    _come_back(client, provider)
    assert not _signed_in(client)


def test_a_closed_account_opens_nothing(provider: Provider, make_person: Make) -> None:
    make_person("analyst", email="ann@example.org")
    client = Client()
    _come_back(client, provider)
    Person.objects.update(is_active=False)
    assert not _signed_in(client)
    again = Client()
    _come_back(again, provider)
    assert not _signed_in(again)


def test_a_code_or_state_that_is_not_ours_opens_nothing(
    provider: Provider, make_person: Make
) -> None:
    make_person("analyst", email="ann@example.org")
    client = Client()
    _come_back(client, provider, code="another code")
    assert not _signed_in(client)
    stranger = Client()
    stranger.get(
        reverse("openid_connect_callback", args=["council"]), {"code": "the code", "state": "x"}
    )
    assert not _signed_in(stranger)


def test_the_button_may_lead_to_the_provider_and_nowhere_else(provider: Provider) -> None:
    answer = Client().get(reverse("account_login"))
    assert f"form-action 'self' {provider.address}" in answer["Content-Security-Policy"]
    assert content_policy().endswith("form-action 'self'")
    assert "evil" not in content_policy(["https://sign-in.example/evil/path"])
