"""Two renderings of one meeting: which words stay, which item is which (MIN-20)."""

import re
from collections.abc import Iterable, Sequence

from sightline.service.scrutiny.models import Item

_SIGNS = re.compile(r"\W+")


def fuller(stands: str, given: str, *, given_is_truncated: bool) -> str:
    """Give the fuller of two texts. One that was cut short takes the place of nothing but nothing."""
    if not stands.strip():
        return given
    if given_is_truncated or len(letters(given)) <= len(letters(stands)):
        return stands
    return given


def letters(text: str) -> str:
    """Give the letters and digits of a text, so that layout makes no difference."""
    return _SIGNS.sub("", text).casefold()


def item_like(items: Sequence[Item], number: str, title: str) -> Item | None:
    """Find the item of the same number; where one of the two has no number, of the same title."""
    if number:
        for each in items:
            if letters(each.number) == letters(number):
                return each
    for each in items:
        if not (number and each.number) and letters(each.title) == letters(title):
            return each
    return None


def in_order(items: Iterable[Item]) -> list[Item]:
    """Give items in the order of their running numbers; one without stays after the one before it."""
    placed: list[tuple[int, int, Item]] = []
    last = 0
    for at, item in enumerate(items):
        last = item.running if item.running is not None else last
        placed.append((last, at, item))
    return [item for *_, item in sorted(placed, key=lambda each: each[:2])]
