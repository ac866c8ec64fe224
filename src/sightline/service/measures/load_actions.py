"""What people do with loads: give files, begin again, give up, publish, discard, return to an earlier."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.utils import timezone

from sightline.service.accounts.models import Person
from sightline.service.audit.context import because
from sightline.service.measures.load_tasks import CASEWORK, take_up
from sightline.service.measures.load_uploads import Given, are_there, keep_files, remove_files
from sightline.service.measures.loaded_snapshots import (
    current_snapshot,
    refuse_to_wait,
    said,
    take_back,
)
from sightline.service.measures.models import Load, LoadProgress, Publication
from sightline.service.measures.reading import store
from sightline.store.snapshots import Store, StoreError

Asked = TypeVar("Asked")


class LoadRefusedError(Exception):
    """What cannot be done with a load now; the message is a sentence for the person who asked."""


class AnotherLoadOpenError(LoadRefusedError):
    """Another load is open: one is worked on and decided at a time."""

    def __init__(self, load: Load) -> None:
        super().__init__("Another load is open. It must be published or discarded first.")
        self.load = load


def open_load() -> Load | None:
    """Give the load that is waiting, worked on, or loaded and not decided."""
    return Load.objects.filter(state__in=Load.OPEN).select_related("given_by").first()


def receive_load(
    given: Iterable[Given],
    *,
    by: Person | None,
    source: str,
    as_at: date | None = None,
    begin: bool = True,
) -> Load:
    """Keep the files given and let the work on them begin.

    Without `begin`, whoever calls works on it (`load_tasks.work_on`). `AnotherLoadOpenError` if there
    is an open load; `OSError` if the files cannot be kept.
    """
    _refuse_beside_another()
    folder, files = keep_files(given)
    load = Load(given_by=by, source=source[:200], folder=folder, files=files, as_at=as_at)
    try:
        with transaction.atomic():
            load.save(force_insert=True)
            LoadProgress.objects.create(load=load)
            if begin:
                take_up.enqueue(load.pk)
    except BaseException as error:
        if not Load.objects.filter(folder=folder).exists():
            remove_files(load)
        if isinstance(error, IntegrityError):
            _refuse_beside_another()  # two came at the same moment
        raise
    return load


def begin_again(load_pk: int, by: Person) -> Load:
    """Let a load that failed wait again, with the files it was given; it is theirs who asked."""
    try:
        with transaction.atomic():
            load = _locked(load_pk)
            if load.state != Load.State.FAILED or load.settled_at:
                raise LoadRefusedError("Only a load that failed can be begun again.")
            if load.source == CASEWORK:
                raise LoadRefusedError("Casework is fed again as it stands now, never as it stood.")
            if not are_there(load):
                raise LoadRefusedError(
                    "The files of this load are no longer kept. Give them again."
                )
            load.state, load.failure, load.finished_at = Load.State.WAITING, "", None
            load.given_by, load.given_at = by, timezone.now()
            load.save()
            LoadProgress.objects.filter(pk=load.pk).update(doing="", at=timezone.now())
            take_up.enqueue(load.pk)
    except IntegrityError:
        _refuse_beside_another()
        raise
    return load


def give_up_load(load_pk: int, by: Person | None) -> Load:
    """Settle a load that failed, or that nobody has begun to work on, and remove its files."""
    with transaction.atomic():
        load = _locked(load_pk)
        if load.state == Load.State.WAITING:
            load.state, load.failure = Load.State.FAILED, "It was given up before it began."
        if load.state != Load.State.FAILED or load.settled_at:
            raise LoadRefusedError("Only a load that waits or failed can be given up.")
        _settle(load, load.state, by)
    remove_files(load)
    return load


def publish_load(load_pk: int, by: Person | None) -> Publication:
    """Make what was loaded what everybody sees."""
    with transaction.atomic():
        load = _locked_loaded(load_pk)
        current = _asked(current_snapshot)
        if current is None or current.id != load.snapshot:
            raise LoadRefusedError(
                "The records were changed from the command line since this load was made, so that the "
                "next load would not rest on it. Discard this load, and give its files again."
            )
        publication = Publication.objects.create(snapshot=load.snapshot, published_by=by, load=load)
        _settle(load, Load.State.PUBLISHED, by)
    remove_files(load)
    return publication


def discard_load(load_pk: int, by: Person | None) -> Load:
    """Return to what was before a load. Nobody saw it, and nobody will."""
    with transaction.atomic():
        load = _locked_loaded(load_pk)
        _asked(lambda: take_back(load))
        _settle(load, Load.State.DISCARDED, by)
    remove_files(load)
    return load


def return_to_publication(publication_pk: int, by: Person, reason: str) -> Publication:
    """Publish again what was published before; the next load rests on it."""
    with transaction.atomic(), because(reason):
        _refuse_beside_another()
        earlier = Publication.objects.select_for_update().get(pk=publication_pk)
        latest = Publication.objects.latest()
        if latest.snapshot == earlier.snapshot:
            raise LoadRefusedError("That is what is published now.")
        _asked(lambda: _make_current(store(), earlier.snapshot))
        return Publication.objects.create(snapshot=earlier.snapshot, published_by=by, reason=reason)


def _make_current(opened: Store, snapshot_id: str) -> None:
    current = opened.current()
    if current.id != snapshot_id:
        opened.return_to(snapshot_id, instead_of=current.id, waiting=refuse_to_wait)


def _asked(of_store: Callable[[], Asked]) -> Asked:
    """Ask something of the store; what it refuses, we refuse."""
    try:
        return of_store()
    except StoreError as error:
        raise LoadRefusedError(said(error)) from error


def _refuse_beside_another() -> None:
    if load := open_load():
        raise AnotherLoadOpenError(load)


def _locked(load_pk: int) -> Load:
    return Load.objects.select_for_update(of=("self",)).get(pk=load_pk)


def _locked_loaded(load_pk: int) -> Load:
    load = _locked(load_pk)
    if load.state != Load.State.LOADED:
        raise LoadRefusedError(
            f"This load cannot be published or discarded: it is {load.get_state_display().lower()}."
        )
    return load


def _settle(load: Load, state: str, by: Person | None) -> None:
    load.state, load.settled_by, load.settled_at = state, by, timezone.now()
    load.save()
