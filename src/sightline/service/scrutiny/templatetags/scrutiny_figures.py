"""`{% load scrutiny_figures %}`: figures as they were quoted in replies and reports."""

from django import template
from django.utils.safestring import SafeString

from sightline.service.scrutiny.asks.figures import render
from sightline.service.scrutiny.models import QuotedFigure

register = template.Library()


@register.simple_tag
def quoted(figure: QuotedFigure, level: int = 3) -> SafeString:
    """Draw a quoted figure from what was kept of it: its chart, and its numbers as a table."""
    return render(figure, level=level)
