"""One small invented authority, reported on once inside and once for publication."""

import pytest

from present.authority import MADE, measured
from sightline.indicators.measured import Measured
from sightline.present import html
from sightline.present.contents import build
from sightline.present.figure_file import KeptFigures
from sightline.present.kept_figures import kept_figures
from sightline.present.report import Report


@pytest.fixture(scope="session")
def subject() -> Measured:
    return measured()


@pytest.fixture(scope="session")
def kept(subject: Measured) -> KeptFigures:
    return kept_figures(subject)


@pytest.fixture(scope="session")
def kept_published(subject: Measured) -> KeptFigures:
    return kept_figures(subject, published=True)


@pytest.fixture(scope="session")
def report(subject: Measured, kept: KeptFigures) -> Report:
    return build(subject, made=MADE, kept=kept)


@pytest.fixture(scope="session")
def published(subject: Measured, kept_published: KeptFigures) -> Report:
    return build(subject, made=MADE, published=True, kept=kept_published)


@pytest.fixture(scope="session")
def page(report: Report) -> str:
    return html.render(report)
