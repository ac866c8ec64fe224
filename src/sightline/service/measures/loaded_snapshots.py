"""The snapshots that loads made, the one published among them, and the way back from one not wanted."""

from datetime import timedelta
from typing import NoReturn

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from sightline.intake.inputs import open_inputs
from sightline.intake.parts import UnreadableFileError
from sightline.service.measures.load_uploads import given_files, is_held
from sightline.service.measures.models import Load, Publication
from sightline.service.measures.reading import store
from sightline.store.snapshots import Snapshot, Store, StoreError

BEGUN_WITHIN = 60
"""Seconds within which the nightly command begins the work on a load it made."""
INTERRUPTED = (
    "The work on this load stopped before it was done: the server was restarted, or the work was "
    "ended. The records are as they were. The files are still here, so it can be begun again."
)
FAULT = (
    "Sightline met a fault of its own, and loaded nothing. The records are as they were. Begin it "
    "again; if it fails again, tell whoever runs Sightline the number of this load."
)


_IN_BROWSER = {
    "--as-at": "“Day the files were made”",
    "`sightline snapshots undo` returns to them": "discarding this load returns to them",
}
"""What the engine says of its commands, and what it is in the browser."""


def published_snapshot() -> Snapshot | None:
    """Give the snapshot that people see; None if nothing has been published. Raises `StoreError`."""
    published = Publication.objects.values_list("snapshot", flat=True).first()
    return store().open(published) if published else None


def current_snapshot() -> Snapshot | None:
    """Give the store's current snapshot, on which the next load is made; None if there is none."""
    opened = store()
    return opened.current_or_none() if opened.path.exists() else None


def is_left_over(of: Store) -> bool:
    """Whether what is current was given up and had nothing before it to return to.

    The next load then begins empty, so that what was given up does not come back with it.
    """
    current = of.current_or_none() if of.path.exists() else None
    if current is None or Publication.objects.filter(snapshot=current.id).exists():
        return False
    given_up = (Load.State.DISCARDED, Load.State.FAILED)
    return Load.objects.filter(snapshot=current.id, state__in=given_up).exists()


def fail_interrupted() -> None:
    """Fail the loads that are being worked on by nobody, as their worker was ended.

    So is one of the nightly load that waits: the command itself begins it at once.
    """
    at_once = timezone.now() - timedelta(seconds=BEGUN_WITHIN)
    nightly = Q(state=Load.State.WAITING, given_by=None, given_at__lt=at_once)
    for load in Load.objects.filter(Q(state=Load.State.WORKING) | nightly):
        if not is_held(load):
            fail(load.pk, INTERRUPTED)


def fail(load_pk: int, sentence: str) -> None:
    """End a load that was being worked on with a sentence, and take back what it had made."""
    with transaction.atomic():
        load = Load.objects.select_for_update().get(pk=load_pk)
        if load.state not in (Load.State.WAITING, Load.State.WORKING):
            return
        try:
            take_back(load)
        except StoreError as error:
            sentence = f"{sentence} {said(error)}"
        load.state = Load.State.FAILED
        load.failure = sentence
        load.finished_at = timezone.now()
        load.save()


def take_back(load: Load) -> None:
    """Make current again what was before a load, where the load's own snapshot is current.

    Where there was nothing before it, the snapshot stays and is noted (see `is_left_over`).
    `StoreError` if another load was made upon it meanwhile, or somebody is writing to the store.
    """
    opened = store()
    current = current_snapshot()
    if current is None:
        return
    if load.state == Load.State.WORKING and not load.snapshot and _made(load, current):
        load.snapshot = current.id  # it was ended between the load and the note of it
    if not load.snapshot:
        return
    if current.id == load.snapshot:
        if before := current.manifest.parent:
            opened.return_to(before, instead_of=current.id, waiting=refuse_to_wait)
        return
    if _rests_on(opened, current, load.snapshot):
        raise StoreError(
            f"Snapshot {current.id} was loaded from the command line upon the snapshot of this load, "
            f"and is current now. First return to {load.snapshot} with `sightline snapshots undo`."
        )


def _made(load: Load, current: Snapshot) -> bool:
    """Whether a snapshot holds what a load gave and what was there before it, and nothing else."""
    if current.id == load.before or current.manifest.parent != load.before:
        return False
    try:
        given = {each.source.sha256 for each in open_inputs(given_files(load))}
        before = store().open(load.before).manifest.inputs if load.before else ()
    except (UnreadableFileError, StoreError):
        return False
    new = {each.sha256 for each in current.manifest.inputs} - {each.sha256 for each in before}
    return bool(given & {each.sha256 for each in current.manifest.inputs}) and new <= given


def _rests_on(opened: Store, snapshot: Snapshot, other: str) -> bool:
    while parent := snapshot.manifest.parent:
        if parent == other:
            return True
        snapshot = opened.open(parent)
    return False


def refuse_to_wait(_: str) -> NoReturn:
    """Refuse to wait for whoever writes to the store, as the database is held meanwhile."""
    raise StoreError("Another load is being written at this moment. Try again in a minute.")


def said(what: object) -> str:
    """Give a sentence of the engine as the browser shows it: no folders, and the form's own words."""
    told = str(what)
    for command, words in _IN_BROWSER.items():
        told = told.replace(command, words)
    for folder in (settings.DEPLOYMENT.uploads, settings.DEPLOYMENT.store):
        if told.startswith(f"{folder}: "):
            told = told.removeprefix(f"{folder}: ")
            told = told[:1].upper() + told[1:]
        told = told.replace(f" into {folder}", "").replace(f"{folder}/", "")
    return told
