"""Addresses of the protection pathway. A case and its parts are named by their keys."""

from django.urls import URLPattern, path

from sightline.service.protection.views import (
    assessing,
    case,
    conferring,
    court,
    enquiring,
    lists,
    passed_on,
    planning,
    printing,
)

urlpatterns: list[URLPattern] = [
    path("", lists.your_work, name="your-work"),
    path("cases/", lists.cases, name="cases"),
    path("to-authorise/", lists.to_authorise, name="to-authorise"),
    path("unallocated/", lists.unallocated, name="unallocated"),
    path("caseloads/", lists.caseloads, name="caseloads"),
    path("conferences/", lists.conferences, name="conferences"),
    path("court/", court.court, name="court"),
    # One case
    path("people/<int:pk>/transfer-in/", case.transfer_in, name="transfer-in"),
    path("cases/<int:pk>/", case.case, name="case"),
    path("passed-on/<int:pk>/", passed_on.passed_on, name="passed-on"),
    path("cases/<int:pk>/allocate/", case.allocate, name="allocate"),
    path("cases/<int:pk>/about/", case.describe_case, name="describe-case"),
    path("cases/<int:pk>/close/", case.ask_to_close, name="ask-to-close"),
    path("cases/<int:pk>/close/decide/", case.decide_closure, name="decide-closure"),
    # Assessment
    path("cases/<int:pk>/assess/", assessing.begin_assessment, name="begin-assessment"),
    path("assessments/<int:pk>/", assessing.assessment, name="assessment"),
    path("assessments/<int:pk>/write/", assessing.write_assessment, name="write-assessment"),
    path("assessments/<int:pk>/submit/", assessing.submit_assessment, name="submit-assessment"),
    path("assessments/<int:pk>/decide/", assessing.decide_assessment, name="decide-assessment"),
    # Strategy discussion and enquiry
    path("cases/<int:pk>/discuss/", enquiring.call_discussion, name="call-discussion"),
    path("discussions/<int:pk>/", enquiring.discussion, name="discussion"),
    path("discussions/<int:pk>/record/", enquiring.record_discussion, name="record-discussion"),
    path("discussions/<int:pk>/decide/", enquiring.decide_discussion, name="decide-discussion"),
    path("enquiries/<int:pk>/", enquiring.enquiry, name="enquiry"),
    path("enquiries/<int:pk>/conference/", enquiring.decide_conference, name="decide-conference"),
    path("enquiries/<int:pk>/write/", enquiring.write_enquiry, name="write-enquiry"),
    path("enquiries/<int:pk>/submit/", enquiring.submit_enquiry, name="submit-enquiry"),
    path("enquiries/<int:pk>/decide/", enquiring.decide_enquiry, name="decide-enquiry"),
    # Conference
    path("conferences/<int:pk>/", conferring.conference, name="conference"),
    path("conferences/<int:pk>/held/", conferring.conference_held, name="conference-held"),
    path("conferences/<int:pk>/book/", conferring.book_conference, name="book-conference"),
    path("conferences/<int:pk>/invite/", conferring.invite_agency, name="invite-agency"),
    path("conferences/agencies/<int:pk>/", conferring.note_agency, name="note-agency"),
    path("conferences/<int:pk>/put-off/", conferring.put_off_conference, name="put-off-conference"),
    path(
        "conferences/<int:pk>/call-off/", conferring.call_off_conference, name="call-off-conference"
    ),
    path("conferences/<int:pk>/record/", conferring.hold_conference, name="hold-conference"),
    path("conferences/<int:pk>/minutes/", conferring.write_minutes, name="write-minutes"),
    path("conferences/<int:pk>/minutes/sent/", conferring.send_minutes, name="send-minutes"),
    # Plans
    path("plans/<int:pk>/", planning.protection_plan, name="protection-plan"),
    path("plans/<int:pk>/write/", planning.write_plan, name="write-plan"),
    path("plans/<int:pk>/actions/add/", planning.add_plan_action, name="add-plan-action"),
    path("plans/actions/<int:pk>/", planning.note_plan_action, name="note-plan-action"),
    path("plans/<int:pk>/end/", planning.end_plan, name="end-plan"),
    path("core-groups/<int:pk>/", planning.hold_core_group, name="hold-core-group"),
    path("cases/<int:pk>/need/", planning.begin_need_plan, name="begin-need-plan"),
    path("need/<int:pk>/", planning.need_plan, name="need-plan"),
    path("need/<int:pk>/write/", planning.write_need_plan, name="write-need-plan"),
    path("need/<int:pk>/end/", planning.end_need_plan, name="end-need-plan"),
    path("need/reviews/<int:pk>/", planning.hold_need_review, name="hold-need-review"),
    # Pre-proceedings and court
    path("cases/<int:pk>/court/", court.begin_pre_proceedings, name="begin-pre-proceedings"),
    path("court/<int:pk>/", court.pre_proceedings, name="pre-proceedings"),
    path("court/<int:pk>/letter/", court.write_letter, name="write-letter"),
    path("court/<int:pk>/letter/sent/", court.send_letter, name="send-letter"),
    path("court/<int:pk>/family/", court.offer_family_meeting, name="offer-family-meeting"),
    path("court/<int:pk>/meetings/", court.record_court_meeting, name="record-court-meeting"),
    path("court/<int:pk>/review/", court.review_pre_proceedings, name="review-pre-proceedings"),
    path("court/<int:pk>/step-down/", court.step_down, name="step-down"),
    path("court/<int:pk>/apply/", court.apply_to_court, name="apply-to-court"),
    path("court/<int:pk>/order/", court.record_order, name="record-order"),
    # To print
    path("plans/<int:pk>/print/", printing.print_protection_plan, name="print-protection-plan"),
    path("need/<int:pk>/print/", printing.print_need_plan, name="print-need-plan"),
    path("conferences/<int:pk>/print/", printing.print_conference, name="print-conference"),
    path("court/<int:pk>/letter/print/", printing.print_letter, name="print-letter"),
    # Visits
    path("cases/<int:pk>/visit/", planning.record_visit, name="record-visit"),
    path("visits/<int:pk>/", planning.visit, name="visit"),
    path("visits/<int:pk>/correct/", planning.correct_visit, name="correct-visit"),
]
