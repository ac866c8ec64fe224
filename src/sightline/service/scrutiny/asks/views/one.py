"""One request: its words, how it stands, its replies, its history, and what may be done with it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.service.accounts.gate import asker, policy, refuse
from sightline.service.accounts.pages import add_errors, columns, sent
from sightline.service.accounts.policies import ANSWER_ASKS, KEEP_SCRUTINY, SEE_SCRUTINY
from sightline.service.accounts.versions import ConflictError, conflict_page
from sightline.service.scrutiny.asks import actions, figures, queries
from sightline.service.scrutiny.asks.actions.making import same_question
from sightline.service.scrutiny.asks.clocks import clock_of
from sightline.service.scrutiny.asks.forms import AddAskForm, ChangeAskForm, EventForm, StepForm
from sightline.service.scrutiny.asks.standing import standing
from sightline.service.scrutiny.asks.states import PROPOSED, Needs, Who, steps_from
from sightline.service.scrutiny.asks.views.found import find_answered, find_ask, find_kept
from sightline.service.scrutiny.asks.who import in_full, is_private, may_answer, may_take, readable
from sightline.service.scrutiny.keeping import kept_by, may_keep
from sightline.service.scrutiny.models import (
    Ask,
    AskState,
    Impact,
    Item,
    ProgrammeEntry,
    QuotedFigure,
    Reply,
)
from sightline.service.scrutiny.public import visible

_FORM = ["GET", "HEAD", "POST"]
CHANGED = "Somebody else changed the request meanwhile. Look at it as it is now, and try again."


@dataclass(frozen=True)
class ShownReply:
    """A reply with its figures drawn, and the last answer to the same question beside it."""

    reply: Reply
    figures: tuple[tuple[QuotedFigure, SafeString], ...]
    beside: queries.Beside | None


@require_safe
@policy(SEE_SCRUTINY)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one request."""
    person = asker(request)
    ask = find_ask(request, pk)
    answers, keeps = may_answer(person, ask), may_keep(person, ask.committee)
    found = ask.replies.select_related("by").prefetch_related("figures").order_by("-written_at")
    replies = list(found if answers else found.filter(sent_at__isnull=False))
    for reply in replies:
        reply.ask = ask
    beside = queries.besides(ask, person)
    steps = ask.steps.select_related("by", "meeting", "meeting__committee").order_by("-at", "-pk")
    offered = [each for each in steps_from(ask.state) if each.after is not AskState.REPLIED]
    entry = queries.planned_for(ask)
    context = {
        "ask": ask,
        "standing": standing(ask, timezone.localdate()),
        "facts": _facts(ask, entry),
        # Only what has a day, or waits for something, has a follow-up (programme.actions).
        "may_follow_up": keeps
        and (ask.due or ask.awaits)
        and ask.state not in (*PROPOSED, AskState.CLOSED)
        and (entry is None or entry.state != ProgrammeEntry.State.PLANNED),
        "is_public": keeps and visible.asks().filter(pk=ask.pk).exists(),
        "clock": clock_of(ask.statutory_clock, ask.notice_received)
        if ask.notice_received and ask.statutory_clock
        else None,
        "replies": [_shown(each, beside.get(each.pk)) for each in replies],
        "steps": steps,
        "step_columns": columns("When", "State", "By", "Why"),
        "chases": list(ask.chases.select_related("by").order_by("-at")[:20]) if answers else [],
        "offered": [
            each
            for each in offered
            if may_take(person, ask, each)
            # The button of a new request is that it goes to its officer.
            and (each.before, each.after) != (AskState.MADE, AskState.SENT)
        ],
        "answers": answers,
        "keeps": keeps,
        "private": is_private(ask),
        "asked_again": readable(person, ask.asked_again.select_related("item")).order_by("made_on"),
        "same_as": ask.same_as
        if ask.same_as and readable(person, Ask.objects.filter(pk=ask.same_as.pk)).exists()
        else None,
        "impact": Impact.objects.filter(ask=ask).first(),
    }
    return render(request, "scrutiny/asks/request.html", context)


def _shown(reply: Reply, beside: queries.Beside | None) -> ShownReply:
    drawn = tuple((each, figures.render(each, level=4)) for each in reply.figures.all())
    return ShownReply(reply, drawn, beside)


def _link(name: str, of: int | str, text: str, part: str = "") -> SafeString:
    href = reverse(name, args=[of]) + part
    return format_html('<a class="govuk-link" href="{}">{}</a>', href, text)


def _made_at(ask: Ask) -> str | SafeString:
    """Say where a request was made, with a link to the minute."""
    committee = str(ask.committee)
    if ask.group:
        return format_html("{}, {}", committee, _link("task-group", ask.group.slug, str(ask.group)))
    if ask.made_on is None:
        return committee
    said = f"{ask.made_on:%-d %B %Y}"
    if ask.item and ask.item.number:
        said += f", minute {ask.item.number}"
    if ask.meeting_id is None:
        return f"{committee}, {said}"
    part = f"#item-{ask.item_id}" if ask.item_id else ""
    return format_html("{}, {}", committee, _link("meeting", ask.meeting_id, said, part))


def _placed(entry: ProgrammeEntry) -> SafeString:
    """Say when a request comes back to the committee, with a link to its place in the programme."""
    when = entry.meeting.day if entry.meeting else None
    said = f"{when:%-d %B %Y}" if when else f"{entry.month:%B %Y}" if entry.month else "Not decided"
    link = _link("entry", entry.pk, said)
    if entry.state == ProgrammeEntry.State.PLANNED:
        return link
    return format_html("{} ({})", link, entry.get_state_display().lower())


def _facts(ask: Ask, entry: ProgrammeEntry | None) -> list[dict[str, Any]]:
    def day(of: Any) -> str:
        return f"{of:%-d %B %Y}" if of else ""

    rows = (
        ("Asked by", _made_at(ask)),
        ("Where the words stand", ask.place or ask.origin),
        ("Kind", ask.get_kind_display()),
        ("Asked of", ask.addressee),
        ("Lead officer", ask.lead.name if ask.lead else "Nobody yet"),
        ("Due", day(ask.due) or "No day is said"),
        ("How that day was found", ask.due_rule),
        ("Waits for", ask.awaits),
        ("Asked again", f"every {ask.recurs_months} months" if ask.recurs_months else ""),
        ("Topic", ask.topic and _link("topic", ask.topic.slug, ask.topic.title)),
        ("In the work programme", entry and _placed(entry)),
        ("Indicator", ask.indicator),
        (
            "Closed",
            f"{day(ask.closed_at.day)}, minute {ask.closed_minute}" if ask.closed_at else "",
        ),
    )
    return [{"key": key, "value": value} for key, value in rows if value]


@require_http_methods(_FORM)
@policy(ANSWER_ASKS)
def take_step(request: HttpRequest, pk: int, to: str) -> HttpResponse:
    """Take a step of a request, with what it needs."""
    person, ask = asker(request), find_ask(request, pk)
    found = [each for each in steps_from(ask.state) if each.after == to]
    if to not in AskState or to == AskState.REPLIED:
        raise Http404("There is no such step.")
    if not found:
        messages.error(
            request, f"The request is “{ask.get_state_display()}”, so this step is not there."
        )
        return redirect("request", pk=pk)
    step = found[0]
    if not may_take(person, ask, step):
        refuse(request, ANSWER_ASKS if step.who is Who.ANSWERER else KEEP_SCRUTINY, f"request {pk}")
    item = _minute_of(request)
    form = StepForm(
        ask,
        sent(request),
        initial={"meeting": item.meeting_id, "minute": item.number} if item else {},
        reason=Needs.REASON in step.needs,
        minuted=Needs.MINUTE in step.needs,
    )
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.take_step(
                ask,
                to,
                by=person,
                why=given["why"],
                meeting=given.get("meeting"),
                minute=given.get("minute") or "",
                version=given["version"],
            )
        except ValidationError as error:
            add_errors(form, error)
        except (ConflictError, actions.StepError):
            messages.error(request, CHANGED)
            return redirect("request", pk=pk)
        else:
            messages.success(request, f"Request {ask.reference} is now “{AskState(to).label}”.")
            return redirect("minute-taking-item", item.pk) if item else redirect("request", pk=pk)
    context = {"ask": ask, "step": step, "form": form, "item": item}
    return render(request, "scrutiny/asks/step.html", context)


def _minute_of(request: HttpRequest) -> Item | None:
    """Give the item under which somebody takes the minutes and decides a request: `?item=`."""
    asked = request.GET.get("item", "")
    return Item.objects.filter(pk=asked).first() if asked.isdecimal() and len(asked) < 19 else None


@require_http_methods(_FORM)
@policy(KEEP_SCRUTINY)
def add(request: HttpRequest) -> HttpResponse:
    """Enter a request by hand."""
    person = asker(request)
    form = AddAskForm(kept_by(person), sent(request))
    if form.is_valid():
        given = form.cleaned_data
        try:
            ask = actions.make_ask(
                given["item"],
                given["kind"],
                given["text"],
                committee=given["committee"],
                meeting=given["meeting"],
                by=person,
                addressee=given["addressee"],
                due_words=given["due_words"],
                public_summary=given["public_summary"],
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"Request {ask.reference} is entered.")
            return redirect("change-request", pk=ask.pk)
    return render(request, "scrutiny/asks/add.html", {"form": form})


@require_http_methods(_FORM)
@policy(KEEP_SCRUTINY)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change whose a request is to answer, when it is due, what it is about."""
    ask = find_kept(request, pk)
    form = ChangeAskForm(sent(request), instance=Ask.objects.get(pk=pk))
    if form.is_valid():
        changes = form.changes
        words = changes.pop("due_words")
        try:
            actions.change_ask(
                ask, form.cleaned_data["version"], changes, due_words=words, by=asker(request)
            )
        except ValidationError as error:
            add_errors(form, error)
        except ConflictError as conflict:
            back = reverse("request", args=[pk])
            return conflict_page(request, form, conflict.now, back=back, what="this request")
        else:
            messages.success(request, "The change is saved.")
            return redirect("request", pk=pk)
    return render(request, "scrutiny/asks/change.html", {"ask": ask, "form": form})


@require_http_methods(_FORM)
@policy(ANSWER_ASKS)
def same(request: HttpRequest, pk: int) -> HttpResponse:
    """Show earlier requests that may be the same question; a person says which one is, or none."""
    person, ask = asker(request), find_answered(request, pk)
    if request.method == "POST":
        chosen = request.POST.get("same_as", "")
        asks = Ask.objects.filter(in_full(person)).exclude(pk=pk)
        earlier = (
            asks.filter(pk=chosen).first() if chosen.isdecimal() and len(chosen) < 19 else None
        )
        version = request.POST.get("version", "")
        if not chosen:
            messages.error(request, "Say which is the same question, or that none of these is.")
            return redirect("same-question", pk=pk)
        if chosen != "none" and earlier is None:
            raise Http404("There is no such request.")
        try:
            same_question(ask, earlier, int(version) if version.isdecimal() else ask.version)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        except ConflictError:
            messages.error(request, CHANGED)
        else:
            said = (
                f"Joined to request {earlier.reference}."
                if earlier
                else "Joined to no other request."
            )
            messages.success(request, said)
            return redirect("request", pk=pk)
        return redirect("same-question", pk=pk)
    context = {"ask": ask, "likely": queries.likely_same(ask, person)}
    return render(request, "scrutiny/asks/same.html", context)


@require_POST
@policy(KEEP_SCRUTINY)
def chase(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind the lead officer by e-mail."""
    ask = find_kept(request, pk)
    address = request.build_absolute_uri(reverse("request", args=[pk]))
    try:
        chased = actions.chase(ask, by=asker(request), address=address)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except actions.ChasedError as error:
        messages.error(request, str(error))
    except ConflictError:
        messages.error(request, CHANGED)
    else:
        messages.success(request, f"A reminder goes to {chased.to}.")
    return redirect("request", pk=pk)


@require_http_methods(_FORM)
@policy(KEEP_SCRUTINY)
def event(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the event a request waits for has come."""
    ask = find_kept(request, pk)
    form = EventForm(sent(request), initial={"version": ask.version})
    if not ask.awaits:
        messages.error(request, "This request waits for no event.")
        return redirect("request", pk=pk)
    if form.is_valid():
        given = form.cleaned_data
        try:
            with transaction.atomic():
                actions.event_happened(
                    ask, given["version"], given["what"], given["due"], by=asker(request)
                )
        except ConflictError:
            messages.error(request, CHANGED)
        else:
            messages.success(request, "The request has a due date now.")
        return redirect("request", pk=pk)
    return render(request, "scrutiny/asks/event.html", {"ask": ask, "form": form})
