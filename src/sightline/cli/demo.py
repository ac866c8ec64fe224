"""`sightline demo`: an invented authority, loaded, checked, computed, reported on, and served."""

import shutil
from pathlib import Path

import click

from sightline.cli.output import Progress, print_table, quiet_option
from sightline.store.snapshots import Store

LIKE, FIRST, LAST, SEED = "885", 2013, 2019, 1
MARK = "Made by `sightline demo`, which may remove it. No child in it is real.\n"
REPORTS = ("report.html", "report.xlsx", "report.pdf")
_MADE = (
    *("returns", "store", "uploads", "static", "service.toml"),
    *(f"sightline.sqlite3{end}" for end in ("", "-wal", "-shm")),
)
"""What is made anew with `--again`."""


@click.command(
    epilog="""\b
Examples:
  sightline demo                     in the folder demo/; the second time nothing is made again
  sightline demo --port 8080         where port 8000 is taken
  sightline demo --no-serve          make it, and say where it is
  sightline demo --again             make it all anew
"""
)
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("demo"),
    show_default=True,
    help="Where to put the files, the store and the report.",
)
@click.option("--again", is_flag=True, help="Remove what is there and make it all anew.")
@click.option("--port", type=int, default=8000, show_default=True, help="The port to serve on.")
@click.option("--no-serve", is_flag=True, help="Only make it: do not start the service.")
@quiet_option
def command(folder: Path, again: bool, port: int, no_serve: bool, quiet: bool) -> None:
    """Invent an authority, load its files, check them, compute everything, write the report, and serve it.

    No child in it is real; the yearly counts are those published for a real authority. The service listens
    to this machine only, until Ctrl-C.
    """
    from sightline.service.config.demonstration import make_demonstration  # noqa: PLC0415

    done = folder / "store" / "current"
    if again or not all((folder / name).exists() for name in REPORTS) or not done.exists():
        _claim(folder)
        for part in _MADE if again else ("returns",):
            _remove(folder / part)
        _make(folder, quiet=quiet)
    progress = Progress(quiet=quiet)
    accounts = make_demonstration(folder, progress)
    progress.done()
    if not quiet:
        _say_where(folder)
        _say_who(accounts)
    if not no_serve:
        from sightline.service.config.serve import serve  # noqa: PLC0415 - not needed to make it

        serve(folder, port=port, say=(lambda _: None) if quiet else click.echo)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _say_who(accounts: list[tuple[str, str, str]]) -> None:
    from sightline.service.accounts.demonstration import PASSWORD  # noqa: PLC0415 - needs Django

    print_table(
        ["Role", "Sign in as"],
        [[role, address] for role, address, _ in accounts],
        title="Accounts, all of invented people",
    )
    click.echo(f"Each has the password {PASSWORD}\n")


def _claim(folder: Path) -> None:
    """Mark a folder as the demonstration's; an error if it holds what may be somebody's own."""
    mark = folder / "README.txt"
    if not mark.exists() or mark.read_text("utf-8", "replace") != MARK:
        if folder.is_dir() and any(folder.iterdir()):
            raise click.BadParameter(
                f"{folder} holds files that no demonstration made; name a new folder.",
                param_hint="--folder",
            )
        folder.mkdir(parents=True, exist_ok=True)
        mark.write_text(MARK, "utf-8")


def _make(folder: Path, *, quiet: bool) -> None:
    from sightline.cli.report import write_reports  # noqa: PLC0415 - not needed to say where
    from sightline.intake.load import load  # noqa: PLC0415
    from sightline.synthetic import invent  # noqa: PLC0415

    progress = Progress(quiet=quiet)
    returns, store = folder / "returns", folder / "store"
    progress.note("Inventing an authority (no child in it is real) ...")
    written = invent(returns, like=LIKE, first=FIRST, last=LAST, seed=SEED, progress=progress)
    progress.note("Loading its files ...")
    summary = load(
        [returns],
        Store(store),
        authority=LIKE,
        places=written.places,
        fresh=True,
        progress=progress,
    )
    records = sum(summary.snapshot.manifest.tables[name].rows for name in summary.snapshot.tables())
    progress.note(f"{records:,} records. Checking, computing and writing the report ...")
    report = write_reports(store, tuple(folder / name for name in REPORTS), progress)
    progress.note(report.quality.sentence)


def _say_where(folder: Path) -> None:
    store = folder / "store"
    click.echo(f"""
The invented authority is in {folder}. No child in it is real.

  {folder / "report.html"}    the report: open it in a browser
  {folder / "report.xlsx"}    the same as data
  {folder / "report.pdf"}     to print
  {folder / "returns"}        the files it was made from

Try:
  ./run figures --indicator CP-05 --by district --store {store}
  ./run children CP-05 --period 2016-03 --group Redditch --store {store}
  ./run compare CP-05 --authority {LIKE}
  ./run check --store {store}

Your own files: ./run load FILES --store STORE --authority NUMBER
""")
