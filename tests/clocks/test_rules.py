"""Dated time limits: which held, when they end, and what a pause or a local standard does."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.clocks import calendar
from sightline.clocks.rules import (
    LONDON,
    NoRuleError,
    Pause,
    Rule,
    deadline,
    due_at,
    every_rule,
    rule_on,
    warnings,
)
from sightline.indicators.settings import load_settings


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("code", "began", "due"),
    [
        # A Friday evening's contact is decided by the end of Monday.
        ("REF-1", "2016-09-09T17:30", "2016-09-12T23:59:59"),
        # Good Friday and Easter Monday are no working days.
        ("REF-1", "2016-03-24T09:00", "2016-03-29T23:59:59"),
        ("S47-D5", "2016-05-11T10:00", "2016-05-18T23:59:59"),
        ("ICPC-15", "2016-03-14T10:00", "2016-04-06T23:59:59"),
        ("ASM-45", "2016-03-01T10:00", "2016-05-06T23:59:59"),
        ("CPR-FIRST", "2016-11-30T10:00", "2017-02-28T23:59:59"),
        ("CPR-NEXT", "2016-08-31T10:00", "2017-02-28T23:59:59"),
        ("PLO-26", "2016-01-01T10:00", "2016-07-01T23:59:59"),
        # 72 clock hours, over the night on which an hour is lost and that on which one is gained.
        ("RHI-72", "2016-03-26T12:00", "2016-03-29T13:00"),
        ("RHI-72", "2016-10-29T12:00", "2016-11-01T11:00"),
    ],
)
def test_when_something_is_due(code: str, began: str, due: str) -> None:
    assert due_at(code, at(began)) == at(due)


def test_the_rule_of_the_day_counts() -> None:
    with pytest.raises(NoRuleError, match="no time limit S47-D5 on 2016-05-10"):
        rule_on("S47-D5", date(2016, 5, 10))
    assert rule_on("S47-D5", date(2016, 5, 11)).local


def test_an_authority_sets_its_own_standard() -> None:
    own = deadline(
        "CPV", at("2016-05-11T10:00"), standards={"child-protection-visit": (20, "working days")}
    )
    assert own.due == at("2016-06-09T23:59:59")
    # Day five may be counted in either days; what it is told in goes with it.
    in_days = {"section-47-conference-decision": (4, "calendar days")}
    five = deadline("S47-D5", at("2016-05-12T10:00"), standards=in_days)
    assert (five.due, five.rule.unit) == (at("2016-05-16T23:59:59"), "calendar days")
    assert [day.isoformat() for day in five.warned_on] == ["2016-05-15", "2016-05-16"]
    # A name that is not the rule's changes nothing, and statute is nobody's to set.
    assert (
        deadline("ICPC-15", at("2016-05-11T10:00"), standards={"": (99, "weeks")}).rule.number == 15
    )


def test_the_numbers_are_those_of_the_settings() -> None:
    """One fact in two files: what an authority may set starts from the same number in both."""
    settings = load_settings(None)
    for rule in every_rule():
        if rule.standard:
            (standard,) = (each for each in settings.standards if each.name == rule.standard)
            assert (standard.value, standard.unit) == (rule.number, rule.unit), rule.code


def test_day_three_and_four_warn() -> None:
    found = deadline("S47-D5", at("2016-05-11T10:00"))
    assert [moment.date() for moment in warnings(found)] == [date(2016, 5, 16), date(2016, 5, 17)]
    assert found.standing(at("2016-05-13T10:00")) == "due"
    assert found.standing(at("2016-05-17T10:00")) == "near"
    assert found.standing(at("2016-05-18T23:59:59")) == "near"
    assert found.standing(at("2016-05-19T00:00")) == "overdue"


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2016-05-12T10:00", "4 working days left"),
        ("2016-05-18T10:00", "due today"),
        ("2016-05-19T00:30", "overdue by 1 working day"),
        ("2016-05-22T10:00", "overdue by 2 working days"),
    ],
)
def test_how_long_is_left(now: str, words: str) -> None:
    assert deadline("S47-D5", at("2016-05-11T10:00")).left(at(now)) == words


def test_beyond_the_calendar_the_day_is_told() -> None:
    found = deadline("S47-D5", at("2016-05-11T10:00")).extended(date(2206, 12, 31))
    assert found.left(at("2016-05-12T10:00")) == "due on 31 December 2206"
    assert found.left(at("2207-01-02T10:00")) == "overdue since 31 December 2206"


def test_hours_are_told_in_hours() -> None:
    found = deadline("RHI-72", at("2016-05-11T10:00"))
    assert found.left(at("2016-05-14T09:30")) == "less than an hour left"
    assert found.left(at("2016-05-14T12:30")) == "overdue by 2 hours"
    assert found.left(at("2016-05-17T10:59")) == "overdue by 72 hours"
    assert found.left(at("2016-05-27T22:00")) == "overdue by 13 days"
    assert found.kept(at("2016-05-14T10:00"))
    assert not found.kept(at("2016-05-14T10:01"))


def test_a_clock_stands_still_only_for_a_reason_of_its_rule(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stood = Pause(date(2016, 5, 16), date(2016, 5, 17), "the court adjourned")
    with pytest.raises(ValueError, match=r"S47-D5\) may not be paused because of: the court"):
        deadline("S47-D5", at("2016-05-11T10:00"), pauses=[stood])
    rule = Rule("X", "X", 5, "working days", "s", "t", date(2016, 1, 1), "-", pauses=(stood.why,))
    monkeypatch.setattr("sightline.clocks.rules.every_rule", lambda: (rule,))
    assert due_at("X", at("2016-05-11T10:00")) == at("2016-05-18T23:59:59")
    assert deadline("X", at("2016-05-11T10:00"), pauses=[stood]).due == at("2016-05-20T23:59:59")


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        due_at("REF-1", datetime(2016, 5, 11, 10))  # noqa: DTZ001


@given(
    st.datetimes(
        datetime(2014, 6, 1),  # noqa: DTZ001 - the zone is given apart
        datetime(2040, 1, 1),  # noqa: DTZ001
        timezones=st.just(UTC),
    ),
    st.sampled_from(every_rule()),
)
def test_due_is_after_the_start_and_near_is_not_after_due(moment: datetime, rule: Rule) -> None:
    if rule.since > moment.date() - timedelta(days=1):
        return
    found = deadline(rule.code, moment)
    assert found.began <= found.near <= found.due
    assert found.began < found.due
    if rule.unit == "working days":
        assert calendar.elapsed(found.began.date(), found.due.date()) == rule.number


def test_every_rule_says_whose_it_is() -> None:
    for rule in every_rule():
        assert rule.source
        assert bool(rule.owner) == rule.local, rule.code
        assert all(0 < each < rule.number for each in rule.warn), rule.code


@given(
    day=st.dates(date(2020, 1, 1), date(2027, 12, 31)),
    began=st.times(),
    hours=st.integers(0, 3000),
)
def test_with_warnings_it_is_near_from_the_first_day_of_warning_on(
    day: date, began: time, hours: int
) -> None:
    start = datetime.combine(day, began, LONDON)
    now = (start.astimezone(UTC) + timedelta(hours=hours)).astimezone(LONDON)
    for code in {each.code for each in every_rule() if each.since <= day}:
        found = deadline(code, start)
        stands = found.standing(now)
        told = bool(found.rule.warn) and found.warned_on[0] <= now.date()
        warned = "near" if told and stands != "overdue" else stands
        assert found.standing(now, warned=True) == warned, (code, now)
