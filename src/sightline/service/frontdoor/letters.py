"""The letter to a referrer: reference, dates, outcome, how to disagree. Nothing of the family."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from sightline.service.design.paper import Paper, Part, writes
from sightline.service.frontdoor.models import Contact, OutcomeNotice
from sightline.service.frontdoor.seeds.reading import read

TO_NOBODY = "To whoever told us"
"""Where a letter to somebody who gave no name goes."""


@dataclass(frozen=True)
class Letter:
    """What is written: to whom, on which day, under which reference, and the paragraphs."""

    reference: str
    to: tuple[str, ...]
    day: date
    paragraphs: tuple[str, ...]
    disagree: tuple[str, ...]

    @property
    def title(self) -> str:
        """What the letter is called."""
        return f"Your contact {self.reference}"

    @property
    def text(self) -> str:
        """The letter as text, as it is kept and sent."""
        return "\n\n".join((*self.paragraphs, "If you do not agree", *self.disagree))

    @property
    def paper(self) -> Paper:
        """The letter to print."""
        return Paper(
            self.title,
            self.day,
            self.title,
            (
                Part("text", paragraphs=self.paragraphs),
                writes("If you do not agree", *self.disagree),
            ),
            to=self.to or (TO_NOBODY,),
            marking="",
        )


def letter_of(notice: OutcomeNotice) -> Letter:
    """Write the letter about a decision, for a professional or for the public."""
    contact, decision = notice.contact, notice.decision
    level = decision.level_decided
    words = read("letters")
    received = timezone.localdate(contact.received_at)
    decided = timezone.localdate(decision.decided_at)
    begins = f"You contacted us on {received:%-d %B %Y}. Our reference is {contact.number}."
    to = tuple(
        filter(None, (contact.referrer_name, contact.referrer_role, str(contact.agency or "")))
    )
    if is_public(contact):
        paragraphs = [begins, words["public"]["thanks"]]
    else:
        paragraphs = [
            begins,
            f"The decision was made on {decided:%-d %B %Y}: {words['outcomes'][decision.decided_outcome]}",
            f"The level of need was assessed as {level.number} ({level.name})" + _declared(contact),
        ]
    return Letter(
        reference=contact.number,
        to=to,
        day=timezone.localdate(notice.sent_at or timezone.now()),
        paragraphs=tuple(paragraphs),
        disagree=tuple(words["disagree"]["public" if is_public(contact) else "professional"]),
    )


def _declared(contact: Contact) -> str:
    level = contact.level_declared
    return f"; you had put it at {level.number} ({level.name})." if level else "."


def is_public(contact: Contact) -> bool:
    """Whether whoever made a contact is one of the public, who is told less."""
    return is_of_public(contact.agency_id, contact.source)


def is_of_public(agency: int | None, source: str) -> bool:
    """Whether it is one of the public, by the key of the agency and the code of the source."""
    return agency is None and source in ("", "1A", "1B", "1C", "1D", "9", "10")
