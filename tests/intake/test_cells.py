"""The text of a cell turned into a value, or into a finding that says why not."""

import calendar
import re
from datetime import date

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.intake import cells
from sightline.records import Kind
from thorough import THOROUGH


@pytest.fixture(scope="module")
def engine() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def read(engine: duckdb.DuckDBPyConnection, kind: Kind, texts: list[str | None]) -> list[object]:
    rows = ", ".join(["(?::INTEGER, ?::VARCHAR)"] * len(texts))
    given_values = [value for place, text in enumerate(texts) for value in (place, text)]
    query = f"SELECT {cells.TYPED[kind]('x')} FROM (VALUES {rows}) AS cell(place, x) ORDER BY place"
    return [value for (value,) in engine.execute(query, given_values).fetchall()]


DAY = date(2016, 4, 1)
DATES = [
    ("2016-04-01", DAY),
    (" 2016-04-01\t", DAY),
    ("\u00a02016-04-01\u200b", DAY),
    ("2016-04-01T00:00:00", DAY),
    ("2016-04-01T23:30:00Z", DAY),
    ("2016-04-01T23:30:00.1234567Z", DAY),
    ("2016-04-01 10:00", DAY),
    ("2016-04-01T10:00:00+01:00", DAY),
    ("01/04/2016", DAY),
    ("1/4/2016", DAY),
    ("01/04/2016 00:00:00", DAY),
    ("01-04-2016", DAY),
    ("01.04.2016", DAY),
    ("01-Apr-2016", DAY),
    ("1 april 2016", DAY),
    ("29/02/2016", date(2016, 2, 29)),
    ("13/12/2016", date(2016, 12, 13)),
]
NO_DATES = [
    ("ongoing", "unreadable-date"),
    ("01/04/16", "unreadable-date"),
    ("1-Apr-16", "unreadable-date"),
    ("2016-4-1", "unreadable-date"),
    ("2016/04/01", "unreadable-date"),
    ("20160401", "unreadable-date"),
    ("42461", "unreadable-date"),
    ("01/04-2016", "unreadable-date"),
    ("zz/05/2020", "unreadable-date"),
    ("epoch", "unreadable-date"),
    ("infinity", "unreadable-date"),
    ("2016-04-01 (BC)", "unreadable-date"),
    ("2016-04-01T25:00:00", "unreadable-date"),
    ("2016-04-01x", "unreadable-date"),
    ("2022-02-30", "impossible-date"),
    ("31/02/2016", "impossible-date"),
    ("12/13/2016", "impossible-date"),
    ("29/02/2015", "impossible-date"),
    ("31-Apr-2016", "impossible-date"),
    ("1900-01-01", "placeholder-date"),
    ("01/01/1900", "placeholder-date"),
    ("9999-12-31", "placeholder-date"),
    ("9999-12-31T00:00:00", "placeholder-date"),
    ("0216-04-01", "placeholder-date"),
    ("PlaceholderStr", "placeholder"),
    ("#N/A", "error-value"),
    ("-", "blank-mark"),
]


@pytest.mark.parametrize(("text", "day"), DATES)
def test_dates(engine: duckdb.DuckDBPyConnection, text: str, day: date) -> None:
    assert read(engine, Kind.DATE, [text]) == [day]


@pytest.mark.parametrize(("text", "code"), NO_DATES)
def test_text_that_is_no_date(engine: duckdb.DuckDBPyConnection, text: str, code: str) -> None:
    assert read(engine, Kind.DATE, [text]) == [None]
    reason = cells.explain(Kind.DATE, "", text)
    assert reason is not None
    assert reason.code == code
    assert text in reason.message


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", 3),
        ("3.0", 3),
        (" 3 ", 3),
        ("007", 7),
        ("-1", -1),
        ("3.5", None),
        ("1,000", None),
        ("3e2", None),
        ("0x10", None),
        ("three", None),
        ("12345678901", None),
        ("true", None),
    ],
)
def test_whole_numbers(engine: duckdb.DuckDBPyConnection, text: str, value: int | None) -> None:
    assert read(engine, Kind.INTEGER, [text]) == [value]
    if value is None:
        assert cells.explain(Kind.INTEGER, "", text).code == "not-a-number"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("6.138261464750171", 6.138261464750171),
        ("999.9", 999.9),
        (".5", 0.5),
        ("6.1E-05", 6.1e-05),
        ("nan", None),
        ("inf", None),
        ("six", None),
        ("1.2.3", None),
    ],
)
def test_numbers(engine: duckdb.DuckDBPyConnection, text: str, value: float | None) -> None:
    assert read(engine, Kind.DECIMAL, [text]) == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0012345", "0012345"),
        ("9212044", "9212044"),
        ("9212044.0", "9212044.0"),
        (" AbC 1 ", "AbC 1"),
        ("Dustin\u00a0Hazlett", "Dustin Hazlett"),
        ("zero\u200bwidth", "zerowidth"),
        ("\ufeffA1", "A1"),
        ("zz/05/2020", "zz/05/2020"),
        ("=H2+5", "=H2+5"),
        ("#N/A", None),
        (" - ", None),
        ("..", None),
        ("Data not captured in MOSAIC", None),
        ("PLACEHOLDER_DATA", None),
        (" \u00a0\t", None),
        ("", None),
        (None, None),
    ],
)
def test_text_keeps_all_but_white_space(
    engine: duckdb.DuckDBPyConnection, text: str | None, value: str | None
) -> None:
    assert read(engine, Kind.TEXT, [text]) == [value]


@pytest.mark.parametrize(
    ("text", "value", "unusable"),
    [
        *((word, "1", False) for word in ("1", "true", "TRUE", "Y", "Yes", "T", "a) Yes")),
        *((word, "0", False) for word in ("0", "false", "N", "no", "F", "b) No", "\u00a0No ")),
        ("c) Unknown", None, False),
        ("NA", None, False),
        ("", None, False),
        ("2", None, True),
        ("maybe", None, True),
        ("-", None, True),
        ("#N/A", None, True),
        ("CS Assessment Updated", None, True),
    ],
)
def test_yes_no(text: str, value: str | None, unusable: bool) -> None:
    assert cells.read_word(Kind.BOOLEAN, "", "seen", text) == cells.Word(value, unusable)


def test_an_unknown_code_is_kept_in_capitals_and_flagged() -> None:
    read_word = cells.read_word(Kind.CODE, "assessment_factor", "factor", " rb\u00a0")
    assert read_word == cells.Word("RB", unusable=True)
    assert cells.read_word(Kind.CODE, "ethnicity", "e", "cnhe") == cells.Word("CHNE")
    assert cells.read_word(Kind.CODE, "ethnicity", "e", "#REF!") == cells.Word(None, unusable=True)
    assert cells.read_word(Kind.CODE, "ethnicity", "e", " ") == cells.Word(None)
    reason = cells.explain(Kind.CODE, "assessment_factor", "RB")
    assert reason is not None
    assert reason.code == "unknown-code"


def test_white_space_alone_is_no_finding() -> None:
    for kind in Kind:
        assert cells.explain(kind, "sex", " \u00a0\u200b\t") is None


def oracle(text: str) -> date | None:
    """Dates by hand: another way to the same rules."""
    word = "".join(" " if sign == "\u00a0" else sign for sign in text if sign != "\u200b").strip(
        " \t\r\n\x0b\x0c"
    )
    moment = r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?)"
    for pattern, order in (
        (
            rf"([0-9]{{4}})-([0-9]{{2}})-([0-9]{{2}})(?:[T ]{moment}(?:Z|[+-][0-9]{{2}}:?[0-9]{{2}})?)?",
            "ymd",
        ),
        (rf"([0-9]{{1,2}})/([0-9]{{1,2}})/([0-9]{{4}})(?: {moment})?", "dmy"),
        (rf"([0-9]{{1,2}})-([0-9]{{1,2}})-([0-9]{{4}})(?: {moment})?", "dmy"),
        (rf"([0-9]{{1,2}})\.([0-9]{{1,2}})\.([0-9]{{4}})(?: {moment})?", "dmy"),
        (r"([0-9]{1,2})[- ]([A-Za-z]+)[- ]([0-9]{4})", "dny"),
    ):
        if not (found := re.fullmatch(pattern, word)):
            continue
        if order == "dny":
            names = [calendar.month_name[1:], calendar.month_abbr[1:]]
            months = {n.lower(): i for group in names for i, n in enumerate(group, 1)} | {"sept": 9}
            if found[2].lower() not in months:
                return None
            year, month, day = int(found[3]), months[found[2].lower()], int(found[1])
        else:
            numbers = [int(part) for part in found.groups()]
            year, month, day = numbers if order == "ymd" else reversed(numbers)
        if not 1901 <= year <= 2100:
            return None
        try:
            return date(year, month, day)
        except ValueError:
            return None
    return None


near_dates = st.one_of(
    st.dates(date(1890, 1, 1), date(2110, 1, 1)).flatmap(
        lambda day: st.sampled_from(
            [
                "%Y-%m-%d",
                "%d/%m/%Y",
                "%d-%m-%Y",
                "%d.%m.%Y",
                "%d-%b-%Y",
                "%d %B %Y",
                "%d/%m/%y",
                "%Y-%m-%dT%H:%M:%S",
                "%Y-%m-%dT%H:%M:%SZ",
                "%d/%m/%Y %H:%M",
                "%m/%d/%Y",
                "%Y%m%d",
            ]
        ).map(day.strftime)
    ),
    st.from_regex(r"[0-9]{1,4}[-/. ][0-9]{1,2}[-/. ][0-9]{1,4}", fullmatch=True),
    st.from_regex(r"[12][09][0-9]{2}-[0-3][0-9]-[0-3][0-9]([T ][0-9:.]{0,9}Z?)?", fullmatch=True),
    st.text(alphabet="0123456789-/. TZ:aApPrRbBcC\u00a0\u200b\t", max_size=14),
)


@settings(max_examples=300 if THOROUGH else 60, deadline=None)
@given(st.lists(near_dates, min_size=1, max_size=20))
def test_dates_agree_with_an_oracle(texts: list[str]) -> None:
    with duckdb.connect() as engine:
        assert read(engine, Kind.DATE, texts) == [oracle(text) for text in texts]


@settings(max_examples=200 if THOROUGH else 50, deadline=None)
@given(
    st.lists(
        st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
        min_size=1,
        max_size=20,
    )
)
def test_text_agrees_with_trimming_in_python(texts: list[str]) -> None:
    gone = cells.BLANK_MARKS | cells.PLACEHOLDERS | cells.ERROR_VALUES | {""}
    expected = [
        None if cells.trimmed(text).lower() in gone else cells.trimmed(text) for text in texts
    ]
    with duckdb.connect() as engine:
        assert read(engine, Kind.TEXT, texts) == expected


@settings(max_examples=200 if THOROUGH else 50, deadline=None)
@given(st.lists(st.one_of(near_dates, st.text(max_size=8)), min_size=1, max_size=20))
def test_every_value_or_a_reason(texts: list[str]) -> None:
    """Nothing is lost silently: text that says something gives a value or a finding."""
    texts = [text.replace("\0", "") for text in texts]
    with duckdb.connect() as engine:
        for kind in (Kind.DATE, Kind.INTEGER, Kind.DECIMAL, Kind.TEXT):
            for text, value in zip(texts, read(engine, kind, texts), strict=True):
                if value is None and cells.trimmed(text):
                    assert cells.explain(kind, "", text) is not None, (kind, text)


def test_a_number_where_a_date_belongs_is_not_guessed_but_told_how_to_mend() -> None:
    """Excel shows 42430 for 1 March 2016 where the column has no date format."""
    for text in ("42430", "42430.5"):
        reason = cells.explain(Kind.DATE, "", text)
        assert reason is not None
        assert reason.code == "unreadable-date"
        assert "give the column a date format" in reason.message
