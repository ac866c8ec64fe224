"""Addresses of the feed."""

from django.urls import path

from sightline.service.feed import views

urlpatterns = [path("", views.feed, name="feed")]
