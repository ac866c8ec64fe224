"""How an ask stands: red, amber, green or grey, in a word, with why; overdue in days and in meetings.

Computed in the query from dates and replies, so that a list can be narrowed by it. Green needs evidence: a
reply that was sent, since the committee last reopened the ask or found its evidence not enough, with what
shows it or with a figure; no override makes it green without. What is not judged is grey, and grey is never
green.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from sightline.service.scrutiny.asks.states import REFUSED, TO_BE_DONE, WAITING
from sightline.service.scrutiny.models import Ask, AskState, AskStep, Meeting, QuotedFigure, Reply

SOON = timedelta(days=28)
"""How long before its day an ask is due soon."""
LEVELS = {"red": "Red", "amber": "Amber", "green": "Green", "grey": "Grey, not judged"}


@dataclass(frozen=True)
class Standing:
    """How one ask stands: `level` as the design's mark takes it, the `word` for it, and `why`.

    `days` and `meetings` say by how much it is overdue: 0 where it is not.
    """

    level: str
    word: str
    why: str
    days: int = 0
    meetings: int = 0

    @property
    def overdue(self) -> str:
        """Say by how much it is overdue, in days and meetings passed; empty where it is not."""
        if not self.days:
            return ""
        days = f"{self.days:,} {'day' if self.days == 1 else 'days'}"
        if not self.meetings:
            return f"{days} overdue, no meeting since"
        return (
            f"{days} and {self.meetings} {'meeting' if self.meetings == 1 else 'meetings'} overdue"
        )


def evidence() -> QuerySet[Reply]:
    """Give the replies that show something: sent with what shows it, since the committee last judged.

    What was sent before an ask was reopened, or before its evidence was found not enough, shows nothing.
    """
    judged = Q(after=AskState.REOPENED) | Q(before=AskState.EVIDENCED, after=AskState.IN_PROGRESS)
    return (
        Reply.objects.filter(sent_at__isnull=False)
        .filter(~Q(evidence="") | Exists(QuotedFigure.objects.filter(reply=OuterRef("pk"))))
        .exclude(
            Exists(AskStep.objects.filter(judged, ask=OuterRef("ask"), at__gt=OuterRef("sent_at")))
        )
    )


def with_standing(asks: QuerySet[Ask], on: date) -> QuerySet[Ask]:
    """Add to asks what their standing on a day is made of; `standing` then gives it for each.

    `rag` is the level, `rule` which rule gave it, `shown` whether there is evidence, `meetings_passed` how
    many meetings of the committee were held since it was due.
    """
    held = (
        Meeting.objects.filter(
            committee=OuterRef("committee"),
            state=Meeting.State.HELD,
            day__gt=OuterRef("due"),
            day__lte=on,
        )
        .order_by()
        .values("committee")
        .annotate(held=Count("pk"))
        .values("held")
    )
    to_come = Q(state__in=(*WAITING, *TO_BE_DONE))
    late = to_come & Q(due__lt=on)
    green = Q(state__in=(AskState.EVIDENCED, AskState.REPLIED, AskState.CLOSED), shown=True)
    rules = (
        (green, "green"),
        (Q(state=AskState.CLOSED), "closed"),
        (Q(state__in=REFUSED), "refused"),
        (late, "late"),
        (Q(state__in=(AskState.REPLIED, AskState.EVIDENCED)), "unshown"),
        (Q(state__in=TO_BE_DONE), "doing"),
        (Q(due__lte=on + SOON), "soon"),
        (Q(due__isnull=True), "undated"),
    )
    by_rule = {
        **dict.fromkeys(("closed", "refused", "undated", "not yet"), "grey"),
        **dict.fromkeys(("unshown", "doing", "soon"), "amber"),
        "green": "green",
        "late": "red",
    }
    overridden = (
        ~Q(rag_override="")
        & ~Q(state=AskState.CLOSED)
        & ~(Q(rag_override="green") & Q(shown=False))
    )
    return asks.annotate(
        shown=Exists(evidence().filter(ask=OuterRef("pk"))),
        rule=Case(
            *(When(condition, then=Value(name)) for condition, name in rules),
            default=Value("not yet"),
            output_field=CharField(),
        ),
        rag=Case(
            When(overridden, then=F("rag_override")),
            *(When(rule=name, then=Value(level)) for name, level in by_rule.items()),
            output_field=CharField(),
        ),
        late=Case(When(late, then=Value(1)), default=Value(0), output_field=IntegerField()),
        meetings_passed=Coalesce(Subquery(held, output_field=IntegerField()), 0),
    )


_WORDS = {
    "green": ("Answered, with evidence", "A reply was sent with what shows it."),
    "closed": ("Closed", "The committee closed it; no evidence was offered with a reply."),
    "refused": ("Not followed", "It was rejected, or is no longer feasible; the reason is below."),
    "late": ("Overdue", "Its day has passed, and what was asked for has not come."),
    "unshown": ("Answered, not shown", "It was answered, without anything that shows it."),
    "doing": ("In hand", "It was answered that something is done; nothing shows yet that it was."),
    "soon": ("Due soon", f"It is due within {SOON.days} days."),
    "undated": ("No due date", "The words give no day, so nothing is judged."),
    "not yet": ("Not due yet", f"It is due in more than {SOON.days} days."),
}

_SHOWN = {AskState.EVIDENCED: "Evidence offered", AskState.CLOSED: "Closed, with evidence"}


def in_words(ask: Ask) -> tuple[str, str]:
    """Say how an ask of a query `with_standing` stands by its dates and replies alone, and why."""
    rule: str = ask.rule  # type: ignore[attr-defined]
    word, why = _WORDS[rule]
    return (_SHOWN.get(AskState(ask.state), word) if rule == "green" else word), why


def standing(ask: Ask, on: date) -> Standing:
    """Give how an ask stands, of a query `with_standing` for the same day."""
    level: str = ask.rag  # type: ignore[attr-defined]
    word, why = in_words(ask)
    days = (on - ask.due).days if ask.late and ask.due else 0  # type: ignore[attr-defined]
    if ask.rag_override and level == ask.rag_override and ask.state != AskState.CLOSED:
        by = f" ({ask.rag_by.name})" if ask.rag_by else ""
        word, why = f"{LEVELS[level]} by judgement", f"{ask.rag_because}{by}. By dates: {word}."
    return Standing(level, word, why, days, ask.meetings_passed if days else 0)  # type: ignore[attr-defined]
