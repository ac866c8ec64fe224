"""The code lists the vocabulary names, and how text met in real files is read as a code.

`codes.csv` holds list, code, label, the years in which the code is valid (`2025` is the year
ending 31 March 2025; empty is open-ended) and source. `aliases.csv` holds spellings that mean a
code. Codes are facts of the Department for Education's code sets (Open Government Licence v3.0) and
of the public schemas named in the source column (MIT). Codes whose source says "Sightline" are the
project's own, where a format gives words and no national code.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

YES_NO = "yes_no"
"""The list of yes (1), no (0) and stated as not known. `yes_no:COLUMN` adds words to it."""

_LETTER = re.compile(r"^[a-z]\d?(?:\)\s*|\.\s+)(?=\S)", re.IGNORECASE)
_GAPS = re.compile(r"[^0-9a-z]+")
_LEADING = re.compile(r"^[(\['‘]?([0-9A-Za-z]+)(?=$|[\s:)\]'’]|\s*[-–—:])")
_INSIDE = re.compile(r"(?<![0-9A-Za-z])([A-Z]+\d+[A-Z]?|\d+[A-Z])(?![0-9A-Za-z])")


@dataclass(frozen=True)
class Code:
    """One code of a list: its label, and the first and last year it is valid (0: no limit)."""

    code: str
    label: str
    valid_from: int
    valid_to: int
    source: str = ""

    def valid_in(self, year: int) -> bool:
        """Whether the code is of the set of the year ending 31 March of `year`."""
        return self.valid_from <= year and (self.valid_to == 0 or year <= self.valid_to)


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = files("sightline.records").joinpath(name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def _limits(row: Mapping[str, str]) -> tuple[int, int]:
    return int(row["valid_from"] or 0), int(row["valid_to"] or 0)


@cache
def _lists() -> dict[str, dict[str, Code]]:
    lists: dict[str, dict[str, Code]] = defaultdict(dict)
    for row in _rows("codes.csv"):
        lists[row["list"]][row["code"]] = Code(
            row["code"], row["label"], *_limits(row), source=row["source"]
        )
    return dict(lists)


@cache
def _alias_lists() -> dict[str, dict[str, Code]]:
    """By list and normalised spelling: the code meant, with the years the spelling was right."""
    lists: dict[str, dict[str, Code]] = defaultdict(dict)
    for row in _rows("aliases.csv"):
        lists[row["list"]][normalise(row["alias"])] = Code(row["code"], row["alias"], *_limits(row))
    return dict(lists)


def list_names() -> list[str]:
    """Name every code list."""
    return list(_lists())


def codes(list_name: str) -> dict[str, str]:
    """Give the codes of a list with their labels, in order; `KeyError` if there is no such list."""
    return {code.code: code.label for code in _lists()[list_name].values()}


def is_valid(list_name: str, code: str, year: int) -> bool:
    """Whether `code` is in the list as it stood in the year ending 31 March of `year`."""
    found = _lists()[list_name].get(code)
    return found is not None and found.valid_in(year)


def is_national(list_name: str, code: str) -> bool:
    """Whether `code` is one of the national list, not one that stands for words of a format."""
    found = _lists()[list_name].get(code)
    return found is not None and not found.source.endswith("Sightline")


def aliases(list_name: str) -> dict[str, str]:
    """Give the other spellings of a list: normalised text to code."""
    return {text: code.code for text, code in _alias_lists().get(list_name, {}).items()}


def normalise(text: str) -> str:
    """Reduce text to what spellings are compared on.

    Lower case, without a list letter such as `b) `, every run of other signs a single space.
    """
    return _GAPS.sub(" ", _LETTER.sub("", text.strip()).lower()).strip()


@cache
def _spellings(list_name: str) -> dict[str, str]:
    """Every normalised spelling of a list: labels, code with label, and aliases."""
    known: dict[str, str] = {}
    for code in _lists()[list_name.partition(":")[0]].values():
        known.setdefault(normalise(code.label), code.code)
        known.setdefault(normalise(f"{code.code} {code.label}"), code.code)
    known.update(aliases(list_name.partition(":")[0]))
    known.update(aliases(list_name))
    return known


def find_code(list_name: str, text: str) -> str | None:
    """Read text as a code of the list, or give `None`.

    In this order: the code itself; a national code that opens the text (`q) 6: Police`,
    `N1 - Abuse or neglect`); a label or alias; the only code of letters and digits inside the text
    (`Adopted (E12)`). A list letter (`q)`) is never read: letters are used again with other
    meanings.
    """
    known = _lists()[list_name.partition(":")[0]]
    plain = _LETTER.sub("", text.strip())
    for whole in (text.strip().upper(), plain.upper()):
        if whole in known:
            return whole
    spellings = _spellings(list_name)
    leading = _LEADING.match(plain)
    if leading and (code := leading[1].upper()) in known and _opens(plain, leading):
        return code
    if (spelling := normalise(plain)) in spellings:
        return spellings[spelling]
    inside = {code for code in _INSIDE.findall(plain) if code in known}
    return inside.pop() if len(inside) == 1 and "=" not in plain else None


def _opens(text: str, leading: re.Match[str]) -> bool:
    """Whether the first word of the text is meant as a code, not as a word of a sentence.

    `6 Police` is; `NO longer in touch` and `A child` are not; nor is the range `U1-U3`.
    """
    code, rest = leading[1], text[leading.end() :]
    if _LEADING.match(rest.lstrip("-–— ")) and re.match(r"[-–—]\S", rest):
        following = re.match(r"[0-9A-Za-z]+", rest[1:])
        if following and any(sign.isdigit() for sign in following[0]):
            return False
    if any(sign.isdigit() for sign in code):
        return True
    return code.isupper() and (not rest or re.match(r"\s*[-–—:)\]'’]", rest) is not None)


def fits_year(list_name: str, text: str, year: int) -> bool:
    """Whether text read as a code was right to write in that year's return.

    False for a code outside its years, and for an old form such as GenderCurrent `1` in 2026.
    """
    alias = _alias_lists().get(list_name, {}).get(normalise(text))
    if alias is not None and text.strip().upper() not in _lists()[list_name]:
        return alias.valid_in(year)
    code = find_code(list_name, text)
    return code is None or is_valid(list_name, code, year)
