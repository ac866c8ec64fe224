"""The pages of allauth stand in our frame, with our components and nothing inline."""

import re
from pathlib import Path

import pytest
from django.template import Origin, RequestContext, Template, engines
from django.test import Client

from service.design.conftest import Pages

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["login", "password/reset"])
def test_a_page_before_signing_in_is_ours(pages: Pages, address: str) -> None:
    pages.signed_in = False
    html = pages.get(f"/accounts/{address}/")
    assert "Skip to main content" in html
    assert '<h1 class="govuk-heading-l">' in html
    assert 'class="govuk-label" for="id_' in html
    assert "novalidate" in html
    assert re.findall(r"<[^>]* (?:style|onclick)=", html) == []
    assert re.findall(r"<(?:button|h1|h2|p|input type=\"(?:text|email|password)\")>", html) == []


def test_signing_in_with_nothing_says_what_to_enter(frame: None) -> None:
    html = Client().post("/accounts/login/", {}).content.decode()
    assert "There is a problem" in html
    assert '<a href="#id_password">Enter password</a>' in html
    assert "<title>Error: " in html


ELEMENTS = Path(__file__).parent / "elements.html"


def test_every_element_is_one_of_ours(frame: None, rf) -> None:  # type: ignore[no-untyped-def]
    engine = engines["django"].engine
    page = Template(
        ELEMENTS.read_text("utf-8"), Origin(str(ELEMENTS), ELEMENTS.name), engine=engine
    )
    html = page.render(RequestContext(rf.get("/")))
    for ours in (
        'aria-label="Your account"',
        '<a href="/x" role="button" draggable="false" class="govuk-button govuk-button--warning"',
        '<details class="govuk-details" open>',
        '<input class="govuk-radios__input" type="radio" id="one" name="email" value="a">',
        '<strong class="govuk-tag govuk-tag--green">Verified</strong>',
        '<textarea class="govuk-textarea" id="two" rows="3" readonly>123</textarea>',
        'aria-describedby="three_helptext" value="secret" readonly>',
        '<td class="govuk-table__cell govuk-table__cell--numeric">1</td>',
    ):
        assert ours in html
