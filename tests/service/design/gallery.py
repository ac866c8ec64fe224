"""A page that shows every component, and the addresses that the frame links to."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from sightline.present import charts
from sightline.service.design.errors import csrf_failure
from sightline.service.design.forms import DateField


class InventedPerson:
    """Signs in, for requests that say so, a person of whom no database knows."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "signed-in" in request.headers:
            request.user = Person()  # type: ignore[assignment]
        return self._get_response(request)


class Person:
    is_authenticated = is_active = True
    is_anonymous = False

    def __str__(self) -> str:
        return "Alex Invented"


PAGE = Path(__file__).parent / "gallery.html"
DISTRICTS = [("n", "Northam"), ("s", "Southey"), ("w", "Westleigh")]


class EveryField(forms.Form):
    name = forms.CharField(label="Full name", help_text="As in the child's record")
    email = forms.EmailField(label="E-mail address", required=False)
    number = forms.IntegerField(
        label="Number of children", widget=forms.NumberInput({"class": "govuk-input--width-4"})
    )
    password = forms.CharField(
        widget=forms.PasswordInput({"autocomplete": "current-password"}), max_length=100
    )
    reason = forms.CharField(
        widget=forms.Textarea({"rows": 4}), max_length=200, help_text="In a sentence or two"
    )
    decision = forms.ChoiceField(
        label="What was decided?",
        widget=forms.RadioSelect,
        choices=[("a", "Assess"), ("s", "Strategy discussion"), ("n", "No further action")],
    )
    districts = forms.MultipleChoiceField(
        label="Which districts?",
        widget=forms.CheckboxSelectMultiple,
        choices=DISTRICTS,
        required=False,
        help_text="Choose all that apply",
    )
    team = forms.ChoiceField(label="Team", choices=[("", "Choose a team"), *DISTRICTS])
    seen = DateField(label="When was the child seen?", what="Date of the visit")
    due = forms.DateField(label="Date due", help_text="For example, 27/3/2026", required=False)
    file = forms.FileField(label="Upload the return", help_text="An XML file of at most 200 MB")
    agreed = forms.BooleanField(label="I have checked this against the record")
    token = forms.CharField(widget=forms.HiddenInput, required=False)


class Filter(forms.Form):
    mark_optional = False
    district = forms.ChoiceField(choices=[("", "All districts"), *DISTRICTS], required=False)
    age = forms.ChoiceField(choices=[("", "All ages"), ("0", "Under 1")], required=False)
    word = forms.CharField(label="Contains", required=False)


def control_chart() -> str:
    values = [61, 58, 64, 60, 63, 59, 62, 44, 40, 41, 58, 75]
    kinds = {7: "concern", 8: "concern", 9: "concern", 11: "improvement"}
    return charts.control_chart(
        [
            charts.Point(f"Q{i % 4 + 1} {2013 + i // 4}", value, kinds.get(i, "common"))
            for i, value in enumerate(values)
        ],
        [charts.Limits(0, 11, 57, 38, 76)],
        title="Conferences in time by quarter",
        description="Twelve quarters, the last at 75%.",
        unit="percent",
        target=80,
    )


def context(form: forms.Form) -> dict[str, Any]:
    numeric = {"numeric": True}
    spark = charts.sparkline([61, 58, 64, 44, 40, 58, 75], title="Conferences in time, 7 quarters")
    return {
        "form": form,
        "filter": Filter(),
        "page": Paginator(range(200), 10).get_page(7),
        "chart": mark_safe(control_chart()),
        "spark": mark_safe(spark),
        "kinds": ["concern", "improvement"],
        "columns": [
            {"text": "District", "href": "?sort=district"},
            {"text": "In time", "sorted": "descending", "href": "?sort=met", **numeric},
            {"text": "Conferences", **numeric},
            {"text": "Share", **numeric},
        ],
        "rows": [
            [
                format_html('<a class="govuk-link" href="/north">{}</a>', "Northam"),
                120,
                201,
                "59.7%",
            ],
            ["Southey", 98, 240, "40.8%"],
            ["Not known", 2, 12, "16.7%"],
        ],
        "wide": [{"text": f"Column number {i}"} for i in range(14)],
        "wide_rows": [[f"Cell number {i} of the row" for i in range(14)]],
        "facts": [
            {"key": "Indicator", "value": "CP-05"},
            {"key": "Target", "value": "80% from April 2015", "href": "/target"},
            {
                "key": "Definition",
                "value": mark_safe("From <em>Working Together</em>"),
                "href": "/d",
            },
        ],
        "crumbs": [
            {"text": "Overview", "href": "/"},
            {"text": "Child protection", "href": "/area"},
            {"text": "Conferences in time"},
        ],
        "tabs": [
            {"text": "Figure", "href": "?part=figure", "current": True},
            {"text": "Children", "href": "?part=children"},
            {"text": "Definition", "href": "?part=definition"},
        ],
    }


def gallery(request: HttpRequest) -> HttpResponse:
    """Show everything; with ?wrong the form is one that was sent empty."""
    if "wrong" in request.GET:
        form = EveryField(
            {"reason": "x" * 201, "seen_day": "31", "seen_month": "2", "seen_year": "2016"}
        )
        form.add_error(None, "The record was changed by someone else meanwhile")
    else:
        form = EveryField()
    messages.success(request, "The load of 31 March 2016 was published")
    messages.error(request, "The nightly load did not run")
    messages.info(request, "A new definition of CP-05 begins on 1 April")
    page = engines["django"].from_string(PAGE.read_text("utf-8"))
    return HttpResponse(page.render(context(form), request))


def done(request: HttpRequest) -> HttpResponse:
    """Show the panel, which is the heading of its page."""
    page = engines["django"].from_string(
        '{% extends "design/base.html" %}{% load design %}{% block title %}Done{% endblock %}'
        '{% block content %}{% component "panel" title="Decision recorded" %}Reference <strong>R-12'
        "</strong>{% endcomponent %}{% endblock %}"
    )
    return HttpResponse(page.render({}, request))


def refused(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a fault made for a test")


def nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [
    path("", gallery, name="overview"),
    path("quality", nothing, name="quality"),
    path("loads", nothing, name="loads"),
    path("done", done),
    path("search", nothing, name="search"),
    path("accessibility", nothing, name="accessibility"),
    path("privacy", nothing, name="privacy"),
    path("refused", refused),
    path("broken", broken),
    path("stale", csrf_failure),
    path("accounts/", include("allauth.urls")),
]
