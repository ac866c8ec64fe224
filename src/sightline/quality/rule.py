"""A quality rule: one SQL file that finds the rows which break it.

`rules/records` run over the combined records, whatever their formats. `rules/cin`, `rules/annex_a` and
`rules/ssda903` run over each return of that format by itself, as it was read and before it was combined
with others, because a return is judged alone, by the rules of its own year. Where such a rule names
other formats under `records`, it runs over the combined records too, and speaks of the rows of those.

The SQL yields `child_id, file, sheet, line, value`, a row for each place, and `points` too where the
header names more than one: the column, as `table.column`, that the finding points at. `value` is
what stands there. A rule needs its `fields`; where no loaded file can hold one of them it could not
run, which is not the same as clean. `reading` says how the rule was read where its source leaves a
choice; `official` is the message in its source's own words.

Beside the record tables a rule may use:

- `calendar` and `working_day` (see `clocks.calendar_table`);
- `return_period (source, period_start, period_end)`: the days that each return covers, one row where
  the rule runs over one return;
- `file_part (file, sheet, part, path, format, in_workbook)`: what each file or sheet is, where `part`
  is the census module, the number of the list, or the table;
- `code_list (list, code)`: the codes of each list that are right in the return's year; over the
  combined records, those of any year;
- `finding`: what was found while the files were read (see `store.tables`), for values that no record
  can hold.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sightline.records import Format
from sightline.records.codes import codes, is_valid
from sightline.records.sql_header import DefinitionError, listed, read_sql, sql_files

RECORDS = "records"
_HEADER = ("code", "severity", "title", "message", "fields", "points", "source")
_MAY_HAVE = ("reading", "module", "official", "records", "years")
_YEARS = re.compile(r"(\d{4})?-(\d{4})?")
_LIST = re.compile(r"\blist = '(\w+)'")

KNOWN_SETS: Mapping[str, tuple[int, int]] = {Format.CIN: (2023, 2026)}
"""The first and last collection year whose set of rules is known, by format.

A return of another year is judged by the nearest of them: no `years` of a rule begin before the first,
nor end after the last.
"""


@dataclass(frozen=True)
class Rule:
    """One rule. `severity` is `error`, or `query` where the data may stand with a reason.

    `points` are the record columns (`table.column`) it may point at. `of` is the format whose returns
    it runs over, or empty; `records` says whether it runs over the combined records, and of which
    formats it then speaks: all, if `of` is empty. `first_year` and `last_year` are the collection years
    (2026 is the year to 31 March 2026) it is in force for; 0 is no limit.
    """

    code: str
    severity: str
    title: str
    message: str
    fields: tuple[str, ...]
    points: tuple[str, ...]
    source: str
    sql: str
    reading: str = ""
    module: str = ""
    official: str = ""
    of: str = ""
    records: tuple[str, ...] = ()
    first_year: int = 0
    last_year: int = 0

    def in_force(self, year: int) -> bool:
        """Whether it is one of the rules of a collection year."""
        return self.first_year <= year and (not self.last_year or year <= self.last_year)


def parse(text: str, name: str, of: str = "") -> Rule:
    """Read one rule file; `DefinitionError` says what is wrong with it."""
    header, sql = read_sql(text, name, _HEADER, _MAY_HAVE)
    if header["severity"] not in ("error", "query"):
        raise DefinitionError(f"{name}: severity is `error` or `query`")
    years = _YEARS.fullmatch(header.get("years", "-"))
    if years is None:
        raise DefinitionError(f"{name}: years are `2025-`, `-2024` or `2020-2024`")
    records = listed(header.get("records", ""))
    if unknown := set(records) - set(Format):
        raise DefinitionError(f"{name}: there is no format {', '.join(sorted(unknown))}")
    if records and not of:
        raise DefinitionError(f"{name}: rules of the records speak of every format")
    return Rule(
        code=header["code"],
        severity=header["severity"],
        title=header["title"],
        message=header["message"],
        fields=listed(header["fields"]),
        points=listed(header["points"]),
        source=header["source"],
        sql=sql,
        reading=header.get("reading", ""),
        module=header.get("module", ""),
        official=header.get("official", ""),
        of=of,
        records=records,
        first_year=int(years[1] or 0),
        last_year=int(years[2] or 0),
    )


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, of every year, by folder and code."""
    found = list(_read())
    for number, rule in enumerate(found):
        for other in found[number + 1 :]:
            if rule.code == other.code and _overlap(rule, other):
                raise DefinitionError(f"Rule {rule.code} stands twice")
    return tuple(found)


def rules_of_return(file_format: str, year: int) -> tuple[Rule, ...]:
    """The rules a return of this format and collection year is judged by."""
    return tuple(rule for rule in rules() if rule.of == file_format and rule.in_force(year))


def rules_of_records() -> tuple[Rule, ...]:
    """The rules of the combined records; of a rule with several versions, the latest."""
    latest: dict[str, Rule] = {}
    for rule in rules():
        if (not rule.of or rule.records) and (
            rule.code not in latest or rule.first_year > latest[rule.code].first_year
        ):
            latest[rule.code] = rule
    return tuple(latest.values())


@dataclass(frozen=True)
class Changes:
    """What differs between the rules of one collection year and those of a later one.

    `changed` has the rules that stand in both and are read otherwise, as (earlier, later). `codes_added`
    and `codes_withdrawn` are those of the code lists that rules of either year hold values against, as
    (list, code).
    """

    added: tuple[Rule, ...] = ()
    withdrawn: tuple[Rule, ...] = ()
    changed: tuple[tuple[Rule, Rule], ...] = ()
    codes_added: tuple[tuple[str, str], ...] = ()
    codes_withdrawn: tuple[tuple[str, str], ...] = ()


def changes(file_format: str, earlier: int, later: int) -> Changes:
    """List what differs between two years' rules for the returns of a format."""
    before, after = (
        {rule.code: rule for rule in rules_of_return(file_format, year)}
        for year in (earlier, later)
    )
    both = (*before.values(), *after.values())
    held = [
        (name, code, is_valid(name, code, earlier), is_valid(name, code, later))
        for name in dict.fromkeys(name for rule in both for name in _LIST.findall(rule.sql))
        for code in codes(name)
    ]
    return Changes(
        added=tuple(rule for code, rule in after.items() if code not in before),
        withdrawn=tuple(rule for code, rule in before.items() if code not in after),
        changed=tuple(
            (before[code], rule)
            for code, rule in after.items()
            if code in before and before[code] != rule
        ),
        codes_added=tuple((name, code) for name, code, was, is_ in held if is_ and not was),
        codes_withdrawn=tuple((name, code) for name, code, was, is_ in held if was and not is_),
    )


def _read() -> Iterator[Rule]:
    folder = files("sightline.quality") / "rules"
    for kind in (RECORDS, Format.CIN, Format.ANNEX_A, Format.SSDA903):
        if (folder / kind).is_dir():
            for name, text in sql_files(folder / kind):
                yield parse(text, name, "" if kind == RECORDS else kind)


def _overlap(one: Rule, other: Rule) -> bool:
    last = one.last_year or other.first_year, other.last_year or one.first_year
    return one.first_year <= last[1] and other.first_year <= last[0]
