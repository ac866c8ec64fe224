"""No child at risk falls off the list of work, and what is listed as not seen is so."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from service.missing.conftest import gone
from service.protection.conftest import (
    MakeCase,
    again,
    assessed,
    book,
    conferred,
    enquired,
    held,
    planned,
)
from service.protection.test_lists import things, visit
from sightline.service.accounts.models import Person
from sightline.service.accounts.steps import IncompleteError
from sightline.service.missing.actions import episodes
from sightline.service.protection.actions import (
    assessing,
    closing,
    conferring,
    discussing,
    enquiring,
    need,
)
from sightline.service.protection.models import Assessment, Enquiry, Referral

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
FOLLOWS = "Begin what follows, or ask to close"


def authorised(case: Referral, worker: Person, manager: Person, outcome: str) -> None:
    row = assessed(case, worker)
    Assessment.objects.filter(pk=row.pk).update(outcome=outcome)
    assessing.authorise_assessment(again(row), row.version, "Agreed.", by=manager)


def listed(case: Referral) -> list[tuple[str, str]]:
    return [(each.what, each.standing) for each in things(case)]


def test_after_an_assessment_something_follows_and_its_strategy_discussion_is_not_forgotten(
    make_case: MakeCase, worker: Person, manager: Person, agencies: Any, client_of: Any
) -> None:
    case = make_case()
    authorised(case, worker, manager, "strategy")
    thing = next(each for each in things(case) if each.what == FOLLOWS)
    assert (thing.words, thing.standing) == ("assessment: a strategy discussion", "due")
    assert "Nothing open" in client_of(worker).get(reverse("cases")).content.decode()
    with pytest.raises(IncompleteError, match="the strategy discussion that the assessment asks"):
        closing.ask_to_close(case, "RC8", "The family has help.", by=worker)
    discussing.call_discussion(case, timezone.now(), by=worker)
    assert FOLLOWS not in dict(listed(case))
    assert "Strategy discussion" in client_of(worker).get(reverse("cases")).content.decode()

    other = make_case(name="Bilal")
    authorised(other, worker, manager, "need_plan")
    page = client_of(worker).get(reverse("ask-to-close", args=[other.pk])).content.decode()
    assert "none has begun since: a child in need plan" in page
    closing.ask_to_close(other, "RC8", "The family does not want it.", by=worker)
    assert FOLLOWS not in dict(listed(other))


def test_a_case_stays_open_while_the_child_is_missing_and_says_what_others_go_on_with(
    make_case: MakeCase, worker: Person, manager: Person, client_of: Any
) -> None:
    case = make_case()
    closing.ask_to_close(case, "RC8", "The family has help.", by=worker)
    episode = gone(case.child, worker)
    read = again(case)
    with pytest.raises(IncompleteError, match="Still open: the child is missing"):
        closing.authorise_closure(read, read.version, "I agree.", by=manager)
    now = timezone.now() - timedelta(minutes=5)
    episodes.note_return(episode, returned_at=now, found="At home.", harmed=None, by=worker)
    page = client_of(manager).get(reverse("decide-closure", args=[case.pk])).content.decode()
    assert "not part of the case: a return interview. Say who goes on with it." in page
    closing.authorise_closure(read, read.version, "Team B goes on.", by=manager)
    assert again(case).state == "closed"


def test_an_enquiry_stays_on_the_list_until_its_finding_is_authorised(
    make_case: MakeCase, worker: Person, manager: Person, chair: Person, agencies: Any
) -> None:
    case = make_case()
    authorised(case, worker, manager, "continues")
    row = conferred(case, worker, manager, chair)
    finding = "Write the finding of the enquiry"
    assert dict(listed(case))[finding] == "due"
    conferring.hold_conference(row, held("no_plan", after="no_plan"), by=chair)
    texts = dict.fromkeys(("child_view", "parent_view", "judgement"), "Said in full.")
    enquiry = Enquiry.objects.get()
    enquiring.write_enquiry(
        enquiry, enquiry.version, {**texts, "finding": "not_continuing"}, by=worker
    )
    Enquiry.objects.update(began_at=timezone.now() - timedelta(days=40))
    assert dict(listed(case))[finding] == "overdue"
    enquiring.submit_enquiry(again(enquiry), by=worker)
    assert "Finding of the enquiry, to be authorised" in dict(listed(case))
    enquiry = again(enquiry)
    enquiring.authorise_enquiry(enquiry, enquiry.version, "I agree.", by=manager)
    assert FOLLOWS in dict(listed(case))


def test_who_was_not_seen_is_told_by_the_work_that_is_open(
    make_case: MakeCase, worker: Person, manager: Person, chair: Person, agencies: Any
) -> None:
    case = make_case(timezone.now() - timedelta(days=300))
    row = assessed(case, worker, "writing")
    # Without a plan a child never seen is overdue by the clock from the beginning of the work.
    assert ("First visit to see the child", "not seen") in listed(case)
    visit(case, worker, pathway="assessment", ago=60 * 24 * 200)
    assert ("Visit to see the child", "not seen") in listed(case)
    Assessment.objects.filter(pk=row.pk).update(
        submitted_at=timezone.now(),
        authorised_at=timezone.now(),
        authorised_by=manager,
        authorised_because="Agreed.",
    )
    starts = timezone.localdate() - timedelta(days=250)
    need.begin_need_plan(again(case), starts, {"needs": "n", "goals": "g"}, by=worker)
    visit(case, worker, pathway="cin", ago=60 * 24 * 5)
    enquired(case, worker, manager, "yes")
    # A new enquiry asks for the child to be seen anew, beside the visits of the plan.
    assert ("See the child", "not seen") in listed(case)
    assert ("Visit to see the child", "due") in listed(case)
    conference = case.conferences.get()
    book(conference, chair, worker)
    conferring.hold_conference(again(conference), held(), by=chair)
    visit(case, worker, pathway="cpp", ago=1)
    case.visits.filter(pathway="cin").update(made_at=timezone.now() - timedelta(days=200))
    assert "not seen" not in dict(listed(case)).values()
    case.need_plans.update(ends=timezone.localdate() - timedelta(days=1))
    review = case.plans.get().reviews.get()
    book(review, chair, worker)
    conferring.hold_conference(again(review), held("ends"), by=chair)
    # The plan of today is not late by a visit under the plan of last year.
    assert ("First visit to see the child", "due") in listed(case)
    assert "not seen" not in dict(listed(case)).values()


def test_a_second_plan_is_not_late_by_the_visits_of_the_first(
    make_case: MakeCase, worker: Person, manager: Person, chair: Person, agencies: Any
) -> None:
    plan = planned(make_case(), worker, manager, chair)
    visit(plan.referral, worker, pathway="cpp", ago=60 * 24 * 200)
    assert ("First visit to see the child", "due") in listed(plan.referral)
