"""Documents to print: what they say, how they are tagged, who may have them, and that it is on record."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from present.pages import tagged
from service.protection.conftest import MakeCase, again, assessed, parent_of, planned
from sightline.service.accounts.models import Person
from sightline.service.audit.models import AuditEntry, Verb
from sightline.service.children.actions import restrict_child
from sightline.service.children.models import Address, KnownPerson, Relationship, Residence
from sightline.service.protection.actions import (
    assessing,
    conferring,
    court,
    letters,
    need,
    planning,
)
from sightline.service.protection.models import (
    ChildInNeedPlan,
    CourtLetter,
    PlanAction,
    PreProceedings,
    ProtectionPlan,
)
from sightline.service.protection.queries.parents import place_is_secret

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

LONG = "The kitchen has no food in it on most days, and the younger children go to school hungry. "


def printed(client: Any, name: str, key: int, title: str) -> tuple[str, list[str]]:
    """Have a document, and check its file's name and what is on record."""
    before = AuditEntry.objects.filter(verb=Verb.EXPORT, subject="child").count()
    answer = client.get(reverse(name, args=[key]))
    assert answer["Content-Type"] == "application/pdf"
    assert "Ashdown" not in answer["Content-Disposition"]
    assert f"-{key}.pdf" in answer["Content-Disposition"]
    assert AuditEntry.objects.filter(verb=Verb.EXPORT, subject="child").count() == before + 1
    return tagged(answer.content, title)


@pytest.fixture
def plan(
    make_case: MakeCase, worker: Person, manager: Person, chair: Person, agencies: Any
) -> ProtectionPlan:
    row = planned(make_case(), worker, manager, chair)
    texts = {
        "danger": LONG * 4,
        "safety": "Food in the house every day.\nSchool sees her fed and rested for eight weeks.",
        "contingency": "A legal planning meeting.",
    }
    planning.write_plan(row, row.version, texts, by=worker)
    PlanAction.objects.create(plan=row, what="Shop with the mother", who="Family support")
    return again(row)


@pytest.fixture
def letter(make_case: MakeCase, worker: Person, manager: Person, head: Person) -> CourtLetter:
    case = make_case(name="Bilal")
    row = assessed(case, worker)
    assessing.authorise_assessment(row, row.version, "I agree.", by=manager)
    begun = court.begin_pre_proceedings(case, timezone.localdate(), "It is not safe.", by=head)
    texts = {
        "worries": LONG * 3,
        "must_change": "Food every day from now on.\nNo visits by the grandfather.",
        "support": "A family worker comes three times a week.",
        "child_view": "I want Mum to be well.",
    }
    letters.write_letter(begun, 1, texts, by=worker)
    view = "We know that it is hard at the moment."
    return letters.address_letter(begun, parent_of(case), view, by=worker)


def test_a_child_protection_plan_has_the_views_apart_and_who_does_what(
    plan: ProtectionPlan, worker: Person, client_of: Any
) -> None:
    text, kinds = printed(
        client_of(worker), "print-protection-plan", plan.pk, "Child protection plan"
    )
    for said in (
        "Amara Ashdown", "What Amara says", "I want to stay at home.", "What the parents say",
        "They agree.", "What we are worried about", "Shop with the mother", "Family support",
        "If you do not agree", "Page 1 of", "Confidential", "Neglect",
    ):  # fmt: skip
        assert said in text, said
    assert {"/H1", "/H2", "/Table", "/TH", "/P"} <= set(kinds)


def test_the_views_of_the_last_core_group_take_the_place_of_those_before(
    plan: ProtectionPlan, worker: Person, client_of: Any
) -> None:
    plan.made_at.held_at = timezone.now() - timedelta(days=9)
    plan.made_at.save()
    ProtectionPlan.objects.update(starts=timezone.localdate() - timedelta(days=9))
    group = plan.core_groups.select_related("plan").get()
    said = {"present": "All", "progress": "Better.", "parent_view": "It helps."}
    planning.hold_core_group(
        group, held_on=timezone.localdate(), child_view="Mum laughs again.", by=worker, **said
    )
    text, _ = printed(client_of(worker), "print-protection-plan", plan.pk, "Child protection plan")
    assert "Mum laughs again." in text
    assert "At the core group of" in text
    assert "I want to stay at home." not in text


def test_the_record_of_a_conference_says_who_was_there_and_what_was_decided_and_why(
    plan: ProtectionPlan, support: Person, client_of: Any
) -> None:
    row = plan.made_at
    conferring.write_minutes(row, again(row).version, "What was said.\n\nBy whom.", by=support)
    text, _ = printed(
        client_of(support), "print-conference", row.pk, "Record of the initial conference"
    )
    for said in (
        "Draft: the minutes are not sent yet.", "A child protection plan", "What was said.",
        "The child is at continuing risk.", "What Amara says", "What the parents say",
    ):  # fmt: skip
        assert said in text, said
    to_come = plan.reviews.get()
    answer = client_of(support).get(reverse("print-conference", args=[to_come.pk]))
    assert answer.status_code == 302


def test_a_child_in_need_plan_says_what_the_child_needs(
    make_case: MakeCase, worker: Person, manager: Person, client_of: Any
) -> None:
    case = make_case()
    row = assessed(case, worker)
    assessing.authorise_assessment(row, row.version, "I agree.", by=manager)
    texts = {"needs": "Somebody to play with.", "goals": "She has friends.", "stepped_from": "care"}
    plan = need.begin_need_plan(case, timezone.localdate(), texts, by=worker)
    text, _ = printed(client_of(worker), "print-need-plan", plan.pk, "Child in need plan")
    for said in ("Somebody to play with.", "She has friends.", "Stepped from Care", "Review due"):
        assert said in text, said


def test_a_letter_tells_a_parent_what_must_change_and_is_printed_as_it_was_sent(
    letter: CourtLetter, worker: Person, support: Person, client_of: Any
) -> None:
    client, title = client_of(support), "Letter before proceedings"
    row = letter.pre_proceedings
    father = parent_of(row.referral, "father")
    to_father = letters.address_letter(row, father, "I have moved to Leeds.", by=worker)
    text, _ = printed(client, "print-letter", letter.pk, title)
    for said in (
        "Draft: not sent yet.", "To Mary Ashdown", "Take this letter to a solicitor",
        "What must change, and by when", "No visits by the grandfather.", "What Bilal says",
        "I want Mum to be well.", "What you have told us", f"Your social worker is {worker}",
        "The team is Redditch team 1",
    ):  # fmt: skip
        assert said in text, said
    assert "Leeds" not in text
    to_him, _ = printed(client, "print-letter", to_father.pk, title)
    assert "I have moved to Leeds." in to_him
    assert "We know that it is hard" not in to_him
    letters.send_letter(letter, 1, again(row).version, timezone.localdate(), by=worker)
    kept, _ = printed(client, "print-letter", letter.pk, title)
    assert "Draft" not in kept
    worker.name = "Another name"
    worker.save()
    PreProceedings.objects.update(worries="Other worries.")
    KnownPerson.objects.update(last_name="Newname")
    after, _ = printed(client, "print-letter", letter.pk, title)
    assert after == kept
    assert "Other worries." in printed(client, "print-letter", to_father.pk, title)[0]


def test_a_letter_leaves_out_the_team_where_the_home_is_secret_or_contact_is_forbidden(
    letter: CourtLetter, worker: Person, support: Person, client_of: Any
) -> None:
    client, child = client_of(support), letter.pre_proceedings.referral.child
    address = Address.objects.create(lines="1 Hidden Way", postcode="ZZ1 1ZZ")
    home = Residence.objects.create(person=child, address=address, kind="secret")
    page = client_of(worker).get(reverse("court-letter", args=[letter.pk])).content.decode()
    assert "the letter leaves out the team" in page
    text, _ = printed(client, "print-letter", letter.pk, "Letter before proceedings")
    assert "Redditch" not in text
    home.delete()
    assert not place_is_secret(child, letter.to)
    Relationship.objects.update(no_contact=True)
    assert place_is_secret(child, letter.to)


def test_a_plan_leaves_out_the_team_where_anybody_must_not_know_and_one_text_is_warned_of(
    plan: ProtectionPlan, worker: Person, manager: Person, client_of: Any
) -> None:
    child, client = plan.referral.child, client_of(worker)
    row = assessed(plan.referral, worker)
    assessing.authorise_assessment(row, row.version, "I agree.", by=manager)
    need_plan = ChildInNeedPlan.objects.create(referral=plan.referral, starts=plan.starts)
    father, warns = parent_of(plan.referral, "father"), "is printed without the team"

    def team_is_told() -> set[bool]:
        found = set()
        for name, each, title in (
            ("protection-plan", plan, "Child protection plan"),
            ("need-plan", need_plan, "Child in need plan"),
        ):
            page = client.get(reverse(name, args=[each.pk])).content.decode()
            assert "is one text for mother and father alike" in page, name
            is_told = "Redditch" in printed(client, f"print-{name}", each.pk, title)[0]
            assert is_told == (warns not in page), name
            found.add(is_told)
        return found

    assert team_is_told() == {True}
    Relationship.objects.filter(other=father).update(no_contact=True)
    assert team_is_told() == {False}
    Relationship.objects.update(no_contact=False)
    address = Address.objects.create(lines="1 Hidden Way", postcode="ZZ1 1ZZ")
    Residence.objects.create(person=child, address=address, kind="secret")
    assert team_is_told() == {False}
    page = client.get(reverse("conference-held", args=[plan.made_at_id])).content.decode()
    assert "is one text for mother and father alike" in page


def test_what_is_written_is_never_taken_for_markup(
    plan: ProtectionPlan, worker: Person, client_of: Any
) -> None:
    said = '#panic("x") *not bold* $x^2$ <label> \\ "'
    ProtectionPlan.objects.update(danger=said)
    text, _ = printed(client_of(worker), "print-protection-plan", plan.pk, "Child protection plan")
    assert '#panic("x") *not bold* $x^2$ <label>' in text


def test_a_restricted_child_is_printed_for_nobody(
    plan: ProtectionPlan, letter: CourtLetter, worker: Person, support: Person, client_of: Any
) -> None:
    for number in (
        plan.referral.child.number,
        letter.pre_proceedings.referral.child.number,
    ):
        restrict_child(number, "family of staff", [])
    for name, row, person in (
        ("print-protection-plan", plan, worker),
        ("print-conference", plan.made_at, support),
        ("print-letter", letter, support),
    ):
        assert client_of(person).get(reverse(name, args=[row.pk])).status_code == 403, name
    assert not AuditEntry.objects.filter(verb=Verb.EXPORT).exists()
