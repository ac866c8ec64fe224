"""Looking for a person among all who are known, however they are spelt.

First come those in whom every part of what was asked is found as it is spelt, as another form of the name,
or by how it sounds; where that finds nobody well, those one slip away. `rapidfuzz` ranks them. A number of
the authority, the NHS or a school, a postcode and a date of birth may stand among the words.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.core import signing
from django.db.models import QuerySet
from django.utils import timezone
from rapidfuzz.distance import JaroWinkler

from sightline.service.accounts.keys import among
from sightline.service.accounts.models import Person
from sightline.service.audit.record import viewed_children
from sightline.service.children import identifiers, names
from sightline.service.children.households import localities_of, localities_told
from sightline.service.children.merged import roots_of
from sightline.service.children.models import Alias, KnownPerson, NameKey
from sightline.service.children.restrictions import hidden_people
from sightline.service.children.words import day

_SALT = "sightline search of people"
SEARCH_HOLDS = 12 * 60 * 60
"""Seconds for which somebody new may be recorded after a search: the working day it was made on."""
_MOST = 400
"""People looked at of one way of finding them."""
_GOOD = 85.0
"""Points from which a name is as good as found, so that nothing wider is looked for."""
_LEAST = 72.0
"""Points a name must have to be listed."""
_POINTS = {"same": 15.0, "near": 8.0, "other": -12.0}

_DATES = (
    re.compile(r"\b(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})\b"),
    re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})\b"),
)
_POSTCODE = re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b", re.IGNORECASE)
_NHS = re.compile(r"\b\d{3}[ -]?\d{3}[ -]?\d{4}\b")
_WITH_DIGIT = re.compile(r"\S*\d\S*")


@dataclass(frozen=True)
class Asked:
    """What was asked for, read from the words: parts of a name, a date of birth, numbers, a postcode."""

    parts: tuple[str, ...] = ()
    born: date | None = None
    nhs_number: str = ""
    numbers: tuple[str, ...] = ()
    postcode: str = ""

    @classmethod
    def read(cls, text: str, born: date | None = None) -> "Asked":
        """Read it from text as it was typed; `born` counts before a date in the text."""
        for pattern in _DATES:
            for found in pattern.finditer(text):
                with suppress(ValueError):
                    typed = date(*(int(found[name]) for name in ("year", "month", "day")))
                    born = born or typed
                    text = text.replace(found[0], " ")
        nhs_number = code = ""
        for found in _NHS.finditer(text):
            with suppress(ValueError):
                nhs_number = identifiers.nhs_number(found[0])
        for found in _POSTCODE.finditer(text):
            with suppress(ValueError):
                code = identifiers.postcode(found[0])
                text = text.replace(found[0], " ")
        numbers = [each for word in _WITH_DIGIT.findall(text) for each in (word, word.upper())]
        parts = names.parts(_WITH_DIGIT.sub(" ", text))
        return cls(tuple(parts), born, nhs_number, tuple(dict.fromkeys(numbers)), code)

    def __bool__(self) -> bool:
        return bool(self.parts or self.born or self.nhs_number or self.numbers or self.postcode)


@dataclass(frozen=True)
class FoundPerson:
    """Somebody found: how well (0 to 115 points), why in words, and the locality of their home if told."""

    person: KnownPerson
    points: float
    because: tuple[str, ...]
    locality: str = ""


@dataclass(frozen=True)
class Found:
    """The people found, best first; whether there may be more; `token` shows that the search was made."""

    asked: Asked
    people: tuple[FoundPerson, ...]
    more: bool
    token: str


def find_people(
    text: str, born: date | None = None, *, by: Person, limit: int = 20, widely: bool = True
) -> Found:
    """Look for people by what was typed, and a date of birth, for somebody who asks.

    Restricted people hidden from `by` are not among them. Records merged into another give that one. Each
    person given is on record as seen. `widely=False` leaves out those who are a slip away, as while typing.
    """
    asked = Asked.read(text, born)
    found, cut = _ranked(asked, widely=widely) if asked else ([], False)
    hidden = hidden_people(by)
    shown = [each for each in found if each.person.pk not in hidden]
    people = tuple(_with_localities(shown[:limit]))
    viewed_children("search for people", [each.person.number for each in people])
    return Found(asked, people, cut or len(shown) > limit, token_of(asked, by))


def token_of(asked: Asked, by: Person) -> str:
    """Give what shows that this was asked by a person, for recording somebody new afterwards."""
    sounds = sorted({names.sound(part) for part in asked.parts})
    return signing.dumps([by.pk, sounds], salt=_SALT)


def is_fresh(token: str, by: Person) -> bool:
    """Whether a token is of a search by this person, and holds for half of its time or longer."""
    try:
        whose, _ = signing.loads(token, salt=_SALT, max_age=SEARCH_HOLDS // 2)
    except (signing.BadSignature, ValueError):
        return False
    return bool(whose == by.pk)


def was_searched(token: str, by: Person, *called: str) -> bool:
    """Whether a token is of a search by this person, of late, for somebody called so.

    Any part of the names will do; for somebody without a name, any search.
    """
    try:
        whose, sounds = signing.loads(token, salt=_SALT, max_age=SEARCH_HOLDS)
    except (signing.BadSignature, ValueError):
        return False
    wanted = {names.sound(part) for name in called for part in names.parts(name)}
    return whose == by.pk and (not wanted or not wanted.isdisjoint(sounds))


# --- Finding


def _ranked(asked: Asked, *, widely: bool) -> tuple[list[FoundPerson], bool]:
    certain, many = _take(_by_numbers(asked))
    close, cut = _take(_by_names(asked))
    cut = cut or many
    found = _rank(asked, certain, close)
    if widely and asked.parts and not any(each.points >= _GOOD for each in found):
        wider, cut_wider = _take(_by_near_names(asked))
        found = _rank(asked, certain, [*close, *wider])
        cut = cut or cut_wider
    return found, cut


_READ = (
    *("number", "first_names", "last_name", "born", "born_is_estimated", "expected"),
    *("nhs_number", "upn", "merged_into"),
)
"""What is read of everybody who may be meant: of hundreds, the rest is of no use."""


def _take(ways: Iterable[QuerySet[KnownPerson]]) -> tuple[list[KnownPerson], bool]:
    people: dict[int, KnownPerson] = {}
    cut = False
    for way in ways:
        rows = list(way.only(*_READ)[: _MOST + 1])
        cut = cut or len(rows) > _MOST
        people.update((row.pk, row) for row in rows[:_MOST])
    return list(people.values()), cut


def _by_numbers(asked: Asked) -> Iterator[QuerySet[KnownPerson]]:
    people = KnownPerson.objects.order_by()
    if asked.numbers:
        yield people.filter(number__in=asked.numbers)
        yield people.filter(upn__in=asked.numbers).exclude(upn="")
    if asked.nhs_number:
        yield people.filter(nhs_number=asked.nhs_number).exclude(nhs_number="")
    if asked.postcode:
        homes = localities_told(postcode=asked.postcode)
        yield people.filter(pk__in=homes.order_by().values("person"))


def _by_names(asked: Asked) -> Iterator[QuerySet[KnownPerson]]:
    people = KnownPerson.objects.order_by()
    if not asked.parts:
        if asked.born:
            yield people.filter(born=asked.born)
        return
    spelt = _with_every(asked, _spelt_keys(asked))
    alike = _with_every(asked, _alike_keys(asked))
    if asked.born:
        yield alike.filter(born__in=near_dates(asked.born))
        some = NameKey.objects.filter(key__in=frozenset().union(*_alike_keys(asked)))
        yield people.filter(born=asked.born, pk__in=some.values("person"))
    yield spelt
    yield alike


def _by_near_names(asked: Asked) -> Iterator[QuerySet[KnownPerson]]:
    near = [
        keys | names.near_sounds(part)
        for part, keys in zip(asked.parts, _alike_keys(asked), strict=True)
    ]
    yield from _begun(asked)
    found = _with_every(asked, near)
    yield found.filter(born__in=near_dates(asked.born)) if asked.born else found


def _begun(asked: Asked) -> Iterator[QuerySet[KnownPerson]]:
    """Find names that begin with the last part, as it may not be typed to its end."""
    whole = _alike_keys(asked)[:-1]
    begun = names.spelt(asked.parts[-1])
    if len(begun) > 3:
        found = _with_every(asked, whole)
        starts = NameKey.objects.filter(key__gte=begun, key__lt=f"{begun}zzzz")
        yield found.filter(pk__in=starts.values("person"))


def _with_every(asked: Asked, wanted: Sequence[frozenset[str]]) -> QuerySet[KnownPerson]:
    people = KnownPerson.objects.order_by()
    for keys in wanted:
        people = people.filter(pk__in=NameKey.objects.filter(key__in=keys).values("person"))
    return people


def _spelt_keys(asked: Asked) -> list[frozenset[str]]:
    return [frozenset({names.spelt(part)}) for part in asked.parts]


def _alike_keys(asked: Asked) -> list[frozenset[str]]:
    """Give for each part the keys under which it may stand, alone or written together with its neighbour."""
    pairs = [a + b for a, b in pairwise(asked.parts)]
    found = []
    for place, part in enumerate(asked.parts):
        together = pairs[max(place - 1, 0) : place + 1]
        keys = {names.spelt(form) for form in names.other_forms(part)}
        keys |= {key(each) for each in (part, *together) for key in (names.spelt, names.sounding)}
        found.append(frozenset(keys))
    return found


def near_dates(born: date) -> frozenset[date]:
    """Give a date and those it is easily mistaken for: a digit wrong, two exchanged, day and month too."""
    text = f"{born:%d%m%Y}"
    written = {text, text[2:4] + text[:2] + text[4:]}
    for place, sign in enumerate(text):
        written |= {text[:place] + digit + text[place + 1 :] for digit in "0123456789"}
        if place:
            written.add(text[: place - 1] + sign + text[place - 1] + text[place + 1 :])
    found = set()
    for each in written:
        with suppress(ValueError):
            found.add(date(int(each[4:]), int(each[2:4]), int(each[:2])))
    return frozenset(found)


# --- Ranking


def _rank(
    asked: Asked, certain: Sequence[KnownPerson], close: Sequence[KnownPerson]
) -> list[FoundPerson]:
    others: dict[int, list[Alias]] = defaultdict(list)
    known = {each.pk: each for each in (*certain, *close)}
    for alias in Alias.objects.filter(person__in=among(known)):
        others[alias.person_id].append(alias)
    sure = {each.pk for each in certain}
    best: dict[int, FoundPerson] = {}
    roots = roots_of(known.values())
    for pk, row in known.items():
        points, because = _judge(asked, row, others[pk], sure=pk in sure)
        if points is None:
            continue
        root = roots[pk]
        if root.pk != pk:
            because = (*because, f"recorded before as {row.name}")
        if root.pk not in best or best[root.pk].points < points:
            best[root.pk] = FoundPerson(root, points, because)
    return sorted(
        best.values(),
        key=lambda each: (-each.points, names.folded(each.person.name), each.person.pk),
    )


def _judge(
    asked: Asked, row: KnownPerson, aliases: Sequence[Alias], *, sure: bool
) -> tuple[float | None, tuple[str, ...]]:
    points = 100.0
    because: tuple[str, ...] = ()
    if sure:
        because = (_which_number(asked, row),)
    elif asked.parts:
        points, because = max(
            _called(asked.parts, row.name_given),
            *(_called(asked.parts, each.name, is_alias=True) for each in aliases),
            (0.0, ()),
        )
        if points < _LEAST:
            return None, ()
    if asked.born and not sure:
        more, said = _born(asked.born, row)
        points, because = points + more, (*because, said)
    return points, because


def _which_number(asked: Asked, row: KnownPerson) -> str:
    if asked.nhs_number and row.nhs_number == asked.nhs_number:
        return "this NHS number"
    if row.number in asked.numbers:
        return "this number"
    if row.upn and row.upn in asked.numbers:
        return "this unique pupil number"
    return "lives or lived at this postcode"


def _called(
    asked: Sequence[str], name: str, *, is_alias: bool = False
) -> tuple[float, tuple[str, ...]]:
    """Say how near a name is to what was asked, and how: each part to that of the name nearest to it."""
    left = names.parts(name)
    left += [a + b for a, b in pairwise(left)]
    total, ways = 0.0, set()
    for part in asked:
        points, how, nearest = max(
            ((*_alike(part, each), each) for each in left), default=(0.0, "near", "")
        )
        total += points
        ways.add(how)
        if nearest in left:
            left.remove(nearest)
    furthest = [said for how, said in _SAID.items() if how in ways][-1]
    also = (f"also known as {name}",) if is_alias else ()
    return total / len(asked), (furthest, *also)


_SAID = {
    "same": "same name",
    "form": "another form of the name",
    "sound": "sounds the same",
    "near": "spelt nearly the same",
}


def _alike(asked: str, part: str) -> tuple[float, str]:
    if asked == part:
        return 100.0, "same"
    near = JaroWinkler.similarity(asked, part) * 100
    if part in names.other_forms(asked):
        return max(94.0, near), "form"
    if names.sound(asked) == names.sound(part):
        return max(90.0, min(near, 97.0)), "sound"
    if part.startswith(asked) and len(asked) > 2:
        return max(84.0, near), "near"
    return min(near, 93.0), "near"


def _born(asked: date, row: KnownPerson) -> tuple[float, str]:
    if row.born is None:
        return 0.0, "date of birth not known"
    if row.born == asked:
        return _POINTS["same"], "same date of birth"
    if row.born in near_dates(asked):
        return _POINTS["near"], f"date of birth nearly the same: {day(row.born)}"
    return _POINTS["other"], "another date of birth"


def _with_localities(found: Sequence[FoundPerson]) -> Iterator[FoundPerson]:
    told = localities_of([each.person.pk for each in found], timezone.localdate())
    for each in found:
        yield FoundPerson(
            each.person, each.points, each.because, locality=told.get(each.person.pk, "")
        )
