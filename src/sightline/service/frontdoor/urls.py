"""Addresses of the front door."""

from django.urls import URLPattern, path

from sightline.service.frontdoor.views import (
    contact,
    deciding,
    information,
    phone,
    queue,
    referring,
    thresholds,
    triage,
)

urlpatterns: list[URLPattern] = [
    path("", queue.front_door, name="front-door"),
    path("late/", queue.late_information, name="late-information"),
    path("missing/", queue.routed_concerns, name="routed-concerns"),
    path("disagreements/", queue.disagreements, name="disagreements"),
    path("consistency/", queue.consistency, name="consistency"),
    path("call/", phone.take_call, name="take-call"),
    path("call/matches/", phone.matching_people, name="matching-people"),
    # One contact
    path("contacts/<int:pk>/", contact.contact, name="contact"),
    path("contacts/<int:pk>/take/", contact.take_contact, name="take-contact"),
    path("contacts/<int:pk>/put-back/", contact.put_back, name="put-back"),
    path("contacts/<int:pk>/priority/", contact.prioritise, name="prioritise"),
    path("contacts/<int:pk>/change/", contact.change_contact, name="change-contact"),
    path("contacts/<int:pk>/route/", contact.route_contact, name="route-contact"),
    path("contacts/<int:pk>/children/", contact.add_contact_child, name="add-contact-child"),
    path("children/<int:pk>/match/", contact.match_child, name="match-child"),
    path("children/<int:pk>/unmatch/", contact.unmatch_child, name="unmatch-child"),
    path("children/<int:pk>/aside/", contact.set_aside_child, name="set-aside-child"),
    path("children/<int:pk>/back/", contact.take_back_child, name="take-back-child"),
    # Information
    path(
        "contacts/<int:pk>/information/",
        information.contact_information,
        name="contact-information",
    ),
    path("contacts/<int:pk>/ask/", information.ask_agency, name="ask-agency"),
    path("contacts/<int:pk>/go-on/", information.go_on, name="go-on"),
    path("contacts/<int:pk>/analysis/", information.add_analysis, name="add-analysis"),
    path("contacts/<int:pk>/sharing/", information.share_information, name="share-information"),
    path("questions/<int:pk>/reply/", information.enter_reply, name="enter-reply"),
    path("questions/<int:pk>/chase/", information.chase_agency, name="chase-agency"),
    path("asked/", information.asked_of_us, name="asked-of-us"),
    path("asked/<int:pk>/", information.answer_information, name="answer-information"),
    # Triage
    path("triage/", triage.triage_days, name="triages"),
    path("triage/begin/", triage.begin_triage, name="begin-triage"),
    path("triage/<int:pk>/", triage.triage, name="triage"),
    path("triage/<int:pk>/attendance/", triage.triage_attendance, name="triage-attendance"),
    path("triage/<int:pk>/reopen/", triage.reopen_triage, name="reopen-triage"),
    path("triage/<int:pk>/contacts/<int:contact>/", triage.discuss_contact, name="discuss-contact"),
    path("contacts/<int:pk>/list/", triage.list_for_triage, name="list-for-triage"),
    path("contacts/<int:pk>/unlist/", triage.take_off_list, name="take-off-list"),
    # Decision
    path("contacts/<int:pk>/decision/", deciding.contact_decision, name="contact-decision"),
    path("contacts/<int:pk>/recommend/", deciding.recommend, name="recommend-outcome"),
    path("contacts/<int:pk>/decide/", deciding.decide_contact, name="decide-contact"),
    path("contacts/<int:pk>/reopen/", deciding.reopen_contact, name="reopen-contact"),
    path("contacts/<int:pk>/tell/", deciding.tell_referrer, name="tell-referrer"),
    path("contacts/<int:pk>/letter/", deciding.outcome_letter, name="outcome-letter"),
    path("contacts/<int:pk>/disagree/", deciding.add_disagreement, name="add-disagreement"),
    path(
        "disagreements/<int:pk>/answer/", deciding.answer_disagreement, name="answer-disagreement"
    ),
    path("disagreements/<int:pk>/up/", deciding.take_up, name="take-up-disagreement"),
    path(
        "disagreements/<int:pk>/settle/", deciding.settle_disagreement, name="settle-disagreement"
    ),
    # The board
    path("levels/", thresholds.levels_of_need, name="levels-of-need"),
    path("levels/kept/", thresholds.guidance, name="guidance"),
    path("levels/kept/add/", thresholds.add_guidance, name="add-guidance"),
    path("levels/kept/<int:pk>/", thresholds.change_guidance, name="change-guidance"),
    path("forms/", thresholds.referral_forms, name="referral-forms"),
    path("forms/<int:pk>/", thresholds.referral_form, name="referral-form"),
    path("forms/<str:whom>/add/", thresholds.add_referral_form, name="add-referral-form"),
    # Anybody
    path("tell-us/", referring.tell_us, name="tell-us"),
    path("refer/", referring.refer, name="refer"),
    path("referral/sent/", referring.referral_sent, name="referral-sent"),
    path("referral/<str:secret>/", referring.referral, name="referral"),
    path("referral/<str:secret>/check/", referring.referral_check, name="referral-check"),
    path("referral/<str:secret>/<int:number>/", referring.referral_page, name="referral-page"),
]
