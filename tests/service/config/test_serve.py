"""`sightline setup`, `manage` and `serve`: what they make, refuse, log and answer."""

import json
import re
import stat
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from service.config.deployed import SERVER, free_port, in_service, run, served, set_up
from sightline.service.config import serve as serving
from sightline.service.config.deployment import (
    DeploymentError,
    make_folder,
    service_toml,
    without_password,
    without_secrets,
)
from sightline.service.config.environment import Environment, read_environment


@pytest.mark.databases_by_turns
def test_setup_makes_a_private_folder_and_a_first_administrator(deployment: Path) -> None:
    file = deployment / "service.toml"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(deployment.stat().st_mode) == 0o700
    said = tomllib.loads(file.read_text("utf-8"))
    assert len(said["secret_key"]) >= 50
    assert said["https"] is False
    people = in_service(
        deployment,
        "from sightline.service.accounts.models import Person\n"
        "from sightline.service.audit.models import AuditEntry\n"
        "p = Person.objects.get()\n"
        "by = AuditEntry.objects.earliest('number').actor_name\n"
        "print(p.email, p.role_names, p.has_usable_password(), by)",
    )
    assert people == "first@example.org Administrator False sightline setup"


@pytest.mark.one_database
def test_what_setup_makes_is_fit_to_be_deployed(
    tmp_path: Path, database: Callable[[], str]
) -> None:
    folder = tmp_path / "real"
    link = run(
        *(
            "setup",
            "--folder",
            folder,
            "--allowed-host",
            "sightline.example.gov.uk",
            "--reset-link",
        ),
        *("--email", "first@example.org", "--name", "Invented Administrator"),
        database=database(),
    ).stdout
    assert re.search(r"https://sightline\.example\.gov\.uk/sign-in/password/reset/key/\S+/", link)
    done = run(
        "manage",
        "--folder",
        folder,
        "check",
        "--deploy",
        "--database",
        "default",
        "--fail-level",
        "WARNING",
    )
    assert "no issues" in done.stdout
    again = run(
        *("setup", "--folder", folder, "--allowed-host", "x.example", "--reset-link"),
        *("--email", "b@example.org", "--name", "B"),
        code=2,
    )
    assert "a deployment already" in again.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--https",), "Say by which name"),
        (("--allowed-host", "https://x.example/"), "is not a host"),
        (("--no-https", "--database", "mysql://x"), "is not understood"),
        (("--no-https", "--email", "nobody"), "valid email"),
        (("--no-https", "--database", "postgresql://nobody@127.0.0.1:1/none"), "does not answer"),
    ],
)
@pytest.mark.one_database
def test_setup_says_what_is_wrong_and_leaves_nothing(
    words: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    folder = tmp_path / "new"
    told = [
        "setup",
        "--folder",
        folder,
        "--reset-link",
        "--email",
        "a@example.org",
        "--name",
        "A",
        *words,
    ]
    done = run(*told, code=2)
    assert said in done.stderr, done.stderr
    assert not folder.exists()


def test_setup_asks_for_a_password_that_is_good_enough(tmp_path: Path) -> None:
    from click.testing import CliRunner

    from sightline.cli import group

    told = [
        "setup",
        "--folder",
        str(tmp_path / "x"),
        "--no-https",
        "--email",
        "a@example.org",
        "--name",
        "A",
    ]
    asked = CliRunner().invoke(group, told, input="one\nanother\n")
    assert "do not match" in asked.output
    assert not (tmp_path / "x").exists()


def _deployment(**more: object) -> Environment:
    said = {
        "home": Path("x"),
        "secret_key": "",
        "database": "",
        "store": Path("x"),
        "allowed_hosts": ("a.example",),
    }
    return Environment(**{**said, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("deployment", "host", "said"),
    [
        (_deployment(https=False), "0.0.0.0", "in the clear"),
        (_deployment(https=False), "192.0.2.1", "in the clear"),
        (_deployment(https=False), "::", "in the clear"),
        (_deployment(demonstration=True), "0.0.0.0", "well-known passwords"),
        (_deployment(allowed_hosts=()), "127.0.0.1", "is empty"),
        (_deployment(allowed_hosts=("*",)), "127.0.0.1", "forged"),
    ],
)
def test_an_unsafe_combination_is_refused(deployment: Environment, host: str, said: str) -> None:
    with pytest.raises(DeploymentError, match=said):
        serving.refuse_unsafe(deployment, host, 8000)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "[::1]", "127.8.8.8"])
def test_this_machine_alone_is_safe(host: str) -> None:
    serving.refuse_unsafe(_deployment(https=False, demonstration=True), host, 8000)


def test_secrets_that_others_may_read_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "open"
    make_folder(folder, {"secret_key": "x" * 60, "allowed_hosts": ["a.example"]})
    (folder / "service.toml").chmod(0o644)
    assert "others may read" in run("serve", "--folder", folder, code=2).stderr
    assert "no deployment" in run("serve", "--folder", tmp_path / "none", code=2).stderr


def test_settings_are_written_as_they_are_read() -> None:
    values = {
        "secret_key": 'quote " backslash \\ tab \t \x7f ☂',
        "https": True,
        "idle_minutes": 30,
        "allowed_hosts": ["a.example", "b.example"],
        "database": "postgresql://me:p%40ss@db.example:5432/sightline?x=y",
        "sign_on": [{"id": "a", "name": "A", "server": "s", "client": "c", "secret": "hush"}],
    }
    assert tomllib.loads(service_toml(values)) == values
    public = without_secrets(values)
    assert "hush" not in str(public)
    assert "p%40ss" not in str(public)
    assert public["database"] == "postgresql://me@db.example:5432/sightline?x=y"
    assert without_password("postgresql:///name") == "postgresql:///name"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('colour = "red"', "colour is not known"),
        ('https = "no"', "https is true or false"),
        ("idle_minutes = true", "idle_minutes is a whole number"),
        ('allowed_hosts = "a.example"', "allowed_hosts is a list"),
        ("=", "cannot be read"),
    ],
)
def test_a_setting_that_is_not_understood_is_said(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "service.toml").write_text(text)
    with pytest.raises(DeploymentError, match=said):
        read_environment({"SIGHTLINE_HOME": str(tmp_path), "SIGHTLINE_SECRET_KEY": "x" * 60})


@pytest.mark.one_database
def test_a_session_leaves_no_personal_data_in_the_log(deployment: Path) -> None:
    """Somebody signs in, fails to, and asks for what names a child: none of it is in the log."""
    with served(deployment) as server:
        for path in (
            "/sign-in/login/?next=/children/E1234567/",
            "/?name=Okafor&email=ada%40example.org",
            "/children/E1234567/",
            "/audit/?row=E1234567",
            "/nowhere/Okafor/?q=ada@example.org",
            "/health",
            "/static/design/../../Okafor",
        ):
            server.get(path)
        server.get("/", Host="okafor.example")
        server.get("/", Cookie="sightline_session=Okafor")
        assert server.get("/ready")[0] == 200
        server.stop()
        lines = server.log.read_text("utf-8").splitlines()
    said = [json.loads(line) for line in lines if line.startswith("{")]
    text = "\n".join(lines)
    for personal in ("Okafor", "okafor", "E1234567", "example.org", "?"):
        assert personal not in text, text
    requests = [line for line in said if line["logger"] == "sightline.access"]
    assert len(requests) >= 10
    assert not any("127.0.0.1" in str(line) for line in requests)
    assert {"time", "level", "method", "path", "status", "milliseconds", "request"} <= requests[
        0
    ].keys()
    plain = [line for line in lines if not line.startswith("{")]
    assert all(
        line.startswith(("No mail server", "Making the database", "Sightline is at", "Ending:"))
        for line in plain
    ), plain


@pytest.mark.one_database
def test_headers_of_every_answer(deployment: Path) -> None:
    with served(deployment) as server:
        for path in ("/sign-in/login/", "/nowhere/", "/audit/"):
            _, headers, _ = server.get(path)
            assert "default-src 'none'" in headers["Content-Security-Policy"]
            assert "unsafe-inline" not in headers["Content-Security-Policy"]
            assert headers["X-Frame-Options"] == "DENY"
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert headers["Referrer-Policy"] == "same-origin"
            assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
            assert "no-store" in headers["Cache-Control"]
        assert json.loads(server.get("/health")[2]) == {"status": "ok"}
        assert server.get("/", Host="forged.example")[0] == 400
        taken = run("serve", "--folder", deployment, "--port", str(server.port), code=2)
        assert "cannot be used" in taken.stderr


@pytest.mark.one_database
def test_https_is_believed_of_the_proxy_alone(deployment: Path) -> None:
    said = deployment / "service.toml"
    hosts = 'allowed_hosts = ["sightline.example.gov.uk"]'
    text = re.sub(r"allowed_hosts = .*", hosts, said.read_text("utf-8"))
    said.write_text(text.replace("https = false", "https = true"), "utf-8")
    by_proxy = {
        "Host": "sightline.example.gov.uk",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-For": "192.0.2.7",
    }
    with served(deployment) as server:
        status, headers, _ = server.get("/sign-in/login/", **by_proxy)
        assert status == 200
        assert "max-age=31536000" in headers["Strict-Transport-Security"]
        assert "Secure" in headers["Set-Cookie"]
        status, headers, _ = server.get("/sign-in/login/", Host="sightline.example.gov.uk")
        assert (status, headers["Location"]) == (
            301,
            "https://sightline.example.gov.uk/sign-in/login/",
        )
    with served(deployment, "--proxy", "192.0.2.1") as server:
        assert server.get("/sign-in/login/", **by_proxy)[0] == 301


@pytest.mark.databases_by_turns
def test_a_database_of_an_earlier_version_is_not_served(deployment: Path) -> None:
    # One that no other app builds on, so that little is taken back.
    run("manage", "--folder", deployment, "migrate", "reminders", "zero", "--verbosity", "0")
    done = run("serve", "--folder", deployment, "--port", str(free_port()), code=2)
    assert "is of an earlier version" in done.stderr
    with served(deployment, "--migrate") as server:
        assert server.get("/health")[0] == 200
    assert SERVER or (deployment / "sightline.sqlite3").exists()


def test_what_a_manage_command_changes_is_on_record_in_its_name(deployment: Path) -> None:
    run(
        *("manage", "--folder", deployment, "shell", "-c"),
        "from sightline.service.accounts.models import Agency; Agency.objects.create(name='x', kind='other')",
    )
    said = in_service(
        deployment,
        "from sightline.service.audit.models import AuditEntry\n"
        "print(AuditEntry.objects.get(subject='accounts_agency').actor_name)",
    )
    assert said == "sightline manage shell"


def test_setup_over_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(AssertionError, match="holds other things"):
        set_up(tmp_path)
    assert (tmp_path / "mine.txt").read_text() == "x"
