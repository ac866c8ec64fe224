"""Notes on points of a chart: what happened then, by whom it was written and when."""

from dataclasses import replace
from typing import Any

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from sightline.indicators.definition import Definition
from sightline.present.report import IndicatorPage, Within
from sightline.present.runs import make_run
from sightline.service.accounts.gate import policy
from sightline.service.accounts.models import Person
from sightline.service.accounts.policies import ANNOTATE
from sightline.service.measures.addresses import indicator_address
from sightline.service.measures.looking import Look, looks
from sightline.service.measures.models import Note


class NoteForm(forms.Form):
    """A new note: on which point of the run, and what it says."""

    day = forms.ChoiceField(label="Point of the chart")
    text = forms.CharField(
        label="Note",
        help_text="What happened then, as “new recording system” or “workflow changed”. "
        "Do not name a child or family.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )

    def __init__(self, page: IndicatorPage, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        points = page.run.points if page.run else ()
        self.fields["day"].choices = [("", "Choose a point")] + [  # type: ignore[attr-defined]
            (point.figure.period_end.isoformat(), point.label) for point in reversed(points)
        ]


def notes_on(definition: Definition, within: Within | None) -> list[Note]:
    """Give the notes on an indicator that are not withdrawn: of the whole, and of the area looked at."""
    found = Note.objects.filter(
        indicator=definition.code, part=definition.part, withdrawn_at=None
    ).select_related("author")
    wanted = {("", "")} | ({(within.by, within.group)} if within else set())
    return [note for note in found if (note.by, note.group) in wanted]


def page_with_notes(page: IndicatorPage, notes: list[Note]) -> IndicatorPage:
    """Put the numbers of the notes on a page's chart, above the points they belong to."""
    run = page.run
    if run is None or not run.chart or not notes:
        return page
    figures = [point.figure for point in run.points]
    marks = {str(number): note.day for number, note in enumerate(notes, start=1)}
    return replace(
        page, run=make_run(page.definition, run.step, figures, figures[-1].target, marks)
    )


@looks
def add_note(request: HttpRequest, look: Look, code: str, part: str) -> HttpResponse:
    """Write a note on a point of a chart."""
    from sightline.service.measures.indicator import find_page  # noqa: PLC0415 - each knows the other

    page = find_page(look, code, part)
    form = NoteForm(page, request.POST or None)
    if request.method == "POST" and form.is_valid():
        write_note(look.person, page.definition, look.within, form.cleaned_data)
        return redirect(indicator_address(page.definition, look.query) + "#notes")
    return render(request, "measures/note.html", {"look": look, "page": page, "form": form})


add_note.policy = ANNOTATE


def write_note(
    person: Person, definition: Definition, within: Within | None, said: dict[str, Any]
) -> Note:
    """Put a note on a point."""
    return Note.objects.create(
        indicator=definition.code,
        part=definition.part,
        by=within.by if within else "",
        group=within.group if within else "",
        day=said["day"],
        text=said["text"],
        author=person,
    )


@policy(ANNOTATE)
@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Withdraw a note: its author may, and it stays in the audit."""
    note = get_object_or_404(Note, pk=number, author=request.user)
    if note.withdrawn_at is not None:
        raise Http404("The note was withdrawn before.")
    withdraw_note(note, request.user)
    return redirect(request.POST["next"] if _own(request) else "overview")


def withdraw_note(note: Note, person: Any) -> None:
    """Take a note off the chart."""
    with transaction.atomic():
        note.withdrawn_at, note.withdrawn_by = timezone.now(), person
        note.save(update_fields=["withdrawn_at", "withdrawn_by"])


def _own(request: HttpRequest) -> bool:
    from django.utils.http import url_has_allowed_host_and_scheme  # noqa: PLC0415

    asked = request.POST.get("next", "")
    # One that does not begin so would be taken for the name of a page.
    return asked.startswith("/") and url_has_allowed_host_and_scheme(asked, None)
