"""JSON of the Department for Education's daily collection (version 1.0.1), as a council sends it.

An array of children, one child, or a child a line. Each kind of object is a part, named as the
property that holds it; rows also carry the keys of what they lie in. The collection has no category
of abuse, reviews, visits or legal status, so figures that need those cannot be had from it.
Source: the Department's published OpenAPI description (MIT).
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pyarrow as pa

from sightline.intake.inputs import Input, decode
from sightline.intake.parts import Finding, Part, Reading, UnreadableFileError
from sightline.intake.periods import Events, events_in
from sightline.intake.sheets import tidy
from sightline.records import Format

CHILD_KEY = "la_child_id"


@dataclass(frozen=True)
class Shape:
    """A kind of object: its fields, the lists of codes in it, and the objects in it.

    `hands_on` gives, for a field, the name under which the objects inside carry it.
    """

    fields: tuple[str, ...]
    codes: Mapping[str, str] = field(default_factory=dict)
    inside: Mapping[str, "Shape"] = field(default_factory=dict)
    hands_on: Mapping[str, str] = field(default_factory=dict)


EPISODE = Shape(
    (
        "social_care_episode_id",
        "referral_date",
        "referral_source",
        "referral_no_further_action_flag",
        "closure_date",
        "closure_reason",
    ),
    inside={
        "care_worker_details": Shape(("worker_id", "start_date", "end_date")),
        "child_and_family_assessments": Shape(
            ("child_and_family_assessment_id", "start_date", "authorisation_date"),
            codes={"factors": "factor"},
            hands_on={"start_date": "assessment_start_date"},
        ),
        "child_in_need_plans": Shape(("child_in_need_plan_id", "start_date", "end_date")),
        "section_47_assessments": Shape(
            (
                "section_47_assessment_id",
                "start_date",
                "icpc_required_flag",
                "icpc_date",
                "end_date",
            )
        ),
        "child_protection_plans": Shape(("child_protection_plan_id", "start_date", "end_date")),
        "child_looked_after_placements": Shape(
            (
                "child_looked_after_placement_id",
                "start_date",
                "start_reason",
                "placement_type",
                "postcode",
                "end_date",
                "end_reason",
                "change_reason",
            )
        ),
        "adoption": Shape(("initial_decision_date", "matched_date", "placed_date")),
        "care_leavers": Shape(("contact_date", "activity", "accommodation")),
    },
    hands_on={"referral_date": "referral_date"},
)
CHILD = Shape(
    (CHILD_KEY, "mis_child_id"),
    inside={
        "child_details": Shape(
            (
                "unique_pupil_number",
                "former_unique_pupil_number",
                "unique_pupil_number_unknown_reason",
                "first_name",
                "surname",
                "date_of_birth",
                "expected_date_of_birth",
                "sex",
                "ethnicity",
                "postcode",
                "uasc_flag",
                "uasc_end_date",
            ),
            codes={"disabilities": "disability"},
        ),
        "health_and_wellbeing": Shape((), inside={"sdq_assessments": Shape(("date", "score"))}),
        "social_care_episodes": EPISODE,
    },
    hands_on={CHILD_KEY: CHILD_KEY},
)

_NOT_EVENTS = {"date_of_birth", "expected_date_of_birth", "uasc_end_date", "icpc_date", "end_date"}
_OPPOSITE = {"true": "false", "false": "true"}


def read_dfe_api(file: Input, *, as_at: date | None = None) -> Reading | None:
    """Read a file of children; none if it is JSON of another kind.

    A section 47 row also has `icpc_not_required`, the opposite of `icpc_required_flag`, as the census
    asks it that way round. What a file asks to be deleted (`purge`) is not delivered, and reported.
    `UnreadableFileError` if it is not JSON, or nothing tells the days it covers.
    """
    text, source = decode(file.source, file.data)
    reader = _Reader(source.path)
    try:
        children = list(_children(text))
        if not all(isinstance(child, dict) and CHILD_KEY in child for child, _ in children):
            return None
        for child, line in children:
            reader.take("", child, CHILD, {}, line)
    except (ValueError, RecursionError) as error:
        where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise UnreadableFileError(
            f"{source.path}: is not well-formed JSON{where}; export it again."
        ) from error
    if not children:
        return None
    parts = tuple(
        Part(Format.DFE_API, name, source, _table(rows)) for name, rows in reader.rows.items()
    )
    events = _events(parts)
    end = as_at or events.latest
    if end is None:
        raise UnreadableFileError(
            f"{source.path}: holds no date that tells which days it covers; "
            "state the day with --as-at."
        )
    facts = [
        "The daily collection holds changes: a child who is absent is unchanged, not gone.",
        "It covers children known from the start of the financial year that held the day two years "
        "before.",
    ]
    if not as_at:
        facts.append(
            "The file does not say the day it was made; the latest event in it is of "
            f"{end.isoformat()}, so it is read as made that day. State another with --as-at."
        )
    start = date(end.year - 2 - ((end.month, end.day) < (4, 1)), 4, 1)
    return Reading(
        Format.DFE_API,
        (source,),
        parts,
        start,
        end,
        findings=(*reader.findings, *reader.unknown_parts()),
        facts=tuple(facts),
    )


class _Reader:
    """Turns nested objects into rows of parts."""

    def __init__(self, path: str) -> None:
        self.rows: dict[str, list[dict[str, Any]]] = {}
        self.findings: list[Finding] = []
        self._path = path
        self._unknown: Counter[str] = Counter()
        self._first_seen: dict[str, int] = {}

    def take(
        self, name: str, value: object, shape: Shape, carried: Mapping[str, str | None], line: int
    ) -> None:
        if not isinstance(value, dict):
            if value is not None:
                self._find("stray-text", line, name, value, f"“{name}” should be an object.")
            return
        if value.get("purge") is True:
            message = f"The file asks for {name or 'the child'} to be deleted; it was not read."
            self._find("purge-asked", line, name, carried.get(CHILD_KEY) or "", message)
            return
        own = {key: self._text(key, value.get(key), line) for key in shape.fields}
        if "icpc_required_flag" in own:
            required = own["icpc_required_flag"]
            own["icpc_not_required"] = _OPPOSITE.get(required or "")
            if required and required not in _OPPOSITE:
                message = "“icpc_required_flag” should be true or false; it was not read."
                self._find("not-a-boolean", line, "icpc_required_flag", required, message)
        if shape is not CHILD:
            self.rows.setdefault(name, []).append({"line": line, **carried, **own})
        elif not isinstance(value.get("child_details"), dict):
            value = {**value, "child_details": {}}
        handed = {new: own[key] for key, new in shape.hands_on.items()}
        carried = {**carried, **handed}
        for key, item in value.items():
            self._inside(key, item, shape, carried, line)

    def unknown_parts(self) -> Iterator[Finding]:
        """A finding for each property that the collection does not have."""
        for key, count in sorted(self._unknown.items()):
            yield Finding(
                "unknown-part",
                self._path,
                f"line {self._first_seen[key]}",
                key,
                "",
                f"The collection has no property “{key}”; {count} were not read.",
            )

    def _inside(
        self, key: str, item: object, shape: Shape, carried: Mapping[str, str | None], line: int
    ) -> None:
        if key in shape.fields or key == "purge":
            return
        if code := shape.codes.get(key):
            for each in item if isinstance(item, list) else [item]:
                text = self._text(key, each, line)
                self.rows.setdefault(key, []).append({"line": line, **carried, code: text})
        elif inner := shape.inside.get(key):
            for each in item if isinstance(item, list) else [item]:
                self.take(key, each, inner, carried, line)
        else:
            self._unknown[_whole(key)] += 1
            self._first_seen.setdefault(_whole(key), line)

    def _text(self, key: str, value: object, line: int) -> str | None:
        if value is None:
            return None
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, list | dict):
            self._find("stray-text", line, key, value, f"“{key}” should be a single value.")
            return None
        return tidy(_whole(str(value))) or None

    def _find(self, code: str, line: int, column: str, value: object, message: str) -> None:
        shown = value if isinstance(value, str) else json.dumps(value)
        self.findings.append(
            Finding(code, self._path, f"line {line}", column, _whole(shown)[:200], message)
        )


def _whole(text: str) -> str:
    """The text without halves of characters, which JSON can name (`\\ud800`) and nothing can write."""
    return text.encode("utf-8", "replace").decode()


def _children(text: str) -> Iterator[tuple[object, int]]:
    """Each child and the line it begins on, from an array, one object, or an object a line."""
    decoder = json.JSONDecoder()
    array = text.lstrip().startswith("[")
    place = text.find("[") + 1 if array else 0
    line, counted = 1, 0
    while True:
        place = _skip(text, place)
        if place == len(text) or (array and text[place] == "]"):
            break
        line, counted = line + text.count("\n", counted, place), place
        child, place = decoder.raw_decode(text, place)
        yield child, line
        place = _skip(text, place)
        if array and place < len(text) and text[place] == ",":
            place += 1
        elif array and text[place : place + 1] != "]":
            raise json.JSONDecodeError("no comma between two children", text, place)
    if array and (place == len(text) or text[place + 1 :].strip()):
        raise json.JSONDecodeError("the array does not end where the file does", text, place)


def _skip(text: str, place: int) -> int:
    while place < len(text) and text[place] in " \t\r\n":
        place += 1
    return place


def _table(rows: list[dict[str, Any]]) -> pa.Table:
    names = dict.fromkeys(name for row in rows for name in row if name != "line")
    lines = pa.array([row["line"] for row in rows], pa.int32())
    columns = {name: pa.array([row.get(name) for row in rows], pa.string()) for name in names}
    return pa.table({"line": lines, **columns})


def _events(parts: tuple[Part, ...]) -> Events:
    return events_in(
        part.rows[name]
        for part in parts
        for name in part.rows.column_names
        if name.endswith("date") and name not in _NOT_EVENTS
    )
