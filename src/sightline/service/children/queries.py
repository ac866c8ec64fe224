"""What other apps may read of children and families."""

from sightline.service.children.access import covers, may_open, whose
from sightline.service.children.chronology import Entry, entries_of, told_by
from sightline.service.children.going_on import (
    Named,
    Said,
    records_among,
    standing_of,
    stuck_by,
    stuck_with,
    stuck_with_each,
)
from sightline.service.children.households import (
    homes_of,
    household,
    localities_told,
    on_day,
    untold_on,
)
from sightline.service.children.merged import all_of, all_of_each, numbers_of, root_of, roots_of
from sightline.service.children.open_work import Open, open_by, open_with
from sightline.service.children.restrictions import (
    DEFAULT_HOURS,
    REVIEW_WORKING_DAYS,
    hidden_from,
    hidden_people,
    hours_on,
    is_overdue,
    openings,
    openings_of,
    restricted_now,
    review_due,
)
from sightline.service.children.search import Found, FoundPerson, find_people, was_searched
from sightline.service.children.whereabouts import Rows, still_theirs_since

__all__ = [
    "DEFAULT_HOURS",
    "REVIEW_WORKING_DAYS",
    "Entry",
    "Found",
    "FoundPerson",
    "Named",
    "Open",
    "Rows",
    "Said",
    "all_of",
    "all_of_each",
    "covers",
    "entries_of",
    "find_people",
    "hidden_from",
    "hidden_people",
    "homes_of",
    "hours_on",
    "household",
    "is_overdue",
    "localities_told",
    "may_open",
    "numbers_of",
    "on_day",
    "open_by",
    "open_with",
    "openings",
    "openings_of",
    "records_among",
    "restricted_now",
    "review_due",
    "root_of",
    "roots_of",
    "standing_of",
    "still_theirs_since",
    "stuck_by",
    "stuck_with",
    "stuck_with_each",
    "told_by",
    "untold_on",
    "was_searched",
    "whose",
]
