"""The public pages: what stands on them, how many queries they take, and how they are answered again."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from service.scrutiny.public.council import LATER, LONG_AGO, SOON, TODAY, Council, at
from sightline.service.scrutiny.models import (
    Ask,
    AskStep,
    Attendance,
    Committee,
    Item,
    Meeting,
    Pack,
    Paper,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def text_of(client: Client, name: str, *args: Any, **query: str) -> str:
    page = client.get(reverse(name, args=args), query)
    assert page.status_code == 200, (name, page.status_code)
    main = page.content.decode().split("<main", 1)[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_home_has_what_is_next_what_is_late_and_what_was_answered(
    council: Council, client: Client
) -> None:
    text = text_of(client, "public-home")
    assert f"{SOON:%A %-d %B %Y}" in text
    assert f"Children and Families Panel, {LATER:%-d %B %Y}" in text
    assert "285a That comparative data" in text
    assert "Overdue by 170 days, 1 meeting since" in text
    assert "285b That the definition be given." in text.split("Answered lately")[1]
    assert "Children who go missing" in text


def test_without_anything_the_pages_say_so(db: None, client: Client) -> None:
    for name in (
        "home",
        "committees",
        "meetings",
        "requests",
        "topics",
        "members",
        "groups",
        "follow",
        "search",
    ):
        assert client.get(reverse(f"public-{name}")).status_code == 200
    assert "No meeting is planned." in text_of(client, "public-home")


def test_a_committee_tells_which_minutes_are_not_here(council: Council, client: Client) -> None:
    text = text_of(client, "public-committee", council.panel.slug)
    assert "286 to 289" in text.split("Minutes that are not here")[1]
    assert "It looks into services for children." in text
    assert "4 members make a quorum" in text
    assert "Councillor Cleo Invented Chair" in text


def test_a_meeting_has_its_minutes_papers_and_who_was_there(
    council: Council, client: Client
) -> None:
    text = text_of(client, "public-meeting", council.past.pk)
    assert f"Confirmed at the meeting on {LATER:%-d %B %Y}" in text
    assert "10.00am to 12.05pm" in text
    assert "The panel asked why interviews were late." in text
    assert "A Report on interviews (PDF, " in text
    assert "pages 1 to 9" in text
    assert (
        "declared an interest (Other registrable) in 285 Return interviews : Governor of a school."
        in text
    )
    assert "They stayed." in text
    assert "Request for information 285a" in text
    page = client.get(reverse("public-meeting", args=[council.past.pk])).content.decode()
    assert page.count(f'id="item-{council.item.pk}"') == 1
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_a_coming_meeting_says_by_when_one_takes_part_and_why(
    council: Council, client: Client
) -> None:
    Meeting.objects.filter(pk=council.coming.pk).update(day="2017-09-13")
    text = text_of(client, "public-meeting", council.coming.pk)
    assert "to the Head of Legal Services by 9.00am on Tuesday 12 September 2017" in text
    assert "By 9.00am, the working day before the meeting (in this case 9.00am on Tuesday" in text
    assert "To receive an update on early help." in text
    assert "Attendance" not in text


def test_a_request_has_its_whole_life(council: Council, client: Client) -> None:
    text = text_of(client, "public-request", council.answered.pk)
    assert f"Closed by the committee at minute 290 of the meeting on {LATER:%-d %B %Y} ." in text
    assert "The definition is that of the statutory guidance." in text
    assert "The page of the guidance." in text
    assert "47.0%" in text and "Redditch" in text and "40.0%" in text
    assert "As it stood when it was quoted" in text
    waits = text_of(client, "public-request", council.ask.pk)
    assert "Overdue by 170 days and 1 meeting of the committee." in waits
    assert ". within a month" in waits
    assert "No answer has been published." in waits


def test_what_a_meeting_decided_shows_once_its_minutes_are_confirmed(
    council: Council, client: Client
) -> None:
    Meeting.objects.filter(pk=council.later.pk).update(minutes_state="draft")
    text = text_of(client, "public-request", council.answered.pk)
    assert "Closed by the committee" not in text
    assert "Where it stands Replied" in text
    assert "285b" in text_of(client, "public-requests", state="open")
    assert "285b" not in text_of(client, "public-requests", state="closed")
    Meeting.objects.filter(pk=council.later.pk).update(minutes_state="confirmed")
    assert "285b" in text_of(client, "public-requests", state="closed")
    assert "Closed by the committee" in text_of(client, "public-request", council.answered.pk)


def test_closed_in_draft_minutes_a_late_request_is_late_still(
    council: Council, client: Client
) -> None:
    draft = Meeting.objects.create(
        committee=council.panel, day=TODAY - timedelta(days=9), state="held", minutes_state="draft"
    )
    AskStep.objects.create(
        ask=council.ask, after="closed", meeting=draft, minute="300", at=at(draft.day)
    )
    Ask.objects.filter(pk=council.ask.pk).update(
        state="closed", closed_at=draft, closed_minute="300"
    )
    assert "285a" in text_of(client, "public-home").split("that are overdue", 1)[1]
    assert "285a" in text_of(client, "public-requests", state="overdue")


def test_a_topic_follows_its_subject(council: Council, client: Client) -> None:
    text = text_of(client, "public-topic", council.topic.slug)
    assert text.index("Early help") < text.index("285 Return interviews")
    assert "285a" in text and "Children who go missing" in text
    assert "Missing children 2 1" in text_of(client, "public-topics")


def test_a_member_has_attendance_with_its_definition(council: Council, client: Client) -> None:
    text = text_of(client, "public-member", council.chair.slug)
    assert "Children and Families Panel 1 1 0 0 0 0 0 100%" in text
    assert "Cancelled meetings and those that were not quorate are left out." in text


def test_a_report_is_a_page(council: Council, client: Client) -> None:
    text = text_of(client, "public-paper", council.as_page.pk)
    assert "Interviews are offered within 72 hours." in text
    assert "Interviews in time" in text


def test_papers_and_packs_are_sent_as_they_are(council: Council, client: Client) -> None:
    for name, row, data in (
        ("public-paper", council.paper, b"%PDF-1.7 a public paper"),
        ("public-pack", council.pack, b"%PDF-1.7 a public pack"),
    ):
        address = reverse(name, args=[row.pk])
        answer = client.get(address)
        assert (answer.status_code, answer.content) == (200, data)
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["Content-Disposition"].startswith("inline")
        again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        since = client.get(address, headers={"If-Modified-Since": answer.headers["Last-Modified"]})
        assert since.status_code == 304


def test_a_file_that_a_browser_would_run_is_only_saved(council: Council, client: Client) -> None:
    council.paper.file.kind = "text/html"
    council.paper.file.name = "kept first for something private.html"
    council.paper.file.save()
    Paper.objects.filter(pk=council.paper.pk).update(title='x"\r\n<b>')
    answer = client.get(reverse("public-paper", args=[council.paper.pk]))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="x_b_.html"'


def test_a_page_is_sent_once_and_to_everybody_the_same(council: Council, client: Client) -> None:
    address = reverse("public-meeting", args=[council.past.pk])
    first = client.get(address)
    assert first.headers["Cache-Control"] == "public, max-age=60"
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    Item.objects.filter(pk=council.item.pk).update(minute="Otherwise.")
    after = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert after.status_code == 200
    assert "csrfmiddlewaretoken" not in after.content.decode()
    assert not after.cookies
    assert client.get("/public/meetings/999999/").headers["Cache-Control"] == "private, no-store"
    assert client.post(address).status_code == 405


def test_a_page_is_made_once_until_anything_changes(
    council: Council, client: Client, django_assert_num_queries: Any
) -> None:
    address = reverse("public-meeting", args=[council.past.pk])
    first = client.get(address)
    with django_assert_num_queries(1):
        again = client.get(address)
    assert (again.content, again.headers["ETag"]) == (first.content, first.headers["ETag"])
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    Committee.objects.filter(pk=council.panel.pk).update(is_public=False)
    assert client.get(address).status_code == 404
    Committee.objects.filter(pk=council.panel.pk).update(is_public=True)
    assert client.get(address).content == first.content


def test_pages_speak_to_machines(council: Council, client: Client) -> None:
    def data(name: str, key: Any) -> dict[str, Any]:
        page = client.get(reverse(name, args=[key])).content.decode()
        found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
        assert found
        return dict(json.loads(found.group(1)))

    Item.objects.filter(pk=council.item.pk).update(title="</script><b>")
    meeting = data("public-meeting", council.past.pk)
    assert meeting["@type"] == "Event"
    assert meeting["startDate"].startswith(f"{LONG_AGO}T10:00:00+0")
    assert meeting["subEvent"][0]["name"] == "285 </script><b>"
    assert meeting["workFeatured"][0]["encodingFormat"] == "application/pdf"
    assert (
        data("public-committee", council.panel.slug)["member"][0]["member"]["name"]
        == council.chair.name
    )
    assert data("public-item", council.item.pk)["identifier"] == "285"
    question = data("public-request", council.answered.pk)
    assert (question["@type"], question["answerCount"]) == ("Question", 1)
    assert data("public-member", council.chair.slug)["memberOf"][0]["roleName"] == "Chair"


def test_requests_as_csv(council: Council, client: Client) -> None:
    import csv
    from io import StringIO

    Ask.objects.filter(pk=council.ask.pk).update(text="=1+1")
    text = client.get(reverse("public-requests-csv")).content.decode("utf-8-sig")
    rows = {row["Reference"]: row for row in csv.DictReader(StringIO(text))}
    assert set(rows) == {"285a", "285b", "285c", "MG1"}
    assert rows["285a"]["Words"] == "'=1+1"
    assert rows["285a"]["Days overdue"] == "170"
    assert rows["285b"]["Closed at minute"] == "290"
    assert rows["285b"]["Closed at the meeting on"] == str(LATER)
    assert rows["285b"]["Last answer"].startswith("The definition")
    only = client.get(reverse("public-requests-csv"), {"state": "closed"}).content.decode()
    assert "285b" in only and "285a" not in only


@pytest.mark.parametrize(
    "query", ["committee=nothing", "year=1066", "page=zzz", "page=-1", "page=99999", "state=x"]
)
def test_no_filter_is_an_error(council: Council, client: Client, query: str) -> None:
    for name in (
        "public-meetings",
        "public-requests",
        "public-search",
        "public-topics",
        "public-members",
    ):
        assert client.get(f"{reverse(name)}?{query}").status_code == 200


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("public-home", 10),
        ("public-committee", 11),
        ("public-meetings", 6),
        ("public-meeting", 15),
        ("public-item", 10),
        ("public-requests", 6),
        ("public-request", 10),
        ("public-topic", 8),
        ("public-topics", 6),
        ("public-members", 4),
        ("public-member", 8),
        ("public-requests-csv", 7),
        ("public-feed", 7),
        ("public-calendar", 3),
    ],
)
def test_queries_do_not_grow_with_what_is_listed(
    council: Council, client: Client, name: str, most: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        meeting = Meeting.objects.create(
            committee=council.panel,
            day=LONG_AGO - timedelta(days=number + 1),
            state="held",
            minutes_state="confirmed",
            called_at=at(LONG_AGO - timedelta(days=20)),
        )
        for each in (meeting, council.past):
            item = Item.objects.create(
                meeting=each,
                position=number + 9,
                title=f"Item {number}",
                minute="Noted.",
                topic=council.topic,
            )
            Ask.objects.create(
                committee=council.panel,
                meeting=each,
                item=item,
                reference=f"{each.pk}-{number}",
                kind="request",
                text="More",
                due=LONG_AGO,
                made_on=each.day,
                topic=council.topic,
            )
            Attendance.objects.create(
                meeting=each, name=f"Somebody {number}", capacity="officer", status="present"
            )
        Attendance.objects.create(
            meeting=meeting,
            name=council.chair.name,
            member=council.chair,
            capacity="member",
            status="present",
        )
    key = {
        "public-committee": council.panel.slug,
        "public-meeting": council.past.pk,
        "public-item": council.item.pk,
        "public-request": council.answered.pk,
        "public-topic": council.topic.slug,
        "public-member": council.chair.slug,
    }.get(name)
    address = reverse(name, args=[key] if key else [])
    with django_assert_max_num_queries(most):
        assert client.get(address).status_code == 200


def test_numbers_and_names_of_nothing_are_not_found(db: None, client: Client) -> None:
    for name in ("meeting", "item", "paper", "pack", "request"):
        for number in (0, 1, 10**30):
            assert client.get(reverse(f"public-{name}", args=[number])).status_code == 404
    for name in (
        "committee",
        "topic",
        "member",
        "group",
        "committee-feed",
        "topic-feed",
        "committee-calendar",
    ):
        assert client.get(reverse(f"public-{name}", args=["none"])).status_code == 404


def test_lists_are_in_pages(council: Council, client: Client) -> None:
    Meeting.objects.bulk_create(
        Meeting(committee=council.panel, day=LONG_AGO - timedelta(days=n), state="held")
        for n in range(1, 60)
    )
    first = client.get(reverse("public-meetings"))
    assert len(first.context["page"].object_list) == 25
    assert "page=2" in first.content.decode()
    one = client.get(
        reverse("public-meetings"), {"year": str(LONG_AGO.year), "committee": council.panel.slug}
    )
    assert one.context["page"].paginator.count > 25


def test_attendance_is_counted_as_the_committee_counts_it(council: Council) -> None:
    from sightline.service.scrutiny.meetings.statistics import statistics
    from sightline.service.scrutiny.public import attendance, shown

    for number, (capacity, status) in enumerate(
        [
            ("member", "present"),
            ("member", "apology"),
            ("member", "absent"),
            ("member", "remote"),
            ("substitute", "present"),
            ("substitute", "apology"),
        ]
    ):
        meeting = Meeting.objects.create(
            committee=council.panel,
            day=LONG_AGO - timedelta(days=10 + number),
            state="held",
            minutes_state="signed",
        )
        Attendance.objects.create(
            meeting=meeting, name="x", member=council.chair, capacity=capacity, status=status
        )
    for state, minutes in (
        ("held", "draft"),
        ("cancelled", "confirmed"),
        ("inquorate", "confirmed"),
        ("held", "signed"),
    ):
        meeting = Meeting.objects.create(
            committee=council.panel,
            day=LONG_AGO - timedelta(days=60),
            state=state,
            minutes_state=minutes,
        )
        member = council.chair if state != "held" or minutes == "draft" else None
        Attendance.objects.create(
            meeting=meeting, name="x", member=member, capacity="member", status="present"
        )
    (line,) = attendance.attendance_of(shown.member(council.chair))
    wanted = statistics(council.panel, LONG_AGO - timedelta(days=999), TODAY, with_drafts=False)
    (of_them,) = [each for each in wanted.lines if each.member == council.chair]
    for name in (
        "expected",
        "present",
        "remote",
        "substitute",
        "apology",
        "absent",
        "not_recorded",
    ):
        assert getattr(line, name) == getattr(of_them, name), name
    assert (line.present, line.remote, line.substitute) == (2, 1, 1)


def test_whoever_has_not_signed_in_is_led_to_the_public_site(
    council: Council, client: Client
) -> None:
    page = client.get("/", follow=True)
    assert page.redirect_chain
    assert f'href="{reverse("public-home")}"' in page.content.decode().split("<main")[1]


def test_the_map_has_every_public_page(council: Council, client: Client) -> None:
    robots = client.get("/robots.txt").content.decode()
    assert "Disallow: /\n" in robots and "Allow: /public/" in robots
    index = client.get(robots.split("Sitemap: http://testserver")[1].strip()).content.decode()
    parts = re.findall(r"<loc>http://testserver([^<]+)</loc>", index)
    found = {
        address
        for part in parts
        for address in re.findall(
            r"<loc>http://testserver([^<]+)</loc>", client.get(part).content.decode()
        )
    }
    assert {
        reverse("public-item", args=[council.item.pk]),
        reverse("public-request", args=[council.ask.pk]),
        reverse("public-group", args=[council.group.slug]),
        reverse("public-home"),
    } <= found
    assert all(client.get(each).status_code == 200 for each in found)
    assert client.get("/public/sitemap-items-9.xml").status_code == 404


def test_a_cancelled_meeting_says_so(council: Council, client: Client) -> None:
    Meeting.objects.filter(pk=council.coming.pk).update(state="cancelled")
    assert "This meeting was cancelled." in text_of(client, "public-meeting", council.coming.pk)
    assert "Cancelled" in text_of(client, "public-home")


def test_a_supplement_is_named_and_goes_on_where_the_pack_ended(
    council: Council, client: Client
) -> None:
    Pack.objects.create(
        meeting=council.past, number=1, file=council.pack.file, first_page=10, last_page=12
    )
    text = text_of(client, "public-meeting", council.past.pk)
    assert "Supplement 1 (PDF, " in text and "pages 10 to 12" in text


def test_two_committees_keep_apart(council: Council, client: Client) -> None:
    other = Committee.objects.create(name="Other Panel", slug="other", kind="scrutiny")
    text = text_of(client, "public-committee", other.slug)
    assert "285a" not in text and "Minutes that are not here" not in text
