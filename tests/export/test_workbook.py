"""A workbook that cannot be made."""

import gc
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from sightline.export.workbook import write_workbook


def test_what_cannot_be_made_is_said_once_and_leaves_nothing_half_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the half-made file is closed after its content is, which Python says in a traceback of its own."""
    said: list[BaseException | None] = []
    monkeypatch.setattr("sys.unraisablehook", lambda each: said.append(each.exc_value))
    target = tmp_path / "a.xlsx"

    def rows() -> Iterator[
        tuple[str]
    ]:  # The folder for temporary files is lost when the sheets have begun.
        yield ("Child Unique ID",)
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))

    for _ in range(2):
        with pytest.raises(OSError, match="gone"):
            write_workbook(target, [("List 1", rows())], title="", comments="")
        monkeypatch.setattr(tempfile, "tempdir", None)
        gc.collect()
    # Its own files for the while are left for Python to close, which it says to developers alone.
    assert [each for each in said if not isinstance(each, ResourceWarning)] == []
    assert not list(tmp_path.iterdir())
