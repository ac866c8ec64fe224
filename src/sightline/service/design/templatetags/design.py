"""`{% load design %}`: a component with a body, and what the components' templates need."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import zip_longest
from typing import Any

from django import template
from django.core.paginator import Page
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_block_tag(takes_context=True)
def component(
    context: template.Context, content: SafeString, name: str, **parameters: Any
) -> SafeString:
    """Render a component with what stands in the block as its body.

    `{% component "details" summary="How this is counted" %}<p>…</p>{% endcomponent %}` is the template
    `design/components/details.html` with `html` the block and `summary` as given.
    """
    found = template.Engine.get_default().get_template(f"design/components/{name}.html")
    # As an `include` does: rendered as a page of its own it would find the navigation anew.
    kept = {each: context[each] for each in ("request", "csrf_token") if each in context}
    return found.render(context.new({**kept, **parameters, "html": content}))


@register.filter
def due(moment: datetime | None) -> str:
    """Say when something is due: a limit in days ends with its day, so that no time is said of it."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    ends = (local.hour, local.minute) == (23, 59)
    return date_format(local, "j M Y" if ends else "j M Y, H:i")


@register.filter
def beside(row: Iterable[Any], columns: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    """Pair each cell of a table's row with its column; ValueError where there are more or fewer."""
    missing = object()
    for column, cell in zip_longest(columns, row, fillvalue=missing):
        if column is missing or cell is missing:
            raise ValueError(
                f"A row of a table must have {len(columns)} cells, one for each column."
            )
        yield column, cell


@register.filter
def page_numbers(page: "Page[Any]") -> list[int | None]:
    """List the numbers of the pages to link to; None stands for those left out."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else None for number in numbers]
