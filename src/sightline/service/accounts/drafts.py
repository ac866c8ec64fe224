"""Drafts: what somebody typed into a form outlives the end of their session, until it is sent.

A view uses it so:

    draft = DraftOf(request, "restrict a child", title="Restrict a child's record")
    form = RestrictForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        restrict_child(...)
        draft.sent()
        return redirect(...)
    return render(request, "...", {"form": draft.restored(form), "draft": draft})

and its template, within `<form method="post">`, just after the button that sends it:

    {% include "accounts/draft.html" %}

which saves as the person types (htmx), has a "Save draft" button that needs no JavaScript, and says when
the draft was saved, with a link to throw it away. A form about one object has its number in the name:
`f"review opening {opening.pk}"`. Passwords and files are never kept. Only its owner sees a draft.
"""

from datetime import datetime
from functools import cached_property
from typing import TypeVar

from django.core import signing
from django.db.models import QuerySet
from django.forms import BaseForm, BooleanField, ChoiceField
from django.forms.models import BaseModelForm
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict

from sightline.service.accounts.models import Draft, Person

FIELD = "draft"
"""The name of the hidden field that says which draft a form is."""
VERSION = "version"
"""The name of the hidden field that says which version of a text is decided about."""
_SALT = "sightline draft"
_NOT_KEPT = frozenset({"csrfmiddlewaretoken", FIELD, "draft_action"})

AnyForm = TypeVar("AnyForm", bound=BaseForm)


class DraftOf:
    """The draft of one form for the person who asks. `name` is the form's, `title` says what it is.

    `page` is where it is gone on with: the address that was asked for, without its query, unless told.
    """

    def __init__(self, request: HttpRequest, name: str, *, title: str, page: str = "") -> None:
        self._person = request.user
        self._name = name
        self._title = title
        self._page = page or request.path

    @cached_property
    def kept(self) -> Draft | None:
        """What is kept; None where nothing is."""
        if not isinstance(self._person, Person):
            return None
        return Draft.objects.filter(person=self._person, form=self._name).first()

    @property
    def saved_at(self) -> datetime | None:
        """When it was last saved; None where nothing is kept."""
        return self.kept.saved_at if self.kept else None

    @property
    def token(self) -> str:
        """What the form sends so that it is kept under its own name, for whom it was shown to.

        Signed, so nobody makes one up.
        """
        return signing.dumps([self._person.pk, self._name, self._title, self._page], salt=_SALT)

    def restored(self, form: AnyForm) -> AnyForm:
        """Fill a form that was not sent with what is kept.

        Of a decision about a text that was changed since, only what was typed is: it is to be taken anew.
        """
        if form.is_bound or self.kept is None:
            return form
        data = MultiValueDict(self.kept.fields)
        is_stale = _is_stale(form, data)
        for name, field in form.fields.items():
            prefixed = form.add_prefix(name)
            if is_stale and (name == VERSION or isinstance(field, ChoiceField | BooleanField)):
                continue
            if field.widget.value_omitted_from_data(data, {}, prefixed):
                continue
            form.initial[name] = field.widget.value_from_datadict(data, {}, prefixed)
        return form

    def sent(self) -> None:
        """Forget the draft: what it held has been sent."""
        if isinstance(self._person, Person):
            Draft.objects.filter(person=self._person, form=self._name).delete()
            self.__dict__.pop("kept", None)


def _is_stale(form: BaseForm, data: "MultiValueDict[str, str]") -> bool:
    """Whether a draft decides about another version than is shown; a form of the row itself shows both."""
    if VERSION not in form.fields or isinstance(form, BaseModelForm):
        return False
    now = form.get_initial_for_field(form.fields[VERSION], VERSION)
    return data.get(form.add_prefix(VERSION)) not in (None, str(now))


def keep_from(request: HttpRequest, person: Person) -> Draft | None:
    """Keep a form that was sent, for a person; None where it is not one that keeps drafts.

    One that was shown to somebody else is not kept: on a machine that two share, what the first typed is
    not for the second.
    """
    try:
        whose, name, title, page = signing.loads(request.POST.get(FIELD, ""), salt=_SALT)
    except (signing.BadSignature, ValueError):
        return None
    if whose != person.pk:
        return None
    fields = {
        field: values
        for field, values in request.POST.lists()
        if field not in _NOT_KEPT and "password" not in field
    }
    draft, _ = Draft.objects.update_or_create(
        person=person, form=name, defaults={"title": title, "page": page, "fields": fields}
    )
    return draft


def drafts_of(person: Person) -> QuerySet[Draft]:
    """Give a person's drafts, the latest first."""
    return Draft.objects.filter(person=person).order_by("-saved_at")
