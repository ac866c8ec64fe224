"""What is done about committees and their meetings: check, write, on record; each whole.

Every function raises `ValidationError` with sentences for the person where what was asked cannot be, and
`ConflictError` where somebody else changed the row meanwhile; nothing is then written.
"""

from sightline.service.scrutiny.meetings.actions.agendas import (
    add_item,
    add_paper,
    build_agenda,
    change_item,
    issue_agenda,
    move_item,
    publish_agenda,
    remove_item,
    remove_paper,
    supply_paper,
)
from sightline.service.scrutiny.meetings.actions.attendance import (
    Attended,
    add_attendee,
    correct_attendance,
    declare,
    record_leaving,
    take_attendance,
)
from sightline.service.scrutiny.meetings.actions.committees import (
    add_interest_kind,
    add_standing_item,
    change_committee,
    change_member,
    end_membership,
    make_committee,
    make_member,
    move_standing_item,
    remove_standing_item,
    seat_member,
)
from sightline.service.scrutiny.meetings.actions.minutes import (
    Correction,
    confirm_minutes,
    mark_ask,
    number_items,
    sign_minutes,
    write_minute,
)
from sightline.service.scrutiny.meetings.actions.states import (
    cancel_meeting,
    change_meeting,
    close_meeting,
    find_inquorate,
    open_meeting,
    plan_meeting,
)

__all__ = [
    "Attended",
    "Correction",
    "add_attendee",
    "add_interest_kind",
    "add_item",
    "add_paper",
    "add_standing_item",
    "build_agenda",
    "cancel_meeting",
    "change_committee",
    "change_item",
    "change_meeting",
    "change_member",
    "close_meeting",
    "confirm_minutes",
    "correct_attendance",
    "declare",
    "end_membership",
    "find_inquorate",
    "issue_agenda",
    "make_committee",
    "make_member",
    "mark_ask",
    "move_item",
    "move_standing_item",
    "number_items",
    "open_meeting",
    "plan_meeting",
    "publish_agenda",
    "record_leaving",
    "remove_item",
    "remove_paper",
    "remove_standing_item",
    "seat_member",
    "sign_minutes",
    "supply_paper",
    "take_attendance",
    "write_minute",
]
