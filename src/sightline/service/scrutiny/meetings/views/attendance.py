"""Pages of who was there, what they declared, and when they were out of the room."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from sightline.service.accounts.gate import policy
from sightline.service.accounts.pages import columns, sent
from sightline.service.accounts.policies import KEEP_SCRUTINY
from sightline.service.accounts.versions import ConflictError, conflict_page
from sightline.service.scrutiny.keeping import need_keeping
from sightline.service.scrutiny.meetings import actions, queries
from sightline.service.scrutiny.meetings.forms import (
    AttendedForm,
    AttendeeForm,
    CorrectAttendanceForm,
    DeclareForm,
    LeavingForm,
)
from sightline.service.scrutiny.meetings.quorum import COUNTED
from sightline.service.scrutiny.meetings.views.parts import (
    FORM,
    form_page,
    kept_meeting,
    meeting_pages,
    succeeds,
)
from sightline.service.scrutiny.models import (
    Attendance,
    Declaration,
    InterestKind,
    Meeting,
    Member,
    Membership,
)

Capacity = Attendance.Capacity
_THERE = (Attendance.Status.PRESENT, Attendance.Status.REMOTE)


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the attendance of the members who are expected, and show everybody else and the quorum."""
    found = kept_meeting(request, pk)
    rows = list(found.attendance.select_related("member"))
    expected = _expected(found, rows)
    forms = [_form(request, member, rows) for member, _ in expected]
    wrong: list[str] = []
    status = 200
    sound = [form.is_valid() for form in forms]  # each, so that each says what is wrong with it
    if request.method == "POST" and all(sound):
        entries = [
            actions.Attended(
                member=member,
                capacity=capacity,
                status=form.cleaned_data["status"],
                came_at=form.cleaned_data["came_at"],
                left_at=form.cleaned_data["left_at"],
                version=form.cleaned_data["version"],
            )
            for (member, capacity), form in zip(expected, forms, strict=True)
        ]
        try:
            actions.take_attendance(found, entries)
        except ValidationError as error:
            wrong = error.messages
        except ConflictError as conflict:
            wrong, status = [_conflict(conflict.now, forms, expected)], 409
        else:
            messages.success(request, "The attendance is saved.")
            return redirect("attendance", pk)
    own = {member.pk for member, _ in expected}
    context = {
        "meeting": found,
        "pages": meeting_pages(found, "attendance"),
        "lines": [
            {"member": member, "capacity": capacity, "form": form}
            for (member, capacity), form in zip(expected, forms, strict=True)
        ],
        "wrong": wrong
        or [f"{m}: {e}" for (m, _), f in zip(expected, forms, strict=True) for e in _errors(f)],
        "takes": found.state in ("open", "held", "inquorate") and not queries.is_minuted(found),
        "others": [row for row in rows if row.member_id not in own],
        "all": rows,
        "declarations": list(queries.declarations_of(found)),
        "quorum": queries.quorum_of(found),
        "counted": COUNTED,
        "other_columns": columns("Name", "In which right", "Attendance", "Correct"),
        "declared_columns": columns("Who", "What", "Item", "Left the room", "Record"),
    }
    return render(request, "scrutiny/meetings/attendance.html", context, status=status)


def _expected(meeting: Meeting, rows: Sequence[Attendance]) -> list[tuple[Member, str]]:
    """Give the members who are expected, each with the right in which they come."""
    places = [
        place
        for place in queries.places_on(meeting.committee, meeting.day)
        if place.position != Membership.Position.SUBSTITUTE
    ]
    found = {
        place.member: Capacity.CO_OPTEE
        if place.position == Membership.Position.CO_OPTEE
        else Capacity.MEMBER
        for place in places
    }
    for row in rows:
        if row.member and row.capacity in (Capacity.MEMBER, Capacity.CO_OPTEE):
            found.setdefault(row.member, Capacity(row.capacity))
    return list(found.items())


def _form(request: HttpRequest, member: Member, rows: Sequence[Attendance]) -> AttendedForm:
    row = next((row for row in rows if row.member_id == member.pk), None)
    initial = (
        {
            "status": row.status,
            "came_at": row.came_at,
            "left_at": row.left_at,
            "version": row.version,
        }
        if row
        else {}
    )
    return AttendedForm(sent(request), prefix=f"member-{member.pk}", initial=initial)


def _errors(form: AttendedForm) -> list[str]:
    return [str(message) for messages in form.errors.values() for message in messages]


def _conflict(
    now: Any, forms: Sequence[AttendedForm], expected: Sequence[tuple[Member, str]]
) -> str:
    """Say what another took meanwhile, and let what was sent be sent once more against it."""
    for (member, _), form in zip(expected, forms, strict=True):
        if member.pk == now.member_id:
            again = form.data.copy()  # type: ignore[attr-defined]
            again[form.add_prefix("version")] = str(now.version)
            form.data = again
    return (
        f"Somebody else took {now.name} meanwhile, as “{now.get_status_display()}”. Nothing is saved yet: "
        "see whether yours below is right, and save again."
    )


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def add_attendee(request: HttpRequest, pk: int) -> HttpResponse:
    """Write somebody more who was there."""
    found = kept_meeting(request, pk)
    members = [member.name for member, _ in _expected(found, list(found.attendance.all()))]
    form = AttendeeForm(members, sent(request))
    if form.is_valid() and succeeds(form, lambda: actions.add_attendee(found, **form.cleaned_data)):
        messages.success(request, "They are on the list.")
        return redirect("attendance", pk)
    return form_page(
        request,
        form,
        title="Add somebody who attends",
        caption=str(found),
        back=reverse("attendance", args=[pk]),
        button="Add them",
    )


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def correct_attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what was taken of one person, with the reason."""
    row = get_object_or_404(Attendance.objects.select_related("meeting__committee"), pk=pk)
    need_keeping(request, row.meeting.committee)
    form = CorrectAttendanceForm(sent(request), instance=Attendance.objects.get(pk=pk))
    back = reverse("attendance", args=[row.meeting_id])
    if form.is_valid():
        changes = dict(form.changes)
        why = changes.pop("corrected_because")
        try:
            if succeeds(
                form,
                lambda: actions.correct_attendance(row, form.cleaned_data["version"], changes, why),
            ):
                messages.success(request, "The correction is saved.")
                return redirect(back)
        except ConflictError as conflict:
            return conflict_page(request, form, conflict.now, back=back, what="this entry")
    return form_page(
        request,
        form,
        title=f"Correct the attendance of {row.name}",
        caption=str(row.meeting),
        back=back,
        button="Save the correction",
    )


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def declare(request: HttpRequest, pk: int) -> HttpResponse:
    """Write that somebody declared an interest or a party whip."""
    found = kept_meeting(request, pk)
    people = list(found.attendance.filter(status__in=_THERE).select_related("member"))
    form = DeclareForm(found, people, sent(request))
    if form.is_valid():
        given = form.cleaned_data
        who = form.people[given["who"]]
        made: list[Declaration] = []
        if succeeds(
            form,
            lambda: made.append(
                actions.declare(
                    found,
                    name=who.name,
                    member=who.member,
                    kind=given["kind"],
                    nature=given["nature"],
                    item=given["item"],
                    is_party_whip=given["what"] == "whip",
                )
            ),
        ):
            messages.success(request, _effect(made[0]))
            return redirect("attendance", pk)
    return form_page(
        request,
        form,
        title="Record a declaration",
        caption=str(found),
        back=reverse("attendance", args=[pk]),
        button="Record it",
        warning="" if people else "Nobody is taken as present yet: take the attendance first.",
    )


def _effect(declaration: Declaration) -> str:
    kind = declaration.kind
    if kind is None:
        return "The party whip is recorded."
    if kind.effect == InterestKind.Effect.NOT_STATED:
        return "The declaration is recorded. What it asks of the member is not stated."
    effect: str = kind.get_effect_display()
    return f"The declaration is recorded. With such an interest a member: {effect[:1].lower()}{effect[1:]}."


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def leaving(request: HttpRequest, pk: int) -> HttpResponse:
    """Write whether somebody left the room for an item, and when they returned; count the quorum again."""
    found = get_object_or_404(
        Declaration.objects.select_related("meeting__committee", "item", "kind"), pk=pk
    )
    need_keeping(request, found.meeting.committee)
    form = LeavingForm(sent(request), instance=Declaration.objects.get(pk=pk))
    back = reverse("attendance", args=[found.meeting_id])
    if form.is_valid():
        try:
            if succeeds(
                form,
                lambda: actions.record_leaving(found, form.cleaned_data["version"], **form.changes),
            ):
                for moment in queries.quorum_of(found.meeting):
                    if found.name in moment.sentence:
                        tell = messages.warning if moment.is_quorate is False else messages.info
                        tell(request, moment.sentence)
                return redirect(back)
        except ConflictError as conflict:
            return conflict_page(request, form, conflict.now, back=back, what="this declaration")
    item = f" for “{found.item.title}”" if found.item else ""
    return form_page(
        request,
        form,
        title=f"{found.name}: leaving the room{item}",
        caption=str(found.meeting),
        back=back,
        button="Save",
    )
