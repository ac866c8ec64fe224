"""Replies: written, changed until they are sent, sent, published, withdrawn; with figures in them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from sightline.service.accounts.drafts import DraftOf
from sightline.service.accounts.gate import asker, policy
from sightline.service.accounts.pages import sent
from sightline.service.accounts.policies import ANSWER_ASKS, KEEP_SCRUTINY
from sightline.service.accounts.versions import ConflictError
from sightline.service.scrutiny.asks import actions, figures, queries
from sightline.service.scrutiny.asks.forms import ReplyForm, WhyForm
from sightline.service.scrutiny.asks.views.found import find_answered, find_reply
from sightline.service.scrutiny.identifying import what_may_identify
from sightline.service.scrutiny.models import Reply

_FORM = ["GET", "HEAD", "POST"]
_OTHER = (
    "Somebody else changed the answer meanwhile. What you sent is in the form; the answer as it stands is "
    "beside it."
)


@require_http_methods(_FORM)
@policy(ANSWER_ASKS)
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a reply, which is then looked at before it is sent."""
    person, ask = asker(request), find_answered(request, pk)
    draft = DraftOf(request, f"reply to request {pk}", title=f"Answer to request {ask.reference}")
    form = ReplyForm(sent(request))
    if form.is_valid():
        given = form.cleaned_data
        reply = actions.write_reply(
            ask,
            given["text"],
            by=person,
            evidence=given["evidence"],
            by_name=given["by_name"],
            checked=given["checked"],
        )
        draft.sent()
        return redirect("reply", pk=reply.pk)
    context = {
        "ask": ask,
        "form": draft.restored(form),
        "draft": draft,
        "last": ask.replies.filter(sent_at__isnull=False).order_by("-sent_at").first()
        or queries.last_answer(ask, person),
    }
    return render(request, "scrutiny/asks/write_reply.html", context)


@require_http_methods(_FORM)
@policy(ANSWER_ASKS)
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a reply before it is sent, with its figures and the last answer beside it; save and send it."""
    person, found = asker(request), find_reply(request, pk, ANSWER_ASKS)
    if found.sent_at is not None:
        return redirect(reverse("request", args=[found.ask_id]) + f"#reply-{pk}")
    form = ReplyForm(sent(request), reply=found)
    stands: Reply | None = None
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.change_reply(
                found,
                given["version"] or found.version,
                given["text"],
                by=person,
                evidence=given["evidence"],
                by_name=given["by_name"],
                checked=given["checked"],
            )
        except ConflictError as conflict:
            stands = Reply.objects.get(pk=conflict.now.pk)
            again = request.POST.copy()
            again["version"] = str(stands.version)
            form.data = again
            form.add_error(None, _OTHER)
        except actions.SentError as error:
            messages.error(request, str(error))
            return redirect("request", pk=found.ask_id)
        else:
            if request.POST.get("send"):
                return _send(request, found)
            messages.success(request, "The answer is saved. It is not sent yet.")
            return redirect("reply", pk=pk)
    context = {
        "ask": found.ask,
        "reply": found,
        "form": form,
        "stands": stands,
        "figures": [(each, figures.render(each, level=3)) for each in found.figures.all()],
        "beside": queries.besides(found.ask, person).get(pk),
    }
    return render(request, "scrutiny/asks/reply.html", context)


def _send(request: HttpRequest, found: Reply) -> HttpResponse:
    try:
        actions.send_reply(found, by=asker(request))
    except actions.SentError as error:
        messages.error(request, str(error))
    except ConflictError:
        messages.error(
            request, "Somebody else changed the request meanwhile. Send the answer again."
        )
        return redirect("reply", pk=found.pk)
    else:
        messages.success(request, "The answer is sent to the committee.")
    return redirect("request", pk=found.ask_id)


@require_http_methods(_FORM)
@policy(KEEP_SCRUTINY)
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a reply to the public, once it was read again."""
    found = find_reply(request, pk, KEEP_SCRUTINY)
    if request.method == "POST":
        try:
            actions.publish_reply(
                found, by=asker(request), checked=request.POST.get("checked") == "on"
            )
        except (ValidationError, actions.SentError) as error:
            said = [str(error)] if isinstance(error, actions.SentError) else error.messages
            messages.error(request, " ".join(map(str, said)))
            if isinstance(error, actions.IdentifyingError):
                return redirect("publish-reply", pk=pk)
        else:
            messages.success(request, "The answer is published.")
        return redirect("request", pk=found.ask_id)
    context = {
        "ask": found.ask,
        "reply": found,
        "figures": [figures.render(each, level=2) for each in found.figures.all()],
        "alarms": list(
            dict.fromkeys(
                alarm for each in (found.text, found.evidence) if (alarm := what_may_identify(each))
            )
        ),
    }
    return render(request, "scrutiny/asks/publish.html", context)


@require_http_methods(_FORM)
@policy(KEEP_SCRUTINY)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a published reply away from the public."""
    found = find_reply(request, pk, KEEP_SCRUTINY)
    form = WhyForm(sent(request))
    if form.is_valid():
        try:
            actions.withdraw_reply(found, form.cleaned_data["why"], by=asker(request))
        except actions.SentError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, "The public sees the answer no more.")
        return redirect("request", pk=found.ask_id)
    return render(request, "scrutiny/asks/withdraw.html", {"ask": found.ask, "form": form})
