"""The letter to a referrer: reference, dates, outcome, how to disagree. Nothing of the family."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.resources import files

import typst
from django.utils import timezone

from sightline.service.frontdoor.models import Contact, OutcomeNotice
from sightline.service.frontdoor.seeds.reading import read


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

    def pdf(self) -> bytes:
        """Give the letter as a PDF. Typst refuses it if it is not PDF/UA-1."""
        template = files("sightline.service.frontdoor") / "templates" / "frontdoor" / "letter.typ"
        data = {
            "title": self.title,
            "to": self.to,
            "day": f"{self.day:%-d %B %Y}",
            "date": [self.day.year, self.day.month, self.day.day],
            "paragraphs": self.paragraphs,
            "disagree": self.disagree,
        }
        compiler = typst.Compiler(
            template.read_bytes(),
            font_paths=typst.Fonts(include_system_fonts=False),
            sys_inputs={"letter": json.dumps(data, ensure_ascii=False)},
        )
        made = datetime(self.day.year, self.day.month, self.day.day, tzinfo=UTC)
        content = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=made)
        if not isinstance(content, bytes):
            raise TypeError("Typst gave no single file for the letter.")
        return content


def letter_of(notice: OutcomeNotice) -> Letter:
    """Write the letter about a decision, for a professional or for the public."""
    contact, decision = notice.contact, notice.decision
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
            f"The level of need was assessed as {decision.level.number} ({decision.level.name})"
            + _declared(contact),
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
    return contact.agency_id is None and contact.source in ("", "1A", "1B", "1C", "1D", "9", "10")
