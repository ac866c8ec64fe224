"""How numbers, dates and changes are written for people, in every output alike."""

from datetime import date


def shown(value: float | None, unit: str = "") -> str:
    """Write a value in its unit: 47.0%, 1,234, 26.5; a dash where there is none."""
    if value is None:
        return "–"
    if unit == "percent":
        return f"{value:.1f}%"
    if unit == "rate" or unit.startswith("per "):
        return f"{value:,.1f}"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def count(value: float | None) -> str:
    """Write a count or a sum: whole where it is whole."""
    return shown(value)


def day(value: date | None) -> str:
    """Write a date as 31 March 2016; nothing where there is none."""
    return f"{value:%-d %B %Y}" if value else ""


def change(now: float | None, before: float | None, unit: str) -> str:
    """Write the change between two values: points of a percentage, else a number."""
    if now is None or before is None:
        return ""
    difference = round(now - before, 1)
    if difference == 0:
        return "no change"
    sign = "+" if difference > 0 else "−"
    size = shown(abs(difference))
    return f"{sign}{size} points" if unit == "percent" else f"{sign}{size}"


def lower_first(text: str) -> str:
    """Begin a title in the middle of a sentence, unless it begins with a capitalised name."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def period(start: date, end: date) -> str:
    """Name a period: March 2016, October to December 2015, year to 31 March 2016, or its dates."""
    days = (end - start).days
    whole = start.day == 1 and (end.month, end.day) in _MONTH_ENDS | {(2, 28), (2, 29)}
    if start == end:
        return f"at {day(end)}"
    if whole and days <= 30:
        return f"{end:%B %Y}"
    if whole and 88 <= days <= 92:
        return f"{start:%B} to {end:%B %Y}"
    if 364 <= days <= 365:
        return f"year to {day(end)}"
    return f"{day(start)} to {day(end)}"


_MONTH_ENDS = {
    (month, 31 if month in (1, 3, 5, 7, 8, 10, 12) else 30) for month in range(1, 13) if month != 2
}
