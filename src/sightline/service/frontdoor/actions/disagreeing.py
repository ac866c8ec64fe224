"""A professional disagrees with an outcome: put on record, answered, taken a step up, settled."""

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from sightline.service.accounts.models import Person
from sightline.service.accounts.policies import AUTHORISE_CONTACTS
from sightline.service.accounts.steps import IncompleteError, NotAllowedError, StepError
from sightline.service.audit.context import because
from sightline.service.frontdoor.access import may_authorise, may_take
from sightline.service.frontdoor.actions.deciding import reopen
from sightline.service.frontdoor.models import Contact, Disagreement, Recommendation

TOP = Disagreement.Step.BOARD
_HEADS = frozenset({"service_manager", "assistant_director"})
ANSWERS: dict[int, frozenset[str]] = {
    Disagreement.Step.MANAGER: AUTHORISE_CONTACTS.roles,
    Disagreement.Step.HEAD: _HEADS,
    Disagreement.Step.BOARD: frozenset({"assistant_director"}),
}
"""Who answers each step above the practitioners; what the board answers, an assistant director puts down."""
OWN = "You recommended or decided what is disputed: another answers, and says how it ends."
_SAID = {
    Disagreement.Step.MANAGER: "A registered manager of the contact answers this step.",
    Disagreement.Step.HEAD: "A registered service manager or assistant director answers this step.",
    Disagreement.Step.BOARD: "A registered assistant director puts down what the board answers.",
}


def raise_disagreement(contact: Contact, raised_by: str, why: str) -> Disagreement:
    """Put on record that somebody disagrees with what was decided; `IncompleteError` if nothing was yet."""
    if not contact.recommendations.exclude(decided_outcome="").exists():
        raise IncompleteError("Nothing was decided yet about this contact.")
    with transaction.atomic():
        return Disagreement.objects.create(contact=contact, raised_by=raised_by, why=why)


def answer_disagreement(
    disagreement: Disagreement,
    answer: str,
    *,
    outcome_changed: bool,
    settled: bool,
    acceptance: str = "",
    by: Person,
) -> None:
    """Answer a step, and say whether it ends there, as they accept it: `acceptance` is who said so.

    Between practitioners an officer answers; above them whom `ANSWERS` names, who neither recommended nor
    decided what is disputed. Where the outcome changes, the contact is opened again with the answer.
    """
    contact = disagreement.contact
    _need_answerer(disagreement, by)
    if outcome_changed:
        _need_changeable(contact, by)
    if settled:
        _need_acceptance(acceptance)
    now = timezone.now()
    with transaction.atomic():
        written = Disagreement.objects.filter(pk=disagreement.pk, answered_at=None).update(
            answer=answer,
            answered_by=by,
            answered_at=now,
            outcome_changed=outcome_changed,
            settled_at=now if settled else None,
            acceptance=acceptance if settled else "",
            version=F("version") + 1,
        )
        if not written:
            raise StepError("Another has answered this meanwhile. Nothing was changed.")
        now_it_is = Contact.objects.get(pk=contact.pk)
        if outcome_changed and now_it_is.state == Contact.State.CLOSED:
            reopen(now_it_is, answer, by=by)


def _need_answerer(disagreement: Disagreement, by: Person) -> None:
    contact = disagreement.contact
    if disagreement.step == Disagreement.Step.PRACTITIONER:
        if not (may_take(by, contact) or may_authorise(by, contact)):
            raise NotAllowedError("Officers of the front door answer this step.")
    elif not may_authorise(by, contact, ANSWERS[disagreement.step]):
        raise NotAllowedError(_SAID[Disagreement.Step(disagreement.step)])
    elif is_own(disagreement, by):
        raise NotAllowedError(OWN)


def settle_disagreement(
    disagreement: Disagreement, said: str, *, accepted: bool, by: Person
) -> None:
    """Say who said that they accept the answer of a step, or why it ends there though they do not.

    That they accept it, whoever works on the contact may say, and above the practitioners nobody of what they
    recommended or decided; that it ends, whoever may answer the step. `IncompleteError` without words.
    """
    if not accepted:
        _need_answerer(disagreement, by)
    elif not (may_take(by, disagreement.contact) or may_authorise(by, disagreement.contact)):
        raise NotAllowedError("This is done by whoever works on the contact, or may decide it.")
    elif is_own(disagreement, by):
        raise NotAllowedError(OWN)
    if accepted:
        _need_acceptance(said)
    elif not said.strip():
        raise IncompleteError("Say why it ends here", "why")
    taken_up = Disagreement.objects.filter(follows=OuterRef("pk"))
    waits = Disagreement.objects.filter(
        ~Exists(taken_up), pk=disagreement.pk, answered_at__isnull=False, settled_at=None
    )
    with transaction.atomic(), because(said):
        # Locked, so that nobody takes it a step up meanwhile.
        Disagreement.objects.select_for_update().get(pk=disagreement.pk)
        if not waits.update(
            settled_at=timezone.now(),
            settled_by=by,
            **{"acceptance" if accepted else "settled_because": said},
            version=F("version") + 1,
        ):
            raise StepError(
                "This step is not answered yet, is settled, or was taken up. Nothing was changed."
            )


def _need_acceptance(said: str) -> None:
    if not said.strip():
        raise IncompleteError("Say who told you that they accept it, and when", "acceptance")


def _need_changeable(contact: Contact, by: Person) -> None:
    if not may_authorise(by, contact):
        raise IncompleteError(
            "Only a registered manager changes an outcome: say that it stands, and take it a step up.",
            "outcome_changed",
        )
    if contact.state == Contact.State.DECIDED:
        raise IncompleteError(
            "First tell the referrer what was decided: only a closed contact is opened again.",
            "outcome_changed",
        )


def is_own(disagreement: Disagreement, person: Person) -> bool:
    """Whether it has gone beyond the practitioners, and somebody had a part in what is disputed."""
    return disagreement.step != Disagreement.Step.PRACTITIONER and had_part(
        disagreement.contact, person
    )


def had_part(contact: Contact, person: Person) -> bool:
    """Whether somebody recommended or made the last decision about a contact."""
    last = Recommendation.objects.filter(contact=contact).exclude(decided_outcome="").first()
    return last is not None and person.pk in (last.by_id, last.decided_by_id)


def take_up(disagreement: Disagreement, why: str) -> Disagreement:
    """Take an answered step one step up; `StepError` where it was, is settled, or there is none above."""
    if disagreement.answered_at is None:
        raise IncompleteError("This step has not been answered yet.")
    try:
        with transaction.atomic():
            # Locked, so that nobody settles it meanwhile.
            now_it_is = Disagreement.objects.select_for_update().get(pk=disagreement.pk)
            if now_it_is.settled_at is not None or now_it_is.step >= TOP:
                raise StepError("It goes no further up from here.")
            return Disagreement.objects.create(
                contact=disagreement.contact,
                follows=disagreement,
                step=disagreement.step + 1,
                raised_by=disagreement.raised_by,
                why=why,
            )
    except IntegrityError:
        raise StepError("It was taken a step up already. Nothing was changed.") from None
