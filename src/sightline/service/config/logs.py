"""Logs as a line of JSON each, on standard error. They hold no personal data.

A line has the address without its query, the request's number and the status; who asked, and about
whom, is in the audit alone.
"""

import json
import logging
from datetime import UTC, datetime
from typing import Any

_EXTRA = ("status", "method", "path", "milliseconds", "request")


class JsonFormatter(logging.Formatter):
    """Writes a record as one line of JSON; of an exception its kind and place, not what it says."""

    def format(self, record: logging.LogRecord) -> str:
        """Write one record."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {name: getattr(record, name) for name in _EXTRA if _simple(record, name)}
        if record.exc_info and record.exc_info[0] is not None:
            line["exception"] = record.exc_info[0].__name__
            line["at"] = _places(record.exc_info[2])
        return json.dumps(line, ensure_ascii=False, default=str)


def _simple(record: logging.LogRecord, name: str) -> bool:
    return isinstance(getattr(record, name, None), str | int | float)


def _places(traceback: Any) -> list[str]:
    places = []
    while traceback is not None:
        code = traceback.tb_frame.f_code
        places.append(f"{code.co_filename.rpartition('/')[2]}:{traceback.tb_lineno} {code.co_name}")
        traceback = traceback.tb_next
    return places[-8:]


def logging_settings(level: str) -> dict[str, Any]:
    """Give the settings of `logging` for a level."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "sightline.service.config.logs.JsonFormatter"}},
        "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["lines"], "level": level},
        "loggers": {
            # Django's own lines hold the address with its query, and the message of an error.
            "django.server": {"handlers": [], "propagate": False},
            "django.request": {"level": "ERROR"},
        },
    }
