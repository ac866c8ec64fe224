"""A concern that the front door routed, and what came of it."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.service.accounts.form_pages import FormPage
from sightline.service.accounts.gate import asker, policy, refuse
from sightline.service.accounts.models import Person
from sightline.service.accounts.pages import columns, sent
from sightline.service.accounts.policies import (
    ANSWER_CONCERNS,
    OPEN_CHILDREN,
    RECORD_MISSING,
    SCREEN_CHILDREN,
    SEE_FRONT_DOOR,
    SEE_MISSING,
)
from sightline.service.accounts.steps import IncompleteError
from sightline.service.frontdoor.access import contacts_of
from sightline.service.frontdoor.models import Contact, ContactChild, EarlierRouting
from sightline.service.frontdoor.queries.lists import age_words
from sightline.service.frontdoor.views.parts import viewed as contact_viewed
from sightline.service.missing.access import Opened, episodes_of, opened_of
from sightline.service.missing.actions import concerns
from sightline.service.missing.actions.concerns import Concern, fears_of
from sightline.service.missing.forms import NOTHING, AnswerForm
from sightline.service.missing.models import ConcernAnswer, MissingEpisode, Screening
from sightline.service.missing.queries.told import level_name
from sightline.service.missing.views.parts import FORM, facts_of
from sightline.service.protection.forms.parts import ReasonForm
from sightline.service.protection.views.parts import said_at

Fear = ConcernAnswer.Fear
_MOST = 10
"""Episodes or screenings of the child that are offered as the answer, the latest."""


def concern_of(request: HttpRequest, opened: Opened, fear: str) -> Concern | None:
    """Give the concern that `?concern=` names, of this child and fear; None where it names none.

    404 where it is not the asker's to answer, or of another child.
    """
    given = request.GET.get("concern", "")
    if not given:
        return None
    child = (
        ContactChild.objects.select_related("contact")
        .filter(
            pk=int(given) if given.isdecimal() else 0,
            person__in=opened.records,
            contact__in=contacts_of(asker(request), ANSWER_CONCERNS).values("pk"),
        )
        .first()
    )
    if child is None or fear not in fears_of(child.contact):
        raise Http404("There is no such concern about this child.")
    return Concern(child.contact, child, fear)


def _find(request: HttpRequest, pk: int) -> Contact:
    """Give a contact about a missing or exploited child that the asker may answer; else refuse, on record."""
    rows = Contact.objects.select_related("routed_by", "agency", "team", "locality")
    contact = get_object_or_404(rows, pk=pk)
    if not contacts_of(asker(request), ANSWER_CONCERNS).filter(pk=pk).exists():
        refuse(request, ANSWER_CONCERNS, f"contact {contact.number}")
    if not (
        fears_of(contact) or contact.concern_answers.exists() or contact.earlier_routings.exists()
    ):
        raise Http404("This contact fears neither, and never did.")
    return contact


@require_safe
@policy(ANSWER_CONCERNS)
def concern(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a concern as it was told, when it was routed, and what came of it for each child."""
    contact, by = _find(request, pk), asker(request)
    with transaction.atomic():
        children = list(contact.children.select_related("person").order_by("pk"))
        answers = list(
            contact.concern_answers.select_related(
                "by", "episode", "screening", "aside_by", "child"
            ).order_by("at", "pk")
        )
        contact_viewed(contact)
    standing = {(each.child_id, each.fear): each for each in answers if each.aside_at is None}
    rows = [
        _row(by, contact, child, fear, standing)
        for child in (*children,) or (None,)
        for fear in fears_of(contact)
    ]
    shown = [row["answer"] for row in rows]
    before = [{"row": each, **_answered(each)} for each in answers if each not in shown]
    routed = "Not routed yet"
    if contact.routed_at:
        took = age_words(contact.waits_since, contact.routed_at)
        came = "was opened again" if contact.reopened_at else "came"
        routed = f"{said_at(contact.routed_at)}, by {contact.routed_by}: {took} after it {came}"
    routings = list(contact.earlier_routings.order_by("routed_at", "pk"))
    facts = facts_of(
        ("Received", said_at(contact.received_at)),
        ("From", str(contact.agency or "Not an agency, or not said")),
        ("Routed", routed),
        ("At the front door", contact.get_state_display()),
    )
    context = {
        "contact": contact,
        "rows": rows,
        "before": before,
        "unanswered": _unanswered(contact, routings, children, answers),
        "before_columns": columns("Child", "What was feared", "What was answered", "Now"),
        "facts": facts,
        "may_see_contact": SEE_FRONT_DOOR.allows(by),
        "columns": columns("Child", "What is feared", "What came of it"),
    }
    return render(request, "missing/concern.html", context)


def _unanswered(
    contact: Contact,
    routings: Sequence[EarlierRouting],
    children: Sequence[ContactChild],
    answers: Sequence[ConcernAnswer],
) -> list[tuple[EarlierRouting, bool]]:
    """Give the routings before it was opened again that were not answered whole until it was routed anew.

    With whether something of them was. Of a child added since it was opened again nobody was asked then;
    where none was there, or none of them stands, one answer is one to the fear.
    """
    opened = [*(each.since for each in routings[1:]), contact.waits_since]
    anew = [*(each.routed_at for each in routings[1:]), contact.routed_at or timezone.now()]
    found = []
    for each, again, until in zip(routings, opened, anew, strict=False):
        given = {
            (answer.child_id, answer.fear)
            for answer in answers
            if each.routed_at <= answer.at < until
            and (answer.aside_at is None or answer.aside_because == answer.ASKED_AGAIN)
        }
        there = [child.pk for child in children if child.added_at < again]
        asked = {(child, fear) for child in there for fear in fears_of(each)}
        of_fear = {fear for _, fear in given}
        whole = asked <= given if there else of_fear >= set(fears_of(each))
        if not given or not whole:
            found.append((each, bool(given)))
    return found


def _row(
    by: Any,
    contact: Contact,
    child: ContactChild | None,
    fear: str,
    answers: dict[tuple[int | None, str], ConcernAnswer],
) -> dict[str, Any]:
    person = child.person if child else None
    answer = answers.get((child.pk if child else None, fear))
    row = {
        "name": child.name if child else "No child named",
        "fear": Fear(fear).label,
        "person": person,
        "answer": answer,
        "answered": _answered(answer) if answer else None,
        "withdraw_href": reverse("withdraw-answer", args=[answer.pk]) if answer else "",
    }
    if answer or contact.routed_at is None:
        return row
    row["answer_href"] = (
        f"{reverse('answer-concern', args=[contact.pk])}?fear={fear}&child={child.pk if child else ''}"
    )
    if child and person:
        of, page = {
            str(Fear.MISSING): (RECORD_MISSING, "record-missing"),
            str(Fear.EXPLOITATION): (SCREEN_CHILDREN, "screen-child"),
        }[fear]
        if opened_of(by, person).lets(by, of):
            row["open_href"] = f"{reverse(page, args=[person.pk])}?concern={child.pk}"
            row["open_text"] = (
                "Record the episode" if fear == Fear.MISSING else "Screen for exploitation"
            )
    return row


def _answered(answer: ConcernAnswer) -> dict[str, str]:
    if answer.episode:
        href = reverse("episode", args=[answer.episode.pk])
        return {"text": f"Episode from {said_at(answer.episode.starts_at)}", "href": href}
    if answer.screening:
        href = reverse("screening", args=[answer.screening.pk])
        return {"text": f"Screening of {answer.screening.made_on:%-d %B %Y}", "href": href}
    return {"text": f"Nothing was opened: {answer.because}", "href": ""}


@require_http_methods(FORM)
@policy(ANSWER_CONCERNS)
def answer_concern(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that something recorded already answers a concern, or that nothing is opened and why."""
    contact = _find(request, pk)
    fear, given = request.GET.get("fear", ""), request.GET.get("child", "")
    children = {str(each.pk): each for each in contact.children.select_related("person")}
    if fear not in fears_of(contact) or (given not in children and (given or children)):
        raise Http404("There is no such concern in this contact.")
    about = Concern(contact, children.get(given), fear)
    person = about.child.person if about.child else None
    opened = opened_of(asker(request), person) if person else None
    recorded = _recorded(opened, about, asker(request))
    named = {key: _named(row) for key, row in recorded.items()}
    page = FormPage(
        "What came of it?",
        "Save",
        reverse("concern", args=[pk]),
        ANSWER_CONCERNS,
        "What came of it is on record.",
        f"Contact {contact.number}",
        intro=f"{about.child.name if about.child else 'No child named'}: {Fear(fear).label.lower()}.",
    )

    def save(form: AnswerForm) -> None:
        came = form.cleaned_data["came"]
        if came == NOTHING:
            concerns.open_nothing(about, form.cleaned_data["because"], by=asker(request))
            return
        row = recorded[came]
        if isinstance(row, MissingEpisode):
            concerns.link_episode(about, row, by=asker(request))
        elif isinstance(row, Screening):
            concerns.link_screening(about, row, by=asker(request))
        else:
            raise IncompleteError("Select what came of it", "came")

    answer = page.answer(request, AnswerForm(named, sent(request)), save)
    if answer.status_code == HTTPStatus.OK:
        contact_viewed(contact)
    return answer


@require_http_methods(FORM)
@policy(ANSWER_CONCERNS)
def withdraw_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that an answer was recorded in error: the concern is to be answered again."""
    answer = get_object_or_404(ConcernAnswer.objects.select_related("contact"), pk=pk)
    contact = _find(request, answer.contact_id)
    page = FormPage(
        "The answer was recorded in error",
        "Save",
        reverse("concern", args=[contact.pk]),
        ANSWER_CONCERNS,
        "The answer is withdrawn. The concern is to be answered again.",
        f"Contact {contact.number}",
        intro=f"{Fear(answer.fear).label}: {_answered(answer)['text']}",
    )
    shown = page.answer(
        request,
        ReasonForm(sent(request)),
        lambda form: concerns.withdraw_answer(
            answer, form.cleaned_data["reason"], by=asker(request)
        ),
    )
    if shown.status_code == HTTPStatus.OK:
        contact_viewed(contact)
    return shown


def _recorded(
    opened: Opened | None, about: Concern, by: Person
) -> dict[str, MissingEpisode | Screening]:
    """Give what is recorded of the child that may be the answer, and that somebody sees, the latest first."""
    if opened is None or opened.is_hidden:
        return {}
    if about.fear == Fear.MISSING:
        episodes = MissingEpisode.objects.filter(child__in=opened.records, aside_at=None)
        if not opened.sees_every_episode(by):
            episodes = episodes.filter(pk__in=episodes_of(by, SEE_MISSING).values("pk"))
        return {str(row.pk): row for row in episodes.order_by("-starts_at", "-pk")[:_MOST]}
    if not opened.lets(by, OPEN_CHILDREN):
        return {}
    screenings = Screening.objects.filter(child__in=opened.records, aside_at=None)
    return {str(row.pk): row for row in screenings.order_by("-made_on", "-pk")[:_MOST]}


def _named(row: MissingEpisode | Screening) -> str:
    if isinstance(row, MissingEpisode):
        place = row.get_missing_from_display().lower()
        return f"{row.get_kind_display()} from {place} since {said_at(row.starts_at)}"
    return f"Screening of {row.made_on:%-d %B %Y}: {level_name(row, row.level_now)}"
