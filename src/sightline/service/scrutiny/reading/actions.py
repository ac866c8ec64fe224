"""What is done with documents of minutes: check, write, on record; each whole.

Every function raises `ValidationError` with a sentence for the person where what was asked cannot be, and
`ConflictError` where somebody else decided meanwhile; nothing is then written.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from sightline.intake.parts import UnreadableFileError
from sightline.service.accounts.models import Person
from sightline.service.accounts.versions import ConflictError, save_changes
from sightline.service.audit.context import because
from sightline.service.scrutiny.identifying import sentence
from sightline.service.scrutiny.meetings.papers import keep_file
from sightline.service.scrutiny.models import Committee, Document, Meeting, PaperFile, ReadField
from sightline.service.scrutiny.reading.apart import read_apart
from sightline.service.scrutiny.reading.meeting import write_meeting
from sightline.service.scrutiny.reading.queries import NEEDS_DECISION, decided_values, is_hidden
from sightline.service.scrutiny.reading.reader import Reading

Reader = Callable[[bytes, str], Reading]
Decision = ReadField.Decision

MOST_BYTES = 20 * 2**20
"""Bytes a document may have: the longest printed minutes have some two million, a pack of papers more."""
NAME_LENGTH = 200
MEDIA = {
    Document.Rendering.TEXT: "text/plain",
    Document.Rendering.PDF: "application/pdf",
    Document.Rendering.PAGE: "text/html",
    Document.Rendering.XML: "application/xml",
}


class AlreadyGivenError(Exception):
    """The same file was given before; `document` is what became of it."""

    def __init__(self, document: Document) -> None:
        super().__init__(f"document {document.pk} is of the same file")
        self.document = document


def take_document(
    data: bytes, name: str, by: Person | None, *, read: Reader = read_apart
) -> Document:
    """Read a document of minutes and keep it with its fields, to be confirmed by a person.

    `UnreadableFileError`, one sentence, where it cannot be read; nothing is then kept. `AlreadyGivenError`
    where the same bytes are there. One that may tell who a child or family is, is kept without its words
    until somebody has looked (`clear_alarm`).
    """
    name = _file_name(name)
    if len(data) > MOST_BYTES:
        raise UnreadableFileError(
            f"{name}: is larger than {MOST_BYTES // 2**20} MB; that is no set of minutes."
        )
    reading = read(data, name)
    with transaction.atomic():
        file = keep_file(data, name, MEDIA[Document.Rendering(reading.rendering)])
        before = file.documents.exclude(state=Document.State.SET_ASIDE).first()
        if before:
            raise AlreadyGivenError(before)
        document = Document.objects.create(
            file=file,
            name=name,
            rendering=reading.rendering,
            is_truncated=reading.truncated,
            alarm=sentence(reading.alarms),
            given_by=by,
        )
        if not document.alarm:
            _keep_words(document, reading)
    return document


def _file_name(name: str) -> str:
    """Give a file's name without folders and signs that no name needs."""
    plain = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(sign for sign in plain if sign.isprintable()).strip()
    return plain[-NAME_LENGTH:] or "unnamed"


def _keep_words(document: Document, reading: Reading) -> None:
    document.text = [{"place": place, "words": words} for place, words in reading.passages]
    document.save(update_fields=["text"])
    ReadField.objects.bulk_create(
        (
            ReadField(
                document=document,
                position=position,
                field=each.field[:30],
                value=each.value,
                words=each.words,
                place=each.place[:200],
                doubt=each.doubt,
            )
            for position, each in enumerate(reading.fields, start=1)
        ),
        batch_size=500,
    )


# --- The alarm


def clear_alarm(
    document: Document, why: str, by: Person | None, *, read: Reader = read_apart
) -> None:
    """Say, with a reason, that no child or family can be told from a document: it is then as any other."""
    stands = Document.objects.select_related("file").get(pk=document.pk)
    reading = read(bytes(stands.file.data), stands.name)
    with transaction.atomic(), because(_reason(why)):
        held = _held(document)
        if not is_hidden(held):
            raise ValidationError("Somebody has looked at this document already.")
        _move(held, cleared_by=by, state_reason=why.strip())
        _keep_words(held, reading)


def remove_document(document: Document, why: str) -> None:
    """Set a document that tells of a child or family aside and remove its bytes and words for good.

    What a confirmed meeting holds is not touched; a file that is used elsewhere stays there.
    """
    with transaction.atomic(), because(_reason(why)):
        held = _held(document)
        held.fields.all().delete()
        _move(
            held, state=Document.State.SET_ASIDE, state_reason=why.strip(), text=[], name="removed"
        )
        file = PaperFile.objects.select_for_update().defer("data").get(pk=held.file_id)
        others = file.documents.exclude(pk=held.pk).exclude(state=Document.State.SET_ASIDE)
        if not (others.exists() or file.papers.exists() or file.packs.exists()):
            PaperFile.objects.filter(pk=file.pk).update(data=b"", size=0, name="removed")


def set_aside(document: Document, why: str) -> None:
    """Say that a document is not to be used, and why: it is kept, and makes no meeting."""
    with transaction.atomic(), because(_reason(why)):
        _move(_held(document), state=Document.State.SET_ASIDE, state_reason=why.strip())


def _reason(why: str) -> str:
    if not why.strip():
        raise ValidationError("Say why.")
    return why.strip()


# --- Field by field


def decide_field(
    field: ReadField,
    decision: str,
    by: Person | None,
    *,
    version: int | None = None,
    corrected: Any = None,
) -> None:
    """Accept a field, put `corrected` in its place, or reject it; decided anew as long as it is unconfirmed.

    `ConflictError` where another decided it since `version` was read.
    """
    if decision == Decision.ACCEPTED and field.value is None:
        raise ValidationError(
            "Nothing was read here that could be accepted. Enter it, or reject it."
        )
    if decision == Decision.ACCEPTED and _is_private(field.value):
        raise ValidationError(
            "The source marks this item as private. Correct it, and say under which rule it is."
        )
    if decision == Decision.CORRECTED and corrected is None:
        raise ValidationError("Enter what is right.")
    with transaction.atomic():
        _readable(_held(field.document))
        save_changes(
            field,
            field.version if version is None else version,
            {
                "decision": Decision(decision),
                "corrected": corrected if decision == Decision.CORRECTED else None,
                "decided_by": by,
                "decided_at": timezone.now(),
            },
        )


def add_field(document: Document, name: str, corrected: Any, by: Person | None) -> ReadField:
    """Enter by hand what a document says and was not read: it stands as put right by a person."""
    with transaction.atomic():
        _readable(held := _held(document))
        last = held.fields.order_by("-position").values_list("position", flat=True).first() or 0
        return ReadField.objects.create(
            document=held,
            position=last + 1,
            field=name,
            decision=Decision.CORRECTED,
            corrected=corrected,
            decided_by=by,
            decided_at=timezone.now(),
        )


def accept_certain(document: Document, by: Person | None) -> int:
    """Accept every field that is certain and undecided; give how many. The doubtful are left to a person."""
    with transaction.atomic():
        _readable(held := _held(document))
        return held.fields.filter(value__isnull=False, doubt="", decision="").update(
            decision=Decision.ACCEPTED,
            decided_by=by,
            decided_at=timezone.now(),
            version=F("version") + 1,
        )


def _is_private(value: Any) -> bool:
    return isinstance(value, Mapping) and bool(value.get("restricted"))


# --- Into a meeting


def confirm_document(
    document: Document,
    into: Meeting | Committee,
    by: Person | None,
    *,
    are_confirmed: bool,
) -> Meeting:
    """Write what was decided into a new meeting of a committee, or join it to a meeting there is.

    `are_confirmed` says whether the committee has confirmed these minutes already: then they are the
    public's at once, else they are a draft. Where both say something, the fuller text stays, and one cut
    short takes the place of nothing; what the meeting had and this says otherwise is kept and named in the
    document's `state_reason`.
    """
    with transaction.atomic():
        held = _held(document)
        _readable(held)
        if left := held.fields.filter(NEEDS_DECISION, decision="").count():
            fields = "1 field is" if left == 1 else f"{left} fields are"
            raise ValidationError(f"{fields} still to be decided.")
        meeting, kept = write_meeting(
            held, decided_values(held), into, by, are_confirmed=are_confirmed
        )
        _move(
            held,
            state=Document.State.CONFIRMED,
            state_reason=_shortened(kept),
            meeting=meeting,
            confirmed_by=by,
            confirmed_at=timezone.now(),
        )
    document.refresh_from_db()
    return meeting


def _shortened(sentences: list[str]) -> str:
    said = " ".join(sentences)
    return said if len(said) <= 500 else f"{said[:496]} ..."


def _held(document: Document) -> Document:
    """Give a document as it stands now, held until the end; refused where it is no longer to be read."""
    held = Document.objects.select_for_update().defer("text").get(pk=document.pk)
    if held.state != Document.State.READ:
        raise ValidationError(
            f"This document is “{held.get_state_display().lower()}”, so it no longer changes."
        )
    return held


def _readable(document: Document) -> None:
    if is_hidden(document):
        raise ValidationError("This document is hidden until somebody has looked at the alarm.")


def _move(document: Document, **changes: Any) -> None:
    if not Document.objects.filter(pk=document.pk, version=document.version).update(
        **changes, version=F("version") + 1
    ):
        raise ConflictError(Document.objects.get(pk=document.pk))
    document.refresh_from_db()


__all__ = [
    "AlreadyGivenError",
    "accept_certain",
    "add_field",
    "clear_alarm",
    "confirm_document",
    "decide_field",
    "remove_document",
    "set_aside",
    "take_document",
]
