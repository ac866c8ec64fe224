"""Which work with restricted children who are missing or exploited nobody who is named can go on with."""

from collections.abc import Iterator, Sequence

from sightline.service.accounts.models import Person
from sightline.service.accounts.policies import (
    ANSWER_CONCERNS,
    AUDIT_INTERVIEWS,
    HOLD_INTERVIEWS,
    RECORD_MISSING,
    SCREEN_CHILDREN,
    Policy,
)
from sightline.service.children.queries import Named, Said, records_among
from sightline.service.frontdoor.access import is_contact_of
from sightline.service.frontdoor.models import Contact
from sightline.service.missing.access import UnderWay, Waits
from sightline.service.missing.actions.steps import is_own
from sightline.service.missing.models import (
    HELD,
    NOT_OVER,
    WAITING,
    MissingEpisode,
    ReturnInterview,
    Screening,
)
from sightline.service.missing.queries.worklist import contacts_waiting
from sightline.service.protection.access import held_cases_of


def missing_stuck(restricted: Sequence[Named]) -> Iterator[Said]:
    """Say of each open episode, interview, risk under review and concern whether nobody may go on with it."""
    records = records_among(restricted)
    cases = held_cases_of(records)
    episodes = MissingEpisode.objects.filter(NOT_OVER, child__in=records)
    missing = list(episodes.select_related("locality", "team"))
    interviews = list(
        ReturnInterview.objects.filter(WAITING | HELD, episode__child__in=records)
        .filter(episode__aside_at=None, episode__returned_at__isnull=False)
        .select_related("episode__locality", "episode__team")
        .prefetch_related("involved")
        .order_by("pk")
    )
    risks = list(Screening.objects.filter(child__in=records, ended_on=None, aside_at=None))
    for each in restricted:
        theirs = [row for row in interviews if row.episode.child_id in each.records]
        under_way = [row for row in missing if row.child_id in each.records]
        under_way += [row.episode for row in theirs if row.completed_at is None]
        of_child = [case for case in cases if case.referral.child_id in each.records]
        screened = [row for row in risks if row.child_id in each.records]
        for said in _stuck(each.people, UnderWay(of_child, under_way), theirs, screened):
            yield each.key, said
    yield from _concerns_stuck(restricted)


def _stuck(
    named: Sequence[Person],
    child: UnderWay,
    interviews: Sequence[ReturnInterview],
    risks: Sequence[Screening],
) -> Iterator[str]:
    def able(policy: Policy, row: Waits) -> list[Person]:
        return [each for each in named if child.lets(each, policy, row)]

    for episode in child.episodes:
        if episode.is_open and not able(RECORD_MISSING, episode):
            yield "The child is missing, and nobody who is named may record the return."
    for interview in interviews:
        if interview.completed_at is None:
            if not able(HOLD_INTERVIEWS, interview):
                yield "Nobody who is named may hold the child’s return interview."
        elif all(is_own(interview, each) for each in able(AUDIT_INTERVIEWS, interview)):
            yield "Nobody who is named may judge the child’s return interview."
    for screening in risks:
        if not able(SCREEN_CHILDREN, screening):
            yield "Nobody who is named may review the child’s risk of exploitation."


def _concerns_stuck(restricted: Sequence[Named]) -> Iterator[Said]:
    about = Contact.objects.filter(children__person__in=records_among(restricted)).distinct()
    waiting = contacts_waiting(about).select_related("team").prefetch_related("children")
    contacts = [
        (contact, {child.person_id for child in contact.children.all()})
        for contact in waiting.order_by("pk")
    ]
    for each in restricted:
        for contact, people in contacts:
            if not each.records.isdisjoint(people) and not any(
                is_contact_of(person, contact, ANSWER_CONCERNS) for person in each.people
            ):
                yield (
                    each.key,
                    "Nobody who is named may say what came of the concern of contact "
                    f"{contact.number}.",
                )
