"""The service's addresses, and `/bare/`: a page from a template, as small as they come."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from sightline.service.accounts.gate import policy
from sightline.service.accounts.policies import SIGNED_IN
from sightline.service.config.urls import urlpatterns as of_the_service


@policy(SIGNED_IN)
def bare(request: HttpRequest) -> HttpResponse:
    """Say twenty numbers."""
    return render(request, "bare.html", {"title": "Bare", "numbers": range(20)})


urlpatterns = [path("bare/", bare), *of_the_service]
