"""What the tests of the public site share."""

from collections.abc import Callable
from typing import Any

import pytest

from service.scrutiny.public.council import Council, make_council


@pytest.fixture
def council(db: None) -> Council:
    return make_council()


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Callable[..., Any]:
    """Run what waits for the end of a transaction."""
    return lambda: django_capture_on_commit_callbacks(execute=True)
