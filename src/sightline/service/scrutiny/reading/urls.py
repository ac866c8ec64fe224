"""Addresses of documents of minutes."""

from django.urls import URLPattern, path

from sightline.service.scrutiny.reading.views import confirming, documents, fields, names

urlpatterns: list[URLPattern] = [
    path("", documents.documents, name="documents"),
    path("give/", documents.give, name="give-document"),
    path("<int:pk>/", fields.document, name="document"),
    path("<int:pk>/accept/", fields.accept_certain, name="accept-certain"),
    path("<int:pk>/fields/<int:field_pk>/", fields.correct, name="correct-field"),
    path("<int:pk>/add/<slug:name>/", fields.add, name="add-field"),
    path("<int:pk>/confirm/", confirming.confirm, name="confirm-document"),
    path("<int:pk>/set-aside/", documents.set_aside, name="set-aside-document"),
    path("<int:pk>/alarm/", documents.clear, name="clear-document"),
    path("<int:pk>/file/", documents.file, name="document-file"),
    path("names/<slug:slug>/", names.names, name="document-names"),
]
