"""One set of rules that turns the text of a cell into a value, for every format.

Dates, numbers and plain text are SQL expressions for DuckDB, so that a column is read in one pass;
codes and yes/no words are few and different, so each spelling is read once, in Python. What cannot
be read is null, and `explain` says why. The rules (FORMATS.md, GEN-06 to GEN-10):

- White space of any kind at the ends goes, no-break spaces become spaces, zero-width signs go.
- Dates: `2016-04-01`, a date-time (`2016-04-01T09:30:00Z`: the day as written, no zone shift),
  `01/04/2016`, `1-4-2016`, `01.04.2016` (day first always, a time may follow), `01-Apr-2016`.
  A year of two digits is not guessed. A day that does not exist, a placeholder (1 January 1900,
  31 December 9999) and a year outside 1901 to 2100 are no date.
- Moments: `2016-04-01T09:30:00Z`, of Coordinated Universal Time and no other.
- Whole numbers: `3`, `3.0`. Numbers: digits with or without a decimal point, or `6.1E-05`.
- Yes/no: the words of the list `yes_no`. A stated "Unknown" or "NA" is an allowed answer that gives
  no value, as a blank does: it is null, never "no", and no finding.
- A blank mark (`-`, `..`, `PLACEHOLDER_DATA`) is null and counted; a spreadsheet error (`#N/A`) is
  null and a finding.
- A code that cannot be read is kept, trimmed and in capitals, and flagged.
"""

import re
from dataclasses import dataclass

from sightline.records import Kind
from sightline.records.codes import YES_NO, find_code

_TO_SPACE = (
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006"
    "\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
_TO_NOTHING = "\u200b\u200c\u200d\u2060\ufeff"
_WHITE = " \t\r\n\x0b\x0c"

BLANK_MARKS = frozenset(
    {"-", "–", "—", ".", "..", "...", "<blank>", "data not captured in mosaic", "n/a", "null"}
)
"""Text that stands for a blank, in small letters."""

PLACEHOLDERS = frozenset({"placeholder_data", "placeholderstr"})
"""Text that public builds leave where they hold no value, in small letters."""

ERROR_VALUES = frozenset(
    {"#n/a", "#ref!", "#value!", "#name?", "#div/0!", "#null!", "#num!", "#multivalue"}
)
"""Errors of a spreadsheet, in small letters."""

FIRST_YEAR, LAST_YEAR = 1901, 2100
"""Years a date may have (`_IN_RANGE` says the same); nobody in the data was born before the first."""

_MONTH = (
    "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    "Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
)
_TIME = r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?"
_ISO = rf"\d{{4}}-\d{{2}}-\d{{2}}([T ]{_TIME}(Z|[+-]\d{{2}}:?\d{{2}})?)?"
_DAY_FIRST = rf"\d{{1,2}}(/\d{{1,2}}/|-\d{{1,2}}-|\.\d{{1,2}}\.)\d{{4}}( {_TIME})?"
_NAMED = rf"(?i)(\d{{1,2}})[- ]({_MONTH})[- ](\d{{4}})"
_MOMENT = r"\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?Z"
_IN_RANGE = r"(^|[^0-9])(190[1-9]|19[1-9][0-9]|20[0-9]{2}|2100)([^0-9]|$)"
_SHORT_YEAR = r"(?i)\d{1,2}[-/. ](\d{1,2}|[a-z]{3,9})[-/. ]\d{2}"
_PLAIN_ID = r"[0-9A-Za-z]*[0-9][0-9A-Za-z]*"
_EXCEL_NUMBER = r"[1-9]\d{4}(\.\d+)?"
_INTEGER = r"[+-]?\d{1,9}(\.0*)?"
_DECIMAL = r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _in(expression: str, words: frozenset[str]) -> str:
    return f"{expression} IN ({', '.join(_quoted(word) for word in sorted(words))})"


def clean(expression: str) -> str:
    """SQL: the text without white space at the ends; empty when there is nothing else."""
    spaces = " " * len(_TO_SPACE)
    swapped = f"translate({expression}, {_quoted(_TO_SPACE + _TO_NOTHING)}, {_quoted(spaces)})"
    return f"trim({swapped}, {_quoted(_WHITE)})"


def is_blank(expression: str) -> str:
    """SQL: whether the text says nothing: white space, a blank mark or a placeholder."""
    words = BLANK_MARKS | PLACEHOLDERS | {""}
    return f"({expression} IS NULL OR {_in(f'lower({clean(expression)})', words)})"


def text(expression: str) -> str:
    """SQL: the text itself, or null where it is blank, a blank mark or a spreadsheet's error.

    Identifiers are read so too: nothing but white space is ever taken from them.
    """
    word = clean(expression)
    nothing = _in(f"lower({word})", BLANK_MARKS | PLACEHOLDERS | ERROR_VALUES | {""})
    # Most text is an identifier of letters and digits; no mark has a digit and nothing else.
    return (
        f"CASE WHEN regexp_full_match({expression}, {_quoted(_PLAIN_ID)}) THEN {expression} "
        f"WHEN {expression} IS NULL OR {nothing} THEN NULL ELSE {word} END"
    )


def day(expression: str) -> str:
    """SQL: the date, or null."""
    word = clean(expression)
    slashes = f"translate(split_part({word}, ' ', 1), '-.', '//')"
    parts = [f"regexp_extract({word}, {_quoted(_NAMED)}, {group})" for group in (1, 2, 3)]
    named = f"concat({parts[0]}, ' ', left({parts[1]}, 3), ' ', {parts[2]})"
    # A plain ISO date, by far the most frequent, comes back from the cast letter for letter.
    return (
        f"CASE WHEN {expression} IS NULL THEN NULL "
        f"WHEN strlen({expression}) = 10 "
        f"AND {expression} BETWEEN '{FIRST_YEAR}-01-01' AND '{LAST_YEAR}-12-31' "
        f"AND CAST(try_cast({expression} AS DATE) AS VARCHAR) = {expression} "
        f"THEN try_cast({expression} AS DATE) "
        f"WHEN NOT regexp_matches({word}, {_quoted(_IN_RANGE)}) THEN NULL "
        f"WHEN regexp_full_match({word}, {_quoted(_DAY_FIRST)}) "
        f"THEN CAST(try_strptime({slashes}, '%d/%m/%Y') AS DATE) "
        f"WHEN regexp_full_match({word}, {_quoted(_ISO)}) "
        f"THEN try_cast(left({word}, 10) AS DATE) "
        f"WHEN regexp_full_match({word}, {_quoted(_NAMED)}) "
        f"THEN CAST(try_strptime({named}, '%d %b %Y') AS DATE) END"
    )


def moment(expression: str) -> str:
    """SQL: the moment, or null."""
    word = clean(expression)
    return (
        f"CASE WHEN {expression} IS NULL THEN NULL "
        f"WHEN regexp_full_match({word}, {_quoted(_MOMENT)}) "
        f"AND regexp_matches({word}, {_quoted(_IN_RANGE)}) "
        f"THEN try_cast(replace({word}, 'Z', '') AS TIMESTAMP) END"
    )


def integer(expression: str) -> str:
    """SQL: the whole number, or null."""
    word = clean(expression)
    return (
        f"CASE WHEN {expression} IS NULL THEN NULL "
        f"WHEN regexp_full_match({word}, {_quoted(_INTEGER)}) "
        f"THEN CAST(split_part({word}, '.', 1) AS INTEGER) END"
    )


def decimal(expression: str) -> str:
    """SQL: the number, or null."""
    word = clean(expression)
    return (
        f"CASE WHEN {expression} IS NULL THEN NULL "
        f"WHEN regexp_full_match({word}, {_quoted(_DECIMAL)}) "
        f"THEN try_cast({word} AS DOUBLE) END"
    )


TYPED = {
    Kind.TEXT: text,
    Kind.DATE: day,
    Kind.MOMENT: moment,
    Kind.INTEGER: integer,
    Kind.DECIMAL: decimal,
}
"""The expression of each kind that is read in SQL; the others are words, see `read_word`."""


@dataclass(frozen=True)
class Word:
    """One spelling of a code or a yes/no, read. `unusable` says that it is a finding."""

    value: str | None
    unusable: bool = False


def trimmed(raw: str) -> str:
    """Give the text as `clean` does."""
    table = str.maketrans(dict.fromkeys(_TO_SPACE, " ") | dict.fromkeys(_TO_NOTHING, ""))
    return raw.translate(table).strip(_WHITE)


def read_word(kind: Kind, codes: str, column: str, raw: str) -> Word:
    """Read one spelling of a code of the list `codes`, or of a yes/no of the column.

    A yes/no gives `1`, `0` or null. A code that cannot be read is kept in capitals.
    """
    word = trimmed(raw)
    low = word.lower()
    if not low:
        return Word(None)
    if low in PLACEHOLDERS | ERROR_VALUES:
        return Word(None, unusable=True)
    if kind is Kind.BOOLEAN:
        found = find_code(f"{YES_NO}:{column}", word)
        if found == "unknown":
            return Word(None)
        return Word(found, unusable=found is None)
    if low in BLANK_MARKS:
        return Word(None, unusable=True)
    found = find_code(codes, word)
    return Word(found or word.upper(), unusable=found is None)


@dataclass(frozen=True)
class Reason:
    """Why a cell could not be used. `each`: one finding a cell, else one for all alike."""

    code: str
    message: str
    each: bool = True


_UNREADABLE = {
    Kind.BOOLEAN: ("not-a-boolean", "is neither yes nor no; read as not given"),
    Kind.MOMENT: (
        "unreadable-moment",
        "is not a moment as 2016-04-01T09:30:00Z; read as not given",
    ),
    Kind.INTEGER: ("not-a-number", "is not a whole number; read as not given"),
    Kind.DECIMAL: ("not-a-number", "is not a number; read as not given"),
}


def explain(kind: Kind, codes: str, raw: str) -> Reason | None:
    """Say why text that gave no usable value did not; `None` for white space alone."""
    word = trimmed(raw)
    low = word.lower()
    reason: Reason | None = None
    if low in PLACEHOLDERS:
        reason = Reason("placeholder", f'"{word}" is a placeholder; read as not given', each=False)
    elif low in BLANK_MARKS:
        reason = Reason("blank-mark", f'"{word}" is read as not given', each=False)
    elif low in ERROR_VALUES:
        reason = Reason("error-value", f'"{word}" is a spreadsheet error; read as not given')
    elif low and kind is Kind.DATE:
        reason = _explain_date(word)
    elif low and kind is Kind.CODE:
        reason = Reason("unknown-code", f'"{word}" is not a code of the list {codes}; kept')
    elif low and kind in _UNREADABLE:
        code, why = _UNREADABLE[kind]
        reason = Reason(code, f'"{word}" {why}')
    return reason


def _explain_date(word: str) -> Reason:
    if re.fullmatch(_SHORT_YEAR, word):
        why = "has a year of two digits, which is not guessed"
        return Reason("unreadable-date", f'"{word}" {why}; read as not given')
    if re.fullmatch(_EXCEL_NUMBER, word):
        why = (
            "is a number; if it is Excel's for a day, give the column a date format and save again"
        )
        return Reason("unreadable-date", f'"{word}" {why}; read as not given')
    if not any(re.fullmatch(shape, word) for shape in (_ISO, _DAY_FIRST, _NAMED)):
        return Reason("unreadable-date", f'"{word}" is not a date; read as not given')
    year = next(int(digits) for digits in re.findall(r"\d{4}", word))
    if FIRST_YEAR <= year <= LAST_YEAR:
        return Reason("impossible-date", f'"{word}" is a day that does not exist; not given')
    return Reason(
        "placeholder-date",
        f'"{word}" lies outside {FIRST_YEAR} to {LAST_YEAR}: a placeholder or slip; not given',
    )
