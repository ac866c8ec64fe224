"""Pages of restricted children: the restrictions, breaking the glass, and its review.

No child's number is in an address: a page that shows one is reached by the restriction's own number.
"""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.service.accounts.drafts import DraftOf
from sightline.service.accounts.gate import asker, policy, refuse
from sightline.service.accounts.pages import columns, sent
from sightline.service.accounts.policies import BREAK_GLASS, RESTRICT, REVIEW_BREAK_GLASS
from sightline.service.accounts.versions import ConflictError, conflict_page
from sightline.service.audit.record import refused, viewed_children
from sightline.service.children import actions, queries
from sightline.service.children.alike import alike_to, in_the_same_way, open_alike, restricted_alike
from sightline.service.children.forms.restrictions import (
    BreakGlassForm,
    ChangeRestrictionForm,
    HoursForm,
    ReasonForm,
    RestrictForm,
    ReviewForm,
)
from sightline.service.children.merged import numbers_with
from sightline.service.children.models import BrokenGlass, KnownPerson, OpeningTime, RestrictedChild
from sightline.service.children.whereabouts import rows_of
from sightline.store.snapshots import StoreError

A_PAGE = 25
_FORM = ["GET", "HEAD", "POST"]


@require_safe
@policy(RESTRICT)
def restricted(request: HttpRequest) -> HttpResponse:
    """List the children restricted now, or with `?ended=1` those who were."""
    ended = request.GET.get("ended") == "1"
    if not ended:
        _warn_of_open(request)
    found = (
        RestrictedChild.objects.exclude(ended_at=None).order_by("-ended_at")
        if ended
        else queries.restricted_now()
    )
    with transaction.atomic():
        page = Paginator(found.prefetch_related("named"), A_PAGE).get_page(request.GET.get("page"))
        viewed_children("restricted children", [each.child_id for each in page])
        standing = {} if ended else queries.standing_of(page)
    heads = ("Child", "Why", "Since", "Who may open it", "Ended" if ended else "Change")
    context = {
        "page": page,
        "rows": [(each, standing.get(each.pk)) for each in page],
        "ended": ended,
        "columns": columns(*heads),
    }
    return render(request, "children/restricted.html", context)


NOT_KNOWN = (
    "No published record has this number. If you did not mean a child whose records are still to be loaded, "
    "look at it again: a mistyped number protects nobody."
)


ALIKE = (
    "Record {} very likely is of the same child, and is restricted too. Where it is another child, end its "
    "restriction."
)


OPEN_ALIKE = (
    "Records that very likely are of restricted children stand open: {}. Restrict each too, in the same way; "
    "where it is of another child, ask somebody who may open both to say so or, where nobody may open both, "
    "restrict it and end that restriction with the reason."
)


def _warn_of_open(request: HttpRequest) -> None:
    """Say which records stand open though they very likely are of a restricted child.

    So are those of children restricted before such records closed together: somebody decides, as whoever
    works with them would lose them without anybody named being told.
    """
    with transaction.atomic():
        if found := open_alike():
            pairs = [(each.person.number, each.restriction.child_id) for each in found]
            viewed_children("open records like restricted ones", sorted({n for n, _ in pairs}))
            said = ", ".join(f"{number} (like {like})" for number, like in pairs)
            messages.warning(request, OPEN_ALIKE.format(said))


@require_http_methods(_FORM)
@policy(RESTRICT)
def restrict(request: HttpRequest) -> HttpResponse:
    """Restrict a child's record."""
    draft = DraftOf(request, "restrict a child", title="Restrict a child's record")
    form = RestrictForm(sent(request))
    if form.is_valid():
        given = form.cleaned_data
        try:
            restriction = actions.restrict_child(
                given["child_id"],
                given["reason"],
                given["people"],
                by=asker(request),
                address=request.build_absolute_uri("/"),
            )
        except ValidationError as error:
            form.add_error("child_id", error.messages[0])
        except actions.OwnAccessError as error:
            refused(request, RESTRICT.name, given["child_id"])
            form.add_error("people", str(error))
        else:
            draft.sent()
            messages.success(request, "The record is restricted.")
            if not _is_known(given["child_id"]):
                messages.warning(request, NOT_KNOWN)
            alike = alike_to(given["child_id"])
            viewed_children("restriction", [each.number for each in alike])
            for person in alike:
                messages.warning(request, ALIKE.format(person.number))
            _warn_of_stuck(request, restriction)
            return redirect("restricted")
    return render(request, "children/restrict.html", {"form": draft.restored(form), "draft": draft})


def _warn_of_stuck(request: HttpRequest, restriction: RestrictedChild) -> None:
    for said in queries.stuck_with(restriction):
        messages.warning(request, f"{said} Change the restriction to name somebody who may.")


def _is_known(child_id: str) -> bool:
    if KnownPerson.objects.filter(number=child_id).exists():
        return True
    try:
        return any(True for _ in rows_of(child_id))
    except StoreError:
        return True  # it cannot be told now, and the record is restricted all the same


@require_http_methods(_FORM)
@policy(RESTRICT)
def change_restriction(request: HttpRequest, pk: int) -> HttpResponse:
    """Change why a child is restricted, or who may open the record."""
    restriction = get_object_or_404(queries.restricted_now(), pk=pk)
    form = ChangeRestrictionForm(
        sent(request), instance=RestrictedChild.objects.get(pk=restriction.pk)
    )
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.change_restriction(
                restriction,
                given["version"],
                given["reason"],
                given["people"],
                by=asker(request),
                address=request.build_absolute_uri("/"),
            )
        except actions.OwnAccessError as error:
            refused(request, RESTRICT.name, restriction.child_id)
            form.add_error("people", str(error))
        except ConflictError as conflict:
            back = reverse("restricted")
            return conflict_page(request, form, conflict.now, back=back, what="this restriction")
        else:
            messages.success(request, "The change is saved.")
            _warn_of_stuck(request, restriction)
            return redirect("restricted")
    alike = restricted_alike(restriction.child_id)
    viewed_children("restriction", [each.child_id for each in (restriction, *alike)])
    named, own = set(restriction.named.all()), numbers_with(restriction.child_id)
    context = {
        "form": form,
        "restriction": restriction,
        "stuck": queries.stuck_with(restriction),
        "alike": [
            (each, each.child_id in own, in_the_same_way(each, restriction.reason, named))
            for each in alike
        ],
    }
    return render(request, "children/change_restriction.html", context)


@require_http_methods(_FORM)
@policy(RESTRICT)
def end_restriction(request: HttpRequest, pk: int) -> HttpResponse:
    """End a restriction."""
    restriction = get_object_or_404(queries.restricted_now(), pk=pk)
    form = ReasonForm(sent(request))
    if form.is_valid():
        try:
            actions.end_restriction(restriction, form.cleaned_data["reason"], by=asker(request))
        except actions.OwnAccessError as error:
            refused(request, RESTRICT.name, restriction.child_id)
            form.add_error(None, str(error))
        else:
            own = numbers_with(restriction.child_id)
            if queries.restricted_now().filter(child_id__in=own).exists():
                messages.warning(request, ENDED_OF_SEVERAL)
            else:
                messages.success(request, "The restriction has ended: the record is as any other.")
            return redirect("restricted")
    alike, own = restricted_alike(restriction.child_id), numbers_with(restriction.child_id)
    viewed_children("restriction", [each.child_id for each in (restriction, *alike)])
    context = {
        "form": form,
        "restriction": restriction,
        "alike": [(each, each.child_id in own) for each in alike],
    }
    return render(request, "children/end_restriction.html", context)


ENDED_OF_SEVERAL = (
    "This restriction has ended. Another of the same child is in force, and closes all that is recorded of "
    "the child: end that too if the record is to be open."
)


NOT_YOURS = (
    "No restricted record with this number is within what you may open. Look at the number again; if it "
    "is right, ask the child's team manager."
)


@require_http_methods(_FORM)
@policy(BREAK_GLASS)
def break_glass(request: HttpRequest) -> HttpResponse:
    """Open a restricted record in an emergency."""
    person = asker(request)
    draft = DraftOf(request, "break glass", title="Open a restricted record in an emergency")
    form = BreakGlassForm(sent(request))
    if form.is_valid():
        child = form.cleaned_data["child_id"].strip()
        address = request.build_absolute_uri(reverse("reviews"))
        try:
            actions.break_glass(person, child, form.cleaned_data["reason"], address=address)
        except actions.NotYoursError:
            refused(request, BREAK_GLASS.name, child)
            form.add_error("child_id", NOT_YOURS)
        else:
            draft.sent()
            return redirect("own-openings")
    context = {
        "form": draft.restored(form),
        "draft": draft,
        "hours": queries.hours_on(timezone.localdate()),
    }
    return render(request, "children/break_glass.html", context)


@require_safe
@policy(BREAK_GLASS)
def own_openings(request: HttpRequest) -> HttpResponse:
    """List what one has opened oneself, and until when it is open."""
    found = queries.openings_of(asker(request)).select_related("restriction")
    with transaction.atomic():
        page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
        numbers = [each.restriction.child_id for each in page]
        viewed_children("own openings", numbers)
    records = dict(KnownPerson.objects.filter(number__in=numbers).values_list("number", "pk"))
    context = {
        "page": page,
        "rows": [(each, records.get(each.restriction.child_id)) for each in page],
        "columns": columns("Child", "Opened", "Open until", "Why", "Review"),
        "now": timezone.now(),
    }
    return render(request, "children/own_openings.html", context)


@require_safe
@policy(REVIEW_BREAK_GLASS)
def reviews(request: HttpRequest) -> HttpResponse:
    """List openings that nobody has reviewed, the oldest first; with `?done=1` those reviewed."""
    done = request.GET.get("done") == "1"
    with transaction.atomic():
        page = Paginator(queries.openings(reviewed=done), A_PAGE).get_page(request.GET.get("page"))
        rows = [
            {
                "opening": each,
                "due": queries.review_due(each.opened_at),
                "overdue": queries.is_overdue(each),
                "own": each.person_id == asker(request).pk,
            }
            for each in page
        ]
        viewed_children("openings", [each.restriction.child_id for each in page])
    heads = ("Opened", "By", "Child", *(("Finding",) if done else ("Review by", "Review")))
    context = {"page": page, "rows": rows, "done": done, "columns": columns(*heads)}
    return render(request, "children/reviews.html", context)


@require_http_methods(_FORM)
@policy(REVIEW_BREAK_GLASS)
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Review one opening, not one's own."""
    opening = get_object_or_404(queries.openings(), pk=pk)
    if opening.person_id == asker(request).pk:
        refuse(request, REVIEW_BREAK_GLASS, f"own opening {pk}")
    draft = DraftOf(request, f"review opening {pk}", title=f"Review of opening {pk}")
    form = ReviewForm(sent(request))
    if opening.reviewed_at is None and form.is_valid():
        given = form.cleaned_data
        try:
            actions.review_opening(
                opening,
                justified=given["justified"] == "yes",
                finding=given["finding"],
                by=asker(request),
            )
        except actions.ReviewedError:
            opening = BrokenGlass.objects.get(pk=pk)
        else:
            draft.sent()
            messages.success(request, "Your review is on record.")
            return redirect("reviews")
    viewed_children("opening", [opening.restriction.child_id])
    context = {
        "form": draft.restored(form),
        "draft": draft,
        "opening": opening,
        "due": queries.review_due(opening.opened_at),
        "overdue": queries.is_overdue(opening),
        "facts": _facts(opening),
    }
    return render(request, "children/review.html", context)


def _facts(opening: BrokenGlass) -> list[dict[str, str]]:
    def moment(at: object) -> str:
        return f"{timezone.localtime(at):%-d %B %Y, %H:%M}"  # type: ignore[arg-type]

    return [
        {"key": "Child", "value": opening.restriction.child_id},
        {"key": "Restricted because of", "value": opening.restriction.reason},
        {
            "key": "Opened by",
            "value": f"{opening.person} ({opening.person.role_names or 'no role'})",
        },
        {"key": "Opened", "value": moment(opening.opened_at)},
        {"key": "Open until", "value": moment(opening.closes_at)},
        {"key": "Their reason", "value": opening.reason},
    ]


@require_http_methods(_FORM)
@policy(RESTRICT)
def opening_times(request: HttpRequest) -> HttpResponse:
    """Show how long an opening lasts, from which day, and add a change."""
    form = HoursForm(sent(request))
    if form.is_valid():
        try:
            actions.set_hours(**form.cleaned_data)
        except ValidationError as error:
            form.add_error("starts", error.messages[0])
        else:
            messages.success(request, "The change is saved.")
            return redirect("opening-times")
    page = Paginator(OpeningTime.objects.all(), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "default": queries.DEFAULT_HOURS,
        "columns": columns("From", "An opening lasts", "Decided by"),
    }
    return render(request, "children/opening_times.html", context)
