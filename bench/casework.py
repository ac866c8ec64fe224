"""How long 50 people of casework who ask at once wait for their lists, a search, a child and a case.

300,000 invented people are known; their casework of ten years is two million rows: contacts, referrals,
allocations, assessments and visits, with 3,000 cases open, each some worker's, every fifth on a child
protection plan. The service runs as `sightline serve` runs it behind a proxy (gunicorn, a connection for
each request; SQLite, or the PostgreSQL that SIGHTLINE_TEST_DATABASE names). Fifty people at a time ask, of
the roles that may have the page, each again as soon as they have their answer. The bare page has the same
middleware, session and account.

Making it all takes minutes: `--keep FOLDER` makes it there once, and measures what is there from then on.

    python bench/casework.py
    python bench/casework.py --keep FOLDER --no-load
    python tests/postgresql.py python bench/casework.py
"""

import argparse
import logging
import os
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any

from invented_people import Invented, Population
from measure import machine
from people_search import KINDS, fill
from scrutiny_site import database
from service_pages import BARE, asked, p95, serving, sightline

AT_ONCE = 50
LIMIT = 8.0
WORKERS, TEAMS, OPEN, VISITS, A_CASE = 200, 20, 3_000, 5, 10
"""Workers, their teams, open cases, visits of a closed case, and all rows of a closed case."""
RESTRICTED, WAITING = 40, 300
"""Children who are restricted, and contacts that wait at the front door."""
BATCH = 2_000
MADE = "casework.txt"
"""Says in the deployment's folder that all of it was made, and how much."""
ROLES = ("social_worker",) * 5 + (
    "team_manager",
    "service_manager",
    "front_door",
    "conference_chair",
    "business_support",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--people", type=int, default=300_000)
    parser.add_argument("--events", type=int, default=2_000_000)
    parser.add_argument("--each", type=int, default=10, help="Requests of each person in a round.")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--keep", type=Path, help="Where the deployment is made once and kept.")
    parser.add_argument("--no-load", action="store_true", help="Only the processor's time.")
    parser.add_argument("--only", default="", help="Only pages whose names begin so: a,b.")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="casework-") as folder:
        home = told.keep or Path(folder) / "home"
        is_made = (home / MADE).exists()
        if not is_made:
            sightline(
                *("setup", "--folder", home, "--no-https", "--quiet", "--reset-link"),
                *("--email", "first@example.org", "--name", "Invented Administrator"),
                *database(),
            )
        from sightline.service.config.deployment import use

        use(home, "bench")
        logging.disable(logging.INFO)
        if not is_made:
            began = time.perf_counter()
            fill(told.people)
            events = work(random.Random(3), take_on(), told.events)
            took = time.perf_counter() - began
            (home / MADE).write_text(
                f"{told.people:,} people, {events:,} rows of casework, made in {took:.0f} s"
            )
        print((home / MADE).read_text(), flush=True)
        pages = {
            name: page
            for name, page in addresses(sign_in()).items()
            if name == "bare" or name.startswith(tuple(told.only.split(",")))
        }
        processor(pages)
        if not told.no_load:
            with serving(home, proxied=True) as port:
                report(port, pages, told.each, told.rounds)


@dataclass(frozen=True)
class Asker:
    """Somebody of the council: who, in which role, and the cookie of their session."""

    person: Any
    role: str
    cookie: str

    def to_json(self) -> dict[str, str]:
        """Give what `asked` needs of them."""
        return {"role": self.role, "cookie": self.cookie}


@dataclass(frozen=True)
class Staff:
    """Who works: social workers by number, and their teams."""

    workers: Sequence[Any]
    teams: Sequence[Any]


@dataclass(frozen=True)
class Page:
    """A kind of page: who asks, each for what."""

    askers: Sequence[Asker]
    paths: Sequence[list[str]]


def take_on() -> Staff:
    """Give accounts to the workers, their teams, and to fifty who ask."""
    from sightline.service.accounts.models import Appointment, Locality, Person, Team
    from sightline.service.accounts.roles import ROLES as REACH_OF
    from sightline.service.accounts.roles import Reach

    places = list(Locality.objects.order_by("pk"))
    teams = [
        Team.objects.create(name=f"Invented team {n}", locality=places[n % len(places)])
        for n in range(TEAMS)
    ]

    def employ(number: int, role: str) -> Any:
        reach = REACH_OF[role].reach
        person = Person.objects.create_person(
            address_of(number, role),
            f"Invented {role} {number}",
            worker=f"Worker {number}" if reach is Reach.OWN else "",
        )
        about: dict[str, Any] = {}
        if reach is Reach.TEAM:
            about["team"] = teams[number % TEAMS]
        if reach is Reach.LOCALITY:
            about["locality"] = places[number % len(places)]
        Appointment.objects.create(person=person, role=role, **about)
        return person

    workers = [employ(n, "social_worker") for n in range(WORKERS)]
    for n in range(AT_ONCE):
        if ROLES[n % len(ROLES)] != "social_worker":
            employ(n, ROLES[n % len(ROLES)])
    return Staff(workers, teams)


def address_of(number: int, role: str) -> str:
    """Give the e-mail address of somebody of the council."""
    return f"{role}-{number}@example.org"


def sign_in() -> list[Asker]:
    """Have the fifty sign in, each having looked for somebody: each kind of search in turn."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from sightline.service.accounts.models import Person

    sessions = import_module(settings.SESSION_ENGINE).SessionStore
    draw = Population(11)
    askers = []
    for n, sought in zip(range(AT_ONCE), known(), strict=True):
        role = ROLES[n % len(ROLES)]
        person = Person.objects.get(email=address_of(n, role))
        text, born = KINDS[n % len(KINDS)].typed(sought, draw)
        session = sessions()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session["families_search"] = {"text": text, "born": born.isoformat() if born else ""}
        session.create()
        cookie = f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
        askers.append(Asker(person, role, cookie))
    return askers


def known() -> Iterator[Invented]:
    """Give somebody who is known for each who asks, from all over the register."""
    from sightline.service.children.models import KnownPerson

    rows = KnownPerson.objects.order_by("pk")
    for n in range(AT_ONCE):
        row = rows[n * 997 % rows.count()]
        home = row.residences.select_related("address").first()
        yield Invented(
            row.first_names,
            row.last_name,
            row.born,
            row.sex,
            nhs_number=row.nhs_number,
            postcode=home.address.postcode if home else "",
        )


def work(draw: random.Random, staff: Staff, events: int) -> int:
    """Write the casework; the triggers of the audit rest meanwhile. Give how many rows it has."""
    from django.db import connection
    from django.db.models import Max, Min

    from sightline.service.audit.triggers import drop_triggers, make_triggers
    from sightline.service.children.models import KnownPerson

    drop_triggers()
    ends = KnownPerson.objects.aggregate(first=Min("pk"), last=Max("pk"))
    keys = range(ends["first"], ends["last"] + 1)
    open_now = draw.sample(keys, OPEN)
    written = sum(
        closed_cases(draw, staff, draw.choices(keys, k=BATCH), first)
        for first in range(0, events // A_CASE, BATCH)
    )
    written += open_cases(draw, staff, open_now)
    others = draw.sample(sorted(set(keys) - set(open_now)), RESTRICTED + WAITING)
    restrict(others[:RESTRICTED])
    written += waiting(draw, staff, others[RESTRICTED:])
    make_triggers()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return written


def closed_cases(draw: random.Random, staff: Staff, keys: Sequence[int], first: int) -> int:
    """Write as many cases that are over: from the contact to the closure, with an assessment and visits."""
    from sightline.service.frontdoor.models import Contact, ContactChild
    from sightline.service.protection.models import Allocation, Assessment, Referral, Visit

    began = [moment(draw, 3650, 400) for _ in keys]
    who = [draw.randrange(WORKERS) for _ in keys]
    contacts = Contact.objects.bulk_create(
        Contact(
            number=f"B{first + n:07d}",
            received_at=at,
            way="phone",
            source="6",
            concern="An invented concern.",
            consent="given",
            state="closed",
            closed_at=at + timedelta(days=1),
        )
        for n, at in enumerate(began)
    )
    ContactChild.objects.bulk_create(
        ContactChild(contact=contact, person_id=key)
        for contact, key in zip(contacts, keys, strict=True)
    )
    referrals = Referral.objects.bulk_create(
        Referral(
            child_id=key,
            contact=contact,
            received_at=at,
            source="6",
            primary_need="N1",
            team=staff.teams[worker % TEAMS],
            state="closed",
            closure_reason="RC1",
            closed_because="The work was done.",
            closing_by=staff.workers[worker],
            closing_at=at + timedelta(days=90),
            closed_on=(at + timedelta(days=91)).date(),
            closed_rationale="The work was done.",
            closed_by=staff.workers[(worker + 1) % WORKERS],
        )
        for key, contact, at, worker in zip(keys, contacts, began, who, strict=True)
    )
    Allocation.objects.bulk_create(
        Allocation(
            referral=each,
            worker=staff.workers[worker],
            team=each.team,
            starts_at=each.received_at + timedelta(hours=6),
            ends_at=each.received_at + timedelta(days=91),
            by=staff.workers[worker],
        )
        for each, worker in zip(referrals, who, strict=True)
    )
    Assessment.objects.bulk_create(
        Assessment(
            referral=each,
            began_at=each.received_at + timedelta(days=1),
            child_seen=True,
            child_view="What the child says, in a sentence or two.",
            judgement="What the worker makes of it. " * 10,
            factors="1A 2B",
            outcome="close",
            written_by=staff.workers[worker],
            submitted_at=each.received_at + timedelta(days=30),
            authorised_at=each.received_at + timedelta(days=31),
            authorised_by=staff.workers[(worker + 1) % WORKERS],
            authorised_because="It says what must be said.",
        )
        for each, worker in zip(referrals, who, strict=True)
    )
    Visit.objects.bulk_create(
        Visit(
            referral=each,
            pathway="assessment",
            made_at=each.received_at + timedelta(days=7 * n + 3),
            by=staff.workers[worker],
            seen=True,
            seen_alone=True,
            own_words="What the child said.",
        )
        for each, worker in zip(referrals, who, strict=True)
        for n in range(VISITS)
    )
    return len(keys) * A_CASE


def open_cases(draw: random.Random, staff: Staff, keys: Sequence[int]) -> int:
    """Write the cases that are open: of a hundred, 20 are on a plan with its next conference and core group,
    20 in need with a plan, 20 being assessed, 3 enquired into, 2 without a worker.
    """
    from sightline.service.protection.models import (
        Allocation,
        Assessment,
        ChildInNeedPlan,
        Conference,
        CoreGroup,
        Enquiry,
        NeedReview,
        ProtectionPlan,
        Referral,
        Visit,
    )

    referrals = Referral.objects.bulk_create(
        Referral(
            child_id=key,
            received_at=moment(draw, 300, 5),
            source="6",
            primary_need="N1",
            team=staff.teams[n % TEAMS],
        )
        for n, key in enumerate(keys)
    )
    rows: list[Any] = [
        Allocation(
            referral=each,
            worker=staff.workers[n % WORKERS],
            team=each.team,
            starts_at=each.received_at + timedelta(hours=6),
            by=staff.workers[n % WORKERS],
        )
        for n, each in enumerate(referrals)
        if draw.random() > 0.02
    ]
    assessed, on_plan, in_need, enquired = (
        draw.sample(referrals, len(referrals) * share // 100) for share in (20, 20, 20, 3)
    )
    rows += [
        Assessment(
            referral=each,
            began_at=each.received_at + timedelta(days=1),
            written_by=staff.workers[0],
            submitted_at=each.received_at + timedelta(days=30) if n % 2 else None,
        )
        for n, each in enumerate(assessed)
    ]
    rows += [Enquiry(referral=each, began_at=moment(draw, 9, 0)) for each in enquired]
    need_plans = ChildInNeedPlan.objects.bulk_create(
        ChildInNeedPlan(referral=each, starts=day_of(each.received_at) + timedelta(days=50))
        for each in in_need
    )
    rows += [NeedReview(plan=each, due_on=each.starts + timedelta(days=90)) for each in need_plans]
    conferences = Conference.objects.bulk_create(
        Conference(
            referral=each,
            kind="initial",
            booked_for=each.received_at + timedelta(days=20),
            held_at=each.received_at + timedelta(days=20),
            outcome="plan",
            category="NEG",
            rationale="The child is at risk.",
        )
        for each in on_plan
    )
    plans = ProtectionPlan.objects.bulk_create(
        ProtectionPlan(
            referral=conference.referral,
            made_at=conference,
            starts=day_of(conference.held_at),
            initial_category="NEG",
            latest_category="NEG",
        )
        for conference in conferences
    )
    rows += [
        CoreGroup(
            plan=plan,
            due_on=plan.starts + timedelta(days=14 + 42 * n),
            held_on=plan.starts + timedelta(days=13 + 42 * n) if n < 2 else None,
        )
        for plan in plans
        for n in range(3)
    ]
    rows += [
        Visit(
            referral=plan.referral,
            pathway="cpp",
            made_at=plan.referral.received_at + timedelta(days=20 + 10 * n),
            by=staff.workers[0],
            seen=n != 3,
            why_not="Nobody answered." if n == 3 else "",
        )
        for plan in plans
        for n in range(6)
    ]
    rows += [
        Conference(
            referral=plan.referral,
            kind="review",
            plan=plan,
            due_on=plan.starts + timedelta(days=90),
            booked_for=plan.referral.received_at + timedelta(days=100) if n % 2 else None,
        )
        for n, plan in enumerate(plans)
    ]
    for model in {type(row) for row in rows}:
        model.objects.bulk_create([row for row in rows if type(row) is model], batch_size=BATCH)
    return len(referrals) + len(conferences) + len(plans) + len(need_plans) + len(rows)


def waiting(draw: random.Random, staff: Staff, keys: Sequence[int]) -> int:
    """Write the contacts that wait at the front door, each about a child."""
    from sightline.service.frontdoor.models import Contact, ContactChild

    states = ("received", "screening", "information", "triage", "recommended", "decided")
    contacts = Contact.objects.bulk_create(
        Contact(
            number=f"W{n:07d}",
            received_at=moment(draw, 8, 0),
            way="phone",
            source="6",
            concern="An invented concern. " * 20,
            consent="given",
            state=states[n % len(states)],
            team=draw.choice(staff.teams),
            decide_by=moment(draw, 7, 0),
        )
        for n in range(len(keys))
    )
    ContactChild.objects.bulk_create(
        ContactChild(contact=contact, person_id=key, first_names="Invented", last_name="Child")
        for contact, key in zip(contacts, keys, strict=True)
    )
    return 2 * len(keys)


def restrict(keys: Sequence[int]) -> None:
    """Restrict some children of the past, whom nobody who asks may know of."""
    from sightline.service.children.models import KnownPerson, RestrictedChild

    RestrictedChild.objects.bulk_create(
        RestrictedChild(child_id=each.number, reason="A family of staff.")
        for each in KnownPerson.objects.filter(pk__in=keys)
    )


def moment(draw: random.Random, most: int, least: int) -> datetime:
    """Give a moment so many days ago."""
    from django.utils import timezone

    return timezone.now() - timedelta(minutes=draw.randrange(least * 1440, most * 1440))


def day_of(at: datetime | None) -> date:
    """Give the day of a moment that is known."""
    assert at is not None
    return at.date()


def addresses(askers: Sequence[Asker]) -> dict[str, Page]:
    """Give each kind of page with who asks for it."""
    from django.urls import reverse

    from sightline.service.protection.models import Allocation

    def of(*roles: str) -> list[Asker]:
        return [each for each in askers if each.role in roles]

    own = {
        each.person.pk: list(
            Allocation.objects.filter(worker=each.person, ends_at=None)
            .order_by("pk")
            .values_list("referral_id", "referral__child_id")[:10]
        )
        for each in of("social_worker")
    }

    def same(name: str, *roles: str) -> Page:
        return Page(of(*roles), [[reverse(name)]] * len(of(*roles)))

    def of_own(name: str, at: int) -> Page:
        who = of("social_worker")
        paths = [[reverse(name, args=[row[at]]) for row in own[each.person.pk]] for each in who]
        return Page(who, paths)

    managers = ("team_manager", "service_manager")
    return {
        "bare": Page(askers, [[BARE]] * len(askers)),
        "your work, all who have it": same("your-work", "social_worker", *managers),
        "your work, workers": same("your-work", "social_worker"),
        "your work, team": same("your-work", "team_manager"),
        "your work, locality": same("your-work", "service_manager"),
        "cases": same("cases", "social_worker", *managers),
        "to authorise, all": same("to-authorise", *managers),
        "to authorise, team": same("to-authorise", "team_manager"),
        "to authorise, locality": same("to-authorise", "service_manager"),
        "not allocated": same("unallocated", *managers),
        "caseloads, all": same("caseloads", *managers),
        "caseloads, team": same("caseloads", "team_manager"),
        "caseloads, locality": same("caseloads", "service_manager"),
        "conferences": same("conferences", "conference_chair", "business_support"),
        "front door": same("front-door", "front_door"),
        "search": same("find-people", "social_worker", *managers, "front_door"),
        "a record": of_own("known-person", 1),
        "a chronology": of_own("chronology", 1),
        "a case": of_own("case", 0),
    }


def processor(pages: dict[str, Page]) -> None:
    """Say how long the processor works at each page, and how often it asks the database, in this process."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    settings.ROOT_URLCONF = "bare_urls"
    settings.TEMPLATES[0]["DIRS"] = [Path(__file__).parent / "templates"]
    client = Client(headers={"Host": "127.0.0.1"})  # one, as the first request of each is slow

    def ask(page: Page, n: int) -> float:
        key, _, value = page.askers[n % len(page.askers)].cookie.partition("=")
        client.cookies[key] = value
        paths = page.paths[n % len(page.paths)]
        began = time.process_time()
        answer = client.get(paths[n % len(paths)])
        took = time.process_time() - began
        if answer.status_code != 200:
            raise SystemExit(f"{paths[0]} answers {answer.status_code}")
        return took

    print("processor, milliseconds a request; queries")
    for name, page in pages.items():
        for n in range(12):
            ask(page, n)  # who asks for the first time has their session written
        took = [ask(page, n) for n in range(24)]
        with CaptureQueriesContext(connection) as captured:  # which takes its time too
            ask(page, 0)
        queries = len(captured)
        print(f"  {name:26} {1000 * median(took):6.1f}   queries {queries}", flush=True)


def fifty(page: Page) -> Iterator[tuple[dict[str, str], list[str]]]:
    """Give fifty who ask for a page, some twice or more where fewer may have it."""
    for n in range(AT_ONCE):
        yield page.askers[n % len(page.askers)].to_json(), page.paths[n % len(page.paths)]


def report(port: int, pages: dict[str, Page], each: int, rounds: int) -> None:
    """Have fifty ask at once for each kind of page, in turn, and print how long they waited.

    The bare page is asked for before each, so that both are of the same minutes: a machine's speed changes.
    """
    many = {name: tuple(zip(*fifty(page), strict=True)) for name, page in pages.items()}
    found: dict[str, list[float]] = {name: [] for name in pages}
    for askers, paths in many.values():
        asked(port, list(askers), list(paths), 2, anew=True)
    for _ in range(rounds):
        for name in [each for page in many if page != "bare" for each in ("bare", page)]:
            askers, paths = many[name]
            found[name] += asked(port, list(askers), list(paths), each, anew=True)
    print(f"{AT_ONCE} people at once, {rounds} rounds of {each} requests each, in milliseconds")
    bare = p95(found["bare"])
    for name, times in found.items():
        print(
            f"  {name:26} p50 {1000 * median(times):6.0f}   p95 {1000 * p95(times):6.0f}   "
            f"p95 to bare {p95(times) / bare:5.1f}"
            + ("" if name == "bare" else f"    (under {LIMIT:g} is wanted)")
        )
    print(f"  {machine()}; load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
