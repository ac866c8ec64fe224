"""Which earlier referral a child's next one follows."""

from collections.abc import Callable
from datetime import date
from random import Random

from sightline.clocks.months import add_months
from sightline.synthetic.events import Episode

Suits = Callable[[Episode, Episode], bool]
"""Whether a referral can be of the child of an earlier one."""


class Chains:
    """Earlier referrals that have no later one yet, in the order in which their episodes ended."""

    def __init__(self, random: Random, suits: Suits, before: list[Episode]) -> None:
        self.random = random
        self.suits = suits
        self.coming = before
        self.next = 0
        self.pool: list[Episode] = []
        self.expired: list[Episode] = []

    def _advance(self, day: date) -> None:
        while self.next < len(self.coming) and over(self.coming[self.next]) < day:
            self.pool.append(self.coming[self.next])
            self.next += 1

    def recent(self, referral: Episode) -> Episode | None:
        """Take the last referral of a child who was referred within 12 months before."""
        self._advance(referral.referral)
        earliest = add_months(referral.referral, -12)
        for _ in range(25):
            if not self.pool:
                return None
            at = self.random.randrange(len(self.pool))
            found = self.pool[at]
            if found.referral < earliest:
                self._drop(at)
                self.expired.append(found)
            elif found.referral < referral.referral and self.suits(referral, found):
                self._drop(at)
                return found
        return None

    def old(self, referral: Episode) -> Episode | None:
        """Take the last referral of a child who was referred more than 12 months before."""
        earliest = add_months(referral.referral, -12)
        for _ in range(6):
            if not self.expired:
                return None
            at = self.random.randrange(len(self.expired))
            found = self.expired[at]
            if found.referral < earliest and self.suits(referral, found):
                self.expired[at] = self.expired[-1]
                self.expired.pop()
                return found
        return None

    def exactly_before(self, referral: Episode) -> Episode | None:
        """Look through all for one within 12 months before, when chance found none."""
        earliest = add_months(referral.referral, -12)
        for index, found in enumerate(self.pool):
            if (
                earliest <= found.referral < referral.referral
                and over(found) < referral.referral
                and found is not referral
                and found.child is not referral.child
                and self.suits(referral, found)
            ):
                self._drop(index)
                return found
        return None

    def unused(self) -> list[Episode]:
        """Give those that are still without a later referral."""
        return [*self.pool, *self.expired, *self.coming[self.next :]]

    def _drop(self, at: int) -> None:
        self.pool[at] = self.pool[-1]
        self.pool.pop()


def over(episode: Episode) -> date:
    """Give the day an episode ended; a referral with no further action ends on its own day."""
    return episode.closure or episode.referral
