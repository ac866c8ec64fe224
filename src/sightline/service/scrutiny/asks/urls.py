"""Addresses of this part."""

from django.urls import URLPattern, path

from sightline.service.scrutiny.asks.views import judging, lists, one, quoting, replies, trackers

urlpatterns: list[URLPattern] = [
    path("", lists.requests, name="requests"),
    path("requests.csv", lists.requests_file, {"kind": "csv"}, name="requests-csv"),
    path("requests.json", lists.requests_file, {"kind": "json"}, name="requests-json"),
    path("add/", one.add, name="add-request"),
    path("import/", trackers.import_requests, name="import-requests"),
    path("outstanding/<slug:slug>/", lists.matters_outstanding, name="matters-outstanding"),
    path("challenges/<slug:slug>/", judging.challenges, name="challenges"),
    path("challenges/<slug:slug>/add/", judging.add_challenge, name="add-challenge"),
    path("challenge/<int:pk>/", judging.change_challenge, name="change-challenge"),
    path("replies/<int:pk>/", replies.reply, name="reply"),
    path("replies/<int:pk>/publish/", replies.publish, name="publish-reply"),
    path("replies/<int:pk>/withdraw/", replies.withdraw, name="withdraw-reply"),
    path("replies/<int:pk>/figure/", quoting.quote_figure, name="quote-figure"),
    path("figures/<int:pk>/", quoting.newer_figure, name="newer-figure"),
    path("figures/<int:pk>/remove/", quoting.remove_figure, name="remove-figure"),
    path("<int:pk>/", one.show, name="request"),
    path("<int:pk>/change/", one.change, name="change-request"),
    path("<int:pk>/step/<slug:to>/", one.take_step, name="request-step"),
    path("<int:pk>/reply/", replies.write, name="write-reply"),
    path("<int:pk>/same/", one.same, name="same-question"),
    path("<int:pk>/chase/", one.chase, name="chase-request"),
    path("<int:pk>/event/", one.event, name="request-event"),
    path("<int:pk>/judge/", judging.judge, name="judge-request"),
    path("<int:pk>/impact/", judging.impact, name="request-impact"),
]
