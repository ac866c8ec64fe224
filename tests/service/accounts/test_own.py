"""One's own account: what one may do, in sentences made from the policies, and how one signs in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sightline.service.accounts.models import Person
from sightline.service.accounts.policies import POLICIES, what_one_may
from sightline.service.audit.models import AuditEntry, Verb

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

Make = Callable[..., Person]
ClientOf = Callable[[Person], Client]


def test_a_person_reads_what_they_may_do_and_over_which_children(
    make_person: Make, client_of: ClientOf, django_assert_max_num_queries: Any
) -> None:
    manager = make_person("team_manager", team="North")
    client = client_of(manager)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("account")).content.decode()
    assert "You may open the records of these children: North." in page
    assert "You may load files" not in page
    assert "Team manager, North" in page


def test_every_policy_with_roles_says_what_one_may() -> None:
    for policy in POLICIES:
        assert bool(policy.roles) == bool(policy.may), policy.name


def test_whoever_has_no_role_is_told_so(make_person: Make, client_of: ClientOf) -> None:
    person = make_person()
    assert what_one_may(person) == []
    assert "You have no role yet" in client_of(person).get(reverse("account")).content.decode()


def test_signing_out_everywhere_ends_every_session_and_is_on_record(
    make_person: Make, client_of: ClientOf
) -> None:
    person, other = make_person("analyst"), make_person("councillor")
    here, there, theirs = client_of(person), client_of(person), client_of(other)
    here.post(reverse("sign-out-everywhere"))
    for client in (here, there):
        assert client.get(reverse("account")).url.startswith(reverse("account_login"))
    assert theirs.get(reverse("account")).status_code == 200
    assert AuditEntry.objects.filter(verb=Verb.SIGN_OUT, subject_id=person.pk).exists()


def test_an_accounts_pages_lead_nowhere_that_is_refused_or_empty(
    make_person: Make, client_of: ClientOf
) -> None:
    client = client_of(make_person("councillor"))
    page = client.get("/sign-in/second-step/").content.decode()
    assert reverse("account") in page and reverse("account_change_password") in page
    for nowhere in ("account_email", "socialaccount_connections"):
        assert reverse(nowhere) not in page
    assert "Recovery codes" not in client.get(reverse("account")).content.decode()
