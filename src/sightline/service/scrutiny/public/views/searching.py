"""The search: words over minutes, agendas, requests and answers."""

from django.http import HttpRequest, HttpResponse

from sightline.service.scrutiny.public import queries, search
from sightline.service.scrutiny.public.caching import for_everybody
from sightline.service.scrutiny.public.forms import SearchForm
from sightline.service.scrutiny.public.views.pages import page, paged


@for_everybody
def searching(request: HttpRequest) -> HttpResponse:
    """Find what anybody types; the form alone where nothing is."""
    form = SearchForm(request.GET, years=queries.years(queries.meeting_rows()))
    asked = request.GET.get("q", "").replace("\0", "").strip()[: search.LONGEST]
    found = search.find(
        asked,
        committee=form.chosen("committee"),
        kind=form.chosen("kind"),
        year=form.year_chosen,
    )
    context = {
        "form": form,
        "asked": asked,
        "found": found,
        "most": search.MOST,
        "page": paged(
            request, found.keys, lambda keys: search.hits(found, list(keys)), of=search.A_PAGE
        ),
    }
    return page(request, "search", context)
