"""A decision, and handing in, fall on the text as it was read: of one changed meanwhile nothing is done."""

from typing import Any

import pytest
from django.urls import reverse

from service.protection.conftest import WRITTEN, MakeCase, again, assessed, enquired, planned
from sightline.service.accounts.models import Person
from sightline.service.protection.actions import assessing, enquiring, planning

pytestmark = pytest.mark.django_db


def test_a_decision_about_a_text_that_was_changed_since_is_not_taken(
    make_case: MakeCase,
    worker: Person,
    manager: Person,
    chair: Person,
    agencies: Any,
    client_of: Any,
) -> None:
    row = enquired(make_case(), worker, manager)
    client = client_of(manager)
    address = reverse("decide-conference", args=[row.pk])
    read = client.get(address).context["form"]["version"].value()
    enquiring.write_enquiry(row, row.version, {"child_view": "He hits me."}, by=worker)
    sent = {"version": read, "needed": "no", "rationale": "Nothing is known."}
    assert client.post(address, sent).status_code == 302
    assert again(row).conference_needed == ""
    assert "Somebody has changed this meanwhile" in client.get(address).content.decode()
    plan = planned(make_case(), worker, manager, chair)
    ending = client.get(reverse("end-plan", args=[plan.pk])).context["form"]["version"].value()
    planning.write_plan(plan, plan.version, {"danger": "Other."}, by=worker)
    day = {f"ends_{part}": getattr(plan.starts, part) for part in ("day", "month", "year")}
    sent = {"version": ending, "reason": "moved", "rationale": "r", **day}
    client.post(reverse("end-plan", args=[plan.pk]), sent)
    assert again(plan).ends is None


def test_nobody_hands_in_what_another_has_just_changed(
    make_case: MakeCase, worker: Person, manager: Person, client_of: Any
) -> None:
    row = assessed(make_case(), worker, "writing")
    assessing.write_assessment(row, 1, WRITTEN, by=worker)
    client, address = client_of(worker), reverse("submit-assessment", args=[row.pk])
    page = client.get(reverse("assessment", args=[row.pk])).content.decode()
    read = again(row).version
    assert f'name="version" value="{read}"' in page
    assessing.write_assessment(row, read, {"judgement": "All is well."}, by=manager)
    for sent in ({"version": read}, {}, {"version": "9" * 40}):
        client.post(address, sent)
        assert again(row).submitted_at is None
    client.post(address, {"version": again(row).version})
    assert again(row).submitted_at


def test_a_draft_of_a_decision_keeps_no_answer_to_a_text_changed_since(
    make_case: MakeCase, worker: Person, manager: Person, client_of: Any
) -> None:
    row = assessed(make_case(), worker)
    client, address = client_of(manager), reverse("decide-assessment", args=[row.pk])
    draft = client.get(address).context["draft"].token
    typed = {"decision": "authorise", "rationale": "I agree with", "version": row.version}
    client.post(reverse("save-draft"), {"draft": draft, **typed})
    form = client.get(address).context["form"]
    assert form["decision"].value() == "authorise"
    assessing.return_assessment(row, row.version, "Ask the school.", by=manager)
    changes = {"judgement": "Other."}
    assessing.write_assessment(again(row), again(row).version, changes, by=worker)
    assessing.submit_assessment(again(row), by=worker)
    form = client.get(address).context["form"]
    now = again(row).version
    assert (form["decision"].value(), form["version"].value()) == (None, now)
    assert form["rationale"].value() == "I agree with"
    sent = {"decision": "authorise", "rationale": "I agree.", "version": now}
    client.post(address, sent)
    assert again(row).authorised_by == manager
