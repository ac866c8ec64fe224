"""What is done with asks: check, write, on record; each whole, one function named by its verb."""

from sightline.service.scrutiny.asks.actions.challenges import change_challenge, make_challenge
from sightline.service.scrutiny.asks.actions.chasing import ChasedError, chase
from sightline.service.scrutiny.asks.actions.judging import judge, record_impact
from sightline.service.scrutiny.asks.actions.making import (
    change_ask,
    event_happened,
    import_tracker,
    make_ask,
    reckon_next_meeting,
    refer_by_minutes,
    same_question,
)
from sightline.service.scrutiny.asks.actions.replies import (
    IdentifyingError,
    SentError,
    add_figure,
    change_reply,
    publish_reply,
    remove_figure,
    send_reply,
    withdraw_reply,
    write_reply,
)
from sightline.service.scrutiny.asks.actions.steps import (
    NotYoursError,
    StepError,
    take_step,
    tell_the_public,
)

__all__ = [
    "ChasedError",
    "IdentifyingError",
    "NotYoursError",
    "SentError",
    "StepError",
    "add_figure",
    "change_ask",
    "change_challenge",
    "change_reply",
    "chase",
    "event_happened",
    "import_tracker",
    "judge",
    "make_ask",
    "make_challenge",
    "publish_reply",
    "reckon_next_meeting",
    "record_impact",
    "refer_by_minutes",
    "remove_figure",
    "same_question",
    "send_reply",
    "take_step",
    "tell_the_public",
    "withdraw_reply",
    "write_reply",
]
