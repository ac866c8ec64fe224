"""Invented episodes, interviews, screenings and contributions of the last three months, for a demonstration.

Everything goes through the actions, by people who may, so that nothing is there that the service would not
have taken. It ends now, as the clocks run on the server. The same each time for the same children.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from django.db import transaction
from django.utils import timezone

from sightline.clocks.months import add_months
from sightline.service.accounts.models import Locality, Person
from sightline.service.audit.context import acting, system
from sightline.service.children.models import KnownPerson
from sightline.service.children.queries import all_of, hidden_people, root_of
from sightline.service.frontdoor.models import Contact, ContactChild
from sightline.service.missing.actions import (
    concerns,
    episodes,
    interviews,
    profile,
    screening,
)
from sightline.service.missing.models import (
    MissingEpisode,
    ReturnInterview,
    Screening,
)
from sightline.service.missing.queries.district import district_of
from sightline.service.missing.tools.reading import edition_on

_SEED = 20160703
CHILDREN = 12
"""The fewest children it is told of."""


@dataclass(frozen=True)
class _Story:
    """An episode: of which child, how many hours ago it began, how many it lasted (None: not over yet).

    `interview` is the state it comes to, `took` the hours from the return to the interview. `ended`: why it
    ended without a return; `error`: why it is an error.
    """

    child: int
    ago: float
    lasted: float | None
    interview: str = ""
    took: float = 0
    risk: str = "medium"
    missing_from: str = "home"
    kind: str = "missing"
    police_told: bool | None = True
    independent: bool = True
    quality: int = 0
    ended: str = ""
    error: str = ""


_STORIES = (
    _Story(0, 2150, 20, "audited", 48, quality=3),
    _Story(1, 2050, 9, "audited", 70, quality=2, missing_from="care"),
    _Story(2, 1990, 3, "declined", risk="low"),
    _Story(0, 1900, 31, "audited", 110, "high", quality=2),
    _Story(3, 1810, 5, "done", 60, "low", kind="away", missing_from="care", police_told=False),
    _Story(4, 1700, 12, "audited", 40, quality=4),
    _Story(5, 1600, 7, "done", 150, independent=False),
    _Story(0, 1500, 16, "audited", 71, "high", quality=3),
    _Story(6, 1400, 4, "declined", risk="low", police_told=None),
    _Story(1, 1300, 26, "audited", 96, "high", missing_from="care", quality=1),
    _Story(7, 1200, 6, "done", 30),
    _Story(2, 1100, 18, "audited", 66, quality=3),
    _Story(8, 1000, 2, "declined", risk="low", kind="away", missing_from="care"),
    _Story(0, 900, 40, "done", 55, "high"),
    _Story(9, 800, 8, "audited", 20, quality=4),
    _Story(1, 700, 11, "done", 200, "high", missing_from="care"),
    _Story(5, 600, 14, "done", 65, independent=False),
    _Story(3, 500, 30, kind="away", ended="Another authority took the placement over."),
    _Story(4, 400, 5, "accepted"),
    _Story(8, 350, None, risk="low", error="It was of another child of nearly the same name."),
    _Story(10, 300, 21, "offered", risk="high"),
    _Story(2, 170, 10, "to offer"),
    _Story(6, 66, 10, "accepted"),
    _Story(7, 30, 6, "offered", risk="low"),
    _Story(11, 12, 3, "to offer"),
    _Story(0, 52, None, risk="high"),
    _Story(1, 19, None, risk="high", missing_from="care", police_told=None),
    _Story(9, 5, None, kind="away", missing_from="care", police_told=False),
)
_SCREENINGS: tuple[tuple[int, int, dict[str, str], str, int], ...] = (
    # Which child, days ago, what was not answered "no", another level, days ago of the last review
    (0, 85, {"gone": "yes", "older": "yes", "told": "yes"}, "", 12),
    (1, 80, {"gone": "yes", "far": "yes", "older": "possible"}, "", 45),
    (2, 60, {"gone": "yes", "school": "unknown"}, "", 27),
    (3, 50, {"changed": "possible"}, "", 0),
    (4, 40, {"gone": "yes", "gifts": "yes"}, "none", 0),
    (5, 25, {"gone": "yes", "far": "yes", "gifts": "yes", "school": "yes"}, "", 0),
    (8, 15, {"gone": "yes"}, "", 0),
    (10, 8, {"gone": "possible", "far": "possible", "older": "unknown"}, "serious", 0),
)
_WRONG = 8
"""The child whose screening is set aside, as it was of another."""
_CIRCUMSTANCES = (
    "Did not come home from school. Friends say that there was talk of a party.",
    "Left after a quarrel in the evening, without a coat or telephone.",
    "Not in the room at the check at night; the window was open.",
    "Said to be going to the shop and did not come back.",
)
_FOUND = (
    "Came home alone, tired and hungry.",
    "Found by the police at the railway station of another town.",
    "Was at the home of a friend, whose parents rang.",
)
_OWN_WORDS = (
    "I just wanted to be somewhere nobody shouts.",
    "They said they would give me a lift. I did not know how to say no.",
    "I was with my friends. Nobody asked me before.",
)
_JUDGEMENTS = (
    "The quarrels at home drive the child out. The family wants help and has not had it.",
    "Somebody older knows where the child is at night. It is to be spoken of with the police.",
    "A wish to be with friends; no sign that anybody else is behind it.",
)
_CONTRIBUTIONS = (
    (
        "mash_partner",
        60,
        "Reports of children met by cars at the bus station after school, on Fridays most.",
    ),
    (
        "partner_lead",
        45,
        "More young people come to the clinic with injuries they do not explain, at weekends.",
    ),
    (
        "complex_safeguarding",
        20,
        "Several children speak of one flat near the park, where older ones drink.",
    ),
)


def make_missing(
    children: Sequence[KnownPerson],
    workers: Sequence[Person],
    *,
    now: datetime | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> int:
    """Tell some 25 episodes, screenings of every level and three contributions; how many episodes were made.

    `children` are at least 12 of `CHILDREN`, `workers` whoever works in the demonstration: a
    complex-safeguarding worker, a return interviewer and a manager who audits are needed among them, and
    partners with an agency contribute. Nothing is made where any episode is there already.
    """
    if MissingEpisode.objects.exists():
        return 0
    staff, today = _Staff.of(workers), timezone.localdate(now)
    hidden = hidden_people(staff.complex)
    theirs = list(
        dict.fromkeys(
            root
            for each in children
            if (root := root_of(each)).pk not in hidden and not root.is_adult(today)
        )
    )
    # Those who may go missing by themselves come first.
    theirs.sort(key=lambda each: each.born is None or add_months(each.born, 10 * 12) > today)
    if len(theirs) < CHILDREN:
        raise ValueError(
            f"The demonstration needs {CHILDREN} children, and was given {len(theirs)}."
        )
    progress("Inventing children missing and found")
    chance = Random(_SEED)  # noqa: S311 - nothing secret: the same each time
    at = (now or timezone.now()).replace(second=0, microsecond=0)
    places = list(Locality.objects.all())
    with acting(system("demonstration")), transaction.atomic():
        districts = {
            child.pk: district_of(all_of(child)) or (chance.choice(places) if places else None)
            for child in theirs
        }
        for story in _STORIES:
            _tell(story, theirs[story.child], staff, districts, at, chance)
        for child, days, said, level, reviewed in _SCREENINGS:
            _screen(
                theirs[child],
                days,
                said,
                level,
                reviewed,
                staff,
                districts,
                at,
                child_is_wrong=child == _WRONG,
            )
        _contribute(workers, places, at)
        _answer_one(staff)
    return MissingEpisode.objects.count()


@dataclass(frozen=True)
class _Staff:
    """Who does what."""

    complex: Person
    interviewer: Person
    auditor: Person

    @classmethod
    def of(cls, workers: Sequence[Person]) -> "_Staff":
        def one(role: str) -> Person:
            found = next((each for each in workers if each.holds({role})), None)
            if found is None:
                raise ValueError(f"The demonstration needs somebody of the role {role}.")
            return found

        return cls(one("complex_safeguarding"), one("return_interviewer"), _auditor(workers))


def _auditor(workers: Sequence[Person]) -> Person:
    """Give a second complex-safeguarding worker, as managers audit only what is of their own team."""
    found = [each for each in workers if each.holds({"complex_safeguarding"})]
    if len(found) > 1:
        return found[1]
    first = found[0]
    email = "complex-safeguarding-2@demo.example"
    there = Person.objects.filter(email=email).first()
    if there:
        return there
    second = Person.objects.create_person(
        email, "Cosmo Invented", agency=first.agency, registration="INVENTED-C2"
    )
    second.appointments.create(role="complex_safeguarding")
    return second


def _tell(
    story: _Story,
    child: KnownPerson,
    staff: _Staff,
    districts: dict[int, Locality | None],
    now: datetime,
    chance: Random,
) -> None:
    starts = now - timedelta(hours=story.ago)
    episode = episodes.record_missing(
        child,
        {
            "kind": story.kind,
            "missing_from": story.missing_from,
            "starts_at": starts,
            "risk": story.risk,
            "risk_because": {
                "high": "Missing before, and seen with somebody older.",
                "medium": "Young, and without money or telephone.",
                "low": "Often at this place, and rang on the way.",
            }[story.risk],
            "police_told": story.police_told,
            "police_told_at": starts + timedelta(hours=1) if story.police_told else None,
            "circumstances": chance.choice(_CIRCUMSTANCES),
            "locality": districts[child.pk],
        },
        is_child=True,
        by=staff.complex,
    )
    if story.error:
        episodes.set_aside_episode(episode, story.error, by=staff.complex)
    if story.error or story.lasted is None:
        return
    if story.ended:
        at = starts + timedelta(hours=story.lasted)
        episodes.end_episode(episode, ended_at=at, reason=story.ended, by=staff.complex)
        return
    returned = starts + timedelta(hours=story.lasted)
    row = episodes.note_return(
        episode,
        returned_at=returned,
        found=chance.choice(_FOUND),
        harmed=False if story.risk == "low" else None,
        by=staff.complex,
    )
    if story.interview != "to offer":
        _interview(story, row, returned, staff, chance)


def _interview(
    story: _Story, row: ReturnInterview, returned: datetime, staff: _Staff, chance: Random
) -> None:
    holder = staff.interviewer if story.independent else staff.complex
    by = staff.complex
    interviews.offer_interview(
        row, offered_at=returned + timedelta(hours=2), given_to=holder, by=by
    )
    if story.interview == "declined":
        interviews.decline_interview(_now(row), "I have said everything to my mother.", by=by)
    if story.interview in ("accepted", "done", "audited"):
        interviews.accept_interview(_now(row), by=by)
    if story.interview not in ("done", "audited"):
        return
    done = returned + timedelta(hours=story.took)
    late = interviews.was_late(_now(row), done)
    held = {
        "completed_at": done,
        "held_by": holder,
        "interviewer": "",
        "is_independent": story.independent,
        "own_words": chance.choice(_OWN_WORDS),
        "judgement": chance.choice(_JUDGEMENTS),
        "what_next": "Told to the child’s worker the same day.",
        "late_because": "The family was not reached before." if late else "",
    }
    interviews.hold_interview(_now(row), held, by=holder)
    if story.quality:
        row = _now(row)
        interviews.audit_interview(
            row, row.version, story.quality, _GRADED[story.quality], by=staff.auditor
        )


_GRADED = {
    1: "The child’s words are not there; nothing follows from it.",
    2: "The child is heard, but nobody said who does what.",
    3: "The child is heard and the risk is named. What follows could be clearer.",
    4: "The child’s own words, a clear judgement, and each step with a name.",
}


def _now(row: ReturnInterview) -> ReturnInterview:
    return ReturnInterview.objects.select_related("episode__child").get(pk=row.pk)


def _screen(
    child: KnownPerson,
    days: int,
    said: dict[str, str],
    level: str,
    reviewed: int,
    staff: _Staff,
    districts: dict[int, Locality | None],
    now: datetime,
    *,
    child_is_wrong: bool,
) -> None:
    made_on = timezone.localdate(now) - timedelta(days=days)
    edition = edition_on(made_on)
    answers = {each.code: said.get(each.code, "no") for each in edition.questions}
    suggested = edition.suggest(answers).level.code
    decided = level or suggested
    row = screening.screen(
        child,
        edition,
        answers,
        level=decided,
        level_because="The child’s worker knows more than the answers say." if level else "",
        next_step="The child’s worker and the complex-safeguarding team meet each week.",
        locality=districts[child.pk],
        made_on=made_on,
        is_child=True,
        by=staff.complex,
    )
    if child_is_wrong:
        screening.set_aside_screening(row, "It is of another child.", by=staff.complex)
    elif row.ended_on is None:
        _review(row, made_on, timezone.localdate(now) - timedelta(days=reviewed), reviewed, staff)


def _review(row: Screening, made_on: date, last: date, reviewed: int, staff: _Staff) -> None:
    """Have the risk reviewed each four weeks up to a day; not at all where that is today."""
    on = made_on + timedelta(days=28)
    while reviewed and on <= last:
        row = Screening.objects.get(pk=row.pk)
        screening.review_risk(
            row,
            row.version,
            row.level_now,
            "Spoken of with the child, the family and the police: as before.",
            late_because="Two were on leave." if screening.was_late(row, on) else "",
            reviewed_on=on,
            by=staff.complex,
        )
        on += timedelta(days=28)


def _contribute(workers: Sequence[Person], places: Sequence[Locality], now: datetime) -> None:
    today = timezone.localdate(now)
    for place, (role, days, text) in enumerate(_CONTRIBUTIONS):
        by = next((each for each in workers if each.holds({role}) and each.agency), None)
        if by is None:
            continue
        profile.contribute(
            {
                "covers_from": today - timedelta(days=days + 30),
                "covers_until": today - timedelta(days=days - 10),
                "text": text,
                "locality": places[place % len(places)] if places else None,
            },
            by=by,
        )


def _answer_one(staff: _Staff) -> None:
    """Say of the oldest concern that the front door routed why nothing was opened; the others wait."""
    contact = (
        Contact.objects.exclude(routed_at=None)
        .exclude(children__person__in=hidden_people(staff.complex))
        .order_by("received_at", "pk")
        .first()
    )
    if contact is None:
        return
    children: list[ContactChild | None] = [*contact.children.all()]
    for child in children or [None]:
        for fear in concerns.fears_of(contact):
            concerns.open_nothing(
                concerns.Concern(contact, child, fear),
                "The child was at home all the time; the school had not been told.",
                by=staff.complex,
            )
