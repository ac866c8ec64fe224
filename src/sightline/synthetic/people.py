"""Who the invented children are: ages, districts, ethnic groups and disabilities of plausible shares.

Identifiers begin with INV, and unique pupil numbers name a school number that no school has, so that
neither can be taken for a real child's.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from sightline.clocks.calendar import due
from sightline.published.areas import districts
from sightline.synthetic.events import NEVER, Child, Episode, Plan, birthday

INVENTED = "INV"
LOCALITIES = ("Ashdown", "Brookside", "Castlefield", "Denewood", "Eastbrook", "Fairlea")
"""Districts of an authority that has none."""

_AGES = ((0, 9), (1, 24), (5, 29), (10, 29), (16, 9))
"""Age bands of children referred, by their first year, and how many in a hundred."""
_ETHNICITIES = {
    "WBRI": 775, "WOTH": 45, "WIRI": 4, "WIRT": 3, "WROM": 8, "MWBC": 26, "MWBA": 7, "MWAS": 14,
    "MOTH": 18, "APKN": 28, "AIND": 6, "ABAN": 8, "AOTH": 9, "BAFR": 12, "BCRB": 6, "BOTH": 6,
    "CHNE": 2, "OOTH": 9, "NOBT": 12, "REFU": 2,
}  # fmt: skip
_DISABILITIES = (
    "LD",
    "AUT",
    "BEH",
    "COMM",
    "MOB",
    "PC",
    "HEAR",
    "VIS",
    "INC",
    "HAND",
    "CON",
    "DDA",
)
_CHECK_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_AREA_LETTERS = "ZZ"
"""An outward code that the Post Office does not use, so that no postcode is a real one."""


class Nursery:
    """Invents the children of one authority, in the order in which they are first known.

    `authority` is its number, and `like` that of the real one whose districts it has.
    """

    def __init__(self, authority: str, like: str, random: Random) -> None:
        self.authority = authority
        self.random = random
        self.children: list[Child] = []
        named = tuple(districts(like).values())
        self.districts: tuple[str, ...] = named if len(named) > 1 else LOCALITIES
        self._weights = [random.uniform(0.7, 1.4) for _ in self.districts]

    def child_for(self, episode: Episode, day: date) -> Child:
        """Invent the child of an episode that is known up to a day, and give it to them."""
        birth = episode.birth or self._birth(episode, day)
        child = self.child(birth, day, disabled=episode.need == "N2")
        if any(period.unaccompanied for period in episode.care):
            child.ethnicity = self.random.choice(("OOTH", "BAFR", "AOTH"))
            child.sex = "M" if self.random.random() < 0.9 else "F"
        child.episodes.append(episode)
        return child

    def child(self, birth: date, day: date, *, disabled: bool = False) -> Child:
        """Invent a child born on a day. A child of school age on `day` has a pupil number."""
        random = self.random
        number = len(self.children) + 1
        place = random.choices(range(len(self.districts)), self._weights)[0]
        codes: tuple[str, ...] = ("NONE",)
        if disabled or random.random() < 0.06:
            codes = tuple(sorted(random.sample(_DISABILITIES, random.choice((1, 1, 1, 2, 3)))))
        child = Child(
            id=f"{INVENTED}{self.authority}{number:06d}",
            birth=birth,
            sex=random.choices(("M", "F", "U"), (52, 47, 0))[0],
            ethnicity=random.choices(list(_ETHNICITIES), list(_ETHNICITIES.values()))[0],
            disabilities=codes,
            district=self.districts[place],
            postcode=self._postcode(place),
            upn=self._pupil_number(number) if birthday(birth, 4) <= day else "",
        )
        self.children.append(child)
        return child

    def give_history(self, child: Child, first_year: int) -> bool:
        """Give a child a plan that ended before the first year; false for one too young for it."""
        before = date(first_year - 1, 4, 1)
        room = (before - child.birth).days
        if room < 200:
            return False
        # At most six years back: what an extract of the case system holds.
        start = due(before - timedelta(days=self.random.randint(150, min(room - 30, 2100))), -1)
        end = start + timedelta(days=self.random.randint(60, min(400, (before - start).days - 20)))
        category = self.random.choice(("NEG", "EMO", "PHY"))
        child.earlier_plans.append(Plan(start, end, category, category))
        return True

    def _birth(self, episode: Episode, day: date) -> date:
        """Choose a birth date: under 18 for as long as the episode is known to go on."""
        until = max(
            episode.closure or day, day if episode.busy_until == NEVER else episode.busy_until
        )
        oldest = max(
            date(until.year - 18, until.month, min(until.day, 28)) + timedelta(days=4),
            episode.born_after + timedelta(days=1)
            if episode.born_after > date.min
            else date(1980, 1, 1),
        )
        newest = episode.referral - timedelta(days=1)
        for _ in range(20):
            low, _ = self.random.choices(_AGES, [share for _, share in _AGES])[0]
            high = next((first for first, _ in _AGES if first > low), 18)
            birth = newest - timedelta(days=self.random.randint(low * 365, high * 365 - 1))
            if oldest <= birth:
                return birth
        return newest - timedelta(days=self.random.randint(0, max(0, (newest - oldest).days)))

    def _postcode(self, place: int) -> str:
        letters = "ABDEFGHJLNPQRSTUWXYZ"
        inward = "".join(self.random.choices(letters, k=2))
        return f"{_AREA_LETTERS}{place + 1} {self.random.randint(1, 9)}{inward}"

    def _pupil_number(self, number: int) -> str:
        """Give a number of the right form, with its check letter, of a school that there is not."""
        digits = f"{self.authority}{number:09d}"
        weighted = sum(int(digit) * weight for weight, digit in enumerate(digits, start=2))
        return f"{_CHECK_LETTERS[weighted % 23]}{digits}"


def postcode_districts(names: Sequence[str]) -> dict[str, str]:
    """Give the district of each invented outward code."""
    return {f"{_AREA_LETTERS}{place}": name for place, name in enumerate(names, start=1)}
