"""What the authority has set for its clocks: in its own unit, and where its file cannot be read."""

import os
from dataclasses import replace
from datetime import date
from importlib.util import find_spec, module_from_spec
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.urls import reverse

from service.protection.conftest import MakeCase, enquired
from sightline.service.accounts.models import Person
from sightline.service.protection import clocks
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


def test_once_its_rights_are_put_right_the_file_is_read_though_its_text_is_as_old(
    own: Path, monkeypatch: Any
) -> None:
    write(own, OWN, 21)
    with monkeypatch.context() as none_may:
        none_may.setattr(Path, "read_text", _refused)
        assert due_day("S47-D5", THURSDAY) == date(2026, 3, 26)
        assert not clocks.own_settings_are_read()
    was = own.stat()
    while own.stat().st_ctime_ns == was.st_ctime_ns:  # the clock of files goes in steps
        own.chmod(0o600)
    assert own.stat().st_mtime_ns == was.st_mtime_ns
    assert (due_day("S47-D5", THURSDAY), clocks.own_settings_are_read()) == (
        date(2026, 3, 24),
        True,
    )


def _refused(*_args: Any, **_named: Any) -> str:
    raise PermissionError(13, "Permission denied")


def another_process() -> Any:
    """The clocks as a process that has begun just now has them."""
    spec = find_spec(clocks.__name__)
    assert spec
    assert spec.loader
    found = module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def test_every_process_goes_by_the_same_where_the_file_cannot_be_read(
    own: Path, caplog: Any
) -> None:
    default, five, four = date(2026, 3, 26), date(2026, 3, 24), date(2026, 3, 23)
    kept, late = own.parent / ".settings.toml.read", another_process()
    write(own, "authority = [", 1)
    assert due_day("S47-D5", THURSDAY) == default
    assert not kept.exists()
    write(own, OWN, 2)
    assert due_day("S47-D5", THURSDAY) == five
    assert (kept.read_text("utf-8"), kept.stat().st_mode & 0o777) == (OWN, 0o600)
    before = kept.stat().st_mtime_ns
    write(own, OWN, 3)
    assert (due_day("S47-D5", THURSDAY), kept.stat().st_mtime_ns) == (five, before)
    # One that never read the last edition, one that read another, and one that begins only now.
    write(own, "authority = [", 4)
    for each in (clocks, late, another_process()):
        assert (each.due_day("S47-D5", THURSDAY), each.own_settings_are_read()) == (five, False)
    write(own, OWN.replace("value = 5", "value = 4"), 5)
    assert late.due_day("S47-D5", THURSDAY) == four
    write(own, "authority = [", 6)
    for each in (clocks, late, another_process()):
        assert each.due_day("S47-D5", THURSDAY) == four
    # What another keeps meanwhile is gone by too, and what is kept may not be to be read either.
    assert len(list(own.parent.iterdir())) == 2
    write(kept, OWN, 11)
    assert due_day("S47-D5", THURSDAY) == five
    write(kept, "[[standard]]", 12)
    assert due_day("S47-D5", THURSDAY) == default
    # Where nothing can be kept, work goes on, and all go by the defaults.
    kept.unlink()
    kept.mkdir()
    write(own, OWN, 7)
    assert due_day("S47-D5", THURSDAY) == five
    assert "cannot be kept" in caplog.text
    write(own, "authority = [", 8)
    for each in (clocks, another_process()):
        assert each.due_day("S47-D5", THURSDAY) == default
    assert {each.name for each in own.parent.iterdir()} == {own.name, kept.name}
