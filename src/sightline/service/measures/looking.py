"""How somebody looks at the figures: at which snapshot, in which form, and within which area."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from sightline.present import words
from sightline.present.report import NoSuchGroupError, Within
from sightline.service.accounts.gate import policy
from sightline.service.accounts.models import Person
from sightline.service.accounts.policies import LOAD, SEE_FIGURES, SEE_UNPROTECTED, Policy
from sightline.service.measures.models import Publication
from sightline.service.measures.reading import Reading, current_reading
from sightline.store.snapshots import StoreError

WHOLE = "all"
"""What the address says for the whole authority, where a person's own area would be shown."""
DIMENSIONS = ("district", "team")


@dataclass(frozen=True)
class Look:
    """One person's look at the published snapshot."""

    reading: Reading
    protected: bool
    within: Within | None
    person: Person

    @property
    def parameters(self) -> dict[str, str]:
        """What the addresses of further pages say, to stay within the same area and form."""
        found = {"within": f"{self.within.by}:{self.within.group}" if self.within else WHOLE}
        if self.protected and SEE_UNPROTECTED.allows(self.person):
            found["form"] = "protected"
        return found

    @property
    def query(self) -> str:
        """The same as the end of an address."""
        return "?" + urlencode(self.parameters)

    @property
    def period(self) -> str:
        """The period of the headline figures, as `the year to 31 March 2016`."""
        return words.the_period(*self.reading.figures(protected=self.protected).headline.current)

    @property
    def published_at(self) -> datetime | None:
        """When the snapshot was last published."""
        return (
            Publication.objects.filter(snapshot=self.reading.snapshot.id)
            .values_list("published_at", flat=True)
            .first()
        )

    @property
    def places(self) -> list[dict[str, Any]]:
        """The areas that figures can be seen within, for a choice: value, name, chosen."""
        chosen = self.parameters["within"]
        found = [{"value": WHOLE, "name": f"{self.reading.authority}: the whole", "kind": ""}]
        for by in DIMENSIONS:
            found += [
                {"value": f"{by}:{name}", "name": name, "kind": by}
                for name in self.reading.groups(by, protected=self.protected)
            ]
        return [{**each, "chosen": each["value"] == chosen} for each in found]


def looks(view: Callable[..., HttpResponse], *, under: Policy = SEE_FIGURES) -> Any:
    """Make a view of the published snapshot: it is given a `Look` after the request.

    Where nothing is published, a page says so; an area there is not is a 404.
    """

    @policy(under)
    @wraps(view)
    def looking(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            reading = current_reading()
        except StoreError:
            return render(request, "measures/not_readable.html", status=503)
        if reading is None:
            may_load = LOAD.allows(request.user)
            return render(request, "measures/nothing_published.html", {"may_load": may_load})
        try:
            look = _look(request, reading)
        except NoSuchGroupError as error:
            raise Http404(str(error)) from error
        return view(request, look, *args, **kwargs)

    return looking


def _look(request: HttpRequest, reading: Reading) -> Look:
    person = request.user
    assert isinstance(person, Person)  # noqa: S101 - the gate has let nobody else in
    asked_protected = request.GET.get("form") == "protected"
    protected = asked_protected or not SEE_UNPROTECTED.allows(person)
    asked = request.GET.get("within")
    within = read_within(asked) if asked else home(person, reading, protected=protected)
    reading.check_within(within, protected=protected)
    return Look(reading, protected, within, person)


def read_within(text: str) -> Within | None:
    """Read an area from an address: `all`, `district:Redditch`, `team:Team 1`."""
    if text == WHOLE:
        return None
    by, colon, group = text.partition(":")
    if not colon or by not in DIMENSIONS:
        raise NoSuchGroupError(f"There is no area {text!r}.")
    return Within(by, group)


def home(person: Person, reading: Reading, *, protected: bool) -> Within | None:
    """Give the area that a person's first appointment with one is for, if figures are given by it."""
    for each in person.appointments_in_force:
        for by, place in (("team", each.team), ("district", each.locality)):
            if place and place.name in reading.groups(by, protected=protected):
                return Within(by, place.name)
    return None
