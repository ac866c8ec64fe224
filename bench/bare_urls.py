"""The service's addresses, and a page from a template, as small as they come: `/bare/` for whoever has
signed in, `/bare-for-anybody/` for everybody.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from sightline.service.accounts.gate import policy
from sightline.service.accounts.policies import ANYBODY, SIGNED_IN
from sightline.service.config.urls import urlpatterns as of_the_service


@policy(SIGNED_IN)
def bare(request: HttpRequest) -> HttpResponse:
    """Say twenty numbers."""
    return render(request, "bare.html", {"title": "Bare", "numbers": range(20)})


@policy(ANYBODY)
def bare_for_anybody(request: HttpRequest) -> HttpResponse:
    """Say them to anybody."""
    return render(request, "bare.html", {"title": "Bare", "numbers": range(20)})


urlpatterns = [
    path("bare/", bare),
    path("bare-for-anybody/", bare_for_anybody),
    *of_the_service,
]
