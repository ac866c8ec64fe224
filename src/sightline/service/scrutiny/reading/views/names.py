"""Who is meant by the names in a committee's minutes: proposed by rule, said by a person, parted again."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from sightline.service.accounts.gate import policy
from sightline.service.accounts.pages import columns
from sightline.service.accounts.policies import KEEP_SCRUTINY
from sightline.service.scrutiny.keeping import need_keeping
from sightline.service.scrutiny.models import Committee, Member
from sightline.service.scrutiny.reading import people, queries
from sightline.service.scrutiny.reading.forms import PartForm, WhoForm
from sightline.service.scrutiny.reading.views.documents import FORM

A_PAGE = 20


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def names(request: HttpRequest, slug: str) -> HttpResponse:
    """List the names that are nobody's yet, each with whose they may be; and those that were joined."""
    committee = get_object_or_404(Committee, slug=slug)
    need_keeping(request, committee)
    unknown = queries.unknown_names(committee)
    others = sorted(set(queries.members_known(committee).values()), key=str)
    sent_form: WhoForm | PartForm | None = None
    if request.method == "POST":
        parting = "member" in request.POST
        sent_form = PartForm(request.POST) if parting else _who_form(request, dict(unknown), others)
        if sent_form.is_valid():
            try:
                _do(committee, sent_form)
            except ValidationError as error:
                messages.error(request, error.messages[0])
            else:
                messages.success(request, "What you said is saved.")
            return redirect("document-names", slug)
        messages.error(request, str(next(iter(sent_form.errors.values()))[0]))
    page = Paginator(unknown, A_PAGE).get_page(request.GET.get("page"))
    rows = [
        (each, WhoForm(each, others, initial={"name": each.name}, auto_id=f"id_{at}_%s"))
        for at, each in enumerate(queries.with_likely(page.object_list))
    ]
    joined = [
        (
            each,
            PartForm(
                initial={"name": each.name, "member": each.member.pk}, auto_id=f"part_{at}_%s"
            ),
        )
        for at, each in enumerate(queries.spellings(committee))
    ]
    context = {
        "committee": committee,
        "page": page,
        "rows": rows,
        "joined": joined,
        "columns": columns("As printed", "Meetings", "Who is this?"),
        "joined_columns": columns("As printed", "Member", "Meetings", "Part them"),
    }
    return render(request, "scrutiny/reading/names.html", context)


def _who_form(request: HttpRequest, unknown: dict[str, int], others: list[Member]) -> WhoForm:
    name = request.POST.get("name", "")
    found = queries.with_likely([(name, unknown[name])]) if name in unknown else []
    return WhoForm(found[0] if found else None, others, request.POST)


def _do(committee: Committee, form: WhoForm | PartForm) -> None:
    given = form.cleaned_data
    if isinstance(form, PartForm):
        member = get_object_or_404(Member, pk=given["member"])
        people.part_name(committee, given["name"], member, given["why"])
    elif given["who"].startswith("new-"):
        people.add_name(committee, given["name"], given["who"].removeprefix("new-"))
    else:
        people.join_name(committee, given["name"], get_object_or_404(Member, pk=given["who"]))
