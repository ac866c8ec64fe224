"""Feeds, calendars, open data, and the addresses of ModernGov."""

import json
from datetime import time, timedelta
from typing import Any
from xml.etree import ElementTree

import jsonschema_rs
import pytest
from django.test import Client
from django.urls import reverse

from service.scrutiny.public.council import LONG_AGO, SOON, TODAY, Council, plant_secrets
from sightline.service.scrutiny.models import Item, Meeting
from sightline.service.scrutiny.public import open_data

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ATOM = "{http://www.w3.org/2005/Atom}"


def entries(client: Client, name: str, *args: Any) -> list[dict[str, str]]:
    answer = client.get(reverse(name, args=args))
    assert answer.headers["Content-Type"] == "application/atom+xml"
    feed = ElementTree.fromstring(answer.content)
    return [
        {
            "title": str(each.findtext(f"{ATOM}title")),
            "id": str(each.findtext(f"{ATOM}id")),
            "summary": str(each.findtext(f"{ATOM}summary")),
            "href": str(each.find(f"{ATOM}link").get("href")),  # type: ignore[union-attr]
        }
        for each in feed.iter(f"{ATOM}entry")
    ]


def test_feeds(council: Council, client: Client) -> None:
    titles = [each["title"] for each in entries(client, "public-feed")]
    assert any(title.startswith("Minutes: Children and Families Panel") for title in titles)
    assert any(title.startswith("Agenda:") for title in titles)
    assert "Answer to 285b That the definition be given." in titles
    assert titles == [
        each["title"] for each in entries(client, "public-committee-feed", council.panel.slug)
    ]
    topic = [each["title"] for each in entries(client, "public-topic-feed", council.topic.slug)]
    assert topic[0].startswith("Early help") and any(
        "285 Return interviews" in each for each in topic
    )
    requests = entries(client, "public-requests-feed")
    assert {"285a", "285b", "285c", "MG1"} <= {each["title"].split()[0] for each in requests}
    assert all(each["href"].startswith("http://testserver/public/") for each in requests)
    assert len({each["id"] for each in requests}) == len(requests)


def test_a_feed_is_answered_again_without_being_sent(council: Council, client: Client) -> None:
    address = reverse("public-feed")
    first = client.get(address)
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert (
        client.get(
            address, headers={"If-Modified-Since": first.headers["Last-Modified"]}
        ).status_code
        == 304
    )


def test_signs_that_xml_has_not_do_not_break_a_feed(council: Council, client: Client) -> None:
    Item.objects.filter(pk=council.item.pk).update(minute="a\x0bb <i> & \x1f", title="x\x0cy")
    (entry,) = [
        each
        for each in entries(client, "public-topic-feed", council.topic.slug)
        if "xy" in each["title"]
    ]
    assert "&lt;i&gt; &amp;" in entry["summary"]


def test_the_calendar(council: Council, client: Client) -> None:
    Meeting.objects.create(
        committee=council.panel,
        day=SOON,
        state="cancelled",
        venue="A, B; C\nD",
        called_at=None,
        starts=None,
    )
    Meeting.objects.create(
        committee=council.panel, day="2027-07-01", starts=time(10), state="planned", venue="é" * 90
    )
    answer = client.get(reverse("public-committee-calendar", args=[council.panel.slug]))
    text = answer.content.decode()
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    lines = text.split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    whole = text.replace("\r\n ", "")
    assert "DTSTART:20270701T090000Z" in whole, "ten o'clock in London in summer"
    assert f"DTSTART;VALUE=DATE:{SOON:%Y%m%d}" in whole
    assert "STATUS:CANCELLED" in whole and "LOCATION:A\\, B\\; C\\nD" in whole
    assert "é" * 90 in whole
    assert whole.count("BEGIN:VEVENT") == whole.count("END:VEVENT") == 5
    assert client.get(reverse("public-calendar")).content.decode().count("BEGIN:VEVENT") == 5
    assert f"{TODAY:%Y%m%d}" in whole


def test_open_data_is_as_its_schema_says(
    council: Council, client: Client, make_person: Any
) -> None:
    plant_secrets(council, make_person("analyst"))
    schema = client.get(reverse("public-data-schema")).json()
    jsonschema_rs.meta.validate(schema)
    lists = jsonschema_rs.validator_for(schema, validate_formats=True)
    for kind, record in open_data.RECORDS.items():
        answer = client.get(reverse("public-data-list", args=[kind]))
        told = answer.json()
        assert told["kind"] == record.name and told["total"] == len(told["records"]) > 0, kind
        assert lists.is_valid(told), (kind, list(lists.iter_errors(told))[:2])
        told["records"][0]["surplus"] = 1
        assert not lists.is_valid(told), kind
        one = jsonschema_rs.validator_for(open_data.one_schema(kind), validate_formats=True)
        key = told["records"][0]["id"]
        record_told = client.get(reverse("public-data-one", args=[kind, key])).json()
        assert one.is_valid(record_told), kind
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert client.get(reverse("public-data-list", args=["children"])).status_code == 404


def test_open_data_says_what_the_pages_say(council: Council, client: Client) -> None:
    def records(kind: str) -> list[dict[str, Any]]:
        return list(client.get(reverse("public-data-list", args=[kind])).json()["records"])

    (panel,) = records("organizations")
    assert panel["posts"][0] == {
        "id": f"{panel['id']}-chair",
        "label": "Chair of Children and Families Panel",
        "role": "chair",
    }
    (membership,) = records("memberships")
    assert membership["post_id"] == panel["posts"][0]["id"]
    assert {each["reference"] for each in records("asks")} == {"285a", "285b", "MG1"}
    assert [each["text"] for each in records("resolutions")] == ["That the report be noted."]
    (reply,) = records("replies")
    assert reply["figures"][0]["value"] == "47.0%"
    (declaration,) = records("declarations")
    assert (declaration["kind"], declaration["left"]) == ("Other registrable", False)
    past = next(each for each in records("meetings") if each["start_date"] == str(LONG_AGO))
    assert (past["end_time"], past["minutes"]) == ("12:05:00", "confirmed")


def test_open_data_is_in_pages(council: Council, client: Client) -> None:
    Meeting.objects.bulk_create(
        Meeting(committee=council.panel, day=LONG_AGO - timedelta(days=n), state="held")
        for n in range(150)
    )
    address: str | None = reverse("public-data-list", args=["meetings"])
    seen: list[str] = []
    while address:
        told = client.get(address).json()
        seen += [each["id"] for each in told["records"]]
        address = told["next"]
    assert len(seen) == len(set(seen)) == 153


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/mgListCommittees.aspx?bcr=1", "/public/committees/"),
        ("/mgCommitteeDetails.aspx?ID=144", "committee"),
        ("/mgcommitteedetails.aspx?id=144", "committee"),
        ("/ieListMeetings.aspx?CommitteeId=144", "committee"),
        ("/ieListMeetings.aspx?CId=144&Year=0", "committee"),
        ("/ieListDocuments.aspx?CId=144&MId=4967", "meeting"),
        ("/ieListDocuments.aspx?CId=144&MId=4967&Ver=4", "meeting"),
        ("/mgAi.aspx?ID=18831", "item"),
        ("/ieDecisionDetails.aspx?AIId=18831", "item"),
        ("/mgIssueHistoryHome.aspx?IId=31", "topic"),
        ("/ieIssueDetails.aspx?IId=31&Opt=3", "topic"),
        ("/mgUserInfo.aspx?UID=7", "member"),
        ("/mgMeetingAttendance.aspx?ID=4967", "meeting#attendance"),
        ("/documents/g4967/Public%20reports%20pack.pdf?T=10", "pack"),
        ("/documents/g4967/Printed%20minutes.pdf?T=1", "meeting"),
    ],
)
def test_addresses_of_moderngov_lead_on(
    council: Council, client: Client, old: str, new: str
) -> None:
    there = {
        "committee": reverse("public-committee", args=[council.panel.slug]),
        "meeting": reverse("public-meeting", args=[council.past.pk]),
        "meeting#attendance": reverse("public-meeting", args=[council.past.pk]) + "#attendance",
        "item": reverse("public-item", args=[council.item.pk]),
        "topic": reverse("public-topic", args=[council.topic.slug]),
        "member": reverse("public-member", args=[council.chair.slug]),
        "pack": reverse("public-pack", args=[council.pack.pk]),
    }
    answer = client.get(old)
    assert (answer.status_code, answer.headers["Location"]) == (301, there.get(new, new))
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert client.get(answer.headers["Location"]).status_code == 200


@pytest.mark.parametrize(
    "old",
    [
        "/mgAi.aspx",
        "/mgAi.aspx?ID=",
        "/mgAi.aspx?ID=x",
        "/mgAi.aspx?ID=-1",
        "/mgAi.aspx?ID=99999999999999999999",
        "/mgAi.aspx?ID=1%00",
        "/mgAi.aspx?ID=²",
        "/mgConvert2PDF.aspx?ID=1",
        "/ieListDocuments.aspx",
        "/other.aspx",
        "/documents/g99999999999999999999/x.pdf",
        "/mgUserInfo.aspx?UID=8",
        "/mgIssueHistoryHome.aspx?IId=1",
    ],
)
def test_those_that_lead_nowhere_say_so(council: Council, client: Client, old: str) -> None:
    assert client.get(old).status_code == 404


def test_what_is_written_as_json_can_be_read(council: Council, client: Client) -> None:
    assert json.loads(client.get(reverse("public-data-schema")).content)["oneOf"]
