"""Addresses of calendars and daily letters."""

from django.urls import URLPattern, path

from sightline.service.reminders import views

urlpatterns: list[URLPattern] = [
    path("", views.reminders, name="reminders"),
    path("calendar/make/", views.make_calendar, name="make-calendar"),
    path("calendar/revoke/", views.revoke_calendar, name="revoke-calendar"),
    path("calendar.ics", views.own_calendar, name="own-calendar"),
    path("calendar/<str:secret>.ics", views.calendar_feed, name="calendar-feed"),
    path("letter/", views.switch_letter, name="switch-letter"),
]
