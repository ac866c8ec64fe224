"""Views of one person's record: found, allowed, not hidden, or refused on record."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.service.accounts.gate import asker, policy, refuse
from sightline.service.accounts.policies import BREAK_GLASS, Policy
from sightline.service.audit.record import refused
from sightline.service.children.access import covers, whose
from sightline.service.children.merged import all_of, found_with_merged, root_of
from sightline.service.children.models import KnownPerson
from sightline.service.children.once import once
from sightline.service.children.restrictions import hidden_people
from sightline.service.children.whereabouts import Rows


@dataclass(frozen=True)
class Opened:
    """A record somebody has opened: who, the keys of those hidden, every record of them, and their rows."""

    person: KnownPerson
    hidden: frozenset[int]
    records: list[KnownPerson]
    rows: Rows


PersonView = Callable[..., HttpResponse]
_READS = ("GET", "HEAD")


def of_person(to: Policy) -> Callable[[PersonView], PersonView]:
    """Make a view of a person's record under a policy; it is given the `KnownPerson` after the request.

    The address has their key, `pk`. A record that went into another leads to that one, and what is sent to
    it is taken for that one. 403 and an entry in the audit where it is not of the remit, or is restricted.
    """

    def mark(view: PersonView) -> PersonView:
        @policy(to)
        @wraps(view)
        def opened(request: HttpRequest, pk: int, **more: Any) -> HttpResponse:
            person, merged = found_with_merged(pk)
            if person is None:
                raise Http404("There is no such record.")
            root = root_of(person)
            reads = request.method in _READS
            records = [person, *merged] if root is person else all_of(root)
            found = _look(request, root, once(("records", root.pk), lambda: records))
            answer = _closed(request, found, to)
            if answer:
                return answer
            if reads and root.pk != pk:
                return redirect("known-person", root.pk)
            request.opened = found  # type: ignore[attr-defined]
            return view(request, root, **more)

        return opened

    return mark


def opened_of(request: HttpRequest) -> Opened:
    """Give what a view made by `of_person` has found already."""
    found: Opened = request.opened  # type: ignore[attr-defined]
    return found


def _look(request: HttpRequest, person: KnownPerson, records: list[KnownPerson]) -> Opened:
    hidden = hidden_people(asker(request))
    return Opened(person, hidden, list(records), whose(person, hidden, records))


def _closed(request: HttpRequest, found: Opened, to: Policy) -> HttpResponse | None:
    """Refuse a record that is not of the remit; give the page that says it is restricted, if it is."""
    by = asker(request)
    if not covers(by, to, found.rows):
        refuse(request, to, found.person.number)
    if found.person.pk in found.hidden:
        refused(request, to.name, found.person.number)
        context = {"may_break_glass": BREAK_GLASS.allows(by)}
        return render(request, "children/closed.html", context, status=403)
    return None
