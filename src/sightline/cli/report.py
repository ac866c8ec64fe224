"""`sightline report`: the figures as people read them, in one file."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sightline.cli.asking import settings_file, settings_option, store_option
from sightline.cli.output import Progress, print_json, quiet_option
from sightline.store.snapshots import Store

if TYPE_CHECKING:
    from sightline.present.report import Report

_ENDINGS = (".html", ".xlsx", ".pdf")


@click.command(
    epilog="""\b
Examples:
  sightline report --store STORE -o report.html
  sightline report --store STORE -o report.html -o figures.xlsx -o report.pdf
  sightline report --store STORE -o public.pdf --publish
  sightline report --store STORE -o redditch.pdf --within district=Redditch
  sightline report --store STORE -o conferences.html --indicator CP-05 --indicator CP-06

The report lists children who have not been seen: keep it as you keep case files. With `--publish` no
child is listed and small numbers are protected.
"""
)
@store_option
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    required=True,
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    help="File to write: .html, .xlsx or .pdf; may be given several times.",
)
@click.option("--publish", is_flag=True, help="Protect small numbers and list no child.")
@click.option(
    "--indicator", "codes", multiple=True, help="Only this code; may be given several times."
)
@click.option(
    "--within",
    metavar="DIMENSION=GROUP",
    help="Only of this district or team, with the whole authority beside: district=Redditch.",
)
@settings_option
@click.option("--json", "as_json", is_flag=True, help="Print the files written as JSON.")
@quiet_option
def command(
    store: Path,
    outputs: tuple[Path, ...],
    publish: bool,
    codes: tuple[str, ...],
    within: str | None,
    settings_path: Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Write a report: a page to read, a workbook of the same figures, or a PDF."""
    for path in outputs:
        if path.suffix.lower() not in _ENDINGS:
            raise click.BadParameter(
                f"{path} ends in none of {', '.join(_ENDINGS)}.", param_hint="--output"
            )
        if not path.parent.is_dir():
            raise click.BadParameter(f"there is no folder {path.parent}.", param_hint="--output")
    progress = Progress(quiet=quiet)
    write_reports(
        store,
        outputs,
        progress,
        settings=settings_path,
        publish=publish,
        codes=list(codes),
        within=_group(within) if within else None,
    )
    progress.done()
    if as_json:
        print_json({"files": [str(path) for path in outputs]})
    elif not quiet:
        for path in outputs:
            click.echo(f"Wrote {path}")


def write_reports(
    store: Path,
    outputs: tuple[Path, ...],
    progress: Progress,
    *,
    settings: Path | None = None,
    publish: bool = False,
    codes: list[str] | None = None,
    within: tuple[str, str] | None = None,
) -> "Report":
    """Compute once and write each file; the kind is told by how its name ends."""
    from sightline.indicators.figures import choose  # noqa: PLC0415 - keeps --help quick
    from sightline.indicators.measured import measured  # noqa: PLC0415
    from sightline.present.contents import build  # noqa: PLC0415
    from sightline.present.report import NoSuchGroupError, Within  # noqa: PLC0415

    wanted = {definition.code for definition in choose(codes or [])} if codes else set()
    with measured(Store(store).current(), settings_file(settings, store), progress) as subject:
        try:
            report = build(
                subject,
                codes=sorted(wanted),
                made=datetime.now().astimezone().date(),
                within=Within(*within) if within else None,
                published=publish,
                progress=progress,
            )
        except NoSuchGroupError as error:
            raise click.BadParameter(str(error), param_hint="--within") from error
    for path in outputs:
        progress(f"Writing {path}")
        _writer(path)(report, path)
    return report


def _group(text: str) -> tuple[str, str]:
    """Read a dimension and a group, as `district=Redditch`."""
    by, equals, group = (part.strip() for part in text.partition("="))
    if not (by and equals and group):
        raise click.BadParameter(
            f"{text!r} names no group; write district=Redditch or team=NAME.", param_hint="--within"
        )
    return by.lower(), group


def _writer(path: Path) -> "Callable[[Report, Path], None]":
    from sightline.present import html, pdf, workbook  # noqa: PLC0415 - each is slow to import

    return {".html": html.write, ".xlsx": workbook.write, ".pdf": pdf.write}[path.suffix.lower()]
