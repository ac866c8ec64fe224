"""Two records found to be of one person: merged, and parted again with nothing lost.

What was written for a record stays known (`CarriedRow`): a row is always with the record that now stands for
whom it was written for. A merge gives every row of the one that goes to the one that is kept, in every table
with a field that names a person, found from the models; a parting gives back what was written for whoever
leaves, with whatever was changed in it meanwhile. What is written after a merge is of the one kept.
"""

from collections.abc import Callable, Iterator, Sequence

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from sightline.service.accounts.models import Person
from sightline.service.audit.context import because
from sightline.service.children.actions.people import index_names
from sightline.service.children.actions.restrictions import (
    look_at_both,
    look_at_merged,
    restrict_parted,
)
from sightline.service.children.matching import judge_pair, pair_of, propose_matches
from sightline.service.children.merged import all_of, root_of, roots_of
from sightline.service.children.models import CarriedRow, KnownPerson, Merge, PossibleMatch
from sightline.service.children.restrictions import restricted_now

NOT_CARRIED = {
    "children.KnownPerson.merged_into": "it says which record went into which",
    "children.NameKey.person": "a search finds the one kept under the names of the one that went",
    "children.PossibleMatch.one": "it is about these two records",
    "children.PossibleMatch.other": "it is about these two records",
    "children.Merge.kept": "it says which record went into which",
    "children.Merge.gone": "it says which record went into which",
    "children.CarriedRow.written_for": "it says for whom a row was written",
}
"""Fields that name a person and stay as they are in a merge, and why. Every other is carried over."""


class CannotMergeError(Exception):
    """One of the two is in another record already, or they are the same; the message is for people."""


class CannotPartError(Exception):
    """The two were parted already, or a row cannot go back; the message is for people."""


class DecidedError(Exception):
    """Another has decided about the match already."""


Carried = tuple[type[models.Model], str]


def carried_fields() -> Iterator[Carried]:
    """Give each model and its field that names a known person and is carried in a merge."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if (
                isinstance(field, models.ForeignKey)
                and field.model is model
                and field.related_model is KnownPerson
                and f"{model._meta.label}.{field.name}" not in NOT_CARRIED
            ):
                yield model, field.name


def merge_people(
    kept: KnownPerson, gone: KnownPerson, why: str, *, by: Person, address: str = ""
) -> Merge:
    """Say that two records are of one person: `gone` goes into `kept`, with every row that names them.

    Where one is restricted, both are from then on: those who may restrict are told by e-mail, on the service
    at `address`, where nobody named can go on with what is open.
    """
    with transaction.atomic(), because(why):
        rows = {
            each.pk: each
            for each in KnownPerson.objects.select_for_update()
            .filter(pk__in=[kept.pk, gone.pk])
            .order_by("pk")
        }
        if kept.pk == gone.pk or any(each.merged_into_id for each in rows.values()):
            raise CannotMergeError(MERGED_ALREADY)
        # Above the version of either: a form of the one that went does not fit the one that is kept.
        version = max(each.version for each in rows.values()) + 1
        KnownPerson.objects.filter(pk=gone.pk).update(merged_into=kept, version=version)
        KnownPerson.objects.filter(pk=kept.pk).update(version=version)
        left = [
            stayed
            for model, field in carried_fields()
            for stayed in _carry(model, field, kept, gone)
        ]
        merge = Merge.objects.create(kept=kept, gone=gone, why=why, by=by, left=left)
        _settle(kept, gone, PossibleMatch.State.SAME, why, by)
        _find_anew(kept, gone)
        look_at_merged(kept, address=address)
    return merge


def _find_anew(*people: KnownPerson) -> None:
    """Have each found under the names it has now, and compared with others by what it says now."""
    for each in people:
        each.refresh_from_db()
        index_names(each)
    for root in {each.pk: each for each in roots_of(people).values()}.values():
        propose_matches(root)


MERGED_ALREADY = (
    "One of the two is part of another record already. Open that one, and compare again."
)


def _carry(
    model: type[models.Model], field: str, kept: KnownPerson, gone: KnownPerson
) -> Iterator[dict[str, str]]:
    label = model._meta.label
    manager = model._base_manager
    of_gone = {each.pk for each in all_of(gone)}
    for pk in list(manager.filter(**{field: gone.pk}).order_by("pk").values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                manager.filter(pk=pk).update(**{field: kept.pk})
        except IntegrityError:
            yield {"table": label, "field": field, "row": str(pk), "what": _named(model)}
            continue
        carried, _ = CarriedRow.objects.get_or_create(
            table=label, field=field, row=str(pk), defaults={"written_for": gone}
        )
        if carried.written_for_id not in of_gone:  # somebody gave the row to another since
            CarriedRow.objects.filter(pk=carried.pk).update(written_for=gone)


def _named(model: type[models.Model]) -> str:
    return str(model._meta.verbose_name)


def part_people(merge: Merge, why: str, *, by: Person, address: str = "") -> list[KnownPerson]:
    """Part two records that were merged: every row goes back to whom it was written for.

    Where they were restricted as one, each stays so: give whoever is restricted anew, of which those who may
    restrict are told by e-mail, on the service at `address`.
    """
    with transaction.atomic(), because(why):
        merge = Merge.objects.select_for_update().get(pk=merge.pk)
        if merge.parted_at is not None:
            raise CannotPartError(PARTED_ALREADY)
        gone = KnownPerson.objects.select_for_update().get(pk=merge.gone_id)
        kept = root_of(gone)
        whole = all_of(kept)
        together = [each.pk for each in whole]
        closed = restricted_now().filter(child_id__in=[each.number for each in whole])
        restrictions = list(closed.prefetch_related("named").order_by("pk"))
        KnownPerson.objects.filter(pk=gone.pk).update(
            merged_into=None, version=models.F("version") + 1
        )
        gone.refresh_from_db()
        for each in CarriedRow.objects.filter(written_for__in=all_of(gone)).order_by("pk"):
            _give_back(each, gone, together)
        Merge.objects.filter(pk=merge.pk).update(
            parted_by=by, parted_at=timezone.now(), parted_because=why
        )
        for tell in _parted:
            tell(kept, gone)
        _settle(merge.kept, gone, PossibleMatch.State.DIFFERENT, why, by)
        _find_anew(merge.kept, gone)
        return restrict_parted([kept, gone], restrictions, address=address)


_parted: list[Callable[[KnownPerson, KnownPerson], None]] = []


def parted_by(mend: Callable[[KnownPerson, KnownPerson], None]) -> None:
    """Add what an app puts right when records are parted: it is given the two that stand for the people now.

    Called when every row is with whom it was written for, and whole with the parting.
    """
    if mend not in _parted:
        _parted.append(mend)


PARTED_ALREADY = "These two were parted already."


def _give_back(carried: CarriedRow, gone: KnownPerson, together: Sequence[int]) -> None:
    """Give a row back, unless it is gone or somebody has given it to another since."""
    model = apps.get_model(carried.table)
    rows = model._base_manager.filter(pk=carried.row, **{f"{carried.field}__in": together})
    try:
        with transaction.atomic():
            there = rows.update(**{carried.field: gone.pk})
    except IntegrityError:
        raise CannotPartError(
            f"The {_named(model)} number {carried.row} cannot go back, as the other record has the same. "
            "End or correct one of the two first; nothing was changed."
        ) from None
    if carried.written_for_id == gone.pk or not there:
        carried.delete()


def say_different(match: PossibleMatch, why: str, *, by: Person, address: str = "") -> bool:
    """Say that a possible match is of two people; `DecidedError` where another has decided meanwhile.

    Give whether both stay restricted: see `look_at_both`.
    """
    with transaction.atomic(), because(why):
        written = PossibleMatch.objects.filter(pk=match.pk, state=match.state).update(
            state=PossibleMatch.State.DIFFERENT,
            why=why[:500],
            decided_by=by,
            decided_at=timezone.now(),
        )
        if not written:
            raise DecidedError
        return look_at_both(match.one, match.other, address=address)


def compare_by_hand(one: KnownPerson, other: KnownPerson) -> PossibleMatch:
    """Put two records side by side that somebody thinks are of one person; what was decided stands."""
    with transaction.atomic():
        match = pair_of(one, other)
        judge_pair(match)
    return match


def _settle(one: KnownPerson, other: KnownPerson, state: str, why: str, by: Person) -> None:
    """Put the decision on the match of the two, which is made where nobody had proposed it."""
    match = pair_of(one, other)
    PossibleMatch.objects.filter(pk=match.pk).update(
        state=state, why=why[:500], decided_by=by, decided_at=timezone.now()
    )
