"""A deployment with a small invented authority loaded, for the tests of loads and of findings.

Import the fixtures by name. The files and the store are made once a run and copied.
"""

import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings

from made_once import made_once
from sightline.intake.load import load
from sightline.service.measures.load_findings import keep_figures
from sightline.service.measures.models import Publication
from sightline.store.snapshots import Store
from sightline.synthetic.returns import invent


@dataclass(frozen=True)
class Files:
    """Files of an invented authority: Annex A and a census, and the census with faults in it."""

    annex_a: Path
    census: Path
    faulty: Path
    places: Path
    store: Path


@pytest.fixture(scope="session")
def invented_files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return _files(made_once(tmp_path_factory, "invented-loads", _make))


def _make(folder: Path) -> None:
    asked: dict[str, Any] = {"like": "885", "first": 2016, "last": 2016, "children": 300}
    invent(folder / "whole", formats=("annex-a", "cin"), **asked)
    invent(folder / "faulty", formats=("cin",), faults=12, **asked)
    files = _files(folder)
    store = Store(files.store)
    load([files.annex_a, files.census], store, places=files.places)
    keep_figures(store.current(), lambda _: None)


def _files(folder: Path) -> Files:
    return Files(
        next((folder / "whole").rglob("*.xlsx")),
        next((folder / "whole").rglob("*cin*.xml")),
        next((folder / "faulty").rglob("*cin*.xml")),
        folder / "whole" / "places.csv",
        folder / "store",
    )


@pytest.fixture
def deployment(tmp_path: Path, settings: Any) -> Path:
    """Have the service's folder be a new one; give it."""
    settings.DEPLOYMENT = replace(
        django_settings.DEPLOYMENT, home=tmp_path / "home", store=tmp_path / "home" / "store"
    )
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


@pytest.fixture
def published(deployment: Path, invented_files: Files, db: None) -> Publication:
    """Have the invented authority loaded and published."""
    shutil.copytree(invented_files.store, deployment / "store")
    return Publication.objects.create(snapshot=Store(deployment / "store").current().id)
