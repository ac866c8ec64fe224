"""A deployment's folder: made by `sightline setup`, and used by the commands that need the service."""

import json
import os
import re
import secrets
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sightline.service.config.environment import (
    LEAST_SECRET,
    SERVICE_FILE,
    DeploymentError,
    Environment,
    read_environment,
)

_PRIVATE = 0o600
_DELETE = "\x7f"
HOST = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?|\[[0-9a-f:]+\]"
)
"""A host as people type it: a name or an address, without a port."""


def new_secret() -> str:
    """Give a new secret key."""
    return secrets.token_urlsafe(LEAST_SECRET)


def service_toml(values: Mapping[str, Any]) -> str:
    """Give `service.toml` as text: plain values first, then a table for each way of single sign-on."""
    lines = [
        "# Written by Sightline; only its owner may read it. docs/how-to/deploy.md says what it may hold."
    ]
    lines += [f"{name} = {_toml(value)}" for name, value in values.items() if name != "sign_on"]
    for each in values.get("sign_on", ()):
        lines += ["", "[[sign_on]]", *(f"{name} = {_toml(value)}" for name, value in each.items())]
    text = "\n".join(lines) + "\n"
    if tomllib.loads(text) != dict(values):
        raise DeploymentError("A value cannot be written into service.toml as it is.")
    return text


def _toml(value: object) -> str:
    # A string or a list of strings of JSON is one of TOML but for one character.
    return json.dumps(value, ensure_ascii=False).replace(_DELETE, "\\u007f")


def make_folder(home: Path, values: Mapping[str, Any]) -> None:
    """Make a deployment's folder with its `service.toml`.

    `DeploymentError` if there is one already, or anything else that may be another's.
    """
    if (home / SERVICE_FILE).exists():
        raise DeploymentError(
            f"{home / SERVICE_FILE}: there is a deployment already; name another folder, or edit the file."
        )
    if others := sorted(each.name for each in home.glob("*") if each.name != "store"):
        raise DeploymentError(
            f"{home}: holds other things ({others[0]}); name a new folder, or one that has only a store."
        )
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o700)
    (home / "uploads").mkdir(exist_ok=True, mode=0o700)
    write_private(home / SERVICE_FILE, service_toml(values))


def write_private(path: Path, text: str) -> None:
    """Write a new file that only its owner may read, from its first byte on."""
    with os.fdopen(
        os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE), "w", encoding="utf-8"
    ) as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def read_deployment(home: Path) -> Environment:
    """Read a folder's deployment. `DeploymentError` if there is none, or others may read its secrets."""
    path = home / SERVICE_FILE
    if not path.exists() and not os.environ.get("SIGHTLINE_SECRET_KEY"):
        raise DeploymentError(
            f"{home}: there is no deployment; `sightline setup --folder {home}` makes one."
        )
    if path.exists() and path.stat().st_mode & 0o077:
        raise DeploymentError(
            f"{path}: others may read its secrets; `chmod 600 {path}` keeps them out."
        )
    return read_environment({**os.environ, "SIGHTLINE_HOME": str(home)})


def use(home: Path, command: str) -> Environment:
    """Make this process one of a deployment, to act in a command's name; Django is ready afterwards."""
    deployment = read_deployment(home)
    os.umask(0o077)
    os.environ |= variables(home)

    import django  # noqa: PLC0415 - once the settings can be read

    django.setup()
    from sightline.service.audit.context import act_as, system  # noqa: PLC0415 - needs apps

    act_as(system(f"sightline {command}"))
    return deployment


def variables(home: Path) -> dict[str, str]:
    """Give the variables that make a process one of a deployment."""
    return {
        "SIGHTLINE_HOME": str(home.absolute()),
        "DJANGO_SETTINGS_MODULE": "sightline.service.config.settings",
    }


def without_secrets(values: Mapping[str, Any]) -> dict[str, Any]:
    """Give what `service.toml` says without its secret key, passwords and secrets of single sign-on."""
    kept = {name: value for name, value in values.items() if name != "secret_key"}
    if "database" in kept:
        kept["database"] = without_password(kept["database"])
    if "sign_on" in kept:
        kept["sign_on"] = [{**each, "secret": ""} for each in kept["sign_on"]]
    return kept


def without_password(database: str) -> str:
    """Give a database's address without its password."""
    return re.sub(r"^([a-z]+://[^:/@]*):[^/]*@", r"\1@", database)
