"""How long it takes to find a person among 300,000 who are known, on SQLite or PostgreSQL.

Invented people are written by `bulk_create` with the keys of their names, and the search page is asked for
as a browser does, session, policy and audit and all, set against a bare page of the same service. What is
asked for are people who are there, spelt as they are and otherwise, and people who are not.

    python bench/people_search.py
    python tests/postgresql.py python bench/people_search.py
"""

import argparse
import logging
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from invented_people import Invented, Population
from measure import machine

WANTED_MS = 200
BATCH = 2_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--people", type=int, default=300_000)
    parser.add_argument("--each", type=int, default=60, help="Searches of each kind.")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="people-search-") as folder:
        make_service(Path(folder))
        began = time.perf_counter()
        people = fill(told.people)
        print(f"{told.people:,} people written in {time.perf_counter() - began:.0f} s", flush=True)
        report(people, told.each)


def make_service(home: Path) -> None:
    """Make a service on a new database, with one more address: the bare page."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "bare_settings",
        "SIGHTLINE_HOME": str(home),
        "SIGHTLINE_SECRET_KEY": "bench " * 12,
        "SIGHTLINE_ALLOWED_HOSTS": "testserver",
        "SIGHTLINE_DATABASE": os.environ.get("SIGHTLINE_TEST_DATABASE", ""),
    }
    (home / "static").mkdir()
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = False
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    logging.disable(logging.INFO)
    call_command("migrate", verbosity=0)


def fill(count: int) -> list[Invented]:
    """Write the people, their homes and their keys; the triggers of the audit rest meanwhile."""
    from django.db import connection

    from sightline.service.accounts.models import Locality
    from sightline.service.audit.triggers import drop_triggers, make_triggers
    from sightline.service.children.models import Address, KnownPerson, NameKey, Residence
    from sightline.service.children.names import keys

    drop_triggers()
    draw = Population(7)
    places = [Locality.objects.create(name=f"Locality {n}") for n in range(6)]
    people: list[Invented] = []
    while len(people) < count:
        people += draw.family()
    people = people[:count]
    numbers = iter(range(count))
    for begin in range(0, count, BATCH):
        some = people[begin : begin + BATCH]
        rows = KnownPerson.objects.bulk_create(
            KnownPerson(
                number=f"C{next(numbers):07d}",
                first_names=each.first_names,
                last_name=each.last_name,
                born=each.born,
                sex=each.sex,
                nhs_number=each.nhs_number,
            )
            for each in some
        )
        NameKey.objects.bulk_create(
            [NameKey(person=row, key=key) for row in rows for key in keys([row.name_given])]
        )
        homes = Address.objects.bulk_create(
            Address(lines="1 Invented Street", postcode=each.postcode, locality=places[at % 6])
            for at, each in enumerate(some)
        )
        Residence.objects.bulk_create(
            Residence(person=row, address=home, kind="home")
            for row, home in zip(rows, homes, strict=True)
        )
    make_triggers()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return people


@dataclass(frozen=True)
class Kind:
    """A kind of search: what is typed for somebody, and whether they must be found by it."""

    name: str
    typed: Callable[[Invented, Population], tuple[str, date | None]]
    found: bool = True


KINDS = (
    Kind("name as it is spelt", lambda p, _: (f"{p.first_names} {p.last_name}", None), False),
    Kind("name and date of birth", lambda p, _: (f"{p.first_names} {p.last_name}", p.born)),
    Kind("name otherwise, date of birth", lambda p, draw: _otherwise(p, draw, p.born)),
    Kind("name otherwise, without", lambda p, draw: _otherwise(p, draw, None), False),
    Kind("last name alone", lambda p, _: (p.last_name, None), False),
    Kind("a common name, Jon Smyth", lambda *_: ("Jon Smyth", None), False),
    Kind("a common last name, Smith", lambda *_: ("Smith", None), False),
    Kind("nobody of that name", lambda *_: ("Qwerty Zxcvbnm", None), False),
    Kind("date of birth alone", lambda p, _: ("", p.born), False),
    Kind("NHS number", lambda p, _: (p.nhs_number or "943 476 5919", None), False),
    Kind("postcode", lambda p, _: (p.postcode or "WR1 1AA", None), False),
)


def _otherwise(person: Invented, draw: Population, born: date | None) -> tuple[str, date | None]:
    first = draw._misspelt(person.first_names.split()[0])
    return f"{draw._by_ear(person.last_name)} {first}", born


def report(people: list[Invented], each: int) -> None:
    """Ask for each kind of search, a bare page between, and print what they took."""
    from django.db import connection
    from django.test import Client

    from sightline.service.accounts.models import Appointment, Person
    from sightline.service.children.search import find_people
    from sightline.service.children.views.searching import LIST

    person = Person.objects.create_person("bench@example.org", "Invented Director")
    Appointment.objects.create(person=person, role="assistant_director")
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    draw = Population(11)
    bare: list[float] = []
    every: list[float] = []
    print(
        f"{connection.vendor}: milliseconds a page, p50, p95 and of processor here; found: of those asked for"
    )
    for kind in KINDS:
        took: list[float] = []
        hits, busy = 0, 0.0
        for _ in range(each):
            who = people[draw.random.randrange(len(people))]
            text, born = kind.typed(who, draw)
            session["families_search"] = {"text": text, "born": born.isoformat() if born else ""}
            session.save()
            bare.append(_timed(client, "/bare/"))
            began = time.process_time()
            took.append(_timed(client, "/families/"))
            busy += time.process_time() - began
            listed = find_people(text, born, by=person, limit=LIST).people
            hits += any(
                (row.person.first_names, row.person.last_name, row.person.born)
                == (who.first_names, who.last_name, who.born)
                for row in listed
            )
        every += took
        share = (
            f"{hits / each:6.0%}" if "mon" not in kind.name and "nobody" not in kind.name else ""
        )
        print(f"  {kind.name:32} {_p(took)} {busy / each * 1000:7.0f} {share}", flush=True)
    print(f"  {'bare page':32} {_p(bare)}")
    slow = quantiles(every, n=20)[-1] * 1000
    ratio = slow / (quantiles(bare, n=20)[-1] * 1000)
    print(
        f"  all searches p95 {slow:.0f} ms (at most {WANTED_MS} is wanted), {ratio:.1f} times bare"
    )
    print(f"  {machine()}, {os.getloadavg()[0]:.1f} load")


def _timed(client: Any, address: str) -> float:
    began = time.perf_counter()
    answer = client.get(address)
    taken = time.perf_counter() - began
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}")
    return taken


def _p(took: list[float]) -> str:
    return f"{median(took) * 1000:7.0f} {quantiles(took, n=20)[-1] * 1000:7.0f}"


if __name__ == "__main__":
    main()
