"""Every address in every role, as `matrix.toml` says; and every object by whoever may not have it."""

import tomllib
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone

from service.measures.invented_loads import deployment, invented_files, published  # noqa: F401
from sightline.service.accounts.gate import policy_of
from sightline.service.accounts.models import Appointment, Draft, Person
from sightline.service.accounts.policies import POLICIES
from sightline.service.accounts.remit import Remit
from sightline.service.accounts.roles import ROLES
from sightline.service.audit.models import AuditEntry, Verb
from sightline.service.children import actions
from sightline.service.children.models import BrokenGlass
from sightline.service.children.whereabouts import rows_of
from sightline.service.design.navigation import ENTRIES
from sightline.service.measures.child_references import reference_of
from sightline.service.measures.models import ApiToken, Note, Publication, SavedView
from sightline.service.measures.reading import current_reading
from thorough import DAYS, is_tried_today, of_today

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

Make = Callable[..., Person]
ClientOf = Callable[[Person], Client]

TABLE = tomllib.loads((Path(__file__).parent / "matrix.toml").read_text("utf-8"))
POLICY_OF = {name: policy for policy, names in TABLE["pages"].items() for name in names}
LISTS = {**TABLE["roles"], **{code: [code] for code in ROLES}}
ALLOWED = {
    policy: {code for name in names for code in LISTS[name]}
    for policy, names in TABLE["policies"].items()
}
METHODS = ("get", "post")
PASSWORD = "correct horse battery"


def _walk(of: Any = None, within: str = "", given: Any = None) -> Iterator[tuple[str, Any, Any]]:
    """Give each address: its name, its view, and arguments for it that name no object there is."""
    for each in (of or get_resolver()).url_patterns:
        arguments = {**(given or {}), **_arguments(each.pattern)}
        if isinstance(each, URLResolver):
            inner = f"{within}{each.namespace}:" if each.namespace else within
            yield from _walk(each, inner, arguments)
        else:
            yield f"{within}{each.name}", each.callback, arguments


def _arguments(pattern: Any) -> dict[str, Any]:
    converters = getattr(pattern, "converters", {})
    named = converters or getattr(getattr(pattern, "regex", None), "groupindex", {})
    return {
        name: 999_999 if type(converters.get(name)).__name__ == "IntConverter" else "x"
        for name in named
    }


VIEWS = {name: view for name, view, _ in _walk()}
ADDRESSES = {name: arguments for name, _, arguments in _walk()}
WITH_POST = {names[0] for names in TABLE["pages"].values()} | set(TABLE["pages"]["anybody"])
"""The gate asks before any view runs, whatever the method: one address of each policy shows that."""


def test_every_address_stands_in_the_table_once_and_no_other() -> None:
    listed = [name for names in TABLE["pages"].values() for name in names]
    assert sorted(listed) == sorted(name for name, _, _ in _walk())
    with_object = sorted(name for name, arguments in ADDRESSES.items() if arguments)
    assert sorted(name for names in TABLE["objects"].values() for name in names) == with_object


def test_every_address_has_the_policy_the_table_says() -> None:
    found = {name: policy_of(view, name) for name, view in VIEWS.items()}
    assert {name: policy and policy.name for name, policy in found.items()} == POLICY_OF


def test_every_policy_allows_the_roles_the_table_says() -> None:
    found = {
        each.name: set(each.roles) for each in POLICIES if not each.anybody and not each.signed_in
    }
    assert found == ALLOWED
    assert set(TABLE["roles"]["everybody"]) == set(ROLES)


def test_the_navigation_leads_only_where_its_policy_lets_one() -> None:
    for entry in ENTRIES:
        assert entry.policy in (POLICY_OF[entry.url_name], None), entry


def _asker(who: str, make_person: Make) -> Person:
    if who in ROLES:
        return make_person(who)
    person = make_person("assistant_director" if who == "ended" else "")
    if who == "ended":
        yesterday = timezone.localdate() - timedelta(days=1)
        Appointment.objects.filter(person=person).update(starts=yesterday, ends=yesterday)
        person = Person.objects.get(pk=person.pk)
    return person


ASKERS = [*ROLES, "no role", "ended", "closed", "signed out"]


def _asked_today(who: str) -> list[str]:
    """Give one address of each policy, and of the others what is for today: a fortnight asks all."""
    at = ASKERS.index(who)
    return [
        name
        for number, name in enumerate(ADDRESSES)
        if name in WITH_POST or is_tried_today(at + number, days=2 * DAYS)
    ]


@pytest.mark.parametrize("who", ASKERS)
def test_each_reaches_what_the_table_says_and_each_refusal_is_on_record(
    who: str, make_person: Make, client_of: ClientOf
) -> None:
    cache.clear()
    client = Client()
    if who != "signed out":
        person = _asker(who, make_person)
        client = client_of(person)
        Person.objects.filter(pk=person.pk).update(is_active=who != "closed")
    in_session = who not in ("signed out", "closed")
    wrong, cookies = [], deepcopy(client.cookies)
    for name in _asked_today(who):
        arguments, policy = ADDRESSES[name], POLICY_OF[name]
        allowed = policy == "anybody" or (
            in_session and (policy == "signed in" or who in ALLOWED.get(policy, ()))
        )
        for method in METHODS if name in WITH_POST else METHODS[:1]:
            client.cookies = deepcopy(cookies)
            with transaction.atomic():
                before = AuditEntry.objects.filter(verb=Verb.REFUSE).count()
                answer = getattr(client, method)(reverse(name, kwargs=arguments))
                refusals = AuditEntry.objects.filter(verb=Verb.REFUSE).count() - before
                transaction.set_rollback(True)
            sent_away = answer.status_code == 302 and answer.url.startswith(
                f"{reverse('account_login')}?next="
            )
            if allowed:
                right = answer.status_code not in (403, 500) and not refusals
                right &= policy == "anybody" or not sent_away
            elif in_session:
                right = answer.status_code == 403 and refusals == 1
            elif name.startswith("api-1:"):
                right = answer.status_code == 401
            else:
                right = sent_away and not refusals
            if not right:
                wrong.append((name, method, answer.status_code, refusals))
    assert wrong == []


def test_what_belongs_to_somebody_is_not_there_for_another(
    make_person: Make, client_of: ClientOf
) -> None:
    owner, other = make_person("analyst"), make_person("analyst")
    objects: dict[str, Any] = {
        "discard-draft": Draft.objects.create(person=owner, form="f", title="t", page="/"),
        "remove-view": SavedView.objects.create(person=owner, name="n", path="/"),
        "withdraw-note": Note.objects.create(
            author=owner, indicator="CP-05", day=timezone.localdate(), text="t"
        ),
        "revoke-api-token": ApiToken.objects.create(
            person=owner, name="n", hashed="h", expires=timezone.localdate()
        ),
    }
    assert sorted(objects) == sorted(TABLE["objects"]["its owner"])
    for name, row in objects.items():
        address = reverse(name, args=[row.pk])
        assert client_of(other).post(address).status_code in (403, 404), name
        assert _stands(row), name
        assert client_of(owner).post(address).status_code == 302, name
        assert not _stands(row), name


def test_a_passkey_is_its_owners(make_person: Make) -> None:
    owner, other = make_person("analyst"), make_person("analyst")
    key = Authenticator.objects.create(user=owner, type="webauthn", data={"name": "mine"})
    client = Client()
    client.post(reverse("account_login"), {"login": other.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    for name in TABLE["objects"]["the owner of the passkey"]:
        for method in METHODS:
            address = reverse(name, args=[key.pk])
            assert getattr(client, method)(address, {"name": "yours"}).status_code == 404, name
    key.refresh_from_db()
    assert key.data == {"name": "mine"}


def _stands(row: Any) -> bool:
    found = type(row).objects.filter(pk=row.pk).first()
    gone = ("withdrawn_at", "revoked_at")
    return found is not None and not any(getattr(found, name, None) for name in gone)


def test_what_is_ones_own_is_left_to_another(make_person: Make, client_of: ClientOf) -> None:
    both = make_person("administrator")
    Appointment.objects.create(person=both, role="governance_lead")
    now = timezone.now()
    opening = BrokenGlass.objects.create(
        restriction=actions.restrict_child("C-1", "family of staff", []),
        person=both,
        reason="An emergency.",
        opened_at=now,
        closes_at=now,
    )
    objects = {
        "change-person": both.pk,
        "close-account": both.pk,
        "appoint": both.pk,
        "end-appointment": both.appointments.first().pk,  # type: ignore[union-attr]
        "review": opening.pk,
    }
    assert sorted(objects) == sorted(TABLE["objects"]["not one's own"])
    client = client_of(Person.objects.get(pk=both.pk))
    for name, pk in objects.items():
        for method in METHODS:
            assert getattr(client, method)(reverse(name, args=[pk])).status_code == 403, name
    assert AuditEntry.objects.filter(verb=Verb.REFUSE).count() == 2 * len(objects)


# --- The relation to the child

RELATIONS = ("own", "team", "locality", "elsewhere")


@pytest.fixture
def child(published: Publication) -> dict[str, str]:  # noqa: F811
    """A child whose records name one district, one team and one worker."""
    reading = current_reading()
    assert reading
    for number in sorted(reading.children()):
        rows = list(rows_of(number))
        found = {
            column: {str(row[column]) for row in rows if row.get(column)}
            for column in ("district", "team", "worker")
        }
        if all(len(names) == 1 for names in found.values()):
            return {"number": number, **{column: names.pop() for column, names in found.items()}}
    raise AssertionError("no child of the invented authority has one district, team and worker")


def _related(make_person: Make, role: str, relation: str, child: dict[str, str]) -> Person:
    """Make a person of a role whose own worker, team and district stand so to the child's."""
    at = RELATIONS.index(relation)
    return make_person(
        role,
        worker=child["worker"] if at == 0 else "Another worker",
        team=child["team"] if at <= 1 else "Another team",
        district=child["district"] if at <= 2 else "Another district",
        email=f"{role}-{relation}@example.org",
    )


@pytest.mark.parametrize("role", of_today(ROLES, days=2))
def test_a_childs_record_opens_as_the_table_says_for_role_and_relation(
    role: str,
    child: dict[str, str],
    make_person: Make,
    client_of: ClientOf,
) -> None:
    address = reverse("child", args=[reference_of(child["number"])])
    opens = TABLE["opens"].get(role, [])
    people = {each: _related(make_person, role, each, child) for each in RELATIONS}
    restriction = None

    def check(expected: Callable[[str], bool], state: str) -> None:
        for relation, person in people.items():
            before = AuditEntry.objects.count()
            status = client_of(person).get(address).status_code
            assert status == (200 if expected(relation) else 403), (role, relation, state)
            made = AuditEntry.objects.filter(actor=str(person.pk)).order_by("-id")[0]
            assert AuditEntry.objects.count() > before
            assert made.verb == (Verb.VIEW if status == 200 else Verb.REFUSE), (relation, state)

    check(lambda relation: relation in opens, "as any other")
    restriction = actions.restrict_child(child["number"], "family of staff", [])
    check(lambda relation: False, "restricted, not named")
    actions.change_restriction(restriction, 1, "family of staff", people.values())
    check(lambda relation: relation in opens, "restricted, named")
    actions.change_restriction(restriction, 2, "family of staff", [])
    may_break = role in ALLOWED["break glass"]
    for relation, person in people.items():
        answer = client_of(person).post(
            reverse("break-glass"),
            {"child_id": child["number"], "reason": "The child is in hospital now."},
        )
        opened = answer.status_code == 302
        assert opened == (may_break and relation in opens), (role, relation)
    check(lambda relation: may_break and relation in opens, "the glass is broken")
    BrokenGlass.objects.update(closes_at=timezone.now())
    check(lambda relation: False, "the opening is over")
    actions.end_restriction(restriction, "the worker has left")
    check(lambda relation: relation in opens, "no longer restricted")


@pytest.mark.parametrize("role", [*TABLE["opens"]])
def test_lists_of_children_hold_to_the_same(
    role: str, child: dict[str, str], make_person: Make, client_of: ClientOf
) -> None:
    """The list behind a figure names the child to whom the child's page opens, and to nobody else."""
    reading = current_reading()
    assert reading
    address = _a_list_with(reading, child["number"])
    for relation in RELATIONS:
        person = _related(make_person, role, relation, child)
        client = client_of(person)
        page = client.get(address)
        assert page.status_code == 200, (role, relation, address)
        listed = child["number"] in [row["child"] for row in page.context["rows"]]
        assert listed == (relation in TABLE["opens"][role]), (role, relation)
    restriction = actions.restrict_child(child["number"], "family of staff", [])
    for person in Person.objects.all():
        page = client_of(person).get(address)
        assert child["number"] not in page.content.decode()
        assert restriction.reason not in page.content.decode()


def _a_list_with(reading: Any, number: str) -> str:
    """Give the address of the first list behind a figure that the child is in, on its first page."""
    from sightline.indicators.definition import catalogue
    from sightline.service.measures.addresses import children_address

    last = date(2016, 12, 31)
    for definition in catalogue():
        if definition.is_about_workers or "worker" not in definition.by:
            continue
        period = (last.replace(month=1, day=1), last)
        found = reading.evidence(definition, period, Remit(whole=True), limit=50)
        rows = [str(row[found.columns.index("child_id")]) for row in found.rows]
        if number in rows:
            return str(children_address(definition, period, "", ""))
    raise AssertionError("the child is in no list")


def test_all_that_decides_about_an_object_is_tested_here() -> None:
    assert set(TABLE["objects"]) == {
        "nothing more",
        "a secret in the address",
        "its owner",
        "the owner of the passkey",
        "not one's own",
        "the child",
        "whose contact it is",
        "whose case it is",
        "whose agency was asked",
        "whose contribution it is",
        "whose request it is",
        "whose document it is",
        "whose committee it is",
        "who may read private papers",
        "who may read the report",
    }
