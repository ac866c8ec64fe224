"""Walks the chain from its first entry and says where it does not hold."""

from dataclasses import dataclass

from sightline.service.audit.chain import FIRST, PARTS, chained, written
from sightline.service.audit.models import AuditEntry


@dataclass(frozen=True)
class Verified:
    """How many entries were read, the hash of the last, and what is wrong, in sentences."""

    entries: int
    head: str
    faults: tuple[str, ...]


MOST_FAULTS = 20


def verify(expected: str = "") -> Verified:
    """Verify every entry. `expected` is a hash noted earlier, which must still be in the chain.

    Without it, entries removed from the end of the chain cannot be told from entries never made.
    """
    faults: list[str] = []
    previous, number, seen = FIRST, 0, not expected
    for entry in AuditEntry.objects.order_by("number", "id").iterator(chunk_size=2000):
        number += 1
        if entry.number != number:
            faults.append(f"Entry {number} is missing: the next one there is {entry.number}.")
            number = entry.number or number
        elif entry.previous != previous:
            faults.append(f"Entry {entry.number} does not follow the one before it.")
        parts = [written(entry.at) if name == "at" else getattr(entry, name) for name in PARTS]
        if entry.hash != chained(parts):
            faults.append(f"Entry {entry.number} was changed after it was written.")
        previous = entry.hash
        seen = seen or entry.hash == expected
        if len(faults) >= MOST_FAULTS:
            faults.append("There may be more.")
            break
    if not seen:
        faults.append(f"The entry with the hash {expected} is no longer there.")
    return Verified(number, previous, tuple(faults))
