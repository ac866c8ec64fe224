"""What the tests of the feed share: people, and half a year of casework done once for a test."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings

from service.feed.clock import Clock, stopped
from service.feed.invented import People
from service.protection.conftest import (
    agencies,
    chair,
    make_case,
    manager,
    registered,
    team,
    worker,
)
from sightline.service.accounts.models import Agency, Locality, Person, Team
from sightline.service.frontdoor.actions.thresholds import plant_guidance
from sightline.service.frontdoor.models import Level

__all__ = ["agencies", "chair", "make_case", "manager", "registered", "team", "worker"]


@pytest.fixture
def clock() -> Iterator[Clock]:
    with stopped() as clock:
        yield clock


@pytest.fixture
def people(
    clock: Clock,
    team: Team,
    make_person: Any,
    worker: Person,
    manager: Person,
    chair: Person,
    agencies: dict[str, Agency],
) -> People:
    plant_guidance()
    latest = Level.objects.order_by("-guidance__starts").first()
    assert latest is not None
    return People(
        officer=make_person("front_door", team=team.name, email="officer@example.org"),
        manager=manager,
        worker=worker,
        chair=chair,
        complex=make_person("complex_safeguarding", email="complex@example.org"),
        team=team,
        elsewhere=Locality.objects.get_or_create(name="Invented Vale")[0],
        levels=list(latest.guidance.levels.all()),
        police=agencies["police"],
        health=agencies["health"],
    )


@pytest.fixture
def home(settings: Any, tmp_path: Path) -> Path:
    """A deployment of its own, which publishes what it feeds."""
    settings.DEPLOYMENT = replace(
        django_settings.DEPLOYMENT, home=tmp_path, store=tmp_path / "store", feed_publishes=True
    )
    return tmp_path
