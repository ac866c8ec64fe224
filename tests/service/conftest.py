"""What the service's tests share: people of every role."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client, TransactionTestCase

from service.measures.invented_loads import Files, invented_files
from sightline.service.accounts.models import Appointment, Locality, Person, Team
from sightline.service.accounts.roles import ROLES, Reach

__all__ = ["invented_files"]

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True, scope="session")
def _emptied_between_tests() -> Iterator[None]:
    """A test that commits is followed by emptying every table, which the audit refuses but for this."""
    from sightline.service.audit.triggers import drop_triggers, make_triggers

    original: Any = TransactionTestCase._fixture_teardown

    def teardown(case: Any) -> None:
        if connection.vendor == "postgresql":
            # The triggers stay, and none fires.
            with connection.cursor() as cursor:
                cursor.execute("SET session_replication_role = replica")
            original(case)
            with connection.cursor() as cursor:
                cursor.execute("SET session_replication_role = origin")
            return
        drop_triggers()
        original(case)
        make_triggers()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield


@pytest.fixture
def sightline() -> Callable[..., "subprocess.CompletedProcess[str]"]:
    """Run a command as people do, in a process of its own; `code` is the exit code expected."""

    def run(*words: object, code: int = 0, **more: Any) -> "subprocess.CompletedProcess[str]":
        program = "from sightline.cli import main; main()"
        told = {k: v for k, v in os.environ.items() if not k.startswith(("SIGHTLINE_", "DJANGO_"))}
        done = subprocess.run(
            [sys.executable, "-c", program, *map(str, words)],
            capture_output=True,
            text=True,
            check=False,
            env={**told, **more.pop("env", {})},
            **more,
        )
        assert done.returncode == code, (
            f"{words}: exit {done.returncode}\n{done.stdout}\n{done.stderr}"
        )
        return done

    return run


@pytest.fixture
def service_folder(sightline: Any) -> Callable[..., Path]:
    """Make a deployment by `sightline setup`, for this machine only, on SQLite unless told."""

    def make(folder: Path, *more: str) -> Path:
        sightline(
            *("setup", "--folder", folder, "--no-https", "--reset-link", "--quiet"),
            *("--email", "first@example.org", "--name", "Invented Administrator", *more),
        )
        return folder

    return make


@pytest.fixture
def make_person(db: None) -> Callable[..., Person]:
    """Make a person of a role, over a district, a team or a worker's name where it reaches by one."""

    def make(
        role: str = "",
        *,
        district: str = "Redditch",
        team: str = "Redditch team 1",
        worker: str = "Worker 1",
        email: str = "",
    ) -> Person:
        if Person.objects.filter(worker=worker).exists():  # no two have the same
            worker = f"Another {Person.objects.count()}"
        address = email or f"{role or 'nobody'}-{Person.objects.count()}@example.org"
        reach = ROLES[role].reach if role else Reach.NOBODY
        person = Person.objects.create_person(
            address,
            f"Invented {role or 'nobody'}",
            PASSWORD,
            worker=worker if reach is Reach.OWN else "",
        )
        if role:
            appointment = Appointment(person=person, role=role)
            if reach is Reach.TEAM:
                appointment.team = Team.objects.get_or_create(name=team)[0]
            if reach is Reach.LOCALITY:
                appointment.locality = Locality.objects.get_or_create(name=district)[0]
            appointment.full_clean()
            appointment.save()
        return person

    return make


@pytest.fixture
def client_of() -> Callable[[Person], Client]:
    """Give a browser's stand-in that is signed in as a person."""

    def sign_in(person: Person) -> Client:
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


@pytest.fixture
def published_reading(invented_files: Files, settings: Any, db: None) -> Any:
    """Have the invented authority published, from one store that no test changes; give its reading."""
    from sightline.service.measures.models import Publication
    from sightline.service.measures.reading import reading_of
    from sightline.store.snapshots import Store

    settings.DEPLOYMENT = replace(django_settings.DEPLOYMENT, store=invented_files.store)
    snapshot = Store(invented_files.store).current().id
    Publication.objects.create(snapshot=snapshot)
    return reading_of(snapshot)


@pytest.fixture(scope="session")
def styles() -> None:
    """The built styles; built now where they are not."""
    from sightline.service.design import build

    build.build()


@pytest.fixture
def visit_live(browser: Any, live_server: Any, styles: None) -> Iterator[Any]:
    """Give a page of a browser in which somebody has signed in, or nobody."""
    contexts = []

    def open_as(person: Person | None, width: int = 1280, *, script: bool = True) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=script,
            base_url=live_server.url,
        )
        contexts.append(context)
        if person is not None:
            client = Client()
            client.force_login(
                person, backend="allauth.account.auth_backends.AuthenticationBackend"
            )
            value = client.cookies["sightline_session"].value
            context.add_cookies(
                [{"name": "sightline_session", "value": value, "url": live_server.url}]
            )
        page = context.new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on(
            "console",
            lambda said: (
                page.faults.append(said.text)
                if said.type == "error" and "status of 4" not in said.text
                else None
            ),
        )
        return page

    yield open_as
    for context in contexts:
        context.close()


@pytest.fixture
def visit(visit_live: Any, published_reading: Any) -> Any:
    """The same, with the invented authority published."""
    return visit_live
