"""What the pages of missing and exploited children are made of."""

from collections.abc import Callable, Mapping
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from sightline.service.accounts.form_pages import FormPage
from sightline.service.accounts.gate import asker, policy
from sightline.service.accounts.models import Person
from sightline.service.accounts.policies import SET_ASIDE, Policy
from sightline.service.audit.record import viewed_children
from sightline.service.missing.access import Opened, open_child
from sightline.service.missing.actions.steps import is_aside, is_own
from sightline.service.missing.models import MissingEpisode, ReturnInterview, Screening
from sightline.service.missing.models.aside import SetAside
from sightline.service.missing.states import machine_of
from sightline.service.protection.views.parts import said_at

FORM = ["GET", "HEAD", "POST"]
A_PAGE = 25
_SHOWN = (HTTPStatus.OK, HTTPStatus.CONFLICT)
ChildView = Callable[..., HttpResponse]
_RELATED: dict[type[Model], tuple[str, ...]] = {
    MissingEpisode: (
        "child", "team", "locality", "recorded_by", "aside_by", "interview__given_to",
        "interview__held_by",
    ),
    ReturnInterview: ("episode__child", "given_to", "held_by", "written_by", "audited_by"),
    Screening: ("child", "by", "locality", "aside_by"),
}  # fmt: skip


def of_child(of: Policy, model: type[Model]) -> Callable[[ChildView], ChildView]:
    """Make a view of something of a child under a policy; it is given the `Opened` child and the row.

    The address has the row's key, `pk`. That something of the child was shown is on record, whether to read
    or to write. 403 and an entry in the audit where the child is not of the asker's remit, or is restricted.
    """

    def mark(view: ChildView) -> ChildView:
        @policy(of)
        @wraps(view)
        def opened(request: HttpRequest, pk: int, **more: Any) -> HttpResponse:
            rows = model._default_manager.select_related(*_RELATED.get(model, ()))
            row = get_object_or_404(rows, pk=pk)
            found = open_child(request, row, of)
            answer = view(request, found, row, **more)
            if answer.status_code in _SHOWN:
                viewed_children(f"{view.__name__.replace('_', ' ')} {pk}", [found.child.number])
            return answer

        return opened

    return mark


def offered(opened: Opened, by: Person, row: Model) -> frozenset[str]:
    """Give the steps that somebody is offered of a row as it stands."""
    machine = machine_of(row)
    code = machine.state_of(row).code
    if is_aside(row):
        return frozenset()
    steps = [each for each in machine.steps if each.before == code]
    may = {who: opened.lets(by, who.policy, row) for who in {each.who for each in steps}}
    return frozenset(
        each.verb for each in steps if may[each.who] and not (each.who.another and is_own(row, by))
    )


def caption_of(opened: Opened) -> str:
    """Give whom it is about, above the name of a page."""
    return f"{opened.child.name}, {opened.child.number}"


def to_child(opened: Opened) -> str:
    """Give the address of the page of a child's episodes and screenings."""
    return reverse("missing-child", args=[opened.child.pk])


def facts_of(*pairs: tuple[str, Any]) -> list[dict[str, Any]]:
    """Give pairs as the rows of a list of facts."""
    return [{"key": key, "value": value} for key, value in pairs]


def aside_of(row: SetAside) -> tuple[str, str]:
    """Give who said that something was recorded in error, and why, as a fact."""
    return ("Recorded in error", f"{said_at(row.aside_at)}, by {row.aside_by}: {row.aside_because}")


def aside_page(title: str, opened: Opened, back: str) -> FormPage:
    """Give the page that says of something that it was recorded in error."""
    return FormPage(
        title,
        "Save",
        back,
        SET_ASIDE,
        "It is set aside: it stays on record, and counts nowhere.",
        caption_of(opened),
        intro="It stays on record with your name and the reason. This cannot be taken back.",
    )


def page_of(
    request: HttpRequest, template: str, opened: Opened, context: Mapping[str, Any]
) -> HttpResponse:
    """Show a page of a child."""
    shared = {"opened": opened, "child": opened.child, "caption": caption_of(opened)}
    return render(request, template, {**shared, **context})


def asked(request: HttpRequest, opened: Opened, row: Model) -> frozenset[str]:
    """Give the steps offered to whoever asks."""
    return offered(opened, asker(request), row)
