"""One contact: what was said, whose it is, how urgent, which child it is about."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.service.accounts.form_pages import FormPage, press
from sightline.service.accounts.gate import asker, policy
from sightline.service.accounts.pages import sent
from sightline.service.accounts.policies import SEE_FRONT_DOOR, TAKE_CONTACTS
from sightline.service.accounts.steps import StepError
from sightline.service.children.actions import NotSearchedError
from sightline.service.children.models import KnownPerson, Residence
from sightline.service.children.queries import hidden_people
from sightline.service.frontdoor.access import find_contact, may_authorise, may_take
from sightline.service.frontdoor.actions import screening
from sightline.service.frontdoor.forms.parts import ReasonForm
from sightline.service.frontdoor.forms.screening import AddChildForm, ContactForm, PriorityForm
from sightline.service.frontdoor.matching import looked_for
from sightline.service.frontdoor.models import Contact, ContactChild
from sightline.service.frontdoor.queries.lists import age_words, earlier_contacts, standing_of
from sightline.service.frontdoor.questions import about_children, answers_shown
from sightline.service.frontdoor.seeds.reading import concern_name, reason_words
from sightline.service.frontdoor.states import OPEN, OWNERS, UNDECIDED, verbs_from
from sightline.service.frontdoor.views.parts import FORM, is_key, parts_of


@require_safe
@policy(SEE_FRONT_DOOR)
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was said, the children, and what may be done next."""
    found = find_contact(request, pk)
    person, now = asker(request), timezone.now()
    with transaction.atomic():
        rows = list(
            found.children(manager="every_row").select_related("person", "matched_by", "aside_by")
        )
        children = [each for each in rows if each.aside_at is None]
        earlier = earlier_contacts(found, person)
    standing, words = standing_of(found, now)
    may = may_take(person, found)
    return render(
        request,
        "frontdoor/contact.html",
        {
            "contact": found,
            "parts": parts_of(found, "contact"),
            "children": [(each, earlier.get(each.person_id or 0, 0)) for each in children],
            "set_aside": [each for each in rows if each.aside_at is not None],
            "standing": standing,
            "words": words,
            "age": age_words(found.received_at, found.closed_at or now),
            "owner": OWNERS[Contact.State(found.state)],
            "answers": answers_shown(found),
            "facts": _facts(found),
            "may": may,
            "may_authorise": may_authorise(person, found),
            "verbs": {verb.name for verb in verbs_from(found.state)},
            "open": found.state in OPEN,
            "unknown": found.state in UNDECIDED and None in (found.missing, found.exploitation),
            "to_route": found.is_to_route,
            "took": age_words(found.waits_since, found.routed_at) if found.routed_at else "",
            "routed_before": [
                (each, age_words(each.since, each.routed_at))
                for each in found.earlier_routings.select_related("routed_by")
            ]
            if found.reopened_at
            else [],
            "without_consent": reason_words(found.override_basis),
        },
    )


def _facts(found: Contact) -> list[dict[str, str]]:
    who = ", ".join(filter(None, (found.referrer_name, found.referrer_role)))
    if found.is_anonymous:
        who = "They did not give a name"
    rows = [
        (
            "Came",
            f"{found.get_way_display()}, {timezone.localtime(found.received_at):%-d %B %Y, %H:%M}",
        ),
        ("From", who or "Not said"),
        ("Agency", str(found.agency or "None, or not said")),
        ("Telephone", found.referrer_phone or "Not given"),
        ("E-mail address", found.referrer_email or "Not given"),
        ("Kind of concern", concern_name(found.kind)),
        ("Team", str(found.team or "None yet")),
        ("Missing", _known(found.missing)),
        ("Exploitation feared", _known(found.exploitation)),
        ("Locality", str(found.locality or "None yet")),
        ("Looked at by", str(found.screened_by or "Nobody yet")),
    ]
    return [{"key": key, "value": value} for key, value in rows]


def _known(value: bool | None) -> str:
    return "Not known yet" if value is None else ("Yes" if value else "No")


def back_to(found: Contact) -> str:
    """Give the address of a contact's first page."""
    return reverse("contact", args=[found.pk])


@require_POST
@policy(TAKE_CONTACTS)
def take_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin to work on a contact."""
    found = find_contact(request, pk, TAKE_CONTACTS)
    if press(
        request,
        TAKE_CONTACTS,
        f"take contact {found.number}",
        lambda: screening.take_contact(found, by=asker(request)),
    ):
        messages.success(request, "The contact is yours.")
    return redirect("contact", pk)


@require_http_methods(FORM)
@policy(TAKE_CONTACTS)
def put_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a contact back for another officer."""
    found = find_contact(request, pk, TAKE_CONTACTS)
    page = FormPage(
        "Put the contact back",
        "Put it back",
        back_to(found),
        TAKE_CONTACTS,
        "The contact waits for another officer.",
        caption=f"Contact {found.number}",
    )
    return page.answer(
        request,
        ReasonForm(sent(request)),
        lambda form: screening.put_back(found, form.cleaned_data["reason"], by=asker(request)),
    )


@require_http_methods(FORM)
@policy(TAKE_CONTACTS)
def prioritise(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how urgent a contact is."""
    found = find_contact(request, pk, TAKE_CONTACTS)
    page = FormPage(
        "How urgent is it?",
        "Save",
        back_to(found),
        TAKE_CONTACTS,
        "The priority is saved.",
        name=f"prioritise contact {pk}",
        caption=f"Contact {found.number}",
        what="this part of the contact",
    )
    form = PriorityForm(sent(request), instance=Contact.objects.get(pk=pk))
    return page.answer(
        request,
        form,
        lambda form: screening.prioritise(
            found,
            form.cleaned_data["version"],
            form.cleaned_data["priority"],
            form.cleaned_data["priority_because"],
            by=asker(request),
        ),
    )


@require_http_methods(FORM)
@policy(TAKE_CONTACTS)
def change_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is known of a contact beside the referrer's own words."""
    found = find_contact(request, pk, TAKE_CONTACTS)
    page = FormPage(
        "Change what is known of the contact",
        "Save",
        back_to(found),
        TAKE_CONTACTS,
        "The change is saved.",
        name=f"change contact {pk}",
        caption=f"Contact {found.number}",
        intro="What the referrer wrote stays as it was written.",
        what="this part of the contact",
    )
    form = ContactForm(sent(request), instance=Contact.objects.get(pk=pk))
    return page.answer(
        request,
        form,
        lambda form: screening.change_contact(found, form.cleaned_data["version"], form.changes),
    )


@require_POST
@policy(TAKE_CONTACTS)
def route_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a contact to the complex-safeguarding team."""
    found = find_contact(request, pk, TAKE_CONTACTS)
    if press(
        request,
        TAKE_CONTACTS,
        f"route contact {found.number}",
        lambda: screening.route_contact(found, by=asker(request)),
    ):
        messages.success(request, "The complex-safeguarding team has the contact.")
    return redirect("contact", pk)


@require_http_methods(FORM)
@policy(TAKE_CONTACTS)
def add_contact_child(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a child that a contact is about too."""
    found = find_contact(request, pk, TAKE_CONTACTS)
    page = FormPage(
        "Add a child",
        "Add this child",
        back_to(found),
        TAKE_CONTACTS,
        "The child is added.",
        name=f"add child to contact {pk}",
        caption=f"Contact {found.number}",
    )
    return page.answer(
        request,
        AddChildForm(sent(request)),
        lambda form: screening.add_child(found, **about_children([form])[0]),
    )


def _child(request: HttpRequest, pk: int) -> ContactChild:
    child = get_object_or_404(ContactChild.every_row.select_related("person"), pk=pk)
    child.contact = find_contact(request, child.contact_id, TAKE_CONTACTS)
    return child


@require_http_methods(FORM)
@policy(TAKE_CONTACTS)
def set_aside_child(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a child was named twice, or that a row is none."""
    child = _child(request, pk)
    page = FormPage(
        "Named twice, or not a child",
        "Set it aside",
        back_to(child.contact),
        TAKE_CONTACTS,
        "The row is set aside.",
        caption=f"Contact {child.contact.number}",
        intro=f"{child.name}: the row stays on record with the reason, and is not counted as a child.",
    )
    return page.answer(
        request,
        ReasonForm(sent(request)),
        lambda form: screening.set_aside_child(
            child, form.cleaned_data["reason"], by=asker(request)
        ),
    )


@require_http_methods(FORM)
@policy(TAKE_CONTACTS)
def take_back_child(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that what was set aside is a child after all."""
    child = _child(request, pk)
    page = FormPage(
        "It is a child after all",
        "Take it back",
        back_to(child.contact),
        TAKE_CONTACTS,
        "The child is of the contact again.",
        caption=f"Contact {child.contact.number}",
        intro=f"{child.name} was set aside: {child.aside_because}",
    )
    return page.answer(
        request,
        ReasonForm(sent(request)),
        lambda form: screening.take_back_child(child, form.cleaned_data["reason"]),
    )


def settle_who(request: HttpRequest, child: ContactChild) -> HttpResponse:
    """Do what was chosen of who a child is: somebody known, somebody new, or left open; say what came.

    It leads to the contact; where that has become another's, as it may be of a restricted child, to the list.
    """
    chosen, by = request.POST.get("person", ""), asker(request)
    address = request.build_absolute_uri(back_to(child.contact))
    person, done = None, "The child is matched."
    try:
        if chosen == "new":
            lives = request.POST.get("lives", "")
            person = screening.record_child(
                child,
                request.POST.get("search", ""),
                lives=lives if lives in Residence.Kind.values else "",
                address=address,
                by=by,
            )
            done = "The child is recorded as somebody new."
        elif is_key(chosen):
            person = (
                KnownPerson.objects.filter(pk=int(chosen), merged_into=None)
                .exclude(pk__in=hidden_people(by))
                .first()
            )
            if person is None:
                raise StepError("The record chosen is no longer there. The child is not matched.")
            screening.match_child(child, person, address=address, by=by)
    except StepError as error:
        messages.error(request, str(error))
    except NotSearchedError as error:
        messages.error(request, f"The child is not matched: {error}")
    except ValidationError as error:
        messages.error(request, f"The child is not recorded yet: {'; '.join(error.messages)}")
    else:
        if person is not None and person.pk in hidden_people(by):
            messages.success(request, "Somebody else has been told of this contact.")
            return redirect("front-door")
        if person is not None:
            messages.success(request, done)
    return redirect("contact", child.contact_id)


@require_http_methods(FORM)
@policy(TAKE_CONTACTS)
def match_child(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which of those known a child of a contact is, after looking for them."""
    child, person = _child(request, pk), asker(request)
    if child.aside_at is not None:
        messages.error(request, "This row is set aside. First take it back.")
        return redirect("contact", child.contact_id)
    if request.method == "POST" and "name" not in request.POST:
        if not request.POST.get("person"):
            messages.error(request, "Select who the child is.")
            return redirect("match-child", pk)
        return settle_who(request, child)
    typed = f"{child.first_names} {child.last_name} {child.postcode}".strip()
    looked = request.POST.get("name", typed)
    found = looked_for(looked, child.born, by=person)
    return render(
        request,
        "frontdoor/match.html",
        {
            "child": child,
            "contact": child.contact,
            "found": found,
            "looked": looked,
            "kinds": Residence.Kind.choices,
        },
    )


@require_http_methods(FORM)
@policy(TAKE_CONTACTS)
def unmatch_child(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a child is not the person it was matched with."""
    child = _child(request, pk)
    stands = screening.case_that_stands(child)
    page = FormPage(
        "This is another child",
        "Take the match away",
        back_to(child.contact),
        TAKE_CONTACTS,
        f"The child is no longer matched. {stands}".strip(),
        caption=f"Contact {child.contact.number}",
        intro=stands,
    )
    return page.answer(
        request,
        ReasonForm(sent(request)),
        lambda form: screening.unmatch_child(child, form.cleaned_data["reason"]),
    )
