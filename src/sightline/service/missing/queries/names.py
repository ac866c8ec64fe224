"""Whether a text names somebody who is known."""

import re
from collections import defaultdict
from itertools import pairwise

from sightline.service.children.models import KnownPerson, NameKey
from sightline.service.children.names import parts, spelt

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_NUMBER = re.compile(r"[\w\-]*\d[\w\-]*")
_MOST = 3_000
"""Words of a text that are looked at."""


def names_in(text: str) -> list[str]:
    """Give the words of a text that are the name or the number of somebody known, as they stand there.

    A name is two words side by side that are both names of one person. Everybody known counts, children who
    are restricted too: nothing of theirs may stand in a profile that agencies read.
    """
    words = _WORD.findall(text)[:_MOST]
    keys = {word: {spelt(part) for part in parts(word)} for word in words}
    pairs = [(one, other) for one, other in pairwise(words) if one != other]
    held: dict[int, set[str]] = defaultdict(set)
    wanted = frozenset().union(*keys.values()) if keys else frozenset()
    for person, key in NameKey.objects.filter(key__in=wanted).values_list("person", "key"):
        held[person].add(key)
    # Most people have one of the words as a name, as Park or Green: only two together are somebody.
    several = {frozenset(each) for each in held.values() if len(each) > 1}
    found = [
        f"{one} {other}"
        for one, other in pairs
        if any(each & keys[one] and each & (keys[other] - keys[one]) for each in several)
    ]
    numbers = _NUMBER.findall(text)[:_MOST]
    found += KnownPerson.objects.filter(number__in=numbers).values_list("number", flat=True)
    return list(dict.fromkeys(found))
