"""Pages about one's calendar and daily letter, and the calendar itself."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from sightline.service.accounts.gate import asker, policy
from sightline.service.accounts.policies import ALLOCATE, ANYBODY, SIGNED_IN
from sightline.service.audit.models import Verb
from sightline.service.audit.record import record
from sightline.service.reminders import addresses, letters
from sightline.service.reminders.calendars import calendar_of
from sightline.service.reminders.due import roles_with_work
from sightline.service.reminders.forms import CoversForm
from sightline.service.reminders.models import CalendarAddress

OWN = CalendarAddress.Covers.OWN


@require_safe
@policy(SIGNED_IN)
def reminders(request: HttpRequest) -> HttpResponse:
    """Show one's calendar and daily letter, with what may be done about them."""
    person = asker(request)
    return render(
        request,
        "reminders/reminders.html",
        {
            "has_work": person.holds(roles_with_work()),
            "in_use": addresses.address_in_use(person),
            "form": CoversForm() if ALLOCATE.allows(person) else None,
            "letter_off": letters.is_off(person),
            "email": person.email,
        },
    )


@require_POST
@policy(SIGNED_IN)
def make_calendar(request: HttpRequest) -> HttpResponse:
    """Make one's calendar a new address, and show it; it is never shown again."""
    person, covers = asker(request), str(OWN)
    if ALLOCATE.allows(person):
        form = CoversForm(request.POST)
        if not form.is_valid():
            messages.error(request, "Select whose work is in the calendar.")
            return redirect("reminders")
        covers = form.cleaned_data["covers"]
    secret = addresses.make_address(person, covers)
    address = request.build_absolute_uri(reverse("calendar-feed", args=[secret]))
    context = {"address": address, "covers": CalendarAddress.Covers(covers).label}
    return render(request, "reminders/new_address.html", context)


@require_POST
@policy(SIGNED_IN)
def revoke_calendar(request: HttpRequest) -> HttpResponse:
    """Revoke the address of one's calendar."""
    addresses.revoke_address(asker(request))
    messages.success(request, "The address of your calendar is good no longer.")
    return redirect("reminders")


@require_POST
@policy(SIGNED_IN)
def switch_letter(request: HttpRequest) -> HttpResponse:
    """Switch one's daily letter off or on."""
    is_off = request.POST.get("switch") == "off"
    letters.switch(asker(request), is_off=is_off)
    said = "You get no daily letter any more." if is_off else "You get a daily letter again."
    messages.success(request, said)
    return redirect("reminders")


@require_safe
@policy(SIGNED_IN)
def own_calendar(request: HttpRequest) -> HttpResponse:
    """Give one's own calendar as a file, to somebody who has signed in."""
    person = asker(request)
    record(Verb.VIEW, "calendar", person.pk)
    covers = request.GET.get("covers", "")
    wide = covers == CalendarAddress.Covers.REMIT and ALLOCATE.allows(person)
    text = calendar_of(person, covers if wide else OWN, _site(request), timezone.now())
    return _calendar(text)


@require_safe
@policy(ANYBODY)
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Give the calendar of a secret address; 404 for one that is not good, whatever the reason."""
    address = addresses.good_address(secret)
    if address is None:
        raise Http404("There is no such calendar.")
    addresses.used(address)
    return _calendar(calendar_of(address.person, address.covers, _site(request), timezone.now()))


def _site(request: HttpRequest) -> str:
    return str(request.build_absolute_uri("/")).rstrip("/")


def _calendar(text: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="sightline.ics"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
