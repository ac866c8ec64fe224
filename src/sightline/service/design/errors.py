"""The page for a form sent without its token. The other error pages are templates that Django finds."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the page was too old, and what to do. `reason` is for the log, which Django writes."""
    return render(request, "403_csrf.html", status=403)
