"""Addresses that a council's ModernGov site had, sent on to the same thing here."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
