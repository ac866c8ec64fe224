"""How well two records of one person are told from records of two, on invented people.

`--weights` estimates the weights of `matching_weights.toml`: `u` from pairs of records taken at random, `m`
from people written down twice. Without it, other people are invented, some written down twice, and each such
second record is compared with whoever the service would compare it with; precision and recall are printed
for several numbers of bits. The names' shares are those of the invented people, as in the service.
"""

import argparse
import os
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from invented_people import Invented, Population

BITS = (-6, -3, 0, 3, 7, 10)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--twice", type=int, default=5_000, help="People written down twice.")
    parser.add_argument("--weights", action="store_true")
    parser.add_argument("--seed", type=int)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="people-matching-") as folder:
        prepare(Path(folder))
        if told.weights:
            estimate(Population(told.seed or 101), told.people)
        else:
            judge(Population(told.seed or 202), told.people, told.twice)


def prepare(home: Path) -> None:
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "bare_settings",
        "SIGHTLINE_HOME": str(home),
        "SIGHTLINE_SECRET_KEY": "bench " * 12,
    }
    import django

    django.setup()


def facts(record: Invented) -> "object":
    from sightline.service.children.matching import Facts

    return Facts(
        ((record.first_names, record.last_name),),
        record.born,
        sex=record.sex,
        nhs_number=record.nhs_number,
        postcodes=frozenset({record.postcode} - {""}),
    )


def estimate(draw: Population, count: int) -> None:
    """Print how often each field comes out at each level, of one person's records and of two people's."""
    from sightline.service.children.matching import Shares, compare

    shares = Shares(lambda _: 0, 1)
    people = drawn(draw, count)
    pairs = {
        "m": [(each, draw.second_record(each)) for each in people[: count // 2]],
        "u": [(draw.random.choice(people), draw.random.choice(people)) for _ in range(count * 3)],
    }
    seen: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for which, some in pairs.items():
        for one, other in some:
            if one is not other:
                for reason in compare(facts(one), facts(other), shares).reasons:
                    seen[reason.field][reason.agrees][which] += 1
    for field, levels in seen.items():
        totals = {which: sum(each[which] for each in levels.values()) for which in pairs}
        print(f"[{field}]  of one person {totals['m']:,} pairs, of two {totals['u']:,}")
        for level, counts in levels.items():
            m, u = (max(counts[which], 0.5) / max(totals[which], 1) for which in pairs)
            print(f"  {level:10} m = {m:.5f}, u = {u:.7f}")


def drawn(draw: Population, count: int) -> list[Invented]:
    people: list[Invented] = []
    while len(people) < count:
        people += draw.family()
    return people[:count]


@dataclass
class Block:
    """People under a key, as the service finds whom to compare."""

    by: dict[object, list[int]]

    @classmethod
    def of(cls) -> "Block":
        return cls(defaultdict(list))


def judge(draw: Population, count: int, twice: int) -> None:
    """Write some people down twice; print precision and recall at several numbers of bits."""
    from sightline.service.children import names
    from sightline.service.children.matching import Shares, compare
    from sightline.service.children.search import near_dates

    people = drawn(draw, count)
    again = [(at, draw.second_record(people[at])) for at in draw.random.sample(range(count), twice)]
    parts = Counter(
        part
        for each in people
        for part in {*names.parts(each.first_names), *names.parts(each.last_name)}
    )
    shares = Shares(parts.__getitem__, count)
    born, number, sounds = Block.of(), Block.of(), Block.of()
    heard = [heard_of(each) for each in people]
    for at, each in enumerate(people):
        born.by[each.born].append(at)
        if each.nhs_number:
            number.by[each.nhs_number].append(at)
        for first in heard[at][0]:
            for last in heard[at][1]:
                sounds.by[first, last].append(at)
    right: Counter[int] = Counter()
    wrong: Counter[int] = Counter()
    compared = never = 0
    for at, second in again:
        said = heard_of(second)
        near = set(number.by.get(second.nhs_number, ())) if second.nhs_number else set()
        pairs = [pair for f in said[0] for last in said[1] for pair in ((f, last), (last, f))]
        both = {each for pair in pairs for each in sounds.by.get(pair, ())}
        if second.born:
            either = said[0] | said[1]
            for day in near_dates(second.born):
                near |= {
                    each
                    for each in born.by.get(day, ())
                    if not either.isdisjoint(heard[each][0] | heard[each][1])
                }
            near |= {
                each
                for each in both
                if people[each].postcode and people[each].postcode == second.postcode
            }
        else:
            near |= both
        compared += len(near)
        never += at not in near
        for other in near:
            judged = compare(facts(people[other]), facts(second), shares).bits
            for bits in BITS:
                if judged >= bits:
                    (right if other == at else wrong)[bits] += 1
    print(
        f"{count:,} people, {twice:,} of them written down twice; {compared / twice:.1f} compared each"
    )
    print(f"not compared at all with who they are: {never / twice:.1%}")
    print("bits   proposed   right   precision   recall")
    for bits in BITS:
        proposed = right[bits] + wrong[bits]
        precision = right[bits] / proposed if proposed else 0.0
        print(
            f"{bits:4} {proposed:10,} {right[bits]:7,} {precision:11.3f} {right[bits] / twice:8.3f}"
        )


def heard_of(record: Invented) -> tuple[frozenset[str], frozenset[str]]:
    """Give how first names and last name sound, other forms of the first too."""
    from sightline.service.children import names

    def sounds(name: str) -> frozenset[str]:
        parts = names.parts(name)
        forms = [form for part in parts for form in names.other_forms(part)]
        return frozenset(names.sounding(each) for each in (*parts, *forms))

    return sounds(record.first_names), sounds(record.last_name)


if __name__ == "__main__":
    main()
