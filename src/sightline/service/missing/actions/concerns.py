"""What came of a concern routed to the complex-safeguarding team: an episode, a screening, or neither."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from sightline.service.accounts.models import Person
from sightline.service.accounts.policies import ANSWER_CONCERNS
from sightline.service.accounts.steps import IncompleteError, NotAllowedError, StepError
from sightline.service.audit.context import because
from sightline.service.children.queries import all_of, root_of
from sightline.service.frontdoor.access import contacts_of
from sightline.service.frontdoor.models import Contact, ContactChild, EarlierRouting
from sightline.service.missing.actions.steps import need_text
from sightline.service.missing.models import ConcernAnswer, MissingEpisode, Screening

Fear = ConcernAnswer.Fear


@dataclass(frozen=True)
class Concern:
    """A fear about one child of a contact; `child` is None where the contact names none."""

    contact: Contact
    child: ContactChild | None
    fear: str


def fears_of(contact: Contact | EarlierRouting) -> list[str]:
    """Give what a contact fears, or feared as it was routed before."""
    flags = ((contact.missing, Fear.MISSING), (contact.exploitation, Fear.EXPLOITATION))
    return [str(fear) for flagged, fear in flags if flagged]


def link_episode(concern: Concern, episode: MissingEpisode, *, by: Person) -> ConcernAnswer:
    """Say that a concern is about an episode that is recorded; of the same child."""
    return _answer(concern, Fear.MISSING, by, episode=episode)


def link_screening(concern: Concern, screening: Screening, *, by: Person) -> ConcernAnswer:
    """Say that a child was screened because of a concern."""
    return _answer(concern, Fear.EXPLOITATION, by, screening=screening)


def open_nothing(concern: Concern, reason: str, *, by: Person) -> ConcernAnswer:
    """Say why neither an episode nor a screening came of a concern."""
    need_text(reason, "Say why nothing is opened", "because")
    with because(reason):
        return _answer(concern, concern.fear, by, because=reason)


def withdraw_answer(answer: ConcernAnswer, reason: str, *, by: Person) -> None:
    """Say that an answer was recorded in error, and why: the concern is to be answered again."""
    need_text(reason, "Say why it is an error", "reason")
    _need_answerer(answer.contact, by)
    with transaction.atomic(), because(reason):
        standing = ConcernAnswer.objects.filter(pk=answer.pk, aside_at=None)
        if not standing.update(aside_at=timezone.now(), aside_because=reason, aside_by=by):
            raise StepError("This answer was withdrawn already. Nothing was changed.")


def _need_answerer(contact: Contact, by: Person) -> None:
    if not contacts_of(by, ANSWER_CONCERNS).filter(pk=contact.pk).exists():
        raise NotAllowedError(
            "This is done by the complex-safeguarding team, or whose contact it is."
        )


def _answer(
    concern: Concern,
    fear: str,
    by: Person,
    *,
    episode: MissingEpisode | None = None,
    screening: Screening | None = None,
    because: str = "",
) -> ConcernAnswer:
    contact = concern.contact
    _need_answerer(contact, by)
    if contact.routed_at is None:
        raise StepError("This contact is not routed to the complex-safeguarding team yet.")
    if concern.fear != fear or fear not in fears_of(contact):
        raise IncompleteError("The contact does not fear this.")
    about = episode or screening
    if about is not None and about.aside_at is not None:
        raise IncompleteError("It was recorded in error.", "came")
    if about is not None and (concern.child is None or not _is_of(concern.child, about)):
        raise IncompleteError("It is of another child than the contact.")
    try:
        with transaction.atomic():
            return ConcernAnswer.objects.create(
                contact=contact,
                child=concern.child,
                fear=fear,
                episode=episode,
                screening=screening,
                because=because,
                by=by,
            )
    except IntegrityError:
        raise StepError("This concern is answered already. Nothing was changed.") from None


def _is_of(child: ContactChild, about: MissingEpisode | Screening) -> bool:
    if child.person is None:
        return False
    return about.child_id in {each.pk for each in all_of(root_of(child.person))}
