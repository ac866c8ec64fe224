"""Documents of the pathway to print: plans, the record of a conference, letters before proceedings."""

import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from django.db.models import Q
from django.utils import timezone

from sightline.records.codes import codes
from sightline.service.accounts.models import Person, Team
from sightline.service.children.models import KnownPerson
from sightline.service.children.queries import root_of
from sightline.service.design.paper import (
    Paper,
    Part,
    kept_paper,
    lists,
    says,
    signs,
    tables,
    writes,
)
from sightline.service.protection.access import worker_of
from sightline.service.protection.clocks import clock
from sightline.service.protection.models import (
    ChildInNeedPlan,
    Conference,
    CoreGroup,
    CourtLetter,
    NeedReview,
    ProtectionPlan,
    Referral,
)
from sightline.service.protection.queries.parents import place_is_secret
from sightline.service.protection.stepping import stepped_words

_Facts = list[tuple[str, str]]


@cache
def _words() -> dict[str, Any]:
    text = (files("sightline.service.protection") / "papers.toml").read_text("utf-8")
    found: dict[str, Any] = tomllib.loads(text)
    return found


def protection_plan(plan: ProtectionPlan, child: KnownPerson) -> Paper:
    """Give a child protection plan; the views are the latest said at a conference or core group."""
    labels = codes("abuse_category")
    day = timezone.localdate()
    review = plan.reviews.filter(held_at=None, cancelled_because="").order_by("due_on").first()
    facts = [
        *_of_child(child),
        ("On a plan since", _on(plan.starts)),
        ("Category", labels.get(plan.latest_category, plan.latest_category)),
        *_of_worker(plan.referral, child),
    ]
    if plan.stepped_from:
        facts.append(("Stepped from", stepped_words(plan.stepped_from).capitalize()))
    if plan.ends:
        facts.append(("Ended", _on(plan.ends)))
    else:
        facts.append(("Review due", _on(review.due_on if review else None)))
    actions = [
        [each.what, each.who, _on(each.by, "No day"), _on(each.done_on, "Not yet")]
        for each in plan.actions.all()
    ]
    said = _latest_views(plan)
    parts = (
        *_views(child, said),
        says("judgement", "What we are worried about", plan.danger),
        writes("What must change, and how will we know?", plan.safety),
        tables("Who does what, by when", ("What", "Who", "By", "Done"), (4, 2, 1, 1), actions),
        writes("What if it does not change?", plan.contingency),
        lists("What happens while the plan is open", _rhythm(day)),
        writes("If you do not agree", _words()["disagree"]),
        signs("Parent", "Parent", child.name, "Social worker"),
    )
    return Paper(
        "Child protection plan",
        day,
        f"Case {plan.referral_id}, plan {plan.pk}",
        parts,
        about=child.name,
        facts=tuple(facts),
        standing=f"Ended on {_on(plan.ends)}." if plan.ends else "",
    )


def need_plan(plan: ChildInNeedPlan, child: KnownPerson) -> Paper:
    """Give a child in need plan, with its reviews."""
    day = timezone.localdate()
    waits = next((each for each in plan.reviews.all() if not each.held_on), None)
    facts = [*_of_child(child), ("On a plan since", _on(plan.starts))]
    facts += _of_worker(plan.referral, child)
    if plan.stepped_from:
        facts.append(("Stepped from", stepped_words(plan.stepped_from).capitalize()))
    if plan.ends:
        facts.append(("Ended", _on(plan.ends)))
        facts.append(("Stepped to", stepped_words(plan.stepped_to).capitalize()))
    else:
        facts.append(("Review due", _on(waits.due_on if waits else None)))
    reviews = [[_on(each.held_on), _decided(each)] for each in plan.reviews.all() if each.held_on]
    parts: list[Part] = [
        *_views(child, _Views(plan.child_view, plan.parent_view)),
        says("judgement", "What we think the child needs", plan.needs),
        writes("What must change, and how will we know?", plan.goals),
        tables("Reviews held", ("Day", "What was decided"), (1, 4), reviews),
    ]
    if plan.ends:
        parts.append(says("judgement", "Why it ended", plan.ended_because))
    parts.append(writes("If you do not agree", _words()["disagree"]))
    parts.append(signs("Parent", "Parent", child.name, "Social worker"))
    return Paper(
        "Child in need plan",
        day,
        f"Case {plan.referral_id}, plan {plan.pk}",
        tuple(parts),
        about=child.name,
        facts=tuple(facts),
        standing=f"Ended on {_on(plan.ends)}." if plan.ends else "",
    )


def _decided(review: NeedReview) -> str:
    """Give what a review decided, and when that was corrected; why is for the record and not for parents."""
    if not review.corrected_at:
        return review.decision
    return f"{review.decision}\nCorrected on {_on(timezone.localdate(review.corrected_at))}"


def conference_record(row: Conference, child: KnownPerson) -> Paper:
    """Give the record of a conference: who was there, what was said, what it decided and why."""
    facts = [
        *_of_child(child),
        ("Held", _at(row.held_at)),
        ("Chair", str(row.chair or "Not recorded")),
        ("How people met", str(row.get_mode_display()) if row.mode else "Not recorded"),
        ("How the child took part", codes("participation").get(row.participation, "Not recorded")),
        (
            "Enough agencies were there",
            {True: "Yes", False: "No"}.get(row.is_quorate, "Not recorded"),  # type: ignore[arg-type]
        ),
        ("Decision", str(row.get_outcome_display())),
    ]
    if row.category:
        facts.append(("Category", codes("abuse_category").get(row.category, row.category)))
    if row.late_reason:
        facts.append(("Why it was late", str(row.get_late_reason_display())))
    came = {True: "Yes", False: "No"}
    agencies = [
        [
            each.agency,
            each.name or "Not recorded",
            f"Received {_on(each.report_received_on)}"
            if each.report_received_on
            else "Not received",
            "Yes, remotely"
            if each.attended and each.remotely
            else came.get(each.attended, "Not recorded"),  # type: ignore[arg-type]
        ]
        for each in row.agencies.select_related("agency")
    ]
    parts = (
        *_views(child, _Views(row.child_view, row.parent_view)),
        says("judgement", "What the conference decided, and why", row.rationale),
        tables("Agencies", ("Agency", "Who", "Report", "Was there"), (3, 3, 2, 1), agencies),
        writes("Minutes", row.minutes),
    )
    return Paper(
        f"Record of the {str(row.get_kind_display()).lower()}",
        timezone.localdate(),
        f"Case {row.referral_id}, conference {row.pk}",
        parts,
        about=child.name,
        facts=tuple(facts),
        standing=" ".join(_standing(row)),
    )


def _standing(row: Conference) -> Iterator[str]:
    """Say that a record is a draft, or is not as it was before, and why."""
    if not row.minutes_sent_on:
        yield "Draft: the minutes are not sent yet."
    if row.corrected_at:
        yield f"Corrected on {_at(row.corrected_at)}: {row.corrected_because.rstrip('.')}."
        yield "It takes the place of any record sent before."


def letter_before_proceedings(letter: CourtLetter, child: KnownPerson) -> Paper:
    """Give the letter to one person with parental responsibility: as it was sent, once it was.

    It has what they have said and nobody else has, and names no address; nor the team, where that would tell
    them where the child may live. Sent before today, it names who had the case then.
    """
    if letter.words:
        return kept_paper(letter.words)
    row, to = letter.pre_proceedings, root_of(letter.to)
    words, name = _words()["letter"], child.first_names or "your child"
    worker, team = _had(row.referral, letter.sent_on or timezone.localdate())
    ask = f"Your social worker is {worker}." if worker else "Ask us who your social worker is."
    is_told = team and not place_is_secret(child, to)
    told = f" The team is {team}." if is_told else ""
    parts = (
        Part("text", paragraphs=tuple(each.format(child=name) for each in words["begins"])),
        says("judgement", "What we are worried about", row.worries),
        says("judgement", "What must change, and by when", row.must_change),
        writes("What we do to help", row.support),
        says("child", f"What {name} says", row.child_view),
        says("parents", "What you have told us", letter.view),
        writes("What happens next", *(each.format(child=name) for each in words["next"])),
        writes("Who to talk to", f"{ask}{told}"),
        signs("For children’s services"),
    )
    return Paper(
        "Letter before proceedings",
        letter.sent_on or timezone.localdate(),
        f"Case {row.referral_id}, letter {letter.pk}",
        parts,
        to=(f"To {to.name},", f"about {child.name}"),
        head=("Children’s services", "Confidential"),
        standing="" if letter.sent_on else "Draft: not sent yet.",
    )


# --- What they are made of


class _Views:
    """What child and parents say, with when it was said."""

    def __init__(self, child: str, parents: str, note: str = "") -> None:
        self.child, self.parents, self.note = child, parents, note


def _views(child: KnownPerson, said: _Views) -> tuple[Part, Part]:
    name = child.first_names or "the child"
    return (
        says("child", f"What {name} says", said.child, note=said.note),
        says("parents", "What the parents say", said.parents, note=said.note),
    )


def _latest_views(plan: ProtectionPlan) -> _Views:
    """Give what was said last, at a conference or a core group."""
    conference = (
        Conference.objects.filter(pk=plan.made_at_id)
        | Conference.objects.filter(plan=plan, held_at__isnull=False)
    ).latest("held_at")
    group: CoreGroup | None = plan.core_groups.exclude(held_on=None).order_by("-held_on").first()
    held = timezone.localdate(conference.held_at) if conference.held_at else plan.starts
    if group is not None and group.held_on and group.held_on > held:
        note = f"At the core group of {_on(group.held_on)}"
        return _Views(group.child_view, group.parent_view, note)
    return _Views(
        conference.child_view, conference.parent_view, f"At the conference of {_on(held)}"
    )


def _rhythm(day: date) -> list[str]:
    """Say how often a child on a plan is seen, and the core group and conferences meet, by the rules."""
    found = []
    for code, said in (
        ("CPV", "The social worker sees the child at least every {}."),
        ("CORE-NEXT", "The core group meets at least every {}."),
        ("CPR-FIRST", "A conference reviews the plan within {} of its beginning."),
        ("CPR-NEXT", "After that a conference reviews it at least every {}."),
    ):
        if held := clock(code, day):
            found.append(said.format(f"{held.rule.number} {held.rule.unit}"))
    return found


def _of_child(child: KnownPerson) -> _Facts:
    return [("Born", _on(child.born, "Not known")), ("Number", child.number)]


def _of_worker(referral: Referral, child: KnownPerson) -> _Facts:
    """Say whose the case is; without the team, where that would tell who must not know where the child is."""
    facts = [("Social worker", str(worker_of(referral) or "Nobody yet"))]
    if not place_is_secret(child):
        facts.append(("Team", str(referral.team or "None")))
    return facts


def _had(referral: Referral, day: date) -> tuple[Person | None, Team | None]:
    """Give who has a case, and the team; of a day before today, who had it then."""
    if day >= timezone.localdate():
        return worker_of(referral), referral.team
    then = referral.allocations.filter(starts_at__date__lte=day)
    then = then.filter(Q(ends_at=None) | Q(ends_at__date__gte=day)).order_by("-starts_at")
    had = then.select_related("worker", "team").first()
    return (had.worker, had.team) if had else (None, None)


def _on(day: date | None, none: str = "Not yet") -> str:
    return f"{day:%-d %B %Y}" if day else none


def _at(moment: Any) -> str:
    return f"{timezone.localtime(moment):%-d %B %Y, %H:%M}" if moment else "Not yet"
