"""Logs as a line of JSON each, on standard error. They hold no personal data.

A line has the pattern of the address, the request's number and the status; who asked, and about whom, is
in the audit alone, under the same number.
"""

import json
import logging
import re
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest

from sightline.service.config.access import pattern_of

_EXTRA = ("status", "method", "path", "milliseconds", "request", "number", "head")
_OF_A_REQUEST = re.compile(r"(Error handling request|Invalid request)\b.*", re.DOTALL)
"""What gunicorn says of a request that failed, with its address and where it came from."""


class JsonFormatter(logging.Formatter):
    """Writes a record as one line of JSON; of an exception its kind and place, not what it says."""

    def format(self, record: logging.LogRecord) -> str:
        """Write one record."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _message(record),
        }
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest):
            line |= {"path": pattern_of(request), "status": getattr(record, "status_code", None)}
            line |= {"request": getattr(request, "audit_number", "")}
        line |= {name: getattr(record, name) for name in _EXTRA if _simple(record, name)}
        if record.exc_info and record.exc_info[0] is not None:
            line["exception"] = record.exc_info[0].__name__
            line["at"] = _places(record.exc_info[2])
        return json.dumps(line, ensure_ascii=False, default=str)


def _message(record: logging.LogRecord) -> str:
    if record.name.startswith("django.security."):
        # Django says here which host was asked for, or what a form was sent.
        return f"Refused: {record.name.rpartition('.')[2]}"
    if record.name == "django.request":
        return (
            str(record.msg).partition(":")[0].replace("%s", "").strip()
            or "An error while answering"
        )
    message = record.getMessage()
    if record.name.startswith("gunicorn"):
        return _OF_A_REQUEST.sub(r"\1", message)
    return message


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
    """Give the settings of `logging` for a level; gunicorn has the same."""
    through_root = {"handlers": [], "propagate": True, "level": "INFO"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "sightline.service.config.logs.JsonFormatter"}},
        "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["lines"], "level": level},
        "loggers": {
            # Django's handlers of its own would write lines with the address and the error's message.
            "django": {**through_root, "level": "WARNING"},
            "django.server": {"handlers": [], "propagate": False},
            "django.request": {"level": "ERROR"},
            # Refused queries, with the values in them, are said at this level.
            "django.db.backends": {"level": "ERROR"},
            "gunicorn.error": through_root,
            "gunicorn.access": {"handlers": [], "propagate": False},
            "asyncio": {"level": "WARNING"},
        },
    }
