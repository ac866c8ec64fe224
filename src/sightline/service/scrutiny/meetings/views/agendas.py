"""Pages of an agenda: built, put in order, its papers, its publication, and the packs made of it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.service.accounts.gate import asker, policy, refuse
from sightline.service.accounts.pages import sent
from sightline.service.accounts.policies import KEEP_SCRUTINY, SEE_PRIVATE_PAPERS, SEE_SCRUTINY
from sightline.service.accounts.versions import ConflictError, conflict_page
from sightline.service.audit.models import Verb
from sightline.service.audit.record import record
from sightline.service.scrutiny.keeping import need_keeping
from sightline.service.scrutiny.meetings import actions, exempt, pack, queries
from sightline.service.scrutiny.meetings.actions.agendas import is_late
from sightline.service.scrutiny.meetings.forms import ItemForm, PaperForm, SupplyForm, UrgencyForm
from sightline.service.scrutiny.meetings.papers import look_through
from sightline.service.scrutiny.meetings.uploads import TOO_LARGE, takes_file, was_too_large
from sightline.service.scrutiny.meetings.views.parts import (
    FORM,
    form_page,
    kept_item,
    kept_meeting,
    meeting_pages,
    succeeds,
)
from sightline.service.scrutiny.models import Item, Meeting, Pack, Paper, PaperFile
from sightline.service.scrutiny.models.meetings import Privacy

_CHANGING = (Meeting.State.PLANNED, Meeting.State.CALLED, Meeting.State.OPEN)


@require_safe
@policy(KEEP_SCRUTINY)
def agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the agenda as it is built: its order, its papers, its deadlines, what is in its way."""
    found = kept_meeting(request, pk)
    items = queries.agenda_of(found)
    context = {
        "meeting": found,
        "pages": meeting_pages(found, "agenda"),
        "items": items,
        "last": len(items),
        "changing": found.state in _CHANGING,
        "planned": found.state == Meeting.State.PLANNED,
        "notice": queries.notice_in_words(found),
        "late": found.state in _CHANGING and is_late(found, timezone.localdate()),
        "faults": exempt.faults(items),
        "packs": list(found.packs.select_related("file").defer("file__data")),
        "to_supplement": pack.new_papers(found) if found.called_at else [],
        "needs_pack": bool(found.called_at) and pack.next_number(found) == 0,
    }
    return render(request, "scrutiny/meetings/agenda.html", context)


@require_POST
@policy(KEEP_SCRUTINY)
def build_agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """Put on the agenda what belongs there."""
    found = kept_meeting(request, pk)
    before = found.items.count()
    try:
        added = len(actions.build_agenda(found)) - before
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(
            request,
            f"{added} item{'' if added == 1 else 's'} put on the agenda."
            if added > 0
            else "Everything that belongs on the agenda is there.",
        )
    return redirect("agenda", pk)


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def add_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an item on the agenda."""
    found = kept_meeting(request, pk)
    form = ItemForm(sent(request))
    if form.is_valid() and succeeds(form, lambda: actions.add_item(found, **form.changes)):
        messages.success(request, "The item is on the agenda.")
        return redirect("agenda", pk)
    return form_page(
        request,
        form,
        title="Add an item",
        caption=str(found),
        back=reverse("agenda", args=[pk]),
        button="Put it on the agenda",
    )


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def change_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what the agenda says of an item."""
    item = kept_item(request, pk)
    form = ItemForm(sent(request), instance=Item.objects.get(pk=pk))
    back = reverse("agenda", args=[item.meeting_id])
    if form.is_valid():
        try:
            if succeeds(
                form, lambda: actions.change_item(item, form.cleaned_data["version"], form.changes)
            ):
                messages.success(request, "The change is saved.")
                return redirect(back)
        except ConflictError as conflict:
            return conflict_page(request, form, conflict.now, back=back, what="this item")
    return form_page(
        request,
        form,
        title="Change the item",
        caption=str(item.meeting),
        back=back,
        button="Save",
    )


@require_POST
@policy(KEEP_SCRUTINY)
def move_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Move an item up or down the agenda, or take it off."""
    item = kept_item(request, pk)
    to = request.POST.get("to")
    try:
        if to == "off":
            actions.remove_item(item)
        elif to in ("up", "down"):
            actions.move_item(item, up=to == "up")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(f"{reverse('agenda', args=[item.meeting_id])}#item-{pk}")


@policy(KEEP_SCRUTINY)
@require_http_methods(FORM)
@takes_file
def add_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an item a paper."""
    item = kept_item(request, pk)
    form = PaperForm(item.meeting.committee, sent(request), request.FILES or None)
    if sent(request) is not None and was_too_large(request):
        form.add_error("file", TOO_LARGE)
    if form.is_valid():
        given = dict(form.cleaned_data)
        file = given.pop("file")
        data = file.read() if file else None
        name = file.name if file else ""
        if succeeds(form, lambda: actions.add_paper(item, data=data, name=name, **given)):
            _tell(request, data, name, "The paper is with the item.")
            return redirect(f"{reverse('agenda', args=[item.meeting_id])}#item-{pk}")
    return form_page(
        request,
        form,
        title="Add a paper",
        caption=item.title,
        back=reverse("agenda", args=[item.meeting_id]),
        button="Add the paper",
        has_file=True,
    )


@policy(KEEP_SCRUTINY)
@require_http_methods(FORM)
@takes_file
def supply_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the PDF of a paper that was to follow."""
    paper = _kept_paper(request, pk)
    form = SupplyForm(sent(request), request.FILES or None)
    if sent(request) is not None and was_too_large(request):
        form.add_error("file", TOO_LARGE)
    if form.is_valid():
        file = form.cleaned_data["file"]
        data = file.read()
        urgency = form.cleaned_data["urgency"]
        if succeeds(form, lambda: actions.supply_paper(paper, data, file.name, urgency=urgency)):
            _tell(request, data, file.name, "The paper is there.")
            return redirect("agenda", paper.item.meeting_id)
    return form_page(
        request,
        form,
        title=f"Paper {paper}",
        caption=paper.item.title,
        back=reverse("agenda", args=[paper.item.meeting_id]),
        button="Give the paper",
        has_file=True,
    )


def _tell(request: HttpRequest, data: bytes | None, name: str, done: str) -> None:
    messages.success(request, done)
    if data is not None and (caution := look_through(data, name).caution):
        messages.warning(request, caution)


@require_POST
@policy(KEEP_SCRUTINY)
def remove_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away a paper that was not published."""
    paper = _kept_paper(request, pk)
    try:
        actions.remove_paper(paper)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("agenda", paper.item.meeting_id)


def _kept_paper(request: HttpRequest, pk: int) -> Paper:
    paper = get_object_or_404(Paper.objects.select_related("item__meeting__committee"), pk=pk)
    need_keeping(request, paper.item.meeting.committee)
    return paper


@require_safe
@policy(SEE_SCRUTINY)
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the file of a paper to whoever may read it; a private one is on record."""
    found = get_object_or_404(
        Paper.objects.select_related("item__meeting__committee", "file"), pk=pk
    )
    reads = queries.reader(asker(request), found.item.meeting.committee)
    if not reads.may_open(found):
        refuse(request, SEE_PRIVATE_PAPERS, f"paper {pk}")
    if found.report_id:
        return redirect("report", found.report_id)
    if found.file is None:
        raise Http404("This paper is to follow.")
    if found.privacy != Privacy.PUBLIC or found.item.privacy != Privacy.PUBLIC:
        record(Verb.VIEW, "private paper", pk)
    return _file(found.file)


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def publish_agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish the agenda with the papers that are there, and make its packs."""
    found = kept_meeting(request, pk)
    form = UrgencyForm(sent(request))
    if form.is_valid():
        urgency = form.cleaned_data["urgency"]
        if succeeds(form, lambda: actions.issue_agenda(found, asker(request), urgency=urgency)):
            messages.success(request, "The agenda is published, and its pack is made.")
            return redirect("agenda", pk)
    context: dict[str, Any] = {
        "form": form,
        "meeting": found,
        "notice": queries.notice_of(found),
        "late": is_late(found, timezone.localdate()),
    }
    return render(request, "scrutiny/meetings/publish_agenda.html", context)


@require_POST
@policy(KEEP_SCRUTINY)
def make_packs(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the packs of what has come since the last: the agenda's, or a supplement."""
    found = kept_meeting(request, pk)
    try:
        if not found.called_at:
            raise ValidationError("A pack is made once the agenda is published.")
        number = pack.next_number(found)
        pack.make_packs(found, number, asker(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        what = f"Supplement {number}" if number else "The pack of the agenda"
        messages.success(request, f"{what} is made.")
    return redirect("agenda", pk)


@require_safe
@policy(SEE_SCRUTINY)
def agenda_pack(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a pack to whoever may read it; the members' is on record."""
    found = get_object_or_404(Pack.objects.select_related("meeting__committee", "file"), pk=pk)
    if found.with_private:
        if not queries.may_read_private(asker(request), found.meeting.committee):
            refuse(request, SEE_PRIVATE_PAPERS, f"pack {pk}")
        record(Verb.VIEW, "members’ pack", pk)
    return _file(found.file)


def _file(file: PaperFile) -> HttpResponse:
    answer = HttpResponse(bytes(file.data), content_type=file.kind)
    name = file.name.encode("ascii", "replace").decode().replace('"', "'")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer
