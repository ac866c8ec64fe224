"""What the API answers: the figures as kept and as the command line gives them, by role, page by page."""

import hashlib
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.measures.invented_loads import Files
from sightline.cli import group as commands
from sightline.indicators.definition import catalogue
from sightline.service.accounts.models import Person
from sightline.service.accounts.roles import ROLES
from sightline.service.api import limits
from sightline.service.api.asking import MOST, AskedFigures
from sightline.service.api.paging import Place, page, step_of
from sightline.service.audit.models import AuditEntry
from sightline.service.measures.reading import Reading

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

People = Callable[..., Person]
Clients = Callable[[Person], Client]
UNPROTECTED = {
    "analyst",
    "front_door",
    "social_worker",
    "team_manager",
    "service_manager",
    "conference_chair",
    "assistant_director",
    "complex_safeguarding",
}


@pytest.fixture(autouse=True)
def _without_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "OF_A_PERSON", 100_000)
    monkeypatch.setattr(limits, "OF_AN_ADDRESS", 100_000)


@pytest.fixture
def analyst(make_person: People, client_of: Clients, published_reading: Reading) -> Client:
    return client_of(make_person("analyst"))


@pytest.fixture
def councillor(make_person: People, client_of: Clients, published_reading: Reading) -> Client:
    return client_of(make_person("councillor"))


def ask(client: Client, what: str, *, code: int = 200, **asked: Any) -> Any:
    answer = client.get(f"/api/v1/{what}", asked)
    assert answer.status_code == code, answer.content[:500]
    kind = "application/json" if code == 200 else "application/problem+json"
    assert answer.headers["Content-Type"].partition(";")[0] == kind
    return answer.json()


def every(client: Client, what: str, **asked: Any) -> list[Any]:
    """Every row, page by page, as a program reads them."""
    answer = ask(client, what, **asked)
    rows = answer["items"]
    while answer["next"]:
        following = client.get(answer["next"].removeprefix("http://testserver"))
        assert following.status_code == 200, following.content[:500]
        answer = following.json()
        rows += answer["items"]
    return list(rows)


def place(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(
        row[name]
        for name in ("indicator", "version", "part", "period_start", "period_end", "by", "group")
    )


@pytest.mark.parametrize(("step", "by"), [("year", "district"), ("month", "team"), ("year", "age")])
def test_each_figure_is_the_one_the_command_line_gives(
    analyst: Client, invented_files: Files, step: str, by: str
) -> None:
    printed = CliRunner().invoke(
        commands,
        [
            *("figures", "--store", str(invented_files.store), "--json", "--quiet"),
            *("--every", step, "--by", by),
        ],
    )
    assert printed.exit_code == 0, printed.output
    known = {place(row): row for row in json.loads(printed.stdout)}
    rows = every(analyst, "figures", step=step, by=["all", by], limit=MOST)
    assert len(rows) > 100
    assert [row for row in rows if known.get(place(row)) != row] == []


@pytest.mark.parametrize("protected", [False, True])
def test_the_figures_are_all_that_are_kept(
    analyst: Client, published_reading: Reading, protected: bool
) -> None:
    kept = published_reading.figures(protected=protected)
    by = sorted({figure.by for each in kept.definitions for figure in kept.of(each)})
    wanted = [figure.to_json() for each in kept.definitions for figure in kept.of(each)]
    asked = {"form": "protected"} if protected else {}
    rows = every(analyst, "figures", by=by, every_version="true", limit=MOST, **asked)
    assert len(rows) == len(wanted)
    assert sorted(rows, key=place) == sorted(wanted, key=place)


def test_filters(analyst: Client) -> None:
    rows = every(
        analyst,
        "figures",
        **{
            "indicator": ["cp-05", "CI-03"],
            "by": "district",
            "from": "2015-07-01",
            "to": "2016-01-31",
        },
        limit=MOST,
    )
    assert {row["indicator"] for row in rows} == {"CP-05", "CI-03"}
    assert {row["by"] for row in rows} == {"district"}
    assert all(row["period_start"] >= "2015-07-01" for row in rows)
    assert all(row["period_end"] <= "2016-01-31" for row in rows)
    name = rows[0]["group"]
    only = every(analyst, "figures", by="district", group=name, limit=MOST)
    assert {row["group"] for row in only} == {name}
    assert {row["by"] for row in every(analyst, "figures", indicator="CP-05")} == {"all"}
    quarters = every(analyst, "figures", step="quarter", limit=MOST)
    ends = {(row["period_start"][5:], row["period_end"][5:]) for row in quarters}
    assert ends <= {("04-01", "06-30"), ("07-01", "09-30"), ("10-01", "12-31"), ("01-01", "03-31")}


def test_steps() -> None:
    assert step_of((date(2016, 2, 1), date(2016, 2, 29))) == "month"
    assert step_of((date(2016, 2, 1), date(2016, 2, 28))) == "other"
    assert step_of((date(2016, 1, 1), date(2016, 3, 31))) == "quarter"
    assert step_of((date(2016, 2, 1), date(2016, 4, 30))) == "other"
    assert step_of((date(2015, 4, 1), date(2016, 3, 31))) == "year"
    assert step_of((date(2015, 1, 1), date(2015, 12, 31))) == "other"


@pytest.mark.parametrize("role", sorted(ROLES))
def test_each_role_has_the_form_of_its_pages(
    role: str, make_person: People, client_of: Clients, published_reading: Reading
) -> None:
    client = client_of(make_person(role))
    form = "open" if role in UNPROTECTED else "protected"
    told = ask(client, "snapshot")
    assert told["form"] == form
    assert told["groups"]["team"] == [] or form == "open"
    for what in ("figures", "indicators", "indicators/CP-05", "quality"):
        assert ask(client, what)["form"] == form
        assert ask(client, what, form="protected")["form"] == "protected"
    rows = every(client, "figures", by=["all", "district"], limit=MOST)
    kept = published_reading.figures(protected=form == "protected")
    known = {
        place(each): each for d in kept.definitions for f in kept.of(d) for each in [f.to_json()]
    }
    assert rows
    assert all(known[place(row)] == row for row in rows)
    assert any(row.get("suppressed") for row in rows) is (form == "protected")


def test_nobody_without_a_role_may_ask_and_the_refusal_is_on_record(
    make_person: People, client_of: Clients, published_reading: Reading
) -> None:
    said = ask(client_of(make_person("")), "figures", code=403)
    assert "Everybody with a role" in said["detail"]
    entry = AuditEntry.objects.filter(verb="refuse").latest("pk")
    assert (entry.subject, entry.subject_id) == ("use the API", "api-1:figures")
    assert entry.actor_name == "Invented nobody"


def test_whoever_has_not_signed_in_is_told_how(client: Client, published_reading: Reading) -> None:
    for what in ("snapshot", "figures", "indicators/CP-05", "openapi.json", "nowhere"):
        answer = client.get(f"/api/v1/{what}")
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        assert answer.headers["Content-Type"] == "application/problem+json"


def test_workers_are_named_only_to_those_who_open_children(
    analyst: Client, make_person: People, client_of: Clients
) -> None:
    assert every(analyst, "figures", indicator="CI-03", by="worker", limit=MOST)
    assert not every(analyst, "figures", indicator="CI-03", by="worker", form="protected")
    # A team manager's team may have been renamed in the records; the remit is what counts, and is there.
    manager = client_of(make_person("team_manager"))
    assert every(manager, "figures", indicator="CI-03", by="worker", limit=MOST)


def test_there_are_no_children_in_any_answer(analyst: Client, published_reading: Reading) -> None:
    children = published_reading.children()
    assert len(children) > 100
    text = "".join(
        json.dumps(ask(analyst, what))
        for what in ("snapshot", "indicators", "quality", "indicators/CP-05", "indicators/CI-06")
    ) + json.dumps(every(analyst, "figures", by=["all", "district", "team", "worker"], limit=MOST))
    assert [child for child in children if f'"{child}"' in text] == []


def test_the_catalogue_has_every_version(analyst: Client) -> None:
    rows = every(analyst, "indicators", limit=7)
    assert [(r["code"], r["part"], r["version"]) for r in rows] == [
        (d.code, d.part, d.version) for d in catalogue()
    ]
    assert all(row["computed"] or row["not_computed"] for row in rows)
    assert all(row["source"] and row["unit"] for row in rows)


def test_an_indicator_says_what_its_page_says(analyst: Client, published_reading: Reading) -> None:
    for definition in published_reading.figures(protected=False).windows:
        told = ask(analyst, f"indicators/{definition.code}")
        wanted = published_reading.page(definition, protected=False)
        part = next(each for each in told["parts"] if each["part"] == definition.part)
        assert part["figure"] == wanted.current.to_json()
        assert part["judgement"] == wanted.rag
        if wanted.run:
            assert part["run"]["reading"] == wanted.run.reading
            assert [p["figure"] for p in part["run"]["points"]] == [
                p.figure.to_json() for p in wanted.run.points
            ]
        if wanted.comparison:
            assert [[c["value"] for c in row["cells"]] for row in part["comparison"]["rows"]] == [
                [c.value for c in row.cells] for row in wanted.comparison.rows
            ]
    assert ask(analyst, "indicators/cp-05")["code"] == "CP-05"


def test_an_indicator_within_a_district(analyst: Client, published_reading: Reading) -> None:
    name = published_reading.groups("district", protected=False)[0]
    told = ask(analyst, "indicators/CP-05", within=f"district:{name}")
    assert told["parts"][0]["figure"]["group"] == name
    for unknown in ("district:Atlantis", "worker:Ann", "Atlantis"):
        assert "There is no" in ask(analyst, "indicators/CP-05", within=unknown, code=404)[
            "detail"
        ] or (unknown.startswith("worker"))


def test_an_indicator_without_figures_says_why(analyst: Client, published_reading: Reading) -> None:
    missing = published_reading.figures(protected=False).not_computed[0]
    told = ask(analyst, f"indicators/{missing.definition.code}")
    assert missing.reason in [each["not_computed"] for each in told["versions"]]
    assert ask(analyst, "indicators/ZZ-99", code=404)["status"] == 404


def test_quality_is_that_of_the_headline_figure(
    analyst: Client, published_reading: Reading
) -> None:
    kept = published_reading.figures(protected=False)
    rows = every(analyst, "quality", limit=MOST)
    assert len(rows) == len(kept.windows) + len(kept.not_computed)
    for definition in kept.windows:
        wanted = published_reading.page(definition, protected=False)
        row = next(r for r in rows if (r["code"], r["part"]) == (definition.code, definition.part))
        assert (row["quality"], row["reason"]) == (wanted.grade.letter, wanted.grade.reason)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"indicator": "ZZ-99"}, "no indicator ZZ-99"),
        ({"by": "colour"}, "no figures by colour"),
        ({"limit": "0"}, "limit"),
        ({"limit": "1001"}, "limit"),
        ({"limit": "1e2"}, "whole number"),
        ({"limit": "false"}, "whole number"),
        ({"every_version": "1"}, "true or false"),
        ({"from": "1460000000"}, "2016-03-31"),
        ({"from": "2016-02-30"}, "from"),
        ({"form": "open"}, "form"),
        ({"indicators": "CP-05"}, "indicators: There is no such parameter"),
        ({"limit": ["1", "2"]}, "limit: Say it once"),
        ({"cursor": "9" * 50}, "cursor"),
    ],
)
def test_a_wrong_question_is_refused_in_a_sentence(
    analyst: Client, asked: dict[str, Any], said: str
) -> None:
    assert said in ask(analyst, "figures", code=422, **asked)["detail"]


def test_a_cursor_is_good_for_its_own_question_and_snapshot(
    analyst: Client, councillor: Client
) -> None:
    following = ask(analyst, "figures", limit=5)["next"].removeprefix("http://testserver")
    assert analyst.get(following).status_code == 200
    for answer in (analyst.get(f"{following}&by=district"), councillor.get(following)):
        assert answer.status_code == 409
        assert "another question" in answer.json()["detail"]


def test_nobody_makes_a_cursor_of_their_own_or_goes_on_from_anothers(
    analyst: Client, make_person: People, client_of: Clients
) -> None:
    snapshot = ask(analyst, "snapshot")["id"]
    asked = AskedFigures.model_validate({"indicator": ["CP-05"]})
    question = asked.model_dump(mode="json", exclude={"cursor", "limit", "form"})
    told = json.dumps(["AskedFigures", question, snapshot, False], sort_keys=True)
    made_up = hashlib.sha256(told.encode()).hexdigest()[:16]
    ask(analyst, "figures", indicator="CP-05", cursor=f"0-0-{made_up}", code=409)
    following = ask(analyst, "figures", limit=5)["next"].removeprefix("http://testserver")
    other = make_person("analyst", email="other@example.org")
    assert client_of(other).get(following).status_code == 409
    assert not AuditEntry.objects.filter(verb="export", actor=str(other.pk)).exists()


def test_what_is_not_there_is_said_as_a_problem(analyst: Client) -> None:
    assert ask(analyst, "nowhere", code=404)["title"] == "Not Found"
    for method in ("post", "put", "patch", "delete", "head"):
        answer = getattr(analyst, method)("/api/v1/figures")
        assert (answer.status_code, answer.headers["Allow"]) == (405, "GET")


def test_nothing_is_published(make_person: People, client_of: Clients) -> None:
    assert "published" in ask(client_of(make_person("analyst")), "figures", code=404)["detail"]


def test_taking_figures_is_on_record_once(analyst: Client) -> None:
    every(analyst, "figures", indicator="CP-05", limit=10)
    entries = AuditEntry.objects.filter(verb="export", subject="figures")
    assert entries.count() == 1
    assert json.loads(entries.get().after)["asked"] == {"indicator": ["CP-05"]}


@given(
    lists=st.lists(st.lists(st.integers(), max_size=7), max_size=6),
    limit=st.integers(min_value=1, max_value=9),
)
def test_pages_put_together_are_the_whole(lists: list[list[int]], limit: int) -> None:
    made = [list(range(n * 100, n * 100 + len(each))) for n, each in enumerate(lists)]
    found: list[int] = []
    place: Place | None = Place()
    while place is not None:
        rows, place = page([lambda each=each: each for each in made], place, limit)  # type: ignore[misc]
        assert len(rows) == limit or place is None
        found += rows
    assert found == [row for each in made for row in each]


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    limit=st.integers(min_value=100, max_value=MOST),
    codes=st.lists(
        st.sampled_from(["CP-05", "CI-03", "AS-01", "CP-10e", "CI-06"]), min_size=1, max_size=3
    ),
    by=st.lists(
        st.sampled_from(["all", "district", "team", "age"]), min_size=1, max_size=3, unique=True
    ),
)
def test_pages_of_figures_have_each_once(
    analyst: Client, limit: int, codes: list[str], by: list[str]
) -> None:
    rows = every(analyst, "figures", limit=limit, indicator=codes, by=by)
    whole = every(analyst, "figures", limit=MOST, indicator=codes, by=by)
    assert rows == whole
    assert len({place(row) for row in rows}) == len(rows)
