"""What other apps may read of the feed: when casework last became records, and how the last try ended."""

from dataclasses import dataclass

from sightline.service.feed.models import Feeding
from sightline.service.measures.models import Load


@dataclass(frozen=True)
class LastFed:
    """The last time that was published, and the last time there was anything to say; none if never."""

    fed: Feeding | None
    tried: Feeding | None

    @property
    def is_behind(self) -> bool:
        """Whether the last try was refused or failed, or is not published, so that figures are behind."""
        if self.tried is None or self.tried.state == Feeding.State.UNCHANGED:
            return False
        return not self.tried.is_published


def last_fed() -> LastFed:
    """Give both, in two statements."""
    published = Feeding.objects.filter(state=Feeding.State.FED, load__state=Load.State.PUBLISHED)
    return LastFed(
        published.select_related("load").first(),
        Feeding.objects.exclude(state=Feeding.State.WORKING).select_related("load").first(),
    )
