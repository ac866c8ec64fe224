"""Which printed names may be of one person: fixed rules, each with its reason. Nothing is joined by them."""

import re
from dataclasses import dataclass

_TITLES = {
    "mr": "m", "sir": "m", "lord": "m", "mrs": "f", "miss": "f", "ms": "f", "lady": "f", "dame": "f",
    "baroness": "f",
}  # fmt: skip
"""Titles that say whether somebody is a man or a woman: two that differ are of two people."""
_LEFT_OUT = """
councillor cllr clr coun county borough district city town parish alderman ald dr professor prof the
reverend revd rev canon mx obe mbe cbe jp qc kc bem dl phd mp
"""
_NO_NAMES = frozenset(_LEFT_OUT.split())
"""Titles, and letters after a name, that say nothing of who somebody is."""
_WORD = re.compile(r"[^\W\d_](?:[\w'’-]*\w)?", re.UNICODE)


@dataclass(frozen=True)
class Name:
    """A printed name in parts: whether its titles are a man's or a woman's, first names, surname."""

    sexes: frozenset[str]
    first: tuple[str, ...]
    surname: str


def parts_of(printed: str) -> Name:
    """Take a printed name apart; titles and letters after it are left out."""
    words = [word.casefold() for word in _WORD.findall(printed)]
    sexes = frozenset(_TITLES[word] for word in words if word in _TITLES)
    kept = [word for word in words if word not in _TITLES and word not in _NO_NAMES]
    return Name(sexes, tuple(kept[:-1]), _as_spoken(kept[-1]) if kept else "")


def _as_spoken(surname: str) -> str:
    """Write a surname so that McLeod and Macleod, O'Brien and OBrien are one."""
    letters = re.sub(r"\W", "", surname)
    return re.sub(r"^mac(?=\w{3})", "mc", letters)


def plain(printed: str) -> str:
    """Give a printed name so that only spaces, full stops and capitals make no difference."""
    return " ".join(printed.replace(".", " ").split()).casefold()


def why_same(one: str, other: str) -> str:
    """Say why two printed names may be of one person; empty where no rule says so."""
    a, b = parts_of(one), parts_of(other)
    if not a.surname or not b.surname or (a.sexes and b.sexes and a.sexes != b.sexes):
        return ""
    if a.surname == b.surname:
        return _by_first_names(a.first, b.first)
    near = min(len(a.surname), len(b.surname)) >= 5 and _differ_by_one(a.surname, b.surname)
    if near and a.first and b.first and _fit(a.first, b.first):
        return "The surnames differ by one letter, and the first names fit."
    return ""


def _by_first_names(a: tuple[str, ...], b: tuple[str, ...]) -> str:
    if a == b:
        return "The same name, with another title."
    if not a or not b:
        return "The same surname; one of the two has no first name."
    return "The same surname, and first names or initials that fit." if _fit(a, b) else ""


def _fit(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether first names may be those of one person: each the other, or its initial; one may have more."""
    return all(
        one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])
        for one, other in zip(a, b, strict=False)
    )


def _differ_by_one(a: str, b: str) -> bool:
    """Whether one letter more, fewer or other makes one word of the other."""
    if abs(len(a) - len(b)) > 1:
        return False
    start = next(
        (at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )
    rest_a, rest_b = a[start:], b[start:]
    return rest_a[1:] == rest_b[1:] or rest_a[1:] == rest_b or rest_a == rest_b[1:]
