"""Reads a definition kept as SQL: comment lines `-- key: value` at its head, then one SELECT.

Indicators and quality rules are both kept this way, so that an analyst can read what is counted and
the query that counts it in one place. A value may run on over lines indented under it.
"""

import re
from collections.abc import Iterator, Sequence
from importlib.resources.abc import Traversable

_LINE = re.compile(r"^--(?: (\w+): ?(.*)|  +(\S.*))$")


class DefinitionError(ValueError):
    """A definition file that is wrong; the message names the file and what to mend."""


def read_sql(
    text: str, name: str, required: Sequence[str], optional: Sequence[str]
) -> tuple[dict[str, str], str]:
    """Split a definition into its header and its SQL; `DefinitionError` says what is wrong."""
    header: dict[str, str] = {}
    key = ""
    lines = text.splitlines()
    body = [number for number, line in enumerate(lines) if not line.startswith("--")]
    if not body:
        raise DefinitionError(f"{name}: there is no SQL under the header")
    for line in lines[: body[0]]:
        match = _LINE.match(line)
        if match is None or (match[1] is None and not key):
            raise DefinitionError(f"{name}: cannot read the header line {line!r}")
        if match[1]:
            key = match[1]
            if key in header:
                raise DefinitionError(f"{name}: `{key}` stands twice in the header")
            header[key] = match[2].strip()
        else:
            header[key] = f"{header[key]} {match[3].strip()}".strip()
    if missing := [key for key in required if not header.get(key)]:
        raise DefinitionError(f"{name}: the header lacks {', '.join(missing)}")
    if unknown := set(header) - set(required) - set(optional):
        raise DefinitionError(f"{name}: the header has no such entry as {', '.join(unknown)}")
    return header, "\n".join(lines[body[0] :]).strip().rstrip(";")


def sql_files(folder: Traversable) -> Iterator[tuple[str, str]]:
    """Give the name and text of every .sql file in a folder and those below it, in order."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from sql_files(entry)
        elif entry.name.endswith(".sql"):
            yield entry.name, entry.read_text("utf-8")


def listed(value: str) -> tuple[str, ...]:
    """Split a comma-separated header value."""
    return tuple(part.strip() for part in value.split(",") if part.strip())
