import pytest
from datetime import date
from django.urls import reverse
from service.children.conftest import *
from service.children.test_records import _days
from service.test_browser import faults_of, is_too_wide
from sightline.service.accounts.models import Agency, Locality
from sightline.service.children import actions
from sightline.service.children.models import *
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
from sightline.service.children import open_work, chronology
from sightline.service.children.open_work import Open
from sightline.service.children.chronology import Entry

def test_shots(visit_live, record, worker, make_person):
    open_work.open_by(lambda p, b: [Open("Child protection plan", date(2016,1,12), "Redditch team 1, Worker 1", date(2016,4,12))])
    chronology.told_by("Front door", lambda p, b: [Entry(date(2016,1,n), "Contact received: a school, with a long sentence of what it was about and what became of it", "Front door", by="Invented Officer", whose="Front door") for n in range(1,9)])
    place = Locality.objects.create(name="Redditch")
    director = make_person("assistant_director")
    child = record("Ann-Marie Green", born=date(2012,3,14), sex="F", nhs_number="9434765919", ethnicity="WBRI", first_language="English")
    dup = record("Anne-Marie Greene", born=date(2012,3,14), sex="F", nhs_number="9434765919")
    mother, father, bro = record("Eve Green", born=date(1985,2,1), sex="F"), record("Thomas Oyelaran", born=date(1983,2,1), sex="M"), record("Bob Green", born=date(2015,5,5), sex="M")
    home = {"lines": "1 High Street\nHeadless Cross", "postcode": "B97 4AB", "locality": place, "starts": date(2015,1,1)}
    actions.record_residence(child, kind="secret", **home)
    actions.record_residence(mother, kind="home", **home)
    actions.record_residence(child, kind="home", **{**home, "lines": "7 Old Road", "starts": date(2012,3,14)}, ends=date(2014,12,31))
    actions.relate(child, mother, kind="mother", parental_responsibility="yes")
    actions.relate(child, father, kind="father", parental_responsibility="no", no_contact=True, note="Order of the family court")
    actions.relate(child, bro, kind="half_sibling")
    actions.add_alias(child, first_names="Annie", last_name="Oyelaran", what="as the school has it")
    actions.involve_agency(child, agency=Agency.objects.create(name="First School", kind="education"), professional="Mrs Invented", role="class teacher", phone="01905 000000", email="teacher@example.org", starts=date(2016,9,1))
    match = PossibleMatch.objects.get()
    wide, narrow = visit_live(director), visit_live(director, 320, script=False)
    wrong = []
    pages = {"record": reverse("known-person", args=[child.pk]), "chronology": reverse("chronology", args=[child.pk]), "match": reverse("decide-match", args=[match.pk]), "matches": reverse("possible-matches"), "address": reverse("add-residence", args=[child.pk]), "relation": reverse("add-relationship", args=[mother.pk, bro.pk]), "who": reverse("change-known-person", args=[child.pk,"who"]), "needs": reverse("change-known-person", args=[child.pk,"needs"]), "find-relative": reverse("find-relative", args=[child.pk]), "agency": reverse("add-involvement", args=[child.pk]), "whole": reverse("chronology", args=[child.pk])+"?whole=1"}
    for page in (wide, narrow):
        page.goto(reverse("find-people")); page.get_by_label("Name, number or postcode").fill("Anne Green"); page.get_by_role("button", name="Find").click()
    pages["find"] = reverse("find-people"); pages["record-new"] = reverse("record-person")
    merge = actions.merge_people(mother, record("Evie Greene", born=date(1985,2,1)), "The school confirmed it", by=director)
    pages["part"] = reverse("part-people", args=[merge.pk]); pages["merged"] = reverse("known-person", args=[mother.pk])
    for name, address in pages.items():
        answer = wide.goto(address)
        if answer.status != 200: wrong.append((name, answer.status)); continue
        wrong += [(name, f) for f in faults_of(wide)]; wide.faults.clear()
        wide.screenshot(path=f"/tmp/famwork/{name}-1280.png", full_page=True)
        narrow.goto(address)
        if is_too_wide(wide) or is_too_wide(narrow): wrong.append((name, "too wide"))
        narrow.screenshot(path=f"/tmp/famwork/{name}-320.png", full_page=True)
    # errors
    wide.goto(pages["address"]); wide.get_by_role("button", name="Save", exact=True).click(); wrong += [("error", f) for f in faults_of(wide)]; wide.screenshot(path="/tmp/famwork/error-1280.png", full_page=True)
    print(wrong)
    assert wrong == []
