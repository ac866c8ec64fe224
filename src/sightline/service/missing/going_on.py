"""Which work with a restricted child who is missing or exploited nobody who is named can go on with."""

from collections.abc import Iterator, Sequence

from django.db.models import Model

from sightline.service.accounts.models import Person
from sightline.service.accounts.policies import (
    ANSWER_CONCERNS,
    AUDIT_INTERVIEWS,
    HOLD_INTERVIEWS,
    RECORD_MISSING,
    SCREEN_CHILDREN,
    Policy,
)
from sightline.service.children.models import KnownPerson
from sightline.service.frontdoor.access import contacts_of
from sightline.service.frontdoor.models import Contact
from sightline.service.missing.access import opened_of
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


def missing_stuck(records: Sequence[KnownPerson], named: Sequence[Person]) -> Iterator[str]:
    """Say of each open episode, interview, risk under review and concern whether nobody may go on with it."""
    opened = [(each, opened_of(each, records[0])) for each in named]

    def able(policy: Policy, row: Model) -> list[Person]:
        return [each for each, child in opened if child.lets(each, policy, row)]

    for episode in MissingEpisode.objects.filter(NOT_OVER, child__in=records):
        if not able(RECORD_MISSING, episode):
            yield "The child is missing, and nobody who is named may record the return."
    interviews = ReturnInterview.objects.filter(
        episode__child__in=records, episode__aside_at=None, episode__returned_at__isnull=False
    ).select_related("episode__child")
    for interview in interviews.filter(WAITING):
        if not able(HOLD_INTERVIEWS, interview):
            yield "Nobody who is named may hold the child’s return interview."
    for interview in interviews.filter(HELD):
        if all(is_own(interview, each) for each in able(AUDIT_INTERVIEWS, interview)):
            yield "Nobody who is named may judge the child’s return interview."
    for screening in Screening.objects.filter(child__in=records, ended_on=None, aside_at=None):
        if not able(SCREEN_CHILDREN, screening):
            yield "Nobody who is named may review the child’s risk of exploitation."
    about = Contact.objects.filter(children__person__in=records).distinct()
    for contact in contacts_waiting(about).order_by("pk"):
        theirs = (contacts_of(each, ANSWER_CONCERNS).filter(pk=contact.pk) for each in named)
        if not any(found.exists() for found in theirs):
            yield f"Nobody who is named may say what came of the concern of contact {contact.number}."
