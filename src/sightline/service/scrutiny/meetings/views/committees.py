"""Pages of committees, their members, and what stands on every agenda."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.service.accounts.gate import asker, policy, refuse
from sightline.service.accounts.pages import columns, sent
from sightline.service.accounts.policies import KEEP_SCRUTINY, SEE_SCRUTINY
from sightline.service.accounts.versions import ConflictError, conflict_page
from sightline.service.scrutiny.keeping import (
    kept_committee,
    may_keep,
    may_keep_member,
    need_keeping,
    need_keeping_member,
)
from sightline.service.scrutiny.meetings import actions, law, queries
from sightline.service.scrutiny.meetings.deadlines import clock
from sightline.service.scrutiny.meetings.forms import (
    CommitteeForm,
    EndSeatForm,
    InterestKindForm,
    MemberForm,
    SeatForm,
    StandingItemForm,
)
from sightline.service.scrutiny.meetings.views.parts import (
    A_PAGE,
    FORM,
    committee_pages,
    form_page,
    keeps,
    succeeds,
)
from sightline.service.scrutiny.models import (
    Committee,
    InterestKind,
    Member,
    Membership,
    StandingItem,
)


@require_safe
@policy(SEE_SCRUTINY)
def committees(request: HttpRequest) -> HttpResponse:
    """List the committees, and the meetings that come next; with `?ended=1` those abolished."""
    ended = request.GET.get("ended") == "1"
    person = asker(request)
    page = Paginator(queries.committees(ended=ended), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "ended": ended,
        "coming": list(queries.coming_meetings()[:8]) if not ended else [],
        "keeps": KEEP_SCRUTINY.allows(person),
        "columns": columns("Committee", "Kind", "Next meeting", "Minutes to be confirmed"),
    }
    return render(request, "scrutiny/meetings/committees.html", context)


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def add_committee(request: HttpRequest) -> HttpResponse:
    """Make a committee."""
    form = CommitteeForm(sent(request))
    kind = Committee(kind=request.POST.get("kind", ""))
    if request.method == "POST" and kind.kind and not may_keep(asker(request), kind):
        refuse(request, KEEP_SCRUTINY, "a committee of another kind")
    if form.is_valid():
        given = form.changes
        made: list[Committee] = []
        if succeeds(form, lambda: made.append(actions.make_committee(**given))):
            messages.success(request, "The committee is kept. Its usual standing items are on it.")
            return redirect("committee", made[0].slug)
    return form_page(
        request,
        form,
        title="Add a committee",
        back=reverse("committees"),
        button="Add the committee",
    )


@require_safe
@policy(SEE_SCRUTINY)
def committee(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a committee: what it is for, its rules, its next and last meetings."""
    found = get_object_or_404(Committee, slug=slug)
    context = {
        "committee": found,
        "pages": committee_pages(found, "committee"),
        "facts": _facts(found),
        "next": queries.coming_meetings().filter(committee=found)[:5],
        "last": queries.meetings_of(found).filter(day__lt=timezone.localdate())[:5],
        "standing": found.standing_items.all(),
        "keeps": keeps(request, found),
    }
    return render(request, "scrutiny/meetings/committee.html", context)


def _facts(committee: Committee) -> list[dict[str, str]]:
    quorum = "Not recorded" if committee.quorum is None else str(committee.quorum)
    if committee.quorum is not None and committee.quorum_source:
        quorum += f" ({committee.quorum_source})"
    facts = [
        ("Council", committee.council or "Not recorded"),
        ("Kind", committee.get_kind_display()),
        ("Quorum", quorum),
        (
            "Minute numbers",
            f"In the form of {committee.number_form}" if committee.number_form else "None",
        ),
        ("Public notice", f"{committee.clear_days} clear working days"),
        ("Public participation", participation_in_words(committee)),
        ("On the public site", "Yes" if committee.is_public else "No"),
    ]
    if committee.began:
        facts.append(("Began", f"{committee.began:%-d %B %Y}"))
    if committee.ended:
        facts.append(("Abolished", f"{committee.ended:%-d %B %Y}"))
    return [{"key": key, "value": value} for key, value in facts]


def participation_in_words(committee: Committee) -> str:
    """Say a committee's rule for public participation."""
    days, at = committee.participation_days, committee.participation_time
    if not committee.participation_rule or days is None or at is None:
        return "No rule is recorded"
    unit = "working day" if committee.participation_rule == "working_days" else "day"
    many = f"{days} {unit}s" if days > 1 else f"the {unit}"
    to = f", to {committee.participation_to}" if committee.participation_to else ""
    return f"By {clock(at)}, {many} before the meeting{to}"


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def change_committee(request: HttpRequest, slug: str) -> HttpResponse:
    """Change the settings of a committee."""
    found = kept_committee(request, slug)
    form = CommitteeForm(sent(request), instance=Committee.objects.get(pk=found.pk))
    back = reverse("committee", args=[slug])
    kind = Committee(kind=request.POST.get("kind", ""))
    if request.method == "POST" and kind.kind and not may_keep(asker(request), kind):
        refuse(request, KEEP_SCRUTINY, f"committee {found.pk} of another kind")
    if form.is_valid():
        given = form.changes
        try:
            if succeeds(
                form,
                lambda: actions.change_committee(found, form.cleaned_data["version"], given),
            ):
                messages.success(request, "The change is saved.")
                return redirect("committee", slug)
        except ConflictError as conflict:
            return conflict_page(request, form, conflict.now, back=back, what="this committee")
    return form_page(
        request, form, title="Change the committee", caption=found.name, back=back, button="Save"
    )


@require_http_methods(FORM)
@policy(SEE_SCRUTINY)
def committee_members(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who sits on a committee, who did, and, for whoever keeps it, give somebody a place."""
    found = get_object_or_404(Committee, slug=slug)
    if request.method == "POST":
        need_keeping(request, found)
    form = SeatForm(sent(request), initial={"starts": timezone.localdate(), "votes": True})
    if form.is_valid():
        given = form.cleaned_data
        if succeeds(
            form,
            lambda: actions.seat_member(
                found, given["member"], given["position"], given["starts"], votes=given["votes"]
            ),
        ):
            messages.success(request, f"{given['member']} has a place on the committee.")
            if given["member"].is_executive and found.kind == Committee.Kind.SCRUTINY:
                messages.warning(request, _bar())
            return redirect("committee-members", slug)
    before = (
        Membership.objects.filter(committee=found, ends__lt=timezone.localdate())
        .select_related("member")
        .order_by("-ends", "member__name")
    )
    context = {
        "committee": found,
        "pages": committee_pages(found, "committee-members"),
        "places": list(queries.places_on(found)),
        "page": Paginator(before, A_PAGE).get_page(request.GET.get("page")),
        "columns": columns("Member", "Place", "Party", "Votes", "Since", "Change"),
        "before_columns": columns("Member", "Place", "From", "To"),
        "form": form,
        "keeps": keeps(request, found),
    }
    return render(request, "scrutiny/meetings/committee_members.html", context)


def _bar() -> str:
    rule = law.rules()["executive"]
    return f"This member sits on the executive. {rule.says} ({rule.source}.) {rule.standing}"


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def end_membership(request: HttpRequest, pk: int) -> HttpResponse:
    """End a place on a committee."""
    place = get_object_or_404(Membership.objects.select_related("committee", "member"), pk=pk)
    need_keeping(request, place.committee)
    form = EndSeatForm(sent(request), initial={"last_day": timezone.localdate()})
    if form.is_valid() and succeeds(
        form, lambda: actions.end_membership(place, form.cleaned_data["last_day"])
    ):
        messages.success(request, f"The place of {place.member} ends on that day.")
        return redirect("committee-members", place.committee.slug)
    return form_page(
        request,
        form,
        title=f"End the place of {place.member}",
        caption=place.committee.name,
        back=reverse("committee-members", args=[place.committee.slug]),
        button="End the place",
    )


@require_safe
@policy(SEE_SCRUTINY)
def members(request: HttpRequest) -> HttpResponse:
    """List everybody who sits or sat on committees."""
    page = Paginator(Member.objects.all(), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "columns": columns("Name", "Sits as", "Party", "Division or ward"),
        "keeps": KEEP_SCRUTINY.allows(asker(request)),
    }
    return render(request, "scrutiny/meetings/members.html", context)


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def add_member(request: HttpRequest) -> HttpResponse:
    """Make somebody who may sit on committees."""
    form = MemberForm(sent(request))
    if form.is_valid() and succeeds(form, lambda: actions.make_member(**form.changes)):
        messages.success(request, "The member is kept.")
        return redirect("members")
    return form_page(
        request, form, title="Add a member", back=reverse("members"), button="Add the member"
    )


@require_safe
@policy(SEE_SCRUTINY)
def member(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a member and the places they hold and held."""
    found = get_object_or_404(Member, slug=slug)
    places = found.memberships.select_related("committee").order_by("-starts", "committee__name")
    context = {
        "member": found,
        "page": Paginator(places, A_PAGE).get_page(request.GET.get("page")),
        "columns": columns("Committee", "Place", "From", "To"),
        "keeps": KEEP_SCRUTINY.allows(asker(request)) and may_keep_member(asker(request), found),
    }
    return render(request, "scrutiny/meetings/member.html", context)


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def change_member(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what is kept of a member."""
    found = get_object_or_404(Member, slug=slug)
    need_keeping_member(request, found)
    form = MemberForm(sent(request), instance=Member.objects.get(pk=found.pk))
    back = reverse("member", args=[slug])
    if form.is_valid():
        try:
            if succeeds(
                form,
                lambda: actions.change_member(found, form.cleaned_data["version"], form.changes),
            ):
                messages.success(request, "The change is saved.")
                return redirect("member", slug)
        except ConflictError as conflict:
            return conflict_page(request, form, conflict.now, back=back, what="this member")
    return form_page(
        request, form, title="Change the member", caption=found.name, back=back, button="Save"
    )


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def standing_items(request: HttpRequest, slug: str) -> HttpResponse:
    """Show and change what stands on every agenda of a committee."""
    found = kept_committee(request, slug)
    form = StandingItemForm(sent(request))
    if form.is_valid() and succeeds(
        form,
        lambda: actions.add_standing_item(
            found, form.cleaned_data["kind"], form.cleaned_data["title"]
        ),
    ):
        return redirect("committee-standing-items", slug)
    context = {"committee": found, "items": list(found.standing_items.all()), "form": form}
    return render(request, "scrutiny/meetings/standing_items.html", context)


@require_POST
@policy(KEEP_SCRUTINY)
def change_standing_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a standing item up or down, or take it off."""
    item = get_object_or_404(StandingItem.objects.select_related("committee"), pk=pk)
    need_keeping(request, item.committee)
    to = request.POST.get("to")
    if to == "off":
        actions.remove_standing_item(item)
    elif to in ("up", "down"):
        actions.move_standing_item(item, up=to == "up")
    return redirect("committee-standing-items", item.committee.slug)


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def interests(request: HttpRequest) -> HttpResponse:
    """Show the kinds of interest that members declare, and add one."""
    form = InterestKindForm(sent(request))
    if form.is_valid():
        need_keeping(request, None)  # the council's list, which every committee has
        given = form.cleaned_data
        if succeeds(
            form,
            lambda: actions.add_interest_kind(
                given["name"], given["effect"], starts=given["starts"], source=given["source"]
            ),
        ):
            messages.success(request, "The kind of interest is on the list.")
            return redirect("interest-kinds")
    context = {
        "form": form,
        "page": Paginator(InterestKind.objects.order_by("name", "starts"), A_PAGE).get_page(
            request.GET.get("page")
        ),
        "columns": columns("Kind", "What the member does", "From", "To", "Where it stands"),
        "keeps": may_keep(asker(request), None),
    }
    return render(request, "scrutiny/meetings/interests.html", context)


@require_safe
@policy(SEE_SCRUTINY)
def the_law(request: HttpRequest) -> HttpResponse:
    """Show what the law says of meetings as it is used here, and how far each rule was checked."""
    context = {
        "rules": law.rules().values(),
        "paragraphs": [[str(each.number), each.words] for each in law.paragraphs().values()],
        "columns": columns("Paragraph", "Words"),
    }
    return render(request, "scrutiny/meetings/law.html", context)
