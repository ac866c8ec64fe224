"""Figures in reports and on topics' pages: always those that are published, small numbers protected."""

from dataclasses import dataclass

from sightline.service.measures.addresses import indicator_address
from sightline.service.measures.reading import Reading
from sightline.service.scrutiny.asks.figures import (
    NoFigureError,
    breakdowns_of,
    definition_of,
    published_now,
    quotable,
    quote,
)
from sightline.service.scrutiny.models import QuotedFigure, Topic


@dataclass(frozen=True)
class TopicFigures:
    """The latest figures of a topic's indicators, each with the address of its page.

    `missing` says, a sentence each, which there are not.
    """

    figures: tuple[tuple[QuotedFigure, str], ...] = ()
    missing: tuple[str, ...] = ()


def figures_of_topic(topic: Topic) -> TopicFigures:
    """Give the latest figures of a topic's indicators, not saved, each of the whole authority."""
    wanted = topic.indicators.split()
    reading = published_now() if wanted else None
    if reading is None:
        return TopicFigures((), ("No figures are published yet.",) if wanted else ())
    figures, missing = [], []
    for code in wanted:
        definitions = reading.definitions(code, protected=True)
        if not definitions:
            missing.append(f"There is no published figure of {code}.")
        for definition in definitions:
            try:
                figures.append((quote(reading, definition), indicator_address(definition)))
            except NoFigureError as error:
                missing.append(str(error))
    return TopicFigures(tuple(figures), tuple(missing))


def choices(reading: Reading) -> tuple[list[tuple[str, str]], dict[str, str]]:
    """Give the indicators a report may quote, as `CODE` or `CODE part`, and what they are broken down by."""
    indicators: list[tuple[str, str]] = []
    by: dict[str, str] = {}
    for each in quotable(reading, ""):
        name = f"{each.code} {each.part}".strip()
        indicators.append((name, f"{name}: {each.title}"))
        by |= {dimension: dimension.capitalize() for dimension in breakdowns_of(each)}
    return indicators, by


def figure_for(reading: Reading, chosen: str, by: str) -> QuotedFigure:
    """Quote what was chosen; `NoFigureError` where it is not published so."""
    code, _, part = chosen.partition(" ")
    return quote(reading, definition_of(reading, code, part), by=by)
