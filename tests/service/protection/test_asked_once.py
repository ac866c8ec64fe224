"""A child's record and chronology ask the database few times, however many cases there were."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from service.protection.conftest import MakeCase, again, assessed, planned
from sightline.service.accounts.models import Person
from sightline.service.children import actions
from sightline.service.children.models import KnownPerson
from sightline.service.protection.models import Referral, Visit

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
MOST = 30


def test_a_record_with_closed_cases_and_an_open_one_takes_few_queries(
    make_case: MakeCase,
    worker: Person,
    manager: Person,
    chair: Person,
    agencies: Any,
    client: Any,
) -> None:
    case = make_case()
    assessed(case, worker, "writing")
    planned(again(case), worker, manager, chair)
    now = timezone.now()
    for _ in range(2):
        old = Referral.objects.create(
            child=case.child,
            received_at=now,
            team=case.team,
            closed_on=timezone.localdate(),
            closed_by=manager,
            closed_because="The needs are met.",
            closed_rationale="I agree.",
            state=Referral.State.CLOSED,
        )
        Visit.objects.create(referral=old, by=worker, made_at=now, pathway="plan", seen=True)
    other = KnownPerson.objects.create(number="C-90", last_name="Hidden")
    actions.restrict_child(other.number, "family of staff", [])
    actions.relate(case.child, other, kind="sibling")
    client.force_login(worker)
    client.get(reverse("find-people"))  # the first page of a session writes that it is in use
    for page in ("known-person", "chronology"):
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(reverse(page, args=[case.child_id]))
        assert answer.status_code == 200
        assert "Hidden" not in answer.content.decode()
        questions = [each["sql"] for each in asked if "SAVEPOINT" not in each["sql"]]
        assert len(questions) <= MOST, (page, len(questions), questions)
