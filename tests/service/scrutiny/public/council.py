"""A small council for the tests: a committee with all that is public, and secrets in every private place."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from sightline.service.scrutiny.models import (
    Ask,
    AskState,
    AskStep,
    Attendance,
    Challenge,
    Chase,
    Committee,
    Declaration,
    Impact,
    InterestKind,
    Item,
    Meeting,
    Member,
    Membership,
    MinutesCorrection,
    Pack,
    Paper,
    PaperFile,
    ProgrammeEntry,
    QuotedFigure,
    Reply,
    Report,
    ReportFigure,
    Suggestion,
    TaskGroup,
    Topic,
)

SECRET = "qzxsecret"
PUBLIC = "Return interviews"


def at(day: date, hour: int = 9) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


TODAY = timezone.localdate()
LONG_AGO = TODAY - timedelta(days=200)
LATER = LONG_AGO + timedelta(days=91)
SOON = TODAY + timedelta(days=30)


@dataclass
class Council:
    """What was made, by name."""

    rows: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        if name not in self.rows:
            raise AttributeError(name)
        return self.rows[name]


def secret(number: int = 0) -> str:
    return f"{SECRET}{number or ''}"


def make_file(name: str, data: bytes) -> PaperFile:
    from hashlib import sha256

    return PaperFile.objects.create(
        sha256=sha256(data).hexdigest(),
        name=name,
        kind="application/pdf",
        size=len(data),
        data=data,
    )


def a_figure(reply: Reply | None, title: str) -> QuotedFigure:
    return QuotedFigure.objects.create(
        reply=reply,
        indicator="CP-05",
        by="district",
        period_start=date(2026, 1, 1),
        period_end=date(2026, 3, 31),
        snapshot="invented",
        shown={
            "form": 1,
            "authority": "885",
            "title": title,
            "code": "CP-05",
            "part": "",
            "version": 1,
            "definition": "Conferences held in time.",
            "unit": "percent",
            "when": "January to March 2026",
            "before_when": "",
            "of_share": True,
            "adds_up": False,
            "figure": {
                "value": 47.0,
                "text": "47.0%",
                "under": "47 of 100",
                "bar": "47.0%",
                "numerator": "47",
                "denominator": "100",
                "not_known": "",
                "withheld": "",
                "before": "",
            },
            "change": "",
            "rows": [
                {
                    "group": "Redditch",
                    "value": 40.0,
                    "text": "40.0%",
                    "under": "",
                    "bar": "40.0%",
                    "numerator": "8",
                    "denominator": "20",
                    "not_known": "",
                    "withheld": "",
                    "before": "",
                }
            ],
            "run": None,
            "reaches_to": "2026-03-31",
            "quality": "B",
            "disclosure": "Small numbers are protected.",
        },
    )


def make_council() -> Council:
    """Make a committee with what the public may read: minutes, requests, answers, papers, a group."""
    panel = Committee.objects.create(
        name="Children and Families Panel",
        slug="children-and-families-panel",
        council="Invented Council",
        kind=Committee.Kind.SCRUTINY,
        terms_of_reference="It looks into services for children.",
        quorum=4,
        number_form="285",
        participation_rule="working_days",
        participation_days=1,
        participation_time=time(9),
        participation_to="the Head of Legal Services",
        moderngov_id=144,
    )
    chair = Member.objects.create(
        name="Councillor Cleo Invented",
        slug="cleo-invented",
        party="Invented Party",
        moderngov_id=7,
    )
    Membership.objects.create(
        committee=panel,
        member=chair,
        position=Membership.Position.CHAIR,
        starts=LONG_AGO - timedelta(days=400),
    )
    topic = Topic.objects.create(title="Missing children", slug="missing", moderngov_id=31)
    past = Meeting.objects.create(
        committee=panel,
        day=LONG_AGO,
        starts=time(10),
        ended=time(12, 5),
        venue="County Hall",
        chair="Councillor Cleo Invented",
        state=Meeting.State.HELD,
        called_at=at(LONG_AGO - timedelta(days=9)),
        minutes_state=Meeting.MinutesState.CONFIRMED,
        confirmed_at=at(LATER),
        moderngov_id=4967,
    )
    later = Meeting.objects.create(
        committee=panel,
        day=LATER,
        starts=time(10),
        state=Meeting.State.HELD,
        called_at=at(LATER - timedelta(days=9)),
        minutes_state=Meeting.MinutesState.SIGNED,
        confirmed_at=at(LATER + timedelta(days=60)),
        signed_by="Councillor Cleo Invented",
        signed_on=LATER + timedelta(days=60),
    )
    Meeting.objects.filter(pk=past.pk).update(confirmed_by=later)
    coming = Meeting.objects.create(
        committee=panel,
        day=SOON,
        starts=time(10),
        venue="County Hall",
        state=Meeting.State.CALLED,
        called_at=timezone.now() - timedelta(days=1),
    )
    item = Item.objects.create(
        meeting=past,
        position=1,
        number="285",
        running=285,
        title=PUBLIC,
        topic=topic,
        planned="To receive a report on return interviews.",
        minute="The panel asked why interviews were late.\n\nRESOLVED that the report be noted.",
        moderngov_id=18831,
    )
    Item.objects.create(
        meeting=later,
        position=1,
        number="290",
        running=290,
        title="Matters outstanding",
        minute="It was closed.",
    )
    agenda = Item.objects.create(
        meeting=coming,
        position=1,
        title="Early help",
        planned="To receive an update on early help.",
        topic=topic,
    )
    paper_file = make_file("report.pdf", b"%PDF-1.7 a public paper")
    paper = Paper.objects.create(
        item=item,
        letter="A",
        title="Report on interviews",
        file=paper_file,
        published_at=at(LONG_AGO),
    )
    report = Report.objects.create(
        committee=panel,
        title="Timeliness of interviews",
        state=Report.State.CLEARED,
        cleared_at=timezone.now(),
        relevant_officer="Sam Invented",
        recommendations="Note the figures",
        text="# Background\n\nInterviews are offered within 72 hours.",
    )
    ReportFigure.objects.create(report=report, figure=a_figure(None, "Interviews in time"))
    as_page = Paper.objects.create(
        item=item,
        position=2,
        letter="B",
        title="Timeliness",
        report=report,
        published_at=at(LONG_AGO),
    )
    pack = Pack.objects.create(
        meeting=past,
        file=make_file("pack.pdf", b"%PDF-1.7 a public pack"),
        first_page=1,
        last_page=9,
    )
    Attendance.objects.create(
        meeting=past, name=chair.name, member=chair, capacity="member", status="present"
    )
    Attendance.objects.create(
        meeting=past,
        name="Sam Invented",
        capacity="officer",
        status="present",
        post="Head of service",
    )
    kind = InterestKind.objects.create(name="Other registrable", effect="stay")
    Declaration.objects.create(
        meeting=past,
        name=chair.name,
        member=chair,
        kind=kind,
        nature="Governor of a school",
        item=item,
        left=False,
    )
    ask = Ask.objects.create(
        committee=panel,
        meeting=past,
        item=item,
        reference="285a",
        kind="request",
        text="That comparative data on return interviews be supplied.",
        made_on=LONG_AGO,
        addressee="Head of service",
        due=LONG_AGO + timedelta(days=30),
        due_rule="within a month",
        topic=topic,
    )
    AskStep.objects.create(ask=ask, before="", after="made", at=at(LONG_AGO))
    AskStep.objects.create(
        ask=ask, before="made", after="sent", at=at(LONG_AGO + timedelta(days=2))
    )
    answered = Ask.objects.create(
        committee=panel,
        meeting=past,
        item=item,
        reference="285b",
        kind="request",
        text="That the definition be given.",
        made_on=LONG_AGO,
        state=AskState.CLOSED,
        closed_at=later,
        closed_minute="290",
        due=LONG_AGO + timedelta(days=30),
    )
    AskStep.objects.create(ask=answered, after="replied", at=at(LONG_AGO + timedelta(days=20)))
    AskStep.objects.create(
        ask=answered, before="replied", after="closed", meeting=later, minute="290", at=at(LATER)
    )
    reply = Reply.objects.create(
        ask=answered,
        text="The definition is that of the statutory guidance.",
        evidence="The page of the guidance.",
        by_name="Head of service",
        sent_at=at(LONG_AGO + timedelta(days=20)),
        published_at=at(LONG_AGO + timedelta(days=21)),
    )
    a_figure(reply, "Conferences in time")
    Ask.objects.create(
        committee=panel,
        meeting=past,
        item=item,
        reference="285c",
        kind="decision",
        text="That the report be noted.",
        made_on=LONG_AGO,
    )
    group = TaskGroup.objects.create(
        committee=panel,
        topic=topic,
        title="Children who go missing",
        slug="missing-group",
        scope="Why they go.",
        findings="They are not asked.",
        state=TaskGroup.State.REPORTED,
        reported=LONG_AGO,
        response="Accepted.",
        responded_on=LATER,
    )
    group.members.add(chair)
    Ask.objects.create(
        committee=panel,
        group=group,
        reference="MG1",
        kind="recommendation",
        text="Ask every child.",
        made_on=LONG_AGO,
    )
    return Council(
        {
            "panel": panel,
            "chair": chair,
            "topic": topic,
            "past": past,
            "later": later,
            "coming": coming,
            "item": item,
            "agenda": agenda,
            "paper": paper,
            "report": report,
            "as_page": as_page,
            "pack": pack,
            "kind": kind,
            "ask": ask,
            "answered": answered,
            "reply": reply,
            "group": group,
        }
    )


def plant_secrets(council: Council, person: Any) -> dict[str, Any]:
    """Put the secret word into every place that is not the public's; give the private rows by their kind."""
    panel, past, item, coming = council.panel, council.past, council.item, council.coming
    s, now = secret(), timezone.now()
    private: dict[str, Any] = {}

    hidden = Committee.objects.create(
        name=f"Hidden {s}",
        slug=f"hidden-{s}",
        kind="scrutiny",
        is_public=False,
        moderngov_id=900,
        terms_of_reference=s,
        council=s,
    )
    hidden_member = Member.objects.create(
        name=f"Hidden {s}", slug=f"hidden-member-{s}", also_known_as=s, moderngov_id=901
    )
    Membership.objects.create(
        committee=hidden, member=hidden_member, position="member", starts=LONG_AGO
    )
    Member.objects.filter(pk=council.chair.pk).update(also_known_as=s)
    hidden_meeting = Meeting.objects.create(
        committee=hidden,
        day=LONG_AGO,
        venue=s,
        chair=s,
        state="held",
        called_at=now,
        moderngov_id=902,
        minutes_state="signed",
        signed_by=s,
        signed_on=LATER,
        confirmed_at=now,
    )
    hidden_item = Item.objects.create(
        meeting=hidden_meeting,
        position=1,
        number="900",
        title=s,
        planned=s,
        minute=s,
        moderngov_id=903,
    )
    hidden_topic = Topic.objects.create(
        title=s, slug=f"hidden-topic-{s}", description=s, committee=hidden, moderngov_id=904
    )
    Item.objects.create(
        meeting=past,
        position=40,
        title="Under a hidden topic",
        topic=hidden_topic,
        number="299",
        running=299,
    )
    unused_topic = Topic.objects.create(title=f"{s} unused", slug=f"unused-{s}", description=s)
    hidden_ask = Ask.objects.create(
        committee=hidden,
        meeting=hidden_meeting,
        item=hidden_item,
        reference=f"900{s}",
        kind="request",
        text=s,
    )
    hidden_file = make_file(f"{s}.pdf", f"%PDF {s} hidden".encode())
    hidden_pack = Pack.objects.create(
        meeting=hidden_meeting, file=hidden_file, first_page=1, last_page=2
    )
    hidden_group = TaskGroup.objects.create(
        committee=hidden, title=s, slug=f"hidden-group-{s}", scope=s, state="reported", findings=s
    )
    # A meeting that is only planned; what is on its agenda, its papers and pack are not out.
    planned = Meeting.objects.create(
        committee=panel,
        day=SOON + timedelta(days=60),
        state="planned",
        chair=s,
        webcast=f"https://example.org/{s}",
        state_reason=s,
        signed_by=s,
        moderngov_id=910,
    )
    planned_item = Item.objects.create(
        meeting=planned,
        position=1,
        title=s,
        planned=s,
        minute=s,
        number=s,
        topic=council.topic,
        moderngov_id=911,
        urgency=s,
        presenter=s,
    )
    planned_pack = Pack.objects.create(meeting=planned, file=hidden_file, first_page=1, last_page=2)
    planned_paper = Paper.objects.create(
        item=planned_item, title=s, file=hidden_file, published_at=now
    )
    # Cancelled, or held by a source that says so, before its agenda was ever published.
    for state, number in (("cancelled", 920), ("held", 930), ("inquorate", 940)):
        never_called = Meeting.objects.create(
            committee=panel,
            day=LONG_AGO - timedelta(days=number),
            state=state,
            state_reason=s,
            chair=s,
            minutes_state="draft",
            moderngov_id=number,
        )
        private[f"item of a {state} meeting"] = Item.objects.create(
            meeting=never_called,
            position=1,
            title=s,
            planned=s,
            minute=s,
            moderngov_id=number + 1,
            topic=council.topic,
        )
    no_day = Meeting.objects.create(
        committee=panel, state="held", venue=s, minutes_state="confirmed", moderngov_id=950
    )
    private["item of no day"] = Item.objects.create(
        meeting=no_day, position=1, title=s, minute=s, moderngov_id=951
    )
    # A meeting whose minutes are a draft: the agenda is out, and nothing that was minuted.
    draft = Meeting.objects.create(
        committee=panel,
        day=TODAY - timedelta(days=20),
        state="held",
        called_at=now - timedelta(days=30),
        minutes_state="draft",
        chair=s,
        ended=time(23, 59),
        signed_by=s,
        state_reason=s,
    )
    draft_item = Item.objects.create(
        meeting=draft,
        position=1,
        title="Attainment",
        planned="To look at attainment.",
        minute=s,
        number=s,
        public_summary=s,
        topic=council.topic,
    )
    Attendance.objects.create(
        meeting=draft, name=s, capacity="member", status="present", post=s, corrected_because=s
    )
    Declaration.objects.create(meeting=draft, name=s, nature=s, kind_as_printed=s, cited=s)
    draft_ask = Ask.objects.create(
        committee=panel,
        meeting=draft,
        item=draft_item,
        reference=f"d{s}",
        kind="request",
        text=s,
        made_on=draft.day,
        topic=council.topic,
    )
    AskStep.objects.create(ask=draft_ask, after="made", why=s)
    Reply.objects.create(ask=draft_ask, text=s, sent_at=now, published_at=now)
    MinutesCorrection.objects.create(meeting=past, item=item, before=s, after=s)
    # Steps that this meeting took have not happened yet; why anybody took one is theirs.
    Ask.objects.filter(pk=council.ask.pk).update(
        state="closed",
        closed_at=draft,
        closed_minute=s,
        rag_override="red",
        rag_because=s,
        rag_by=person,
        lead=person,
    )
    AskStep.objects.create(
        ask=council.ask,
        before="sent",
        after="closed",
        meeting=draft,
        minute=s,
        why=s,
        at=at(draft.day),
        by=person,
    )
    AskStep.objects.create(
        ask=council.answered, after="acknowledged", why=s, at=at(LONG_AGO), by=person
    )
    # Replies that are not sent, or not published, or will be.
    for sent, published in ((None, None), (now, None), (None, now), (now, now + timedelta(days=9))):
        reply = Reply.objects.create(
            ask=council.ask,
            text=s,
            evidence=s,
            by_name=s,
            sent_at=sent,
            published_at=published,
            by=person,
        )
        a_figure(reply, s)
    # What is exempt or confidential, on a published agenda and in confirmed minutes.
    exempt = Item.objects.create(
        meeting=past,
        position=2,
        number="286",
        running=286,
        title="A private matter",
        planned=s,
        minute=s,
        privacy="exempt",
        paragraph=1,
        why_exempt=s,
        public_summary="The panel considered a private matter.",
        presenter=s,
        urgency=s,
        topic=unused_topic,
        moderngov_id=960,
    )
    Item.objects.create(
        meeting=coming,
        position=2,
        title="Another private matter",
        planned=s,
        minute=s,
        privacy="confidential",
        why_exempt=s,
        public_summary=s,
        presenter=s,
        topic=unused_topic,
    )
    Declaration.objects.create(
        meeting=past,
        name=council.chair.name,
        member=council.chair,
        item=exempt,
        nature=s,
        kind_as_printed=s,
    )
    private_file = make_file("private.pdf", f"%PDF {s}".encode())
    private["paper of a private item"] = Paper.objects.create(
        item=exempt, title=s, letter="X", file=private_file, published_at=now
    )
    private["private paper"] = Paper.objects.create(
        item=item,
        title=s,
        letter="Y",
        file=private_file,
        published_at=now,
        privacy="exempt",
        paragraph=1,
        why_exempt=s,
    )
    private["unpublished paper"] = Paper.objects.create(item=item, title=s, file=private_file)
    private["paper for later"] = Paper.objects.create(
        item=item, title=s, file=private_file, published_at=now + timedelta(days=1)
    )
    private["members' pack"] = Pack.objects.create(
        meeting=past, file=private_file, first_page=1, last_page=9, with_private=True
    )
    about_reports = {
        "committee": panel,
        "title": s,
        "text": s,
        "purpose": s,
        "decision": s,
        "contact": s,
    }
    for name, more in (
        ("draft report", {}),
        (
            "exempt report",
            {
                "privacy": "exempt",
                "paragraph": 1,
                "why_exempt": s,
                "state": "cleared",
                "cleared_at": now,
            },
        ),
        (
            "report to a hidden committee",
            {"committee": hidden, "state": "cleared", "cleared_at": now},
        ),
    ):
        report = Report.objects.create(**{**about_reports, **more})
        ReportFigure.objects.create(report=report, figure=a_figure(None, s))
        private[name] = Paper.objects.create(item=item, title=s, report=report, published_at=now)
    decided = Report.objects.create(
        committee=panel,
        title="On the agenda",
        state="cleared",
        cleared_at=now,
        decision=s,
        decision_minute=s,
        decided_on=TODAY,
    )
    Paper.objects.create(
        item=council.agenda, title="On the agenda", report=decided, published_at=now
    )
    # Restricted asks: with a public summary that alone is read, without one nothing.
    restricted = {
        "committee": panel,
        "meeting": past,
        "text": s,
        "summary": s,
        "addressee": s,
        "due_rule": s,
        "awaits": s,
        "place": s,
        "origin": s,
        "kind": "request",
        "topic": unused_topic,
        "indicator": s,
        "made_on": LONG_AGO,
    }
    summarised = Ask.objects.create(
        **restricted,
        item=exempt,
        reference="286a",
        privacy="exempt",
        public_summary="The panel asked for more about a private matter.",
    )
    in_private = Ask.objects.create(
        **restricted, item=exempt, reference="286b", public_summary="Asked in private."
    )
    for ask in (summarised, in_private):
        AskStep.objects.create(ask=ask, after="sent", why=s)
        Reply.objects.create(ask=ask, text=s, evidence=s, by_name=s, sent_at=now, published_at=now)
    private["restricted ask"] = Ask.objects.create(
        **restricted, item=exempt, reference=f"286c{s}", privacy="confidential"
    )
    private["ask in a private item"] = Ask.objects.create(
        **restricted, item=exempt, reference=f"286d{s}"
    )
    rest = {key: value for key, value in restricted.items() if key not in ("meeting", "origin")}
    private["ask of nowhere"] = Ask.objects.create(**rest, reference=f"n{s}")
    unreported = TaskGroup.objects.create(
        committee=panel,
        title=s,
        slug=f"group-{s}",
        scope=s,
        state="working",
        findings=s,
        response=s,
        evidence=s,
        topic=council.topic,
    )
    private["ask of a group at work"] = Ask.objects.create(
        **rest, group=unreported, reference=f"g{s}"
    )
    private["ask of a meeting, of a draft item"] = Ask.objects.create(
        **{**rest, "meeting": past}, item=draft_item, reference=f"m{s}"
    )
    TaskGroup.objects.create(
        committee=panel,
        title="Reported",
        slug="reported",
        scope="All.",
        state="reported",
        response=s,
    )
    # What is never the public's.
    Challenge.objects.create(
        committee=panel,
        number=1,
        made_on=TODAY,
        made_by=s,
        made_to=s,
        text=s,
        response=s,
        ask=council.ask,
    )
    Chase.objects.create(ask=council.ask, to=f"{s}@example.org", text=s)
    Impact.objects.create(
        ask=council.answered, baseline=s, change=s, found="no", looked_on=TODAY, voices=s
    )
    Suggestion.objects.create(committee=panel, title=s, why=s, suggested_by=s)
    ProgrammeEntry.objects.create(
        committee=panel,
        title=s,
        topic=council.topic,
        meeting=coming,
        purpose=s,
        outcome=s,
        invitees=s,
    )
    return {
        **private,
        "hidden": hidden,
        "hidden_member": hidden_member,
        "hidden_meeting": hidden_meeting,
        "hidden_item": hidden_item,
        "hidden_topic": hidden_topic,
        "unused_topic": unused_topic,
        "hidden_ask": hidden_ask,
        "hidden_pack": hidden_pack,
        "hidden_group": hidden_group,
        "planned": planned,
        "planned_item": planned_item,
        "planned_pack": planned_pack,
        "planned_paper": planned_paper,
        "draft": draft,
        "draft_ask": draft_ask,
        "no_day": no_day,
        "unreported": unreported,
    }
