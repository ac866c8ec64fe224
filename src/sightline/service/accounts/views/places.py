"""Administrators' pages of agencies, teams and localities: one list and one form for each."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import models
from django.db.models import ProtectedError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.service.accounts import actions
from sightline.service.accounts.forms import AgencyForm, LocalityForm, TeamForm
from sightline.service.accounts.gate import asker, policy, refuse
from sightline.service.accounts.models import Agency, Locality, Team
from sightline.service.accounts.pages import columns, sent
from sightline.service.accounts.policies import KEEP_ACCOUNTS
from sightline.service.accounts.versions import ConflictError, VersionedForm, conflict_page

A_PAGE = 25


@dataclass(frozen=True)
class Kind:
    """One of the three: its model and form, what one and many are called, what they are for.

    `beside` is what a list says of each beside its name; `by` the field of an appointment to one.
    """

    model: type[models.Model]
    form: type[VersionedForm]
    one: str
    many: str
    purpose: str
    beside: str = ""
    by: str = ""

    @property
    def title(self) -> str:
        """What a page of many is called."""
        return self.many.capitalize()


KINDS = {
    "agencies": Kind(
        Agency,
        AgencyForm,
        "agency",
        "agencies",
        "Organisations that people here work for.",
        "Kind",
    ),
    "teams": Kind(
        Team,
        TeamForm,
        "team",
        "teams",
        "Teams that people are appointed to. A team's name is how the records call it.",
        "Locality",
        by="team",
    ),
    "localities": Kind(
        Locality,
        LocalityForm,
        "locality",
        "localities",
        "Parts of the authority's area that people are appointed to. A locality's name is the district "
        "of your list of places.",
        by="locality",
    ),
}


def _kind(name: str) -> Kind:
    if name not in KINDS:
        raise Http404
    return KINDS[name]


@require_safe
@policy(KEEP_ACCOUNTS)
def places(request: HttpRequest, kind: str) -> HttpResponse:
    """List the agencies, teams or localities."""
    of = _kind(kind)
    rows: Any = of.model._default_manager.all()
    if of.model is Team:
        rows = rows.select_related("locality")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    heads = columns("Name", of.beside) if of.beside else columns("Name")
    context = {"page": page, "kind": of, "name": kind, "columns": heads}
    return render(request, "accounts/places.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@policy(KEEP_ACCOUNTS)
def add_place(request: HttpRequest, kind: str) -> HttpResponse:
    """Add one."""
    of = _kind(kind)
    form = of.form(sent(request))
    if form.is_valid():
        form.save()
        messages.success(request, f"The {of.one} is added.")
        return redirect("places", kind)
    return render(request, "accounts/place.html", {"form": form, "kind": of, "name": kind})


@require_http_methods(["GET", "HEAD", "POST"])
@policy(KEEP_ACCOUNTS)
def change_place(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Change one."""
    of = _kind(kind)
    row = get_object_or_404(of.model, pk=pk)
    if of.by and asker(request).appointments.filter(**{of.by: row}, ended_at=None).exists():
        # By its name their own appointment reaches the children.
        refuse(request, KEEP_ACCOUNTS, f"the {of.one} of one's own appointment")
    form = of.form(sent(request), instance=of.model._default_manager.get(pk=pk))
    if form.is_valid():
        try:
            actions.keep(row, form.cleaned_data["version"], form.changes)
        except ConflictError as conflict:
            back = reverse("places", args=[kind])
            return conflict_page(request, form, conflict.now, back=back, what=f"this {of.one}")
        messages.success(request, "The change is saved.")
        return redirect("places", kind)
    context = {"form": form, "kind": of, "name": kind, "row": row}
    return render(request, "accounts/place.html", context)


@require_POST
@policy(KEEP_ACCOUNTS)
def remove_place(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Remove one that nothing refers to."""
    of = _kind(kind)
    row = get_object_or_404(of.model, pk=pk)
    try:
        actions.remove(row)
    except ProtectedError:
        messages.error(
            request, f"{row} is still in use, now or in what is on record, so it is not removed."
        )
        return redirect("change-place", kind, pk)
    messages.success(request, f"{row} is removed.")
    return redirect("places", kind)
