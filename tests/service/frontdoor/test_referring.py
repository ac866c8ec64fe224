"""The forms that anybody fills in: what is asked, kept, found again by a secret, and never shown."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from service.frontdoor.conftest import TEAM
from sightline.service.accounts.models import Agency
from sightline.service.children.models import KnownPerson
from sightline.service.frontdoor.actions.unsent import KEPT_DAYS, throw_away_old
from sightline.service.frontdoor.models import Contact, Level, ReferralForm, UnsentReferral
from sightline.service.frontdoor.questions import QuestionError, pages_of
from sightline.service.frontdoor.seeds.reading import read
from sightline.service.frontdoor.views.referring import BEGUN, TRIES

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

CHILD = {
    "child-TOTAL_FORMS": "1",
    "child-INITIAL_FORMS": "0",
    "child-0-first_names": "Amara",
    "child-0-last_name": "Ashdown",
    "child-0-postcode": "wr1 2ab",
}


def _begin(client: Client, name: str) -> str:
    answer = client.post(reverse(name))
    found = re.search(r"referral/([^/]+)/1/$", answer["Location"])
    assert found
    return found[1]


def _professional(levels: list[Level]) -> list[dict[str, Any]]:
    agency = Agency.objects.create(name="Invented School", kind="education")
    return [
        {
            "referrer_name": "A. Invented",
            "referrer_role": "Teacher",
            "agency": agency.pk,
            "source": "2A",
            "referrer_phone": "01632 960000",
            "referrer_email": "teacher@example.org",
        },
        {**CHILD, "family": "Mother and two brothers"},
        {"concern": "Hungry at school.", "missing": "no", "exploitation": "unknown"},
        {"level_declared": levels[-1].pk, "level_evidence": "No food at home."},
        {"consent": "given", "consent_from": "Mother, today by telephone"},
    ]


def _fill(client: Client, secret: str, pages: list[dict[str, Any]]) -> Any:
    answer = None
    for number, sent in enumerate(pages, start=1):
        answer = client.post(reverse("referral-page", args=[secret, number]), sent)
        assert answer.status_code == 302, answer.content.decode()
    return answer


def test_a_professional_refers_a_child_and_is_told_the_reference(
    forms: None, levels: list[Level]
) -> None:
    client = Client()
    secret = _begin(client, "refer")
    answer = _fill(client, secret, _professional(levels))
    check = client.get(answer["Location"]).content.decode()
    for said in ("Amara", "WR1 2AB", "Hungry at school.", "Mother, today by telephone", "Level 4"):
        assert said in check, said
    sent = client.post(answer["Location"])
    contact = Contact.objects.get()
    assert contact.number in client.get(sent["Location"]).content.decode()
    assert (contact.state, contact.way, contact.source) == ("received", "professional_form", "2A")
    assert contact.level_declared == levels[-1]
    assert contact.guidance == levels[-1].guidance
    assert (contact.missing, contact.exploitation) == (False, None)
    assert contact.answers["exploitation"] == "unknown"
    assert contact.answers["family"] == "Mother and two brothers"
    assert contact.priority == ""
    assert contact.decide_by
    assert contact.decide_by > contact.received_at
    child = contact.children.get()
    assert (child.first_names, child.postcode, child.person) == ("Amara", "WR1 2AB", None)
    assert not UnsentReferral.objects.exists()
    assert client.post(answer["Location"]).status_code == 404
    assert Contact.objects.count() == 1


def test_the_public_need_give_no_name(forms: None) -> None:
    client = Client()
    secret = _begin(client, "tell-us")
    last = {"source": "1B", "aware": "unknown", "referrer_name": "Nosy", "referrer_phone": "1"}
    pages = [{"concern": "I hear crying.", "missing": "unknown"}, CHILD]
    _fill(client, secret, pages)
    address = reverse("referral-page", args=[secret, 3])
    page = client.post(address, {"source": "1B", "aware": "no"})
    assert "Enter your name, or say that you do not want to give it" in page.content.decode()
    answer = client.post(address, {**last, "is_anonymous": "on"})
    client.post(answer["Location"])
    contact = Contact.objects.get()
    assert contact.is_anonymous
    assert (contact.referrer_name, contact.referrer_phone) == ("", "")
    assert contact.consent == ""


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Answer “Does a parent"),
        ({"consent": "given"}, "Say who gave consent, and when"),
        ({"consent": "refused"}, "Select on what ground you share it without consent"),
        ({"consent": "not_sought"}, "Say why it goes ahead without consent"),
    ],
)
def test_consent_is_given_or_set_aside_with_a_lawful_reason(
    forms: None, levels: list[Level], sent: dict[str, str], said: str
) -> None:
    client = Client()
    secret = _begin(client, "refer")
    _fill(client, secret, _professional(levels)[:4])
    page = client.post(reverse("referral-page", args=[secret, 5]), sent)
    assert said in page.content.decode()
    assert client.post(reverse("referral-check", args=[secret])).status_code == 302
    assert not Contact.objects.exists()


def test_the_level_is_stated_with_what_shows_it(forms: None, levels: list[Level]) -> None:
    client = Client()
    secret = _begin(client, "refer")
    page = client.post(reverse("referral-page", args=[secret, 4]), {}).content.decode()
    assert "Answer “Which level of need is it" in page
    assert "Answer “What shows that it is this level?”" in page
    assert levels[0].need in page
    assert "checked" not in page


def test_what_was_typed_is_found_again_by_the_link_alone(forms: None) -> None:
    client = Client()
    secret = _begin(client, "tell-us")
    address = reverse("referral-page", args=[secret, 1])
    later = client.post(address, {"concern": "Half a sent", "later": "1"})
    assert later["Location"] == reverse("referral", args=[secret])
    page = Client().get(later["Location"]).content.decode()
    assert f"http://testserver{reverse('referral', args=[secret])}" in page
    again = Client().get(address).content.decode()
    assert "Half a sent" in again
    assert "There is a problem" not in again
    kept = UnsentReferral.objects.get()
    assert secret not in f"{kept.hashed}{kept.fields}"
    assert len(kept.hashed) == 64
    wrong = Client().get(reverse("referral", args=[secret.swapcase()]))
    assert wrong.status_code == 404
    assert "Half" not in wrong.content.decode()


def test_what_is_old_is_gone_and_thrown_away(forms: None) -> None:
    client = Client()
    secret = _begin(client, "tell-us")
    past = timezone.now() - timedelta(days=KEPT_DAYS, minutes=1)
    UnsentReferral.objects.update(expires_at=past)
    assert client.get(reverse("referral", args=[secret])).status_code == 404
    _begin(client, "tell-us")
    assert UnsentReferral.objects.count() == 1
    # So is what nobody begins another after: every morning.
    UnsentReferral.objects.update(expires_at=past)
    assert [throw_away_old(), throw_away_old(), UnsentReferral.objects.count()] == [1, 0, 0]


def test_another_child_is_added_and_what_was_typed_stays(forms: None) -> None:
    client = Client()
    secret = _begin(client, "tell-us")
    address = reverse("referral-page", args=[secret, 2])
    client.post(address, {**CHILD, "another": "1"})
    page = client.get(address)
    assert len(page.context["children"]) == 2
    assert "Ashdown" in page.content.decode()
    for number in ("²", "9" * 5000):  # what no browser sends
        assert client.post(address, {**CHILD, "child-TOTAL_FORMS": number}).status_code == 302
    both = {**CHILD, "child-TOTAL_FORMS": "2", "child-1-school": "Invented Primary"}
    assert client.post(address, both).status_code == 302
    nothing = {"child-TOTAL_FORMS": "1", "child-INITIAL_FORMS": "0"}
    page = client.post(address, nothing)
    assert "Tell us something about the child" in page.content.decode()


@pytest.mark.parametrize(
    ("child", "said"),
    [
        ({"child-0-postcode": "WR"}, "Enter a full postcode"),
        (
            {"child-0-born_day": "31", "child-0-born_month": "2", "child-0-born_year": "2015"},
            "a real date",
        ),
        (
            {"child-0-born_day": "1", "child-0-born_month": "1", "child-0-born_year": "2049"},
            "in the past",
        ),
    ],
)
def test_what_cannot_be_is_explained(forms: None, child: dict[str, str], said: str) -> None:
    client = Client()
    secret = _begin(client, "tell-us")
    page = client.post(reverse("referral-page", args=[secret, 2]), {**CHILD, **child})
    assert said in page.content.decode()


def test_nothing_known_of_a_child_reaches_a_referrer(forms: None, levels: list[Level]) -> None:
    def pages(client: Client) -> str:
        secret = _begin(client, "refer")
        seen = [client.get(reverse("referral-page", args=[secret, n])).content for n in range(1, 6)]
        answer = _fill(client, secret, rows)
        seen.append(client.get(answer["Location"]).content)
        client.post(answer["Location"])
        text = b"".join(seen).decode()
        return re.sub(re.escape(secret) + r'|csrfmiddlewaretoken" value="\w+"', "", text)

    rows = _professional(levels)
    before = pages(Client())
    KnownPerson.objects.create(
        number="C-77", first_names="Amara", last_name="Ashdown", phone="01632 961111"
    )
    assert pages(Client()) == before
    assert TEAM not in before


def test_begun_too_often_it_waits(forms: None) -> None:
    client = Client()
    codes = [client.post(reverse("tell-us")).status_code for _ in range(BEGUN + 1)]
    assert codes == [302] * BEGUN + [429]
    tries = [client.get(reverse("referral", args=[f"{n}"])).status_code for n in range(TRIES + 1)]
    assert tries == [404] * TRIES + [429]


def test_without_a_form_the_page_says_to_telephone() -> None:
    page = Client().get(reverse("tell-us")).content.decode()
    assert "Telephone children’s services" in page
    assert "call 999" in page
    assert Client().post(reverse("tell-us")).status_code == 200


# --- Questions as data


def test_each_contact_keeps_the_edition_it_was_asked_by(forms: None) -> None:
    client = Client()
    secret = _begin(client, "tell-us")
    old = ReferralForm.objects.get(whom="public")
    ReferralForm.objects.create(
        whom="public", name="New", edition="2", starts=timezone.localdate(), questions=old.questions
    )
    pages = [
        {"concern": "I hear crying.", "missing": "no"},
        CHILD,
        {"source": "1B", "aware": "no", "is_anonymous": "on"},
    ]
    answer = _fill(client, secret, pages)
    client.post(answer["Location"])
    assert Contact.objects.get().form == old


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda q: q[1].update(kind="map"), "the kind 'map' is none of"),
        (lambda q: q[1].update(code="two words"), "must be letters, digits and _"),
        (lambda q: q[1].pop("label"), "Question 2 has no label"),
        (lambda q: q[1].update(colour="red"), "has 'colour', which no question has"),
        (lambda q: q[1].update(choices=[["a", "A"]]), "choices go with the kind “choice” alone"),
        (lambda q: q.pop(0), "stands before the first page"),
        (lambda q: q.append({"code": "end", "kind": "page", "label": "End"}), "has no question"),
        (lambda q: q.append(dict(q[1])), "of an earlier one"),
        (lambda q: q.pop(1), "The form must ask for: concern"),
    ],
)
def test_a_question_that_cannot_be_used_is_named(change: Any, said: str) -> None:
    questions = [dict(each) for each in read("forms")["form"][0]["questions"]]
    assert pages_of(questions)
    change(questions)
    with pytest.raises(QuestionError, match=re.escape(said)):
        pages_of(questions)
