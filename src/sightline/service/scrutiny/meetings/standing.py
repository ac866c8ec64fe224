"""The words that the service itself writes under standing items, for one meeting."""

from sightline.service.scrutiny.meetings.deadlines import Deadline, participation
from sightline.service.scrutiny.models import Committee, Meeting, StandingItem

Kind = StandingItem.Kind


def words_of(kind: str, meeting: Meeting) -> str:
    """Give what the agenda says under a standing item of a kind; empty where that is left to people."""
    if kind == Kind.APOLOGIES:
        return "To receive apologies, and the names of those who attend in place of others."
    if kind == Kind.INTERESTS:
        return (
            "To invite members to declare any interest in an item of this agenda, and the existence and "
            "nature of any party whip, before the item."
        )
    if kind == Kind.PARTICIPATION:
        return _participation(meeting)
    if kind == Kind.MINUTES:
        return _minutes(meeting)
    if kind == Kind.OUTSTANDING:
        return (
            "To consider the requests of earlier meetings that are due or overdue, the replies since the "
            "last meeting, and the requests proposed for closure."
        )
    return ""


def participation_of(meeting: Meeting) -> Deadline | None:
    """Give by when somebody must say that they wish to speak; None where the committee does not say."""
    committee = meeting.committee
    days, at = committee.participation_days, committee.participation_time
    if not committee.participation_rule or days is None or at is None or meeting.day is None:
        return None
    return participation(meeting.day, committee.participation_rule, days, at)


def unconfirmed_before(committee: Committee, meeting: Meeting) -> list[Meeting]:
    """Give the meetings of a committee before this one whose minutes are not confirmed, the oldest first."""
    found = Meeting.objects.filter(
        committee=committee,
        state__in=(Meeting.State.HELD, Meeting.State.INQUORATE),
        minutes_state__in=(Meeting.MinutesState.NONE, Meeting.MinutesState.DRAFT),
    ).exclude(pk=meeting.pk)
    if meeting.day:
        found = found.filter(day__lte=meeting.day)
    return list(found.order_by("day", "pk"))


def _participation(meeting: Meeting) -> str:
    deadline = participation_of(meeting)
    if deadline is None:
        return "Members of the public may take part as the council’s rules allow."
    to = meeting.committee.participation_to
    notify = f"tell {to}" if to else "give notice"
    return f"Members of the public who wish to take part should {notify}. {deadline.sentence}"


def _minutes(meeting: Meeting) -> str:
    before = unconfirmed_before(meeting.committee, meeting)
    if not before:
        return "There are no minutes that wait to be confirmed."
    days = [f"{each.day:%-d %B %Y}" if each.day else "a day not known" for each in before]
    listed = " and ".join([", ".join(days[:-1]), days[-1]] if len(days) > 1 else days)
    return f"To confirm the minutes of the meeting{'s' if len(days) > 1 else ''} of {listed}."
