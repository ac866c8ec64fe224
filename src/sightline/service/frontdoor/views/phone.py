"""A contact by telephone: taken down by an officer, who sees while typing who the child may be."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from sightline.service.accounts.drafts import DraftOf
from sightline.service.accounts.gate import asker, policy
from sightline.service.accounts.pages import sent
from sightline.service.accounts.policies import TAKE_CONTACTS
from sightline.service.accounts.sent_once import FIELD, once_of
from sightline.service.accounts.steps import StepError
from sightline.service.children.models import Residence
from sightline.service.children.queries import Found
from sightline.service.frontdoor.access import may_take
from sightline.service.frontdoor.actions.receiving import saved_once, take_down
from sightline.service.frontdoor.forms.screening import AddChildForm, PhoneForm
from sightline.service.frontdoor.matching import looked_for
from sightline.service.frontdoor.models import Contact
from sightline.service.frontdoor.questions import CHILDREN, ChildForm, about_children
from sightline.service.frontdoor.views.contact import settle_who
from sightline.service.frontdoor.views.parts import FORM


@require_http_methods(FORM)
@policy(TAKE_CONTACTS)
def take_call(request: HttpRequest) -> HttpResponse:
    """Take a contact down. The button “Look for this child” shows who it may be, and saves nothing."""
    person = asker(request)
    draft = DraftOf(request, "take a call", title="Contact by telephone")
    looking = "look" in request.POST
    data = None if looking else sent(request)
    form, child = PhoneForm(data), AddChildForm(data, prefix=CHILDREN)
    if looking:
        _keep(form, request)
        _keep(child, request)
    matches = _matches(request) if request.method == "POST" else None
    if data is not None and form.is_valid() & child.is_valid():
        about = dict(form.cleaned_data)
        way = Contact.Way(about.pop("way"))
        came = about.pop("at")
        about = {name: value for name, value in about.items() if not name.startswith("came_")}
        del about[FIELD]
        once = once_of(request)
        try:
            contact = take_down(person, way, about, about_children([child])[0], at=came, once=once)
        except StepError as error:
            messages.error(request, str(error))
            saved = saved_once(once or "")
            if saved is None or not may_take(person, saved):  # as of a child who is restricted
                return redirect("front-door")
            return redirect("contact", saved.pk)
        draft.sent()
        messages.success(request, f"The contact is saved: {contact.number}.")
        return settle_who(request, contact.children.get())
    context = {
        "form": draft.restored(form),
        "child": draft.restored(child),
        "draft": draft,
        "found": matches,
        "looked": looking,
        "chosen": request.POST.get("person", ""),
        "kinds": Residence.Kind.choices,
    }
    return render(request, "frontdoor/phone.html", context)


def _keep(form: PhoneForm | ChildForm, request: HttpRequest) -> None:
    """Show again what was typed, without judging it yet."""
    for name, field in form.fields.items():
        prefixed = form.add_prefix(name)
        form.initial[name] = field.widget.value_from_datadict(request.POST, {}, prefixed)


@require_POST
@policy(TAKE_CONTACTS)
def matching_people(request: HttpRequest) -> HttpResponse:
    """Give those whom the child may be, for the page of a call, as the officer types (htmx)."""
    return render(
        request,
        "frontdoor/matches.html",
        {
            "found": _matches(request),
            "chosen": request.POST.get("person", ""),
            "kinds": Residence.Kind.choices,
        },
    )


def _matches(request: HttpRequest) -> Found | None:
    child = ChildForm(request.POST, prefix=CHILDREN)
    child.is_valid()
    given = child.cleaned_data
    words = (given.get(name, "") for name in ("first_names", "last_name", "postcode"))
    wide = not getattr(request, "htmx", False)
    return looked_for(
        " ".join(filter(None, words)), given.get("born"), by=asker(request), widely=wide
    )
