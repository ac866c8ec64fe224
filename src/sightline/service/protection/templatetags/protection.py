"""`{% load protection %}`: how a clock stands now."""

from django import template
from django.utils import timezone

from sightline.clocks.rules import Deadline
from sightline.service.protection.clocks import standing

register = template.Library()


@register.simple_tag
def standing_of(found: Deadline) -> tuple[str, str]:
    """Give how a clock stands now: `due`, `near` or `overdue`, and how long is left in words."""
    now = timezone.now()
    return standing(found, now), found.left(now)
