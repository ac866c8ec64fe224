"""What was recorded wrong, late or of somebody else is put right, and nothing is made better by it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
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
    screened,
)
from service.protection.conftest import again
from sightline.service.accounts.models import Person
from sightline.service.accounts.steps import IncompleteError, StepError
from sightline.service.children.actions import merge_people
from sightline.service.children.models import KnownPerson
from sightline.service.children.queries import entries_of, open_with
from sightline.service.frontdoor.actions.receiving import receive
from sightline.service.frontdoor.actions.screening import route_contact
from sightline.service.frontdoor.models import Contact
from sightline.service.missing.actions import episodes, interviews, screening
from sightline.service.missing.actions.concerns import Concern, link_episode
from sightline.service.missing.forms import EpisodeForm, ReturnForm
from sightline.service.missing.models import MissingEpisode, ReturnInterview, Screening
from sightline.service.missing.queries.history import history_of
from sightline.service.missing.queries.interviews import interviews_lately
from sightline.service.missing.queries.profile import counts, months_of
from sightline.service.missing.queries.worklist import things_for
from sightline.service.missing.states import machine_of
from sightline.service.missing.tools.reading import edition_on

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
NOW = timezone.now


def _kept(row: MissingEpisode, **more: Any) -> dict[str, Any]:
    """What an episode says, but for something."""
    names = ("kind", "missing_from", "starts_at", "risk", "risk_because", "returned_at")
    return {**{name: getattr(row, name) for name in names}, **more}


# --- Told only later


def test_a_time_told_only_later_is_recorded_with_its_return(
    child: KnownPerson, people: People, client_of: Any
) -> None:
    gone(child, people.complex, ago=5)
    before = {"returned_at": NOW() - timedelta(hours=190), "found": TEXT}
    with pytest.raises(IncompleteError, match="how and where"):
        episodes.record_missing(child, about(200, **{**before, "found": ""}), by=people.worker)
    for wrong in (3, -1):
        late = {**before, "returned_at": NOW() - timedelta(hours=wrong)}
        with pytest.raises(IncompleteError):
            episodes.record_missing(child, about(200, **late), by=people.worker)
    address = reverse("record-missing", args=[child.pk])
    sent = {**moment(hours=200), "kind": "missing", "missing_from": "home", "risk": "high"}
    sent |= {"risk_because": TEXT, "version": 1, "found": TEXT, "harmed": "False"}
    client = client_of(people.worker)
    assert "Enter when the child returned" in client.post(address, sent).content.decode()
    back = timezone.localtime(before["returned_at"])
    sent |= {**day(back.date(), "returned_day"), "returned_time": f"{back:%H:%M}"}
    assert client.post(address, sent).status_code == 302
    row = MissingEpisode.objects.get(returned_at__isnull=False)
    assert (row.harmed, machine_of(row.interview).state_of(row.interview).code) == (
        False,
        "to offer",
    )
    kinds = [each.kind for each in things_for(people.complex, NOW())]
    assert kinds == ["not-returned", "interviews"]
    with pytest.raises(IncompleteError, match="at the same time"):
        episodes.record_missing(child, about(195, **before), by=people.worker)


def test_a_return_is_not_corrected_past_its_interview_nor_an_interview_made_late_without_a_word(
    child: KnownPerson, people: People, client_of: Any
) -> None:
    row = interviewed(child, people, ago=70)
    episode = row.episode
    counted = interviews_lately(people.complex, NOW()).in_time
    for hours, said in ((0.1, "offered on"), (10, "offered on")):
        later = _kept(episode, returned_at=NOW() - timedelta(hours=hours))
        with pytest.raises(IncompleteError, match=said) as found:
            episodes.correct_episode(episode, episode.version, later, by=people.worker)
        assert found.value.field == "returned_day"
    assert (counted, interviews_lately(people.complex, NOW()).in_time) == (1, 1)
    earlier = NOW() - timedelta(hours=90)
    sent = {**moment(NOW() - timedelta(hours=95)), "kind": "missing", "missing_from": "home"}
    local = timezone.localtime(earlier)
    sent |= {**day(local.date(), "returned_day"), "returned_time": f"{local:%H:%M}"}
    sent |= {"risk": "low", "risk_because": TEXT, "found": TEXT, "version": episode.version}
    client, address = client_of(people.worker), reverse("correct-episode", args=[episode.pk])
    assert "is late by this: say why" in client.post(address, sent).content.decode()
    assert again(episode).risk == "high"
    assert client.post(address, {**sent, "late_because": "Told late."}).status_code == 302
    assert (again(row).late_because, again(episode).risk) == ("Told late.", "low")
    assert interviews_lately(people.complex, NOW()).in_time == 0


def test_the_first_offer_and_an_answer_by_mistake_are_put_right(
    child: KnownPerson, people: People
) -> None:
    row = interviewed(child, people)
    at = row.episode.returned_at
    assert at
    for wrong in (at - timedelta(minutes=1), NOW()):
        with pytest.raises(IncompleteError):
            interviews.correct_offer(row, row.version, wrong, by=people.worker)
    interviews.correct_offer(row, row.version, at, by=people.worker)
    assert again(row).offered_at == at
    other = interviewed(
        KnownPerson.objects.create(number="C-9", born=date(2014, 1, 1)), people, "declined"
    )
    interviews.take_back_answer(other, by=people.complex)
    other = again(other)
    assert (other.accepted, other.declined_because) == (None, "")


# --- Recorded in error


def test_what_is_set_aside_counts_nowhere_and_stays_on_record(
    make_case: MakeCase, people: People, client_of: Any
) -> None:
    child = make_case().child
    row = interviewed(child, people, "accepted")
    risk = screened(child, people.complex)
    with pytest.raises(IncompleteError, match="why it is an error"):
        episodes.set_aside_episode(row.episode, " ", by=people.manager)
    episodes.set_aside_episode(row.episode, "It was another child.", by=people.manager)
    screening.set_aside_screening(risk, "It was another child.", by=people.manager)
    assert things_for(people.complex, NOW()) == []
    assert history_of([child]).lately == 0
    assert interviews_lately(people.complex, NOW()).returned == 0
    today = timezone.localdate()
    for table in counts(months_of(today, today), protected=False):
        assert table.rows[-1] == ("Whole authority", ["0"])
    assert list(entries_of(child, people.worker, "Missing and exploitation")) == []
    assert not {"Return interview"} & {each.what for each in open_with(child, people.worker)}
    # Its interview is at an end too, and the child may be recorded anew
    with pytest.raises(StepError, match="recorded in error"):
        interviews.hold_interview(again(row), held(), by=people.interviewer)
    gone(child, people.complex, ago=3)
    screened(child, people.complex, level="significant")
    client = client_of(people.worker)
    for name, pk in (("episode", row.episode_id), ("screening", risk.pk)):
        page = client.get(reverse(name, args=[pk])).content.decode()
        assert "It was another child." in page
        assert reverse("hold-interview", args=[row.pk]) not in page
    assert (
        "Recorded in error"
        in client.get(reverse("missing-child", args=[child.pk])).content.decode()
    )


def test_a_screening_of_the_wrong_child_gives_back_the_one_it_ended(
    child: KnownPerson, people: People
) -> None:
    first = screened(child, people.complex, timezone.localdate() - timedelta(days=9), "serious")
    wrong = screened(child, people.worker, level="none")
    assert again(first).ended_on
    screening.set_aside_screening(wrong, TEXT, by=people.manager)
    first = again(first)
    assert (first.ended_on, first.ended_because, first.followed_by) == (None, "", None)
    # Not where another has followed since
    wrong = screened(child, people.worker, level="emerging")
    last = screened(child, people.complex, level="significant")
    screening.set_aside_screening(again(wrong), TEXT, by=people.manager)
    assert (again(first).ended_on is not None, again(first).followed_by) == (True, last)
    assert list(Screening.objects.filter(ended_on=None, aside_at=None)) == [last]


def test_a_later_look_at_the_risk_stands_whatever_is_recorded_of_an_earlier_day(
    child: KnownPerson, people: People
) -> None:
    today = timezone.localdate()

    def no_sign(ago: int) -> Screening:
        on = today - timedelta(days=ago)
        edition, none = edition_on(on), answers("no", on)
        level = edition.suggest(none).level.code
        return screening.screen(child, edition, none, level=level, made_on=on, by=people.complex)

    first = screened(child, people.complex, today - timedelta(days=10))
    wrong, since = no_sign(5), no_sign(1)
    screening.set_aside_screening(wrong, TEXT, by=people.complex)
    assert (again(first).ended_on is not None, again(first).followed_by) == (True, since)
    # Nor is an earlier day told now, whether that look found a risk or ended one
    with pytest.raises(IncompleteError, match="after that day already"):
        no_sign(5)
    screening.set_aside_screening(since, TEXT, by=people.complex)
    assert again(first).ended_on is None
    risk = again(first)
    screening.review_risk(risk, risk.version, "none", TEXT, by=people.complex)
    for ago in (40, 1):
        with pytest.raises(IncompleteError, match="screen the child again as of today"):
            screened(child, people.complex, today - timedelta(days=ago))
    assert not Screening.objects.filter(ended_on=None, aside_at=None).exists()


def test_what_was_set_aside_by_mistake_is_recorded_again(
    child: KnownPerson, people: People
) -> None:
    row = screened(child, people.complex)
    screening.set_aside_screening(row, TEXT, by=people.complex)
    assert screened(child, people.complex).ended_on is None


def test_an_interview_is_corrected_after_its_interviewer_has_left(
    child: KnownPerson, people: People, client_of: Any
) -> None:
    row = interviewed(child, people, "accepted")
    interviewer = people.interviewer
    interviews.hold_interview(row, held(held_by=interviewer, interviewer=""), by=people.complex)
    Person.objects.filter(pk=interviewer.pk).update(is_active=False)
    row, local = again(row), timezone.localtime(NOW())
    sent = {**day(local.date()), "time": f"{local:%H:%M}", "held_by": interviewer.pk}
    sent |= {"is_independent": "True", "own_words": "I said more.", "judgement": TEXT}
    address = reverse("correct-interview", args=[row.pk])
    client = client_of(people.complex)
    assert f'value="{interviewer.pk}" selected' in client.get(address).content.decode()
    assert client.post(address, {**sent, "version": row.version}).status_code == 302
    row = again(row)
    kept = (row.held_by, row.interviewer, row.own_words)
    assert kept == (interviewer, interviewer.name, "I said more.")


def test_a_child_who_turned_18_is_no_longer_missing_without_an_invented_return(
    child: KnownPerson, people: People
) -> None:
    row = gone(child, people.complex, ago=5)
    for at in (NOW() - timedelta(hours=6), NOW() + timedelta(hours=1)):
        with pytest.raises(IncompleteError):
            episodes.end_episode(row, ended_at=at, reason=TEXT, by=people.manager)
    episodes.end_episode(row, ended_at=NOW(), reason="Turned 18.", by=people.manager)
    assert things_for(people.complex, NOW()) == []
    assert not ReturnInterview.objects.exists()
    told = [each.what for each in entries_of(child, people.worker, "Missing and exploitation")]
    assert "Ended without a return: missing" in told
    with pytest.raises(IncompleteError, match="at the same time"):
        episodes.record_missing(child, about(3), by=people.complex)


def test_of_two_that_a_merge_brought_together_the_risk_may_be_corrected_and_one_set_aside(
    child: KnownPerson, people: People
) -> None:
    other = KnownPerson.objects.create(number="C-other", born=date(2015, 3, 1))
    first, second = gone(child, people.complex, ago=5), gone(other, people.complex, ago=4)
    merge_people(child, other, "The same child.", by=people.manager)
    first, second = again(first), again(second)
    changes = _kept(first, risk="low")
    episodes.correct_episode(first, first.version, changes, by=people.complex)
    assert again(first).risk == "low"
    # What the double answered the other answers: the report does not wait again.
    contact = receive(
        Contact.Way.PHONE, {"concern": TEXT, "missing": True}, [{"first_names": "Amara"}]
    )
    contact.children.update(person=other)
    route_contact(contact, by=people.manager)
    concern = Concern(again(contact), contact.children.get(), "missing")
    link_episode(concern, second, by=people.complex)
    episodes.set_aside_episode(second, "The same time, twice.", by=people.complex)
    assert [each.kind for each in things_for(people.complex, NOW())] == ["not-returned"]
    answers_now = contact.concern_answers.filter(aside_at=None)
    assert [each.episode for each in answers_now] == [first]
    first = again(first)
    changes = _kept(first, starts_at=NOW() - timedelta(hours=3))
    episodes.correct_episode(first, first.version, changes, by=people.complex)


# --- Who and what is not known


def test_what_is_not_known_does_not_end_a_risk_without_a_reason(
    child: KnownPerson, people: People
) -> None:
    screened(child, people.complex, timezone.localdate() - timedelta(days=3), "serious")
    edition = edition_on(timezone.localdate())
    unknown = answers("unknown")
    level = edition.suggest(unknown).level
    assert not level.reviewed
    with pytest.raises(IncompleteError, match="Not known is not no") as found:
        screening.screen(child, edition, unknown, level=level.code, by=people.worker)
    assert found.value.field == "level_because"
    assert Screening.objects.get().ended_on is None
    made = screening.screen(
        child, edition, unknown, level=level.code, level_because="Seen yesterday.", by=people.worker
    )
    assert (made.level_because, made.ended_on is not None) == ("Seen yesterday.", True)


def test_only_children_are_recorded_and_somebody_without_a_birthday_is_asked_after(
    people: People, client_of: Any
) -> None:
    parent = KnownPerson.objects.create(number="P-1", first_names="Old", born=date(1970, 1, 1))
    with pytest.raises(IncompleteError, match="18 or over"):
        gone(parent, people.complex)
    with pytest.raises(IncompleteError, match="18 or over"):
        screened(parent, people.complex)
    born = timezone.localdate() - timedelta(days=3)
    baby = KnownPerson.objects.create(number="P-3", first_names="New", born=born)
    with pytest.raises(IncompleteError, match="was born on"):
        gone(baby, people.complex, ago=24 * 10)
    row = gone(baby, people.complex)
    earlier = _kept(row, starts_at=NOW() - timedelta(days=10))
    with pytest.raises(IncompleteError, match="was born on"):
        episodes.correct_episode(row, row.version, earlier, by=people.complex)
    row.delete()
    unknown = KnownPerson.objects.create(number="P-2", first_names="Who")
    client, address = client_of(people.complex), reverse("record-missing", args=[unknown.pk])
    sent = {**moment(hours=5), "kind": "missing", "missing_from": "home", "risk": "high"}
    sent |= {"risk_because": TEXT, "version": 1}
    assert "say that this is a child" in client.post(address, sent).content.decode()
    assert client.post(address, {**sent, "is_child": "on"}).status_code == 302
    assert MissingEpisode.objects.get().child == unknown


# --- The night in which the clocks change


def _form(day: date, time: str, **more: str) -> ReturnForm:
    parts = {f"day_{name}": getattr(day, name) for name in ("day", "month", "year")}
    return ReturnForm({**parts, "time": time, "found": TEXT, **more})


def test_the_hour_that_comes_twice_is_asked_for_and_one_that_there_is_not_is_refused() -> None:
    night = date(2025, 10, 26)
    asked = _form(night, "01:30")
    assert not asked.is_valid()
    assert "which of the two hours" in str(asked["fold"].label)
    found = []
    for fold in ("0", "1"):
        form = _form(night, "01:30", fold=fold)
        assert form.is_valid(), form.errors
        found.append(form.moment)
    assert found == [datetime(2025, 10, 26, hour, 30, tzinfo=UTC) for hour in (0, 1)]
    assert _form(night, "02:30").is_valid()
    spring = _form(date(2025, 3, 30), "01:30")
    assert "no such time" in str(spring.errors["time"])
    # Of an episode, each of its moments by itself
    told = {**about(), "version": 1, "kind": "missing", "police_told": "True", "found": TEXT}
    for name, at in (("day", "01:50"), ("police_day", "23:00"), ("returned_day", "01:10")):
        on = night - timedelta(days=1) if name == "police_day" else night
        told |= {f"{name}_{part}": getattr(on, part) for part in ("day", "month", "year")}
        told[name.replace("day", "time")] = at
    form = EpisodeForm({**told, "fold": "0", "returned_fold": "1"})
    assert form.is_valid(), form.errors
    changes = form.changes
    assert changes["returned_at"] - changes["starts_at"] == timedelta(minutes=20)
