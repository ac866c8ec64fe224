"""The one way in which a contact goes from a state to another, so that of two at once only one does."""

from typing import Any

from django.db.models import F

from sightline.service.accounts.models import Person
from sightline.service.accounts.steps import NotAllowedError, StepError
from sightline.service.frontdoor.access import may_authorise, may_take
from sightline.service.frontdoor.models import Contact
from sightline.service.frontdoor.states import Step, Verb, Who, step_of


def need_allowed(verb: Verb, contact: Contact, by: Person) -> Step:
    """Give the step of a verb for a contact as it was read; `StepError` or `NotAllowedError` if none."""
    step = step_of(verb, contact.state)
    if step is None:
        raise StepError(_stands(contact))
    allowed = may_take if step.who is Who.OFFICER else may_authorise
    if not allowed(by, contact):
        raise NotAllowedError(f"This is done by {step.who.value}.")
    return step


def move(verb: Verb, contact: Contact, by: Person, **changes: Any) -> Step:
    """Take a step, with changes of the contact; within a transaction.

    `StepError` where another took the contact somewhere else meanwhile: nothing is written then.
    """
    step = need_allowed(verb, contact, by)
    # One statement, so that of two at once only one finds the state.
    if not Contact.objects.filter(pk=contact.pk, state=step.before).update(
        state=step.after, version=F("version") + 1, **changes
    ):
        raise StepError(_stands(Contact.objects.get(pk=contact.pk)))
    return step


def _stands(contact: Contact) -> str:
    state = contact.get_state_display()
    return f"This contact has moved on meanwhile: it is now “{state}”. Nothing was changed."
