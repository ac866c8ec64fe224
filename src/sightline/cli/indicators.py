"""`sightline indicators`: the catalogue, and one definition in full."""

import click

from sightline.cli.asking import Code
from sightline.cli.output import print_json, print_table, quiet_option
from sightline.indicators.definition import Definition, catalogue, versions
from sightline.records.availability import FORMAT_NAMES, feeders, lacking

BETTER = {"higher": "higher is better", "lower": "lower is better", "neutral": "context only"}


def _formats(definition: Definition) -> list[str]:
    return [name for name in FORMAT_NAMES if not lacking(definition.fields, [name])]


def as_json(definition: Definition) -> dict[str, object]:
    """Give one definition as the command prints it."""
    return {
        "code": definition.code,
        "part": definition.part,
        "version": definition.version,
        "title": definition.title,
        "area": definition.area,
        "measure": definition.measure,
        "unit": definition.unit,
        "better": definition.better,
        "definition": definition.definition,
        "note": definition.note,
        "source": definition.source,
        "valid_from": definition.valid_from.isoformat() if definition.valid_from else None,
        "valid_until": definition.valid_until.isoformat() if definition.valid_until else None,
        "replaces": definition.replaces or None,
        "dimensions": list(definition.dimensions),
        "rate_per": definition.per or None,
        "fields": [
            {
                "field": name,
                "formats": sorted({str(f) for e in name.split(" or ") for f in feeders(e.strip())}),
            }
            for name in definition.fields
        ],
        "formats": _formats(definition),
        "sql": definition.sql,
    }


@click.command(
    epilog="""\b
Examples:
  sightline indicators                 every indicator, by area
  sightline indicators CP-05           one definition in full, with its SQL
  sightline indicators --json | jq     the catalogue for a program
"""
)
@click.argument("code", type=Code(), required=False)
@click.option("--json", "wants_json", is_flag=True, help="Print JSON, a list.")
@quiet_option
def command(code: str | None, wants_json: bool, quiet: bool) -> None:
    """List the indicators, or show one definition: what it counts, from which fields, and why."""
    chosen = versions(code) if code else catalogue()
    if wants_json:
        print_json([as_json(each) for each in chosen])
    elif code:
        for each in chosen:
            _show(each)
    else:
        print_table(
            ["Code", "Indicator", "Area", "Unit", "Better", "From"],
            [
                (
                    each.code,
                    f"{each.title} (to {each.valid_until.year})"
                    if each.valid_until
                    else each.title,
                    each.area,
                    each.unit,
                    each.better,
                    ", ".join(_formats(each)),
                )
                for each in chosen
            ],
        )
        if not quiet:
            click.echo("`sightline indicators CODE` shows a definition in full.")


def _show(definition: Definition) -> None:
    name = f"{definition.code} {definition.title}"
    if definition.part:
        name += f" ({definition.part})"
    click.echo(click.style(name, bold=True))
    rows = [
        ("Version", str(definition.version)),
        ("In force", _in_force(definition)),
        ("Counts", definition.definition),
        ("Note", definition.note),
        ("Unit", f"{definition.unit}; {BETTER[definition.better]}"),
        ("By", ", ".join(definition.dimensions)),
        ("Needs", ", ".join(definition.fields)),
        ("Found in", ", ".join(FORMAT_NAMES[name] for name in _formats(definition))),
        ("Source", definition.source),
        ("Replaces", definition.replaces),
    ]
    for label, text in rows:
        if text:
            wrapped = click.wrap_text(
                text, width=96, initial_indent=f"  {label:<9} ", subsequent_indent=" " * 12
            )
            click.echo(wrapped)
    click.echo()
    for line in definition.sql.splitlines():
        click.echo(click.style(f"    {line}", dim=True))
    click.echo()


def _in_force(definition: Definition) -> str:
    start = f"from {definition.valid_from:%-d %B %Y}" if definition.valid_from else ""
    end = f"until {definition.valid_until:%-d %B %Y}" if definition.valid_until else ""
    return " ".join(filter(None, (start, end))) or "always"
