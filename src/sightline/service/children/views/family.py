"""Pages that record names, homes, relationships and agencies of a person."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from sightline.service.accounts.pages import sent
from sightline.service.accounts.policies import KEEP_FAMILIES
from sightline.service.children import actions
from sightline.service.children.forms.families import (
    ChangeResidenceForm,
    InvolvementForm,
    RelationshipForm,
    ResidenceForm,
)
from sightline.service.children.forms.people import AliasForm
from sightline.service.children.merged import root_of
from sightline.service.children.models import (
    Alias,
    Involvement,
    KnownPerson,
    Relationship,
    Residence,
)
from sightline.service.children.opened import of_person, opened_of
from sightline.service.children.views.parts import changes_in, form_page

_FORM = ["GET", "HEAD", "POST"]


@require_http_methods(_FORM)
@of_person(KEEP_FAMILIES)
def add_alias(request: HttpRequest, person: KnownPerson) -> HttpResponse:
    """Add another name."""
    return form_page(
        request,
        person,
        AliasForm(sent(request)),
        lambda form: actions.add_alias(person, **_given(form)),
        title="Add another name",
        intro="They are found under this name too.",
        proposes=True,
        done="The name is added.",
    )


@require_POST
@of_person(KEEP_FAMILIES)
def remove_alias(request: HttpRequest, person: KnownPerson, alias: int) -> HttpResponse:
    """Take a name away that was written by mistake."""
    actions.remove_alias(get_object_or_404(Alias, pk=alias, person=person))
    messages.success(request, "The name is taken away.")
    return redirect("known-person", person.pk)


@require_http_methods(_FORM)
@of_person(KEEP_FAMILIES)
def add_residence(request: HttpRequest, person: KnownPerson) -> HttpResponse:
    """Record where somebody lives or lived."""
    return form_page(
        request,
        person,
        ResidenceForm(sent(request)),
        lambda form: actions.record_residence(person, **_given(form)),
        title="Add an address",
        proposes=True,
        done="The address is added.",
    )


@require_http_methods(_FORM)
@of_person(KEEP_FAMILIES)
def change_residence(request: HttpRequest, person: KnownPerson, residence: int) -> HttpResponse:
    """Change in what way and how long somebody lives somewhere."""
    row = get_object_or_404(Residence, pk=residence, person=person)
    return form_page(
        request,
        person,
        ChangeResidenceForm(sent(request), instance=Residence.objects.get(pk=row.pk)),
        lambda form: actions.change_residence(
            row, _version(form), changes_in(form, row), why=form.cleaned_data["why"]
        ),
        title="Change how they live there",
        intro=", ".join([*row.address.lines.splitlines(), row.address.postcode]),
        about=f"residence {row.pk}",
        done="The change is saved.",
    )


@require_http_methods(_FORM)
@of_person(KEEP_FAMILIES)
def add_relationship(request: HttpRequest, person: KnownPerson, other: int) -> HttpResponse:
    """Record what somebody is to a person."""
    relative = root_of(get_object_or_404(KnownPerson, pk=other))
    if relative.pk in opened_of(request).hidden or relative.pk == person.pk:
        raise Http404("There is nobody there to relate.")
    return form_page(
        request,
        person,
        RelationshipForm(sent(request)),
        lambda form: actions.relate(person, relative, **_given(form)),
        title=f"What is {relative.name} to {person.name}?",
        name="Relationship",
        about=f"of {person.pk} to {relative.pk}",
        relative=relative,
        done="The relationship is recorded.",
    )


@require_http_methods(_FORM)
@of_person(KEEP_FAMILIES)
def change_relationship(
    request: HttpRequest, person: KnownPerson, relationship: int
) -> HttpResponse:
    """Change a relationship; read from either end, it is one row."""
    row = get_object_or_404(Relationship.objects.select_related("person", "other"), pk=relationship)
    hidden = opened_of(request).hidden
    ends = {row.person_id, row.other_id}
    if person.pk not in ends or not ends.isdisjoint(hidden):
        raise Http404("There is no such relationship of this person.")
    return form_page(
        request,
        person,
        RelationshipForm(sent(request), instance=Relationship.objects.get(pk=row.pk)),
        lambda form: actions.change_relationship(row, _version(form), changes_in(form, row)),
        title=f"What is {row.other.name} to {row.person.name}?",
        name="Relationship",
        about=str(row.pk),
        relative=row.other if row.person_id == person.pk else row.person,
        done="The change is saved.",
    )


@require_http_methods(_FORM)
@of_person(KEEP_FAMILIES)
def add_involvement(request: HttpRequest, person: KnownPerson) -> HttpResponse:
    """Record that an agency works with somebody."""
    return form_page(
        request,
        person,
        InvolvementForm(sent(request)),
        lambda form: actions.involve_agency(person, **_given(form)),
        title="Add an agency",
        done="The agency is added.",
    )


@require_http_methods(_FORM)
@of_person(KEEP_FAMILIES)
def change_involvement(request: HttpRequest, person: KnownPerson, involvement: int) -> HttpResponse:
    """Change an agency's work with somebody, or when it ended."""
    row = get_object_or_404(Involvement, pk=involvement, person=person)
    return form_page(
        request,
        person,
        InvolvementForm(sent(request), instance=Involvement.objects.get(pk=row.pk)),
        lambda form: actions.change_involvement(row, _version(form), changes_in(form, row)),
        title="Change the agency",
        about=f"involvement {row.pk}",
        done="The change is saved.",
    )


def _given(form: forms.BaseForm) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != "version"}


def _version(form: forms.BaseForm) -> int:
    return int(form.cleaned_data["version"])
