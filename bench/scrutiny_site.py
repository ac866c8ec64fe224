"""How long 50 readers who ask at once wait for the public pages of a council of ten years, and its search.

The council is invented: 20 committees, 2,000 meetings, 30,000 minutes, 5,000 requests with their steps and
answers. The service runs as `sightline serve` runs it (gunicorn, SQLite, or the PostgreSQL that
SIGHTLINE_TEST_DATABASE names). Readers have no account and ask from a process of their own, each again as
soon as they have their answer. The bare page is one more address of the same server, for anybody. A page is
kept until anything of scrutiny changes, so that readers mostly get kept ones; what it takes to make one anew
is measured too, in the processor's time.
"""

import argparse
import http.client
import logging
import os
import random
import tempfile
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from datetime import time as clock
from pathlib import Path
from statistics import median
from typing import Any

from measure import machine
from service_pages import asked, p95, serving, sightline

READERS = 50
LIMIT = 8.0
SEARCH_LIMIT = 200
COMMITTEES, YEARS, A_YEAR, ITEMS, ASKS, TOPICS, MEMBERS = 20, 10, 10, 15, 5000, 60, 240
BARE = "/bare-for-anybody/"
_TEXT = (
    "the panel noted that children and families in the district had been seen within the time that the "
    "authority had set and asked officers for comparative data on referrals assessments visits and plans "
    "members were concerned about waiting times placements missing episodes return interviews health "
    "education attendance care leavers fostering adoption early help thresholds neglect exploitation "
    "partners schools police budget staff turnover agency caseload supervision audit inspection report"
)
WORDS = _TEXT.split()
RARE = [f"invented{n}" for n in range(400)]
SEARCHES = (
    "children",
    "the panel",
    "return interviews",
    '"return interviews"',
    "waiting times missing",
    "invented7",
    "invented399 children",
    "budget caseload supervision audit",
    "zebra",
    "zebra children",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=10, help="Requests of each reader in a round.")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--years", type=int, default=YEARS)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="scrutiny-site-") as folder:
        home = Path(folder) / "home"
        sightline(
            *("setup", "--folder", home, "--no-https", "--quiet", "--reset-link"),
            *("--email", "first@example.org", "--name", "Invented Administrator"),
            *database(),
        )
        from sightline.service.config.deployment import use

        use(home, "bench")
        began = time.perf_counter()
        pages = make_council(told.years)
        print(f"made in {time.perf_counter() - began:.0f} s")
        processor(pages)
        with serving(home) as port:
            report(port, pages, told.each, told.rounds)


def database() -> tuple[str, ...]:
    """Give the option of `setup` that names a new database of the PostgreSQL server, if there is one."""
    server = os.environ.get("SIGHTLINE_TEST_DATABASE")
    if not server:
        return ()
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE bench")
    return ("--database", server.replace("/postgres?", "/bench?"))


def make_council(years: int) -> dict[str, list[str]]:
    """Make the council; give the addresses of each kind of page."""
    from django.urls import reverse

    from sightline.service.audit.triggers import drop_triggers, make_triggers
    from sightline.service.scrutiny.models import (
        Ask,
        Committee,
        Item,
        Meeting,
        Member,
        Membership,
        Topic,
    )
    from sightline.service.scrutiny.public.search import publish_all

    drop_triggers()  # what is measured is reading; each row's entry in the audit would take minutes
    fill(random.Random(5), years)
    print(f"{publish_all()} passages to search")
    make_triggers()
    chosen = random.Random(6)
    seated = Membership.objects.values("member")

    def some(model: Any, name: str, field: str = "pk", **of: Any) -> list[str]:
        keys = list(model.objects.filter(**of).order_by("pk").values_list(field, flat=True))
        return [reverse(name, args=[key]) for key in chosen.sample(keys, min(20, len(keys)))]

    return {
        "bare": [BARE],
        "home": [reverse("public-home")],
        "committee": some(Committee, "public-committee", "slug"),
        "meeting": some(Meeting, "public-meeting", minutes_state="signed"),
        "minute": some(Item, "public-item"),
        "meetings": [f"{reverse('public-meetings')}?page={n}" for n in range(1, 11)],
        "requests": [f"{reverse('public-requests')}?page={n}" for n in range(1, 11)],
        "request": some(Ask, "public-request"),
        "topic": some(Topic, "public-topic", "slug"),
        "councillor": some(Member, "public-member", "slug", pk__in=seated),
    }


def fill(rows: random.Random, years: int) -> None:
    from django.utils import timezone

    from sightline.service.scrutiny.models import (
        Ask,
        AskStep,
        Attendance,
        Committee,
        Item,
        Meeting,
        Member,
        Membership,
        Reply,
        Topic,
    )

    today = timezone.localdate()
    first = date(today.year - years + 1, 1, 10)

    def at(day: date) -> datetime:
        return timezone.make_aware(datetime.combine(day, clock(10)))

    committees = Committee.objects.bulk_create(
        Committee(
            name=f"Invented Committee {n}",
            slug=f"committee-{n}",
            kind="scrutiny",
            number_form="1",
            terms_of_reference=words(rows, 120),
            participation_rule="working_days",
            participation_days=1,
            participation_time=clock(9),
        )
        for n in range(COMMITTEES)
    )
    topics = Topic.objects.bulk_create(
        Topic(title=f"Invented topic {n}", slug=f"topic-{n}") for n in range(TOPICS)
    )
    members = Member.objects.bulk_create(
        Member(name=f"Councillor Invented {n}", slug=f"councillor-{n}") for n in range(MEMBERS)
    )
    sits = {committee: rows.sample(members, 12) for committee in committees}
    Membership.objects.bulk_create(
        Membership(committee=committee, member=member, position="member", starts=first)
        for committee, those in sits.items()
        for member in those
    )

    def meetings() -> Iterator[Meeting]:
        for committee in committees:
            for n in range(years * A_YEAR):
                day = first + timedelta(days=n * 36)
                held = day < today
                yield Meeting(
                    committee=committee,
                    day=day,
                    starts=clock(10),
                    venue="Invented Hall",
                    state="held" if held else "planned",
                    called_at=at(day - timedelta(days=9)) if held else None,
                    minutes_state="signed" if held else "none",
                    confirmed_at=at(day + timedelta(days=36)) if held else None,
                    chair=sits[committee][0].name if held else "",
                )

    made = Meeting.objects.bulk_create(meetings(), batch_size=500)
    held = [meeting for meeting in made if meeting.state == "held"]
    number = dict.fromkeys((committee.pk for committee in committees), 0)

    def items() -> Iterator[Item]:
        for meeting in held:
            for n in range(ITEMS):
                number[meeting.committee_id] += rows.random() > 0.01 or 2
                running = number[meeting.committee_id]
                yield Item(
                    meeting=meeting,
                    position=n + 1,
                    number=str(running),
                    running=running,
                    title=words(rows, 6),
                    planned=words(rows, 30),
                    minute="\n\n".join(words(rows, 60) for _ in range(3)) + f" {rows.choice(RARE)}",
                    topic=rows.choice(topics) if n % 5 == 0 else None,
                )

    all_items = Item.objects.bulk_create(items(), batch_size=500)
    Attendance.objects.bulk_create(
        (
            Attendance(
                meeting=meeting,
                name=member.name,
                member=member,
                capacity="member",
                status=rows.choice(("present", "present", "present", "apology")),
            )
            for meeting in held
            for member in sits[meeting.committee]
        ),
        batch_size=500,
    )
    by_pk = {meeting.pk: meeting for meeting in held}
    asked_of = rows.sample(all_items, min(ASKS, len(all_items)))
    letters: dict[int, int] = {}

    def asks() -> Iterator[Ask]:
        for item in asked_of:
            meeting = by_pk[item.meeting_id]
            letters[item.pk] = letters.get(item.pk, 0) + 1
            over = rows.random() < 0.9
            yield Ask(
                committee=meeting.committee,
                meeting=meeting,
                item=item,
                reference=f"{item.number}{chr(96 + letters[item.pk])}",
                kind="request",
                text=words(rows, 40),
                made_on=meeting.day,
                due=(meeting.day or today) + timedelta(days=60),
                state="closed" if over else "sent",
                closed_at=meeting if over else None,
                closed_minute=item.number if over else "",
                topic=rows.choice(topics),
            )

    all_asks = Ask.objects.bulk_create(asks(), batch_size=500)
    steps = {
        "closed": ("made", "sent", "replied", "closed"),
        "sent": ("made", "sent"),
    }
    AskStep.objects.bulk_create(
        (
            AskStep(
                ask=ask,
                after=after,
                at=at((ask.made_on or today) + timedelta(days=n)),
                meeting=ask.closed_at if after == "closed" else None,
                minute=ask.closed_minute if after == "closed" else "",
            )
            for ask in all_asks
            for n, after in enumerate(steps[ask.state])
        ),
        batch_size=500,
    )
    Reply.objects.bulk_create(
        (
            Reply(
                ask=ask,
                text=words(rows, 150),
                sent_at=at((ask.made_on or today) + timedelta(days=20)),
                published_at=at((ask.made_on or today) + timedelta(days=21)),
            )
            for ask in all_asks
            if ask.state == "closed"
        ),
        batch_size=500,
    )
    print(
        f"{len(committees)} committees, {len(made)} meetings, {len(all_items)} minutes, "
        f"{len(all_asks)} requests"
    )


def words(rows: random.Random, many: int) -> str:
    return " ".join(rows.choices(WORDS, k=many)).capitalize() + "."


def processor(pages: dict[str, list[str]]) -> None:
    """Say how long the processor works at each page and search, of one reader, in this process."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from sightline.service.scrutiny.public.caching import forget_pages

    logging.disable(logging.INFO)
    settings.ROOT_URLCONF = "bare_urls"
    settings.TEMPLATES[0]["DIRS"] = [Path(__file__).parent / "templates"]
    client = Client(headers={"Host": "127.0.0.1"})

    def worked(path: str, *, anew: bool) -> float:
        if anew:
            forget_pages()
        began = time.process_time()
        if client.get(path).status_code != 200:
            raise SystemExit(f"{path} is not answered")
        return time.process_time() - began

    searches = [f"/public/search/?q={each}" for each in SEARCHES]
    print("processor, milliseconds a request: made anew, as the page is kept; queries")
    for name, paths in {**pages, **{each: [each] for each in searches}}.items():
        with CaptureQueriesContext(connection) as queries:
            worked(paths[0], anew=True)
            asked_for = len(queries)  # later requests empty the list
        made = median(worked(paths[n % len(paths)], anew=True) for n in range(11))
        kept = median([worked(paths[0], anew=False) for _ in range(11)])
        print(f"  {name:52} {1000 * made:6.1f} {1000 * kept:6.1f}   queries {asked_for}")


def report(port: int, pages: dict[str, list[str]], each: int, rounds: int) -> None:
    readers = [{"role": "reader", "cookie": ""}] * READERS
    paths = {
        name: [[found[(n + k) % len(found)] for k in range(5)] for n in range(READERS)]
        for name, found in pages.items()
    }
    for of in paths.values():
        asked(port, readers, of, 2, anew=True)
    found: dict[str, list[float]] = {name: [] for name in paths}
    for _ in range(rounds):
        for name, of in paths.items():
            found[name] += asked(port, readers, of, each)
    print(f"{READERS} readers at once, {rounds} rounds of {each} requests each, in milliseconds")
    bare = p95(found["bare"])
    for name, times in found.items():
        print(
            f"  {name:10} p50 {1000 * median(times):6.0f}   p95 {1000 * p95(times):6.0f}   "
            f"p95 to bare {p95(times) / bare:5.1f}"
            + ("" if name == "bare" else f"    (under {LIMIT:g} is wanted)")
        )
    alone(port, {"bare": BARE, **{name: of[0] for name, of in pages.items()}})
    print(f"the search, one reader, in milliseconds (under {SEARCH_LIMIT} is wanted)")
    slowest = 0.0
    for words_asked in SEARCHES:
        # Each asks for another address, so that none is answered by a page that is kept.
        paths = [f"/public/search/?q={words_asked.replace(' ', '+')}&n={n}" for n in range(9)]
        times = [one_by_one(port, path, 1)[0] for path in paths]
        slowest = max(slowest, *times)
        print(f"  {words_asked:36} p50 {1000 * median(times):6.0f}   most {1000 * max(times):6.0f}")
    print(f"  slowest of all {1000 * slowest:.0f}")
    print(f"  {machine()}; load {os.getloadavg()[0]:.1f}")


def alone(port: int, pages: dict[str, str]) -> None:
    print("one reader alone, in milliseconds")
    bare = median(one_by_one(port, BARE, 15))
    for name, path in pages.items():
        times = one_by_one(port, path, 15)
        print(f"  {name:10} p50 {1000 * median(times):6.1f}   to bare {median(times) / bare:5.1f}")


def one_by_one(port: int, path: str, times: int) -> list[float]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    found = []
    for _ in range(times):
        began = time.perf_counter()
        connection.request("GET", path.replace('"', "%22"))
        answer = connection.getresponse()
        answer.read()
        found.append(time.perf_counter() - began)
        if answer.status != 200:
            raise SystemExit(f"{path} answers {answer.status}")
    connection.close()
    return found


if __name__ == "__main__":
    main()
