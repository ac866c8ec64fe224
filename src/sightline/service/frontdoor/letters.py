"""The letter to a referrer: reference, dates, outcome, how to disagree. Nothing of the family."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from sightline.service.accounts.steps import IncompleteError
from sightline.service.design.paper import Paper, Part, kept_paper, writes
from sightline.service.frontdoor.models import Contact, OutcomeNotice
from sightline.service.frontdoor.seeds.reading import read

TO_NOBODY = "To whoever told us"
"""Where a letter to somebody who gave no name goes."""
DISAGREE = "If you do not agree"
PUBLIC = frozenset({"1A", "1B", "1C", "1D", "1X", "9"})
"""Sources that are of the public, whatever agency was named; 9 gave no name, 1X is of files read in."""
NOT_SAID = frozenset({"", "10"})
"""Sources of which only an agency says that they are professionals."""


@dataclass(frozen=True)
class Letter:
    """What is written: to whom, on which day, under which reference, and the paragraphs."""

    reference: str
    to: tuple[str, ...]
    day: date
    paragraphs: tuple[str, ...]
    disagree: tuple[str, ...]
    printed: Paper | None = None
    """The letter as it was kept, where it was: from it alone it is printed."""

    @property
    def title(self) -> str:
        """What the letter is called."""
        return f"Your contact {self.reference}"

    @property
    def text(self) -> str:
        """The letter as text, as it is kept and sent."""
        return "\n\n".join((*self.paragraphs, DISAGREE, *self.disagree))

    @property
    def paper(self) -> Paper:
        """The letter to print."""
        if self.printed is not None:
            return self.printed
        return Paper(
            self.title,
            self.day,
            self.title,
            (
                Part("text", paragraphs=self.paragraphs),
                writes(DISAGREE, *self.disagree),
            ),
            to=self.to or (TO_NOBODY,),
            marking="",
        )


def letter_kept(notice: OutcomeNotice) -> Letter:
    """Give the letter in the words with which it was told, or is on its way; written where none are kept."""
    before, _, after = notice.text.partition(f"\n\n{DISAGREE}\n\n")
    if not after:
        return letter_of(notice)
    paper = kept_paper(notice.letter) if notice.letter else None
    return Letter(
        reference=notice.contact.number,
        to=paper.to if paper else _to(notice.contact),
        day=paper.day if paper else _day(notice),
        paragraphs=tuple(before.split("\n\n")),
        disagree=tuple(after.split("\n\n")),
        printed=paper,
    )


def letter_of(notice: OutcomeNotice) -> Letter:
    """Write the letter about a decision as of now, for a professional or for the public."""
    contact, decision = notice.contact, notice.decision
    level = decision.level_decided
    words = read("letters")
    received = timezone.localdate(contact.received_at)
    decided = timezone.localdate(decision.decided_at)
    begins = f"You contacted us on {received:%-d %B %Y}. Our reference is {contact.number}."
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
        to=_to(contact),
        day=_day(notice),
        paragraphs=tuple(paragraphs),
        disagree=tuple(words["disagree"]["public" if is_public(contact) else "professional"]),
    )


def _day(notice: OutcomeNotice) -> date:
    return timezone.localdate(notice.sent_at or timezone.now())


def _to(contact: Contact) -> tuple[str, ...]:
    lines = (contact.referrer_name, contact.referrer_role, str(contact.agency or ""))
    return tuple(filter(None, lines))


def _declared(contact: Contact) -> str:
    level = contact.level_declared
    return f"; you had put it at {level.number} ({level.name})." if level else "."


def is_public(contact: Contact) -> bool:
    """Whether whoever made a contact is one of the public, or gives no name: they are told less."""
    return contact.is_anonymous or is_of_public(contact.agency_id, contact.source)


def is_to_confirm(contact: Contact) -> bool:
    """Whether it is to be confirmed who made a contact before they are told: anybody may send the form.

    To the public the letter says nothing of the outcome.
    """
    return contact.is_unchecked and not is_public(contact)


def need_referrer(contact: Contact) -> None:
    """`IncompleteError` where nobody has said who made a contact."""
    if not (contact.source or contact.agency_id or contact.is_anonymous):
        # Taken for one of the public, a professional would be told no outcome.
        raise IncompleteError("First say who made the contact: the source, or the agency.")


def is_of_public(agency: int | None, source: str) -> bool:
    """Whether it is one of the public, by the key of the agency and the code of the source."""
    return source in PUBLIC or (agency is None and source in NOT_SAID)
