"""Writes docs/reference from the code it describes, or with --check says what is out of date.

The pages are committed, so that a reader needs nothing installed; `.ci/run` compares them.
"""

import argparse
import inspect
import os
import sys
import textwrap
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
sys.path.insert(0, str(ROOT / "tests"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "service_settings")

import django  # noqa: E402 - its settings are found once the path above is set

django.setup()

from practice.collect import Stated, paragraphs, sections  # noqa: E402 - found once the path above is set
from practice.example import Example  # noqa: E402
from practice.reckoning import Reckoning  # noqa: E402
from sightline.cli import COMMANDS, group  # noqa: E402
from sightline.indicators.definition import catalogue  # noqa: E402
from sightline.quality.reading import reading_rules  # noqa: E402
from sightline.quality.rule import KNOWN_SETS, Rule, changes, rules  # noqa: E402
from sightline.records import PLACE, TABLES, Column, Format  # noqa: E402
from sightline.records.availability import FORMAT_NAMES  # noqa: E402
from sightline.records.codes import codes  # noqa: E402
from sightline.service.accounts.policies import POLICIES  # noqa: E402
from sightline.service.accounts.roles import ROLES  # noqa: E402
from sightline.service.frontdoor import states as contact_states  # noqa: E402
from sightline.service.missing.states import MACHINES as MISSING_MACHINES  # noqa: E402
from sightline.service.protection.states import MACHINES, Machine  # noqa: E402
from sightline.service.scrutiny.asks.clocks import clocks  # noqa: E402
from sightline.service.scrutiny.asks.states import STEPS  # noqa: E402
from sightline.service.scrutiny.models import AskState  # noqa: E402
from sightline.service.scrutiny.public.open_data import RECORDS, Field  # noqa: E402
from sightline.service.scrutiny.public.views.data import A_PAGE  # noqa: E402

MADE = "<!-- Made by docs/generate.py from the code; edit that, not this page. -->\n\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def _sources(table: str, column: Column) -> str:
    found = []
    for feed in TABLES[table].feeds:
        if column.name in feed.fields:
            name = "list " + feed.part if feed.format == "annex_a" else feed.part
            found.append(f"{FORMAT_NAMES[feed.format]}, {name}: `{feed.fields[column.name]}`")
        elif column.name in feed.constants:
            name = "list " + feed.part if feed.format == "annex_a" else feed.part
            found.append(
                f"{FORMAT_NAMES[feed.format]}, {name}: always {feed.constants[column.name]}"
            )
    return "<br>".join(found)


def records_page() -> str:
    """Every record table, its columns, and where each format holds them."""
    parts = [
        "# Records\n",
        "Every format is read into these tables. A column that no loaded format fills is empty, and "
        "an indicator that needs it says which file would be needed.\n",
        "Every table also has `district` (from places.csv or the child's own record) and ends with:\n",
        _table(["Column", "Type", "Meaning"], [[c.name, c.kind.sql, c.meaning] for c in PLACE]),
    ]
    for table in TABLES.values():
        parts += [
            f"## {table.name}\n",
            f"{table.meaning}\n",
            f"One record a: {', '.join(table.key)}.\n",
            _table(
                ["Column", "Type", "Meaning", "Codes", "Found in"],
                [
                    [
                        f"`{column.name}`",
                        column.kind.sql.lower(),
                        column.meaning + (f" ({column.unit})" if column.unit else ""),
                        f"[{column.codes}](codes.md#{column.codes})" if column.codes else "",
                        _sources(table.name, column),
                    ]
                    for column in table.columns
                ],
            ),
        ]
    return "\n".join(parts)


def codes_page() -> str:
    """Every code list."""
    names = sorted({c.codes for t in TABLES.values() for c in t.columns if c.codes})
    parts = ["# Code lists\n"]
    for name in names:
        parts += [
            f"## {name}\n",
            _table(["Code", "Meaning"], [[code, label] for code, label in codes(name).items()]),
        ]
    return "\n".join(parts)


def indicators_page() -> str:
    """Every indicator's definition, with its SQL."""
    parts = [
        "# Indicators\n",
        f"{len({d.code for d in catalogue()})} indicators. Each is one file of "
        "`src/sightline/indicators/catalogue`: the words below and the query under them are the "
        "same file.\n",
    ]
    area = ""
    for each in catalogue():
        if each.area != area:
            area = each.area
            parts.append(f"## {area}\n")
        name = f"### {each.code} {each.title}"
        parts.append(name + (f" ({each.part})" if each.part else "") + "\n")
        parts.append(f"{each.definition}\n")
        if each.note:
            parts.append(f"{each.note}\n")
        facts = [
            ["Version", str(each.version)],
            ["Measure", each.measure],
            [
                "Unit",
                each.unit
                + (f"; rate per 10,000 by {each.per}" if each.per == "population" else ""),
            ],
            ["Better", each.better],
            ["By", ", ".join(each.dimensions)],
            ["Needs", ", ".join(f"`{field}`" for field in each.fields)],
            ["Source", each.source],
        ]
        if each.valid_from:
            facts.append(["In force from", each.valid_from.isoformat()])
        if each.valid_until:
            facts.append(["In force until", each.valid_until.isoformat()])
        if each.replaces:
            facts.append(["Replaces", each.replaces])
        parts.append(_table(["", ""], facts))
        parts.append(f"```sql\n{each.sql}\n```\n")
    return "\n".join(parts)


YEARS_KNOWN_FROM = {
    Format.CIN: (
        "The codes and messages are those of the Department for Education's rules of 2025/26. "
        "Which rules each year's set had, and what other years had otherwise, is known from the "
        "public validator data-to-insight/csc-validator-be-cin, which keeps each year's changes "
        "from 2022/23 on: 105 rules in 2022/23 and 2023/24, 109 in 2024/25 and 2025/26. It was "
        "not compared with the Department's own lists of those years, so it is unverified. The "
        "validator has nothing that changed from 2024/25 to 2025/26; the Department revised its "
        "list of 2025/26 on 26 November 2025, and what it revised was not read, so that the two "
        "sets are the same is unverified too. From 2025/26 the primary need N1 is called abuse, "
        "neglect and exploitation; the code is the same.\n"
    )
}
"""What the listed differences between a format's years rest on."""


def _year(year: int) -> str:
    return f"{year - 1}/{year % 100:02}"


def _years(rule: Rule) -> str:
    first, last = (
        rule.first_year and _year(rule.first_year),
        rule.last_year and _year(rule.last_year),
    )
    if first and last:
        return first if first == last else f"{first} to {last}"
    return f"from {first}" if first else f"to {last}" if last else "all"


def _rules_table(listed: list[Rule]) -> str:
    judged_alone = any(rule.of for rule in listed)
    head = ["Code", "Kind", "Rule and what to do"]
    head += ["Message of the source", "Years"] if judged_alone else []
    rows = []
    for rule in listed:
        row = [rule.code, rule.severity, f"**{rule.title}.** {rule.message}"]
        row += [rule.official or "–", _years(rule)] if judged_alone else []
        needs = ", ".join(f"`{field}`" for field in rule.fields)
        rows.append([*row, rule.reading or "As it says.", needs])
    return _table([*head, "How it is read", "Needs"], rows)


def _differences(file_format: str) -> Iterator[str]:
    """What each year's set has otherwise than the year's before it."""
    first, last = KNOWN_SETS[file_format]
    for later in range(first + 1, last + 1):
        found = changes(file_format, later - 1, later)
        rows = [["added", rule.code, rule.official or rule.title] for rule in found.added]
        rows += [["withdrawn", rule.code, rule.official or rule.title] for rule in found.withdrawn]
        rows += [
            ["changed", now.code, f"“{was.official}” became “{now.official}”"]
            for was, now in found.changed
        ]
        rows += [["code added", code, f"list {name}"] for name, code in found.codes_added]
        rows += [["code withdrawn", code, f"list {name}"] for name, code in found.codes_withdrawn]
        yield f"**From {_year(later - 1)} to {_year(later)}**\n"
        yield _table(["", "Code", ""], rows) if rows else "Nothing changed.\n"


def _judged_alone(file_format: str) -> Iterator[str]:
    """The rules of a format's returns, by module and code, and what differs between years."""
    listed = [rule for rule in rules() if rule.of == file_format]
    name = FORMAT_NAMES[file_format]
    yield f"## {name[0].upper()}{name[1:]}\n"
    yield ("Each return is judged by itself, by the rules of its own collection year.\n")
    if file_format in KNOWN_SETS:
        first, last = KNOWN_SETS[file_format]
        yield (
            f"The sets known are those of {_year(first)} to {_year(last)}. A return of an earlier "
            f"year is judged by the set of {_year(first)}, though its own may have been another, and "
            f"one of a later year by that of {_year(last)}. Codes of the code lists are those of the "
            "return's own year, as far as it is known.\n"
        )
    for module in dict.fromkeys(rule.module for rule in listed):
        yield f"### {module or 'Rules'}\n"
        yield _rules_table([rule for rule in listed if rule.module == module])
    if file_format in KNOWN_SETS:
        yield "### What changed from year to year\n"
        yield YEARS_KNOWN_FROM[file_format]
        yield from _differences(file_format)


def rules_page() -> str:
    """Every quality rule, by what it is about."""
    parts = [
        "# Quality rules\n",
        "Codes that are numbers are those of the Department for Education's rules. An error is to be "
        "mended; a query may stand with a reason. Where the message of a source leaves a choice, the "
        "reading that was taken is given; what could not be looked up says that it is unverified.\n",
    ]
    for file_format in dict.fromkeys(rule.of for rule in rules() if rule.of):
        parts += _judged_alone(file_format)
    parts += [
        "## The combined records\n",
        "These run over the records of all returns together, whatever their formats.\n",
        _rules_table([rule for rule in rules() if not rule.of]),
        "## Reading\n",
        "What is found while files are read and combined is said in a sentence at its place.\n",
        _table(
            ["Code", "Kind", "What is found"],
            [[rule.code, rule.severity, rule.title] for rule in reading_rules().values()],
        ),
    ]
    return "\n".join(parts)


def commands_page() -> str:
    """The help of every command."""
    parts = ["# Commands\n", "`./run COMMAND` and `sightline COMMAND` are the same.\n"]
    parents = click.Context(group, info_name="sightline")
    parts.append(f"```\n{group.get_help(parents)}\n```\n")
    for name in COMMANDS:
        command = group.get_command(parents, name)
        if command is None:
            continue
        parts += _help(command, parents, name)
    return "\n".join(parts)


def _help(command: click.Command, parent: click.Context, name: str) -> list[str]:
    context = click.Context(command, info_name=name, parent=parent)
    parts = [f"## {context.command_path}\n", f"```\n{command.get_help(context)}\n```\n"]
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            child = command.get_command(context, below)
            if child is not None:
                parts += _help(child, context, below)
    return parts


def practice_pages() -> Iterator[tuple[str, str]]:
    """The practice manual: a page a file, a paragraph a test."""
    index = [
        "# The practice manual\n",
        "Each paragraph is an example that the tests run: a few records or facts, what they must "
        "give, and the guidance it puts to work. All the people are invented.\n",
    ]
    for section in sections():
        title = (section.__doc__ or section.__name__).strip().splitlines()[0].rstrip(".")
        parts = [f"# {title}\n"]
        for test, examples in paragraphs(section):
            parts += _paragraph(test, examples)
        page = f"{section.__name__.split('.test_')[-1].replace('_', '-')}.md"
        index.append(f"- [{title}]({page})")
        yield f"practice/{page}", "\n".join(parts)
    yield "practice/index.md", "\n".join(index) + "\n"


def _settings(example: Example) -> list[str]:
    """Give an authority's own settings under which an example holds."""
    own = textwrap.dedent(example.settings).strip()
    return [f"Under the authority's own settings:\n\n```toml\n{own}\n```\n"] if own else []


def _reckoned(examples: Sequence[Reckoning]) -> str:
    """Give examples that know the same facts as one table."""
    names = [each[:1].upper() + each[1:] for each in examples[0].names]
    head = [*names, examples[0].name, "Why"]
    rows = [
        [*(fact or "–" for fact in each.values), f"**{each.gives}**", each.guidance]
        for each in examples
    ]
    if len({each.guidance for each in examples}) == 1:
        return f"{_table(head[:-1], [row[:-1] for row in rows])}\n{examples[0].guidance}\n"
    return _table(head, rows)


def _paragraph(test: Callable[..., None], examples: list[Stated]) -> list[str]:
    words = " ".join((inspect.getdoc(test) or test.__name__).split())
    heading, _, rest = words.partition(". ")
    parts = [f"## {heading.rstrip('.')}\n"]
    if rest:
        parts.append(rest + "\n")
    reckoned = [each for each in examples if isinstance(each, Reckoning)]
    parts += [_reckoned(list(alike)) for _, alike in groupby(reckoned, lambda each: each.names)]
    for example in examples:
        if isinstance(example, Reckoning):
            continue
        start, end = example.dates()
        when = f"on {end:%-d %B %Y}" if start == end else f"{start:%-d %B %Y} to {end:%-d %B %Y}"
        gives = example.gives
        shown = (
            f"{gives[0]:g} of {gives[1]:g}"
            if isinstance(gives, tuple)
            else ("no value" if gives is None else f"{gives:g}")
        )
        which = example.code + (f" ({example.part})" if example.part else "")
        which += f", version {example.version}" if example.version else ""
        parts += [
            f"```\n{textwrap.dedent(example.records).strip()}\n```\n",
            *_settings(example),
            f"**{which}, {when}: {shown}.** {example.guidance}\n",
        ]
        if example.groups:
            parts.append(
                _table(
                    [example.by.capitalize(), "Value"],
                    [[k, "no value" if v is None else f"{v:g}"] for k, v in example.groups.items()],
                )
            )
        if example.unknown:
            parts.append(f"Not known: {example.unknown}.\n")
    return parts


def permissions_page() -> str:
    """Every policy as a sentence, and which role it allows what."""
    named = [each for each in POLICIES if each.roles]
    parts = [
        "# Who may do what\n",
        "Every page of the service stands under one of these policies, and what no policy allows is "
        "refused and put on record. A test walks every page in every role and holds the service "
        "against a list of its own.\n",
        "## Policies\n",
        _table(["Policy", "What it says"], [[each.name, each.sentence] for each in POLICIES]),
        "## Roles\n",
        "A role reaches no further than the team, locality or worker's name that the person is "
        "appointed to it with. A restricted child's record is closed to every role but the people "
        "named for it.\n",
        _table(
            ["Role", "What it is for", "Whose children it may know of"],
            [[role.name, role.purpose, role.reach.value] for role in ROLES.values()],
        ),
        "## Which role may do what\n",
    ]
    for role in ROLES.values():
        may = [each.name for each in named if role.code in each.roles]
        parts.append(f"- **{role.name}**: {', '.join(may)}.")
    return "\n".join(parts)


def requests_page() -> str:
    """The states of a committee's request, and every step between them."""
    lines = [f"    {each.before.name} --> {each.after.name}" for each in STEPS]
    named = [f'    state "{each.label}" as {each.name}' for each in AskState]
    return "\n".join(
        [
            "# Requests of committees\n",
            "A request keeps one of these states. Each step keeps who took it, when and why; where it is a "
            "committee's, at which meeting and minute. No other step is there, and the tests walk every "
            "pair of states.\n",
            "```mermaid\nstateDiagram-v2\n" + "\n".join([*named, *lines]) + "\n```\n",
            _table(
                ["From", "To", "Who", "Needs"],
                [
                    [each.before.label, each.after.label, each.who, ", ".join(each.needs) or "–"]
                    for each in STEPS
                ],
            ),
            "## Statutory clocks\n",
            "They run from a notice that was received, apart from the date the committee asked for. What is "
            "unverified was not checked against the current law.\n",
            _table(
                ["Who responds", "Within", "For notices from", "Source", "Checked"],
                [
                    [
                        each.name,
                        each.words,
                        f"{each.starts:%-d %B %Y}",
                        each.source,
                        "yes" if each.verified else "unverified",
                    ]
                    for each in clocks()
                ],
            ),
        ]
    )


def open_data_page() -> str:
    """Every open record of the public site, with its fields."""
    parts = [
        "# Open data of scrutiny\n",
        "The public site gives what it publishes as JSON, to anybody, without a token, in the terms of "
        "[Popolo](https://www.popoloproject.com/specs/) where they fit. `/public/data/KIND.json` is a list "
        f"of up to {A_PAGE} records (`next` leads to the next), `/public/data/KIND/ID.json` is one, "
        "`/public/data/schema.json` the JSON Schema of all. Answers have an ETag: send it back as "
        "`If-None-Match`, and what has not changed is not sent again.\n",
        "Drafts and what is exempt or confidential are in none of it. What is not known is `null`; a value "
        "is never left out.\n",
        "Requests are also a table: `/public/requests.csv`.\n",
    ]
    for record in RECORDS.values():
        popolo = f" Popolo: {record.popolo}." if record.popolo else ""
        parts += [
            f"## {record.plural}\n",
            f"{record.meaning}.{popolo}\n",
            _table(["Field", "Kind", "May be null", "Meaning"], list(_fields(record.fields))),
        ]
    return "\n".join(parts)


def _fields(fields: Sequence[Field], within: str = "") -> Iterator[list[str]]:
    for each in fields:
        null = "yes" if each.may_be_empty else ""
        yield [f"`{within}{each.name}`", each.kind, null, each.meaning]
        yield from _fields(each.of, f"{each.name}[].")


def contacts_page() -> str:
    """Every state of a contact, who must act in it, and every step between two."""
    parts = [
        "# The states of a contact\n",
        "A contact at the front door is always in one of these states, and somebody must act in each. "
        "The steps below are all there are; a test takes every one in every role, twice, and two at once.\n",
        "```mermaid\nstateDiagram-v2\n    [*] --> received",
    ]
    parts += [f"    {each.before} --> {each.after}: {each.verb}" for each in contact_states.STEPS]
    parts += ["    closed --> [*]\n```\n", "## States\n"]
    parts.append(
        _table(
            ["State", "What it is called", "Who must act"],
            [
                [f"`{state}`", str(state.label), owner]
                for state, owner in contact_states.OWNERS.items()
            ],
        )
    )
    parts.append("## Steps\n")
    parts.append(
        _table(
            ["Step", "From", "To", "Who takes it", "What it needs"],
            [
                [each.verb, f"`{each.before}`", f"`{each.after}`", each.who, each.needs or "–"]
                for each in contact_states.STEPS
            ],
        )
    )
    return "\n".join(parts)


def pathway_page() -> str:
    """The states of everything on the protection pathway, who must act in each, and every step."""
    parts = [
        "# The protection pathway\n",
        "Everything on the pathway is always in one of the states below, and somebody must act in each. The "
        "steps are all there are: tests try every step in every state, take each twice, try each kind of "
        "taker in every role, and have two decide at once. Whoever authorises is a registered social worker, "
        "and it is not their own work.\n",
    ]
    for machine in MACHINES:
        parts += _machine(machine)
    return "\n".join(parts)


def missing_page() -> str:
    """The states of episodes, return interviews, screenings and contributions, and every step."""
    parts = [
        "# Missing and exploited children\n",
        "Everything recorded of a missing or exploited child is always in one of the states below, and "
        "somebody must act in each, or it is on record. The steps are all there are: tests try every step in "
        "every state, take each twice, try each kind of taker in every role, and have two at once.\n",
    ]
    for machine in MISSING_MACHINES:
        parts += _machine(machine)
    return "\n".join(parts)


def _machine(machine: Machine) -> Iterator[str]:
    """Give one diagram with its two tables."""
    lines = [
        f"    {_state(each.before)} --> {_state(each.after)}: {each.verb}" for each in machine.steps
    ]
    named = [f'    state "{each.label}" as {_state(each.code)}' for each in machine.states]
    labels = {each.code: each.label for each in machine.states}
    yield f"## {machine.name}\n"
    yield "```mermaid\nstateDiagram-v2\n" + "\n".join([*named, *lines]) + "\n```\n"
    yield _table(["State", "Who must act"], [[each.label, each.owner] for each in machine.states])
    yield _table(
        ["Step", "From", "To", "Who takes it", "What it needs"],
        [
            [
                each.verb,
                labels.get(each.before, "–"),
                labels[each.after],
                each.who.words,
                each.needs or "–",
            ]
            for each in machine.steps
        ],
    )


def _state(code: str) -> str:
    return code.replace(" ", "_") or "[*]"


def pages() -> dict[str, str]:
    """Every page by its path under docs/reference."""
    made = {
        "records.md": records_page(),
        "codes.md": codes_page(),
        "indicators.md": indicators_page(),
        "rules.md": rules_page(),
        "commands.md": commands_page(),
        "permissions.md": permissions_page(),
        "contacts.md": contacts_page(),
        "pathway.md": pathway_page(),
        "missing.md": missing_page(),
        "open-data.md": open_data_page(),
        "requests.md": requests_page(),
        **dict(practice_pages()),
    }
    return {name: MADE + text.rstrip("\n") + "\n" for name, text in made.items()}


def main() -> int:
    """Write the pages, or compare them; 1 when a committed page is out of date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, and write nothing")
    check = parser.parse_args().check
    wanted = pages()
    there = {
        str(path.relative_to(REFERENCE)): path.read_text("utf-8")
        for path in REFERENCE.rglob("*.md")
    }
    stale = sorted(name for name in wanted if there.get(name) != wanted[name])
    left = sorted(name for name in there if name not in wanted)
    if check:
        for name in (*stale, *left):
            print(f"docs/reference/{name} is out of date: run .venv/bin/python docs/generate.py")
        return 1 if stale or left else 0
    for name in stale:
        (REFERENCE / name).parent.mkdir(parents=True, exist_ok=True)
        (REFERENCE / name).write_text(wanted[name], "utf-8")
    for name in left:
        (REFERENCE / name).unlink()
    print(f"{len(wanted)} pages, {len(stale)} written, {len(left)} removed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
