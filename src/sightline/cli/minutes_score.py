"""`sightline minutes-score`: how well minutes are read, against records that people wrote."""

from pathlib import Path

import click

from sightline.cli.output import print_json, print_table, quiet_option
from sightline.intake.minutes.score import Tally, score


@click.command(
    epilog="""\b
Examples:
  sightline minutes-score papers/
  sightline minutes-score papers/ --misses
  sightline minutes-score papers/ --json

\b
A text NAME.txt (or .pdf, .html, .xml) is compared with NAME.json or expected/NAME.json in the folder.
"""
)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--misses", is_flag=True, help="Also list what was missed or wrong.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@quiet_option
def command(folder: Path, misses: bool, as_json: bool, quiet: bool) -> None:
    """Measure the reader of minutes: precision and recall of each field over a folder."""
    del quiet  # there is nothing but the result
    result = score(folder)
    if as_json:
        print_json(
            {
                "files": result.files,
                "fields": {
                    name: {
                        "precision": tally.precision,
                        "recall": tally.recall,
                        "right": tally.right,
                        "found": tally.found,
                        "expected": tally.expected,
                    }
                    for name, tally in result.fields.items()
                },
                "misses": [{"file": f, "field": k, "what": w} for f, k, w in result.misses],
            }
        )
        return
    columns = ["Field", "Precision", "Recall", "Right", "Found", "Expected"]
    print_table(
        columns,
        [_row(name, tally) for name, tally in result.fields.items()],
        title=f"{result.files} texts",
        numbers=columns[1:],
    )
    if misses:
        for file, field, what in result.misses:
            click.echo(f"{file}, {field}: {what}")


def _row(name: str, tally: Tally) -> list[object]:
    def share(value: float | None) -> str:
        return "\u2013" if value is None else f"{value:.2f}"

    return [
        name,
        share(tally.precision),
        share(tally.recall),
        tally.right,
        tally.found,
        tally.expected,
    ]
