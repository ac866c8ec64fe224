"""Pages of records that may be of one person: what agrees, what differs, and what was decided."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.service.accounts.gate import asker, policy, refuse
from sightline.service.accounts.models import Appointment, Person
from sightline.service.accounts.pages import columns, sent
from sightline.service.accounts.policies import MERGE_PEOPLE
from sightline.service.audit.record import viewed_children
from sightline.service.children import actions
from sightline.service.children.access import held_at, is_in_remit
from sightline.service.children.forms.matches import DecideForm, PartForm
from sightline.service.children.households import localities_told, on_day
from sightline.service.children.matching import verdict, weights
from sightline.service.children.merged import numbers_of, root_of
from sightline.service.children.models import KnownPerson, Merge, PossibleMatch, Residence
from sightline.service.children.opened import of_person
from sightline.service.children.restrictions import hidden_people, restricted_now
from sightline.service.children.words import day

A_PAGE = 25
_FORM = ["GET", "HEAD", "POST"]


@require_safe
@policy(MERGE_PEOPLE)
def possible_matches(request: HttpRequest) -> HttpResponse:
    """List the pairs that nobody has decided about, the likeliest first."""
    with transaction.atomic():
        found = open_matches(asker(request))
        page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
        viewed_children(
            "possible matches", [who.number for each in page for who in (each.one, each.other)]
        )
    context = {
        "page": page,
        "rows": [(each, verdict(each.weight)) for each in page],
        "columns": columns("One record", "The other", "How likely", "Found", "Decide"),
    }
    return render(request, "children/possible_matches.html", context)


def open_matches(by: Person) -> QuerySet[PossibleMatch]:
    """Give the open pairs in which one was recorded, or lives, within somebody's remit; none hidden."""
    remit = MERGE_PEOPLE.remit(by)
    hidden = hidden_people(by)
    found = (
        PossibleMatch.objects.filter(
            state=PossibleMatch.State.OPEN, one__merged_into=None, other__merged_into=None
        )
        .exclude(one__in=hidden)
        .exclude(other__in=hidden)
        .select_related("one", "other")
        .order_by("-weight", "pk")
    )
    if remit.whole:
        return found
    staff = Appointment.objects.filter(
        Q(team__name__in=remit.teams) | Q(team__locality__name__in=remit.districts)
    )
    then = staff.filter(
        held_at(OuterRef("made_at"), OuterRef("made_on")), person=OuterRef("made_by")
    )
    homes = Residence.objects.filter(
        on_day(timezone.localdate()), address__locality__name__in=remit.districts
    )
    theirs = Q(Exists(then), made_by__in=staff.values("person"))
    ours = theirs | Q(pk__in=homes.values("person"))
    people = KnownPerson.objects.alias(made_on=TruncDate("made_at")).filter(ours).values("pk")
    return found.filter(Q(one__in=people) | Q(other__in=people))


def _allowed(request: HttpRequest, *people: KnownPerson) -> bool:
    """Refuse a pair of which neither is of the remit, or one is hidden; which of the two is not said.

    Give whether both are of the remit: only then may they be merged, as either record opens the other.
    """
    by = asker(request)
    hidden = hidden_people(by)
    of_remit = [is_in_remit(by, each, MERGE_PEOPLE, hidden) for each in people]
    if not any(of_remit) or any(each.pk in hidden for each in people):
        refuse(request, MERGE_PEOPLE, " and ".join(each.number for each in people))
    return all(of_remit)


@require_http_methods(_FORM)
@policy(MERGE_PEOPLE)
def decide_match(request: HttpRequest, pk: int) -> HttpResponse:
    """Compare two records, and say whether they are of one person."""
    match = get_object_or_404(PossibleMatch.objects.select_related("one", "other"), pk=pk)
    one, other = root_of(match.one), root_of(match.other)
    both = _allowed(request, one, other)
    if request.method == "POST" and not both:
        refuse(request, MERGE_PEOPLE, f"{one.number} and {other.number}")
    form = DecideForm(match, sent(request))
    apart = not (match.one.merged_into_id or match.other.merged_into_id)
    decides = apart and both
    if decides and form.is_valid():
        try:
            return _decide(request, match, form)
        except (actions.CannotMergeError, actions.DecidedError) as error:
            messages.error(request, str(error) or "Another has decided about this pair meanwhile.")
            return redirect("decide-match", pk)
    viewed_children("possible match", [match.one.number, match.other.number])
    context = {
        "match": match,
        "form": form,
        "open": apart and match.state == PossibleMatch.State.OPEN,
        "decides": decides,
        "apart": apart,
        "restricted": [root.number for root in (one, other) if decides and _is_restricted(root)],
        "verdict": verdict(match.weight),
        "reasons": [
            {
                **each,
                "colour": _COLOURS.get(each["agrees"], "yellow"),
                "word": _WORDS[each["agrees"]],
            }
            for each in match.reasons
        ],
        "prior": weights()["prior"],
        "facts": _side_by_side(match),
        "columns": columns("What", match.one.number, match.other.number),
        "reason_columns": [
            *columns("What", "Agrees?", "In words"),
            {"text": "Weighs", "numeric": True},
        ],
    }
    return render(request, "children/decide_match.html", context)


def _is_restricted(root: KnownPerson) -> bool:
    return restricted_now().filter(child_id__in=numbers_of(root)).exists()


_WORDS = {
    "same": "Agrees",
    "half": "In part",
    "form": "Nearly",
    "sound": "Nearly",
    "near": "Nearly",
    "area": "Nearly",
    "exchanged": "Nearly",
    "other": "Differs",
}
_COLOURS = {"same": "green", "other": "red"}


def _decide(request: HttpRequest, match: PossibleMatch, form: DecideForm) -> HttpResponse:
    given, home = form.cleaned_data, request.build_absolute_uri("/")
    if given["decision"] == "different":
        closed = actions.say_different(match, given["why"], by=asker(request), address=home)
        messages.success(request, "They stay two people, and are not proposed again.")
        if closed:
            messages.warning(request, BOTH_RESTRICTED)
        return redirect("possible-matches")
    kept, gone = match.one, match.other
    if int(given["kept"]) == gone.pk:
        kept, gone = gone, kept
    merge = actions.merge_people(kept, gone, given["why"], by=asker(request), address=home)
    messages.success(
        request, f"{gone.number} is now part of {kept.number}. It can be parted again."
    )
    if merge.left:
        what = ", ".join(f"{each['what']} {each['row']}" for each in merge.left)
        messages.warning(request, f"Stayed with {gone.number}, as the other has the same: {what}.")
    return redirect("possible-matches")


def _side_by_side(match: PossibleMatch) -> list[tuple[str, str, str]]:
    people = (match.one, match.other)
    told = {
        home.person_id: str(home.address.locality or "")
        for home in localities_told(
            people=[each.pk for each in people], on=timezone.localdate()
        ).select_related("address__locality")
    }
    facts: dict[str, list[str]] = {
        "Name": [each.name for each in people],
        "Other names": [", ".join(a.name for a in each.aliases.all()) for each in people],
        "Date of birth": [day(each.born) for each in people],
        "NHS number": [each.nhs_number for each in people],
        "Unique pupil number": [each.upn for each in people],
        "Lives in": [told.get(each.pk, "") for each in people],
        "Recorded": [day(timezone.localdate(each.made_at)) for each in people],
    }
    return [(name, *(value or "Not known" for value in both)) for name, both in facts.items()]  # type: ignore[misc]


@require_POST
@of_person(MERGE_PEOPLE)
def compare_people(request: HttpRequest, person: KnownPerson, other: int) -> HttpResponse:
    """Put two records side by side that nothing had proposed."""
    second = root_of(get_object_or_404(KnownPerson, pk=other))
    _allowed(request, person, second)
    if second.pk == person.pk:
        raise Http404("These are one record already.")
    match = actions.compare_by_hand(person, second)
    return redirect("decide-match", match.pk)


BOTH_RESTRICTED = (
    "Each of the two stays restricted. If one is to be open, somebody who may restrict records ends that: "
    "they have been told."
)


STAYS_RESTRICTED = (
    "{} is restricted in the same way as both records were. If it is to be open, somebody who may restrict "
    "records ends that: they have been told."
)


@require_http_methods(_FORM)
@policy(MERGE_PEOPLE)
def part_people(request: HttpRequest, pk: int) -> HttpResponse:
    """Part two records that were merged."""
    merge = get_object_or_404(Merge.objects.select_related("kept", "gone", "by"), pk=pk)
    root = root_of(merge.kept)
    both = _allowed(request, root, root_of(merge.gone))
    if merge.parted_at and not both:  # two people now, and the reasons are of both
        refuse(request, MERGE_PEOPLE, f"{merge.kept.number} and {merge.gone.number}")
    form = PartForm(sent(request))
    if form.is_valid():
        try:
            restricted = actions.part_people(
                merge,
                form.cleaned_data["why"],
                by=asker(request),
                address=request.build_absolute_uri("/"),
            )
        except actions.CannotPartError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "They are two records again, each with what is its own.")
            for each in restricted:
                messages.warning(request, STAYS_RESTRICTED.format(each.number))
            if merge.gone_id in hidden_people(
                asker(request)
            ):  # they had broken the glass of the two
                return redirect("possible-matches")
            return redirect("known-person", merge.gone_id)
    viewed_children("merge", [merge.kept.number, merge.gone.number])
    context: dict[str, Any] = {"merge": merge, "form": form, "root": root}
    return render(request, "children/part.html", context)
