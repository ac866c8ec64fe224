"""Addresses of loads."""

from django.urls import path

from sightline.service.measures import loads as views

urlpatterns = [
    path("", views.loads, name="loads"),
    path("give/", views.give, name="give-files"),
    path("<int:number>/", views.load, name="load"),
    path("<int:number>/progress/", views.progress, name="load-progress"),
    path("<int:number>/publish/", views.publish, name="publish-load"),
    path("<int:number>/discard/", views.discard, name="discard-load"),
    path("<int:number>/again/", views.again, name="begin-load-again"),
    path("<int:number>/give-up/", views.give_up, name="give-up-load"),
    path("return/<int:number>/", views.return_to, name="return-to-publication"),
]
