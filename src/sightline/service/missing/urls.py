"""Addresses of missing and exploited children. A child, an episode, a screening are named by their keys."""

from django.urls import URLPattern, path

from sightline.service.missing.views import (
    concerns,
    episodes,
    interviews,
    lists,
    profile,
    screening,
)

urlpatterns: list[URLPattern] = [
    path("", lists.missing, name="missing"),
    path("report/", episodes.report_missing, name="report-missing"),
    path("find/", episodes.find_missing, name="find-missing"),
    path("children/<int:pk>/", episodes.missing_child, name="missing-child"),
    path("children/<int:pk>/record/", episodes.record_missing, name="record-missing"),
    path("children/<int:pk>/screen/", screening.screen_child, name="screen-child"),
    # An episode and the interview on the return
    path("episodes/<int:pk>/", episodes.episode, name="episode"),
    path("episodes/<int:pk>/correct/", episodes.correct_episode, name="correct-episode"),
    path("episodes/<int:pk>/return/", episodes.note_return, name="note-return"),
    path("episodes/<int:pk>/end/", episodes.end_episode, name="end-episode"),
    path("episodes/<int:pk>/error/", episodes.set_aside_episode, name="set-aside-episode"),
    path("interviews/<int:pk>/offer/", interviews.offer_interview, name="offer-interview"),
    path("interviews/<int:pk>/give/", interviews.give_interview, name="give-interview"),
    path("interviews/<int:pk>/offered/", interviews.correct_offer, name="correct-offer"),
    path("interviews/<int:pk>/take-back/", interviews.take_back_answer, name="take-back-answer"),
    path("interviews/<int:pk>/accept/", interviews.accept_interview, name="accept-interview"),
    path("interviews/<int:pk>/decline/", interviews.decline_interview, name="decline-interview"),
    path("interviews/<int:pk>/record/", interviews.hold_interview, name="hold-interview"),
    path("interviews/<int:pk>/correct/", interviews.correct_interview, name="correct-interview"),
    path("interviews/<int:pk>/audit/", interviews.audit_interview, name="audit-interview"),
    # Screening
    path("screenings/<int:pk>/", screening.screening, name="screening"),
    path("screenings/<int:pk>/review/", screening.review_risk, name="review-risk"),
    path("screenings/<int:pk>/error/", screening.set_aside_screening, name="set-aside-screening"),
    # Concerns that the front door routed
    path("concerns/<int:pk>/", concerns.concern, name="concern"),
    path("concerns/<int:pk>/answer/", concerns.answer_concern, name="answer-concern"),
    path("answers/<int:pk>/error/", concerns.withdraw_answer, name="withdraw-answer"),
    # Problem profile
    path("profile/", profile.problem_profile, name="problem-profile"),
    path("profile/agree/", profile.agree_profile, name="agree-profile"),
    path("profile/agreed/<int:pk>/", profile.agreed_profile, name="agreed-profile"),
    path("profile/add/", profile.contribute, name="contribute"),
    path("profile/<int:pk>/change/", profile.correct_contribution, name="correct-contribution"),
    path("profile/<int:pk>/withdraw/", profile.withdraw_contribution, name="withdraw-contribution"),
]
