"""Names as people spell them: their parts, how a part sounds, other forms of it, and the keys of a search.

A key is a letter and a word of small letters: `n` and the part as it is spelt, `s` and how it
sounds. So Smyth is found under Smith, Mohammed under Muhammad, Jones-Smith under either half, and the
order of the parts makes no difference. How a part sounds is its first letter and its consonants, read by
the rules below, which are our own, made for names as they are met in England.
"""

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

_SPECIAL = str.maketrans(
    {"ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
_APOSTROPHES = re.compile(r"['’‘`´]")
_NOT_LETTERS = re.compile(r"[\W\d_]+")
PARTICLES = frozenset(
    {
        "o",
        "mc",
        "mac",
        "d",
        "de",
        "del",
        "della",
        "di",
        "da",
        "du",
        "la",
        "le",
        "van",
        "von",
        "der",
        "den",
        "st",
        "al",
        "el",
        "ul",
        "ur",
        "ad",
        "bin",
        "bint",
        "ibn",
        "ap",
        "ab",
    }
)
"""Words that belong to the part after them: Mac Donald is MacDonald, ul Haq is ulHaq."""
_LONGEST = 38

_OPENINGS = (("kn", "n"), ("gn", "n"), ("pn", "n"), ("wr", "r"), ("ps", "s"), ("mac", "mc"))
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"ph", "f"),
        (r"(?<=[aeiou])gh", ""),
        (r"gh", "g"),
        (r"tch", "X"),
        (r"chr", "kr"),
        (r"sch", "X"),
        (r"[cs]h", "X"),
        (r"dg(?=[eiy])", "j"),
        (r"g(?=[eiy])", "j"),
        (r"sc(?=[eiy])", "s"),
        (r"c(?=[eiy])", "s"),
        (r"ck|qu|[cq]", "k"),
        (r"x", "ks"),
        (r"z", "s"),
        (r"v", "f"),
        (r"mb$", "m"),
        (r"mp(?=[st])", "m"),
    )
)


def folded(text: str) -> str:
    """Give a name in small letters without accents or apostrophes: `Siân O’Neill` is `sian oneill`."""
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text.lower()).translate(_SPECIAL))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def parts(name: str) -> list[str]:
    """Give the parts of a name, particles with what they belong to: `Jones-Mac Donald` is two."""
    found: list[str] = []
    before = ""
    for word in filter(None, _NOT_LETTERS.split(folded(name))):
        if word in PARTICLES:
            before += word
        else:
            found.append(before + word)
            before = ""
    return [*found, before] if before else found


@cache
def sound(part: str) -> str:
    """Give how a part of a name sounds, as `smt` of `smith` and of `smyth`.

    A vowel at the beginning is `a`; other vowels, and h, w and y but at the beginning, are silent.
    """
    for opening, said in _OPENINGS:
        if part.startswith(opening):
            part = said + part.removeprefix(opening)
            break
    for pattern, said in _SOUNDS:
        part = pattern.sub(said, part)
    part = re.sub(r"(.)\1+", r"\1", part)
    first, rest = part[:1], part[1:]
    if first in "aeiou":
        first = "a"
    return (first + re.sub(r"[aeiouhwy]", "", rest)).lower()


def keys(names: Iterable[str]) -> frozenset[str]:
    """Give every key under which these names are found: first names, last name, and other names alike.

    The halves of a name with a hyphen are found together as well: Ann-Marie under Annmarie.
    """
    found: set[str] = set()
    for name in names:
        for part in (*parts(name), *_hyphened(name)):
            found |= {spelt(part), sounding(part)}
    return frozenset(found)


def _hyphened(name: str) -> Iterator[str]:
    for word in folded(name).split():
        if "-" in word.strip("-"):
            yield _NOT_LETTERS.sub("", word)


def spelt(part: str) -> str:
    """Give the key of a part as it is spelt."""
    return f"n{part[:_LONGEST]}"


def sounding(part: str) -> str:
    """Give the key of how a part sounds."""
    return f"s{sound(part)[:_LONGEST]}"


def near_sounds(part: str) -> frozenset[str]:
    """Give the keys of sounds one slip away: a letter left out, put in, mistaken, or two exchanged."""
    said = sound(part)
    halves = [(said[:at], said[at:]) for at in range(len(said) + 1)]
    signs = "abcdfgjklmnprstx"
    near = {a + b[1:] for a, b in halves if b}
    near |= {a + b[1] + b[0] + b[2:] for a, b in halves if len(b) > 1}
    near |= {a + sign + b[1:] for a, b in halves if b for sign in signs}
    near |= {a + sign + b for a, b in halves for sign in signs}
    return frozenset(f"s{each[:_LONGEST]}" for each in near - {said} if len(each) > 1)


@cache
def _forms() -> dict[str, frozenset[str]]:
    text = files("sightline.service.children").joinpath("forms_of_names.csv").read_text("utf-8")
    found: dict[str, set[str]] = defaultdict(set)
    for row in csv.reader(text.splitlines()):
        together = {folded(each).strip() for each in row if each.strip()}
        for each in together:
            found[each] |= together
    return {name: frozenset(others - {name}) for name, others in found.items()}


def other_forms(part: str) -> frozenset[str]:
    """Give other forms of a first name: of `liz` `elizabeth`, `beth` and more; none where it has none."""
    return _forms().get(part, frozenset())
