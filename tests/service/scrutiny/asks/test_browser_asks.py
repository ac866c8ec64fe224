"""The pages of requests in a browser, wide and narrow: no fault of axe, nothing too wide."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from service.scrutiny.asks.conftest import sent, today
from service.test_browser import faults_of, is_too_wide
from sightline.service.accounts.models import Person
from sightline.service.scrutiny.asks import actions, figures
from sightline.service.scrutiny.models import Ask, AskState, Meeting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
pytest.importorskip("playwright")


def test_the_pages_of_a_request(
    visit: Any,
    make: Callable[..., Ask],
    later: Meeting,
    officer: Person,
    lead: Person,
    published_reading: Any,
) -> None:
    earlier = make(AskState.CLOSED, text="Waiting times for treatment", made_on=date(2016, 1, 5))
    sent(earlier, "Waits are being reduced with partners.", days_ago=400)
    ask = make(AskState.SENT, due=-20, same_as=earlier, due_words="in six months' time")
    actions.change_ask(
        ask, ask.version, {"notice_received": today(), "statutory_clock": "executive"}, by=officer
    )
    make(AskState.SENT, due=10, text="The action plan of the board")
    reply = actions.write_reply(ask, "Waits are being reduced. The table is below.", by=lead)
    definition = figures.definition_of(published_reading, "AS-01")
    quoted = figures.quote(published_reading, definition, by="district")
    actions.add_figure(reply, quoted, by=lead)
    again = actions.write_reply(ask, "More is to come.", by=lead)
    whole = figures.definition_of(published_reading, "AS-03")
    actions.add_figure(again, figures.quote(published_reading, whole), by=lead)
    actions.send_reply(reply, by=lead)
    one, slug = f"/scrutiny/requests/{ask.pk}/", ask.committee.slug
    addresses = {
        officer: (
            "/scrutiny/requests/",
            one,
            f"{one}step/closed/",
            f"{one}change/",
            f"{one}same/",
            f"{one}judge/",
            f"{one}impact/",
            f"/scrutiny/requests/replies/{reply.pk}/publish/",
            f"/scrutiny/requests/figures/{quoted.pk}/",
            f"/scrutiny/requests/outstanding/{slug}/",
            "/scrutiny/requests/import/",
            "/scrutiny/requests/add/",
            f"/scrutiny/requests/challenges/{slug}/add/",
        ),
        lead: (
            "/scrutiny/requests/",
            f"{one}reply/",
            f"/scrutiny/requests/replies/{again.pk}/",
            f"/scrutiny/requests/replies/{again.pk}/figure/?q=assessment",
            f"/scrutiny/requests/replies/{again.pk}/figure/?code=AS-01",
        ),
    }
    wrong = []
    for person, pages in addresses.items():
        wide, narrow = visit(person), visit(person, 320)
        for address in pages:
            answer = wide.goto(address)
            if answer.status != 200:
                wrong.append(f"{address} answers {answer.status}")
            wrong += [f"{address}: {each}" for each in faults_of(wide)]
            narrow.goto(address)
            if is_too_wide(narrow):
                wrong.append(f"{address}: too wide")
    assert wrong == []
