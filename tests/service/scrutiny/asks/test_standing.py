"""How asks stand: from dates, replies and evidence, overdue in days and meetings, and by judgement."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from service.scrutiny.asks.conftest import reopened, sent, today
from sightline.service.accounts.models import Person
from sightline.service.accounts.versions import ConflictError
from sightline.service.audit.models import AuditEntry
from sightline.service.scrutiny.asks import actions
from sightline.service.scrutiny.asks.standing import Standing, standing, with_standing
from sightline.service.scrutiny.models import Ask, AskState, Meeting, QuotedFigure

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
Make = Callable[..., Ask]


def now(ask: Ask) -> Standing:
    found = with_standing(Ask.objects.select_related("rag_by"), today()).get(pk=ask.pk)
    return standing(found, today())


@pytest.mark.parametrize(
    ("state", "due", "level", "word"),
    [
        ("made", 60, "grey", "Not due yet"),
        ("sent", 28, "amber", "Due soon"),
        ("sent", 29, "grey", "Not due yet"),
        ("acknowledged", 0, "amber", "Due soon"),
        ("sent", -1, "red", "Overdue"),
        ("reopened", -1, "red", "Overdue"),
        ("sent", None, "grey", "No due date"),
        ("replied", -1, "amber", "Answered, not shown"),
        ("accepted", 30, "amber", "In hand"),
        ("in_progress", -1, "red", "Overdue"),
        ("evidenced", -1, "amber", "Answered, not shown"),
        ("rejected", -1, "grey", "Not followed"),
        ("not_feasible", -1, "grey", "Not followed"),
        ("closed", -1, "grey", "Closed"),
    ],
)
def test_without_evidence_nothing_is_green(
    state: str, due: int | None, level: str, word: str, make: Make
) -> None:
    ask = make(AskState(state), due=due)
    found = now(ask)
    assert (found.level, found.word) == (level, word)
    sent(ask, "It is complete.")
    assert now(ask) == found


@pytest.mark.parametrize(
    ("state", "level"),
    [
        ("replied", "green"),
        ("evidenced", "green"),
        ("closed", "green"),
        ("rejected", "grey"),
        ("in_progress", "red"),
        ("sent", "red"),
    ],
)
@pytest.mark.parametrize("kind", ["words", "figure"])
def test_evidence_makes_green_what_was_answered(
    state: str, level: str, kind: str, make: Make
) -> None:
    ask = make(AskState(state), due=-1)
    reply = sent(ask, evidence="The published table." if kind == "words" else "")
    if kind == "figure":
        QuotedFigure.objects.create(
            reply=reply,
            indicator="CP-05",
            period_start=today(),
            period_end=today(),
            snapshot="s",
        )
    assert now(ask).level == level


def test_evidence_from_before_it_was_reopened_counts_no_more(make: Make) -> None:
    ask = make(AskState.REPLIED)
    sent(ask, evidence="The old table.", days_ago=30)
    assert now(ask).level == "green"
    reopened(ask, days_ago=20)
    assert now(ask).level == "amber"
    sent(ask, evidence="The new table.", days_ago=10)
    assert now(ask).level == "green"


def test_evidence_that_is_written_and_not_sent_is_none(make: Make) -> None:
    ask = make(AskState.REPLIED)
    reply = sent(ask, evidence="The table.")
    type(reply).objects.filter(pk=reply.pk).update(sent_at=None)
    assert now(ask).level == "amber"


def test_overdue_is_in_days_and_in_meetings_held_since(make: Make, later: Meeting) -> None:
    ask = make(AskState.SENT, due=-20)
    for days, state in ((15, "cancelled"), (14, "inquorate"), (12, "held"), (-5, "planned")):
        day = today() - timedelta(days=days)
        Meeting.objects.create(committee=ask.committee, day=day, state=state)
    found = now(ask)
    assert (found.days, found.meetings) == (20, 2)
    assert found.overdue == "20 days and 2 meetings overdue"
    Ask.objects.filter(pk=ask.pk).update(state=AskState.REPLIED)
    assert now(ask).overdue == ""


def test_judgement_keeps_who_and_why_and_never_makes_green_without_evidence(
    make: Make, officer: Person, lead: Person
) -> None:
    ask = make(AskState.SENT, due=-20)
    with pytest.raises(ValidationError, match="Nothing is green without evidence"):
        actions.judge(ask, ask.version, "green", "It is done, I am told.", by=officer)
    with pytest.raises(ValidationError, match="Say why"):
        actions.judge(ask, ask.version, "amber", " ", by=officer)
    with pytest.raises(actions.NotYoursError):
        actions.judge(ask, ask.version, "amber", "Agreed with the chair.", by=lead)
    assert now(ask).level == "red"
    actions.judge(ask, ask.version, "amber", "Agreed with the chair.", by=officer)
    found = now(ask)
    assert (found.level, found.word) == ("amber", "Amber by judgement")
    assert found.why == "Agreed with the chair. (Invented scrutiny_officer). By dates: Overdue."
    assert found.days == 20
    assert AuditEntry.objects.filter(reason="Agreed with the chair.").exists()
    with pytest.raises(ConflictError):
        actions.judge(ask, 1, "red", "Sent twice.", by=officer)
    actions.judge(ask, ask.version, "", "", by=officer)
    assert now(ask).level == "red"


def test_a_green_judgement_falls_once_its_evidence_does(make: Make, officer: Person) -> None:
    ask = make(AskState.SENT, due=-20)
    reply = sent(ask, evidence="The table.", days_ago=2)
    actions.judge(ask, ask.version, "green", "It shows it.", by=officer)
    assert now(ask).level == "green"
    reopened(ask, days_ago=1)
    assert now(ask).level == "red"
    assert reply.evidence


def test_a_list_can_be_narrowed_by_it(make: Make) -> None:
    levels = {
        make(AskState.SENT, due=-1).pk: "red",
        make(AskState.SENT, due=1).pk: "amber",
        make(AskState.SENT).pk: "grey",
    }
    for level in ("red", "amber", "green", "grey"):
        found: Any = with_standing(Ask.objects.all(), today()).filter(rag=level)
        assert [each.pk for each in found] == [pk for pk, is_ in levels.items() if is_ == level]
