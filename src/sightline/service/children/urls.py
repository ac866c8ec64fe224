"""Addresses of this app."""

from django.urls import URLPattern, path

from sightline.service.children.views import restrictions as views

urlpatterns: list[URLPattern] = [
    path("", views.restricted, name="restricted"),
    path("add/", views.restrict, name="restrict"),
    path("<int:pk>/", views.change_restriction, name="change-restriction"),
    path("<int:pk>/end/", views.end_restriction, name="end-restriction"),
    path("times/", views.opening_times, name="opening-times"),
    path("open/", views.break_glass, name="break-glass"),
    path("opened/", views.own_openings, name="own-openings"),
    path("reviews/", views.reviews, name="reviews"),
    path("reviews/<int:pk>/", views.review, name="review"),
]
