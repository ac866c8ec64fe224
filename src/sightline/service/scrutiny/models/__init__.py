"""What is kept of scrutiny: committees, meetings, papers, minutes as they were read, requests, programme."""

from sightline.service.scrutiny.models.asks import (
    Ask,
    AskKind,
    AskState,
    AskStep,
    Challenge,
    Chase,
    Impact,
    QuotedFigure,
    Reply,
)
from sightline.service.scrutiny.models.committees import (
    Committee,
    InterestKind,
    Member,
    Membership,
    StandingItem,
)
from sightline.service.scrutiny.models.meetings import (
    Attendance,
    Declaration,
    Item,
    Meeting,
    MinutesCorrection,
)
from sightline.service.scrutiny.models.papers import (
    Pack,
    Paper,
    PaperFile,
    Report,
    ReportFigure,
)
from sightline.service.scrutiny.models.programme import (
    EntryMove,
    ForwardPlanEntry,
    ProgrammeEntry,
    Suggestion,
    TaskGroup,
    Topic,
)
from sightline.service.scrutiny.models.public import PublishedText, Subscription
from sightline.service.scrutiny.models.readings import Document, ReadField

__all__ = [
    "Ask",
    "AskKind",
    "AskState",
    "AskStep",
    "Attendance",
    "Challenge",
    "Chase",
    "Committee",
    "Declaration",
    "Document",
    "EntryMove",
    "ForwardPlanEntry",
    "Impact",
    "InterestKind",
    "Item",
    "Meeting",
    "Member",
    "Membership",
    "MinutesCorrection",
    "Pack",
    "Paper",
    "PaperFile",
    "ProgrammeEntry",
    "PublishedText",
    "QuotedFigure",
    "ReadField",
    "Reply",
    "Report",
    "ReportFigure",
    "StandingItem",
    "Subscription",
    "Suggestion",
    "TaskGroup",
    "Topic",
]
