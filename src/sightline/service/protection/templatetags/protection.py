"""`{% load protection %}`: how a clock stands now."""

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from sightline.clocks.rules import Deadline
from sightline.service.protection.clocks import own_settings_are_read, standing

register = template.Library()


_TAGS = {
    "not seen": '<strong class="govuk-tag govuk-tag--purple">Not seen</strong> ',
    "overdue": '<strong class="govuk-tag govuk-tag--red">Overdue</strong> ',
    "near": '<strong class="govuk-tag govuk-tag--yellow">Soon due</strong> ',
}


@register.simple_tag
def standing_words(stands: str, words: str) -> SafeString:
    """Say how something stands (`not seen`, `overdue`, `near` or `due`), in words beside the colour.

    `words` are how long is left, or by how much it is overdue. A list says it in each of its rows, so it is
    put together here.
    """
    said = words.replace("overdue ", "") if stands == "overdue" else words
    return format_html(
        '{}<span class="sl-quiet">{}</span>', SafeString(_TAGS.get(stands, "")), said
    )


@register.simple_tag
def own_standards_unread() -> str:
    """Say that clocks do not go by the authority's own standards, where its file cannot be read."""
    return "" if own_settings_are_read() else _UNREAD


_UNREAD = (
    "The authority’s own standards cannot be read: settings.toml is wrong, or Sightline may not read it. "
    "Until it is mended, clocks go by those that were read last, or by the defaults."
)


@register.simple_tag
def standing_of(found: Deadline) -> tuple[str, str]:
    """Give how a clock stands now: `due`, `near` or `overdue`, and how long is left in words."""
    now = timezone.now()
    return standing(found, now), found.left(now)
