"""Looking for people, and recording somebody new, which is possible only after a search for them.

What is looked for stays in the session: no name is in an address.
"""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_http_methods

from sightline.service.accounts.drafts import DraftOf
from sightline.service.accounts.gate import asker, policy
from sightline.service.accounts.pages import add_errors, columns, sent
from sightline.service.accounts.policies import KEEP_FAMILIES, MERGE_PEOPLE, SEARCH_PEOPLE
from sightline.service.children import actions
from sightline.service.children.forms.people import FindForm, RecordForm
from sightline.service.children.models import KnownPerson
from sightline.service.children.opened import of_person
from sightline.service.children.search import Found, find_people, is_fresh
from sightline.service.children.views.parts import PASSED_ON, passed_on

_KEPT = "families_search"
LIST = 30
"""People listed: whoever is not among them is found by a date of birth or another word more."""
_FORM = ["GET", "HEAD", "POST"]


@require_http_methods(_FORM)
@policy(SEARCH_PEOPLE)
def find(request: HttpRequest) -> HttpResponse:
    """Look for a person; a POST says for whom."""
    return _find_page(request, back="", title="Find a person")


@require_http_methods(_FORM)
@of_person(KEEP_FAMILIES)
def find_relative(request: HttpRequest, person: KnownPerson) -> HttpResponse:
    """Look for somebody who is related to a person."""
    return _find_page(
        request,
        title="Who is related to them?",
        about=person,
        chosen="add-relationship",
        action="Relate",
    )


@require_http_methods(_FORM)
@of_person(MERGE_PEOPLE)
def find_duplicate(request: HttpRequest, person: KnownPerson) -> HttpResponse:
    """Look for another record that may be of the same person."""
    return _find_page(
        request,
        title="Which other record may be of the same person?",
        about=person,
        chosen="compare-people",
        action="Compare",
    )


def _find_page(request: HttpRequest, *, title: str, **more: Any) -> HttpResponse:
    form = FindForm(sent(request))
    kept = request.session.get(_KEPT, {})
    if form.is_valid():
        born = form.cleaned_data["born"]
        request.session[_KEPT] = {
            "text": form.cleaned_data["text"],
            "born": born.isoformat() if born else "",
        }
        return redirect(request.path)
    found: Found | None = None
    if not form.is_bound and kept:
        born = parse_date(kept["born"])
        form = FindForm(initial={"text": kept["text"], "born": born})
        found = find_people(kept["text"], born, by=asker(request), limit=LIST)
        if not is_fresh(kept.get("token", ""), asker(request)):
            # Whoever records has seen the list. The session is not written with each look at it.
            request.session[_KEPT] = {**kept, "token": found.token}
    about: KnownPerson | None = more.get("about")
    people = [each for each in found.people if each.person != about] if found else []
    return render(
        request,
        "children/find.html",
        {
            "form": form,
            "found": found,
            "people": people,
            "title": title,
            "may_record": KEEP_FAMILIES.allows(request.user)
            and more.get("chosen") != "compare-people",
            "record": reverse("record-relative", args=[about.pk])
            if about
            else reverse("record-person"),
            "columns": columns("Name", "Date of birth", "Number", "Lives in", "Why it is listed"),
            **more,
        },
    )


@require_http_methods(_FORM)
@policy(KEEP_FAMILIES)
def record_person(request: HttpRequest) -> HttpResponse:
    """Record somebody new."""
    return _record_page(request, None)


@require_http_methods(_FORM)
@of_person(KEEP_FAMILIES)
def record_relative(request: HttpRequest, person: KnownPerson) -> HttpResponse:
    """Record somebody new who is related to a person."""
    return _record_page(request, person)


def _record_page(request: HttpRequest, about: KnownPerson | None) -> HttpResponse:
    search = reverse("find-relative", args=[about.pk]) if about else reverse("find-people")
    kept = request.session.get(_KEPT)
    if not kept or "token" not in kept:
        messages.info(request, actions.NOT_SEARCHED)
        return redirect(search)
    by = asker(request)
    draft = DraftOf(request, "record a person", title="Record a person")
    form = RecordForm(sent(request), initial=_as_typed(kept))
    if form.is_valid():
        given = {name: value for name, value in form.changes.items() if name != "number"}
        try:
            with transaction.atomic():
                person = actions.record_person(
                    search=kept["token"], by=by, number=form.cleaned_data["number"], **given
                )
                passed = passed_on(request, person)
        except actions.NotSearchedError as error:
            form.add_error("last_name", str(error))
        except ValidationError as error:
            add_errors(form, error)
        else:
            request.session.pop(_KEPT)
            draft.sent()
            if passed:
                messages.success(request, PASSED_ON)
                return redirect(search)
            messages.success(request, f"Recorded, under the number {person.number}.")
            if about:
                return redirect("add-relationship", about.pk, person.pk)
            return redirect("known-person", person.pk)
    context = {"form": draft.restored(form), "draft": draft, "search": search, "about": about}
    return render(request, "children/record.html", context)


def _as_typed(kept: dict[str, str]) -> dict[str, Any]:
    """Take from the search what may be the name and is the date of birth."""
    words = kept["text"].split()
    named = words if words and not any(sign.isdigit() for sign in kept["text"]) else []
    if len(named) == 2 and named[0].endswith(","):
        named = [named[1], named[0].rstrip(",")]
    return {
        "first_names": " ".join(named[:-1]),
        "last_name": named[-1] if named else "",
        "born": parse_date(kept["born"]),
    }
