"""Pages about the service itself, which anybody may read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sightline.service.accounts.gate import policy
from sightline.service.accounts.policies import ANYBODY


@policy(ANYBODY)
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say how accessible the service is, as regulations require of public bodies."""
    return render(request, "design/accessibility.html")


@policy(ANYBODY)
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what the service holds about those who use it, and on what basis it holds children's records."""
    return render(request, "design/privacy.html")
