"""Addresses of the API, and of the pages about it."""

from django.urls import include, path

from sightline.service.api import pages
from sightline.service.api.endpoints import api, urls

urlpatterns = [
    path("", pages.about, name="api"),
    path("tokens/", pages.tokens, name="api-tokens"),
    path("tokens/everybody/", pages.everybody, name="api-tokens-of-everybody"),
    path("tokens/<int:pk>/revoke/", pages.revoke, name="revoke-api-token"),
    path("v1/", include((urls(), api.urls_namespace))),
]
