"""Addresses of the child and family record. A person is named by their key, never by name or number."""

from django.urls import URLPattern, path

from sightline.service.children.views import family, matches, record, searching

urlpatterns: list[URLPattern] = [
    path("", searching.find, name="find-people"),
    path("record/", searching.record_person, name="record-person"),
    path("matches/", matches.possible_matches, name="possible-matches"),
    path("matches/<int:pk>/", matches.decide_match, name="decide-match"),
    path("merges/<int:pk>/part/", matches.part_people, name="part-people"),
    path("<int:pk>/", record.known_person, name="known-person"),
    path("<int:pk>/chronology/", record.chronology, name="chronology"),
    path("<int:pk>/change/<slug:part>/", record.change, name="change-known-person"),
    path("<int:pk>/names/add/", family.add_alias, name="add-alias"),
    path("<int:pk>/names/<int:alias>/remove/", family.remove_alias, name="remove-alias"),
    path("<int:pk>/addresses/add/", family.add_residence, name="add-residence"),
    path("<int:pk>/addresses/<int:residence>/", family.change_residence, name="change-residence"),
    path("<int:pk>/relationships/", searching.find_relative, name="find-relative"),
    path("<int:pk>/relationships/record/", searching.record_relative, name="record-relative"),
    path(
        "<int:pk>/relationships/add/<int:other>/", family.add_relationship, name="add-relationship"
    ),
    path(
        "<int:pk>/relationships/<int:relationship>/",
        family.change_relationship,
        name="change-relationship",
    ),
    path("<int:pk>/agencies/add/", family.add_involvement, name="add-involvement"),
    path(
        "<int:pk>/agencies/<int:involvement>/", family.change_involvement, name="change-involvement"
    ),
    path("<int:pk>/duplicates/", searching.find_duplicate, name="find-duplicate"),
    path("<int:pk>/duplicates/<int:other>/", matches.compare_people, name="compare-people"),
]
