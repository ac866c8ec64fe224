"""Annex A written straight from casework, by hand: it shares nothing with the feed but the tables it reads.

Lists 1 and 3 to 7, a CSV file each, as an officer would fill them in: whatever the service records.
"""

import csv
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils import timezone

from sightline.service.children.models import KnownPerson, Residence
from sightline.service.frontdoor.models import ContactChild
from sightline.service.protection.models import (
    Assessment,
    Conference,
    Enquiry,
    ProtectionPlan,
    Referral,
)

_ABOUT = ("Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age")
_DISABLED = "Does the Child have a Disability"
_WHO = ("Allocated Team", "Allocated Worker")
HEADERS = {
    "1": (*_ABOUT, "Date of Contact", "Contact Source"),
    "3": (
        *(*_ABOUT, "Date of Referral", "Referral Source", "Referral NFA?"),
        *("Number of Referrals in Last 12 Months", *_WHO),
    ),
    "4": (
        *(*_ABOUT, _DISABLED, "Continuous Assessment Start Date"),
        "Child Seen During Continuous Assessment",
        "Continuous Assessment Date of Authorisation",
        "Was the child assessed as requiring LA children's social care support?",
        *_WHO,
    ),
    "5": (
        *(*_ABOUT, _DISABLED, "Strategy discussion initiating Section 47 Enquiry Start Date"),
        "Was an Initial Child Protection Conference deemed unnecessary?",
        "Date of Initial Child Protection Conference",
        "Did the Initial Child Protection Conference Result in a Child Protection Plan",
        "Number of Section 47 Enquiries in the last 12 months",
        "Number of ICPCs in the last 12 months",
        *_WHO,
    ),
    "6": (
        *(*_ABOUT, _DISABLED, "CIN Start Date", "Primary Need Code", "Date Child Was Last Seen"),
        *("CIN Closure Date", "Reason for Closure", "Case Status", *_WHO),
    ),
    "7": (
        *(*_ABOUT, _DISABLED, "Child Protection Plan Start Date", "Initial Category of Abuse"),
        *("Latest Category of Abuse", "Date of the Last Statutory Visit"),
        *("Was the Child Seen Alone?", "Date of latest review conference"),
        "Child Protection Plan End Date",
        "Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months (Y/N)",
        *("Number of Previous Child Protection Plans", *_WHO),
    ),
}
LISTS = {
    "1": "Contacts",
    "3": "Referrals",
    "4": "Assessments",
    "5": "Sec47 and ICPC",
    "6": "Children in Need",
    "7": "Child Protection",
}


def write_annex_a(folder: Path) -> None:
    """Write the lists of all casework into a folder."""
    rows = {
        "1": _contacts(),
        "3": _referrals(),
        "4": _assessments(),
        "5": _enquiries(),
        "6": _in_need(),
        "7": _plans(),
    }
    folder.mkdir()
    for number, name in LISTS.items():
        with (folder / f"List {number} {name}.csv").open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(HEADERS[number])
            writer.writerows(rows[number])


def write_places(path: Path) -> Path:
    """Write the list of places: where each child lives, which Annex A does not say."""
    homes = {
        each.person.number: each.address.locality
        for each in Residence.objects.select_related("person", "address__locality")
    } | {
        f"{each.contact.number}/{each.pk}": each.contact.locality
        for each in ContactChild.objects.filter(person=None).select_related("contact__locality")
    }
    lines = [f"child,{number},{place.name}\n" for number, place in homes.items() if place]
    path.write_text("kind,place,district\n" + "".join(lines))
    return path


def _contacts() -> Iterator[Iterable[Any]]:
    for each in ContactChild.objects.select_related("contact", "person"):
        contact = each.contact
        if each.person is not None:
            about = _about(each.person)
        else:
            about = (f"{contact.number}/{each.pk}", "", "", _day(each.born), "")
        yield (*about, _day(contact.received_at), contact.source)


def _referrals() -> Iterator[Iterable[Any]]:
    for each in Referral.objects.all():
        yield (
            *(*_about(each.child), _day(each.received_at), each.source, "No"),
            *("", *_who(each)),
        )


def _assessments() -> Iterator[Iterable[Any]]:
    for each in Assessment.objects.all():
        needs = "" if not each.authorised_at else _yes(each.outcome not in ("close", "early_help"))
        yield (
            *(*_about(each.referral.child), _disabled(each.referral.child), _day(each.began_at)),
            *(_yes(each.child_seen), _day(each.authorised_at), needs, *_who(each.referral)),
        )


def _enquiries() -> Iterator[Iterable[Any]]:
    for each in Enquiry.objects.all():
        held = each.conferences.filter(kind="initial", held_at__isnull=False).first()
        unnecessary = {"yes": "No", "no": "Yes", "": ""}[each.conference_needed]
        yield (
            *(*_about(each.referral.child), _disabled(each.referral.child), _day(each.began_at)),
            *(unnecessary, _day(held.held_at) if held else ""),
            *(_yes(held.outcome == "plan") if held else "", "", "", *_who(each.referral)),
        )

    for each in Conference.objects.filter(kind="transfer", held_at__isnull=False):
        child = each.referral.child
        yield (
            *(*_about(child), _disabled(child), "", "", _day(each.held_at)),
            *(_yes(each.outcome == "plan"), "", "", *_who(each.referral)),
        )


def _in_need() -> Iterator[Iterable[Any]]:
    for each in Referral.objects.all():
        seen = each.visits.filter(seen=True).order_by("-made_at").first()
        yield (
            *(*_about(each.child), _disabled(each.child), _day(each.received_at)),
            *(each.primary_need, _day(seen.made_at) if seen else "", _day(each.closed_on)),
            *(each.closure_reason if each.closed_on else "", _status(each), *_who(each)),
        )


def _status(referral: Referral) -> str:
    if referral.closed_on:
        return "Closed episode"
    if referral.plans.filter(ends=None).exists():
        return "Child protection plan"
    if referral.need_plans.filter(ends=None).exists():
        return "Child in need plan"
    return "Open assessment"


def _plans() -> Iterator[Iterable[Any]]:
    for each in ProtectionPlan.objects.all():
        child = each.referral.child
        visit = each.referral.visits.filter(pathway="cpp").order_by("-made_at").first()
        reviews = Conference.objects.filter(plan=each, held_at__isnull=False)
        review = reviews.order_by("-held_at").first()
        yield (
            *(*_about(child), _disabled(child), _day(each.starts)),
            *(each.initial_category, each.latest_category),
            *((_day(visit.made_at), _yes(visit.seen_alone)) if visit else ("", "")),
            *(_day(review.held_at) if review else "", _day(each.ends), "N"),
            *("" if each.previous_plans is None else each.previous_plans, *_who(each.referral)),
        )


def _about(child: KnownPerson) -> tuple[Any, ...]:
    return (child.number, child.sex, child.ethnicity, _day(child.born), "")


def _disabled(child: KnownPerson) -> str:
    return {"yes": "Y", "no": "N"}.get(child.disabled, "")


def _who(referral: Referral) -> tuple[str, str]:
    has = referral.allocations.filter(ends_at=None).first()
    return (referral.team.name if referral.team else "", has.worker.worker if has else "")


def _day(moment: date | datetime | None) -> str:
    if isinstance(moment, datetime):
        moment = timezone.localdate(moment)
    return f"{moment:%d/%m/%Y}" if moment else ""


def _yes(known: bool | None) -> str:
    return "" if known is None else ("Y" if known else "N")
