"""What the pages of the pathway are made of: a page of a case, a page that is one form, a button."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import wraps
from http import HTTPStatus
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from sightline.service.accounts.form_pages import FormPage
from sightline.service.accounts.form_pages import press as pressed
from sightline.service.accounts.gate import asker, policy
from sightline.service.accounts.models import Person
from sightline.service.accounts.pages import sent
from sightline.service.accounts.policies import (
    ALLOCATE,
    AUTHORISE_WORK,
    OPEN_CHILDREN,
    WORK_CASES,
    WRITE_UP,
    Policy,
)
from sightline.service.accounts.steps import NotAllowedError
from sightline.service.audit.record import refused, viewed_children
from sightline.service.protection import stepping
from sightline.service.protection.access import Case, open_case, referral_of, whose_work
from sightline.service.protection.actions.steps import OWN, UNREGISTERED, need_who
from sightline.service.protection.forms.parts import DecideForm
from sightline.service.protection.models import Referral
from sightline.service.protection.states import AUTHORISER, Who, machine_of

FORM = ["GET", "HEAD", "POST"]
A_PAGE = 25
_DIGITS = 10
ONE_TEXT = (
    "“What the parents say” is one text for mother and father alike: before one of them is given it, see "
    "that it tells nothing of the other that they must not know."
)
"""What is to be seen to before something that parents are given is printed."""
_SHOWN = (HTTPStatus.OK, HTTPStatus.CONFLICT)
CaseView = Callable[..., HttpResponse]
Row = TypeVar("Row", bound=Model)

_ALONG = {
    "referral": ("referral",),
    "plan": ("plan__referral",),
    "conference": ("conference__referral",),
    "pre_proceedings": ("pre_proceedings__referral",),
}

_WHOSE = ("child", "team__locality", "locality")
"""What of a referral says whose case it is."""


def of_case(of: Policy, model: type[Model]) -> Callable[[CaseView], CaseView]:
    """Make a view of something of a case under a policy; it is given the `Case` and the row.

    The address has the row's key, `pk`. That something of the child was shown is on record, whether to read
    or to write. 403 and an entry in the audit where the case is not of the asker's remit, or its child is
    restricted.
    """
    names = {each.name for each in model._meta.get_fields()}
    along = () if model is Referral else next(p for name, p in _ALONG.items() if name in names)
    related = [f"{path}__{end}" for path in along for end in _WHOSE]
    related = related or list(_WHOSE)

    def mark(view: CaseView) -> CaseView:
        @policy(of)
        @wraps(view)
        def opened(request: HttpRequest, pk: int, **more: Any) -> HttpResponse:
            row = get_object_or_404(model._default_manager.select_related(*related), pk=pk)
            case = open_case(request, referral_of(row), of)
            answer = view(request, case, row, **more)
            if answer.status_code in _SHOWN:
                viewed(case, f"{view.__name__.replace('_', ' ')} {pk}")
            return answer

        return opened

    return mark


def viewed(case: Case, what: str) -> None:
    """Put on record that something of a child's case was shown."""
    viewed_children(what, [case.child.number])


def may(case: Case, by: Person, who: Who, row: Model | None = None) -> bool:
    """Whether somebody may take a step of this kind in a case, so that it is offered to them."""
    if not case.lets(by, who.policy) or (who.registered and not by.registration):
        return False
    return not (who.another and by.pk in whose_work(case.referral, row, ever=who.outside))


def offered(case: Case, by: Person, row: Model) -> frozenset[str]:
    """Give the steps that somebody is offered of a row as it stands."""
    machine = machine_of(row)
    code = machine.state_of(row).code
    steps = [each for each in machine.steps if each.before == code]
    allowed = {each.who: may(case, by, each.who, row) for each in steps}
    return frozenset(each.verb for each in steps if allowed[each.who])


def why_not_yours(case: Case, by: Person, row: Model) -> str:
    """Say why what waits for authorisation is not for somebody who authorises; empty where it is."""
    machine = machine_of(row)
    steps = [machine.step(verb, row) for verb in machine.state_of(row).waits_for]
    waits = [each.who for each in steps if each and case.lets(by, each.who.policy)]
    if not waits:
        return ""
    if not by.registration:
        return f"{UNREGISTERED} Your account has no registration number: an administrator can enter it."
    own = all(by.pk in whose_work(case.referral, row, ever=who.outside) for who in waits)
    return OWN if own else ""


def press(
    request: HttpRequest, of: Policy, about: str, said: str, doing: Callable[[], object]
) -> None:
    """Do what a button without a form asks for, and say that it is done; or why it cannot be."""
    if pressed(request, of, about, doing):
        messages.success(request, said)


def caption_of(case: Case) -> str:
    """Give whose case it is, above the name of a page."""
    return f"{case.child.name}, {case.child.number}"


def fresh(row: Row) -> Row:
    """Give a row as it is now, for a form that changes the object it is given."""
    found: Row = type(row)._default_manager.get(pk=row.pk)
    return found


@dataclass(frozen=True)
class Button:
    """A step that is offered: a link to its form, or a button that takes it at once (`post`).

    `version` is that of what is read above the button: of a text that was changed since, it does nothing.
    """

    text: str
    href: str
    post: bool = False
    kind: str = "secondary"
    version: int | None = None

    @property
    def slug(self) -> str:
        """What names its form on a page."""
        return slugify(self.text)


def buttons(verbs: frozenset[str], *of: tuple[str, Button]) -> list[Button]:
    """Give the buttons of the steps that are offered, each step's once; the first is the main one, unless it
    only puts right what is on record.
    """
    found = [(verb, button) for verb, button in of if verb in verbs]
    return [
        replace(each, kind="secondary" if place or verb.startswith(_PUTS_RIGHT) else "")
        for place, (verb, each) in enumerate(found)
    ]


_PUTS_RIGHT = ("correct ", "take back ")
"""How the names of those steps begin."""


def version_sent(request: HttpRequest) -> int:
    """Give the version of what a button was read with; 0, which nothing has, where it was not sent."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < _DIGITS else 0


def part_page(
    request: HttpRequest, case: Case, row: Model, title: str, context: Mapping[str, Any]
) -> HttpResponse:
    """Show one part of a case: its state, its facts, its texts, and what may be done next.

    `context`: `facts` (pairs), `texts` (pairs of heading and text), `buttons`, `clock` (a thing or None),
    `tables` (each with `title`, `columns`, `rows`), `note` (a sentence at the top), `papers` (what may be
    printed: pairs of name and address), `papers_note` (what to see to before).
    """
    by = asker(request)
    state = machine_of(row).state_of(row)
    return render(
        request,
        "protection/part.html",
        {
            "case": case,
            "title": title,
            "state": state,
            "why_not": why_not_yours(case, by, row),
            "caption": caption_of(case),
            "back": reverse("case", args=[case.referral.pk]),
            **context,
            "facts": [{"key": key, "value": value} for key, value in context.get("facts", ())],
        },
    )


def said_at(moment: Any) -> str:
    """Write a moment, as `3 May 2026, 14:30`; that there is none where it is so."""
    return f"{timezone.localtime(moment):%-d %B %Y, %H:%M}" if moment else "not yet"


def said_on(day: Any) -> str:
    """Write a day, as `3 May 2026`; that there is none where it is so."""
    return f"{day:%-d %B %Y}" if day else "not yet"


def said(answer: bool | None) -> str:
    """Write an answer; that it was not given where it was not."""
    return {True: "Yes", False: "No"}.get(answer, "Not recorded")  # type: ignore[arg-type]


def stepped(work: str) -> str:
    """Write from or to what a child stepped, as a fact."""
    words = stepping.stepped_words(work)
    return words[:1].upper() + words[1:]


def top(request: HttpRequest, current: str) -> list[dict[str, Any]]:
    """Give the lists of the pathway that somebody may open, for the sub-navigation of each."""
    person = asker(request)
    return [
        {"text": text, "href": reverse(name), "current": name == current}
        for text, name, of in (
            ("Your work", "your-work", WORK_CASES),
            ("Cases", "cases", WORK_CASES),
            ("To be authorised", "to-authorise", AUTHORISE_WORK),
            ("Unallocated", "unallocated", ALLOCATE),
            ("Caseloads", "caseloads", ALLOCATE),
            ("Conferences", "conferences", WRITE_UP),
            ("Court", "court", OPEN_CHILDREN),
        )
        if of.allows(person)
    ]


Deciding = Callable[..., object]


def need_decider(
    request: HttpRequest, case: Case, page: FormPage, row: Model, who: Who = AUTHORISER
) -> None:
    """Go on only for somebody who may authorise, and whose own work it is not; else 403, on record."""
    try:
        need_who(who, case.referral, asker(request), row)
    except NotAllowedError as error:
        refused(request, page.policy.name, page.title)
        raise PermissionDenied(str(error)) from None


def decision_page(
    request: HttpRequest,
    case: Case,
    page: FormPage,
    row: Any,
    authorise: Deciding,
    give_back: Deciding,
    *,
    form: type[DecideForm] = DecideForm,
) -> HttpResponse:
    """Show what waits for authorisation with the form that decides; nothing is chosen beforehand.

    What else a `form` of one's own asks is of the authorisation.
    """
    need_decider(request, case, page, row)

    def decide(form: DecideForm) -> None:
        given = dict(form.cleaned_data)
        decision, read, why = (given.pop(name) for name in ("decision", "version", "rationale"))
        if decision == "authorise":
            authorise(row, read, why, **given, by=asker(request))
        else:
            give_back(row, read, why, by=asker(request))

    return page.answer(request, form(sent(request), initial={"version": row.version}), decide)
