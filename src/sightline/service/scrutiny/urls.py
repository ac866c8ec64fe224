"""Addresses of the working pages of scrutiny, for people who have signed in."""

from django.urls import include, path

urlpatterns = [
    path("", include("sightline.service.scrutiny.meetings.urls")),
    path("documents/", include("sightline.service.scrutiny.reading.urls")),
    path("requests/", include("sightline.service.scrutiny.asks.urls")),
    path("programme/", include("sightline.service.scrutiny.programme.urls")),
]
