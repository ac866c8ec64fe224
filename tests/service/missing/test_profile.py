"""The problem profile: who adds to it, that it names nobody, and how small numbers are hidden."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from service.missing.conftest import TEXT, People, contributed, day, gone, screened
from sightline.clocks.months import add_months
from sightline.service.accounts.models import Agency, Locality, Person
from sightline.service.accounts.steps import IncompleteError, NotAllowedError, StepError
from sightline.service.audit.models import AuditEntry, Verb
from sightline.service.children.actions import record_person, restrict_child
from sightline.service.children.models import KnownPerson
from sightline.service.children.queries import find_people
from sightline.service.missing.actions import episodes, profile
from sightline.service.missing.models import AgreedProfile, MissingEpisode, ProfileContribution
from sightline.service.missing.queries.names import names_in
from sightline.service.missing.queries.profile import counts, months_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def known(people: People) -> KnownPerson:
    """Somebody recorded as people are, whose record is restricted."""
    found = find_people("Zadie Quill", None, by=people.complex)
    made = record_person(
        search=found.token,
        by=people.complex,
        first_names="Zadie May",
        last_name="Quill-O’Shea",
        born=date(2012, 1, 1),
    )
    restrict_child(made.number, "family of staff", [])
    return made


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Zadie Quill-O’Shea was seen at the park.", ["Zadie Quill-O’Shea"]),
        ("seen with quill-o'shea, zadie", ["quill-o'shea zadie"]),
        ("May Quill was there.", ["May Quill"]),
        ("In May quills were sold.", []),
        ("Zadie Street, by the park.", []),
        ("Quill Lane and, later, Zadie’s café.", []),
        ("", []),
    ],
)
def test_a_name_is_two_words_side_by_side_of_one_person(
    text: str, named: list[str], known: KnownPerson
) -> None:
    assert names_in(text) == named


def test_a_childs_number_names_them_too(known: KnownPerson) -> None:
    assert names_in(f"The child {known.number} was there.") == [known.number]


def test_a_text_that_names_a_child_is_taken_only_once_somebody_says_it_does_not(
    known: KnownPerson, people: People, client_of: Any
) -> None:
    client = client_of(people.partner)
    today = timezone.localdate()
    sent = {**day(today, "covers_from"), **day(today, "covers_until"), "version": 1}
    sent |= {"text": "May Quill Avenue, after dark."}
    page = client.post(reverse("contribute"), sent)
    assert "This may name a child: “May Quill”" in page.content.decode()
    assert not ProfileContribution.objects.exists()
    client.post(reverse("contribute"), {**sent, "names_nobody": "on"})
    assert ProfileContribution.objects.get().text == sent["text"]
    assert AuditEntry.objects.filter(
        verb=Verb.ACT, subject="words like a name in a contribution"
    ).exists()


def test_only_its_own_agency_changes_or_withdraws_a_contribution(
    people: People, agencies: dict[str, Agency], make_person: Any, client_of: Any
) -> None:
    row = contributed(people.partner)
    with pytest.raises(StepError, match="already"):
        contributed(people.partner)
    other = make_person("partner_lead", email="lead@example.org")
    Person.objects.filter(pk=other.pk).update(agency=agencies["health"])
    other = Person.objects.get(pk=other.pk)
    with pytest.raises(NotAllowedError, match="another agency"):
        profile.withdraw_contribution(row, TEXT, by=other)
    for name in ("correct-contribution", "withdraw-contribution"):
        assert client_of(other).get(reverse(name, args=[row.pk])).status_code == 403
    page = client_of(other).get(reverse("problem-profile")).content.decode()
    assert row.text in page
    assert reverse("withdraw-contribution", args=[row.pk]) not in page
    profile.withdraw_contribution(row, TEXT, by=people.partner)
    page = client_of(other).get(reverse("problem-profile")).content.decode()
    assert row.text not in page


def test_who_has_no_agency_adds_nothing_and_a_time_to_come_is_refused(
    people: People, make_person: Any
) -> None:
    with pytest.raises(IncompleteError, match="no agency"):
        contributed(make_person("partner_lead", email="lead@example.org"))
    tomorrow = timezone.localdate() + timedelta(days=1)
    given = {"covers_from": tomorrow, "covers_until": tomorrow, "text": TEXT, "locality": None}
    with pytest.raises(IncompleteError, match="after today"):
        profile.contribute(given, by=people.partner)


def _many(people: People, places: dict[str, list[int]], months: list[date]) -> None:
    """Have so many episodes begin in each district in each month."""
    rows = []
    child = 0
    for name, numbers in places.items():
        locality = Locality.objects.get_or_create(name=name)[0] if name else None
        for month, number in zip(months, numbers, strict=True):
            for _ in range(number):
                child += 1
                known = KnownPerson.objects.create(number=f"M-{child}")
                at = timezone.make_aware(timezone.datetime(month.year, month.month, 3, 12))
                rows.append(
                    MissingEpisode(
                        child=known,
                        kind="missing",
                        missing_from="home",
                        starts_at=at,
                        returned_at=at,
                        risk="low",
                        risk_because=TEXT,
                        locality=locality,
                        recorded_by=people.complex,
                    )
                )
    MissingEpisode.objects.bulk_create(rows)


def test_counts_are_by_district_and_month_and_protected_no_small_one_can_be_worked_out(
    people: People,
) -> None:
    today = timezone.localdate()
    months = months_of(add_months(today, -1), today)
    _many(people, {"Redditch": [7, 0], "Wychavon": [2, 8], "": [9, 12]}, months)
    plain = {place: list(cells) for place, cells in counts(months, protected=False)[0].rows}
    assert plain == {
        "Redditch": ["7", "0"],
        "Wychavon": ["2", "8"],
        "Not known": ["9", "12"],
        "Whole authority": ["18", "20"],
    }
    hidden = {place: list(cells) for place, cells in counts(months, protected=True)[0].rows}
    assert hidden["Wychavon"][0] == "c"
    # Alone it would be the whole less the others.
    assert [hidden["Redditch"][0], hidden["Not known"][0]].count("c") == 1
    assert [cells[1] for cells in hidden.values()] == ["0", "8", "12", "20"]


def test_who_sees_published_figures_only_is_shown_no_small_number(
    child: KnownPerson, people: People, make_person: Any, client_of: Any,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    screened(child, people.complex)
    board = make_person("board_manager", email="board@example.org")
    for person, sees in ((board, False), (people.partner, False), (people.manager, True)):
        client = client_of(person)
        with django_assert_max_num_queries(20):
            page = client.get(reverse("problem-profile"))
        cells = [cell for table in page.context["tables"] for _, row in table.rows for cell in row]
        assert ("1" in cells, "c" in cells) == (sees, not sees)
        assert bool(page.context["levels"]) == sees
        assert "Ashdown" not in page.content.decode()


def test_the_months_shown_are_those_asked_for_and_never_more_than_two_years(
    people: People, client_of: Any
) -> None:
    found = months_of(date(2001, 5, 9), date(2016, 3, 31))
    assert (len(found), found[0], found[-1]) == (24, date(2014, 4, 1), date(2016, 3, 1))
    client = client_of(people.manager)
    page = client.get(reverse("problem-profile") + "?since=1/2/2016&until=31/3/2016")
    assert page.context["months"] == [date(2016, 2, 1), date(2016, 3, 1)]
    wrong = client.get(reverse("problem-profile") + "?since=soon")
    assert "Enter a day as" in wrong.content.decode()
    for query, said in (
        ("until=31/12/9999", "not in the future"),
        ("until=01/01/0001", "from January 2010 on"),
        ("since=1/1/1999", "from January 2010 on"),
    ):
        wrong = client.get(f"{reverse('problem-profile')}?{query}")
        assert said in wrong.content.decode(), query


def test_what_a_meeting_agreed_stays_as_it_was(
    child: KnownPerson, people: People, client_of: Any
) -> None:
    gone(child, people.complex)
    row = contributed(people.partner)
    client, address = client_of(people.complex), reverse("agree-profile")
    sent = {"meeting": "Vulnerable adolescents, November", **day(name="agreed_on")}
    today = timezone.localdate()
    future = day(today + timedelta(days=1), "agreed_on")
    assert "after today" in client.post(address, {**sent, **future}).content.decode()
    for _ in range(2):
        assert client.post(address, sent).status_code == 302
    agreed = AgreedProfile.objects.get()
    profile.withdraw_contribution(row, TEXT, by=people.partner)
    episodes.set_aside_episode(MissingEpisode.objects.get(), TEXT, by=people.complex)
    opened = AuditEntry.objects.filter(verb=Verb.VIEW, subject="agreed problem profile")
    for person, cell in ((people.complex, "1"), (people.partner, "c")):
        other = client_of(person)
        assert "Vulnerable adolescents" in other.get(reverse("problem-profile")).content.decode()
        page = other.get(reverse("agreed-profile", args=[agreed.pk]))
        assert "Children meet at the bus station." in page.content.decode()
        assert page.context["tables"][0]["rows"][-1][1][-1] == cell
    assert opened.count() == 2
    assert client_of(people.manager).post(address, sent).status_code == 403
