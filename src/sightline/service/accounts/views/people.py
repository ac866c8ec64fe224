"""Administrators' pages of people and their appointments."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.service.accounts import actions, queries
from sightline.service.accounts.forms import (
    AppointmentForm,
    EndAppointmentForm,
    PeopleFilter,
    PersonForm,
)
from sightline.service.accounts.gate import asker, policy, refuse
from sightline.service.accounts.models import Appointment, Person
from sightline.service.accounts.pages import columns, sent
from sightline.service.accounts.policies import KEEP_ACCOUNTS, what_one_may
from sightline.service.accounts.versions import ConflictError, conflict_page
from sightline.service.accounts.views.parts import facts_of

A_PAGE = 25
_FILTER = "people_filter"
"""The session keeps what the list is narrowed by: names do not belong in an address."""


@require_http_methods(["GET", "HEAD", "POST"])
@policy(KEEP_ACCOUNTS)
def people(request: HttpRequest) -> HttpResponse:
    """List people; a POST narrows the list."""
    if request.method == "POST":
        form = PeopleFilter(request.POST)
        request.session[_FILTER] = form.cleaned_data if form.is_valid() else {}
        return redirect("people")
    kept = request.session.get(_FILTER, {})
    found = queries.people(**kept)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "accounts/people.html",
        {
            "page": page,
            "filter": PeopleFilter(initial=kept),
            "narrowed": any(kept.values()),
            "add_url": reverse("add-person"),
            "columns": columns("Name", "E-mail address", "Agency", "Appointments"),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@policy(KEEP_ACCOUNTS)
def add_person(request: HttpRequest) -> HttpResponse:
    """Make an account."""
    form = PersonForm(sent(request))
    if form.is_valid():
        address = request.build_absolute_uri(reverse("account_reset_password"))
        person = actions.add_person(by=asker(request), address=address, **form.changes)
        messages.success(
            request,
            "The account is made, and an e-mail says how to choose a password. Now appoint them to a role.",
        )
        return redirect("person", person.pk)
    return render(request, "accounts/add_person.html", {"form": form})


@require_safe
@policy(KEEP_ACCOUNTS)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show somebody: who they are, what they are appointed to, what that lets them do."""
    found = get_object_or_404(Person.objects.select_related("agency"), pk=pk)
    appointments = found.appointments.select_related("team", "locality").order_by("-starts", "-pk")
    page = Paginator(appointments, A_PAGE).get_page(request.GET.get("page"))
    in_force = {each.pk for each in found.appointments_in_force}
    return render(
        request,
        "accounts/person.html",
        {
            "person": found,
            "page": page,
            "in_force": in_force,
            "may": what_one_may(found),
            "own": found.pk == asker(request).pk,
            "today": timezone.localdate(),
            "facts": facts_of(found),
            "columns": columns("Role", "From", "Until", "State", "Change"),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@policy(KEEP_ACCOUNTS)
def change_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Change who somebody is."""
    found = _another(request, pk)
    form = PersonForm(sent(request), instance=Person.objects.get(pk=pk))
    if form.is_valid():
        version = form.cleaned_data["version"]
        try:
            actions.change_person(found, version, form.changes, by=asker(request))
        except ConflictError as conflict:
            back = reverse("person", args=[pk])
            return conflict_page(request, form, conflict.now, back=back, what="this person")
        messages.success(request, "The change is saved.")
        return redirect("person", pk)
    return render(request, "accounts/change_person.html", {"form": form, "person": found})


@require_http_methods(["GET", "HEAD", "POST"])
@policy(KEEP_ACCOUNTS)
def close_account(request: HttpRequest, pk: int) -> HttpResponse:
    """Close or open an account: first what that means, then the button."""
    found = _another(request, pk)
    if request.method == "POST":
        if found.is_active:
            actions.close_account(found, by=asker(request))
            messages.success(request, "The account is closed.")
        else:
            actions.open_account(found, by=asker(request))
            messages.success(request, "The account is open again. Appoint them to a role.")
        return redirect("person", pk)
    return render(request, "accounts/close_account.html", {"person": found})


@require_http_methods(["GET", "HEAD", "POST"])
@policy(KEEP_ACCOUNTS)
def appoint(request: HttpRequest, pk: int) -> HttpResponse:
    """Appoint somebody to a role."""
    found = _another(request, pk)
    form = AppointmentForm(sent(request), instance=Appointment(person=found))
    if form.is_valid():
        try:
            actions.appoint(found, by=asker(request), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "The appointment is made.")
            return redirect("person", pk)
    return render(request, "accounts/appoint.html", {"form": form, "person": found})


@require_http_methods(["GET", "HEAD", "POST"])
@policy(KEEP_ACCOUNTS)
def end_appointment(request: HttpRequest, pk: int) -> HttpResponse:
    """End an appointment, now or on a day."""
    appointment = get_object_or_404(
        Appointment.objects.select_related("person", "team", "locality"), pk=pk
    )
    found = _another(request, appointment.person_id)
    form = EndAppointmentForm(sent(request))
    if form.is_valid():
        last: Any = form.cleaned_data["last_day"] if form.cleaned_data["when"] == "day" else None
        try:
            actions.end_appointment(appointment, last, by=asker(request))
        except ValidationError as error:
            form.add_error("last_day", error.messages[0])
        else:
            messages.success(request, "The appointment ends as you said.")
            return redirect("person", found.pk)
    return render(
        request,
        "accounts/end_appointment.html",
        {"form": form, "appointment": appointment, "person": found},
    )


def _another(request: HttpRequest, pk: int) -> Person:
    """Find a person who is not the one who asks; else refuse, on record."""
    found = get_object_or_404(Person, pk=pk)
    if found.pk == asker(request).pk:
        refuse(request, KEEP_ACCOUNTS, f"own account: {request.resolver_match.view_name}")  # type: ignore[union-attr]
    return found
