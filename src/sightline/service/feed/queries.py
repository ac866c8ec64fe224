"""What other apps may read of the feed: when casework last became records, and how the last try ended."""

from dataclasses import dataclass

from sightline.service.feed.models import Feeding


@dataclass(frozen=True)
class LastFed:
    """The last time that made records, and the last time there was anything to say; none if never."""

    fed: Feeding | None
    tried: Feeding | None

    @property
    def is_behind(self) -> bool:
        """Whether the last try was refused or failed, so that figures are behind casework."""
        behind = (Feeding.State.REFUSED, Feeding.State.FAILED)
        return self.tried is not None and self.tried.state in behind


def last_fed() -> LastFed:
    """Give both, in two statements."""
    return LastFed(
        Feeding.objects.filter(state=Feeding.State.FED).select_related("load").first(),
        Feeding.objects.exclude(state=Feeding.State.WORKING).select_related("load").first(),
    )
