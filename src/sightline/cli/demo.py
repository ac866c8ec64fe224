"""`sightline demo`: an invented authority, loaded, checked, computed and reported on."""

import shutil
from pathlib import Path

import click

from sightline.cli.output import Progress, quiet_option
from sightline.store.snapshots import Store

LIKE, FIRST, LAST, SEED = "885", 2013, 2019, 1
MARK = "Made by `sightline demo`, which may remove it. No child in it is real.\n"
REPORTS = ("report.html", "report.xlsx", "report.pdf")


@click.command(
    epilog="""\b
Examples:
  sightline demo                     in the folder demo/; the second time it only says where things are
  sightline demo --again             make it all anew
  sightline demo --folder elsewhere
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
@quiet_option
def command(folder: Path, again: bool, quiet: bool) -> None:
    """Invent an authority, load its files, check them, compute everything and write the report.

    No child in it is real; the yearly counts are those published for a real authority.
    """
    done = folder / "store" / "current"
    if again or not all((folder / name).exists() for name in REPORTS) or not done.exists():
        _claim(folder)
        for part in ("returns", "store") if again else ("returns",):
            shutil.rmtree(folder / part, ignore_errors=True)
        _make(folder, quiet=quiet)
    if not quiet:
        _say_where(folder)


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
