"""`sightline serve`: the service in the browser, and the worker beside it."""

from pathlib import Path

import click

from sightline.cli.asking import folder_option
from sightline.cli.output import quiet_option


@click.command(
    epilog="""\b
Examples:
  sightline serve                                     the deployment in demo/, on 127.0.0.1:8000
  sightline serve --folder /srv/sightline --port 8080
  sightline serve --folder /srv/sightline --migrate   after an upgrade: the database first
"""
)
@folder_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=int, default=8000, show_default=True, help="The port to listen on.")
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    help="Processes that answer requests. Default: one for each core, from 2 to 8.",
)
@click.option(
    "--threads",
    type=click.IntRange(1, 64),
    default=2,
    show_default=True,
    help="Requests that each of them answers at once.",
)
@click.option(
    "--proxy",
    default="127.0.0.1,::1",
    show_default=True,
    help="Addresses of the proxy in front; it alone is believed that a request came by HTTPS.",
)
@click.option("--migrate", is_flag=True, help="First bring the database to this version.")
@quiet_option
def command(
    folder: Path,
    host: str,
    port: int,
    workers: int | None,
    threads: int,
    proxy: str,
    migrate: bool,
    quiet: bool,
) -> None:
    """Serve a deployment that `sightline setup` made, until Ctrl-C or SIGTERM.

    It runs the web server and a worker for loads and packs, and starts either again if it dies. Its log
    is a line of JSON for each request and event, on standard error, without personal data.
    """
    from sightline.service.config.serve import serve  # noqa: PLC0415 - keeps --help quick

    serve(
        folder,
        host,
        port,
        workers=workers,
        threads=threads,
        proxy=proxy,
        migrate=migrate,
        say=(lambda _: None) if quiet else click.echo,
    )
