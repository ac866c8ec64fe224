"""Letters before proceedings: what every one says, to whom each is, and that it was sent, as it was read."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, Min

from sightline.service.accounts.models import Person
from sightline.service.accounts.steps import IncompleteError, StepError
from sightline.service.audit.context import because
from sightline.service.children.models import KnownPerson
from sightline.service.children.queries import root_of
from sightline.service.protection.actions.court import corrected, need_day
from sightline.service.protection.actions.steps import move, need_step, need_text, write
from sightline.service.protection.models import CourtLetter, PreProceedings
from sightline.service.protection.papers import letter_before_proceedings
from sightline.service.protection.queries.parents import parents_of

IN_LETTER = {
    "worries": "Write what you are worried about",
    "must_change": "Write what must change, and by when",
    "support": "Write what help you give",
    "child_view": "Write what the child says; where it is not known, say so",
}
"""What every letter before proceedings needs, with what is said where it is not there."""


def write_letter(
    row: PreProceedings, version: int, changes: Mapping[str, Any], *, by: Person
) -> None:
    """Change what every letter before proceedings says; `ConflictError` where another did meanwhile.

    Once it is decided how it goes on, only to put on record the first letter, which was sent before.
    """
    with transaction.atomic():
        now = PreProceedings.objects.select_for_update().get(pk=row.pk)
        need_step("write letter", now, by)
        if now.letter_on is not None:
            raise StepError("A letter was sent: what every letter says stays. Nothing was changed.")
        write("write letter", row, by, version, changes)


def address_letter(row: PreProceedings, to: KnownPerson, view: str, *, by: Person) -> CourtLetter:
    """Have a letter to somebody with parental responsibility be written; `view` is what they have said."""
    with transaction.atomic():
        now = PreProceedings.objects.select_for_update().get(pk=row.pk)
        need_step("address letter", now, by)
        _need_parent(now, to, by)
        if now.letters.filter(to=to, sent_on=None, dropped_because="").exists():
            raise StepError(f"A letter to {to.name} waits to be sent already. Nothing was changed.")
        return CourtLetter.objects.create(pre_proceedings=now, to=to, view=view, written_by=by)


def _need_parent(row: PreProceedings, to: KnownPerson, by: Person) -> None:
    known = {each.person.pk for each in parents_of(root_of(row.referral.child), by)}
    if to.pk not in known:
        raise IncompleteError(
            "Choose who has parental responsibility, as the family record says", "to"
        )


def write_to_parent(letter: CourtLetter, version: int, view: str, *, by: Person) -> None:
    """Change what somebody has told us, in the letter to them; `ConflictError` where another did."""
    with transaction.atomic():
        write("write to parent", letter, by, version, {"view": view, "written_by": by})


def send_letter(letter: CourtLetter, version: int, read: int, sent_on: date, *, by: Person) -> None:
    """Say that a letter, as it was read, was sent on a day; its words are kept, and are printed from then on.

    `version` is that of the letter, `read` that of the pre-proceedings, whose words are in it. Once it is
    decided how it goes on, one that was sent before is put on record.
    """
    with transaction.atomic():
        row = PreProceedings.objects.select_for_update().get(pk=letter.pre_proceedings_id)
        _need_undecided(row, sent_on)
        for name, said in IN_LETTER.items():
            need_text(getattr(row, name), f"{said}, in what every letter says.")
        now = CourtLetter.objects.select_related("to").get(pk=letter.pk)
        need_text(now.view, "Write what they have told us; where it is not known, say so.")
        need_day(row, sent_on, "sent_on")
        if row.version != read:
            raise StepError(
                "What every letter says was changed since you read it. Nothing was sent; read it again."
            )
        now.pre_proceedings, now.sent_on = row, sent_on
        words = letter_before_proceedings(now, root_of(row.referral.child)).kept()
        move("send letter", letter, by, version, sent_on=sent_on, words=words)
        if row.letter_on is None:
            move("send first letter", row, by, letter_on=sent_on)
        else:
            _note_first(row)


def _need_undecided(row: PreProceedings, sent_on: date) -> None:
    """Go on only for a day until which it was not decided how it goes on."""
    decided = row.court_on or row.outcome_on
    if decided is not None and sent_on > decided:
        raise IncompleteError(
            f"It was decided on {decided:%-d %B %Y} how it goes on: no letter was sent after that",
            "sent_on",
        )


def _note_first(row: PreProceedings) -> None:
    """Have it be known when the first letter was sent."""
    first = row.letters.aggregate(first=Min("sent_on"))["first"]
    others = PreProceedings.objects.filter(pk=row.pk).exclude(letter_on=first)
    others.update(letter_on=first, version=F("version") + 1)


def correct_letter(
    letter: CourtLetter, version: int, sent_on: date, *, because_of: str, by: Person
) -> None:
    """Correct on which day a letter was sent, and say why; its words stay as they were kept."""
    with transaction.atomic(), because(because_of):
        row = PreProceedings.objects.select_for_update().get(pk=letter.pre_proceedings_id)
        need_day(row, sent_on, "sent_on")
        _need_undecided(row, sent_on)
        said = corrected(because_of, by)
        move("correct letter", letter, by, version, sent_on=sent_on, **said)
        _note_first(row)


def drop_letter(letter: CourtLetter, version: int, reason: str, *, by: Person) -> None:
    """Say that a letter that was written is not sent, and why."""
    need_text(reason, "Say why", "reason")
    with transaction.atomic(), because(reason):
        move("drop letter", letter, by, version, dropped_because=reason)
