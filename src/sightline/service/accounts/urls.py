"""Addresses of this app."""

from django.urls import URLPattern, path

from sightline.service.accounts.views import own, people, places

urlpatterns: list[URLPattern] = [
    path("", own.account, name="account"),
    path("sign-out-everywhere/", own.sign_out_everywhere, name="sign-out-everywhere"),
    path("drafts/save/", own.save_draft, name="save-draft"),
    path("drafts/<int:pk>/discard/", own.discard_draft, name="discard-draft"),
    path("people/", people.people, name="people"),
    path("people/add/", people.add_person, name="add-person"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/change/", people.change_person, name="change-person"),
    path("people/<int:pk>/close/", people.close_account, name="close-account"),
    path("people/<int:pk>/appoint/", people.appoint, name="appoint"),
    path("appointments/<int:pk>/end/", people.end_appointment, name="end-appointment"),
    path("<slug:kind>/", places.places, name="places"),
    path("<slug:kind>/add/", places.add_place, name="add-place"),
    path("<slug:kind>/<int:pk>/", places.change_place, name="change-place"),
    path("<slug:kind>/<int:pk>/remove/", places.remove_place, name="remove-place"),
]
