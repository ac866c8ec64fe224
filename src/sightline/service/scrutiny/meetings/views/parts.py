"""What several of these pages are made of."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from sightline.service.accounts.gate import asker
from sightline.service.accounts.pages import add_errors
from sightline.service.scrutiny.keeping import may_keep, need_keeping
from sightline.service.scrutiny.models import Committee, Item, Meeting

A_PAGE = 25
FORM = ["GET", "HEAD", "POST"]


def succeeds(form: BaseForm, action: Callable[[], Any]) -> bool:
    """Do an action; what is in its way is said at the form, and then False is given."""
    try:
        action()
    except ValidationError as error:
        add_errors(form, error)
        return False
    return True


def form_page(
    request: HttpRequest,
    form: BaseForm,
    *,
    title: str,
    back: str,
    button: str,
    lede: str = "",
    warning: str = "",
    caption: str = "",
    draft: Any = None,
    has_file: bool = False,
) -> HttpResponse:
    """Give a page that is a form and no more."""
    context = {
        "form": form,
        "title": title,
        "back": back,
        "button": button,
        "lede": lede,
        "warning": warning,
        "caption": caption,
        "draft": draft,
        "has_file": has_file,
    }
    return render(request, "scrutiny/meetings/form.html", context)


def kept_meeting(request: HttpRequest, pk: int) -> Meeting:
    """Give a meeting for whoever keeps its committee; else refuse."""
    meeting = get_object_or_404(Meeting.objects.select_related("committee"), pk=pk)
    need_keeping(request, meeting.committee)
    return meeting


def kept_item(request: HttpRequest, pk: int) -> Item:
    """Give an item of an agenda for whoever keeps its committee; else refuse."""
    item = get_object_or_404(Item.objects.select_related("meeting__committee"), pk=pk)
    need_keeping(request, item.meeting.committee)
    return item


def keeps(request: HttpRequest, committee: Committee) -> bool:
    """Whether the person who asks keeps a committee."""
    return may_keep(asker(request), committee)


def committee_pages(committee: Committee, here: str) -> list[dict[str, Any]]:
    """Give the pages of a committee, for the navigation above them."""
    pages = (
        ("committee", "Overview"),
        ("committee-members", "Members"),
        ("committee-meetings", "Meetings"),
        ("committee-attendance", "Attendance"),
        ("committee-numbers", "Minute numbers"),
    )
    return [
        {"text": text, "href": reverse(name, args=[committee.slug]), "current": name == here}
        for name, text in pages
    ]


def meeting_pages(meeting: Meeting, here: str) -> list[dict[str, Any]]:
    """Give the pages of a meeting that whoever keeps it works on."""
    pages = (
        ("meeting", "The meeting"),
        ("agenda", "Agenda and papers"),
        ("attendance", "Attendance"),
        ("minute-taking", "Minutes"),
    )
    return [
        {"text": text, "href": reverse(name, args=[meeting.pk]), "current": name == here}
        for name, text in pages
    ]
