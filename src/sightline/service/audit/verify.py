"""Walks the chain from its first entry and says where it does not hold."""

from collections.abc import Callable
from dataclasses import dataclass

from sightline.service.audit.chain import FIRST, PARTS, chained, written
from sightline.service.audit.models import AuditEntry, Verb
from sightline.service.audit.record import record

VERIFIED = "audit chain"
"""The subject of the entries that say that the chain was verified."""
MOST_FAULTS = 20
_AT = PARTS.index("at")


@dataclass(frozen=True)
class Verified:
    """How many entries were read, the hash of the last, and what is wrong, in sentences."""

    entries: int
    head: str
    faults: tuple[str, ...]


def verify(expected: str = "", progress: Callable[[int], None] = lambda _: None) -> Verified:
    """Verify every entry. `expected` is a hash noted earlier, which must still be in the chain.

    Without it, entries removed from the end of the chain cannot be told from entries never made.
    `progress` is told now and then how many were read.
    """
    faults: list[str] = []
    previous, number, entries, seen = FIRST, 0, 0, expected in ("", FIRST)
    if unchained := AuditEntry.objects.filter(number=None).count():
        faults.append(
            f"{unchained:,} entries have no number: they were put there without the chain."
        )
    rows = AuditEntry.objects.exclude(number=None).order_by("number").values_list(*PARTS, "hash")
    for *parts, said in rows.iterator(chunk_size=5000):
        number += 1
        entries += 1
        if parts[0] != number:
            gap = (
                f"Entry {number} is" if parts[0] == number + 1 else f"From entry {number} some are"
            )
            faults.append(f"{gap} missing: the next one there is {parts[0]}.")
            number = parts[0]
        elif parts[1] != previous:
            faults.append(f"Entry {number} does not follow the one before it.")
        parts[_AT] = written(parts[_AT])
        if said != chained(parts):
            faults.append(f"Entry {number} was changed after it was written.")
        previous = said
        seen = seen or said == expected
        if entries % 50_000 == 0:
            progress(entries)
        if len(faults) >= MOST_FAULTS:
            faults.append("There may be more: the rest was not read.")
            seen = True
            break
    if not seen:
        faults.append(f"The entry with the hash {expected} is no longer there.")
    return Verified(entries, previous, tuple(faults))


def verify_on_record(
    expected: str = "", progress: Callable[[int], None] = lambda _: None
) -> Verified:
    """Verify, and put on record that it was done and what was found."""
    found = verify(expected, progress)
    record(
        Verb.ACT,
        VERIFIED,
        "verified" if not found.faults else "faults found",
        after={"entries": found.entries, "head": found.head, "faults": found.faults},
    )
    return found
