"""`sightline setup`: the folder of a deployment, its database and the first administrator."""

from pathlib import Path
from typing import Any

import click

from sightline.cli.output import quiet_option


@click.command(
    epilog="""\b
Examples:
  sightline setup --folder /srv/sightline --allowed-host sightline.example.gov.uk \\
      --database postgresql://sightline:PASSWORD@localhost/sightline
  sightline setup --folder trial --no-https        this machine only, SQLite
  sightline setup --folder trial --no-https --email ada@example.gov.uk --name "Ada Okafor" --reset-link

The address of a database that holds a password is better given in SIGHTLINE_DATABASE than on the
command line, where others on the machine may see it.
"""
)
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="The folder to make. It may hold a store, and nothing else.",
)
@click.option(
    "--database",
    envvar="SIGHTLINE_DATABASE",
    default="",
    show_envvar=True,
    help="postgresql://user:password@host:port/name, an empty database. Default: SQLite in the folder.",
)
@click.option(
    "--allowed-host",
    "allowed_hosts",
    multiple=True,
    help="The name people type for the service; may be given several times.",
)
@click.option(
    "--https/--no-https",
    default=True,
    help="Whether a proxy in front speaks HTTPS. Without it only this machine can reach the service.",
)
@click.option("--email", help="The first administrator's e-mail address; asked for if left out.")
@click.option("--name", help="The first administrator's name; asked for if left out.")
@click.option(
    "--reset-link",
    is_flag=True,
    help="Print a link, good once and for three days, to set the password with; else it is asked for.",
)
@quiet_option
def command(
    folder: Path,
    database: str,
    allowed_hosts: tuple[str, ...],
    https: bool,
    email: str | None,
    name: str | None,
    reset_link: bool,
    quiet: bool,
) -> None:
    """Make a deployment: service.toml with a new secret, the database, and the first administrator.

    Nothing that is there is overwritten.
    """
    from sightline.service.config import deployment  # noqa: PLC0415 - keeps --help quick
    from sightline.service.config.environment import SERVICE_FILE, database_settings  # noqa: PLC0415

    hosts = _hosts(allowed_hosts, https=https)
    database_settings(database, folder)
    values: dict[str, Any] = {
        "secret_key": deployment.new_secret(),
        **({"database": database} if database else {}),
        "allowed_hosts": hosts,
        "https": https,
    }
    email = email or click.prompt("E-mail address of the first administrator")
    name = name or click.prompt("Their name")
    password = None if reset_link else _password()
    deployment.make_folder(folder, values)
    try:
        deployment.use(folder, "setup")
        from sightline.service.config import prepare  # noqa: PLC0415 - needs Django to be ready

        prepare.need_fit(email, name, password)
        prepare.need_empty()
        prepare.migrate()
        person = prepare.first_administrator(email, name, password)
    except Exception:
        # What was made is in the way of trying again, and holds nothing yet.
        _unmake(folder)
        raise
    link = prepare.reset_path(person) if reset_link else ""
    if link:
        where = f"https://{hosts[0]}" if https else "http://127.0.0.1:8000"
        click.echo(
            f"{person.name} sets a password, once and within three days, at\n  {where}{link}"
        )
    if not quiet:
        _say_next(folder, SERVICE_FILE, https=https, host=hosts[0])


def _hosts(given: tuple[str, ...], *, https: bool) -> list[str]:
    from sightline.service.config.deployment import HOST  # noqa: PLC0415

    wanted = [host.strip().lower() for host in given]
    for host in wanted:
        if not HOST.fullmatch(host):
            raise click.BadParameter(
                f"{host!r} is not a host. Write sightline.example.gov.uk, without https:// or a port.",
                param_hint="--allowed-host",
            )
    if https and not wanted:
        raise click.UsageError(
            "Say by which name people reach the service (--allowed-host sightline.example.gov.uk), or "
            "--no-https for this machine only."
        )
    return wanted if https else list(dict.fromkeys([*wanted, "localhost", "127.0.0.1"]))


def _password() -> str:
    typed: str = click.prompt(
        "A password of 12 characters or more", hide_input=True, confirmation_prompt=True
    )
    return typed


def _unmake(folder: Path) -> None:
    from sightline.service.config.environment import SERVICE_FILE  # noqa: PLC0415

    for name in (SERVICE_FILE, *(f"sightline.sqlite3{end}" for end in ("", "-wal", "-shm"))):
        (folder / name).unlink(missing_ok=True)
    for made in (folder / "uploads", folder):
        if made.is_dir() and not any(made.iterdir()):
            made.rmdir()


def _say_next(folder: Path, file: str, *, https: bool, host: str) -> None:
    click.echo(f"""
The deployment is in {folder}; {folder / file} holds its settings and its secret. Keep both private.

Next:
  sightline serve --folder {folder}       the service on 127.0.0.1:8000
  sightline manage --folder {folder} check --deploy --database default
  sightline backup --folder {folder} -o BACKUP.tar.gz     every night, by cron
""")
    if https:
        click.echo(
            f"Put a proxy with the certificate of {host} in front: docs/how-to/deploy.md says how."
        )
