"""Whether two records may be of one person: what agrees, what differs, and what each weighs.

The method is that of Fellegi and Sunter, as Splink has it: each field adds its weight, and the sum says how
likely it is that the two are one. The weights are in `matching_weights.toml`, with how they were estimated.
A person decides; see docs/explanation/matching.md.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib.resources import files
from math import log2
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from rapidfuzz.distance import JaroWinkler

from sightline.service.children import names
from sightline.service.children.merged import all_of, all_of_each, root_of, roots_of
from sightline.service.children.models import Alias, KnownPerson, NameKey, PossibleMatch, Residence
from sightline.service.children.search import near_dates
from sightline.service.children.words import day

_NEAR = 0.88
"""From this likeness (Jaro and Winkler's, 0 to 1) two parts of a name are spelt nearly the same."""
_MOST = 300
"""People compared of one way of finding them."""


@dataclass(frozen=True)
class Facts:
    """What of a person is compared; of several names and postcodes any may agree."""

    called: tuple[tuple[str, str], ...] = ()
    born: Any = None
    born_is_estimated: bool = False
    sex: str = ""
    nhs_number: str = ""
    upn: str = ""
    postcodes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Reason:
    """What one field says: how it agrees (a level of the weights), in words, and its bits."""

    field: str
    agrees: str
    says: str
    bits: float


@dataclass(frozen=True)
class Comparison:
    """Two records compared: the bits of evidence in all, the prior among them, and the reasons."""

    bits: float
    reasons: tuple[Reason, ...] = field(default=())

    @property
    def verdict(self) -> str:
        """What the bits mean, in a word or two."""
        return verdict(self.bits)


VERY_LIKELY = 7.0
"""Bits from which two records are of one person in more than 99 of 100."""


def verdict(bits: float) -> str:
    """Say how likely so many bits make it; 0 is one of two."""
    if bits >= VERY_LIKELY:
        return "Very likely the same person"
    return "Likely the same person" if bits >= 0 else "Possibly the same person"


@cache
def weights() -> dict[str, Any]:
    """Give the weights as they stand in the file."""
    text = files("sightline.service.children").joinpath("matching_weights.toml").read_text("utf-8")
    return tomllib.loads(text)


def bits_of(what: str, level: str, *, share: float | None = None) -> float:
    """Give the bits of a level of a field; `share` is of a common name, in place of the file's `u`."""
    stated = weights()[what][level]
    return log2(stated["m"] / (share or stated["u"]))


class Shares:
    """The share of people who have a part of a name, which says how little it proves."""

    def __init__(self, count: Any = None, total: int | None = None) -> None:
        self._count = count or (lambda part: NameKey.objects.filter(key=names.spelt(part)).count())
        self._total = total
        self._known: dict[tuple[str, str], float] = {}

    def of(self, what: str, part: str) -> float:
        """Give the share of a part of the name, never nought."""
        if (what, part) not in self._known:
            if self._total is None:
                self._total = KnownPerson.objects.count()
            seen = weights()["seen_before"]
            expected = weights()[what]["same"]["u"] * seen
            self._known[what, part] = (self._count(part) + expected) / (self._total + seen)
        return self._known[what, part]


# --- Comparing


def compare(one: Facts, other: Facts, shares: Shares) -> Comparison:
    """Compare two records, field by field."""
    reasons = [
        *_names(one, other, shares),
        *_born(one, other),
        *_plain("sex", one.sex, other.sex, {"M": "male", "F": "female"}),
        *_plain("nhs_number", one.nhs_number, other.nhs_number),
        *_plain("upn", one.upn, other.upn),
        *_postcode(one, other),
    ]
    return Comparison(weights()["prior"] + sum(each.bits for each in reasons), tuple(reasons))


def _names(one: Facts, other: Facts, shares: Shares) -> list[Reason]:
    best: list[Reason] = []
    for a in one.called:
        for b in other.called:
            for exchanged in (False, True):
                found = _called(a, b[::-1] if exchanged else b, shares)
                if exchanged and found:
                    found.append(
                        Reason(
                            weights()["exchanged"]["label"],
                            "exchanged",
                            "first and last name stand the other way round in one of them",
                            bits_of("exchanged", "yes"),
                        )
                    )
                if found and (not best or _sum(found) > _sum(best)):
                    best = found
    return best


def _sum(reasons: Iterable[Reason]) -> float:
    return sum(each.bits for each in reasons)


def _called(a: tuple[str, str], b: tuple[str, str], shares: Shares) -> list[Reason]:
    found = []
    for what, mine, yours in (("first_names", a[0], b[0]), ("last_name", a[1], b[1])):
        here, there = names.parts(mine), names.parts(yours)
        if not here or not there:
            continue
        level, part = _how_alike(what, here, there)
        share = shares.of(what, part) if level == "same" else None
        found.append(
            Reason(
                weights()[what]["label"],
                level,
                _SAYS[level].format(mine.strip(), yours.strip()),
                bits_of(what, level, share=share),
            )
        )
    return found


_SAYS = {
    "same": "{0} in both",
    "half": "{0} and {1} share a part",
    "form": "{0} and {1} are forms of one name",
    "sound": "{0} and {1} sound the same",
    "near": "{0} and {1} are spelt nearly the same",
    "other": "{0} and {1} differ",
}


def _how_alike(what: str, here: Sequence[str], there: Sequence[str]) -> tuple[str, str]:
    """Give the level at which two names agree, and the part by which they do.

    Of several first names it is the first that counts; with another of them two names agree by half.
    """
    whole = ("".join(here), "".join(there))
    is_first = what == "first_names"
    pairs = [whole, (here[0], there[0])] if is_first else [whole]
    shared = not set(here).isdisjoint(there)
    tests = (
        ("same", any(a == b for a, b in pairs)),
        ("sound", any(names.sound(a) == names.sound(b) for a, b in pairs)),
        ("near", any(JaroWinkler.similarity(a, b) >= _NEAR for a, b in pairs)),
        ("form", is_first and there[0] in names.other_forms(here[0])),
        ("half", shared),
    )
    return next((level for level, holds in tests if holds), "other"), here[0]


def _born(one: Facts, other: Facts) -> Iterator[Reason]:
    if not one.born or not other.born:
        return
    level = "other"
    if one.born == other.born:
        level = "same"
    elif other.born in near_dates(one.born):
        level = "near"
    elif one.born_is_estimated or other.born_is_estimated:
        return  # an estimate that differs says nothing
    says = {
        "same": f"{day(one.born)} in both",
        "near": f"{day(one.born)} and {day(other.born)}: one digit or the order differs",
        "other": f"{day(one.born)} and {day(other.born)} differ",
    }
    yield Reason(weights()["born"]["label"], level, says[level], bits_of("born", level))


def _plain(
    what: str, here: str, there: str, called: dict[str, str] | None = None
) -> Iterator[Reason]:
    if not here or not there or "U" in (here, there):
        return
    level = "same" if here == there else "other"
    shown = [(called or {}).get(each, each) for each in (here, there)]
    says = f"{shown[0]} in both" if level == "same" else f"{shown[0]} and {shown[1]} differ"
    yield Reason(weights()[what]["label"], level, says, bits_of(what, level))


def _postcode(one: Facts, other: Facts) -> Iterator[Reason]:
    if not one.postcodes or not other.postcodes:
        return
    shared = one.postcodes & other.postcodes
    areas = {each.split()[0] for each in one.postcodes} & {
        each.split()[0] for each in other.postcodes
    }
    level = "same" if shared else "area" if areas else "other"
    # A postcode may be one that is not to be told, so none is named here.
    says = {
        "same": "the same postcode, now or before",
        "area": "postcodes of the same area",
        "other": "no postcode in common",
    }
    yield Reason(weights()["postcode"]["label"], level, says[level], bits_of("postcode", level))


# --- People known


def facts_of(people: Sequence[KnownPerson]) -> dict[int, Facts]:
    """Give what is compared of records, by key; each with what the others of the same person say as well."""
    roots = roots_of(people)
    whole: dict[int, list[KnownPerson]] = defaultdict(list)
    everyone = all_of_each({root.pk: root for root in roots.values()}.values())
    root_by_key = {pk: root.pk for pk, root in roots_of(everyone).items()}
    for each in everyone:
        whole[root_by_key[each.pk]].append(each)
    called: dict[int, list[tuple[str, str]]] = {
        root: [(each.first_names, each.last_name) for each in rows] for root, rows in whole.items()
    }
    for alias in Alias.objects.filter(person__in=root_by_key):
        called[root_by_key[alias.person_id]].append((alias.first_names, alias.last_name))
    codes: dict[int, set[str]] = defaultdict(set)
    homes = Residence.objects.filter(person__in=root_by_key).exclude(address__postcode="")
    for person, code in homes.values_list("person", "address__postcode"):
        codes[root_by_key[person]].add(code)
    return {
        each.pk: _facts(
            each, whole[roots[each.pk].pk], called[roots[each.pk].pk], codes[roots[each.pk].pk]
        )
        for each in people
    }


def _facts(
    record: KnownPerson,
    whole: Sequence[KnownPerson],
    called: Sequence[tuple[str, str]],
    codes: Iterable[str],
) -> Facts:
    """Give the facts of a record: its own word, or where it has none the first that another has."""
    rows = (record, *whole)
    born = next((each for each in rows if each.born), record)
    return Facts(
        tuple(called),
        born.born,
        born.born_is_estimated,
        next((each.sex for each in rows if each.sex), ""),
        next((each.nhs_number for each in rows if each.nhs_number), ""),
        next((each.upn for each in rows if each.upn), ""),
        frozenset(codes),
    )


def candidates(person: KnownPerson) -> list[KnownPerson]:
    """Give the people worth comparing: of the same numbers, or of names that sound alike."""
    others = KnownPerson.objects.exclude(pk=person.pk).order_by()
    ways: list[QuerySet[KnownPerson]] = []
    if person.nhs_number:
        ways.append(others.filter(nhs_number=person.nhs_number).exclude(nhs_number=""))
    if person.upn:
        ways.append(others.filter(upn=person.upn).exclude(upn=""))
    sounds = _sounds(person)
    alike = [NameKey.objects.filter(key__in=each).values("person") for each in sounds]
    if person.born and alike:
        either = NameKey.objects.filter(key__in=frozenset().union(*sounds)).values("person")
        ways.append(others.filter(born__in=near_dates(person.born), pk__in=either))
    if len(alike) == 2:
        both = others.filter(pk__in=alike[0]).filter(pk__in=alike[1])
        postcodes = Residence.objects.filter(person=person).values("address__postcode")
        near = Residence.objects.filter(address__postcode__in=postcodes).exclude(
            address__postcode=""
        )
        ways += [both.filter(pk__in=near.values("person")), both.filter(born=None)]
        if not person.born:
            ways.append(both)
    found: dict[int, KnownPerson] = {}
    for way in ways:
        found.update((each.pk, each) for each in way[:_MOST])
    return list(found.values())


def _sounds(person: KnownPerson) -> list[frozenset[str]]:
    """Give the keys under which first names sound, and those of the last; in either place for each."""
    aliases = list(person.aliases.all())
    firsts = [person.first_names, *(each.first_names for each in aliases)]
    lasts = [person.last_name, *(each.last_name for each in aliases)]
    sets = []
    for called in (firsts, lasts):
        parts = [part for name in called for part in names.parts(name)]
        forms = [form for part in parts for form in names.other_forms(part)]
        found = frozenset(names.sounding(part) for part in (*parts, *forms))
        if found:
            sets.append(found)
    return sets


def judge_pair(match: PossibleMatch) -> None:
    """Write on a match that is open what its two records say now, proposed or not."""
    facts = facts_of([match.one, match.other])
    judged = compare(facts[match.one_id], facts[match.other_id], Shares())
    _write(match, judged)


def propose_matches(person: KnownPerson) -> list[PossibleMatch]:
    """Propose whoever a person may be already; what nobody has decided yet is brought up to date.

    A person is compared by each of their records.
    """
    found: dict[int, tuple[KnownPerson, Comparison]] = {}
    root = root_of(person)
    records = all_of(root)
    pairs = [(record, each) for record in records for each in candidates(record)]
    near = {each.pk: each for pair in pairs for each in pair}
    roots, facts, shares = roots_of(near.values()), facts_of(list(near.values())), Shares()
    for record, each in pairs:
        other = roots[each.pk]
        if other.pk == root.pk:
            continue
        first, second = sorted((record.pk, each.pk), key=lambda pk: roots[pk].pk)
        judged = compare(facts[first], facts[second], shares)
        if judged.bits >= weights()["propose_at"] and (
            other.pk not in found or found[other.pk][1].bits < judged.bits
        ):
            found[other.pk] = (other, judged)
    _withdraw(root, found)
    return [_propose(root, other, judged) for other, judged in found.values()]


def _withdraw(person: KnownPerson, found: Iterable[int]) -> None:
    """Take back what was proposed and is like no longer; pairs put together by hand are for a person."""
    least = weights()["propose_at"]
    about = PossibleMatch.objects.filter(state=PossibleMatch.State.OPEN, weight__gte=least)
    about.filter(one=person).exclude(other__in=found).delete()
    about.filter(other=person).exclude(one__in=found).delete()


def _propose(person: KnownPerson, other: KnownPerson, judged: Comparison) -> PossibleMatch:
    match = pair_of(person, other)
    _write(match, judged)
    return match


def _write(match: PossibleMatch, judged: Comparison) -> None:
    reasons = [asdict(each) for each in judged.reasons]
    changed = match.weight != judged.bits or match.reasons != reasons
    if match.state == PossibleMatch.State.OPEN and changed:
        if match.weight < VERY_LIKELY <= judged.bits:
            match.found_at = timezone.now()  # nobody has seen it as it is now
        match.weight, match.reasons = judged.bits, reasons
        match.save(update_fields=["weight", "reasons", "found_at"])


def pair_of(one: KnownPerson, other: KnownPerson) -> PossibleMatch:
    """Give the possible match of two people; made, open and without reasons, where there is none."""
    first, second = sorted((one, other), key=lambda each: each.pk)
    found, _ = PossibleMatch.objects.get_or_create(
        one=first, other=second, defaults={"weight": 0.0}
    )
    return found
