"""Addresses of figures, of the children behind them, and of loads."""

from django.urls import include, path

from sightline.service.measures.children_behind import child, children, not_seen
from sightline.service.measures.exports import indicator_file, pack_file, packs
from sightline.service.measures.indicator import indicator
from sightline.service.measures.notes import add_note, withdraw
from sightline.service.measures.overview import overview
from sightline.service.measures.saved_views import remove_view, saved_views
from sightline.service.measures.search import search
from sightline.service.measures.your_children import your_children

_INDICATOR = "indicators/<str:code>/<str:part>/"

urlpatterns = [
    path("", overview, name="overview"),
    path("search/", search, name="search"),
    path("your-children/", your_children, name="your-children"),
    path("not-seen/<str:code>/", not_seen, name="not-seen"),
    path(_INDICATOR, indicator, name="indicator"),
    path(_INDICATOR + "children/", children, name="indicator-children"),
    path(_INDICATOR + "notes/add/", add_note, name="add-note"),
    path(_INDICATOR + "figures.<str:kind>", indicator_file, name="indicator-file"),
    path("packs/", packs, name="packs"),
    path("packs/pack.<str:kind>", pack_file, name="pack"),
    path("notes/<int:number>/withdraw/", withdraw, name="withdraw-note"),
    path("child/<str:reference>/", child, name="child"),
    path("saved-views/", saved_views, name="saved-views"),
    path("saved-views/<int:number>/remove/", remove_view, name="remove-view"),
    path("loads/", include("sightline.service.measures.urls_loads")),
    path("quality/", include("sightline.service.measures.urls_quality")),
]
