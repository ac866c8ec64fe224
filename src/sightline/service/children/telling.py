"""Tells by e-mail, in the background, of an opening, and of a restriction that somebody has to look at."""

from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django_tasks import task

from sightline.service.accounts.models import Person
from sightline.service.accounts.policies import RESTRICT, REVIEW_BREAK_GLASS
from sightline.service.accounts.queries import holders
from sightline.service.children.access import may_open
from sightline.service.children.going_on import stuck_with
from sightline.service.children.merged import root_of
from sightline.service.children.models import BrokenGlass, KnownPerson, RestrictedChild
from sightline.service.children.restrictions import review_due


@task()
def tell_of_opening(opening_id: int, address: str) -> int:
    """Write to each lead, a letter each; give how many there were. The child is not in it.

    Where there is no lead it goes to those who may restrict a child, so that somebody knows.
    """
    opening = BrokenGlass.objects.select_related("person").get(pk=opening_id)
    leads = holders(REVIEW_BREAK_GLASS.roles).exclude(pk=opening.person_id)
    told = list(leads) or list(holders(RESTRICT.roles).exclude(pk=opening.person_id))
    for lead in told:
        text = render_to_string(
            "children/email/opened.txt",
            {
                "lead": lead,
                "opening": opening,
                "opened_at": timezone.localtime(opening.opened_at),
                "due": review_due(opening.opened_at),
                "address": address,
            },
        )
        EmailMessage("A restricted record was opened in an emergency", text, to=[lead.email]).send()
    return len(told)


@task()
def tell_of_likeness(restriction_id: int, address: str) -> int:
    """Write to those named for a record that is like a restricted one; give how many there were.

    The child is not in it. Each is led to `address` or, where that is not theirs, to the record. Where nobody
    of them may open either, or can go on with what is open, those who may restrict a child are led to the
    restriction, so that they name somebody who can.
    """
    restriction = RestrictedChild.objects.get(pk=restriction_id)
    record = KnownPerson.objects.filter(number=restriction.child_id).first()
    pages = {
        person: _page_for(person, record and root_of(record), address)
        for person in restriction.named.filter(is_active=True)
    }
    stuck = not any(pages.values()) or bool(stuck_with(restriction))
    for person, page in pages.items():
        context = {"person": person, "address": page, "stuck": stuck}
        text = render_to_string("children/email/alike.txt", context)
        EmailMessage("A record may be of a restricted child", text, to=[person.email]).send()
    return len(pages) + (_write_to_restricters(restriction, address, "alike") if stuck else 0)


Opens = Callable[[Person, int], bool]
"""Whether somebody may open the page of a row of an app, by its key."""

_opens: dict[str, Opens] = {}


def opened_by(page: str, opens: Opens) -> None:
    """Add who may open the page of an app, by its name, on which a record is written."""
    _opens[page] = opens


def _page_for(person: Person, record: KnownPerson | None, address: str) -> str:
    """Give where somebody may look at a record: where it was written, or its own page; empty if neither."""
    try:
        page = resolve(urlsplit(address).path)
    except Resolver404:
        page = None
    if page and page.url_name in _opens and _opens[page.url_name](person, page.kwargs["pk"]):
        return address
    if record and may_open(person, record):
        return urljoin(address, reverse("known-person", args=[record.pk]))
    return ""


@task()
def tell_of_stuck(restriction_id: int, address: str) -> int:
    """Write to those who may restrict, where nobody named can go on with what is open; give how many."""
    restriction = RestrictedChild.objects.get(pk=restriction_id)
    return _write_to_restricters(restriction, address, "stuck") if stuck_with(restriction) else 0


@task()
def tell_of_parting(restriction_id: int, address: str) -> int:
    """Write to those who may restrict that a record was restricted as it was parted; give how many."""
    restriction = RestrictedChild.objects.get(pk=restriction_id)
    return _write_to_restricters(restriction, address, "parted")


@task()
def tell_of_difference(restriction_id: int, address: str) -> int:
    """Write to those who may restrict that two restricted records are of two children; give how many."""
    restriction = RestrictedChild.objects.get(pk=restriction_id)
    return _write_to_restricters(restriction, address, "different")


def _write_to_restricters(restriction: RestrictedChild, address: str, why: str) -> int:
    """Lead them to the restriction, on the same service as `address`; the child is not in it."""
    page = urljoin(address, reverse("change-restriction", args=[restriction.pk]))
    told = list(holders(RESTRICT.roles))
    for person in told:
        context = {"person": person, "address": page, "why": why}
        text = render_to_string("children/email/look_at_restriction.txt", context)
        EmailMessage("Look at who may open a restricted record", text, to=[person.email]).send()
    return len(told)
