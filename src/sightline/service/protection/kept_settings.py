"""The authority's settings as they could be read last: kept beside their file, so that all go by the same."""

import logging
import os
import tempfile
from pathlib import Path

from sightline.indicators.settings import (
    Settings,
    SettingsError,
    load_settings,
    parse_settings,
    read_settings,
)
from sightline.store.files import flush

_log = logging.getLogger(__name__)
_KEPT = ".settings.toml.read"


def kept_beside(own: Path) -> Path:
    """Give where the last text of a file of settings is kept."""
    return own.with_name(_KEPT)


def keep(own: Path, text: str) -> None:
    """Keep the text of a file of settings that could be read; where that cannot be, the log says so."""
    kept = kept_beside(own)
    try:
        if not _is_kept(kept, text):
            _write(kept, text)
    except OSError:
        _log.exception("the authority's own settings cannot be kept")


def _is_kept(kept: Path, text: str) -> bool:
    try:
        return read_settings(kept) == text
    except SettingsError:
        return False


def _write(kept: Path, text: str) -> None:
    """Write beside and rename, so that nobody reads half of it; only its owner may read it."""
    descriptor, name = tempfile.mkstemp(prefix=f"{_KEPT}.", dir=kept.parent)
    beside = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        flush(beside)
        beside.replace(kept)
    finally:
        beside.unlink(missing_ok=True)


def last_read(own: Path) -> Settings:
    """Give the settings of the text that is kept; the defaults where none is, or it cannot be read."""
    kept = kept_beside(own)
    try:
        return parse_settings(read_settings(kept), str(kept))
    except SettingsError:
        return load_settings()
