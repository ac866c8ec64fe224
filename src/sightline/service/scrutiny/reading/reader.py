"""Reads one document of minutes. It runs as a process of its own: see `apart`.

    python -m sightline.service.scrutiny.reading.reader

takes a line with the file's name as JSON and then its bytes from standard input, and gives JSON: a
`Reading`, or `{"refused": "one sentence"}`. It imports nothing of Django, and has no secrets.
"""

import json
import resource
import sys
from dataclasses import asdict, dataclass
from typing import Any

from sightline.intake.inputs import decode
from sightline.intake.minutes import page, read_bytes, text
from sightline.intake.minutes.record import Minutes
from sightline.intake.parts import Source, UnreadableFileError
from sightline.service.scrutiny.identifying import Alarm, alarms
from sightline.service.scrutiny.reading.fields import Read, fields_of

MOST_PASSAGES = 20_000
MOST_FIELDS = 3_000
SECONDS = 20
"""Seconds of work a document may take; the longest minutes, of a hundred pages, take some five."""
_BYTES = 2 * 2**30
_FILE_BYTES = 2**20


@dataclass(frozen=True)
class Reading:
    """What a document says. `passages` are places and words in reading order."""

    rendering: str
    truncated: bool
    passages: list[tuple[str, str]]
    fields: list[Read]
    alarms: list[Alarm]

    def to_json(self) -> dict[str, Any]:
        """Give it as plain values."""
        return asdict(self)

    @classmethod
    def from_json(cls, given: dict[str, Any]) -> "Reading":
        """Make it from what `to_json` gave."""
        return cls(
            given["rendering"],
            given["truncated"],
            [(place, words) for place, words in given["passages"]],
            [Read(**each) for each in given["fields"]],
            [Alarm(**each) for each in given["alarms"]],
        )


def read_document(data: bytes, name: str) -> Reading:
    """Read a document; `UnreadableFileError`, one sentence, where it is no minutes or cannot be read."""
    minutes = read_bytes(data, name)
    if not (minutes.items or minutes.asks or minutes.present):
        why = next((each.message for each in minutes.doubts if each.field == "items"), "")
        raise UnreadableFileError(f"{name}: no minutes were found in it. {why}".strip())
    passages = _passages(minutes, data, name)
    fields = fields_of(minutes)
    if len(passages) > MOST_PASSAGES or len(fields) > MOST_FIELDS:
        raise UnreadableFileError(f"{name}: is too long to be the minutes of one meeting.")
    found = alarms([("the file's name", name), *passages])
    return Reading(minutes.rendering, minutes.truncated is not None, passages, fields, found)


def _passages(minutes: Minutes, data: bytes, name: str) -> list[tuple[str, str]]:
    if minutes.rendering == "pdf":
        from sightline.intake.minutes import pdf  # noqa: PLC0415 - slow to import

        return [(each.place, each.text) for each in pdf.passages(data, name)]
    if minutes.rendering == "xml":
        return _quoted(minutes)
    read, _ = decode(Source(name, "", len(data)), data)
    find = page.passages if minutes.rendering == "page" else text.passages
    return [(each.place, each.text) for each in find(read)]


def _quoted(minutes: Minutes) -> list[tuple[str, str]]:
    """Give what is quoted, in the order of the record: XML has no order of reading of its own."""
    stated = [minutes.committee, minutes.date, minutes.venue, minutes.start, minutes.end]
    quotations = [each.quotation for each in stated if each is not None]
    for people in (minutes.present, minutes.apologies, minutes.in_attendance):
        quotations += [each.quotation for each in people]
    for item in minutes.items:
        quotations += [item.quotation, *item.agenda, *item.text]
    return list(dict.fromkeys((each.place, each.words) for each in quotations))


def _clean(value: Any) -> Any:
    """Give plain values that either database can hold: without NUL, and without halves of characters."""
    if isinstance(value, str):
        return value.replace("\0", "\ufffd").encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {key: _clean(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(each) for each in value]
    return value


def answer(data: bytes, name: str) -> dict[str, Any]:
    """Give the reading as plain values, or one sentence: whatever a file does to the reader."""
    try:
        return {"reading": _clean(read_document(data, name).to_json())}
    except UnreadableFileError as error:
        return {"refused": _clean(str(error))}
    except MemoryError:
        return {"refused": _clean(f"{name}: needs more memory to read than minutes do.")}
    except Exception as error:  # noqa: BLE001 - what breaks the reader is refused as any other bad file
        return {"refused": _clean(f"{name}: broke while it was read ({type(error).__name__}).")}


def main() -> None:
    """Read from standard input, within limits, and answer on standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (_BYTES, _BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_FILE_BYTES, _FILE_BYTES))
    given = sys.stdin.buffer.read()
    name, _, data = given.partition(b"\n")
    json.dump(answer(data, json.loads(name)), sys.stdout)


if __name__ == "__main__":
    main()
