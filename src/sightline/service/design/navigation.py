"""The service navigation, the same on every page, and what every page is told."""

from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse


class Entry(NamedTuple):
    """A place in the service: what it is called, its URL's name, and the policy that lets one in.

    With no policy it is for everyone who is signed in.
    """

    label: str
    url_name: str
    policy: str | None = None


ENTRIES: tuple[Entry, ...] = (
    Entry("Where children stand", "overview", "see figures"),
    Entry("Find a person", "find-people", "search people"),
    Entry("Your children", "your-children", "open children"),
    Entry("Your work", "your-work", "work with a case"),
    Entry("To be authorised", "to-authorise", "authorise work"),
    Entry("Conferences", "conferences", "write up"),
    Entry("Missing and exploitation", "missing", "see missing children"),
    Entry("Problem profile", "problem-profile", "see the problem profile"),
    Entry("Packs", "packs", "see figures"),
    Entry("Data quality", "quality", "see quality findings"),
    Entry("Loads", "loads", "load files"),
    Entry("Front door", "front-door", "see the front door"),
    Entry("Asked of your agency", "asked-of-us", "answer for an agency"),
    Entry("Report a child missing", "report-missing", "report a child missing"),
    Entry("Levels of need", "guidance", "keep threshold guidance"),
    Entry("Possible duplicates", "possible-matches", "merge people"),
    Entry("Committees", "committees", "see scrutiny"),
    Entry("Requests", "requests", "see scrutiny"),
    Entry("Work programme", "programme", "see scrutiny"),
    Entry("Documents of minutes", "documents", "keep scrutiny"),
    Entry("Restricted children", "restricted", "restrict a child"),
    Entry("Emergency openings", "reviews", "review break-glass openings"),
    Entry("Audit", "audit", "read the audit"),
    Entry("People", "people", "keep accounts"),
)


@dataclass(frozen=True)
class Link:
    """An entry as it stands on a page. `current` is `page` on its own page, `true` within it, or empty."""

    label: str
    href: str
    current: str


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `navigation` (links this person may follow) and `demonstration`."""
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    links = (
        [_link(each, request) for each in ENTRIES if _may(request, each.policy)]
        if signed_in
        else []
    )
    # Within two, as an address may begin with another, it is the longer one.
    within = max((each.href for each in links if each.current), key=len, default="")
    return {
        "navigation": [
            each if each.href == within else replace(each, current="") for each in links
        ],
        "demonstration": getattr(settings, "SIGHTLINE_DEMONSTRATION", False),
    }


def _may(request: HttpRequest, policy: str | None) -> bool:
    """Whether this person may follow an entry."""
    if policy is None:
        return True
    from sightline.service.accounts.policies import policy_named  # noqa: PLC0415 - needs apps

    return policy_named(policy).allows(request.user)


def _link(entry: Entry, request: HttpRequest) -> Link:
    href = reverse(entry.url_name)
    if request.path == href:
        return Link(entry.label, href, "page")
    within = href != "/" and request.path.startswith(href)
    return Link(entry.label, href, "true" if within else "")
