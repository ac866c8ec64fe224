"""What the pages of missing and exploited children are made of."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from sightline.service.accounts.gate import asker, policy
from sightline.service.accounts.models import Person
from sightline.service.accounts.policies import Policy
from sightline.service.audit.record import viewed_children
from sightline.service.missing.access import Opened, open_child
from sightline.service.missing.actions.steps import is_own
from sightline.service.missing.models import MissingEpisode, ReturnInterview, Screening
from sightline.service.missing.states import machine_of

FORM = ["GET", "HEAD", "POST"]
A_PAGE = 25
ChildView = Callable[..., HttpResponse]
_RELATED: dict[type[Model], tuple[str, ...]] = {
    MissingEpisode: ("child", "team", "locality", "recorded_by", "interview__given_to"),
    ReturnInterview: ("episode__child", "given_to", "written_by", "audited_by"),
    Screening: ("child", "by", "locality"),
}


def of_child(of: Policy, model: type[Model]) -> Callable[[ChildView], ChildView]:
    """Make a view of something of a child under a policy; it is given the `Opened` child and the row.

    The address has the row's key, `pk`. 403 and an entry in the audit where the child is not of the asker's
    remit, or is restricted.
    """

    def mark(view: ChildView) -> ChildView:
        @policy(of)
        @wraps(view)
        def opened(request: HttpRequest, pk: int, **more: Any) -> HttpResponse:
            rows = model._default_manager.select_related(*_RELATED.get(model, ()))
            row = get_object_or_404(rows, pk=pk)
            return view(request, open_child(request, row, of), row, **more)

        return opened

    return mark


def viewed(opened: Opened, what: str) -> None:
    """Put on record that something of a child was shown."""
    viewed_children(what, [opened.child.number])


def offered(opened: Opened, by: Person, row: Model) -> frozenset[str]:
    """Give the steps that somebody is offered of a row as it stands."""
    machine = machine_of(row)
    code = machine.state_of(row).code
    steps = [each for each in machine.steps if each.before == code]
    own = is_own(row, by)
    may = {each.who: opened.lets(by, each.who.policy) for each in steps}
    return frozenset(
        each.verb for each in steps if may[each.who] and not (each.who.another and own)
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


def page_of(
    request: HttpRequest, template: str, opened: Opened, context: Mapping[str, Any], what: str
) -> HttpResponse:
    """Show a page of a child, and put on record that it was shown."""
    viewed(opened, what)
    shared = {"opened": opened, "child": opened.child, "caption": caption_of(opened)}
    return render(request, template, {**shared, **context})


def asked(request: HttpRequest, opened: Opened, row: Model) -> frozenset[str]:
    """Give the steps offered to whoever asks."""
    return offered(opened, asker(request), row)
