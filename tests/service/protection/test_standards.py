"""What the authority has set for its clocks: in its own unit, and where its file cannot be read."""

import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.urls import reverse

from service.protection.conftest import MakeCase, enquired
from sightline.service.accounts.models import Person
from sightline.service.protection.clocks import clock, due_day

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
THURSDAY = date(2026, 3, 19)
OWN = """
[[standard]]
name = "section-47-conference-decision"
value = 5
unit = "calendar days"
from = 2026-01-01
set_by = "Practice standards"

[[standard]]
name = "section-47-conclusion"
value = 10
unit = "working days"
from = 2026-01-01
set_by = "Practice standards"
"""
UNREAD = "The authority’s own standards cannot be read"


@pytest.fixture
def own(settings: Any, tmp_path: Path) -> Path:
    """The file of an authority's own settings, in a folder of its own."""
    settings.DEPLOYMENT = replace(django_settings.DEPLOYMENT, store=tmp_path)
    return tmp_path / "settings.toml"


def write(own: Path, text: str, edition: int) -> None:
    own.write_text(text, "utf-8")
    os.utime(own, ns=(edition, edition))


def test_a_standard_counts_in_the_unit_in_which_it_was_set_and_each_rule_has_its_own(
    own: Path,
) -> None:
    assert due_day("S47-D5", THURSDAY) == date(2026, 3, 26)
    write(own, OWN, 1)
    assert due_day("S47-D5", THURSDAY) == date(2026, 3, 24)
    assert due_day("S47-END", THURSDAY) == date(2026, 4, 2)
    found = clock("S47-D5", THURSDAY)
    assert found is not None
    assert found.rule.words.startswith("5 calendar days")


def test_a_mistake_in_the_file_stops_no_casework_and_the_lists_say_so(
    own: Path, make_case: MakeCase, worker: Person, manager: Person, agencies: Any, client_of: Any,
    caplog: Any,
) -> None:  # fmt: skip
    enquired(make_case(), worker, manager)
    wrong = OWN.replace("calendar days", "fortnights")
    write(own, wrong, 1)
    assert due_day("S47-D5", THURSDAY) == date(2026, 3, 26), "the default"
    assert "own settings cannot be read" in caplog.text
    client = client_of(manager)
    for name in ("your-work", "to-authorise", "unallocated", "caseloads", "conferences", "court"):
        answer = client.get(reverse(name))
        assert answer.status_code == 200, name
        assert UNREAD in answer.content.decode(), name
    write(own, OWN, 2)
    assert due_day("S47-D5", THURSDAY) == date(2026, 3, 24)
    assert UNREAD not in client.get(reverse("your-work")).content.decode()
    write(own, "authority = [", 3)
    assert due_day("S47-D5", THURSDAY) == date(2026, 3, 24), "the last that could be read"
    assert UNREAD in client.get(reverse("your-work")).content.decode()
