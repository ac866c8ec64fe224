"""gunicorn with the service in it: `python -m sightline.service.config.web`, started by `serve`.

The application is loaded once and the workers are forked from it. Nothing that a fork would break is opened
before: neither the database nor a snapshot. Each worker opens its own.
"""

import argparse
import gc
import logging
import logging.config
import threading
from collections.abc import Sequence
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from sightline.service.config.environment import read_environment
from sightline.service.config.logs import logging_settings


class Lines(Logger):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn's log as the service's own lines; the line for each request is the service's too."""

    def setup(self, cfg: Any) -> None:
        """Say all through the root logger."""
        logging.config.dictConfig(logging_settings(read_environment().log_level))

    def access(self, resp: Any, req: Any, environ: Any, request_time: Any) -> None:
        """Nothing: gunicorn would write the query."""


class Web(BaseApplication):  # type: ignore[misc]
    """gunicorn with these settings of its own (their names are gunicorn's)."""

    def __init__(self, **settings: Any) -> None:
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Set them."""
        for name, value in self._settings.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Give the application."""
        from sightline.service.config.wsgi import application  # noqa: PLC0415 - in gunicorn's own time

        # What is loaded stays: nobody need look through it for what may go, while somebody waits.
        gc.collect()
        gc.freeze()
        return application


def warm(worker: Any) -> None:
    """Open the published snapshot in a worker, while it already answers."""
    threading.Thread(target=_warm, name="warm", daemon=True).start()


def _warm() -> None:
    from django.db import connection  # noqa: PLC0415 - once the settings can be read

    from sightline.service.measures.reading import current_reading  # noqa: PLC0415

    try:
        reading = current_reading()
        if reading is not None:
            reading.warm()
    except Exception:
        # A reader is told what is wrong when asking; here nobody asks.
        logging.getLogger(__name__).exception("The published snapshot could not be opened.")
    finally:
        connection.close()


def _proxied(threads: int) -> dict[str, int]:
    """Have a worker take a request only when a thread is free for it, so that the other may.

    A proxy makes a connection for each request, and waits for slow people itself.
    """
    return {"keepalive": 0, "worker_connections": threads}


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--bind", required=True)
    parser.add_argument("--workers", type=int, required=True)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--proxy", required=True)
    parser.add_argument("--proxied", action="store_true", help="All requests come through a proxy.")
    told = parser.parse_args(arguments)
    Web(
        bind=[told.bind],
        workers=told.workers,
        threads=told.threads,
        worker_class="gthread",
        preload_app=True,
        timeout=120,
        graceful_timeout=25,
        **(_proxied(told.threads) if told.proxied else {"keepalive": 5}),
        # A worker is made anew now and then, so that none grows for ever; not all at once.
        max_requests=20_000,
        max_requests_jitter=4_000,
        limit_request_line=8190,
        limit_request_field_size=8190,
        limit_request_fields=100,
        forwarded_allow_ips=told.proxy,
        control_socket_disable=True,
        logger_class=Lines,
        accesslog=None,
        proc_name="sightline",
        umask=0o077,
        post_worker_init=warm,
    ).run()


if __name__ == "__main__":
    main()
