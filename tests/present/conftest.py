"""One small invented authority, reported on once inside and once for publication."""

import pytest

from present.authority import MADE, measured
from sightline.indicators.disclosure import protect
from sightline.indicators.measured import Measured
from sightline.present import html
from sightline.present.contents import build
from sightline.present.report import Report


@pytest.fixture(scope="session")
def subject() -> Measured:
    return measured()


@pytest.fixture(scope="session")
def report(subject: Measured) -> Report:
    return build(subject, made=MADE)


@pytest.fixture(scope="session")
def published(subject: Measured) -> Report:
    return build(subject, made=MADE, protect=protect)


@pytest.fixture(scope="session")
def page(report: Report) -> str:
    return html.render(report)
