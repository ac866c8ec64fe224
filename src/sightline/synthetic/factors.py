"""What assessments find: factors that go with the primary need, of the code set of the year."""

from random import Random

from sightline.synthetic.events import Episode

_SEVERAL = {
    "N1": {
        "3B": 45,
        "4B": 34,
        "2B": 22,
        "1B": 19,
        "17A": 22,
        "16A": 19,
        "PHY": 14,
        "SEX": 6,
        "4A": 9,
    },
    "N2": {"5A": 40, "6A": 38, "4B": 8, "7A": 3},
    "N3": {"4B": 50, "6B": 38, "5B": 15, "7A": 12},
    "N4": {"4B": 32, "3B": 18, "4A": 15, "20": 20, "2B": 12},
    "N5": {"3B": 32, "4B": 28, "1B": 16, "2B": 15, "17A": 11, "4A": 12},
    "N6": {"14A": 60, "2A": 20, "15A": 12, "10A": 15, "13A": 10, "EXPLOITED": 15, "4A": 20},
    "N7": {"20": 60, "4B": 15},
    "N8": {"20": 40, "9A": 35, "4A": 10},
}
_PHYSICAL, _SEXUAL = ("18B", "18C"), ("19B", "19C")
_SPLIT_SINCE, _EXPLOITATION_SINCE = 2021, 2022
_NONE_FOUND = "21"


def factors(episode: Episode, year: int, random: Random) -> tuple[str, ...]:
    """Give the factors of an assessment that ended in the year ending 31 March `year`.

    One that found none, and led to no more, has the code that says so and no other.
    """
    if episode.reason == "RC8" and random.random() < 0.3:
        return (_NONE_FOUND,)
    likely = _SEVERAL.get(episode.need, {"20": 60, "4B": 20, "3B": 20})
    found = {code for code, chance in likely.items() if random.random() * 100 < chance}
    found = found or {max(likely, key=lambda code: likely[code])}
    return tuple(sorted({_of_the_year(code, year, random) for code in sorted(found)}))


def _of_the_year(code: str, year: int, random: Random) -> str:
    if code == "PHY":
        return random.choice(_PHYSICAL) if year >= _SPLIT_SINCE else "18A"
    if code == "SEX":
        return random.choice(_SEXUAL) if year >= _SPLIT_SINCE else "19A"
    if code == "EXPLOITED":
        return "24A" if year >= _EXPLOITATION_SINCE else "11A"
    return code
