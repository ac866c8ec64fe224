"""What may be asked of the API: parameters, each of one strict kind; an unknown one is refused."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Literal, get_origin

from ninja import Schema
from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from sightline.indicators.counting import TOTAL
from sightline.indicators.definition import catalogue, codes

MOST = 1000
"""Rows of a page, at most."""
USUAL = 100
DIMENSIONS = (TOTAL, *dict.fromkeys(name for each in catalogue() for name in each.dimensions))
"""What figures may be by; `all` is the total."""
_CODES = codes()
_WRITTEN = {code.lower(): code for code in _CODES}
_CURSOR = re.compile(r"[0-9]{1,4}-[0-9]{1,9}-[0-9a-f]{16}")


def _whole_number(text: Any) -> Any:
    if isinstance(text, str) and not re.fullmatch(r"[0-9]{1,9}", text):
        raise ValueError("Write a whole number in digits.")
    return text


def _truth(text: Any) -> Any:
    if isinstance(text, str) and text not in ("true", "false"):
        raise ValueError("Write true or false.")
    return text


def _day(text: Any) -> Any:
    if isinstance(text, str) and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError("Write a day as 2016-03-31.")
    return text


def code_of(text: str) -> str:
    """Give a code as the catalogue writes it, from small letters or capitals; `ValueError` for another."""
    if text.lower() not in _WRITTEN:
        raise ValueError(f"There is no indicator {text}. /api/v1/indicators lists those there are.")
    return _WRITTEN[text.lower()]


def _dimension(text: str) -> str:
    if text not in DIMENSIONS:
        raise ValueError(f"There are no figures by {text}; there are by {', '.join(DIMENSIONS)}.")
    return text


def _cursor(text: str) -> str:
    if not _CURSOR.fullmatch(text):
        raise ValueError("A cursor is taken from `next` of the page before.")
    return text


Day = Annotated[date, BeforeValidator(_day)]
Code = Annotated[str, AfterValidator(code_of), WithJsonSchema({"type": "string", "enum": _CODES})]
Dimension = Annotated[
    str, AfterValidator(_dimension), WithJsonSchema({"type": "string", "enum": DIMENSIONS})
]
Truth = Annotated[bool, BeforeValidator(_truth)]
Group = Annotated[str, Field(max_length=200)]


class Asked(Schema):
    """What every question may say."""

    form: Literal["protected"] | None = Field(
        None,
        description="“protected”: as published, with small numbers hidden. It is the only form for those "
        "who may not see figures without protection.",
    )


class AskedPage(Asked):
    """A question answered in pages."""

    limit: Annotated[int, BeforeValidator(_whole_number)] = Field(
        USUAL,
        ge=1,
        le=MOST,
        description=f"Rows of a page; {USUAL} where it is left out, {MOST} at most.",
    )
    cursor: Annotated[
        str | None,
        AfterValidator(lambda text: text if text is None else _cursor(text)),
    ] = Field(
        None,
        max_length=40,
        pattern=f"^{_CURSOR.pattern}$",
        description="Where the page begins: “next” of the page before holds it. Leave it out for the first.",
    )


class AskedWithin(Asked):
    """A question about the whole authority, or within a district or team."""

    within: str = Field(
        "all",
        max_length=210,
        description="“all”, or a district or team as “district:NAME”, “team:NAME”; /api/v1/snapshot lists "
        "them.",
    )


class AskedFigures(AskedPage):
    """Which figures."""

    indicator: list[Code] = Field(
        default_factory=list,
        max_length=50,
        description="Codes; several times for several. Default: all.",
    )
    by: list[Dimension] = Field(
        default_factory=lambda: [TOTAL],
        max_length=20,
        description="“all” for the total (the default), or “district”, “age” ...; several times for several.",
    )
    group: list[Group] = Field(
        default_factory=list, max_length=50, description="Only these groups, as “Redditch”."
    )
    first: Day | None = Field(
        None, alias="from", description="Periods that begin on or after this day."
    )
    last: Day | None = Field(
        None, alias="to", description="Periods that end on or before this day."
    )
    step: list[Literal["month", "quarter", "year", "other"]] = Field(
        default_factory=list,
        max_length=4,
        description="Lengths of period; “other” is the stretch a file covers where it is none of these. "
        "Default: all.",
    )
    every_version: Truth = Field(
        default=False,
        description="Also count each period by the versions of a definition not in force on its last day.",
    )


def wrong_parameters(asked: Asked, told: Mapping[str, Sequence[str]]) -> list[dict[str, str]]:
    """Say what of an address is no parameter of the question, or stands there twice where once is meant."""
    lists = {
        field.alias or name: get_origin(field.annotation) is list
        for name, field in type(asked).model_fields.items()
    }
    unknown = f"There is no such parameter; there are {', '.join(lists)}."
    return [
        {"where": name, "message": unknown if name not in lists else "Say it once."}
        for name, values in told.items()
        if name not in lists or (len(values) > 1 and not lists[name])
    ]
