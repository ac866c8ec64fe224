"""What the public may read of scrutiny. Every public page, feed, file and search asks here and nowhere else.

Drafts and what is private never pass: minutes count once they are confirmed, an ask once the minutes it
stands in are, a step of it that a meeting took once that meeting's are, a reply once it is published. Of
what is exempt or confidential the title and the public summary alone are given.
"""

from django.db.models import F, Q, QuerySet

from sightline.service.scrutiny.models import (
    Ask,
    AskStep,
    Attendance,
    Committee,
    Declaration,
    Item,
    Meeting,
    Paper,
    Reply,
)
from sightline.service.scrutiny.models.meetings import Privacy

_CONFIRMED = (Meeting.MinutesState.CONFIRMED, Meeting.MinutesState.SIGNED)
_AGENDA_OUT = (
    Meeting.State.CALLED,
    Meeting.State.OPEN,
    Meeting.State.HELD,
    Meeting.State.CANCELLED,
    Meeting.State.INQUORATE,
)


def committees() -> QuerySet[Committee]:
    """Give the committees shown to the public."""
    return Committee.objects.filter(is_public=True)


def meetings() -> QuerySet[Meeting]:
    """Give the meetings of those, with a date. A planned one has no items yet (`items`)."""
    return Meeting.objects.filter(committee__is_public=True, day__isnull=False)


def is_minuted(meeting: Meeting) -> bool:
    """Whether the minutes of a meeting are the public's."""
    return meeting.minutes_state in _CONFIRMED


def items() -> QuerySet[Item]:
    """Give the items of published agendas and confirmed minutes; their texts only through `texts_of`."""
    return Item.objects.filter(
        Q(meeting__state__in=_AGENDA_OUT) | Q(meeting__minutes_state__in=_CONFIRMED),
        meeting__in=meetings(),
    )


def texts_of(item: Item) -> tuple[str, str]:
    """Give what the public reads of an item: what was planned, and what was minuted; each may be empty."""
    if item.privacy != Privacy.PUBLIC:
        return "", item.public_summary if is_minuted(item.meeting) else ""
    return item.planned, item.minute if is_minuted(item.meeting) else ""


def papers() -> QuerySet[Paper]:
    """Give the papers that were published, of public items."""
    return Paper.objects.filter(
        published_at__isnull=False,
        privacy=Privacy.PUBLIC,
        item__privacy=Privacy.PUBLIC,
        item__in=items(),
    )


def attendance() -> QuerySet[Attendance]:
    """Give who was at meetings whose minutes are confirmed, or that were not held."""
    return Attendance.objects.filter(meeting__in=meetings(), meeting__minutes_state__in=_CONFIRMED)


def declarations() -> QuerySet[Declaration]:
    """Give what was declared at meetings whose minutes are confirmed. Of a private item: that it was."""
    return Declaration.objects.filter(meeting__in=meetings(), meeting__minutes_state__in=_CONFIRMED)


def asks() -> QuerySet[Ask]:
    """Give the asks that the public sees; their words only through `words_of`, state through `steps`."""
    return Ask.objects.filter(
        Q(meeting__isnull=True, item__isnull=True) | Q(meeting__minutes_state__in=_CONFIRMED),
        Q(meeting__isnull=True) | Q(meeting__in=meetings()),
        Q(group__isnull=True) | Q(group__state__in=("reported", "closed")),
        Q(privacy=Privacy.PUBLIC) | ~Q(public_summary=""),
        committee__is_public=True,
    )


def words_of(ask: Ask) -> str:
    """Give the words of an ask that the public reads."""
    private = ask.privacy != Privacy.PUBLIC or (
        ask.item is not None and ask.item.privacy != Privacy.PUBLIC
    )
    return ask.public_summary if private else ask.text


def steps() -> QuerySet[AskStep]:
    """Give the steps of public asks that the public sees: those of no meeting, or of confirmed minutes.

    Why an officer took a step is theirs; why a meeting did is in its minutes.
    """
    return AskStep.objects.filter(
        Q(meeting__isnull=True) | Q(meeting__minutes_state__in=_CONFIRMED, meeting__in=meetings()),
        ask__in=asks(),
    )


def replies() -> QuerySet[Reply]:
    """Give the published replies to asks whose words are public."""
    return Reply.objects.filter(
        Q(ask__item__isnull=True) | Q(ask__item__privacy=Privacy.PUBLIC),
        published_at__isnull=False,
        sent_at__isnull=False,
        ask__privacy=Privacy.PUBLIC,
        ask__in=asks(),
    ).order_by(F("published_at").desc())
