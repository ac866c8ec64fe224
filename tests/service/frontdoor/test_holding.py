"""What holds where two work at once, something is not known, or a contact is of a child known already."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from service.frontdoor.conftest import MakeContact, ask, match
from service.frontdoor.test_work import CALL
from sightline.clocks.rules import due_at
from sightline.service.accounts.models import Appointment, Draft, Person, Team
from sightline.service.accounts.steps import IncompleteError
from sightline.service.audit.models import AuditEntry, Verb
from sightline.service.children.actions import record_person, restrict_child
from sightline.service.children.models import KnownPerson, Residence
from sightline.service.children.queries import find_people
from sightline.service.feed.records.front_door import contacts
from sightline.service.feed.records.numbers import Numbers
from sightline.service.frontdoor.actions import deciding, disagreeing, screening
from sightline.service.frontdoor.letters import letter_of
from sightline.service.frontdoor.models import Contact, Level, Recommendation, Triage
from sightline.service.frontdoor.queries import consistency as alike
from sightline.service.frontdoor.queries import lists
from sightline.service.frontdoor.queries.told import rows_of_contacts
from sightline.service.frontdoor.questions import PageForm, pages_of
from sightline.service.frontdoor.seeds.reading import read

pytestmark = pytest.mark.django_db


def again(contact: Contact) -> Contact:
    return Contact.objects.get(pk=contact.pk)


# --- The decision


def test_an_answer_is_to_the_recommendation_that_was_read(
    make_contact: MakeContact,
    officer: Person,
    manager: Person,
    other_manager: Person,
    levels: list[Level],
    client_of: Any,
) -> None:
    contact = make_contact("recommended")
    client, address = client_of(manager), reverse("decide-contact", args=[contact.pk])
    read = client.get(address)
    typed = {
        "recommendation": read.context["form"]["recommendation"].value(),
        "decision": "authorise",
        "rationale": "I agree.",
    }
    token = read.context["draft"].token
    client.post(reverse("save-draft"), {**typed, "draft": token})
    assert Draft.objects.filter(person=manager).exists()
    first = contact.recommendations.get()
    deciding.return_recommendation(first, "Ask the school.", by=other_manager)
    deciding.recommend(
        again(contact),
        outcome="strategy",
        level=levels[-1],
        rationale="The school saw bruises.",
        by=officer,
    )
    page = client.get(address).content.decode()
    assert " checked" not in page
    assert "I agree." not in page
    answer = client.post(address, typed, follow=True).content.decode()
    assert "Another recommendation waits now" in answer
    assert Recommendation.objects.get(outcome="strategy").state == "waiting"


def test_the_authoriser_s_level_is_the_one_that_counts(
    make_contact: MakeContact, manager: Person, levels: list[Level], client_of: Any
) -> None:
    contact = make_contact("recommended", level_declared=levels[-1])
    waiting = contact.recommendations.get()
    Recommendation.objects.update(outcome="advice", level=levels[0], offered_instead="A number")
    waiting.refresh_from_db()
    with pytest.raises(IncompleteError, match="what was recommended"):
        deciding.authorise_another(waiting, "advice", "No.", level=levels[0], by=manager)
    old = Level.objects.exclude(guidance=contact.guidance)[0]
    with pytest.raises(IncompleteError, match="guidance in force"):
        deciding.authorise_another(waiting, "strategy", "No.", level=old, by=manager)
    client_of(manager).post(
        reverse("decide-contact", args=[contact.pk]),
        {
            "recommendation": waiting.pk,
            "decision": "another",
            "outcome": "strategy",
            "level": levels[-1].pk,
            "rationale": "It is more than that.",
        },
    )
    waiting.refresh_from_db()
    assert (waiting.level, waiting.level_decided) == (levels[0], levels[-1])
    assert "assessed as 4 (Specialist)" in letter_of(contact.notices.get()).text
    since = timezone.now() - timedelta(days=1)
    assert [row.threshold for row in alike.consistency(manager, "", since, "agency")] == [1, 1]
    assert [row.same for row in alike.levels_by_agency(manager, since)] == [1]
    assert [row["level"] for row in contacts(Numbers())] == [levels[-1].number]


def test_a_contact_of_a_day_without_guidance_is_held_to_today_s(
    make_contact: MakeContact, officer: Person, levels: list[Level], client_of: Any
) -> None:
    contact = make_contact("screening", kind="neglect", missing=False, exploitation=False)
    screening.prioritise(contact, contact.version, "green", "No harm seen.", by=officer)
    Contact.objects.update(guidance=None)
    client_of(officer).post(
        reverse("recommend-outcome", args=[contact.pk]),
        {
            "outcome": "advice",
            "level": levels[0].pk,
            "rationale": "Advice is enough.",
            "offered_instead": "A number",
        },
    )
    assert (again(contact).state, again(contact).guidance) == ("recommended", levels[0].guidance)


def test_a_contact_opened_again_is_reckoned_from_then(
    make_contact: MakeContact, manager: Person, officer: Person
) -> None:
    contact = make_contact("closed")
    long_ago = timezone.now() - timedelta(days=30)
    Contact.objects.update(received_at=long_ago, decide_by=due_at("REF-1", long_ago))
    deciding.reopen(again(contact), "The school has told us more.", by=manager)
    now = timezone.now()
    assert lists.standing_of(again(contact), now)[0] != "overdue"
    found = lists.backlog_of(officer, now)
    assert (found.overdue, found.over_a_day, found.bands[0][1]) == (0, 0, 1)


# --- What is not known


def test_a_letter_came_before_it_is_typed_in_and_who_gives_no_name_is_not_named(
    officer: Person, levels: list[Level], client_of: Any
) -> None:
    client, address = client_of(officer), reverse("take-call")
    typed = {**CALL, "way": "email", "is_anonymous": "on", "referrer_name": "A. Invented"}
    assert "on which the e-mail or letter came" in client.post(address, typed).content.decode()
    came = timezone.localtime() - timedelta(days=3)

    def on(day: Any) -> dict[str, Any]:
        parts = {"day": day.day, "month": day.month, "year": day.year}
        return {f"came_on_{name}": value for name, value in parts.items()}

    later = {**typed, **on(came + timedelta(days=9)), "came_time": "09:30"}
    assert "after now" in client.post(address, later).content.decode()
    slip = {**typed, **on(came - timedelta(days=3653)), "came_time": "09:30"}
    assert "more than a year ago" in client.post(address, slip).content.decode()
    assert not Contact.objects.exists()
    sent = {**typed, **on(came), "came_time": "09:30", "exploitation": "unknown"}
    client.post(address, sent)
    contact = Contact.objects.get()
    at = came.replace(hour=9, minute=30, second=0, microsecond=0)
    assert (contact.received_at, contact.decide_by) == (at, due_at("REF-1", at))
    assert (contact.referrer_name, contact.is_anonymous) == ("", True)
    assert (contact.missing, contact.exploitation) == (False, None)
    page = client.get(reverse("contact", args=[contact.pk])).content.decode()
    assert "It is not known yet whether a child is missing" in page
    change = {"missing": "no", "exploitation": "yes", "version": contact.version}
    client.post(reverse("change-contact", args=[contact.pk]), change)
    form = client.get(reverse("change-contact", args=[contact.pk])).context["form"]
    assert [form[name].value() for name in ("missing", "exploitation")] == ["no", "yes"]
    page = client.get(reverse("contact", args=[contact.pk])).content.decode()
    assert "It is not known yet" not in page
    assert "Route this to" in page


def test_consent_is_recorded_when_the_family_is_reached_and_who_made_the_contact_before_a_decision(
    make_contact: MakeContact, officer: Person, levels: list[Level], client_of: Any
) -> None:
    contact = make_contact("screening", source="", agency=None, kind="neglect")
    client, address = client_of(officer), reverse("change-contact", args=[contact.pk])
    offered = [code for code, _ in client.get(address).context["form"].fields["source"].choices]
    assert "1A" in offered
    assert not {"1X", "3X", "5X"} & set(offered)
    sent = {"kind": "neglect", "missing": "no", "exploitation": "no", "version": contact.version}
    page = client.post(address, {**sent, "consent": "not_sought"}).content.decode()
    assert "Select on what ground it is shared" in page
    assert "Say why it goes ahead without consent" in page
    for typed in (
        {"consent_from": "The mother"},
        {"override_reason": "In danger."},
        {"override_basis": "crime"},
    ):
        form = client.post(address, {**sent, **typed}).context["form"]
        assert form.errors == {"consent": ["Say whether the family agrees"]}
        assert next(iter(typed.values())) in form.as_p(), "what was typed is kept"
    assert 'value="crime" selected' in form.as_p()
    given = {"consent": "given", "consent_from": "The mother, today", "override_reason": "Not kept"}
    client.post(address, {**sent, **given})
    found = again(contact)
    assert (found.consent, found.consent_from) == ("given", "The mother, today")
    assert found.override_reason == ""
    screening.prioritise(found, found.version, Contact.Priority.values[0], "As read.", by=officer)
    found = again(contact)
    with pytest.raises(IncompleteError, match="who made the contact"):
        deciding.recommend(
            found, outcome="advice", level=levels[0], rationale="None.", offered_instead="Advice.",
            by=officer,
        )  # fmt: skip


def test_a_child_not_born_yet_is_recorded_and_lives_where_the_officer_says(
    make_contact: MakeContact, officer: Person, client_of: Any
) -> None:
    contact = make_contact("screening", child=False)
    expected = timezone.localdate() + timedelta(days=60)
    client = client_of(officer)
    given = {"is_unborn": "on", "last_name": "Ashdown", "address": "1 Invented Road"}
    day = {"expected_day": expected.day, "expected_month": expected.month}
    client.post(
        reverse("add-contact-child", args=[contact.pk]),
        {**given, **day, "expected_year": expected.year},
    )
    child = contact.children.get()
    found = client.get(reverse("match-child", args=[child.pk])).context["found"]
    client.post(
        reverse("match-child", args=[child.pk]),
        {"person": "new", "search": found.token, "lives": "temporary"},
    )
    person = KnownPerson.objects.get()
    assert (person.last_name, person.expected) == ("Ashdown", expected)
    home = Residence.objects.get()
    assert (home.kind, home.address.lines, home.address.locality) == (
        "temporary",
        "1 Invented Road",
        contact.locality,
    )


# --- A child who is known


def test_the_record_tells_of_contacts_and_opens_to_whoever_has_one(
    make_contact: MakeContact, make_person: Any, officer: Person, client_of: Any
) -> None:
    elsewhere = make_person("front_door", team="Far team", email="far@example.org")
    search = find_people("Amara Ashdown", by=elsewhere).token
    known = record_person(search=search, by=elsewhere, first_names="Amara", last_name="Ashdown")
    client, record = client_of(officer), reverse("known-person", args=[known.pk])
    assert client.get(record).status_code == 403
    first = make_contact("screening")
    screening.match_child(first.children.get(), known, by=officer)
    second = make_contact("screening", team=None)
    screening.match_child(second.children.get(), known, by=officer)
    page = client.get(reverse("contact", args=[second.pk])).content.decode()
    assert f'href="{record}"' in page
    assert "Earlier contacts: 1" in page
    page = client.get(record).content.decode()
    assert "Contact at the front door: being looked at" in page
    page = client.get(reverse("chronology", args=[known.pk])).content.decode()
    for contact in (first, second):
        assert f"Contact {contact.number} came" in page
    for days, status in ((360, 200), (400, 403)):
        Contact.objects.update(state="closed", closed_at=timezone.now() - timedelta(days=days))
        assert client.get(record).status_code == status, days


def test_a_contact_about_a_restricted_child_goes_to_those_named(
    make_contact: MakeContact,
    make_person: Any,
    officer: Person,
    manager: Person,
    client_of: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    born = timezone.localdate() - timedelta(days=3000)
    name = {"first_names": "Amara", "last_name": "Ashdown", "born": born}
    token = find_people("Amara Ashdown", by=manager).token
    secret = record_person(search=token, by=manager, **name)
    restrict_child(secret.number, "family of staff", [manager])
    contact = make_contact("screening")
    contact.children.update(born=born)
    child, client = contact.children.get(), client_of(officer)
    address = reverse("match-child", args=[child.pk])
    found = client.get(address).context["found"]
    assert not found.people
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(address, {"person": "new", "search": found.token}, follow=True)
    assert "Somebody else has been told of this contact" in answer.content.decode()
    assert client.get(reverse("contact", args=[contact.pk])).status_code == 403
    assert client_of(manager).get(reverse("contact", args=[contact.pk])).status_code == 200
    assert [each.to for each in mail.outbox] == [[manager.email]]
    assert reverse("contact", args=[contact.pk]) in mail.outbox[0].body


def test_a_match_taken_away_after_the_decision_names_the_case_that_stands(
    make_contact: MakeContact, officer: Person, client_of: Any
) -> None:
    contact = make_contact("decided")
    child, client = contact.children.get(), client_of(officer)
    assert child.person
    address = reverse("unmatch-child", args=[child.pk])
    said = f"number {child.person.number}, stays open"
    assert said in client.get(address).content.decode()
    answer = client.post(address, {"reason": "A cousin of that name."}, follow=True)
    assert said in answer.content.decode()
    assert contact.children.get().person is None


def test_every_page_of_a_contact_that_is_read_is_on_record(
    make_contact: MakeContact, officer: Person, manager: Person, client_of: Any
) -> None:
    contact = make_contact("closed")
    child = contact.children.get()
    open_one = make_contact("screening")
    match(open_one, officer)
    asked = ask(open_one, officer)
    row = disagreeing.raise_disagreement(contact, "A teacher", "Too low.")
    triage = Triage.objects.create(chair=officer)
    client = client_of(officer)
    pages = {
        **{
            reverse(name, args=[contact.pk]): contact
            for name in ("contact", "contact-information", "contact-decision", "tell-referrer")
        },
        reverse("match-child", args=[child.pk]): contact,
        reverse("answer-disagreement", args=[row.pk]): contact,
        **{
            reverse(name, args=[open_one.pk]): open_one
            for name in ("change-contact", "recommend-outcome", "ask-agency", "share-information")
        },
        reverse("discuss-contact", args=[triage.pk, open_one.pk]): open_one,
        **{reverse(name, args=[asked.pk]): open_one for name in ("enter-reply", "chase-agency")},
    }
    for address, about in pages.items():
        before = AuditEntry.objects.order_by("-pk")[0].pk
        assert client.get(address).status_code == 200, address
        told = AuditEntry.objects.filter(pk__gt=before, verb=Verb.VIEW)
        number = about.children.get().person.number  # type: ignore[union-attr]
        assert sorted(told.values_list("subject", "subject_id")) == [
            ("child", number),
            ("contact", about.number),
        ], address
    client.get(reverse("outcome-letter", args=[contact.pk]))
    given = AuditEntry.objects.filter(verb=Verb.EXPORT).values_list("subject", "subject_id")
    assert child.person
    assert ("child", child.person.number) in given


def test_an_earlier_contact_that_is_hidden_is_not_counted(
    make_contact: MakeContact, officer: Person, manager: Person, client_of: Any
) -> None:
    known, secret = (KnownPerson.objects.create(number=f"C-{n}") for n in (1, 2))
    first = make_contact("screening")
    screening.match_child(first.children.get(), known, by=officer)
    screening.match_child(screening.add_child(first, first_names="Ben"), secret, by=officer)
    second = make_contact("screening")
    screening.match_child(second.children.get(), known, by=officer)
    restrict_child(secret.number, "family of staff", [manager])
    address = reverse("contact", args=[second.pk])
    for by, count in ((officer, 0), (manager, 1)):
        page = client_of(by).get(address).content.decode()
        assert f"Earlier contacts: {count}" in page, by


def test_a_call_sent_twice_is_one_contact(
    officer: Person, levels: list[Level], client_of: Any
) -> None:
    client, address = client_of(officer), reverse("take-call")
    shown = [client.get(address).context["form"]["sent_once"].value() for _ in range(2)]
    assert len(set(shown)) == 2
    sent = {**CALL, "sent_once": shown[0]}
    first = client.post(address, sent)
    contact = Contact.objects.get()
    second = client.post(address, {**sent, "csrfmiddlewaretoken": "another"}, follow=True)
    assert first["Location"] == reverse("contact", args=[contact.pk])
    assert second.redirect_chain == [(reverse("contact", args=[contact.pk]), 302)]
    assert "This contact is saved already" in second.content.decode()
    assert Contact.objects.count() == 1
    # Gone back to and written over, or on a new page, it is another.
    client.post(address, {**sent, "concern": "Of the brother."})
    client.post(address, {**sent, "sent_once": shown[1]})
    assert Contact.objects.count() == 3
    Contact.objects.filter(pk=contact.pk).update(team=None, locality=None)
    child = KnownPerson.objects.create(number="C-1")
    screening.match_child(contact.children.get(), child, by=officer)
    restrict_child(child.number, "family of staff", [])
    assert client.post(address, sent)["Location"] == reverse("front-door")


def test_who_moves_team_takes_the_open_contacts_along_and_none_that_is_closed(
    make_contact: MakeContact, officer: Person, make_person: Any
) -> None:
    contact = make_contact("screening", team=None, locality=None)
    child = contact.children.get()
    number = f"{contact.number}/{child.pk}"
    was = [{"team": "Redditch team 1"}]
    assert rows_of_contacts(number) == was
    now = timezone.now()
    moved = now - timedelta(hours=1)
    Contact.objects.update(screened_at=moved - timedelta(hours=1))
    officer.appointments.update(ended_at=moved, starts=timezone.localdate() - timedelta(days=2))
    far = Team.objects.create(name="Far team")
    Appointment.objects.create(
        person=officer, role="front_door", team=far, starts=timezone.localdate(moved)
    )
    assert rows_of_contacts(number) == [*was, {"team": "Far team"}], "theirs to go on with"
    Contact.objects.update(state="closed", closed_at=timezone.now())
    assert rows_of_contacts(number) == was
    Contact.objects.update(screened_at=now)
    assert rows_of_contacts(number) == [{"team": "Far team"}]


def test_an_answer_taken_back_is_not_kept_beside_the_one_given(
    officer: Person, levels: list[Level], client_of: Any
) -> None:
    ground = {"override_basis": "crime", "override_reason": "In danger."}
    client, address = client_of(officer), reverse("take-call")
    client.post(address, {**CALL, **ground, "consent": "given", "consent_from": "Mother"})
    client.post(address, {**CALL, **ground, "consent": "refused", "consent_from": "Mother"})
    found = Contact.objects.order_by("pk").values_list("consent_from", "override_basis")
    assert list(found) == [("Mother", ""), ("", "crime")]
    data = QueryDict(mutable=True)
    data.update({**ground, "consent": "given", "consent_from": "Mother"})
    page = next(
        each
        for form in read("forms")["form"]
        for each in pages_of(form["questions"])
        if any(part.code == "consent" for part in each.parts)
    )
    form = PageForm(page, data)
    assert form.is_valid(), form.errors
    assert (form.cleaned_data["override_basis"], form.cleaned_data["consent_from"]) == (
        "", "Mother",
    )  # fmt: skip
    for typed in ("consent_from=Mother", "override_basis=crime"):
        form = PageForm(page, QueryDict(typed))
        form.fields["consent"].required = False
        assert form.errors == {"consent": ["Say whether the family agrees"]}
