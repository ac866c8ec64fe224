"""What a deployment says of itself: `service.toml` in its folder, and variables that override it.

    HOME/service.toml          written by `sightline setup`; only its owner may read it
    HOME/sightline.sqlite3     the database, unless another is named
    HOME/store/                the snapshots
    HOME/uploads/              files given in the browser, until they are loaded or discarded

Variables: SIGHTLINE_HOME names the folder; SIGHTLINE_SECRET_KEY, SIGHTLINE_DATABASE and
SIGHTLINE_ALLOWED_HOSTS override what the file says.
"""

import os
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

SERVICE_FILE = "service.toml"
DEFAULT_HOME = Path("demo")
LEAST_SECRET = 50
"""Characters a secret key has at least, as Django advises."""


class DeploymentError(Exception):
    """A deployment that cannot be read; the message says what to do."""


@dataclass(frozen=True)
class SingleSignOn:
    """An OpenID Connect provider: its short name, its name on the button, address, client and secret."""

    id: str
    name: str
    server: str
    client: str
    secret: str


@dataclass(frozen=True)
class Environment:
    """A deployment. `https` is off only where nothing but this machine can reach the service.

    With `second_factor` everybody needs an authenticator app or a passkey. With `feed_publishes` what is
    fed from casework is published at once; else somebody publishes it, as any load.
    """

    home: Path
    secret_key: str
    database: str
    store: Path
    allowed_hosts: tuple[str, ...]
    https: bool = True
    demonstration: bool = False
    email: str = ""
    sender: str = "sightline@localhost"
    idle_minutes: int = 60
    longest_hours: int = 10
    upload_megabytes: int = 200
    log_level: str = "INFO"
    second_factor: bool = False
    feed_publishes: bool = False
    sign_on: tuple[SingleSignOn, ...] = field(default=())

    @property
    def uploads(self) -> Path:
        """The folder of files given in the browser."""
        return self.home / "uploads"


_KINDS: dict[str, type] = {
    "secret_key": str,
    "database": str,
    "store": str,
    "allowed_hosts": list,
    "https": bool,
    "demonstration": bool,
    "email": str,
    "sender": str,
    "idle_minutes": int,
    "longest_hours": int,
    "upload_megabytes": int,
    "log_level": str,
    "second_factor": bool,
    "feed_publishes": bool,
    "sign_on": list,
}
"""What `service.toml` may say, and of what kind it is."""
_KIND_WORDS = {str: "text in quotes", list: "a list", bool: "true or false", int: "a whole number"}


def read_environment(variables: Mapping[str, str] | None = None) -> Environment:
    """Read the deployment. `DeploymentError` says in a sentence what is missing or not understood."""
    told = os.environ if variables is None else variables
    home = Path(told.get("SIGHTLINE_HOME") or DEFAULT_HOME).absolute()
    said = read_service_file(home)
    secret = told.get("SIGHTLINE_SECRET_KEY") or said.get("secret_key", "")
    if len(secret) < LEAST_SECRET:
        raise DeploymentError(
            f"{home / SERVICE_FILE}: there is no secret_key of {LEAST_SECRET} characters or more; "
            "`sightline setup` writes one."
        )
    hosts = told.get("SIGHTLINE_ALLOWED_HOSTS")
    try:
        sign_on = tuple(SingleSignOn(**each) for each in said.pop("sign_on", ()))
    except TypeError as error:
        raise DeploymentError(
            f"{home / SERVICE_FILE}: each [[sign_on]] has id, name, server, client and secret."
        ) from error
    store = home / said.pop("store", "store")
    return Environment(
        home=home,
        secret_key=secret,
        database=told.get("SIGHTLINE_DATABASE") or said.get("database", ""),
        store=store,
        allowed_hosts=tuple(
            host.strip() for host in (hosts.split(",") if hosts else said.get("allowed_hosts", ()))
        ),
        sign_on=sign_on,
        **{
            name: value
            for name, value in said.items()
            if name not in ("secret_key", "database", "allowed_hosts")
        },
    )


def read_service_file(home: Path) -> dict[str, Any]:
    """Read what a folder's `service.toml` says; nothing where there is none."""
    path = home / SERVICE_FILE
    try:
        said = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise DeploymentError(f"{path}: cannot be read ({error}).") from error
    if unknown := sorted(set(said) - set(_KINDS)):
        raise DeploymentError(
            f"{path}: {', '.join(unknown)} is not known; it may say {', '.join(sorted(_KINDS))}."
        )
    for name, value in said.items():
        if type(value) is not _KINDS[name]:
            raise DeploymentError(f"{path}: {name} is {_KIND_WORDS[_KINDS[name]]}.")
    return said


def database_settings(url: str, home: Path) -> dict[str, Any]:
    """Give Django's settings for a database: `postgresql://user:password@host:port/name`, or none.

    Without an address it is SQLite, in a file of the deployment's folder: readers do not wait for
    the writer (WAL), and a transaction that will write says so at its start (IMMEDIATE).
    """
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": home / "sightline.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # Recursive, so that INSERT OR REPLACE meets the triggers of what it removes.
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
                "PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise DeploymentError(
            "The database is not understood. Write postgresql://user:password@host:5432/name, "
            "or leave it out for SQLite."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or "") or dict(parse_qsl(parts.query)).get("host", ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # One transaction at a time writes (the audit's chain): none waits for ever, none sits on its turn.
        # A page asks much that is short. To compile a statement, or to share it among processes, takes longer
        # than its answer; and what it asks for lies in memory, so an index is worth its while.
        "OPTIONS": {
            "options": "-c lock_timeout=20s -c idle_in_transaction_session_timeout=120s -c jit=off "
            "-c max_parallel_workers_per_gather=0 -c random_page_cost=1.1",
            "application_name": "sightline",
        },
    }


def sign_on_settings(sign_on: Iterable[SingleSignOn]) -> dict[str, Any]:
    """Give allauth's settings for providers of single sign-on."""
    return {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": each.id,
                    "name": each.name,
                    "client_id": each.client,
                    "secret": each.secret,
                    "settings": {"server_url": each.server},
                }
                for each in sign_on
            ],
        }
    }
