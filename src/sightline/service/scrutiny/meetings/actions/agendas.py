"""The agenda of a meeting: built, put in order, its papers, and its publication."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from sightline.service.accounts.models import Person
from sightline.service.accounts.versions import save_changes
from sightline.service.scrutiny.meetings import exempt
from sightline.service.scrutiny.meetings.actions.minutes import number_items
from sightline.service.scrutiny.meetings.deadlines import publication
from sightline.service.scrutiny.meetings.pack import draw_packs, keep_packs, withdraw_packs
from sightline.service.scrutiny.meetings.papers import keep_file, look_through
from sightline.service.scrutiny.meetings.standing import words_of
from sightline.service.scrutiny.models import (
    Item,
    Meeting,
    Paper,
    Report,
    StandingItem,
)
from sightline.service.scrutiny.models.meetings import Privacy
from sightline.service.scrutiny.programme.queries import entries_for
from sightline.service.scrutiny.public.search import publish_texts

State = Meeting.State
Kind = StandingItem.Kind
EXCLUSION_TITLE = "Exclusion of the press and public"
REPORT = "report"
"""The kind of an item for which a report is awaited."""
_AGENDA_OPEN = (State.PLANNED, State.CALLED, State.OPEN)
_ON_VIEW = ("title", "planned")
"""What of an item is open to inspection, so that a change of it is a change of what was."""
_LAST = (Kind.PROGRAMME, Kind.EXCLUSION)
"""Standing items that come after what is planned for the meeting."""


def is_late(meeting: Meeting, on: date) -> bool:
    """Whether what is put on an agenda on a day is open for fewer clear days than the committee's notice.

    A meeting of the past is put on record, not called: nothing is late for it.
    """
    if meeting.day is None or on > meeting.day:
        return False
    return on > publication(meeting.day, meeting.committee.clear_days).day


@transaction.atomic
def build_agenda(meeting: Meeting) -> list[Item]:
    """Put on the agenda what belongs there: standing items, what the programme plans, matters outstanding.

    What is there already stays, in its order; pressed again it adds what has come since. Gives the items.
    Of an agenda that is published the words stay too, and nothing comes on it late: what does has the
    chair's reason of its own (`add_item`).
    """
    meeting = _locked(meeting)
    items = list(meeting.items.order_by("position", "pk"))
    standing = [
        each for each in meeting.committee.standing_items.all() if each.kind != Kind.EXCLUSION
    ]
    first_last = next((n for n, each in enumerate(standing) if each.kind in _LAST), len(standing))
    planned = [
        Item(
            meeting=meeting,
            position=0,
            kind=REPORT,
            title=entry.title[:500],
            topic=entry.topic,
            planned="\n\n".join(filter(None, (entry.purpose, entry.outcome))),
            presenter=", ".join(entry.invitees.splitlines())[:300],
            from_ask=entry.from_ask,
        )
        for entry in entries_for(meeting)
    ]
    wanted = [
        *(_standing(meeting, each) for each in standing[:first_last]),
        *planned,
        *(_standing(meeting, each) for each in standing[first_last:]),
    ]
    after = 0
    for item in wanted:
        there = next((n for n, each in enumerate(items) if _same(each, item)), None)
        if there is None:
            _check_urgency(meeting, item)
            items.insert(after, item)
            there = after
        after = there + 1
    for item in items:
        if (item.pk is None or meeting.state == State.PLANNED) and (
            text := words_of(item.kind, meeting)
        ):
            item.planned = text
    return _settle(meeting, items)


def _standing(meeting: Meeting, each: StandingItem) -> Item:
    return Item(meeting=meeting, position=0, kind=each.kind, title=each.title)


def _same(there: Item, wanted: Item) -> bool:
    if wanted.kind not in (Kind.OTHER, REPORT):
        return there.kind == wanted.kind
    return there.title == wanted.title


@transaction.atomic
def add_item(meeting: Meeting, title: str, **more: Any) -> Item:
    """Put an item on an agenda, at the end of its public or private part. `more` are other columns.

    On one that is published, late: with the chair's reason of urgency, or not at all. While the meeting is
    held it gets its minute number.
    """
    meeting = _locked(meeting)
    more.setdefault("kind", REPORT)
    item = Item(meeting=meeting, position=0, title=title, **more)
    item.full_clean(exclude=["position"], validate_constraints=False)
    _check_private(item)
    _check_urgency(meeting, item)
    items = list(meeting.items.order_by("position", "pk"))
    at = len(items)
    if meeting.state == State.PLANNED and item.privacy == Privacy.PUBLIC:
        # What closes an agenda stays at its end.
        while at and items[at - 1].kind in _LAST:
            at -= 1
    items.insert(at, item)
    _settle(meeting, items)
    if meeting.state == State.OPEN:
        number_items(meeting)
        item.refresh_from_db()
    return item


@transaction.atomic
def change_item(item: Item, version: int, changes: Mapping[str, Any]) -> None:
    """Change what an agenda says of an item."""
    meeting = _locked(item.meeting)
    stands = meeting.items.get(pk=item.pk)
    was = {name: getattr(stands, name) for name in (*_ON_VIEW, "privacy", "urgency")}
    for name, value in changes.items():
        setattr(stands, name, value)
    stands.full_clean(validate_constraints=False)
    _check_private(stands)
    if was["urgency"] or any(getattr(stands, name) != was[name] for name in _ON_VIEW):
        # What is put in the place of an item comes late as a new one does, and a reason given stays.
        _check_urgency(meeting, stands)
    save_changes(item, version, changes)
    if was["privacy"] == Privacy.PUBLIC != stands.privacy:
        withdraw_packs(meeting)
    _settle(meeting, list(meeting.items.order_by("position", "pk")))


@transaction.atomic
def move_item(item: Item, *, up: bool) -> None:
    """Move an item one place up or down its agenda; nothing where it is at the end of its part already."""
    meeting = _locked(item.meeting)
    items = list(meeting.items.order_by("position", "pk"))
    here = next((n for n, each in enumerate(items) if each.pk == item.pk), None)
    if here is None:
        raise ValidationError("The item has been taken off the agenda meanwhile.")
    there = here - 1 if up else here + 1
    if 0 <= there < len(items):
        items[here], items[there] = items[there], items[here]
        _settle(meeting, items)


@transaction.atomic
def remove_item(item: Item) -> None:
    """Take an item off an agenda that is not published yet."""
    meeting = _locked(item.meeting)
    if meeting.state != State.PLANNED:
        said = (
            "The agenda is published, so its items stay: say in the minutes that one was withdrawn."
        )
        raise ValidationError(said)
    meeting.items.filter(pk=item.pk).delete()
    _settle(meeting, list(meeting.items.order_by("position", "pk")))


def check_agenda(meeting: Meeting, on: date, urgency: str = "") -> None:
    """See whether an agenda can be published on a day; `ValidationError` says all that is in the way."""
    if meeting.state != State.PLANNED:
        said = f"This meeting is “{meeting.get_state_display().lower()}”: its agenda is published once."
        raise ValidationError(said)
    if meeting.day is None:
        raise ValidationError(
            "Say on which day the meeting is held before its agenda is published."
        )
    items = list(meeting.items.order_by("position", "pk"))
    wrong = [] if items else ["There is nothing on the agenda."]
    wrong += exempt.faults(items)
    if wrong:
        raise ValidationError(wrong)
    if is_late(meeting, on) and not urgency and not all(item.urgency for item in items):
        last = publication(meeting.day, meeting.committee.clear_days)
        said = (
            f"{last.sentence} It is later than that: say why the chair rules the items urgent, by reason of "
            "special circumstances."
        )
        raise ValidationError({"urgency": said})


def issue_agenda(meeting: Meeting, by: Person | None = None, *, urgency: str = "") -> None:
    """Publish the agenda, and make its packs: what one does on the page. See `publish_agenda`."""
    check_agenda(meeting, timezone.localdate(), urgency)
    if urgency:
        # Before the packs are drawn, as they print the reason.
        meeting.items.filter(urgency="").update(urgency=urgency, version=F("version") + 1)
    drawn = draw_packs(meeting, 0)
    with transaction.atomic():
        # Both or neither: a pack without an agenda would be in the way of the next one.
        keep_packs(drawn, by)
        publish_agenda(meeting, by, urgency=urgency)


@transaction.atomic
def publish_agenda(
    meeting: Meeting,
    by: Person | None = None,
    *,
    urgency: str = "",
    at: datetime | None = None,
) -> None:
    """Publish the agenda with the papers that are there; from now on the public sees it.

    Later than the committee's notice allows it needs `urgency`, the chair's reason, which is written to the
    items. `at` is when it was published, now unless told.
    """
    moment = at or timezone.now()
    stands = _locked(meeting)
    check_agenda(stands, timezone.localdate(moment), urgency)
    if urgency:
        stands.items.filter(urgency="").update(urgency=urgency, version=F("version") + 1)
    present = Paper.objects.filter(item__meeting=stands, published_at=None).exclude(
        file=None, report=None
    )
    present.update(published_at=moment)
    Meeting.objects.filter(pk=stands.pk).update(
        state=State.CALLED, called_at=moment, version=F("version") + 1
    )
    meeting.refresh_from_db()
    publish_texts(meeting)


def add_paper(
    item: Item,
    title: str,
    *,
    data: bytes | None = None,
    name: str = "",
    report: Report | None = None,
    privacy: str = Privacy.PUBLIC,
    paragraph: int | None = None,
    why_exempt: str = "",
    urgency: str = "",
) -> Paper:
    """Give an item a paper: a PDF, a report written here, or with neither one that is to follow.

    A private item's papers are private too. A paper that comes late needs the chair's reason of urgency.
    """
    if data is not None:
        look_through(data, name)
    if report and report.state != Report.State.CLEARED:
        raise ValidationError(
            {"report": "This report is still being written: have it cleared first."}
        )
    with transaction.atomic():
        meeting = _locked(item.meeting)
        item = meeting.items.get(pk=item.pk)
        item.meeting = meeting
        if item.privacy != Privacy.PUBLIC and privacy == Privacy.PUBLIC:
            privacy, paragraph, why_exempt = item.privacy, item.paragraph, item.why_exempt
        if report and report.privacy != Privacy.PUBLIC and privacy == Privacy.PUBLIC:
            privacy, paragraph, why_exempt = report.privacy, report.paragraph, report.why_exempt
        _check_reason(privacy, paragraph, why_exempt)
        if data is not None or report:
            _take_urgency(meeting, item, urgency)
        number = item.papers.count()
        paper = Paper(
            item=item,
            position=number + 1,
            letter=_letter(meeting),
            title=title,
            report=report,
            privacy=privacy,
            paragraph=paragraph,
            why_exempt=why_exempt,
            file=keep_file(data, name, "application/pdf") if data is not None else None,
        )
        paper.full_clean(exclude=["file"])
        paper.save(force_insert=True)
    return paper


def supply_paper(paper: Paper, data: bytes, name: str, *, urgency: str = "") -> None:
    """Give the PDF of a paper that was to follow."""
    look_through(data, name)
    with transaction.atomic():
        item = Item.objects.select_related("meeting__committee").get(pk=paper.item_id)
        meeting = _locked(item.meeting)
        _take_urgency(meeting, item, urgency)
        if not Paper.objects.filter(pk=paper.pk, file=None, report=None).update(
            file=keep_file(data, name, "application/pdf"), added_at=timezone.now()
        ):
            raise ValidationError("This paper is there already.")


@transaction.atomic
def remove_paper(paper: Paper) -> None:
    """Take away a paper that was not published."""
    if not Paper.objects.filter(pk=paper.pk, published_at=None).delete()[0]:
        raise ValidationError("This paper is published, so it stays.")


def _locked(meeting: Meeting) -> Meeting:
    """Read a meeting for a change of its agenda: two at once wait for each other."""
    found = (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("committee")
        .get(pk=meeting.pk)
    )
    if found.state not in _AGENDA_OPEN:
        said = (
            f"This meeting is “{found.get_state_display().lower()}”: its agenda no longer changes."
        )
        raise ValidationError(said)
    return found


def _settle(meeting: Meeting, items: Sequence[Item]) -> list[Item]:
    """Bring the items into their order, with the resolution between the public and the private ones.

    Of an agenda that is published the search follows.
    """
    public = [
        each for each in items if each.privacy == Privacy.PUBLIC and each.kind != Kind.EXCLUSION
    ]
    private = [each for each in items if each.privacy != Privacy.PUBLIC]
    exclusion = [
        each for each in items if each.kind == Kind.EXCLUSION and each.privacy == Privacy.PUBLIC
    ]
    if private and not exclusion:
        own = meeting.committee.standing_items.filter(kind=Kind.EXCLUSION).first()
        title = own.title if own else EXCLUSION_TITLE
        exclusion = [Item(meeting=meeting, position=0, kind=Kind.EXCLUSION, title=title)]
    if not private:
        gone = [each.pk for each in exclusion if each.pk and not each.number]
        meeting.items.filter(pk__in=gone).delete()
        exclusion = [each for each in exclusion if each.number]
    for each in exclusion:
        each.planned = exempt.resolution(private)
    arranged = [*public, *exclusion, *private]
    for position, item in enumerate(arranged, start=1):
        item.position = position
    Item.objects.bulk_create([item for item in arranged if item.pk is None])
    Item.objects.bulk_update([item for item in arranged if item.pk], ["position", "planned"])
    if meeting.state != State.PLANNED:
        publish_texts(meeting)
    return arranged


def _check_private(item: Item) -> None:
    _check_reason(item.privacy, item.paragraph, item.why_exempt)
    if item.kind == Kind.EXCLUSION and item.privacy != Privacy.PUBLIC:
        raise ValidationError({"privacy": "The resolution to exclude the public is itself public."})


def _check_reason(privacy: str, paragraph: int | None, why: str) -> None:
    if privacy == Privacy.PUBLIC:
        if paragraph or why:
            said = "Give a paragraph and a reason for what is private alone."
            raise ValidationError({"privacy": said})
        return
    if not why.strip():
        raise ValidationError({"why_exempt": "Say why it is private."})
    if privacy == Privacy.CONFIDENTIAL:
        if paragraph:
            said = "Confidential information has no paragraph of Schedule 12A: leave it empty."
            raise ValidationError({"paragraph": said})
        return
    if paragraph is None:
        said = "Say under which paragraph of Schedule 12A it is exempt."
        raise ValidationError({"paragraph": said})
    if wrong := exempt.mismatch({paragraph}, why):
        raise ValidationError({"why_exempt": wrong})


def _check_urgency(meeting: Meeting, item: Item) -> None:
    late = meeting.state != State.PLANNED and is_late(meeting, timezone.localdate())
    if late and not item.urgency.strip():
        raise ValidationError({"urgency": _too_late(meeting)})


def _take_urgency(meeting: Meeting, item: Item, urgency: str) -> None:
    if urgency.strip() and not item.urgency:
        item.urgency = urgency.strip()
        meeting.items.filter(pk=item.pk).update(urgency=item.urgency, version=F("version") + 1)
    _check_urgency(meeting, item)


def _too_late(meeting: Meeting) -> str:
    day = meeting.day or timezone.localdate()
    last = publication(day, meeting.committee.clear_days)
    return (
        f"{last.sentence} It is later than that: say why the chair rules it urgent, by reason of special "
        "circumstances."
    )


def _letter(meeting: Meeting) -> str:
    """Give the next letter of a meeting's papers: A to Z, then AA."""
    taken = set(Paper.objects.filter(item__meeting=meeting).values_list("letter", flat=True))
    letters: Iterable[str] = (chr(ord("A") + n % 26) * (n // 26 + 1) for n in range(len(taken) + 1))
    return next(letter for letter in letters if letter not in taken)
