"""The work on a load, which takes minutes: by a worker, or by the nightly command itself."""

import time
from contextlib import suppress

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from sightline.indicators.settings import SettingsError
from sightline.intake.load import load as load_files
from sightline.intake.parts import UnreadableFileError
from sightline.service.audit.context import Context, acting, context_of, system
from sightline.service.measures.load_findings import found_by
from sightline.service.measures.load_uploads import clear_files, given_files, held
from sightline.service.measures.loaded_snapshots import (
    FAULT,
    fail,
    fail_interrupted,
    is_left_over,
    published_snapshot,
    said,
)
from sightline.service.measures.models import Load, LoadProgress
from sightline.service.measures.reading import store
from sightline.store.snapshots import StoreError

STEP_SECONDS = 1.0
"""Seconds between two writes of how far a load has come."""
CASEWORK = "casework"
"""The source of a load that the feed makes (`service.feed`)."""
MENDABLE = (UnreadableFileError, StoreError, SettingsError)
"""Errors whose sentence tells a person what to mend."""


@task()
def take_up(load_pk: int) -> None:
    """Work on a load that waits."""
    fail_interrupted()
    clear_files()
    work_on(load_pk)


def work_on(load_pk: int) -> Load:
    """Load, check, compute and compare; the load is then `loaded`, or `failed` with a sentence.

    A load that does not wait any more, or that somebody works on, is left as it is.
    """
    load = Load.objects.select_related("given_by").get(pk=load_pk)
    # A file of the load may be gone with its folder; whoever gave it up has settled it.
    with suppress(BlockingIOError, FileNotFoundError), held(load), acting(_on_behalf_of(load)):
        if _begun(load):
            _work(load)
    load.refresh_from_db()
    return load


def _on_behalf_of(load: Load) -> Context:
    if load.given_by is None:
        return system("Feed of casework" if load.source == CASEWORK else "Nightly load")
    return context_of(load.given_by, request=f"load {load.pk}")


def _begun(load: Load) -> bool:
    current = store().current_or_none() if store().path.exists() else None
    with transaction.atomic():
        waiting = Load.objects.select_for_update().filter(pk=load.pk, state=Load.State.WAITING)
        begun: int = waiting.update(
            state=Load.State.WORKING, before=current.id if current else "", snapshot=""
        )
    return bool(begun)


def _work(load: Load) -> None:
    tell = _Progress(load)
    try:
        _load(load, tell)
    except MENDABLE as error:
        fail(load.pk, said(error))
    except BaseException:
        fail(load.pk, FAULT)
        raise


def _load(load: Load, tell: "_Progress") -> None:
    into = store()
    summary = load_files(
        given_files(load), into, as_at=load.as_at, fresh=is_left_over(into), progress=tell
    )
    snapshot = summary.snapshot
    Load.objects.filter(pk=load.pk).update(snapshot=snapshot.id, before=snapshot.manifest.parent)
    found = found_by(summary, published_snapshot(), tell)
    with transaction.atomic():
        Load.objects.filter(pk=load.pk, state=Load.State.WORKING).update(
            state=Load.State.LOADED, found=found, finished_at=timezone.now()
        )


class _Progress:
    """Writes what is being done, not oftener than every `STEP_SECONDS`."""

    def __init__(self, load: Load) -> None:
        self._load = load
        self._written = 0.0

    def __call__(self, doing: str) -> None:
        now = time.monotonic()
        if now - self._written >= STEP_SECONDS:
            self._written = now
            LoadProgress.objects.filter(pk=self._load.pk).update(
                doing=said(doing)[:200], at=timezone.now()
            )
