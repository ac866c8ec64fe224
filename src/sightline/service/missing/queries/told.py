"""What is told of a missing or exploited child: in the chronology, and as open work."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from sightline.service.accounts.keys import ByKeys
from sightline.service.accounts.models import Person
from sightline.service.children.models import KnownPerson
from sightline.service.children.queries import Entry, Open, all_of, hidden_people
from sightline.service.missing.actions.interviews import RULE as INTERVIEW_RULE
from sightline.service.missing.actions.screening import RULE as REVIEW_RULE
from sightline.service.missing.models import MissingEpisode, Screening
from sightline.service.missing.queries.history import history_of
from sightline.service.missing.tools.reading import edition_of
from sightline.service.protection.clocks import due_day

AREA = "Missing and exploitation"


def entries_told(person: KnownPerson, by: Person) -> Iterator[Entry]:
    """Give the episodes, interviews, screenings and reviews of a child; each leads to its page."""
    records = _records(person, by)
    if not records:
        return
    for episode in history_of(records).episodes:
        if episode.aside_at is None:
            yield from _of_episode(episode)
    found = Screening.objects.filter(child__in=records, aside_at=None).select_related("by")
    for screening in found.prefetch_related("reviews__by"):
        yield from _of_screening(screening)


def _records(person: KnownPerson, by: Person) -> list[KnownPerson]:
    """Give every record of a child of whom there is anything that somebody may see; else none."""
    records = all_of(person)
    if not _KNOWN.rows(each.pk for each in records):
        return []
    return [] if not hidden_people(by).isdisjoint(each.pk for each in records) else records


def _anything(here: Any) -> Any:
    episodes = MissingEpisode.objects.filter(child__in=here).order_by().values_list("child")
    return episodes.union(Screening.objects.filter(child__in=here).order_by().values_list("child"))


_KNOWN = ByKeys(_anything)
"""Of whom there is anything."""


def _entry(when: datetime | date, what: str, by: str, href: str) -> Entry:
    if isinstance(when, datetime):
        local = timezone.localtime(when)
        at = local.time().replace(second=0, microsecond=0)
        return Entry(local.date(), what, AREA, by=by, href=href, at=at)
    return Entry(when, what, AREA, by=by, href=href)


def _of_episode(episode: MissingEpisode) -> Iterator[Entry]:
    href = reverse("episode", args=[episode.pk])
    place = episode.get_missing_from_display().lower()
    kind = episode.get_kind_display()
    yield _entry(episode.starts_at, f"{kind} from {place}", str(episode.recorded_by), href)
    if episode.ended_at:
        yield _entry(episode.ended_at, f"Ended without a return: {kind.lower()}", "", href)
    if episode.returned_at is None:
        return
    yield _entry(episode.returned_at, f"Returned: {kind.lower()} from {place}", "", href)
    interview = episode.interview
    if interview.offered_at:
        yield _entry(
            interview.offered_at, "Return interview offered", str(interview.given_to or ""), href
        )
    if interview.completed_at:
        own = "" if interview.is_independent else "not "
        said = f"Return interview held, {own}independent of the child’s care"
        yield _entry(interview.completed_at, said, interview.interviewer, href)


def _of_screening(screening: Screening) -> Iterator[Entry]:
    href = reverse("screening", args=[screening.pk])
    said = f"Screened for exploitation: {level_name(screening, screening.level)}"
    yield _entry(screening.made_on, said, str(screening.by), href)
    for each in screening.reviews.all():
        said = f"Risk of exploitation reviewed: {level_name(screening, each.level)}"
        yield _entry(each.reviewed_on, said, str(each.by), href)


def level_name(screening: Screening, code: str) -> str:
    """Give the name of a level by the edition that was answered; its code where that is known no longer."""
    edition = edition_of(screening.tool, screening.edition)
    found = edition.level(code) if edition else None
    return found.name if found else code


def open_told(person: KnownPerson, by: Person) -> Iterator[Open]:
    """Give what is open of a child: not returned, an interview to be held, a risk under review."""
    records = _records(person, by)
    if not records:
        return
    for episode in history_of(records).episodes:
        href = reverse("episode", args=[episode.pk])
        if episode.aside_at or episode.ended_at:
            continue
        if episode.returned_at is None:
            since = timezone.localdate(episode.starts_at)
            yield Open("Not returned: the child is missing", since, "", None, href)
        elif episode.interview.completed_at is None and episode.interview.accepted is not False:
            due = due_day(INTERVIEW_RULE, episode.returned_at)
            whose = str(episode.interview.given_to or "")
            since = timezone.localdate(episode.returned_at)
            yield Open("Return interview", since, whose, due, href)
    under_review = Screening.objects.filter(child__in=records, ended_on=None, aside_at=None)
    for screening in under_review.prefetch_related("reviews"):
        href = reverse("screening", args=[screening.pk])
        last = max(
            (each.reviewed_on for each in screening.reviews.all()), default=screening.made_on
        )
        what = f"Risk of exploitation: {level_name(screening, screening.level_now)}"
        yield Open(what, screening.made_on, "", due_day(REVIEW_RULE, last), href)
