"""What the public may read of scrutiny. Every public page, feed, file and search asks here and nowhere else.

Drafts and what is private never pass: an agenda counts once it is published, minutes once they are
confirmed, an ask once the minutes it stands in are, a step of it that a meeting took once that meeting's
are, a reply once it is published. Of what is exempt or confidential the title and the public summary alone
are given. What belongs to a committee that is not shown is not there at all.

These are rows; `shown` makes of each what stands on a page, and pages have nothing else.
"""

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from sightline.service.scrutiny.models import (
    Ask,
    AskState,
    AskStep,
    Attendance,
    Committee,
    Declaration,
    Item,
    Meeting,
    Member,
    Membership,
    MinutesCorrection,
    Pack,
    Paper,
    Reply,
    Report,
    TaskGroup,
    Topic,
)
from sightline.service.scrutiny.models.meetings import Privacy

_CONFIRMED = (Meeting.MinutesState.CONFIRMED, Meeting.MinutesState.SIGNED)
_NOT_PLANNED = [each for each in Meeting.State if each != Meeting.State.PLANNED]
_REPORTED = (TaskGroup.State.REPORTED, TaskGroup.State.CLOSED)


def committees() -> QuerySet[Committee]:
    """Give the committees shown to the public."""
    return Committee.objects.filter(is_public=True)


def meetings() -> QuerySet[Meeting]:
    """Give the meetings of those, with a date. A planned one has no items yet (`items`)."""
    return Meeting.objects.filter(_meeting())


def minuted_meetings() -> QuerySet[Meeting]:
    """Give the meetings whose minutes are the public's."""
    return Meeting.objects.filter(_meeting(), _minuted())


def is_minuted(meeting: Meeting) -> bool:
    """Whether the minutes of a meeting are the public's."""
    return meeting.minutes_state in _CONFIRMED


def is_called(meeting: Meeting) -> bool:
    """Whether the agenda of a meeting is the public's."""
    return (
        meeting.state != Meeting.State.PLANNED
        and meeting.called_at is not None
        and meeting.called_at <= timezone.now()
    )


def items() -> QuerySet[Item]:
    """Give the items of published agendas and confirmed minutes; their texts only through `texts_of`."""
    return Item.objects.filter(_meeting("meeting__"), _called("meeting__") | _minuted("meeting__"))


def minuted_items() -> QuerySet[Item]:
    """Give the items of confirmed minutes."""
    return Item.objects.filter(_meeting("meeting__"), _minuted("meeting__"))


def is_private(item: Item) -> bool:
    """Whether an item is exempt or confidential."""
    return item.privacy != Privacy.PUBLIC


def texts_of(item: Item) -> tuple[str, str]:
    """Give what the public reads of an item: what was planned, and what was minuted; each may be empty.

    What was planned is read where the agenda was published.
    """
    minuted = is_minuted(item.meeting)
    if is_private(item):
        return "", item.public_summary if minuted else ""
    return item.planned if is_called(item.meeting) else "", item.minute if minuted else ""


def papers() -> QuerySet[Paper]:
    """Give the papers that were published, of public items; a report only once it is cleared.

    With them those that an agenda says are to follow, which have nothing in them yet.
    """
    return Paper.objects.filter(
        _meeting("item__meeting__"),
        _called("item__meeting__") | _minuted("item__meeting__"),
        Q(report=None)
        | Q(
            report__privacy=Privacy.PUBLIC,
            report__state=Report.State.CLEARED,
            report__committee__is_public=True,
        ),
        Q(published_at__lte=timezone.now()) | Q(published_at=None, file=None, report=None),
        privacy=Privacy.PUBLIC,
        item__privacy=Privacy.PUBLIC,
    )


def packs() -> QuerySet[Pack]:
    """Give the public's packs of meetings whose agenda is published."""
    return Pack.objects.filter(_meeting("meeting__"), _called("meeting__"), with_private=False)


def attendance() -> QuerySet[Attendance]:
    """Give who was at meetings whose minutes are confirmed."""
    return Attendance.objects.filter(_meeting("meeting__"), _minuted("meeting__"))


def declarations() -> QuerySet[Declaration]:
    """Give what was declared at meetings whose minutes are confirmed; what it was, through `nature_of`."""
    return Declaration.objects.filter(_meeting("meeting__"), _minuted("meeting__"))


def nature_of(declaration: Declaration) -> tuple[str, str]:
    """Give the kind and nature of an interest; of one in a private item neither: that it was declared."""
    if declaration.item is not None and is_private(declaration.item):
        return "", ""
    kind = declaration.kind.name if declaration.kind else declaration.kind_as_printed
    return kind, declaration.nature


def corrections() -> QuerySet[MinutesCorrection]:
    """Give the corrections with which minutes were confirmed, to be counted: their words are a draft's."""
    return MinutesCorrection.objects.filter(_meeting("meeting__"), _minuted("meeting__"))


def memberships() -> QuerySet[Membership]:
    """Give the places on public committees."""
    return Membership.objects.filter(committee__is_public=True)


def members() -> QuerySet[Member]:
    """Give those who have or had such a place, or were at a meeting whose minutes are the public's."""
    return Member.objects.filter(
        Exists(memberships().filter(member=OuterRef("pk")))
        | Exists(attendance().filter(member=OuterRef("pk")))
    )


def asks() -> QuerySet[Ask]:
    """Give the asks that the public sees; their words only through `words_of`, state as `shown_state`.

    `shown_state` is that of the last step the public sees: what a meeting decided whose minutes are a draft
    has not happened yet.
    """
    last = AskStep.objects.filter(_step(), ask=OuterRef("pk")).order_by("-at", "-pk")
    return Ask.objects.filter(_ask()).annotate(
        shown_state=Coalesce(
            Subquery(last.values("after")[:1]), Value(AskState.MADE), output_field=CharField()
        )
    )


def is_restricted(ask: Ask) -> bool:
    """Whether an ask, or the item it arose in, is private: of it the public summary alone is given."""
    return ask.privacy != Privacy.PUBLIC or (ask.item is not None and is_private(ask.item))


def words_of(ask: Ask) -> str:
    """Give the words of an ask that the public reads."""
    return ask.public_summary if is_restricted(ask) else ask.text


def steps() -> QuerySet[AskStep]:
    """Give the steps of public asks that the public sees: those of no meeting, or of confirmed minutes.

    Why an officer took a step is theirs; why a meeting did is in its minutes.
    """
    return AskStep.objects.filter(_step(), _ask("ask__"))


def replies() -> QuerySet[Reply]:
    """Give the published replies to asks whose words are public, the newest first."""
    return Reply.objects.filter(
        _ask("ask__"),
        _open_ask("ask__"),
        published_at__lte=timezone.now(),
        sent_at__isnull=False,
    ).order_by("-published_at", "-pk")


def groups() -> QuerySet[TaskGroup]:
    """Give the task-and-finish groups that have reported; the executive's response once it is dated."""
    return TaskGroup.objects.filter(_group())


def topics() -> QuerySet[Topic]:
    """Give the topics of which the public can read something."""
    of = {"topic": OuterRef("pk")}
    return Topic.objects.filter(
        Exists(topic_items().filter(**of))
        | Exists(topic_asks().filter(**of))
        | Exists(groups().filter(**of)),
        Q(committee=None) | Q(committee__is_public=True),
    )


def topic_items() -> QuerySet[Item]:
    """Give the items that may stand under a topic: of a private one even that would say what it is about."""
    return items().filter(privacy=Privacy.PUBLIC)


def topic_asks() -> QuerySet[Ask]:
    """Give the asks that may stand under a topic."""
    return asks().filter(_open_ask())


def _meeting(path: str = "") -> Q:
    return Q(**{f"{path}committee__is_public": True, f"{path}day__isnull": False})


def _called(path: str = "") -> Q:
    return Q(**{f"{path}called_at__lte": timezone.now(), f"{path}state__in": _NOT_PLANNED})


def _minuted(path: str = "") -> Q:
    return Q(**{f"{path}minutes_state__in": _CONFIRMED})


def _group(path: str = "") -> Q:
    """Give the condition that a group has reported: one closed without a report never has."""
    return Q(
        **{
            f"{path}committee__is_public": True,
            f"{path}state__in": _REPORTED,
            f"{path}reported__isnull": False,
        }
    )


def _step() -> Q:
    return Q(meeting=None) | _meeting("meeting__") & _minuted("meeting__")


def _open_ask(path: str = "") -> Q:
    """Give the condition that the words of an ask are the public's."""
    item = f"{path}item"
    return Q(**{f"{path}privacy": Privacy.PUBLIC}) & (
        Q(**{item: None}) | Q(**{f"{item}__privacy": Privacy.PUBLIC})
    )


def _ask(path: str = "") -> Q:
    meeting, item, group = f"{path}meeting", f"{path}item", f"{path}group"
    return (
        Q(**{f"{path}committee__is_public": True})
        & (Q(**{meeting: None}) | _meeting(f"{meeting}__") & _minuted(f"{meeting}__"))
        & (Q(**{item: None}) | _meeting(f"{item}__meeting__") & _minuted(f"{item}__meeting__"))
        & (Q(**{group: None}) | _group(f"{group}__"))
        # It stands in something that is public: minutes, a group's report, or a tracker that was.
        & ~Q(**{meeting: None, item: None, group: None, f"{path}origin": ""})
        & (_open_ask(path) | ~Q(**{f"{path}public_summary": ""}))
    )
