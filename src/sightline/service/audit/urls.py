"""Addresses of the audit."""

from django.urls import path

from sightline.service.audit import views

urlpatterns = [
    path("", views.audit, name="audit"),
    path("narrow/", views.narrow, name="audit_narrow"),
    path("export/<slug:kind>/", views.export, name="audit_export"),
    path("<int:number>/", views.entry, name="audit_entry"),
]
