"""Invented people for the benches: names by how common they are, and the slips made in writing them down.

No name is of a list of real people. Names that are common in England stand for the common ones, each with
about the share of people it has (a few in a thousand); the rest are put together of syllables, as a long tail
of rare names is.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate
from random import Random


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FIRSTS = _words(
    "Oliver George Harry Jack Jacob Noah Charlie Muhammad Thomas Oscar William James Leo Alfie Henry "
    "Joshua Freddie Archie Ethan Isaac Alexander Joseph Edward Samuel Max Logan Lucas Daniel Theo Arthur "
    "Mohammed Harrison Benjamin Mason Finley Sebastian Adam Dylan Zachary Riley Teddy David Michael John "
    "Paul Andrew Mark Stephen Robert Richard Christopher Matthew Peter Ryan Luke Nathan Connor Kieran "
    "Olivia Amelia Isla Ava Emily Isabella Mia Poppy Ella Lily Jessica Sophie Grace Freya Evie Charlotte "
    "Aria Sophia Phoebe Daisy Alice Florence Millie Sienna Maryam Fatima Aisha Zainab Hannah Elizabeth "
    "Sarah Laura Emma Rebecca Rachel Samantha Nicola Michelle Lisa Karen Susan Margaret Patricia Julie "
    "Katarzyna Agnieszka Piotr Tomasz Mateusz Yusuf Ibrahim Abdullah Hassan Ali Omar Bilal Zara Anaya "
    "Chloe Megan Lauren Bethany Caitlin Niamh Siobhan Aoife Sean Liam Rhys Owen Carys Bronwen Catherine"
)
LASTS = _words(
    "Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel Robinson Wright Thompson Evans Walker "
    "White Roberts Green Hall Thomas Clarke Jackson Wood Harris Edwards Turner Martin Cooper Hill Ward "
    "Hughes Moore Clark King Harrison Lewis Baker Lee Allen Morris Khan Scott Watson Davis Parker James "
    "Bennett Young Phillips Richardson Mitchell Bailey Carter Cook Singh Shaw Bell Collins Morgan Kelly "
    "Begum Miller Cox Hussain Marshall Simpson Price Anderson Adams Wilkinson Foster Ellis Murphy "
    "Chapman Mason Gray Richards Webb Rogers Hunt Hussein Mills Holmes Palmer Matthews Gibson Fisher "
    "Barnes Knight Lloyd Butler Russell Stevens Barker Ahmed Ali Akhtar Kaur Chowdhury Iqbal Malik "
    "Nowak Kowalski Wisniewski Kaminski Lewandowski Popescu Ionescu Campbell Stewart Reid Ross Fraser "
    "MacDonald McKenzie O’Brien O’Connor Byrne Ryan Walsh Doyle Gallagher Pritchard Griffiths Jenkins"
)
_STARTS = _words("Br Cr D Dr F Fl G Gr H K L M N P R S Sh St T Th Tr V W Wh B C")
_VOWELS = _words("a e i o u ai ea oo ow ar er or en an in el")
_MIDDLES = _words("l ll m n nd nt r rs st t tt v x ck d g p")
_ENDINGS = _words("ton ham ley ford well wood worth by den man son er ing field shaw land more")
_SOUNDED = (
    ("ph", "f"),
    ("y", "i"),
    ("ie", "y"),
    ("ck", "k"),
    ("ee", "ea"),
    ("th", "t"),
    ("ai", "ay"),
)
_SHORT = {
    "Elizabeth": "Liz",
    "Thomas": "Tom",
    "William": "Billy",
    "Joshua": "Josh",
    "Samuel": "Sam",
    "Benjamin": "Ben",
    "Daniel": "Danny",
    "Christopher": "Chris",
    "Matthew": "Matt",
    "Catherine": "Kate",
    "Rebecca": "Becky",
    "Samantha": "Sam",
    "Michael": "Mike",
    "Andrew": "Andy",
    "Alexander": "Alex",
    "Charlotte": "Lottie",
    "Isabella": "Bella",
    "Margaret": "Maggie",
    "Edward": "Ted",
    "Zachary": "Zak",
    "Nicola": "Nicky",
    "Katarzyna": "Kasia",
    "Joseph": "Joe",
    "Robert": "Bob",
    "Richard": "Rick",
}


@dataclass(frozen=True)
class Invented:
    """One record of an invented person."""

    first_names: str
    last_name: str
    born: date | None
    sex: str
    nhs_number: str = ""
    upn: str = ""
    postcode: str = ""


class Population:
    """People drawn one after the other; the same for the same seed."""

    def __init__(self, seed: int, *, tail: int = 12_000) -> None:
        self.random = Random(seed)
        tail_of = Random(
            1
        )  # the tail is the same for every seed: it is the land's, not the sample's
        self._lasts = (*LASTS, *(_made_up(tail_of) for _ in range(tail)))
        weights = [1.2 / (2 + rank) for rank in range(len(LASTS))]
        rest = sum(weights) * 1.0 / tail
        self._last_weights = list(accumulate([*weights, *([rest] * tail)]))
        self._first_weights = list(accumulate(1 / (6 + rank) for rank in range(len(FIRSTS))))
        self._tail_firsts = [_made_up(tail_of)[:7].capitalize() for _ in range(2_000)]

    def _first(self) -> str:
        if self.random.random() < 0.1:
            return self.random.choice(self._tail_firsts)
        return self.random.choices(FIRSTS, cum_weights=self._first_weights)[0]

    def _last(self) -> str:
        one = self.random.choices(self._lasts, cum_weights=self._last_weights)[0]
        if self.random.random() < 0.03:
            return f"{one}-{self.random.choices(self._lasts, cum_weights=self._last_weights)[0]}"
        return one

    def person(self) -> Invented:
        """Draw somebody: two in three are children of 0 to 18, the others adults."""
        draw = self.random
        days = (
            draw.randrange(18 * 365) if draw.random() < 0.66 else draw.randrange(18 * 365, 60 * 365)
        )
        middle = f" {self._first()}" if draw.random() < 0.4 else ""
        return Invented(
            self._first() + middle,
            self._last(),
            date(2016, 3, 31) - timedelta(days=days),
            draw.choice("MF"),
            nhs_number=self._nhs() if draw.random() < 0.6 else "",
            postcode=self._postcode() if draw.random() < 0.9 else "",
        )

    def _nhs(self) -> str:
        while True:
            nine = f"{self.random.randrange(4 * 10**8, 8 * 10**8)}"
            check = (
                11 - sum(int(d) * w for d, w in zip(nine, range(10, 1, -1), strict=True)) % 11
            ) % 11
            if check < 10:
                return f"{nine}{check}"

    def _postcode(self) -> str:
        draw = self.random
        letters = "ABDEFGHJLNPQRSTUWXYZ"
        end = draw.choice(letters) + draw.choice(letters)
        return f"WR{draw.randrange(1, 16)} {draw.randrange(1, 10)}{end}"

    def family(self) -> Iterator[Invented]:
        """Draw one to four people of a household: they share last name and postcode, two may be twins."""
        first = self.person()
        yield first
        for _ in range(self.random.choices((0, 1, 2, 3), (50, 25, 15, 10))[0]):
            other = replace(self.person(), last_name=first.last_name, postcode=first.postcode)
            if self.random.random() < 0.03:
                other = replace(other, born=first.born)
            yield other

    # --- Slips

    def second_record(self, of: Invented) -> Invented:
        """Write somebody down a second time, with the slips that are made in doing so.

        First name: a short form 8%, only the first of several half the time, a misspelling 7%, by ear 4%.
        Last name: a misspelling 5%, by ear 3%, half of it or another name 5% (marriage, a step-parent).
        Exchanged 1%. Date of birth: missing 8%, one slip 4%, another 1.5%. Sex wrong or missing 1% and 3%.
        NHS number missing half the time, wrong 1%. Postcode: moved 25%, missing 15%.
        """
        draw = self.random
        first, last = of.first_names, of.last_name
        if draw.random() < 0.5:
            first = first.split()[0]
        if draw.random() < 0.08:
            first = _SHORT.get(first.split()[0], first)
        if draw.random() < 0.07:
            first = self._misspelt(first)
        if draw.random() < 0.04:
            first = self._by_ear(first)
        if draw.random() < 0.05:
            last = self._misspelt(last)
        if draw.random() < 0.03:
            last = self._by_ear(last)
        if draw.random() < 0.05:
            last = draw.choice(last.split("-")) if "-" in last else self._last()
        if draw.random() < 0.01:
            first, last = last, first
        return Invented(
            first,
            last,
            self._born(of.born),
            self._sex(of.sex),
            nhs_number=self._number(of.nhs_number),
            postcode=self._home(of.postcode),
        )

    def _misspelt(self, name: str) -> str:
        at = self.random.randrange(1, max(len(name) - 1, 2))
        kind = self.random.randrange(4)
        if kind == 0:
            return name[:at] + name[at + 1 :]
        if kind == 1:
            return name[:at] + name[at] + name[at:]
        if kind == 2 and at + 1 < len(name):
            return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
        return name[:at] + self.random.choice("aeiounrstl") + name[at + 1 :]

    def _by_ear(self, name: str) -> str:
        pairs = [pair for two in _SOUNDED for pair in (two, two[::-1])]
        self.random.shuffle(pairs)
        for written, otherwise in pairs:
            if written in name[1:]:
                return name[0] + name[1:].replace(written, otherwise, 1)
        return f"{name}e"

    def _born(self, born: date | None) -> date | None:
        chance = self.random.random()
        if born is None or chance < 0.08:
            return None
        if chance < 0.12:
            return self._slipped(born)
        if chance < 0.135:
            return born + timedelta(days=self.random.randrange(20, 2_000))
        return born

    def _slipped(self, born: date) -> date:
        while True:
            kind = self.random.randrange(3)
            try:
                if kind == 0:
                    return born.replace(day=born.month, month=born.day)
                if kind == 1:
                    return born.replace(day=born.day + self.random.choice((-1, 1, 10, -10)))
                return born.replace(year=born.year + self.random.choice((-1, 1)))
            except ValueError:
                continue

    def _sex(self, sex: str) -> str:
        chance = self.random.random()
        if chance < 0.01:
            return "M" if sex == "F" else "F"
        return "" if chance < 0.04 else sex

    def _number(self, number: str) -> str:
        chance = self.random.random()
        return "" if chance < 0.5 else self._nhs() if number and chance < 0.51 else number

    def _home(self, postcode: str) -> str:
        chance = self.random.random()
        return "" if chance < 0.15 else self._postcode() if chance < 0.40 else postcode


def _made_up(draw: Random) -> str:
    middle = draw.choice(_VOWELS) + draw.choice(_MIDDLES)
    if draw.random() < 0.4:
        middle += draw.choice(_VOWELS) + draw.choice(_MIDDLES)
    return draw.choice(_STARTS) + middle + draw.choice(_ENDINGS)
