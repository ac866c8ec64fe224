"""Missing and exploited children as they are worked with: what is refused, what is first, who sees it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from service.missing.conftest import (
    TEXT,
    MakeCase,
    People,
    about,
    answers,
    day,
    gone,
    held,
    interviewed,
    moment,
    returned,
    screened,
)
from service.protection.conftest import TEAM, again, registered
from sightline.service.accounts.models import Draft, Locality, Person
from sightline.service.accounts.steps import IncompleteError, NotAllowedError, StepError
from sightline.service.audit.models import AuditEntry, Verb
from sightline.service.children.actions import merge_people, record_residence, restrict_child
from sightline.service.children.models import KnownPerson
from sightline.service.children.queries import entries_of, open_with
from sightline.service.frontdoor.actions.receiving import receive
from sightline.service.frontdoor.actions.screening import add_child, route_contact
from sightline.service.frontdoor.models import Contact
from sightline.service.missing.access import episodes_of
from sightline.service.missing.actions import concerns, episodes, interviews, screening
from sightline.service.missing.actions.concerns import Concern
from sightline.service.missing.models import (
    ConcernAnswer,
    MissingEpisode,
    ReturnInterview,
    Screening,
)
from sightline.service.missing.queries.district import district_of
from sightline.service.missing.queries.history import history_of
from sightline.service.missing.queries.interviews import interviews_lately
from sightline.service.missing.queries.worklist import things_for
from sightline.service.missing.tools.reading import edition_on
from sightline.service.protection.actions import allocating
from sightline.service.protection.clocks import clock

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
NOW = timezone.now


# --- Episodes


def test_a_child_has_one_open_episode_under_whichever_of_their_records(
    child: KnownPerson, people: People
) -> None:
    gone(child, people.complex)
    with pytest.raises(StepError, match="missing already"):
        episodes.record_missing(child, about(2), by=people.worker)
    other = KnownPerson.objects.create(number="C-other")
    merge_people(other, child, "The same child.", by=people.manager)
    with pytest.raises(StepError, match="missing already"):
        episodes.record_missing(again(child), about(2), by=people.complex)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"starts_at": NOW() + timedelta(days=1)}, "time to come"),
        ({"risk": ""}, "how great the risk"),
        ({"risk_because": " "}, "why the risk"),
        ({"police_told": True}, "when the police were told"),
        ({"kind": ""}, "missing or away"),
    ],
)
def test_what_an_episode_lacks_is_said(
    more: dict[str, Any], said: str, child: KnownPerson, people: People
) -> None:
    with pytest.raises(IncompleteError, match=said):
        episodes.record_missing(child, about(**more), by=people.complex)
    assert not MissingEpisode.objects.exists()


def test_two_episodes_of_a_child_are_never_at_the_same_time(
    child: KnownPerson, people: People
) -> None:
    row = returned(child, people.complex, ago=10, lasted=5).episode
    with pytest.raises(IncompleteError, match="at the same time"):
        episodes.record_missing(child, about(12), by=people.complex)
    later = gone(child, people.complex, ago=9)
    reaching = {**about(15), "returned_at": NOW() - timedelta(hours=8), "found": TEXT}
    with pytest.raises(IncompleteError, match="at the same time"):
        episodes.correct_episode(again(row), again(row).version, reaching, by=people.complex)
    before = {"returned_at": later.starts_at - timedelta(hours=1), "found": TEXT, "harmed": None}
    with pytest.raises(IncompleteError, match="before they were missing"):
        episodes.note_return(later, **before, by=people.complex)


def test_repeat_missing_is_three_in_ninety_days(child: KnownPerson, people: People) -> None:
    for days in (100, 80, 40):
        returned(child, people.complex, ago=days * 24)
    assert not history_of([child]).is_repeated
    away = gone(child, people.complex, ago=3, kind="away")
    episodes.note_return(away, returned_at=NOW(), found=TEXT, harmed=None, by=people.complex)
    assert not history_of([child]).is_repeated
    MissingEpisode.objects.filter(pk=away.pk).update(kind="missing")
    found = history_of([child])
    assert (found.lately, found.is_repeated, len(found.episodes)) == (3, True, 4)


# --- The return interview


def test_the_clock_of_an_interview_runs_for_72_hours_from_the_return(
    child: KnownPerson, people: People
) -> None:
    row = returned(child, people.complex, ago=1)
    at = row.episode.returned_at
    found = clock(interviews.RULE, at)
    assert found and at
    assert found.due == at + timedelta(hours=72)
    stood = [found.standing(at + timedelta(hours=hours)) for hours in (0, 47, 48, 72, 73)]
    assert stood == ["due", "due", "near", "near", "overdue"]


def test_an_interview_held_late_says_why(child: KnownPerson, people: People) -> None:
    row = interviewed(child, people, "accepted", ago=80)
    with pytest.raises(IncompleteError, match="later than the rule allows") as found:
        interviews.hold_interview(row, held(), by=people.interviewer)
    assert found.value.field == "late_because"
    in_time = held(ago=9)
    interviews.hold_interview(row, in_time, by=people.interviewer)
    assert (again(row).late_because, again(row).written_by) == ("", people.interviewer)


@pytest.mark.parametrize("lacks", ["own_words", "judgement", "interviewer"])
def test_the_childs_words_and_the_judgement_are_both_asked(
    lacks: str, child: KnownPerson, people: People
) -> None:
    row = interviewed(child, people, "accepted")
    with pytest.raises(IncompleteError) as found:
        interviews.hold_interview(row, held(**{lacks: " "}), by=people.interviewer)
    assert found.value.field == lacks


def test_what_nobody_has_said_of_independence_or_police_is_not_no(
    child: KnownPerson, people: People, client_of: Any
) -> None:
    row = interviewed(child, people, "accepted")
    with pytest.raises(IncompleteError, match="independent"):
        interviews.hold_interview(row, held(is_independent=None), by=people.interviewer)
    page = client_of(people.complex).get(reverse("episode", args=[row.episode_id]))
    facts = {each["key"]: each["value"] for each in page.context["facts"]}
    assert (facts["Police told"], facts["Came to harm"]) == ("Not recorded", "Not recorded")


def test_a_declined_interview_may_be_offered_again_and_keeps_its_first_offer(
    child: KnownPerson, people: People
) -> None:
    row = interviewed(child, people, "declined")
    first = row.offered_at
    interviews.offer_interview(row, offered_at=NOW(), given_to=people.complex, by=people.complex)
    row = again(row)
    assert (row.offered_at, row.accepted, row.declined_because) == (first, None, "")


def test_nobody_judges_an_interview_they_had_a_part_in(
    child: KnownPerson, people: People, client_of: Any
) -> None:
    row = interviewed(child, people)
    for name in ("given_to", "written_by", "held_by", "involved"):
        kept: dict[str, Person | None] = {"given_to": None, "written_by": None, "held_by": None}
        if name == "involved":
            row.involved.add(people.manager)
        else:
            kept[name] = people.manager
        ReturnInterview.objects.filter(pk=row.pk).update(**kept)
        with pytest.raises(NotAllowedError, match="Another judges"):
            interviews.audit_interview(again(row), row.version, 3, TEXT, by=people.manager)
        address = reverse("audit-interview", args=[row.pk])
        assert client_of(people.manager).get(address).status_code == 403
    text = client_of(people.complex).get(address).content.decode()
    assert 'type="radio"' in text
    assert "checked" not in text


def test_an_interview_rewritten_since_it_was_read_is_not_judged(
    child: KnownPerson, people: People
) -> None:
    row = interviewed(child, people)
    interviews.correct_interview(row, row.version, held(), by=people.interviewer)
    with pytest.raises(StepError):
        interviews.audit_interview(row, row.version, 4, TEXT, by=people.manager)
    assert again(row).quality is None


def test_timeliness_stands_beside_quality_and_what_is_still_running_is_in_no_share(
    make_case: MakeCase, people: People, client_of: Any
) -> None:
    interviewed(make_case(name="Chidi").child, people, "audited", ago=100)
    interviewed(make_case(name="Dara").child, people, "done")
    interviewed(make_case(name="Esme").child, people, "declined", ago=80)
    interviewed(make_case(name="Femi").child, people, "accepted", ago=5)
    returned(make_case(name="Gita").child, people.complex, ago=91 * 24)
    away = gone(make_case(name="Hana").child, people.complex, ago=5, kind="away")
    episodes.note_return(away, returned_at=NOW(), found=TEXT, harmed=None, by=people.complex)
    found = interviews_lately(people.complex, NOW())
    assert (found.returned, found.running, found.offered) == (4, 1, 4)
    assert (found.accepted, found.held, found.in_time) == (3, 2, 1)
    assert found.grades == {3: 1}
    rows = dict(found.rows())
    assert rows["Held in time, of all but those still running"] == "1 of 3 (33%)"
    assert rows["Accepted"] == "3 of 4 (75%)"
    page = client_of(people.complex).get(reverse("missing") + "?show=interviews")
    assert "Held in time, of those accepted" in page.content.decode()


def test_a_held_interview_waits_for_whoever_may_judge_it(
    child: KnownPerson, people: People
) -> None:
    row = interviewed(child, people)
    for person, waits in (
        (people.complex, True), (people.manager, True), (people.interviewer, False),
        (people.worker, False),
    ):  # fmt: skip
        assert [each.kind for each in things_for(person, NOW())] == ["to-judge"] * waits, person
    # Whoever rewrites it has a part in it
    interviews.correct_interview(row, row.version, held(), by=people.complex)
    assert things_for(people.complex, NOW()) == []
    with pytest.raises(NotAllowedError, match="Another judges"):
        interviews.audit_interview(again(row), again(row).version, 4, TEXT, by=people.complex)
    # Of who has an account the name alone is not taken
    row = again(row)
    named = held(interviewer=people.complex.name.upper())
    with pytest.raises(IncompleteError, match="select them"):
        interviews.correct_interview(row, row.version, named, by=people.interviewer)
    named = held(interviewer="", held_by=people.manager)
    interviews.correct_interview(row, row.version, named, by=people.interviewer)
    row = again(row)
    assert (row.interviewer, row.held_by) == (people.manager.name, people.manager)
    with pytest.raises(NotAllowedError, match="Another judges"):
        interviews.audit_interview(row, row.version, 4, TEXT, by=people.manager)


# --- Screening and reviews


def test_a_risk_reviewed_late_says_why_and_a_screening_again_ends_the_one_before(
    child: KnownPerson, people: People
) -> None:
    long_ago = timezone.localdate() - timedelta(days=50)
    risk = screened(child, people.complex, long_ago)
    found = clock(screening.RULE, date(2026, 10, 5))
    assert found
    assert (found.near.date(), found.due.date()) == (date(2026, 10, 29), date(2026, 11, 5))
    with pytest.raises(IncompleteError, match="later than the rule"):
        screening.review_risk(risk, risk.version, risk.level, TEXT, by=people.complex)
    screening.review_risk(
        risk, risk.version, risk.level, TEXT, late_because="Ill.", by=people.complex
    )
    assert screening.last_looked_at(risk) == timezone.localdate()
    # Something new is told on the same day; and one cannot be before the last
    risk = again(risk)
    screening.review_risk(risk, risk.version, "serious", "Told since.", by=people.complex)
    risk = again(risk)
    assert (risk.level_now, risk.reviews.count()) == ("serious", 2)
    yesterday = timezone.localdate() - timedelta(days=1)
    with pytest.raises(IncompleteError, match="after that day"):
        screening.review_risk(
            risk, risk.version, "serious", TEXT, reviewed_on=yesterday, by=people.complex
        )
    with pytest.raises(IncompleteError, match="after that day"):
        screened(child, people.worker, yesterday)
    second = screened(child, people.worker, level="significant")
    first = again(risk)
    assert (first.ended_on, first.ended_because) == (timezone.localdate(), screening.AGAIN)
    assert second.ended_on is None
    with pytest.raises(StepError, match="on record already"):
        screened(child, people.worker, level="significant")


# --- Concerns that the front door routed


@pytest.fixture
def contact(team: Any, child: KnownPerson, people: People, make_person: Any) -> Contact:
    """A contact about a child missing who may be exploited, that nobody has routed yet."""
    given = {
        "concern": "Away since last night.",
        "missing": True,
        "exploitation": True,
        "team": team,
    }
    made = receive(Contact.Way.PHONE, given, [{"first_names": "Amara", "last_name": "Ashdown"}])
    made.children.update(person=child)
    return made


def _concerns(person: Person) -> list[str]:
    return [each.what for each in things_for(person, NOW()) if each.page == "concern"]


def test_a_concern_is_open_until_each_fear_is_answered(
    contact: Contact, child: KnownPerson, people: People, client_of: Any
) -> None:
    assert _concerns(people.complex) == ["Missing: to be routed", "Exploitation: to be routed"]
    officer = people.manager
    route_contact(contact, by=officer)
    said = ["Missing: say what came of it", "Exploitation: say what came of it"]
    assert _concerns(people.complex) == said
    client = client_of(people.complex)
    address = reverse("concern", args=[contact.pk])
    row = contact.children.get()
    seen = AuditEntry.objects.filter(verb=Verb.VIEW, subject_id=child.number)
    before = seen.count()
    page = client.get(address).content.decode()
    assert seen.count() == before + 1
    record = f"{reverse('record-missing', args=[child.pk])}?concern={row.pk}"
    screen = f"{reverse('screen-child', args=[child.pk])}?concern={row.pk}"
    assert record in page
    assert screen in page
    sent = {**moment(hours=4), "kind": "missing", "missing_from": "home", "risk": "high"}
    answer = client.post(record, {**sent, "risk_because": TEXT, "version": 1})
    assert (answer.status_code, answer["Location"]) == (302, address)
    episode = MissingEpisode.objects.get()
    assert contact.concern_answers.get().episode == episode
    assert _concerns(people.complex) == said[1:]
    given = {**answers("no", gone="yes"), **day(name="made_on")}
    edition = edition_on(timezone.localdate()).edition
    sent = {**given, "edition": edition, "suggested": "emerging", "level": "emerging"}
    assert client.post(screen, sent)["Location"] == address
    assert _concerns(people.complex) == []
    assert "Not answered" not in client.get(address).content.decode()


def test_a_concern_is_linked_to_what_is_recorded_or_says_why_nothing_is_opened(
    contact: Contact, child: KnownPerson, people: People, client_of: Any
) -> None:
    row = contact.children.get()
    episode = gone(child, people.complex)
    fear = Concern(contact, row, "missing")
    with pytest.raises(StepError, match="not routed"):
        concerns.link_episode(fear, episode, by=people.complex)
    route_contact(contact, by=people.manager)
    contact.refresh_from_db()
    stranger = KnownPerson.objects.create(number="C-77", born=date(2015, 1, 1))
    wrong = gone(stranger, people.complex)
    with pytest.raises(IncompleteError, match="another child"):
        concerns.link_episode(fear, wrong, by=people.complex)
    client = client_of(people.complex)
    address = reverse("answer-concern", args=[contact.pk])
    where = f"{address}?fear=missing&child={row.pk}"
    assert client.post(where, {"came": str(wrong.pk)}).status_code == 200
    for _ in range(2):
        assert client.post(where, {"came": str(episode.pk)}).status_code == 302
    where = f"{address}?fear=exploitation&child={row.pk}"
    page = client.post(where, {"came": "nothing", "because": ""})
    assert "Say why nothing is opened" in page.content.decode()
    client.post(where, {"came": "nothing", "because": "The referrer meant another child."})
    assert [each.fear for each in ConcernAnswer.objects.order_by("pk")] == [
        "missing",
        "exploitation",
    ]
    for query in ("?fear=other", f"?fear=missing&child={row.pk + 1}", "?fear=missing"):
        assert client.get(address + query).status_code == 404
    with pytest.raises(NotAllowedError):
        concerns.open_nothing(Concern(contact, row, "missing"), TEXT, by=people.worker)


def test_only_an_answer_for_the_child_and_the_fear_of_now_answers_a_concern(
    contact: Contact, child: KnownPerson, team: Any, people: People, client_of: Any
) -> None:
    route_contact(contact, by=people.manager)
    contact.refresh_from_db()
    row = contact.children.get()
    concerns.open_nothing(Concern(contact, row, "missing"), TEXT, by=people.complex)
    Contact.objects.filter(pk=contact.pk).update(missing=False)
    assert _concerns(people.complex) == ["Exploitation: say what came of it"]
    # One that named nobody when it was answered, and names a child now
    given = {"concern": "Away.", "missing": True, "team": team}
    other = receive(Contact.Way.PHONE, given, [])
    route_contact(other, by=people.manager)
    other.refresh_from_db()
    concerns.open_nothing(Concern(other, None, "missing"), "Nobody is named.", by=people.complex)
    assert len(_concerns(people.complex)) == 1
    add_child(other, first_names="Bilal", person=child)
    assert len(_concerns(people.complex)) == 2
    client = client_of(people.complex)
    page = client.get(reverse("concern", args=[other.pk])).content.decode()
    assert "Not answered" in page
    assert "Nobody is named." in page
    # An answer that is an error is withdrawn, and asked for again
    last = other.children.get()
    episode = gone(child, people.complex)
    answer = concerns.link_episode(Concern(other, last, "missing"), episode, by=people.complex)
    address = reverse("withdraw-answer", args=[answer.pk])
    assert len(_concerns(people.complex)) == 1
    for _ in range(2):
        client.post(address, {"reason": "It was another child."})
    answer.refresh_from_db()
    assert (answer.aside_because, answer.aside_by) == ("It was another child.", people.complex)
    assert len(_concerns(people.complex)) == 2
    assert client_of(people.worker).get(address).status_code == 403
    concerns.link_episode(Concern(other, last, "missing"), episode, by=people.complex)
    # So is one whose episode is set aside
    episodes.set_aside_episode(episode, TEXT, by=people.complex)
    assert len(_concerns(people.complex)) == 2


def test_a_draft_of_an_episode_that_answers_a_concern_leads_back_to_it(
    contact: Contact, child: KnownPerson, people: People, client_of: Any
) -> None:
    route_contact(contact, by=people.manager)
    client = client_of(people.complex)
    for page in ("record-missing", "screen-child"):
        row = contact.children.get()
        address = f"{reverse(page, args=[child.pk])}?concern={row.pk}"
        token = client.get(address).context["draft"].token
        client.post(reverse("save-draft"), {"draft": token, "risk_because": TEXT})
        assert Draft.objects.latest("pk").page == address


def test_what_may_answer_a_concern_is_on_record_and_is_what_they_may_see(
    contact: Contact, child: KnownPerson, people: People, make_person: Any, client_of: Any
) -> None:
    screened(child, people.complex, level="serious")
    gone(child, people.complex)
    route_contact(contact, by=people.manager)
    Contact.objects.filter(pk=contact.pk).update(team=None, locality=None)
    officer = make_person("front_door", team="Another team", email="far-officer@example.org")
    address = reverse("answer-concern", args=[contact.pk])
    fears = (("exploitation", "Screening of"), ("missing", "Missing from home since"))
    seen = AuditEntry.objects.filter(verb=Verb.VIEW, subject_id=child.number)
    for person, sees in ((people.complex, True), (officer, False)):
        for fear, said in fears:
            before = seen.count()
            query = f"?fear={fear}&child={contact.children.get().pk}"
            page = client_of(person).get(address + query).content.decode()
            assert (said in page) == sees
            assert seen.count() == before + 1


def test_a_partner_reports_a_child_missing_to_the_front_door(
    people: People, client_of: Any
) -> None:
    client = client_of(people.partner)
    sent = {**moment(hours=2), "first_names": "Bilal", "missing_from": "care", "concern": TEXT}
    assert client.post(reverse("report-missing"), sent).status_code == 302
    made = Contact.objects.get()
    assert (made.missing, made.kind, made.agency) == (True, "missing", people.partner.agency)
    assert made.children.get().first_names == "Bilal"
    assert not made.is_unchecked, "whoever reports has signed in"
    assert "Missing from care since" in made.concern
    assert client.post(reverse("report-missing"), {**sent, "first_names": ""}).status_code == 200
    assert Contact.objects.count() == 1


# --- The list, and who sees what


def _list(make_case: MakeCase, p: People, contact: Contact) -> None:
    gone(make_case(name="Chidi").child, p.complex, ago=3)
    gone(make_case(name="Dara").child, p.complex, ago=30)
    returned(make_case(name="Esme").child, p.complex, ago=2)
    returned(make_case(name="Femi").child, p.complex, ago=80)
    interviewed(make_case(name="Gita").child, p, "accepted", ago=50)
    interviewed(make_case(name="Hana").child, p, "done")
    interviewed(make_case(name="Ines").child, p, "declined")
    screened(make_case(name="Jude").child, p.complex, timezone.localdate() - timedelta(days=50))
    screened(make_case(name="Kofi").child, p.complex, level="none")
    route_contact(contact, by=p.manager)


def test_those_not_returned_come_first_then_interviews_reviews_and_concerns(
    make_case: MakeCase,
    people: People,
    contact: Contact,
    client_of: Any,
    django_assert_max_num_queries: Any,
) -> None:
    _list(make_case, people, contact)
    found = things_for(people.complex, NOW())
    told = [(each.child.first_names if each.child else each.names, each.standing) for each in found]
    assert told == [
        ("Dara", "missing"),
        ("Chidi", "missing"),
        ("Amara Ashdown", "reported"),
        ("Femi", "overdue"),
        ("Gita", "near"),
        ("Esme", "due"),
        ("Jude", "overdue"),
        ("Amara Ashdown", "due"),
        ("Hana", "due"),
    ]
    who = {each.child.first_names: each.who for each in found if each.child}
    assert (who["Gita"], who["Femi"]) == (people.interviewer.name, people.worker.name)
    client = client_of(people.complex)
    with django_assert_max_num_queries(30):
        page = client.get(reverse("missing"))
    assert [each["count"] for each in page.context["counts"]] == [9, 3, 3, 1, 1, 1]
    assert [row["thing"].kind for row in page.context["rows"]] == [each.kind for each in found]
    only = client.get(reverse("missing") + "?show=reviews")
    assert [row["thing"].child.first_names for row in only.context["rows"]] == ["Jude"]
    seen = AuditEntry.objects.filter(verb=Verb.VIEW, after__contains="missing and exploitation")
    assert seen.exists()


def test_the_list_costs_the_same_however_long_it_is(
    make_case: MakeCase, people: People, contact: Contact, client_of: Any
) -> None:
    client = client_of(people.worker)
    _list(make_case, people, contact)

    def cost() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get(reverse("missing"))
        return len(found)

    cost()  # what is asked for once a process
    first = cost()
    for name in ("Lena", "Musa", "Nora"):
        gone(make_case(name=name).child, people.complex)
        screened(make_case(name=name).child, people.complex)
    assert cost() == first


def test_each_sees_the_children_of_their_remit_and_may_open_what_is_listed(
    child: KnownPerson, people: People, make_person: Any, client_of: Any
) -> None:
    row = interviewed(child, people, "accepted")
    near = [people.worker, people.manager, people.complex, people.interviewer]
    far = [
        make_person("social_worker", worker="Worker 9", email="far@example.org"),
        make_person("team_manager", team="Another team", email="far-manager@example.org"),
        make_person("return_interviewer", worker="Interviewer 9", email="far-asks@example.org"),
        make_person("front_door", team="Another team", email="far-officer@example.org"),
    ]
    for person in (*near, *far):
        client = client_of(person)
        listed = "Ashdown" in client.get(reverse("missing")).content.decode()
        opens = client.get(reverse("episode", args=[row.episode_id])).status_code == 200
        history = client.get(reverse("missing-child", args=[child.pk])).status_code == 200
        assert listed == opens == history == (person in near), person
    assert (
        client_of(people.interviewer).get(reverse("known-person", args=[child.pk])).status_code
        == 403
    )


def test_a_front_door_officer_records_any_child_and_sees_what_their_team_recorded(
    child: KnownPerson, make_person: Any, client_of: Any
) -> None:
    officer = make_person("front_door", team="The front door", email="officer@example.org")
    colleague = make_person("front_door", team="The front door", email="colleague@example.org")
    client = client_of(officer)
    assert client.get(reverse("missing-child", args=[child.pk])).status_code == 403
    address = reverse("record-missing", args=[child.pk])
    sent = {**moment(hours=4), "kind": "missing", "missing_from": "home", "risk": "high"}
    sent |= {"risk_because": TEXT, "version": 1}
    assert client.post(address, sent)["Location"] == reverse("missing")
    assert client.post(address, sent)["Location"] == reverse("missing-child", args=[child.pk])
    assert MissingEpisode.objects.get().team == officer.appointments_in_force[0].team
    for person in (officer, colleague):
        client = client_of(person)
        assert "Ashdown" in client.get(reverse("missing")).content.decode()
        assert client.get(reverse("missing-child", args=[child.pk])).status_code == 200
        # Recording a child missing opens no record.
        assert client.get(reverse("known-person", args=[child.pk])).status_code == 403
    back = reverse("note-return", args=[MissingEpisode.objects.get().pk])
    assert client.post(back, {**moment(), "found": TEXT}).status_code == 302


def test_a_front_door_officer_neither_reads_nor_rewrites_what_another_team_recorded(
    child: KnownPerson, people: People, make_person: Any, client_of: Any
) -> None:
    row = gone(child, people.complex, circumstances="Seen with X.")
    before = MissingEpisode.objects.filter(pk=row.pk).values().get()
    officer = make_person("front_door", team="Another team", email="far-officer@example.org")
    client = client_of(officer)
    sent = {**moment(hours=4), "kind": "away", "missing_from": "home", "risk": "low"}
    sent |= {"risk_because": TEXT, "circumstances": "", "version": 1, "found": TEXT}
    for name in ("episode", "correct-episode", "note-return"):
        address = reverse(name, args=[row.pk])
        assert client.get(address).status_code == 403, name
        if name != "episode":
            assert client.post(address, sent).status_code == 403, name
    assert MissingEpisode.objects.filter(pk=row.pk).values().get() == before


def test_who_recorded_one_episode_opens_no_other_and_sets_no_screening_aside(
    child: KnownPerson, people: People, make_person: Any, client_of: Any
) -> None:
    for ago in (200, 150, 100):
        returned(child, people.complex, ago=ago)
    row, risk = interviewed(child, people), screened(child, people.complex)
    earlier = reverse("episode", args=[row.episode_id])
    repeated = "Repeat missing: 4"
    assert repeated in client_of(people.complex).get(earlier).content.decode()
    officer = make_person("front_door", team="Another team", email="far-officer@example.org")
    far = make_person("team_manager", team="Another team", email="far-manager@example.org")
    client = client_of(officer)
    sent = {**moment(hours=0.2), "kind": "away", "missing_from": "home", "risk": "low"}
    sent |= {"risk_because": TEXT, "version": 1}
    assert client.post(reverse("record-missing", args=[child.pk]), sent).status_code == 302
    own = MissingEpisode.objects.get(team__name="Another team")
    own_page, aside = reverse("episode", args=[own.pk]), reverse("set-aside-episode", args=[own.pk])
    child_page = reverse("missing-child", args=[child.pk])
    for person in (officer, far):
        client = client_of(person)
        page = client.get(own_page)
        assert (page.status_code, repeated in page.content.decode()) == (200, False)
        assert client.get(earlier).status_code == 403
        page = client.get(child_page).content.decode()
        assert (own_page in page, earlier in page, "are shown" in page) == (True, False, True)
        assert repeated not in page
        for name in ("screening", "review-risk", "set-aside-screening"):
            answer = client.get(reverse(name, args=[risk.pk]))
            assert answer.status_code == 403, (person, name)
    with pytest.raises(NotAllowedError):
        screening.set_aside_screening(risk, TEXT, by=far)
    # What they set aside they see no longer: it leads to the list.
    client = client_of(far)
    assert client.post(aside, {"reason": TEXT}, follow=True).status_code == 200
    assert client.get(child_page).status_code == 403


def test_an_episode_counted_here_long_ago_lets_read_and_no_longer_do(
    child: KnownPerson, people: People, make_person: Any, client_of: Any
) -> None:
    head = make_person("service_manager", district="Far", email="far-head@example.org")
    place = head.appointments_in_force[0].locality
    row = returned(child, people.complex, ago=24 * 200)
    MissingEpisode.objects.filter(pk=row.episode_id).update(locality=place)
    risk = screened(child, people.complex)
    interviews.offer_interview(
        row, offered_at=NOW(), given_to=people.interviewer, by=people.complex
    )
    doing = [("screen-child", child.pk), ("record-missing", child.pk), ("review-risk", risk.pk)]
    doing.append(("set-aside-screening", risk.pk))
    client = client_of(head)

    def found() -> set[int]:
        return {client.get(reverse(name, args=[pk])).status_code for name, pk in doing}

    # While the interview waits the child is on their list.
    kinds = {each.kind for each in things_for(head, NOW())}
    assert (kinds, found()) == ({"interviews", "reviews"}, {200})
    interviews.decline_interview(again(row), TEXT, by=people.complex)
    assert (things_for(head, NOW()), found()) == ([], {403})
    assert client.get(reverse("episode", args=[row.episode_id])).status_code == 200
    assert client.get(reverse("correct-episode", args=[row.episode_id])).status_code == 200


def test_who_handed_a_case_over_reads_on_and_does_nothing_more(
    make_case: MakeCase, people: People, make_person: Any, client_of: Any
) -> None:
    case = make_case()
    row = gone(case.child, people.complex)
    risk = screened(case.child, people.complex)
    second = registered(make_person("social_worker", worker="Worker 2", email="w2@example.org"))
    allocating.allocate(
        case, case.version, worker=second, team=None, why_changed="MANAGE", by=people.manager
    )
    assert (things_for(people.worker, NOW()), len(things_for(second, NOW()))) == ([], 2)
    client = client_of(people.worker)
    assert client.get(reverse("episode", args=[row.pk])).status_code == 200
    with pytest.raises(NotAllowedError):
        screened(case.child, people.worker, level="none")
    with pytest.raises(NotAllowedError):
        episodes.correct_episode(row, row.version, about(6), by=people.worker)
    assert client.get(reverse("record-missing", args=[case.child.pk])).status_code == 403
    assert client.get(reverse("review-risk", args=[risk.pk])).status_code == 403
    assert client_of(second).get(reverse("review-risk", args=[risk.pk])).status_code == 200


def test_whoever_is_given_an_interview_sees_it_and_one_who_left_is_said(
    child: KnownPerson, people: People, make_person: Any, client_of: Any
) -> None:
    far = make_person("team_manager", team="Another team", email="far-manager@example.org")
    other = returned(child, people.complex, ago=20)
    row = interviewed(child, people, "accepted")
    earlier = reverse("episode", args=[other.episode_id])
    assert client_of(people.interviewer).get(earlier).status_code == 403
    interviews.give_interview(row, row.version, far, by=people.complex)
    assert [each.holder for each in things_for(far, NOW())] == [far.pk]
    client = client_of(far)
    for name, pk in (("episode", row.episode_id), ("hold-interview", row.pk)):
        assert client.get(reverse(name, args=[pk])).status_code == 200
    # It is the interview that is given, and no more of the child.
    assert client.get(reverse("correct-episode", args=[row.episode_id])).status_code == 403
    returned(KnownPerson.objects.create(number="C-88", born=date(2014, 1, 1)), people.complex, 90)
    Person.objects.filter(pk=far.pk).update(is_active=False)
    first = things_for(people.complex, NOW())[0]
    assert (first.has_left, first.holder, "has left" in first.who) == (True, None, True)
    restrict_child(child.number, "family of staff", [people.complex])
    row = again(row)
    with pytest.raises(IncompleteError, match="restricted"):
        interviews.give_interview(row, row.version, people.interviewer, by=people.complex)


def test_a_restricted_child_is_on_no_list_and_opens_nothing(
    child: KnownPerson, contact: Contact, people: People, make_person: Any, client_of: Any
) -> None:
    row = interviewed(child, people)
    risk = screened(child, people.complex)
    route_contact(contact, by=people.manager)
    director = make_person("assistant_director", email="director@example.org")
    officer = make_person("front_door", team=TEAM, email="officer@example.org")
    gone(child, people.complex, ago=0.5)
    restrict_child(child.number, "family of staff", [])
    pages = {
        "missing-child": child.pk,
        "episode": row.episode_id,
        "screening": risk.pk,
        "record-missing": child.pk,
        "screen-child": child.pk,
        "audit-interview": row.pk,
        "concern": contact.pk,
    }
    for person in (people.complex, people.manager, people.worker, director, officer):
        client = client_of(person)
        assert "Ashdown" not in client.get(reverse("missing")).content.decode(), person
        for name, pk in pages.items():
            answer = client.get(reverse(name, args=[pk]))
            assert answer.status_code == 403, (person, name)
            assert "Ashdown" not in answer.content.decode()
        assert list(entries_of(child, person, "Missing and exploitation")) == []
        assert list(open_with(child, person)) == []
    assert not episodes_of(people.interviewer, interviews.INTERVIEWER.policy).exists()
    # Whoever looks after the whole authority is told that the list leaves somebody out.
    told = client_of(people.complex).get(reverse("missing")).content.decode()
    counted = "not returned 2, risks to review 1, concerns 1, interviews to judge 1."
    assert counted in " ".join(told.split())
    alone = "Of 1 restricted child nobody who is named may take the next step"
    assert alone in told
    # Also where all that waits of the child is a concern
    MissingEpisode.objects.filter(returned_at=None).delete()
    Screening.objects.all().delete()
    assert alone in client_of(people.complex).get(reverse("missing")).content.decode()


def test_the_chronology_tells_everything_and_what_is_open_is_told(
    child: KnownPerson, people: People, client_of: Any
) -> None:
    interviewed(child, people)
    gone(child, people.complex, ago=1)
    risk = screened(child, people.complex, timezone.localdate() - timedelta(days=10))
    screening.review_risk(risk, risk.version, "serious", TEXT, by=people.complex)
    told = [each.what for each in entries_of(child, people.worker, "Missing and exploitation")]
    assert sorted(told) == sorted(
        [
            "Missing from home",
            "Missing from home",
            "Returned: missing from home",
            "Return interview offered",
            "Return interview held, independent of the child’s care",
            "Screened for exploitation: Emerging risk",
            "Risk of exploitation reviewed: Serious risk",
        ]
    )
    found = {each.what for each in open_with(child, people.worker)}
    assert {"Not returned: the child is missing", "Risk of exploitation: Serious risk"} <= found
    page = client_of(people.worker).get(reverse("chronology", args=[child.pk]))
    assert "Return interview offered" in page.content.decode()


def test_every_page_opens_with_few_questions_and_its_view_is_on_record(
    child: KnownPerson, people: People, client_of: Any, django_assert_max_num_queries: Any
) -> None:
    row = interviewed(child, people)
    risk = screened(child, people.complex)
    missing = gone(child, people.complex, ago=0.5)
    client = client_of(people.complex)
    pages = {
        "missing-child": child.pk,
        "episode": row.episode_id,
        "correct-episode": row.episode_id,
        "set-aside-episode": row.episode_id,
        "record-missing": child.pk,
        "note-return": missing.pk,
        "end-episode": missing.pk,
        "offer-interview": row.pk,
        "give-interview": row.pk,
        "decline-interview": row.pk,
        "hold-interview": row.pk,
        "correct-offer": row.pk,
        "correct-interview": row.pk,
        "audit-interview": row.pk,
        "screen-child": child.pk,
        "screening": risk.pk,
        "review-risk": risk.pk,
        "set-aside-screening": risk.pk,
    }
    for name, pk in pages.items():
        seen = AuditEntry.objects.filter(verb=Verb.VIEW, subject_id=child.number)
        before = seen.count()
        with django_assert_max_num_queries(40):
            page = client.get(reverse(name, args=[pk]))
        assert page.status_code == 200, name
        assert seen.count() == before + 1, name


def test_what_was_typed_outlives_the_end_of_the_session(child: KnownPerson, people: People) -> None:
    row = interviewed(child, people, "accepted")
    address = reverse("hold-interview", args=[row.pk])
    client = Client()
    client.force_login(people.interviewer, "allauth.account.auth_backends.AuthenticationBackend")
    token = client.get(address).context["draft"].token
    client.post(reverse("save-draft"), {"draft": token, "own_words": "I was afraid."})
    client.logout()
    sent = client.post(address, {"own_words": "I was afraid."})
    assert sent["Location"].startswith(reverse("account_login"))
    assert Draft.objects.get().fields["own_words"] == ["I was afraid."]
    client.force_login(people.interviewer, "allauth.account.auth_backends.AuthenticationBackend")
    assert "I was afraid." in client.get(address).content.decode()
    assert again(row).completed_at is None


def test_a_child_is_looked_for_without_a_name_in_the_address(
    people: People, client_of: Any
) -> None:
    from sightline.service.children.actions import record_person
    from sightline.service.children.queries import find_people

    found = find_people("Zadie Quill", None, by=people.complex)
    record_person(
        search=found.token,
        by=people.complex,
        first_names="Zadie",
        last_name="Quill",
        born=date(2012, 1, 1),
    )
    client = client_of(people.complex)
    answer = client.post(reverse("find-missing"), {"text": "Zadie Quill"})
    assert answer["Location"] == reverse("find-missing")
    known = KnownPerson.objects.get(last_name="Quill")
    page = client.get(reverse("find-missing")).content.decode()
    assert reverse("record-missing", args=[known.pk]) in page


# --- What stays on the list, and what is said on it


def test_an_interview_that_waits_or_nobody_judged_stays_on_the_list_however_old(
    child: KnownPerson, people: People, client_of: Any
) -> None:
    declined = interviewed(child, people, "declined", ago=24 * 440)
    held_long_ago = interviewed(child, people, ago=24 * 420)
    waits = returned(child, people.complex, ago=24 * 400)
    listed = {each.key for each in things_for(people.manager, NOW())}
    assert listed == {waits.episode_id, held_long_ago.episode_id}
    client = client_of(people.manager)
    for row, status in ((waits, 200), (held_long_ago, 200)):
        assert client.get(reverse("episode", args=[row.episode_id])).status_code == status
    interviews.audit_interview(held_long_ago, held_long_ago.version, 3, TEXT, by=people.manager)
    listed = {each.key for each in things_for(people.manager, NOW())}
    assert listed == {waits.episode_id}
    assert not episodes_of(people.manager, interviews.INTERVIEWER.policy).filter(
        pk=declined.episode_id
    )
    episodes.set_aside_episode(again(waits.episode), "Of another child.", by=people.complex)
    assert things_for(people.manager, NOW()) == []


def test_a_worker_who_has_left_is_said_to_have_left_the_child(
    child: KnownPerson, people: People
) -> None:
    gone(child, people.complex)
    screened(child, people.complex)

    def workers() -> set[tuple[str, int | None, bool]]:
        return {
            (each.who, each.holder, each.has_left) for each in things_for(people.complex, NOW())
        }

    assert workers() == {(people.worker.name, people.worker.pk, False)}
    left = {(f"{people.worker.name} has left: give the case to another", None, True)}
    Person.objects.filter(pk=people.worker.pk).update(is_active=False)
    assert workers() == left
    Person.objects.filter(pk=people.worker.pk).update(is_active=True)
    yesterday = timezone.localdate() - timedelta(days=1)
    people.worker.appointments.update(starts=yesterday, ends=yesterday)
    assert workers() == left


def test_the_district_of_an_address_that_is_not_to_be_told_or_not_yet_a_home_is_not_said(
    child: KnownPerson, people: People
) -> None:
    sibling = KnownPerson.objects.create(number="C-77", last_name="Ashdown")
    north, south = (Locality.objects.create(name=name) for name in ("North", "South"))
    home = {"lines": "1 High Street", "postcode": "ZZ1 1AA", "locality": north, "kind": "home"}
    today = timezone.localdate()
    record_residence(child, **home, starts=None)
    later = {**home, "lines": "2 High Street", "locality": south}
    record_residence(child, **later, starts=today + timedelta(days=30))
    assert district_of([child]) == north
    record_residence(sibling, **{**home, "kind": "secret", "locality": None}, starts=None)
    assert district_of([child]) is None


def test_the_children_of_the_concerns_listed_are_on_record_as_seen(
    contact: Contact, child: KnownPerson, people: People, client_of: Any
) -> None:
    client = client_of(people.complex)

    def seen() -> list[tuple[str, str]]:
        found = AuditEntry.objects.filter(verb=Verb.VIEW, after__contains="missing and exploit")
        before = set(found.values_list("pk", flat=True))
        assert "Ashdown" in client.get(reverse("missing")).content.decode()
        return list(found.exclude(pk__in=before).values_list("subject", "subject_id"))

    assert seen() == [("child", child.number)]
    contact.children.update(person=None)
    assert seen() == [("contact", contact.number)]
