"""What is done about children and families: each checks, writes and is on record, whole."""

from sightline.service.children.actions.merging import (
    CannotMergeError,
    CannotPartError,
    DecidedError,
    compare_by_hand,
    merge_people,
    part_people,
    say_different,
)
from sightline.service.children.actions.people import (
    NOT_SEARCHED,
    NotSearchedError,
    add_alias,
    change_person,
    index_names,
    record_person,
    remove_alias,
)
from sightline.service.children.actions.relating import (
    change_involvement,
    change_relationship,
    involve_agency,
    relate,
)
from sightline.service.children.actions.residing import change_residence, record_residence
from sightline.service.children.actions.restrictions import (
    NotYoursError,
    OwnAccessError,
    OwnOpeningError,
    ReviewedError,
    break_glass,
    change_restriction,
    end_restriction,
    restrict_child,
    restrict_like,
    review_opening,
    set_hours,
)

__all__ = [
    "NOT_SEARCHED",
    "CannotMergeError",
    "CannotPartError",
    "DecidedError",
    "NotSearchedError",
    "NotYoursError",
    "OwnAccessError",
    "OwnOpeningError",
    "ReviewedError",
    "add_alias",
    "break_glass",
    "change_involvement",
    "change_person",
    "change_relationship",
    "change_residence",
    "change_restriction",
    "compare_by_hand",
    "end_restriction",
    "index_names",
    "involve_agency",
    "merge_people",
    "part_people",
    "record_person",
    "record_residence",
    "relate",
    "remove_alias",
    "restrict_child",
    "restrict_like",
    "review_opening",
    "say_different",
    "set_hours",
]
