"""`sightline audit`: verify the chain of the audit, or take the audit out."""

import re
import sys
from datetime import date
from pathlib import Path

import click

from sightline.cli.asking import Day, folder_option
from sightline.cli.output import Progress, print_json, quiet_option

FAULTY = 1
"""Exit code where the chain does not hold."""
_HASH = re.compile(r"[0-9a-f]{64}")


@click.group(
    epilog="""\b
Examples:
  sightline audit verify --folder /srv/sightline
  sightline audit export --folder /srv/sightline --from 2026-11-01 -o audit.csv
"""
)
def command() -> None:
    """Verify the audit's chain of entries, or write the entries to a file."""


@command.command(
    epilog="""\b
Examples:
  sightline audit verify --folder /srv/sightline
  sightline audit verify --folder /srv/sightline --expect HASH     a hash that an earlier run printed
  sightline audit verify --folder /srv/sightline --json

Exit code: 0 where the chain holds, 1 where it does not, 2 where it could not be read.
"""
)
@folder_option
@click.option(
    "--expect",
    default="",
    metavar="HASH",
    help="A hash noted earlier, which must still be there: it shows entries removed from the end.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@quiet_option
def verify(folder: Path, expect: str, as_json: bool, quiet: bool) -> None:
    """Read every entry and check that none was changed, removed or put in between.

    That it was verified, and what was found, is put on record. Note the hash it prints somewhere the
    database's owner cannot reach.
    """
    from sightline.service.config.deployment import use  # noqa: PLC0415 - keeps --help quick

    if expect and not _HASH.fullmatch(expect):
        raise click.BadParameter(
            f"{expect!r} is not a hash of 64 figures and letters from a to f.",
            param_hint="--expect",
        )
    use(folder, "audit verify")
    from sightline.service.audit.verify import verify_on_record  # noqa: PLC0415 - needs Django ready
    from sightline.service.config.prepare import need_ready  # noqa: PLC0415

    need_ready()
    progress = Progress(quiet=quiet or as_json)
    found = verify_on_record(expect, lambda read: progress(f"{read:,} entries read"))
    progress.done()
    if as_json:
        print_json({"entries": found.entries, "head": found.head, "faults": list(found.faults)})
    else:
        for fault in found.faults:
            click.echo(fault)
        verdict = "The chain does not hold" if found.faults else "The chain holds"
        click.echo(f"{verdict}: {found.entries:,} entries, the last with the hash\n{found.head}")
    if found.faults:
        sys.exit(FAULTY)


@command.command(
    epilog="""\b
Examples:
  sightline audit export --folder /srv/sightline -o audit.csv
  sightline audit export --folder /srv/sightline --from 2026-11-01 --to 2026-11-30 -o november.xlsx
"""
)
@folder_option
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="The file to write: .csv or .xlsx.",
)
@click.option("--from", "first", type=Day(), help="The first day.")
@click.option("--to", "last", type=Day(), help="The last day.")
@click.option("--verb", default="", help="Only this, as `view`, `update` or `export`.")
@click.option("--subject", default="", help="Only of this, as `child` or `accounts_person`.")
@click.option("--number", "row", default="", help="Only of this child's or row's number.")
@quiet_option
def export(
    folder: Path,
    output: Path,
    first: date | None,
    last: date | None,
    verb: str,
    subject: str,
    row: str,
    quiet: bool,
) -> None:
    """Write audit entries to a CSV or a workbook, latest first. The export itself is on record."""
    from sightline.service.config.deployment import use  # noqa: PLC0415 - keeps --help quick

    kind = output.suffix.lower().lstrip(".")
    if kind not in ("csv", "xlsx"):
        raise click.BadParameter(f"{output.name} must end in .csv or .xlsx.", param_hint="--output")
    use(folder, "audit export")
    from sightline.present.files import write_whole  # noqa: PLC0415 - needs Django ready
    from sightline.service.audit import files, queries  # noqa: PLC0415
    from sightline.service.audit.models import Verb  # noqa: PLC0415
    from sightline.service.audit.record import record  # noqa: PLC0415
    from sightline.service.config.prepare import need_ready  # noqa: PLC0415

    if verb and verb not in Verb.values:
        raise click.BadParameter(
            f"{verb!r} is not known; write one of {', '.join(Verb.values)}.", param_hint="--verb"
        )
    need_ready()
    wanted = queries.Wanted(verb=verb, subject=subject, row=row, first=first, last=last)
    most = files.MOST[kind]
    count = queries.how_many(wanted, most)
    if count > most:
        raise click.UsageError(
            f"A .{kind} holds at most {most:,} entries, and more fit. Narrow them by --from and --to."
        )
    record(Verb.EXPORT, "audit", kind, after=wanted.to_json() | {"entries": count})
    if kind == "csv":
        with output.open("w", encoding="utf-8", newline="") as file:
            output.chmod(0o600)
            file.writelines(files.csv_lines(wanted))
    else:
        write_whole(output, files.workbook(wanted, [*wanted.to_json().items()]))
        output.chmod(0o600)
    if not quiet:
        click.echo(
            f"{count:,} entries in {output}. It names people and children: keep it as you keep case files."
        )
