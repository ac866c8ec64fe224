"""Casework is fed: an extract goes through the machinery of loads into a new snapshot, and is published.

One feeds at a time: a file is held meanwhile, which the system frees if the work is ended. The next feed then
takes back what that one left, files and load, and has it all.
"""

import fcntl
import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from sightline.records import Format
from sightline.service.accounts.models import Person
from sightline.service.audit.context import Context, acting, context_of, system
from sightline.service.feed.due import fell_due
from sightline.service.feed.extract import Extract, write_extract
from sightline.service.feed.models import PUBLISHED, WAITS, Feeding
from sightline.service.measures.load_actions import (
    LoadRefusedError,
    discard_load,
    give_up_load,
    open_load,
    publish_load,
    receive_load,
)
from sightline.service.measures.load_tasks import CASEWORK, work_on
from sightline.service.measures.load_uploads import Given, clear_files
from sightline.service.measures.loaded_snapshots import (
    current_snapshot,
    fail,
    fail_interrupted,
    published_snapshot,
    refuse_to_wait,
)
from sightline.service.measures.models import Load
from sightline.service.measures.reading import store
from sightline.store.snapshots import StoreError
from sightline.store.thinning import thin

FILE = "casework.zip"
_LOCK = "feed.lock"
_FOLDER = "feed-"
_PIECE = 1024 * 1024
INTERRUPTED = (
    "The work stopped before it was done. The records are as they were; the next feed has it all."
)
FAULT = "Sightline met a fault of its own, and fed nothing. The records are as they were."


class FeedRefusedError(Exception):
    """Why casework was not fed; the message is a sentence for whoever asked."""


@task()
def feed_now(asked_by: int | None) -> None:
    """Feed casework, as somebody asked; what became of it is on record."""
    person = None if asked_by is None else Person.objects.filter(pk=asked_by).first()
    with suppress(FeedRefusedError):
        feed(by=person)


def feed(*, by: Person | None = None) -> Feeding:
    """Feed casework if any of it changed since it was last fed, something fell due, or a day has come.

    `FeedRefusedError` says why it was not: another feed is at work, or a load is open.
    """
    with acting(_context(by)), _only_one():
        _end_interrupted()
        feeding = Feeding.objects.create(asked_by=by)
        try:
            _take_back()
            _feed(feeding)
        except (FeedRefusedError, LoadRefusedError, StoreError) as error:
            _end(feeding, Feeding.State.REFUSED, str(error))
            raise FeedRefusedError(str(error)) from error
        except BaseException:
            _end(feeding, Feeding.State.FAILED, FAULT)
            raise
        # What is published stays so, and is said to be, whatever becomes of the thinning.
        if feeding.state == Feeding.State.FED and settings.DEPLOYMENT.feed_publishes:
            _thin()
    return feeding


def is_feeding() -> bool:
    """Whether casework is being fed at this moment."""
    try:
        with _only_one():
            return False
    except FeedRefusedError:
        return True


def _context(by: Person | None) -> Context:
    return context_of(by, request="feed") if by else system("Feed of casework")


def _feed(feeding: Feeding) -> None:
    fail_interrupted()
    clear_files()
    if other := open_load():
        raise FeedRefusedError(
            f"Load {other.pk} is still open: it must be published or discarded first."
        )
    _refuse_beside_unpublished()
    with tempfile.TemporaryDirectory(prefix=_FOLDER, dir=_home()) as folder:
        path = Path(folder) / FILE
        extract = write_extract(path, authority=_authority())
        feeding.read_at, feeding.content = extract.made, extract.content
        with path.open("rb") as file:
            feeding.file = hashlib.file_digest(file, "sha256").hexdigest()[:12]
        if _is_held(extract):
            _end(
                feeding, Feeding.State.UNCHANGED, "Nothing has changed since casework was last fed."
            )
            return
        load = receive_load([Given(FILE, _pieces(path))], by=None, source=CASEWORK, begin=False)
    feeding.load = load
    feeding.save()
    load = work_on(load.pk)
    if load.state != Load.State.LOADED:
        failure = load.failure
        with suppress(LoadRefusedError):
            give_up_load(load.pk, None)  # the next feed has all of it again
        raise FeedRefusedError(failure)
    if settings.DEPLOYMENT.feed_publishes:
        with transaction.atomic():
            publish_load(load.pk, None)
            _end(feeding, Feeding.State.FED, f"{PUBLISHED.format(load.pk)}{_rejected(load)}")
    else:
        _end(feeding, Feeding.State.FED, f"{WAITS.format(load.pk)}{_rejected(load)}")


def _thin() -> None:
    """Keep the records of each past day's last feed alone; where that fails, the next feed does it."""
    with suppress(StoreError):
        published = published_snapshot()
        keep = () if published is None else (published.id,)
        thin(store(), before=timezone.localdate(), keep=keep, waiting=refuse_to_wait)


def _refuse_beside_unpublished() -> None:
    """Refuse where what a feed would rest on is nothing that anybody published.

    It would be published with it, without a person having looked.
    """
    current, published = current_snapshot(), published_snapshot()
    if not settings.DEPLOYMENT.feed_publishes or current is None:
        return
    if published is None or published.id != current.id:
        given_up = Load.objects.filter(
            snapshot=current.id, state__in=(Load.State.DISCARDED, Load.State.FAILED)
        )
        if published is None and given_up.exists():
            return  # nothing was ever published, and the next load begins empty
        raise FeedRefusedError(
            f"Snapshot {current.id} was loaded on the server and nobody has published it. Load its files in "
            "the browser and publish them, or return to what is published with `sightline snapshots undo`."
        )


def _is_held(extract: Extract) -> bool:
    """Whether the current snapshot holds this very casework, of the same day, and nothing fell due since."""
    last = Feeding.objects.filter(state=Feeding.State.FED).first()
    current = current_snapshot()
    if last is None or current is None or last.content != extract.content:
        return False
    if last.read_at is None or fell_due(last.read_at, extract.made):
        return False
    # A snapshot returned to, or an extract that somebody loaded, may hold other casework.
    return any(
        each.format == Format.CASEWORK
        and each.files == (last.file,)
        and each.period_end == extract.day
        for each in current.manifest.returns
    )


def _authority() -> str:
    """The authority whose returns the store holds; empty where none says."""
    current = current_snapshot()
    returns = current.manifest.returns if current else ()
    return next((each.authority for each in returns if each.authority), "")


def _rejected(load: Load) -> str:
    rejected = sum(each["rejected"] for each in load.found.get("inputs", ()))
    return f" {rejected:,} records could not be made." if rejected else ""


def _end(feeding: Feeding, state: Feeding.State, said: str) -> None:
    """Say what became of one; of the same again and again, as every few minutes, the latest is kept."""
    feeding.state, feeding.said, feeding.ended_at = state, said, timezone.now()
    feeding.save()
    before = Feeding.objects.exclude(pk=feeding.pk).first()
    if before and before.load_id is None and (before.state, before.said) == (state, said):
        before.delete()


def _end_interrupted() -> None:
    for each in Feeding.objects.filter(state=Feeding.State.WORKING):
        _end(each, Feeding.State.FAILED, INTERRUPTED)
    for left in _home().glob(f"{_FOLDER}*"):
        shutil.rmtree(left, ignore_errors=True)


def _take_back() -> None:
    """Take back the loads of feeds that did not come to their end; whoever holds the lock is alone."""
    unsettled = Load.objects.filter(source=CASEWORK, settled_at=None)
    for load in unsettled.exclude(feeding__state=Feeding.State.FED):
        if load.state == Load.State.LOADED:
            discard_load(load.pk, None)
            continue
        fail(load.pk, INTERRUPTED)
        give_up_load(load.pk, None)


def _home() -> Path:
    home: Path = settings.DEPLOYMENT.home
    return home


@contextmanager
def _only_one() -> Iterator[None]:
    with (_home() / _LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise FeedRefusedError("Casework is being fed already.") from error
        yield


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece
