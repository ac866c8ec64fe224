"""Councillors and co-opted members: where they sit, and how often they came."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from sightline.service.accounts.pages import columns
from sightline.service.scrutiny.public import attendance, linked_data, queries, shown, visible
from sightline.service.scrutiny.public.caching import for_everybody
from sightline.service.scrutiny.public.views.pages import page, paged

_COUNTS = (
    "Expected",
    "Present",
    "Remote",
    "As substitute",
    "Apology",
    "Absent",
    "Not recorded",
    "Came",
)


@for_everybody
def members(request: HttpRequest) -> HttpResponse:
    """List the members."""
    found = paged(
        request,
        visible.members().order_by("name", "pk"),
        lambda rows: [shown.member(row) for row in rows],
        of=50,
    )
    heads = columns("Name", "In which right", "Party", "Division or ward")
    return page(request, "members", {"page": found, "columns": heads}, within="public-members")


@for_everybody
def member(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a member: places held, attendance with its definition, interests declared."""
    one = shown.member(get_object_or_404(visible.members(), slug=slug))
    places = queries.places_of(one)
    heads = columns("Committee", *_COUNTS)
    for head in heads[1:]:
        head["numeric"] = "true"
    return page(
        request,
        "member",
        {
            "member": one,
            "places": places,
            "attendance": attendance.attendance_of(one),
            "columns": heads,
            "definition": attendance.DEFINITION,
            "declared": queries.declared_by(one),
            "data": linked_data.member(request, one, places),
        },
        within="public-members",
    )
