"""`{% load measures %}`: figures written for people, as in every report (`present.words`)."""

from datetime import date
from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from sightline.indicators.figures import Figure
from sightline.indicators.rag import Rag
from sightline.present import words
from sightline.present.report import ComparisonCell, IndicatorPage

register = template.Library()

register.filter("value", words.value)
register.filter("under", words.under)
register.filter("numerator", words.numerator)
register.filter("denominator", words.denominator)
register.filter("middle_half", words.middle_half)
register.filter("not_known", words.not_known)
register.filter("shown", words.shown)
register.filter("count", words.count)
register.filter("lower_first", words.lower_first)
register.filter("capitalised", words.capitalised)


@register.filter
def day(value: date | None) -> str:
    """Write a date as 31 March 2016."""
    return words.day(value)


@register.filter
def headline(page: IndicatorPage) -> str:
    """Write a page's headline: its figure, or of a profile its largest share."""
    return words.value(page.largest if page.definition.is_profile else page.current)


@register.filter
def under_headline(page: IndicatorPage) -> str:
    """Write what stands under a headline: what it is of, or a profile's largest category."""
    if page.definition.is_profile:
        return page.largest.group if page.largest else ""
    parts = (words.under(page.current), words.not_known(page.current))
    return ", ".join(part for part in parts if part)


@register.filter
def level(rag: Rag) -> str:
    """Give a judgement's level as the design's components take it."""
    return rag.name.lower()


@register.filter
def of_share(figure: Figure) -> bool:
    """Whether a figure has a numerator and denominator to show."""
    return figure.definition.is_share or figure.definition.is_profile


@register.filter
def cell(value: ComparisonCell | None, unit: str) -> str:
    """Write a published number, or the symbol that stands for it."""
    if value is None:
        return words.NONE
    return words.shown(value.value, unit) if value.value is not None else value.symbol or words.NONE


@register.filter
def svg(text: str) -> SafeString:
    """Pass on a chart: drawn by `present.charts`, which escapes every text in it."""
    return mark_safe(text)  # noqa: S308


@register.simple_tag
def indicator_name(definition: Any) -> str:
    """Name an indicator by its code and part, as `MI-02 offered`."""
    return f"{definition.code} {definition.part}".strip()


@register.simple_tag
def run_table(page: IndicatorPage) -> SafeString:
    """Write the numbers of a page's run as a table."""
    return render_to_string("measures/parts/run_table.html", {"page": page})


class KeptNode(template.Node):
    """A part of a page that is written once for a look and some values, and kept with the snapshot."""

    def __init__(self, name: str, values: list[FilterExpression], inside: NodeList) -> None:
        self._name, self._values, self._inside = name, values, inside

    def render(self, context: Context) -> SafeString:
        """Give the part as it was written for the same, or write it."""
        look = context["look"]
        values = tuple(value.resolve(context) for value in self._values)
        key = (self._name, look.within, look.query, look.protected, *values)
        return look.reading.keep_text(key, lambda: self._inside.render(context))  # type: ignore[no-any-return]


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """Keep what is within `{% kept "name" value ... %}` and `{% endkept %}` with the snapshot.

    The values, with the look, say all that the part depends on: nothing in it may be of one person, as
    a form's token is.
    """
    _, name, *values = token.split_contents()
    inside = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(name, [parser.compile_filter(value) for value in values], inside)
