"""Letters before proceedings: what every one says, and each to one person with parental responsibility."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from sightline.service.accounts.form_pages import FormPage
from sightline.service.accounts.gate import asker, refuse
from sightline.service.accounts.models import Person
from sightline.service.accounts.pages import columns, sent
from sightline.service.accounts.policies import OPEN_CHILDREN, WORK_CASES, WRITE_UP, Policy
from sightline.service.children.queries import all_of, hidden_people, root_of
from sightline.service.protection.access import Case
from sightline.service.protection.actions import letters as doing
from sightline.service.protection.forms.court import WhyForm
from sightline.service.protection.forms.letters import (
    AddressForm,
    CorrectSentForm,
    LetterForm,
    SentForm,
    ToParentForm,
)
from sightline.service.protection.models import CourtLetter, PreProceedings
from sightline.service.protection.queries.parents import Parent, parents_of, place_is_secret
from sightline.service.protection.states import COURT_LETTER
from sightline.service.protection.views.parts import (
    FORM,
    Button,
    buttons,
    caption_of,
    fresh,
    of_case,
    offered,
    part_page,
    said_at,
    said_on,
)

WARNING = (
    "Every parent reads this. No address, and nothing that one parent or the child has said in "
    "confidence."
)
_HIDDEN = "Somebody whose record is restricted"


def need_told(request: HttpRequest, row: CourtLetter, of: Policy) -> None:
    """Go on only where whom a letter is to is not hidden from the asker; else 403, on record."""
    if _is_hidden(row, asker(request)):
        refuse(request, of, f"letter {row.pk}")


def _is_hidden(row: CourtLetter, by: Person) -> bool:
    return not hidden_people(by).isdisjoint(each.pk for each in all_of(root_of(row.to)))


def letters_of(case: Case, by: Person, row: PreProceedings) -> dict[str, Any]:
    """Give the table of the letters of pre-proceedings: to whom each is, and where it stands."""
    linked = []
    for each in row.letters.select_related("to"):
        hidden = _is_hidden(each, by)
        state = COURT_LETTER.state_of(each).label
        stands = f"{state}, {said_on(each.sent_on)}" if each.sent_on else state
        if each.dropped_because:
            stands = f"{state}: {each.dropped_because}"
        linked.append(
            {
                "cells": [_HIDDEN if hidden else root_of(each.to).name, stands],
                "href": "" if hidden else reverse("court-letter", args=[each.pk]),
            }
        )
    return {"title": "Letters", "columns": columns("To", "How it stands"), "linked": linked}


def without_letter(row: PreProceedings, parents: list[Parent]) -> list[Parent]:
    """Give who has parental responsibility, or may have it, and to whom no letter is sent or written."""
    written = row.letters.filter(dropped_because="").select_related("to")
    told = {root_of(each.to).pk for each in written}
    return [each for each in parents if each.person.pk not in told]


@require_safe
@of_case(OPEN_CHILDREN, CourtLetter)
def court_letter(request: HttpRequest, case: Case, row: CourtLetter) -> HttpResponse:
    """Show a letter before proceedings to one person, and where it stands."""
    need_told(request, row, OPEN_CHILDREN)
    by, to = asker(request), root_of(row.to)
    facts = [("To", to.name), ("Sent", said_on(row.sent_on)), ("Written by", str(row.written_by))]
    if row.dropped_because:
        facts.append(("Why it is not sent", row.dropped_because))
    if row.corrected_by:
        why = f"{row.corrected_because} ({row.corrected_by}, {said_at(row.corrected_at)})"
        facts.append(("Corrected", why))
    note = ""
    if not row.sent_on and place_is_secret(case.child, to):
        note = (
            "Where the child lives is not to be told to everybody, or not to this person: the letter leaves "
            "out the team. See that nothing else in it tells."
        )
    context: dict[str, Any] = {
        "facts": facts,
        "texts": [("What they have told us", row.view)],
        "note": note,
        "buttons": buttons(
            offered(case, by, row),
            ("write to parent", Button("Write what they say", _to("write-to-parent", row))),
            ("send letter", Button("Record that it was sent", _to("send-letter", row))),
            ("drop letter", Button("It is not sent", _to("drop-letter", row))),
            ("correct letter", Button("Correct the day", _to("correct-letter", row))),
        ),
        "back": _back(row.pre_proceedings),
    }
    if case.lets(by, WRITE_UP):
        context["papers"] = [("The letter", reverse("print-letter", args=[row.pk]))]
    return part_page(request, case, row, "Letter before proceedings", context)


def _to(name: str, row: CourtLetter) -> str:
    return reverse(name, args=[row.pk])


def _back(row: PreProceedings) -> str:
    return reverse("pre-proceedings", args=[row.pk])


def _intro(row: PreProceedings, said: str = "") -> str:
    """Say first until which day a letter can have been sent, once it is decided how it goes on."""
    decided = row.court_on or row.outcome_on
    if decided is None:
        return said
    on = said_on(decided)
    until = f"It was decided on {on} how it goes on: put on record only a letter sent until then."
    return f"{until} {said}".strip()


@require_http_methods(FORM)
@of_case(WORK_CASES, PreProceedings)
def write_letter(request: HttpRequest, case: Case, row: PreProceedings) -> HttpResponse:
    """Write what every letter before proceedings says."""
    page = FormPage(
        "Write what every letter says",
        "Save",
        _back(row),
        WORK_CASES,
        "It is saved. No letter is sent.",
        caption_of(case),
        name=f"letter {row.pk}",
        intro=_intro(row, WARNING),
    )
    return page.answer(
        request,
        LetterForm(sent(request), instance=fresh(row)),
        lambda form: doing.write_letter(
            row, form.cleaned_data["version"], form.changes, by=asker(request)
        ),
    )


@require_http_methods(FORM)
@of_case(WORK_CASES, PreProceedings)
def address_letter(request: HttpRequest, case: Case, row: PreProceedings) -> HttpResponse:
    """Begin a letter to somebody with parental responsibility."""
    by = asker(request)
    parents = parents_of(case.child, by)
    nobody = (
        "The family record names nobody with parental responsibility, and no mother or father. Record them "
        "there first."
    )
    page = FormPage(
        "Write to a parent",
        "Save",
        _back(row),
        WORK_CASES,
        "The letter is saved. It is not sent.",
        caption_of(case),
        name=f"letter of {row.pk}",
        intro=_intro(row) if parents else nobody,
    )

    def save(form: AddressForm) -> None:
        to = next(each for each in parents if each.person.pk == form.cleaned_data["to"])
        doing.address_letter(row, to.person, form.cleaned_data["view"], by=by)

    return page.answer(request, AddressForm(sent(request), parents=parents), save)


def _page(case: Case, row: CourtLetter, title: str, done: str) -> FormPage:
    about = f"{caption_of(case)}: to {root_of(row.to).name}"
    return FormPage(
        title, "Save", _to("court-letter", row), WORK_CASES, done, about,
        name=f"{title.lower()} {row.pk}",
    )  # fmt: skip


@require_http_methods(FORM)
@of_case(WORK_CASES, CourtLetter)
def write_to_parent(request: HttpRequest, case: Case, row: CourtLetter) -> HttpResponse:
    """Write what one person has told us, in the letter to them."""
    need_told(request, row, WORK_CASES)
    page = _page(case, row, "Write what they say", "It is saved. The letter is not sent.")
    return page.answer(
        request,
        ToParentForm(sent(request), instance=fresh(row)),
        lambda form: doing.write_to_parent(
            row, form.cleaned_data["version"], form.cleaned_data["view"], by=asker(request)
        ),
    )


@require_http_methods(FORM)
@of_case(WORK_CASES, CourtLetter)
def send_letter(request: HttpRequest, case: Case, row: CourtLetter) -> HttpResponse:
    """Say that a letter was sent; its words are kept as they are."""
    need_told(request, row, WORK_CASES)
    read = row.pre_proceedings
    texts = (
        ("What are we worried about?", read.worries),
        ("What must change, and by when?", read.must_change),
        ("What help do we give?", read.support),
        ("What the child says", read.child_view),
        ("What they have told us", row.view),
    )
    page = FormPage(
        "Record that the letter was sent",
        "Save",
        _to("court-letter", row),
        WORK_CASES,
        "That the letter was sent is on record. Print it as it was sent.",
        f"{caption_of(case)}: to {root_of(row.to).name}",
        name=f"send letter {row.pk}",
        intro=_intro(
            read, f"{WARNING} From now on it is printed in these words, whatever changes."
        ),
        sections=tuple((heading, text or "Nothing is written yet.") for heading, text in texts),
    )
    return page.answer(
        request,
        SentForm(sent(request), initial={"version": row.version, "read": read.version}),
        lambda form: doing.send_letter(row, **form.cleaned_data, by=asker(request)),
    )


@require_http_methods(FORM)
@of_case(WORK_CASES, CourtLetter)
def drop_letter(request: HttpRequest, case: Case, row: CourtLetter) -> HttpResponse:
    """Say that a letter that was written is not sent."""
    need_told(request, row, WORK_CASES)
    page = _page(case, row, "The letter is not sent", "That it is not sent is on record.")
    return page.answer(
        request,
        WhyForm(sent(request), initial={"version": row.version}),
        lambda form: doing.drop_letter(row, **form.cleaned_data, by=asker(request)),
    )


@require_http_methods(FORM)
@of_case(WORK_CASES, CourtLetter)
def correct_letter(request: HttpRequest, case: Case, row: CourtLetter) -> HttpResponse:
    """Correct on which day a letter was sent."""
    need_told(request, row, WORK_CASES)
    said = "The day is corrected. What it said before stays in the audit."
    page = _page(case, row, "Correct the day", said)
    return page.answer(
        request,
        CorrectSentForm(sent(request), initial={"version": row.version, "sent_on": row.sent_on}),
        lambda form: doing.correct_letter(
            row,
            form.cleaned_data["version"],
            form.cleaned_data["sent_on"],
            because_of=form.cleaned_data["corrected_because"],
            by=asker(request),
        ),
    )
