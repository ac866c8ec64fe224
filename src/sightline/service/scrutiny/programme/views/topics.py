"""Topics that are followed over meetings."""

from datetime import date

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.service.accounts.gate import asker, policy
from sightline.service.accounts.models import Person
from sightline.service.accounts.pages import columns, sent
from sightline.service.accounts.policies import KEEP_SCRUTINY, SEE_SCRUTINY
from sightline.service.accounts.versions import ConflictError, conflict_page
from sightline.service.scrutiny.keeping import may_keep, need_keeping
from sightline.service.scrutiny.models import Ask, Committee, Item, Topic
from sightline.service.scrutiny.models.meetings import Privacy
from sightline.service.scrutiny.programme import actions, queries
from sightline.service.scrutiny.programme.figures import figures_of_topic
from sightline.service.scrutiny.programme.forms import GatherForm, TopicForm
from sightline.service.scrutiny.programme.timeline import timeline
from sightline.service.scrutiny.programme.views.parts import FORM, for_keeper, paged
from sightline.service.scrutiny.programme.warnings import too_long_off

MOST_FOUND = 50


@require_safe
@policy(SEE_SCRUTINY)
def topics(request: HttpRequest) -> HttpResponse:
    """List the topics, when each was last on an agenda and when it is next."""
    page = paged(request, queries.topics())
    today = timezone.localdate()
    context = {
        "page": page,
        "rows": [(topic, too_long_off(topic, today)) for topic in page],
        "columns": columns("Topic", "Committee", "Last on an agenda", "Next planned"),
        "may_add": KEEP_SCRUTINY.allows(asker(request)),
    }
    return render(request, "scrutiny/programme/topics.html", context)


@require_safe
@policy(SEE_SCRUTINY)
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a topic: all that was said, asked, answered and planned, in order of time."""
    row = get_object_or_404(queries.topics(), slug=slug)
    person = asker(request)
    events = timeline(row, person)
    today = timezone.localdate()
    context = {
        "topic": row,
        "warning": too_long_off(row, today),
        "ahead": sorted(
            (event for event in events if event.is_ahead), key=lambda each: each.day or date.max
        ),
        "page": paged(request, [event for event in events if not event.is_ahead]),
        "figures": figures_of_topic(row),
        "keeps": may_keep(person, row.committee),
        "gathers": may_keep(person, row.committee)
        if row.committee
        else KEEP_SCRUTINY.allows(person),
    }
    return render(request, "scrutiny/programme/topic.html", context)


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def add_topic(request: HttpRequest) -> HttpResponse:
    """Follow a subject from now on."""
    form = for_keeper(TopicForm(sent(request)), asker(request))
    if form.is_valid():
        given = form.changes
        made = actions.add_topic(**given)
        messages.success(request, "The topic is followed. Put under it what there is already.")
        return redirect("gather-topic", made.slug)
    return render(request, "scrutiny/programme/topic_form.html", {"form": form})


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def change_topic(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what is said of a topic."""
    row = get_object_or_404(Topic.objects.select_related("committee"), slug=slug)
    need_keeping(request, row.committee)
    form = for_keeper(
        TopicForm(sent(request), instance=Topic.objects.get(pk=row.pk)), asker(request)
    )
    if form.is_valid():
        try:
            actions.change_topic(row, form.cleaned_data["version"], form.changes)
        except ConflictError as conflict:
            back = reverse("topic", args=[slug])
            return conflict_page(request, form, conflict.now, back=back, what="this topic")
        messages.success(request, "The change is saved.")
        return redirect("topic", slug)
    return render(request, "scrutiny/programme/topic_form.html", {"form": form, "topic": row})


@require_http_methods(FORM)
@policy(KEEP_SCRUTINY)
def gather_topic(request: HttpRequest, slug: str) -> HttpResponse:
    """Find items and requests by words (`?q=`), and put those that are chosen under a topic."""
    row = get_object_or_404(Topic.objects.select_related("committee"), slug=slug)
    if row.committee is not None:
        need_keeping(
            request, row.committee
        )  # under a shared one, whoever keeps anything puts what is theirs
    person = asker(request)
    if request.method == "POST":
        items = _items(person, "", row).filter(pk__in=_numbers(request, "item"))
        asks = _asks(person, "", row).filter(pk__in=_numbers(request, "ask"))
        moved = actions.put_under_topic(row, items, asks)
        messages.success(request, f"{moved} put under the topic.")
        return redirect("topic", slug)
    form = GatherForm(request.GET if "q" in request.GET else None)
    q = form.cleaned_data["q"] if form.is_valid() else ""
    context = {
        "topic": row,
        "form": form,
        "q": q,
        "items": _items(person, q, row)[:MOST_FOUND] if q else [],
        "asks": [
            (ask, queries.words_for(person, ask)) for ask in _asks(person, q, row)[:MOST_FOUND]
        ]
        if q
        else [],
        "most": MOST_FOUND,
    }
    return render(request, "scrutiny/programme/gather.html", context)


def _numbers(request: HttpRequest, name: str) -> list[int]:
    return [int(number) for number in request.POST.getlist(name) if number.isdecimal()]


def _items(person: Person, q: str, row: Topic) -> QuerySet[Item]:
    found = (
        Item.objects.filter(meeting__committee__in=_committees(person, row))
        .exclude(topic=row)
        .select_related("meeting__committee", "topic")
    )
    for word in q.split():
        found = found.filter(title__icontains=word)
    return found.order_by("-meeting__day", "position")


def _asks(person: Person, q: str, row: Topic) -> QuerySet[Ask]:
    found = (
        Ask.objects.filter(committee__in=_committees(person, row))
        .exclude(topic=row)
        .select_related("item", "committee", "topic")
    )
    for word in q.split():
        # The words of what is private are not searched: that it is found would tell of them.
        found = found.filter(
            Q(summary__icontains=word) | Q(text__icontains=word), privacy=Privacy.PUBLIC
        )
    return found.order_by("-made_on", "reference")


def _committees(person: Person, row: Topic) -> list[Committee]:
    if row.committee is not None:
        return [row.committee]
    return [each for each in Committee.objects.all() if may_keep(person, each)]
