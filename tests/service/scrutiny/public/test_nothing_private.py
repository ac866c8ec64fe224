"""Nothing private comes out: a secret word in each private place, and every public address searched."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.test import Client
from django.urls import get_resolver, reverse

from service.scrutiny.public.council import PUBLIC, SECRET, Council, plant_secrets
from sightline.service.accounts.models import Person
from sightline.service.scrutiny import models as kept
from sightline.service.scrutiny.models import Ask, Item, Paper, PublishedText
from sightline.service.scrutiny.public import open_data, search
from sightline.service.scrutiny.public.urls import urlpatterns

pytestmark = pytest.mark.django_db

_LINK = re.compile(r'(?:href|action|src)="([^"]+)"|<loc>([^<]+)</loc>|"(?:url|next)": "([^"]+)"')


@pytest.fixture
def private(council: Council, make_person: Callable[..., Person]) -> dict[str, Any]:
    planted = plant_secrets(council, make_person("analyst"))
    search.publish_all()
    return planted


_OF_NAME = {
    "public-committee": kept.Committee,
    "public-committee-feed": kept.Committee,
    "public-committee-calendar": kept.Committee,
    "public-meeting": kept.Meeting,
    "public-item": kept.Item,
    "public-paper": kept.Paper,
    "public-pack": kept.Pack,
    "public-request": kept.Ask,
    "public-topic": kept.Topic,
    "public-topic-feed": kept.Topic,
    "public-member": kept.Member,
    "public-group": kept.TaskGroup,
}
_OF_KIND = {
    "organizations": kept.Committee,
    "people": kept.Member,
    "memberships": kept.Membership,
    "meetings": kept.Meeting,
    "items": kept.Item,
    "attendance": kept.Attendance,
    "declarations": kept.Declaration,
    "resolutions": kept.Ask,
    "asks": kept.Ask,
    "replies": kept.Reply,
}


def _every_address() -> Iterator[str]:
    """Give every public address there could be: of each pattern, for every row there is, private ones too."""
    for pattern in urlpatterns:
        names = set(pattern.pattern.converters)
        if pattern.name == "public-data-one":
            for kind, model in _OF_KIND.items():
                yield from (reverse(pattern.name, args=[kind, pk]) for pk in _keys(model, "pk"))
        elif names == {"kind"}:
            yield from (reverse(pattern.name, args=[kind]) for kind in open_data.RECORDS)
        elif names == {"token"}:
            yield reverse(pattern.name, args=["x"])
        elif names == {"part", "number"}:
            continue  # the map leads to each
        elif names:
            (field,) = names
            rows = _keys(_OF_NAME[str(pattern.name)], field)
            yield from (reverse(pattern.name, args=[key]) for key in rows)
        else:
            yield reverse(pattern.name)
    old = {
        kept.Committee: (
            "mgCommitteeDetails.aspx?ID=",
            "ieListMeetings.aspx?CommitteeId=",
            "ieListDocuments.aspx?CId=",
        ),
        kept.Meeting: (
            "ieListDocuments.aspx?MId=",
            "mgMeetingAttendance.aspx?ID=",
            "documents/g{}/pack.pdf?T=10",
        ),
        kept.Item: ("mgAi.aspx?ID=", "ieDecisionDetails.aspx?AIId="),
        kept.Topic: ("mgIssueHistoryHome.aspx?IId=",),
        kept.Member: ("mgUserInfo.aspx?UID=",),
    }
    for model, paths in old.items():
        for number in _keys(model, "moderngov_id"):
            yield from (
                f"/{path.format(number) if '{' in path else f'{path}{number}'}" for path in paths
            )
    yield "/robots.txt"
    for state in ("open", "overdue", "answered", "closed"):
        yield f"/public/requests/?state={state}"
        yield f"/public/requests.csv?state={state}"


def _keys(model: Any, field: str) -> list[Any]:
    return [key for key in model.objects.values_list(field, flat=True) if key is not None]


def _crawled(client: Client) -> dict[str, Any]:
    """Ask for every address, and for what the answers lead to."""
    waiting = list(dict.fromkeys(_every_address()))
    answers: dict[str, Any] = {}
    while waiting:
        address = waiting.pop()
        if address in answers:
            continue
        answers[address] = answer = client.get(address)
        if answer.status_code != 200 or b"%PDF" in answer.content:
            continue
        for found in _LINK.findall(answer.content.decode()):
            link = (
                next(filter(None, found))
                .replace("http://testserver", "")
                .split("#")[0]
                .replace("&amp;", "&")
            )
            if link.startswith("?"):
                link = address.split("?")[0] + link
            if link.startswith("/public/") and link not in answers:
                waiting.append(link)
    return answers


def test_no_address_gives_anything_private(
    private: dict[str, Any], council: Council, make_person: Callable[..., Person], client_of: Any
) -> None:
    answers = _crawled(Client())
    wrong = [
        address
        for address, answer in answers.items()
        if SECRET
        in (answer.content.decode(errors="replace") + str(answer.headers)).replace(address, "")
        and SECRET not in address
    ]
    assert wrong == []
    assert [a for a, answer in answers.items() if answer.status_code >= 500] == []
    for address, answer in answers.items():
        if SECRET in address:
            assert answer.status_code == 404, address
    # What is public was there to be found.
    found = [
        address
        for address, answer in answers.items()
        if PUBLIC in answer.content.decode(errors="replace")
    ]
    for name, key in (("public-meeting", council.past.pk), ("public-item", council.item.pk)):
        assert reverse(name, args=[key]) in found
    assert reverse("public-requests-csv") in answers
    # And it is the same for somebody who may read private papers.
    signed_in = client_of(make_person("councillor"))
    for address in (
        reverse("public-meeting", args=[council.past.pk]),
        "/public/requests/",
        "/public/",
    ):
        assert signed_in.get(address).content == answers[address].content


def test_private_rows_are_not_there(private: dict[str, Any], client: Client) -> None:
    names = {
        "hidden": "public-committee",
        "hidden_member": "public-member",
        "hidden_meeting": "public-meeting",
        "hidden_item": "public-item",
        "hidden_topic": "public-topic",
        "unused_topic": "public-topic",
        "hidden_ask": "public-request",
        "hidden_pack": "public-pack",
        "hidden_group": "public-group",
        "unreported": "public-group",
        "planned_item": "public-item",
        "planned_pack": "public-pack",
        "planned_paper": "public-paper",
        "draft_ask": "public-request",
        "no_day": "public-meeting",
        "members' pack": "public-pack",
    }
    kinds: dict[type[models.Model], str] = {
        Item: "public-item",
        Ask: "public-request",
        Paper: "public-paper",
    }
    for key, row in private.items():
        name = names.get(key) or kinds.get(type(row), "")
        if not name:
            assert key in ("planned", "draft"), key
            continue
        value = row.slug if hasattr(row, "slug") else row.pk
        assert client.get(reverse(name, args=[value])).status_code == 404, key


@pytest.mark.parametrize(
    "asked", [SECRET, f'"{SECRET}"', f"interviews {SECRET}", f"{SECRET} private"]
)
def test_the_search_knows_no_secret(private: dict[str, Any], client: Client, asked: str) -> None:
    page = client.get(reverse("public-search"), {"q": asked})
    assert page.status_code == 200
    main = page.content.decode().split("<main")[1]
    for hit in page.context["page"]:
        assert SECRET not in f"{hit.title} {hit.snippet} {hit.address}"
    if asked.strip('"') == SECRET:
        assert "Nothing found" in main


def test_the_search_finds_what_is_public(
    private: dict[str, Any], council: Council, client: Client
) -> None:
    def addresses(asked: str) -> list[str]:
        return [
            hit.address
            for hit in client.get(reverse("public-search"), {"q": asked}).context["page"]
        ]

    assert reverse("public-item", args=[council.item.pk]) in addresses("interviews late")
    assert reverse("public-item", args=[council.agenda.pk]) in addresses("early help")
    assert reverse("public-request", args=[council.ask.pk]) in addresses("comparative data")
    assert any("#answer-" in each for each in addresses("statutory guidance"))


def test_what_is_hidden_after_it_was_published_is_not_found(council: Council) -> None:
    search.publish_all()
    item, ask, reply, panel = council.item, council.ask, council.reply, council.panel

    def found(asked: str) -> int:
        return len(search.find(asked).keys)

    def hide(row: Any, words: str, **change: Any) -> None:
        before = {name: getattr(row, name) for name in change}
        assert found(words) > 0, words
        type(row).objects.filter(pk=row.pk).update(**change)
        assert found(words) == 0, (words, change)
        type(row).objects.filter(pk=row.pk).update(**before)
        assert found(words) > 0, words

    hide(item, '"RESOLVED that the report"', privacy="exempt", paragraph=1, why_exempt="why")
    hide(council.past, '"RESOLVED that the report"', minutes_state="draft")
    hide(council.coming, "update early", called_at=None)
    hide(ask, '"comparative data"', privacy="confidential")
    hide(reply, '"statutory guidance"', published_at=None)
    hide(panel, '"statutory guidance"', is_public=False)


def test_templates_have_no_row_of_any_table(
    private: dict[str, Any], council: Council, client: Client
) -> None:
    """What is not shown cannot come out by mistake: pages have `shown` things, and figures as they stood."""
    addresses = [
        "/public/",
        "/public/committees/",
        "/public/meetings/",
        "/public/requests/",
        "/public/topics/",
        "/public/councillors/",
        "/public/groups/",
        "/public/follow/",
        "/public/search/?q=panel",
        reverse("public-committee", args=[council.panel.slug]),
        reverse("public-meeting", args=[council.past.pk]),
        reverse("public-item", args=[council.item.pk]),
        reverse("public-request", args=[council.answered.pk]),
        reverse("public-topic", args=[council.topic.slug]),
        reverse("public-member", args=[council.chair.slug]),
        reverse("public-group", args=[council.group.slug]),
    ]
    for address in addresses:
        page = client.get(address)
        told = {
            key: value
            for context in page.context
            for each in context.dicts
            for key, value in each.items()
        }
        assert len(told) > 5
        rows = [
            each
            for each in _things(told)
            if isinstance(each, models.Model) and not isinstance(each, kept.QuotedFigure)
        ]
        assert rows == [], address


def _things(of: Any, depth: int = 0, seen: set[int] | None = None) -> Iterator[Any]:
    seen = seen if seen is not None else set()
    if depth > 6 or id(of) in seen or isinstance(of, str | bytes | int | float | ContentType):
        return
    seen.add(id(of))
    yield of
    if isinstance(of, dict):
        inner = [
            value for key, value in of.items() if key not in ("request", "user", "perms", "figures")
        ]
    elif isinstance(of, list | tuple):
        inner = list(of)
    elif hasattr(of, "object_list"):
        inner = list(of.object_list)
    elif type(of).__module__.startswith("sightline.service.scrutiny.public"):
        inner = list(getattr(of, "__dict__", {}).values())
    else:
        return
    for each in inner:
        yield from _things(each, depth + 1, seen)


def test_the_public_addresses_are_all_of_them() -> None:
    """A view added under /public/ is crawled above, as the crawl takes the patterns themselves."""
    known = {pattern.name for pattern in urlpatterns}
    found = {
        name
        for name in get_resolver().reverse_dict
        if isinstance(name, str) and name.startswith("public-")
    }
    assert found == known
    assert PublishedText._meta.db_table == "scrutiny_publishedtext"
