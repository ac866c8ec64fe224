"""Addresses of the protection pathway."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
