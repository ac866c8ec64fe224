"""How numbers, dates and changes are written for people, in every output alike."""

from datetime import date

from sightline.indicators.disclosure import SMALLEST_SHOWN, SYMBOL
from sightline.indicators.figures import Figure
from sightline.published.figures import rounded

HIDDEN = SYMBOL
"""Stands for a number hidden so that no child can be made out, as in the Department's tables."""
WITHHELD = "w"
"""Stands for a number withheld because the data behind it are not usable."""
NONE = "–"
NOT_KNOWN = "Not known"
GRADES = {
    "A": "at least 99% of rows usable in the fields a figure needs",
    "B": "at least 95% of rows usable in the fields a figure needs",
    "C": "at least 90% of rows usable in the fields a figure needs",
    "D": "at least 75% of rows usable in the fields a figure needs",
    "E": "fewer than 75% of rows usable in the fields a figure needs, or a check failed; "
    "a figure with fewer than half, or a failed check, is withheld",
}
MONTH_ENDS = {
    (month, 31 if month in (1, 3, 5, 7, 8, 10, 12) else 30) for month in range(1, 13) if month != 2
} | {(2, 28), (2, 29)}


def shown(value: float | None, unit: str = "") -> str:
    """Write a value in its unit: 47.0%, 1,234, 26.5; a dash where there is none.

    Halves are rounded away from nought, as in the published tables.
    """
    if value is None:
        return NONE
    if unit == "percent":
        return f"{rounded(value):.1f}%"
    if unit.startswith("per "):
        return f"{rounded(value):,.1f}"
    return f"{value:,.0f}" if float(value).is_integer() else f"{rounded(value):,.1f}"


def count(value: float | None) -> str:
    """Write a count or a sum: whole where it is whole."""
    return shown(value)


def is_hidden(figure: Figure) -> bool:
    """Whether a figure's value is hidden, so that no child can be made out."""
    return bool(figure.suppressed) and figure.value is None


def is_unknown(figure: Figure) -> bool:
    """Whether nothing is known of anything in the denominator, so that 0 of it says nothing."""
    return bool(figure.unknown and figure.denominator and figure.unknown >= figure.denominator)


def value(figure: Figure | None) -> str:
    """Write a figure's value; `c` where it is hidden, `w` where it is withheld."""
    if figure is None:
        return NONE
    if figure.withheld:
        return WITHHELD
    if is_unknown(figure):
        return NOT_KNOWN
    return HIDDEN if is_hidden(figure) else shown(figure.value, figure.unit)


def numerator(figure: Figure) -> str:
    """Write the numerator of a share; `c` where it is hidden, `w` where it is withheld."""
    if figure.withheld:
        return WITHHELD
    return HIDDEN if figure.suppressed and figure.numerator is None else shown(figure.numerator)


def denominator(figure: Figure) -> str:
    """Write the denominator of a share; `c` where it is hidden, `w` where it is withheld."""
    if figure.withheld:
        return WITHHELD
    return HIDDEN if figure.suppressed and figure.denominator is None else shown(figure.denominator)


def unit_of(unit: str) -> str:
    """Write a unit to stand after a number: nothing for a percentage, which has its sign."""
    return "" if unit == "percent" else unit


def under(figure: Figure | None) -> str:
    """Write what stands under a value: 374 of 795, 430.2 per 10,000, working days over 6,662."""
    if figure is None:
        return ""
    definition = figure.definition
    if definition.is_share or definition.is_profile:
        over = f"{numerator(figure)} of {denominator(figure)}"
        return over if figure.unit == "percent" else f"{figure.unit}: {over}"
    if figure.withheld or is_hidden(figure):
        return figure.unit
    if figure.rate is not None:
        return f"{rounded(figure.rate):,.1f} per 10,000"
    if figure.denominator is not None:
        return f"{figure.unit}, over {count(figure.denominator)}"
    return figure.unit


def bar(figure: Figure) -> str:
    """Write what stands beside a bar: 47.0% (374 of 795), or the value alone."""
    if not (figure.definition.is_share or figure.definition.is_profile):
        return value(figure)
    return f"{value(figure)} ({numerator(figure)} of {denominator(figure)})"


def middle_half(figure: Figure) -> str:
    """Write the quartiles of a median: 20 to 38; empty where there are none."""
    if figure.lower_quartile is None or figure.upper_quartile is None:
        return ""
    return f"{shown(figure.lower_quartile)} to {shown(figure.upper_quartile)}"


def not_known(figure: Figure) -> str:
    """Write how many answers are not known, as `26 not known`; empty where all are."""
    if figure.unknown == 0 or figure.withheld:
        return ""
    return f"{HIDDEN if figure.unknown is None else count(figure.unknown)} not known"


def findings(number: int, *, published: bool) -> str:
    """Write a number of rows with something wrong; for publication, `c` for 1 to 5."""
    return HIDDEN if published and 0 < number < SMALLEST_SHOWN else count(number)


def day(value: date | None) -> str:
    """Write a date as 31 March 2016; nothing where there is none."""
    return f"{value:%-d %B %Y}" if value else ""


def change(now: float | None, before: float | None, unit: str) -> str:
    """Write the change between two values as they are written: points of a percentage, else a number."""
    if now is None or before is None:
        return ""
    difference = round(rounded(now) - rounded(before), 1)
    if difference == 0:
        return "no change"
    sign = "+" if difference > 0 else "−"
    size = shown(abs(difference))
    return f"{sign}{size} points" if unit == "percent" else f"{sign}{size}"


def lower_first(text: str) -> str:
    """Begin a title in the middle of a sentence, unless it begins with a capitalised name."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def capitalised(text: str) -> str:
    """Begin a sentence with a text, leaving the rest of it as it is."""
    return text[:1].upper() + text[1:]


def period(start: date, end: date) -> str:
    """Name a period: March 2016, October to December 2015, year to 31 March 2016, or its dates."""
    days = (end - start).days
    whole = start.day == 1 and (end.month, end.day) in MONTH_ENDS
    if start == end:
        return f"at {day(end)}"
    if whole and days <= 30:
        return f"{end:%B %Y}"
    if whole and 88 <= days <= 92:
        return f"{start:%B} to {end:%B %Y}"
    if 364 <= days <= 365:
        return f"year to {day(end)}"
    return f"{day(start)} to {day(end)}"


def the_period(start: date, end: date) -> str:
    """Name a period in a sentence: the year to 31 March 2016, October to December 2015."""
    named = period(start, end)
    return f"the {named}" if named.startswith("year") else named


def short_period(start: date, end: date) -> str:
    """Name a month or a quarter in little room: Mar 2016, Jan–Mar 2016, else the last day."""
    days = (end - start).days
    if start == end or days <= 30:
        return f"{end:%b %Y}"
    if days <= 92:
        return f"{start:%b}–{end:%b %Y}"
    return f"{end:%-d %b %Y}"
