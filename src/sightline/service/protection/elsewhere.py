"""What other apps have open of a child whose case is to close: each says so once, with `left_by`.

This module knows none of the apps; they import it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sightline.service.children.models import KnownPerson


@dataclass(frozen=True)
class Left:
    """Something open of a child, named as in a sentence; `blocks`: the case stays open while it is."""

    what: str
    blocks: bool = False


Teller = Callable[[Sequence[KnownPerson]], Iterable[Left]]

_tellers: list[Teller] = []


def left_by(teller: Teller) -> None:
    """Add what gives what is open of a child, by all of their records."""
    if teller not in _tellers:
        _tellers.append(teller)


def left_of(records: Sequence[KnownPerson]) -> list[Left]:
    """Give what the other apps have open of a child."""
    return [each for tell in _tellers for each in tell(records)]
