"""How long 50 people who ask at once wait for the overview and an indicator's page, against a bare page.

The service runs as `sightline serve` runs it (gunicorn, SQLite), over the demonstration authority. The 50
have every role, each with a session, and ask from a process of their own, each again as soon as they have
their answer. The bare page is one more address of the same server: same middleware, session and account.
"""

import argparse
import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from measure import machine

PEOPLE = 50
LIMIT = 6.0
INDICATORS = (
    "CP-05",
    "CP-15",
    "CI-03",
    "AS-01",
    "CI-06",
    "LA-09",
    "CP-14",
    "FD-05",
    "CI-05",
    "LA-01",
)
BARE = "/bare/"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--store", type=Path, help="A store to copy; else the demonstration is made."
    )
    parser.add_argument("--each", type=int, default=10, help="Requests of each person in a round.")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--asking", action="store_true", help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.asking:
        ask(json.load(sys.stdin))
        return
    with tempfile.TemporaryDirectory(prefix="service-pages-") as folder:
        home = Path(folder) / "home"
        people = make_deployment(home, told.store)
        with serving(home) as port:
            report(port, people, told.each, told.rounds)


def make_deployment(home: Path, store: Path | None) -> list[dict[str, str]]:
    """Make a deployment with the demonstration published and its people signed in; give who they are."""
    if store:
        shutil.copytree(store, home / "store")
    else:
        made = home.parent / "demo"
        sightline("demo", "--quiet", "--no-serve", "--folder", made)
        home.mkdir()
        (made / "store").rename(home / "store")
    sightline(
        *("setup", "--folder", home, "--no-https", "--quiet", "--reset-link"),
        *("--email", "first@example.org", "--name", "Invented Administrator"),
    )
    from sightline.service.config.deployment import use

    use(home, "bench")
    return make_people()


def make_people() -> list[dict[str, str]]:
    """Publish what is current, and sign in 50 people of every role over the places of the records."""
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from sightline.service.accounts.models import Appointment, Locality, Person, Team
    from sightline.service.accounts.roles import ROLES, Reach
    from sightline.service.measures.models import Publication
    from sightline.service.measures.reading import reading_of, store

    current = store().current().id
    Publication.objects.create(snapshot=current)
    reading = reading_of(current)
    districts = reading.groups("district", protected=False)
    teams = reading.groups("team", protected=False)
    sessions = import_module(settings.SESSION_ENGINE).SessionStore
    people = []
    for number in range(PEOPLE):
        role = list(ROLES)[number % len(ROLES)]
        reach = ROLES[role].reach
        person = Person.objects.create_person(
            f"person-{number}@example.org",
            f"Invented Person {number}",
            worker=f"Worker {number}" if reach is Reach.OWN else "",
        )
        about: dict[str, Any] = {}
        if reach is Reach.TEAM:
            about["team"] = Team.objects.get_or_create(name=teams[number % len(teams)])[0]
        if reach is Reach.LOCALITY:
            name = districts[number % len(districts)]
            about["locality"] = Locality.objects.get_or_create(name=name)[0]
        Appointment.objects.create(person=person, role=role, **about)
        session = sessions()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.create()
        people.append(
            {"role": role, "cookie": f"{settings.SESSION_COOKIE_NAME}={session.session_key}"}
        )
    return people


def sightline(*words: object) -> None:
    program = "from sightline.cli import main; main()"
    subprocess.run(
        [sys.executable, "-c", program, *map(str, words)], check=True, stdout=subprocess.DEVNULL
    )


@contextmanager
def serving(home: Path, *, proxied: bool = False) -> Iterator[int]:
    """Run the web server as `sightline serve` does, with the bare page beside the others.

    `proxied` is as it runs behind a proxy, which makes a connection for each request.
    """
    from sightline.service.config.serve import THREADS, default_workers

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "SIGHTLINE_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "bare_settings",
        "PYTHONPATH": str(Path(__file__).parent),
    }
    python = [sys.executable, "-m", "sightline.service.config."]
    subprocess.run([*python[:2], f"{python[2]}warm"], check=True, env=environment)
    command = [
        *python[:2],
        f"{python[2]}web",
        "--bind",
        f"127.0.0.1:{port}",
        "--threads",
        str(THREADS),
    ]
    with (
        Path(home / "log").open("wb") as log,
        subprocess.Popen(
            [
                *(*command, "--workers", str(default_workers()), "--proxy", "127.0.0.1"),
                *(["--proxied"] if proxied else []),
            ],
            env=environment,
            stderr=log,
        ) as web,
    ):
        try:
            until = time.monotonic() + 60
            while not answers(port):
                if web.poll() is not None or time.monotonic() > until:
                    raise SystemExit(f"The service did not start:\n{(home / 'log').read_text()}")
                time.sleep(0.2)
            yield port
        finally:
            web.terminate()


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/ready", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def report(port: int, people: list[dict[str, str]], each: int, rounds: int) -> None:
    pages = {
        "bare": [[BARE]] * PEOPLE,
        "overview": [["/"]] * PEOPLE,
        "indicator": [
            [
                f"/indicators/{INDICATORS[(n + k) % len(INDICATORS)]}/whole/?within=all"
                for k in range(3)
            ]
            for n in range(PEOPLE)
        ],
    }
    for paths in pages.values():
        # Each worker process makes what it keeps of a snapshot once; that is not what is measured.
        asked(port, people, paths, 12, anew=True)
    found: dict[str, list[float]] = {name: [] for name in pages}
    for _ in range(rounds):
        for name, paths in pages.items():
            found[name] += asked(port, people, paths, each)
    print(f"{PEOPLE} people at once, {rounds} rounds of {each} requests each, in milliseconds")
    bare = p95(found["bare"])
    for name, times in found.items():
        print(
            f"  {name:10} p50 {1000 * median(times):6.0f}   p95 {1000 * p95(times):6.0f}   "
            f"p95 to bare {p95(times) / bare:5.1f}"
            + ("" if name == "bare" else f"    (under {LIMIT:g} is wanted)")
        )
    print(f"  {machine()}")


def p95(times: list[float]) -> float:
    return quantiles(times, n=20)[-1]


def asked(
    port: int,
    people: list[dict[str, str]],
    paths: list[list[str]],
    each: int,
    *,
    anew: bool = False,
) -> list[float]:
    """Have all of them ask at once, in a process of their own; give how long each answer took.

    `anew` is with a connection for each request, so that it may come to any worker process.
    """
    told = {
        "port": port,
        "anew": anew,
        "each": each,
        "people": [{**person, "paths": p} for person, p in zip(people, paths, strict=True)],
    }
    done = subprocess.run(
        [sys.executable, __file__, "--asking"],
        input=json.dumps(told),
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return [float(each) for each in json.loads(done.stdout)]


def ask(told: dict[str, Any]) -> None:
    """Be the people: a connection each, kept open; a request, its answer, the next request."""
    times: list[float] = []
    wrong: list[str] = []
    begin = threading.Barrier(len(told["people"]))

    def be(person: dict[str, Any]) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", told["port"], timeout=120)
        connection.connect()
        begin.wait()
        for number in range(told["each"]):
            path = person["paths"][number % len(person["paths"])]
            began = time.perf_counter()
            connection.request("GET", path, headers={"Cookie": person["cookie"]})
            answer = connection.getresponse()
            answer.read()
            times.append(time.perf_counter() - began)
            if told["anew"]:
                connection.close()
            if answer.status != 200:
                wrong.append(f"{person['role']} {path}: {answer.status}")
        connection.close()

    threads = [threading.Thread(target=be, args=(person,)) for person in told["people"]]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    if wrong or len(times) != len(told["people"]) * told["each"]:
        raise SystemExit(f"Not every request was answered: {wrong[:5]}")
    print(json.dumps(times))


if __name__ == "__main__":
    main()
