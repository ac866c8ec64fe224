"""Finding a child, recording an episode, its return; a child's history; a partner's report."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_http_methods, require_safe

from sightline.service.accounts.drafts import DraftOf
from sightline.service.accounts.form_pages import FormPage
from sightline.service.accounts.gate import asker, policy
from sightline.service.accounts.pages import columns, sent
from sightline.service.accounts.policies import (
    OPEN_CHILDREN,
    RECORD_MISSING,
    REPORT_MISSING,
    SCREEN_CHILDREN,
    SEE_MISSING,
    SET_ASIDE,
)
from sightline.service.children.forms.people import FindForm
from sightline.service.children.models import KnownPerson
from sightline.service.children.queries import find_people
from sightline.service.frontdoor.actions.receiving import receive
from sightline.service.frontdoor.models import Contact
from sightline.service.missing.access import Opened, episodes_of
from sightline.service.missing.actions import concerns, episodes
from sightline.service.missing.actions.interviews import GRADES
from sightline.service.missing.actions.interviews import RULE as INTERVIEW_RULE
from sightline.service.missing.forms import EndForm, EpisodeForm, ReportForm, ReturnForm
from sightline.service.missing.models import MissingEpisode, ReturnInterview, Screening
from sightline.service.missing.queries.district import district_of
from sightline.service.missing.queries.history import history_of, lasted
from sightline.service.missing.queries.told import level_name
from sightline.service.missing.states import machine_of
from sightline.service.missing.views.concerns import concern_of
from sightline.service.missing.views.parts import (
    FORM,
    aside_of,
    aside_page,
    asked,
    caption_of,
    facts_of,
    of_child,
    page_of,
    to_child,
)
from sightline.service.protection.clocks import clock
from sightline.service.protection.forms.parts import ReasonForm
from sightline.service.protection.views.parts import Button, buttons, fresh, said, said_at

_KEPT = "missing_search"


@require_http_methods(FORM)
@policy(RECORD_MISSING)
def find_missing(request: HttpRequest) -> HttpResponse:
    """Look for the child who is missing; a POST says for whom, so that no name is in an address."""
    form = FindForm(sent(request))
    if form.is_valid():
        born = form.cleaned_data["born"]
        kept = {"text": form.cleaned_data["text"], "born": born.isoformat() if born else ""}
        request.session[_KEPT] = kept
        return redirect("find-missing")
    found, kept = None, request.session.get(_KEPT, {})
    if not form.is_bound and kept:
        born = parse_date(kept["born"])
        form = FindForm(initial={"text": kept["text"], "born": born})
        found = find_people(kept["text"], born, by=asker(request), limit=20)
    context = {
        "form": form,
        "found": found,
        "columns": columns("Name", "Date of birth", "Number", "Lives in"),
    }
    return render(request, "missing/find.html", context)


@require_safe
@of_child(SEE_MISSING, KnownPerson)
def missing_child(request: HttpRequest, opened: Opened, row: KnownPerson) -> HttpResponse:
    """Show when a child was missing, whether that is repeated, and what screenings found."""
    by, now = asker(request), timezone.now()
    if row.pk != opened.child.pk:
        return redirect("missing-child", opened.child.pk)
    history = history_of(opened.records)
    shown = history.episodes
    # How often the child was missing is for whoever sees each time.
    if sees_some := not opened.sees_every_episode(by):
        theirs = set(episodes_of(by, SEE_MISSING).filter(child__in=opened.records))
        shown = [each for each in shown if each in theirs]
    screenings = (
        list(
            Screening.objects.filter(child__in=opened.records)
            .select_related("by")
            .order_by("-made_on", "-pk")
        )
        if opened.lets(by, OPEN_CHILDREN)
        else None
    )
    verbs = frozenset(
        verb
        for verb, of in (("record missing", RECORD_MISSING), ("screen", SCREEN_CHILDREN))
        if opened.lets(by, of)
    )
    context = {
        "history": history,
        "is_repeated": history.is_repeated and not sees_some,
        "episodes": [
            {
                "row": each,
                "lasted": lasted(each, now),
                "interview": _interview_words(each),
            }
            for each in shown
        ],
        "sees_some": sees_some,
        "screenings": [(each, level_name(each, each.level_now)) for each in screenings or ()],
        "may_see_screenings": screenings is not None,
        "may_open": opened.lets(by, OPEN_CHILDREN),
        "buttons": buttons(
            verbs,
            (
                "record missing",
                Button(
                    # An earlier time that is told only now is recorded with its return.
                    "Record an earlier episode"
                    if any(each.is_open for each in shown)
                    else "Record that the child is missing",
                    reverse("record-missing", args=[row.pk]),
                ),
            ),
            ("screen", Button("Screen for exploitation", reverse("screen-child", args=[row.pk]))),
        ),
        "columns": {
            "episodes": columns("Since", "Lasted", "What", "Return interview"),
            "screenings": columns("Made", "By", "Level now", "Under review"),
        },
    }
    return page_of(request, "missing/child.html", opened, context)


def _interview_words(episode: MissingEpisode) -> str:
    if not hasattr(episode, "interview"):
        return "None" if episode.ended_at or episode.aside_at else "Not returned yet"
    return machine_of(episode.interview).state_of(episode.interview).label


@require_http_methods(FORM)
@of_child(RECORD_MISSING, KnownPerson)
def record_missing(request: HttpRequest, opened: Opened, row: KnownPerson) -> HttpResponse:
    """Record that a child is missing; with `?concern=` it is the answer to a concern that was routed."""
    concern = concern_of(request, opened, "missing")
    back = to_child(opened)
    if not opened.lets(asker(request), SEE_MISSING):  # a front-door officer may record any child
        back = reverse("missing")
    page = FormPage(
        "Record that the child is missing",
        "Save",
        reverse("concern", args=[concern.contact.pk]) if concern else back,
        RECORD_MISSING,
        "The episode is on record.",
        caption_of(opened),
        name=f"missing {opened.child.pk}",
        draft_page=request.get_full_path() if concern else "",
        intro="If the child has returned already, say when: the return interview then waits to be offered.",
    )

    def save(form: EpisodeForm) -> None:
        with transaction.atomic():
            episode = episodes.record_missing(
                opened.child,
                form.changes,
                is_child=form.cleaned_data.get("is_child", False),
                by=asker(request),
            )
            if concern:
                concerns.link_episode(concern, episode, by=asker(request))

    form = EpisodeForm(
        sent(request),
        asks_age=not opened.has_age,
        initial={"locality": district_of(opened.records)},
    )
    return page.answer(request, form, save)


@require_safe
@of_child(SEE_MISSING, MissingEpisode)
def episode(request: HttpRequest, opened: Opened, row: MissingEpisode) -> HttpResponse:
    """Show an episode with the interview on the return."""
    now = timezone.now()
    told = said(row.police_told)
    if row.police_told_at:
        told = f"{told}, on {said_at(row.police_told_at)}"
    facts = facts_of(
        ("Missing since", said_at(row.starts_at)),
        ("Returned", said_at(row.returned_at)),
        ("Lasted", lasted(row, now)),
        ("What", f"{row.get_kind_display()} from {row.get_missing_from_display().lower()}"),
        ("Risk", f"{row.get_risk_display()}: {row.risk_because}"),
        ("Police told", told),
        ("Their reference", row.police_reference or "None"),
        ("District", str(row.locality or "Not known")),
        ("Recorded", f"{said_at(row.recorded_at)}, by {row.recorded_by}"),
    )
    if row.returned_at:
        facts += facts_of(("Came to harm", said(row.harmed)))
    if row.ended_at:
        facts += facts_of(
            ("Ended without a return", f"{said_at(row.ended_at)}: {row.ended_because}")
        )
    if row.aside_at:
        facts += facts_of(aside_of(row))
    history = history_of(opened.records)
    interview: ReturnInterview | None = getattr(row, "interview", None)
    steps = buttons(
        asked(request, opened, row),
        ("note return", Button("The child has returned", reverse("note-return", args=[row.pk]))),
        (
            "correct episode",
            Button("Correct the episode", reverse("correct-episode", args=[row.pk])),
        ),
        (
            "end episode",
            Button("No longer missing, but not returned", reverse("end-episode", args=[row.pk])),
        ),
        (
            "set aside episode",
            Button("Recorded in error", reverse("set-aside-episode", args=[row.pk])),
        ),
    )
    context: dict[str, Any] = {
        "row": row,
        "state": machine_of(row).state_of(row),
        "facts": facts,
        "history": history,
        "is_repeated": history.is_repeated and opened.sees_every_episode(asker(request)),
        "back": to_child(opened),
        # Once the child is back the interview is the next thing, not a correction.
        "buttons": [replace(each, kind="secondary") for each in steps] if interview else steps,
        **(_of_interview(request, opened, interview) if interview else {}),
    }
    return page_of(request, "missing/episode.html", opened, context)


def _of_interview(request: HttpRequest, opened: Opened, row: ReturnInterview) -> dict[str, Any]:
    verbs = asked(request, opened, row)
    pk = row.pk
    returned = row.episode.returned_at
    facts = [
        ("Offered", said_at(row.offered_at)),
        ("To be held by", str(row.given_to or "Nobody yet")),
        ("Accepted", said(row.accepted)),
    ]
    if row.declined_because:
        facts.append(("Declined because", row.declined_because))
    if row.completed_at:
        facts += [
            ("Held", said_at(row.completed_at)),
            ("Held by", row.interviewer),
            ("Independent of the child’s care", said(row.is_independent)),
            ("Written down by", str(row.written_by)),
        ]
    if row.late_because:
        facts.append(("Late because", row.late_because))
    if row.quality:
        facts += [
            ("Quality", f"{row.quality} of 4. {GRADES[row.quality]}"),
            ("Judged by", f"{row.audited_by}, {row.audited_on:%-d %B %Y}"),
            ("Why", row.quality_note),
        ]
    aside = row.episode.aside_at is not None
    is_open = row.completed_at is None and row.accepted is not False and not aside
    return {
        "interview": row,
        "interview_state": machine_of(row).state_of(row),
        "interview_facts": facts_of(*facts),
        "clock": clock(INTERVIEW_RULE, returned) if is_open and returned else None,
        "interview_buttons": buttons(
            verbs,
            (
                "hold interview",
                Button("Record the interview", reverse("hold-interview", args=[pk])),
            ),
            ("offer interview", Button("Record the offer", reverse("offer-interview", args=[pk]))),
            (
                "accept interview",
                Button(
                    "Record that it was accepted", reverse("accept-interview", args=[pk]), post=True
                ),
            ),
            (
                "decline interview",
                Button("Record that it was declined", reverse("decline-interview", args=[pk])),
            ),
            (
                "give interview",
                Button("Pass to another interviewer", reverse("give-interview", args=[pk])),
            ),
            (
                "audit interview",
                Button("Judge the quality of the interview", reverse("audit-interview", args=[pk])),
            ),
            (
                "correct interview",
                Button("Correct the interview", reverse("correct-interview", args=[pk])),
            ),
            (
                "correct offer",
                Button("Correct when it was offered", reverse("correct-offer", args=[pk])),
            ),
            (
                "take back answer",
                Button("Take back the answer", reverse("take-back-answer", args=[pk]), post=True),
            ),
        ),
    }


@require_http_methods(FORM)
@of_child(RECORD_MISSING, MissingEpisode)
def correct_episode(request: HttpRequest, opened: Opened, row: MissingEpisode) -> HttpResponse:
    """Correct what is recorded of an episode."""
    page = FormPage(
        "Correct the episode",
        "Save",
        reverse("episode", args=[row.pk]),
        RECORD_MISSING,
        "The episode is corrected. What it said before stays in the audit.",
        caption_of(opened),
        name=f"missing episode {row.pk}",
        what="this episode",
    )
    return page.answer(
        request,
        EpisodeForm(sent(request), instance=fresh(row)),
        lambda form: episodes.correct_episode(
            row,
            form.cleaned_data["version"],
            form.changes,
            late_because=form.cleaned_data.get("late_because", ""),
            by=asker(request),
        ),
    )


@require_http_methods(FORM)
@of_child(SET_ASIDE, MissingEpisode)
def end_episode(request: HttpRequest, opened: Opened, row: MissingEpisode) -> HttpResponse:
    """Say that a child is no longer missing though they did not return."""
    page = FormPage(
        "No longer missing, but not returned",
        "Save",
        reverse("episode", args=[row.pk]),
        SET_ASIDE,
        "The episode has ended. No return interview follows.",
        caption_of(opened),
        intro=f"Missing since {said_at(row.starts_at)}.",
    )
    return page.answer(
        request,
        EndForm(sent(request)),
        lambda form: episodes.end_episode(
            row, ended_at=form.moment, reason=form.cleaned_data["reason"], by=asker(request)
        ),
    )


@require_http_methods(FORM)
@of_child(SET_ASIDE, MissingEpisode)
def set_aside_episode(request: HttpRequest, opened: Opened, row: MissingEpisode) -> HttpResponse:
    """Say that an episode was recorded in error."""
    # To the list: whose team recorded it sees it no longer.
    page = aside_page("The episode was recorded in error", opened, reverse("missing"))
    return page.answer(
        request,
        ReasonForm(sent(request)),
        lambda form: episodes.set_aside_episode(
            row, form.cleaned_data["reason"], by=asker(request)
        ),
    )


@require_http_methods(FORM)
@of_child(RECORD_MISSING, MissingEpisode)
def note_return(request: HttpRequest, opened: Opened, row: MissingEpisode) -> HttpResponse:
    """Note that a child has returned."""
    page = FormPage(
        "The child has returned",
        "Save",
        reverse("episode", args=[row.pk]),
        RECORD_MISSING,
        "The return is on record. A return interview is to be offered now.",
        caption_of(opened),
        name=f"return {row.pk}",
        intro=f"Missing since {said_at(row.starts_at)}.",
    )
    return page.answer(
        request,
        ReturnForm(sent(request)),
        lambda form: episodes.note_return(
            row,
            returned_at=form.moment,
            found=form.cleaned_data["found"],
            harmed=form.cleaned_data["harmed"],
            by=asker(request),
        ),
    )


@require_http_methods(FORM)
@policy(REPORT_MISSING)
def report_missing(request: HttpRequest) -> HttpResponse:
    """Take a partner's report that a child is missing: a contact at the front door, marked so."""
    person = asker(request)
    draft = DraftOf(request, "report a child missing", title="Report a child missing")
    form = ReportForm(sent(request))
    if form.is_valid():
        given = form.cleaned_data
        place = MissingEpisode.From(given["missing_from"]).label.lower()
        reference = f" Reference: {given['reference']}." if given["reference"] else ""
        contact = receive(
            Contact.Way.PROFESSIONAL_FORM,
            {
                "concern": (
                    f"Missing from {place} since {said_at(form.moment)}.{reference}\n{given['concern']}"
                ),
                "missing": True,
                "kind": "missing",
                "agency": person.agency,
                "referrer_name": person.name,
                "referrer_email": person.email,
            },
            [{name: given[name] for name in ("first_names", "last_name", "born")}],
        )
        draft.sent()
        messages.success(
            request, f"The front door has your report. Its number is {contact.number}: keep it."
        )
        return redirect("report-missing")
    return render(request, "missing/report.html", {"form": draft.restored(form), "draft": draft})
