"""What is done about restricted children: check, write, on record; each whole.

Nobody opens a restricted record to themselves but by breaking the glass (`OwnAccessError`): whoever may
restrict does not name themselves, nor end what closes a record to them. Another does that.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import date, timedelta
from functools import partial
from urllib.parse import urljoin

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from sightline.service.accounts.models import Person
from sightline.service.accounts.policies import BREAK_GLASS, OPEN_CHILDREN
from sightline.service.accounts.versions import save_changes
from sightline.service.audit.context import because
from sightline.service.audit.models import Verb
from sightline.service.audit.record import record
from sightline.service.children.access import covers, own_rows, whose
from sightline.service.children.alike import (
    OpenAlike,
    alike_to,
    in_the_same_way,
    open_alike,
    restricted_alike,
    stays_open,
)
from sightline.service.children.merged import all_of, numbers_of, numbers_with, root_of
from sightline.service.children.models import (
    BrokenGlass,
    KnownPerson,
    OpeningTime,
    RestrictedChild,
)
from sightline.service.children.restrictions import (
    closed_to,
    hidden_people,
    hours_on,
    restricted_now,
)
from sightline.service.children.telling import (
    tell_of_difference,
    tell_of_likeness,
    tell_of_opening,
    tell_of_parting,
    tell_of_stuck,
)
from sightline.service.children.whereabouts import Row


class NotYoursError(Exception):
    """The child is not restricted, or not within the person's remit: which of the two is not said."""


class OwnAccessError(Exception):
    """Somebody tried to open a restricted record to themselves; the message is for them."""


class OwnOpeningError(Exception):
    """Somebody tried to review an opening of their own."""


class ReviewedError(Exception):
    """Another has reviewed the opening already."""


def restrict_child(
    child_id: str,
    reason: str,
    named: Iterable[Person],
    *,
    by: Person | None = None,
    address: str = "",
) -> RestrictedChild:
    """Restrict a child's record from today, to these people; `ValidationError` where it is already.

    `OwnAccessError` if one of them restricts it. Records that very likely are the child's too are restricted
    alike: see `alike_to`. With an `address` of the service, those who may restrict are told where nobody of
    these people can go on with what is open: see `stuck_with`; and those named, of each record alike.
    """
    named = list(named)
    with transaction.atomic():
        restriction = _restrict(child_id, reason, named, by=by, address=address)
        for person in alike_to(child_id):
            if not restricted_now().filter(child_id__in=numbers_of(person)).exists():
                _restrict_alike(person, reason, named, _page_of(person, address))
    return restriction


def _restrict_alike(person: KnownPerson, reason: str, named: Iterable[Person], page: str) -> None:
    """Restrict a record as another is; those named are told, and led to the page where there is one.

    Nobody chooses these people here, so whoever writes the record may be one of them.
    """
    with suppress(ValidationError):  # another did so meanwhile
        made = _restrict(person.number, reason, named)
        if page:
            transaction.on_commit(partial(tell_of_likeness.enqueue, made.pk, page))


def _page_of(person: KnownPerson, address: str) -> str:
    return urljoin(address, reverse("known-person", args=[person.pk])) if address else ""


def _restrict(
    child_id: str,
    reason: str,
    named: Iterable[Person],
    *,
    by: Person | None = None,
    address: str = "",
) -> RestrictedChild:
    """Restrict one record: what is like it is left as it is."""
    if by in (named := list(named)):
        raise OwnAccessError(NOT_ONESELF)
    try:
        with transaction.atomic(), because(reason):
            if restricted_now().filter(child_id__in=numbers_with(child_id)).exists():
                raise ValidationError({"child_id": ALREADY})
            restriction = RestrictedChild.objects.create(child_id=child_id, reason=reason)
            restriction.named.set(named)
            _tell_if_stuck(restriction, address)
    except IntegrityError:
        raise ValidationError({"child_id": ALREADY}) from None
    return restriction


def _tell_if_stuck(restriction: RestrictedChild, address: str) -> None:
    if address:
        transaction.on_commit(lambda: tell_of_stuck.enqueue(restriction.pk, address))


ALREADY = "This child's record is restricted already."
NOT_ONESELF = (
    "You cannot name yourself. Ask another who may restrict records; in an emergency, open the record with "
    "a reason."
)
NOT_FOR_ONESELF = (
    "Ending this would open the record to you. Ask another who may restrict records; in an emergency, open "
    "it with a reason."
)


def restrict_like(person: KnownPerson, *, by: Person, address: str) -> bool:
    """Restrict a record, as just written, that very likely is of a restricted child, and what is like it.

    Each is then open to those for whom the other is; they are told by e-mail, which leads to `address`, or to
    the record that is like the one written, and where none of them can go on with it, so are those who may
    restrict. What somebody ended on purpose stays as it is: see `open_alike`.
    Give whether what was written is hidden now from whoever wrote it: they see neither, and are told no more
    than that somebody else knows of it.
    """
    root = root_of(person)
    with transaction.atomic():
        if found := open_alike(root):
            _restrict_each([each for each in found if each.person == root], lambda _: address)
            _restrict_each(open_alike(root), lambda each: _page_of(each, address))
    return person.pk in hidden_people(by)


def _restrict_each(found: Iterable[OpenAlike], page_of: Callable[[KnownPerson], str]) -> None:
    """Restrict each as those like it are; for several, to those named for all of them.

    What somebody has said to be another child is not closed by way of a third: see `stays_open`.
    """
    closing: dict[KnownPerson, list[RestrictedChild]] = {}
    for each in found:
        if stays_open(each):
            continue
        closing.setdefault(each.person, []).append(each.restriction)
    for person, restrictions in closing.items():
        named = set.intersection(*(set(each.named.all()) for each in restrictions))
        _restrict_alike(person, restrictions[0].reason, named, page_of(person))


def restrict_parted(
    people: Sequence[KnownPerson], together: Sequence[RestrictedChild], *, address: str = ""
) -> list[KnownPerson]:
    """Restrict each of those parted as they were `together`; give those of whom that was done.

    The restriction may have been meant for either: each stays closed until somebody ends it on purpose, as
    those who may restrict are asked to by e-mail. What very likely is of one of them is closed with it.
    """
    if not together:
        return []
    named = set.intersection(*(set(each.named.all()) for each in together))
    done = []
    for person in people:
        numbers = numbers_of(person)
        if not any(each.child_id in numbers for each in together):
            made = _restrict(person.number, together[0].reason, named)
            if address:
                transaction.on_commit(partial(tell_of_parting.enqueue, made.pk, address))
            done.append(person)
    for person in people:
        _restrict_each(open_alike(person), lambda each: _page_of(each, address))
    return done


def look_at_merged(child: KnownPerson, *, address: str = "") -> None:
    """Tell those who may restrict where nobody named for a merged child can go on with what is open of it.

    A restriction of either record closes all that was of the other from then on.
    """
    for each in restricted_now().filter(child_id__in=numbers_of(root_of(child))).order_by("pk"):
        _tell_if_stuck(each, address)


def look_at_both(one: KnownPerson, other: KnownPerson, *, address: str = "") -> bool:
    """Give whether two who were said to be different are both restricted.

    One may be so only as it was like the other: it stays closed until somebody ends that on purpose, as those
    who may restrict are asked to by e-mail. So are they of what is restricted in the same way by way of one
    of the two, and is not like the other.
    """
    numbers = [numbers_of(root_of(each)) for each in (one, other)]
    closed = restricted_now().prefetch_related("named").order_by("pk")
    both = [list(closed.filter(child_id__in=each)) for each in numbers]
    if not all(both):
        return False
    if address:
        near = [
            {each.pk: each for of in here for each in restricted_alike(of.child_id)}
            for here in both
        ]
        told = {each.pk for each in (*both[0], *both[1])}
        for here, there in ((0, 1), (1, 0)):
            only = near[here].keys() - near[there].keys()
            told |= {pk for pk in only if _is_with(near[here][pk], both[here])}
        for pk in sorted(told):
            transaction.on_commit(partial(tell_of_difference.enqueue, pk, address))
    return True


def _is_with(restriction: RestrictedChild, others: Iterable[RestrictedChild]) -> bool:
    return any(in_the_same_way(restriction, of.reason, set(of.named.all())) for of in others)


def change_restriction(
    restriction: RestrictedChild,
    version: int,
    reason: str,
    named: Iterable[Person],
    *,
    by: Person | None = None,
    address: str = "",
) -> None:
    """Change why, and who is named; `ConflictError` where another did so meanwhile.

    Whoever is no longer named loses the record at once, and with it what is restricted alike: what is or very
    likely is of the same child, and was restricted in the same way. `OwnAccessError` if somebody adds
    themselves. `address` as in `restrict_child`.
    """
    why, were = restriction.reason, set(restriction.named.all())
    if by in (named := list(named)) and by not in were:
        raise OwnAccessError(NOT_ONESELF)
    with transaction.atomic(), because(reason):
        save_changes(restriction, version, {"reason": reason})
        changed = [restriction]
        for each in restricted_alike(restriction.child_id):
            if in_the_same_way(each, why, were) and _give_reason(each, reason):
                changed.append(each)
        for each in changed:
            each.named.set(named)
            _tell_if_stuck(each, address)


def _give_reason(restriction: RestrictedChild, reason: str) -> bool:
    """Whether the reason was written: one that another changed or ended meanwhile is theirs."""
    same = RestrictedChild.objects.filter(
        pk=restriction.pk, version=restriction.version, ended_at=None
    )
    return bool(same.update(reason=reason, version=F("version") + 1))


def end_restriction(restriction: RestrictedChild, reason: str, *, by: Person | None = None) -> None:
    """End a restriction at once, with the reason: the record is then as any other.

    `OwnAccessError` if it closes the record to whoever ends it, and they may open others.
    """
    if by and OPEN_CHILDREN.allows(by) and not restriction.named.contains(by):
        raise OwnAccessError(NOT_FOR_ONESELF)
    with transaction.atomic(), because(reason):
        RestrictedChild.objects.filter(pk=restriction.pk, ended_at=None).update(
            ended_at=timezone.now(), version=F("version") + 1
        )


def break_glass(person: Person, child_id: str, reason: str, *, address: str) -> BrokenGlass:
    """Open a restricted record of one's remit for some hours; `NotYoursError` where it is not.

    Any number of the child will do. It is on record with the reason, and every information-governance lead
    is told by e-mail, which leads to `address`, where it is reviewed. Where several records of the child are
    restricted, each is opened; the first is given. One that is open to them by an earlier opening is given
    as it is.
    """
    numbers = numbers_with(child_id)
    closed = list(closed_to(person).filter(child_id__in=numbers))
    if not closed:
        opened = BrokenGlass.objects.filter(
            restriction__in=restricted_now().filter(child_id__in=numbers).exclude(named=person),
            person=person,
            closes_at__gt=timezone.now(),
        )
        if running := opened.order_by("closes_at", "pk").first():
            return running
    if not closed or not covers(person, BREAK_GLASS, _rows_of(person, child_id)):
        raise NotYoursError
    with transaction.atomic(), because(reason):
        openings = [_open(each, person, reason, address) for each in closed]
    return openings[0]


def _rows_of(person: Person, child_id: str) -> Iterable[Row]:
    """Give the rows by which somebody could open a record if it were not restricted."""
    found = KnownPerson.objects.filter(number=child_id).first()
    if found is None:
        return own_rows([child_id])
    child = root_of(found)
    records = all_of(child)
    return whose(child, hidden_people(person) - {each.pk for each in records}, records)


def _open(restriction: RestrictedChild, person: Person, reason: str, address: str) -> BrokenGlass:
    now = timezone.now()
    opening = BrokenGlass.objects.create(
        restriction=restriction,
        person=person,
        reason=reason,
        opened_at=now,
        closes_at=now + timedelta(hours=hours_on(timezone.localdate(now))),
    )
    record(Verb.BREAK_GLASS, "child", restriction.child_id, after={"opening": opening.pk})
    transaction.on_commit(lambda: tell_of_opening.enqueue(opening.pk, address))
    return opening


def review_opening(opening: BrokenGlass, *, justified: bool, finding: str, by: Person) -> None:
    """Say whether an opening was justified, and why. One that was not closes at once.

    `OwnOpeningError` for one's own, `ReviewedError` where another was first.
    """
    if opening.person_id == by.pk:
        raise OwnOpeningError
    now = timezone.now()
    with transaction.atomic(), because(finding):
        written = BrokenGlass.objects.filter(pk=opening.pk, reviewed_at=None).update(
            justified=justified, finding=finding, reviewed_by=by, reviewed_at=now
        )
        if not written:
            raise ReviewedError
        if not justified:
            BrokenGlass.objects.filter(pk=opening.pk, closes_at__gt=now).update(closes_at=now)


def set_hours(hours: int, starts: date, decided_by: str) -> OpeningTime:
    """Say how long an opening lasts from a day on, not before today: the past stands as it was."""
    time = OpeningTime(hours=hours, starts=starts, decided_by=decided_by)
    with transaction.atomic():
        if starts < timezone.localdate():
            raise ValidationError({"starts": "The first day cannot be in the past."})
        time.full_clean()
        time.save()
    return time
