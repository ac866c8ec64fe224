"""Addresses of findings."""

from django.urls import path

from sightline.service.measures import quality as views

urlpatterns = [
    path("", views.quality, name="quality"),
    path("findings/", views.findings, name="findings"),
    path("findings.csv", views.download, {"ending": "csv"}, name="findings-csv"),
    path("findings.xlsx", views.download, {"ending": "xlsx"}, name="findings-xlsx"),
    path("findings/<slug:name>/", views.finding, name="finding"),
    path("findings/<slug:name>/withdraw/", views.withdraw, name="withdraw-finding-note"),
]
